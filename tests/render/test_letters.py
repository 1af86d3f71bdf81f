"""The messages to a partner: in the pair's language, kind, and silent about why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.cadence import Pause
from mentorlog.domain.pair import Pair
from mentorlog.render import letters

TODAY = date(2026, 11, 22)
UNTIL = date(2027, 1, 10)


def pair(**fields: Any) -> Pair:
    known = {"partner": "Aya Sato", "my_role": "mentor", "started_on": date(2026, 10, 1)}
    return Pair(**known | {"language": "en"} | fields)  # type: ignore[arg-type]


def ended(because: str, **fields: Any) -> str:
    return letters.farewell(pair(**fields).ended(TODAY, because, TODAY))


def test_a_message_about_a_pause_names_both_days() -> None:
    letter = letters.about_a_pause(pair(), Pause(TODAY, UNTIL))

    assert letter.startswith("Hello Aya Sato,\n\n")
    assert "from Sun 22 Nov 2026 and to go on again from Sun 10 Jan 2027." in letter


def test_a_message_about_a_pause_with_no_end_in_sight_promises_to_write() -> None:
    letter = letters.about_a_pause(pair(), Pause(TODAY, None))

    assert "from Sun 22 Nov 2026." in letter
    assert "will write to you" in letter


def test_a_message_about_a_shorter_term_names_its_last_day() -> None:
    letter = letters.about_a_shorter_term(pair(term_ends_on=UNTIL))

    assert "by Sun 10 Jan 2027, earlier than we had planned" in letter


def test_a_mentor_and_a_mentee_write_differently() -> None:
    pause = Pause(TODAY, UNTIL)
    both = [pair(my_role=role, term_ends_on=UNTIL) for role in ("mentor", "mentee")]

    assert len({letters.about_a_pause(each, pause) for each in both}) == 2
    assert len({letters.about_a_pause(each, Pause(TODAY, None)) for each in both}) == 2
    assert len({letters.about_a_shorter_term(each) for each in both}) == 2
    assert (
        len({ended(why, my_role=each.my_role) for each in both for why in ("done", "other")}) == 4
    )


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_why_a_pair_ends_is_told_to_nobody_but_for_what_is_kind(role: str) -> None:
    reasons = {because: ended(because, my_role=role) for because in ("mismatch", "moved", "other")}

    assert len(set(reasons.values())) == 1, "who gets it cannot tell one from another"
    assert "achieved" not in reasons["mismatch"]
    assert "achieved" in ended("done", my_role=role)
    assert all("Thank you" in letter for letter in reasons.values())


def test_a_message_is_in_the_language_of_the_pair() -> None:
    letter = letters.about_a_pause(pair(language="ja"), Pause(TODAY, UNTIL))

    assert "2026年11月22日(日)" in letter
    assert "2027年1月10日(日)" in letter
    assert "Hello" not in letter


def test_a_japanese_name_is_called_politely_and_only_once() -> None:
    names = ("佐藤 彩", "佐藤さん", "田中先生")

    greetings = [
        letters.farewell(pair(language="ja", partner=name).ended(TODAY, "done", TODAY)).split("\n")[
            0
        ]
        for name in names
    ]

    assert greetings == ["佐藤 彩さん", "佐藤さん", "田中先生"]


def test_a_message_is_wrapped_for_a_terminal_and_whole_elsewhere() -> None:
    letter = letters.about_a_shorter_term(pair(term_ends_on=UNTIL))

    narrow = letters.shown(letter, 40).split("\n")

    assert max(len(line) for line in narrow) <= 40
    assert " ".join(narrow).split() == letter.split()
    assert letters.shown(letter, None) == letter


def test_a_name_cannot_steer_the_terminal_out_of_a_message() -> None:
    letter = letters.farewell(pair(partner="A\x1b[2J{day}").ended(TODAY, "other", TODAY))

    assert letter.startswith("Hello A\x1b[2J{day},"), "as it is, for JSON"
    assert letters.shown(letter, None).startswith("Hello A\\x1b[2J{day},")


# Thanks ------------------------------------------------------------------------------------------


def test_thanks_name_what_the_two_may_look_back_on() -> None:
    letter = letters.thanks(pair(), ["She asks first", "Give a talk"], "continue")

    assert letter.startswith("Hello Aya Sato,\n\n")
    assert "\n- She asks first\n- Give a talk\n" in letter
    assert "going on with you" in letter


def test_thanks_with_nothing_to_name_have_no_empty_list() -> None:
    letter = letters.thanks(pair(), [], "end")

    assert "remember" not in letter
    assert "\n\n\n" not in letter


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_thanks_promise_no_more_than_was_decided(role: str) -> None:
    written = {
        decision: letters.thanks(pair(my_role=role), [], decision)
        for decision in ("continue", "extend", "end", None)
    }

    assert [code for code, each in written.items() if "going on with you" in each] == [
        "continue",
        "extend",
    ]
    assert [code for code, each in written.items() if "all the best" in each] == ["end"]
    assert all("thank you" in each for each in written.values())


def test_thanks_differ_by_role() -> None:
    written = {
        letters.thanks(pair(my_role=role), [], decision)
        for role in ("mentor", "mentee")
        for decision in ("continue", "end", None)
    }

    assert len(written) == 6


def test_a_goal_that_was_reached_is_remembered_in_the_language_of_the_pair() -> None:
    assert letters.goal_reached(pair(), "Read {books}") == "That we reached “Read {books}”"


def test_thanks_are_in_the_language_of_the_pair() -> None:
    letter = letters.thanks(pair(language="ja"), ["よく聞く"], "continue")

    assert letter.startswith("Aya Satoさん")
    assert "\n・よく聞く" in letter
