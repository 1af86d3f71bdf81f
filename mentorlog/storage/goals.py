"""Reads of goals with their measurements. All of them only read; the figures are `domain/progress.py`'s."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from mentorlog.domain.facts import by_due_day
from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.storage.few import count, few
from mentorlog.storage.journal import Journal
from mentorlog.storage.open_in_sql import BY_DUE_DAY


def goals(
    journal: Journal, pair: str | None = None, *, everything: bool = False
) -> list[MeasuredGoal]:
    """Return goals of one pair or of all, active ones first, then by their due day, none last.

    Closed ones come only with `everything`.
    """
    where, values = _of(pair, everything=everything)
    found = journal.find(Goal, where, values)
    of_them = f"goal IN (SELECT number FROM goal WHERE {where})"
    readings = _by_goal(journal.find(Measurement, of_them, values))
    return by_due_day(MeasuredGoal(goal, readings[goal.id]) for goal in found)


def first_goals(journal: Journal, pair: str, most: int | None) -> tuple[list[MeasuredGoal], int]:
    """Return the first active goals of a pair in that order, and how many more there are."""
    where, values = _of(pair)
    found = few(journal, Goal, where, values, most, BY_DUE_DAY)
    return [measured(journal, goal) for goal in found.read], found.unread


def _of(pair: str | None, *, everything: bool = False) -> tuple[str, tuple[object, ...]]:
    state = "1" if everything else "state = 'active'"
    if pair is None:
        return state, ()
    return f"{state} AND pair = ?", (parse_reference(pair, "pair")[1],)


def measured(journal: Journal, goal: Goal) -> MeasuredGoal:
    """Return a goal with its measurements."""
    number = parse_reference(goal.id, "goal")[1]
    readings = _by_goal(journal.find(Measurement, "goal = ?", (number,)))
    return MeasuredGoal(goal, readings[goal.id])


def has_goals(journal: Journal, pair: str) -> bool:
    """True where a goal of a pair was ever set and is kept."""
    return count(journal, Goal.kind, "pair = ?", (parse_reference(pair, "pair")[1],)) > 0


def measured_each(journal: Journal, refs: Sequence[str]) -> list[MeasuredGoal]:
    """Return those goals with their measurements, in that order."""
    return [measured(journal, cast("Goal", journal.get(ref, "goal"))) for ref in refs]


def _by_goal(found: Sequence[Measurement]) -> defaultdict[str, list[Measurement]]:
    """Return the measurements of each goal by their day."""
    readings = defaultdict[str, list[Measurement]](list)
    for each in sorted(found, key=lambda reading: reading.taken_on):
        readings[each.goal].append(each)
    return readings
