"""What figures stand on, read from the journal: the same as taken from the records themselves."""

from __future__ import annotations

import time
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.facts import Facts, facts_of
from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.review import Review
from mentorlog.errors import NotPossible
from mentorlog.storage.facts import facts
from mentorlog.storage.journal import Journal
from tests.domain.random_pairs import Life, lives
from tests.storage.kept_lives import ZONES, kept

DAY = date(2026, 3, 1)


def records_of(journal: Journal, pair: Pair) -> list[Record]:
    """Return all records of a pair, read in full."""
    goals = [each.id for each in journal.find(Goal) if each.pair == pair.id]
    every = chain.from_iterable(journal.find(record_type) for record_type in KINDS.values())
    return [
        each
        for each in every
        if getattr(each, "pair", "") == pair.id or getattr(each, "goal", "") in goals
    ]


def from_records(journal: Journal, pair: Pair) -> Facts:
    """Return the facts of the records, given newest first as the timeline gives them to an export."""
    return facts_of(pair, records_of(journal, pair)[::-1])


def add(journal: Journal, *records: Record) -> list[Any]:
    with journal.transaction("test") as writing:
        return [writing.add(record) for record in records]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(lives(), min_size=1, max_size=3), st.sampled_from(ZONES))
def test_facts_read_by_sql_are_those_taken_from_the_records(
    quick_folder: Path, several: list[Life], zone: str
) -> None:
    with kept(quick_folder, several, zone) as (journal, pairs):
        found = [facts(journal, pair) for pair in pairs]

        assert found == [from_records(journal, pair) for pair in pairs]
        counted = [sum(map(len, each[1:])) for each in found]
        assert any(counted) == any(life.records for life in several)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 3, 1)),
        ("XXX-14", date(2026, 3, 2)),
        ("XXX+12", date(2026, 3, 1)),
        ("XXX-0:30", date(2026, 3, 2)),
        ("XXX-0:29", date(2026, 3, 1)),
    ],
)
def test_an_action_of_no_meeting_is_of_the_day_it_was_here(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch, zone: str, day: date
) -> None:
    add(journal, Action(pair="p1", text="x", owner="me"))
    journal.connection.execute("UPDATE action SET created_at = '2026-03-01T23:30:00.000000Z'")
    monkeypatch.setenv("TZ", zone)
    time.tzset()

    found = facts(journal, aiko)
    same = from_records(journal, aiko)
    monkeypatch.undo()
    time.tzset()

    assert [each.agreed_on for each in found.promises] == [day]
    assert found == same


def test_what_is_of_one_day_comes_in_the_order_of_the_numbers(journal: Journal, aiko: Pair) -> None:
    add(journal, *(Meeting(pair="p1", held_on=DAY, pulse=2) for _ in range(3)))
    add(journal, Review(pair="p1", from_on=DAY, to_on=DAY, pulse=1))
    # The clock may have gone back between two commands.
    journal.connection.execute("UPDATE meeting SET created_at = '2020-01-01' WHERE number = 3")

    found = facts(journal, aiko)

    assert [each.id for each in found.meetings] == ["m1", "m2", "m3"]
    assert [each.id for each in found.pulses] == ["m1", "m2", "m3", "v1"]


def test_a_pair_with_nothing_has_no_facts(journal: Journal, aiko: Pair, ben: Pair) -> None:
    add(journal, Meeting(pair="p2", held_on=DAY, pulse=3), Goal(pair="p2", statement="x"))

    assert facts(journal, aiko) == Facts(aiko, [], [], [], [], [], [], [], [])


def test_facts_of_a_journal_that_is_not_there_are_none(journal: Journal, tmp_path: Path) -> None:
    pair = Pair(id="p1", partner="Aya", my_role="mentee", started_on=DAY)

    assert facts(journal, pair) == Facts(pair, [], [], [], [], [], [], [], [])
    assert not journal.path.exists()


@pytest.mark.parametrize(
    ("record", "column"),
    [
        (Meeting(pair="p1", held_on=DAY), "held_on"),
        (Review(pair="p1", from_on=DAY, to_on=DAY, pulse=3), "to_on"),
        (Action(pair="p1", text="x", owner="me", due_on=DAY), "due_on"),
        (Action(pair="p1", text="x", owner="me"), "created_at"),
        (Question(pair="p1", text="x", asked_on=DAY), "asked_on"),
        (Measurement(goal="g1", taken_on=DAY, value=1), "taken_on"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.kind,
)
def test_a_day_that_another_program_has_damaged_is_named_with_its_record(
    journal: Journal, aiko: Pair, record: Record, column: str
) -> None:
    add(journal, Goal(pair="p1", statement="x"), record)
    journal.connection.execute(f"UPDATE {record.kind} SET {column} = 'zz-next-week'")

    with pytest.raises(NotPossible) as refusal:
        facts(journal, aiko)

    assert (refusal.value.reason, refusal.value.record) == ("record-damaged", f"{record.letter}1")
