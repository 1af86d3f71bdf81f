"""The questions of `reflect`, as written: the same places in both languages, each question its own."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import mentorlog as package

PHASES = ("expectation", "immersion", "looking-back")
FREE = {
    "expectation": ("hopes", "worries", "success"),
    "immersion": ("hard", "joy", "growth"),
    "looking-back": ("learned", "changed", "next"),
}
SAME_IN_EACH_PHASE = {
    "ywt": ("did", "understood", "next"),
    "kpt": ("keep", "problem", "try"),
    "what": ("what", "so-what", "now-what"),
    "grow": ("goal", "reality", "options", "will"),
}
KEYS = {"free": FREE} | {
    form: dict.fromkeys(PHASES, keys) for form, keys in SAME_IN_EACH_PHASE.items()
}
ROLES = ("mentor", "mentee")
LONGEST = {"en": 90, "ja": 40}
ENDING = {"en": "?", "ja": "か？"}
LEARNING = {"en": r"learn|taught|teach|understand", "ja": r"学|教わ|理解|分か[るりっ]"}
SOMEBODY_ELSE = {"en": r"\bwho\b", "ja": "誰"}

both_languages = pytest.mark.parametrize("language", ["en", "ja"])


def forms(language: str) -> dict[str, Any]:
    place = Path(package.__file__).parent / "guide" / language / "prompts.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))


def questions(language: str) -> dict[tuple[str, str, str, str], str]:
    """Return each question by its form, phase, key and the role it is asked of."""
    return {
        (form, phase, each["key"], role): each[role]
        for form, phases in forms(language).items()
        for phase, asked in phases.items()
        for each in asked
        for role in ROLES
    }


def bare(question: str) -> str:
    """Return only its letters, so that a comma does not make another question of it."""
    return re.sub(r"\W", "", question).casefold()


def asked_in(
    asked: dict[tuple[str, str, str, str], str], form: str, phase: str, role: str
) -> list[str]:
    return [text for (f, p, _, r), text in asked.items() if (f, p, r) == (form, phase, role)]


@both_languages
def test_each_form_asks_in_each_phase_by_its_own_keys_in_their_order(language: str) -> None:
    keys = {
        form: {phase: tuple(each["key"] for each in asked) for phase, asked in phases.items()}
        for form, phases in forms(language).items()
    }

    assert keys == KEYS
    assert list(keys) == list(KEYS)
    assert all(tuple(phases) == PHASES for phases in keys.values())


@both_languages
def test_a_prompt_is_a_key_and_a_question_for_each_role_and_nothing_more(language: str) -> None:
    prompts = [
        each for phases in forms(language).values() for asked in phases.values() for each in asked
    ]

    assert [each for each in prompts if set(each) != {"key", *ROLES}] == []
    assert [
        each for each in prompts if not all(isinstance(text, str) for text in each.values())
    ] == []


@both_languages
def test_mentor_and_mentee_are_asked_differently(language: str) -> None:
    asked = questions(language)

    alike = [
        place
        for place, text in asked.items()
        if place[-1] == "mentor" and bare(text) == bare(asked[*place[:-1], "mentee"])
    ]

    assert alike == []


@both_languages
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("form", SAME_IN_EACH_PHASE)
def test_the_same_key_asks_something_else_in_each_phase(
    language: str, role: str, form: str
) -> None:
    asked = questions(language)

    different = {
        key: len({bare(asked[form, phase, key, role]) for phase in PHASES})
        for key in SAME_IN_EACH_PHASE[form]
    }

    assert different == dict.fromkeys(SAME_IN_EACH_PHASE[form], len(PHASES))


@both_languages
def test_no_question_is_used_twice(language: str) -> None:
    used = Counter(bare(text) for text in questions(language).values())

    assert [text for text, times in used.items() if times > 1] == []


@both_languages
def test_each_is_one_question_on_one_line_that_can_be_taken_in_at_a_glance(language: str) -> None:
    asked = questions(language).values()

    assert [text for text in asked if not text.endswith(ENDING[language])] == []
    assert [text for text in asked if len(re.findall(r"[?？。!！]|\.\s", text)) > 1] == []
    assert [text for text in asked if len(text) > LONGEST[language]] == []
    assert [text for text in asked if text != " ".join(text.split())] == []


def test_each_language_is_written_in_its_own_letters() -> None:
    assert [text for text in questions("en").values() if not text.isascii()] == []
    assert [text for text in questions("ja").values() if re.search("[A-Za-z0-9]", text)] == []


def test_nobody_is_asked_about_a_partner_in_the_role_that_is_their_own() -> None:
    own = {"en": {role: f"your {role}" for role in ROLES}, "ja": {"mentee": "メンティー"}}

    mistaken = [
        text
        for language, words in own.items()
        for (_, _, _, role), text in questions(language).items()
        if role in words and words[role] in text
    ]

    assert mistaken == []


@both_languages
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("form", KEYS)
def test_whoever_looks_back_in_whatever_form_is_asked_what_they_have_learned(
    language: str, role: str, form: str
) -> None:
    asked = asked_in(questions(language), form, "looking-back", role)

    assert any(re.search(LEARNING[language], text) for text in asked), asked


@both_languages
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("phase", PHASES)
def test_the_options_for_a_goal_include_asking_somebody_else(
    language: str, role: str, phase: str
) -> None:
    asked = questions(language)["grow", phase, "options", role]

    assert re.search(SOMEBODY_ELSE[language], asked)
