"""The report of a fault of the program: where it happened, with what versions; nothing of the user's.

Only the types of exceptions, file names, line numbers and function names go in: the message of an
exception may hold text, and so may the command line.
"""

import os
import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from mentorlog import __version__

_PACKAGE = Path(__file__).parents[1]
_MOST_FRAMES = 40  # of one exception: a recursion has a thousand that say the same


def report(fault: BaseException) -> Path | None:
    """Write the report beside the journal and return its place, or None where it cannot be written."""
    from mentorlog.config import Config
    from mentorlog.errors import MentorlogError

    try:
        folder = Config().journal.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = folder / f"fault-{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}.txt"
        _write(place, "\n".join(_lines(fault)) + "\n")
    except (OSError, MentorlogError):
        return None
    return place


def whereabouts(fault: BaseException) -> str:
    """Return in a few words where it happened, for whoever has no report to send."""
    last = [
        f"{_place(each.f_code.co_filename)}:{line}"
        for each, line in traceback.walk_tb(fault.__traceback__)
    ]
    return ", ".join([type(fault).__name__, *last[-1:]])


def _write(place: Path, text: str) -> None:
    """Write a new file that only its owner can read: all of it, or none."""
    with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        try:
            file.write(text.encode())
            file.flush()
        except OSError:
            place.unlink()
            raise


def _lines(fault: BaseException) -> Iterator[str]:
    yield ", ".join(_versions())
    yield f"command: {_command()}"
    for each in _chain(fault):
        yield from _stack(each)


def _versions() -> Iterator[str]:
    """Yield what runs, each with its version; of a program that is not all there, what can be told."""
    yield f"mentorlog {__version__}"
    yield f"Python {platform.python_version()}"
    with suppress(ImportError):
        from mentorlog.storage.versions import sqlite

        yield f"SQLite {sqlite()}"
    with suppress(ImportError):
        from importlib.metadata import version

        yield f"typer {version('typer')}"
    yield f"{platform.system()} {platform.release()} {platform.machine()}"


def _command() -> str:
    """Return the name of the command that ran: none of the words that were typed for it."""
    with suppress(ImportError):
        from mentorlog.cli.app import COMMANDS

        return next((word for word in sys.argv[1:] if word in COMMANDS), "-")
    return "-"


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """Yield an exception, what it came from, and so on."""
    seen: set[int] = set()
    each: BaseException | None = fault
    while each is not None and id(each) not in seen:
        yield each
        seen.add(id(each))
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _stack(fault: BaseException) -> list[str]:
    """Return the type of an exception, then a line for each frame that it came through."""
    frames = [
        f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(fault.__traceback__)
    ]
    if len(frames) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        frames = [*frames[:half], f"  … {len(frames) - 2 * half} …", *frames[-half:]]
    return [f"fault: {type(fault).__name__}", *frames]


def _place(file: str) -> str:
    """Return the name of a file: of ours within the package, of any other without its folder."""
    path = Path(file)
    return str(path.relative_to(_PACKAGE)) if path.is_relative_to(_PACKAGE) else path.name
