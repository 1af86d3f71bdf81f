"""What a change to a record is: the fields that were answered, on top of what it holds by now."""

from __future__ import annotations

from datetime import date

from mentorlog.domain.reflection import Reflection
from mentorlog.forms.editing import answers_now, changed, changes

DAY = date(2026, 11, 22)


def reflection(**answers: str) -> Reflection:
    return Reflection(
        pair="p1", written_on=DAY, phase="immersion", form="free", answers=dict(answers)
    )


def test_an_entry_of_a_map_is_changed_beside_what_another_terminal_has_written() -> None:
    before = reflection(joy="old", hard="old")
    now = reflection(joy="old", hard="written elsewhere")

    values = changes(before, answers_now(before) | {"answers.joy": "new"}, DAY)

    assert values == {"answers.joy": "new"}
    assert changed(now, values).answers == {"joy": "new", "hard": "written elsewhere"}


def test_a_blank_entry_of_a_map_is_taken_away() -> None:
    before = reflection(joy="old", hard="old")

    values = changes(before, answers_now(before) | {"answers.hard": ""}, DAY)

    assert changed(before, values).answers == {"joy": "old"}
