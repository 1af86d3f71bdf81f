"""How often a pair means to meet, and the days it is expected to: no instants, so no zone matters.

A cadence has one form, which the journal keeps and every reading gives:

- `10d`, `2w`, `1m`: every so many days, weeks or months, up to a century
- `2w tue`: every second Tuesday
- `1m tue1`, `1m fri-1`: the first (to fourth) Tuesday, the last Friday of every month
- `2/m`: twice (to four times) a month, evenly spaced

Not here: how people say a cadence (`cadence_words.py`), and what was held of what was expected
(`continuity.py`).
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from mentorlog.errors import InvalidValue
from mentorlog.text import folded

FORMS = (
    "2w", "10d", "1m", "weekly", "every other tue", "twice a month", "first fri",
    "隔週", "隔週火曜", "月2回", "第1金曜",
)  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LONGEST = 64  # twice the longest form; a pasted page is refused before any pattern sees it
_MONTH = 365.2425 / 12  # days
_CENTURY = 36525  # days
_WEEKDAY = f"(?P<weekday>{'|'.join(WEEKDAYS)})"
_KEPT = (
    r"(?P<number>[1-9][0-9]{0,3})(?P<unit>[dwm])",
    rf"(?P<number>[1-9][0-9]{{0,3}})(?P<unit>w) {_WEEKDAY}",
    rf"(?P<number>1)(?P<unit>m) {_WEEKDAY}(?P<nth>[1-4]|-1)",
    r"(?P<number>[2-4])(?P<unit>/m)",
)


class Pause(NamedTuple):
    """Days nothing is expected on. `until_on` is the first that is none; None: it still goes on."""

    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        """True when that day is paused."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class _Rhythm(NamedTuple):
    """A cadence taken apart. `unit` is "d", "w", "m" or, for so many times in a month, "/m"."""

    number: int
    unit: str
    weekday: int | None
    nth: int | None


def parse_cadence(typed: str, field: str = "cadence") -> str:
    """Return the one form of a cadence: "2w tue" for `every other Tuesday` and 隔週火曜.

    What says no rhythm, none at all (`0w`), more than one a day or less than one in a century is
    refused with forms that work, and so is what could mean two: `every second Tuesday`, 1週おき.
    """
    words = folded(typed) if len(typed) <= _LONGEST else ""
    if _taken_apart(words):
        return words
    from mentorlog.domain.cadence_words import form_of  # what the journal holds does without

    form = form_of(words)
    if _taken_apart(form) is None:
        raise InvalidValue(field, typed, "cadence-unknown", FORMS)
    return form


def interval_days(cadence: str) -> float:
    """Return how many days lie between two expected meetings, on average."""
    return _interval(_rhythm(cadence))


def next_expected(
    last: date, cadence: str, pauses: Sequence[Pause] = (), *, anchor: date | None = None
) -> date | None:
    """Return the day the next meeting is expected after one held on `last`.

    - Every so many days, weeks or months: that much later, on the last day of a shorter month. One
      held on such a last day, where the day of `anchor` (the pair's start) is missing, does not pull
      the rhythm there: begun on 31 Jan and held on 28 Feb, the next is expected on 31 Mar.
    - On a weekday: the one nearest to an interval later, and the earlier of two as near. "2w tue"
      held late, on a Wednesday, gives the Tuesday 13 days on: it catches up with its weekday.
    - Twice a month: 15 days later (three times: 10, four times: 7).
    - A day within a pause moves to the pause's end, the day agreed for going on, or to the first
      weekday of the rhythm from there. Counting on from `last` without the paused days would expect
      nobody on that very day, and would leave the weekday or the day of the month.

    None where the calendar ends first, or within a pause with no end.
    """
    day = last.day
    if anchor is not None and anchor.day > day and (last + timedelta(days=1)).day == 1:
        day = anchor.day
    return next(_expected(last, _rhythm(cadence), pauses, day), None)


def expected_days(
    started_on: date, cadence: str, until: date, pauses: Sequence[Pause] = ()
) -> list[date]:
    """Return the days meetings were expected on after `started_on`, up to and with `until`.

    They are counted from `started_on`, never from one another: monthly from 31 Jan is 28 Feb, then
    31 Mar, and twice a month is that day and 15 days after it. Where a pause moves a day to its end,
    the rhythm starts anew from there; a pause between two expected days moves nothing.
    """
    days = _expected(started_on, _rhythm(cadence), pauses, started_on.day)
    return list(takewhile(lambda day: day <= until, days))


def _expected(
    anchor: date, rhythm: _Rhythm, pauses: Sequence[Pause], day_of_month: int
) -> Iterator[date]:
    step = 0
    with suppress(ValueError, OverflowError):  # what `datetime` says of the year 10000
        while True:
            step += 1
            planned = _planned(rhythm, anchor, step, day_of_month)
            day = _out_of_pauses(rhythm, planned, pauses)
            if day is None:
                return
            yield day
            if day != planned:
                anchor, step, day_of_month = day, 0, day.day


def _planned(rhythm: _Rhythm, anchor: date, step: int, day_of_month: int) -> date:
    """The day of the rhythm that is `step` intervals after `anchor`, were there no pauses."""
    number, unit, weekday, nth = rhythm
    if unit == "/m":
        months, part = divmod(step, number)
        return _months_on(anchor, months, day_of_month) + timedelta(days=part * 30 // number)
    if weekday is not None and nth is not None:
        aim = _months_on(anchor, 1, anchor.day)
        near = [_nth_weekday(aim, months, weekday, nth) for months in (-1, 0, 1)]
        first = min(near, key=lambda day: abs(day - aim))
        return _nth_weekday(first, step - 1, weekday, nth)
    if unit == "m":
        return _months_on(anchor, number * step, day_of_month)
    days = number * step * (7 if unit == "w" else 1)
    to_weekday = 0 if weekday is None else (weekday - anchor.weekday() + 3) % 7 - 3
    return anchor + timedelta(days=days + to_weekday)


def _out_of_pauses(rhythm: _Rhythm, day: date, pauses: Sequence[Pause]) -> date | None:
    """`day`, or the first day after it to go on; None if the pause has no end."""
    while pause := next((each for each in pauses if each.covers(day)), None):
        if pause.until_on is None:
            return None
        day = _first_from(pause.until_on, rhythm)
    return day


def _first_from(day: date, rhythm: _Rhythm) -> date:
    """`day`, or the first of the rhythm's weekday after it."""
    if rhythm.weekday is None:
        return day
    if rhythm.nth is None:
        return day + timedelta(days=(rhythm.weekday - day.weekday()) % 7)
    in_month = _nth_weekday(day, 0, rhythm.weekday, rhythm.nth)
    return in_month if in_month >= day else _nth_weekday(day, 1, rhythm.weekday, rhythm.nth)


def _months_on(day: date, months: int, day_of_month: int) -> date:
    # Loaded here because it is slow and seldom needed; its types are known only with stubs.
    from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped,unused-ignore]

    moved: date = day + relativedelta(months=months, day=day_of_month)
    return moved


def _nth_weekday(day: date, months: int, weekday: int, nth: int) -> date:
    """The first (or another) such weekday of the month that is so many after that of `day`."""
    from dateutil import relativedelta

    which = relativedelta.weekday(weekday, nth)
    end = 1 if nth > 0 else 31  # of the month, to count from
    found: date = day + relativedelta.relativedelta(months=months, day=end, weekday=which)
    return found


def _rhythm(cadence: str) -> _Rhythm:
    rhythm = _taken_apart(cadence) or _taken_apart(parse_cadence(cadence))
    if rhythm is None:
        raise InvalidValue("cadence", cadence, "cadence-unknown", FORMS)
    return rhythm


def _taken_apart(form: str) -> _Rhythm | None:
    """The parts of a cadence in its one form; None for any other text, and for a rarer one."""
    match = next((match for each in _KEPT if (match := re.fullmatch(each, form))), None)
    if match is None:
        return None
    found = match.groupdict()
    weekday, nth = found.get("weekday"), found.get("nth")
    rhythm = _Rhythm(
        int(match["number"]),
        match["unit"],
        WEEKDAYS.index(weekday) if weekday else None,
        int(nth) if nth else None,
    )
    return rhythm if _interval(rhythm) <= _CENTURY else None


def _interval(rhythm: _Rhythm) -> float:
    if rhythm.unit == "/m":
        return _MONTH / rhythm.number
    return rhythm.number * {"d": 1, "w": 7, "m": _MONTH}[rhythm.unit]
