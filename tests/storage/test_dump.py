"""The journal as JSON lines: each equal to the record it is of, in an order that can be read from the top."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.strength import Strength
from mentorlog.errors import NotPossible
from mentorlog.render.as_json import record_json
from mentorlog.storage.dump import dump, snapshot
from mentorlog.storage.journal import Journal
from mentorlog.storage.timeline import Slice
from tests.storage.test_rows import any_record, typed_text

DAY = date(2026, 11, 1)
EVERYTHING = Slice()


def lines(journal: Journal, wanted: Slice = EVERYTHING) -> list[str]:
    with snapshot(journal):
        found = dump(journal, wanted)
        read = [line for _kind, batch in found.batches for line in batch]
    assert len(read) == sum(found.counts.values())
    return read


def ids(journal: Journal, wanted: Slice) -> list[str]:
    return [json.loads(line)["id"] for line in lines(journal, wanted)]


def expected(journal: Journal, ref: str) -> str:
    """Return the line of a record: what the program shows of it, with uids for references."""
    values = record_json(journal.get(ref))
    for name, shape in shapes(KIND_NAMES[values["kind"]]).items():
        if shape.refers_to and values[name] is not None:
            values[name] = journal.get(values[name]).uid
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


quantities = st.floats(-1e15, 1e15) | st.integers(-1000, 1000).map(float)
before = st.fixed_dictionaries(
    {},
    optional={"target": quantities, "statement": typed_text, "levels": st.just({"0": "as it is"})},
)


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    entry = {"revised_on": "2026-11-01", "did": "revised", "because": draw(typed_text)}
    said = draw(st.lists(before, max_size=2))
    return Goal(
        pair="p1", statement="read", baseline=draw(quantities),
        revisions=tuple({**entry, "before": each} for each in said),
    )  # fmt: skip


measurements = quantities.map(lambda value: Measurement(goal="g1", taken_on=DAY, value=value))


@pytest.fixture(scope="module")
def shared(quick_folder: Path) -> Iterator[Journal]:
    """One journal for all examples, with what they refer to."""
    journal = Journal(quick_folder / "dump" / "journal.db")
    with journal.transaction("test") as writing:
        writing.add(Pair(partner="Aiko", my_role="mentee", started_on=DAY))
        writing.add(Meeting(pair="p1", held_on=DAY))
        writing.add(Goal(pair="p1", statement="read"))
    yield journal
    journal.close()


@settings(deadline=None, max_examples=300)
@given(record=any_record | goals() | measurements)
def test_a_line_is_the_record_as_it_is_shown_but_for_references(
    shared: Journal, record: Record
) -> None:
    with shared.transaction("test") as writing:
        kept = writing.add(record)

    (line,) = (each for each in lines(shared) if f'"uid":"{kept.uid}"' in each[:120])

    assert line == expected(shared, kept.id)
    shared.undo()


def test_numbers_are_exact_and_whole_ones_have_no_point(journal: Journal) -> None:
    values = [0.1 + 0.2, 1 / 3, 1e-7, 5e-324, -12.0, 1e15, 123456789012345.67, -0.0]
    with journal.transaction("test") as writing:
        writing.add(Pair(partner="Aiko", my_role="mentee", started_on=DAY))
        writing.add(Goal(pair="p1", statement="read"))
        for value in values:
            writing.add(Measurement(goal="g1", taken_on=DAY, value=value))

    read = [line.partition('"value":')[2].partition(",")[0] for line in lines(journal)[2:]]

    assert [float(each) for each in read] == values
    assert read == [
        "0.30000000000000004", "0.3333333333333333", "1e-07", "5e-324", "-12", "1000000000000000",
        "123456789012345.67", "0",
    ]  # fmt: skip


def test_a_flag_is_true_or_false_and_no_number(journal: Journal) -> None:
    with journal.transaction("test") as writing:
        writing.add(Pair(partner="Aiko", my_role="mentee", started_on=DAY))
        for flag in (True, False):
            writing.add(Action(pair="p1", text="a", owner="me", is_advice=flag))

    read = [line.partition('"is_advice":')[2].partition(",")[0] for line in lines(journal)[1:]]

    assert read == ["true", "false"]


@pytest.fixture
def two_pairs(journal: Journal) -> Journal:
    """A journal with two pairs; records refer to others that are kept later, and of other days."""
    with journal.transaction("test") as writing:
        for name in ("Aiko", "Ben"):
            writing.add(Pair(partner=name, my_role="mentee", started_on=DAY))
        for pair in ("p1", "p2"):
            for weeks in range(3):
                writing.add(Meeting(pair=pair, held_on=DAY + timedelta(weeks=weeks)))
            writing.add(Goal(pair=pair, statement="read"))
        third: dict[str, Any] = {"pair": "p1", "assigned_in": "m3"}
        writing.add(Action(**third, text="a", owner="me", goal="g1", told_in="m1"))
        writing.add(Measurement(goal="g1", taken_on=DAY, value=1))
        writing.add(Measurement(goal="g2", taken_on=DAY, value=1))
        writing.add(Question(pair="p1", text="q", asked_on=DAY, raised_in="m2"))
        writing.add(Insight(pair="p2", text="i", noticed_on=DAY, meeting="m5", goal="g2"))
        writing.add(Strength(area="s"))
    return journal


def test_kinds_stand_after_what_they_refer_to_and_records_by_their_numbers(
    two_pairs: Journal,
) -> None:
    assert ids(two_pairs, EVERYTHING) == [
        "p1", "p2", "m1", "m2", "m3", "m4", "m5", "m6", "q1", "g1", "g2", "a1", "n1", "n2", "i1", "s1"
    ]  # fmt: skip


def test_of_a_pair_there_is_all_that_belongs_to_it_and_nothing_else(two_pairs: Journal) -> None:
    assert ids(two_pairs, Slice(pair="p1")) == ["p1", "m1", "m2", "m3", "q1", "g1", "a1", "n1"]
    assert ids(two_pairs, Slice(pair="p2")) == ["p2", "m4", "m5", "m6", "g2", "n2", "i1"]


def test_a_period_brings_along_what_its_records_refer_to(two_pairs: Journal) -> None:
    third_week, second_week = DAY + timedelta(weeks=2), DAY + timedelta(weeks=1)
    one_day = Slice(since=third_week, until=third_week)

    # The action stands on the day of its meeting; it names a goal, and a meeting of another day.
    assert ids(two_pairs, one_day) == ["p1", "p2", "m1", "m3", "m6", "g1", "a1"]
    assert ids(two_pairs, one_day._replace(pair="p2")) == ["p2", "m6"]
    assert ids(two_pairs, Slice(pair="p2", until=DAY)) == ["p2", "m4", "m5", "g2", "n2", "i1"]
    assert ids(two_pairs, Slice(pair="p2", since=second_week, until=second_week)) == ["p2", "m5"]
    assert ids(two_pairs, Slice(pair="p2", since=second_week)) == ["p2", "m5", "m6", "g2"]
    assert ids(two_pairs, Slice(until=DAY - timedelta(days=1))) == []


def test_what_is_there_is_counted_and_of_what_is_not_nothing_is_said(two_pairs: Journal) -> None:
    with snapshot(two_pairs):
        counts = dump(two_pairs, Slice(pair="p2")).counts

    assert counts == {"pair": 1, "meeting": 3, "goal": 1, "measurement": 1, "insight": 1}


def test_more_lines_than_are_read_at_once_come_in_batches_and_none_twice(journal: Journal) -> None:
    with journal.transaction("test") as writing:
        for number in range(120):
            writing.add(Strength(area=f"area {number}"))

    with snapshot(journal):
        batches = list(dump(journal, EVERYTHING).batches)

    read = [json.loads(line)["area"] for _kind, batch in batches for line in batch]
    assert read == [f"area {number}" for number in range(120)]
    assert len(batches) > 1


def test_it_is_read_as_of_one_moment_whoever_writes_meanwhile(two_pairs: Journal) -> None:
    with closing(sqlite3.connect(two_pairs.path, timeout=0, isolation_level=None)) as other:
        with snapshot(two_pairs):
            found = dump(two_pairs, EVERYTHING)
            kinds = {next(iter(found.batches))[0]}
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM strength")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("COMMIT")
            kinds |= {kind for kind, _batch in found.batches}
        other.execute("COMMIT")

    assert "strength" in kinds
    assert "s1" not in ids(two_pairs, EVERYTHING)


@pytest.mark.parametrize(
    ("kind", "column", "ref"),
    [
        ("meeting", "topics", "m2"), ("goal", "revisions", "g2"), ("pair", "pauses", "p2"),
        ("goal", "levels", "g2"),
    ],
)  # fmt: skip
def test_a_record_that_another_program_has_damaged_is_named(
    two_pairs: Journal, kind: str, column: str, ref: str
) -> None:
    oops = "{oops}" if column == "levels" else "[oops]"
    with closing(sqlite3.connect(two_pairs.path)) as other:
        other.execute(f"UPDATE {kind} SET {column} = ? WHERE number = 2", (oops,))
        other.commit()

    with pytest.raises(NotPossible) as caught:
        lines(two_pairs)

    assert (caught.value.reason, caught.value.record) == ("record-damaged", ref)
    assert caught.value.words == {"name": kind}


def test_where_nothing_was_ever_written_there_is_nothing_and_no_file(journal: Journal) -> None:
    assert lines(journal) == []
    assert not journal.path.exists()
