"""What `goal show` shows: what is to be reached, how far it has come, and every wording it has had."""

from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.record import local, shapes
from mentorlog.i18n import _, day, minute, ngettext
from mentorlog.labels import field_label, kind_label
from mentorlog.render.details import LONGEST
from mentorlog.render.goal_lines import level_said, reading_text, way_text
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.prose import Prose
from mentorlog.render.values import entry_text, quantity_text, revision_text, value_text
from mentorlog.text import visible

_ELSEWHERE = {"pair", "statement", "levels", "revisions"}
_IN_UNITS = ("baseline", "target")


def goal(measured: MeasuredGoal, partner: str, today: date) -> RenderableType:
    """Return a goal drawn in full with its measurements, the oldest first."""
    about = measured.goal
    head = Text(f"{about.id} ", style="id").append(kind_label("goal"), style="title")
    head.append(f" · {visible(partner)}", style="default")
    parts: list[RenderableType] = [head, _statement(about), "", _facts(about, today)]
    if measured.measurements:
        parts += [_heading(_("Progress")), _indented(Prose(_progress(measured)))]
    if about.levels:
        parts += [_heading(_("Levels of attainment")), _levels(measured)]
    if measured.measurements:
        parts += [_heading(_("Measurements")), _measurements(measured)]
    if about.revisions:
        parts += [_heading(_("What it said before")), _revisions(about)]
    return Group(*parts)


def _statement(about: Goal) -> RenderableType:
    """Return the statement; one too long to be drawn comes below, with the other long texts."""
    is_long = len(about.statement) > LONGEST
    return Text("") if is_long else Prose(visible(about.statement, block=True))


def _facts(about: Goal, today: date) -> RenderableType:
    table = _columns("label", "")
    is_in_units = any(getattr(about, name) is not None for name in _IN_UNITS)
    for name, shape in shapes(Goal).items():
        value = getattr(about, name)
        is_said = name in _ELSEWHERE or (name == "unit" and is_in_units)
        if value is None or is_said or (isinstance(value, str) and len(value) > LONGEST):
            continue
        text = (
            quantity_text(value, about.unit)
            if name in _IN_UNITS
            else value_text(name, shape, value)
        )
        is_late = name == "due_on" and about.is_overdue(today)
        table.add_row(field_label(name), Prose(text, "warm" if is_late else ""))
    for name in ("created_at", "updated_at"):
        instant = getattr(about, name)
        if instant is not None:
            table.add_row(field_label(name), Text(minute(local(instant))))
    return table


def _progress(measured: MeasuredGoal) -> str:
    count = len(measured.measurements)
    readings = ngettext("{count} measurement", "{count} measurements", count).format(count=count)
    return SEPARATOR.join(filter(None, (way_text(measured), level_said(measured), readings)))


def _levels(measured: MeasuredGoal) -> RenderableType:
    """Return the five levels, the one it was last rated at marked."""
    table = _columns("title", "")
    for key, text in measured.goal.levels.items():
        is_now = measured.progress.level == int(key)
        said = entry_text("levels", key, text)
        table.add_row("▸" if is_now else " ", Prose(said, "title" if is_now else ""))
    return _indented(table)


def _measurements(measured: MeasuredGoal) -> RenderableType:
    table = _columns("id", "", "")
    for each in measured.measurements:
        note = None if each.note is None else visible(each.note, block=True)
        said = SEPARATOR.join(filter(None, (reading_text(each, measured.goal), note)))
        table.add_row(each.id, day(each.taken_on), Prose(said))
    return _indented(table)


def _revisions(about: Goal) -> RenderableType:
    return _indented(Group(*(Prose(revision_text(each)) for each in about.revisions)))


def _heading(title: str) -> Text:
    return Text(f"\n{title}", style="title")


def _indented(drawn: RenderableType) -> RenderableType:
    return Padding(drawn, (0, 0, 0, 2))


def _columns(*styles: str) -> Table:
    """Return a table without lines; all its columns but the last keep to one line."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for style in styles[:-1]:
        table.add_column(style=style, no_wrap=True)
    table.add_column(style=styles[-1])
    return table
