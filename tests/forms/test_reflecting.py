"""What `reflect` asks of whom, the user's own questions, and the answers typed with their keys."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from mentorlog.domain.pair import ROLES
from mentorlog.domain.reflection import FORMS, PHASES
from mentorlog.errors import ConfigUnusable, InvalidValue, UsageError
from mentorlog.forms.reflecting import (
    Occasion,
    OwnPrompt,
    answered,
    answers_typed,
    keys_by_form,
    own_prompts,
    questions,
    usual_form,
)
from mentorlog.guide import prompts

OCCASION = Occasion("free", "immersion", "mentor")
OCCASIONS = [Occasion(form, phase, role) for form in FORMS for phase in PHASES for role in ROLES]
ENERGY = '[[prompt]]\nkey = "energy"\ntext = "What gave you energy?"\n'


def own(text: str) -> list[OwnPrompt]:
    return own_prompts(tomllib.loads(text), "prompts.toml")


def keys(*own_questions: OwnPrompt, occasion: Occasion = OCCASION) -> list[str]:
    return [each.key for each in questions(occasion, "en", own_questions)]


# The guide's questions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "has_goal", "form"),
    [("en", False, "free"), ("ja", False, "ywt"), ("en", True, "grow"), ("ja", True, "grow")],
)
def test_the_usual_form_is_that_of_the_language_and_of_a_goal(
    language: str, has_goal: bool, form: str
) -> None:
    assert usual_form(language, has_goal=has_goal) == form


@pytest.mark.parametrize("occasion", OCCASIONS, ids="-".join)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_occasion_asks_the_questions_written_for_it(language: str, occasion: Occasion) -> None:
    asked = questions(occasion, language, [])

    written = prompts(language)[occasion.form][occasion.phase]
    assert [(each.key, each.text) for each in asked] == [
        (each["key"], each[occasion.role]) for each in written
    ]


def test_the_keys_of_all_forms_are_listed_once() -> None:
    assert keys_by_form("en") == keys_by_form("ja") == [
        ("free", "expectation", ["hopes", "worries", "success"]),
        ("free", "immersion", ["hard", "joy", "growth"]),
        ("free", "looking-back", ["learned", "changed", "next"]),
        ("ywt", "", ["did", "understood", "next"]),
        ("kpt", "", ["keep", "problem", "try"]),
        ("what", "", ["what", "so-what", "now-what"]),
        ("grow", "", ["goal", "reality", "options", "will"]),
    ]  # fmt: skip


def test_an_answer_that_cannot_be_kept_is_refused_as_soon_as_it_is_typed() -> None:
    (first, *_rest) = questions(OCCASION, "en", [])

    with pytest.raises(InvalidValue) as refusal:
        first.check("\udcff")

    assert (refusal.value.field, refusal.value.typed) == ("answers.hard", "")


# The user's own ----------------------------------------------------------------------------------


def test_questions_of_ones_own_come_after_those_of_the_form() -> None:
    text = ENERGY + '[[prompt]]\nkey = "元気"\ntext = "何が力になりましたか？"\n'

    asked = questions(OCCASION, "en", own(text))

    assert [each.key for each in asked] == ["hard", "joy", "growth", "energy", "元気"]
    assert [each.text for each in asked[3:]] == ["What gave you energy?", "何が力になりましたか？"]


@pytest.mark.parametrize(
    ("limit", "is_asked"),
    [
        ('phase = "immersion"', True),
        ('phase = "expectation"', False),
        ('form = "free"', True),
        ('form = "kpt"', False),
        ('role = "mentor"', True),
        ('role = "mentee"', False),
        ('phase = "immersion"\nrole = "mentee"', False),
        ('phase = "immersion"\nrole = "mentor"\nform = "free"', True),
    ],
)
def test_a_question_of_ones_own_is_asked_only_where_it_is_limited_to(
    limit: str, is_asked: bool
) -> None:
    assert ("energy" in keys(*own(ENERGY + limit))) == is_asked


def test_a_key_may_be_used_again_where_the_other_question_is_not_asked() -> None:
    text = (
        '[[prompt]]\nkey = "next"\ntext = "What then?"\nform = "kpt"\n'
        + ENERGY + 'role = "mentor"\n' + ENERGY + 'role = "mentee"\n'
    )  # fmt: skip

    found = own(text)

    assert keys(*found) == ["hard", "joy", "growth", "energy"]
    assert keys(*found, occasion=Occasion("kpt", "immersion", "mentee")) == [
        "keep", "problem", "try", "next", "energy",
    ]  # fmt: skip


def test_a_question_of_ones_own_is_one_line_and_steers_no_terminal() -> None:
    (prompt,) = own('[[prompt]]\nkey = "energy"\ntext = "What\\n  gave \\u001b[31myou\\n#: hard?"')

    assert prompt.text == "What gave \\x1b[31myou #: hard?"


def test_no_file_or_an_empty_one_is_no_question() -> None:
    assert own_prompts({}, "prompts.toml") == []


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ('[[prompts]]\nkey = "a"', "no-prompt-heading", {"typed": "prompts"}),
        ('[prompt]\nkey = "a"\ntext = "b"', "no-prompt-heading", {"typed": "prompt"}),
        ("prompt = [1]", "prompt-without", {"number": "1", "name": "key"}),
        ('[[prompt]]\ntext = "b"', "prompt-without", {"number": "1", "name": "key"}),
        (ENERGY + '[[prompt]]\nkey = "a"', "prompt-without", {"number": "2", "name": "text"}),
        ('[[prompt]]\nkey = "a"\ntext = " "', "prompt-without", {"number": "1", "name": "text"}),
        ('[[prompt]]\nkey = 3\ntext = "b"', "prompt-without", {"number": "1", "name": "key"}),
        ('[[prompt]]\nkey = "a b"\ntext = "b"', "prompt-key-unfit", {"typed": "a b"}),
        ('[[prompt]]\nkey = "a\u3000b"\ntext = "b"', "prompt-key-unfit", {"typed": "a\u3000b"}),
        ('[[prompt]]\nkey = "a=b"\ntext = "b"', "prompt-key-unfit", {"typed": "a=b"}),
        ('[[prompt]]\nkey = "a\\u001bb"\ntext = "b"', "prompt-key-unfit", {"typed": "a\x1bb"}),
        ('[[prompt]]\nkey = "hard"\ntext = "b"', "prompt-doubled", {"form": "free"}),
        ('[[prompt]]\nkey = "ＤＩＤ"\ntext = "b"', "prompt-doubled", {"form": "ywt"}),
        (ENERGY + ENERGY, "prompt-doubled", {"number": "2", "typed": "energy"}),
        (ENERGY + ENERGY + 'form = "kpt"', "prompt-doubled", {"number": "2", "form": "kpt"}),
        (ENERGY + 'rol = "mentor"', "prompt-limit", {"typed": "rol"}),
        (ENERGY + 'role = "boss"', "prompt-choice", {"name": "role", "known": "mentor, mentee"}),
        (ENERGY + "phase = [2]", "prompt-choice", {"name": "phase", "typed": "[2]"}),
    ],
)  # fmt: skip
def test_what_could_not_be_asked_or_kept_is_refused_with_its_place(
    text: str, reason: str, words: dict[str, Any]
) -> None:
    with pytest.raises(ConfigUnusable) as refusal:
        own(text)

    assert (refusal.value.path, refusal.value.reason) == ("prompts.toml", reason)
    assert refusal.value.words.items() >= words.items()


# Answers -----------------------------------------------------------------------------------------


def test_answers_are_typed_with_the_keys_of_the_questions() -> None:
    asked = questions(OCCASION, "en", own(ENERGY))

    answers = answers_typed(
        ["joy=Her talk = hers", "ＨＡＲＤ= waiting ", "Energy=-"], asked, OCCASION
    )

    assert answers == {"joy": "Her talk = hers", "hard": " waiting ", "energy": "-"}
    assert list(answered(asked, answers)) == ["hard", "joy", "energy"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["hard"], "no-answer-text"),
        (["hard="], "no-answer-text"),
        (["hard=  "], "no-answer-text"),
        (["=text"], "no-such-key"),
        (["hopes=text"], "no-such-key"),
        (["hard=one", "joy=two", "HARD=three"], "same-key-twice"),
    ],
)
def test_an_answer_that_could_mean_nothing_or_two_things_is_refused(
    words: list[str], reason: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        answers_typed(words, questions(OCCASION, "en", []), OCCASION)

    assert refusal.value.reason == reason


def test_an_unknown_key_is_refused_with_those_of_this_form_and_phase() -> None:
    with pytest.raises(UsageError) as refusal:
        answers_typed(["energy=x"], questions(OCCASION, "en", []), OCCASION)

    assert refusal.value.words == {
        "name": "energy", "known": "hard, joy, growth", "form": "free", "phase": "immersion",
    }  # fmt: skip


def test_what_was_skipped_is_no_answer_and_what_is_no_longer_asked_is_still_one() -> None:
    asked = questions(OCCASION, "en", [])

    said = answered(asked, {"energy": "Walking", "joy": "Her talk", "hard": "", "growth": " \n"})

    assert said == {"joy": "Her talk", "energy": "Walking"}
    assert list(said) == ["joy", "energy"]
