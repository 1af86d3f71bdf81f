"""A person at a real terminal, for the tests of what is asked; the fixture `talk` begins a talk."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect

from tests.conftest import Program


def _heed_hang_ups() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Talk:
    """A person at a terminal, talking with the program."""

    def __init__(self, program: Program, *words: str, **environment: str) -> None:
        self._terminal = pexpect.spawn(
            sys.executable,
            ["-m", "mentorlog", *words],
            env=program.environment
            | {"TERM": "xterm", "COLUMNS": "100", "PROMPT_TOOLKIT_NO_CPR": "1"}
            | environment,
            encoding="utf-8",
            dimensions=(40, 100),
            timeout=20,
            # A shell that runs the tests past its own end has them ignore it: a person's would not.
            preexec_fn=_heed_hang_ups,
        )

    def hears(self, text: str) -> None:
        self._terminal.expect_exact(text)

    def is_asked(self) -> None:
        """Wait until the prompt stands there and the cursor with it."""
        self._terminal.expect(r">[^\r\n]*\x1b\[\?25h")

    def is_asked_more(self) -> bool:
        """Wait until the next prompt stands there: False where the program ends without another."""
        return bool(self._terminal.expect([pexpect.EOF, r">[^\r\n]*\x1b\[\?25h"]))

    def says(self, text: str = "") -> None:
        self.is_asked()
        self._terminal.send(text + "\r")

    def presses(self, key: str) -> None:
        self.is_asked()
        self._terminal.send(key)

    def answers(self, question: str, *texts: str) -> None:
        """Hear a question and give it one answer, or a list of them ended by Enter."""
        self.hears(question)
        for text in texts:
            self.says(text)

    def sends(self, keys: str) -> None:
        self._terminal.send(keys)

    def dies(self, with_signal: signal.Signals) -> None:
        self.is_asked()
        self.is_killed(with_signal)

    def is_killed(self, with_signal: signal.Signals) -> None:
        self._terminal.kill(with_signal)
        self._terminal.wait()

    def ends(self) -> int:
        self._terminal.expect(pexpect.EOF)
        self._terminal.close()
        assert self._terminal.exitstatus is not None
        return self._terminal.exitstatus


Talking = Callable[..., Talk]


def drafts(program: Program) -> list[Path]:
    """Return what is kept of forms begun and not finished."""
    folder = program.journal.with_name("journal.db.drafts")
    return sorted(folder.iterdir()) if folder.exists() else []


def editor(folder: Path, script: str) -> str:
    """Write an editor that does what the script says to the file it is given as $1."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)
