"""`goal`: set, measured, rated, revised and closed, by options, at a terminal and in an editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.talking import Talking
    from tests.conftest import Program, Terminal

LEVELS = ("-2", "-1", "0", "1", "2")
FIVE = [word for level in LEVELS for word in ("--level", f"{level}=outcome {level}")]
BOOKS = ["Read ten books", "--unit", "books", "--baseline", "2", "--target", "12"]

# What a person is asked about a new goal, in SMART order.
QUESTIONS = (
    "What exactly is to be reached?",
    "What will you measure it in?",
    "Where is it now?",
    "Where is it to be?",
    "Why does it matter?",
    "By when?",
    "Whose goal is it?",
    "What would be as expected?",
)
AGAIN = (*QUESTIONS[:2], "Where did it stand at the beginning?", *QUESTIONS[3:])  # to revise it
OTHER_LEVELS = (
    "What would be more than expected?",
    "What would be much more than expected?",
    "What would be less than expected?",
    "What would be much less than expected?",
)


@pytest.fixture
def aya(mentorlog: Program) -> Program:
    """The program with one pair, begun on 1 November."""
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor", "--on", "2026-11-01")
    return mentorlog


@pytest.fixture
def books(aya: Program) -> Program:
    """The same with a goal g1: from 2 books to 12."""
    aya.ok("goal", "set", *BOOKS)
    return aya


@pytest.fixture
def scaled(aya: Program) -> Program:
    """The same with a goal g1 that has five levels of attainment."""
    aya.ok("goal", "set", "Speak freely", *FIVE)
    return aya


def drafts(program: Program) -> list[Path]:
    folder = program.journal.with_name("journal.db.drafts")
    return sorted(folder.iterdir()) if folder.exists() else []


def shown(program: Program, ref: str = "g1") -> dict[str, Any]:
    found: dict[str, Any] = program.ok("goal", "show", ref, "--json").json
    return found


def editor(folder: Path, script: str) -> str:
    """Write an editor that does what the script says to the file it is given as $1."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)


# Set ---------------------------------------------------------------------------------------------


def test_a_goal_is_set_with_all_that_options_say(aya: Program) -> None:
    words = ["--why", "To lead", "--due", "24 Dec", "--owner", "partner", "--weight", "3"]

    goal = aya.ok("goal", "set", "Aya", *BOOKS, *words, *FIVE, "--share", "--json").json

    assert (goal["id"], goal["pair"], goal["statement"]) == ("g1", "p1", "Read ten books")
    assert (goal["unit"], goal["baseline"], goal["target"]) == ("books", 2, 12)
    assert (goal["why"], goal["due_on"], goal["owner"]) == ("To lead", "2026-12-24", "partner")
    assert (goal["weight"], goal["visibility"], goal["state"]) == (3, "shared", "active")
    assert goal["levels"] == {level: f"outcome {level}" for level in LEVELS}
    assert goal["revisions"] == []


def test_what_is_not_said_of_a_goal_is_not_known(aya: Program) -> None:
    blank = ["--why", "", "--unit", " ", "--target", "", "--due", "", "--level", "", "--owner", ""]

    goal = aya.ok("goal", "set", "Listen", *blank, "--json").json

    assert (goal["owner"], goal["visibility"], goal["levels"]) == ("me", "private", {})
    assert {goal[name] for name in ("why", "unit", "baseline", "target", "due_on", "weight")} == {
        None
    }


def test_levels_are_read_with_or_without_a_sign_and_in_any_width(aya: Program) -> None:
    words = ["--level=-2=a", "--level", "－１=b = c", "--level", "0=", "--level", "+1=d"]

    refused = aya("goal", "set", "Speak", *words, "--level", "２=e")
    words[words.index("0=")] = "0=n"
    goal = aya.ok("goal", "set", "Speak", *words, "--level", "２=e", "--json").json

    assert "Missing: 0" in refused.err
    assert goal["levels"] == {"-2": "a", "-1": "b = c", "0": "n", "1": "d", "2": "e"}


def test_a_statement_comes_from_standard_input(aya: Program) -> None:
    goal = aya.ok("goal", "set", "aya", "-", "--json", stdin="Lead\nwell\n").json

    assert goal["statement"] == "Lead\nwell"


def test_what_was_understood_is_said_with_the_day_and_how_to_take_it_back(aya: Program) -> None:
    said = aya.ok("goal", "set", *BOOKS, "--due", "2027-01-08")

    assert said.out == "g1  ◎ Read ten books · → 12 books · due Fri 8 Jan 2027\n"
    assert said.err == "To take this back: mentorlog undo\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--baseline", "12", "--target", "12"], "“12” is where it starts already"),
        (["--due", "yesterday"], "From today on works: 2026-11-22 or later"),
        (["--due", "2026-10-01"], "before the pair started (due on). This works: 2026-11-22"),
        (["--weight", "0"], "a whole number from 1 to 100"),
        (["--target", "NaN"], "a number such as 12, -3 or 2.5"),
        (["--target", "1e999"], "a number such as 12, -3 or 2.5"),
        (["--baseline", "1,5"], "a number such as 12, -3 or 2.5"),
        (["--owner", "boss"], "me, partner"),
        (["--level", "0=fine"], "Missing: -2, -1, 1, 2"),
        (["--level", "3=fine"], "These work: -2, -1, 0, 1, 2"),
        (["--level", "fine"], "is not of the form LEVEL=TEXT"),
        (["--level", "1=a", "--level", "+1=b"], "is written twice"),
        (["--unit", "two\nlines"], "has to fit on one line"),
    ],
    ids=" ".join,
)
def test_a_goal_that_cannot_be_is_refused_with_what_works_and_nothing_is_written(
    aya: Program, words: list[str], says: str
) -> None:
    before = aya.journal.read_bytes()

    refused = aya("goal", "set", "Read", *words)

    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err
    assert aya.journal.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [[], [""], ["Aya"], ["-"], ["Aya", ""], ["--pair", "Aya"], ["--why", "To lead"]],
    ids=repr,
)
def test_off_a_terminal_a_missing_statement_is_refused_and_never_asked_for(
    aya: Program, words: list[str]
) -> None:
    refused = aya("goal", "set", *words)

    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)


# Listed ------------------------------------------------------------------------------------------


def test_goals_are_listed_with_how_far_they_have_come(books: Program) -> None:
    books.ok("goal", "set", "Sleep", "--unit", "hours", "--target", "8", "--due", "fri")
    books.ok("goal", "set", "Run", "--owner", "partner", "--baseline", "3", "--share")
    books.ok("goal", "set", "Speak freely", *FIVE)
    books.ok("goal", "measure", "g1", "6")
    books.ok("goal", "measure", "g2", "6.5")
    books.ok("goal", "rate", "g4", "1")

    listed = books.ok("goal", "list").out

    assert listed.splitlines() == [
        "g2  ◎ Sleep · 6.5 → 8 hours · due Fri 27 Nov",
        "g1  ◎ Read ten books · 40 %",
        "g3  ◎ Run · theirs · 3 · shared",
        "g4  ◎ Speak freely · level +1",
        "",
        "Goal attainment 60.00 (1 rated goal; 50 is as expected)",
    ]


@pytest.mark.parametrize(
    ("ratings", "weights", "line"),
    [
        (["-2"], [1], "Goal attainment 30.00 (1 rated goal; 50 is as expected)"),
        (["-1", "-1", "-1"], [1, 1, 1], "Goal attainment 36.31 (3 rated goals; 50 is as expected)"),
        (["1", "0", "-1"], [3, 2, 1], "Goal attainment 54.41 (3 rated goals; 50 is as expected)"),
    ],
)
def test_the_attainment_of_rated_goals_stands_below_the_list(
    aya: Program, ratings: list[str], weights: list[int], line: str
) -> None:
    for number, (rating, weight) in enumerate(zip(ratings, weights, strict=True), 1):
        aya.ok("goal", "set", "Speak", *FIVE, "--weight", str(weight))
        aya.ok("goal", "rate", f"g{number}", rating)
    aya.ok("goal", "set", "Not rated", *FIVE)

    listed = aya.ok("goal", "list").out

    assert listed.splitlines()[-1] == line


def test_without_a_rated_goal_there_is_no_score(books: Program) -> None:
    books.ok("goal", "measure", "g1", "6")

    listed = books.ok("goal", "list").out

    assert listed == "g1  ◎ Read ten books · 40 %\n"


def test_across_several_pairs_each_line_names_the_partner(written: Program) -> None:
    written.ok("goal", "set", "ken", "Lead")
    written.ok("goal", "set", "Aya Sato", "Read")

    everyone = written.ok("goal", "list").out
    one = written.ok("goal", "list", "ken").out

    assert everyone == "g1  ken       ◎ Lead\ng2  Aya Sato  ◎ Read\n"
    assert one == "g1  ◎ Lead\n"


def test_closed_goals_are_listed_only_with_all_and_as_json_whole(books: Program) -> None:
    books.ok("goal", "set", "Sleep")
    books.ok("goal", "achieve", "g1")

    active, everything = books.ok("goal", "list"), books.ok("goal", "list", "--all")
    as_json = books.ok("goal", "list", "--all", "--json").json

    assert active.out == "g2  ◎ Sleep\n"
    assert everything.out == "g2  ◎ Sleep\ng1  ◎ Read ten books · achieved · 2 → 12 books\n"
    assert [(each["id"], each["kind"]) for each in as_json] == [("g2", "goal"), ("g1", "goal")]


def test_a_list_without_goals_says_so_and_succeeds(aya: Program) -> None:
    listed = aya("goal", "list")

    assert (listed.code, listed.out) == (0, "")
    assert "mentorlog goal set" in listed.err


def test_at_a_narrow_terminal_the_statement_gives_way_and_an_overdue_day_is_warm(
    aya: Program, terminal: Terminal
) -> None:
    aya.ok("goal", "set", "Read ten long books on leading people", *BOOKS[1:], "--due", "fri")
    aya.today = "2026-12-01"

    narrow = terminal("goal", "list", columns=50)
    plain = aya.ok("goal", "list").out

    assert narrow.text == (
        "\x1b[1mg1  \x1b[0m◎ Read ten lo… · 2 → 12 books · \x1b[33mdue Fri 27 Nov\x1b[0m\n"
    )
    assert plain.endswith("people · 2 → 12 books · due Fri 27 Nov\n")


# Measured ----------------------------------------------------------------------------------------


def test_a_measurement_says_what_it_means_for_the_goal(books: Program) -> None:
    said = books.ok(
        "goal", "measure", "G1", "6", "--on", "fri", "--on", "yesterday", "--note", "Ok"
    )

    assert said.out == (
        "n1  ▪ 6 books · Sat 21 Nov 2026 · Ok\n"
        "g1  ◎ Read ten books · 40 % of the way · 6 → 12 books · rising\n"
    )
    assert said.err == "To take this back: mentorlog undo\n"


def test_a_reached_target_is_said_with_the_command_that_closes_the_goal(books: Program) -> None:
    nearly = books.ok("goal", "measure", "g1", "11.999")
    there = books.ok("goal", "measure", "g1", "12")

    assert "99 % of the way" in nearly.out
    assert "achieve" not in nearly.err
    assert "100 % of the way" in there.out
    assert "mentorlog goal achieve g1" in there.err


@pytest.mark.parametrize(
    ("typed", "value"),
    [("-3", -3), ("-3.5", -3.5), ("-0", 0), ("1,200", 1200), ("１２", 12), ("−4", -4), ("-1,200", -1200)],
)  # fmt: skip
def test_a_reading_is_any_number_below_nought_too(books: Program, typed: str, value: float) -> None:
    reading = books.ok("goal", "measure", "g1", typed, "--note", "-5 at first", "--json").json

    assert (reading["value"], reading["note"]) == (value, "-5 at first")
    assert (reading["goal"], reading["taken_on"], reading["level"]) == ("g1", "2026-11-22", None)


def test_options_stand_before_a_number_below_nought_or_after_it(scaled: Program) -> None:
    before = scaled.ok("goal", "measure", "--json", "--level", "-2", "g1", "-3").json
    after = scaled.ok("goal", "measure", "g1", "-3", "--level=-2", "--share", "--json").json
    apart = scaled.ok("goal", "measure", "--json", "g1", "--", "-3").json

    assert (before["value"], before["level"]) == (-3, -2)
    assert (after["value"], after["level"], after["visibility"]) == (-3, -2, "shared")
    assert apart["value"] == -3


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["measure", "g1", "NaN"], 2, "a number such as 12, -3 or 2.5"),
        (["measure", "g1", "1e999"], 2, "a number such as 12, -3 or 2.5"),
        (["measure", "g1", "1,5"], 2, "a number such as 12, -3 or 2.5"),
        (["measure", "g1", "-3x"], 2, "a number such as 12, -3 or 2.5"),
        (["measure", "g1", ""], 2, "Give a number, a --level from -2 to 2, or both"),
        (["measure", "g1", "4", "--on", "tomorrow"], 2, "still to come"),
        (["measure", "g1", "4", "--level", "9"], 2, "a whole number from -2 to 2"),
        (["measure", "g1", "4", "--levle", "1"], 2, "Did you mean --"),
        (["measure", "g1", "-x"], 2, "There is no option “-x”"),
        (["measure", "g1"], 2, "NUMBER is missing"),
        (["measure", "g1", "4", "5"], 2, "more words than this command takes"),
        (["measure", "g9", "4"], 1, "There is no goal “g9”"),
        (["measure", "p1", "4"], 1, "There is no goal “p1”"),
        (["measure", "g2", "4"], 1, "g2 was dropped"),
        (["measure", "g1", "4", "--level", "1"], 1, "mentorlog goal revise g1 --level"),
        (["rate", "g1", "1"], 1, "mentorlog goal revise g1 --level"),
        (["rate", "g3", "9"], 2, "“9” will not do for level: a whole number from -2 to 2."),
        (["rate", "g3", "-3"], 2, "a whole number from -2 to 2"),
        (["rate", "g3", "0.5"], 2, "a whole number from -2 to 2"),
        (["rate", "g3", ""], 2, "Give a number"),
        (["rate", "g3", "--no-such"], 2, "There is no option “--no-such”"),
        (["rate", "g3", "1", "--on", "2026-11-23"], 2, "still to come"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else None,
)
def test_a_reading_that_cannot_be_is_refused_with_what_works_and_nothing_is_written(
    books: Program, words: list[str], code: int, says: str
) -> None:
    books.ok("goal", "set", "Given up")
    books.ok("goal", "drop", "g2")
    books.ok("goal", "set", "Speak", *FIVE)
    before = books.journal.read_bytes()

    refused = books("goal", *words)

    assert (refused.code, refused.out) == (code, "")
    assert says in refused.err
    assert books.journal.read_bytes() == before


def test_a_goal_is_rated_below_expectation_and_above_it(scaled: Program) -> None:
    below = scaled.ok("goal", "rate", "g1", "-1", "--note", "-", "--json", stdin="Not\nyet\n").json
    above = scaled.ok("goal", "rate", "g1", "+2", "--share")

    assert (below["value"], below["level"], below["note"]) == (None, -1, "Not\nyet")
    assert above.out == (
        "n2  ▪ level +2 · Sun 22 Nov 2026\n"
        "g1  ◎ Speak freely · +2 much more than expected: outcome 2\n"
    )


# Shown -------------------------------------------------------------------------------------------


def test_a_goal_is_shown_with_its_progress_its_readings_and_every_former_wording(
    books: Program,
) -> None:
    books.ok("goal", "measure", "g1", "4", "--on", "2026-11-10")
    books.ok("goal", "measure", "g1", "2", "--on", "2026-11-02", "--note", "the start")
    books.ok("goal", "revise", "g1", *FIVE, "--because", "numbers are not all")
    books.ok("goal", "rate", "g1", "-1")
    books.ok("goal", "revise", "g1", "--statement", "Read twelve books", "--due", "24 Dec")
    books.ok("goal", "revise", "g1", "--due", "31 Dec")

    said = books.ok("goal", "show", "g1").out

    assert "20 % of the way · 4 → 12 books · rising · level -1 · 3 measurements" in said
    assert "  ▸  -1 less than expected: outcome -1" in said
    assert said.index("n2  Mon 2 Nov 2026") < said.index("n1  Tue 10 Nov 2026") < said.index("n3")
    assert "2 books · the start" in said
    assert "Sun 22 Nov 2026 · revised · numbers are not all" in said
    assert "before: statement: Read ten books" in said
    assert "before: due on: unset" in said
    assert "before: due on: Thu 24 Dec 2026" in said
    assert said.splitlines()[:2] == ["g1 goal · Aya", "Read twelve books"]


def test_a_goal_as_json_has_its_measurements_and_figures(books: Program) -> None:
    bare = shown(books)
    books.ok("goal", "measure", "g1", "2.3")
    books.ok("goal", "revise", "g1", *FIVE)
    books.ok("goal", "rate", "g1", "1")

    goal = shown(books)

    assert bare["measurements"] == []
    assert bare["progress"] == {
        "share": None, "change": None, "trend": None, "level": None, "readings": 0,
        "attainment": None,
    }  # fmt: skip
    assert goal["progress"] == {
        "share": 0.03, "change": 0.3, "trend": "rising", "level": 1, "readings": 1,
        "attainment": 60,
    }  # fmt: skip
    assert [each["id"] for each in goal["measurements"]] == ["n1", "n2"]
    assert goal["statement"] == "Read ten books"


def test_only_a_goal_is_shown_by_goal_show(written: Program) -> None:
    refused = written("goal", "show", "m1")

    assert (refused.code, refused.out) == (1, "")
    assert "There is no goal “m1”" in refused.err


# Revised -----------------------------------------------------------------------------------------


def test_a_revision_says_what_is_new_and_keeps_what_was(books: Program) -> None:
    said = books.ok("goal", "revise", "g1", "--target", "20", "--because", "too easy")
    goal = shown(books)

    assert said.out == "g1  ◎ Read ten books · → 20 books\n    target: 20\n"
    assert (goal["target"], goal["statement"]) == (20, "Read ten books")
    assert goal["revisions"] == [
        {
            "revised_on": "2026-11-22", "did": "revised", "because": "too easy",
            "before": {"target": 12},
        }
    ]  # fmt: skip


def test_a_blank_value_takes_a_field_away_and_levels_go_together(scaled: Program) -> None:
    scaled.ok("goal", "revise", "g1", "--why", "To be heard", "--weight", "3", "--due", "+3m")

    goal = scaled.ok(
        "goal", "revise", "g1", "--why", "", "--weight", "", "--due", " ", "--level", "", "--json"
    ).json

    assert (goal["why"], goal["weight"], goal["due_on"], goal["levels"]) == (None, None, None, {})
    assert set(goal["revisions"][-1]["before"]) == {"why", "weight", "due_on", "levels"}


def test_one_level_of_five_can_be_worded_anew_as_a_revision(scaled: Program) -> None:
    scaled.ok("goal", "rate", "g1", "0")

    goal = scaled.ok("goal", "revise", "g1", "--level", "-1=hardly", "--json").json

    assert goal["levels"] == {level: f"outcome {level}" for level in LEVELS} | {"-1": "hardly"}
    assert goal["revisions"][0]["before"]["levels"]["-1"] == "outcome -1"


def test_a_statement_is_revised_from_standard_input_and_a_goal_is_shared_without_a_revision(
    books: Program,
) -> None:
    worded = books.ok("goal", "revise", "g1", "--statement", "-", "--json", stdin="Read\nwell\n")
    shared = books.ok("goal", "revise", "g1", "--share", "--json")

    assert worded.json["statement"] == "Read\nwell"
    assert (shared.json["visibility"], len(shared.json["revisions"])) == ("shared", 1)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["g1"], 2, "mentorlog goal revise g1 --"),
        (["g1", "--because", "a reason alone"], 2, "mentorlog goal revise g1 --"),
        (["g1", "--target", "12"], 1, "g1 says that already"),
        (["g1", "--target", "2"], 2, "is where it starts already"),
        (["g1", "--statement", ""], 2, "statement cannot be empty"),
        (["g1", "--statement", "-"], 2, "statement cannot be empty"),
        (["g1", "--owner", ""], 2, "owner cannot be empty"),
        (["g1", "--due", "2026-11-21"], 2, "2026-11-22 or later"),
        (["g1", "--level", "0=fine"], 2, "Missing: -2, -1, 1, 2"),
        (["g1", "--edit"], 2, "--edit needs a terminal"),
        (["g2", "--target", "1"], 1, "g2 is closed. To see it: mentorlog goal show g2"),
        (["a1", "--target", "1"], 1, "There is no goal “a1”"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else None,
)
def test_a_revision_that_cannot_be_is_refused_with_what_works_and_nothing_is_written(
    books: Program, words: list[str], code: int, says: str
) -> None:
    books.ok("goal", "set", "Reached")
    books.ok("goal", "achieve", "g2")
    before = books.journal.read_bytes()

    refused = books("goal", "revise", *words)

    assert (refused.code, refused.out) == (code, "")
    assert says in refused.err
    assert books.journal.read_bytes() == before


# Closed ------------------------------------------------------------------------------------------


def test_a_goal_is_achieved_or_dropped_with_its_reason(books: Program) -> None:
    books.ok("goal", "set", "Sleep")

    achieved = books.ok("goal", "achieve", "g1", "--on", "yesterday", "--json").json
    dropped = books.ok("goal", "drop", "g2", "--because", "No longer mine")

    assert (achieved["state"], achieved["revisions"][0]["revised_on"]) == ("achieved", "2026-11-21")
    assert dropped.out == "g2  ◎ Sleep · dropped\n"
    assert "dropped · No longer mine" in books.ok("goal", "show", "g2").out


def test_every_move_of_a_goal_is_one_command_that_undo_takes_back(books: Program) -> None:
    moves = [
        ["goal", "revise", "g1", *FIVE],
        ["goal", "measure", "g1", "5"],
        ["goal", "rate", "g1", "1"],
        ["goal", "achieve", "g1"],
    ]
    states = [shown(books)]
    for move in moves:
        books.ok(*move)
        states.append(shown(books))
    commands = [write["command"] for write in books.ok("history", "--json").json]

    undone = []
    for _move in moves:
        books.ok("undo")
        undone.append(shown(books))

    assert commands[:4] == ["goal achieve", "goal rate", "goal measure", "goal revise"]
    assert undone == states[-2::-1]


# For a goal --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["insight"], ["action", "add"]], ids=" ".join)
def test_an_insight_and_an_action_can_belong_to_a_goal_of_their_own_pair(
    written: Program, command: list[str]
) -> None:
    written.ok("goal", "set", "Aya Sato", "Read")

    kept = written.ok(*command, "Aya Sato", "Begin early", "--goal", "G1", "--json").json
    of_another = written(*command, "ken", "Begin early", "--goal", "g1")
    missing = written(*command, "ken", "Begin early", "--goal", "g9")

    assert kept["goal"] == "g1"
    assert (of_another.code, missing.code) == (1, 1)
    assert "g1 belongs to another pair" in of_another.err
    assert "There is no goal “g9”" in missing.err


# At a terminal -----------------------------------------------------------------------------------


def test_a_goal_is_asked_for_in_smart_order(aya: Program, talk: Talking) -> None:
    person = talk("goal", "set")
    answers = ("Read ten books", "books", "２", "1,5", "To lead", "24 Dec", "", "Ten of them")
    for question, answer in zip(QUESTIONS, answers, strict=True):
        person.answers(question, answer)
        if answer == "1,5":
            person.hears("a number such as 12")
            person.says("12")
    for question in OTHER_LEVELS:
        person.answers(question, f"for {question}")
    code = person.ends()

    goal = shown(aya)
    assert code == 0
    assert (goal["statement"], goal["unit"], goal["why"]) == ("Read ten books", "books", "To lead")
    assert (goal["baseline"], goal["target"], goal["owner"]) == (2, 12, "me")
    assert goal["due_on"] == "2026-12-24"
    assert goal["levels"]["0"] == "Ten of them"
    assert goal["levels"]["-2"] == "for What would be much less than expected?"
    assert drafts(aya) == []


def test_enter_at_the_first_level_skips_all_five_but_nothing_skips_the_statement(
    aya: Program, talk: Talking
) -> None:
    person = talk("goal", "set", "Aya")
    person.answers(QUESTIONS[0], "")
    person.hears("statement cannot be empty")
    person.says("Listen")
    for question in QUESTIONS[1:]:
        person.answers(question, "")
    code = person.ends()

    goal = shown(aya)
    assert code == 0
    assert (goal["statement"], goal["levels"], goal["owner"]) == ("Listen", {}, "me")


def test_the_way_back_leads_past_levels_that_were_not_asked_for(
    books: Program, talk: Talking
) -> None:
    person = talk("goal", "revise", "g1")
    for question in AGAIN:
        person.answers(question, "")
    person.answers("Why the change?", "<")
    person.answers(AGAIN[-1], "<")
    person.answers(AGAIN[-2], "")
    person.answers(AGAIN[-1], "")
    person.answers("Why the change?", "")
    person.hears("Nothing has changed.")

    assert person.ends() == 0
    assert shown(books)["revisions"] == []


def test_options_are_not_asked_for_and_refused_before_anything_is(
    aya: Program, talk: Talking
) -> None:
    refused = talk("goal", "set", "--baseline", "3", "--target", "3")
    refused.hears("is where it starts already")
    code = refused.ends()
    person = talk("goal", "set", "--unit", "books", "--target", "12")
    person.answers(QUESTIONS[0], "Read")
    person.answers(QUESTIONS[2], "12")
    for question in QUESTIONS[4:]:
        person.answers(question, "")
    person.hears("is where it starts already")
    person.answers(QUESTIONS[0], "")
    person.answers(QUESTIONS[2], "\x7f\x7f4")
    for question in QUESTIONS[4:]:
        person.answers(question, "")

    assert (code, person.ends()) == (2, 0)
    assert (shown(aya)["baseline"], shown(aya)["target"]) == (4, 12)


def test_a_goal_begun_is_gone_on_with_after_ctrl_c(aya: Program, talk: Talking) -> None:
    person = talk("goal", "set")
    person.answers(QUESTIONS[0], "Read ten books")
    person.answers(QUESTIONS[1], "books")
    person.hears(QUESTIONS[2])
    person.presses("\x03")
    person.hears("mentorlog goal set p1")
    stopped = person.ends()
    kept = aya.ok("goal", "list", "--json").json
    person = talk("goal", "set", "Aya")
    person.answers("begun and not finished", "")
    for question in QUESTIONS[2:]:
        person.answers(question, "")
    code = person.ends()

    assert (stopped, kept, code) == (130, [], 0)
    assert (shown(aya)["statement"], shown(aya)["unit"]) == ("Read ten books", "books")
    assert drafts(aya) == []


def test_a_revision_begins_with_what_stands_there(scaled: Program, talk: Talking) -> None:
    scaled.ok("goal", "revise", "g1", "--due", "2026-11-25")
    scaled.today = "2026-12-01"

    person = talk("goal", "revise", "g1")
    person.answers(AGAIN[0], " and often")
    for question in (*AGAIN[1:], *OTHER_LEVELS):
        person.answers(question, "")
    person.answers("Why the change?", "It is a habit")
    code = person.ends()

    goal = shown(scaled)
    assert code == 0
    assert (goal["statement"], goal["due_on"]) == ("Speak freely and often", "2026-11-25")
    assert goal["revisions"][-1]["because"] == "It is a habit"
    assert goal["revisions"][-1]["before"] == {"statement": "Speak freely"}


def test_levels_are_taken_away_together_at_a_terminal(scaled: Program, talk: Talking) -> None:
    person = talk("goal", "revise", "g1")
    for question in AGAIN[:-1]:
        person.answers(question, "")
    person.answers(AGAIN[-1], "\x15")
    person.answers("Why the change?", "")
    code = person.ends()

    assert (code, shown(scaled)["levels"]) == (0, {})


def test_a_goal_is_written_in_an_editor_and_revised_there(
    aya: Program, talk: Talking, tmp_path: Path
) -> None:
    write = editor(tmp_path, "sed -i 's/^#: statement.*/&\\nRead/; s/^#: unit.*/&\\nbooks/' \"$1\"")
    written = talk("goal", "set", "--target", "12", "--edit", EDITOR=write).ends()
    change = editor(tmp_path, "sed -i 's/^12$/15/; s/^#: because.*/&\\nmore/' \"$1\"")
    revised = talk("goal", "revise", "g1", "--edit", EDITOR=change).ends()

    goal = shown(aya)
    assert (written, revised) == (0, 0)
    assert (goal["statement"], goal["unit"], goal["target"]) == ("Read", "books", 15)
    assert goal["revisions"][0]["because"] == "more"
    assert goal["revisions"][0]["before"] == {"target": 12}


def test_what_an_editor_left_that_cannot_be_kept_is_still_there(
    books: Program, talk: Talking, tmp_path: Path
) -> None:
    change = editor(tmp_path, "sed -i 's/^12$/twelve/' \"$1\"")

    person = talk("goal", "revise", "g1", "--edit", EDITOR=change)
    person.hears("a number such as 12")
    code = person.ends()

    (draft,) = (each for each in drafts(books) if each.is_dir())
    assert code == 2
    assert "twelve" in (draft / "text.txt").read_text()
    assert shown(books)["target"] == 12


def test_the_timeline_says_what_a_measurement_measures(aya: Program) -> None:
    aya.ok("goal", "set", "Read ten books", "--unit", "books")
    aya.ok("goal", "measure", "g1", "4", "--note", "One in French")

    line = next(each for each in aya.ok("log").out.splitlines() if "n1" in each)

    assert line == "  n1  ▪ 4 books · Read ten books · One in French"
