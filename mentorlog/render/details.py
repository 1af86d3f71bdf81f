"""A record in full: every field that is known, its label beside it, and who may see it."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mentorlog.domain.record import Record, local, shapes
from mentorlog.domain.who_sees import Sight
from mentorlog.i18n import _, minute
from mentorlog.labels import field_label, kind_label
from mentorlog.render.prose import LONGEST, Facts, Prose
from mentorlog.render.values import value_text
from mentorlog.render.who_sees import seen_by
from mentorlog.text import visible


def details(record: Record, partner: str, sights: Sequence[Sight] = ()) -> RenderableType:
    """Return a record drawn in full, headed by its kind, its id and whom it is about.

    With the `sights` of others it ends with who sees it.
    """
    head = Text(f"{record.id} ", style="id").append(kind_label(record.kind), style="title")
    if partner and record.kind != "pair":
        head.append(f" · {visible(partner)}", style="default")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="label", no_wrap=True)
    table.add_column()
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if value not in (None, (), {}, False) and name != "pair" and not _is_long(value):
            table.add_row(field_label(name), Prose(value_text(name, shape, value)))
    for name in ("created_at", "updated_at"):
        instant: datetime | None = getattr(record, name)
        if instant is not None:
            table.add_row(field_label(name), Text(minute(local(instant))))
    if sights:
        table.add_row(_("seen by"), Facts(seen_by(sights)))
    return Group(head, table)


def long_texts(record: Record) -> list[str]:
    """Return the texts too long to be drawn, whole and under their labels."""
    return [
        f"{field_label(name)}:\n{value_text(name, shape, value)}"
        for name, shape in shapes(type(record)).items()
        if _is_long(value := getattr(record, name))
    ]


def _is_long(value: object) -> bool:
    """True for a text, or for a map with a text in it, that would take seconds to lay out."""
    texts = value.values() if isinstance(value, dict) else (value,)
    return any(isinstance(text, str) and len(text) > LONGEST for text in texts)
