"""What the contract tests share: a journal with something of everything in it."""

from __future__ import annotations

from pathlib import Path

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
    ["feedback", "receive", "ken", "You talk fast", "--will-change", "Pause more"],
    ["strength", "add", "Listening", "--evidence", "People come back"],
    ["assess", "ken", "--communication", "3", "--learning", "5"],
    ["goal", "set", "ken", "Lead a meeting", "--unit", "meetings", "--baseline", "0", "--target", "4",
     "--level", "-2=none", "--level", "-1=one", "--level", "0=four", "--level", "1=five",
     "--level", "2=all"],
    ["goal", "measure", "g1", "1.5", "--level", "-1"],
    ["goal", "revise", "g1", "--target", "5", "--because", "too few"],
    ["pair", "agree", "ken", "--confidentiality", "All of it", "--remarks", "He is shy"],
    ["review", "ken", "--on", "2026-11-15", "--conclusions", "It goes well", "--thoughts", "He is slow",
     "--pulse", "3", "--decision", "continue", "--share"],
    ["pair", "pause", "aya", "--on", "2027-01-10", "--until", "+2w"],
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
    return mentorlog.holding(written_journal)
