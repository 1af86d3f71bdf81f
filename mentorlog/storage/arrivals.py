"""Records that come from elsewhere: looked up by their uid, checked, and kept as they were.

A record that is there already is passed over. References may be ids, or uids of records that have
arrived before or are in the journal. A journal that was never written to keeps the numbers that
records bring, so that it becomes the one they were taken from; any other gives them its own.
"""

import sqlite3
from typing import NamedTuple

from mentorlog.domain.kinds import KIND_NAMES, LETTERS, id_of
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import InvalidValue
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.storage.ledger import Ledger
from mentorlog.storage.rows import Row, number_of, to_row


class _Known(NamedTuple):
    """A record that may be referred to: its number and, where it belongs to a pair, that one's."""

    number: int
    pair: int | None


class Arrivals:
    """Takes records in, one after the other; where it `keeps` none, it only says what would happen."""

    def __init__(self, ledger: Ledger, *, keeps: bool) -> None:
        self._ledger = ledger
        self._keeps = keeps
        self._is_blank = ledger.is_first
        self._seen: set[bytes] = set()
        self._ids: set[str] = set()  # those that have come
        self._known: dict[tuple[str, str], _Known] = {}  # by kind and uid or id

    def take(self, record: Record) -> str | None:
        """Keep a record and return its id; None where it is there already.

        Raises InvalidValue for a uid or an id that has come before, and for a reference to what is
        not there or is of another pair.
        """
        uid = bytes.fromhex(record.uid)
        if uid in self._seen:
            raise InvalidValue("uid", "", "uid-twice")
        self._seen.add(uid)
        if record.id in self._ids:
            raise InvalidValue("id", "", "id-twice")
        if record.id:
            self._ids.add(record.id)
        if not self._is_blank and self._ledger.with_uid(record.kind, record.uid) is not None:
            return None
        row = self._row(record)
        number = self._insert(record, row) if self._keeps else -len(self._seen)
        if record.kind in _REFERRED_TO:
            self._known[record.kind, record.uid] = _Known(number, row.get("pair"))
        return id_of(record.kind, number)

    def _row(self, record: Record) -> Row:
        """Return the row of a record, its references those of this journal."""
        row = to_row(record, lambda kind, ref: self._found(record, kind, ref).number)
        for name, kind in _references(record.kind).items():
            if "pair" in row and kind != "pair" and row[name] is not None:
                referred = self._found(record, kind, getattr(record, name))
                if referred.pair != row["pair"]:
                    raise InvalidValue(name, "", "reference-elsewhere")
        if not self._is_blank:
            row.pop("number", None)
        for name in ("created_at", "updated_at"):
            row[name] = row[name] or self._ledger.at
        return row

    def _found(self, record: Record, kind: str, ref: str) -> _Known:
        """Return what a reference names; the refusal says which of the record's it is."""
        known = self._known.get((kind, ref))
        if known is None:
            row = self._looked_up(kind, ref)
            if row is None:
                name = next(
                    each for each in _references(record.kind) if getattr(record, each) == ref
                )
                raise InvalidValue(name, "", "reference-unknown")
            known = self._known[kind, ref] = _Known(row["number"], row.get("pair"))
        return known

    def _looked_up(self, kind: str, ref: str) -> Row | None:
        if len(ref) == _UID_LENGTH:
            return None if self._is_blank else self._ledger.with_uid(kind, ref)
        return self._ledger.row(kind, number_of(kind, ref))

    def _insert(self, record: Record, row: Row) -> int:
        try:
            return self._ledger.insert(record.kind, row)
        except sqlite3.IntegrityError as failure:
            raise InvalidValue("id", "", "not-kept") from failure


def foreseen(journal: Journal) -> Arrivals:
    """Return what says of each record whether it would be taken in; nothing is written."""
    with file.failures_named(journal.path):
        return Arrivals(Ledger(journal.connection), keeps=False)


_UID_LENGTH = 32
_references_of: dict[str, dict[str, str]] = {}


def _references(kind: str) -> dict[str, str]:
    """Return the fields of a kind that name a record, each with the kind it names."""
    if kind not in _references_of:
        _references_of[kind] = {
            name: shape.refers_to
            for name, shape in shapes(KIND_NAMES[kind]).items()
            if shape.refers_to
        }
    return _references_of[kind]


_REFERRED_TO = {refers_to for kind in LETTERS.values() for refers_to in _references(kind).values()}
