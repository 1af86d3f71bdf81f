"""Rows written in bulk, each with its line in the log: as the program itself would, only faster.

A write has its number and its instant, and a line for every record it touched. Rows are inserted and
changed some thousands at a time; what the journal keeps beside its records is made anew at the end.
"""

from __future__ import annotations

import platform
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from sqlite3 import Connection
from typing import Any

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes, utc_text
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal
from mentorlog.storage.rows import as_json

Row = dict[str, Any]

_AT_ONCE = 20_000  # lines of the log
_BETWEEN = timedelta(seconds=30)  # from one write of a day to the next
_WRITES = "INSERT INTO writes (number, at, command, device, undo_next) VALUES (?, ?, ?, ?, ?)"
_LINES = "INSERT INTO changes (write, kind, record, uid, did, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)"


@contextmanager
def writing(path: Path) -> Iterator[Bulk]:
    """Give what writes into a new journal; at the end it is as the program keeps one."""
    journal = Journal(path)
    try:
        with journal.locked() as connection:
            bulk = Bulk(connection)
            yield bulk
            bulk.flush()
            search_index.rebuild(connection)
    finally:
        journal.close()


class Bulk:
    """Adds and changes rows of a journal; everything happens within a `write`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._random = Random(0)  # noqa: S311  (the same identifiers every time)
        self._counts = Counter[str]()
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._changed: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        self._open: dict[tuple[str, int], Row] = {}  # rows that can still change
        self._writes = list[tuple[object, ...]]()
        self._lines = list[tuple[object, ...]]()
        self._write, self._at = 0, ""
        self._last = datetime.min.replace(tzinfo=UTC)

    @contextmanager
    def write(self, command: str, on: date) -> Iterator[None]:
        """What is added and changed inside is one command of that day, later than those before it."""
        self._last = max(self._last + _BETWEEN, datetime.combine(on, time(8), UTC))
        self._write, self._at = self._write + 1, utc_text(self._last)
        self._writes.append((self._write, self._at, command, platform.node(), self._write))
        yield
        if len(self._lines) >= _AT_ONCE:
            self.flush()

    def add(self, kind: str, /, **columns: Any) -> int:
        """Keep a new row and return its number."""
        self._counts[kind] += 1
        number, uid = self._counts[kind], f"{self._random.getrandbits(128):032x}"
        row = {name: _column(value) for name, value in columns.items()}
        row.setdefault("visibility", "private")
        row |= {"number": number, "uid": uid, "created_at": self._at, "updated_at": self._at}
        self._rows[kind].append(row)
        self._lines.append((self._write, kind, number, uid, "added", None, None))
        if row.get("state") in {"open", "active"}:
            self._open[kind, number] = row
        return number

    def change(self, kind: str, number: int, /, **columns: Any) -> None:
        """Close a row: give some of its columns their last values."""
        row = self._open.pop((kind, number))
        after = {name: _column(value) for name, value in columns.items()} | {"updated_at": self._at}
        before = {name: row.get(name) for name in after}
        self._changed[kind].append((number, after))
        images = (as_json(before), as_json(after))
        self._lines.append((self._write, kind, number, row["uid"], "changed", *images))

    def flush(self) -> None:
        """Write what has come together."""
        for kind, rows in self._rows.items():
            columns = ("number", "uid", "created_at", "updated_at", *shapes(KIND_NAMES[kind]))
            marks = ", ".join("?" * len(columns))
            self._connection.executemany(
                f"INSERT INTO {kind} ({', '.join(columns)}) VALUES ({marks})",
                ([row.get(name) for name in columns] for row in rows),
            )
        for kind, changed in self._changed.items():
            for number, after in changed:
                settings = ", ".join(f"{name} = ?" for name in after)
                sql = f"UPDATE {kind} SET {settings} WHERE number = ?"
                self._connection.execute(sql, (*after.values(), number))
        self._connection.executemany(_WRITES, self._writes)
        self._connection.executemany(_LINES, self._lines)
        for kept in (self._rows, self._changed, self._writes, self._lines):
            kept.clear()


def _column(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return as_json(value)
    return int(value) if isinstance(value, bool) else value
