"""Continuity: what was held of what was expected, as figures that always say of how many.

Days only: no time zone can move a figure. Not here: when a meeting is expected (`cadence.py`).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from mentorlog.domain.cadence import Pause, expected_days, interval_days, next_expected


class Continuity(NamedTuple):
    """How regularly a pair has met up to a day.

    Of `expected` days that are decided, `on_rhythm` had a meeting within half a cadence.
    `longest_gap_days` is None where no day has passed yet, `next_on` where nothing is expected any more.
    """

    expected: int
    on_rhythm: int
    longest_gap_days: int | None
    next_on: date | None
    meetings: int


class Expected(NamedTuple):
    """A day that a meeting was expected on, and the day of the one that was held for it, if any."""

    day: date
    met_on: date | None


def continuity(
    held: Sequence[date],
    started_on: date,
    cadence: str | None,
    today: date,
    pauses: Sequence[Pause] = (),
    since: date | None = None,
    ended_on: date | None = None,
    found: Sequence[Expected] | None = None,
) -> Continuity:
    """Return the figures of the meetings `held`, in any order; those after `today` do not count yet.

    A pair begins on `started_on`, or with a meeting before it. Without a cadence nothing is expected.
    With `since`, the figures are of what was held and decided from then on, so that those of one
    period and of the next add up; when the next meeting is expected stays. After the day a pair has
    `ended_on` nothing is expected, and no gap grows. `found` is what `expected_and_met` gives, where it
    is known.
    """
    days = sorted(day for day in held if day <= today)
    begin = max(min([started_on, *days]), since or date.min)
    within = [day for day in days if day >= begin]
    gap = _longest_gap(sorted(set(within)), begin, min(today, ended_on or today), pauses)
    if found is None:
        found = expected_and_met(days, started_on, cadence, today, pauses, since, ended_on)
    met = sum(each.met_on is not None for each in found)
    next_on = None
    if cadence is not None and ended_on is None:
        last = days[-1] if days else started_on
        next_on = next_expected(last, cadence, pauses, anchor=started_on)
    return Continuity(len(found), met, gap, next_on, len(within))


def expected_and_met(
    held: Sequence[date],
    started_on: date,
    cadence: str | None,
    today: date,
    pauses: Sequence[Pause] = (),
    since: date | None = None,
    ended_on: date | None = None,
) -> list[Expected]:
    """Return the days of the rhythm that are decided by `today`, each with the meeting held for it.

    A day is decided when it is met, which may be ahead of it, or when half a cadence after it has
    passed: until then, to meet is still to keep the rhythm. With `since`, those decided before it are
    left out. Each day in turn takes the earliest of the meetings `held`, in order, that is left for
    it: as all reach equally far, no other choice leaves more to those that follow.
    """
    if cadence is None:
        return []
    reach = interval_days(cadence) / 2
    first = since or date.min
    found: list[Expected] = []
    left = iter(held)
    meeting = next(left, None)
    last = min(_days_on(today, reach), ended_on or date.max)
    for day in expected_days(started_on, cadence, last, pauses):
        while meeting is not None and (day - meeting).days > reach:
            meeting = next(left, None)
        if meeting is not None and (meeting - day).days <= reach:
            if meeting >= first:
                found.append(Expected(day, meeting))
            meeting = next(left, None)
        elif (today - day).days > reach >= (first - day).days - 1:
            found.append(Expected(day, None))
    return found


def _days_on(day: date, days: float) -> date:
    """The day so many days on; the last there is where the calendar ends first."""
    return day + min(timedelta(days=int(days)), date.max - day)


def _longest_gap(held: list[date], begin: date, today: date, pauses: Sequence[Pause]) -> int | None:
    """The longest stretch in days from `begin` by way of the meetings to `today`, less pauses."""
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
