"""What is read to complete a line: the newest by an index, a bounded number of rows, nothing written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import LETTERS
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.storage import candidates
from mentorlog.storage.candidates import Candidates, opened
from mentorlog.storage.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal with two pairs, of the second twelve actions and two meetings."""
    journal = Journal(tmp_path / "journal.db")
    with journal.transaction("fill") as writing:
        writing.add(Pair(partner="Aya", my_role="mentor", started_on=DAY))
        ken = writing.add(Pair(partner="Ken", my_role="mentee", started_on=DAY))
        for number in range(1, 13):
            writing.add(Action(pair=ken.id, text=f"Step {number}", owner="me"))
        writing.add(Meeting(pair=ken.id, held_on=DAY, topics=("reading", "rest")))
        writing.add(Meeting(pair=ken.id, held_on=DAY.replace(day=2), topics=("reading",)))
    journal.close()
    return journal.path


@pytest.fixture
def reading(path: Path) -> Iterator[Candidates]:
    with opened(path) as found:
        assert found is not None
        yield found


def test_records_are_found_by_the_digits_of_their_numbers_newest_first(reading: Candidates) -> None:
    assert [each.id for each in reading.newest(["action"], "1")] == ["a12", "a11", "a10", "a1"]
    assert [each.id for each in reading.in_state("open-action", ["p2"], "1")] == [
        "a12", "a11", "a10", "a1",
    ]  # fmt: skip
    assert reading.in_state("open-action", ["p1"]) == []
    assert reading.newest(["action"], "13") == []


def test_advice_offered_to_be_told_of_is_what_is_untold(path: Path) -> None:
    """Fails when advice that was opened again with a word on its outcome is not offered."""
    with closing(Journal(path)) as journal, journal.transaction("fill") as writing:
        for state, outcome in (
            ("open", "Not yet"),
            ("open", None),
            ("done", None),
            ("done", "Yes"),
        ):
            advice = Action(pair="p2", text="Try", owner="me", is_advice=True, state=state)
            writing.add(advice.with_changes(outcome=outcome))

    with opened(path) as reading:
        assert reading is not None
        assert [each.id for each in reading.in_state("untold-advice", ["p2"])] == [
            "a15",
            "a14",
            "a13",
        ]


def test_no_more_are_read_than_anybody_looks_at(
    reading: Candidates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "_LOOKED_AT", 3)
    monkeypatch.setattr(candidates, "MOST", 10)

    assert len(reading.in_state("open-action", ["p1", "p2"])) == 3
    assert [each.id for each in reading.newest(["action"])] == [f"a{n}" for n in range(12, 2, -1)]


def test_topics_come_from_the_latest_meetings_each_once(reading: Candidates) -> None:
    assert reading.topics(None) == reading.topics("p2") == ["reading", "rest"]
    assert reading.topics("p1") == []


def test_every_kind_can_be_described(reading: Candidates) -> None:
    for kind in LETTERS.values():
        assert reading.newest([kind]) == [] or kind in {"pair", "action", "meeting"}


def test_every_read_goes_by_an_index_and_sorts_no_more_than_the_pairs(path: Path) -> None:
    """What an index does not hand over in order is read to its end: once in a million records."""
    said: list[str] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.set_trace_callback(said.append)
        reading = Candidates(connection)
        for state in candidates._STATES:  # noqa: SLF001  (each is a read of its own)
            reading.in_state(state, ["p1", "p2"])
        reading.newest(list(LETTERS.values()), "1")
        reading.topics(None)
        reading.topics("p2")
        connection.set_trace_callback(None)
        plans = {
            sql: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in said
        }

    assert len(plans) > 20
    assert [sql for sql, plan in plans.items() if any("TEMP B-TREE" in step for step in plan)] == []
    assert [
        (sql, plan)
        for sql, plan in plans.items()
        if " WHERE " in sql.partition(" ORDER BY ")[0]
        and not any(step.startswith("SEARCH") for step in plan)
        and "WHERE 1 " not in sql
    ] == []


def test_where_there_is_no_journal_none_is_made(tmp_path: Path) -> None:
    with opened(tmp_path / "none" / "journal.db") as found:
        assert found is None

    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_somebody_writes_to_is_not_waited_for(
    path: Path, reading: Candidates
) -> None:
    """A journal is opened with a time-out, for commands; a line being typed would stand still for it."""
    (waits_for,) = reading._connection.execute("PRAGMA busy_timeout").fetchone()  # noqa: SLF001  (what SQLite was told)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(sqlite3.OperationalError, match="locked"):
            reading.pairs()

    assert waits_for == 0
