"""A journal to look into as it lies on the disk: nothing of it changes by being looked at.

SQLite finishes what a crash has left, and it makes files beside a journal in WAL mode. So only a journal
at rest is opened where it stands; of any other a private copy of one moment is, with what lies beside it.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from mentorlog.errors import CANNOT_MAKE, JournalBusy, JournalUnusable
from mentorlog.storage import file, placing

_COPIED = file.SIDE_FILES[:2]  # the third is made anew
_TRIES = 5
_AT_ONCE = 1 << 20
_SECTOR = 512
_WAL = 2  # in the two bytes that say how a file is written and read

_Moment = tuple[tuple[int, int, int] | None, ...]


def beside(path: Path, suffix: str) -> Path:
    """Return the side file of a journal that ends so, whether it is there or not."""
    return path.with_name(path.name + suffix)


def ways_of_writing(path: Path) -> bytes:
    """Return the two bytes that say how the file is written and read: 1 at rest, 2 in WAL mode."""
    with path.open("rb") as opened:
        return opened.read(20)[18:]


def is_at_rest(path: Path) -> bool:
    """True where SQLite will not write a byte to look into the file."""
    return not file.side_files(path) and _WAL not in ways_of_writing(path)


@contextmanager
def looked_into(path: Path) -> Iterator[Path]:
    """Give a journal to open: itself where it is at rest, else a copy that is gone in the end."""
    with ExitStack() as stack:
        yield path if is_at_rest(path) else stack.enter_context(copy_of(path))


@contextmanager
def copy_of(path: Path) -> Iterator[Path]:
    """Give a private copy of a journal and what lies beside it, as of one moment.

    It stands beside the journal or, where that is not possible, in a private temporary folder. JournalBusy
    where another program keeps on writing.
    """
    with ExitStack() as stack:
        try:
            copy = stack.enter_context(_copied_to(path, path))
        except OSError:  # a folder or a disk that takes nothing more
            try:
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mentorlog-"))
                copy = stack.enter_context(_copied_to(path, Path(folder) / path.name))
            except OSError as failure:
                detail = failure.strerror or ""
                raise JournalUnusable("cannot-make", str(path), detail, CANNOT_MAKE) from failure
        yield copy


@contextmanager
def _copied_to(path: Path, place: Path) -> Iterator[Path]:
    with placing.beside_of(place) as copy:
        try:
            _copy(path, copy)
            yield copy
        finally:
            for each in file.side_files(copy):
                each.unlink(missing_ok=True)


def _copy(path: Path, copy: Path) -> None:
    for _try in range(_TRIES):
        before = _moment(path)
        for suffix in ("", *_COPIED):
            beside(copy, suffix).unlink(missing_ok=True)
            if beside(path, suffix).exists():
                _copy_file(beside(path, suffix), beside(copy, suffix))
        if _moment(path) == before:
            return
    raise JournalBusy(str(path))


def _moment(path: Path) -> _Moment:
    found = list[tuple[int, int, int] | None]()
    for suffix in ("", *_COPIED):
        try:
            about = beside(path, suffix).stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((about.st_ino, about.st_size, about.st_mtime_ns))
    return tuple(found)


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file; what the disk does not give back stays zeros, so that all the rest is there."""
    try:
        reading = os.open(source, os.O_RDONLY)
    except FileNotFoundError:
        return
    except OSError as failure:
        raise JournalUnusable("unreadable", str(source), failure.strerror or "", 74) from failure
    try:
        size = os.fstat(reading).st_size
        with os.fdopen(placing.make_private(target), "wb") as writing:
            for at in range(0, size, _AT_ONCE):
                writing.write(_read(reading, at, min(_AT_ONCE, size - at)))
    finally:
        os.close(reading)


def _read(reading: int, at: int, length: int) -> bytes:
    """Return so much of a file; of a part that cannot be read, each sector that can."""
    found = bytearray()
    try:
        os.lseek(reading, at, os.SEEK_SET)
        while len(found) < length and (part := os.read(reading, length - len(found))):
            found += part
    except OSError:
        if length <= _SECTOR:
            return bytes(length)
        part_of = max(_SECTOR, _AT_ONCE // 64 if length > _AT_ONCE // 64 else _SECTOR)
        parts = range(at, at + length, part_of)
        return b"".join(_read(reading, each, min(part_of, at + length - each)) for each in parts)
    return bytes(found)
