"""main(): language → app → one error boundary → exit code. Nothing else may catch everything.

Nothing of the house is imported before that boundary: a program that is not all there says so in words.
"""

import gc
import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TextIO

_COMPLETES = "_MENTORLOG_COMPLETE"  # names the shell whose script asks how a line may go on


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback ever reaches the user."""
    try:
        try:
            return _run(arguments)
        except Exception as fault:  # noqa: BLE001  (the one boundary: every refusal becomes a sentence here)
            # Beside a line that is being typed nothing is said: there is nothing to offer, then.
            return 0 if _COMPLETES in os.environ else _explained(fault)
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    os.umask(0o077)  # whatever is made from here on, only its owner can read
    _hold_standard_streams()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    from mentorlog import i18n

    i18n.choose(_language(typed, os.environ))
    if _COMPLETES in os.environ:
        from mentorlog.cli.completion import answer

        return answer(os.environ[_COMPLETES])
    from mentorlog.cli.app import run

    return run(typed)


def _explained(fault: Exception, tries: int = 2) -> int:
    """Say what happened; where even that fails, say what failed then, and last say so in words that cannot."""
    try:
        from mentorlog.cli.explain import explain

        return explain(fault)
    except Exception as failure:  # noqa: BLE001  (nothing is left to say it with)
        if tries > 1:
            return _explained(failure, tries - 1)
        os.write(2, b"mentorlog: a fault of the program; the journal holds whole commands only\n")
        return 70


def _language(typed: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language to speak. `--lang` is looked for early: help texts are made on import."""
    from mentorlog import i18n
    from mentorlog.config import Config
    from mentorlog.errors import MentorlogError

    for place, word in enumerate(typed):
        wanted = word.removeprefix("--lang=")
        if word == "--lang":
            wanted = "".join(typed[place + 1 : place + 2])
        if wanted != word and wanted in i18n.LANGUAGES:
            return wanted
    i18n.choose(i18n.from_environment(environ))  # for the sentence about a setting that is wrong
    try:
        return Config(environ).language
    except MentorlogError:
        if {"config", "doctor"} & set(typed):  # what mends or names a wrong setting has to run
            return i18n.language
        raise


def _hold_standard_streams() -> None:
    """Keep a closed standard stream's number from being given to a file; let any text be printed."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(getattr(stream, "buffer", None), io.RawIOBase):
            stream = _buffered(stream)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)  # as long as the process, as it was before
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _buffered(stream: TextIO) -> TextIO:
    """Return a stream that writes all of a text; with PYTHONUNBUFFERED the rest of it would be dropped."""
    return open(stream.fileno(), "w", 1, stream.encoding, closefd=False)


def console() -> None:
    """Run as the command `mentorlog`.

    Loading modules makes next to no garbage; looking for it took a sixteenth of a short command. Taking
    the interpreter apart in the end took a tenth: what a command opened it has closed by then, so the
    process just ends.
    """
    gc.set_threshold(200_000, 10, 10)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # closed, or told by the code already
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    console()
