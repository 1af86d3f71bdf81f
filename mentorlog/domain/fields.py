"""What a field of a record can hold, said once.

A record's dataclass names its fields with the functions below. Storage, JSON, `edit`, `show` and the
schema check read the shape from there, so a new field needs no line of theirs. The codes stand in the
journal and in JSON and are never translated; their labels are in `i18n.py`.
"""

from dataclasses import MISSING, field
from datetime import date, datetime
from typing import Any, NamedTuple

from mentorlog.errors import InvalidValue
from mentorlog.text import keepable


class Shape(NamedTuple):
    """One field's shape.

    `holds` is "line", "text", "lines", "day", "clock", "instant", "number", "flag", "choice" or
    "reference"; `choices` are the codes of a choice, `low` and `high` the bounds of a number,
    `refers_to` the kind a reference names. What is `required` is never unknown.
    """

    holds: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    refers_to: str = ""


def line(*, default: str | None = MISSING) -> Any:  # type: ignore[assignment]
    """A short text on one line: a name, a unit. As below: without a default it has to be given."""
    return _field(default, "line")


def text(*, default: str | None = MISSING) -> Any:  # type: ignore[assignment]
    """A text of any length and any number of lines."""
    return _field(default, "text")


def lines(*, default: tuple[str, ...] = ()) -> Any:
    """Several short texts, in order."""
    return _field(default, "lines")


def day(*, default: date | None = MISSING) -> Any:  # type: ignore[assignment]
    """A date without a time."""
    return _field(default, "day")


def clock(*, default: str | None = MISSING) -> Any:  # type: ignore[assignment]
    """A time of day, "HH:MM"."""
    return _field(default, "clock")


def number(low: int, high: int, *, default: int | None = MISSING) -> Any:  # type: ignore[assignment]
    """A whole number from `low` to `high`."""
    return _field(default, "number", low=low, high=high)


def flag(*, default: bool = False) -> Any:
    """A claim that is true or not."""
    return _field(default, "flag")


def choice(*codes: str, default: str | None = MISSING) -> Any:  # type: ignore[assignment]
    """One of the given codes."""
    return _field(default, "choice", choices=codes)


def reference(kind: str, *, default: str | None = MISSING) -> Any:  # type: ignore[assignment]
    """Another record, by its id such as "m12"."""
    return _field(default, "reference", refers_to=kind)


def _field(default: Any, holds: str, **more: Any) -> Any:
    shape = Shape(holds, required=default is not None, **more)
    return field(default=default, metadata={"shape": shape})


def checked(name: str, shape: Shape, value: Any) -> Any:
    """Return `value` as the field keeps it (blank text is None); raise InvalidValue if it cannot."""
    if isinstance(value, str):
        value = _checked_text(name, shape, value)
    elif isinstance(value, tuple):
        kept = (_checked_text(name, Shape("line"), item) for item in value)
        return tuple(item for item in kept if item is not None)
    if value is None:
        if shape.required:
            raise InvalidValue(name, "", "required", shape.choices)
        return None
    if not _fits(shape, value):
        raise InvalidValue(name, str(value), f"not-a-{shape.holds}", _allowed(shape))
    return value


def _checked_text(name: str, shape: Shape, value: str) -> str | None:
    kept = keepable(name, value)
    if shape.holds == "line":
        kept = kept.strip()
        if "\n" in kept:
            raise InvalidValue(name, kept, "one-line-only")
    return kept if kept.strip() else None


def _fits(shape: Shape, value: Any) -> bool:
    match shape.holds:
        case "line" | "text" | "reference":
            return isinstance(value, str)
        case "clock":
            return isinstance(value, str) and _is_clock(value)
        case "choice":
            return value in shape.choices
        case "number":
            is_whole = isinstance(value, int) and not isinstance(value, bool)
            return is_whole and shape.low <= value <= shape.high
        case "day":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "instant":
            return isinstance(value, datetime)
        case "flag":
            return isinstance(value, bool)
        case _:
            return isinstance(value, tuple)


def _is_clock(value: str) -> bool:
    hours, colon, minutes = value.partition(":")
    digits = hours + minutes
    is_shaped = (
        colon and len(hours) == len(minutes) == 2 and digits.isascii() and digits.isdecimal()
    )
    return bool(is_shaped) and int(hours) < 24 and int(minutes) < 60


def _allowed(shape: Shape) -> tuple[str, ...]:
    return (str(shape.low), str(shape.high)) if shape.holds == "number" else shape.choices
