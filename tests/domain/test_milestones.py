"""When the next review is due, what it looks back over, and which is the last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorlog.domain.milestones import (
    EARLY,
    is_final,
    next_review,
    period_to_review,
    reviews_due,
    suggested_review,
)
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.review import Review

START = date(2026, 1, 5)
TERM_END = date(2026, 7, 6)  # 182 days on
MIDDLE = date(2026, 4, 6)
A_DAY = timedelta(days=1)


def pair(**more: Any) -> Pair:
    fields = {"term_ends_on": TERM_END} | more
    return Pair(id="p1", partner="Aya", my_role="mentee", started_on=START, **fields)


def held(to_on: date, next_on: date | None = None) -> Review:
    return Review(
        id="v1", pair="p1", from_on=min(START, to_on), to_on=to_on, next_review_on=next_on
    )


# Due ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "last", "due"),
    [
        (None, None, [MIDDLE, TERM_END]),
        (MIDDLE, None, [TERM_END]),
        (MIDDLE - EARLY, None, [TERM_END]),  # early, but the one for that day
        (MIDDLE - EARLY - A_DAY, None, [MIDDLE, TERM_END]),
        (MIDDLE + timedelta(40), None, [TERM_END]),  # late
        (TERM_END - EARLY - A_DAY, None, [TERM_END]),
        (TERM_END - EARLY, None, []),
        (TERM_END + timedelta(5), None, []),
        # A day agreed for the next one takes the place of a half-time that is near or before it …
        (START, MIDDLE - EARLY - A_DAY, [MIDDLE - EARLY - A_DAY, MIDDLE, TERM_END]),
        (START, MIDDLE - EARLY, [MIDDLE - EARLY, TERM_END]),
        (START + timedelta(30), MIDDLE, [MIDDLE, TERM_END]),
        (START + timedelta(30), MIDDLE + A_DAY, [MIDDLE + A_DAY, TERM_END]),
        # … and never that of the term's end.
        (MIDDLE, TERM_END, [TERM_END]),
        (MIDDLE, TERM_END - A_DAY, [TERM_END - A_DAY, TERM_END]),
        (MIDDLE, TERM_END + timedelta(9), [TERM_END, TERM_END + timedelta(9)]),
        (TERM_END, TERM_END + timedelta(9), [TERM_END + timedelta(9)]),
    ],
)
def test_what_is_due_is_left_by_the_last_review(
    on: date | None, last: date | None, due: list[date]
) -> None:
    review = None if on is None else held(on, last)

    assert reviews_due(pair(), review) == due


def test_without_a_term_only_what_was_agreed_is_due() -> None:
    endless = pair(term_ends_on=None)

    assert reviews_due(endless, None) == []
    assert reviews_due(endless, held(MIDDLE)) == []
    assert reviews_due(endless, held(MIDDLE, TERM_END)) == [TERM_END]
    assert next_review(endless, None, MIDDLE) is None


def test_a_short_term_has_one_review_at_its_end() -> None:
    short = pair(term_ends_on=START + timedelta(55))

    assert reviews_due(short, None) == [START + timedelta(55)]


def test_a_term_that_was_extended_is_due_a_review_at_its_new_end() -> None:
    longer = TERM_END + timedelta(90)

    assert reviews_due(pair(term_ends_on=longer), held(TERM_END)) == [longer]


def test_a_pair_that_has_ended_is_due_none_whatever_was_agreed() -> None:
    ended = pair().ended(MIDDLE, "done", MIDDLE)

    assert reviews_due(ended, None) == []
    assert reviews_due(ended, held(MIDDLE, TERM_END)) == []
    assert next_review(ended, held(MIDDLE, TERM_END), TERM_END) is None


def test_a_pause_moves_no_review() -> None:
    paused = pair().paused(START, None, START)

    assert reviews_due(paused, None) == [MIDDLE, TERM_END]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (START - timedelta(9), MIDDLE),
        (MIDDLE - A_DAY, MIDDLE),
        (MIDDLE, MIDDLE),
        (TERM_END - timedelta(8), MIDDLE),  # overdue, until the next day is near
        (TERM_END - timedelta(7), TERM_END),
        (TERM_END, TERM_END),
        (date.max, TERM_END),
    ],
)
def test_the_next_review_is_the_latest_near_or_past_else_the_first_to_come(
    today: date, day: date
) -> None:
    assert next_review(pair(), None, today) == day


# Suggested ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (START, MIDDLE),
        (MIDDLE - EARLY - A_DAY, MIDDLE),
        (MIDDLE - EARLY, TERM_END),
        (MIDDLE, TERM_END),
        (TERM_END - EARLY - A_DAY, TERM_END),
        (TERM_END - EARLY, None),
        (TERM_END, None),
    ],
)
def test_the_day_suggested_for_the_next_review_is_the_next_one_of_the_term(
    on: date, day: date | None
) -> None:
    assert suggested_review(pair(), on) == day


def test_without_a_term_the_next_review_is_suggested_in_a_quarter_of_a_year() -> None:
    assert suggested_review(pair(term_ends_on=None), MIDDLE) == MIDDLE + timedelta(weeks=13)


def test_where_the_calendar_ends_and_after_the_end_of_a_pair_none_is_suggested() -> None:
    assert suggested_review(pair(term_ends_on=None), date.max) is None
    assert suggested_review(pair().ended(MIDDLE, "done", MIDDLE), MIDDLE) is None


@settings(deadline=None)
@given(on=st.dates(START, date(2027, 3, 1)), days=st.none() | st.integers(1, 400))
def test_a_suggested_day_is_what_is_due_once_it_is_agreed(on: date, days: int | None) -> None:
    ends_on = None if days is None else START + timedelta(days)
    it = pair(term_ends_on=ends_on)

    suggested = suggested_review(it, on)

    if suggested is not None:
        assert suggested > on
        assert reviews_due(it, held(on, suggested))[0] == suggested


# What it looks back over -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "on", "period"),
    [
        (None, MIDDLE, Period(START, MIDDLE)),
        (None, START, Period(START, START)),
        (None, START - A_DAY, Period(START - A_DAY, START - A_DAY)),  # before it has begun
        (MIDDLE, TERM_END, Period(MIDDLE + A_DAY, TERM_END)),
        (MIDDLE, MIDDLE + A_DAY, Period(MIDDLE + A_DAY, MIDDLE + A_DAY)),
        (MIDDLE, MIDDLE, Period(MIDDLE, MIDDLE)),  # again on the same day
        (TERM_END, MIDDLE, Period(MIDDLE, MIDDLE)),
        (date.max, date.max, Period(date.max, date.max)),
    ],
)
def test_a_review_looks_back_from_the_day_after_the_last_one_or_from_the_start(
    last: date | None, on: date, period: Period
) -> None:
    review = None if last is None else held(last)

    assert period_to_review(pair(), review, None, on) == period


def test_without_a_review_it_looks_back_to_where_the_pair_or_its_meetings_began() -> None:
    met = {
        days: period_to_review(pair(), None, START + timedelta(days), MIDDLE) for days in (-9, 0, 9)
    }
    after_a_review = period_to_review(pair(), held(MIDDLE), START - timedelta(9), TERM_END)
    before_they_met = period_to_review(pair(), None, MIDDLE, START + A_DAY)

    assert [each.since - START for each in met.values()] == [
        timedelta(-9),
        timedelta(0),
        timedelta(0),
    ]
    assert after_a_review == Period(MIDDLE + A_DAY, TERM_END)
    assert before_they_met == Period(START, START + A_DAY)


@pytest.mark.parametrize(
    ("reviewed", "on", "final"),
    [
        (pair(), MIDDLE, False),
        (pair(), TERM_END - timedelta(15), False),
        (pair(), TERM_END - timedelta(14), True),
        (pair(), TERM_END + timedelta(99), True),
        (pair(term_ends_on=None), date.max, False),
        (pair().paused(START, None, START), TERM_END, True),
        (pair().ended(MIDDLE, "moved", MIDDLE), MIDDLE, True),
        (pair().ended(START, "mismatch", START), MIDDLE, True),  # it has no term any more
    ],
)
def test_the_last_review_is_the_one_at_the_end_of_the_term(
    reviewed: Pair, on: date, *, final: bool
) -> None:
    assert is_final(reviewed, on) is final
