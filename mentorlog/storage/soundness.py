"""Whether a database is a whole journal: all of its schema is there, and all of it can be read.

What is in it that should not be is told from `Layout` too, but refused by `restoring.py`: somebody may
keep a table of their own in their journal, and only what comes from elsewhere is not to be trusted.
"""

import contextlib
import sqlite3
from collections import deque
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.errors import JournalUnusable, NotPossible
from mentorlog.storage import search_index

_FIRST_WITH_INDEX = 4  # the version of the schema that the search index came with


class Layout(NamedTuple):
    """What a database is made of, each with its sort; a virtual table's sort is the text that makes it.

    The indexes that SQLite makes for itself are left out.
    """

    tables: frozenset[tuple[str, str]]
    indexes: frozenset[tuple[str, str]]


def layout(connection: sqlite3.Connection) -> Layout:
    """Return what an open database says it is made of; nothing in it is executed."""
    tables, indexes = set(), set()
    for sort, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        is_virtual = str(sql).upper().startswith("CREATE VIRTUAL")
        if sort != "index":
            tables.add((sql if is_virtual else sort, name))
        elif sql is not None:
            indexes.add((sort, name))
    return Layout(frozenset(tables), frozenset(indexes))


def layout_of(version: int) -> Layout:
    """Return what a journal of that version of the schema is made of."""
    with contextlib.closing(_made(version)) as made:
        return layout(made)


def refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database that is not whole, or whose records cannot be read or name what is not there."""
    try:
        is_sound = (
            connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            and connection.execute("PRAGMA foreign_key_check").fetchone() is None
            and _is_complete(connection)
        )
        if is_sound:
            _read_all(connection)
    except NotPossible:
        is_sound = False
    except sqlite3.OperationalError as failure:
        if getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
            raise  # the disk, or another program; what Python cannot read as Unicode has no code
        is_sound = False
    if not is_sound:
        raise JournalUnusable("damaged", str(path))


def _is_complete(connection: sqlite3.Connection) -> bool:
    """True when every table and view of the schema is there, the tables with just their columns."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    with contextlib.closing(_made(version)) as made:
        wanted = layout(made).tables
        if wanted - layout(connection).tables:
            return False
        tables = [name for sort, name in wanted if sort != "view"]
        return all(_columns(connection, name) == _columns(made, name) for name in tables)


def _columns(connection: sqlite3.Connection, table: str) -> set[tuple[str, str]]:
    rows = connection.execute("SELECT name, type FROM pragma_table_xinfo(?)", (table,))
    return {(name, sort) for name, sort in rows}


def _read_all(connection: sqlite3.Connection) -> None:
    """Read every text there is, and every list and map in a record."""
    for sort, name in layout(connection).tables:
        if sort != "table":
            continue
        for row in connection.execute('SELECT * FROM "{}"'.format(name.replace('"', '""'))):
            if name in KIND_NAMES:
                deque(search_index.texts(name, dict(row)), maxlen=0)


def _made(version: int) -> sqlite3.Connection:
    """Return an empty journal of that version of the schema, as its migrations make it."""
    from sqlite_utils import Database

    from mentorlog.storage.schema import MIGRATIONS

    made = sqlite3.connect(":memory:", isolation_level=None)
    known = Database(made, execute_plugins=False)
    later = [each.name for each in MIGRATIONS.pending(known)[version:]]
    MIGRATIONS.apply(known, stop_before=later[:1])
    if version >= _FIRST_WITH_INDEX:
        made.execute(search_index.TABLE)
    return made
