"""Days, times of day and spans as people write them, in English and in Japanese alike.

Here lives the reading of one typed value: a day, the `due:` marker of an action, a time, the length
of a term. `today` is always an argument. Not here: the clock (`cli/context.py`), the printing of
dates (`render/`), rhythms and expected dates (`cadence.py`). Nothing is guessed: what is not in the
tables at the end is refused. To read one more form, add a row there.
"""

import re
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from mentorlog.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[re.Match[str], date], date]

FORMS = ("2026-11-22", "today", "+2w", "last fri", "22 Nov", "来週金曜", "11月22日")
CLOCK_FORMS = ("14:30", "2:30pm", "14時30分")
SPAN_FORMS = ("10d", "2 weeks", "6m", "3か月", "半年")

_LONGEST = 64  # twice the longest form; a pasted page is refused before any pattern sees it
_HALF_YEAR = timedelta(days=183)  # two occurrences of one date are at most 366 days apart
_DUE = (  # the escapes are "due" and ":" in full width
    r"(?<!\S)(?:due|\uff44\uff55\uff45|期限)[:\uff1a]"
    r'(?:(?:"([^"]{0,64})"|“([^”]{0,64})”|「([^」]{0,64})」)(?!\S)|(\S*))'
)


def parse_day(text: str, today: date, field: str = "day") -> date:
    """The day that `text` names, in any case and width, such as one of FORMS.

    - `fri`, 金曜: the first one after today. `last fri`: the latest before today. `this fri`,
      `next fri`, 今週金曜, 来週金曜: of this or the next week; weeks begin on Monday.
    - Months and years are counted by the calendar and end with the month: 31 Jan `+1m` is 28 Feb.
    - Without a year, the occurrence nearest to today, the coming one if two are as near. 29 Feb is
      refused when none lies within 183 days: the leap year has to be said.
    - `11/22` is read in the one order that makes a date, and refused when both orders do.
    - A weekday said with a date (`Sun 22 Nov`, `11月22日(日)`) has to agree with it.

    Raises InvalidValue: day-unknown, day-impossible (the calendar has no such day), day-ambiguous
    (`allowed` is both days in ISO) or day-weekday-mismatch (`allowed` is the date in ISO).
    """
    try:
        return _read(_fold(text), today)
    except InvalidValue as refused:  # by a reader, which knows neither field nor text
        raise InvalidValue(field, text, refused.reason, refused.allowed or FORMS) from None
    except (ValueError, OverflowError):  # what `datetime` says of 30 Feb and of the year 10000
        raise InvalidValue(field, text, "day-impossible", FORMS) from None


def refuse_to_come(day: date, today: date, field: str, typed: str | None = None) -> None:
    """Refuse, with the reason still-to-come, a day that something cannot have happened on yet."""
    if day > today:
        raise InvalidValue(field, typed or day.isoformat(), "still-to-come", (today.isoformat(),))


def split_due(text: str, today: date) -> tuple[str, date | None]:
    """An action's text without its marker, and the day of the marker: `Read on due:fri`.

    The marker is `due:` or `期限:` at the start of a word, then a day: as many of the words after it
    as name one together (`due:next fri`), or what stands in quotes (`due:"22 Nov"`, `期限:「来週
    金曜」`). It goes with the white space around it; one space stays between two words. Without a
    marker the text comes back as it was, with None.

    Raises InvalidValue for "due_on": due-twice for a second marker, else as `parse_day` does.
    """
    found = list(re.finditer(_DUE, text, re.IGNORECASE))
    if not found:
        return text, None
    if len(found) > 1:
        raise InvalidValue("due_on", found[1][0], "due-twice")
    marker = found[0]
    *quoted, word = marker.groups()
    if word is None:
        typed, end = next(part for part in quoted if part is not None), marker.end()
        day = parse_day(typed, today, "due_on")
    else:
        day, end = _day_of_words(text, marker.start(4), marker.end(), today)
    before, after = text[: marker.start()].rstrip(), text[end:].lstrip()
    return (f"{before} {after}" if before and after else before or after), day


def _day_of_words(text: str, begin: int, end: int, today: date) -> tuple[date, int]:
    """The day that the word at `begin` names, with up to three words more, and where they end."""
    more = [match.end() for match in islice(re.finditer(r"[ \u3000]+\S+", text[end:]), 3)]
    for length in reversed(more):
        with suppress(InvalidValue):
            return parse_day(text[begin : end + length], today, "due_on"), end + length
    return parse_day(text[begin:end], today, "due_on"), end


def parse_clock(text: str) -> str:
    """The time of day that `text` names, as HH:MM of 24 hours: `9am`, `0905`, `午後2時半`.

    Raises InvalidValue for "start_time", clock-unknown. 午後12時 is refused: noon to some, midnight
    to others.
    """
    match = _first_match(_CLOCKS, _fold(text).replace(".m.", "m"))
    if match:
        found = match.groupdict()
        half, minutes = found.get("half") or "", (found["minute"] or "0").rstrip("分")
        added, hours = _HALVES[half]
        hour, minute = int(found["hour"]), 30 if minutes == "半" else int(minutes)
        if hour in hours and minute in range(60):
            return f"{hour % 12 + added if half else hour:02}:{minute:02}"
    raise InvalidValue("start_time", text, "clock-unknown", CLOCK_FORMS)


def add_span(day: date, span: str, field: str = "term") -> date:
    """The day that lies `span` after `day`: `10d`, `6 months`, `2週間`, `半年`.

    Raises InvalidValue with reason span-unknown, or span-impossible for a span that does not lead
    forward or leads out of the calendar.
    """
    match = _first_match(_SPANS, _fold(span))
    if match is None:
        raise InvalidValue(field, span, "span-unknown", SPAN_FORMS)
    try:
        end = _moved(match, day)
    except (ValueError, OverflowError):
        end = day
    if end <= day:
        raise InvalidValue(field, span, "span-impossible", SPAN_FORMS)
    return end


def span_parts(span: str) -> tuple[float, str] | None:
    """How many of "d", "w", "m" or "y" `span` is: (2, "w") for `2週間`; None if it is no span."""
    match = _first_match(_SPANS, _fold(span))
    return None if match is None or match["past"] else _amount(match)


def _fold(text: str) -> str:
    """`text` in one case, width and spacing; empty, which no pattern takes, if it is too long."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if not text.isascii():
        import unicodedata  # plain ASCII, which most dates are, does without

        text = unicodedata.normalize("NFKC", text)
        text = re.sub("[\u2010\u2013\u2212\u30fc]", "-", text)  # dashes a Japanese keyboard gives
        text = re.sub(r"\s*([^\x00-\x7f\s])\s*", r"\1", text)  # no spaces beside Japanese
    return " ".join(text.lower().split())


def _first_match(patterns: tuple[str, ...], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := re.fullmatch(pattern, text))), None)


def _read(text: str, today: date) -> date:
    for pattern, reader in _ASCII if text.isascii() else _JAPANESE:
        if match := re.fullmatch(pattern, text):
            return reader(match, today)
    raise InvalidValue("", "", "day-unknown")


# Readers: from what a pattern found to a day.


def _word(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_DAY_WORDS[match[0]])


def _moved(match: re.Match[str], day: date) -> date:
    """The day an amount away from `day`; months and years stop at the end of a shorter month."""
    number, unit = _amount(match)
    sign = -1 if match.groupdict().get("past") else 1
    days, months = _UNITS[unit]
    if not months:
        return day + timedelta(days=int(sign * number * days))
    # Loaded here because it is slow and seldom needed; its types are known only with stubs.
    from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped,unused-ignore]

    moved: date = day + relativedelta(months=int(sign * number * months))
    return moved


def _amount(match: re.Match[str]) -> tuple[float, str]:
    """The number and the unit ("d", "w", "m" or "y") of an amount."""
    count, unit = match["count"], match["unit"]
    letter = unit[0] if unit.isascii() else "dwmy"["日週月年".index(unit[-1])]
    return _NUMBERS.get(count) or int(count), letter


def _coming_weekday(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=(_weekday(match) - today.weekday() - 1) % 7 + 1)


def _last_weekday(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=(today.weekday() - _weekday(match) - 1) % 7 + 1)


def _weekday_of_week(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=7 * _WEEKS[match["week"]] + _weekday(match) - today.weekday())


def _calendar_date(match: re.Match[str], today: date) -> date:
    month = match["month"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
    return _only(_find(match["year"], number, int(match["day"]), today))


def _either_order(match: re.Match[str], today: date) -> date:
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    return _only(_find(year, one, two, today), _find(year, two, one, today))


def _era_date(match: re.Match[str], _today: date) -> date:
    before, first, last = _ERAS[match["era"]]
    year = before + (1 if match["year"] == "元" else int(match["year"]))
    day = date(year, int(match["month"]), int(match["day"]))
    return _only(day if first <= day <= last else None)


def _agreeing(match: re.Match[str], today: date) -> date:
    day = _read(match["rest"], today)
    if day.weekday() != _weekday(match):
        raise InvalidValue("", "", "day-weekday-mismatch", (day.isoformat(),))
    return day


def _weekday(match: re.Match[str]) -> int:
    name = match["weekday"]
    return _WEEKDAYS.index(name[:3] if name.isascii() else name[0]) % 7


def _find(year: str | None, month: int, day: int, today: date) -> date | None:
    """That day, in the nearest year if none is said; None if the calendar has none."""
    if year:
        return _valid(int(year), month, day)
    years = (today.year + 1, today.year, today.year - 1)  # the coming one first: it wins a tie
    found = [on for y in years if (on := _valid(y, month, day)) and abs(on - today) <= _HALF_YEAR]
    return min(found, key=lambda on: abs(on - today), default=None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _only(*readings: date | None) -> date:
    days = list(dict.fromkeys(day for day in readings if day))
    if len(days) != 1:
        reason = "day-ambiguous" if days else "day-impossible"
        raise InvalidValue("", "", reason, tuple(day.isoformat() for day in days))
    return days[0]


# Words, and the pieces of patterns made of them.

_DAY_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1, "今日": 0, "きょう": 0, "本日": 0}
_DAY_WORDS |= {"明日": 1, "あした": 1, "あす": 1, "明後日": 2, "あさって": 2}
_DAY_WORDS |= {"昨日": -1, "きのう": -1, "一昨日": -2, "おととい": -2}
_WEEKS = {"this": 0, "next": 1, "先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", *"月火水木金土日")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten"
_NUMBERS = {"half a": 0.5, "半": 0.5, "a": 1, "an": 1} | {
    word: n for n, word in enumerate(_NUMBER.split("|"), 1)
}
_NUMBERS |= {word: n for n, word in enumerate("一二三四五六七八九十", 1)}
_UNITS = {"d": (1, 0), "w": (7, 0), "m": (0, 1), "y": (0, 12)}  # days, months
_REIWA = (2018, date(2019, 5, 1), date.max)  # the year before its first, its first and last day
_HEISEI = (1988, date(1989, 1, 8), date(2019, 4, 30))
_ERAS = {"令和": _REIWA, "r": _REIWA, "平成": _HEISEI, "h": _HEISEI}
# Halves of the day: hours to add, hours that can be said with it.
_HALVES = {"": (0, range(24)), "am": (0, range(1, 13)), "pm": (12, range(1, 13))}
_HALVES |= {"午前": (0, range(12)), "午後": (12, range(12))}

_SIGN = r"(?:(?P<past>-)|\+)"
_SHORT = r"(?P<count>[0-9]+)(?P<unit>[dwmy])"
_LONG = rf"(?P<count>[0-9]+|(?:an?|{_NUMBER})(?= )|half a(?= year)) ?"
_LONG += "(?P<unit>day|week|month|year)s?"
_LONG_JA = "(?P<count>[0-9]+|[一二三四五六七八九十]|半(?=年))(?P<unit>[日週年]|[かカヵケヶ箇]月)間?"
_WEEKDAY_NAME = (
    "mon|monday|tue|tues|tuesday|wed|wednesday|thu|thur|thurs|thursday|fri|friday"
    "|sat|saturday|sun|sunday"
)
_WEEKDAY = rf"(?P<weekday>{_WEEKDAY_NAME})"
_WEEKDAY_JA = "(?P<weekday>[月火水木金土日]曜日?)"
_WEEKDAY_ANY_JA = "(?P<weekday>[月火水木金土日](?:曜日?)?)"
_MONTH_NAME = (
    "jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august"
    "|sep|sept|september|oct|october|nov|november|dec|december"
)
_DATED = r"(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
_DATED_JA = r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
_NTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_IN_YEAR = r"(?:,? (?P<year>[0-9]{4}))?"
_BRACKETED = rf"(?P<rest>[^()]+?) ?\((?P<weekday>{_WEEKDAY_NAME}|[月火水木金土日](?:曜日?)?)\)"

# The tables: the first row whose pattern fits the whole text decides. The patterns stay strings, so
# that `re` compiles (and keeps) those that are tried, and a start does not pay for the others.

_ASCII: "tuple[tuple[str, Reader], ...]" = (
    (rf"(?P<year>[0-9]{{4}})(?P<mark>[-/.]){_DATED}", _calendar_date),  # ISO
    (r"today|tomorrow|yesterday", _word),
    (_SIGN + _SHORT, _moved),  # +2w
    (_WEEKDAY, _coming_weekday),
    (rf"last {_WEEKDAY}", _last_weekday),
    (rf"(?P<week>this|next) {_WEEKDAY}", _weekday_of_week),
    (rf"{_LONG} (?P<past>ago)", _moved),
    (rf"in {_LONG}", _moved),
    (rf"{_NTH} ?(?P<month>{_MONTH_NAME}){_IN_YEAR}", _calendar_date),
    (rf"(?P<month>{_MONTH_NAME}) ?{_NTH}{_IN_YEAR}", _calendar_date),
    (r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?:/(?P<year>[0-9]{4}))?", _either_order),
    (rf"(?P<era>[rh])(?P<year>[0-9]{{1,2}})(?P<mark>[-/.]){_DATED}", _era_date),
    (_BRACKETED, _agreeing),  # 22 Nov 2026 (Sun)
    (rf"{_WEEKDAY},? (?P<rest>(?:[0-9]|{_MONTH_NAME}).+)(?<! ago)", _agreeing),  # Sun 22 Nov
)
_JAPANESE: "tuple[tuple[str, Reader], ...]" = (
    ("|".join(word for word in _DAY_WORDS if not word.isascii()), _word),
    (rf"{_LONG_JA}(?:(?P<past>前)|後)", _moved),  # 3日前
    (_WEEKDAY_JA, _coming_weekday),
    (rf"(?P<week>先々週|先週|今週|来週|再来週)の?{_WEEKDAY_ANY_JA}", _weekday_of_week),
    (rf"(?:(?P<year>[0-9]{{4}})年)?{_DATED_JA}", _calendar_date),
    (rf"(?P<era>令和|平成)(?P<year>元|[0-9]{{1,2}})年{_DATED_JA}", _era_date),
    (_BRACKETED, _agreeing),  # 2026年11月22日(日)
)
_SPANS = tuple(f"{_SIGN}?{amount}" for amount in (_SHORT, _LONG, _LONG_JA))
_CLOCKS = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})",
    r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})",
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>am|pm)",
    r"(?P<half>午前|午後)?(?P<hour>[0-9]{1,2})時(?P<minute>[0-9]{1,2}分|半)?",
    r"(?P<half>午前|午後)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})",
)
