"""Standard output and standard error: what goes there, and what happens when they break.

A result that cannot be written is an error with its own exit code; a reader that has seen enough, as
`| head` does, is none. What the journal holds is safe by then either way.
"""

import errno
import os
import sys
from typing import TextIO

from mentorlog.errors import OutputFailed


class ReaderGone(Exception):
    """Whoever read the standard output has closed it."""


def write_result(text: str) -> None:
    """Write a line to standard output."""
    if sys.stdout is None:
        raise OutputFailed("-", os.strerror(errno.EBADF))
    try:
        sys.stdout.write(text + "\n")
    except OSError as failure:
        _refuse(failure)


def flush_results() -> None:
    """Send on what has been written to standard output."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError as failure:
            _refuse(failure)


def write_message(text: str) -> None:
    """Write a message to standard error; a terminal gets it wrapped, anything else as one line."""
    if sys.stderr is None:
        return
    flush_results()  # the result a message is about comes before it, wherever both end up
    if is_terminal(sys.stderr) and "\x1b" not in text:
        from mentorlog.render.cells import wrapped

        text = "\n".join(wrapped(text, width()))
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:  # nobody can be told that nobody can be told
        sys.stderr = _nowhere()


def is_terminal(stream: TextIO | None) -> bool:
    """True when a stream leads to a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def has_colour(stream: TextIO | None) -> bool:
    """True where colour is wanted and can be shown."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def _refuse(failure: OSError) -> None:
    """Turn a failed write into an error, and keep Python from trying again on its way out."""
    sys.stdout = _nowhere()
    if failure.errno == errno.EPIPE:
        raise ReaderGone from failure
    raise OutputFailed("-", failure.strerror or "") from failure


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  (as long as the process)


def takes_all_text() -> bool:
    """True when standard output can carry any character."""
    encoding = getattr(sys.stdout, "encoding", None) or ""
    return encoding.lower().replace("-", "") == "utf8"


def width() -> int:
    """Return the cells a line may take: COLUMNS, else the terminal's, else 80."""
    import shutil

    return max(20, shutil.get_terminal_size((80, 24)).columns)
