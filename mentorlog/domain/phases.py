"""Which phase of mentoring a pair is in: before the first meeting, in the middle, or looking back."""

from datetime import date, timedelta

from mentorlog.domain.pair import Pair

LAST_WEEKS = timedelta(weeks=2)


def phase_of(pair: Pair, on: date, *, has_met: bool) -> str:
    """Return the phase on a day, as a reflection has it; `has_met` says whether they have by then.

    A pause changes nothing: whoever pauses means to go on.
    """
    if pair.state == "ended":
        return "looking-back"
    if not has_met:
        return "expectation"
    return "looking-back" if pair.is_active and is_in_last_weeks(pair, on) else "immersion"


def is_in_last_weeks(pair: Pair, on: date) -> bool:
    """True when a pair's term is about to end on that day, or has ended."""
    return pair.term_ends_on is not None and pair.term_ends_on - on <= LAST_WEEKS
