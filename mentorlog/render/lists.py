"""Records as plain lists and as the timeline: one line each, cut to the width. No Rich here."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from mentorlog.domain.record import Record, local
from mentorlog.i18n import _, day, minute, ngettext
from mentorlog.render.cells import cut, padded, width
from mentorlog.render.ids import in_short
from mentorlog.render.lines import one_line
from mentorlog.render.style import Style

if TYPE_CHECKING:  # what is only given here
    from mentorlog.storage.ledger import Write
    from mentorlog.storage.timeline import Entry


def listed(
    records: Sequence[Record],
    cells: int | None,
    style: Style,
    partners: Mapping[str, str] | None = None,
) -> str:
    """Return a line for each record, its id and what it says in short, cut to `cells` if given.

    `partners` maps a pair's id to whom to name before what is said.
    """
    called = partners or {}
    ids = max(len(record.id) for record in records) + 2
    names = max((width(name) for name in called.values()), default=-2) + 2
    lines = []
    for record in records:
        name = padded(called.get(getattr(record, "pair", ""), ""), names)
        said = _cut(one_line(record), cells, ids + names)
        lines.append(style.bold(padded(record.id, ids)) + name + said)
    return "\n".join(lines)


def timeline(
    entries: "Sequence[Entry]",
    partners: Mapping[str, str],
    cells: int | None,
    style: Style,
) -> str:
    """Return the timeline: a heading for each day, under it a line for each record.

    `partners` maps a pair's id to whom to name; where it has one name only, none is said. A line is
    cut to `cells`, or left whole where that is None.
    """
    lines: list[str] = []
    ids = max((len(each.record.id) for each in entries), default=0) + 2
    names = (
        max((width(name) for name in partners.values()), default=0) + 2 if len(partners) > 1 else 0
    )
    last: date | None = None
    for on, record, pair, of in entries:
        if on != last:
            lines.append(style.bold(day(on)))
            last = on
        name = partners.get(pair or "", "")
        front = f"  {padded(record.id, ids)}{padded(name, names) if names else ''}"
        lines.append(style.dim(front) + _cut(one_line(record, of), cells, width(front)))
    return "\n".join(lines)


def _cut(said: str, cells: int | None, taken: int) -> str:
    return said if cells is None else cut(said, max(8, cells - taken))


def history(writes: "Sequence[Write]", style: Style) -> str:
    """Return a line for each write: its number, when, the command, and the records it touched."""
    lines = []
    for write in writes:
        ids = " ".join(
            f"{_SIGNS[did]}{each}"
            for did, changed in groupby(write.changes, key=lambda change: change.did)
            for each in in_short([change.id for change in changed])
        )
        taken = "" if write.reverses is None else _("of {number}").format(number=write.reverses)
        parts = [
            style.bold(f"{write.number:>4}"),
            minute(local(write.at)),
            write.command,
            taken,
            ids,
        ]
        lines.append("  ".join(part for part in parts if part))
    return "\n".join(lines)


def more(count: int) -> str:
    """Return the line that says that older entries are left out."""
    return ngettext(
        "The newest {count} entry is shown; --all shows every one.",
        "The newest {count} entries are shown; --all shows every one.",
        count,
    ).format(count=count)


_SIGNS = {"added": "+", "changed": "~", "removed": "-"}
