"""Restoring: what will not do is refused untouched; the present is kept; nobody's write is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.errors import BackupUnusable, JournalBusy, JournalUnusable
from mentorlog.storage import backups, file, restoring, search_index
from mentorlog.storage.journal import Journal

AT = datetime(2026, 11, 22, 9, 15, 7, tzinfo=UTC)


def restore(
    journal: Path, backup: Path, track: backups.Track = backups.untracked
) -> restoring.Kept | None:
    with closing(restoring.opened(backup, journal)) as opened:
        return restoring.put_back(opened, journal, AT, track)


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [row[0] for row in opened.execute("SELECT partner FROM pair ORDER BY number")]


def start(journal: Journal, name: str) -> None:
    with journal.transaction("pair start") as writing:
        writing.add(Pair(partner=name, my_role="mentor", started_on=date(2026, 11, 22)))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture
def backup(journal: Journal, aiko: Pair, tmp_path: Path) -> Path:
    """A backup of a journal that knew Aiko alone; by now it knows Ben too."""
    target = tmp_path / "elsewhere" / "backup.db"
    target.parent.mkdir()
    backups.back_up_to(journal.connection, journal.path, target, backups.untracked, force=False)
    start(journal, "Ben")
    journal.close()
    return target


# Put back ----------------------------------------------------------------------------------------


def test_the_backup_takes_the_place_of_the_journal_which_is_kept(
    journal: Journal, backup: Path
) -> None:
    before = backup.read_bytes()

    kept = restore(journal.path, backup)

    assert names(journal.path) == ["Aiko"]
    assert kept is not None
    assert kept.is_whole
    assert kept.place == backups.folder_of(journal.path) / "before-restore-2026-11-22-091507.db"
    assert names(kept.place) == ["Aiko", "Ben"]
    assert [stat.S_IMODE(each.stat().st_mode) for each in (journal.path, kept.place)] == [0o600] * 2
    assert backup.read_bytes() == before
    assert [each.name for each in backup.parent.iterdir()] == ["backup.db"]
    assert sorted(each.name for each in journal.path.parent.iterdir()) == [
        "journal.db", "journal.db.backups"
    ]  # fmt: skip


def test_what_was_kept_can_be_restored_in_its_turn(journal: Journal, backup: Path) -> None:
    kept = restore(journal.path, backup)
    assert kept is not None

    restore(journal.path, kept.place)

    assert names(journal.path) == ["Aiko", "Ben"]


def test_a_program_that_has_the_journal_open_goes_on_with_the_restored_one(
    journal: Journal, backup: Path
) -> None:
    """Fails when the journal is replaced as a file: what is written next goes to the one that is gone."""
    before = [pair.partner for pair in journal.find(Pair)]

    restore(journal.path, backup)
    after = [pair.partner for pair in journal.find(Pair)]
    start(journal, "Chika")

    assert (before, after) == (["Aiko", "Ben"], ["Aiko"])
    assert names(journal.path) == ["Aiko", "Chika"]


def test_nothing_can_be_written_between_what_is_kept_and_what_is_restored(
    journal: Journal, backup: Path
) -> None:
    """Fails when the lock is let go of once the present journal is kept: that write would be in neither."""
    said = []

    @contextmanager
    def track(_steps: int) -> Iterator[Callable[[], object]]:
        with closing(sqlite3.connect(journal.path, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("UPDATE pair SET minutes = 50")
            except sqlite3.OperationalError as refused:
                said.append(str(refused))
        yield lambda: None

    restore(journal.path, backup, track)

    assert said == ["database is locked"]


def test_a_journal_that_another_program_holds_is_left_alone(
    journal: Journal, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE pair SET minutes = 50")

        with pytest.raises(JournalBusy):
            restore(journal.path, backup)

        other.execute("COMMIT")
    assert names(journal.path) == ["Aiko", "Ben"]


@pytest.mark.parametrize("is_empty", [True, False])
def test_where_there_is_no_journal_one_is_made(
    journal: Journal, backup: Path, tmp_path: Path, is_empty: bool
) -> None:
    place = tmp_path / "new" / "journal.db"
    if is_empty:
        place.parent.mkdir()
        place.touch(0o644)

    kept = restore(place, backup)

    assert kept is None
    assert names(place) == ["Aiko"]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.parametrize("version", range(1, file.SCHEMA_VERSION))
def test_a_backup_of_an_older_schema_is_restored_and_then_migrated_as_any(
    journal: Journal, backup: Path, version: int
) -> None:
    released = Path(__file__).parent / "journals" / f"schema-{version}.db"

    restore(journal.path, released)
    found = len(journal.find(Pair))

    assert found == len(names(released))
    assert (
        backups.folder_of(journal.path) / f"before-schema-{file.SCHEMA_VERSION}-from-{version}.db"
    ).exists()


def test_a_journal_with_a_trigger_is_replaced_without_running_it(
    journal: Journal, backup: Path
) -> None:
    with closing(sqlite3.connect(journal.path)) as opened:
        opened.executescript("CREATE TRIGGER t DELETE ON pair BEGIN SELECT RAISE(FAIL, 'ran'); END")

    kept = restore(journal.path, backup)
    start(journal, "Chika")

    assert kept is not None
    assert names(journal.path) == ["Aiko", "Chika"]


# The present is damaged --------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["text", "first page", "a page", "cut off"])
def test_a_damaged_journal_is_kept_as_it_is_and_replaced(
    journal: Journal, backup: Path, damage: str
) -> None:
    if (
        damage == "text"
    ):  # nothing in the file says that it was a journal; our folder beside it does
        backups.back_up(journal.connection, journal.path, backups.named("journal", AT))
    content = bytearray(journal.path.read_bytes())
    match damage:
        case "text":
            content[:] = b"no database at all\n" * 100
        case "first page":
            content[20:4096] = os.urandom(4076)
            content[68:72] = b"MLOG"
            content[60:64] = (4).to_bytes(4, "big")
        case "a page":
            content[8192:] = b"\xee" * (len(content) - 8192)
        case "cut off":
            del content[len(content) // 2 :]
    journal.path.write_bytes(content)

    kept = restore(journal.path, backup)

    assert names(journal.path) == ["Aiko"]
    assert kept is not None
    assert not kept.is_whole
    assert kept.place.name.startswith("damaged-2026-11-22-091507")
    assert stat.S_IMODE(kept.place.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert content[8192:] in kept.place.read_bytes()


def test_what_sqlite_kept_beside_a_damaged_journal_is_not_taken_for_the_new_ones(
    journal: Journal, backup: Path
) -> None:
    """Fails when the rollback journal stays: the next reader would roll it back over what was restored."""
    backups.back_up(journal.connection, journal.path, backups.named("journal", AT))
    beside = journal.path.with_name("journal.db-journal")
    journal.path.write_bytes(b"no database" * 1000)
    beside.write_bytes(b"some of it")

    kept = restore(journal.path, backup)

    assert kept is not None
    assert not beside.exists()
    assert kept.place.with_name(f"{kept.place.name}-journal").read_bytes() == b"some of it"
    assert names(journal.path) == ["Aiko"]


@pytest.mark.parametrize("begins", [b"My thesis, all of it. ", bytes(100) + b"My thesis"])
@pytest.mark.parametrize("stands_beside", [None, "mine.db"])
def test_a_file_that_was_never_a_journal_is_never_replaced(
    backup: Path, tmp_path: Path, begins: bytes, stands_beside: str | None
) -> None:
    """Fails when whatever SQLite cannot read is taken for a damaged journal."""
    thesis = tmp_path / "study" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_bytes(begins * 900)
    thesis.chmod(0o644)
    if stands_beside:
        backups.folder_of(thesis).mkdir()
        (backups.folder_of(thesis) / stands_beside).touch()
    before = contents(thesis.parent)

    with pytest.raises(JournalUnusable) as caught:
        restore(thesis, backup)

    assert (caught.value.reason, caught.value.path) == ("foreign", str(thesis))
    assert contents(thesis.parent) == before
    assert stat.S_IMODE(thesis.stat().st_mode) == 0o644


def test_a_journal_that_begins_as_none_but_has_our_mark_is_replaced(
    journal: Journal, backup: Path
) -> None:
    content = journal.path.read_bytes()
    journal.path.write_bytes(b"\xee" * 16 + content[16:])

    kept = restore(journal.path, backup)

    assert kept is not None
    assert not kept.is_whole
    assert names(journal.path) == ["Aiko"]


@pytest.mark.parametrize("whose", ["foreign", "newer"])
def test_a_present_file_of_somebody_else_is_never_replaced(
    journal: Journal, backup: Path, whose: str
) -> None:
    if whose == "foreign":  # with nothing of ours in it
        journal.path.unlink()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE mine (x)")
        opened.execute(
            "PRAGMA application_id=1" if whose == "foreign" else "PRAGMA user_version=99"
        )
    before = contents(journal.path.parent)

    with pytest.raises(JournalUnusable) as caught:
        restore(journal.path, backup)

    assert caught.value.reason == whose
    assert contents(journal.path.parent) == before


def test_a_journal_whose_search_index_is_broken_is_kept_as_it_is_and_replaced(
    journal: Journal, backup: Path
) -> None:
    change(journal.path, "UPDATE search_config SET v = 99")

    kept = restore(journal.path, backup)

    assert kept is not None
    assert kept.is_whole is False
    assert kept.place == backups.folder_of(journal.path) / "damaged-2026-11-22-091507.db"
    assert (names(kept.place), names(journal.path)) == (["Aiko", "Ben"], ["Aiko"])
    with closing(file.connected(journal.path)) as opened:
        assert search_index.agrees(opened)


# What is refused ---------------------------------------------------------------------------------


def change(backup: Path, script: str) -> None:
    with closing(sqlite3.connect(backup, isolation_level=None)) as opened:
        opened.executescript(script)


REFUSED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "text": ("foreign", lambda path: path.write_text("Dear diary\n" * 900)),
    "short": ("foreign", lambda path: path.write_bytes(b"SQLite")),
    "zeros": ("foreign", lambda path: path.write_bytes(bytes(8192))),
    "empty": ("empty", lambda path: path.write_bytes(b"")),
    "another program": ("foreign", lambda path: change(path, "PRAGMA application_id=1")),
    "no schema": ("foreign", lambda path: change(path, "PRAGMA user_version=0")),
    "newer": ("newer", lambda path: change(path, "PRAGMA user_version=99")),
    "cut off": ("damaged", lambda path: path.write_bytes(path.read_bytes()[:-8192])),
    "a page": (
        "damaged",
        lambda path: path.write_bytes(path.read_bytes()[:8192] + b"\xee" * 90000),
    ),
    "a check": (
        "damaged",
        lambda path: change(
            path, "PRAGMA ignore_check_constraints=ON; UPDATE pair SET my_role = 'x'"
        ),
    ),
    "a trigger": (
        "has-triggers",
        lambda path: change(
            path,
            "CREATE TABLE ran (x); CREATE TRIGGER t AFTER INSERT ON pair BEGIN INSERT INTO ran"
            " VALUES (1); END",
        ),
    ),
    "a table": ("has-others", lambda path: change(path, "CREATE TABLE mine (x)")),
    "an index": ("has-others", lambda path: change(path, "CREATE INDEX mine ON pair (partner)")),
    "another virtual table in the place of the index": (
        "has-others",
        lambda path: change(path, "DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5(x)"),
    ),
    "no table": ("damaged", lambda path: change(path, "DROP TABLE exports")),
    "no view": ("damaged", lambda path: change(path, "DROP VIEW meetings")),
    "no column": (
        "damaged",
        lambda path: change(path, "ALTER TABLE exports DROP COLUMN told"),
    ),
    "one column more": (
        "damaged",
        lambda path: change(path, "ALTER TABLE exports ADD COLUMN mine TEXT"),
    ),
    "no search index": ("damaged", lambda path: change(path, "DROP TABLE search")),
    "a search index without its words": (
        "damaged",
        lambda path: change(path, "DROP TABLE search_data"),
    ),
    "a search index of an unknown make": (
        "damaged",
        lambda path: change(path, "UPDATE search_config SET v = 99 WHERE k = 'version'"),
    ),
    "bytes that are not Unicode": (
        "damaged",
        lambda path: change(path, "UPDATE pair SET partner = CAST(x'41ff' AS TEXT)"),
    ),
    "bytes that are not Unicode in the log": (
        "damaged",
        lambda path: change(path, "UPDATE writes SET command = CAST(x'41ff' AS TEXT)"),
    ),
    "bytes that are not Unicode in the schema": (
        "damaged",
        lambda path: change(
            path,
            "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = CAST(CAST(sql || ' /*' AS BLOB)"
            " || x'ff' || CAST('*/' AS BLOB) AS TEXT) WHERE name = 'exports'",
        ),
    ),
    "a list that is none": (
        "damaged",
        lambda path: change(path, "UPDATE pair SET pauses = '[{]'"),
    ),
    "a view": ("has-others", lambda path: change(path, "CREATE VIEW mine AS SELECT 1")),
    "a view for a table": (
        "has-others",
        lambda path: change(path, "DROP TABLE exports; CREATE VIEW exports AS SELECT 1"),
    ),
    "a virtual table": (
        "has-others",
        lambda path: change(
            path, "DROP TABLE exports; CREATE VIRTUAL TABLE exports USING fts5(x, content='')"
        ),
    ),
    "nothing in it": (
        "foreign",
        lambda path: change(
            path,
            "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema; PRAGMA writable_schema=OFF; VACUUM",
        ),
    ),
    "a write cut off": (
        "unfinished",
        lambda path: path.with_name("backup.db-journal").write_bytes(b"x" * 600),
    ),
    "a log beside it": (
        "unfinished",
        lambda path: path.with_name("backup.db-wal").write_bytes(b"x" * 600),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_will_not_do_is_refused_and_neither_file_is_changed(
    journal: Journal, backup: Path, what: str
) -> None:
    reason, make = REFUSED[what]
    make(backup)
    before = (contents(journal.path.parent), contents(backup.parent))

    with pytest.raises(BackupUnusable) as caught:
        restore(journal.path, backup)

    assert (caught.value.reason, caught.value.exit_code) == (reason, 65)
    assert caught.value.path == str(backup)
    assert (contents(journal.path.parent), contents(backup.parent)) == before


def test_what_is_not_ours_is_refused_before_all_of_the_file_is_read(
    journal: Journal, backup: Path
) -> None:
    """Fails when damage is looked for first: to read an index of others may take for ever."""
    change(
        backup,
        "CREATE INDEX mine ON pair (length(partner)); PRAGMA ignore_check_constraints=ON;"
        "UPDATE pair SET my_role = 'x'",
    )

    with pytest.raises(BackupUnusable) as caught:
        restore(journal.path, backup)

    assert caught.value.reason == "has-others"


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM search_data WHERE id > 10",
        "UPDATE search_data SET block = x'00' WHERE id = 10",
        "INSERT INTO search (search) VALUES ('delete-all')",
    ],
)
def test_the_search_index_is_made_anew_whatever_the_backups_is_like(
    journal: Journal, backup: Path, damage: str
) -> None:
    change(backup, damage)

    restore(journal.path, backup)

    with closing(sqlite3.connect(journal.path, isolation_level=None)) as opened:
        opened.row_factory = sqlite3.Row
        assert search_index.agrees(opened)


def test_records_that_name_what_is_not_there_are_refused(journal: Journal, backup: Path) -> None:
    change(
        backup,
        "INSERT INTO question (uid, created_at, updated_at, pair, text, asked_on) VALUES"
        " (hex(randomblob(16)), '2026', '2026', 99, 'q', '2026-11-22')",
    )

    with pytest.raises(BackupUnusable) as caught:
        restore(journal.path, backup)

    assert caught.value.reason == "damaged"


def test_the_journal_itself_and_a_folder_are_refused(journal: Journal, backup: Path) -> None:
    link = backup.with_name("link.db")
    link.symlink_to(journal.path)

    reasons = []
    for place in (journal.path, restoring.found(journal.path, str(link)), backup.parent):
        with pytest.raises(BackupUnusable) as caught:
            restore(journal.path, place)
        reasons.append(caught.value.reason)

    assert reasons == ["itself", "itself", "not-a-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_a_backup_that_may_not_be_read_is_refused_with_that_reason(
    journal: Journal, backup: Path
) -> None:
    backup.chmod(0o000)

    with pytest.raises(BackupUnusable) as caught:
        restore(journal.path, backup)

    assert (caught.value.reason, caught.value.exit_code) == ("unreadable", 74)


def test_a_backup_in_another_mode_is_restored_and_leaves_no_side_file(
    journal: Journal, backup: Path
) -> None:
    """Fails when SQLite is let to make the files that this mode wants beside a backup."""
    change(backup, "PRAGMA journal_mode=WAL")

    restore(journal.path, backup)

    assert names(journal.path) == ["Aiko"]
    assert [each.name for each in backup.parent.iterdir()] == ["backup.db"]
    start(journal, "Chika")
    assert journal.path.read_bytes()[18:20] == b"\x01\x01"


# Which file is meant -----------------------------------------------------------------------------


def test_a_bare_name_is_that_of_an_automatic_backup_before_that_of_a_file_here(
    journal: Journal, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backups.back_up(journal.connection, journal.path, backups.named("journal", AT))
    monkeypatch.chdir(backup.parent)
    shutil.copy(backup, copy.place.name)

    found = [
        restoring.found(journal.path, typed)
        for typed in (copy.place.name, f"./{copy.place.name}", "backup.db", str(backup))
    ]

    assert found == [copy.place, backup.with_name(copy.place.name), backup, backup]


@pytest.mark.parametrize("typed", ["nothing.db", "no/where/x.db", "x" * 300, "a\x00b", "~nobody/x"])
def test_a_name_of_nothing_is_refused_with_the_newest_backup_there_is(
    journal: Journal, backup: Path, typed: str
) -> None:
    newest = []
    for _time in range(2):
        with pytest.raises(BackupUnusable) as caught:
            restoring.found(journal.path, typed)
        newest.append((caught.value.reason, caught.value.exit_code, caught.value.newest))
        backups.back_up(journal.connection, journal.path, backups.named("journal", AT))

    assert newest == [("missing", 1, ""), ("missing", 1, "journal-2026-11-22-091507.db")]
