"""The folder of files that a command was told to write: whole in its place, or left as it was.

A new one is written beside, synced and given its name. In one that is there, what it holds is swapped for
what was written within it, so that no file of an earlier export stays, and the folder itself does: it may
be where a disk is mounted. Only files of such a folder may go; which those are is `export/`'s.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mentorlog.cli.output_file import new_private
from mentorlog.errors import CANNOT_MAKE, OutputFailed
from mentorlog.i18n import _
from mentorlog.storage.file import synced
from mentorlog.storage.placing import named_beside
from mentorlog.storage.stopping import Stops
from mentorlog.text import visible

_BEGINNING = 65536  # bytes of a file by which it is known

Known = Callable[[str, str], bool]  # is a file of that name, with that beginning, one of ours?


@contextmanager
def whole_folder(place: Path, known: Known, *, force: bool) -> Iterator[Path]:
    """Give a folder to write into, whose files are in their place once all of them are on the disk.

    With `force` they take the place of others in a folder where every file is `known`.
    """
    with Stops() as stops:
        is_there = place.exists()
        beside = named_beside(place / "within" if is_there else place)
        try:
            _make(beside, place, known, force=force)
            stops.let_through()
            yield beside
            for folder in (beside, *(each for each in beside.rglob("*") if each.is_dir())):
                synced(folder)
            stops.hold()
            if is_there:
                _swap(beside, place, known, force=force)
            else:
                _put_as_new(beside, place)
        except OSError as failure:
            raise OutputFailed(str(place), failure.strerror or "") from failure
        finally:
            stops.hold()
            shutil.rmtree(beside, ignore_errors=True)


def write_into(folder: Path, name: str, pieces: Iterable[str]) -> None:
    """Write a new file of a folder, and its own folder where the name has one; only its owner reads it."""
    place = folder / name
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with new_private(place) as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _make(beside: Path, place: Path, known: Known, *, force: bool) -> None:
    """Make an empty, private folder to write into; refuse a place whose files may not be replaced."""
    try:
        if place.exists():
            if not place.is_dir():
                raise OutputFailed(str(place), _("it is a file, not a folder"), CANNOT_MAKE)
            _refuse_to_replace(place, place, known, force=force)
        beside.mkdir(mode=0o700)
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "", CANNOT_MAKE) from failure


def _refuse_to_replace(folder: Path, place: Path, known: Known, *, force: bool) -> None:
    """Refuse what is in a folder where something is not ours, or nothing may go; it was called `place`."""
    for each in _all_in(folder):
        name = each.relative_to(folder).as_posix()
        if each.is_symlink() or not (each.is_dir() or _is_known(each, name, known)):
            detail = _("{name} in it is not part of an export").format(name=visible(name))
            raise OutputFailed(str(place), detail, CANNOT_MAKE)
    if not force and any(folder.iterdir()):
        raise OutputFailed(str(place), "exists", CANNOT_MAKE)


def _all_in(folder: Path) -> Iterator[Path]:
    """Yield what is in a folder, then what is in its own folders, which may be a whole disk."""
    waiting = [folder]
    while waiting:
        inside = sorted(waiting.pop().iterdir())
        yield from inside
        waiting += (each for each in inside if each.is_dir() and not each.is_symlink())


def _is_known(file: Path, name: str, known: Known) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return known(name, opened.read(_BEGINNING).decode("utf-8", errors="replace"))


def _put_as_new(beside: Path, place: Path) -> None:
    """Give the folder its name, unless another program has taken that in the meantime."""
    try:
        beside.rename(place)
    except OSError as failure:
        if failure.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise OutputFailed(str(place), "exists", CANNOT_MAKE) from failure
        raise
    try:
        synced(place)
    except OSError:
        place.rename(beside)
        raise


def _swap(beside: Path, place: Path, known: Known, *, force: bool) -> None:
    """Put all that is in `beside` in its place; what was there goes, unless something else has come."""
    old = beside.with_suffix(".old")
    old.mkdir(mode=0o700)
    moved: list[tuple[Path, Path]] = []
    try:
        _move(place, old, moved, but=(beside, old))
        _refuse_to_replace(old, place, known, force=force)
        _move(beside, place, moved)
        synced(place)
    except BaseException:
        for before, after in reversed(moved):
            after.rename(before)
        old.rmdir()
        raise
    shutil.rmtree(old)


def _move(
    source: Path, target: Path, moved: list[tuple[Path, Path]], but: tuple[Path, ...] = ()
) -> None:
    """Move what is in one folder into another, noting each from where to where."""
    for each in sorted(source.iterdir()):
        if each not in but:
            each.rename(target / each.name)
            moved.append((each, target / each.name))
