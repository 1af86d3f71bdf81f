"""The journal as a file: opening it safely, who may read it, its backups, its side files.

No record is known here. The settings below were chosen by replaying power loss: with WAL, or with
synchronous=FULL, an acknowledged entry could be lost.
"""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from mentorlog.errors import JournalBusy, JournalUnusable, MentorlogError

APPLICATION_ID = 0x4D4C4F47  # "MLOG"
SCHEMA_VERSION = 3
BUSY_SECONDS = 10.0

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


def resolved(path: Path) -> Path:
    """Return the real file behind `path`: a symbolic link is followed once, here."""
    return Path(os.path.realpath(path))


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
    _refuse_others(path)
    connection = _connect(path)
    try:
        if _version(connection, path) < SCHEMA_VERSION:
            let_write(connection, path)
            _bring_up_to_date(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def made(path: Path) -> sqlite3.Connection:
    """Open a journal that does not exist yet, made so that only its owner can read it."""
    private_folder(path.parent)
    try:
        with contextlib.suppress(FileExistsError):  # empty so far, or another terminal was faster
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            synced(path)
    except OSError as failure:
        raise JournalUnusable("cannot-make", str(path), failure.strerror or "", 73) from failure
    return opened(path)


def let_write(connection: sqlite3.Connection, path: Path) -> None:
    """Make an open journal safe to write to: nobody else may read it, every commit is on the disk."""
    mode = stat.S_IMODE(path.stat().st_mode)
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


def back_up(connection: sqlite3.Connection, path: Path, label: str) -> Path:
    """Write a verified copy of the open journal into its folder of backups and return its place."""
    folder = path.with_name(f"{path.name}.backups")
    private_folder(folder)
    names = chain([f"{label}.db"], (f"{label}-{number}.db" for number in count(2)))
    target = next(folder / name for name in names if not (folder / name).exists())
    try:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    except OSError as failure:
        raise JournalUnusable("cannot-make", str(target), failure.strerror or "", 73) from failure
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise JournalUnusable("damaged", str(path))
    synced(target)
    return target


def private_folder(folder: Path) -> None:
    """Make `folder` where it is missing; only its owner can enter the part that is new."""
    try:
        for each in (*reversed(folder.parents), folder):
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)
    except OSError as failure:
        raise JournalUnusable("cannot-make", str(folder), failure.strerror or "", 73) from failure


def synced(path: Path) -> None:
    """Return once `path` and its entry in the folder are on the disk; Windows syncs no folders."""
    for each in (path,) if os.name == "nt" else (path, path.parent):
        opened = os.open(each, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextlib.contextmanager
def failures_named(path: Path) -> Iterator[None]:
    """Turn what SQLite says when the file, the disk or another program is in the way into errors."""
    try:
        yield
    except MentorlogError:
        raise
    except sqlite3.Error as failure:
        raise _named(failure, path) from failure


def _refuse_others(path: Path) -> None:
    """Refuse, untouched, a file of another program or of a newer mentorlog.

    The header is read without SQLite, which would change a file in WAL mode by looking at it. No
    connection is open yet, so closing the file here drops none of its locks.
    """
    try:
        with path.open("rb") as opened:
            header = opened.read(100)
    except OSError as failure:
        raise JournalUnusable("unreadable", str(path), failure.strerror or "", 74) from failure
    if not header.strip(b"\x00"):
        return  # nothing written yet, or a first write cut off: SQLite takes that back
    owner, version = int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    if not header.startswith(b"SQLite format 3\x00") or owner != APPLICATION_ID:
        raise JournalUnusable("foreign", str(path))
    if version > SCHEMA_VERSION:
        raise JournalUnusable("newer", str(path))


def _connect(path: Path) -> sqlite3.Connection:
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


def _version(connection: sqlite3.Connection, path: Path) -> int:
    with failures_named(path):
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    from mentorlog.storage.schema import migrate

    with failures_named(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection, path)  # another terminal may have been faster
            if version < SCHEMA_VERSION:
                if version > 0:
                    back_up_before_migration(path, version)
                migrate(connection)
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def back_up_before_migration(path: Path, version: int) -> None:
    """Keep the journal as it stands, read through a connection of its own beside the held lock."""
    with contextlib.closing(_connect(path)) as reader:
        back_up(reader, path, f"before-schema-{SCHEMA_VERSION}-from-{version}")


def _named(failure: sqlite3.Error, path: Path) -> MentorlogError:
    """Return the refusal that SQLite's own code stands for."""
    code = getattr(failure, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return JournalBusy(str(path))
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        reason = "foreign" if code == sqlite3.SQLITE_NOTADB else "damaged"
        return JournalUnusable(reason, str(path))
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return JournalUnusable("disk-failed", str(path), str(failure), 74)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return JournalUnusable("read-only", str(path), str(failure), 73)
    if code == sqlite3.SQLITE_CANTOPEN:
        return JournalUnusable("cannot-open", str(path), str(failure), 73)
    raise failure
