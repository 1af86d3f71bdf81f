"""What others see of one record as it is marked now, and what marking it as shared would change.

Worked out from the one rule, `audience.py`, by asking it twice: as the record is, and as it would be
shared. How that is said is `render/who_sees.py`'s.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mentorlog.domain.audience import AUDIENCES, COUNTED_FOR_THE_PROGRAMME, seen, seen_together
from mentorlog.domain.record import Record, shapes


class Sight(NamedTuple):
    """What one audience sees of a record as it is marked now, by the names of the fields it fills.

    `once_shared` is what it would see beyond that if the records `to_share` were shared, `never` what
    stays with me. `is_counted` tells whether it gets numbers of it, whatever it sees.
    """

    audience: str
    now: tuple[str, ...]
    once_shared: tuple[str, ...]
    never: tuple[str, ...]
    to_share: tuple[str, ...]
    is_counted: bool


def who_sees(record: Record, of: Record | None = None) -> list[Sight]:
    """Return what each audience but me sees of `record`; `of` is what it goes with, where it does."""
    together = [record] if of is None else [record, of]
    return [_sight(together, audience) for audience in AUDIENCES if audience != "me"]


def _sight(together: Sequence[Record], audience: str) -> Sight:
    record = together[0]
    names = [name for name, shape in shapes(type(record)).items() if not shape.refers_to]
    names.remove("visibility")
    filled = [name for name in names if getattr(record, name) not in (None, (), {}, False)]
    now = seen_together(together, audience)[0]
    then = seen_together([_marked(each, "shared") for each in together], audience)[0]
    added = tuple(name for name in filled if name in then and name not in now)
    return Sight(
        audience=audience,
        now=tuple(name for name in filled if name in now),
        once_shared=added,
        never=tuple(name for name in filled if name not in then),
        to_share=tuple(each.id for each in together if added and not each.is_shared),
        is_counted=audience == "programme" and record.kind in COUNTED_FOR_THE_PROGRAMME,
    )


def why_unsharable(record: Record) -> str | None:
    """Return why to mark a record as shared would change nothing, as a code; None where it would.

    "seen-anyway" where the partner sees as much of it unmarked, "never-seen" where nothing, ever.
    """
    now, then = (seen(_marked(record, mark), "partner") for mark in ("private", "shared"))
    if now.keys() != then.keys():
        return None
    return "seen-anyway" if now else "never-seen"


def _marked(record: Record, visibility: str) -> Record:
    """Return a record as it would be with that mark; as it is, where it cannot have it."""
    possible = shapes(type(record))["visibility"].choices
    return record.with_changes(visibility=visibility) if visibility in possible else record
