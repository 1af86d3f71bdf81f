"""Files that are written beside their place, and put into it once they are whole.

What is not whole yet has a name of its own, by which it can be told and cleared away later.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mentorlog.storage.file import synced
from mentorlog.storage.stopping import Stops

_BEGINS, _ENDS = ".mentorlog-", ".new"


def named_beside(place: Path) -> Path:
    """Return a name, in the same folder, for what is not whole yet."""
    return place.with_name(f"{_BEGINS}{os.urandom(8).hex()}{_ENDS}")


def cut_off(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder that were cut off before they were whole, with what stood beside them."""
    return (each for each in folder.glob(f"{_BEGINS}*{_ENDS}*") if each.is_file())


def make_private(place: Path) -> int:
    """Make a new, empty file that only its owner can read, and return it opened for writing."""
    return os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)


@contextmanager
def beside_of(place: Path) -> Iterator[Path]:
    """Give a new, empty, private file in the same folder; gone in the end unless it has got its name.

    So it is where the program is told to stop. OSError where it cannot be made.
    """
    with Stops() as stops:
        beside = named_beside(place)
        try:
            os.close(make_private(beside))
            stops.let_through()
            yield beside
        finally:
            stops.hold()
            clear_away(beside)


def clear_away(beside: Path) -> None:
    """Remove what has no use any more, where the disk lets us: what is told is why it has none."""
    with suppress(OSError):
        beside.unlink()


def put_in_place(beside: Path, place: Path, *, force: bool = False) -> None:
    """Give a whole file its name, and return once that is on the disk.

    FileExistsError where the name is taken and, without `force`, nothing may be written over. A new file
    goes again where its name may not be on the disk: what is said to be there, is.
    """
    is_new = not place.exists()
    beside.replace(place) if force else _put_as_new(beside, place)
    try:
        synced(place)
    except OSError:
        if is_new:
            place.unlink(missing_ok=True)
        raise


def _put_as_new(beside: Path, place: Path) -> None:
    """Give a file its name; FileExistsError where another program has taken that in the meantime."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links: the name is claimed first
        os.close(make_private(place))
        try:
            beside.replace(place)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    else:
        clear_away(beside)
