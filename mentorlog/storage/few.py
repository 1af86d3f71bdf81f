"""The first few of many records: what is shown of a list, and how many more there are. It only reads."""

from typing import Generic, NamedTuple, TypeVar

from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.record import Record
from mentorlog.storage import file
from mentorlog.storage.journal import Journal

_FIRST = "number = (SELECT number FROM {kind} WHERE {where} ORDER BY number LIMIT 1)"

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Few(NamedTuple, Generic[AnyRecord]):
    """The first of some records, and how many more there are."""

    read: list[AnyRecord]
    unread: int = 0


def few(
    journal: Journal,
    record_type: type[AnyRecord],
    where: str,
    values: tuple[object, ...],
    most: int | None = None,
    order: str = "number",
) -> Few[AnyRecord]:
    """Return the first `most` records there are, or all; `where` and `order` are SQL of this package's own.

    They are told apart by their numbers, off an index where one has what `where` asks for. Only where
    there are more than `most` are they counted.
    """
    sql = f"SELECT number FROM {record_type.kind} WHERE {where} ORDER BY {order} LIMIT ?"
    with file.failures_named(journal.path):
        limit = -1 if most is None else most + 1
        numbers = [row[0] for row in journal.connection.execute(sql, (*values, limit))]
    if most is None or len(numbers) <= most:
        return Few(_numbered(journal, record_type, numbers))
    unread = count(journal, record_type.kind, where, values) - most
    return Few(_numbered(journal, record_type, numbers[:most]), unread)


def first(
    journal: Journal, record_type: type[AnyRecord], where: str, values: tuple[object, ...]
) -> AnyRecord | None:
    """Return the first record there is, None where there is none: no other is looked at."""
    found = journal.find(record_type, _FIRST.format(kind=record_type.kind, where=where), values)
    return next(iter(found), None)


def count(journal: Journal, kind: str, where: str, values: tuple[object, ...]) -> int:
    """Return how many records of a kind there are."""
    sql = f"SELECT count(*) FROM {kind} WHERE {where}"
    with file.failures_named(journal.path):
        return int(journal.connection.execute(sql, values).fetchone()[0])


def _numbered(
    journal: Journal, record_type: type[AnyRecord], numbers: list[int]
) -> list[AnyRecord]:
    """Return the records with those numbers, in that order."""
    if not numbers:
        return []
    found = journal.find(record_type, "number IN (SELECT value FROM json_each(?))", (str(numbers),))
    by_number = {parse_reference(each.id)[1]: each for each in found}
    return [by_number[number] for number in numbers]
