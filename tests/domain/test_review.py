"""A review: what it takes, what it refuses, and what only its own moves change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.period import Period
from mentorlog.domain.record import shapes
from mentorlog.domain.review import DECISIONS, Review
from mentorlog.errors import InvalidValue

DAY = date(2026, 11, 22)


def review(**more: Any) -> Review:
    fields: dict[str, Any] = {"from_on": date(2026, 8, 23), "to_on": DAY} | more
    return Review(id="v1", pair="p1", **fields)


def test_a_review_needs_no_more_than_its_days() -> None:
    bare = review()

    said = (bare.conclusions, bare.thoughts, bare.pulse, bare.decision, bare.next_review_on)
    assert said == (None,) * 5
    assert bare.visibility == "private"


def test_the_fields_are_those_of_the_design() -> None:
    assert list(shapes(Review)) == [
        "pair", "from_on", "to_on", "conclusions", "thoughts", "pulse", "decision",
        "next_review_on", "visibility",
    ]  # fmt: skip
    assert DECISIONS == ("continue", "extend", "shorten", "pause", "end")


def test_a_review_of_a_single_day_is_one() -> None:
    assert review(from_on=DAY).from_on == DAY


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("to_on", date(2026, 8, 22), "ends-before-it-begins"),
        ("next_review_on", DAY, "not-after-the-review"),
        ("next_review_on", date(2026, 1, 1), "not-after-the-review"),
        ("decision", "carry-on", "not-a-choice"),
        ("pulse", 0, "not-a-number"),
        ("pulse", 5, "not-a-number"),
        ("from_on", None, "required"),
    ],
)
def test_what_no_review_can_be_is_refused_by_its_field(
    field: str, value: object, reason: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        review(**{field: value})

    assert (refusal.value.field, refusal.value.reason) == (field, reason)


def test_the_decision_is_not_changed_by_itself() -> None:
    assert Review.by_transition == ("decision",)


def test_a_period_has_both_its_ends() -> None:
    period = Period(date(2026, 8, 23), DAY)

    covered = [period.covers(day) for day in (date(2026, 8, 22), *period, date(2026, 11, 23))]

    assert covered == [False, True, True, False]
    assert period.days == 92
    assert Period(DAY, DAY).days == 1
