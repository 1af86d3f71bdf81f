"""What is open with a pair and shared, or not: what may be sent ahead of a meeting. It only reads."""

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.storage.few import Few, few, first
from mentorlog.storage.journal import Journal
from mentorlog.storage.open_in_sql import BY_DUE_DAY

_OPEN: tuple[tuple[type[Record], str, str], ...] = (
    (Question, "state = 'open'", "number"),
    (Action, "state = 'open' AND is_advice = 0", BY_DUE_DAY),
    (Goal, "state = 'active'", BY_DUE_DAY),
)


def first_private(journal: Journal, pair: str) -> Record | None:
    """Return one of the open questions, plain actions and goals of a pair that are not shared, if any."""
    values = (parse_reference(pair, "pair")[1],)
    for record_type, condition, _order in _OPEN:
        where = f"pair = ? AND visibility = 'private' AND {condition}"
        found = first(journal, record_type, where, values)
        if found is not None:
            return found
    return None


def open_shared(journal: Journal, pair: str, most: int | None = None) -> Few[Record]:
    """Return the open questions, plain actions and goals of a pair that are shared."""
    values = (parse_reference(pair, "pair")[1],)
    read, unread = list[Record](), 0
    for record_type, condition, order in _OPEN:
        where = f"pair = ? AND visibility = 'shared' AND {condition}"
        found = few(journal, record_type, where, values, most, order)
        read += found.read
        unread += found.unread
    left = len(read) if most is None else most
    return Few(read[:left], unread + len(read[left:]))
