"""Rows written and, beside them, what was written: the log that `undo`, `redo` and `history` read.

Here a row is only a map of columns; records are `journal.py`'s. Everything happens in the transaction
the journal has begun. The log only grows: taking a write back is a write of its own, with the
opposite changes. The search index is kept in step here too.
"""

import platform
import sqlite3
from datetime import datetime
from typing import NamedTuple

from mentorlog.domain.kinds import id_of
from mentorlog.storage import search_index
from mentorlog.storage.rows import Row, as_json, from_json


class Change(NamedTuple):
    """What one write did to one record: `did` is "added", "changed" or "removed"."""

    id: str
    uid: str
    did: str


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
            (at, command, platform.node(), reverses),
        )
        self._write, self.at = cursor.lastrowid or 0, at

    @property
    def is_first(self) -> bool:
        """True while nothing was ever written before the write under way."""
        found = self._connection.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM writes WHERE number <> ?)", (self._write,)
        )
        return bool(found.fetchone()[0])

    # Rows ----------------------------------------------------------------------------------------

    def row(self, kind: str, number: int) -> Row | None:
        """Return a row by its number."""
        cursor = self._connection.execute(f"SELECT * FROM {kind} WHERE number = ?", (number,))
        found = cursor.fetchone()
        return None if found is None else dict(found)

    def with_uid(self, kind: str, uid: str) -> Row | None:
        """Return a row by its uid."""
        cursor = self._connection.execute(f"SELECT * FROM {kind} WHERE uid = ?", (uid,))
        found = cursor.fetchone()
        return None if found is None else dict(found)

    def insert(self, kind: str, row: Row) -> int:
        """Insert a row and return its number: the one it brings, or the next that was never used."""
        columns = ", ".join(row)
        marks = ", ".join("?" * len(row))
        cursor = self._connection.execute(
            f"INSERT INTO {kind} ({columns}) VALUES ({marks})", tuple(row.values())
        )
        number = cursor.lastrowid or 0
        search_index.add(self._connection, kind, number, row)
        self._log(kind, number, row["uid"], "added")
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
        before: Row | None = None,
        after: Row | None = None,
    ) -> None:
        self.has_changes = True
        images = [None if image is None else as_json(image) for image in (before, after)]
        self._connection.execute(
            "INSERT INTO changes (write, kind, record, uid, did, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self._write, kind, number, uid, did, *images),
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
