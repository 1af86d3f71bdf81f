"""Reads for completing a command line: a few of the newest, by an index, at once. They only read.

A journal that is not there, or that somebody is writing to, is left alone: nothing here makes, brings
up to date or waits for one. Every read goes through a bounded number of rows, whatever the journal's
size. Which words these become is `cli/completion/`'s.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.kinds import id_of
from mentorlog.storage import file
from mentorlog.storage.open_in_sql import DONE_UNTOLD, OPEN_FEEDBACK

MOST = 50  # candidates: more than anybody reads
_LOOKED_AT = 200  # rows, of each pair, among which the right ones are looked for
_MOST_PAIRS = 500
_LONGEST = 200  # characters that a record is described by
_LONGEST_NUMBER = 18  # digits

# What a record is told apart by. Never the notes of a meeting: somebody may be looking on.
_SAYS = {
    "pair": "partner",
    "agreement": "agreed_on",
    "meeting": "held_on || coalesce(' ' || nullif(substr(summary, 1, 150), ''), '')",
    "question": "text",
    "action": "text",
    "goal": "statement",
    "measurement": "taken_on || coalesce(' ' || value, '')",
    "insight": "text",
    "reflection": "written_on",
    "feedback": "text",
    "review": "to_on",
    "assessment": "rated_on",
    "strength": "area",
}


class _State(NamedTuple):
    """Records that a place on the command line may take: of each pair, the rows that an index finds.

    `newest_by` is the order that the index has; what it finds is then `held_to` the rest.
    """

    kind: str
    found_by: str
    newest_by: str = "number"
    held_to: str = ""


_OF_PAIR = "pair = ?"
_STATES = {
    "open-action": [_State("action", f"{_OF_PAIR} AND state = 'open'")],
    "closed-action": [_State("action", "1", held_to="state <> 'open'")],
    "untold-advice": [
        _State("action", f"{_OF_PAIR} AND state = 'open'", held_to="is_advice = 1"),
        _State("action", f"{_OF_PAIR} AND {DONE_UNTOLD}"),
    ],
    "open-question": [_State("question", f"{_OF_PAIR} AND state = 'open'")],
    "active-goal": [_State("goal", _OF_PAIR, "created_at", "state = 'active'")],
    "open-feedback": [
        _State(
            "feedback",
            f"{_OF_PAIR} AND {OPEN_FEEDBACK}",
            "said_on",
        )
    ],
}


class Called(NamedTuple):
    """What a pair is called, in the words of its record."""

    id: str
    partner: str
    alias: str | None
    state: str


class Candidate(NamedTuple):
    """A record that may be meant, and how it begins."""

    id: str
    says: str


@contextmanager
def opened(path: Path) -> Iterator["Candidates | None"]:
    """Give what can be read of a journal now; None where there is none or where it is being written to.

    Raises JournalUnusable and JournalBusy.
    """
    path = file.resolved(path)
    if not file.exists(path) or file.side_files(path):
        yield None
        return
    file.refuse_others(path)
    connection = file.connected(path)
    try:
        with file.failures_named(path):
            connection.execute("PRAGMA busy_timeout=0")
            yield Candidates(connection)
    finally:
        connection.close()


class Candidates:
    """What may be meant in one journal."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def pairs(self) -> list[Called]:
        """Return the pairs, active ones first, ended ones last."""
        rows = self._connection.execute(
            "SELECT number, partner, alias, state FROM pair"
            " ORDER BY state = 'ended', state = 'paused', number LIMIT ?",
            (_MOST_PAIRS,),
        )
        return [Called(id_of("pair", number), *rest) for number, *rest in rows]

    def in_state(self, state: str, pairs: Sequence[str], digits: str = "") -> list[Candidate]:
        """Return the newest records in a state (see _STATES), of these pairs where it is theirs.

        Their numbers begin with these digits. The numbers are read off an index; words, of few only.
        """
        found = {
            number
            for each in _STATES[state]
            for number in self._in_state(each, pairs)
            if str(number).startswith(digits)
        }
        newest = sorted(found, reverse=True)[:MOST]
        return self._described(_STATES[state][0].kind, newest) if newest else []

    def _in_state(self, state: _State, pairs: Sequence[str]) -> Iterator[int]:
        """Yield the numbers of the newest rows of a state."""
        kind, found_by, newest_by, held_to = state
        looked_at = f"FROM {kind} WHERE {found_by} ORDER BY {newest_by} DESC LIMIT {_LOOKED_AT}"
        sql = f"SELECT number FROM (SELECT * {looked_at}) WHERE {held_to}"
        if not held_to:
            sql = f"SELECT number {looked_at}"  # the index is all that is read
        for values in [(int(pair[1:]),) for pair in pairs] if _OF_PAIR in found_by else [()]:
            yield from (row[0] for row in self._connection.execute(sql, values))

    def newest(self, kinds: Sequence[str], digits: str = "") -> list[Candidate]:
        """Return the newest records of some kinds whose number begins with these digits."""
        each = max(MOST // len(kinds), 10)
        rows = [(kind, *row) for kind in kinds for row in self._numbered(kind, digits, each)]
        if len(kinds) > 1:
            rows.sort(key=lambda row: str(row[3]), reverse=True)
        return [Candidate(id_of(kind, number), says) for kind, number, says, _at in rows]

    def topics(self, pair: str | None) -> list[str]:
        """Return what the latest meetings were about, of one pair or of all, the newest first."""
        of_pair, values = ("", ()) if pair is None else (" WHERE pair = ?", (int(pair[1:]),))
        sql = f"SELECT topics FROM meeting{of_pair} ORDER BY held_on DESC LIMIT {_LOOKED_AT}"
        found = (
            topic for (listed,) in self._connection.execute(sql, values) for topic in _texts(listed)
        )
        return list(dict.fromkeys(found))

    def _described(self, kind: str, numbers: list[int]) -> list[Candidate]:
        """Return records with how they begin, newest first."""
        places = ", ".join("?" * len(numbers))
        sql = (
            f"SELECT number, substr({_SAYS[kind]}, 1, {_LONGEST}) FROM {kind}"
            f" WHERE number IN ({places}) ORDER BY number DESC"
        )
        rows = self._connection.execute(sql, numbers)
        return [Candidate(id_of(kind, number), says) for number, says in rows]

    def _numbered(self, kind: str, digits: str, most: int) -> Iterator[tuple[int, str, str]]:
        """Yield the newest rows of a kind: of "12" the 1200s are newer than the 120s, these than 12."""
        sql = (
            f"SELECT number, substr({_SAYS[kind]}, 1, {_LONGEST}), created_at FROM {kind}"
            " WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT ?"
        )
        for low, high in _ranges(digits):
            rows = self._connection.execute(sql, (low, high, most)).fetchall()
            yield from (tuple(row) for row in rows)
            most -= len(rows)
            if most <= 0:
                return


def _ranges(digits: str) -> Iterator[tuple[int, int]]:
    """Yield the numbers that begin with these digits, as ranges, the largest first."""
    if not digits:
        yield 1, 10**_LONGEST_NUMBER
        return
    for more in reversed(range(_LONGEST_NUMBER + 1 - len(digits))):
        low = int(digits) * 10**more
        yield low, low + 10**more - 1


def _texts(listed: str) -> list[str]:
    """Return the texts of a list as it is stored."""
    return [each for each in json.loads(listed) if isinstance(each, str)]
