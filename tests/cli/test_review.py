"""`review`: the digest, a review by options, from standard input, guided and in an editor."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.talking import drafts, editor
from tests.goldens import COLUMNS, LANGUAGES, assert_as_kept

if TYPE_CHECKING:
    from tests.cli.talking import Talk, Talking
    from tests.conftest import Program

GOLDEN = Path(__file__).with_name("golden")
UNDO = "To take this back: mentorlog undo\n"
SKILLS = (
    "How well do you listen", "How open are you", "How well do you keep time", "How well do you know",
    "How do you take feedback", "How good are you", "How much do you want to learn",
)  # fmt: skip
OF_THE_TIME = ("reached", "hard", "learned", "taught")
OF_THE_TWO = ("work together", "how well, 1")
OF_WHAT_REMAINS = ("take from this", "yourself alone?")
OF_THE_END = ("taught you", "see differently", "to take along")


@pytest.fixture
def aya(mentorlog: Program) -> Program:
    """The program with one pair: I am Aya's mentor until 1 April, with two goals and words of hers."""
    for words in (
        ["pair", "start", "Aya", "--as", "mentor", "--on", "2026-10-01"],
        ["goal", "set", "Read books", "--unit", "books", "--baseline", "0", "--target", "10", "--share"],
        ["goal", "set", "Give talks", *_levels()],
        ["meet", "aya", "--on", "2026-10-15", "--pulse", "3", "--summary", "We began"],
        ["goal", "measure", "g1", "2", "--on", "2026-10-15"],
    ):  # fmt: skip
        mentorlog.ok(*words)
    return mentorlog


def _levels() -> list[str]:
    return [word for level in range(-2, 3) for word in ("--level", f"{level}=talks {level}")]


def records(program: Program) -> list[dict[str, Any]]:
    """Return all records, without when they were written."""
    found = program.ok("log", "--all", "--json").json
    return [{k: v for k, v in each.items() if not k.endswith("_at")} for each in found]


def of_kind(program: Program, kind: str) -> list[dict[str, Any]]:
    return [each for each in records(program) if each["kind"] == kind]


def print_of(program: Program) -> str:
    return hashlib.sha256(program.journal.read_bytes()).hexdigest()


# The digest --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", COLUMNS)
def test_the_digest_is_drawn_as_it_is_kept(
    mentorlog: Program, demo_journals: dict[str, Path], language: str, columns: int
) -> None:
    mentorlog.holding(demo_journals[language]).language = language

    shown = mentorlog("review", "p1", "--no-input", environment={"COLUMNS": str(columns)})

    assert (shown.code, "\x1b" in shown.out) == (0, False)
    assert_as_kept(shown.out, GOLDEN / f"review-{language}-{columns}.txt", columns)


def test_with_nothing_said_and_nobody_there_the_digest_is_shown_and_how_to_record(
    aya: Program,
) -> None:
    before = print_of(aya)

    shown = aya.ok("review", "aya")

    assert shown.out.startswith("Aya · I am the mentor\nThu 1 Oct 2026 – Sun 22 Nov 2026")
    assert "You met once." in shown.out
    assert "Read books: 0 % → 20 % of the way." in shown.out
    example = "mentorlog review Aya --conclusions '…' --decision continue"
    assert shown.err == f"To record the review: {example}\nEvery key: mentorlog review --help\n"
    assert (print_of(aya), drafts(aya)) == (before, [])


def test_the_figures_stand_beside_those_of_the_period_before(aya: Program) -> None:
    aya.ok("review", "aya", "--on", "2026-10-31", "--decision", "continue")
    aya.ok("meet", "aya", "--on", "2026-11-05", "--summary", "Twice")
    aya.ok("meet", "aya", "--on", "2026-11-19", "--summary", "Again")

    shown = aya.ok("review", "aya").out

    assert "Sun 1 Nov 2026 – Sun 22 Nov 2026 · 22 days" in shown
    assert re.search(r"this period +the one before\n +31 days\n", shown)
    assert re.search(r"Meetings +2 +1\n", shown)
    assert "You met 2 times; in the 31 days before, once." in shown
    assert "No goal was measured in this period." in shown
    assert "Advice" not in shown, "unknown in both"


def test_periods_of_one_length_are_not_told_apart_by_it(aya: Program) -> None:
    aya.ok("review", "aya", "--on", "2026-10-26", "--decision", "continue")

    shown = aya.ok("review", "aya", "--on", "2026-11-21").out

    assert "Tue 27 Oct 2026 – Sat 21 Nov 2026 · 26 days" in shown
    assert re.search(r"this period +the one before\n +Meetings", shown)
    assert "You did not meet in this period." in shown


def test_the_digest_begins_with_the_first_meeting_where_that_was_before_the_start(
    mentorlog: Program,
) -> None:
    mentorlog.ok("pair", "start", "Omar", "--as", "mentor")
    mentorlog.ok("meet", "omar", "--on", "2026-11-20", "--summary", "x")

    shown = mentorlog.ok("review").out
    review = mentorlog.ok("review", "--decision", "continue", "--json").json

    assert "Fri 20 Nov 2026 – Sun 22 Nov 2026" in shown
    assert "You met once." in shown
    assert (review["from_on"], review["to_on"]) == ("2026-11-20", "2026-11-22")


def test_a_second_review_on_one_day_has_no_row_of_what_is_unknown(aya: Program) -> None:
    aya.ok("review", "aya", "--decision", "continue")

    shown = aya.ok("review", "aya").out

    assert not re.search(r"– +–", shown)
    assert re.search(r"Meetings +0 +1\n", shown)


def test_a_review_without_a_decision_begins_no_period_and_uses_up_none_that_is_due(
    aya: Program,
) -> None:
    aya.today = "2026-12-31"  # half-time
    for words in (["--conclusions", "Hm"], ["--stuck", "--answer", "goal=Hm"]):
        kept = aya.ok("review", "aya", *words, "--json").json
        assert (kept["from_on"], kept["next_review_on"]) == ("2026-10-01", None)

    due = {each["code"] for each in aya.ok("status", "--json").json["findings"]}

    assert "review-due" in due
    assert "plateau" not in due, "to review is to move"
    assert "Thu 1 Oct 2026 – Thu 31 Dec 2026" in aya.ok("review", "aya").out


def test_what_was_met_and_felt_is_said_before_any_number_of_goals(aya: Program) -> None:
    aya.ok("assess", "aya", "--learning", "3", "--on", "2026-10-10")
    aya.ok("review", "aya", "--on", "2026-10-31", "--decision", "continue")
    aya.ok("assess", "aya", "--learning", "4")
    aya.ok(
        "meet", "aya", "--on", "2026-11-05", "--pulse", "4", "--advice", "Wait", "--told", "a1=Well"
    )
    for number in range(3, 9):
        aya.ok("goal", "set", "aya", f"Goal {number}", "--baseline", "0", "--target", "10")
        aya.ok("goal", "measure", f"g{number}", "5")

    words = aya.ok("review", "aya").out.partition("In words\n")[2].splitlines()

    assert [line.split()[1] for line in words[:3]] == ["You", "The", "Rated"]
    assert len(words) == 6


@pytest.mark.parametrize(("role", "said"), [("mentor", "You heard"), ("mentee", "You told")])
def test_who_told_what_came_of_advice_is_said_by_role(
    mentorlog: Program, role: str, said: str
) -> None:
    mentorlog.ok("meet", "Ken", "--as", role, "--advice", "Wait", "--advice", "Ask")
    mentorlog.ok("action", "told", "a1", "Well")

    shown = mentorlog.ok("review").out

    assert f"{said} what came of 1 of 2 pieces of advice." in shown


def test_a_rhythm_is_not_said_to_be_kept_when_the_next_meeting_is_late(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Ken", "--as", "mentor", "--on", "2026-10-11", "--cadence", "2w")
    for day in ("2026-10-25", "2026-11-08"):
        mentorlog.ok("meet", "ken", "--on", day, "--summary", "x")
    kept = "Every meeting that your rhythm expected took place."

    shown = {day: mentorlog.ok("review", "--on", day).out for day in ("2026-11-21", "2026-11-22")}
    mentorlog.today = "2026-11-23"
    shown["2026-11-23"] = mentorlog.ok("review").out

    assert [day for day, out in shown.items() if kept in out] == ["2026-11-21", "2026-11-22"]


def test_no_goal_is_active_where_those_there_were_are_closed(aya: Program) -> None:
    aya.ok("goal", "drop", "g1")
    aya.ok("goal", "drop", "g2")
    aya.ok("review", "aya", "--decision", "continue")
    aya.today = "2026-11-24"

    shown = aya.ok("review", "aya").out

    assert "No goal is active." in shown
    assert "Goals" not in shown


def test_an_ended_pair_is_not_told_how_to_record_a_review(aya: Program) -> None:
    aya.ok("pair", "end", "--because", "done")

    assert aya.ok("review", "aya").err == ""


def test_the_digest_as_json_is_a_document(aya: Program) -> None:
    aya.ok("review", "aya", "--on", "2026-10-31", "--decision", "continue")

    shown = aya.ok("review", "--json")

    document = shown.json
    assert (document["format"], document["document"]) == ("mentorlog/1", "review")
    assert (document["pair"]["id"], document["since"], document["until"]) == (
        "p1", "2026-11-01", "2026-11-22",
    )  # fmt: skip
    held = [document[when]["meetings"]["held"]["value"] for when in ("figures", "before")]
    assert held == [0, 1]
    assert document["figures"]["pulse"]["average"] == {"value": None, "n": 0}
    shares = [(each["share_before"], each["share"]["value"]) for each in document["goals"]]
    assert shares == [(0.2, 0.2), (None, None)]
    assert (document["is_final"], shown.err) == (False, "")


def test_a_pair_that_has_not_met_has_a_digest(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentee")

    shown = mentorlog.ok("review").out
    mentorlog.ok("goal", "set", "Read")
    with_a_goal = mentorlog.ok("review").out

    assert shown == (
        "Aya · I am the mentee\nSun 22 Nov 2026 · 1 day\n\n"
        "You have not met yet.\nTo prepare: mentorlog prep Aya\n"
    )
    assert "You have not met yet." in with_a_goal
    assert "g1  Read" in with_a_goal


def test_that_no_goal_was_ever_set_is_said(mentorlog: Program) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentee", "--summary", "x")

    assert "No goal has been set." in mentorlog.ok("review").out


def test_since_looks_back_further_than_the_last_review(aya: Program) -> None:
    aya.ok("review", "aya", "--on", "2026-10-31", "--decision", "continue")

    shown = aya.ok("review", "aya", "--since", "2026-10-01").out

    assert "You met once" in shown


# By options --------------------------------------------------------------------------------------


def test_a_review_by_options_says_all_that_was_understood(aya: Program) -> None:
    said = aya.ok(
        "review", "aya", "--conclusions", "Go on", "--thoughts", "Tired", "--share", "--pulse", "3",
        "--measure", "g1=5", "--rate", "g2=1", "--drop", "g2=No time", "--decision", "extend",
        "--by", "3m", "--answer", "hard=To wait", "--answer", "ratings.learning=4",
    )  # fmt: skip

    assert said.out == (
        "v1  ⚑ Go on · extend the term · next review Sun 14 Feb 2027 · shared · Sun 22 Nov 2026\n"
        "p1  Aya · I am the mentor · since Thu 1 Oct 2026\n"
        "    term ends on: Thu 1 Jul 2027\n"
        "r1  ✎ To wait · looking back\n"
        "k1  ▦ wanting to learn 4 · Sun 22 Nov 2026\n"
        "n2  ▪ 5 books · Read books\n"
        "n3  ▪ level +1 · Give talks\n"
        "g2  ◎ Give talks · dropped\n"
        "    state: dropped\n"
    )
    assert said.err == UNDO
    (review,) = of_kind(aya, "review")
    assert (review["from_on"], review["to_on"], review["thoughts"]) == (
        "2026-10-01", "2026-11-22", "Tired",
    )  # fmt: skip


def test_a_goal_with_another_wording_says_what_is_new(aya: Program) -> None:
    said = aya.ok(
        "review", "--answer", "g1.target=12", "--answer", "g1.because=More", "--json"
    ).json

    goal = next(each for each in said["records"] if each["kind"] == "goal")
    assert (goal["target"], goal["revisions"][0]["because"]) == (12, "More")
    assert aya.ok("review", "--answer", "g1.target=10").out.endswith("\n    target: 10\n")


@pytest.mark.parametrize(
    ("words", "changes", "letter"),
    [
        (["continue"], {"state": "active"}, None),
        (["extend", "--to", "2027-06-01"], {"term_ends_on": "2027-06-01"}, None),
        (["shorten", "--to", "+2w"], {"term_ends_on": "2026-12-06"}, "by Sun 6 Dec 2026"),
        (["pause", "--until", "+6w"], {"state": "paused"}, "from Sun 3 Jan 2027"),
        (
            ["end", "--because", "moved"],
            {"state": "ended", "ended_because": "moved"},
            "to end our meetings here",
        ),
    ],
    ids=lambda each: each[0] if isinstance(each, list) else "",
)
def test_a_decision_has_its_consequence_and_undo_takes_all_of_it_back(
    aya: Program, words: list[str], changes: dict[str, str], letter: str | None
) -> None:
    before = records(aya)

    said = aya.ok("review", "aya", "--conclusions", "Go on", "--decision", *words)
    pair = aya.ok("pair", "show", "aya", "--json").json
    message = said.out.partition("\n\n")[2]
    aya.ok("undo")

    assert {name: pair[name] for name in changes} == changes
    assert (letter or "") in message
    assert bool(message) is (letter is not None)
    assert ("A message to send" in said.err) is (letter is not None)
    assert records(aya) == before


def test_json_has_the_review_all_it_made_and_the_message(aya: Program) -> None:
    said = aya.ok("review", "--decision", "end", "--because", "done", "--achieve", "g1", "--json")

    review = said.json
    assert (review["kind"], review["pair"], review["decision"]) == ("review", "p1", "end")
    assert [each["id"] for each in review["records"]] == ["p1", "g1"]
    assert review["message"].startswith("Hello Aya,")
    assert said.err == ""
    assert aya.ok("undo").out.startswith("Taken back: review · ")


def test_a_paused_pair_can_be_reviewed_unnamed_and_an_ended_one_by_name(aya: Program) -> None:
    aya.ok("pair", "pause")
    paused = aya.ok("review", "--conclusions", "Go on", "--json").json
    aya.ok("pair", "end", "--because", "done")

    ended = aya.ok("review", "aya", "--answer", "learned=Much", "--json").json
    refused = aya("review", "aya", "--decision", "continue")

    assert (paused["id"], ended["id"], ended["next_review_on"]) == ("v1", "v2", None)
    assert (refused.code, "has ended" in refused.err) == (1, True)


def test_a_plateau_is_written_down_in_the_form_of_grow(aya: Program) -> None:
    said = aya.ok("review", "--stuck", "--answer", "consult=Ken", "--json").json
    refused = aya("review", "--stuck", "--answer", "reached=x")

    (reflection,) = said["records"]
    assert (reflection["form"], reflection["phase"]) == ("grow", "immersion")
    assert reflection["answers"] == {"consult": "Ken"}
    assert (refused.code, "Keys: goal, reality" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--pulse", "9"], 2, "a whole number from 1 to 4"),
        (["--conclusions", ""], 2, "--conclusions cannot be empty"),
        (["--decision", "stop"], 2, "is not one of the words for decision"),
        (["--decision", "extend"], 2, "with --by 3m, or until when"),
        (["--decision", "shorten"], 2, "--to DATE"),
        (["--decision", "end"], 2, "--because"),
        (["--decision", "continue", "--until", "fri"], 2, "--until goes with --decision pause"),
        (["--decision", "extend", "--to", "2027-01-01"], 2, "--decision shorten --to DATE"),
        (["--decision", "continue", "--next-review", "yesterday"], 2, "is not after the review itself"),
        (["--next-review", "+3m"], 2, "--next-review goes with --decision."),
        (["--decision", "end", "--because", "bored"], 2, "is not one of the words for --because: done"),
        (["--decision", "shorten", "--to", "2027-06-01"], 2, "--decision extend --to DATE"),
        (["--decision", "shorten", "--to", "2026-11-01"], 2, "to end the pair: --decision end"),
        (["--decision", "pause", "--until", "today"], 2, "Name a later day.\n"),
        (["--on", "tomorrow", "--pulse", "3"], 2, "is still to come"),
        (["--since", "tomorrow", "--pulse", "3"], 2, "--since “2026-11-23” is after the day of the review"),
        (["--measure", "g1"], 2, "is not of the form ID=TEXT"),
        (["--measure", "g9=1"], 1, "There is no goal"),
        (["--measure", "g1=1", "--answer", "g1.value=2"], 2, "g1.value is answered twice"),
        (["--achieve", "m1"], 1, "There is no goal"),
        (["--measure", "g1=x"], 2, "will not do for value of g1:"),
        (["--rate", "g2=3"], 2, "will not do for level of g2:"),
        (["--rate", "g1=1"], 1, "no levels to rate it by"),
        (["--answer", "g1=revise"], 1, "says that already"),
        (["--answer", "joy=x"], 2, "thanks, g1…, ratings.SKILL; more on them"),
        (["--answer", "hard"], 2, "is not of the form KEY=TEXT"),
        (["--conclusions", "-", "--thoughts", "-"], 2, "Write - once"),
        (["--edit"], 2, "--edit needs a terminal"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_one_line_and_nothing_written(
    aya: Program, words: list[str], code: int, said: str
) -> None:
    before = print_of(aya)

    refused = aya("review", "aya", *words, stdin="x")

    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err
    assert refused.err.count("\n") == 1
    assert (print_of(aya), drafts(aya)) == (before, [])


def test_a_term_that_is_not_there_is_not_shortened(mentorlog: Program) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--summary", "x")
    mentorlog.ok("edit", "p1", "--set", "term_ends_on=")

    refused = mentorlog("review", "--decision", "shorten", "--to", "+1w")

    assert (refused.code, "To give it one: --decision extend --to DATE\n" in refused.err) == (
        1,
        True,
    )


def test_a_goal_of_another_pair_or_closed_is_refused(aya: Program) -> None:
    aya.ok("goal", "achieve", "g2")
    aya.ok("pair", "start", "Ben", "--as", "mentee")
    aya.ok("goal", "set", "ben", "Write")
    before = print_of(aya)

    closed = aya("review", "aya", "--conclusions", "x", "--drop", "g2")
    others = aya("review", "aya", "--conclusions", "x", "--measure", "g3=1")

    assert (closed.code, "g2 is closed" in closed.err) == (1, True)
    assert (others.code, "belongs to another pair" in others.err) == (1, True)
    assert print_of(aya) == before


@pytest.mark.parametrize("language", ["en", "ja"])
def test_help_lists_every_key(mentorlog: Program, language: str) -> None:
    mentorlog.language = language

    shown = mentorlog.ok("review", "--help").out

    keys = "reached hard mentee-learned mentor-learned together pulse conclusions share thoughts"
    keys += " decision by to until because next_review_on g1.value g1.level g1.statement g1.target"
    keys += " g1.due_on g1.because ratings.learning learned changed next thanks consult reality"
    assert [key for key in keys.split() if key not in shown] == []


# From standard input -----------------------------------------------------------------------------


def test_an_object_on_standard_input_answers_any_key(aya: Program) -> None:
    answers = {
        "reached": "Much\nand more", "pulse": 3, "g1.value": 4.5, "hard": None, "decision": "pause",
        "until": "2027-01-10", "ratings.learning": "4", "conclusions": "Rest", "share": "yes",
    }  # fmt: skip

    said = aya.ok("review", "--answer", "-", "--json", stdin=json.dumps(answers)).json

    by_kind = {each["kind"]: each for each in said["records"]}
    assert (said["pulse"], said["conclusions"], said["visibility"]) == (3, "Rest", "shared")
    assert by_kind["reflection"]["answers"] == {"reached": "Much\nand more"}
    assert by_kind["measurement"]["value"] == 4.5
    assert by_kind["pair"]["state"] == "paused"


def test_an_object_may_have_goals_and_ratings_as_objects_and_consent_as_true(aya: Program) -> None:
    answers = {
        "conclusions": "Rest", "share": True, "ratings": {"learning": 4},
        "g1": {"value": 4, "because": None}, "g2": {"level": 1}, "G2.due_on": "+1w",
    }  # fmt: skip

    said = aya.ok("review", "--answer", "-", "--json", stdin=json.dumps(answers)).json

    readings = [each for each in said["records"] if each["kind"] == "measurement"]
    assert [(each["goal"], each["value"], each["level"]) for each in readings] == [
        ("g1", 4, None),
        ("g2", None, 1),
    ]
    assert [each["ratings"] for each in said["records"] if "ratings" in each] == [{"learning": 4}]
    assert (said["visibility"], said["records"][-1]["due_on"]) == ("shared", "2026-11-29")


def test_consent_that_is_false_shares_nothing(aya: Program) -> None:
    said = aya.ok("review", "--answer", "-", "--json", stdin='{"pulse": 3, "share": false}').json

    assert said["visibility"] == "private"


def test_a_text_on_standard_input_is_the_conclusions(aya: Program) -> None:
    said = aya.ok("review", "--conclusions", "-", "--json", stdin="Go on\n\nslowly\n").json

    assert said["conclusions"] == "Go on\n\nslowly"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (" \n", "Standard input is empty. Nothing was kept."),
        ('{"hard": true}', "hard: the answer has to be"),
        ('{"g1": {"joy": "secret"}}', "nothing is asked under “g1.joy”"),
        ('{"g1": {"level": {"secret": 1}}}', "g1.level: the answer has to be"),
        ('{\n "hard": secret }', "stops being valid JSON at line 2, column 10"),
        ('["secret"]', "has to be one JSON object"),
        ("[" * 100_000, "has to be one JSON object"),
        ('{"hard": {"secret": 1}}', "hard: the answer has to be a text, a number or null"),
        ('{"hard": ["secret"]}', "hard: the answer has to be"),
        ('{"pulse": true}', "pulse: the answer has to be"),
        ('{"hard": NaN}', "has to be one JSON object"),
        ('{"pulse": 9}', "pulse: “…” will not do for pulse: a whole number from 1 to 4."),
        ('{"pulse": "secret"}', "pulse: “…” will not do"),
        ('{"g1.value": 1' + "0" * 5000 + "}", "g1.value: “…” will not do"),
        ('{"decision": "secret"}', "decision: “…” is not one of the words"),
        ('{"decision": "end", "because": "secret"}', "because: “…” is not one of the words"),
        ('{"g1.due_on": "secret"}', "g1.due_on: “…” is not a date"),
        ('{"hard": "secret\\u0000"}', "hard: hard: the text has a NUL"),
        ('{"hard": "\\ud800"}', "hard: hard: the text is not valid Unicode"),
        ('{"joy": "secret"}', "nothing is asked under “joy”. Keys: reached"),
        ('{"hard": "a", "hard": "secret"}', "hard is answered twice"),
        ('{"hard": null}', "There is no answer in standard input"),
        ('{"hard": " ", "reached": ""}', "There is no answer in standard input"),
        ('{"g1": "keep"}', "Standard input: There is nothing to keep yet"),
        ('{"decision": "end"}', "Standard input: "),
        ('{"decision": "extend"}', "Standard input: "),
        (b"\xff", "not UTF-8 (byte 0)"),
    ],
)
def test_bad_data_on_standard_input_is_refused_by_its_place_and_not_repeated(
    aya: Program, given: str | bytes, said: str
) -> None:
    before = print_of(aya)

    refused = aya("review", "aya", "--answer", "-", stdin=given)

    assert (refused.code, refused.out) == (65, "")
    assert said in refused.err
    assert "secret" not in refused.err
    assert refused.err.count("\n") == 1
    assert (print_of(aya), drafts(aya)) == (before, [])


def test_a_key_that_an_option_answers_too_is_refused(aya: Program) -> None:
    refused = aya("review", "--pulse", "3", "--answer", "-", stdin='{"pulse": 4}')

    assert (refused.code, "pulse is answered twice" in refused.err) == (2, True)


# Thanks ------------------------------------------------------------------------------------------


def test_thanks_name_only_what_is_shared_and_nobody_else(aya: Program) -> None:
    aya.ok("pair", "start", "Kenji Mori", "--as", "mentee")
    for number in range(6):
        aya.ok(
            "insight",
            "aya",
            f"Shared {number}\nsecret",
            "--share",
            "--on",
            f"2026-11-0{number + 1}",
        )
    aya.ok("insight", "aya", "As Kenji says: wait", "--share", "--on", "2026-11-08")
    aya.ok("insight", "aya", "A secret one", "--on", "2026-11-09")
    aya.ok("goal", "achieve", "g2")  # not shared

    letter = aya.ok(
        "review", "aya", "--decision", "end", "--because", "done", "--thoughts", "secret",
        "--answer", "hard=secret", "--achieve", "g1", "--json",
    ).json["message"]  # fmt: skip

    named = [line for line in letter.split("\n") if line.startswith("- ")]
    assert len(named) == 5
    assert named[:2] == ["- That we reached “Read books”", "- Shared 3"]
    assert "- As [name] says: wait" in named
    assert "secret" not in letter
    assert "Give talks" not in letter


@pytest.mark.parametrize(
    ("decision", "promises"), [(["continue"], True), (["extend", "--by", "3m"], True), ([], False)]
)
def test_the_last_letter_promises_to_go_on_only_where_that_was_decided(
    aya: Program, decision: list[str], *, promises: bool
) -> None:
    aya.today = "2027-03-25"
    words = ["--decision", *decision] if decision else []

    letter = aya.ok("review", "aya", "--conclusions", "x", *words, "--json").json["message"]

    assert ("going on with you" in letter) is promises
    assert letter.endswith("with you." if promises else "I have learned from you as well.")


def test_after_the_last_review_it_is_said_when_the_term_ends_that_goes_on(aya: Program) -> None:
    aya.today = "2027-03-25"
    said = aya.ok("review", "aya", "--decision", "continue")
    aya.today = "2027-04-02"
    late = aya.ok("review", "aya", "--decision", "continue")
    longer = aya.ok("review", "aya", "--decision", "extend", "--by", "3m")

    to_go_on = "To go on after it: mentorlog pair extend Aya --by 3m\n"
    assert f"The term still ends on Thu 1 Apr 2027. {to_go_on}" in said.err
    assert f"The term ended on Thu 1 Apr 2027. {to_go_on}" in late.err
    assert "term" not in longer.err


def test_the_letter_that_was_given_is_the_one_to_send(aya: Program) -> None:
    words = [
        "review",
        "aya",
        "--decision",
        "end",
        "--because",
        "done",
        "--answer",
        "thanks=Dear Aya!",
    ]

    said = aya.ok(*words, "--json").json

    assert said["message"] == "Dear Aya!"
    assert said["records"][1]["answers"] == {"thanks": "Dear Aya!"}


# At a terminal -----------------------------------------------------------------------------------


def skip(person: Talk, *questions: str) -> None:
    """Answer nothing to each of these, in order."""
    for question in questions:
        person.answers(question, "")


def first_half(person: Talk) -> None:
    person.answers("What have the two of you reached", "A rhythm")
    person.answers("What was hard?", "")
    person.answers("What has your mentee learned", "To ask")
    person.answers("what has it taught you?", "To wait")


def goals_and_skills(person: Talk) -> None:
    person.hears("g1  Read books")
    person.hears("last time 2 books · the target is 10 books")
    person.answers("", "5")
    person.answers("How do you go on with this goal?", "revise")
    person.answers("What exactly is to be reached?", "")
    person.answers("Where is it to be?", "\x7f\x7f12")
    person.answers("By when?", "")
    person.answers("Why?", "She reads fast")
    person.hears("g2  Give talks")
    person.answers("Which level has it reached", "1")
    person.answers("How do you go on with this goal?", "")
    person.hears("The seven skills")
    skip(person, *SKILLS[:-1])
    person.answers(SKILLS[-1], "5")


def second_half(person: Talk) -> None:
    person.hears("The two of you")
    person.answers("How do the two of you work together?", "Well")
    person.answers("And how well, 1 to 4?", "4")
    person.answers("take from this review?", "Every month")
    person.answers("May your partner see that?", "y")
    person.answers("And for yourself alone?", "")


def test_a_review_is_asked_for_one_thing_at_a_time(aya: Program, talk: Talking) -> None:
    person = talk("review", "aya")
    person.hears("You met once.")
    person.hears("only what you both take from it may be shared")
    person.hears("Enter skips, < goes back.")
    first_half(person)
    goals_and_skills(person)
    second_half(person)
    person.answers("How do the two of you go on?", "extend")
    person.answers("How much longer?", "3m")
    person.answers("When do you look back again?", "2027-02-01")
    person.hears("⚑ Every month · extend the term · next review Mon 1 Feb 2027 · shared")

    assert person.ends() == 0
    by_kind = {each["kind"]: each for each in records(aya)}
    assert by_kind["reflection"]["answers"] == {
        "reached": "A rhythm", "mentee-learned": "To ask", "mentor-learned": "To wait", "together": "Well",
    }  # fmt: skip
    assert [each["value"] or each["level"] for each in of_kind(aya, "measurement")] == [5, 1, 2]
    assert by_kind["assessment"]["ratings"] == {"learning": 5}
    assert by_kind["pair"]["term_ends_on"] == "2027-07-01"
    revised = next(each for each in of_kind(aya, "goal") if each["id"] == "g1")
    assert (revised["target"], revised["revisions"][0]["because"]) == (12, "She reads fast")
    assert (by_kind["review"]["pulse"], drafts(aya)) == (4, [])


def test_what_was_begun_is_gone_on_with_after_ctrl_c(aya: Program, talk: Talking) -> None:
    begun = talk("review", "aya")
    first_half(begun)
    begun.hears("Where does it stand now?")
    begun.presses("\x03")
    begun.hears("to go on: mentorlog review Aya\r\n")
    stopped, kept = begun.ends(), of_kind(aya, "review")
    offered = aya.ok("status").err

    again = talk("review", "aya")
    again.answers("Go on with it?", "y")
    again.hears("You met once.")
    goals_and_skills(again)
    second_half(again)
    again.answers("How do the two of you go on?", "")

    assert (stopped, kept) == (130, [])
    assert "To go on: mentorlog review p1\n" in offered
    assert again.ends() == 0
    (reflection,) = of_kind(aya, "reflection")
    assert list(reflection["answers"]) == [
        "reached",
        "mentee-learned",
        "mentor-learned",
        "together",
    ]
    assert drafts(aya) == []


def test_a_plateau_begun_is_told_from_a_review_begun(aya: Program, talk: Talking) -> None:
    begun = talk("review", "aya", "--stuck", "--since", "2026-11-01")
    begun.answers("What do you enjoy about what the two of you work on now", "Little")
    begun.hears("Where do you see growth")
    begun.presses("\x03")
    begun.hears("to go on: mentorlog review Aya --since 2026-11-01 --stuck")
    begun.ends()

    other = talk("review", "aya")
    other.hears("What have the two of you reached")
    other.presses("\x03")
    other.hears("Nothing was kept")
    other.ends()

    assert "mentorlog review p1 --since 2026-11-01 --stuck" in aya.ok("status").err


def test_a_plateau_asks_whom_to_consult_and_for_no_skill(aya: Program, talk: Talking) -> None:
    person = talk("review", "aya", "--stuck")
    person.answers("What do you enjoy about what the two of you work on now", "")
    person.answers("Where do you see growth", "")
    person.answers("What else might help", "")
    person.answers("who is outside the two of you?", "Ken")
    person.answers("What will you do before you next meet", "")
    person.answers("Where does it stand now?", "")
    person.answers("How do you go on with this goal?", "")
    person.answers("Which level has it reached", "")
    person.answers("How do you go on with this goal?", "drop")
    person.answers("Why?", "Not hers")
    person.answers("take from this review?", "")
    person.answers("And for yourself alone?", "")
    person.answers("How do the two of you go on?", "")
    person.hears("✎ Ken")

    assert person.ends() == 0
    (reflection,) = of_kind(aya, "reflection")
    assert (reflection["form"], reflection["answers"]) == ("grow", {"consult": "Ken"})
    assert aya.ok("goal", "show", "g2", "--json").json["state"] == "dropped"


def test_the_way_back_changes_an_answer_and_what_follows_from_it(
    aya: Program, talk: Talking
) -> None:
    aya.ok("goal", "drop", "g1")
    aya.ok("goal", "drop", "g2")
    person = talk("review", "aya")
    skip(person, *OF_THE_TIME, *SKILLS, *OF_THE_TWO)
    skip(person, *OF_WHAT_REMAINS)
    person.answers("How do the two of you go on?", "pause")
    person.answers("Until when is the pause?", "<")
    person.hears("How do the two of you go on?")
    person.answers("", "\x7f" * 5 + "continue")
    person.answers("When do you look back again?", "")

    assert person.ends() == 0
    (review,) = of_kind(aya, "review")
    assert review["decision"] == "continue"


def test_a_goal_that_is_revised_after_going_back_stands_there_as_it_is(
    aya: Program, talk: Talking
) -> None:
    aya.ok("goal", "drop", "g2")
    person = talk("review", "aya")
    first_half(person)
    person.answers("Where does it stand now?", "")
    person.answers("How do you go on with this goal?", "keep")
    person.answers(SKILLS[0], "<")
    person.hears("How do you go on with this goal?")
    person.answers("", "\x7f" * 4 + "revise")
    person.answers("exactly is to be reached?", " and more")
    skip(person, "Where is it to be?", "By when?", "Why?")
    skip(person, *SKILLS, *OF_THE_TWO, *OF_WHAT_REMAINS)
    person.answers("How do the two of you go on?", "")

    assert person.ends() == 0
    goal = aya.ok("goal", "show", "g1", "--json").json
    assert (goal["statement"], goal["target"]) == ("Read books and more", 10)


def test_who_skips_everything_keeps_nothing(aya: Program, talk: Talking) -> None:
    aya.today = "2027-03-25"  # the term ends: a letter stands there
    aya.ok("goal", "drop", "g1")
    aya.ok("goal", "drop", "g2")
    before = print_of(aya)
    person = talk("review", "aya")
    skip(person, *OF_THE_TIME, *SKILLS, *OF_THE_TWO)
    skip(person, *OF_WHAT_REMAINS, "go on?")
    skip(person, *OF_THE_END)
    person.hears("A letter of thanks")
    person.hears("I have learned from you as well.")
    person.sends("\r")
    person.hears("Stopped. Nothing was kept.")

    assert person.ends() == 130
    assert (print_of(aya), drafts(aya)) == (before, [])


@pytest.mark.parametrize(
    ("typed", "ends_with"), [("", "now and then."), (" Yours", "now and then. Yours")]
)
def test_the_last_review_ends_with_a_letter_to_change_and_send(
    aya: Program, talk: Talking, typed: str, ends_with: str
) -> None:
    person = _at_the_letter(aya, talk)
    person.sends(typed + "\r")
    person.hears("A message to send, if you like:")
    code = person.ends()

    (reflection,) = of_kind(aya, "reflection")
    assert code == 0
    assert aya.ok("pair", "show", "aya", "--json").json["state"] == "ended"
    assert reflection["answers"]["thanks"].startswith("Hello Aya,\n\n")
    assert reflection["answers"]["thanks"].endswith(ends_with)


def test_a_letter_that_is_taken_away_is_neither_kept_nor_sent(aya: Program, talk: Talking) -> None:
    person = _at_the_letter(aya, talk, "--json")
    person.sends("\x7f" * 500 + "\r")
    person.hears('"message": null')
    code = person.ends()

    (reflection,) = of_kind(aya, "reflection")
    assert (code, reflection["answers"]) == (0, {"reached": "All"})


def _at_the_letter(aya: Program, talk: Talking, *words: str) -> Talk:
    """Return a talk about the end of a term that has come as far as the letter of thanks."""
    aya.today = "2027-03-25"
    aya.ok("goal", "drop", "g1")
    aya.ok("goal", "drop", "g2")
    person = talk("review", "aya", *words)
    person.answers("reached", "All")
    skip(person, "hard", "learned", "taught", *SKILLS, *OF_THE_TWO)
    skip(person, *OF_WHAT_REMAINS)
    person.answers("How do the two of you go on?", "end")
    person.answers("Why? The partner never sees it.", "done")
    skip(person, *OF_THE_END)
    person.hears("A letter of thanks")
    person.hears("hear from you now and then.")
    return person


def test_the_letter_in_the_form_knows_what_was_achieved_and_why_it_ends(
    aya: Program, talk: Talking
) -> None:
    person = talk("review", "aya")
    first_half(person)
    person.answers("Where does it stand now?", "10")
    person.answers("How do you go on with this goal?", "achieve")
    person.answers("Which level has it reached", "")
    person.answers("How do you go on with this goal?", "revise")
    skip(person, "exactly is to be reached?", "Where is it to be?", "By when?")
    skip(person, *SKILLS, *OF_THE_TWO, *OF_WHAT_REMAINS)
    person.answers("How do the two of you go on?", "終了")
    person.answers("Why? The partner never sees it.", "done")
    skip(person, *OF_THE_END)
    person.hears("A letter of thanks")
    person.hears("That we reached “Read books”")
    person.sends("<\r")
    for question in ("to take along", "see differently", "taught you"):
        person.answers(question, "<")
    person.answers("Why? The partner never sees it.", "\x7f" * 4 + "moved")
    skip(person, *OF_THE_END)
    person.hears("end our meetings here.")
    person.sends("\r")

    assert person.ends() == 0
    states = {each["id"]: each["state"] for each in of_kind(aya, "goal")}
    assert states == {"g1": "achieved", "g2": "active"}
    (reflection,) = of_kind(aya, "reflection")
    assert "end our meetings here." in reflection["answers"]["thanks"]


def test_options_at_a_terminal_are_kept_at_once(aya: Program, talk: Talking) -> None:
    person = talk("review", "aya", "--conclusions", "Go on")

    person.hears("⚑ Go on")
    assert person.ends() == 0


def test_consent_alone_is_nothing_to_keep_and_is_not_asked_for(aya: Program, talk: Talking) -> None:
    person = talk("review", "aya", "--share", "--stuck")
    for _question in range(9):
        person.says("")
    person.answers("take from this review?", "Rest")
    person.answers("And for yourself alone?", "")
    person.answers("go on?", "")

    assert person.ends() == 0
    assert of_kind(aya, "review")[0]["visibility"] == "shared"


def test_a_goal_closed_meanwhile_does_not_stop_what_was_begun(aya: Program, talk: Talking) -> None:
    begun = talk("review", "aya")
    first_half(begun)
    begun.answers("Where does it stand now?", "5")
    begun.hears("How do you go on with this goal?")
    begun.presses("\x03")
    begun.ends()
    aya.ok("goal", "drop", "g1")
    aya.ok("goal", "drop", "g2")

    again = talk("review", "aya")
    again.answers("Go on with it?", "y")
    skip(again, *SKILLS, *OF_THE_TWO, *OF_WHAT_REMAINS)
    again.answers("go on?", "")

    assert again.ends() == 0
    assert of_kind(aya, "review") != []


def test_a_goal_that_another_terminal_closes_is_asked_about_again(
    aya: Program, talk: Talking
) -> None:
    aya.ok("goal", "drop", "g2")
    person = talk("review", "aya")
    first_half(person)
    person.answers("Where does it stand now?", "")
    person.answers("How do you go on with this goal?", "achieve")
    aya.ok("goal", "drop", "g1")
    skip(person, *SKILLS, *OF_THE_TWO, *OF_WHAT_REMAINS)
    person.answers("go on?", "")
    person.hears("g1 is closed.")
    person.answers("Where does it stand now?", "")
    person.hears("How do you go on with this goal?")
    person.presses("\x03")
    person.hears("to go on: mentorlog review Aya")

    assert person.ends() == 130
    assert of_kind(aya, "review") == []


def test_a_review_can_be_written_in_an_editor(aya: Program, talk: Talking, tmp_path: Path) -> None:
    script = (
        "sed -i -e 's/^#: reached .*/&\\nA rhythm/' -e 's/^#: g1.value .*/&\\n7/'"
        " -e '/^#: g1.target/,/^$/s/^10$/12/' \"$1\""
    )

    person = talk("review", "aya", "--edit", "--pulse", "3", EDITOR=editor(tmp_path, script))
    code = person.ends()

    assert code == 0
    by_kind = {each["kind"]: each for each in records(aya)}
    assert by_kind["review"]["pulse"] == 3
    assert by_kind["reflection"]["answers"] == {"reached": "A rhythm"}
    goal = aya.ok("goal", "show", "g1", "--json").json
    assert (goal["target"], goal["measurements"][-1]["value"]) == (12, 7)
    assert [each["state"] for each in of_kind(aya, "goal")] == ["active", "active"]
    assert drafts(aya) == []


def test_a_letter_left_empty_in_an_editor_is_drafted_to_fit_the_end(
    aya: Program, talk: Talking, tmp_path: Path
) -> None:
    aya.today = "2027-03-25"
    script = (
        "cat \"$1\"; sed -i -e 's/^#: decision .*/&\\nend/' -e 's/^#: because .*/&\\nother/' \"$1\""
    )

    person = talk("review", "aya", "--edit", EDITOR=editor(tmp_path, script))
    person.hears("#: thanks A letter of thanks")
    person.hears("#:: leave it empty to have one drafted")
    person.hears("end our meetings here.")

    assert person.ends() == 0
    assert of_kind(aya, "reflection") == []


def test_an_editor_left_without_a_word_keeps_nothing(
    aya: Program, talk: Talking, tmp_path: Path
) -> None:
    person = talk("review", "aya", "--edit", EDITOR=editor(tmp_path, "true"))

    assert person.ends() == 130
    assert of_kind(aya, "review") == []


def test_no_input_shows_the_digest_even_at_a_terminal(aya: Program, talk: Talking) -> None:
    person = talk("review", "aya", "--no-input")

    person.hears("You met once.")
    person.hears("To record the review:")
    assert person.ends() == 0


def test_after_a_review_none_is_due(aya: Program) -> None:
    aya.today = "2026-12-31"  # half-time
    due = {each["code"] for each in aya.ok("status", "--json").json["findings"]}

    aya.ok("review", "aya", "--decision", "continue")

    left = {each["code"] for each in aya.ok("status", "--json").json["findings"]}
    assert ("review-due" in due, "review-due" in left) == (True, False)


def test_a_number_on_standard_input_stands_as_it_was_written(aya: Program) -> None:
    answers = '{"reached": 1e999, "hard": 123456789.123456789123, "pulse": 3.0}'

    kept = aya.ok("review", "aya", "--answer", "-", "--json", stdin=answers).json

    (reflection,) = [each for each in kept["records"] if each["kind"] == "reflection"]
    assert reflection["answers"] == {"reached": "1e999", "hard": "123456789.123456789123"}
    assert kept["pulse"] == 3
