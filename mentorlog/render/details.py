"""A record in full: every field that is known, its label beside it."""

from datetime import date, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mentorlog.domain.fields import Shape
from mentorlog.domain.record import Record, shapes
from mentorlog.i18n import _, code_label, day, field_label, kind_label
from mentorlog.render.prose import Prose
from mentorlog.text import visible


def details(record: Record, partner: str) -> RenderableType:
    """Return a record drawn in full, headed by its kind, its id and whom it is about."""
    head = Text(f"{record.id} ", style="id").append(kind_label(record.kind), style="title")
    if record.kind != "pair":
        head.append(f" · {visible(partner)}", style="default")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="label", no_wrap=True)
    table.add_column()
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if value not in (None, (), False) and name != "pair":
            table.add_row(field_label(name), Prose(_value_text(name, shape, value)))
    for name in ("created_at", "updated_at"):
        instant: datetime | None = getattr(record, name)
        if instant is not None:
            table.add_row(field_label(name), Text(f"{instant.astimezone():%Y-%m-%d %H:%M}"))
    return Group(head, table)


def _value_text(name: str, shape: Shape, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return "\n".join(visible(item) for item in value)
    if isinstance(value, bool):
        return _("yes")
    if shape.holds == "choice":
        return code_label(name, value)
    return visible(str(value), block=True)
