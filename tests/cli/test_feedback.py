"""`feedback`: given and received, what will change, what did, and what is still open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.talking import Talking, drafts, editor

if TYPE_CHECKING:
    from tests.conftest import Program

UNDO = "To take this back: mentorlog undo\n"


# Kept --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "direction"), [("give", "given"), ("receive", "received")], ids=["give", "receive"]
)
def test_feedback_is_kept_with_its_direction_its_day_and_what_will_change(
    written: Program, command: str, direction: str
) -> None:
    short = written.ok("feedback", command, "ken", "Well asked", "--json").json
    words = ["-p", "ken", "Too fast", "--will-change", "Pause", "--on", "last fri", "--share"]
    full = written.ok("feedback", command, *words, "--json").json

    assert (short["pair"], short["direction"], short["text"]) == ("p2", direction, "Well asked")
    assert (short["said_on"], short["visibility"]) == ("2026-11-22", "private")
    assert (short["will_change"], short["did_change"]) == (None, None)
    assert (full["said_on"], full["visibility"]) == ("2026-11-20", "shared")
    assert (full["will_change"], full["did_change"]) == ("Pause", None)


def test_the_text_comes_from_standard_input_and_one_pair_needs_no_name(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    kept = mentorlog.ok("feedback", "receive", "-", "--json", stdin="Two\nlines\n").json
    named = mentorlog.ok("feedback", "give", "aya", "One", "--json").json

    assert (kept["text"], kept["pair"]) == ("Two\nlines", "p1")
    assert (named["text"], named["pair"]) == ("One", "p1")


def test_what_is_said_after_names_the_day_and_how_to_close_what_is_open(written: Program) -> None:
    received = written.ok("feedback", "receive", "ken", "Too fast", "--on", "yesterday")
    given = written.ok("feedback", "give", "ken", "Well asked")
    meant = written.ok("feedback", "give", "ken", "Late", "--will-change", "An alarm", "--share")

    assert received.out == "f1  ✉ Too fast · received · Sat 21 Nov 2026\n"
    close = "Once it is known what changed: mentorlog feedback change f1\n"
    assert received.err == UNDO + close
    assert given.out == "f2  ✉ Well asked · given · Sun 22 Nov 2026\n"
    assert given.err == UNDO, "nothing needs to change, and nothing is open"
    assert meant.out == ("f3  ✉ Late · given · will change: An alarm · shared · Sun 22 Nov 2026\n")


def test_that_received_feedback_goes_out_to_nobody_is_said_to_whoever_shares_it(
    written: Program,
) -> None:
    received = written.ok("feedback", "receive", "ken", "Too fast", "--share")
    given = written.ok("feedback", "give", "ken", "Well asked", "--share")

    assert "no export for others" in received.err
    assert "no export for others" not in given.err


def test_giving_feedback_is_one_command_to_undo(written: Program) -> None:
    written.ok("feedback", "give", "ken", "Well asked", "--will-change", "More of it")
    kept = written.ok("feedback", "list", "--json").json

    written.ok("undo")
    undone = written.ok("feedback", "list", "--all", "--json").json
    written.ok("redo")

    assert undone == []
    assert written.ok("feedback", "list", "--json").json == kept
    assert written.ok("history", "--json").json[2]["command"] == "feedback give"


# Changed -----------------------------------------------------------------------------------------


def test_what_did_change_closes_it_and_what_will_keeps_it_open(written: Program) -> None:
    written.ok("feedback", "receive", "ken", "Too fast")

    meant = written.ok("feedback", "change", "f1", "--will", "Pause", "--json").json
    open_then = [each["id"] for each in written.ok("feedback", "list", "--json").json]
    changed = written.ok("feedback", "change", "F1", "I pause now", "--json").json
    open_now = written.ok("feedback", "list", "--json").json

    assert (meant["will_change"], meant["did_change"]) == ("Pause", None)
    assert (changed["will_change"], changed["did_change"]) == ("Pause", "I pause now")
    assert (open_then, open_now) == (["f1"], [])


def test_both_are_said_at_once_and_the_text_may_come_from_standard_input(written: Program) -> None:
    written.ok("feedback", "receive", "ken", "Too fast")

    words = ["feedback", "change", "f1", "-", "--will", "Pause", "--json"]
    changed = written.ok(*words, stdin="I do\nmostly\n").json

    assert (changed["will_change"], changed["did_change"]) == ("Pause", "I do\nmostly")
    assert written.ok("history", "--json").json[0]["command"] == "feedback change"


def test_that_nothing_needed_to_change_is_an_answer_like_any_other(written: Program) -> None:
    written.ok("feedback", "receive", "ken", "Your pen is red")

    written.ok("feedback", "change", "f1", "Nothing needed to")

    assert written.ok("feedback", "list", "--json").json == []


def test_what_it_says_already_is_refused_because_undo_would_take_another_command(
    written: Program,
) -> None:
    written.ok("feedback", "receive", "ken", "Too fast")
    written.ok("feedback", "change", "f1", "I pause now")
    before = written.journal.read_bytes()

    refused = written("feedback", "change", "f1", "I pause now")

    assert (refused.code, refused.out) == (1, "")
    assert "f1 says that already" in refused.err
    assert written.journal.read_bytes() == before


# Listed ------------------------------------------------------------------------------------------


def test_open_feedback_is_listed_newest_first_and_the_rest_with_all(written: Program) -> None:
    written.ok("feedback", "give", "ken", "Well asked")
    written.ok("feedback", "receive", "ken", "Too fast", "--on", "-3d", "--will-change", "Pause")
    written.ok("feedback", "receive", "Aya Sato", "Too long")

    shown = written.ok("feedback", "list").out.splitlines()
    of_one = written.ok("feedback", "list", "ken", "--all").out.splitlines()
    limited = written.ok("feedback", "list", "--all", "--limit", "2", "--json").json

    assert shown == [
        "f3  Aya Sato  ✉ Too long · received",
        "f2  ken       ✉ Too fast · received · will change: Pause",
    ]
    assert of_one == ["f2  ✉ Too fast · received · will change: Pause", "f1  ✉ Well asked · given"]
    assert [each["id"] for each in limited] == ["f3", "f2"]


def test_a_list_with_nothing_in_it_says_so_and_succeeds(mentorlog: Program) -> None:
    open_ones = mentorlog("feedback", "list")
    all_of_it = mentorlog("feedback", "list", "--all")

    assert (open_ones.code, open_ones.out, open_ones.err) == (0, "", "No feedback is open.\n")
    assert (all_of_it.code, all_of_it.out) == (0, "")
    assert all_of_it.err == "There is no feedback yet.\n"


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["give", "ken"], 2, "The text is missing"),
        (["receive", "-p", "ken"], 2, "The text is missing"),
        (["receive", "ken", "-"], 2, "The text is missing"),
        (["give", "Well asked"], 1, "Aya Sato (p1), Ayako Mori (p2)"),
        (["give", "ken", "two", "words"], 2, "in quotes"),
        (["give", "Nobody", "Hm"], 1, "mentorlog pair list"),
        (["give", "ken", "Hm", "--on", "soon"], 2, "These work:"),
        (["give", "ken", "Hm", "--on", "tomorrow"], 2, "still to come"),
        (["give", "ken", "--edit"], 2, "needs a terminal"),
        (["change", "f1"], 2, "The text is missing"),
        (["change", "f1", ""], 2, "The text is missing"),
        (["change", "f1", "--will", " "], 2, "what will change cannot be empty"),
        (["change", "f9", "So"], 1, "no feedback “f9”"),
        (["change", "m1", "So"], 1, "no feedback “m1”"),
        (["list", "p1", "-p", "p2"], 2, "Two pairs are named"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_refusal_says_what_works_and_writes_nothing(
    written: Program, words: list[str], code: int, says: str
) -> None:
    written.ok("feedback", "receive", "ken", "Too fast")
    before = written.journal.read_bytes()

    refused = written("feedback", *words)

    assert (refused.code, refused.out, refused.err.count("\n")) == (code, "", 1)
    assert says in refused.err
    assert written.journal.read_bytes() == before


# At a terminal -----------------------------------------------------------------------------------


def test_whoever_types_no_text_is_asked_for_it_and_for_what_will_change(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("feedback", "receive", "Aya", "--on", "yesterday")
    person.answers("What did they tell you?", "")
    person.answers("text cannot be empty", "You talk too long")
    person.answers("What will change because of it?", "Ask first")
    code = person.ends()

    (kept,) = mentorlog.ok("feedback", "list", "--json").json
    assert code == 0
    assert (kept["text"], kept["will_change"]) == ("You talk too long", "Ask first")
    assert (kept["said_on"], kept["direction"]) == ("2026-11-21", "received")
    assert drafts(mentorlog) == []


def test_enter_is_the_fine_answer_that_nothing_needs_to_change(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("feedback", "give")
    person.answers("What did you tell them?", "Well asked")
    person.hears("fine answer")
    person.says()

    assert person.ends() == 0
    assert mentorlog.ok("feedback", "list", "--json").json == []
    assert len(mentorlog.ok("feedback", "list", "--all", "--json").json) == 1


def test_ctrl_c_keeps_what_was_said_and_the_same_command_goes_on(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("feedback", "receive", "--share", "--on", "yesterday")
    person.answers("What did they tell you?", "You talk too long")
    person.hears("What will change because of it?")
    person.presses("\x03")
    person.hears("to go on: mentorlog feedback receive p1")
    stopped = person.ends()
    nothing_kept = mentorlog.ok("feedback", "list", "--all", "--json").json
    again = talk("feedback", "receive", "p1")
    again.answers("Go on with it?", "y")
    again.answers("What will change because of it?", "Ask first")
    code = again.ends()

    (kept,) = mentorlog.ok("feedback", "list", "--json").json
    assert (stopped, nothing_kept, code) == (130, [], 0)
    assert (kept["text"], kept["will_change"]) == ("You talk too long", "Ask first")
    assert (kept["said_on"], kept["visibility"]) == ("2026-11-21", "shared")
    assert drafts(mentorlog) == []


def test_what_did_change_is_asked_for_below_what_was_said(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    mentorlog.ok("feedback", "receive", "Too fast", "--will-change", "Pause")

    person = talk("feedback", "change", "f1")
    person.hears("Too fast · received · will change: Pause")
    person.answers("What did change?", "I pause now")
    code = person.ends()

    assert code == 0
    assert mentorlog.ok("show", "f1", "--json").json["did_change"] == "I pause now"


def test_feedback_and_what_it_changed_can_be_written_in_an_editor(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    write = editor(tmp_path, 'printf "#: text\\nToo fast\\nand loud\\n" >> "$1"')

    given = talk("feedback", "give", "Aya", "--edit", "--will-change", "Pause", EDITOR=write).ends()
    changed = talk("feedback", "change", "f1", "--edit", EDITOR=write).ends()

    kept = mentorlog.ok("show", "f1", "--json").json
    assert (given, changed) == (0, 0)
    assert (kept["text"], kept["will_change"]) == ("Too fast\nand loud", "Pause")
    assert kept["did_change"] == "Too fast\nand loud"


def test_no_input_never_asks_even_at_a_terminal(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    person = talk("feedback", "give", "--no-input")

    person.hears("The text is missing")
    assert person.ends() == 2
