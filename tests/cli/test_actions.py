"""`action`, and `ask` and `insight` beside it: short records, kept and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Program


# Kept --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text", "due_on"),
    [
        (["Send the list"], "Send the list", None),
        (["Send the list due:fri"], "Send the list", "2026-11-27"),
        (["資料を送る 期限:来週金曜"], "資料を送る", "2026-11-27"),
        (["Send", "--due", "+2w"], "Send", "2026-12-06"),
        (['Send due:"24 Dec" at last'], "Send at last", "2026-12-24"),
        (["Send due:24 Dec at last"], "Send at last", "2026-12-24"),
        (["Send due:next fri"], "Send", "2026-11-27"),
        (["Send due: fri"], "Send", "2026-11-27"),
        (["On friday, send it tomorrow"], "On friday, send it tomorrow", None),
    ],
)
def test_a_date_is_read_after_due_and_never_guessed_out_of_prose(
    written: Program, words: list[str], text: str, due_on: str | None
) -> None:
    action = written.ok("action", "add", "ken", *words, "--json").json

    assert (action["text"], action["due_on"]) == (text, due_on)
    assert (action["pair"], action["state"], action["assigned_in"]) == ("p2", "open", None)


@pytest.mark.parametrize(
    ("pair", "words", "owner", "is_advice"),
    [
        ("ken", [], "me", False),
        ("ken", ["--owner", "partner"], "partner", False),
        ("ken", ["--advice"], "me", True),
        ("Aya Sato", ["--advice"], "partner", True),
        ("Aya Sato", ["--advice", "--owner", "me"], "me", True),
    ],
)
def test_an_action_has_the_owner_that_was_named_and_advice_is_the_mentees(
    written: Program, pair: str, words: list[str], owner: str, is_advice: object
) -> None:
    action = written.ok("action", "add", pair, "Read", *words, "--json").json

    assert (action["owner"], action["is_advice"]) == (owner, is_advice)


@pytest.mark.parametrize(("command", "day_field"), [("ask", "asked_on"), ("insight", "noticed_on")])
def test_a_question_and_an_insight_are_kept_with_their_day(
    written: Program, command: str, day_field: str
) -> None:
    today = written.ok(command, "ken", "Something", "--json").json
    before = written.ok(command, "-p", "ken", "Else", "--on", "last fri", "--share", "--json").json

    assert (today["text"], today[day_field], today["visibility"]) == (
        "Something", "2026-11-22", "private"
    )  # fmt: skip
    assert (before[day_field], before["visibility"]) == ("2026-11-20", "shared")


def test_an_insight_carries_its_benefit_its_viewpoint_and_its_meeting(written: Program) -> None:
    words = ["--benefit", "Self-Efficacy", "--viewpoint", "partner", "--meeting", "M1"]

    insight = written.ok("insight", "Aya Sato", "She can", *words, "--json").json

    assert (insight["benefit"], insight["viewpoint"]) == ("self-efficacy", "partner")
    assert insight["meeting"] == "m1"


@pytest.mark.parametrize("command", [["ask"], ["insight"], ["action", "add"]], ids=" ".join)
def test_a_text_comes_from_standard_input_and_with_one_pair_needs_no_name(
    mentorlog: Program, command: list[str]
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    kept = mentorlog.ok(*command, "-", "--json", stdin="Two\nlines\n").json
    named = mentorlog.ok(*command, "aya", "One", "--json").json

    assert (kept["text"], kept["pair"]) == ("Two\nlines", "p1")
    assert (named["text"], named["pair"]) == ("One", "p1")


def test_what_is_said_after_names_the_id_the_date_and_how_to_take_it_back(
    written: Program,
) -> None:
    said = written.ok("action", "add", "ken", "Call her due:2026-11-30", "--owner", "partner")

    assert said.out == "a5  ☐ Call her · theirs · due Mon 30 Nov\n"
    assert said.err == "To take this back: mentorlog undo\n"


# Listed ------------------------------------------------------------------------------------------


def test_open_actions_are_listed_by_their_due_day_and_closed_ones_with_all(
    written: Program,
) -> None:
    open_ones = [each["id"] for each in written.ok("action", "list", "--json").json]
    of_one = [each["id"] for each in written.ok("action", "list", "ken", "--json").json]
    all_of_them = [each["id"] for each in written.ok("action", "list", "--all", "--json").json]
    shown = written.ok("action", "list").out

    assert open_ones == ["a2", "a4", "a3"]
    assert of_one == ["a4"]
    assert all_of_them == ["a2", "a4", "a3", "a1"]
    assert [line.split()[0] for line in shown.splitlines()] == open_ones


def test_a_list_without_anything_in_it_says_so_and_succeeds(mentorlog: Program) -> None:
    listed = mentorlog("action", "list")

    assert (listed.code, listed.out, listed.err) == (0, "", "Nothing is open.\n")


def test_across_several_pairs_each_line_names_the_partner(written: Program) -> None:
    all_pairs = written.ok("action", "list").out
    one_pair = written.ok("action", "list", "ken").out
    written.ok("delete", "p2", "--yes")
    the_only_pair = written.ok("action", "list").out

    assert all_pairs.splitlines() == [
        "a2  Aya Sato  ☐ Read it · theirs · due Tue 10 Nov",
        "a4  ken       ☐ Write to her · due Tue 1 Dec",
        "a3  Aya Sato  ☐ Read every morning · advice · theirs",
    ]
    assert one_pair == "a4  ☐ Write to her · due Tue 1 Dec\n"
    assert the_only_pair.splitlines() == [
        "a2  ☐ Read it · theirs · due Tue 10 Nov",
        "a3  ☐ Read every morning · advice · theirs",
    ]


# Closed ------------------------------------------------------------------------------------------


def test_done_keeps_the_day_and_what_came_of_it(written: Program) -> None:
    words = ["--outcome", "She liked it", "--on", "yesterday"]

    several = written.ok("action", "done", "a2", "A4", *words, "--json").json

    assert [(each["id"], each["state"], each["done_on"]) for each in several] == [
        ("a2", "done", "2026-11-21"),
        ("a4", "done", "2026-11-21"),
    ]
    assert {each["outcome"] for each in several} == {"She liked it"}


def test_several_are_closed_together_or_not_at_all(written: Program) -> None:
    before = written.journal.read_bytes()

    refused = written("action", "done", "a2", "a4", "a1")

    assert (refused.code, written.journal.read_bytes() == before) == (1, True)


def test_advice_waits_until_its_outcome_is_told_even_when_it_is_done(written: Program) -> None:
    written.ok("action", "done", "a3", "--on", "2026-11-10")
    waiting = written.ok("prep", "Aya Sato", "--json").json["advice"]

    told = written.ok("action", "told", "a3", "It helped", "--meeting", "m1", "--json").json
    told_of = written.ok("prep", "Aya Sato", "--json").json["advice"]

    assert [each["id"] for each in waiting] == ["a3"]
    assert (told["state"], told["outcome"], told["told_in"]) == ("done", "It helped", "m1")
    assert told["done_on"] == "2026-11-10"
    assert told_of == []


def test_advice_that_is_opened_again_is_untold_until_it_is_told_again(written: Program) -> None:
    def untold() -> tuple[list[str], list[list[str]]]:
        advice = written.ok("prep", "Aya Sato", "--json").json["advice"]
        found = written.ok("status", "--json").json["findings"]
        return (
            [each["id"] for each in advice],
            [each["records"] for each in found if each["code"] == "advice-untold"],
        )

    written.ok("action", "told", "a3", "It helped")
    told = untold()
    written.ok("action", "reopen", "a3")
    opened_again = untold()
    written.ok("action", "told", "a3", "It helped again")
    told_again = untold()

    assert opened_again == (["a3"], [["a3"]])
    assert told == told_again == ([], [])
    assert written.ok("show", "a3", "--json").json["outcome"] == "It helped again"


def test_told_reads_standard_input(written: Program) -> None:
    told = written.ok("action", "told", "a3", "-", "--json", stdin="It\nhelped\n").json

    assert (told["outcome"], told["done_on"]) == ("It\nhelped", "2026-11-22")


def test_what_was_closed_can_be_opened_again_and_keeps_its_outcome(written: Program) -> None:
    opened = written.ok("action", "reopen", "a1", "--json").json
    dropped = written.ok("action", "drop", "a1", "--json").json
    opened_again = written.ok("action", "reopen", "a1", "--json").json

    assert (opened["state"], opened["done_on"], opened["outcome"]) == ("open", None, "It was sent")
    assert dropped["state"] == "dropped"
    assert opened_again["state"] == "open"
    assert opened_again["created_at"] == opened["created_at"] < opened_again["updated_at"]
