"""What is said of an import: what would become of each record, and what came of all of them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mentorlog.domain.plain import document
from mentorlog.domain.record import Record
from mentorlog.i18n import _, day, listing
from mentorlog.render.cells import cut, padded, width
from mentorlog.render.counts import records_text
from mentorlog.render.ids import runs
from mentorlog.render.lines import SEPARATOR, one_line
from mentorlog.render.places import place_text
from mentorlog.render.style import Style
from mentorlog.text import first_line, visible

if TYPE_CHECKING:
    from mentorlog.workflows.importing import Arrived, Imported


def summary(done: "Imported", partner: str | None) -> str:
    """Return what was added, for whom where it is one pair's, the days of it and the ids."""
    if not done.ids:
        if done.present:
            return _("All of it is already in the journal, so nothing was added.")
        return _("There is no entry in it, so nothing was added.")
    said = _("{records} added") if partner is None else _("{records} added for {partner}")
    added = said.format(records=records_text(done.kinds), partner=visible(partner or ""))
    return SEPARATOR.join([added, *_known_and_days(done), listing(runs(done.ids))])


def foreseen_summary(done: "Imported") -> str:
    """Return how many records would be new, and the days of them."""
    new = _("{count} new").format(count=len(done.ids))
    return SEPARATOR.join([new, *_known_and_days(done), _("dry run, nothing was changed")])


def _known_and_days(done: "Imported") -> Iterator[str]:
    if done.present:
        yield _("{count} already there").format(count=done.present)
    if done.days is not None:
        first, last = done.days
        yield day(first) if first == last else f"{day(first)} – {day(last)}"


def foreseen(arrived: "Arrived", cells: int | None, style: Style) -> str:
    """Return a line for what would become of a record, cut to `cells` if given."""
    new, known = _("new"), _("already there")
    state = padded(known if arrived.id is None else new, max(width(new), width(known)) + 2)
    on, at = _day_of(arrived.record), getattr(arrived.record, "start_time", None)
    moment = " ".join(filter(None, (None if on is None else day(on), at)))
    parts = (place_text(arrived.place), moment, _in_short(arrived.record))
    said = SEPARATOR.join(filter(None, parts))
    line = said if cells is None else cut(said, max(8, cells - width(state)))
    return (style.dim(state) if arrived.id is None else style.bold(state)) + line


def _in_short(record: Record) -> str:
    """Return what a record says in short; of a meeting its first words, by which an entry is known."""
    said = getattr(record, "summary", None) or getattr(record, "notes", None)
    return one_line(record) if said is None else first_line(said)


def _day_of(record: Record) -> date | None:
    """Return the day of a record that has one of its own."""
    on = getattr(record, record.dated_by)
    return None if on is None or isinstance(on, datetime) else on


def opening_json(done: "Imported") -> dict[str, Any]:
    """Return what both forms of the JSON of an import begin with."""
    return document("import", added=len(done.ids), present=done.present)


def foreseen_json(arrived: "Arrived") -> dict[str, Any]:
    """Return what would become of a record."""
    place, on = arrived.place, _day_of(arrived.record)
    return {
        "file": place.within or None,
        "entry": place.entry,
        "line": place.line or None,
        "kind": arrived.record.kind,
        "on": None if on is None else on.isoformat(),
        "is_new": arrived.id is not None,
    }
