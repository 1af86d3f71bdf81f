"""A field's value as people type it: dates, numbers, choices by code or by label, in both languages."""

import re
from datetime import date
from typing import Any

from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.when import parse_clock, parse_day
from mentorlog.errors import InvalidValue
from mentorlog.i18n import CODE_LABELS, _
from mentorlog.text import folded

_YES = ("yes", "y", "true", "1", "はい", "ok")
_NO = ("no", "n", "false", "0", "いいえ")


def parse_value(name: str, shape: Shape, typed: str, today: date) -> Any:
    """Return what `typed` means for a field; blank means that it is not known.

    Raises InvalidValue. Texts are returned as they are: the record checks them.
    """
    if not typed.strip():
        return () if shape.holds == "lines" else None
    match shape.holds:
        case "day":
            return parse_day(typed, today, name)
        case "clock":
            return parse_clock(typed)
        case "number":
            return _number(name, shape, typed)
        case "flag":
            return is_yes(name, typed)
        case "choice":
            return _choice(name, shape, typed)
        case "lines":
            return tuple(re.split(r"\s*[\n;；、]\s*", typed.strip()))
        case "reference":
            record_type, number = parse_reference(typed, shape.refers_to)
            return f"{record_type.letter}{number}"
        case _:
            return typed


def is_yes(name: str, typed: str) -> bool:
    """Return True for a yes and False for a no, in either language."""
    word = folded(typed)
    if word in _YES or word in _NO:
        return word in _YES
    raise InvalidValue(name, typed, "not-a-flag")


def _number(name: str, shape: Shape, typed: str) -> int:
    bounds = (str(shape.low), str(shape.high))
    word = folded(typed)
    is_number = word.isdecimal() and len(word) <= len(bounds[1]) + 2  # zeros before it
    if not is_number or not shape.low <= int(word) <= shape.high:
        raise InvalidValue(name, typed, "not-a-number", bounds)
    return int(word)


def _choice(name: str, shape: Shape, typed: str) -> str:
    word = folded(typed)
    for code in shape.choices:
        label = CODE_LABELS.get(name, {}).get(code, code)
        if word in (code, folded(label), folded(_(label))):
            return code
    raise InvalidValue(name, typed, "not-a-choice", shape.choices)
