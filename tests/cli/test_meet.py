"""`meet` by options and from standard input: what was said becomes records, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Program


def counts(mentorlog: Program) -> dict[str, int]:
    """Return how many records there are of each kind."""
    kinds = [record["kind"] for record in mentorlog.ok("log", "--json").json]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


# A new pair --------------------------------------------------------------------------------------


def test_a_new_name_starts_a_pair_on_the_day_of_the_meeting(mentorlog: Program) -> None:
    words = ["--as", "mentee", "--on", "2026-08-31", "--summary", "Hello"]

    said = mentorlog.ok("meet", "Maya Lindqvist", *words)
    (pair,) = mentorlog.ok("pair", "list", "--json").json

    assert said.out.splitlines() == [
        "p1  Maya Lindqvist · I am the mentee · since Mon 31 Aug 2026",
        "m1  Meeting with Maya Lindqvist, Mon 31 Aug 2026",
    ]
    assert said.err == "To take this back: mentorlog undo\n"
    assert (pair["partner"], pair["my_role"]) == ("Maya Lindqvist", "mentee")
    assert (pair["started_on"], pair["term_ends_on"]) == ("2026-08-31", "2027-02-28")
    assert (pair["cadence"], pair["state"], pair["language"]) == ("2w", "active", "en")


def test_a_new_pair_begins_with_what_the_settings_say(mentorlog: Program) -> None:
    mentorlog.ok("config", "set", "cadence", "monthly")
    mentorlog.ok("config", "set", "term", "3m")
    mentorlog.language = "ja"

    mentorlog.ok("meet", "佐藤 彩", "--as", "mentor", "--notes", "はじめまして")
    (pair,) = mentorlog.ok("pair", "list", "--json").json

    assert (pair["cadence"], pair["term_ends_on"]) == ("1m", "2027-02-22")
    assert (pair["partner"], pair["language"]) == ("佐藤 彩", "ja")


def test_a_meeting_that_is_refused_starts_no_pair(mentorlog: Program) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "x")
    before = mentorlog.journal.read_bytes()

    refused = mentorlog("meet", "Mei", "--as", "mentee", "--notes", "x", "--done", "a1")

    assert refused.code == 1
    assert mentorlog.journal.read_bytes() == before


def test_the_known_role_may_be_said_again(written: Program) -> None:
    held = written.ok("meet", "Aya Sato", "--as", "mentor", "--summary", "Again", "--json").json

    assert held["pair"] == "p1"


# Which pair --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "ken",
        "KEN",
        "ｋｅｎ",
        " ken ",
        "k",
        "Ayako Mori",
        "ayako mori",
        "ＡＹＡＫＯ　ＭＯＲＩ",
        "Ayak",
        "p2",
    ],
)
def test_a_pair_is_found_by_alias_name_id_or_a_unique_beginning(
    written: Program, typed: str
) -> None:
    held = written.ok("meet", typed, "--summary", "s", "--json").json

    assert held["pair"] == "p2"


@pytest.mark.parametrize("typed", ["佐藤", "佐藤 彩", "佐藤　彩", "ｻﾄｳ", "サト"])
def test_a_pair_is_found_in_any_script(mentorlog: Program, typed: str) -> None:
    mentorlog.ok("pair", "start", "佐藤 彩", "--alias", "サトウ", "--as", "mentor")

    assert mentorlog.ok("meet", typed, "--summary", "s", "--json").json["pair"] == "p1"


def test_a_whole_name_is_meant_before_the_beginning_of_another(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Aya Sato", "--as", "mentor")
    mentorlog.ok("pair", "start", "Aya", "--as", "mentee")

    held = mentorlog.ok("meet", "aya", "--summary", "s", "--json").json

    assert held["pair"] == "p2"


def test_two_different_pairs_are_refused_and_the_same_twice_is_one(written: Program) -> None:
    before = written.journal.read_bytes()

    refused = written("meet", "Aya Sato", "-p", "ken", "--summary", "s")
    unchanged = written.journal.read_bytes() == before
    held = written.ok("meet", "ken", "-p", "ken", "--summary", "s", "--json").json

    assert (refused.code, refused.out, unchanged) == (2, "", True)
    assert refused.err == "mentorlog: Two pairs are named: ken and Aya Sato. Name one.\n"
    assert held["pair"] == "p2"


def test_the_only_active_pair_may_be_left_out(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    mentorlog.ok("pair", "start", "Mei", "--as", "mentor")
    mentorlog.ok("pair", "end", "p2", "--because", "moved")

    held = mentorlog.ok("meet", "--summary", "s", "--json").json

    assert held["pair"] == "p1"


# What was said -----------------------------------------------------------------------------------


def test_everything_that_was_said_is_kept_in_one_write(written: Program) -> None:
    said = written.ok(
        "meet", "ken", "--on", "2026-11-20", "--at", "2:30pm", "--minutes", "５０", "--via", "online",
        "--topic", "leading", "--topic", "reading", "--summary", "A talk", "--notes", "For me",
        "--insight", "I listen more", "--action", "Draft it due:fri", "--their-action", "Look at it",
        "--advice", "Ask first due:+1w", "--question", "And then?", "--pulse", "4",
        "--next", "2026-12-06", "--json",
    )  # fmt: skip
    meeting: dict[str, Any] = said.json
    write = written.ok("history", "--limit", "1", "--json").json[0]

    assert {name: meeting[name] for name in ("held_on", "start_time", "minutes", "channel")} == {
        "held_on": "2026-11-20", "start_time": "14:30", "minutes": 50, "channel": "online"
    }  # fmt: skip
    assert (meeting["topics"], meeting["summary"]) == (["leading", "reading"], "A talk")
    assert (meeting["notes"], meeting["pulse"], meeting["next_on"]) == ("For me", 4, "2026-12-06")
    assert [
        (action["text"], action["owner"], action["is_advice"], action["due_on"])
        for action in meeting["actions"]
    ] == [
        ("Draft it", "me", False, "2026-11-27"),
        ("Look at it", "partner", False, None),
        ("Ask first", "me", True, "2026-11-27"),
    ]
    assert {action["assigned_in"] for action in meeting["actions"]} == {meeting["id"]}
    assert [(each["text"], each["asked_on"]) for each in meeting["questions"]] == [
        ("And then?", "2026-11-20")
    ]
    assert [(each["text"], each["meeting"]) for each in meeting["insights"]] == [
        ("I listen more", meeting["id"])
    ]
    assert (write["command"], [change["did"] for change in write["changes"]]) == (
        "meet",
        ["added"] * 6,
    )


def test_what_is_said_after_is_what_was_understood(mentorlog: Program) -> None:
    words = ["--on", "last fri", "--minutes", "45", "--next", "+2w", "--action", "Go due:+3d"]

    english = mentorlog.ok("meet", "Aya", "--as", "mentor", *words, "--share")
    mentorlog.ok("undo")
    mentorlog.language = "ja"
    japanese = mentorlog.ok("meet", "Aya", "--as", "mentor", *words, "--share")

    assert "Meeting with Aya, Fri 20 Nov 2026 · 45 min · next Fri 4 Dec 2026" in english.out
    assert "a1  ☐ Go · due Mon 23 Nov" in english.out
    assert "2026年11月20日(" in japanese.out
    assert "2026年12月4日(" in japanese.out
    assert "mentorlog undo" in japanese.err


@pytest.mark.parametrize(
    ("held_on", "typed", "expected"),
    [
        ("2026-11-01", "+2w", "2026-11-15"),
        ("2026-01-31", "+1m", "2026-02-28"),
        ("2028-02-29", "+1y", "2029-02-28"),
        ("2026-11-22", "6 Dec", "2026-12-06"),
        ("11月22日", "再来週の金曜", "2026-12-04"),
        ("2026-11-01", "tomorrow", "2026-11-02"),
    ],
)
def test_the_next_meeting_counts_from_the_day_of_this_one(
    mentorlog: Program, held_on: str, typed: str, expected: str
) -> None:
    words = ["--on", held_on, "--next", typed, "--summary", "s"]

    held = mentorlog.ok("meet", "Aya", "--as", "mentor", *words, "--json").json

    assert held["next_on"] == expected


@pytest.mark.parametrize(("role", "owner"), [("mentor", "partner"), ("mentee", "me")])
def test_advice_belongs_to_the_mentee(mentorlog: Program, role: str, owner: str) -> None:
    held = mentorlog.ok("meet", "Aya", "--as", role, "--advice", "Read", "--json").json

    assert [(each["owner"], each["is_advice"]) for each in held["actions"]] == [(owner, True)]


def test_sharing_a_meeting_shares_its_actions_and_questions_but_no_insight(
    written: Program,
) -> None:
    words = [
        "--summary",
        "s",
        "--action",
        "a",
        "--advice",
        "b",
        "--question",
        "c",
        "--insight",
        "d",
    ]

    shared = written.ok("meet", "ken", *words, "--share", "--json").json
    private = written.ok("meet", "ken", *words, "--json").json

    seen = {
        name: {each["visibility"] for each in shared[name]}
        for name in ("actions", "questions", "insights")
    }
    assert shared["visibility"] == "shared"
    assert seen == {"actions": {"shared"}, "questions": {"shared"}, "insights": {"private"}}
    assert private["visibility"] == "private"
    assert {each["visibility"] for each in private["actions"]} == {"private"}


@pytest.mark.parametrize(
    "notes",
    [
        "one line",
        "a\n\n  indented\n\tand a tab\n",
        "末尾の改行\n\n",
        "#: summary\n\\#: not a heading",
        "due:fri stays, it is no action",
        " leading and trailing ",
        "-",
    ],
)
def test_notes_from_standard_input_are_kept_to_the_letter(mentorlog: Program, notes: str) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "-", stdin=notes)

    assert mentorlog.ok("show", "m1", "--json").json["notes"] == notes


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u3000"])
@pytest.mark.parametrize(
    "option",
    ["--on", "--at", "--minutes", "--via", "--topic", "--summary", "--insight", "--action",
     "--their-action", "--advice", "--question", "--pulse", "--next"],
)  # fmt: skip
def test_a_blank_part_is_refused_by_its_option(written: Program, option: str, blank: str) -> None:
    before = written.journal.read_bytes()

    refused = written("meet", "ken", "--notes", "x", option, blank)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"mentorlog: {option} cannot be empty.\n"
    assert written.journal.read_bytes() == before


def test_one_blank_among_several_and_blank_notes_are_refused(written: Program) -> None:
    before = written.journal.read_bytes()

    topics = written("meet", "ken", "--topic", "leading", "--topic", "")
    notes = written("meet", "ken", "--summary", "s", "--notes", "")

    assert (topics.code, topics.err) == (2, "mentorlog: --topic cannot be empty.\n")
    assert (notes.code, notes.err) == (2, "mentorlog: --notes cannot be empty.\n")
    assert written.journal.read_bytes() == before


def test_an_empty_standard_input_is_no_notes(written: Program) -> None:
    held = written.ok("meet", "ken", "--summary", "s", "--notes", "-", "--json", stdin="").json

    assert (held["summary"], held["notes"]) == ("s", None)


def test_a_meeting_still_to_come_is_kept_and_doubted(written: Program) -> None:
    words = ["--summary", "s", "--done", "a4", "--answer", "q2=So"]

    today = written.ok("meet", "ken", *words, "--on", "today")
    ahead = written.ok("meet", "ken", "--summary", "s", "--on", "fri")

    undo = "To take this back: mentorlog undo\n"
    assert today.err == undo
    assert ahead.err == (
        "Fri 27 Nov 2026 is still to come. To correct it: mentorlog edit m3 --set"
        f" 'held_on=last fri'\n{undo}"
    )
    assert written.ok("show", "m3", "--json").json["held_on"] == "2026-11-27"


def test_the_receipt_names_when_how_long_how_and_about_what(written: Program) -> None:
    words = ["--at", "2:30pm", "--minutes", "45", "--via", "online", "--topic", "leading"]

    said = written.ok("meet", "ken", *words, "--topic", "reading", "--pulse", "4", "--next", "+2w")

    assert said.out == (
        "m2  Meeting with Ayako Mori, Sun 22 Nov 2026 · 14:30 · 45 min · online"
        " · leading, reading · pulse 4 · next Sun 6 Dec 2026\n"
    )


# What was open before ----------------------------------------------------------------------------


def test_a_meeting_closes_what_was_open_before(written: Program) -> None:
    held = written.ok(
        "meet", "Aya Sato", "--on", "2026-11-18", "--done", "a2", "--told", "a3=Mornings = good",
        "--answer", "q1=Then we go on", "--json",
    ).json  # fmt: skip

    by_id = {each["id"]: each for each in (*held["actions"], *held["questions"])}
    assert (by_id["a2"]["state"], by_id["a2"]["done_on"]) == ("done", "2026-11-18")
    assert (by_id["a3"]["state"], by_id["a3"]["outcome"]) == ("done", "Mornings = good")
    assert by_id["a3"]["told_in"] == held["id"]
    assert (by_id["q1"]["state"], by_id["q1"]["answer"]) == ("raised", "Then we go on")
    assert by_id["q1"]["raised_in"] == held["id"]


def test_what_stays_open_is_named_and_carries_over(written: Program) -> None:
    said = written.ok("meet", "Aya Sato", "--summary", "s", "--done", "a2", "--action", "New one")
    last = written.ok(
        "meet", "Aya Sato", "--told", "a3=It did", "--answer", "q1=Yes", "--done", "a5"
    )

    assert said.err == (
        "Carries over to the next meeting: a3, q1\nTo take this back: mentorlog undo\n"
    )
    assert last.err == "To take this back: mentorlog undo\n"


def test_one_undo_takes_a_whole_meeting_back(written: Program) -> None:
    before = written.ok("log", "--all", "--json").out
    written.ok("meet", "Aya Sato", "--done", "a2", "--answer", "q1=Yes", "--insight", "New")

    written.ok("undo")

    assert written.ok("log", "--all", "--json").out == before


def test_the_same_line_typed_twice_is_two_meetings(written: Program) -> None:
    before = counts(written)

    for _time in range(2):
        written.ok("meet", "ken", "--summary", "The same", "--action", "The same")

    after = counts(written)
    assert after["meeting"] == before["meeting"] + 2
    assert after["action"] == before["action"] + 2


@pytest.mark.parametrize("words", [["meet", "ken"], ["meet"], ["meet", "New", "--as", "mentor"]])
def test_off_a_terminal_nothing_is_asked_and_nothing_kept(
    written: Program, words: list[str]
) -> None:
    before = written.journal.read_bytes()

    refused = written(*words, stdin="mentor\nyes\nsomething\n")

    assert refused.code in {1, 2}
    assert refused.out == ""
    assert written.journal.read_bytes() == before
