"""Records: what their fields take, what they refuse, and the moves from one state to the next."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair, named
from mentorlog.domain.question import Question
from mentorlog.errors import AmbiguousPair, InvalidValue, NotPossible

DAY = date(2026, 11, 22)


def meeting(**fields: object) -> Meeting:
    return Meeting(**{"pair": "p1", "held_on": DAY} | fields)  # type: ignore[arg-type]


def action(**fields: object) -> Action:
    return Action(**{"pair": "p1", "text": "read", "owner": "me"} | fields)  # type: ignore[arg-type]


def pair(name: str, **fields: object) -> Pair:
    return Pair(**{"partner": name, "my_role": "mentee", "started_on": DAY} | fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"pulse": 0}, "not-a-number"),
        ({"pulse": 5}, "not-a-number"),
        ({"pulse": True}, "not-a-number"),
        ({"minutes": 0}, "not-a-number"),
        ({"channel": "pigeon"}, "not-a-choice"),
        ({"held_on": None}, "required"),
        ({"held_on": "2026-11-22"}, "not-a-day"),
        ({"next_on": DAY}, "not-after-the-meeting"),
        ({"start_time": "24:00"}, "not-a-clock"),
        ({"start_time": "9:05"}, "not-a-clock"),
        ({"start_time": "she cried"}, "not-a-clock"),
        ({"summary": "\ud800"}, "text-not-unicode"),
        ({"notes": "a\x00b"}, "text-has-nul"),
        ({"topics": ("two\nlines",)}, "one-line-only"),
        ({"visibility": None}, "required"),
        ({"is_kickoff": None}, "required"),
    ],
)
def test_a_field_refuses_what_it_cannot_hold_and_says_why(
    fields: dict[str, object], reason: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        meeting(**fields)

    assert caught.value.reason == reason
    assert [caught.value.field] == list(fields)


def test_text_is_kept_as_typed_but_for_its_line_ends() -> None:
    kept = meeting(summary="  a\r\nb\rc \t", notes=" \n ", topics=(" x ", ""))

    assert kept.summary == "  a\nb\nc \t"
    assert kept.notes is None, "blank is not known"
    assert kept.topics == ("x",)


def test_a_record_never_changes() -> None:
    kept = meeting()

    with pytest.raises(dataclasses.FrozenInstanceError):
        kept.pulse = 3  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del kept.pulse
    assert kept.pulse is None


def test_a_field_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="no field mood"):
        meeting(mood="good")


def test_records_are_equal_when_all_they_hold_is() -> None:
    first = meeting(uid="0" * 32)

    assert first == meeting(uid="0" * 32)
    assert first != meeting(uid="1" * 32)
    assert first != first.with_changes(pulse=3)
    assert first.with_changes(pulse=3).uid == first.uid


def test_what_a_record_prints_has_no_text_of_its_own() -> None:
    assert repr(meeting(id="m3", summary="secret")) == "<meeting m3>"


def test_an_action_is_done_on_a_day_with_its_outcome() -> None:
    done = action().done(DAY, "it helped")

    assert (done.state, done.done_on, done.outcome) == ("done", DAY, "it helped")
    assert not done.is_open


def test_an_action_that_is_closed_cannot_be_closed_again() -> None:
    for closed in (action().done(DAY), action().dropped()):
        with pytest.raises(NotPossible, match="action-not-open"):
            closed.done(DAY)
        with pytest.raises(NotPossible, match="action-not-open"):
            closed.dropped()


def test_an_action_opened_again_keeps_what_was_said_of_it() -> None:
    again = action().done(DAY, "half of it").reopened()

    assert (again.state, again.done_on, again.outcome) == ("open", None, "half of it")
    with pytest.raises(NotPossible, match="action-open-already"):
        again.reopened()


def test_advice_waits_until_its_outcome_is_told() -> None:
    advice = action(is_advice=True)

    done = advice.done(DAY)
    told = done.told("it worked", date(2026, 12, 6), "m2")

    assert advice.is_untold
    assert done.is_untold, "done is not told"
    assert not told.is_untold
    assert (told.state, told.done_on, told.told_in) == ("done", DAY, "m2")


def test_only_advice_that_was_not_dropped_can_be_told() -> None:
    with pytest.raises(NotPossible, match="not-advice"):
        action().told("well", DAY)
    with pytest.raises(NotPossible, match="action-not-open"):
        action(is_advice=True).dropped().told("well", DAY)


@pytest.mark.parametrize(
    ("due", "state", "is_late"),
    [
        (date(2026, 11, 21), "open", True),
        (DAY, "open", False),
        (None, "open", False),
        (date(2026, 11, 21), "done", False),
    ],
)
def test_an_action_is_overdue_from_the_day_after_it_was_due(
    due: date | None, state: str, *, is_late: bool
) -> None:
    assert action(due_on=due, state=state).is_overdue(DAY) is is_late


def test_a_question_is_raised_once() -> None:
    raised = Question(pair="p1", text="how?", asked_on=DAY).raised("m2", "so")

    assert (raised.state, raised.raised_in, raised.answer) == ("raised", "m2", "so")
    with pytest.raises(NotPossible, match="question-not-open"):
        raised.raised("m3", None)


def test_a_pair_is_found_by_its_name_alias_or_id_in_any_case_and_width() -> None:
    alice, tanaka = pair("Alice Young", id="p1", alias="al"), pair("田中 恵子", id="p2")
    katakana = pair("カナ", id="p3")
    known = [alice, tanaka, katakana]

    for typed in ("alice young", "ALICE", "Ａｌｉ", "al", "p1", "P1", " alice  young "):
        assert named(known, typed) is alice, typed
    for typed in ("田", "田中", "田中　恵子"):
        assert named(known, typed) is tanaka, typed
    assert named(known, "ｶﾅ") is katakana
    assert named(known, "bob") is None
    assert named(known, "") is None


def test_a_whole_name_goes_before_the_beginning_of_a_longer_one() -> None:
    ann, anna = pair("Ann", id="p1"), pair("Anna", id="p2")

    assert named([ann, anna], "ann") is ann
    with pytest.raises(AmbiguousPair) as caught:
        named([ann, anna], "an")
    assert caught.value.candidates == (("p1", "Ann"), ("p2", "Anna"))


def test_a_pair_that_has_ended_gives_way_to_one_that_has_not() -> None:
    before, now = pair("Alice", id="p1", state="ended"), pair("Alina", id="p2")

    assert named([before, now], "al") is now
    assert named([before, now], "alice") is before


@pytest.mark.parametrize(
    ("fields", "handle"),
    [
        ({"alias": "dan"}, "dan"),
        ({"alias": None}, "p7"),
        ({"alias": "森下"}, "森下"),
        ({"alias": "a;b"}, "p7"),
        ({"alias": "-x"}, "p7"),
    ],
)
def test_the_handle_of_a_pair_is_safe_to_type_in_a_shell(
    fields: dict[str, object], handle: str
) -> None:
    assert pair("Daniel Osei", id="p7", **fields).handle == handle


def test_a_term_cannot_end_before_it_begins() -> None:
    with pytest.raises(InvalidValue, match="before-the-start"):
        pair("Alice", term_ends_on=DAY)
