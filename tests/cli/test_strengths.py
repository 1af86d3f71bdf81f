"""`strength`: what one can offer and what one wants to learn, each area once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.talking import Talking, drafts, editor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Program


def areas(program: Program, *words: str) -> list[tuple[str, str]]:
    found = program.ok("strength", "list", *words, "--json").json
    return [(each["direction"], each["area"]) for each in found]


def test_a_strength_is_offered_unless_it_is_wanted_and_belongs_to_no_pair(
    mentorlog: Program,
) -> None:
    words = ["Running meetings", "--evidence", "Weekly,\nfor two years"]

    offered = mentorlog.ok("strength", "add", *words, "--json").json
    wanted = mentorlog.ok("strength", "add", "Saying no", "--wanted", "--json").json

    assert (offered["id"], offered["direction"]) == ("s1", "offered")
    assert offered["evidence"] == "Weekly,\nfor two years"
    assert (wanted["direction"], wanted["evidence"]) == ("wanted", None)
    assert "pair" not in offered
    assert offered["visibility"] == wanted["visibility"] == "private"


def test_the_list_is_grouped_by_what_is_offered_and_what_is_wanted(mentorlog: Program) -> None:
    mentorlog.ok("strength", "add", "Saying no", "--wanted")
    mentorlog.ok("strength", "add", "Running meetings", "--evidence", "Weekly")
    mentorlog.ok("strength", "add", "Drawing", "--offered")

    shown = mentorlog.ok("strength", "list").out
    only_wanted = mentorlog.ok("strength", "list", "--wanted").out

    assert shown == (
        "What I can offer\n"
        "  s2  ✦ Running meetings · Weekly\n"
        "  s3  ✦ Drawing\n"
        "What I want to learn\n"
        "  s1  ✦ Saying no\n"
    )
    assert only_wanted == "What I want to learn\n  s1  ✦ Saying no\n"
    assert areas(mentorlog, "--offered") == [
        ("offered", "Running meetings"),
        ("offered", "Drawing"),
    ]


def test_an_empty_list_says_how_to_begin_and_succeeds(mentorlog: Program) -> None:
    listed = mentorlog("strength", "list")

    assert (listed.code, listed.out) == (0, "")
    assert listed.err == "None yet. Add one: mentorlog strength add AREA\n"
    assert areas(mentorlog) == []


def test_an_area_that_is_there_is_refused_with_the_command_that_changes_it(
    mentorlog: Program,
) -> None:
    mentorlog.ok("strength", "add", "Running meetings")
    before = mentorlog.journal.read_bytes()

    refused = mentorlog("strength", "add", "ｒｕｎｎｉｎｇ  MEETINGS")

    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert "mentorlog edit s1" in refused.err
    assert mentorlog.journal.read_bytes() == before


def test_one_area_can_be_both_offered_and_wanted(mentorlog: Program) -> None:
    mentorlog.ok("strength", "add", "Drawing")

    mentorlog.ok("strength", "add", "drawing", "--wanted")

    assert areas(mentorlog) == [("offered", "Drawing"), ("wanted", "drawing")]


def test_adding_is_one_command_to_undo_and_what_was_taken_back_can_be_added_again(
    mentorlog: Program,
) -> None:
    mentorlog.ok("strength", "add", "Drawing")
    mentorlog.ok("undo")
    gone = areas(mentorlog)

    mentorlog.ok("strength", "add", "Drawing")

    assert gone == []
    assert areas(mentorlog) == [("offered", "Drawing")]
    assert mentorlog.ok("history", "--json").json[0]["command"] == "strength add"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["add"], "The text is missing"),
        (["add", ""], "The text is missing"),
        (["add", " "], "area cannot be empty"),
        (["add", "two\nlines"], "on one line"),
        (["add", "Drawing", "--offered", "--wanted"], "--offered or --wanted, not both"),
        (["list", "--offered", "--wanted"], "--offered or --wanted, not both"),
        (["add", "--edit"], "needs a terminal"),
        (["add", "running", "meetings"], "more words than this command takes"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_refusal_says_what_works_and_makes_no_journal(
    mentorlog: Program, words: list[str], says: str
) -> None:
    refused = mentorlog("strength", *words)

    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert says in refused.err
    assert not mentorlog.journal.exists()


# At a terminal -----------------------------------------------------------------------------------


def test_whoever_names_no_area_is_asked_and_only_for_what_was_not_given(
    mentorlog: Program, talk: Talking
) -> None:
    person = talk("strength", "add", "--wanted")
    person.answers("Which area is it?", "Saying no")
    person.answers("What makes you say so?", "")
    code = person.ends()

    assert code == 0
    assert areas(mentorlog) == [("wanted", "Saying no")]
    assert drafts(mentorlog) == []


def test_an_area_that_is_there_is_asked_for_again_and_can_be_mended(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("strength", "add", "Drawing")

    person = talk("strength", "add")
    person.answers("Which area is it?", "drawing")
    person.answers("Can you offer it", "")
    person.answers("What makes you say so?", "")
    person.hears("mentorlog edit s1")
    person.answers("Which area is it?", "\x15Painting")
    person.answers("Can you offer it", "WANTED")
    person.answers("What makes you say so?", "")
    code = person.ends()

    assert code == 0
    assert areas(mentorlog) == [("offered", "Drawing"), ("wanted", "Painting")]


def test_ctrl_c_keeps_what_was_said_and_the_same_command_goes_on(
    mentorlog: Program, talk: Talking
) -> None:
    person = talk("strength", "add", "--wanted")
    person.answers("Which area is it?", "Saying no")
    person.hears("What makes you say so?")
    person.presses("\x03")
    person.hears("to go on: mentorlog strength add")
    stopped = person.ends()
    again = talk("strength", "add")
    again.answers("Go on with it?", "y")
    again.answers("What makes you say so?", "I never do")
    code = again.ends()

    kept = mentorlog.ok("show", "s1", "--json").json
    assert (stopped, code) == (130, 0)
    assert (kept["area"], kept["direction"]) == ("Saying no", "wanted")
    assert kept["evidence"] == "I never do"
    assert drafts(mentorlog) == []


def test_a_strength_can_be_written_in_an_editor(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    write = editor(tmp_path, 'printf "#: evidence\\nTwo\\nlines\\n" >> "$1"')

    code = talk("strength", "add", "Drawing", "--edit", EDITOR=write).ends()

    kept = mentorlog.ok("show", "s1", "--json").json
    assert code == 0
    assert (kept["area"], kept["evidence"]) == ("Drawing", "Two\nlines")
