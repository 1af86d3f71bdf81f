"""What is said after a write: what was understood, the new ids, and what carries over."""

from typing import TYPE_CHECKING

from mentorlog.domain.kinds import KINDS
from mentorlog.domain.record import Record, shapes
from mentorlog.i18n import _, day, listing
from mentorlog.labels import field_label
from mentorlog.render.cells import padded
from mentorlog.render.ids import in_short
from mentorlog.render.lines import headline
from mentorlog.render.style import Style
from mentorlog.render.values import value_text
from mentorlog.storage.ledger import Write
from mentorlog.text import first_line

if TYPE_CHECKING:
    from mentorlog.workflows.meetings import Held


def kept(records: list[tuple[Record, str]], style: Style) -> str:
    """Return a line for each record, its id first; with each record comes the partner's name."""
    cells = max(len(record.id) for record, _partner in records) + 2
    return "\n".join(
        style.bold(padded(record.id, cells)) + headline(record, partner)
        for record, partner in records
    )


def changes(before: Record, after: Record) -> str:
    """Return a line for each field that has changed, with what it holds now."""
    unset = _("unset")
    lines = []
    for name, shape in shapes(type(after)).items():
        value = getattr(after, name)
        if value != getattr(before, name):
            if shape.holds == "entries":
                value = value[-1:]  # the last one is what is new
            text = value_text(name, shape, value)
            is_many = shape.holds in {"lines", "map"}
            said = listing(text.split("\n")) if is_many else first_line(text)
            lines.append(f"    {field_label(name)}: {said or unset}")
    return "\n".join(lines)


def held(meeting: "Held", style: Style) -> str:
    """Return what is said after a meeting: what it made, what it closed, what it changed of the pair."""
    partner = meeting.pair.partner
    changed = changes(meeting.before, meeting.pair)
    about = [meeting.pair] if meeting.is_first or changed else []
    records = [*about, meeting.meeting, *meeting.made, *meeting.closed]
    lines = kept([(record, partner) for record in records], style).split("\n")
    return "\n".join([*lines[:1], *([changed] if changed else []), *lines[1:]])


def carried_over(meeting: "Held") -> str | None:
    """Return the line that names what is still open from before, or None."""
    new = {record.id for record in meeting.made if getattr(record, "state", None) == "open"}
    items = meeting.still_open
    named = [each.id for each in (*items.advice, *items.actions, *items.questions)]
    waiting = [ref for ref in named if ref not in new]
    if not waiting:
        return None
    said = _("Carries over to the next meeting: {ids}").format(ids=", ".join(waiting))
    more = items.unread - len(new.difference(named))
    return said + " " + _("and {count} more").format(count=more) if more else said


def still_to_come(meeting: "Held") -> str:
    """Return the line that doubts a day in the future: "fri" is the next one, not the last."""
    said = _("{day} is still to come. To correct it: mentorlog edit {id} --set 'held_on=last fri'")
    return said.format(day=day(meeting.meeting.held_on), id=meeting.meeting.id)


def undo_hint() -> str:
    """Return the line that says how to take a write back."""
    return _("To take this back: mentorlog undo")


def reversed_write(taken: Write, done: Write, style: Style) -> str:
    """Return what undo or redo did: the command it speaks of, and each record with what became of it."""
    said = {"added": _("back: {ids}"), "removed": _("gone: {ids}"), "changed": _("changed: {ids}")}
    parts = []
    for did, sentence in said.items():
        ids = sorted((each.id for each in done.changes if each.did == did), key=_in_order)
        if ids:
            parts.append(sentence.format(ids=", ".join(in_short(ids))))
    return style.bold(taken.command) + " · " + " · ".join(parts)


def _in_order(ref: str) -> tuple[int, int]:
    return list(KINDS).index(ref[0]), int(ref[1:])
