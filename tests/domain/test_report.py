"""The figures of a report: one life worked out by hand, and random ones counted once more by brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import OWNERS, Action
from mentorlog.domain.assessment import SKILLS, Assessment
from mentorlog.domain.continuity import continuity, expected_and_met
from mentorlog.domain.facts import Facts, facts_of
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.figures import Rating, Report
from mentorlog.domain.goal import Goal
from mentorlog.domain.ids import Ids
from mentorlog.domain.insight import BENEFITS, Insight
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.report import pauses_by, report, term_used, totals
from mentorlog.domain.review import Review
from mentorlog.domain.tallies import Standing, tallied
from tests.domain.random_pairs import FIRST, LAST, Life, days, lives

START = date(2026, 1, 5)
END = date(2026, 7, 6)
A_DAY = timedelta(days=1)
ALL_TIME = Period(date(2025, 1, 1), date(2027, 12, 31))


def day(month: int, on: int) -> date:
    return date(2026, month, on)


def pair(**more: Any) -> Pair:
    fields: dict[str, Any] = {"cadence": "2w", "term_ends_on": END} | more
    return Pair(id="p1", partner="Aya", my_role="mentee", started_on=START, **fields)


def reported(*records: Record, of: Pair | None = None, period: Period | None = None) -> Report:
    return of_facts(facts_of(of or pair(), records), period or Period(START, END))


def of_facts(facts: Facts, period: Period) -> Report:
    return report(tallied(facts, period))


def plain(found: Any) -> Any:
    """Return what was found with plain tuples of ids in it; each figure names all of its records."""
    if isinstance(found, Ids):
        assert len(found) == len(tuple(found))
        return tuple(found)
    if isinstance(found, dict):
        return {name: plain(each) for name, each in found.items()}
    return tuple(map(plain, found)) if isinstance(found, tuple) else found


def meeting(number: int, on: date, **more: Any) -> Meeting:
    return Meeting(id=f"m{number}", pair="p1", held_on=on, **more)


def action(number: int, **more: Any) -> Action:
    fields = {"pair": "p1", "text": "x", "owner": "me", "assigned_in": "m1"} | more
    return Action(id=f"a{number}", **fields)


def done(number: int, on: date, **more: Any) -> Action:
    return action(number, state="done", done_on=on, **more)


# One life, by hand -------------------------------------------------------------------------------


def test_meetings_are_counted_with_their_minutes_and_of_how_many_they_are() -> None:
    found = reported(
        meeting(1, day(1, 19), minutes=50),
        meeting(2, day(1, 19), minutes=10),  # of two on one day, one is for the rhythm
        meeting(3, day(2, 12)),
        meeting(4, day(2, 16), minutes=40),
        period=Period(START, day(2, 20)),
    ).meetings

    # Expected: 19 Jan, 2 Feb (missed), 16 Feb, for which that of 12 Feb came first.
    assert plain(found.held) == ("m1", "m2", "m3", "m4")
    assert plain((found.minutes, found.timed)) == (100, ("m1", "m2", "m4"))
    assert plain(found.on_rhythm) == ("m1", "m3")
    assert plain(tuple(found.days)) == (
        (day(1, 19), ("m1", "m2"), ("m1", "m2"), 60),
        (day(2, 12), ("m3",), (), 0),
        (day(2, 16), ("m4",), ("m4",), 40),
    )
    assert [(each.day, each.met_on) for each in found.rhythm] == [
        (day(1, 19), day(1, 19)),
        (day(2, 2), None),
        (day(2, 16), day(2, 12)),
    ]
    assert found.continuity[:3] == (3, 2, 24)


def test_actions_are_on_time_late_or_overdue_by_their_due_day() -> None:
    due = day(2, 1)
    found = reported(
        meeting(1, day(1, 19)),
        done(1, due, due_on=due),
        done(2, due + A_DAY, due_on=due),
        done(3, due),  # neither on time nor late
        action(4, due_on=due),
        action(5, due_on=END),
        action(6, state="dropped", due_on=due),
        action(7, owner="partner", due_on=END - A_DAY),
        done(8, due, due_on=due, is_advice=True),  # not among the plain ones
    ).actions

    assert plain(found["me"]) == (
        ("a1", "a2", "a3", "a4", "a5", "a6"), ("a1", "a2", "a3"), ("a1",), ("a2",), ("a4", "a5"),
        ("a4",), ("a6",),
    )  # fmt: skip
    assert plain(found["partner"]) == (("a7",), (), (), (), ("a7",), ("a7",), ())


def test_an_action_belongs_to_the_day_of_its_meeting_else_to_the_day_it_was_written() -> None:
    written = datetime(2026, 3, 10, 12, tzinfo=UTC)
    records = [
        meeting(1, day(2, 2)),
        action(1, created_at=written),
        action(2, assigned_in=None, created_at=written),
    ]

    february = reported(*records, period=Period(day(2, 1), day(2, 28)))
    march = reported(*records, period=Period(day(3, 10), day(3, 10)))

    assert plain(february.actions["me"].agreed) == ("a1",)
    assert plain(march.actions["me"].agreed) == ("a2",)


def test_the_advice_loop_goes_from_advised_by_way_of_tried_to_told() -> None:
    advice: dict[str, Any] = {"is_advice": True}
    found = reported(
        meeting(1, day(1, 19)),
        meeting(2, day(2, 2)),
        action(1, **advice),
        done(2, day(1, 25), **advice),
        done(3, day(1, 25), outcome="It helped", told_in="m2", **advice),  # 14 days
        done(4, day(1, 22), outcome="So so", **advice),  # 3 days
        done(5, day(1, 20), outcome="No", **advice),  # 1 day
        action(6, outcome="Half of it", **advice),  # reopened: to be told anew
        action(7, state="dropped", outcome="No", **advice),
        action(8),
    ).advice

    assert plain(found) == (
        ("a1", "a2", "a3", "a4", "a5", "a6"), ("a2", "a3", "a4", "a5"), ("a3", "a4", "a5"),
        ("a7",), 3,
    )  # fmt: skip
    assert found.share == 0.5


def test_without_advice_its_figures_are_unknown_and_not_nought() -> None:
    found = reported().advice

    assert (found.share, found.median_days) == (None, None)


@pytest.mark.parametrize(
    ("felt", "average", "trend"),
    [
        ((), None, None),
        ((3,), 3.0, None),
        ((3, 3), 3.0, "level"),
        ((3, 4), 3.5, "rising"),
        ((4, 1, 3), 2.7, "falling"),
        ((2, 4, 3), 3.0, "rising"),  # the one in the middle belongs to neither half
        ((3, 3, 3, 3, 3, 3, 3, 4, 3, 3), 3.1, "level"),  # a fifth of a point
        ((3, 3, 3, 3, 3, 3, 3, 4), 3.1, "rising"),  # a quarter
        ((4, 4, 4, 3, 3, 3), 3.5, "falling"),
    ],
)
def test_the_trend_of_the_pulse_is_that_of_its_later_half(
    felt: tuple[int, ...], average: float | None, trend: str | None
) -> None:
    meetings = [
        meeting(number, START + timedelta(number), pulse=pulse)
        for number, pulse in enumerate(felt, 1)
    ]

    found = reported(*reversed(meetings), meeting(99, START)).pulses

    assert found.values == list(felt)
    assert (found.average, found.trend) == (average, trend)


def test_the_pulse_of_a_review_counts_on_its_last_day() -> None:
    review = Review(id="v1", pair="p1", from_on=START, to_on=day(3, 1), pulse=1)

    found = reported(meeting(1, day(3, 2), pulse=4), review).pulses

    assert plain(tuple(found.felt)) == (
        (day(3, 1), "review", (1,), ("v1",)),
        (day(3, 2), "meeting", (4,), ("m1",)),
    )
    assert plain(found.ids) == ("v1", "m1")


def test_a_skill_is_shown_as_it_was_first_and_last_rated() -> None:
    assessments = [
        Assessment(id=f"k{number}", pair="p1", rated_on=on, ratings=ratings)
        for number, on, ratings in (
            (1, day(5, 1), {"privacy": 5, "learning": 2}),
            (2, day(1, 5), {"privacy": 3}),
            (3, day(6, 1), {"learning": 2, "communication": 4}),
        )
    ]

    found = reported(*assessments).skills

    assert found == [
        ("communication", Rating("k3", day(6, 1), 4), Rating("k3", day(6, 1), 4)),
        ("privacy", Rating("k2", day(1, 5), 3), Rating("k1", day(5, 1), 5)),
        ("learning", Rating("k1", day(5, 1), 2), Rating("k3", day(6, 1), 2)),
    ]
    assert [each.change for each in found] == [None, 2, 0]


def test_in_a_period_a_skill_is_set_against_how_it_was_rated_last_before() -> None:
    assessments = [
        Assessment(id=f"k{number}", pair="p1", rated_on=on, ratings=ratings)
        for number, on, ratings in (
            (1, day(1, 5), {"privacy": 1, "learning": 1}),
            (2, day(2, 5), {"privacy": 2}),
            (3, day(5, 1), {"privacy": 4, "communication": 3}),
            (4, day(6, 1), {"privacy": 5}),
        )
    ]

    found = reported(*assessments, period=Period(day(4, 1), day(5, 31))).skills

    assert found == [
        ("communication", Rating("k3", day(5, 1), 3), Rating("k3", day(5, 1), 3)),
        ("privacy", Rating("k2", day(2, 5), 2), Rating("k3", day(5, 1), 4)),
    ]


def test_each_of_the_seven_benefits_has_its_evidence_the_newest_first() -> None:
    noticed = [
        Insight(id=f"i{number}", pair="p1", text="x", noticed_on=on, benefit=benefit)
        for number, on, benefit in (
            (1, day(3, 1), "leadership"),
            (2, day(1, 9), "leadership"),
            (3, day(2, 1), None),
        )
    ]

    found = reported(*noticed)

    assert plain(found.insights) == ("i2", "i3", "i1")
    assert plain(found.benefits) == dict.fromkeys(BENEFITS, ()) | {"leadership": ("i1", "i2")}


def test_feedback_is_given_or_received_and_something_came_of_it_or_is_awaited() -> None:
    said = [
        Feedback(
            id=f"f{number}", pair="p1", said_on=START, text="x", direction=direction,
            will_change=will, did_change=did,
        )
        for number, direction, will, did in (
            (1, "given", None, None),
            (2, "given", "y", None),
            (3, "received", None, None),
            (4, "received", None, "y"),
        )
    ]  # fmt: skip

    found = reported(*said).feedback

    assert plain(found) == (("f1", "f2"), ("f3", "f4"), ("f4",), ("f2", "f3"))


def test_questions_stand_under_what_became_of_them() -> None:
    asked = [
        Question(id=f"q{number}", pair="p1", text="x", asked_on=START, state=state)
        for number, state in enumerate(("raised", "open", "dropped", "raised"), 1)
    ]

    found = reported(*asked).questions

    assert plain(found) == (("q1", "q2", "q3", "q4"), ("q1", "q4"), ("q2",), ("q3",))


# Goals -------------------------------------------------------------------------------------------


def goal(number: int = 1, **more: Any) -> Goal:
    fields: dict[str, Any] = {"pair": "p1", "statement": "x", "baseline": 0, "target": 10} | more
    return Goal(id=f"g{number}", **fields)


def measured(number: int, on: date, value: float | None = None, **more: Any) -> Measurement:
    fields = {"goal": "g1"} | more
    return Measurement(id=f"n{number}", taken_on=on, value=value, **fields)


def only_goal(found: Report) -> Standing:
    (standing,) = found.standings
    return standing


def test_a_goal_stands_where_it_was_at_the_end_of_the_period_and_where_it_was_before() -> None:
    readings = [
        measured(1, day(1, 31), 2),
        measured(2, day(2, 1), 3),
        measured(3, day(2, 28), 6),
        measured(4, day(3, 1), 9),
    ]

    standing = only_goal(reported(goal(), *readings, period=Period(day(2, 1), day(2, 28))))

    assert [each.id for each in standing.measured.measurements] == ["n1", "n2", "n3"]
    assert (standing.measured.progress.share, standing.before.share) == (0.6, 0.2)
    assert standing.moved == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("goal_of", "readings", "moved"),
    [
        (goal(), [], None),
        (goal(), [measured(1, day(3, 1), 5)], 0.5),  # not measured before: it began at the baseline
        (goal(baseline=None), [measured(1, day(3, 1), 5)], None),
        (goal(target=None), [measured(1, day(3, 1), 5)], None),
        (goal(), [measured(1, day(1, 1), 5)], 0),
        (goal(), [measured(1, day(1, 1), 5), measured(2, day(3, 1), -5)], -1),
    ],
)
def test_how_far_a_goal_moved_is_unknown_where_its_way_is(
    goal_of: Goal, readings: list[Measurement], moved: float | None
) -> None:
    standing = only_goal(reported(goal_of, *readings, period=Period(day(2, 1), day(4, 1))))

    assert standing.moved == moved


@pytest.mark.parametrize(
    ("it", "is_there"),
    [
        (goal(), True),
        (goal(created_at=datetime(2026, 2, 28, 12, tzinfo=UTC)), True),
        (goal(created_at=datetime(2026, 3, 2, 12, tzinfo=UTC)), False),
        (goal().achieved(day(2, 1)), True),
        (goal().achieved(day(1, 31)), False),
        (goal().dropped(day(2, 1), None), True),
        (goal().achieved(day(5, 1)), True),
        # Written down late: that it was achieved within the period says it was there.
        (goal(created_at=datetime(2026, 5, 1, 12, tzinfo=UTC)).achieved(day(2, 5)), True),
    ],
)
def test_the_goals_of_a_period_are_those_that_were_there_in_it(it: Goal, *, is_there: bool) -> None:
    found = reported(it, period=Period(day(2, 1), day(2, 28)))

    assert list(found.goals) == ["g1"] * is_there


def test_a_goal_measured_before_it_was_written_down_was_there_by_then() -> None:
    late = goal(created_at=datetime(2026, 5, 1, 12, tzinfo=UTC))

    found = reported(late, measured(1, day(2, 28), 1), period=Period(day(2, 1), day(2, 28)))

    assert only_goal(found).moved == 0.1


def test_active_goals_come_first_by_their_due_day() -> None:
    found = reported(
        goal(1).achieved(day(3, 1)),
        goal(2),
        goal(3, due_on=day(6, 1)),
        goal(4, due_on=day(5, 1)),
        goal(5, due_on=day(4, 1)).dropped(day(3, 1), None),
    )

    assert list(found.goals) == ["g4", "g3", "g2", "g5", "g1"]


def test_attainment_stands_on_the_rated_goals_that_were_not_dropped() -> None:
    found = reported(
        goal(1), measured(1, day(3, 1), level=1),
        goal(2), measured(2, day(3, 1), level=-1, goal="g2"), measured(3, day(4, 1), level=1, goal="g2"),
        goal(3), measured(4, day(3, 1), 5, goal="g3"),
        goal(4).dropped(day(5, 1), None), measured(5, day(3, 1), level=2, goal="g4"),
    )  # fmt: skip

    assert plain(found.rated) == ("g1", "g2")
    assert found.attainment == 62.4  # 50 + 10·2 / √(0.7·2 + 0.3·4), worked out by hand: 62.403…


def test_the_insights_of_a_goal_are_those_of_the_period_the_newest_first() -> None:
    noticed = [
        Insight(id=f"i{number}", pair="p1", text="x", noticed_on=on, goal=of)
        for number, on, of in (
            (1, day(3, 1), "g1"),
            (2, day(3, 9), "g1"),
            (3, day(3, 5), None),
            (4, day(7, 7), "g1"),
        )
    ]

    assert plain(only_goal(reported(goal(), *noticed)).insights) == ("i2", "i1")


# The term, pauses and the end ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "used"),
    [(START - A_DAY, 0), (START, 0), (day(4, 6), 0.5), (END, 1), (END + A_DAY, 1), (date.max, 1)],
)
def test_the_term_is_used_up_from_its_start_to_its_end(on: date, used: float) -> None:
    assert term_used(pair(), on) == used


def test_without_a_term_it_is_unknown_how_much_of_it_is_used() -> None:
    assert term_used(pair(term_ends_on=None), END) is None


def test_of_a_pair_that_has_ended_nothing_is_expected_after_its_end() -> None:
    met = [meeting(1, day(1, 19)), meeting(2, day(2, 2))]
    ended = pair().ended(day(2, 10), "moved", day(2, 10))

    found = reported(*met, of=ended, period=ALL_TIME).meetings.continuity

    assert found == (2, 2, 14, None, 2)


def test_no_gap_grows_after_the_end_of_a_pair() -> None:
    ended = pair().ended(day(3, 10), "moved", day(3, 10))

    found = reported(meeting(1, day(2, 2)), of=ended, period=ALL_TIME).meetings.continuity

    assert found.longest_gap_days == 36  # from 2 Feb to 10 Mar


def test_a_pair_that_ended_on_its_first_day_missed_nothing() -> None:
    ended = pair().ended(START, "mismatch", START)

    found = reported(of=ended, period=ALL_TIME)

    assert found.meetings.continuity == (0, 0, None, None, 0)
    assert found.term_used is None


def test_a_meeting_held_after_the_end_counts_and_was_not_expected() -> None:
    ended = pair().ended(day(1, 12), "done", day(1, 12))

    found = reported(meeting(1, day(2, 2)), of=ended, period=ALL_TIME).meetings

    assert (found.continuity.meetings, found.continuity.expected) == (1, 0)
    assert plain(found.on_rhythm) == ()


def test_a_pause_that_lasts_beyond_the_day_planned_for_its_end_is_still_one() -> None:
    paused = pair().paused(day(1, 10), day(2, 1), day(1, 10))
    until = day(6, 1)

    still = reported(of=paused, period=Period(START, until)).meetings
    resumed = reported(of=paused.resumed(until, until), period=Period(START, until)).meetings

    assert still.continuity == (0, 0, 5, None, 0)
    assert still.continuity[:3] == resumed.continuity[:3]


EMPTY = {
    "nothing at all": (pair(), ()),
    "no cadence": (pair(cadence=None), ()),
    "no term": (pair(term_ends_on=None), ()),
    "neither": (pair(cadence=None, term_ends_on=None), ()),
    "one meeting": (pair(), (meeting(1, START),)),
    "one meeting before the start": (pair(), (meeting(1, START - timedelta(40)),)),
    "one meeting without a cadence": (pair(cadence=None), (meeting(1, day(2, 2), pulse=2),)),
    "only a pause": (pair().paused(START, None, START), ()),
    "only a pause that is planned": (pair().paused(day(3, 1), day(4, 1), START), ()),
    "an end on the first day": (pair().ended(START, "other", START), ()),
    "a goal that was never measured": (pair(), (goal(baseline=None, target=None),)),
}


@pytest.mark.parametrize("until", [START - A_DAY, START, START + A_DAY, END, date.max], ids=str)
@pytest.mark.parametrize("name", EMPTY)
def test_where_there_is_little_the_figures_are_small_and_none_fails(name: str, until: date) -> None:
    of, records = EMPTY[name]

    found = reported(*records, of=of, period=Period(min(START, until), until))

    met = sum(each.held_on <= until for each in records if isinstance(each, Meeting))
    rhythm = found.meetings.continuity
    assert (found.advice.median_days, found.advice.share) == (None, None)
    assert len(found.meetings.held) <= met
    assert rhythm.on_rhythm <= met
    assert rhythm.on_rhythm <= rhythm.expected
    assert (found.pulses.trend, found.attainment) == (None, None)
    assert totals([found]).pairs == 1


def test_no_reports_at_all_add_up_to_nothing() -> None:
    assert set(totals([])) == {0}


# Random lives, counted once more ------------------------------------------------------------------


def ids(found: Iterable[Record]) -> set[str]:
    return {each.id for each in found}


def agreed_on(life: Life, each: Action) -> date:
    """The day of the meeting, else that of the writing; the tests run in UTC."""
    met = [meeting.held_on for meeting in life.of("meeting") if meeting.id == each.assigned_in]
    assert each.created_at is not None
    written_on = each.created_at.astimezone().date()
    return met[0] if met else min(written_on, each.done_on or written_on)


def middle(values: Sequence[int]) -> float | None:
    """The median, found by throwing away the least and the greatest."""
    left = sorted(values)
    while len(left) > 2:
        left = left[1:-1]
    return sum(left) / len(left) if left else None


def within(life: Life, kind: str, on: str, period: Period) -> list[Any]:
    return [each for each in life.of(kind) if period.since <= getattr(each, on) <= period.until]


periods = st.builds(lambda one, two: Period(min(one, two), max(one, two)), days, days)


def test_advice_written_down_after_it_was_done_has_waited_no_days() -> None:
    written = datetime(2026, 5, 20, 12, tzinfo=UTC)
    late = action(1, is_advice=True, created_at=written, assigned_in=None).told("Good", day(5, 8))

    found = reported(late).advice

    assert plain((found.told, found.median_days)) == (("a1",), 0)


@settings(max_examples=100, deadline=None)
@given(lives(), periods)
def test_actions_and_advice_are_what_counting_them_one_by_one_gives(
    life: Life, period: Period
) -> None:
    found = of_facts(facts_of(*life), period)

    agreed = [each for each in life.of("action") if period.covers(agreed_on(life, each))]
    for owner in OWNERS:
        mine = [each for each in agreed if each.owner == owner and not each.is_advice]
        done = [each for each in mine if each.state == "done"]
        dated = [each for each in done if each.due_on and each.done_on]
        figures = found.actions[owner]
        assert set(figures.agreed) == ids(mine)
        assert set(figures.done) == ids(done)
        assert set(figures.on_time) == ids(each for each in dated if each.done_on <= each.due_on)
        assert set(figures.late) == ids(each for each in dated if each.done_on > each.due_on)
        assert set(figures.open) == ids(each for each in mine if each.is_open)
        assert set(figures.overdue) == ids(each for each in mine if each.is_overdue(period.until))
    advice = [each for each in agreed if each.is_advice and each.state != "dropped"]
    told = [each for each in advice if each.state == "done" and each.outcome]
    told_on = {meeting.id: meeting.held_on for meeting in life.of("meeting")}
    waits = [
        (told_on.get(each.told_in, each.done_on) - agreed_on(life, each)).days
        for each in told
        if each.told_in or each.done_on
    ]
    assert set(found.advice.advised) == ids(advice)
    assert set(found.advice.tried) == ids(each for each in advice if each.state == "done")
    assert set(found.advice.told) == ids(each for each in told if each.told_in or each.done_on)
    assert found.advice.median_days == middle(waits)


@settings(max_examples=100, deadline=None)
@given(lives(), periods)
def test_what_was_noticed_asked_said_and_rated_is_what_counting_gives(
    life: Life, period: Period
) -> None:
    found = of_facts(facts_of(*life), period)

    noticed = within(life, "insight", "noticed_on", period)
    asked = within(life, "question", "asked_on", period)
    said = within(life, "feedback", "said_on", period)
    rated = within(life, "assessment", "rated_on", period)
    assert set(found.insights) == ids(noticed)
    for benefit in BENEFITS:
        assert set(found.benefits[benefit]) == ids(i for i in noticed if i.benefit == benefit)
    assert set(found.questions.asked) == ids(asked)
    for state in ("raised", "open", "dropped"):
        assert set(getattr(found.questions, state)) == ids(q for q in asked if q.state == state)
    assert set(found.feedback.given) == ids(each for each in said if each.direction == "given")
    assert set(found.feedback.received) == ids(f for f in said if f.direction == "received")
    assert set(found.feedback.changed) == ids(each for each in said if each.did_change)
    assert set(found.feedback.waiting) == ids(each for each in said if each.is_open)
    assert [each.skill for each in found.skills] == [
        skill for skill in SKILLS if any(skill in each.ratings for each in rated)
    ]
    for each in found.skills:
        of_it = [one for one in rated if each.skill in one.ratings]
        earlier = [
            one
            for one in life[1]
            if isinstance(one, Assessment)
            and one.rated_on < period.since
            and each.skill in one.ratings
        ]
        first = max(earlier, key=by_day_and_number, default=min(of_it, key=by_day_and_number))
        last = max(of_it, key=by_day_and_number)
        assert each.first == (first.id, first.rated_on, first.ratings[each.skill])
        assert each.latest == (last.id, last.rated_on, last.ratings[each.skill])


def by_day_and_number(record: Any) -> tuple[date, int]:
    return getattr(record, record.dated_by), int(record.id[1:])


@settings(max_examples=100, deadline=None)
@given(lives(), periods)
def test_meetings_and_pulses_are_what_counting_gives(life: Life, period: Period) -> None:
    found = of_facts(facts_of(*life), period)

    held = within(life, "meeting", "held_on", period)
    felt = sorted(
        (getattr(each, each.dated_by), each.kind, int(each.id[1:]), each.pulse)
        for each in [*held, *within(life, "review", "to_on", period)]
        if each.pulse
    )
    values = [pulse for *_day, pulse in felt]
    assert set(found.meetings.held) == ids(held)
    assert found.meetings.minutes == sum(each.minutes for each in held if each.minutes)
    assert set(found.meetings.timed) == ids(each for each in held if each.minutes)
    assert len(found.meetings.on_rhythm) == found.meetings.continuity.on_rhythm
    assert found.meetings.continuity.meetings == len(held)
    assert len(found.meetings.rhythm) == found.meetings.continuity.expected
    assert found.pulses.values == values
    if values:
        assert found.pulses.average == round(sum(values) / len(values), 1)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["1d", "10d", "2w", "2/m", "1m"]),
    st.lists(st.dates(START, START + 20 * A_DAY), max_size=8, unique=True),
    st.integers(1, 5),
)
@example("10d", [START + 15 * A_DAY], 2)  # half-way between two days of the rhythm: one for each
def test_however_many_meetings_a_day_has_the_rhythm_is_that_of_all_of_them(
    cadence: str, on: list[date], each_day: int
) -> None:
    of, period, held = pair(cadence=cadence), Period(START, END), sorted(on * each_day)
    met = [meeting(number, on) for number, on in enumerate(held, 1)]
    asked = (
        held, of.started_on, of.cadence, period.until, pauses_by(of, period.until), period.since,
        of.ended_on,
    )  # fmt: skip

    found = reported(*met, of=of, period=period).meetings

    assert found.continuity == continuity(*asked)
    assert found.rhythm == expected_and_met(*asked)


@settings(max_examples=100, deadline=None)
@given(lives(), periods)
def test_where_goals_stand_is_what_their_last_measurement_by_then_says(
    life: Life, period: Period
) -> None:
    found = of_facts(facts_of(*life), period)

    for standing in found.standings:
        goal, of_it = standing.measured.goal, standing.measured.measurements
        readings = [each for each in life.of("measurement") if each.goal == goal.id]
        assert ids(of_it) == ids(each for each in readings if each.taken_on <= period.until)
        for at, progress in (
            (period.until, standing.measured.progress),
            (period.since - A_DAY, standing.before),
        ):
            taken = [r for r in readings if r.taken_on <= at and r.value is not None]
            latest = max(taken, key=by_day_and_number, default=None)
            baseline, target = goal.baseline, goal.target
            if latest is None or baseline is None or target is None:
                assert progress.share is None
            else:
                assert progress.share == (latest.value - baseline) / (target - baseline)
    assert [each.measured.goal.id for each in found.standings] == list(found.goals)
    for goal in life.of("goal"):
        is_over = goal.closed_on is not None and goal.closed_on < period.since
        assert not (is_over and goal.id in found.goals)


def parts(found: Report) -> dict[str, tuple[str, ...]]:
    """All figures that are ids, under a name of their own."""
    kept = {
        "held": found.meetings.held,
        "met on days": Ids.together(each.held for each in found.meetings.days),
        "timed": found.meetings.timed,
        "on rhythm": found.meetings.on_rhythm,
        "felt": found.pulses.ids,
        "insights": found.insights,
        "rated": found.rated,
        "goals": found.goals,
        "active goals": found.active_goals,
    }
    kept |= {f"benefit {name}": evidence for name, evidence in found.benefits.items()}
    kept |= {f"question {name}": each for name, each in found.questions._asdict().items()}
    kept |= {f"feedback {name}": each for name, each in found.feedback._asdict().items()}
    for owner, actions in found.actions.items():
        kept |= {f"{owner} {name}": each for name, each in actions._asdict().items()}
    advice = found.advice._asdict()
    kept |= {f"advice {name}": each for name, each in advice.items() if name != "median_days"}
    return {name: plain(each) for name, each in kept.items()}


@settings(max_examples=100, deadline=None)
@given(lives(), periods)
def test_every_figure_names_its_records_once_and_parts_are_of_their_whole(
    life: Life, period: Period
) -> None:
    found = parts(of_facts(facts_of(*life), period))

    for name, named in found.items():
        assert len(set(named)) == len(named), name
    for part, whole in PARTS:
        assert set(found[part]) <= set(found[whole]), (part, whole)
    for owner in OWNERS:
        states = [found[f"{owner} {state}"] for state in ("done", "open", "dropped")]
        assert sorted(chain(*states)) == sorted(found[f"{owner} agreed"])


PARTS = [
    ("on rhythm", "held"), ("timed", "held"), ("rated", "goals"), ("active goals", "goals"),
    ("met on days", "held"), ("held", "met on days"),
    ("advice told", "advice tried"), ("advice tried", "advice advised"),
    *((f"benefit {benefit}", "insights") for benefit in BENEFITS),
    *((f"question {state}", "question asked") for state in ("raised", "open", "dropped")),
    *((f"{owner} {part}", f"{owner} {whole}") for owner in OWNERS for part, whole in (
        ("done", "agreed"), ("open", "agreed"), ("dropped", "agreed"), ("on_time", "done"),
        ("late", "done"), ("overdue", "open"),
    )),
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(lives(), days)
def test_a_report_of_all_time_is_that_of_two_periods_added_up(life: Life, until: date) -> None:
    facts = facts_of(*life)
    whole = of_facts(facts, Period(FIRST, LAST + A_DAY))

    first = of_facts(facts, Period(FIRST, until))
    second = of_facts(facts, Period(until + A_DAY, LAST + A_DAY))

    both, halves = parts(whole), (parts(first), parts(second))
    for name in both.keys() - AS_OF_THE_END:
        assert sorted(both[name]) == sorted(chain(*(half[name] for half in halves))), name
    for name in ("goals", "active goals"):
        assert set(both[name]) == set(halves[0][name]) | set(halves[1][name])
    assert whole.meetings.minutes == first.meetings.minutes + second.meetings.minutes
    assert whole.meetings.rhythm == [*first.meetings.rhythm, *second.meetings.rhythm]


AS_OF_THE_END = {"goals", "active goals", "rated", *(f"{owner} overdue" for owner in OWNERS)}


@settings(max_examples=100, deadline=None)
@given(st.lists(lives(), max_size=4), periods)
def test_totals_are_the_figures_of_all_pairs_added_up(several: list[Life], period: Period) -> None:
    reports = [of_facts(facts_of(*life), period) for life in several]

    found = totals(reports)

    def count(figure: Callable[[Report], int]) -> int:
        return sum(figure(each) for each in reports)

    assert found.pairs == len(several)
    assert found.meetings == count(lambda each: len(each.meetings.held))
    assert found.minutes == count(lambda each: each.meetings.minutes)
    assert found.expected == count(lambda each: each.meetings.continuity.expected)
    assert found.on_rhythm == count(lambda each: len(each.meetings.on_rhythm))
    lasting = [each for each in reports if each.pair.state != "ended"]
    for name, of in (("agreed", reports), ("done", reports), ("overdue", lasting)):
        by_side = [len(parts(each)[f"{owner} {name}"]) for each in of for owner in OWNERS]
        assert getattr(found, name) == sum(by_side)
    assert found.advised == count(lambda each: len(each.advice.advised))
    assert found.told == count(lambda each: len(each.advice.told))
    assert found.insights == count(lambda each: len(each.insights))
    active = [g for each in lasting for g in each.standings if g.measured.goal.is_active]
    assert found.goals == len(active)


@settings(max_examples=100, deadline=None)
@given(lives(), periods, st.randoms())
def test_the_order_records_come_in_changes_no_figure(
    life: Life, period: Period, random: Any
) -> None:
    shuffled = list(life.records)
    random.shuffle(shuffled)
    shuffled.sort(key=lambda each: int(each.id[1:]))  # within a kind, the numbers go up

    assert of_facts(facts_of(life.pair, shuffled), period) == of_facts(facts_of(*life), period)


def test_a_pair_without_facts_has_a_report() -> None:
    bare = pair()

    assert of_facts(Facts(bare), Period(START, END)) == reported(of=bare)
