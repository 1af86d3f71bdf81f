"""Goals and measurements: what they refuse, how they change, and what readings make of a goal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.fields import number_text
from mentorlog.domain.goal import LEVELS, Goal, refuse_early_due
from mentorlog.domain.measurement import MeasuredGoal, Measurement, rated
from mentorlog.errors import InvalidValue, NotPossible

DAY = date(2026, 11, 22)
FIVE = {level: f"outcome {level}" for level in LEVELS}


def goal(**fields: Any) -> Goal:
    return Goal(**{"id": "g1", "pair": "p1", "statement": "Read ten books"} | fields)


def reading(day: int = 1, **fields: Any) -> Measurement:
    return Measurement(goal="g1", taken_on=date(2026, 11, day), **fields)


# What a goal refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"statement": " "}, "statement", "required"),
        ({"baseline": 12.0, "target": 12}, "target", "target-is-baseline"),
        ({"baseline": 0.0, "target": -0.0}, "target", "target-is-baseline"),
        ({"target": float("nan")}, "target", "not-a-quantity"),
        ({"target": float("inf")}, "target", "not-a-quantity"),
        ({"weight": 0}, "weight", "not-a-number"),
        ({"levels": {"0": "as thought"}}, "levels.-2", "levels-incomplete"),
        ({"levels": FIVE | {"1": " "}}, "levels.1", "levels-incomplete"),
        ({"levels": {"3": "beyond"}}, "levels", "not-a-key"),
        ({"owner": None}, "owner", "required"),
    ],
)
def test_a_goal_refuses_what_it_cannot_be_and_names_the_field(
    fields: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        goal(**fields)

    assert (caught.value.field, caught.value.reason) == (field, reason)


def test_the_levels_that_are_missing_are_named() -> None:
    with pytest.raises(InvalidValue) as caught:
        goal(levels={"0": "as thought", "2": "far beyond"})

    assert caught.value.allowed == ("-2", "-1", "1")


@pytest.mark.parametrize(("baseline", "target"), [(0, 12), (12, 0), (-3, -8), (None, 4), (4, None)])
def test_a_target_lies_in_either_direction_and_either_number_may_be_unknown(
    baseline: float | None, target: float | None
) -> None:
    kept = goal(baseline=baseline, target=target)

    assert (kept.baseline, kept.target) == (baseline, target)


@pytest.mark.parametrize(
    ("due_on", "reason", "works"),
    [
        (date(2026, 11, 21), "due-has-passed", "2026-11-22"),
        (date(2026, 10, 31), "due-before-the-start", "2026-11-22"),
    ],
)
def test_a_due_day_that_has_passed_is_refused_with_the_first_that_works(
    due_on: date, reason: str, works: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        refuse_early_due(due_on, date(2026, 11, 1), DAY)

    assert (caught.value.reason, caught.value.allowed) == (reason, (works,))


def test_a_goal_of_a_pair_still_to_start_is_not_due_before_it_starts() -> None:
    starts = date(2026, 12, 1)

    with pytest.raises(InvalidValue) as caught:
        refuse_early_due(date(2026, 11, 30), starts, DAY)
    refuse_early_due(starts, starts, DAY)
    refuse_early_due(DAY, DAY, DAY)

    assert (caught.value.reason, caught.value.allowed) == ("due-before-the-start", ("2026-12-01",))


@pytest.mark.parametrize(
    ("number", "text"),
    [(12.0, "12"), (-2.5, "-2.5"), (1e-7, "0.0000001"), (1e15, "1000000000000000"), (-0.0, "0")],
)
def test_a_number_is_written_as_it_can_be_typed_again(number: float, text: str) -> None:
    assert number_text(number) == text


# How it changes ----------------------------------------------------------------------------------


def test_a_revision_keeps_what_was_said_before_and_why() -> None:
    before = goal(target=10.0, due_on=date(2026, 12, 24))

    after = before.revised(DAY, "too easy", has_begun=True, target=12.0, due_on=None, why=None)

    assert (after.target, after.due_on) == (12.0, None)
    assert after.revisions == (
        {
            "revised_on": "2026-11-22",
            "did": "revised",
            "because": "too easy",
            "before": {"target": 10.0, "due_on": "2026-12-24"},
        },
    )


def test_a_revision_that_changes_nothing_is_refused() -> None:
    with pytest.raises(NotPossible, match="nothing-revised"):
        goal(target=10.0).revised(DAY, "a reason alone", has_begun=False, target=10.0)


def test_to_share_a_goal_is_no_revision_of_it() -> None:
    after = goal().revised(DAY, None, has_begun=True, visibility="shared")

    assert (after.visibility, after.revisions) == ("shared", ())


@pytest.mark.parametrize(
    ("levels", "has_begun", "revisions"), [({}, False, 0), ({}, True, 1), (FIVE, False, 1)]
)
def test_levels_are_free_to_be_written_until_there_are_some_or_the_work_has_begun(
    levels: dict[str, str], has_begun: object, revisions: int
) -> None:
    new = FIVE | {"0": "something else"}

    after = goal(levels=levels).revised(DAY, None, has_begun=bool(has_begun), levels=new)

    assert after.levels == new
    assert [each["before"] for each in after.revisions] == [{"levels": levels}] * revisions


def test_a_goal_is_closed_once_with_the_day_and_the_reason() -> None:
    achieved = goal().achieved(DAY)
    dropped = goal().dropped(DAY, " ")
    with_reason = goal().dropped(DAY, "moved\r\non")

    assert (achieved.state, dropped.state) == ("achieved", "dropped")
    assert achieved.revisions[0]["did"] == "achieved"
    assert dropped.revisions[0]["because"] is None
    assert with_reason.revisions[0]["because"] == "moved\non"


@pytest.mark.parametrize("closed", [goal().achieved(DAY), goal().dropped(DAY, None)])
def test_what_is_closed_moves_no_more(closed: Goal) -> None:
    with pytest.raises(NotPossible, match="goal-not-active"):
        closed.achieved(DAY)
    with pytest.raises(NotPossible, match="goal-not-active"):
        closed.dropped(DAY, None)
    with pytest.raises(NotPossible, match="goal-not-active"):
        closed.revised(DAY, None, has_begun=False, target=1.0)


@pytest.mark.parametrize("because", ["a\x00b", "\udcff"])
def test_a_reason_that_cannot_be_kept_is_refused(because: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        goal().dropped(DAY, because)

    assert caught.value.field == "because"


def test_a_goal_is_overdue_only_after_its_day_and_while_it_is_active() -> None:
    due = goal(due_on=DAY)

    assert not due.is_overdue(DAY)
    assert due.is_overdue(date(2026, 11, 23))
    assert not due.achieved(DAY).is_overdue(date(2026, 11, 23))
    assert not goal().is_overdue(DAY)


# What readings make of it ------------------------------------------------------------------------


def test_a_reading_reads_a_number_a_level_or_both_but_not_nothing() -> None:
    assert reading(value=-3).value == -3.0
    assert reading(level=-2).level == -2
    with pytest.raises(InvalidValue, match="value-or-level"):
        reading(note="only a word")


def test_progress_is_computed_from_the_readings_and_unknown_without_them() -> None:
    books = goal(baseline=2.0, target=12.0)

    unmeasured = MeasuredGoal(books, []).progress
    measured = MeasuredGoal(books, [reading(1, value=4.0), reading(2, value=6.0, level=1)]).progress

    assert (unmeasured.share, unmeasured.level, unmeasured.n) == (None, None, 0)
    assert (measured.share, measured.trend, measured.level, measured.n) == (0.4, "rising", 1, 2)


def test_goals_count_by_their_weight_and_their_latest_level_and_unrated_ones_not_at_all() -> None:
    goals = [
        MeasuredGoal(goal(weight=3), [reading(1, level=-1), reading(2, level=1)]),
        MeasuredGoal(goal(), [reading(1, level=0)]),
        MeasuredGoal(goal(weight=5), [reading(1, value=7.0)]),
        MeasuredGoal(goal(weight=5), []),
    ]

    assert rated(goals) == [(3, 1), (1, 0)]
