"""`pair agree`: each time a new, whole version; and `pair show`, which shows the one in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mentorlog.domain.agreement import WORDS
from tests.cli.talking import Talking, drafts, editor

if TYPE_CHECKING:
    from tests.conftest import Program, Terminal

UNDO = "To take this back: mentorlog undo\n"
ALL_WORDS = {name: f"{name} said" for name in WORDS}

# What is asked, in order.
QUESTIONS = (
    "What background do you bring?",
    "What background do they bring?",
    "What do you expect?",
    "What do they expect?",
    "How often do you meet?",
    "How many minutes does a meeting take?",
    "In which way?",
    "Until when?",
    "What stays between the two of you?",
    "Where are the boundaries?",
    "How do you give each other feedback?",
    "How may either of you leave?",
    "Remarks for yourself?",
)


@pytest.fixture
def aya(mentorlog: Program) -> Program:
    """The program with one pair: Aya, whose mentor I am since 1 October."""
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor", "--on", "2026-10-01")
    return mentorlog


@pytest.fixture
def agreed(aya: Program) -> Program:
    """The same, with an agreement t1 of 1 November."""
    words = ["--confidentiality", "All of it", "--boundaries", "Weekends", "--on", "2026-11-01"]
    aya.ok("pair", "agree", *words)
    return aya


def options(said: dict[str, str]) -> list[str]:
    return [word for name, text in said.items() for word in (f"--{name.replace('_', '-')}", text)]


def words_of(agreement: dict[str, Any]) -> dict[str, str]:
    return {name: agreement[name] for name in WORDS if agreement[name] is not None}


def shown(program: Program) -> dict[str, Any]:
    pair: dict[str, Any] = program.ok("pair", "show", "p1", "--json").json
    return pair


# Versions ----------------------------------------------------------------------------------------


def test_all_that_was_agreed_on_is_kept_with_its_day(aya: Program) -> None:
    said = aya.ok("pair", "agree", *options(ALL_WORDS), "--on", "yesterday", "--json")

    agreement = said.json["agreement"]
    assert words_of(agreement) == ALL_WORDS
    assert (agreement["pair"], agreement["agreed_on"]) == ("p1", "2026-11-21")
    assert said.json["agreements"] == ["t1"]
    assert said.json == shown(aya)


def test_each_time_makes_a_whole_new_version_of_what_was_carried_over(agreed: Program) -> None:
    words = ["--boundaries", "Weekends and evenings", "--leaving", "Say so in a meeting"]

    new = agreed.ok("pair", "agree", *words, "--json").json
    old = agreed.ok("show", "t1", "--json").json

    assert new["agreements"] == ["t1", "t2"]
    assert words_of(new["agreement"]) == {
        "confidentiality": "All of it",
        "boundaries": "Weekends and evenings",
        "leaving": "Say so in a meeting",
    }
    assert words_of(old) == {"confidentiality": "All of it", "boundaries": "Weekends"}


def test_an_empty_value_takes_a_term_away(agreed: Program) -> None:
    new = agreed.ok("pair", "agree", "--boundaries", "", "--minutes", "45", "--json").json
    pair = agreed.ok("pair", "agree", "--minutes", "", "--term", "", "--json").json

    assert words_of(new["agreement"]) == {"confidentiality": "All of it"}
    assert (new["minutes"], pair["minutes"], pair["term_ends_on"]) == (45, None, None)


def test_how_often_how_long_in_which_way_and_until_when_are_the_pairs(aya: Program) -> None:
    words = ["--cadence", "隔週火曜", "--minutes", "４５", "--via", "in person", "--term", "4m"]

    pair = aya.ok("pair", "agree", *words, "--on", "2026-11-20", "--json").json

    assert (pair["cadence"], pair["minutes"], pair["channel"]) == ("2w tue", 45, "in-person")
    assert pair["term_ends_on"] == "2027-03-20", "counted from the day agreed on"
    assert (pair["agreement"], pair["agreements"]) == (None, [])


@pytest.mark.parametrize("option", ["--term", "--term-ends"])
def test_a_term_may_end_on_a_day_too(aya: Program, option: str) -> None:
    assert aya.ok("pair", "agree", option, "2027-02-01", "--json").json["term_ends_on"] == (
        "2027-02-01"
    )


def test_both_are_one_command_to_undo(agreed: Program) -> None:
    before = shown(agreed)

    agreed.ok("pair", "agree", "--leaving", "Say so", "--cadence", "monthly", "--minutes", "30")
    agreed.ok("undo")

    after = shown(agreed)
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
    assert agreed.ok("history", "--json").json[1]["command"] == "pair agree"


def test_the_receipt_says_what_is_new_about_the_terms_and_about_the_pair(agreed: Program) -> None:
    words = ["--boundaries", "", "--leaving", "Say so", "--cadence", "monthly", "--term", "3m"]

    said = agreed.ok("pair", "agree", *words)

    assert said.out == (
        "t2  ⇄ Agreement · All of it · Sun 22 Nov 2026\n"
        "    boundaries: unset\n"
        "    how either side may leave: Say so\n"
        "p1  Aya · I am the mentor · since Thu 1 Oct 2026\n"
        "    cadence: every month\n"
        "    term ends on: Mon 22 Feb 2027\n"
    )
    assert said.err == UNDO


# Shown -------------------------------------------------------------------------------------------


def test_a_pair_is_shown_with_its_agreement_and_what_has_changed(agreed: Program) -> None:
    agreed.ok("pair", "agree", "--boundaries", "Evenings", "--leaving", "Say so")
    agreed.ok("pair", "pause", "--until", "2027-01-10")

    out = agreed.ok("pair", "show").out

    facts, agreement, changed = out.split("\n\n")
    assert "pauses        Sun 22 Nov 2026 to Sun 10 Jan 2027" in facts
    assert agreement == (
        "t2 Agreement of Sun 22 Nov 2026\n"
        "  confidentiality\n    All of it\n"
        "  boundaries\n    Evenings\n"
        "  how either side may leave\n    Say so"
    )
    assert changed == (
        "Changed since t1, Sun 1 Nov 2026\n"
        "  boundaries\n      Weekends\n    → Evenings\n"
        "  how either side may leave\n      unset\n    → Say so\n"
    )


def test_a_first_agreement_has_changed_nothing(agreed: Program) -> None:
    assert "Changed since" not in agreed.ok("pair", "show").out


def test_versions_count_by_their_day_and_on_one_day_by_their_order(agreed: Program) -> None:
    agreed.ok("pair", "agree", "--boundaries", "One", "--on", "2026-11-01")
    agreed.ok("pair", "agree", "--boundaries", "Two", "--on", "2026-11-10")

    assert shown(agreed)["agreements"] == ["t1", "t2", "t3"]
    assert shown(agreed)["agreement"]["boundaries"] == "Two"


@pytest.mark.usefixtures("aya")
@pytest.mark.parametrize("columns", [60, 140])
def test_long_terms_wrap_in_both_languages(
    mentorlog: Program, terminal: Terminal, columns: int
) -> None:
    mentorlog.ok("pair", "agree", "--boundaries", "週末は連絡しない。" * 20)
    mentorlog.ok("pair", "agree", "--boundaries", "No messages at weekends. " * 20)

    said = terminal("pair", "show", columns=columns, NO_COLOR="1")

    lines = said.text.splitlines()
    assert max(sum(2 if ord(each) > 0x2E7F else 1 for each in line) for line in lines) <= columns
    assert said.text.replace("\n", "").replace(" ", "").count("週末は連絡しない。") == 20


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "leads_to"),
    [
        (["--boundaries", "Weekends"], 1, "mentorlog show t1"),
        (["--cadence", "2w", "--boundaries", "Weekends"], 1, "mentorlog show t1"),
        (["--leaving", ""], 1, "mentorlog show t1"),
        ([], 2, "mentorlog pair agree --cadence 2w"),
        (["--cadence", "0w"], 2, "These work: 2w"),
        (["--cadence", "often"], 2, "These work: 2w"),
        (["--minutes", "0"], 2, "from 1 to 1440"),
        (["--via", "pigeon"], 2, "in-person"),
        (["--term", "soon"], 2, "These work: 6m"),
        (["--term", "0d"], 2, "a day or more"),
        (["--term-ends", "2026-11-22"], 2, "Name a later day"),
        (["--term-ends", "2026-01-01"], 2, "Name a later day"),
        (["--term", "3m", "--term-ends", "2027-05-01"], 2, "Keep one"),
        (["--boundaries", "New", "--on", "2026-10-31"], 2, "2026-11-01 or later"),
        (["--boundaries", "New", "--on", "tomorrow"], 2, "today"),
        (["--boundaries", "\udcff"], 2, "not valid Unicode"),
        (["--edit"], 2, "--edit needs a terminal"),
    ],
    ids=lambda value: (
        " ".join(value).encode("ascii", "replace").decode() if isinstance(value, list) else ""
    ),
)
def test_what_says_nothing_new_or_makes_no_sense_is_refused_and_nothing_is_written(
    agreed: Program, words: list[str], code: int, leads_to: str
) -> None:
    before = agreed.journal.read_bytes()

    refused = agreed("pair", "agree", *words)

    assert (refused.code, refused.out, refused.err.count("\n")) == (code, "", 1)
    assert leads_to in refused.err
    assert agreed.journal.read_bytes() == before


def test_a_first_agreement_that_says_nothing_is_none(aya: Program) -> None:
    refused = aya("pair", "agree", "--boundaries", "", "--cadence", "2w")

    assert (refused.code, refused.out) == (1, "")
    assert "mentorlog show p1" in refused.err


# Guided ------------------------------------------------------------------------------------------


def test_whoever_is_at_a_terminal_is_asked_for_each_term_in_order(
    aya: Program, talk: Talking
) -> None:
    clear = "\x15"
    said = (
        "Sales", "Law", "Honesty", "Advice", clear + "monthly", "45", "online", clear + "4m",
        "All of it", "Weekends", "At once", "Say so", "Shy",
    )  # fmt: skip

    person = talk("pair", "agree")
    for question, answer in zip(QUESTIONS, said, strict=True):
        person.answers(question, answer)
    code = person.ends()

    pair = shown(aya)
    assert code == 0
    assert tuple(words_of(pair["agreement"]).values()) == said[:4] + said[8:]
    assert (pair["cadence"], pair["minutes"], pair["channel"]) == ("1m", 45, "online")
    assert pair["term_ends_on"] == "2027-03-22"
    assert drafts(aya) == []


def test_what_holds_now_stands_there_to_be_kept_changed_or_taken_away(
    agreed: Program, talk: Talking
) -> None:
    person = talk("pair", "agree")
    for question in QUESTIONS:
        person.hears(question)
        keys = {"Where are the boundaries?": "\x15", "What stays between the two of you?": "!"}
        person.says(keys.get(question, ""))
    code = person.ends()

    pair = shown(agreed)
    assert code == 0
    assert words_of(pair["agreement"]) == {"confidentiality": "All of it!"}
    assert (pair["cadence"], pair["term_ends_on"]) == ("2w", "2027-04-01"), "kept by Enter"


def test_a_term_that_is_over_may_be_left_as_it_is(agreed: Program, talk: Talking) -> None:
    agreed.today = "2027-06-01"

    person = talk("pair", "agree")
    for question in QUESTIONS:
        person.answers(question, "None" if question == "Remarks for yourself?" else "")
    code = person.ends()

    assert code == 0
    assert shown(agreed)["term_ends_on"] == "2027-04-01"


def test_a_new_term_that_is_over_is_asked_for_again_at_once(agreed: Program, talk: Talking) -> None:
    person = talk("pair", "agree")
    for question in QUESTIONS[:7]:
        person.answers(question, "")
    person.answers("Until when?", "\x15yesterday")
    person.hears("is not after the day agreed on")
    person.says("\x153m")  # what stood there stands there again
    for question in QUESTIONS[8:]:
        person.answers(question, "")
    code = person.ends()

    assert code == 0
    assert shown(agreed)["term_ends_on"] == "2027-02-22"


def test_a_form_that_changes_nothing_writes_nothing(agreed: Program, talk: Talking) -> None:
    before = agreed.journal.read_bytes()

    person = talk("pair", "agree")
    for question in QUESTIONS:
        person.answers(question, "")
    person.hears("Nothing has changed.")
    code = person.ends()

    assert code == 0
    assert agreed.journal.read_bytes() == before
    assert drafts(agreed) == []


def test_what_was_said_before_stopping_is_kept_and_gone_on_with(
    agreed: Program, talk: Talking
) -> None:
    person = talk("pair", "agree")
    person.answers("What background do you bring?", "Sales")
    person.answers("What background do they bring?", "Law")
    person.presses("\x03")
    person.hears("mentorlog pair agree p1")
    stopped = person.ends()
    in_between = shown(agreed)["agreements"]

    person = talk("pair", "agree", "p1")
    person.answers("Go on with it?", "y")
    for question in QUESTIONS[2:]:
        person.answers(question, "")
    code = person.ends()

    assert (stopped, code, in_between) == (130, 0, ["t1"])
    assert words_of(shown(agreed)["agreement"]) == {
        "my_background": "Sales",
        "their_background": "Law",
        "confidentiality": "All of it",
        "boundaries": "Weekends",
    }
    assert drafts(agreed) == []


def test_a_day_before_the_agreement_in_force_is_refused_before_anything_is_asked(
    agreed: Program, talk: Talking
) -> None:
    person = talk("pair", "agree", "--on", "2026-10-31")
    person.hears("2026-11-01 or later")

    assert person.ends() == 2
    assert drafts(agreed) == []


def test_the_terms_can_be_written_in_an_editor(
    agreed: Program, talk: Talking, tmp_path: Path
) -> None:
    script = "sed -i 's/^Weekends$/Evenings\\nand weekends/; s/^All of it$//' \"$1\""

    person = talk("pair", "agree", "--edit", EDITOR=editor(tmp_path, script))
    code = person.ends()

    pair = shown(agreed)
    assert code == 0
    assert words_of(pair["agreement"]) == {"boundaries": "Evenings\nand weekends"}
    assert pair["cadence"] == "2w"


def test_no_input_asks_nothing(agreed: Program, talk: Talking) -> None:
    person = talk("pair", "agree", "--no-input")
    person.hears("mentorlog pair agree --help")

    assert person.ends() == 2


def test_a_back_sign_behind_what_stands_there_goes_back_and_changes_nothing(
    agreed: Program, talk: Talking
) -> None:
    person = talk("pair", "agree")
    for question in QUESTIONS[:8]:
        person.answers(question, "")
    person.answers(QUESTIONS[8], "<")  # behind "All of it"
    for question in QUESTIONS[7:-1]:
        person.answers(question, "")
    person.answers(QUESTIONS[-1], "Went well")
    code = person.ends()

    agreement = shown(agreed)["agreement"]
    assert code == 0
    assert (agreement["confidentiality"], agreement["remarks"]) == ("All of it", "Went well")


def test_what_was_refused_gives_way_to_what_stood_there(agreed: Program, talk: Talking) -> None:
    before = shown(agreed)

    person = talk("pair", "agree")
    for question in QUESTIONS[:4]:
        person.answers(question, "")
    person.answers(QUESTIONS[4], " or so")  # behind the rhythm there is
    person.hears("is no rhythm I can read")
    person.says("")
    for question in QUESTIONS[5:-1]:
        person.answers(question, "")
    person.answers(QUESTIONS[-1], "Went well")

    assert person.ends() == 0
    assert shown(agreed)["cadence"] == before["cadence"] is not None


def test_what_was_agreed_elsewhere_while_a_form_was_open_stays(
    agreed: Program, talk: Talking
) -> None:
    person = talk("pair", "agree")
    for question in QUESTIONS[:3]:
        person.answers(question, "")
    person.hears(QUESTIONS[3])
    agreed.ok("pair", "agree", "--boundaries", "Evenings", "--cadence", "monthly")
    person.says("")
    for question in QUESTIONS[4:-1]:
        person.answers(question, "")
    person.answers(QUESTIONS[-1], "Went well")
    code = person.ends()

    now = shown(agreed)
    assert code == 0
    assert (now["cadence"], now["agreement"]["boundaries"]) == ("1m", "Evenings")
    assert now["agreement"]["remarks"] == "Went well"


def test_a_draft_gone_on_with_brings_nothing_old_back(agreed: Program, talk: Talking) -> None:
    person = talk("pair", "agree")
    person.answers(QUESTIONS[0], "I can draw. ")
    for question in QUESTIONS[1:10]:
        person.answers(question, "")
    person.presses("\x03")
    person.ends()
    agreed.ok("pair", "agree", "--boundaries", "Evenings")

    again = talk("pair", "agree")
    again.answers("Go on with it?", "y")
    for question in QUESTIONS[10:-1]:
        again.answers(question, "")
    again.answers(QUESTIONS[-1], "Went well")

    assert again.ends() == 0
    assert shown(agreed)["agreement"]["boundaries"] == "Evenings"
