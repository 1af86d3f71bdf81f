"""A record in full: every field that is known, its label beside it, and who may see it. No Rich here."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from mentorlog.domain.record import Record, local, shapes
from mentorlog.domain.who_sees import Sight
from mentorlog.i18n import _, minute
from mentorlog.labels import field_label, kind_label
from mentorlog.render.cells import padded, width, wrapped
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.style import Style
from mentorlog.render.values import value_text
from mentorlog.render.who_sees import seen_by
from mentorlog.text import visible

# No text is laid out beyond a book's chapter: 10 MB would take seconds.
LONGEST = 50_000

_GAP = 2  # cells between a label and what is known
_NARROWEST = 2  # cells of what is known, however narrow the terminal: one Japanese character


def details(record: Record, partner: str, sights: Sequence[Sight], cells: int, style: Style) -> str:
    """Return a record in full in lines of so many cells, headed by its kind, its id and whom it is about.

    With the `sights` of others it ends with who sees it.
    """
    about = f" · {visible(partner)}" if partner and record.kind != "pair" else ""
    rows: list[tuple[str, str, str | None]] = [(*known, None) for known in _known(record)]
    if sights:
        rows.append((_("seen by"), seen_by(sights), SEPARATOR))
    labels = max(width(label) for label, _value, _between in rows) + _GAP
    room = max(_NARROWEST, cells - labels)
    lines = [f"{style.ref(record.id)} {style.bold(kind_label(record.kind))}{about}"]
    for label, value, between in rows:
        first, *rest = wrapped(value.expandtabs(8), room, between)
        lines.append(style.dim(padded(label, labels)) + first)
        lines += [(" " * labels + line).rstrip() for line in rest]
    return "\n".join(lines)


def _known(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what is known of a record, each with its label; long texts are `long_texts`'s."""
    for name, shape in shapes(type(record)).items():
        value = getattr(record, name)
        if value not in (None, (), {}, False) and name != "pair" and not _is_long(value):
            yield field_label(name), value_text(name, shape, value)
    for name in ("created_at", "updated_at"):
        instant: datetime | None = getattr(record, name)
        if instant is not None:
            yield field_label(name), minute(local(instant))


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
