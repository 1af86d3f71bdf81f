"""The file that a command was told to write: whole in its place, or not there at all."""

import errno
import os
import tempfile
from pathlib import Path

from mentorlog.cli.context import Context
from mentorlog.errors import OutputFailed
from mentorlog.i18n import _
from mentorlog.storage.file import synced

_CANNOT_MAKE = 73
_BESIDE_THE_JOURNAL = ("-journal", "-wal", "-shm", ".drafts", ".backups")


def place_of(here: Context, typed: str) -> Path:
    """Return the file that was named, a symbolic link followed; refuse the journal and its own files."""
    journal = here.journal.path
    try:
        place = Path(os.path.realpath(Path(typed).expanduser()))
        is_journal = place.exists() and journal.exists() and place.samefile(journal)
    except (OSError, RuntimeError) as failure:  # a name too long, the home of nobody
        detail = getattr(failure, "strerror", None) or str(failure)
        raise OutputFailed(typed, detail, _CANNOT_MAKE) from failure
    if is_journal:
        raise OutputFailed(str(place), _("it is the journal itself"), _CANNOT_MAKE)
    own = {journal.with_name(journal.name + each) for each in _BESIDE_THE_JOURNAL}
    if own & {place, *place.parents}:
        raise OutputFailed(str(place), _("that place is the journal's own"), _CANNOT_MAKE)
    return place


def write_whole(place: Path, text: str, *, force: bool) -> None:
    """Put a file in its place once all of it is on the disk; only its owner can read it."""
    beside = _made_beside(place, force=force)
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
        synced(beside)
        if force:
            beside.replace(place)
        else:
            _put_as_new(beside, place)
        synced(place)
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "") from failure
    finally:
        beside.unlink(missing_ok=True)


def _made_beside(place: Path, *, force: bool) -> Path:
    """Return a new, empty, private file in the same folder; refuse what may not be written over."""
    try:
        if place.exists() and not place.is_file():
            kind = errno.EISDIR if place.is_dir() else errno.EEXIST
            raise OutputFailed(str(place), os.strerror(kind), _CANNOT_MAKE)
        if place.exists() and not force:
            raise OutputFailed(str(place), "exists", _CANNOT_MAKE)
        number, beside = tempfile.mkstemp(prefix=".mentorlog-", suffix=".new", dir=place.parent)
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "", _CANNOT_MAKE) from failure
    os.close(number)
    return Path(beside)


def _put_as_new(beside: Path, place: Path) -> None:
    """Give the file its name, unless another program has taken that in the meantime."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise OutputFailed(str(place), "exists", _CANNOT_MAKE) from None
    except OSError:  # a disk without hard links
        beside.rename(place)
