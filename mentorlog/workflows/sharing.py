"""Marking records as shared, and taking that back: several in one write, or none of them."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.record import Record
from mentorlog.domain.who_sees import why_unsharable
from mentorlog.errors import NotPossible
from mentorlog.storage import sharing
from mentorlog.storage.journal import Journal


class Marked(NamedTuple):
    """Records as they are marked now: those that were not before, and those that were.

    `left` has, for each meeting among them, the actions and questions made in it that are marked the
    other way. `exports` counts the exports for the partner since the changed ones were first shared.
    """

    changed: tuple[Record, ...]
    unchanged: tuple[Record, ...]
    left: dict[str, list[Record]]
    exports: int


def mark(journal: Journal, refs: Sequence[str], *, shared: bool) -> Marked:
    """Mark the records with these ids as shared, or as private, in one write.

    Raises RecordNotFound, and NotPossible "seen-anyway" or "never-seen" naming all that are so.
    """
    refuse_unsharable(_named(journal, refs), shared=shared)  # before a journal is made for it
    visibility = "shared" if shared else "private"
    changed: list[Record] = []
    unchanged: list[Record] = []
    with journal.transaction("share") as writing:
        for now in _named(journal, refs):
            after = writing.change(now.with_changes(visibility=visibility))
            (changed if after != now else unchanged).append(after)
    left = {
        each.id: [made for made in _made_in(journal, each) if made.is_shared != shared]
        for each in (*changed, *unchanged)
    }
    return Marked(
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        left={ref: made for ref, made in left.items() if made},
        exports=sharing.exports_with(journal, changed),
    )


def _named(journal: Journal, refs: Sequence[str]) -> list[Record]:
    """Return the records, each once, in the order they are named."""
    return list({record.id: record for record in map(journal.get, refs)}.values())


def refuse_unsharable(records: Sequence[Record], *, shared: bool) -> None:
    """Refuse what no mark makes a difference for; a mark that is there all the same can be taken off.

    Raises NotPossible "seen-anyway" or "never-seen" naming all that are so.
    """
    reasons = {each.id: why_unsharable(each) for each in records if shared or not each.is_shared}
    for reason in filter(None, reasons.values()):
        ids = [ref for ref, found in reasons.items() if found == reason]
        raise NotPossible(reason, " ".join(ids))


def _made_in(journal: Journal, record: Record) -> list[Record]:
    return sharing.made_in(journal, cast("Meeting", record)) if record.kind == "meeting" else []
