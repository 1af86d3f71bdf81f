"""Whether there is a journal at a place: each answer with what it speaks of and what to do next."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mentorlog.storage import backups, file
from mentorlog.storage.doctor.check import OK, PROBLEM, SALVAGE, WARNING, Check
from mentorlog.storage.doctor.presence import presence

if TYPE_CHECKING:
    from pathlib import Path

    from mentorlog.domain.pair import Pair
    from mentorlog.storage.journal import Journal

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def kept(journal: Journal, aiko: Pair) -> Path:
    """A journal at rest, with a pair in it."""
    journal.close()
    return journal.path


@pytest.fixture
def backed_up(journal: Journal, aiko: Pair) -> Path:
    """The same with a backup of it."""
    backups.back_up(journal.connection, journal.path, backups.named("journal", AT))
    journal.close()
    return journal.path


def way_back(path: Path) -> str:
    (backup,) = backups.automatic(path)
    return f"mentorlog restore {backup.name}"


def test_a_journal_is_there(kept: Path) -> None:
    assert presence(kept) == Check("journal", OK, OK, {"path": str(kept)})


@pytest.mark.parametrize(
    ("version", "state", "found"),
    [(file.SCHEMA_VERSION + 1, PROBLEM, "newer"), (file.SCHEMA_VERSION - 1, OK, "older")],
)
def test_a_journal_of_another_schema_is_there_with_its_version(
    kept: Path, version: int, state: str, found: str
) -> None:
    with closing(sqlite3.connect(kept)) as opened:
        opened.execute(f"PRAGMA user_version={version}")

    values = {"path": str(kept), "version": version}
    assert presence(kept) == Check("journal", state, found, values)


def test_nothing_is_there_or_nothing_yet(tmp_path: Path) -> None:
    place = tmp_path / "journal.db"
    values = {"path": str(place)}

    before = presence(place)
    place.touch()

    assert before == Check("journal", WARNING, "missing", values, "mentorlog config list")
    assert presence(place) == Check("journal", WARNING, "empty", values, "mentorlog config list")


def test_what_is_gone_or_empty_and_has_backups_leads_to_the_newest(backed_up: Path) -> None:
    values, command = {"path": str(backed_up)}, way_back(backed_up)
    backed_up.write_bytes(b"")

    emptied = presence(backed_up)
    backed_up.unlink()

    assert emptied == Check("journal", PROBLEM, "empty-with-backups", values, command)
    assert presence(backed_up) == Check("journal", PROBLEM, "missing-with-backups", values, command)


def test_something_else_is_there(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("My thesis, all of it.\n" * 900)

    assert presence(other) == Check("journal", PROBLEM, "foreign", {"path": str(other)})


def test_something_else_where_there_are_backups_leads_to_the_newest(backed_up: Path) -> None:
    backed_up.write_text("My thesis, all of it.\n" * 900)

    values, command = {"path": str(backed_up)}, way_back(backed_up)
    assert presence(backed_up) == Check("journal", PROBLEM, "foreign-with-backups", values, command)


def test_a_database_of_another_program_is_never_led_away_from(backed_up: Path) -> None:
    backed_up.unlink()
    with closing(sqlite3.connect(backed_up)) as opened:
        opened.execute("CREATE TABLE theirs (it TEXT)")

    assert presence(backed_up) == Check("journal", PROBLEM, "foreign", {"path": str(backed_up)})


@pytest.mark.parametrize(
    ("at", "byte"), [(0, b"X"), (18, b"\x07"), (68, b"\x00\x00\x00\x00")], ids=str
)
def test_a_journal_whose_beginning_is_damaged_can_be_salvaged(
    kept: Path, at: int, byte: bytes
) -> None:
    with kept.open("r+b") as opened:
        opened.seek(at)
        opened.write(byte)

    assert presence(kept) == Check("journal", PROBLEM, "damaged", {"path": str(kept)}, SALVAGE)


def test_what_cannot_be_looked_at_is_said_with_the_reason(kept: Path) -> None:
    second = kept.with_name("second.db")
    os.link(kept, second)
    folder = kept.with_name("folder")
    folder.mkdir()

    for place, reason in ((second, "hard-linked"), (folder, "not-a-file")):
        values = {"path": str(place), "detail": ""}
        assert presence(place) == Check("journal", PROBLEM, reason, values)
