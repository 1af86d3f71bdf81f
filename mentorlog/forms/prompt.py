"""One thing that is asked, as data: the keyboard is `cli/ask.py`'s, the file an editor's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Answers = dict[str, str | list[str]]


@dataclass(frozen=True)
class Prompt:
    """One question of a form.

    `key` names the answer, `text` asks, `hint` says what Enter or an odd answer does. `is_list`
    asks again until nothing more comes. `check` raises InvalidValue for an answer it cannot take.
    `default` is what Enter takes; `about` is a text of the user's that the question is about.
    """

    key: str
    text: str
    hint: str = ""
    is_list: bool = False
    default: str = ""
    about: str = ""
    check: Callable[[str], object] = str
