"""`pair pause`, `resume`, `extend`, `shorten`, `end`, and a pair that follows another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.talking import Talking
    from tests.conftest import Program, Terminal

UNDO = "To take this back: mentorlog undo\n"
MESSAGE = "A message to send, if you like:\n"


@pytest.fixture
def aya(mentorlog: Program) -> Program:
    """The program with one pair: Aya, whose mentor I am since 1 October, until 1 April."""
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor", "--on", "2026-10-01")
    return mentorlog


def shown(program: Program) -> dict[str, Any]:
    pair: dict[str, Any] = program.ok("pair", "show", "p1", "--json").json
    return pair


# Pausing and going on ----------------------------------------------------------------------------


def test_a_pause_says_until_when_and_gives_a_message_to_send(aya: Program) -> None:
    said = aya.ok("pair", "pause", "--until", "+6w")

    receipt, letter = said.out.split("\n\n", 1)
    assert receipt == (
        "p1  Aya · paused until Sun 3 Jan 2027 · I am the mentor · since Thu 1 Oct 2026\n"
        "    state: paused\n"
        "    pauses: Sun 22 Nov 2026 to Sun 3 Jan 2027"
    )
    assert letter.startswith("Hello Aya,\n\n")
    assert "Sun 3 Jan 2027" in letter
    assert said.err == UNDO + MESSAGE


def test_a_pause_as_json_is_the_pair_with_the_message(aya: Program) -> None:
    paused = aya.ok("pair", "pause", "aya", "--until", "2027-01-10", "--on", "yesterday", "--json")
    over = aya.ok("pair", "resume", "--json")

    assert paused.json["state"] == "paused"
    assert paused.json["pauses"] == [{"from_on": "2026-11-21", "until_on": "2027-01-10"}]
    assert paused.json["message"].startswith("Hello Aya,")
    assert paused.err == ""
    assert over.json["pauses"] == [{"from_on": "2026-11-21", "until_on": "2026-11-22"}]
    assert "message" not in over.json


def test_a_span_counts_from_the_day_a_pause_begins_and_a_day_from_today(aya: Program) -> None:
    words = ["pair", "pause", "--on", "2026-12-20"]

    by_span = aya.ok(*words, "--until", "+3w", "--json").json
    by_day = aya.ok("pair", "pause", "--on", "-3w", "--until", "tomorrow", "--json").json

    assert by_span["pauses"] == [{"from_on": "2026-12-20", "until_on": "2027-01-10"}]
    assert by_day["pauses"] == [{"from_on": "2026-11-01", "until_on": "2026-11-23"}]


def test_a_pause_that_is_over_needs_no_message(aya: Program) -> None:
    words = ["pair", "pause", "--on", "2026-10-05", "--until", "2026-10-20"]

    said = aya.ok(*words)
    aya.ok("undo")

    assert said.err == UNDO
    assert aya.ok(*words, "--json").json["message"] is None


def test_to_pause_again_changes_the_day_to_go_on(aya: Program) -> None:
    aya.ok("pair", "pause", "--until", "2026-12-31")

    longer = aya.ok("pair", "pause", "--until", "2027-01-31")
    again = aya.ok("pair", "pause", "--until", "2027-01-31")

    assert "paused until Sun 31 Jan 2027" in longer.out
    assert shown(aya)["pauses"] == [{"from_on": "2026-11-22", "until_on": "2027-01-31"}]
    assert again.err == "Nothing has changed.\n" + MESSAGE
    assert len(aya.ok("history", "--json").json) == 3


def test_the_list_shows_until_when_a_pair_is_paused(written: Program) -> None:
    written.ok("pair", "pause", "ken", "--until", "2027-01-10")
    written.ok("pair", "pause", "p1")

    listed = written.ok("pair", "list").out.splitlines()

    assert listed[0].startswith("p1  Aya Sato · paused · ")
    assert listed[1].startswith("p2  Ayako Mori (ken) · paused until Sun 10 Jan 2027 · ")


def test_the_only_paused_pair_is_gone_on_with_unnamed(written: Program) -> None:
    written.ok("pair", "pause", "ken")

    resumed = written.ok("pair", "resume", "--json").json

    assert (resumed["id"], resumed["state"]) == ("p2", "active")


def test_of_several_paused_pairs_one_has_to_be_named(written: Program) -> None:
    written.ok("pair", "pause", "ken")
    written.ok("pair", "pause", "p1")

    refused = written("pair", "resume")

    assert (refused.code, refused.out) == (1, "")
    assert "Say which: Aya Sato (p1), Ayako Mori (p2)" in refused.err


def test_a_paused_pair_alone_can_be_left_unnamed(
    aya: Program,
) -> None:
    aya.ok("pair", "pause", "--until", "+6w")

    aya.ok("pair", "extend", "--by", "1m")
    aya.ok("pair", "agree", "--boundaries", "None")
    asked = aya.ok("ask", "How?", "--json").json
    prepared = aya.ok("prep")

    assert aya.ok("pair", "show", "--json").json["term_ends_on"] == "2027-05-01"
    assert asked["pair"] == "p1"
    assert "paused until Sun 3 Jan 2027" in prepared.out.splitlines()[0]


# The term ----------------------------------------------------------------------------------------


def test_a_term_is_extended_by_a_span_from_its_end_or_to_a_day(aya: Program) -> None:
    by_span = aya.ok("pair", "extend", "--by", "3か月", "--json").json
    to_day = aya.ok("pair", "extend", "aya", "--to", "2027-12-24")

    assert by_span["term_ends_on"] == "2027-07-01"
    assert to_day.out.endswith("    term ends on: Fri 24 Dec 2027\n")
    assert to_day.err == UNDO, "good news needs no message"


def test_a_term_without_an_end_is_extended_from_today(aya: Program) -> None:
    aya.ok("pair", "edit", "--term-ends", "")

    assert aya.ok("pair", "extend", "--by", "2m", "--json").json["term_ends_on"] == "2027-01-22"


def test_a_shorter_term_gives_a_message_to_send(aya: Program) -> None:
    said = aya.ok("pair", "shorten", "--to", "2026-12-18")

    assert "    term ends on: Fri 18 Dec 2026\n\nHello Aya," in said.out
    assert "by Fri 18 Dec 2026, earlier than we had planned" in said.out
    assert said.err == UNDO + MESSAGE


# The end -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("because", ["done", "mismatch", "moved", "other"])
def test_a_pair_ends_for_a_reason_that_the_message_never_names(aya: Program, because: str) -> None:
    ended = aya.ok("pair", "end", "--because", because, "--json").json

    assert (ended["state"], ended["ended_because"]) == ("ended", because)
    assert ended["term_ends_on"] == "2026-11-22"
    assert "mismatch" not in ended["message"]
    assert "mentorlog" not in ended["message"]


def test_the_end_leads_to_the_next_pair_where_there_is_something_to_take_along(
    written: Program,
) -> None:
    nothing = written.ok("pair", "end", "p1", "--because", "done")
    something = written.ok("pair", "end", "ken", "--because", "mismatch")

    assert nothing.err == UNDO + MESSAGE
    assert "mentorlog pair start NAME --as mentee --after p2" in something.err


def test_whoever_is_at_a_terminal_is_asked_why(aya: Program, talk: Talking) -> None:
    person = talk("pair", "end")
    person.hears("Why? The partner never sees it.")
    person.hears("done, mismatch, moved, other")
    person.says("bored")
    person.hears("is not one of the words")
    person.says("Moved")
    code = person.ends()

    assert code == 0
    assert shown(aya)["ended_because"] == "moved"


@pytest.mark.parametrize("key", ["\r", "\x03", "<\r"])
def test_whoever_does_not_say_why_ends_nothing(aya: Program, talk: Talking, key: str) -> None:
    person = talk("pair", "end")
    person.presses(key)
    code = person.ends()

    assert code == 130
    assert shown(aya)["state"] == "active"


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "leads_to"),
    [
        (["pause", "--until", "2026-11-22"], 2, "not after 2026-11-22"),
        (["pause", "--until", "2026-11-01"], 2, "give the day it begins with --on"),
        (["pause", "--on", "2026-09-30"], 2, "mentorlog pair show"),
        (["pause", "--until", "soon"], 2, "These work: 2026-11-22"),
        (["resume"], 1, "mentorlog pair show p1"),
        (["extend"], 2, "--by 3m"),
        (["extend", "--by", "3m", "--to", "2027-12-31"], 2, "--to DATE"),
        (["extend", "--by", "soon"], 2, "These work: 10d"),
        (["extend", "--by", "-3m"], 2, "a day or more"),
        (["extend", "--to", "2027-04-01"], 2, "mentorlog pair shorten --to"),
        (["shorten"], 2, "mentorlog pair shorten --help"),
        (["shorten", "--to", "2027-04-01"], 2, "mentorlog pair extend --to"),
        (["shorten", "--to", "yesterday"], 2, "mentorlog pair end"),
        (["shorten", "--to", "2026-09-01"], 2, "mentorlog pair end"),
        (["end"], 2, "--because; the partner never sees it: done, mismatch, moved, other"),
        (["end", "--because", ""], 2, "done, mismatch, moved, other"),
        (["end", "--because", "bored"], 2, "done, mismatch, moved, other"),
        (["end", "--because", "done", "--on", "2026-12-18"], 2, "pair shorten --to 2026-12-18"),
        (["end", "--because", "done", "--on", "2026-09-30"], 2, "2026-10-01 or later"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_refused_with_what_would_work_and_nothing_is_written(
    aya: Program, words: list[str], code: int, leads_to: str
) -> None:
    before = aya.journal.read_bytes()

    refused = aya("pair", *words)

    assert (refused.code, refused.out, refused.err.count("\n")) == (code, "", 1)
    assert leads_to in refused.err
    assert aya.journal.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "leads_to"),
    [
        (["resume", "--on", "2026-11-01"], "2026-11-20 or later"),
        (["resume", "--on", "2026-12-01"], "mentorlog pair pause --until 2026-12-01"),
        (["pause", "--on", "2026-12-20"], "leave --on out; to go on first: mentorlog pair resume"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_in_a_pause_is_refused(
    aya: Program, words: list[str], leads_to: str
) -> None:
    aya.ok("pair", "pause", "--on", "2026-11-20")
    before = aya.journal.read_bytes()

    refused = aya("pair", *words)

    assert (refused.code, refused.out) == (2, "")
    assert leads_to in refused.err
    assert aya.journal.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["pause", "p1"],
        ["resume", "p1"],
        ["extend", "p1", "--by", "1m"],
        ["shorten", "p1", "--to", "+1w"],
        ["end", "p1"],
        ["agree", "p1", "--boundaries", "None"],
    ],
    ids=" ".join,
)
def test_a_pair_that_has_ended_stays_so_and_leads_to_a_new_one(
    aya: Program, words: list[str]
) -> None:
    aya.ok("pair", "end", "--because", "done")

    refused = aya("pair", *words)

    assert (refused.code, refused.out) == (1, "")
    assert "mentorlog pair start NAME --as mentor|mentee --after p1" in refused.err


def test_each_move_is_one_command_to_undo(aya: Program) -> None:
    moves = (
        ["pause", "--until", "+6w"],
        ["resume"],
        ["extend", "--by", "3m"],
        ["shorten", "--to", "+2w"],
        ["end", "--because", "other"],
    )
    states = [shown(aya)]
    for words in moves:
        aya.ok("pair", *words)
        states.append(shown(aya))
    commands = [write["command"] for write in aya.ok("history", "--json").json]

    for before in reversed(states[:-1]):
        aya.ok("undo")
        assert without_instants(shown(aya)) == without_instants(before)

    assert commands[:5] == ["pair end", "pair shorten", "pair extend", "pair resume", "pair pause"]


def without_instants(pair: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pair.items() if name != "updated_at"}


# Messages ----------------------------------------------------------------------------------------


def test_a_message_is_in_the_pairs_language_whatever_the_program_speaks(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "佐藤 彩", "--as", "mentee", "--language", "ja")
    mentorlog.ok("pair", "start", "Ben", "--as", "mentor", "--language", "en")

    japanese = mentorlog.ok("pair", "pause", "佐藤 彩", "--until", "2027-01-10")
    mentorlog.language = "ja"
    english = mentorlog.ok("pair", "pause", "Ben", "--until", "2027-01-10")

    assert "佐藤 彩さん\n" in japanese.out
    assert "2027年1月10日(日)" in japanese.out
    assert japanese.err.endswith(MESSAGE)
    assert "Hello Ben,\n" in english.out
    assert "Sun 10 Jan 2027." in english.out


@pytest.mark.usefixtures("aya")
@pytest.mark.parametrize("columns", [60, 140])
def test_a_message_fits_the_terminal(terminal: Terminal, columns: int) -> None:
    said = terminal("pair", "shorten", "--to", "2026-12-18", columns=columns)

    letter = said.text.split("Hello Aya,", 1)[1]
    assert said.code == 0
    assert max(len(line) for line in letter.splitlines()) <= min(columns, 72)


# A pair that follows another ---------------------------------------------------------------------


@pytest.fixture
def matched(mentorlog: Program) -> Program:
    """The program with a pair to leave: goals g1 of mine, g2 of his, g3 dropped, g4; questions q1, q2."""
    lines: tuple[list[str], ...] = (
        ["pair", "start", "Alice", "--as", "mentee", "--on", "2026-10-01"],
        ["goal", "set", "Give talks", "--why", "To be heard", "--unit", "talks", "--baseline", "0",
         "--target", "3", "--due", "2027-05-01", "--weight", "2", "--share"],
        ["goal", "set", "Hers", "--owner", "partner"],
        ["goal", "set", "Given up"],
        ["goal", "set", "Write", "--due", "2026-11-25"],
        ["goal", "measure", "g1", "1"],
        ["goal", "revise", "g1", "--target", "4"],
        ["goal", "drop", "g3", "--because", "No time"],
        ["ask", "How do I begin?", "--share"],
        ["ask", "And then?"],
        ["meet", "--summary", "s", "--answer", "q2=So"],
        ["pair", "end", "--because", "mismatch"],
    )  # fmt: skip
    for words in lines:
        mentorlog.ok(*words)
    return mentorlog


def test_a_new_pair_takes_my_active_goals_and_the_open_questions_along(matched: Program) -> None:
    started = matched.ok(
        "pair", "start", "Ben", "--as", "mentor", "--after", "alice", "--json"
    ).json

    goals = {goal["statement"]: goal for goal in started["goals"]}
    (question,) = started["questions"]
    assert started["id"] == "p2"
    assert goals.keys() == {"Give talks", "Write"}
    talks = goals["Give talks"]
    assert (talks["pair"], talks["visibility"], talks["state"]) == ("p2", "private", "active")
    assert (talks["baseline"], talks["target"], talks["unit"]) == (0, 4, "talks")
    assert (talks["why"], talks["due_on"], talks["weight"]) == ("To be heard", "2027-05-01", 2)
    assert talks["revisions"] == []
    assert (question["pair"], question["text"]) == ("p2", "How do I begin?")
    assert (question["visibility"], question["asked_on"]) == ("private", "2026-11-22")


def test_the_old_pair_keeps_what_was_taken_along(matched: Program) -> None:
    before = matched.ok("show", "p1", "g1", "q1", "n1", "--json").json

    said = matched.ok("pair", "start", "Ben", "--as", "mentor", "--after", "p1")

    assert [line.split()[0] for line in said.out.splitlines()] == ["p2", "g5", "g6", "q3"]
    assert matched.ok("show", "p1", "g1", "q1", "n1", "--json").json == before
    assert matched.ok("log", "--kind", "measurement", "--json").json[0]["goal"] == "g1"


def test_taking_along_is_one_command_to_undo(matched: Program) -> None:
    before = matched.ok("log", "--json").json

    matched.ok("pair", "start", "Ben", "--as", "mentor", "--after", "p1")
    matched.ok("undo")

    assert matched.ok("log", "--json").json == before
    assert matched.ok("history", "--json").json[1]["command"] == "pair start"


def test_a_due_day_that_has_passed_is_left_behind(matched: Program) -> None:
    matched.today = "2026-11-26"

    started = matched.ok("pair", "start", "Ben", "--as", "mentor", "--after", "p1", "--json").json

    due = {goal["statement"]: goal["due_on"] for goal in started["goals"]}
    assert due == {"Give talks": "2027-05-01", "Write": None}


def test_only_what_is_named_goes_along(matched: Program) -> None:
    words = [
        "pair",
        "start",
        "Ben",
        "--as",
        "mentor",
        "--after",
        "p1",
        "--take",
        "q1",
        "--take",
        "G4",
    ]

    started = matched.ok(*words, "--json").json

    assert [goal["statement"] for goal in started["goals"]] == ["Write"]
    assert [question["text"] for question in started["questions"]] == ["How do I begin?"]


@pytest.mark.parametrize(
    ("words", "code", "leads_to"),
    [
        (["--after", "p1", "--take", "g2"], 1, "mentorlog prep p1"),  # hers
        (["--after", "p1", "--take", "g3"], 1, "mentorlog prep p1"),  # dropped
        (["--after", "p1", "--take", "q2"], 1, "mentorlog prep p1"),  # answered
        (["--after", "p1", "--take", "m1"], 1, "mentorlog prep p1"),
        (["--after", "p1", "--take", "g9"], 1, "mentorlog log"),
        (["--after", "p1", "--take", "g1", "--take", "g1"], 2, "Name each once"),
        (["--after", "Nobody"], 1, "mentorlog pair list"),
        (["--take", "g1"], 2, "--after"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_go_along_is_refused_and_no_pair_is_started(
    matched: Program, words: list[str], code: int, leads_to: str
) -> None:
    before = matched.journal.read_bytes()

    refused = matched("pair", "start", "Ben", "--as", "mentor", *words)

    assert (refused.code, refused.out) == (code, "")
    assert leads_to in refused.err
    assert matched.journal.read_bytes() == before


def test_whoever_is_at_a_terminal_says_what_goes_along(matched: Program, talk: Talking) -> None:
    person = talk("pair", "start", "Ben", "--as", "mentor", "--after", "p1")
    person.hears("Write")
    person.answers("Take it along?", "n")
    person.hears("Give talks")
    person.answers("Take it along?", "")
    person.hears("How do I begin?")
    person.answers("Take it along?", "y")
    code = person.ends()

    taken = matched.ok("log", "p2", "--json").json
    assert code == 0
    assert {record["id"] for record in taken} == {"p2", "g5", "q3"}


def test_whoever_stops_while_choosing_starts_nothing(matched: Program, talk: Talking) -> None:
    person = talk("pair", "start", "Ben", "--as", "mentor", "--after", "p1")
    person.says("y")
    person.presses("\x03")
    code = person.ends()

    assert code == 130
    assert len(matched.ok("pair", "list", "--json").json) == 1


def test_a_name_that_is_taken_is_refused_before_anything_is_asked(
    matched: Program, talk: Talking
) -> None:
    matched.ok("pair", "start", "Ben", "--as", "mentor")

    person = talk("pair", "start", "Ben", "--as", "mentee", "--after", "p1")
    person.hears("is the name of p2 already")

    assert person.ends() == 1


def test_a_pair_can_end_on_its_first_day_and_be_started_again_under_its_name(
    mentorlog: Program,
) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")

    ended = mentorlog.ok("pair", "end", "--because", "moved", "--json").json
    again = mentorlog.ok("pair", "start", "Alice", "--as", "mentor", "--json").json
    meant = mentorlog.ok("pair", "show", "Alice", "--json").json
    taken = mentorlog("pair", "start", "Alice", "--as", "mentor")

    assert (ended["state"], ended["term_ends_on"]) == ("ended", None)
    assert (again["id"], meant["id"]) == ("p2", "p2")
    assert (taken.code, taken.out) == (1, "")
