"""A field's value as people type it: dates, numbers, choices by code or by label, in both languages."""

import re
from datetime import date
from typing import Any

from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import id_of, parse_reference
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.when import parse_clock, parse_day
from mentorlog.errors import InvalidValue
from mentorlog.forms.prompt import Answers
from mentorlog.i18n import _
from mentorlog.labels import CODE_LABELS
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
        case "quantity":
            return _quantity(name, shape, typed)
        case "flag":
            return is_yes(name, typed)
        case "choice":
            return _choice(name, shape, typed)
        case "lines":
            return tuple(re.split(r"\s*[\n;；、]\s*", typed.strip()))
        case "reference":
            record_type, number = parse_reference(typed, shape.refers_to)
            return id_of(record_type.kind, number)
        case _:
            return typed


def read_fields(record_type: type[Record], answers: Answers, today: date) -> dict[str, Any]:
    """Return the fields of a record that were answered, read; a blank answer is none.

    Answers under other names are left to whoever asked for them.
    """
    known = shapes(record_type)
    return {
        name: parse_value(name, known[name], str(typed), today)
        for name, typed in answers.items()
        if name in known and str(typed).strip()
    }


def is_yes(name: str, typed: str) -> bool:
    """Return True for a yes and False for a no, in either language."""
    word = folded(typed)
    if word in _YES or word in _NO:
        return word in _YES
    raise InvalidValue(name, typed, "not-a-flag")


def _number(name: str, shape: Shape, typed: str) -> int:
    word = folded(typed).replace("\u2212", "-")
    is_number = re.fullmatch(r"[-+]?[0-9]{1,9}", word) is not None
    if not is_number or not shape.low <= int(word) <= shape.high:
        raise InvalidValue(name, typed, "not-a-number", (str(shape.low), str(shape.high)))
    return int(word)


def _quantity(name: str, shape: Shape, typed: str) -> float:
    """Return a number such as "12", "-3.5" or "1,200"; "1,5" is refused: it could mean either."""
    word = folded(typed).replace("\u2212", "-").replace(" ", "")
    is_number = re.fullmatch(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,20})(\.[0-9]{1,20})?", word)
    value = float(word.replace(",", "")) if is_number else float("nan")
    if not shape.low <= value <= shape.high:
        raise InvalidValue(name, typed, "not-a-quantity")
    return value


def _choice(name: str, shape: Shape, typed: str) -> str:
    word = folded(typed)
    for code in shape.choices:
        label = CODE_LABELS.get(name, {}).get(code, code)
        if word in (code, folded(label), folded(_(label))):
            return code
    raise InvalidValue(name, typed, "not-a-choice", shape.choices)
