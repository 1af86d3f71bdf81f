"""What is asked to change a record: every field a person can fill, with what it holds now.

A map is not one field to edit but several: each of its entries, as "ratings.learning".
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from mentorlog.domain.fields import Shape, number_text
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import UsageError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, listing
from mentorlog.labels import choice_label, field_label

AnyRecord = TypeVar("AnyRecord", bound=Record)


def fields_to_edit(record: Record) -> dict[str, Shape]:
    """Return the fields a person may change. A record stays with the pair or goal it was made for."""
    fields: dict[str, Shape] = {}
    for name, shape in shapes(type(record)).items():
        belongs = shape.refers_to and shape.required
        if belongs or name in record.by_transition:
            continue
        if shape.each is not None:
            keys = shape.keys or tuple(getattr(record, name))
            fields |= {f"{name}.{key}": shape.each for key in keys}
        else:
            fields[name] = shape
    return fields


def prompts(record: Record, today: date) -> list[Prompt]:
    """Return a prompt for each field, its present value standing there to be changed."""
    now = answers_now(record)
    return [
        Prompt(
            name,
            field_label(name),
            listing(choice_label(name, each) for each in shape.choices),
            is_list=shape.holds == "lines",
            present=now[name],
            check=partial(parse_value, name, shape, today=today),
        )
        for name, shape in fields_to_edit(record).items()
    ]


def answers_now(record: Record) -> Answers:
    """Return what a record holds, as it would be typed."""
    return {
        name: list(_value(record, name))
        if shape.holds == "lines"
        else _typed(shape, _value(record, name))
        for name, shape in fields_to_edit(record).items()
    }


def changes(record: Record, answers: Answers, today: date) -> dict[str, Any]:
    """Return the fields that were answered otherwise than they read before, with their new values.

    An entry of a map stays by itself, "ratings.learning": `changed` puts it among the others.
    """
    before, values = answers_now(record), dict[str, Any]()
    for name, said in answers.items():
        if said == before[name]:
            continue
        shape = fields_to_edit(record)[name]
        value = tuple(said) if isinstance(said, list) else parse_value(name, shape, said, today)
        values[name] = False if value is None and shape.holds == "flag" else value
    changed(record, values)  # refused here, before anything is written
    return values


def changed(record: AnyRecord, values: Mapping[str, Any]) -> AnyRecord:
    """Return the record with new values, an entry of a map beside what else is in it by now."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        field, _dot, key = name.partition(".")
        fields[field] = fields.get(field, getattr(record, field)) | {key: value} if key else value
    return record.with_changes(**fields)


def settings(record: Record, typed: list[str]) -> Answers:
    """Return the answers in words such as "due_on=fri"; UsageError names what is no field."""
    known = fields_to_edit(record)
    answers: Answers = {}
    for word in typed:
        name, equals, value = word.partition("=")
        name = name.strip()
        if not equals:
            raise UsageError("no-field-value")
        if name.partition(".")[0] in record.by_transition:
            raise UsageError("by-transition", name=name, command=record.kind)
        if name not in known:
            raise UsageError("no-such-field", kind=record.kind, name=name, known=listing(known))
        answers[name] = value
    return answers


def _value(record: Record, name: str) -> Any:
    """Return what a field, or an entry of a map, holds."""
    field, _dot, key = name.partition(".")
    value = getattr(record, field)
    return value.get(key) if key else value


def _typed(shape: Shape, value: Any) -> str:
    if value is None:
        return ""
    if shape.holds == "flag":
        return _("yes") if value else _("no")
    if shape.holds == "quantity":
        return number_text(value)
    return "\n".join(value) if isinstance(value, tuple) else str(value)
