"""What makes a journal whole: its tables, with their columns, and its views; not what only speed depends on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import hookimpl
from sqlite_utils.plugins import pm

from mentorlog.domain.pair import Pair
from mentorlog.storage import file, soundness
from mentorlog.storage.journal import Journal


@pytest.fixture
def kept(journal: Journal, aiko: Pair) -> Iterator[sqlite3.Connection]:
    """A journal with a pair in it, opened as anybody may open it."""
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX pair_by_day",
        "DROP VIEW pairs; CREATE VIEW pairs AS SELECT uid FROM pair",
        'CREATE TABLE "my ""own"" table" (x); INSERT INTO "my ""own"" table" VALUES (1)',
    ],
)
def test_what_nothing_is_lost_by_is_no_damage(kept: sqlite3.Connection, change: str) -> None:
    kept.executescript(change)

    soundness.refuse_damaged(kept, Path("journal.db"))


def test_a_journal_that_another_program_holds_is_not_called_damaged(
    journal: Journal, aiko: Pair
) -> None:
    """Fails when whatever SQLite says is taken for damage: a whole journal would be replaced."""
    journal.close()
    with (
        closing(sqlite3.connect(journal.path, timeout=0)) as kept,
        closing(sqlite3.connect(journal.path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(sqlite3.OperationalError, match="locked"):
            soundness.refuse_damaged(kept, journal.path)


def test_what_extends_sqlite_utils_is_never_run() -> None:
    """Fails when a plugin of somebody's, made for other databases, is given one of ours."""
    given = list[object]()

    class Plugin:
        @hookimpl
        def prepare_connection(self, conn: sqlite3.Connection) -> None:
            given.append(conn)

    plugin = Plugin()
    pm.register(plugin)
    try:
        soundness.layout_of(file.SCHEMA_VERSION)
        file.blank().close()
    finally:
        pm.unregister(plugin)

    assert given == []


def test_to_know_what_a_journal_is_made_of_leaves_no_file_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    soundness.layout_of(file.SCHEMA_VERSION)

    assert list(tmp_path.iterdir()) == []
