"""Journals to measure on: years of mentoring, made up, written in bulk and always the same.

The rows are those the program itself would keep, each with its line in the log of changes; only the
way there is short.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from mentorlog.domain.assessment import SKILLS
from mentorlog.domain.insight import BENEFITS
from mentorlog.domain.pair import Pair
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal

PAIRS = 10
FIRST = date(2020, 1, 1)
LAST = date(2026, 11, 20)

# What can be searched for: a word of three records however many there are, one of nearly every meeting,
# and Japanese of one, two and three signs that every fifth text has.
RARE, COMMON, ONE_SIGN, TWO_SIGNS, THREE_SIGNS = "Kumamoto", "week", "計", "計画", "立て方"

_RECORDS_A_MEETING = 6.165  # with all it brings
_MEETINGS_A_GOAL = 40
_MEETINGS_A_REVIEW = 50

Row = dict[str, Any]


def fill(path: Path, records: int, *, in_first: float = 1 / PAIRS) -> None:
    """Make a journal of about so many records: ten pairs, `in_first` of everything with the first."""
    rest = (1 - in_first) / (PAIRS - 1)
    journal = Journal(path)
    with journal.transaction("fill") as writing:
        for number in range(PAIRS):
            writing.add(
                Pair(
                    partner=f"Pair-{number}",
                    my_role="mentee" if number % 2 else "mentor",
                    started_on=FIRST,
                    cadence="1w",
                    term_ends_on=LAST + timedelta(days=100),
                )
            )
        rows = _Rows()
        for meeting in sorted(
            each
            for pair in range(1, PAIRS + 1)
            for each in _meetings(pair, round(records * (in_first if pair == 1 else rest)))
        ):
            rows.add_meeting(*meeting)
        for kind, kept in rows.by_kind.items():
            _write(journal, kind, kept)
        search_index.rebuild(journal.connection)
    journal.close()


class _Rows:
    """The rows of a journal by kind, numbered as they come."""

    def __init__(self) -> None:
        kinds = "goal meeting question action measurement insight feedback assessment review"
        self.by_kind: dict[str, list[Row]] = {kind: [] for kind in kinds.split()}
        self._random = Random(0)  # noqa: S311  (the same journal every time)
        self._goals: dict[int, int] = {}  # the latest of each pair

    def add_meeting(self, on: date, pair: int, number: int) -> None:
        """Add the so-manieth meeting of a pair with all it brings."""
        if number % _MEETINGS_A_GOAL == 0:
            self._goal(pair, on, number)
        where = f" in {RARE}" if pair == 1 and number < 3 else ""
        meeting = self._add(
            "meeting", on, pair=pair, held_on=on, minutes=None if number % 4 == 0 else 50,
            topics='["planning"]', summary=_said(f"How to plan a {COMMON}, and what to drop", number),
            notes=_said("Was tired, and laughed at the end", number) + where,
            pulse=None if number % 3 == 0 else 1 + number * 7 % 4, is_kickoff=0,
        )  # fmt: skip
        if number % _MEETINGS_A_REVIEW == _MEETINGS_A_REVIEW - 1:
            self._review(pair, on, number)
        self._actions(pair, on, number, meeting)
        self._what_was_noticed(pair, on, number, meeting)
        if number % 10 == 0:
            self._add(
                "feedback", on, pair=pair, said_on=on, direction=("given", "received")[number % 2],
                text=_said("You let me finish", number), will_change="I ask first",
                did_change=None if number % 200 == 0 else "I do",
            )  # fmt: skip

    def _actions(self, pair: int, on: date, number: int, meeting: int) -> None:
        """Two promises, and advice whose outcome is told at the meeting before or not at all."""
        for owner in ("me", "partner"):
            self._action(pair, on, number, meeting, owner=owner, is_advice=0)
        if number % 2:
            told = {} if number % 30 == 1 else {"outcome": "It helped", "told_in": meeting}
            self._action(pair, on, number, meeting, owner="me", is_advice=1, **told)

    def _action(self, pair: int, on: date, number: int, meeting: int, **more: Any) -> None:
        state = "open" if number % 100 == 99 else "dropped" if number % 40 == 7 else "done"
        done_on = on + timedelta(days=number % 12) if state == "done" else None
        self._add(
            "action", on, pair=pair, text=_said("Read a chapter", number), state=state,
            due_on=None if number % 3 == 0 else on + timedelta(days=7), done_on=done_on,
            assigned_in=None if number % 8 == 0 else meeting, **more,
        )  # fmt: skip

    def _what_was_noticed(self, pair: int, on: date, number: int, meeting: int) -> None:
        goal = self._goals[pair]
        self._add(
            "question", on, pair=pair, text=_said("How do I say no?", number), asked_on=on,
            state="open" if number % 100 == 0 else "raised", raised_in=meeting,
        )  # fmt: skip
        self._add(
            "insight", on, pair=pair, text=_said("Mornings are best", number), noticed_on=on,
            benefit=(*BENEFITS, None)[number % 8], meeting=meeting,
            goal=goal if number % 2 else None,
        )  # fmt: skip
        if number % 2:
            self._add(
                "measurement",
                on,
                goal=goal,
                taken_on=on,
                value=float(number % 40),
                level=number % 5 - 2,
            )

    def _goal(self, pair: int, on: date, number: int) -> None:
        closed: Row = {
            "revised_on": on.isoformat(),
            "did": "achieved",
            "because": None,
            "before": {},
        }
        is_active = number % 240 == 0
        self._goals[pair] = self._add(
            "goal", on, pair=pair, statement=_said("Give talks", number), owner="me", unit="talks",
            baseline=0.0, target=40.0, due_on=on + timedelta(days=90), levels="{}",
            state="active" if is_active else "achieved",
            revisions="[]" if is_active else json.dumps([closed]),
        )  # fmt: skip

    def _review(self, pair: int, on: date, number: int) -> None:
        self._add(
            "review", on, pair=pair, from_on=on - timedelta(days=70), to_on=on, decision="continue",
            conclusions=_said("We go on", number), thoughts="It is worth it", pulse=3,
        )  # fmt: skip
        ratings = {skill: 1 + (number + place) % 5 for place, skill in enumerate(SKILLS)}
        self._add("assessment", on, pair=pair, rated_on=on, ratings=json.dumps(ratings))

    def _add(self, kind: str, on: date, /, **columns: Any) -> int:
        """Keep a row that was written on that day, and return its number."""
        rows = self.by_kind[kind]
        at = f"{on}T09:00:00.000000Z"
        uid = f"{self._random.getrandbits(128):032x}"
        rows.append({"uid": uid, "created_at": at, "updated_at": at} | columns)
        return len(rows)


def _meetings(pair: int, records: int) -> Iterator[tuple[date, int, int]]:
    """Yield the day, the pair and the place of the meetings that come to so many records."""
    count = round(records / _RECORDS_A_MEETING)
    for number in range(count):
        yield FIRST + (LAST - FIRST) * number // count, pair, number


def _said(text: str, number: int) -> str:
    """Return a text, now and then a Japanese one: the file has both."""
    return f"{TWO_SIGNS}の{THREE_SIGNS}について" if number % 5 == 0 else text


def _write(journal: Journal, kind: str, rows: list[Row]) -> None:
    """Insert rows of a kind and log each as added by the write under way."""
    if not rows:
        return  # a small journal has no review yet
    columns = list(dict.fromkeys(name for row in rows for name in row))
    marks = ", ".join("?" * len(columns))
    journal.connection.executemany(
        f"INSERT INTO {kind} ({', '.join(columns)}) VALUES ({marks})",
        ([_column(row.get(name)) for name in columns] for row in rows),
    )
    journal.connection.executemany(
        "INSERT INTO changes (write, kind, record, uid, did)"
        " VALUES ((SELECT max(number) FROM writes), ?, ?, ?, 'added')",
        ((kind, number, row["uid"]) for number, row in enumerate(rows, 1)),
    )


def _column(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
