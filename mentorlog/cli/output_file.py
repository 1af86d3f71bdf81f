"""The file that a command was told to write: whole in its place, or not there at all.

A pipe or a device that was named is written to as it is. A folder of files is `output_folder.py`'s.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from mentorlog.cli.context import Context
from mentorlog.cli.streams import ReaderGone
from mentorlog.errors import CANNOT_MAKE, OutputFailed
from mentorlog.i18n import _
from mentorlog.storage.file import SIDE_FILES, synced
from mentorlog.storage.placing import clear_away, make_private, named_beside, put_in_place
from mentorlog.storage.stopping import Stops

_BESIDE_THE_JOURNAL = (*SIDE_FILES, ".drafts", ".backups")


def is_standard_output(typed: str) -> bool:
    """True for - and for any other name of what standard output leads to, such as /dev/stdout."""
    if typed == "-":
        return True
    try:
        return os.path.samestat(Path(typed).stat(), os.fstat(1))
    except (OSError, ValueError):
        return False


def place_of(here: Context, typed: str) -> Path:
    """Return what was named, a symbolic link followed; refuse the program's own files."""
    try:
        named = Path(typed).expanduser().absolute()
        if is_stream(named):
            return named  # what a link of /dev leads to may have no path of its own
        place = Path(os.path.realpath(named))
        with suppress(FileNotFoundError):
            place.stat()  # a name too long, links that lead in a circle
        _refuse_own(here, place)
    except (OSError, RuntimeError) as failure:  # the home of nobody
        detail = getattr(failure, "strerror", None) or str(failure)
        raise OutputFailed(typed, detail, CANNOT_MAKE) from failure
    return place


def file_at(here: Context, typed: str) -> Path:
    """Return the file that was named, as `place_of` does; refuse a folder."""
    place = place_of(here, typed)
    if names_folder(typed, place):
        detail = _("it is one file, and a folder is named")
        raise OutputFailed(typed, detail, CANNOT_MAKE)
    return place


def names_folder(typed: str, place: Path) -> bool:
    """True where what was typed is the name of a folder, whether it is there or not."""
    return typed.endswith(tuple(filter(None, (os.sep, os.altsep)))) or place.is_dir()


def is_stream(place: Path) -> bool:
    """True for a pipe or a device to write to, which takes no other file in its place."""
    return place.is_char_device() or place.is_fifo()


def write_whole(place: Path, text: str, *, force: bool) -> None:
    """Put a file of one text and a line end in its place."""
    with whole_file(place, force=force) as file:
        file.write(text + "\n")


@contextmanager
def whole_file(place: Path, *, force: bool) -> Iterator[TextIO]:
    """Give a file to write, put in its place once all of it is on the disk; only its owner can read it."""
    if is_stream(place):
        with _written_straight(place) as file:
            yield file
        return
    with Stops() as stops:
        beside = named_beside(place)
        try:
            with _made(beside, place, force=force) as file:
                stops.let_through()
                yield file
            synced(beside)
            put_in_place(beside, place, force=force)
        except FileExistsError:  # another program has taken the name in the meantime
            raise OutputFailed(str(place), "exists", CANNOT_MAKE) from None
        except OSError as failure:
            raise OutputFailed(str(place), failure.strerror or "") from failure
        finally:
            stops.hold()
            clear_away(beside)


def new_private(place: Path) -> TextIO:
    """Open a new file to write, which only its owner can read."""
    return os.fdopen(make_private(place), "w", encoding="utf-8", newline="")


def _refuse_own(here: Context, place: Path) -> None:
    """Refuse the journal, what belongs to it, and the files of settings."""
    journal = here.journal.path
    if place.exists() and journal.exists() and place.samefile(journal):
        raise OutputFailed(str(place), _("it is the journal itself"), CANNOT_MAKE)
    own = {journal.with_name(journal.name + each) for each in _BESIDE_THE_JOURNAL}
    if own & {place, *place.parents}:
        raise OutputFailed(str(place), _("that place is the journal's own"), CANNOT_MAKE)
    for settings in (here.config.path, here.config.prompts_path):
        is_there = place.exists() and settings.exists() and place.samefile(settings)
        if is_there or place == Path(os.path.realpath(settings)):
            detail = _("mentorlog keeps your settings there")
            raise OutputFailed(str(place), detail, CANNOT_MAKE)


@contextmanager
def _written_straight(stream: Path) -> Iterator[TextIO]:
    try:
        with stream.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as failure:
        if failure.errno == errno.EPIPE:
            raise ReaderGone from failure
        raise OutputFailed(str(stream), failure.strerror or "") from failure


def _made(beside: Path, place: Path, *, force: bool) -> TextIO:
    """Open what is to be put in the place; refuse what may not be written over."""
    try:
        if place.exists() and not place.is_file():
            kind = errno.EISDIR if place.is_dir() else errno.EEXIST
            raise OutputFailed(str(place), os.strerror(kind), CANNOT_MAKE)
        if place.exists() and not force:
            raise OutputFailed(str(place), "exists", CANNOT_MAKE)
        return new_private(beside)
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "", CANNOT_MAKE) from failure
