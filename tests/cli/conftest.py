"""What the tests of the commands share: a journal with two pairs, and somebody at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.talking import Talk, Talking
from tests.conftest import Program

_WRITTEN = (
    ["meet", "Aya Sato", "--as", "mentor", "--on", "2026-11-01", "--topic", "reading",
     "--summary", "Chose a book", "--notes", "Was tired", "--action", "Send the list due:+3d",
     "--their-action", "Read it due:2026-11-10", "--advice", "Read every morning",
     "--question", "And then?", "--insight", "Mornings are best", "--next", "+2w"],
    ["pair", "start", "Ayako Mori", "--as", "mentee", "--alias", "ken", "--on", "2026-11-15"],
    ["ask", "ken", "How do I lead?"],
    ["action", "add", "ken", "Write to her due:2026-12-01"],
    ["action", "done", "a1", "--outcome", "It was sent"],
)  # fmt: skip


@pytest.fixture(scope="session")
def written_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that commands have written.

    p1 Aya Sato (I mentor): m1, a1 done, a2 hers and overdue, a3 advice, q1, i1. p2 Ayako Mori, called
    ken (I am the mentee): q2, a4.
    """
    program = Program(tmp_path_factory.mktemp("written"))
    for words in _WRITTEN:
        program.ok(*words)
    return program.journal


@pytest.fixture
def written(mentorlog: Program, written_journal: Path) -> Program:
    """The program in a home of its own with a copy of that journal."""
    return mentorlog.holding(written_journal)


@pytest.fixture
def talk(mentorlog: Program) -> Iterator[Talking]:
    begun: list[Talk] = []

    def begin(*words: str, **environment: str) -> Talk:
        begun.append(Talk(mentorlog, *words, **environment))
        return begun[-1]

    yield begin
    for each in begun:
        each._terminal.close(force=True)  # noqa: SLF001  (the fixture owns it)
