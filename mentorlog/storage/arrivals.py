"""Records that come from elsewhere: looked up by their uid, checked, and kept as they were.

A record that is there already is passed over. References may be ids, or uids of records that have
arrived before or are in the journal. A journal that was never written to keeps the numbers that
records bring, so that it becomes the one they were taken from; any other gives them its own.

A million may come, so what is known of them is asked of the journal, where they are, and little of it
is held here: of those that are kept nowhere, because it is only foreseen what would happen, more.
"""

import sqlite3
from collections import defaultdict
from functools import lru_cache

from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import InvalidValue
from mentorlog.storage import file
from mentorlog.storage.coming import Numbers, Sieve
from mentorlog.storage.journal import Journal
from mentorlog.storage.ledger import Known, Ledger
from mentorlog.storage.rows import Row, number_of, to_row


class Arrivals:
    """Takes records in, one after the other; where it `keeps` none, it only says what would happen."""

    def __init__(self, ledger: Ledger, *, keeps: bool) -> None:
        self._ledger = ledger
        self._keeps = keeps
        if keeps:
            ledger.expect_many()
        self._is_blank = ledger.is_first
        self._uids = Sieve()
        self._ids: dict[str, Numbers] = defaultdict(Numbers)  # that have come, by kind
        self._rows: dict[str, Numbers] = defaultdict(Numbers)  # of this journal, likewise
        self._foreseen: dict[str, dict[str, Known]] = defaultdict(dict)  # by kind and uid
        self._recent: dict[tuple[str, str], Known] = {}  # referred to, by kind and uid or id

    def take(self, record: Record) -> str | None:
        """Keep a record and return its id; None where it is there already.

        Raises InvalidValue for a uid or an id that has come before, and for a reference to what is
        not there or is of another pair.
        """
        kind, uid = record.kind, record.uid
        if self._uids.may_have(uid) and self._has_come(uid):
            raise InvalidValue("uid", "", "uid-twice")
        if record.id:
            self._note_id(kind, int(record.id[1:]))
        known = None if self._is_blank else self._ledger.with_uid(kind, uid)
        if known is not None:
            self._rows[kind].add(known.number)
            return None
        return id_of(kind, self._taken(record))

    def _has_come(self, uid: str) -> bool:
        if any(uid in of_kind for of_kind in self._foreseen.values()):
            return True
        there = ((self._ledger.with_uid(kind, uid), rows) for kind, rows in self._rows.items())
        return any(known is not None and known.number in rows for known, rows in there)

    def _note_id(self, kind: str, number: int) -> None:
        if number in self._ids[kind]:
            raise InvalidValue("id", "", "id-twice")
        self._ids[kind].add(number)

    def _taken(self, record: Record) -> int:
        """Return the number of a record that is new; of one that is kept nowhere no other record has it."""
        kind, row = record.kind, self._row(record)
        if self._keeps:
            number = self._insert(record, row)
            self._rows[kind].add(number)
            return number
        number = _NOWHERE + sum(map(len, self._foreseen.values()))
        self._foreseen[kind][record.uid] = Known(number, row.get("pair"))
        return number

    def _row(self, record: Record) -> Row:
        """Return the row of a record, its references those of this journal."""
        numbers: dict[tuple[str, str], int] = {}
        pairs: dict[str, int | None] = {}
        for name, kind in _references(record.kind).items():
            ref = getattr(record, name)
            if ref is not None:
                known = self._found(kind, ref)
                if known is None:
                    raise InvalidValue(name, "", "reference-unknown")
                numbers[kind, ref] = known.number
                pairs[name] = known.number if kind == "pair" else known.pair
        own = pairs.get("pair")
        for name, pair in pairs.items():
            if own is not None and pair != own:
                raise InvalidValue(name, "", "reference-elsewhere")
        row = to_row(record, lambda kind, ref: numbers[kind, ref])
        if not self._is_blank:
            row.pop("number", None)
        for name in ("created_at", "updated_at"):
            row[name] = row[name] or self._ledger.at
        return row

    def _found(self, kind: str, ref: str) -> Known | None:
        """Return what a reference names, None where it is not there."""
        known = self._recent.get((kind, ref))
        if known is None:
            known = self._foreseen[kind].get(ref) or self._looked_up(kind, ref)
            if known is not None:
                if len(self._recent) == _MOST_RECENT:
                    self._recent.clear()
                self._recent[kind, ref] = known
        return known

    def _looked_up(self, kind: str, ref: str) -> Known | None:
        if len(ref) == _UID_LENGTH:
            return self._ledger.with_uid(kind, ref)
        return self._ledger.with_number(kind, number_of(kind, ref))

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
_NOWHERE = -(1 << 60)
_MOST_RECENT = 4096  # they follow each other, as do the records that refer to them


@lru_cache
def _references(kind: str) -> dict[str, str]:
    """Return the fields of a kind that name a record, each with the kind it names."""
    found = shapes(KIND_NAMES[kind])
    return {name: shape.refers_to for name, shape in found.items() if shape.refers_to}
