"""Deleting: what goes with a record because it cannot be without, and what only lets go of it."""

from collections.abc import Sequence
from typing import NamedTuple

from mentorlog.domain.record import Record
from mentorlog.storage import queries
from mentorlog.storage.journal import Journal


class Removal(NamedTuple):
    """`records` go; `loosened` stay and lose a reference."""

    records: tuple[Record, ...]
    loosened: tuple[Record, ...]


def removal(journal: Journal, refs: Sequence[str]) -> Removal:
    """Return what deleting the records with these ids would do."""
    going: dict[str, Record] = {}
    loosened: dict[str, Record] = {}
    waiting = [journal.get(ref) for ref in refs]
    while waiting:
        record = waiting.pop()
        if record.id in going:
            continue
        going[record.id] = record
        for name, is_required, other in queries.referring(journal, record):
            if is_required:
                waiting.append(other)
            else:
                loosened[other.id] = loosened.get(other.id, other).with_changes(**{name: None})
    staying = tuple(each for ref, each in loosened.items() if ref not in going)
    return Removal(tuple(going.values()), staying)


def remove(journal: Journal, refs: Sequence[str]) -> Removal:
    """Delete the records and what cannot be without them, in one write that `undo` takes back."""
    with journal.transaction("delete") as writing:
        planned = removal(journal, refs)
        for record in planned.loosened:
            writing.change(record)
        for record in planned.records:
            writing.remove(record)
    return planned
