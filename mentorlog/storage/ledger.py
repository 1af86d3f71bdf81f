"""Rows written and, beside them, what was written: the log that `undo`, `redo` and `history` read.

Here a row is only a map of columns; records are `journal.py`'s. Everything happens in the transaction
the journal has begun. The log only grows: taking a write back is a write of its own, with the
opposite changes. The search index is kept in step here too.
"""

import sqlite3
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.domain.record import shapes
from mentorlog.storage import search_index
from mentorlog.storage.device import device
from mentorlog.storage.rows import Row, as_json, from_json

_FOR_MANY = 12_000  # of 1,024 bytes


class Change(NamedTuple):
    """What one write did to one record: `did` is "added", "changed" or "removed"."""

    id: str
    uid: str
    did: str


class Known(NamedTuple):
    """A record that may be referred to: its number and, where it belongs to a pair, that one's."""

    number: int
    pair: int | None


class Write(NamedTuple):
    """One acknowledged command: its number in the log, and the write it takes back, if any."""

    number: int
    at: datetime
    command: str
    reverses: int | None
    changes: tuple[Change, ...]


class Ledger:
    """The rows and the log of one open journal; `at` is the instant of the write under way."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._write = 0
        self.at = ""
        self.has_changes = False

    # One write -----------------------------------------------------------------------------------

    def begin(self, command: str, at: str) -> None:
        """Begin a write of its own: `undo` would take it back next, and nothing can be redone."""
        self._begin(command, at, None)
        self._connection.execute(
            "UPDATE writes SET undo_next = number WHERE number = ?", (self._write,)
        )

    def begin_undo(self, target: int, at: str) -> None:
        """Begin the write that takes `target` back; `redo` would take this one back."""
        self._begin("undo", at, target)
        self._connection.execute(
            "UPDATE writes SET redo_next = number, undo_next = (SELECT undo_next FROM writes"
            " WHERE number < ?1 ORDER BY number DESC LIMIT 1) WHERE number = ?2",
            (target, self._write),
        )

    def begin_redo(self, target: int, at: str) -> None:
        """Begin the write that takes the undo `target` back; `undo` would take this one back."""
        self._begin("redo", at, target)
        self._connection.execute(
            "UPDATE writes SET undo_next = number, redo_next = (SELECT redo_next FROM writes"
            " WHERE number < ?1 ORDER BY number DESC LIMIT 1) WHERE number = ?2",
            (target, self._write),
        )

    def _begin(self, command: str, at: str, reverses: int | None) -> None:
        cursor = self._connection.execute(
            "INSERT INTO writes (at, command, device, reverses) VALUES (?, ?, ?, ?)",
            (at, command, device(), reverses),
        )
        self._write, self.at = cursor.lastrowid or 0, at

    @property
    def is_first(self) -> bool:
        """True while nothing was ever written before the write under way."""
        found = self._connection.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM writes WHERE number <> ?)", (self._write,)
        )
        return bool(found.fetchone()[0])

    def expect_many(self) -> None:
        """Hold more of the file in memory than a few rows need: where each uid stands is by chance."""
        self._connection.execute(f"PRAGMA cache_size={-_FOR_MANY}")

    # Rows ----------------------------------------------------------------------------------------

    def row(self, kind: str, number: int) -> Row | None:
        """Return a row by its number."""
        cursor = self._connection.execute(f"SELECT * FROM {kind} WHERE number = ?", (number,))
        found = cursor.fetchone()
        return None if found is None else dict(found)

    def with_uid(self, kind: str, uid: str) -> Known | None:
        """Return by its uid which record is there."""
        return self._known(f"{_known_of(kind)} WHERE uid = ?", uid)

    def with_number(self, kind: str, number: int) -> Known | None:
        """Return by its number which record is there."""
        return self._known(f"{_known_of(kind)} WHERE number = ?", number)

    def _known(self, sql: str, value: str | int) -> Known | None:
        found = self._connection.execute(sql, (value,)).fetchone()
        return None if found is None else Known(*found)

    def insert(self, kind: str, row: Row) -> int:
        """Insert a row and return its number: the one it brings, or the next that was never used."""
        cursor = self._connection.execute(_insertion(kind, tuple(row)), tuple(row.values()))
        number = cursor.lastrowid or 0
        search_index.add(self._connection, kind, number, row)
        self.has_changes = True
        self._connection.execute(
            "INSERT INTO changes (write, kind, record, uid, did) VALUES (?, ?, ?, ?, 'added')",
            (self._write, kind, number, row["uid"]),
        )
        return number

    def replace(self, kind: str, before: Row, changed: Row) -> None:
        """Give some columns of a row new values."""
        settings = ", ".join(f"{name} = ?" for name in changed)
        self._connection.execute(
            f"UPDATE {kind} SET {settings} WHERE number = ?", (*changed.values(), before["number"])
        )
        search_index.change(self._connection, kind, before, changed)
        kept = {name: before[name] for name in changed}
        self._log(kind, before["number"], before["uid"], "changed", kept, changed)

    def delete(self, kind: str, row: Row) -> None:
        """Delete a row; the log keeps all of it."""
        self._connection.execute(f"DELETE FROM {kind} WHERE number = ?", (row["number"],))
        search_index.remove(self._connection, kind, row["number"], row)
        self._log(kind, row["number"], row["uid"], "removed", row)

    def _log(
        self,
        kind: str,
        number: int,
        uid: str,
        did: str,
        before: Row,
        after: Row | None = None,
    ) -> None:
        self.has_changes = True
        was, now = as_json(before), None if after is None else as_json(after)
        self._connection.execute(
            "INSERT INTO changes (write, kind, record, uid, did, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self._write, kind, number, uid, did, was, now),
        )

    # Back and forth ------------------------------------------------------------------------------

    def next_undo(self) -> int | None:
        """Return the number of the write that `undo` would take back now."""
        return self._top("undo_next")

    def next_redo(self) -> int | None:
        """Return the number of the undo that `redo` would take back now."""
        return self._top("redo_next")

    def _top(self, column: str) -> int | None:
        row = self._connection.execute(
            f"SELECT {column} FROM writes ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return None if row is None else row[0]

    def reverse(self, target: int) -> None:
        """Do the opposite of every change of the write `target`, last one first."""
        for change in self._connection.execute(
            "SELECT * FROM changes WHERE write = ? ORDER BY number DESC", (target,)
        ).fetchall():
            kind, before = change["kind"], from_json(change["before"] or "{}")
            row = self.row(kind, change["record"])
            if row is None:
                self.insert(kind, before)
            elif change["did"] == "added":
                self.delete(kind, row)
            else:
                self.replace(kind, row, before)

    # The log -------------------------------------------------------------------------------------

    def writes(self, limit: int | None = None, number: int | None = None) -> list[Write]:
        """Return the writes, newest first: at most `limit` of them, or the one with `number`."""
        condition, values = ("WHERE number = ?", (number,)) if number is not None else ("", ())
        rows = self._connection.execute(
            f"SELECT * FROM writes {condition} ORDER BY number DESC LIMIT ?",
            (*values, -1 if limit is None else limit),
        ).fetchall()
        return [self._write_of(row) for row in rows]

    def _write_of(self, row: sqlite3.Row) -> Write:
        changes = self._connection.execute(
            "SELECT kind, record, uid, did FROM changes WHERE write = ? ORDER BY number",
            (row["number"],),
        )
        return Write(
            number=row["number"],
            at=datetime.fromisoformat(row["at"]),
            command=row["command"],
            reverses=row["reverses"],
            changes=tuple(
                Change(id_of(each["kind"], each["record"]), each["uid"], each["did"])
                for each in changes
            ),
        )


@lru_cache
def _known_of(kind: str) -> str:
    pair = "pair" if "pair" in shapes(KIND_NAMES[kind]) else "NULL"
    return f"SELECT number, {pair} FROM {kind}"


@lru_cache
def _insertion(kind: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {kind} ({', '.join(columns)}) VALUES ({marks})"
