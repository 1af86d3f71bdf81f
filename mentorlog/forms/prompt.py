"""One thing that is asked, as data: the keyboard is `cli/ask.py`'s, the file an editor's."""

from collections.abc import Callable
from typing import NamedTuple

Answers = dict[str, str | list[str]]


class Prompt(NamedTuple):
    """One question of a form.

    `key` names the answer, `text` asks, `hint` says what Enter or an odd answer does. `is_list`
    asks again until nothing more comes. `check` raises InvalidValue for an answer it cannot take.
    `default` is what Enter alone takes; `present` stands in the line to be changed or taken away, and
    so does what `drafted` makes of the answers so far. `about` stands above the question: a heading, or
    a text of the user's that it is about.
    What `is_needed` cannot be skipped; `only_if` says from the answers so far whether to ask at all.
    """

    key: str
    text: str
    hint: str = ""
    is_list: bool = False
    default: str = ""
    present: str | list[str] = ""
    drafted: Callable[[Answers], str] = lambda _answers: ""
    about: str = ""
    check: Callable[[str], object] = str
    is_needed: bool = False
    only_if: Callable[[Answers], bool] = lambda _answers: True


def standing(questions: list[Prompt]) -> Answers:
    """Return what stands in the lines of a form, by the key of the question."""
    return {each.key: each.present for each in questions if each.present}


def place_to_go_on(questions: list[Prompt], answers: Answers) -> int:
    """Return the place of the first question without an answer.

    A list that was being answered last is asked again: more may have been to come.
    """
    place = next(
        (at for at, each in enumerate(questions) if each.key not in answers), len(questions)
    )
    before = questions[place - 1] if place else None
    return place - 1 if before is not None and before.is_list and answers[before.key] else place
