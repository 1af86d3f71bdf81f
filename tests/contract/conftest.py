"""What the contract tests share: a journal with something of everything in it, and a terminal."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Program

_WRITTEN = (
    ["meet", "Aya Sato", "--as", "mentor", "--on", "2026-11-01", "--topic", "reading",
     "--summary", "Chose a book", "--notes", "Was tired", "--action", "Send the list due:+3d",
     "--their-action", "Read it", "--advice", "Read every morning", "--question", "And then?",
     "--insight", "Mornings are best", "--pulse", "3", "--minutes", "50", "--via", "online",
     "--next", "+2w", "--share"],
    ["pair", "start", "Ken Mori", "--as", "mentee", "--alias", "ken", "--on", "2026-10-01"],
    ["ask", "ken", "How do I lead?"],
    ["insight", "ken", "Listening is work", "--benefit", "leadership", "--viewpoint", "me"],
    ["action", "add", "ken", "Write to him due:2026-12-01"],
    ["action", "done", "a1", "--outcome", "It was sent"],
)  # fmt: skip


@pytest.fixture(scope="session")
def written_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that commands have written: two pairs, and of each other kind one or two."""
    program = Program(tmp_path_factory.mktemp("written"))
    for words in _WRITTEN:
        program.ok(*words)
    return program.journal


@pytest.fixture
def written(mentorlog: Program, written_journal: Path) -> Program:
    """The program in a home of its own with a copy of that journal."""
    mentorlog.journal.parent.mkdir(parents=True)
    shutil.copy(written_journal, mentorlog.journal)
    return mentorlog


class Screen(NamedTuple):
    """What a command at a terminal wrote, line ends as the program sent them, and its exit code."""

    code: int
    text: str


Terminal = Callable[..., Screen]


@pytest.fixture
def terminal(mentorlog: Program) -> Terminal:
    """Run a command at a real terminal of so many columns, with nobody typing."""

    def run(*words: str, columns: int) -> Screen:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, columns))
        process = subprocess.Popen(
            [sys.executable, "-m", "mentorlog", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env=mentorlog.environment | {"TERM": "xterm-256color"},
        )
        os.close(theirs)
        read = bytearray()
        try:
            while chunk := os.read(ours, 65536):
                read += chunk
        except OSError:
            pass  # the program has let go of the terminal
        finally:
            os.close(ours)
        return Screen(process.wait(60), read.decode().replace("\r\n", "\n"))

    return run
