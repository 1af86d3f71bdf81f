"""What is asked about a goal, in SMART order, and the fields that the answers make.

Options, the guided form and the editor all give the same answers, as they were typed, under the names
of the fields; a level of attainment is "levels.-2" and its like.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from mentorlog.domain.action import OWNERS
from mentorlog.domain.fields import number_text
from mentorlog.domain.goal import LEVELS, Goal, refuse_early_due
from mentorlog.domain.record import shapes
from mentorlog.errors import InvalidValue, UsageError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, listing
from mentorlog.labels import choice_label
from mentorlog.text import folded

BECAUSE = "because"  # the one answer that is no field of the goal: why it was revised

_FIELDS = (
    "statement", "unit", "baseline", "target", "why", "due_on", "owner", "weight", "visibility",
)  # fmt: skip
_LEVEL = "levels."
_ASKED_FIRST = _LEVEL + "0"


def questions(started_on: date, today: date) -> list[Prompt]:
    """Return what to ask about a new goal of a pair that started on that day."""
    return [
        Prompt(
            "statement",
            _("What exactly is to be reached?"),
            _("one thing, in a sentence"),
            is_needed=True,
        ),
        *_about_the_measure(today),
        Prompt("why", _("Why does it matter?"), _("Enter skips")),
        Prompt(
            "due_on",
            _("By when?"),
            _("+3m, 24 Dec …; Enter: no date"),
            check=partial(_due, started_on=started_on, today=today),
        ),
        Prompt(
            "owner",
            _("Whose goal is it?"),
            listing(choice_label("owner", each) for each in OWNERS),
            default=OWNERS[0],
            check=_reads("owner", today),
        ),
        *_about_the_levels(),
    ]


def questions_again(goal: Goal, started_on: date, today: date) -> list[Prompt]:
    """Return what to ask to revise a goal, what it says standing there to be changed."""
    present = _answers_now(goal)
    asked = [
        each._replace(
            text=_("Where did it stand at the beginning?") if each.key == "baseline" else each.text,
            present=present[each.key],
            check=_unless_present(each, present[each.key]),
        )
        for each in questions(started_on, today)
    ]
    because = Prompt(BECAUSE, _("Why the change?"), _("kept with the old wording; Enter skips"))
    return [*asked, because]


def level_answers(words: list[str]) -> Answers:
    """Return the answers in words such as "-2=TEXT"; a blank word takes all five away."""
    answers: Answers = {}
    for word in words:
        if not word.strip():
            answers |= dict.fromkeys((_LEVEL + key for key in LEVELS), "")
            continue
        typed, equals, text = word.partition("=")
        if not equals:
            raise UsageError("no-level-text")
        key = _LEVEL + _level(typed)
        if key in answers:
            raise UsageError("level-twice", typed=typed)
        answers[key] = text
    return answers


def fields_of(answers: Answers, today: date, levels: dict[str, str]) -> dict[str, Any]:
    """Return the fields that were answered, None where an answer is blank.

    `levels` are those there are already. Raises InvalidValue for the first that cannot be read.
    """
    fields = {
        name: parse_value(name, shapes(Goal)[name], str(answers[name]), today)
        for name in _FIELDS
        if name in answers
    }
    said = {
        key.removeprefix(_LEVEL): str(text)
        for key, text in answers.items()
        if key.startswith(_LEVEL)
    }
    if said:
        fields["levels"] = {key: text for key, text in (levels | said).items() if text.strip()}
    return fields


def _about_the_measure(today: date) -> list[Prompt]:
    return [
        Prompt(
            "unit",
            _("What will you measure it in?"),
            _("books, minutes, points …; Enter: in no unit"),
            check=_reads("unit", today),
        ),
        Prompt(
            "baseline",
            _("Where is it now?"),
            _("a number such as 4; Enter: not known"),
            check=_reads("baseline", today),
        ),
        Prompt(
            "target",
            _("Where is it to be?"),
            _("a number such as 12, above or below; Enter: none"),
            check=_reads("target", today),
        ),
    ]


def _about_the_levels() -> list[Prompt]:
    """Return the prompts of the five levels: what is expected first, and nothing more without it."""
    asked = {
        "0": _("What would be as expected?"),
        "1": _("What would be more than expected?"),
        "2": _("What would be much more than expected?"),
        "-1": _("What would be less than expected?"),
        "-2": _("What would be much less than expected?"),
    }
    hint = _("first of five levels to rate it by later; Enter: no levels")
    first, *others = asked.items()
    return [
        Prompt(_ASKED_FIRST, first[1], hint),
        *(Prompt(_LEVEL + key, text, is_needed=True, only_if=_has_levels) for key, text in others),
    ]


def _has_levels(answers: Answers) -> bool:
    return bool(answers.get(_ASKED_FIRST))


def _reads(name: str, today: date) -> partial[object]:
    return partial(parse_value, name, shapes(Goal)[name], today=today)


def _due(typed: str, started_on: date, today: date) -> None:
    refuse_early_due(parse_value("due_on", shapes(Goal)["due_on"], typed, today), started_on, today)


def _answers_now(goal: Goal) -> dict[str, str]:
    """Return what a goal says, as it would be typed."""
    answers = {name: _typed(getattr(goal, name)) for name in _FIELDS}
    return answers | {_LEVEL + key: goal.levels.get(key, "") for key in LEVELS}


def _unless_present(asked: Prompt, present: str) -> Callable[[str], object]:
    """Return its check, which does not mind what stands there: a due day may have passed by now."""
    return lambda typed: typed == present or asked.check(typed)


def _level(typed: str) -> str:
    """Return the level that was typed: "+1" and "－２" are read too."""
    word = folded(typed).replace("\u2212", "-").removeprefix("+")
    if word not in LEVELS:
        raise InvalidValue("levels", typed, "not-a-key", LEVELS)
    return word


def _typed(value: Any) -> str:
    if value is None:
        return ""
    return number_text(value) if isinstance(value, float) else str(value)
