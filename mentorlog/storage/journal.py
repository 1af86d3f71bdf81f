"""The Journal: the one place every record is read from and written through.

A write happens in a transaction that a command opens: the records, what changed about them and the
command's own line in the log are kept together or not at all. Rows and the log are `ledger.py`'s,
reads that cross records `queries.py`'s.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from mentorlog.domain.kinds import id_of, parse_reference
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import NotPossible, RecordNotFound
from mentorlog.storage import file
from mentorlog.storage.rows import instant_text, to_record, to_row

if TYPE_CHECKING:  # the log is for what writes: reading does without
    from mentorlog.storage.arrivals import Arrivals
    from mentorlog.storage.ledger import Ledger, Write

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Journal:
    """The journal at one path. It is opened when first used; a missing one reads as an empty one.

    `now` gives the instant that records and the log are stamped with. Anything SQLite or the disk
    refuses is raised as JournalUnusable or JournalBusy.
    """

    def __init__(self, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = file.resolved(path)
        self._now = now
        self._connection: sqlite3.Connection | None = None
        self._is_blank = self._is_writable = False

    def exists(self) -> bool:
        """True when there is a journal file with something in it."""
        return self._is_writable or file.exists(self.path)

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection, for reading."""
        if self._connection is None:
            is_there = file.exists(self.path)
            self._connection = file.opened(self.path) if is_there else file.blank()
            self._is_blank = not is_there
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._is_blank = self._is_writable = False

    # Reading -------------------------------------------------------------------------------------

    def get(self, ref: str, wanted: str | None = None) -> Record:
        """Return the record with the id `ref`; RecordNotFound when there is none of that kind."""
        record_type, number = parse_reference(ref, wanted)
        found = self.find(record_type, "number = ?", (number,))
        if not found:
            raise RecordNotFound(record_type.kind, ref)
        return found[0]

    def find(
        self, record_type: type[AnyRecord], where: str = "", values: tuple[object, ...] = ()
    ) -> list[AnyRecord]:
        """Return the records of a kind, oldest first; `where` is SQL of this package's own."""
        condition = f" WHERE {where}" if where else ""
        sql = f"SELECT * FROM {record_type.kind}{condition} ORDER BY number"
        with file.failures_named(self.path):
            rows = self.connection.execute(sql, values).fetchall()
        return [cast("AnyRecord", to_record(record_type, dict(row))) for row in rows]

    # Writing -------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self, command: str) -> "Iterator[Writing]":
        """Everything written inside is kept together, under `command`, or not at all."""
        with self._ledger() as ledger:
            ledger.begin(command, instant_text(self._now()))
            yield Writing(ledger)

    def undo(self) -> "tuple[Write, Write]":
        """Take the last write back; return the command it was and the write that took it."""
        if not self.exists():
            raise NotPossible("nothing-to-undo")
        with self._ledger() as ledger:
            target = ledger.next_undo()
            if target is None:
                raise NotPossible("nothing-to-undo")
            ledger.begin_undo(target, instant_text(self._now()))
            return self._reversed(ledger, target)

    def redo(self) -> "tuple[Write, Write]":
        """Bring back what the last undo took; return the command it was and the write that did so."""
        if not self.exists():
            raise NotPossible("nothing-to-redo")
        with self._ledger() as ledger:
            target = ledger.next_redo()
            if target is None:
                raise NotPossible("nothing-to-redo")
            ledger.begin_redo(target, instant_text(self._now()))
            return self._reversed(ledger, target)

    def history(self, limit: int | None = None) -> "list[Write]":
        """Return the writes, newest first."""
        with file.failures_named(self.path):
            return self._log().writes(limit)

    def next_undo(self) -> "Write | None":
        """Return the command that `undo` would take back now."""
        with file.failures_named(self.path):
            ledger = self._log()
            target = ledger.next_undo()
            return None if target is None else self._typed(ledger, target)

    def _reversed(self, ledger: "Ledger", target: int) -> "tuple[Write, Write]":
        ledger.reverse(target)
        (latest,) = ledger.writes(limit=1)
        return self._typed(ledger, target), latest

    def _typed(self, ledger: "Ledger", target: int) -> "Write":
        """Return the write that was typed: that of an undo or redo lies further back."""
        (command,) = ledger.writes(number=target)
        while command.reverses is not None:
            (command,) = ledger.writes(number=command.reverses)
        return command

    def _for_writing(self) -> sqlite3.Connection:
        """Return the open connection, fit to write with; the file is made where there is none."""
        if self._is_writable:
            return self.connection
        if self._is_blank:
            self.close()
        if self._connection is None and not file.exists(self.path):
            self._connection = file.made(self.path)
        file.let_write(self.connection, self.path)
        self._is_writable = True
        return self.connection

    def _log(self) -> "Ledger":
        from mentorlog.storage.ledger import Ledger

        return Ledger(self.connection)

    @contextmanager
    def _ledger(self) -> "Iterator[Ledger]":
        """Hold the journal for a write that goes into the log.

        A command that changed nothing leaves no line in it: there is nothing to undo.
        """
        with self.locked() as connection:
            ledger = self._log()
            yield ledger
            if not ledger.has_changes:
                connection.execute("ROLLBACK")

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """Hold the journal for writing: committed at the end, rolled back whatever goes wrong.

        Only for this package: what is written to records goes through `transaction`.
        """
        connection = self._for_writing()
        with file.failures_named(self.path):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "PRAGMA defer_foreign_keys=ON"
            )  # a pair and its meetings go together
            try:
                yield connection
                if connection.in_transaction:
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


class Writing:
    """What a command may do to records while its transaction is open."""

    def __init__(self, ledger: "Ledger") -> None:
        self._ledger = ledger

    def add(self, record: AnyRecord) -> AnyRecord:
        """Keep a new record and return it with its id and its instants."""
        self._check_references(record)
        row = to_row(record) | {"created_at": self._ledger.at, "updated_at": self._ledger.at}
        number = self._ledger.insert(record.kind, row)
        return cast("AnyRecord", to_record(type(record), row | {"number": number}))

    def change(self, record: AnyRecord) -> AnyRecord:
        """Keep the new value of a record; where nothing differs, nothing is written."""
        self._check_references(record)
        after = to_row(record)
        before = self._ledger.row(record.kind, after["number"])
        if before is None:
            raise RecordNotFound(record.kind, record.id)
        instants = {"created_at", "updated_at"}
        changed = {
            name: after[name]
            for name in after
            if name not in instants and after[name] != before[name]
        }
        if "pair" in changed:
            own = id_of("pair", before["pair"])  # what refers to it would stay behind
            raise NotPossible("of-another-pair", record.id, pair=own)
        if changed:
            changed["updated_at"] = self._ledger.at
            self._ledger.replace(record.kind, before, changed)
        return cast("AnyRecord", to_record(type(record), before | changed))

    def remove(self, record: Record) -> None:
        """Take a record out; `undo` can bring it back."""
        _, number = parse_reference(record.id, record.kind)
        row = self._ledger.row(record.kind, number)
        if row is None:
            raise RecordNotFound(record.kind, record.id)
        self._ledger.delete(record.kind, row)

    @cached_property
    def arrivals(self) -> "Arrivals":
        """What takes in records from elsewhere, which bring their uid and name others by theirs."""
        from mentorlog.storage.arrivals import Arrivals

        return Arrivals(self._ledger, keeps=True)

    def _check_references(self, record: Record) -> None:
        """Refuse a reference to what is not there, or to a record of another pair."""
        for name, shape in shapes(type(record)).items():
            ref = getattr(record, name) if shape.refers_to else None
            if ref is None:
                continue
            record_type, number = parse_reference(ref, shape.refers_to)
            row = self._ledger.row(record_type.kind, number)
            if row is None:
                raise RecordNotFound(record_type.kind, ref)
            own = getattr(record, "pair", None)
            if own is not None and "pair" in row and id_of("pair", row["pair"]) != own:
                raise NotPossible("of-another-pair", ref, pair=own)
