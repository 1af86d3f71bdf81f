"""`assess`: the seven skills rated by oneself, and what rose and fell since the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mentorlog.domain.assessment import SKILLS
from tests.cli.talking import Talking, drafts

if TYPE_CHECKING:
    from tests.conftest import Program

# What is asked, in the order of the skills.
QUESTIONS = (
    "How well do you listen",
    "How open are you",
    "keep time for meetings",
    "stay between the two of you",
    "How do you take feedback",
    "setting goals",
    "want to learn",
)


def assessments(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.ok("log", "--kind", "assessment", "--json").json
    return found


# By options --------------------------------------------------------------------------------------


def test_all_ratings_of_one_call_make_one_record(written: Program) -> None:
    rated = {skill: place % 5 + 1 for place, skill in enumerate(SKILLS)}
    words = [word for skill, rating in rated.items() for word in (f"--{skill}", str(rating))]

    kept = written.ok("assess", "ken", *words, "--on", "yesterday", "--json").json

    assert (kept["id"], kept["pair"], kept["rated_on"]) == ("k1", "p2", "2026-11-21")
    assert kept["ratings"] == rated
    assert kept["visibility"] == "private"
    assert assessments(written) == [kept]


def test_a_skill_that_was_not_rated_is_not_there(written: Program) -> None:
    kept = written.ok("assess", "-p", "ken", "--learning", "５", "--privacy", "2", "--json").json

    assert kept["ratings"] == {"privacy": 2, "learning": 5}


def test_what_is_said_after_names_the_skills_and_the_day(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    said = mentorlog.ok("assess", "--communication", "4", "--keeping-time", "2")

    assert said.out == "k1  ▦ communication 4, keeping time for meetings 2 · Sun 22 Nov 2026\n"
    assert said.err == "To take this back: mentorlog undo\n"


def test_what_rose_and_what_fell_is_said_against_the_last_rating_of_each_skill(
    mentorlog: Program,
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor", "--on", "2026-10-01")
    mentorlog.ok("assess", "--communication", "3", "--learning", "5", "--on", "2026-10-01")
    mentorlog.ok("assess", "--privacy", "2", "--open-mind", "2", "--on", "2026-11-01")

    words = ["--communication", "4", "--open-mind", "2", "--privacy", "3", "--learning", "4"]
    said = mentorlog.ok("assess", *words, "--keeping-time", "1").out.splitlines()

    assert said[1:] == [
        "    higher than last time: communication 3 → 4, understanding privacy 2 → 3",
        "    lower than last time: wanting to learn 5 → 4",
    ]


def test_an_assessment_of_an_earlier_day_is_compared_with_those_before_that_day(
    mentorlog: Program,
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor", "--on", "2026-10-01")
    mentorlog.ok("assess", "--communication", "1", "--on", "2026-10-01")
    mentorlog.ok("assess", "--communication", "5", "--on", "2026-11-01")

    said = mentorlog.ok("assess", "--communication", "2", "--on", "2026-10-15").out.splitlines()

    assert said[1:] == ["    higher than last time: communication 1 → 2"]


def test_what_is_rated_as_before_and_another_pair_are_no_change(written: Program) -> None:
    written.ok("assess", "ken", "--communication", "3")

    as_before = written.ok("assess", "ken", "--communication", "3").out
    of_another = written.ok("assess", "Aya Sato", "--communication", "5").out

    assert as_before.count("\n") == of_another.count("\n") == 1


def test_assessing_is_one_command_to_undo(written: Program) -> None:
    written.ok("assess", "ken", "--communication", "3", "--learning", "4")

    written.ok("undo")

    assert assessments(written) == []
    assert [each["command"] for each in written.ok("history", "--json").json][:2] == [
        "undo", "assess"
    ]  # fmt: skip


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["9", "0", "6", "-1", "2.5", "four", "4/5"])
def test_a_rating_that_is_none_is_refused_with_what_works(written: Program, rating: str) -> None:
    before = written.journal.read_bytes()

    refused = written("assess", "ken", "--privacy", "3", "--communication", rating)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        f"mentorlog: “{rating}” will not do for communication: a whole number from 1 to 5.\n"
    )
    assert written.journal.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["ken"], 2, "mentorlog assess --communication 4"),
        (["ken", "--on", "yesterday"], 2, "mentorlog assess --communication 4"),
        (["ken", "--communication", ""], 2, "mentorlog assess --communication 4"),
        (["ken", "--learning", "3", "--on", "tomorrow"], 2, "still to come"),
        (["ken", "--learning", "3", "--on", "soon"], 2, "These work:"),
        (["--learning", "3"], 1, "Aya Sato (p1), Ayako Mori (p2)"),
        (["Nobody", "--learning", "3"], 1, "mentorlog pair list"),
        (["ken", "-p", "Aya Sato", "--learning", "3"], 2, "Two pairs are named"),
        (["ken", "--patience", "3"], 2, "mentorlog assess --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_refusal_says_what_works_and_writes_nothing(
    written: Program, words: list[str], code: int, says: str
) -> None:
    before = written.journal.read_bytes()

    refused = written("assess", *words)

    assert (refused.code, refused.out, refused.err.count("\n")) == (code, "", 1)
    assert says in refused.err
    assert written.journal.read_bytes() == before


def test_the_help_page_has_an_option_for_each_skill_with_its_question(mentorlog: Program) -> None:
    page = " ".join(mentorlog.ok("assess", "--help").out.split())

    missing = [skill for skill in SKILLS if f"--{skill} 1-5 How " not in page]

    assert missing == []


# At a terminal -----------------------------------------------------------------------------------


def test_the_seven_are_asked_one_at_a_time_and_enter_skips(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("assess", "--on", "yesterday")
    for question, answer in zip(QUESTIONS, ("4", "", "３", "9", "", "5", ""), strict=True):
        person.answers(question, answer)
        if answer == "9":
            person.answers("a whole number from 1 to 5", "2")
    code = person.ends()

    (kept,) = assessments(mentorlog)
    assert code == 0
    assert kept["ratings"] == {
        "communication": 4, "keeping-time": 3, "privacy": 2, "setting-goals": 5
    }  # fmt: skip
    assert kept["rated_on"] == "2026-11-21"
    assert drafts(mentorlog) == []


def test_the_last_rating_is_a_hint_and_no_default(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    mentorlog.ok("assess", "--communication", "3", "--learning", "2")

    person = talk("assess")
    person.hears("1 = we often talk past each other · 5 = what is said arrives · last time 3")
    for _ in QUESTIONS[:-1]:
        person.says()
    person.answers("last time 2", "4")
    code = person.ends()

    assert code == 0
    assert mentorlog.ok("show", "k2", "--json").json["ratings"] == {"learning": 4}


def test_skipping_all_of_them_keeps_nothing(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("assess")
    for question in QUESTIONS:
        person.answers(question, "")
    person.hears("Nothing was kept")
    code = person.ends()

    assert code == 130
    assert assessments(mentorlog) == []
    assert drafts(mentorlog) == []


def test_ctrl_c_keeps_the_ratings_so_far_and_the_same_command_goes_on(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("assess")
    for question, answer in zip(QUESTIONS[:3], ("4", "", "3"), strict=True):
        person.answers(question, answer)
    person.hears(QUESTIONS[3])
    person.presses("\x03")
    person.hears("to go on: mentorlog assess p1")
    stopped = person.ends()
    nothing_kept = assessments(mentorlog)
    mentorlog.today = "2026-11-25"
    again = talk("assess", "Aya")
    again.answers("Go on with it?", "y")
    for question in QUESTIONS[3:]:
        again.answers(question, "5" if question == QUESTIONS[-1] else "")
    code = again.ends()

    (kept,) = assessments(mentorlog)
    assert (stopped, nothing_kept, code) == (130, [], 0)
    assert kept["ratings"] == {"communication": 4, "keeping-time": 3, "learning": 5}
    assert kept["rated_on"] == "2026-11-22", "the day it was begun on"
    assert drafts(mentorlog) == []


def test_no_input_never_asks_even_at_a_terminal(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("assess", "--no-input")

    person.hears("mentorlog assess --communication 4")
    assert person.ends() == 2
