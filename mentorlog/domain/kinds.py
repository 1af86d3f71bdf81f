"""KINDS: every kind of record the journal keeps, by the letter of its ids."""

from __future__ import annotations

import re

from mentorlog.domain.action import Action
from mentorlog.domain.insight import Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.errors import RecordNotFound

KINDS: dict[str, type[Record]] = {
    "p": Pair,
    "m": Meeting,
    "q": Question,
    "a": Action,
    "i": Insight,
}
KIND_NAMES: dict[str, type[Record]] = {each.kind: each for each in KINDS.values()}

# Eighteen digits always fit the 64-bit number a row has.
_REFERENCE = re.compile(r"([a-z])([1-9][0-9]{0,17})")


def parse_reference(ref: str, wanted: str | None = None) -> tuple[type[Record], int]:
    """Return the record type and number that an id such as "m12" names.

    Raises RecordNotFound when it is no id, or not one of the `wanted` kind.
    """
    found = _REFERENCE.fullmatch(ref.strip().lower())
    record_type = KINDS.get(found[1]) if found else None
    if found is None or record_type is None or wanted not in (None, record_type.kind):
        raise RecordNotFound(wanted, ref)
    return record_type, int(found[2])
