"""The agreements of a pair: every version there has been, of which the newest is in force."""

from mentorlog.domain.agreement import Agreement
from mentorlog.domain.kinds import parse_reference
from mentorlog.storage.journal import Journal


def versions(journal: Journal, pair: str) -> list[Agreement]:
    """Return every version of what the two agreed on, the one in force last."""
    found = journal.find(Agreement, "pair = ?", (parse_reference(pair, "pair")[1],))
    return sorted(found, key=lambda each: each.agreed_on)  # of the same day, as they were written


def in_force(journal: Journal, pair: str) -> Agreement | None:
    """Return what the two have agreed on by now; None before the first agreement."""
    return next(reversed(versions(journal, pair)), None)
