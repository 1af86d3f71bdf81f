"""What a field of a record can hold, said once.

A record's dataclass names its fields with the functions below. Storage, JSON, `edit`, `show` and the
schema check read the shape from there, so a new field needs no line of theirs. The codes stand in the
journal and in JSON and are never translated; their labels are in `labels.py`.
"""

from collections.abc import Callable
from dataclasses import MISSING, field
from datetime import date, datetime
from typing import Any, NamedTuple

from mentorlog.errors import InvalidValue
from mentorlog.text import keepable


class Shape(NamedTuple):
    """One field's shape.

    `holds` is "line", "text", "lines", "day", "clock", "instant", "number", "quantity", "flag",
    "choice", "reference", "map" or "entries"; `choices` are the codes of a choice, `low` and `high`
    the bounds of a number, `refers_to` the kind a reference names. A map has the shape of its values
    in `each` and, where they are fixed, its `keys`. What is `required` is never unknown.
    """

    holds: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    refers_to: str = ""
    keys: tuple[str, ...] = ()
    each: "Shape | None" = None


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


def quantity(low: float, high: float, *, default: float | None = MISSING) -> Any:  # type: ignore[assignment]
    """A number from `low` to `high`, whole or not."""
    return _field(default, "quantity", low=low, high=high)


def flag(*, default: bool = False) -> Any:
    """A claim that is true or not."""
    return _field(default, "flag")


def choice(*codes: str, default: str | None = MISSING) -> Any:  # type: ignore[assignment]
    """One of the given codes."""
    return _field(default, "choice", choices=codes)


def reference(kind: str, *, default: str | None = MISSING) -> Any:  # type: ignore[assignment]
    """Another record, by its id such as "m12"."""
    return _field(default, "reference", refers_to=kind)


def texts(*keys: str, default_factory: Callable[[], dict[str, str]] = dict) -> Any:
    """A map from key to text; the keys are these or, where none is given, any word."""
    shape = Shape("map", keys=keys, each=Shape("text", required=True))
    return field(default_factory=default_factory, metadata={"shape": shape})


def numbers(
    *keys: str, low: int, high: int, default_factory: Callable[[], dict[str, int]] = dict
) -> Any:
    """A map from each of these keys, or some of them, to a whole number from `low` to `high`."""
    shape = Shape("map", keys=keys, each=Shape("number", required=True, low=low, high=high))
    return field(default_factory=default_factory, metadata={"shape": shape})


def entries(*, default: tuple[dict[str, Any], ...] = ()) -> Any:
    """What was done to the record itself, oldest first: maps of JSON values, written by it alone."""
    return _field(default, "entries")


def _field(default: Any, holds: str, **more: Any) -> Any:
    shape = Shape(holds, required=default is not None, **more)
    return field(default=default, metadata={"shape": shape})


def checked(name: str, shape: Shape, value: Any) -> Any:
    """Return `value` as the field keeps it (blank text is None); raise InvalidValue if it cannot."""
    if shape.holds == "map":
        return _checked_map(name, shape, value or {})
    if value is None and not shape.required:
        return None
    if shape.holds == "choice" and value in shape.choices:
        return value
    if isinstance(value, str):
        value = _checked_text(name, shape, value)
    elif shape.holds == "lines" and isinstance(value, tuple):
        kept = (_checked_text(name, Shape("line"), item) for item in value)
        return tuple(item for item in kept if item is not None)
    if value is None:
        if shape.required:
            raise InvalidValue(name, "", "required", shape.choices)
        return None
    if not _fits(shape, value):
        raise InvalidValue(name, str(value), f"not-a-{shape.holds}", _allowed(shape))
    return float(value) if shape.holds == "quantity" else value


def _checked_map(name: str, shape: Shape, given: Any) -> dict[str, Any]:
    """Return a map with its keys in their order; a blank text is left out."""
    if not isinstance(given, dict) or shape.each is None:
        raise InvalidValue(name, str(given), "not-a-map", shape.keys)
    for key in given:
        if not is_key(key) or (shape.keys and key not in shape.keys):
            raise InvalidValue(name, str(key), "not-a-key", shape.keys)
    return {
        key: checked(f"{name}.{key}", shape.each, given[key])
        for key in shape.keys or given
        if key in given and given[key] is not None and str(given[key]).strip()
    }


def is_key(key: object) -> bool:
    """True for what can name an entry of a map: one word that can be typed before a `=`."""
    return isinstance(key, str) and 0 < len(key) <= 40 and not set(key) & set(" =.:\t\n\x00")


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
        case "quantity":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return is_number and shape.low <= value <= shape.high  # which no NaN is
        case "day":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "instant":
            return isinstance(value, datetime)
        case "flag":
            return isinstance(value, bool)
        case "entries":
            return isinstance(value, tuple) and all(isinstance(each, dict) for each in value)
        case _:
            return isinstance(value, tuple)


def plain_number(value: float) -> float:
    """Return 12 for 12.0: as a person would write it."""
    return int(value) if value.is_integer() else value


def number_text(value: float) -> str:
    """Return a number as a person would write it and can type it again: never 1e-07."""
    number = str(plain_number(value))
    return f"{value:.20f}".rstrip("0") if "e" in number else number


def level_text(level: int) -> str:
    """Return a level of attainment with its sign: "+1", "0", "-2"."""
    return f"{level:+d}" if level else "0"


def _is_clock(value: str) -> bool:
    hours, colon, minutes = value.partition(":")
    digits = hours + minutes
    is_shaped = (
        colon and len(hours) == len(minutes) == 2 and digits.isascii() and digits.isdecimal()
    )
    return bool(is_shaped) and int(hours) < 24 and int(minutes) < 60


def _allowed(shape: Shape) -> tuple[str, ...]:
    is_bounded = shape.holds in {"number", "quantity"}
    return (str(shape.low), str(shape.high)) if is_bounded else shape.choices
