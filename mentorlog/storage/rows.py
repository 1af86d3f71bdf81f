"""Record ↔ row, for every kind alike: the shapes of the fields say how.

A row is a map from column to what SQLite stores. Which record type a row belongs to is told, never
guessed.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import KIND_NAMES, parse_reference
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import InvalidValue, NotPossible

Row = dict[str, Any]
NumberOf = Callable[[str, str], int]


def number_of(kind: str, ref: str) -> int:
    """Return the number in an id of that kind."""
    return parse_reference(ref, kind)[1]


def to_row(record: Record, numbered: NumberOf = number_of) -> Row:
    """Return the columns of `record`, its number left out while it has none.

    `numbered` says which number a reference to a record of that kind stands for.
    """
    row: Row = {"number": number_of(record.kind, record.id)} if record.id else {}
    row["uid"] = record.uid
    for name, shape in shapes(type(record)).items():
        row[name] = _to_column(shape, getattr(record, name), numbered)
    for name in ("created_at", "updated_at"):
        instant = getattr(record, name)
        row[name] = None if instant is None else instant_text(instant)
    return row


def to_record(record_type: type[Record], row: Row) -> Record:
    """Return the record that `row` holds; NotPossible names one that another program has damaged."""
    values: dict[str, Any] = {"id": f"{record_type.letter}{row['number']}", "uid": row["uid"]}
    try:
        for name in ("created_at", "updated_at"):
            values[name] = datetime.fromisoformat(row[name])
        for name, shape in shapes(record_type).items():
            values[name] = _from_column(shape, row[name])
        return record_type(**values)
    except (InvalidValue, ValueError, TypeError) as failure:
        raise NotPossible("record-damaged", values["id"], name=record_type.kind) from failure


def instant_text(instant: datetime) -> str:
    """Return an instant as it is stored: in UTC, microseconds always, so text order is time order.

    At either end of the calendar, where UTC would be beyond it, local time is taken as it stands.
    """
    try:
        instant = instant.astimezone(UTC)
    except (OverflowError, ValueError):
        instant = instant.replace(tzinfo=UTC)
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _to_column(shape: Shape, value: Any, numbered: NumberOf) -> Any:
    if value is None:
        return None
    match shape.holds:
        case "day":
            return value.isoformat()
        case "flag":
            return int(value)
        case "lines" | "map" | "entries":
            return json.dumps(value, ensure_ascii=False)
        case "reference":
            return numbered(shape.refers_to, value)
        case _:
            return value


def _from_column(shape: Shape, value: Any) -> Any:
    if value is None:
        return None
    match shape.holds:
        case "day":
            return date.fromisoformat(value)
        case "flag":
            return bool(value)
        case "lines" | "entries":
            return tuple(json.loads(value))
        case "map":
            return json.loads(value)
        case "reference":
            return f"{KIND_NAMES[shape.refers_to].letter}{value}"
        case _:
            return value
