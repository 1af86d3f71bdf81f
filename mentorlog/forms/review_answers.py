"""The answers to a review: under which keys, and the account that they make.

Options, `--answer`, JSON, the guided form and the editor all give the same answers, as they were typed;
they are read here, once, before anything is written. What is asked is `reviewing.py`'s.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mentorlog.domain.assessment import SKILLS
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import shapes
from mentorlog.domain.review import Review
from mentorlog.domain.when import add_span, parse_day
from mentorlog.errors import InvalidValue, UsageError
from mentorlog.forms import assessing
from mentorlog.forms.goal import fields_of
from mentorlog.forms.prompt import Answers
from mentorlog.forms.values import is_yes, parse_value
from mentorlog.i18n import N_, _, listing
from mentorlog.labels import choice_label
from mentorlog.text import folded, keepable
from mentorlog.workflows.reviewing import Account, Decision, Reading, Verdict

OF_THE_TIME = ("reached", "hard", "mentee-learned", "mentor-learned")
OF_A_PLATEAU = ("goal", "reality", "options", "consult", "will")
OF_THE_TWO = ("together", "pulse")
OF_WHAT_REMAINS = ("conclusions", "share", "thoughts")
OF_GOING_ON = ("decision", "by", "to", "until", "because", "next_review_on")
OF_THE_END = ("learned", "changed", "next", "thanks")
OF_A_GOAL = ("value", "level", "statement", "target", "due_on", "because")
REVISED = ("statement", "target", "due_on")  # of a goal, what a review asks to change
CONSENT = "share"  # the one answer that is nothing to keep by itself

VERDICTS = {
    "keep": N_("keep it"),
    "revise": N_("revise it"),
    "achieve": N_("it is achieved"),
    "drop": N_("drop it"),
}

# What each decision takes, and what it cannot do without.
_TAKES = {
    "extend": ("by", "to"),
    "shorten": ("to",),
    "pause": ("until",),
    "end": ("because",),
}

# What people say for a decision beside its code and its labels.
_DECISION_WORDS = {
    "続ける": "continue",
    "継続": "continue",
    "延長": "extend",
    "短縮": "shorten",
    "休止": "pause",
    "終了": "end",
}
_WRITTEN = (*OF_THE_TIME, *OF_A_PLATEAU, "together", *OF_THE_END)


def plain_keys(*, is_stuck: bool) -> tuple[str, ...]:
    """Return the keys that are of no goal and no skill."""
    if is_stuck:
        return (*OF_A_PLATEAU, "pulse", *OF_WHAT_REMAINS, *OF_GOING_ON, "thanks")
    return (*OF_THE_TIME, *OF_THE_TWO, *OF_WHAT_REMAINS, *OF_GOING_ON, *OF_THE_END)


def known_keys(*, is_stuck: bool) -> str:
    """Return what may be answered, in a line: of the goals and skills only how their keys begin."""
    of_skills = [] if is_stuck else ["ratings.SKILL"]
    return listing((*plain_keys(is_stuck=is_stuck), "g1…", *of_skills))


def key_meant(typed: str, *, is_stuck: bool) -> str | None:
    """Return the key that was typed, in any case and width; None where nothing is asked under it."""
    key = folded(typed)
    ref, _dot, part = key.partition(".")
    is_of_a_goal = re.fullmatch("g[0-9]{1,18}", ref) is not None
    if is_of_a_goal and (key == ref or part in OF_A_GOAL):
        return key
    skills = () if is_stuck else map(assessing.key, SKILLS)
    return key if key in (*plain_keys(is_stuck=is_stuck), *skills) else None


def has_parts(typed: str) -> bool:
    """True for what begins the keys of several answers: a goal, and the ratings."""
    return re.fullmatch("g[0-9]{1,18}|ratings", folded(typed)) is not None


def account_of(
    answers: Answers, uid: str, on: date, since: date | None, today: date, *, is_stuck: bool
) -> Account:
    """Return the account that the answers make; InvalidValue names the first that cannot be read.

    UsageError names what does not go together. Days count from the day of the review.
    """
    said = {key: keepable(key, str(typed)) for key, typed in answers.items()}
    goals = dict.fromkeys(key.partition(".")[0] for key in said if re.match("g[0-9]", key))
    return Account(
        uid=uid,
        on=on,
        since=since,
        is_stuck=is_stuck,
        conclusions=_text(said, "conclusions"),
        thoughts=_text(said, "thoughts"),
        pulse=parse_value("pulse", shapes(Review)["pulse"], said.get("pulse", ""), on),
        is_shared=is_yes(CONSENT, _text(said, CONSENT) or "no"),
        decision=_decision(said, on, today),
        next_review_on=_day("next_review_on", said, on),
        written={key: text for key in _WRITTEN if (text := _text(said, key)) is not None},
        readings=[each for ref in goals for each in _reading(ref, said, on)],
        verdicts=[each for ref in goals for each in _verdict(ref, said, on)],
        ratings=assessing.ratings(answers, on),
    )


def without_empty_revisions(answers: Answers, goals: Iterable[Goal], on: date) -> Answers:
    """Return the answers of a form with each goal kept whose wording is to stay and that has no reason."""
    kept = dict(answers)
    for goal in goals:
        is_revised = read_verdict(goal.id, str(answers.get(goal.id, ""))) == "revise"
        if (
            is_revised
            and not answers.get(f"{goal.id}.because")
            and not is_reworded(goal, answers, on)
        ):
            kept |= dict.fromkeys((goal.id, *(f"{goal.id}.{name}" for name in REVISED)), "")
    return kept


def is_reworded(goal: Goal, answers: Answers, on: date) -> bool:
    """True where a goal is to say something else than it does."""
    said = {key: str(text) for key, text in answers.items()}
    changes = _rewording(goal.id, said, on)
    return any(getattr(goal, name) != value for name, value in changes.items())


def read_verdict(ref: str, typed: str) -> str:
    """Return what is to become of a goal, by code or by label; blank keeps it."""
    word = folded(typed)
    for code, label in VERDICTS.items():
        if word in (code, folded(label), folded(_(label))) or not word:
            return code
    raise InvalidValue(ref, typed, "not-a-choice", tuple(map(verdict_label, VERDICTS)))


def achieved_by(answers: Answers) -> list[str]:
    """Return the goals that are achieved, as the answers have it."""
    return [
        key
        for key, said in answers.items()
        if re.fullmatch("g[0-9]+", key) and read_verdict(key, str(said)) == "achieve"
    ]


def verdict_label(code: str) -> str:
    """Return a word to choose for a goal, with what it is called in another language."""
    label = _(VERDICTS[code])
    return code if label == VERDICTS[code] else f"{code} ({label})"


def read_decision(typed: str) -> str | None:
    """Return a decision, by code, by label or in a word for it; None where none was made."""
    word = _DECISION_WORDS.get(folded(typed), typed)
    code: str | None = parse_value("decision", shapes(Review)["decision"], word, date.min)
    return code


def read_because(typed: str, field: str = "because") -> str | None:
    """Return why a pair ends, by code or by label; `field` is what a refusal names."""
    shape = shapes(Pair)["ended_because"]
    try:
        because: str | None = parse_value("ended_because", shape, typed, date.min)
    except InvalidValue as refusal:
        known = tuple(choice_label("ended_because", each) for each in shape.choices)
        raise InvalidValue(field, typed, refusal.reason, known) from refusal
    return because


def span_or_day(typed: str, today: date) -> tuple[str | None, date | None]:
    """Return the span by which a term is to be longer, or the day it is to end, whichever was typed."""
    try:
        add_span(today, typed, "by")
    except InvalidValue as refusal:
        if refusal.reason != "span-unknown":
            raise
        try:
            return None, parse_day(typed, today, "by")
        except InvalidValue as no_day:
            raise (refusal if no_day.reason == "day-unknown" else no_day) from None
    return typed, None


def _decision(said: Mapping[str, str], on: date, today: date) -> Decision:
    """Return the decision with what it takes; UsageError where that is missing or too much."""
    code = read_decision(said.get("decision", ""))
    given = {key for key in OF_GOING_ON if _text(said, key) is not None} - {"decision"}
    for key in sorted(given - {"next_review_on"} - set(_TAKES.get(code or "", ()))):
        takers = [each for each, takes in _TAKES.items() if key in takes]
        what = listing(f"--decision {each}" for each in takers)
        raise UsageError("goes-with", name=f"--{key}", what=what)
    if code == "end" and "next_review_on" in given:
        raise UsageError("no-review-after-the-end")
    if code is None and "next_review_on" in given:
        raise UsageError("goes-with", name="--next-review", what="--decision")
    if code == "extend" and len(given & {"by", "to"}) != 1:
        raise UsageError("extend-by-or-to")
    if code == "shorten" and "to" not in given:
        raise UsageError("shorten-to")
    if code == "end" and "because" not in given:
        known = listing(
            choice_label("ended_because", each) for each in shapes(Pair)["ended_because"].choices
        )
        raise UsageError("because-missing", known=known)
    by, until_then = span_or_day(said["by"], today) if "by" in given else (None, None)
    return Decision(
        code=code,
        by=by,
        to=until_then or _day("to", said, today),
        until=_day("until", said, on),
        because=read_because(said.get("because", ""), "--because"),
    )


def _reading(ref: str, said: Mapping[str, str], on: date) -> Iterator[Reading]:
    read = {
        name: parse_value(
            f"{ref}.{name}", shapes(Measurement)[name], said.get(f"{ref}.{name}", ""), on
        )
        for name in ("value", "level")
    }
    if any(each is not None for each in read.values()):
        yield Reading(ref, read["value"], read["level"])


def _verdict(ref: str, said: Mapping[str, str], on: date) -> Iterator[Verdict]:
    """Yield what becomes of a goal, unless it is kept. Another wording says that it is revised."""
    given = [name for name in (*REVISED, "because") if _text(said, f"{ref}.{name}") is not None]
    is_reworded = any(name in given for name in REVISED)
    chosen = _text(said, ref)
    did = read_verdict(ref, chosen or ("revise" if is_reworded else ""))
    takes = {"revise": (*REVISED, "because"), "drop": ("because",)}.get(did, ())
    for name in given:
        if name not in takes:
            what = f"{ref}=revise" if name in REVISED else f"{ref}=revise, {ref}=drop"
            raise UsageError("goes-with", name=f"{ref}.{name}", what=what)
    if did != "keep":
        changes = _rewording(ref, said, on) if did == "revise" else {}
        yield Verdict(ref, did, changes, _text(said, f"{ref}.because"))


def _rewording(ref: str, said: Mapping[str, str], on: date) -> dict[str, Any]:
    """Return what a goal is to say, by field; None for what was taken away."""
    typed: Answers = {name: said[f"{ref}.{name}"] for name in REVISED if f"{ref}.{name}" in said}
    try:
        return fields_of(typed, on, {})
    except InvalidValue as refusal:
        field = f"{ref}.{refusal.field}"
        raise InvalidValue(field, refusal.typed, refusal.reason, refusal.allowed) from refusal


def _day(key: str, said: Mapping[str, str], since: date) -> date | None:
    day: date | None = parse_value(key, shapes(Review)["to_on"], said.get(key, ""), since)
    return day


def _text(said: Mapping[str, str], key: str) -> str | None:
    text = said.get(key, "")
    return text if text.strip() else None
