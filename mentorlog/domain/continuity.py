"""Continuity: what was held of what was expected, as figures that always say of how many.

Days only: no time zone can move a figure. Not here: when a meeting is expected (`cadence.py`).
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from mentorlog.domain.cadence import Pause, expected_days, interval_days, next_expected


class Continuity(NamedTuple):
    """How regularly a pair has met up to a day.

    Of `expected` days, `on_rhythm` had a meeting within half a cadence. `longest_gap_days` is None
    where no day has passed yet, `next_on` where nothing is expected any more.
    """

    expected: int
    on_rhythm: int
    longest_gap_days: int | None
    next_on: date | None
    meetings: int


def continuity(
    held: Sequence[date],
    started_on: date,
    cadence: str | None,
    today: date,
    pauses: Sequence[Pause] = (),
) -> Continuity:
    """Return the figures of the meetings `held`, in any order; those after `today` do not count yet.

    A pair begins on `started_on`, or with a meeting before it. Without a cadence nothing is expected.
    """
    days = sorted(day for day in held if day <= today)
    gap = _longest_gap(days, started_on, today, pauses)
    if cadence is None:
        return Continuity(0, 0, gap, None, len(days))
    expected = expected_days(started_on, cadence, today, pauses)
    met = _met(expected, days, interval_days(cadence) / 2)
    last = days[-1] if days else started_on
    next_on = next_expected(last, cadence, pauses, anchor=started_on)
    return Continuity(len(expected), met, gap, next_on, len(days))


def _met(expected: list[date], held: list[date], reach: float) -> int:
    """How many expected days have a meeting of their own, at most `reach` days away.

    Each day in turn takes the earliest meeting left for it: as all reach equally far, no other choice
    leaves more to those that follow.
    """
    met = 0
    left = iter(held)
    meeting = next(left, None)
    for day in expected:
        while meeting is not None and (day - meeting).days > reach:
            meeting = next(left, None)
        if meeting is not None and (meeting - day).days <= reach:
            met += 1
            meeting = next(left, None)
    return met


def _longest_gap(
    held: list[date], started_on: date, today: date, pauses: Sequence[Pause]
) -> int | None:
    """The longest stretch in days from the start by way of the meetings to `today`, less pauses."""
    begin = min([started_on, *held])
    if begin >= today:
        return None
    ordered = sorted(pauses, key=lambda pause: pause.from_on)
    return max(_days_between(*ends, ordered) for ends in pairwise([begin, *held, today]))


def _days_between(first: date, second: date, pauses: Sequence[Pause]) -> int:
    """How many days from `first` on, without `second`, no pause covers; the pauses are in order."""
    paused, reached = 0, first
    for pause in pauses:
        begin, end = max(pause.from_on, reached), min(pause.until_on or second, second)
        if begin < end:
            paused += (end - begin).days
            reached = end
    return (second - first).days - paused
