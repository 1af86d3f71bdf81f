"""`reflect`: the phase and the form that suggest themselves, answers by option, at a terminal, in an editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mentorlog.domain.goal import Goal
from mentorlog.storage.journal import Journal
from tests.cli.talking import drafts, editor

if TYPE_CHECKING:
    from tests.cli.talking import Talking
    from tests.conftest import Program

ENERGY = '[[prompt]]\nkey = "energy"\ntext = "What gave you energy?"\n'
IMMERSED = (
    "been hard lately",
    "enjoyed most lately",
    "did not do some weeks ago",
)  # as a mentor is asked


def reflections(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.ok("log", "--kind", "reflection", "--json").json
    return found


def own_prompts(program: Program, text: str) -> Path:
    path = program.home / "config" / "mentorlog" / "prompts.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def goal(written: Program) -> Goal:
    """A goal of Aya's pair, p1."""
    journal = Journal(written.journal)
    with journal.transaction("goal set") as writing:
        kept = writing.add(Goal(pair="p1", statement="Give talks\nwithout notes"))
    journal.close()
    return kept


# By options --------------------------------------------------------------------------------------


def test_a_reflection_is_kept_with_an_answer_for_each_question(written: Program) -> None:
    said = written.ok("reflect", "p1", "--answer", "joy=Her talk", "--answer", "hard=To wait")

    (kept,) = reflections(written)
    assert said.out == "r1  ✎ To wait · immersion\n"
    assert said.err == "To take this back: mentorlog undo\n"
    assert kept["answers"] == {"hard": "To wait", "joy": "Her talk"}
    assert (kept["pair"], kept["phase"], kept["form"]) == ("p1", "immersion", "free")
    assert (kept["written_on"], kept["visibility"]) == ("2026-11-22", "private")


def test_answers_are_shown_under_their_labels(written: Program) -> None:
    own_prompts(written, ENERGY)
    written.ok("reflect", "p1", "--answer", "hard=To wait", "--answer", "energy=Walking")

    shown = written.ok("show", "r1").out

    assert "what was hard: To wait" in shown
    assert "energy: Walking" in shown


def test_an_answer_is_text_whatever_it_looks_like(written: Program) -> None:
    kept = written.ok("reflect", "p1", "--answer", "growth=-", "--json", stdin="not read").json

    assert kept["answers"] == {"growth": "-"}


@pytest.mark.parametrize(
    ("today", "words", "phase"),
    [
        ("2026-11-22", ["ken", "--answer", "hopes=x"], "expectation"),
        ("2026-11-22", ["p1", "--answer", "hard=x"], "immersion"),
        ("2027-04-17", ["p1", "--answer", "learned=x"], "looking-back"),  # 14 days before the end
        ("2026-11-22", ["p1", "--on", "2026-10-31", "--answer", "hopes=x"], "expectation"),
        ("2026-11-22", ["p1", "--phase", "looking-back", "--answer", "next=x"], "looking-back"),
        ("2026-11-22", ["ken", "--phase", "Immersion", "--answer", "joy=x"], "immersion"),
    ],
)
def test_the_phase_is_that_of_the_pair_unless_another_is_given(
    written: Program, today: str, words: list[str], phase: str
) -> None:
    written.today = today

    assert written.ok("reflect", *words, "--json").json["phase"] == phase


def test_the_form_is_ywt_in_japanese_unless_another_is_given(written: Program) -> None:
    written.language = "ja"

    usual = written.ok("reflect", "p1", "--answer", "did=待った", "--json").json
    chosen = written.ok("reflect", "p1", "--form", "kpt", "--answer", "try=聞く", "--json").json

    assert (usual["form"], chosen["form"]) == ("ywt", "kpt")


def test_the_day_it_was_can_be_given(written: Program) -> None:
    kept = written.ok("reflect", "p1", "--on", "yesterday", "--answer", "hard=x", "--json").json

    assert kept["written_on"] == "2026-11-21"


def test_undo_takes_a_reflection_back(written: Program) -> None:
    written.ok("reflect", "p1", "--answer", "hard=x")

    taken = written.ok("undo").out

    assert taken == "Taken back: reflect · gone: r1\n"
    assert reflections(written) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--answer", "hopes=x"], "Nothing is asked under hopes (free, immersion). Keys: hard, joy, growth"),
        (["--form", "kpt", "--answer", "joy=x"], "Keys: keep, problem, try"),
        (["--answer", "hard"], "--answer is not of the form KEY=TEXT, such as hard=…"),
        (["--answer", "hard="], "is not of the form KEY=TEXT"),
        (["--answer", "hard=x", "--answer", "hard=y"], "hard is answered twice"),
        (["--answer", "hard=x", "--form", "grew"], "is not one of the words for form"),
        (["--answer", "hard=x", "--phase", "later"], "is not one of the words for phase"),
        (["--answer", "hard=x", "--on", "03/04/2026"], "can be read as two dates"),
        (["--answer", "hard=\udcff"], "not valid Unicode"),
        ([], "such as: mentorlog reflect p1 --answer hard='…' Keys: hard, joy, growth"),
        (["--form", "what"], "such as: mentorlog reflect p1 --form what --answer what='…' Keys: what, so-what, now-what"),
        (["--edit"], "--edit needs a terminal"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_one_line_and_nothing_written(
    written: Program, words: list[str], said: str
) -> None:
    before = written.journal.read_bytes()

    refused = written("reflect", "p1", *words, stdin="not read")

    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert refused.err.count("\n") == 1
    assert written.journal.read_bytes() == before
    assert drafts(written) == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_help_lists_the_keys_of_every_form_and_how_to_ask_questions_of_ones_own(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    shown = mentorlog.ok("reflect", "--help").out

    keys = "hopes worries success hard joy growth learned changed next did understood keep problem"
    for key in [*keys.split(), "try", "so-what", "now-what", "reality", "options", "will"]:
        assert key in shown
    assert '[[prompt]]\n  key = "energy"\n  text = "…"\n' in shown
    assert "prompts.toml" in shown


# A goal ------------------------------------------------------------------------------------------


def test_a_goal_brings_its_form_its_pair_and_its_statement(written: Program, goal: Goal) -> None:
    kept = written.ok("reflect", "--goal", goal.id, "--answer", "will=Call her", "--json").json

    assert (kept["form"], kept["pair"]) == ("grow", "p1")
    assert kept["answers"] == {"goal": "g1: Give talks\nwithout notes", "will": "Call her"}
    assert list(kept["answers"]) == ["goal", "will"]


def test_what_is_said_of_the_goal_stands_before_its_statement(written: Program, goal: Goal) -> None:
    words = ["--answer", "options=Ask", "--answer", "goal=Still fits"]

    kept = written.ok("reflect", "p1", "--form", "grow", "--goal", goal.id, *words, "--json").json

    assert list(kept["answers"].items()) == [("goal", "Still fits"), ("options", "Ask")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--form", "kpt", "--answer", "keep=x"], 2, "--goal goes with the form grow"),
        (["ken", "--answer", "will=x"], 1, "belongs to another pair"),
    ],
)
def test_a_goal_that_does_not_fit_is_refused(
    written: Program, goal: Goal, words: list[str], code: int, said: str
) -> None:
    refused = written("reflect", "--goal", goal.id, *words)

    assert (refused.code, refused.err.count("\n")) == (code, 1)
    assert said in refused.err
    assert reflections(written) == []


def test_a_goal_there_is_not_is_refused(written: Program) -> None:
    refused = written("reflect", "p1", "--goal", "g7", "--answer", "will=x")

    assert (refused.code, "There is no goal “g7”" in refused.err) == (1, True)


# Questions of one's own --------------------------------------------------------------------------


def test_a_question_of_ones_own_is_answered_under_its_key(written: Program) -> None:
    own_prompts(written, ENERGY + 'role = "mentor"\n')

    kept = written.ok("reflect", "p1", "--answer", "energy=Walking", "--json").json
    refused = written("reflect", "ken", "--answer", "energy=Walking")

    assert kept["answers"] == {"energy": "Walking"}
    assert (refused.code, "Keys: hopes, worries, success;" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[prompt]]\nkey = "energy', "cannot be used: "),
        ("[[prompt]]\nkey = 1\n\xff", "cannot be used: "),
        ('[[prompts]]\nkey = "a"', "each question begins with the line [[prompt]]"),
        ('[[prompt]]\nkey = "a"', "question 1 has no text. Give it a key and a text."),
        (ENERGY + '[[prompt]]\ntext = "a"', "question 2 has no key. Give it a key and a text."),
        ('[[prompt]]\nkey = "a \\u001b"\ntext = "b"', "the key “a \\x1b” of question 1 has to be one"),
        ('[[prompt]]\nkey = "joy"\ntext = "b"', "the key “joy” of question 1 is taken in the form free"),
        (ENERGY + 'role = "boss"', "“boss” is no role for question 1. These work: mentor, mentee"),
        (ENERGY + 'when = "now"', "question 1 has “when”, which is none of: phase, form, role"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_of_them_is_said_with_what_to_mend(
    written: Program, text: str, said: str
) -> None:
    path = own_prompts(written, text)
    if "\xff" in text:
        path.write_bytes(text.encode("latin-1"))

    refused = written("reflect", "p1", "--answer", "hard=x")

    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err
    assert str(path) in refused.err
    assert refused.err.count("\n") == 1
    assert reflections(written) == []
    assert written("log").code == 0, "no other command is concerned"


# At a terminal -----------------------------------------------------------------------------------


def test_one_question_is_asked_at_a_time_and_enter_skips(written: Program, talk: Talking) -> None:
    own_prompts(written, ENERGY)

    person = talk("reflect", "p1")
    person.hears("Aya Sato · phase: immersion · form: free (open questions) · for yourself alone")
    person.answers(IMMERSED[0], "To wait")
    person.answers(IMMERSED[1], "")
    person.answers(IMMERSED[2], "She asks more")
    person.answers("What gave you energy?", "Walking")
    person.hears("✎ To wait")
    code = person.ends()

    (kept,) = reflections(written)
    assert code == 0
    assert kept["answers"] == {"hard": "To wait", "growth": "She asks more", "energy": "Walking"}
    assert drafts(written) == []


def test_a_mentee_is_asked_as_a_mentee_and_in_japanese_in_japanese(
    written: Program, talk: Talking
) -> None:
    written.language = "ja"

    person = talk("reflect", "ken")
    person.answers("これまで自分なりに何をしてきましたか？", "本を読んだ")
    person.answers("自分が望んでいることと不安なことは何ですか？", "")
    person.answers("そこへの最初の一歩は何ですか？", "話してみる")
    code = person.ends()

    (kept,) = reflections(written)
    assert code == 0
    assert (kept["form"], kept["phase"]) == ("ywt", "expectation")
    assert kept["answers"] == {"did": "本を読んだ", "next": "話してみる"}


def test_who_answers_nothing_keeps_nothing(written: Program, talk: Talking) -> None:
    person = talk("reflect", "p1")
    for question in IMMERSED:
        person.answers(question, "")
    person.hears("Stopped. Nothing was kept.")
    code = person.ends()

    assert code == 130
    assert reflections(written) == []
    assert drafts(written) == []


def test_the_statement_of_a_goal_alone_is_no_reflection(
    written: Program, talk: Talking, goal: Goal
) -> None:
    person = talk("reflect", "--goal", goal.id)
    for _question in range(4):
        person.says()
    person.hears("Stopped. Nothing was kept.")

    assert person.ends() == 130
    assert reflections(written) == []


def test_the_statement_of_a_goal_is_shown_before_the_questions(
    written: Program, talk: Talking, goal: Goal
) -> None:
    person = talk("reflect", "--goal", goal.id)
    person.hears("g1  Give talks")
    person.hears("without notes")
    person.answers("What do you enjoy about working on this goal", "")
    person.answers("Where do you see growth in your mentee", "She speaks up")
    person.answers("What else might help", "")
    person.answers("What will you do before you next meet", "")
    code = person.ends()

    (kept,) = reflections(written)
    assert code == 0
    assert kept["answers"] == {"goal": "g1: Give talks\nwithout notes", "reality": "She speaks up"}


@pytest.mark.parametrize("place", range(3))
def test_ctrl_c_at_any_question_keeps_what_was_said_and_the_next_reflect_goes_on(
    written: Program, talk: Talking, place: int
) -> None:
    person = talk("reflect", "p1")
    for question in IMMERSED[:place]:
        person.answers(question, f"about {question}")
    person.hears(IMMERSED[place])
    person.presses("\x03")
    stopped = person.ends()

    assert (stopped, reflections(written)) == (130, []), "nothing without consent"
    again = talk("reflect", "p1")
    if place:
        again.answers("Go on with it?", "y")
    for question in IMMERSED[place:]:
        again.answers(question, f"about {question}")
    assert again.ends() == 0
    (kept,) = reflections(written)
    assert list(kept["answers"].values()) == [f"about {question}" for question in IMMERSED]
    assert drafts(written) == []


def test_what_was_begun_is_gone_on_with_as_it_was_though_the_pair_has_met_since(
    written: Program, talk: Talking
) -> None:
    begun = talk("reflect", "ken")
    begun.answers("will be different for you", "To ask more")
    begun.hears("What makes you nervous")
    begun.presses("\x03")
    begun.hears("to go on: mentorlog reflect ken\r\n")
    begun.ends()
    written.ok("meet", "ken", "--summary", "We met")

    other = talk("reflect", "ken")
    other.hears("Begun and not finished:")
    other.hears("mentorlog reflect p2 --phase expectation --form free")
    other.hears("What has been harder")
    other.presses("\x03")
    other.ends()
    again = talk("reflect", "ken", "--phase", "expectation", "--form", "free")
    again.answers("Go on with it?", "y")
    again.answers("What makes you nervous", "")
    again.answers("what will you be able to do then?", "")
    again.ends()

    (kept,) = reflections(written)
    assert (kept["phase"], kept["answers"]) == ("expectation", {"hopes": "To ask more"})


def test_an_answer_to_a_question_that_is_no_longer_asked_is_kept(
    written: Program, talk: Talking
) -> None:
    own_prompts(written, ENERGY + '[[prompt]]\nkey = "last"\ntext = "And last?"\n')
    person = talk("reflect", "p1")
    for question in IMMERSED:
        person.answers(question, "")
    person.answers("What gave you energy?", "Walking")
    person.hears("And last?")
    person.presses("\x03")
    person.ends()
    own_prompts(written, "")

    again = talk("reflect", "p1")
    again.answers("Go on with it?", "y")
    again.ends()

    (kept,) = reflections(written)
    assert kept["answers"] == {"energy": "Walking"}


def test_no_input_never_asks_even_at_a_terminal(written: Program, talk: Talking) -> None:
    person = talk("reflect", "p1", "--no-input")

    person.hears("Answer a question at least")
    assert person.ends() == 2


def test_a_reflection_can_be_written_in_an_editor(
    written: Program, talk: Talking, tmp_path: Path
) -> None:
    script = 'printf "\\n#: joy\\nHer talk\\nand mine\\n" >> "$1"'

    person = talk("reflect", "p1", "--edit", "--answer", "hard=x", EDITOR=editor(tmp_path, script))
    code = person.ends()

    (kept,) = reflections(written)
    assert code == 0
    assert kept["answers"] == {"hard": "x", "joy": "Her talk\nand mine"}
    assert drafts(written) == []


@pytest.mark.parametrize(("script", "code"), [("true", 130), ('echo " " >> "$1"', 2)])
def test_an_editor_left_without_a_word_keeps_nothing(
    written: Program, talk: Talking, tmp_path: Path, script: str, code: int
) -> None:
    person = talk("reflect", "p1", "--edit", EDITOR=editor(tmp_path, script))

    assert person.ends() == code
    assert reflections(written) == []
