"""Feedback, strengths, assessments, agreements: what they take, what they refuse, how they move."""

from __future__ import annotations

from datetime import date

import pytest

from mentorlog.domain.agreement import TERMS, Agreement
from mentorlog.domain.assessment import SKILLS, Assessment, Change, last_ratings
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.record import shapes
from mentorlog.domain.strength import Strength
from mentorlog.errors import InvalidValue, NotPossible

DAY = date(2026, 11, 22)


def feedback(**fields: object) -> Feedback:
    said = {"id": "f1", "pair": "p1", "direction": "received", "said_on": DAY, "text": "Too fast"}
    return Feedback(**said | fields)  # type: ignore[arg-type]


def assessment(**ratings: object) -> Assessment:
    by_skill = {name.replace("_", "-"): rating for name, rating in ratings.items()}
    return Assessment(pair="p1", rated_on=DAY, ratings=by_skill)  # type: ignore[arg-type]


# Feedback ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "will_change", "did_change", "is_open"),
    [
        ("received", None, None, True),
        ("received", "Speak slower", None, True),
        ("received", None, "Nothing needed to", False),
        ("received", "Speak slower", "I do", False),
        ("given", None, None, False),
        ("given", "Come in time", None, True),
        ("given", "Come in time", "They do", False),
        ("given", None, "They do", False),
    ],
)
def test_feedback_is_open_while_a_change_is_awaited(
    direction: str, will_change: str | None, did_change: str | None, *, is_open: bool
) -> None:
    said = feedback(direction=direction, will_change=will_change, did_change=did_change)

    assert said.is_open is is_open


def test_feedback_keeps_what_did_change_and_what_will_each_by_itself() -> None:
    meant = feedback().changed(None, "Speak slower")
    done = meant.changed("I do")

    assert (meant.will_change, meant.did_change) == ("Speak slower", None)
    assert (done.will_change, done.did_change) == ("Speak slower", "I do")
    assert done.uid == meant.uid


def test_of_what_feedback_changed_the_last_word_counts() -> None:
    twice = feedback().changed("A little", "Speak slower").changed("A lot")

    assert (twice.will_change, twice.did_change) == ("Speak slower", "A lot")


def test_feedback_that_says_so_already_is_not_changed_again() -> None:
    done = feedback().changed("I do", "Speak slower")

    for again in (("I do", None), (None, "Speak slower"), ("I do", "Speak slower"), (None, None)):
        with pytest.raises(NotPossible, match="nothing-revised"):
            done.changed(*again)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"direction": "heard"}, "not-a-choice"),
        ({"direction": None}, "required"),
        ({"text": " \n"}, "required"),
        ({"said_on": None}, "required"),
    ],
)
def test_feedback_refuses_what_it_cannot_hold(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        feedback(**fields)


# Assessments -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", [0, 6, 9, -1, 2.5, "4", True, 4.0])
def test_a_rating_is_a_whole_number_from_1_to_5(rating: object) -> None:
    with pytest.raises(InvalidValue, match="not-a-number") as caught:
        assessment(learning=rating)

    assert (caught.value.field, caught.value.allowed) == ("ratings.learning", ("1", "5"))


def test_an_assessment_rates_at_least_one_of_the_seven_skills() -> None:
    with pytest.raises(InvalidValue, match="required"):
        assessment()
    with pytest.raises(InvalidValue, match="not-a-key"):
        assessment(patience=3)


def test_ratings_stand_in_the_order_of_the_skills_however_they_were_given() -> None:
    rated = assessment(learning=2, communication=5, privacy=1)

    assert list(rated.ratings) == ["communication", "privacy", "learning"]


def test_an_assessment_can_never_be_shared() -> None:
    assert shapes(Assessment)["visibility"].choices == ("private",)
    with pytest.raises(InvalidValue, match="not-a-choice"):
        assessment(learning=2).with_changes(visibility="shared")


def test_the_last_rating_of_a_skill_stands_until_it_is_rated_again() -> None:
    in_order = [
        assessment(communication=2, learning=5),
        assessment(communication=3, privacy=1),
        assessment(communication=4),
    ]

    assert last_ratings(in_order) == {"communication": 4, "privacy": 1, "learning": 5}
    assert last_ratings([]) == {}


def test_only_what_is_rated_otherwise_has_changed() -> None:
    before = {"communication": 3, "open-mind": 3, "learning": 5}

    changes = assessment(communication=4, open_mind=3, privacy=1, learning=4).since(before)

    assert changes == [Change("communication", 3, 4), Change("learning", 5, 4)]
    assert [each.is_rise for each in changes] == [True, False]


def test_there_are_the_seven_skills_of_the_design() -> None:
    assert SKILLS == (
        "communication", "open-mind", "keeping-time", "privacy", "accepting-feedback",
        "setting-goals", "learning",
    )  # fmt: skip


# Strengths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "direction", "is_same"),
    [
        ("running meetings", "offered", True),
        ("Ｒｕｎｎｉｎｇ  Meetings ", "offered", True),
        ("Running meetings", "wanted", False),
        ("Running a meeting", "offered", False),
    ],
)
def test_an_area_is_the_same_in_any_case_width_and_spacing(
    area: str, direction: str, *, is_same: bool
) -> None:
    known = Strength(area="Running meetings")

    assert known.is_same_as(Strength(area=area, direction=direction)) is is_same


def test_a_strength_is_offered_unless_it_is_wanted_and_stays_private() -> None:
    strength = Strength(area=" Drawing ")

    assert (strength.area, strength.direction, strength.evidence) == ("Drawing", "offered", None)
    with pytest.raises(InvalidValue, match="not-a-choice"):
        strength.with_changes(visibility="shared")
    with pytest.raises(InvalidValue, match="one-line-only"):
        strength.with_changes(area="two\nlines")
    with pytest.raises(InvalidValue, match="required"):
        strength.with_changes(area=" ")


# Agreements --------------------------------------------------------------------------------------


def test_an_agreement_may_leave_any_of_its_terms_open() -> None:
    agreement = Agreement(pair="p1", agreed_on=DAY, boundaries="No calls at night")

    assert [name for name in TERMS if getattr(agreement, name) is not None] == ["boundaries"]
    assert agreement.remarks is None


def test_the_terms_of_an_agreement_are_its_fields_in_order_and_remarks_are_none_of_them() -> None:
    fields = [name for name, shape in shapes(Agreement).items() if shape.holds == "text"]

    assert fields == [*TERMS, "remarks"]
