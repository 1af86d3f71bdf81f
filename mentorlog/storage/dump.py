"""The journal as JSON, a line for each record: built by SQLite, from the shapes of the fields.

Nothing is held back here: it is what the owner of the journal gets. A line has the names and values of
`render.as_json.record_json`, but a reference is the other record's uid. What stands around the lines is
`export/`'s; how they are read again `importers/`'s.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from mentorlog.domain.fields import Shape, plain_number
from mentorlog.domain.kinds import KIND_NAMES, id_of, parse_reference
from mentorlog.domain.plain import plain
from mentorlog.domain.reading_order import reading_order
from mentorlog.domain.record import shapes
from mentorlog.errors import NotPossible
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import of_pair
from mentorlog.storage.rows import id_in_sql
from mentorlog.storage.timeline import Slice, rows_of

_AT_ONCE = 50  # lines, some 20 KB: larger texts cost more to make than fewer calls would save

Batch = tuple[str, list[str]]  # a kind, and some of its lines


@contextmanager
def snapshot(journal: Journal) -> Iterator[None]:
    """Read the journal inside as it stands at one moment, whoever writes meanwhile."""
    with file.failures_named(journal.path), file.held(journal.connection):
        yield


class Dump(NamedTuple):
    """The records that are wanted: how many of each kind there are, and their lines when asked for."""

    counts: dict[str, int]
    batches: Iterator[Batch]

    @property
    def batch_count(self) -> int:
        """How many batches there are."""
        return sum(-(-count // _AT_ONCE) for count in self.counts.values())


def dump(journal: Journal, wanted: Slice) -> Dump:
    """Return a slice of the journal, and all that its records refer to, in their reading order.

    Within a kind the records stand by their numbers. To be called and read within one `snapshot`.
    """
    chosen = None
    if wanted.since is not None or wanted.until is not None:
        refs = (row["id"] for row in rows_of(journal, wanted))
        chosen = _with_what_they_refer_to(journal, refs)
    parts = [_part(kind, wanted.pair, chosen) for kind in reading_order()]
    counts = {each.kind: _count(journal, each) for each in parts}
    journal.connection.create_function("plain_number", 1, _number, deterministic=True)
    journal.connection.create_function("plain_entries", 1, _entries, deterministic=True)
    return Dump(
        {kind: count for kind, count in counts.items() if count},
        (batch for each in parts for batch in _batches(journal, each)),
    )


# Which records -----------------------------------------------------------------------------------


class _Part(NamedTuple):
    """The records of one kind that are wanted."""

    kind: str
    where: str
    values: tuple[object, ...]


def _part(kind: str, pair: str | None, chosen: dict[str, set[int]] | None) -> _Part:
    """Return what is wanted of a kind."""
    if chosen is not None:
        numbers = json.dumps(sorted(chosen[kind]))
        return _Part(kind, "it.number IN (SELECT value FROM json_each(?))", (numbers,))
    if pair is None:
        return _Part(kind, "1", ())
    return _Part(kind, of_pair(KIND_NAMES[kind]), (parse_reference(pair, "pair")[1],))


def _with_what_they_refer_to(journal: Journal, refs: Iterable[str]) -> dict[str, set[int]]:
    """Return the numbers of records by their kind, and of those that one of them refers to."""
    numbers: dict[str, set[int]] = {kind: set() for kind in KIND_NAMES}
    for ref in refs:
        record_type, number = parse_reference(ref)
        numbers[record_type.kind].add(number)
    for kind in reversed(reading_order()):
        for name, shape in shapes(KIND_NAMES[kind]).items():
            if shape.refers_to:
                sql = (
                    f"SELECT DISTINCT {name} FROM {kind} WHERE {name} IS NOT NULL"
                    " AND number IN (SELECT value FROM json_each(?))"
                )
                rows = journal.connection.execute(sql, (json.dumps(sorted(numbers[kind])),))
                numbers[shape.refers_to].update(number for (number,) in rows)
    return numbers


def _count(journal: Journal, part: _Part) -> int:
    sql = f"SELECT count(*) FROM {part.kind} AS it WHERE {part.where}"
    return int(journal.connection.execute(sql, part.values).fetchone()[0])


# Their lines -------------------------------------------------------------------------------------


def _batches(journal: Journal, part: _Part) -> Iterator[Batch]:
    cursor = journal.connection.cursor()
    cursor.row_factory = None  # a plain tuple is made faster
    try:
        cursor.execute(_select(part), part.values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield part.kind, [line for (line,) in rows]
    except sqlite3.OperationalError as failure:
        damaged = _damaged(journal, part.kind)
        if damaged is None:
            raise
        raise NotPossible("record-damaged", damaged, name=part.kind) from failure


def _select(part: _Part) -> str:
    """Return the SQL of the lines: each field's value by its name, references by way of a join."""
    record_type = KIND_NAMES[part.kind]
    fields = shapes(record_type)
    values = {
        "kind": f"'{part.kind}'",
        "id": id_in_sql(record_type),
        "uid": "it.uid",
        **{name: _value(name, shape) for name, shape in fields.items()},
        "created_at": "it.created_at",
        "updated_at": "it.updated_at",
    }
    pairs = ", ".join(f"'{name}', {value}" for name, value in values.items())
    joins = "".join(
        f" LEFT JOIN {shape.refers_to} AS its_{name} ON its_{name}.number = it.{name}"
        for name, shape in fields.items()
        if shape.refers_to
    )
    return (
        f"SELECT json_object({pairs}) FROM {part.kind} AS it{joins}"
        f" WHERE {part.where} ORDER BY it.number"
    )


def _value(name: str, shape: Shape) -> str:
    """Return the SQL of a field's value as JSON has it.

    SQLite writes a number that is not whole with fifteen digits: those that have to be exact are left
    to Python, and whole ones are written without a point.
    """
    field = f"it.{name}"
    match shape.holds:
        case "reference":
            return f"its_{name}.uid"
        case "flag":
            return f"json(iif({field}, 'true', 'false'))"
        case "quantity":
            whole = f"CAST({field} AS INTEGER)"
            exact = f"iif({field} IS NULL, NULL, json(plain_number({field})))"
            return f"iif({field} = {whole}, {whole}, {exact})"
        case "entries":
            return f"json(iif({field} = '[]', '[]', plain_entries({field})))"
        case "lines" | "map":
            return f"json({field})"
        case _:
            return field


def _number(value: float) -> str:
    return repr(plain_number(value))


def _entries(text: str) -> str:
    """Return what a record has written about itself, its whole numbers without a point."""
    return json.dumps(plain(json.loads(text)), ensure_ascii=False)


def _damaged(journal: Journal, kind: str) -> str | None:
    """Return the id of a record whose lists and maps another program has made unreadable."""
    written_as_json = {"lines", "map", "entries"}
    for name, shape in shapes(KIND_NAMES[kind]).items():
        if shape.holds in written_as_json:
            sql = f"SELECT number FROM {kind} WHERE NOT json_valid({name}) LIMIT 1"
            found = journal.connection.execute(sql).fetchone()
            if found is not None:
                return id_of(kind, found[0])
    return None
