"""The calendar of a page: what each day was, a column a week or, over years, how often in each month.

What there is to say of a day is `calendar_days.py`'s. No Rich here.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from mentorlog.domain.cadence import Pause
from mentorlog.domain.figures import Meetings
from mentorlog.i18n import N_, _, day, listing, month, month_of_year
from mentorlog.render.calendar_days import LONG, Calendar
from mentorlog.render.counts import span_text
from mentorlog.render.markup import Markup, element, together
from mentorlog.render.page.parts import UNKNOWN, joined, row, table, wide

_LONGEST_BY_WEEK = 104  # weeks: beyond them a square a day is too small to be seen
_WEEKS_IN_A_ROW = 28
_CELL, _SQUARE = 12.0, 9.0  # of the drawing's own measure: from square to square, and of one
_LEFT, _TOP = 26.0, 14.0  # for the weekdays and the months
_GAP = 12.0  # between rows of weeks
_ROW = _TOP + 7 * _CELL + _GAP

_MEANINGS = {
    "meeting": N_("met"),
    "more": N_("met twice, or for {minutes} minutes and more"),
    "missed": N_("expected, not met"),
    "coming": N_("still expected"),
    "paused": N_("paused"),
}


def drawn(known: Calendar, meetings: Meetings) -> Markup | None:
    """Return the calendar with what its marks mean and, beside it, the same in words.

    None where there is nothing to be seen on it.
    """
    since, until = known.span
    if known.is_empty:
        return None
    monday = since - timedelta(days=since.weekday())
    weeks = (until - monday).days // 7 + 1
    if weeks > _LONGEST_BY_WEEK:
        return _by_month(known, meetings)
    rows = -(-weeks // _WEEKS_IN_A_ROW)
    columns = -(-weeks // rows)
    bands = [
        _band(known, monday + timedelta(weeks=columns * number), columns, number * _ROW)
        for number in range(rows)
    ]
    picture = element(
        "svg",
        *bands,
        viewBox=f"0 0 {_LEFT + max(columns, 20) * _CELL:g} {rows * _ROW - _GAP:g}",
        role="img",
        aria_label=_described(known, meetings),
        klass="chart",
    )
    return together(element("figure", picture, _legend(known)), _in_words(known, meetings))


def _band(known: Calendar, start: date, columns: int, top: float) -> Markup:
    """Return a row of weeks, each a column of seven days."""
    labels = (_("Mon"), None, _("Wed"), None, _("Fri"), None, _("Sun"))
    drawn = [
        element("text", label, x=0, y=top + _TOP + weekday * _CELL + 8)
        for weekday, label in enumerate(labels)
        if label is not None
    ]
    for number in range(min(columns * 7, (known.span.until - start).days + 1)):
        on = start + timedelta(days=number)
        left, upper = _LEFT + number // 7 * _CELL, top + _TOP + number % 7 * _CELL
        if on.day == 1 and known.span.covers(on):
            drawn.append(element("text", month(on), x=left, y=top + 9))
        mark = known.mark(on)
        if mark is not None:
            drawn += _mark(mark, left, upper)
        if on == known.today:
            drawn.append(_square(left - 1.25, upper - 1.25, "today", _SQUARE + 2.5))
    return together(*drawn)


def _mark(mark: str, x: float, y: float) -> list[Markup]:
    """Return how a day is drawn: no two marks differ by their colour alone."""
    if mark == "meeting":
        return [_square(x, y, "full")]
    if mark == "more":
        return [_square(x - 1.25, y - 1.25, "full", _SQUARE + 2.5)]
    strokes = {"missed": (_RISING + _FALLING, "missed"), "paused": (_RISING, "pause")}
    drawn = [_square(x, y, "none")]
    if mark in strokes:
        path, klass = strokes[mark]
        drawn.append(element("path", d=path, transform=f"translate({x:g} {y:g})", klass=klass))
    elif mark == "coming":
        drawn.append(element("circle", cx=x + _SQUARE / 2, cy=y + _SQUARE / 2, r=3, klass="coming"))
    return drawn


_RISING, _FALLING = "M2 7L7 2", "M2 2L7 7"


def _square(x: float, y: float, klass: str, size: float = _SQUARE) -> Markup:
    return element("rect", x=x, y=y, width=size, height=size, rx=1.5, klass=klass)


def _seen(known: Calendar) -> set[str | None]:
    """Return the marks that there are."""
    since, until = known.span
    return {known.mark(since + timedelta(days=each)) for each in range((until - since).days + 1)}


def _legend(known: Calendar) -> Markup:
    """Return what each mark that is there means."""
    seen = _seen(known)
    said = [
        (_(meaning).format(minutes=LONG), _mark(mark, 1.25, 1.25))
        for mark, meaning in _MEANINGS.items()
        if mark in seen
    ]
    if known.span.covers(known.today):
        said.append((_("today"), [_square(0.6, 0.6, "today", _SQUARE + 1.3)]))
    return element(
        "ul",
        *(
            element(
                "li", element("svg", *shapes, viewBox="0 0 11.5 11.5", aria_hidden="true"), means
            )
            for means, shapes in said
        ),
        klass="marks",
    )


def _described(known: Calendar, meetings: Meetings) -> str:
    """Return what the calendar shows, in short."""
    marks = Counter(known.marks.values())
    counts = {
        "meeting": len(meetings.held),
        "missed": marks["missed"],
        "coming": marks["coming"],
    }
    said = [f"{_(_MEANINGS[mark])} {count}" for mark, count in counts.items() if count]
    return joined(_("Calendar"), span_text(known.span), *said, *_pauses(known))


def _in_words(known: Calendar, meetings: Meetings) -> Markup:
    """Return the days of each month, to open."""
    days = [
        [each.on for each in meetings.days for _meeting in range(len(each.held))],
        *(
            sorted(on for on, mark in known.marks.items() if mark == each)
            for each in ("missed", "coming")
        ),
    ]
    rows = [
        row(
            month_of_year(each),
            *(
                listing(str(on.day) for on in some if on.replace(day=1) == each) or None
                for some in days
            ),
        )
        for each in _months(known)
    ]
    titles = (_("month"), *(_(_MEANINGS[mark]) for mark in ("meeting", "missed", "coming")))
    return element(
        "details",
        element("summary", _("The same in words")),
        table(_("Days of each month"), titles, rows),
        _paused(known),
    )


def _by_month(known: Calendar, meetings: Meetings) -> Markup:
    """Return how many meetings each month had, a row a year."""
    counted = Counter[date]()
    for each in meetings.days:
        counted[each.on.replace(day=1)] += len(each.held)
    rows = []
    years = {on.year for on in counted}
    for year in range(min(years, default=1), max(years, default=0) + 1):
        counts = [counted[date(year, number, 1)] for number in range(1, 13)]
        said = [element("b", str(count)) if count else UNKNOWN for count in counts]
        rows.append(row(str(year), *said, str(sum(counts))))
    titles = (_("year"), *(month(date(2000, number, 1)) for number in range(1, 13)), _("all"))
    caption = _("Meetings by month")
    there = wide(table(caption, titles, rows), caption) if rows else None
    return together(there, _paused(known))


def _paused(known: Calendar) -> Markup | None:
    said = joined(*_pauses(known))
    return element("p", said, klass="small quiet") if said else None


def _pauses(known: Calendar) -> Iterator[str]:
    called = _("paused")
    for each in known.pauses_within:
        yield f"{called} {_days(each)}"


def _days(pause: Pause) -> str:
    if pause.until_on is None:
        return _("from {day} on").format(day=day(pause.from_on))
    return _("{since} to {until}").format(since=day(pause.from_on), until=day(pause.until_on))


def _months(known: Calendar) -> list[date]:
    """Return the first days of the months it has."""
    begin, end = (each.year * 12 + each.month - 1 for each in known.span)
    return [date(number // 12, number % 12 + 1, 1) for number in range(begin, end + 1)]
