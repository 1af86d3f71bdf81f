"""Pulses are told in threes that stay together, whatever becomes of the rest."""

from __future__ import annotations

from datetime import date

from mentorlog.domain.facts import Felt
from mentorlog.domain.period import Period
from mentorlog.domain.threes import Three, as_told, averaged, threes, within

EVER = Period(date.min, date.max)


def felt(**pulses: int) -> dict[str, Felt]:
    """Return pulses by the names given, each of a day of its own, in that order."""
    return {
        uid: Felt(f"m{place}", date(2026, 11, place), pulse)
        for place, (uid, pulse) in enumerate(pulses.items(), 1)
    }


def names(found: list[Three]) -> list[str]:
    return ["".join(three) for three in found]


def test_what_was_never_told_makes_threes_in_the_order_it_was_written_down() -> None:
    assert names(threes(felt(), [])) == []
    assert names(threes(felt(a=1, b=2), [])) == []
    assert names(threes(felt(a=1, b=2, c=3, d=4, e=1), [])) == ["abc"]
    assert names(threes(felt(a=1, b=2, c=3, d=4, e=1, f=2), [])) == ["abc", "def"]


def test_a_three_that_was_told_stays_together_whatever_is_written_down_before_it() -> None:
    told = [{"b": 2, "c": 3, "d": 4}]

    assert names(threes(felt(a=1, b=2, c=3, d=4, e=1, f=2), told)) == ["bcd", "aef"]


def test_of_a_three_that_no_longer_stands_nothing_is_told_again() -> None:
    told = [{"a": 1, "b": 2, "c": 3}]

    deleted = threes(felt(b=2, c=3, d=4, e=1), told)
    edited = threes(felt(a=1, b=2, c=4, d=4, e=1, f=1), told)

    assert names(deleted) == []
    assert names(edited) == ["def"]


def test_a_three_whose_pulses_are_as_they_were_again_is_told_again() -> None:
    told = [{"a": 1, "b": 2, "c": 3}, {"d": 4, "e": 4, "f": 4}]

    assert names(threes(felt(a=1, b=2, c=3, d=4, e=4), told)) == ["abc"]
    assert names(threes(felt(a=1, b=2, c=3, d=4, e=4, f=4), told)) == ["abc", "def"]


def test_a_three_is_within_a_period_with_all_of_its_days() -> None:
    known = threes(felt(a=1, b=2, c=3, d=4, e=4, f=4), [])

    assert names(within(EVER, known)) == ["abc", "def"]
    assert names(within(Period(date(2026, 11, 2), date(2026, 11, 6)), known)) == ["def"]
    assert names(within(Period(date(2026, 11, 5), date(2026, 11, 6)), known)) == []


def test_an_average_is_of_all_of_them_and_has_no_trend() -> None:
    found = averaged(threes(felt(a=1, b=1, c=2, d=4, e=4, f=4), []))

    assert (len(found.values), found.average, found.trend) == (6, 2.7, None)
    assert averaged([]) == ([], None, None)


def test_it_is_noted_by_what_names_its_pulses_everywhere() -> None:
    (three,) = threes(felt(a=1, b=2, c=3), [])

    assert as_told(three) == {"a": 1, "b": 2, "c": 3}
