"""KINDS: every kind of record the journal keeps, by the letter of its ids."""

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

_MOST_DIGITS = 18  # always fit the 64-bit number a row has


def parse_reference(ref: str, wanted: str | None = None) -> tuple[type[Record], int]:
    """Return the record type and number that an id such as "m12" names.

    Raises RecordNotFound when it is no id, or not one of the `wanted` kind.
    """
    typed = ref.strip().lower()
    record_type, digits = KINDS.get(typed[:1]), typed[1:]
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    if record_type is None or not is_number or wanted not in (None, record_type.kind):
        raise RecordNotFound(wanted, ref)
    return record_type, int(digits)
