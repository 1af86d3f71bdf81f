"""The journal as a file: opening it safely, who may read it, what SQLite says when it cannot be used.

No record is known here. Copies of it are `backups.py`'s, what takes its place `restoring.py`'s. The
settings below were chosen by replaying power loss: with WAL, or with synchronous=FULL, an acknowledged
entry could be lost.
"""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mentorlog.errors import CANNOT_MAKE, JournalBusy, JournalUnusable, MentorlogError

APPLICATION_ID = 0x4D4C4F47  # "MLOG"
SCHEMA_VERSION = 5
BUSY_SECONDS = 10.0
SIDE_FILES = ("-journal", "-wal", "-shm")  # what SQLite keeps beside a database that is in use

_READING = (
    "query_only=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
)
_WRITING = (
    "query_only=OFF",
    "foreign_keys=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "fullfsync=1",
    "secure_delete=ON",
)


class Header(NamedTuple):
    """What the first bytes of a file say of it. Blank: nothing is written yet, or a first write cut off."""

    is_blank: bool
    is_sqlite: bool
    owner: int
    version: int


def resolved(path: Path) -> Path:
    """Return the real file behind `path`: a symbolic link is followed once, here."""
    return Path(os.path.realpath(path))


def side_files(path: Path) -> list[Path]:
    """Return what SQLite has left beside a database; none where its folder cannot be looked into."""
    beside = [path.with_name(path.name + suffix) for suffix in SIDE_FILES]
    return [
        each for each in beside if os.path.lexists(each)
    ]  # `exists` fails in a folder that is shut


def exists(path: Path) -> bool:
    """True when there is a journal with something in it; refuse what is no plain file of its own.

    An empty file is what a first run leaves that was cut off before its first word: no journal yet.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as failure:
        raise JournalUnusable("unreadable", str(path), failure.strerror or "", 74) from failure
    if not stat.S_ISREG(found.st_mode):
        raise JournalUnusable("not-a-file", str(path))
    if found.st_nlink > 1:
        raise JournalUnusable("hard-linked", str(path))
    if not os.access(path, os.R_OK):
        raise JournalUnusable("unreadable", str(path), os.strerror(13), 74)
    return found.st_size > 0


def opened(path: Path) -> sqlite3.Connection:
    """Open a journal that exists, its schema brought up to date; looking at it changes nothing."""
    refuse_others(path)
    connection = connected(path)
    try:
        if version(connection, path) < SCHEMA_VERSION:
            let_write(connection, path)
            _bring_up_to_date(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def made(path: Path) -> sqlite3.Connection:
    """Open a journal that does not exist yet, made so that only its owner can read it."""
    make_empty(path)
    return opened(path)


def make_empty(path: Path) -> None:
    """Make the file of a journal that has not begun, and the folder it stands in."""
    private_folder(path.parent)
    try:
        with contextlib.suppress(FileExistsError):  # empty so far, or another terminal was faster
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            synced(path)
    except OSError as failure:
        raise JournalUnusable(
            "cannot-make", str(path), failure.strerror or "", CANNOT_MAKE
        ) from failure


def let_write(connection: sqlite3.Connection, path: Path) -> None:
    """Make an open journal safe to write to: nobody else may read it, every commit is on the disk.

    A journal of ours has no triggers: what somebody has put into one is never run.
    """
    with failures_named(path):
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'trigger'").fetchone():
            raise JournalUnusable("has-triggers", str(path))
    make_durable(connection, path)


def make_durable(connection: sqlite3.Connection, path: Path) -> None:
    """Have whatever is committed from now on be on the disk, in a file that only its owner can read."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as failure:  # gone since it was opened
        raise JournalUnusable("unreadable", str(path), failure.strerror or "", 74) from failure
    if mode & 0o077:
        with contextlib.suppress(OSError):  # not ours to change: reading and writing still work
            path.chmod(mode & 0o700)  # a file its owner has made read-only stays so
    with failures_named(path):
        for pragma in _WRITING:
            connection.execute(f"PRAGMA {pragma}")


def blank() -> sqlite3.Connection:
    """Return an empty journal in memory, for reading where none has been written yet."""
    from mentorlog.storage.schema import migrate

    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    connection.row_factory = sqlite3.Row
    return connection


def private_folder(folder: Path) -> None:
    """Make `folder` where it is missing, and sure to stay; only its owner can enter what is new."""
    try:
        for each in (*reversed(folder.parents), folder):
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)
                synced(each)  # else all that is in it goes with its name, synced or not
    except OSError as failure:
        raise JournalUnusable(
            "cannot-make", str(folder), failure.strerror or "", CANNOT_MAKE
        ) from failure


def synced(path: Path) -> None:
    """Return once `path` and its entry in the folder are on the disk; Windows syncs no folders."""
    for each in (path, path.parent):
        if os.name == "nt" and each.is_dir():
            continue
        opened = os.open(each, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextlib.contextmanager
def held(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold what a connection reads inside as it is now, whoever writes; within another hold, as then."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # BEGIN alone takes no lock
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextlib.contextmanager
def failures_named(path: Path) -> Iterator[None]:
    """Turn what SQLite says when the file, the disk or another program is in the way into errors."""
    try:
        yield
    except MentorlogError:
        raise
    except sqlite3.Error as failure:
        raise _named(failure, path) from failure


def header(path: Path) -> Header:
    """Return what a file begins with, read without SQLite; OSError where it cannot be read.

    To close the file drops the locks of this process on it: no connection to it may be open.
    """
    with path.open("rb") as opened:
        begins = opened.read(100)
    return Header(
        is_blank=not begins.strip(b"\x00"),
        is_sqlite=begins.startswith(b"SQLite format 3\x00"),
        owner=int.from_bytes(begins[68:72], "big"),
        version=int.from_bytes(begins[60:64], "big"),
    )


def refuse_others(path: Path) -> None:
    """Refuse, untouched, a file of another program or of a newer mentorlog.

    SQLite is not asked: it would change a file in WAL mode by looking at it.
    """
    try:
        found = header(path)
    except OSError as failure:
        raise JournalUnusable("unreadable", str(path), failure.strerror or "", 74) from failure
    if not found.is_blank and not (found.is_sqlite and found.owner == APPLICATION_ID):
        raise JournalUnusable("foreign", str(path))
    if found.version > SCHEMA_VERSION:
        raise JournalUnusable("newer", str(path))


def connected(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads until it is told otherwise, and trusts nothing in the file.

    It is not opened with "ro": then SQLite would leave the CHECKs out of its integrity_check.
    """
    address = f"{path.as_uri()}?mode=rw"  # never made here; read-only where it may not be written
    with failures_named(path):
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=64
        )
        try:
            for pragma in _READING:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
    connection.row_factory = sqlite3.Row
    return connection


def version(connection: sqlite3.Connection, path: Path) -> int:
    """Return which schema an open journal has."""
    with failures_named(path):
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    from mentorlog.storage.backups import back_up_before_migration
    from mentorlog.storage.schema import migrate

    with failures_named(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = version(connection, path)  # another terminal may have been faster
            if found < SCHEMA_VERSION:
                if found > 0:
                    back_up_before_migration(path, found)
                migrate(connection)
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _named(failure: sqlite3.Error, path: Path) -> MentorlogError:
    """Return the refusal that SQLite's own code stands for."""
    exactly = getattr(failure, "sqlite_errorcode", 0)
    code = exactly & 0xFF
    if exactly == sqlite3.SQLITE_IOERR_DIR_FSYNC:  # all is written, but the side file may come back
        return JournalUnusable("perhaps-kept", str(path), str(failure), 74)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return JournalBusy(str(path))
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        reason = "foreign" if code == sqlite3.SQLITE_NOTADB else "damaged"
        return JournalUnusable(reason, str(path))
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return JournalUnusable("disk-failed", str(path), str(failure), 74)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return JournalUnusable("read-only", str(path), str(failure), CANNOT_MAKE)
    if code == sqlite3.SQLITE_CANTOPEN:
        return JournalUnusable("cannot-open", str(path), str(failure), CANNOT_MAKE)
    raise failure
