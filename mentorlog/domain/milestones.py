"""When the next review is due, and what the last one leaves to it.

Only a review that decided how to go on is the one for a day, and begins another period: one without a
decision is a look back in between, after which the same review is due over the same days.
"""

from datetime import date, timedelta

from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.phases import is_in_last_weeks
from mentorlog.domain.review import Review

EARLY = timedelta(days=14)  # a review held so long before its day was the one for that day
NEAR = timedelta(days=7)  # from here on a review is due
WITHOUT_A_TERM = timedelta(days=91)


def reviews_due(pair: Pair, last: Review | None) -> list[date]:
    """Return the days of the reviews still to be held, past ones too, in order.

    They are the term's own (`Pair.review_days`) without those that the `last` one decided was for. A day
    agreed at that one takes the place of a half-time before it, and of one that it is early for; the
    end of the term keeps its own.
    """
    if pair.state == "ended":
        return []
    if last is None:
        return pair.review_days
    left = {day for day in pair.review_days if day - last.to_on > EARLY}
    agreed = last.next_review_on
    if agreed is not None:
        left = {day for day in left if day - agreed > EARLY or day == pair.term_ends_on} | {agreed}
    return sorted(left)


def next_review(pair: Pair, last: Review | None, today: date) -> date | None:
    """Return the day of the next review: the latest that is near or past, else the first to come.

    None where none is due any more.
    """
    due = reviews_due(pair, last)
    near = [day for day in due if day - today <= NEAR]
    return near[-1] if near else next(iter(due), None)


def suggested_review(pair: Pair, on: date) -> date | None:
    """Return a day for the review after one held `on`: the term's next one; without a term, in 13 weeks."""
    if pair.state == "ended":
        return None
    if pair.term_ends_on is None:
        return on + WITHOUT_A_TERM if date.max - on >= WITHOUT_A_TERM else None
    return next((day for day in pair.review_days if day - on > EARLY), None)


def period_to_review(pair: Pair, last: Review | None, met_on: date | None, on: date) -> Period:
    """Return what a review held `on` looks back over: the days since the `last` one decided, to that day.

    Without one they are all days there are: from the start, or from the day the two first met, `met_on`,
    where that was before it.
    """
    if last is None:
        return Period(min(pair.started_on, met_on or on, on), on)
    return Period(on if last.to_on >= on else last.to_on + timedelta(days=1), on)


def is_final(pair: Pair, on: date) -> bool:
    """True when a review held `on` is the one that ends the term."""
    return pair.state == "ended" or is_in_last_weeks(pair, on)
