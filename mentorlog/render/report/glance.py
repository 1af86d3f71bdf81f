"""What `report` shows without a pair: all pairs at a glance, a row each, and what they add up to."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from mentorlog.domain.figures import Report, Totals
from mentorlog.domain.ids import Ids
from mentorlog.domain.progress import percent
from mentorlog.i18n import _, month, ngettext, short_day
from mentorlog.labels import code_label
from mentorlog.render.calendar_days import is_past
from mentorlog.render.cells import cut, width
from mentorlog.render.counts import minutes_text, of_text
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.prose import Facts
from mentorlog.render.report.charts import bar
from mentorlog.render.report.figures import Evidence, Section, evidence_drawn
from mentorlog.text import visible
from mentorlog.workflows.reporting import Glance, Reported

_NARROWEST, _WIDEST = 8, 24  # cells of a name
_BAR = 8  # cells
_GAP = 2
_UNKNOWN = "–"
_TRENDS = {"rising": "▲", "falling": "▼", "level": "="}


class Column(NamedTuple):
    """A figure of all pairs: its heading, what it is of one of them, and of all, where that adds up."""

    heading: str
    of_one: Callable[[Reported], Text]
    of_all: Callable[[Totals], str] | None = None


def glance(known: Glance, today: date, *, with_evidence: bool = False) -> RenderableType:
    """Return all pairs at a glance, drawn."""
    parts: list[RenderableType] = [_Rows(known, today), Text("")]
    parts.append(Facts(SEPARATOR.join(_totals(known))))
    if with_evidence:
        parts += [
            Section(visible(each.report.pair.short_name), evidence_drawn(_evidence(each.report)))
            for each in known.rows
        ]
    return Group(*parts)


class _Rows:
    """A row for each pair and one for all: as many columns as there is room for, the first ones first."""

    def __init__(self, known: Glance, today: date) -> None:
        self._names = [visible(each.report.pair.short_name) for each in known.rows] + [_("all")]
        self._columns = [_cells(column, known) for column in _columns(today)]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table."""
        widest = min(_WIDEST, max(_NARROWEST, *map(width, self._names)))
        room, shown = options.max_width - min(widest, _NARROWEST), []
        for cells in self._columns:
            taken = max(width(cell.plain) for cell in cells) + _GAP
            if taken <= room:
                room -= taken
                shown.append(cells)
        names = [Text(cut(name, min(widest, _NARROWEST + room)), "title") for name in self._names]
        table = Table.grid(padding=(0, _GAP, 0, 0))
        for _column in (names, *shown):
            table.add_column(no_wrap=True)
        for row in zip([Text(""), *names], *shown, strict=True):
            table.add_row(*row)
        yield table


def _cells(column: Column, known: Glance) -> list[Text]:
    """Return a column: its heading, a cell for each pair, one for all of them."""
    cells = [column.of_one(each) for each in known.rows]
    heading = Text(column.heading, style="label")
    total = "" if column.of_all is None else column.of_all(known.totals)
    return [heading, *cells, Text(total, style="title")]


def _meetings(known: Reported) -> Text:
    return Text(str(len(known.report.meetings.held)))


def _rhythm(known: Reported) -> Text:
    found = known.report.meetings.continuity
    return Text(_of(found.on_rhythm, found.expected))


def _done(known: Reported) -> Text:
    actions = known.report.actions.values()
    done = sum(len(each.done) for each in actions)
    return Text(_of(done, sum(len(each.agreed) for each in actions)))


def _told(known: Reported) -> Text:
    loop = known.report.advice
    return Text(_of(len(loop.told), len(loop.advised)))


def _pulse(known: Reported) -> Text:
    """Return the average pulse, how many there are, and where they tend to."""
    found = known.report.pulses
    if found.average is None:
        return Text(_UNKNOWN, style="quiet")
    trend = _TRENDS.get(found.trend or "", "")
    style = "warm" if found.trend == "falling" else "filled"
    return Text(f"{found.average} ({len(found.values)}) ").append(trend, style=style)


def _next(known: Reported, today: date) -> Text:
    """Return when the two meet next; of a pair that does not, why."""
    pair, next_on = known.report.pair, known.brief.next_on
    if not pair.is_active and not is_past(known.report, today):
        return Text(code_label("state", pair.state), style="quiet")
    if next_on is None or is_past(known.report, today):
        return Text(_UNKNOWN, style="quiet")
    said = short_day(next_on)
    if not known.brief.is_agreed:
        said = _("exp. {day} {month}").format(day=next_on.day, month=month(next_on))
    return Text(said, style="warm" if next_on < today else "")


def _goals(known: Reported) -> Text:
    return Text(str(len(known.report.active_goals)))


def _term(known: Reported) -> Text:
    used = known.report.term_used
    if used is None:
        return Text(_UNKNOWN, style="quiet")
    return bar(used, _BAR).append(" " + _("{percent} %").format(percent=percent(used)))


def _role(known: Reported) -> Text:
    return Text(code_label("my_role", known.report.pair.my_role))


def _of(count: int, total: int) -> str:
    return f"{count}/{total}" if total else _UNKNOWN


def _columns(today: date) -> list[Column]:
    """Return the columns in the order in which they give way to a narrow terminal, the last one first."""
    return [
        Column(_("meetings"), _meetings, lambda found: str(found.meetings)),
        Column(_("rhythm"), _rhythm, lambda found: _of(found.on_rhythm, found.expected)),
        Column(_("done"), _done, lambda found: _of(found.done, found.agreed)),
        Column(_("pulse"), _pulse),
        Column(_("next meeting"), partial(_next, today=today)),
        Column(_("told"), _told, lambda found: _of(found.told, found.advised)),
        Column(_("goals"), _goals, lambda found: str(found.goals)),
        Column(_("term"), _term),
        Column(_("I am"), _role),
    ]


def _totals(known: Glance) -> Iterator[str]:
    """Yield what the pairs add up to, in words."""
    found = known.totals
    timed = sum(len(each.report.meetings.timed) for each in known.rows)
    yield ngettext("{count} pair", "{count} pairs", found.pairs).format(count=found.pairs)
    yield ngettext("{count} meeting", "{count} meetings", found.meetings).format(
        count=found.meetings
    )
    if timed:
        yield minutes_text(found.minutes, timed)
    if found.expected:
        yield _("on rhythm {count}").format(count=of_text(found.on_rhythm, found.expected))
    if found.agreed:
        yield _("actions done {count}").format(count=of_text(found.done, found.agreed))
        yield _("{count} overdue").format(count=found.overdue)
    if found.advised:
        yield _("advice told {count}").format(count=of_text(found.told, found.advised))
    yield ngettext("{count} insight", "{count} insights", found.insights).format(
        count=found.insights
    )
    yield ngettext("{count} active goal", "{count} active goals", found.goals).format(
        count=found.goals
    )


def _evidence(found: Report) -> Evidence:
    """Return what the figures in the row of a pair stand on."""
    actions = found.actions.values()
    return {
        _("meetings"): found.meetings.held,
        _("on rhythm"): found.meetings.on_rhythm,
        _("agreed"): Ids.together(each.agreed for each in actions),
        _("done"): Ids.together(each.done for each in actions),
        _("overdue"): found.overdue,
        _("advised"): found.advice.advised,
        _("told"): found.advice.told,
        _("pulse"): found.pulses.ids,
        _("insights"): found.insights,
        _("goals"): found.active_goals,
    }
