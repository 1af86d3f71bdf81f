"""What SQLite and the disk say when they are in the way: one refusal each, with the place and the reason."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.errors import (
    BackupUnusable,
    JournalBusy,
    JournalUnusable,
    MentorlogError,
    NotPossible,
    OutputFailed,
    RecordNotFound,
)
from mentorlog.storage import backups, file, forgetting, placing, restoring
from mentorlog.storage.journal import Journal

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLACE = Path("/kept/journal.db")
SAID = "what SQLite says"
FULL = os.strerror(errno.ENOSPC)


def refusal(code: int | None) -> MentorlogError:
    """Return what a failure with one of SQLite's codes is called."""
    failure = sqlite3.OperationalError(SAID)
    if code is not None:
        failure.sqlite_errorcode = code
    with pytest.raises(MentorlogError) as refused, file.failures_named(PLACE):
        raise failure
    assert refused.value.__cause__ is failure
    return refused.value


@pytest.mark.parametrize(
    ("code", "reason", "detail", "exit_code"),
    [
        (sqlite3.SQLITE_NOTADB, "foreign", "", 1),
        (sqlite3.SQLITE_CORRUPT, "damaged", "", 1),
        (sqlite3.SQLITE_CORRUPT_INDEX, "damaged", "", 1),
        (sqlite3.SQLITE_FULL, "disk-failed", SAID, 74),
        (sqlite3.SQLITE_IOERR, "disk-failed", SAID, 74),
        (sqlite3.SQLITE_IOERR_FSYNC, "disk-failed", SAID, 74),
        (sqlite3.SQLITE_READONLY, "read-only", SAID, 73),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "read-only", SAID, 73),
        (sqlite3.SQLITE_PERM, "read-only", SAID, 73),
        (sqlite3.SQLITE_CANTOPEN, "cannot-open", SAID, 73),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "cannot-open", SAID, 73),
        (sqlite3.SQLITE_IOERR_DIR_FSYNC, "perhaps-kept", SAID, 74),
    ],
)
def test_each_of_sqlites_codes_has_its_refusal(
    code: int, reason: str, detail: str, exit_code: int
) -> None:
    refused = refusal(code)

    assert isinstance(refused, JournalUnusable)
    assert (refused.reason, refused.path, refused.detail, refused.exit_code) == (
        reason, str(PLACE), detail, exit_code
    )  # fmt: skip


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, 261])
def test_a_journal_that_another_program_holds_is_busy(code: int) -> None:
    refused = refusal(code)

    assert isinstance(refused, JournalBusy)
    assert refused.path == str(PLACE)


@pytest.mark.parametrize("code", [None, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT_CHECK])
def test_what_is_a_fault_of_ours_is_called_nothing_else(code: int | None) -> None:
    failure = sqlite3.OperationalError(SAID)
    if code is not None:
        failure.sqlite_errorcode = code

    with pytest.raises(sqlite3.OperationalError) as raised, file.failures_named(PLACE):
        raise failure

    assert raised.value is failure


def test_a_refusal_of_ours_goes_through_as_it_is() -> None:
    refused = NotPossible("record-damaged", "p1")

    with pytest.raises(NotPossible) as raised, file.failures_named(PLACE):
        raise refused

    assert raised.value is refused


# The disk ----------------------------------------------------------------------------------------


def fail(*_given: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, FULL)


def of_the_disk(call: Callable[[], object]) -> tuple[str, str, str, int]:
    with pytest.raises(JournalUnusable) as refused:
        call()
    found = refused.value
    return found.reason, found.path, found.detail, found.exit_code


def test_a_journal_that_cannot_be_made_names_itself_and_its_folder_where_that_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kept" / "journal.db"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", fail)
        of_folder = of_the_disk(lambda: file.made(place))
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", fail)
        (tmp_path / "kept").mkdir()
        of_file = of_the_disk(lambda: file.made(place))

    assert of_folder == ("cannot-make", str(place.parent), FULL, 73)
    assert of_file == ("cannot-make", str(place), FULL, 73)


def test_a_journal_that_cannot_be_looked_at_says_why(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.close()
    monkeypatch.setattr(Path, "open", fail)

    assert of_the_disk(lambda: file.refuse_others(journal.path)) == (
        "unreadable", str(journal.path), FULL, 74
    )  # fmt: skip


def test_a_journal_that_its_owner_may_not_read_says_why(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, how: how != os.R_OK)

    assert of_the_disk(lambda: file.exists(journal.path)) == (
        "unreadable", str(journal.path), os.strerror(errno.EACCES), 74
    )  # fmt: skip


def test_a_journal_that_goes_before_it_is_opened_is_named(tmp_path: Path) -> None:
    place = tmp_path / "journal.db"

    found = of_the_disk(lambda: file.connected(place))

    assert (found[0], found[1], found[3]) == ("cannot-open", str(place), 73)


def test_a_journal_that_is_not_even_found_out_about_says_why(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "stat", fail)

    assert of_the_disk(lambda: file.exists(journal.path)) == (
        "unreadable", str(journal.path), FULL, 74
    )  # fmt: skip


def test_a_backup_that_cannot_be_begun_or_named_names_its_place(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = backups.folder_of(journal.path)
    connection = journal.connection

    def back_up() -> object:
        return backups.back_up(connection, journal.path, "journal-x")

    with monkeypatch.context() as patched:
        patched.setattr(placing, "make_private", fail)
        begun = of_the_disk(back_up)
    with monkeypatch.context() as patched:
        patched.setattr(placing, "put_in_place", fail)
        named = of_the_disk(back_up)

    assert begun == ("cannot-make", str(folder / "journal-x"), FULL, 73)
    assert named == ("cannot-make", str(folder / "journal-x.db"), FULL, 73)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("broken", "code"), [("make_private", 73), ("put_in_place", 74)])
def test_a_backup_elsewhere_that_fails_names_what_was_asked_for(
    journal: Journal,
    aiko: Pair,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    code: int,
) -> None:
    target = tmp_path / "copy.db"
    monkeypatch.setattr(placing, broken, fail)

    with pytest.raises(OutputFailed) as refused:
        backups.back_up_to(journal.connection, journal.path, target, backups.untracked, force=False)

    assert (refused.value.path, refused.value.detail, refused.value.exit_code) == (
        str(target), FULL, code
    )  # fmt: skip
    assert not target.exists()


def test_a_backup_that_cannot_be_removed_is_named(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = backups.back_up(journal.connection, journal.path, backups.named("journal", AT)).place
    monkeypatch.setattr(Path, "unlink", fail)

    removals: list[Callable[[], object]] = [
        lambda: backups.prune(journal.path, 0, []),
        lambda: backups.remove_all(journal.path),
    ]
    for remove in removals:
        with pytest.raises(OutputFailed) as refused:
            remove()

        assert (refused.value.path, refused.value.detail) == (str(kept), FULL)


def test_a_folder_of_backups_that_is_shut_says_why(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "iterdir", fail)

    assert of_the_disk(lambda: backups.automatic(journal.path)) == (
        "folder-shut", str(backups.folder_of(journal.path)), FULL, 74
    )  # fmt: skip


def test_a_journal_that_sqlite_cannot_read_and_that_cannot_be_replaced_is_named(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = backups.back_up(journal.connection, journal.path, backups.named("journal", AT)).place
    journal.close()
    journal.path.write_bytes(b"\xee" * 8192)
    monkeypatch.setattr(Path, "replace", fail)

    with closing(restoring.opened(place, journal.path)) as backup:
        found = of_the_disk(lambda: restoring.put_back(backup, journal.path, AT, backups.untracked))

    assert found == ("disk-failed", str(journal.path), FULL, 74)
    assert journal.path.read_bytes() == b"\xee" * 8192


def damaged(journal: Journal) -> tuple[Path, Path]:
    """Damage a journal; return its backup, and what another program has left beside it."""
    place = backups.back_up(journal.connection, journal.path, backups.named("journal", AT)).place
    journal.close()
    journal.path.write_bytes(b"\xee" * 8192)
    beside = journal.path.with_name(f"{journal.path.name}-wal")
    beside.write_bytes(b"some of it")
    return place, beside


def test_what_stands_beside_such_a_journal_and_cannot_be_removed_leaves_it_as_it_is(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, beside = damaged(journal)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == beside:
            raise OSError(errno.ENOSPC, FULL)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)

    with closing(restoring.opened(place, journal.path)) as backup:
        found = of_the_disk(lambda: restoring.put_back(backup, journal.path, AT, backups.untracked))

    assert found == ("disk-failed", str(journal.path), FULL, 74)
    assert journal.path.read_bytes() == b"\xee" * 8192


def test_nothing_that_sqlite_keeps_beside_a_journal_stays_beside_the_one_in_its_place(
    journal: Journal, aiko: Pair
) -> None:
    place = backups.back_up(journal.connection, journal.path, backups.named("journal", AT)).place
    journal.close()
    journal.path.write_bytes(b"\xee" * 8192)
    for suffix in ("-journal", "-wal", "-shm"):
        journal.path.with_name(f"{journal.path.name}{suffix}").write_bytes(b"some of it")

    with closing(restoring.opened(place, journal.path)) as backup:
        kept = restoring.put_back(backup, journal.path, AT, backups.untracked)

    assert kept is not None
    assert kept.is_whole is False
    assert [each.name for each in journal.path.parent.iterdir() if each.is_file()] == [
        journal.path.name
    ]
    assert Journal(journal.path).find(Pair) == [aiko]


def test_what_goes_from_beside_a_journal_meanwhile_does_not_keep_it_from_being_replaced(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, beside = damaged(journal)
    unlink = Path.unlink

    def too_late(path: Path, missing_ok: bool = False) -> None:
        if path == beside:
            unlink(path)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", too_late)

    with closing(restoring.opened(place, journal.path)) as backup:
        restoring.put_back(backup, journal.path, AT, backups.untracked)

    assert Journal(journal.path).find(Pair) == [aiko]


def test_a_copy_of_a_backup_that_lacks_a_record_does_not_take_the_journals_place(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    place = backups.back_up(journal.connection, journal.path, backups.named("journal", AT)).place
    journal.close()
    journal.path.write_bytes(b"\xee" * 8192)

    @contextmanager
    def track(_steps: int) -> Iterator[Callable[[], object]]:
        begun = placing.cut_off(journal.path.parent)
        (copy,) = (each for each in begun if not each.stat().st_size)
        yield lambda: None
        with closing(sqlite3.connect(copy, isolation_level=None)) as opened:
            opened.execute("DELETE FROM pair WHERE number = 2")

    with closing(restoring.opened(place, journal.path)) as backup:
        found = of_the_disk(lambda: restoring.put_back(backup, journal.path, AT, track))

    assert found == ("damaged", str(journal.path), "", 1)
    assert journal.path.read_bytes() == b"\xee" * 8192


def test_a_backup_that_is_not_there_is_named_as_it_was_typed(journal: Journal) -> None:
    with pytest.raises(BackupUnusable) as refused:
        restoring.found(journal.path, "nothing.db")

    assert refused.value.path == "nothing.db"


def test_what_has_no_use_any_more_is_removed_where_the_disk_lets_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "x"
    place.touch()

    placing.clear_away(place)
    placing.clear_away(place)
    gone = not place.exists()
    place.touch()
    monkeypatch.setattr(Path, "unlink", fail)
    placing.clear_away(place)

    assert (gone, place.exists()) == (True, True)


@pytest.mark.parametrize("holds", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_journal_that_another_program_holds_is_named_by_whatever_wants_to_write(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch, holds: str
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)
    place = backups.back_up(journal.connection, journal.path, backups.named("journal", AT)).place
    journal.close()
    writes: list[Callable[[sqlite3.Connection], object]] = [
        lambda backup: restoring.put_back(backup, journal.path, AT, backups.untracked),
        lambda _backup: journal.undo(),
        lambda _backup: forgetting.finish(journal, AT),
    ]

    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute(holds)
        for write in writes:
            with closing(restoring.opened(place, journal.path)) as backup:
                with pytest.raises(JournalBusy) as refused:
                    write(backup)
                assert refused.value.path == str(journal.path)


def test_a_journal_that_another_program_reads_cannot_be_cleared_of_what_was_forgotten(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The free pages go with VACUUM, which has to have the file to itself."""
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM pair").fetchall()

        with pytest.raises(JournalBusy) as refused:
            forgetting.finish(journal, AT)

    assert refused.value.path == str(journal.path)


def test_a_journal_that_another_program_begins_to_read_when_it_is_cleared_is_named(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:

        def read_when(said: str) -> None:
            if said == "VACUUM":
                other.execute("BEGIN")
                other.execute("SELECT * FROM pair").fetchall()

        journal.connection.set_trace_callback(read_when)

        with pytest.raises(JournalBusy) as refused:
            forgetting.finish(journal, AT)

        assert other.in_transaction
    assert refused.value.path == str(journal.path)


def of_a_backup(call: Callable[[], object]) -> tuple[str, str, str, int]:
    with pytest.raises(BackupUnusable) as refused:
        call()
    found = refused.value
    return found.reason, found.path, found.detail, found.exit_code


def test_a_backup_that_cannot_be_read_says_why(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = backups.back_up(journal.connection, journal.path, "journal-x").place

    def cannot_open(*_given: object, **_more: object) -> None:
        failure = sqlite3.OperationalError(SAID)
        failure.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise failure

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", fail)
        of_the_system = of_a_backup(lambda: restoring.opened(place, journal.path))
    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", cannot_open)
        of_sqlite = of_a_backup(lambda: restoring.opened(place, journal.path))

    assert of_the_system == ("unreadable", str(place), FULL, 74)
    assert of_sqlite == ("unreadable", str(place), SAID, 74)


def test_a_backup_that_another_program_holds_is_named(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)
    place = backups.back_up(journal.connection, journal.path, "journal-x").place

    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(JournalBusy) as refused:
            restoring.opened(place, journal.path)

    assert refused.value.path == str(place)


def test_a_backup_that_is_of_another_making_or_no_file_of_its_own_is_named(
    journal: Journal, aiko: Pair
) -> None:
    place = backups.back_up(journal.connection, journal.path, "journal-x").place
    with closing(sqlite3.connect(place)) as other:
        other.execute("ALTER TABLE pair RENAME TO couple")

    found = [
        of_a_backup(lambda path=path: restoring.opened(path, journal.path))  # type: ignore[misc]
        for path in (place, journal.path, place.parent)
    ]

    assert [each[:2] for each in found[1:]] == [
        ("itself", str(journal.path)), ("not-a-file", str(place.parent))
    ]  # fmt: skip
    assert found[0][1] == str(place)


def test_a_copy_is_told_with_its_place_its_size_and_its_records(
    journal: Journal, aiko: Pair, ben: Pair, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"

    copy = backups.back_up_to(
        journal.connection, journal.path, target, backups.untracked, force=False
    )

    assert copy == (target, target.stat().st_size, 2)
    assert target.stat().st_size > 0


@pytest.mark.parametrize("sign", [b" ", b"\n", b"\t", b"X"])
def test_a_file_of_one_sign_is_no_journal_that_has_not_begun(tmp_path: Path, sign: bytes) -> None:
    place = tmp_path / "journal.db"
    place.write_bytes(sign * 4096)

    assert of_the_disk(lambda: Journal(place).find(Pair)) == ("foreign", str(place), "", 1)
    assert place.read_bytes() == sign * 4096


def test_a_damaged_journal_is_named_by_who_would_back_it_up(
    journal: Journal, aiko: Pair, tmp_path: Path
) -> None:
    journal.close()
    with journal.path.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xee" * (journal.path.stat().st_size - 4096))

    with closing(file.connected(journal.path)) as connection:
        found = of_the_disk(lambda: backups.back_up(connection, journal.path, "journal-x"))
        elsewhere = of_the_disk(
            lambda: backups.back_up_to(
                connection, journal.path, tmp_path / "copy.db", backups.untracked, force=False
            )
        )

    assert found == elsewhere == ("damaged", str(journal.path), "", 1)
    assert list(backups.folder_of(journal.path).iterdir()) == []
    assert not (tmp_path / "copy.db").exists()


def test_a_record_that_would_go_to_another_pair_is_named(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("ask") as writing:
        asked = writing.add(Question(pair=aiko.id, text="x", asked_on=AT.date()))

    with pytest.raises(NotPossible) as moved, journal.transaction("edit") as writing:
        writing.change(asked.with_changes(pair=ben.id))
    with pytest.raises(RecordNotFound) as nowhere, journal.transaction("ask") as writing:
        writing.add(Question(pair="p9", text="x", asked_on=AT.date()))

    assert (moved.value.reason, moved.value.record, moved.value.words) == (
        "of-another-pair", asked.id, {"pair": aiko.id}
    )  # fmt: skip
    assert (nowhere.value.kind, nowhere.value.ref) == ("pair", "p9")
