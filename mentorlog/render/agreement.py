"""The agreement in force, drawn with what has changed since the one before; and its receipt."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.agreement import WORDS, Agreement, changed_words
from mentorlog.domain.record import shapes
from mentorlog.i18n import _, day
from mentorlog.labels import field_label
from mentorlog.render.prose import Prose
from mentorlog.render.values import value_text


def agreement(in_force: Agreement, last: Agreement | None) -> RenderableType:
    """Return each term under its label and, after an earlier version, what it said before."""
    title = _("Agreement of {day}").format(day=day(in_force.agreed_on))
    parts: list[RenderableType] = [Text(f"{in_force.id} ", style="id").append(title, style="title")]
    for name in WORDS:
        if getattr(in_force, name) is not None:
            parts += _term(name, Prose(_said(in_force, name)))
    changed = [] if last is None else changed_words(last, in_force)
    if last is not None and changed:
        title = _("Changed since {id}, {day}").format(id=last.id, day=day(last.agreed_on))
        parts += ["", Text(title, style="title")]
        for name in changed:
            parts += _term(name, _change(_said(last, name), _said(in_force, name)))
    return Group(*parts)


def _term(name: str, said: RenderableType) -> list[RenderableType]:
    return [
        Padding(Text(field_label(name), style="label"), (0, 0, 0, 2)),
        Padding(said, (0, 0, 0, 4)),
    ]


def _change(before: str, now: str) -> RenderableType:
    """Return what was said before and, below it behind an arrow, what is said now."""
    unset = _("unset")
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_row("", Prose(before or unset, style="quiet"))
    table.add_row("→", Prose(now or unset))
    return table


def _said(version: Agreement, name: str) -> str:
    return value_text(name, shapes(Agreement)[name], getattr(version, name))
