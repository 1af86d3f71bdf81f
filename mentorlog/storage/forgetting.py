"""Erasing a pair: its records, what the log says of them, the words of it in the index and in free pages.

The records and the log go in one transaction, which leaves the mark "forgetting" as its line in the log.
What lies outside of it follows: backups, free pages. The mark becomes "forget" once that is done; while
it stands, a call that was cut off can be finished without knowing any more whom it was about.
"""

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, cast

from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.domain.pair import Pair
from mentorlog.domain.reading_order import reading_order
from mentorlog.storage import backups, file, search_index
from mentorlog.storage.device import device
from mentorlog.storage.journal import Journal
from mentorlog.storage.mending import mend
from mentorlog.storage.pairs import way_to_pair
from mentorlog.storage.rows import instant_text, to_record

_BEGUN, _DONE = "forgetting", "forget"

Numbers = dict[str, frozenset[int]]  # of records, by their kind


class Belongings(NamedTuple):
    """The records of a pair, itself among them: those there are, and those only the log still holds."""

    there: Numbers
    deleted: Numbers
    uids: frozenset[str]  # of all of them

    @property
    def ids(self) -> set[str]:
        """The ids of all of them."""
        return {
            id_of(kind, number)
            for numbers in (self.there, self.deleted)
            for kind, found in numbers.items()
            for number in found
        }


# What there is -----------------------------------------------------------------------------------


def belongings(journal: Journal, pair: Pair) -> Belongings:
    """Return all that belongs to a pair, or ever did."""
    with file.failures_named(journal.path):
        return _belongings(journal.connection, pair)


def _belongings(connection: sqlite3.Connection, pair: Pair) -> Belongings:
    there = {"pair": _numbers(connection, "SELECT number FROM pair WHERE uid = ?", pair.uid)}
    ever = "SELECT record FROM changes WHERE kind = 'pair' AND uid = ?"
    deleted = {"pair": _numbers(connection, ever, pair.uid) - there["pair"]}
    ways = {kind: way_to_pair(KIND_NAMES[kind]) for kind in KIND_NAMES}
    for kind in sorted(ways, key=lambda kind: bool(ways[kind])):  # goals before what names a goal
        if kind == "pair" or ways[kind] is None:
            continue
        through = ways[kind] or "pair"
        owners = json.dumps(sorted(there[through] | deleted[through]))
        there[kind] = _numbers(
            connection,
            f"SELECT number FROM {kind} WHERE {through} IN (SELECT value FROM json_each(?))",
            owners,
        )
        deleted[kind] = _numbers(
            connection,
            f"SELECT record FROM changes WHERE kind = '{kind}' AND did = 'removed'"
            f" AND json_extract(before, '$.{through}') IN (SELECT value FROM json_each(?))"
            f" AND record NOT IN (SELECT number FROM {kind})",
            owners,
        )
    uids = frozenset[str]().union(
        *(_uids(connection, kind, there[kind] | deleted[kind]) for kind in there)
    )
    return Belongings(there, deleted, uids | {pair.uid})


def _uids(connection: sqlite3.Connection, kind: str, numbers: frozenset[int]) -> set[str]:
    """Return the uids of records, of those too that only the log still holds."""
    among = "IN (SELECT value FROM json_each(?2))"
    sql = (
        f"SELECT uid FROM {kind} WHERE number {among}"
        f" UNION SELECT uid FROM changes WHERE kind = ?1 AND record {among}"
    )
    return {row[0] for row in connection.execute(sql, (kind, json.dumps(sorted(numbers))))}


def has_uid(journal: Journal, uid: str) -> bool:
    """True where the journal has a record with that uid, or the log still knows of one."""
    sql = "SELECT EXISTS (SELECT 1 FROM changes WHERE uid = ?)"
    with file.failures_named(journal.path):
        return bool(journal.connection.execute(sql, (uid,)).fetchone()[0])


def _numbers(connection: sqlite3.Connection, sql: str, value: str) -> frozenset[int]:
    return frozenset(row[0] for row in connection.execute(sql, (value,)))


def days(journal: Journal, owned: Belongings) -> tuple[str, str] | None:
    """Return the first and the last day of the records there are, as ISO text."""
    found: list[str] = []
    for kind, numbers in owned.there.items():
        dated_by = KIND_NAMES[kind].dated_by
        sql = (
            f"SELECT substr(min({dated_by}), 1, 10), substr(max({dated_by}), 1, 10) FROM {kind}"
            " WHERE number IN (SELECT value FROM json_each(?))"
        )
        with file.failures_named(journal.path):
            found += journal.connection.execute(sql, (json.dumps(sorted(numbers)),)).fetchone()
    known = [day for day in found if day is not None]
    return (min(known), max(known)) if known else None


def deleted_pairs(journal: Journal) -> list[Pair]:
    """Return the pairs that were deleted, as they were then: the log still has all of them."""
    sql = (
        "SELECT before FROM changes WHERE number IN (SELECT max(number) FROM changes WHERE kind = 'pair'"
        " AND did = 'removed' AND record NOT IN (SELECT number FROM pair) GROUP BY record)"
    )
    with file.failures_named(journal.path):
        images = journal.connection.execute(sql).fetchall()
    without = {"pauses": "[]"}  # in the first schema a pair had none
    return [cast("Pair", to_record(Pair, without | json.loads(image))) for (image,) in images]


# Erasing -----------------------------------------------------------------------------------------


def erase(
    journal: Journal,
    pair: Pair,
    at: datetime,
    before_it_is_kept: Callable[[Belongings], None],
) -> None:
    """Erase a pair from the records, the log and the index, and leave the mark that it was begun.

    What `before_it_is_kept` raises leaves the journal as it was; it is told what is going. Afterwards
    comes `finish`.
    """
    with journal.locked() as connection:
        owned = _belongings(connection, pair)
        _delete(connection, owned)
        mend(connection)
        _mark(connection, at)
        search_index.rebuild(connection)  # it would keep deleted words in its pages
        before_it_is_kept(owned)


def _delete(connection: sqlite3.Connection, owned: Belongings) -> None:
    """Delete records and what the log says of them, users before what they use: nothing looks for those."""
    among = "IN (SELECT value FROM json_each(?))"
    for kind in reversed(reading_order()):
        none = frozenset[int]()
        going = json.dumps(sorted(owned.there.get(kind, none) | owned.deleted.get(kind, none)))
        connection.execute(f"DELETE FROM {kind} WHERE number {among}", (going,))
        connection.execute(f"DELETE FROM changes WHERE kind = ? AND record {among}", (kind, going))
        if kind == "pair":
            connection.execute(f"DELETE FROM exports WHERE pair {among}", (going,))


def _mark(connection: sqlite3.Connection, at: datetime) -> None:
    """Write a line into the log that undo and redo pass over."""
    connection.execute(
        "INSERT INTO writes (at, command, device, undo_next, redo_next) SELECT ?1, ?2, ?3,"
        " (SELECT undo_next FROM writes ORDER BY number DESC LIMIT 1),"
        " (SELECT redo_next FROM writes ORDER BY number DESC LIMIT 1)",
        (instant_text(at), _BEGUN, device()),
    )


# What follows ------------------------------------------------------------------------------------


def is_unfinished(journal: Journal) -> bool:
    """True where an erasing was cut off after the records were gone."""
    with file.failures_named(journal.path):
        sql = "SELECT EXISTS (SELECT 1 FROM writes WHERE command = ?)"
        return bool(journal.connection.execute(sql, (_BEGUN,)).fetchone()[0])


def finish(journal: Journal, at: datetime) -> int:
    """Remove all automatic backups and the free pages, then make a backup of what is left.

    Done again after it was cut off, it does the rest. Returns how many backups were removed. The old
    ones go first: they are what was to be forgotten, and VACUUM may need their room.
    """
    with journal.locked():
        removed = len(backups.remove_all(journal.path))
    with file.failures_named(journal.path):
        journal.connection.execute("VACUUM")
    with journal.locked() as connection:
        connection.execute("UPDATE writes SET command = ? WHERE command = ?", (_DONE, _BEGUN))
    backups.back_up(journal.connection, journal.path, backups.named("journal", at))
    return removed
