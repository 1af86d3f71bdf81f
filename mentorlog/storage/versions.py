"""Which SQLite it is that keeps the journal."""

import sqlite3


def sqlite() -> str:
    """Return its version, such as "3.45.1"."""
    return sqlite3.sqlite_version
