"""The calendar heat map: weeks as columns, Monday to Sunday as rows, a mark for what each day was.

What is known of a day is `calendar_days.py`'s.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from mentorlog.i18n import N_, _, month, ngettext, weekdays
from mentorlog.render.calendar_days import LONG, MARKS, Calendar
from mentorlog.render.cells import padded, width
from mentorlog.render.prose import Prose
from mentorlog.render.report.figures import Flow

# How each mark looks: its character, then its style and what it means.
LOOKS = {
    "meeting": ("■", "met", N_("met")),
    "more": ("█", "met", N_("met twice, or for {minutes} minutes and more")),
    "missed": ("□", "warm", N_("expected, not met")),
    "coming": ("○", "coming", N_("still expected")),
    "paused": ("░", "quiet", N_("paused")),
    "plain": ("·", "track", ""),
}
_TODAY = "▴"
_LEGEND = 40  # cells that what the marks mean takes at least


class Window(NamedTuple):
    """The weeks that are drawn: `first` is the first Monday, `step` the cells that each takes.

    `before` and `after` count the weeks that are left out at either end.
    """

    first: date
    weeks: int
    step: int
    before: int
    after: int

    def week_of(self, on: date) -> int:
        """Return which of the weeks a day is in, the first as 0; it may be none of them."""
        return (on - self.first).days // 7

    def day(self, week: int, weekday: int) -> date | None:
        """Return a day of a week; None beyond the end of the calendar."""
        ordinal = self.first.toordinal() + week * 7 + weekday
        return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None


class HeatMap:
    """A calendar drawn as wide as there is room."""

    def __init__(self, known: Calendar) -> None:
        self._known = known

    @property
    def cells(self) -> int:
        """The cells it would take, given all the room there is."""
        since, until = self._known.span
        weeks = (until - since).days // 7 + 2
        return max(_LEGEND, _margin() + weeks * 2)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the months, the seven rows, today, and what the marks mean."""
        margin = _margin()
        drawn = window(self._known, max(1, options.max_width - margin))
        yield Text(
            " " * margin + self._months(drawn, options.max_width - margin),
            style="label",
            no_wrap=True,
            overflow="crop",
        )
        for weekday, label in enumerate(weekdays()):
            row = Text(no_wrap=True, overflow="crop").append(padded(label, margin), style="label")
            yield row.append_text(self._row(drawn, weekday))
        if 0 <= drawn.week_of(self._known.today) < drawn.weeks:
            yield _today(drawn, self._known.today, margin, options.max_width)
        yield Flow(self._legend(drawn))
        for said in _left_out(drawn):
            yield Prose(said, style="quiet")

    def _months(self, drawn: Window, room: int) -> str:
        """Return the names of the months, each above the week that has its first day."""
        names = [(0, month(drawn.first))]
        for week in range(drawn.weeks):
            for weekday in range(7):
                on = drawn.day(week, weekday)
                if on is not None and on.day == 1 and self._mark(on) is not None:
                    names.append((week * drawn.step, month(on)))
        if len(names) > 1 and names[1][0] <= width(names[0][1]):
            del names[0]
        line = ""
        for at, name in names:
            if width(line) <= at and at + width(name) <= room:
                line = padded(line, at) + name + " "
        return line.rstrip()

    def _row(self, drawn: Window, weekday: int) -> Text:
        row = Text("")
        for week in range(drawn.weeks):
            mark = self._mark(drawn.day(week, weekday))
            sign, style, _meaning = LOOKS[mark] if mark is not None else (" ", "", "")
            row.append(sign, style=style).append(" " * (drawn.step - 1), style="")
        row.rstrip()
        return row

    def _mark(self, on: date | None) -> str | None:
        return None if on is None else self._known.mark(on)

    def _legend(self, drawn: Window) -> list[Text]:
        """Return what the marks mean that are to be seen."""
        shown = {
            self._mark(drawn.day(week, weekday))
            for week in range(drawn.weeks)
            for weekday in range(7)
        }
        seen = [LOOKS[mark] for mark in MARKS if mark in shown]
        return [
            Text()
            .append(sign, style=style)
            .append(f" {_(meaning).format(minutes=LONG)}", style="quiet")
            for sign, style, meaning in seen
            if meaning
        ]


def _margin() -> int:
    """Return the cells that the weekdays take."""
    return max(width(name) for name in weekdays()) + 1


def window(known: Calendar, room: int) -> Window:
    """Return the weeks that fit into so many cells: all of them, else the latest, with today in sight."""
    since, until = known.span
    monday = since.toordinal() - since.weekday()
    weeks = (until.toordinal() - monday) // 7 + 1
    step = 2 if weeks * 2 - 1 <= room else 1
    before, after = 0, 0
    if weeks > room:
        to_come = max(0, weeks - 1 - (known.today.toordinal() - monday) // 7)
        after = max(0, to_come - room // 4)
        before = max(0, weeks - after - room)
        after = weeks - before - room
    return Window(
        date.fromordinal(monday + before * 7), weeks - before - after, step, before, after
    )


def _today(drawn: Window, today: date, margin: int, cells: int) -> Text:
    """Return the mark under the week that today is in, what it means beside it where there is room."""
    at, said = margin + drawn.week_of(today) * drawn.step, _("today")
    if at + 2 + width(said) <= cells:
        line = f"{' ' * at}{_TODAY} {said}"
    else:
        line = f"{' ' * max(0, at - width(said) - 1)}{said} {_TODAY}"
    return Text(line, style="label", no_wrap=True, overflow="crop")


def _left_out(drawn: Window) -> Iterator[str]:
    if drawn.before:
        yield ngettext(
            "{count} earlier week is left out.", "{count} earlier weeks are left out.", drawn.before
        ).format(count=drawn.before)
    if drawn.after:
        yield ngettext(
            "{count} later week is left out.", "{count} later weeks are left out.", drawn.after
        ).format(count=drawn.after)
