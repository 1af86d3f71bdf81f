"""What is asked to rate the seven skills: each with what 1 and 5 mean. Every rating is by itself."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from mentorlog.domain.assessment import SKILLS, Assessment
from mentorlog.domain.fields import Shape
from mentorlog.domain.record import shapes
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.values import parse_value
from mentorlog.i18n import N_, _


class _Scale(NamedTuple):
    """How a skill is asked about, and what its ends mean."""

    asks: str
    lowest: str
    highest: str


_SCALES = {
    "communication": _Scale(
        N_("How well do you listen, and make yourself understood?"),
        N_("we often talk past each other"),
        N_("what is said arrives"),
    ),
    "open-mind": _Scale(
        N_("How open are you to views that are not yours?"),
        N_("I hold on to my own view"),
        N_("another view makes me curious"),
    ),
    "keeping-time": _Scale(
        N_("How well do you keep time for meetings?"),
        N_("I often move or drop them"),
        N_("they take place on time"),
    ),
    "privacy": _Scale(
        N_("How well do you know what has to stay between the two of you?"),
        N_("I have not thought about it"),
        N_("I ask before I tell it elsewhere"),
    ),
    "accepting-feedback": _Scale(
        N_("How do you take feedback?"),
        N_("I defend myself"),
        N_("I ask for it and use it"),
    ),
    "setting-goals": _Scale(
        N_("How good are you at setting goals?"),
        N_("mine are wishes"),
        N_("a stranger could tell when they are reached"),
    ),
    "learning": _Scale(
        N_("How much do you want to learn?"),
        N_("I am content as I am"),
        N_("I try something new between any two meetings"),
    ),
}


def questions(before: Mapping[str, int], today: date) -> list[Prompt]:
    """Return a question for each skill.

    How it was rated `before` is said beside it, and is no default: to rate anew is the point.
    """
    return [
        Prompt(
            key(skill),
            question(skill),
            _hint(_SCALES[skill], before.get(skill)),
            check=partial(parse_value, key(skill), _shape(), today=today),
        )
        for skill in SKILLS
    ]


def ratings(answers: Answers, today: date) -> dict[str, int]:
    """Return the ratings among the answers; InvalidValue names the first that is none."""
    said = {skill: str(answers.get(key(skill), "")) for skill in SKILLS}
    read = {skill: parse_value(key(skill), _shape(), typed, today) for skill, typed in said.items()}
    return {skill: rating for skill, rating in read.items() if rating is not None}


def question(skill: str) -> str:
    """Return how a skill is asked about."""
    return _(_SCALES[skill].asks)


def key(skill: str) -> str:
    """Return the key of a skill's answer, which is also how `edit` names the rating."""
    return f"ratings.{skill}"


def _hint(scale: _Scale, before: int | None) -> str:
    ends = {"lowest": _(scale.lowest), "highest": _(scale.highest)}
    if before is None:
        return _("1 = {lowest} · 5 = {highest}").format(**ends)
    return _("1 = {lowest} · 5 = {highest} · last time {before}").format(**ends, before=before)


def _shape() -> Shape:
    each = shapes(Assessment)["ratings"].each
    assert each is not None  # noqa: S101  (it is a map)
    return each
