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
    is_ending = pair.term_ends_on is not None and pair.term_ends_on - on <= LAST_WEEKS
    return "looking-back" if is_ending and pair.is_active else "immersion"
