"""Reads of goals with their measurements. All of them only read; the figures are `domain/progress.py`'s."""

from collections import defaultdict
from collections.abc import Sequence

from mentorlog.domain.facts import by_due_day
from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.storage.journal import Journal


def goals(
    journal: Journal, pair: str | None = None, *, everything: bool = False
) -> list[MeasuredGoal]:
    """Return goals of one pair or of all, active ones first, then by their due day, none last.

    Closed ones come only with `everything`.
    """
    conditions, values = ["1"] if everything else ["state = 'active'"], list[object]()
    if pair is not None:
        conditions.append("pair = ?")
        values.append(parse_reference(pair, "pair")[1])
    where = " AND ".join(conditions)
    found = journal.find(Goal, where, tuple(values))
    of_them = f"goal IN (SELECT number FROM goal WHERE {where})"
    readings = _by_goal(journal.find(Measurement, of_them, tuple(values)))
    return by_due_day(MeasuredGoal(goal, readings[goal.id]) for goal in found)


def measured(journal: Journal, goal: Goal) -> MeasuredGoal:
    """Return a goal with its measurements."""
    number = parse_reference(goal.id, "goal")[1]
    readings = _by_goal(journal.find(Measurement, "goal = ?", (number,)))
    return MeasuredGoal(goal, readings[goal.id])


def _by_goal(found: Sequence[Measurement]) -> defaultdict[str, list[Measurement]]:
    """Return the measurements of each goal by their day."""
    readings = defaultdict[str, list[Measurement]](list)
    for each in sorted(found, key=lambda reading: reading.taken_on):
        readings[each.goal].append(each)
    return readings
