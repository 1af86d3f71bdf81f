"""Copies of the journal: verified, private, whole whoever writes meanwhile; the oldest let go of."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.errors import JournalUnusable, OutputFailed
from mentorlog.storage import backups, file
from mentorlog.storage.journal import Journal

AT = datetime(2026, 11, 22, 9, 15, 7, tzinfo=UTC)
Rows = dict[str, list[tuple[Any, ...]]]


def rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as opened:
        names = ("pair", "meeting", "question", "writes", "changes")
        return {name: opened.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def back_up(journal: Journal, label: str = "label") -> backups.Copy:
    return backups.back_up(journal.connection, journal.path, label)


@pytest.fixture(params=[0o000, 0o077], ids=["umask 000", "umask 077"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def large(journal: Journal, aiko: Pair) -> Journal:
    """A journal of more than a hundred pages."""
    with journal.transaction("meet") as writing:
        for _each in range(200):
            writing.add(Meeting(pair=aiko.id, held_on=date(2026, 11, 22), notes="目標 " * 500))
    return journal


# A copy ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("umask")
def test_a_backup_has_every_row_and_only_its_owner_can_read_it(large: Journal) -> None:
    copy = back_up(large)

    assert copy.place == large.path.with_name("journal.db.backups") / "label.db"
    assert rows(copy.place) == rows(large.path)
    assert (copy.records, copy.size) == (201, copy.place.stat().st_size)
    assert (mode(copy.place), mode(copy.place.parent)) == (0o600, 0o700)
    assert [each.name for each in copy.place.parent.iterdir()] == ["label.db"]


@pytest.mark.usefixtures("umask")
def test_a_second_backup_of_the_same_label_gets_a_number_and_leaves_the_first(
    journal: Journal, aiko: Pair
) -> None:
    first = back_up(journal).place
    was = rows(first)
    with journal.transaction("pair start") as writing:
        writing.add(Pair(partner="Dan", my_role="mentee", started_on=date(2026, 11, 3)))

    later = [back_up(journal).place for _time in range(2)]

    folder = journal.path.with_name("journal.db.backups")
    assert [first, *later] == [folder / f"label{end}.db" for end in ("", "-2", "-3")]
    assert rows(first) == was
    assert [rows(each) for each in later] == [rows(journal.path)] * 2
    assert [mode(each) for each in (first, *later)] == [0o600] * 3


def test_others_wait_while_the_pages_are_copied_so_that_no_step_is_done_twice(
    large: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when the journal is not held: a write between two steps begins the copy anew."""
    monkeypatch.setattr(backups, "_STEP", 7)
    steps, said, announced = list[int](), list[str](), list[int]()

    @contextmanager
    def track(total: int) -> Iterator[Callable[[], object]]:
        announced.append(total)
        with closing(sqlite3.connect(large.path, timeout=0, isolation_level=None)) as other:

            def step() -> None:
                steps.append(len(other.execute("SELECT number FROM pair").fetchall()))
                try:
                    other.execute("UPDATE pair SET minutes = 50")
                except sqlite3.OperationalError as refused:
                    said.append(str(refused))

            yield step

    copy = backups.back_up(large.connection, large.path, "label", track)

    assert len(steps) == announced[0] > 20
    assert said == ["database is locked"] * len(steps)
    assert rows(copy.place) == rows(large.path)
    with closing(sqlite3.connect(large.path, timeout=0)) as other:
        other.execute("UPDATE pair SET minutes = 50")


def test_a_journal_that_does_not_verify_has_no_backup(journal: Journal, aiko: Pair) -> None:
    """Fails when `copied` does not look at what `integrity_check` says, or leaves the copy there."""
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as opened:
        opened.execute("PRAGMA ignore_check_constraints=ON")
        opened.execute("UPDATE pair SET my_role = 'stranger'")

    with pytest.raises(JournalUnusable) as caught:
        back_up(journal)

    assert (caught.value.reason, caught.value.path) == ("damaged", str(journal.path))
    assert list(journal.path.with_name("journal.db.backups").iterdir()) == []


def test_a_journal_whose_records_name_what_is_not_there_has_no_backup(
    journal: Journal, aiko: Pair
) -> None:
    """Fails when `copied` does not look at what `foreign_key_check` says."""
    with journal.transaction("meet") as writing:
        writing.add(Meeting(pair=aiko.id, held_on=date(2026, 11, 22)))
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as opened:
        opened.execute("DELETE FROM pair")

    with pytest.raises(JournalUnusable) as caught:
        back_up(journal)

    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE exports",
        "ALTER TABLE pair DROP COLUMN programme",
        "DROP TABLE search",
        "UPDATE search_config SET v = 99",
        "UPDATE pair SET partner = CAST(x'41ff' AS TEXT)",
        "UPDATE pair SET pauses = '[{]'",
    ],
)
def test_a_journal_of_which_something_is_missing_or_unreadable_has_no_backup(
    journal: Journal, aiko: Pair, damage: str
) -> None:
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as opened:
        opened.executescript(f"DROP VIEW pairs; {damage}; CREATE VIEW pairs AS SELECT * FROM pair")

    with pytest.raises(JournalUnusable) as caught:
        back_up(journal)

    assert caught.value.reason == "damaged"
    assert list(backups.folder_of(journal.path).iterdir()) == []


def lose_a_record(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as opened:
        opened.execute("DELETE FROM pair WHERE number = 2")


def cut_off(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-4096])


@pytest.mark.parametrize("lose", [lose_a_record, cut_off])
def test_a_copy_that_lacks_anything_is_no_backup(
    journal: Journal, aiko: Pair, ben: Pair, lose: Callable[[Path], None]
) -> None:
    """Fails when `copied` does not compare how much there is in the journal and in the copy."""

    @contextmanager
    def track(_total: int) -> Iterator[Callable[[], object]]:
        yield lambda: None
        (copy,) = backups.folder_of(journal.path).iterdir()
        lose(copy)

    with pytest.raises(JournalUnusable) as caught:
        backups.back_up(journal.connection, journal.path, "label", track)

    assert (caught.value.reason, caught.value.path) == ("damaged", str(journal.path))
    assert list(backups.folder_of(journal.path).iterdir()) == []


def overwrite(place: Path) -> None:
    place.write_bytes(b"Dear diary\n" * 900)


@pytest.mark.parametrize("damage", [overwrite, cut_off])
def test_a_journal_that_breaks_before_it_is_copied_is_named_and_not_the_copy(
    journal: Journal, aiko: Pair, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    copy = tmp_path / "copy.db"
    with closing(file.connected(journal.path)) as connection:
        connection.execute("BEGIN")  # so it is held by whoever asks for the copy
        damage(journal.path)

        with pytest.raises(JournalUnusable) as caught:
            backups.copied(connection, journal.path, copy, backups.untracked)

    assert (caught.value.reason, caught.value.path) == ("damaged", str(journal.path))


def test_a_copy_that_cannot_be_written_to_is_named_itself(
    journal: Journal, aiko: Pair, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nowhere" / "copy.db"

    with pytest.raises(JournalUnusable) as caught:
        backups.pour(journal.connection, journal.path, nowhere, backups.untracked)

    assert (caught.value.reason, caught.value.path) == ("cannot-open", str(nowhere))


def test_tables_of_somebody_elses_are_in_a_backup_whatever_their_names_are(
    journal: Journal, aiko: Pair
) -> None:
    with closing(sqlite3.connect(journal.path)) as opened:
        opened.executescript(
            'CREATE TABLE "my ""own"" table" (x); INSERT INTO "my ""own"" table" VALUES (1)'
        )

    copy = back_up(journal)

    assert copy.records == 1
    with closing(sqlite3.connect(copy.place)) as opened:
        assert opened.execute('SELECT x FROM "my ""own"" table"').fetchall() == [(1,)]


def test_a_journal_in_another_mode_is_one_file_as_a_backup(journal: Journal, aiko: Pair) -> None:
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")

    copy = back_up(journal)

    assert copy.place.read_bytes()[18:20] == b"\x01\x01"
    assert [each.name for each in copy.place.parent.iterdir()] == ["label.db"]


# Where it was asked for --------------------------------------------------------------------------


def test_a_file_that_is_there_is_only_written_over_with_force(
    journal: Journal, aiko: Pair, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    asked = (journal.connection, journal.path, target, backups.untracked)

    with pytest.raises(OutputFailed) as caught:
        backups.back_up_to(*asked, force=False)
    was = target.read_text()
    backups.back_up_to(*asked, force=True)

    assert (caught.value.detail, caught.value.exit_code, was) == ("exists", 73, "mine")
    assert caught.value.path == str(target)
    assert rows(target) == rows(journal.path)
    assert mode(target) == 0o600


def test_a_name_that_is_taken_meanwhile_is_not_written_over(
    journal: Journal, aiko: Pair, tmp_path: Path
) -> None:
    """Fails when the copy is renamed over whatever has its name."""
    target = tmp_path / "copy.db"

    @contextmanager
    def track(_total: int) -> Iterator[Callable[[], object]]:
        target.write_text("somebody else's")
        yield lambda: None

    with pytest.raises(OutputFailed) as caught:
        backups.back_up_to(journal.connection, journal.path, target, track, force=False)

    assert (caught.value.detail, caught.value.exit_code) == ("exists", 73)
    assert caught.value.path == str(target)
    assert target.read_text() == "somebody else's"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.db", "kept"]


def test_what_is_no_plain_file_is_not_written_over_even_with_force(
    journal: Journal, aiko: Pair, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(OutputFailed) as caught:
        backups.back_up_to(journal.connection, journal.path, pipe, backups.untracked, force=True)

    assert (caught.value.path, caught.value.detail, caught.value.exit_code) == (
        str(pipe), os.strerror(errno.EEXIST), 73
    )  # fmt: skip
    assert pipe.is_fifo()


def test_a_folder_of_backups_that_is_shut_is_named(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    with pytest.raises(JournalUnusable) as caught:
        backups.automatic(journal.path)

    assert caught.value.path == str(backups.folder_of(journal.path))
    assert (caught.value.reason, caught.value.exit_code) == ("folder-shut", 74)


# Those that are kept -----------------------------------------------------------------------------


@pytest.fixture
def folder(journal: Journal, aiko: Pair) -> Path:
    """Four automatic backups, each older than the one before it, a damaged journal, files of somebody else."""
    names = [
        "journal-2026-11-22-091507.db", "before-restore-2026-11-21-091507-2.db",
        "before-schema-4-from-3.db", "damaged-2026-11-20-000000.db", "journal-2026-11-19-235959-12.db",
    ]  # fmt: skip
    others = [
        "mine.db",
        "journal.db",
        "journal-2026-11-22-091507.db.txt",
        "xjournal-2026-11-22-091507.db",
    ]
    folder = backups.folder_of(journal.path)
    folder.mkdir()
    for place, name in enumerate([*names, *others]):
        (folder / name).write_text(name)
        os.utime(folder / name, (1_000_000 - place, 1_000_000 - place))
    return folder


def test_automatic_backups_are_told_by_their_names_newest_first(
    journal: Journal, folder: Path
) -> None:
    assert [each.name[:9] for each in backups.automatic(journal.path)] == [
        "journal-2", "before-re", "before-sc", "journal-2"
    ]  # fmt: skip


@pytest.mark.parametrize(("keep", "left"), [(4, 4), (3, 3), (1, 1), (9, 4)])
def test_the_oldest_go_and_never_a_file_of_somebody_else(
    journal: Journal, folder: Path, keep: int, left: int
) -> None:
    before = backups.automatic(journal.path)
    others = {each.name for each in folder.iterdir()} - {each.name for each in before}

    gone = backups.prune(journal.path, keep, {before[0]})

    assert backups.automatic(journal.path) == before[:left]
    assert sorted(gone) == sorted(before[left:])
    assert {each.name for each in folder.iterdir()} - {each.name for each in before} == others


def test_what_is_spared_stays_however_old_it_looks(journal: Journal, folder: Path) -> None:
    """Fails when the newest is told by its time alone: a clock may have been set back."""
    *_others, oldest = before = backups.automatic(journal.path)

    backups.prune(journal.path, 1, {oldest})

    assert backups.automatic(journal.path) == [oldest]
    assert len(before) == 4


def test_what_another_program_has_removed_meanwhile_is_removed(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def too_late(place: Path, missing_ok: bool = False) -> None:
        unlink(place)
        unlink(place, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", too_late)

    gone = backups.prune(journal.path, 1, set())

    assert len(gone) == 3
    assert not any(each.exists() for each in gone)


def test_what_is_kept_of_a_damaged_journal_goes_only_when_all_goes(
    journal: Journal, folder: Path
) -> None:
    """Fails when it is taken for a backup: it may be all there is of a journal."""
    damaged = folder / "damaged-2026-11-20-000000.db"
    beside = folder / "damaged-2026-11-20-000000.db-journal"
    beside.write_text("some of it")

    backups.prune(journal.path, 1, set())
    after_pruning = (damaged.exists(), beside.exists())
    gone = backups.remove_all(journal.path)

    assert after_pruning == (True, True)
    assert damaged in gone
    assert (damaged.exists(), beside.exists()) == (False, False)


def test_a_copy_that_gets_its_name_meanwhile_goes_with_all(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when the finished copies are listed while there are unfinished ones left to be finished."""
    unfinished, finished = folder / ".mentorlog-0.new", folder / "journal-2026-11-22-120000.db"
    unfinished.write_text("whole by now")
    listed = Path.iterdir

    def then_named(place: Path) -> Iterator[Path]:
        found = list(listed(place))
        if unfinished.exists():
            unfinished.rename(finished)
        return iter(found)

    monkeypatch.setattr(Path, "iterdir", then_named)

    backups.remove_all(journal.path)

    assert (unfinished.exists(), finished.exists()) == (False, False)


def test_names_say_the_day_and_the_time() -> None:
    assert backups.named("journal", AT) == "journal-2026-11-22-091507"


def test_the_records_in_a_journal_are_all_that_a_person_wrote(journal: Journal, aiko: Pair) -> None:
    with journal.transaction("ask") as writing:
        writing.add(Question(pair=aiko.id, text="q", asked_on=date(2026, 11, 22)))
    journal.undo()
    journal.redo()

    assert backups.records_in(journal.connection, journal.path) == 2


def test_the_records_of_an_older_journal_are_counted_without_the_kinds_it_had_not_yet() -> None:
    released = Path(__file__).parent / "journals" / "schema-1.db"
    with closing(file.connected(released)) as opened:
        tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_schema")}
        there = [
            opened.execute(f"SELECT count(*) FROM {kind}").fetchone()[0]
            for kind in KIND_NAMES.keys() & tables
        ]

        found = backups.records_in(opened, released)

    assert KIND_NAMES.keys() - tables
    assert found == sum(there) > 0


@pytest.mark.parametrize("is_there", [True, False])
def test_what_lies_beside_the_place_of_a_copy_never_comes_into_it(
    journal: Journal, aiko: Pair, tmp_path: Path, *, is_there: bool
) -> None:
    """Fails when a copy gets its name without a look at what SQLite has left beside that."""
    target = tmp_path / "copy.db"
    left = target.with_name("copy.db-journal")
    if is_there:
        target.write_bytes(b"of another program")
    left.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))

    with pytest.raises(OutputFailed):
        backups.back_up_to(journal.connection, journal.path, target, backups.untracked, force=False)
    backups.back_up_to(journal.connection, journal.path, target, backups.untracked, force=True)

    assert not left.exists()
    with closing(Journal(target)) as copy:
        assert copy.find(Pair) == [aiko]
