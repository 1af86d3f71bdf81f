"""Values as people type them: numbers, choices and yes or no, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.record import shapes
from mentorlog.errors import InvalidValue
from mentorlog.forms.values import is_yes, parse_value

DAY = date(2026, 11, 22)


def read(name: str, typed: str) -> object:
    return parse_value(name, shapes(Meeting)[name], typed, DAY)


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("pulse", "4", 4),
        ("pulse", " ３ ", 3),
        ("minutes", "090", 90),
        ("minutes", "", None),
        ("channel", "online", "online"),
        ("channel", "In Person", "in-person"),
        ("channel", "in-person", "in-person"),
        ("next_on", "+2w", date(2026, 12, 6)),
        ("start_time", "14時半", "14:30"),
        ("topics", "a, b;c、d\ne", ("a, b", "c", "d", "e")),
        ("topics", " ", ()),
        ("is_kickoff", "はい", True),
        ("is_kickoff", "No", False),
        ("summary", "as it is ", "as it is "),
        ("pair", "P1", "p1"),
    ],
)
def test_a_value_is_read_as_it_is_meant(name: str, typed: str, meant: object) -> None:
    assert read(name, typed) == meant


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("pulse", "5", "not-a-number"),
        ("pulse", "0", "not-a-number"),
        ("pulse", "-1", "not-a-number"),
        ("pulse", "3.5", "not-a-number"),
        ("pulse", "four", "not-a-number"),
        ("minutes", "9" * 5000, "not-a-number"),
        ("channel", "pigeon", "not-a-choice"),
        ("is_kickoff", "perhaps", "not-a-flag"),
        ("next_on", "soon", "day-unknown"),
        ("start_time", "25:00", "clock-unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_kept(
    name: str, typed: str, reason: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        read(name, typed)

    assert (caught.value.field, caught.value.reason) == (name, reason)


def test_yes_and_no_are_understood_in_both_languages() -> None:
    assert all(is_yes("answer", typed) for typed in ("y", "YES", "はい", "１"))
    assert not any(is_yes("answer", typed) for typed in ("n", "No", "いいえ", "0"))
