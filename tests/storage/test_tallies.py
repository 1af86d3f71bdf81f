"""What figures add up to, counted by SQL: the same as of the records one by one, but for their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.facts import Facts
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.figures import Report
from mentorlog.domain.goal import Goal
from mentorlog.domain.ids import Ids
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.report import report
from mentorlog.domain.review import Review
from mentorlog.domain.tallies import tallied
from mentorlog.errors import NotPossible
from mentorlog.storage.facts import facts
from mentorlog.storage.journal import Journal
from mentorlog.storage.tallies import Named, tallies
from tests.domain.random_pairs import FIRST, Life, days, lives
from tests.storage.kept_lives import ZONES, kept

DAY = date(2026, 3, 1)
MARCH = Period(DAY, date(2026, 3, 31))
WRITTEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
THREE_DAYS = [DAY + timedelta(days) for days in range(3)]
PAIR = Pair(id="p1", partner="Aya", my_role="mentee", started_on=DAY)
ONE_OF_EACH = Named(1, 1, 1, 1)
FEW_DAYS = 4

few = st.integers(1, 3)
most_named = st.builds(Named, few, few, few, few)
ends = days | st.dates(FIRST, FIRST + timedelta(FEW_DAYS))
periods = st.builds(lambda one, two: Period(min(one, two), max(one, two)), ends, ends)


def crowded(life: Life) -> Life:
    """Return the life with all its days, and all it was written down on, within a few."""
    return life._replace(records=[_moved(each) for each in life.records])


def _moved(record: Record) -> Record:
    found = {name: getattr(record, name) for name in record.__dataclass_fields__}
    moved = {
        name: value - timedelta((value - FIRST).days // FEW_DAYS * FEW_DAYS)
        for name, value in found.items()
        if type(value) is date
    }
    assert record.created_at is not None
    since = (record.created_at.date() - FIRST).days // FEW_DAYS * FEW_DAYS
    return record.with_changes(created_at=record.created_at - timedelta(since), **moved)


def add(journal: Journal, *records: Record) -> None:
    with journal.transaction("test") as writing:
        for each in records:
            writing.add(each)


def by_records(journal: Journal, pair: Pair, period: Period, most: Named) -> Report:
    """Return the report with all names, of no more goals than are to be shown."""
    found = report(tallied(facts(journal, pair), period))
    return found._replace(standings=found.standings[: most.goals])


def by_counts(journal: Journal, pair: Pair, period: Period, most: Named) -> Report:
    return report(tallies(journal, pair, period, most))


def nameless(found: Any) -> Any:
    """Return figures with how many records each stands on in place of which."""
    if isinstance(found, Ids):
        return len(found)
    if isinstance(found, dict):
        return {name: nameless(each) for name, each in found.items()}
    return [nameless(each) for each in found] if isinstance(found, tuple | list) else found


def figures(found: Report) -> dict[str, Any]:
    """Return all figures without names, those that are worked out of others as well."""
    named: dict[str, Any] = nameless(found._asdict())
    return named | {
        "on rhythm": len(found.meetings.on_rhythm),
        "overdue": len(found.overdue),
        "told": found.advice.share,
        "felt in": len(found.pulses.ids),
        "values": found.pulses.values,
        "moved": [each.moved for each in found.standings],
        "skills": list(found.skills),
    }


def quoted(found: Report, most: Named) -> Iterator[tuple[str, ...]]:
    """Yield which records have their words shown, of each part of a report where there are any."""
    yield found.insights[-most.insights :]
    yield found.feedback.changed[-most.feedback :]
    yield found.feedback.waiting[-most.feedback :]
    for evidence in found.benefits.values():
        yield evidence[:1]
    for standing in found.standings:
        yield standing.insights[: most.of_a_goal]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(lives() | lives().map(crowded), min_size=1, max_size=3),
    st.sampled_from(ZONES),
    st.lists(periods, min_size=1, max_size=4),
    most_named,
)
def test_figures_counted_are_those_of_the_records_one_by_one(
    quick_folder: Path, several: list[Life], zone: str, asked: list[Period], most: Named
) -> None:
    with kept(quick_folder, several, zone) as (journal, pairs):
        for pair in pairs:
            for period in asked:
                named = by_records(journal, pair, period, most)
                counted = by_counts(journal, pair, period, most)

                assert figures(counted) == figures(named)
                assert list(quoted(counted, most)) == list(quoted(named, most))


def every_action() -> Iterator[Action]:
    """Yield actions that stand in every way there is on and around three days."""
    stands = [("open", None), ("dropped", None), *(("done", on) for on in (None, *THREE_DAYS))]
    for is_advice, (state, done_on), due_on, met, outcome, told_in, written_on in product(
        (True, False), stands, (None, *THREE_DAYS), (None, "m1", "m3"), (None, "y"), (None, "m2"),
        THREE_DAYS,
    ):  # fmt: skip
        if is_advice or not (outcome or told_in):
            yield Action(
                pair="p1", text="x", owner="me", is_advice=is_advice, state=state, done_on=done_on,
                due_on=due_on, assigned_in=met, outcome=outcome, told_in=told_in,
                created_at=datetime.combine(written_on, time(12), UTC),
            )  # fmt: skip


def test_an_action_is_counted_in_whatever_way_it_stands(quick_folder: Path) -> None:
    held = [
        Meeting(id=f"m{number}", pair="p1", held_on=on, created_at=WRITTEN)
        for number, on in enumerate(THREE_DAYS, 1)
    ]
    actions = [each.with_changes(id=f"a{number}") for number, each in enumerate(every_action(), 1)]
    life = Life(PAIR, [*held, *actions])

    with kept(quick_folder, [life], "UTC") as (journal, (of,)):
        for since, until in combinations_with_replacement(THREE_DAYS, 2):
            named = by_records(journal, of, Period(since, until), ONE_OF_EACH)
            counted = by_counts(journal, of, Period(since, until), ONE_OF_EACH)

            assert figures(counted) == figures(named)
            assert len(counted.actions["me"].on_time) > 0


@pytest.mark.parametrize("zone", ZONES)
def test_figures_of_all_days_the_calendar_has_are_counted(quick_folder: Path, zone: str) -> None:
    action = Action(id="a1", pair="p1", text="x", owner="me", created_at=WRITTEN)
    ever = Period(date.min, date.max)

    with kept(quick_folder, [Life(PAIR, [action])], zone) as (journal, (of,)):
        named = by_records(journal, of, ever, ONE_OF_EACH)
        counted = by_counts(journal, of, ever, ONE_OF_EACH)

    assert figures(counted) == figures(named)
    assert len(counted.actions["me"].agreed) == 1


def test_a_pair_with_nothing_adds_up_to_nothing(journal: Journal, aiko: Pair, ben: Pair) -> None:
    add(journal, Meeting(pair="p2", held_on=DAY, pulse=3), Goal(pair="p2", statement="x"))

    found = by_counts(journal, aiko, MARCH, ONE_OF_EACH)

    assert found == report(tallied(Facts(aiko), MARCH))


def test_of_a_journal_that_is_not_there_nothing_is_counted_and_none_is_made(
    journal: Journal,
) -> None:
    found = by_counts(journal, PAIR, MARCH, ONE_OF_EACH)

    assert found == report(tallied(Facts(PAIR), MARCH))
    assert not journal.path.exists()


def told(**more: Any) -> Action:
    return Action(pair="p1", text="x", owner="me", is_advice=True, **more).told("Good", DAY)


@pytest.mark.parametrize(
    ("record", "column"),
    [
        (Meeting(pair="p1", held_on=DAY), "held_on"),
        (Review(pair="p1", from_on=DAY, to_on=DAY, pulse=3), "to_on"),
        (Assessment(pair="p1", rated_on=DAY, ratings={"privacy": 3}), "rated_on"),
        (Measurement(goal="g1", taken_on=DAY, value=1), "taken_on"),
        (told(), "created_at"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.kind,
)
def test_a_day_that_another_program_has_damaged_is_named_with_its_record_where_it_is_met(
    journal: Journal, aiko: Pair, record: Record, column: str
) -> None:
    add(journal, Goal(pair="p1", statement="x"), record)
    journal.connection.execute(f"UPDATE {record.kind} SET {column} = '2026-03-0x'")

    with pytest.raises(NotPossible) as refusal:
        by_counts(journal, aiko, MARCH, ONE_OF_EACH)

    assert (refusal.value.reason, refusal.value.record) == ("record-damaged", f"{record.letter}1")


def test_without_an_index_that_another_program_took_away_the_figures_are_the_same(
    journal: Journal, aiko: Pair
) -> None:
    """Fails when a statement that needs an index ends the report where that is not there."""
    add(journal, Meeting(pair="p1", held_on=DAY, pulse=3), told(assigned_in="m1", told_in="m1"))
    before = figures(by_counts(journal, aiko, MARCH, ONE_OF_EACH))
    for index in ("meeting_days", "meeting_of_pair"):
        journal.connection.execute(f"DROP INDEX {index}")

        found = by_counts(journal, aiko, MARCH, ONE_OF_EACH)

        assert figures(found) == before


def test_no_table_is_gone_through_from_end_to_end(journal: Journal, aiko: Pair) -> None:
    add(journal, *EVERY_SORT)
    asked: list[str] = []
    journal.connection.set_trace_callback(asked.append)
    found = by_counts(journal, aiko, MARCH, ONE_OF_EACH)
    journal.connection.set_trace_callback(None)

    scans = [
        (step, sql)
        for sql in asked
        if not sql.startswith("--")
        for *_places, step in journal.connection.execute(f"EXPLAIN QUERY PLAN {sql}")
        if re.match(rf"SCAN ({'|'.join(TABLES)})\b", step)
    ]

    assert len(asked) > len(EVERY_SORT)
    assert len(found.insights) == 1
    assert scans == []


TABLES = [each.kind for each in KINDS.values()]
EVERY_SORT: list[Record] = [
    Meeting(pair="p1", held_on=DAY, pulse=2),
    Review(pair="p1", from_on=DAY, to_on=DAY, pulse=3),
    Goal(pair="p1", statement="x"),
    Measurement(goal="g1", taken_on=DAY, value=1),
    Action(pair="p1", text="x", owner="me", assigned_in="m1"),
    told(assigned_in="m1"),
    Question(pair="p1", text="x", asked_on=DAY),
    Insight(pair="p1", text="x", noticed_on=DAY, benefit="leadership", goal="g1"),
    Feedback(pair="p1", direction="received", said_on=DAY, text="x"),
    Assessment(pair="p1", rated_on=DAY, ratings={"privacy": 3}),
]
