"""Copies of the journal: each one verified before it is called a backup, the oldest let go of.

Automatic ones stand in a folder beside the journal: before a migration, before another journal takes its
place, and whenever somebody asks for one. What is put back from them is `restoring.py`'s.
"""

import contextlib
import errno
import os
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.errors import CANNOT_MAKE, JournalUnusable, OutputFailed
from mentorlog.storage import file, placing, soundness

# Called with how many steps there are; gives what is to be called after each.
Track = Callable[[int], contextlib.AbstractContextManager[Callable[[], object]]]

_STEP = 1000  # pages: four megabytes, at SQLite's usual size of a page
_WHILE_WRITING = 74
_DAY_AND_TIME = r"\d{4}-\d\d-\d\d-\d{6}"
_AUTOMATIC = re.compile(
    rf"(?:(?:journal|before-restore)-{_DAY_AND_TIME}|before-schema-\d+-from-\d+)(?:-\d+)?\.db"
)
_DAMAGED = re.compile(rf"damaged-{_DAY_AND_TIME}(?:-\d+)?\.db")
NEEDED = file.SIDE_FILES[:2]  # without which a damaged journal is not all there is of it


class Copy(NamedTuple):
    """A verified copy: where it is, its size in bytes, and how many records are in it."""

    place: Path
    size: int
    records: int


@contextlib.contextmanager
def untracked(_steps: int) -> Iterator[Callable[[], object]]:
    """Follow the work of somebody who does not wait for it."""
    yield lambda: None


def folder_of(journal: Path) -> Path:
    """Return the folder of automatic backups, whether it is there or not."""
    return journal.with_name(f"{journal.name}.backups")


def named(label: str, at: datetime) -> str:
    """Return what a copy made at that time is called."""
    return f"{label}-{at:%Y-%m-%d-%H%M%S}"


def automatic(journal: Path) -> list[Path]:
    """Return the backups in the folder that are ours, newest first.

    What is kept of a damaged journal is none: it may be all there is of it, and only `forget` removes it.
    """
    return _found(journal, _AUTOMATIC)


def all_of_ours(journal: Path) -> list[Path]:
    """Return the same and what is kept of damaged journals."""
    return automatic(journal) + _found(journal, _DAMAGED)


def _found(journal: Path, names: re.Pattern[str]) -> list[Path]:
    folder = folder_of(journal)
    try:
        found = [each for each in folder.iterdir() if names.fullmatch(each.name)]
        made = {each: (each.stat().st_mtime_ns, each.name) for each in found if each.is_file()}
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as failure:
        raise JournalUnusable("folder-shut", str(folder), failure.strerror or "", 74) from failure
    return sorted(made, key=made.__getitem__, reverse=True)


def back_up(
    connection: sqlite3.Connection, path: Path, label: str, track: Track = untracked
) -> Copy:
    """Put a verified copy of the open journal into its folder of backups."""
    folder = folder_of(path)
    file.private_folder(folder)
    with beside_of(folder / label) as beside:
        records = copied(connection, path, beside, track)
        place = put_first_free(beside, folder, label)
        return Copy(place, place.stat().st_size, records)


def back_up_to(
    connection: sqlite3.Connection, path: Path, target: Path, track: Track, *, force: bool
) -> Copy:
    """Put a verified copy of the open journal where it was asked for; with `force` in place of a file."""
    if target.exists() and not target.is_file():
        raise OutputFailed(str(target), os.strerror(errno.EEXIST), CANNOT_MAKE)
    if target.exists() and not force:
        raise OutputFailed(str(target), "exists", CANNOT_MAKE)
    has_begun = False
    try:
        with placing.beside_of(target) as beside:
            has_begun = True
            records = copied(connection, path, beside, track)
            put_in_place(beside, target, force=force)
            return Copy(target, target.stat().st_size, records)
    except FileExistsError as failure:
        raise OutputFailed(str(target), "exists", CANNOT_MAKE) from failure
    except OSError as failure:
        code = _WHILE_WRITING if has_begun else CANNOT_MAKE
        raise OutputFailed(str(target), failure.strerror or "", code) from failure


def put_in_place(beside: Path, target: Path, *, force: bool) -> None:
    """Give a whole journal its name, as `placing` does; what SQLite has left beside that name goes first.

    It would be taken for the new one's, and change that when it is opened.
    """
    left = file.side_files(target)
    if left and not force:
        raise FileExistsError
    for each in left:
        each.unlink()
    placing.put_in_place(beside, target, force=force)


def back_up_before_migration(path: Path, version: int) -> None:
    """Keep the journal as it stands, read through a connection of its own beside the held lock."""
    with contextlib.closing(file.connected(path)) as reader:
        back_up(reader, path, f"before-schema-{file.SCHEMA_VERSION}-from-{version}")


def prune(journal: Path, keep: int, spared: Collection[Path]) -> list[Path]:
    """Remove the oldest automatic backups until `keep` are left, but never those to be spared."""
    found = automatic(journal)
    surplus = [each for each in reversed(found) if each not in spared][: max(0, len(found) - keep)]
    _remove(surplus)
    return surplus


def remove_all(journal: Path) -> list[Path]:
    """Remove every copy of ours there is; return those that were whole, or kept of a damaged journal.

    Unfinished ones go first: another program could give one its name after the others are listed.
    """
    for folder in (journal.parent, folder_of(journal)):
        _remove(placing.cut_off(folder))
    going = all_of_ours(journal)
    _remove(going)
    return going


def copied(connection: sqlite3.Connection, path: Path, beside: Path, track: Track) -> int:
    """Copy an open journal into an empty file; return how many records are in it, once it is verified.

    The journal is held for reading meanwhile. So no other program can write between two steps, which
    would begin the copy anew, for ever if it writes often enough: it waits until the copy is there.
    """
    with file.failures_named(path), file.held(connection):
        pour(connection, path, beside, track)
        counts = _counts(connection)
    with file.failures_named(path), contextlib.closing(file.connected(beside)) as copy:
        copy.execute("PRAGMA query_only=OFF")
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, whatever mode the journal was in
        soundness.refuse_damaged(copy, path)
        if _counts(copy) != counts:
            raise JournalUnusable("damaged", str(path))
    file.synced(beside)
    return _of_records(counts)


def records_in(connection: sqlite3.Connection, path: Path) -> int:
    """Return how many records an open journal has."""
    with file.failures_named(path):
        return _of_records(_counts(connection))


def pour(connection: sqlite3.Connection, path: Path, beside: Path, track: Track) -> None:
    """Copy the pages of an open journal, which nobody can write to meanwhile, into an empty file."""
    try:
        with file.failures_named(beside), contextlib.closing(sqlite3.connect(beside)) as copy:
            copy.execute("PRAGMA journal_mode=OFF")  # it is thrown away unless all of it arrives
            copy.execute("PRAGMA synchronous=OFF")
            in_steps(connection, copy, track)
    except JournalUnusable as refusal:
        if refusal.reason in {"damaged", "foreign"}:  # that is what was read, not what was written
            raise JournalUnusable("damaged", str(path)) from refusal
        raise


def in_steps(source: sqlite3.Connection, target: sqlite3.Connection, track: Track) -> None:
    """Copy all pages of one database over another."""
    (pages,) = source.execute("PRAGMA page_count").fetchone()
    with track(-(-pages // _STEP)) as step:
        source.backup(target, pages=_STEP, progress=lambda *_left: step())


def put_first_free(beside: Path, folder: Path, label: str) -> Path:
    """Give a whole copy its name in the folder, with a number behind it where that is taken."""
    try:
        for name in chain([label], (f"{label}-{number}" for number in count(2))):
            place = folder / f"{name}.db"
            with contextlib.suppress(FileExistsError):
                if not place.exists():
                    placing.put_in_place(beside, place)
                    break
    except OSError as failure:
        raise JournalUnusable(
            "cannot-make", str(place), failure.strerror or "", CANNOT_MAKE
        ) from failure
    return place


@contextlib.contextmanager
def beside_of(target: Path) -> Iterator[Path]:
    """Give a file beside the journal, or in its folder of backups, as `placing` does."""
    reason, code = "cannot-make", CANNOT_MAKE
    try:
        with placing.beside_of(target) as beside:
            reason, code = "disk-failed", _WHILE_WRITING
            yield beside
    except OSError as failure:
        raise JournalUnusable(reason, str(target), failure.strerror or "", code) from failure


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    quoted = {name: name.replace('"', '""') for (name,) in tables}
    return {
        name: connection.execute(f'SELECT count(*) FROM "{shown}"').fetchone()[0]
        for name, shown in quoted.items()
        if name != "search"  # holds no rows of its own
    }


def _of_records(counts: dict[str, int]) -> int:
    return sum(counts.get(kind, 0) for kind in KIND_NAMES)


def _remove(files: Iterable[Path]) -> None:
    """Remove files and what stands beside them, so that they are gone from the disk's folder too."""
    folders = set()
    place = None
    try:
        for place in files:
            folders.add(place.parent)
            for each in (place, *file.side_files(place)):
                each.unlink(missing_ok=True)
        for place in folders:
            file.synced(place)
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "") from failure
