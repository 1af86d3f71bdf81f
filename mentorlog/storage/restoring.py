"""Putting a backup in the place of the journal: what is refused untouched, what is kept of the present.

Other programs may have the journal open. So it is not replaced as a file: they would go on writing to
the one that is gone. The pages of the backup are written over its own, in one transaction of SQLite's
that a crash takes back. Only what was a journal and cannot be opened as one is replaced as a file.
"""

import contextlib
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from mentorlog.errors import BackupUnusable, JournalUnusable
from mentorlog.storage import backups, file, search_index, soundness
from mentorlog.storage.doctor.ours import was_ours

_OF_SQLITE = {("table", name) for name in ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")}
_NOT_OURS = {"damaged", "foreign"}  # as file.py calls what SQLite cannot read


class Kept(NamedTuple):
    """What is kept of the journal there was: where, and whether it is whole."""

    place: Path
    is_whole: bool


def found(journal: Path, typed: str) -> Path:
    """Return the file that was typed: the name of an automatic backup, or a path.

    Raises BackupUnusable "missing", which names the newest automatic one.
    """
    try:
        of_ours, place = backups.folder_of(journal) / typed, Path(typed).expanduser()
        if typed and place.name == typed and of_ours.exists():
            return file.resolved(of_ours)
        if typed and place.exists():  # blank is a path too: the folder one is in
            return file.resolved(place)
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, the home of nobody
        pass
    newest = next(iter(backups.automatic(journal)), None)
    raise BackupUnusable(
        "missing", typed, exit_code=1, newest="" if newest is None else newest.name
    )


def opened(backup: Path, journal: Path) -> sqlite3.Connection:
    """Open a backup that will do, held as it is; BackupUnusable says why another will not.

    What the file says of itself is looked at before anything else, and nothing in it is executed.
    """
    try:
        _refuse_others(backup, journal)
        connection = file.connected(backup)
        try:
            with file.failures_named(backup):
                connection.execute("BEGIN")
                _refuse_strange(connection, backup)
                soundness.refuse_damaged(connection, backup)
        except BaseException:
            connection.close()
            raise
    except OSError as failure:
        raise BackupUnusable("unreadable", str(backup), failure.strerror or "", 74) from failure
    except sqlite3.Error as failure:  # of another making than ours
        raise BackupUnusable("damaged", str(backup)) from failure
    except JournalUnusable as refusal:
        if refusal.reason in _NOT_OURS:
            raise BackupUnusable("damaged", str(backup)) from refusal
        raise BackupUnusable("unreadable", str(backup), refusal.detail, 74) from refusal
    return connection


def put_back(
    backup: sqlite3.Connection, journal: Path, at: datetime, track: backups.Track
) -> Kept | None:
    """Put an open backup in the place of the journal; return what was kept of that, if there was one.

    Nothing can be written in between. Raises JournalBusy where another program holds the journal, and
    JournalUnusable "foreign" where the file is not ours.
    """
    if not file.exists(journal):
        file.make_empty(journal)
    header = file.header(journal)
    may_be_read = header.is_blank or (header.is_sqlite and header.owner == file.APPLICATION_ID)
    if may_be_read:
        file.refuse_others(journal)
    else:
        _refuse_stranger(journal, header)
    with _indexed_anew(backup, journal) as ready:
        if may_be_read:
            try:
                return _written_over(ready, journal, at, track)
            except JournalUnusable as refusal:
                if refusal.reason not in _NOT_OURS:
                    raise
            _refuse_stranger(journal, header)
        return _replaced(ready, journal, at, track)


# What is refused ---------------------------------------------------------------------------------


def _refuse_others(backup: Path, journal: Path) -> None:
    """Refuse what no backup can be, before SQLite sees it."""
    about = backup.stat()
    if not stat.S_ISREG(about.st_mode):
        raise BackupUnusable("not-a-file", str(backup))
    if journal.exists() and backup.samefile(journal):
        raise BackupUnusable("itself", str(backup))
    if not about.st_size:
        raise BackupUnusable("empty", str(backup))
    header = file.header(backup)
    if not header.is_sqlite or header.owner != file.APPLICATION_ID or not header.version:
        raise BackupUnusable("foreign", str(backup))
    if header.version > file.SCHEMA_VERSION:
        raise BackupUnusable("newer", str(backup))
    beside = [backup.with_name(backup.name + suffix) for suffix in backups.NEEDED]
    if any(each.exists() and each.stat().st_size for each in beside):
        raise BackupUnusable("unfinished", str(backup))


def _refuse_strange(connection: sqlite3.Connection, backup: Path) -> None:
    """Refuse a file with a trigger, or with a table, a view or an index that its schema does not have."""
    there = soundness.layout(connection)
    known = soundness.layout_of(connection.execute("PRAGMA user_version").fetchone()[0])
    if any(sort == "trigger" for sort, _name in there.tables):
        raise BackupUnusable("has-triggers", str(backup))
    if there.tables - known.tables - _OF_SQLITE or there.indexes - known.indexes:
        raise BackupUnusable("has-others", str(backup))
    if ("table", "pair") not in there.tables:
        raise BackupUnusable("foreign", str(backup))


def _refuse_stranger(journal: Path, header: file.Header) -> None:
    """Refuse to replace what no command opens, unless it was a journal: the file or our folder says so.

    A database that SQLite can read says that by itself.
    """
    has_backups = not header.is_sqlite and bool(backups.automatic(journal))
    if not has_backups and not was_ours(journal, header):
        raise JournalUnusable("foreign", str(journal))


# What is done ------------------------------------------------------------------------------------


@contextlib.contextmanager
def _indexed_anew(backup: sqlite3.Connection, journal: Path) -> Iterator[sqlite3.Connection]:
    """Give a copy whose search index is made from its records: nothing can tell whether the backup's is.

    An older schema's is made by the migration that follows.
    """
    with backups.beside_of(journal) as beside:
        backups.pour(backup, journal, beside, backups.untracked)
        with contextlib.closing(file.connected(beside)) as ready:
            with file.failures_named(beside):
                ready.execute("PRAGMA query_only=OFF")
                ready.execute("PRAGMA journal_mode=DELETE")
                if file.version(ready, beside) == file.SCHEMA_VERSION:
                    ready.execute("BEGIN")
                    search_index.rebuild(ready)
                    ready.execute("COMMIT")
            yield ready


def _written_over(
    backup: sqlite3.Connection, journal: Path, at: datetime, track: backups.Track
) -> Kept | None:
    """Write a backup over the journal, which nobody else can read or write until all of it is there."""
    with contextlib.closing(file.connected(journal)) as live:
        file.version(live, journal)  # before anything about the file is changed: SQLite can read it
        file.make_durable(live, journal)
        with file.failures_named(journal):
            live.execute("PRAGMA locking_mode=EXCLUSIVE")  # a lock stays, once there is one
            live.execute("BEGIN EXCLUSIVE")
            live.execute("ROLLBACK")
            (has_begun,) = live.execute("SELECT EXISTS (SELECT 1 FROM sqlite_schema)").fetchone()
            kept = _kept(live, journal, at) if has_begun else None
            backups.in_steps(backup, live, track)
    return kept


def _kept(live: sqlite3.Connection, journal: Path, at: datetime) -> Kept:
    """Keep the journal there is: verified or, where it is damaged, every page of it as it is."""
    try:
        label = backups.named("before-restore", at)
        return Kept(backups.back_up(live, journal, label).place, is_whole=True)
    except JournalUnusable as refusal:
        if refusal.reason != "damaged":
            raise
    folder, label = backups.folder_of(journal), backups.named("damaged", at)
    with backups.beside_of(folder / label) as beside:
        backups.pour(live, journal, beside, backups.untracked)
        file.synced(beside)
        return Kept(backups.put_first_free(beside, folder, label), is_whole=False)


def _replaced(
    backup: sqlite3.Connection, journal: Path, at: datetime, track: backups.Track
) -> Kept:
    """Keep the bytes of a journal that SQLite cannot read, and put a copy of the backup in its place."""
    try:
        kept = _bytes_kept(journal, at)
        for each in file.side_files(journal):  # they would be taken for those of the new one
            each.unlink(missing_ok=True)
        with backups.beside_of(journal) as beside:
            backups.copied(backup, journal, beside, track)
            beside.replace(journal)
        file.synced(journal)
    except OSError as failure:
        raise JournalUnusable("disk-failed", str(journal), failure.strerror or "", 74) from failure
    return Kept(kept, is_whole=False)


def _bytes_kept(journal: Path, at: datetime) -> Path:
    """Copy a journal as it is into the folder of backups, with what SQLite keeps beside it."""
    folder, label = backups.folder_of(journal), backups.named("damaged", at)
    file.private_folder(folder)
    with backups.beside_of(folder / label) as beside:
        shutil.copyfile(journal, beside)
        file.synced(beside)
        place = backups.put_first_free(beside, folder, label)
    for suffix in backups.NEEDED:
        side = journal.with_name(journal.name + suffix)
        if side.exists():
            with backups.beside_of(place) as beside:
                shutil.copyfile(side, beside)
                file.synced(beside)
                beside.replace(place.with_name(place.name + suffix))
    file.synced(folder)
    return place
