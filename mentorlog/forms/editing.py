"""What is asked to change a record: every field a person can fill, with what it holds now."""

from datetime import date
from functools import partial
from typing import Any

from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import UsageError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, choice_label, field_label, listing


def fields_to_edit(record: Record) -> dict[str, Shape]:
    """Return the fields a person may change. A record stays with the pair it was made for."""
    return {
        name: shape
        for name, shape in shapes(type(record)).items()
        if name != "pair" and (not shape.refers_to or shape.refers_to in KIND_NAMES)
    }


def prompts(record: Record, today: date) -> list[Prompt]:
    """Return a prompt for each field, its present value standing there to be changed."""
    return [
        Prompt(
            name,
            field_label(name),
            listing(choice_label(name, each) for each in shape.choices),
            is_list=shape.holds == "lines",
            check=partial(parse_value, name, shape, today=today),
        )
        for name, shape in fields_to_edit(record).items()
    ]


def answers_now(record: Record) -> Answers:
    """Return what a record holds, as it would be typed."""
    return {
        name: list(getattr(record, name))
        if shape.holds == "lines"
        else _typed(shape, getattr(record, name))
        for name, shape in fields_to_edit(record).items()
    }


def changes(record: Record, answers: Answers, today: date) -> dict[str, Any]:
    """Return the fields that were answered otherwise than they read before, with their new values."""
    before, values = answers_now(record), dict[str, Any]()
    for name, said in answers.items():
        if said == before[name]:
            continue
        shape = fields_to_edit(record)[name]
        values[name] = (
            tuple(said) if isinstance(said, list) else parse_value(name, shape, said, today)
        )
        if values[name] is None and shape.holds == "flag":
            values[name] = False
    record.with_changes(**values)  # refused here, before anything is written
    return values


def settings(record: Record, typed: list[str]) -> Answers:
    """Return the answers in words such as "due_on=fri"; UsageError names what is no field."""
    known = fields_to_edit(record)
    answers: Answers = {}
    for word in typed:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError("no-field-value", typed=word)
        if name.strip() not in known:
            raise UsageError("no-such-field", kind=record.kind, name=name, known=", ".join(known))
        answers[name.strip()] = value
    return answers


def _typed(shape: Shape, value: Any) -> str:
    if value is None:
        return ""
    if shape.holds == "flag":
        return _("yes") if value else _("no")
    return "\n".join(value) if isinstance(value, tuple) else str(value)
