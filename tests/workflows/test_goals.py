"""Setting, revising, measuring and closing goals: what depends on the day, the pair and the readings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.goal import LEVELS, Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.pair import Pair
from mentorlog.errors import InvalidValue, NotPossible, RecordNotFound
from mentorlog.storage.goals import goals, measured
from mentorlog.storage.journal import Journal
from mentorlog.workflows.goals import achieve, drop, measure, new_goal, revise

DAY = date(2026, 11, 22)
FIVE = {level: f"outcome {level}" for level in LEVELS}


def kept(journal: Journal, pair: Pair, **fields: Any) -> Goal:
    with journal.transaction("goal set") as writing:
        return writing.add(new_goal(pair, DAY, **{"statement": "Read"} | fields))


def take(journal: Journal, goal: Goal, on: date = DAY, **fields: Any) -> Measurement:
    reading = Measurement(goal=goal.id, taken_on=on, **fields)
    return measure(journal, reading, DAY).measurement


def writes(journal: Journal) -> int:
    return len(journal.history())


# Set ---------------------------------------------------------------------------------------------


def test_a_new_goal_belongs_to_its_pair_and_takes_what_was_said(aiko: Pair) -> None:
    goal = new_goal(aiko, DAY, statement="Read", target=12.0, owner=None, due_on=DAY)

    assert (goal.pair, goal.target, goal.owner, goal.due_on) == ("p1", 12.0, "me", DAY)


def test_a_new_goal_is_not_due_before_today(aiko: Pair) -> None:
    with pytest.raises(InvalidValue) as caught:
        new_goal(aiko, DAY, statement="Read", due_on=date(2026, 11, 21))

    assert (caught.value.field, caught.value.reason) == ("due_on", "due-has-passed")


# Revise ------------------------------------------------------------------------------------------


def test_a_revision_is_one_write_that_undo_takes_back(journal: Journal, aiko: Pair) -> None:
    goal = kept(journal, aiko, target=10.0)

    before, after = revise(journal, goal.id, {"target": 12.0}, "too easy", DAY)
    journal.undo()

    assert (before.target, after.target, len(after.revisions)) == (10.0, 12.0, 1)
    assert journal.get("g1") == goal


def test_five_levels_are_fixed_once_something_was_measured(journal: Journal, aiko: Pair) -> None:
    free, begun = kept(journal, aiko), kept(journal, aiko)
    take(journal, begun, value=1.0)

    written = revise(journal, free.id, {"levels": FIVE}, None, DAY).after
    changed = revise(journal, begun.id, {"levels": FIVE}, None, DAY).after

    assert written.revisions == ()
    assert [each["before"] for each in changed.revisions] == [{"levels": {}}]


def test_a_due_day_that_has_passed_may_stand_but_not_be_set(journal: Journal, aiko: Pair) -> None:
    later = date(2027, 1, 10)
    goal = kept(journal, aiko, due_on=date(2026, 12, 24))

    reworded = revise(journal, goal.id, {"statement": "Read more"}, None, later).after
    with pytest.raises(InvalidValue) as caught:
        revise(journal, goal.id, {"due_on": date(2027, 1, 9)}, None, later)

    assert reworded.due_on == date(2026, 12, 24)
    assert caught.value.reason == "due-has-passed"


def test_what_is_refused_writes_nothing(journal: Journal, aiko: Pair) -> None:
    goal = kept(journal, aiko, baseline=2.0, target=10.0)
    before = writes(journal)

    with pytest.raises(InvalidValue, match="target-is-baseline"):
        revise(journal, goal.id, {"baseline": 10.0}, None, DAY)
    with pytest.raises(NotPossible, match="nothing-revised"):
        revise(journal, goal.id, {"baseline": 2.0}, "no reason", DAY)
    with pytest.raises(RecordNotFound):
        revise(journal, "g9", {"baseline": 1.0}, None, DAY)

    assert (journal.get("g1"), writes(journal)) == (goal, before)


# Measure -----------------------------------------------------------------------------------------


def test_a_measurement_comes_back_with_all_that_was_measured(journal: Journal, aiko: Pair) -> None:
    goal = kept(journal, aiko, baseline=0.0, target=10.0)
    take(journal, goal, value=4.0)
    earlier = Measurement(goal=goal.id, taken_on=date(2026, 11, 2), value=1.0)

    taken = measure(journal, earlier, DAY)

    assert [each.id for each in taken.goal.measurements] == ["n2", "n1"], "the oldest first"
    assert taken.goal.progress.share == 0.4, "the latest is the latest, whenever it was written"


def test_a_reading_of_the_future_is_refused(journal: Journal, aiko: Pair) -> None:
    goal = kept(journal, aiko)

    with pytest.raises(InvalidValue) as caught:
        take(journal, goal, date(2026, 11, 23), value=1.0)

    assert (caught.value.reason, caught.value.allowed) == ("still-to-come", ("2026-11-22",))
    assert measured(journal, goal).measurements == []


def test_a_dropped_goal_is_measured_no_more_but_an_achieved_one_is(
    journal: Journal, aiko: Pair
) -> None:
    dropped, achieved = kept(journal, aiko), kept(journal, aiko)
    drop(journal, dropped.id, None, DAY)
    achieve(journal, achieved.id, DAY, DAY)

    with pytest.raises(NotPossible, match="goal-dropped"):
        take(journal, dropped, value=1.0)

    assert take(journal, achieved, value=1.0).id == "n1"


def test_a_goal_is_rated_only_by_levels_that_are_written(journal: Journal, aiko: Pair) -> None:
    bare, whole = kept(journal, aiko), kept(journal, aiko, levels=FIVE)

    for fields in ({"level": 1}, {"level": 1, "value": 3.0}):
        with pytest.raises(NotPossible, match="levels-unwritten"):
            take(journal, bare, **fields)

    assert take(journal, whole, level=1).level == 1


def test_a_measurement_is_written_under_the_command_that_was_typed(
    journal: Journal, aiko: Pair
) -> None:
    goal = kept(journal, aiko, levels=FIVE)
    take(journal, goal, value=1.0)
    measure(journal, Measurement(goal=goal.id, taken_on=DAY, level=0), DAY, "goal rate")

    assert [each.command for each in journal.history(2)] == ["goal rate", "goal measure"]


# Close -------------------------------------------------------------------------------------------


def test_a_goal_is_achieved_on_a_day_that_has_come(journal: Journal, aiko: Pair) -> None:
    goal = kept(journal, aiko)

    with pytest.raises(InvalidValue, match="still-to-come"):
        achieve(journal, goal.id, date(2026, 11, 23), DAY)
    achieved = achieve(journal, goal.id, date(2026, 11, 20), DAY)

    assert (achieved.state, achieved.revisions[0]["revised_on"]) == ("achieved", "2026-11-20")


def test_a_goal_is_dropped_with_its_reason_and_undo_opens_it(journal: Journal, aiko: Pair) -> None:
    goal = kept(journal, aiko)

    dropped = drop(journal, goal.id, "the job changed", DAY)
    journal.undo()

    assert dropped.revisions[0]["because"] == "the job changed"
    assert journal.get(goal.id) == goal


# Read --------------------------------------------------------------------------------------------


def test_goals_come_active_first_and_by_their_due_day_with_their_own_measurements(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    closed = kept(journal, aiko, due_on=date(2026, 11, 25))
    undated = kept(journal, aiko)
    late = kept(journal, ben, due_on=date(2027, 3, 1))
    soon = kept(journal, aiko, due_on=date(2026, 12, 1))
    achieve(journal, closed.id, DAY, DAY)
    take(journal, undated, value=1.0)
    take(journal, closed, value=2.0)
    take(journal, undated, value=3.0)

    active, everything, of_ben = (
        goals(journal),
        goals(journal, everything=True),
        goals(journal, ben.id),
    )

    assert [each.goal.id for each in active] == [soon.id, late.id, undated.id]
    assert [each.goal.id for each in everything] == [soon.id, late.id, undated.id, closed.id]
    assert [each.goal.id for each in of_ben] == [late.id]
    assert [[each.value for each in goal.measurements] for goal in everything] == [
        [], [], [1.0, 3.0], [2.0]
    ]  # fmt: skip
