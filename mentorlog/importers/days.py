"""Days and times of day as other programs write them. None is guessed: what could be two days is refused."""

import re
from datetime import date, datetime
from typing import NamedTuple

from mentorlog.domain.when import parse_clock, parse_day
from mentorlog.errors import InvalidValue, UsageError

FORMS = ("2026-11-22", "2026-11-22 14:30", "22 Nov 2026", "2026年11月22日")
_CLOCK = re.compile(
    r"(?P<day>.*?)(?:[ T,]+|(?<=日))"
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}|(?:午前|午後)?[0-9]{1,2}時(?:[0-9]{1,2}分|半)?)"
    r"(?::[0-9]{2}(?:[.,][0-9]{1,9})?|[0-9]{1,2}秒)?"
    r"(?P<half> ?[AaPp]\.?[Mm]\.?)?(?:Z| ?[+-][0-9]{2}:?[0-9]{2})?"
)
_LONGEST = 80
# A day that is one by itself is the same whatever day it is read on.
_ONE_DAY, _ANOTHER_DAY = date(2001, 1, 1), date(2012, 7, 19)


class Moment(NamedTuple):
    """A day and, where it is said, a time of day, as they stand there: no zone is reckoned with."""

    on: date
    at: str | None = None


def read_moment(text: str, date_format: str | None) -> Moment:
    """Return the moment in a text; `date_format` says how it is written, as for `strptime`.

    Raises InvalidValue with the reason day-unknown-there, day-ambiguous-there, day-impossible-there,
    day-without-year or day-otherwise.
    """
    text = text.strip()
    if date_format is not None:
        return _as_written(text, date_format)
    found = _CLOCK.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return Moment(_day(text))
    return Moment(_day(found["day"]), parse_clock(found["clock"] + (found["half"] or "")))


def check_date_format(date_format: str) -> None:
    """Refuse a way of writing days that names no year, month and day, or that nothing can be read by."""
    try:
        read = [_read(each.strftime(date_format).strip(), date_format) for each in _SAMPLES]
    except (ValueError, re.error):
        read = []
    if [each.date() for each in read] != [each.date() for each in _SAMPLES]:
        raise UsageError("no-date-format", typed=date_format)


_SAMPLES = (datetime(2026, 11, 22, 14, 30), datetime(2003, 4, 5, 6, 7))  # noqa: DTZ001  (no zone)


def _read(text: str, date_format: str) -> datetime:
    return datetime.strptime(text, date_format.strip())  # noqa: DTZ007  (as it stands there)


def _as_written(text: str, date_format: str) -> Moment:
    try:
        moment = _read(text, date_format)
    except ValueError:
        raise InvalidValue("", "", "day-otherwise", (date_format,)) from None
    has_clock = re.search("%[HIcX]", date_format) is not None
    return Moment(moment.date(), f"{moment:%H:%M}" if has_clock else None)


def _day(text: str) -> date:
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise InvalidValue("", "", "day-impossible-there") from None
    try:
        on = parse_day(text, _ONE_DAY)
        is_day = on == parse_day(text, _ANOTHER_DAY)
    except InvalidValue as refused:
        reason = _REASONS.get(refused.reason, "day-impossible-there")
        raise InvalidValue("", "", reason, FORMS) from None
    if not is_day:
        raise InvalidValue("", "", "day-without-year", FORMS)
    return on


_REASONS = {"day-unknown": "day-unknown-there", "day-ambiguous": "day-ambiguous-there"}
