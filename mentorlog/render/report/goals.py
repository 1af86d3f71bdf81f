"""The goals in a report: how far each has come, drawn and in words, and beside it what was noticed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mentorlog.domain.figures import Report
from mentorlog.domain.ids import Ids
from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.progress import LEVELS
from mentorlog.domain.record import Record
from mentorlog.domain.tallies import Standing
from mentorlog.i18n import _, day
from mentorlog.labels import code_label
from mentorlog.render.calendar_days import is_past
from mentorlog.render.cells import cut
from mentorlog.render.counts import n_text
from mentorlog.render.goal_lines import attained_text, score_line
from mentorlog.render.goal_words import stands_text, unmeasured_text
from mentorlog.render.layout import SideBySide, listed, more
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.prose import Facts, Prose
from mentorlog.render.report.charts import position, sparkline, way
from mentorlog.render.report.figures import Evidence, beside, evidence_drawn
from mentorlog.render.values import quantity_text
from mentorlog.text import first_line
from mentorlog.workflows.reporting import GOALS_SHOWN

_WAY, _SPARKLINE = 24, 16  # cells
_QUOTED = 200  # cells of what was noticed


def goals(
    found: Report, quoted: Mapping[str, Record], today: date, *, with_evidence: bool
) -> Iterator[RenderableType]:
    """Yield the score of all goals, then each of them, those still active first."""
    score = score_line(found.attainment, len(found.rated))
    if score is not None:
        yield Prose(score)
        if with_evidence:
            yield evidence_drawn({_("rated"): found.rated})
    for number, each in enumerate(found.standings[:GOALS_SHOWN]):
        if number and each.measured.goal.is_active:
            yield Text("")
        yield _goal(found, each, quoted, today, with_evidence=with_evidence)
    left = len(found.goals) - GOALS_SHOWN
    if left > 0:
        yield more(left, f"mentorlog goal list {found.pair.handle} --all")


def noticed(records: Sequence[Record]) -> RenderableType:
    """Return insights as they were written, cut where they are long."""
    return listed((each.id, quote(each)) for each in records)


def quote(insight: Record) -> Text:
    """Return an insight as it was written, cut where it is long."""
    said = cut(first_line(getattr(insight, "text", "")), _QUOTED)
    return Text(_("“{text}”").format(text=said), style="quote")


def _goal(
    found: Report,
    standing: Standing,
    quoted: Mapping[str, Record],
    today: date,
    *,
    with_evidence: bool,
) -> RenderableType:
    """Return a goal; one that is closed is drawn in short."""
    measured = standing.measured
    parts: list[RenderableType] = [_statement(measured, today)]
    if measured.goal.is_active:
        parts += _pictures(measured)
    by = found.period.until if is_past(found, today) else None
    parts += [Facts(said, style="quiet") for said in _in_words(measured, by)]
    if with_evidence:
        parts.append(evidence_drawn(_evidence(standing)))
    insights = [quoted[ref] for ref in standing.insights if ref in quoted]
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(style="id", no_wrap=True)
    table.add_column(ratio=1)
    drawn = Group(*parts)
    told = [noticed(insights)] if insights else []
    table.add_row(measured.goal.id, SideBySide([drawn, *told]))
    return table


def _statement(measured: MeasuredGoal, today: date) -> Facts:
    goal = measured.goal
    said = Text(cut(first_line(goal.statement), _QUOTED))
    if goal.owner == "partner":
        said.append(SEPARATOR + _("theirs"))
    if not goal.is_active:
        return Facts(said.append(SEPARATOR + code_label("state", goal.state), style="quiet"))
    if goal.due_on is not None:
        style = "warm" if goal.is_overdue(today) else "quiet"
        said.append(SEPARATOR + _("due {day}").format(day=day(goal.due_on)), style=style)
    return Facts(said)


def _pictures(measured: MeasuredGoal) -> Iterator[RenderableType]:
    """Yield the way from baseline to target, the measurements over time, and the level reached."""
    goal, found = measured.goal, measured.progress
    values = [each.value for each in measured.measurements if each.value is not None]
    over_time = beside(sparkline(values, _SPARKLINE), n_text(len(values))) if values else None
    if found.share is not None and goal.baseline is not None and goal.target is not None:
        line = Text().append(f"{quantity_text(goal.baseline)} ", style="label")
        line.append_text(way(found.share, _WAY))
        line.append(f" {quantity_text(goal.target)}", style="label")
        yield Facts(beside(line, over_time))
    elif over_time is not None:
        yield over_time
    if found.level is not None:
        rated = sum(each.level is not None for each in measured.measurements)
        scale = position(found.level, LEVELS[0], LEVELS[-1])
        yield Facts(beside(scale, attained_text(measured), n_text(rated)))


def _in_words(measured: MeasuredGoal, by: date | None) -> Iterator[str]:
    said, unmeasured = stands_text(measured), unmeasured_text(measured, by)
    if said is not None and measured.measurements and not measured.goal.is_active:
        yield f"{said}{SEPARATOR}{n_text(measured.progress.n)}"
    elif said is not None:
        yield said
    if unmeasured is not None:
        yield unmeasured


def _evidence(standing: Standing) -> Evidence:
    readings = Ids(each.id for each in standing.measured.measurements)
    return {_("measurements"): readings, _("insights"): standing.insights}
