"""Record ↔ row, for every kind alike: the shapes of the fields say how.

A row is a map from column to what SQLite stores. Which record type a row belongs to is told, never
guessed.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import KIND_NAMES, id_of, parse_reference
from mentorlog.domain.record import Record, in_utc, shapes, utc_text
from mentorlog.errors import InvalidValue, NotPossible

Row = dict[str, Any]
NumberOf = Callable[[str, str], int]

_NEXT = '", "'  # stands between two texts of a JSON array
_ENDS = frozenset('"\\')  # what ends a JSON text, and what begins an escape in it


def number_of(kind: str, ref: str) -> int:
    """Return the number in an id of that kind."""
    return parse_reference(ref, kind)[1]


def to_row(record: Record, numbered: NumberOf = number_of) -> Row:
    """Return the columns of `record`, its number left out while it has none.

    `numbered` says which number a reference to a record of that kind stands for.
    """
    values = vars(record)
    row: Row = {"number": number_of(record.kind, record.id)} if record.id else {}
    row["uid"] = record.uid
    for name, write, refers_to in _columns(record.kind):
        value = values[name]
        if value is not None and write is not None:
            value = write(value)
        elif value is not None and refers_to:
            value = numbered(refers_to, value)
        row[name] = value
    for name in ("created_at", "updated_at"):
        instant = values[name]
        row[name] = None if instant is None else instant_text(instant)
    return row


def to_record(record_type: type[Record], row: Row) -> Record:
    """Return the record that `row` holds; NotPossible names one that another program has damaged."""
    values: dict[str, Any] = {"id": id_of(record_type.kind, row["number"]), "uid": row["uid"]}
    try:
        for name in ("created_at", "updated_at"):
            values[name] = datetime.fromisoformat(row[name])
        for name, shape in shapes(record_type).items():
            values[name] = _from_column(shape, row[name])
        return record_type(**values)
    except (InvalidValue, ValueError, TypeError) as failure:
        raise NotPossible("record-damaged", values["id"], name=record_type.kind) from failure


@lru_cache(2)  # most records are as they were made
def instant_text(instant: datetime) -> str:
    """Return an instant as it is stored: as text, in UTC."""
    return utc_text(in_utc(instant))


def id_in_sql(record_type: type[Record]) -> str:
    """Return the SQL of the id of `it`, a row of that kind."""
    return f"'{record_type.letter}' || it.number"


def as_json(value: Any) -> str:
    """Return a value as the JSON text of a column."""
    if not value and isinstance(value, list | tuple):
        return "[]"
    from json import dumps  # most calls read and write none: loading it is felt

    return dumps(value, ensure_ascii=False)


def from_json(text: str) -> Any:
    """Return what the JSON text of a column says; ValueError or RecursionError where it is none."""
    if text == "[]":
        return []
    inner = text[2:-2]
    if (
        text == f'["{inner}"]'
        and inner.isprintable()
        and _ENDS.isdisjoint(inner.replace(_NEXT, ""))
    ):
        return inner.split(_NEXT)  # plain words, as nearly always: loading JSON for them is felt
    from json import loads

    return loads(text)


# What writes a value of a shape into a column, where it does not stand there as it is.
_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "day": date.isoformat,
    "flag": int,
    "lines": as_json,
    "map": as_json,
    "entries": as_json,
}


@cache
def _columns(kind: str) -> list[tuple[str, Callable[[Any], Any] | None, str]]:
    """Return of each field its column, what writes its value, and the kind it refers to."""
    return [
        (name, _WRITTEN.get(shape.holds), shape.refers_to)
        for name, shape in shapes(KIND_NAMES[kind]).items()
    ]


def _from_column(shape: Shape, value: Any) -> Any:
    if value is None:
        return None
    match shape.holds:
        case "day":
            return date.fromisoformat(value)
        case "flag":
            return bool(value)
        case "lines" | "entries":
            return tuple(from_json(value))
        case "map":
            return from_json(value)
        case "reference":
            return id_of(shape.refers_to, value)
        case _:
            return value
