"""What `reflect` asks: which questions of the guide, which of the user's own, and the answers to them.

Which question is asked depends on the form, on the phase the pair is in and on my role in it. The
wording is the guide's, in the language the program speaks; how it is asked is `cli/`'s.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from mentorlog.domain.fields import is_key
from mentorlog.domain.pair import ROLES
from mentorlog.domain.reflection import FORMS, PHASES
from mentorlog.errors import ConfigUnusable, UsageError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.guide import prompts
from mentorlog.i18n import listing
from mentorlog.text import folded, keepable, visible

_LIMITS = {"phase": PHASES, "form": FORMS, "role": ROLES}


class Occasion(NamedTuple):
    """What decides which questions are asked: codes of a form, of a phase and of my role."""

    form: str
    phase: str
    role: str


class OwnPrompt(NamedTuple):
    """A question of the user's own; `only` limits where it is asked, by form, phase and role."""

    key: str
    text: str
    only: Mapping[str, str]

    def is_asked(self, occasion: Occasion) -> bool:
        """True where nothing limits it to another occasion."""
        return all(getattr(occasion, name) == code for name, code in self.only.items())


def usual_form(language: str, *, has_goal: bool) -> str:
    """Return the form that is taken where none is chosen."""
    if has_goal:
        return "grow"
    return "ywt" if language == "ja" else "free"


def keys_by_form(language: str) -> list[tuple[str, str, list[str]]]:
    """Return the guide's keys as (form, phase, keys); a form with the same in all has phase ""."""
    rows = []
    for form, phases in prompts(language).items():
        keys = {phase: [each["key"] for each in asked] for phase, asked in phases.items()}
        is_same = len({tuple(each) for each in keys.values()}) == 1
        rows += [(form, "" if is_same else phase, each) for phase, each in keys.items()]
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def questions(occasion: Occasion, language: str, own: Iterable[OwnPrompt]) -> list[Prompt]:
    """Return what is asked: the guide's questions, then the user's own."""
    asked = prompts(language)[occasion.form][occasion.phase]
    texts = {each["key"]: each[occasion.role] for each in asked}
    texts |= {each.key: each.text for each in own if each.is_asked(occasion)}
    return [
        Prompt(key, text, check=partial(keepable, f"answers.{key}")) for key, text in texts.items()
    ]


def answers_typed(words: Iterable[str], asked: list[Prompt], occasion: Occasion) -> Answers:
    """Return the answers in words such as "hard=To wait"; UsageError says what one cannot mean."""
    known = {folded(each.key): each.key for each in asked}
    answers: Answers = {}
    for word in words:
        typed, equals, text = word.partition("=")
        if not equals or not text.strip():
            raise UsageError("no-answer-text", example=asked[0].key)
        key = known.get(folded(typed))
        if key is None:
            keys, phase = listing(known.values()), occasion.phase
            raise UsageError("no-such-key", name=typed, known=keys, form=occasion.form, phase=phase)
        if key in answers:
            raise UsageError("same-key-twice", name=key)
        answers[key] = text
    return answers


def answered(asked: list[Prompt], answers: Answers) -> dict[str, str]:
    """Return what was said, in the order it was asked; after it, what is no longer asked."""
    order = [each.key for each in asked if each.key in answers]
    order += [key for key in answers if key not in order]
    return {key: said for key in order if isinstance(said := answers[key], str) and said.strip()}


def own_prompts(read: Mapping[str, Any], path: str) -> list[OwnPrompt]:
    """Return the user's own questions, as the TOML of the file at `path` was `read`.

    Raises ConfigUnusable for the first that could not be asked, or not kept under its key.
    """
    for heading in read:
        if heading != "prompt" or not isinstance(read[heading], list):
            raise ConfigUnusable(path, reason="no-prompt-heading", typed=heading)
    own: list[OwnPrompt] = []
    for number, entry in enumerate(read.get("prompt", []), 1):
        one = _own_prompt(entry, path, str(number))
        _refuse_doubled(one, own, path, str(number))
        own.append(one)
    return own


def _own_prompt(entry: Any, path: str, number: str) -> OwnPrompt:
    fields: dict[str, Any] = entry if isinstance(entry, dict) else {}
    for name in ("key", "text"):
        if not isinstance(fields.get(name), str) or not fields[name].strip():
            raise ConfigUnusable(path, reason="prompt-without", number=number, name=name)
    key = fields["key"]
    if not is_key(key) or not key.isprintable():
        raise ConfigUnusable(path, reason="prompt-key-unfit", number=number, typed=key)
    only = {name: code for name, code in fields.items() if name not in {"key", "text"}}
    for name, code in only.items():
        if name not in _LIMITS:
            known = listing(_LIMITS)
            raise ConfigUnusable(
                path, reason="prompt-limit", number=number, typed=name, known=known
            )
        if code not in _LIMITS[name]:
            known, typed = listing(_LIMITS[name]), str(code)
            raise ConfigUnusable(
                path, reason="prompt-choice", number=number, name=name, typed=typed, known=known
            )
    return OwnPrompt(key, visible(" ".join(fields["text"].split())), only)


def _refuse_doubled(one: OwnPrompt, before: list[OwnPrompt], path: str, number: str) -> None:
    """Refuse a key under which another question is asked on the same occasion."""
    for occasion in _occasions():
        if not one.is_asked(occasion):
            continue
        taken = {each["key"] for each in prompts("en")[occasion.form][occasion.phase]}
        taken |= {folded(each.key) for each in before if each.is_asked(occasion)}
        if folded(one.key) in taken:
            raise ConfigUnusable(
                path, reason="prompt-doubled", number=number, typed=one.key, form=occasion.form
            )


def _occasions() -> Iterator[Occasion]:
    return (Occasion(form, phase, role) for form in FORMS for phase in PHASES for role in ROLES)
