"""The phase a pair is in: before the first meeting, in the middle, looking back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.domain.phases import phase_of
from mentorlog.domain.reflection import PHASES

TODAY = date(2026, 11, 22)
ENDS_ON = date(2026, 12, 6)  # in two weeks


def pair(**fields: Any) -> Pair:
    return Pair(partner="Aya", my_role="mentor", started_on=date(2026, 6, 1), **fields)


@pytest.mark.parametrize("term_ends_on", [None, date(2027, 3, 1), ENDS_ON, date(2026, 7, 1)])
def test_before_the_first_meeting_there_are_expectations(term_ends_on: date | None) -> None:
    phase = phase_of(pair(term_ends_on=term_ends_on), TODAY, has_met=False)

    assert phase == "expectation"


@pytest.mark.parametrize("term_ends_on", [None, date(2026, 12, 7), date.max])
def test_with_meetings_behind_and_more_to_come_one_is_in_the_middle(
    term_ends_on: date | None,
) -> None:
    phase = phase_of(pair(term_ends_on=term_ends_on), TODAY, has_met=True)

    assert phase == "immersion"


@pytest.mark.parametrize("term_ends_on", [ENDS_ON, TODAY, date(2026, 11, 21), date(2026, 7, 1)])
def test_within_two_weeks_of_the_end_and_after_it_one_looks_back(term_ends_on: date) -> None:
    phase = phase_of(pair(term_ends_on=term_ends_on), TODAY, has_met=True)

    assert phase == "looking-back"


@pytest.mark.parametrize("has_met", [True, False])
def test_a_pair_that_has_ended_is_looked_back_on(has_met: bool) -> None:
    ended = pair(term_ends_on=date(2027, 3, 1), state="ended", ended_because="moved")

    assert phase_of(ended, TODAY, has_met=has_met) == "looking-back"


@pytest.mark.parametrize(("has_met", "phase"), [(True, "immersion"), (False, "expectation")])
def test_a_paused_pair_is_as_far_as_it_was(has_met: bool, phase: str) -> None:
    paused = pair(term_ends_on=ENDS_ON, state="paused")

    assert phase_of(paused, TODAY, has_met=has_met) == phase


def test_every_phase_is_one_a_reflection_can_have() -> None:
    found = {
        phase_of(pair(term_ends_on=end), TODAY, has_met=has_met)
        for end in (None, ENDS_ON)
        for has_met in (True, False)
    }

    assert found == set(PHASES)
