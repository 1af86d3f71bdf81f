"""What a review asks about one goal: where it stands, how to go on with it, and another wording.

What a goal says stands above the first of its questions. The answers are read in `review_answers.py`.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from mentorlog.domain.fields import level_text, number_text
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.domain.record import shapes
from mentorlog.forms.goal import questions_again
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.review_answers import (
    REVISED,
    VERDICTS,
    is_reworded,
    read_verdict,
    verdict_label,
)
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, listing
from mentorlog.text import first_line, keepable, visible

_BETWEEN = " · "  # the parts of a hint


def about_a_goal(measured: MeasuredGoal, started_on: date, on: date) -> list[Prompt]:
    """Return what to ask about a goal of a pair that started on that day, in a review held `on`."""
    asked = [*_where_it_stands(measured, on), _verdict(measured.goal.id)]
    asked[0] = asked[0]._replace(about=goal_title(measured.goal))
    return [*asked, *_another_wording(measured, started_on, on)]


def goal_title(goal: Goal) -> str:
    """Return what stands above the questions about a goal."""
    return f"{goal.id}  {first_line(goal.statement)}"


def _where_it_stands(measured: MeasuredGoal, on: date) -> Iterator[Prompt]:
    """Yield what there is to measure: a number where the goal is in numbers, a level where it has them."""
    if _is_in_numbers(measured):
        key = f"{measured.goal.id}.value"
        hint = _number_hint(measured)
        yield Prompt(key, _("Where does it stand now?"), hint, check=_reads(key, "value", on))
    if measured.goal.levels:
        key = f"{measured.goal.id}.level"
        asks, hint = _("Which level has it reached, -2 to 2?"), _level_hint(measured)
        yield Prompt(key, asks, hint, check=_reads(key, "level", on))


def _verdict(ref: str) -> Prompt:
    choices = listing(verdict_label(each) for each in VERDICTS)
    return Prompt(
        ref,
        _("How do you go on with this goal?"),
        _("{choices}; Enter keeps it as it is").format(choices=choices),
        check=partial(read_verdict, ref),
    )


def _another_wording(measured: MeasuredGoal, started_on: date, on: date) -> Iterator[Prompt]:
    """Yield what is asked to revise the goal, what it says standing there; and why, to drop it too.

    Why is not asked where it goes on saying the same: then it is kept.
    """
    goal, ref = measured.goal, measured.goal.id

    def becomes(said: Answers) -> str:
        return read_verdict(ref, str(said.get(ref) or ""))

    def is_changed(said: Answers) -> bool:
        did = becomes(said)
        return did == "drop" or (did == "revise" and is_reworded(goal, said, on))

    for each in questions_again(goal, started_on, on):
        if each.key in REVISED:
            key = f"{ref}.{each.key}"
            yield each._replace(key=key, only_if=lambda said: becomes(said) == "revise")
    yield Prompt(
        f"{ref}.because",
        _("Why?"),
        _("kept with the goal; Enter skips"),
        check=partial(keepable, f"{ref}.because"),
        only_if=is_changed,
    )


def _is_in_numbers(measured: MeasuredGoal) -> bool:
    aim = measured.goal
    return measured.progress.n > 0 or any(
        (aim.unit, aim.baseline is not None, aim.target is not None)
    )


def _number_hint(measured: MeasuredGoal) -> str:
    """Return what to go by: where it stood last, and where it is to be."""
    aim, latest = measured.goal, measured.progress.latest
    parts = []
    if latest is not None and latest.value is not None:
        parts.append(_("last time {number}").format(number=_quantity(latest.value, aim.unit)))
    if aim.target is not None:
        parts.append(_("the target is {number}").format(number=_quantity(aim.target, aim.unit)))
    return _BETWEEN.join([*parts, _("Enter: not measured")])


def _level_hint(measured: MeasuredGoal) -> str:
    """Return what the levels are, a line each, and below them which it had reached last."""
    written = [
        f"{level_text(int(key)):>2} {first_line(text)}"
        for key, text in measured.goal.levels.items()
    ]
    level = measured.progress.level
    last = [] if level is None else [_("last time {number}").format(number=level_text(level))]
    return "\n".join([*written, _BETWEEN.join([*last, _("Enter: not rated")])])


def _quantity(number: float, unit: str | None) -> str:
    return " ".join(filter(None, (number_text(number), visible(unit or ""))))


def _reads(key: str, name: str, on: date) -> partial[object]:
    return partial(parse_value, key, shapes(Measurement)[name], today=on)
