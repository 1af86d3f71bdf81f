"""Reads of what the two practise between meetings: feedback, strengths, assessments. They only read."""

from mentorlog.domain.assessment import Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.strength import Strength
from mentorlog.storage.few import Few, few
from mentorlog.storage.journal import Journal
from mentorlog.storage.open_in_sql import OPEN_FEEDBACK


def open_feedback(journal: Journal, pair: str, most: int | None = None) -> Few[Feedback]:
    """Return the feedback of a pair of which it is still to be seen what changed, oldest first."""
    number = parse_reference(pair, "pair")[1]
    return few(
        journal, Feedback, f"pair = ? AND {OPEN_FEEDBACK}", (number,), most, "said_on, number"
    )


def feedback(
    journal: Journal, pair: str | None, *, everything: bool = False, limit: int | None = None
) -> list[Feedback]:
    """Return feedback of one pair or of all, open ones first, each part newest first."""
    conditions, values = ["1"] if everything else [OPEN_FEEDBACK], list[object]()
    if pair is not None:
        conditions.append("pair = ?")
        values.append(parse_reference(pair, "pair")[1])
    found = journal.find(Feedback, " AND ".join(conditions), tuple(values))
    found.reverse()  # of one day, too, the one written down last comes first
    found.sort(key=lambda each: each.said_on, reverse=True)
    return sorted(found, key=lambda each: not each.is_open)[:limit]


def strengths(journal: Journal, direction: str | None = None) -> list[Strength]:
    """Return the strengths offered, those wanted, or all, in the order they were written down."""
    if direction is None:
        return journal.find(Strength)
    return journal.find(Strength, "direction = ?", (direction,))


def assessments(journal: Journal, pair: str) -> list[Assessment]:
    """Return the assessments of a pair by their day, the first one first."""
    found = journal.find(Assessment, "pair = ?", (parse_reference(pair, "pair")[1],))
    return sorted(found, key=lambda each: each.rated_on)
