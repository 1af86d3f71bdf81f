"""What is done to goals: setting, revising and closing them, and adding measurements.

Each that writes is one write, or with `_within` a part of one that is under way. What a goal and a
measurement refuse by themselves is theirs; here is what depends on the day, the pair, or what was
measured so far.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from mentorlog.domain.goal import Goal, refuse_early_due
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.domain.pair import Pair
from mentorlog.domain.when import refuse_to_come
from mentorlog.errors import NotPossible
from mentorlog.storage.goals import measured
from mentorlog.storage.journal import Journal, Writing


class Revision(NamedTuple):
    """A goal before and after it was changed."""

    before: Goal
    after: Goal


class Taken(NamedTuple):
    """A measurement as it was kept, and its goal with all that was measured."""

    measurement: Measurement
    goal: MeasuredGoal


def new_goal(pair: Pair, today: date, **fields: Any) -> Goal:
    """Return a goal of that pair, not yet kept; what is None in `fields` was not said."""
    said = {name: value for name, value in fields.items() if value is not None}
    goal = Goal(pair=pair.id, **said)
    if goal.due_on is not None:
        refuse_early_due(goal.due_on, pair.started_on, today)
    return goal


def revise(
    journal: Journal, ref: str, changes: Mapping[str, Any], because: str | None, today: date
) -> Revision:
    """Change what a goal says, the old wording kept; a due day is looked at only where it is new."""
    with journal.transaction("goal revise") as writing:
        return revise_within(journal, writing, ref, changes, because, today)


def revise_within(
    journal: Journal,
    writing: Writing,
    ref: str,
    changes: Mapping[str, Any],
    because: str | None,
    on: date,
) -> Revision:
    """Change what a goal says on that day, within a write that is under way."""
    before = _goal(journal, ref)
    has_begun = bool(measured(journal, before).measurements)
    after = before.revised(on, because, has_begun=has_begun, **changes)
    if after.due_on is not None and after.due_on != before.due_on:
        pair = cast("Pair", journal.get(before.pair, "pair"))
        refuse_early_due(after.due_on, pair.started_on, on)
    return Revision(before, writing.change(after))


def achieve(journal: Journal, ref: str, on: date, today: date) -> Goal:
    """Close a goal as achieved on a day that has come."""
    refuse_to_come(on, today, "on")
    with journal.transaction("goal achieve") as writing:
        return writing.change(_goal(journal, ref).achieved(on))


def drop(journal: Journal, ref: str, because: str | None, today: date) -> Goal:
    """Close a goal that is given up."""
    with journal.transaction("goal drop") as writing:
        return writing.change(_goal(journal, ref).dropped(today, because))


def measure(
    journal: Journal, measurement: Measurement, today: date, command: str = "goal measure"
) -> Taken:
    """Add a measurement to its goal, under the name of the command that was typed."""
    refuse_to_come(measurement.taken_on, today, "taken_on")
    with journal.transaction(command) as writing:
        return measure_within(journal, writing, measurement)


def measure_within(journal: Journal, writing: Writing, measurement: Measurement) -> Taken:
    """Add a measurement to its goal, within a write that is under way."""
    goal = _goal(journal, measurement.goal)
    refuse_measuring(goal, rates=measurement.level is not None)
    kept = writing.add(measurement)
    return Taken(kept, measured(journal, goal))


def refuse_measuring(goal: Goal, *, rates: bool) -> None:
    """Refuse to measure a goal that was dropped, and to rate one whose levels are not written."""
    if goal.state == "dropped":
        raise NotPossible("goal-dropped", goal.id)
    if rates and not goal.levels:
        raise NotPossible("levels-unwritten", goal.id)


def _goal(journal: Journal, ref: str) -> Goal:
    return cast("Goal", journal.get(ref, "goal"))
