"""The report of a fault of the program: where it happened, with what versions; nothing of the user's.

Only file names, line numbers and function names go in: the message of an exception may hold text.
"""

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from mentorlog import __version__


def report(fault: BaseException) -> Path | None:
    """Write the report beside the journal and return its place, or None where it cannot be written."""
    from mentorlog.config import Config
    from mentorlog.errors import MentorlogError

    try:
        folder = Config().journal.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = folder / f"fault-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
        with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(_text(fault))
    except (OSError, MentorlogError):
        return None
    return place


def _text(fault: BaseException) -> str:
    from mentorlog.cli.app import COMMANDS

    command = next((word for word in sys.argv[1:] if word in COMMANDS), "-")
    lines = [
        f"mentorlog {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"command: {command}",
        f"fault: {type(fault).__name__}",
    ]
    frames = traceback.extract_tb(fault.__traceback__)
    lines += [f"  {Path(each.filename).name}:{each.lineno} {each.name}" for each in frames]
    return "\n".join(lines) + "\n"
