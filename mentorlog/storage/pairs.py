"""The pairs, and which record belongs to which of them. It only reads.

Whatever lists records needs this, so it imports no kind: a kind is imported when there is one of it.
"""

from typing import TYPE_CHECKING, cast

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import Record, shapes
from mentorlog.storage.journal import Journal

if TYPE_CHECKING:
    from mentorlog.domain.pair import Pair


def all_pairs(journal: Journal) -> "list[Pair]":
    """Return all pairs, in the order they were started here."""
    return journal.find(cast("type[Pair]", KIND_NAMES["pair"]))


def way_to_pair(record_type: type[Record]) -> str | None:
    """Return "" for a kind that names its pair, the kind that names it for it, None without a pair."""
    fields = shapes(record_type)
    if "pair" in fields:
        return ""
    required = (shape.refers_to for shape in fields.values() if shape.refers_to and shape.required)
    return next((kind for kind in required if "pair" in shapes(KIND_NAMES[kind])), None)


def of_pair(record_type: type[Record]) -> str:
    """Return the SQL condition that `it`, a row of that kind, belongs to the pair with the number ?."""
    if record_type.kind == "pair":
        return "it.number = ?"
    match way_to_pair(record_type):
        case None:
            return "NULL = ?"  # never true
        case "":
            return "it.pair = ?"
        case through:
            return f"it.{through} IN (SELECT number FROM {through} WHERE pair = ?)"


def pair_id(journal: Journal, record: Record) -> str | None:
    """Return the id of the pair a record belongs to; None for what belongs to none."""
    of = belongs_to(journal, record) or record
    return of.id if of.kind == "pair" else getattr(of, "pair", None)


def belongs_to(journal: Journal, record: Record) -> Record | None:
    """Return the record by which another belongs to a pair, such as a measurement's goal."""
    through = way_to_pair(type(record))
    return journal.get(getattr(record, through), through) if through else None
