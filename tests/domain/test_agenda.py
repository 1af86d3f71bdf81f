"""A timed agenda: whole minutes that fill the time agreed, in the order of a meeting."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.domain.agenda import Slot, meeting_agenda

FIRST = ["introductions", "backgrounds", "expectations", "agreement", "goals", "next"]
USUAL = ["arriving", "follow-up", "topics", "agreeing", "looking-back"]

a_day = st.integers(1, 1440)


def codes(slots: list[Slot]) -> list[str]:
    return [slot.code for slot in slots]


def test_an_hour_is_shared_out_by_what_matters() -> None:
    slots = meeting_agenda(60, is_first=False, has_open=True)

    assert slots == [
        Slot("arriving", 7),
        Slot("follow-up", 12),
        Slot("topics", 26),
        Slot("agreeing", 9),
        Slot("looking-back", 6),
    ]


def test_the_first_hour_is_shared_out_by_what_matters() -> None:
    slots = meeting_agenda(60, is_first=True, has_open=False)

    assert slots == [
        Slot("introductions", 6),
        Slot("backgrounds", 9),
        Slot("expectations", 15),
        Slot("agreement", 12),
        Slot("goals", 12),
        Slot("next", 6),
    ]


@given(minutes=a_day, is_first=st.booleans(), has_open=st.booleans())
def test_the_minutes_fill_the_time_and_none_is_empty(
    minutes: int, *, is_first: bool, has_open: bool
) -> None:
    slots = meeting_agenda(minutes, is_first=is_first, has_open=has_open)

    assert sum(slot.minutes for slot in slots) == minutes
    assert all(slot.minutes >= 1 for slot in slots)


@given(minutes=a_day, is_first=st.booleans(), has_open=st.booleans())
def test_the_parts_stand_in_the_order_of_a_meeting(
    minutes: int, *, is_first: bool, has_open: bool
) -> None:
    slots = meeting_agenda(minutes, is_first=is_first, has_open=has_open)

    course = FIRST if is_first else USUAL
    places = [course.index(code) for code in codes(slots)]
    assert all(one < other for one, other in pairwise(places))


@given(minutes=st.integers(6, 1440), has_open=st.booleans())
def test_with_time_for_all_no_part_is_left_out(minutes: int, *, has_open: bool) -> None:
    first = meeting_agenda(minutes, is_first=True, has_open=has_open)
    usual = meeting_agenda(minutes, is_first=False, has_open=True)

    assert (codes(first), codes(usual)) == (FIRST, USUAL)


@given(minutes=st.integers(5, 1440))
def test_with_nothing_open_the_time_for_it_goes_to_the_topics(minutes: int) -> None:
    with_open = dict(meeting_agenda(minutes, is_first=False, has_open=True))
    without = dict(meeting_agenda(minutes, is_first=False, has_open=False))

    assert without == {
        "arriving": with_open["arriving"],
        "topics": with_open["topics"] + with_open["follow-up"],
        "agreeing": with_open["agreeing"],
        "looking-back": with_open["looking-back"],
    }


@pytest.mark.parametrize(
    ("minutes", "is_first", "kept"),
    [
        (5, True, ["introductions", "backgrounds", "expectations", "goals", "next"]),
        (3, True, ["expectations", "goals", "next"]),
        (1, True, ["expectations"]),
        (5, False, USUAL),
        (4, False, ["arriving", "follow-up", "topics", "agreeing"]),
        (2, False, ["topics", "agreeing"]),
        (1, False, ["topics"]),
    ],
)
def test_in_too_few_minutes_the_least_important_parts_are_left_out(
    minutes: int, *, is_first: bool, kept: list[str]
) -> None:
    slots = meeting_agenda(minutes, is_first=is_first, has_open=True)

    assert slots == [Slot(code, 1) for code in kept]


@given(minutes=a_day, has_open=st.booleans())
def test_no_part_is_longer_than_the_topics(minutes: int, *, has_open: bool) -> None:
    slots = dict(meeting_agenda(minutes, is_first=False, has_open=has_open))

    assert slots["topics"] == max(slots.values())


@pytest.mark.parametrize("minutes", [120, 180, 480, 1440])
def test_a_long_meeting_does_not_arrive_for_hours(minutes: int) -> None:
    usual = dict(meeting_agenda(minutes, is_first=False, has_open=True))
    first = dict(meeting_agenda(minutes, is_first=True, has_open=True))

    assert usual["arriving"] <= 10
    assert usual["looking-back"] <= 15
    assert first["introductions"] <= 20
    assert first["next"] <= 20


@pytest.mark.parametrize("minutes", [0, -5])
def test_no_time_is_no_meeting(minutes: int) -> None:
    with pytest.raises(ValueError, match=str(minutes)):
        meeting_agenda(minutes, is_first=False, has_open=True)
