"""What "intact" means of a journal, looked at by SQLite itself and opened by the program.

Its integrity_check is ok, its foreign_key_check empty, its search index agrees with the records, and
every earlier row is there as it was.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from mentorlog.domain.kinds import KINDS
from mentorlog.domain.pair import Pair
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal

Rows = dict[str, list[tuple[Any, ...]]]


def rows(path: Path) -> Rows:
    """Return every row of records and of the log, read by SQLite itself; it has to be whole."""
    if not path.exists() or path.stat().st_size == 0:
        return {}
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert search_index.agrees(opened)
        names = [*(record_type.kind for record_type in KINDS.values()), "writes", "changes"]
        return {name: opened.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def recovered(path: Path) -> Rows:
    """Let the program open what was left, as the next command would, and return the rows."""
    journal = Journal(path)
    journal.history()
    for record_type in KINDS.values():
        journal.find(record_type)
    journal.close()
    return rows(path)


def new_rows(before: Rows, after: Rows) -> Counter[str]:
    """Hold that every earlier row is there as it was, and count those that have come."""
    came: Counter[str] = Counter()
    for name in before.keys() | after.keys():
        earlier, found = before.get(name, []), after.get(name, [])
        assert found[: len(earlier)] == earlier, name
        came[name] = len(found) - len(earlier)
    return +came


def can_go_on(path: Path) -> bool:
    """True when the next command is kept."""
    journal = Journal(path)
    with journal.transaction("pair start") as writing:
        kept = writing.add(Pair(partner="Next", my_role="mentor", started_on=date(2026, 11, 22)))
    journal.close()
    found = journal.find(Pair)
    journal.close()
    return found[-1] == kept
