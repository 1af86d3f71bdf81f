"""Opening the journal safely: what is made, what is refused and left as it was, migrations."""

from __future__ import annotations

import copy
import errno
import hashlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from mentorlog.domain.kinds import KINDS
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.errors import JournalBusy, JournalUnusable
from mentorlog.storage import file, schema
from mentorlog.storage.journal import Journal
from tests.conftest import Program
from tests.proofs import Proved

Use = Callable[[Journal], object]
Snapshot = dict[str, tuple[str, int]]


def read(journal: Journal) -> None:
    journal.find(Pair)


def write(journal: Journal) -> None:
    with journal.transaction("pair start") as writing:
        writing.add(Pair(partner="Chika", my_role="mentee", started_on=date(2026, 11, 3)))


def undo(journal: Journal) -> None:
    journal.undo()


reading_or_writing = pytest.mark.parametrize("use", [read, write, undo])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by its name."""
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def refusal(path: Path, use: Use) -> JournalUnusable:
    """Use the journal at `path` and return the error that refuses it."""
    journal = Journal(path)
    try:
        with pytest.raises(JournalUnusable) as caught:
            use(journal)
    finally:
        journal.close()
    return caught.value


def everything(journal: Journal) -> list[Record]:
    return [record for record_type in KINDS.values() for record in journal.find(record_type)]


@pytest.fixture(params=[0o000, 0o077], ids=["umask 000", "umask 077"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def others(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Files that are no journals of this program, one of them in use by another."""
    folder = tmp_path / "others"
    folder.mkdir()
    with (
        closing(sqlite3.connect(folder / "sqlite.db")) as plain,
        closing(sqlite3.connect(folder / "newer.db")) as newer,
        closing(sqlite3.connect(folder / "wal.db", isolation_level=None)) as wal,
    ):
        plain.executescript("CREATE TABLE photo (name); INSERT INTO photo VALUES ('sea')")
        newer.executescript(
            f"PRAGMA application_id={file.APPLICATION_ID};"
            f"PRAGMA user_version={file.SCHEMA_VERSION + 1}; CREATE TABLE pair (later)"
        )
        wal.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE t (x); PRAGMA wal_checkpoint;"
            "INSERT INTO t VALUES ('only in the log so far')"
        )
        (folder / "note.db").write_text("Dear diary, this is no database.\n" * 200)
        (folder / "short.db").write_bytes(b"x")
        yield {path.stem: path for path in folder.glob("*.db")}


# What is made ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("umask")
def test_the_first_write_makes_a_folder_and_a_journal_that_only_the_owner_can_open(
    journal: Journal,
) -> None:
    write(journal)

    assert mode(journal.path) == 0o600
    assert mode(journal.path.parent) == 0o700


@pytest.mark.usefixtures("umask")
def test_every_folder_made_on_the_way_to_the_journal_is_private(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "data" / "deeper" / "journal.db")

    write(journal)
    journal.close()

    assert [mode(tmp_path / "data"), mode(tmp_path / "data" / "deeper")] == [0o700, 0o700]


@pytest.mark.usefixtures("umask")
def test_everything_the_program_makes_is_private_whatever_the_umask(mentorlog: Program) -> None:
    mentorlog.ok("meet", "Aiko", "--as", "mentee", "--summary", "hello", "--question", "why?")
    mentorlog.ok("undo")

    made = {each: mode(each) for each in (mentorlog.home / "data").rglob("*")}
    assert {found for each, found in made.items() if each.is_file()} == {0o600}
    assert {found for each, found in made.items() if each.is_dir()} == {0o700}
    assert mode(mentorlog.home / "data") == 0o700


@pytest.mark.usefixtures("umask")
def test_the_file_of_a_journal_is_private_from_the_first(tmp_path: Path) -> None:
    """Fails when it is made private by the first write: who opened it before could read on."""
    file.make_empty(tmp_path / "journal.db")

    assert oct(mode(tmp_path / "journal.db")) == oct(0o600)


@pytest.mark.parametrize(("could", "can"), [(0o644, 0o600), (0o777, 0o700)])
def test_a_journal_that_others_could_read_is_private_after_the_next_write(
    journal: Journal, aiko: Pair, could: int, can: int
) -> None:
    journal.close()
    journal.path.chmod(could)

    write(journal)

    assert oct(mode(journal.path)) == oct(can)


def test_a_journal_whose_mode_is_not_ours_to_change_is_written_to_all_the_same(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    journal.close()
    journal.path.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)

    write(journal)

    assert [pair.id for pair in journal.find(Pair)] == ["p1", "p2"]


def test_the_settings_that_survive_power_loss_are_in_force_where_it_is_written(
    journal: Journal, aiko: Pair
) -> None:
    wanted = {
        "journal_mode": "delete",
        "synchronous": 3,
        "fullfsync": 1,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "temp_store": 2,
        "busy_timeout": 10_000,
    }

    found = {name: journal.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}

    assert found == wanted


def test_a_reader_cannot_write_and_trusts_nothing_in_the_file(journal: Journal, aiko: Pair) -> None:
    journal.close()
    wanted = {"trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "temp_store": 2}

    found = {name: journal.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}

    assert found == wanted
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        journal.connection.execute("DELETE FROM pair")


def test_what_is_written_in_no_transaction_is_kept_at_once(journal: Journal, aiko: Pair) -> None:
    """Fails when Python is let to begin one, which nobody would end."""
    journal.connection.execute("UPDATE pair SET minutes = 50")

    with closing(sqlite3.connect(journal.path)) as other:
        assert other.execute("SELECT minutes FROM pair").fetchall() == [(50,)]


def test_a_journal_in_another_mode_that_another_program_reads_is_busy(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)
    journal.close()
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN")
        other.execute("SELECT * FROM pair").fetchall()

        with pytest.raises(JournalBusy) as refused:
            write(journal)

    assert refused.value.path == str(journal.path)


def test_the_file_says_whose_it_is_and_which_schema_it_has(journal: Journal, aiko: Pair) -> None:
    header = journal.path.read_bytes()[:100]

    assert header.startswith(b"SQLite format 3\x00")
    assert header[68:72] == b"MLOG"
    assert int.from_bytes(header[60:64], "big") == file.SCHEMA_VERSION


def test_an_empty_file_is_a_journal_that_has_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.touch(0o644)
    journal = Journal(path)

    before = (journal.exists(), journal.find(Pair), path.stat().st_size)
    write(journal)
    after = [pair.id for pair in journal.find(Pair)]
    journal.close()

    assert before == (False, [], 0)
    assert after == ["p1"]
    assert mode(path) == 0o600


@pytest.mark.proofs(12)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_symbolic_link_is_followed_once_and_stays_a_link(
    tmp_path: Path, proved: Proved, is_there: bool
) -> None:
    """Fails when `Journal` takes the path as it is: what is beside the journal lands beside the link."""
    target, link = tmp_path / "cloud" / "real.db", tmp_path / "journal.db"
    link.symlink_to(target)
    if is_there:
        at_target = Journal(target)
        write(at_target)
        at_target.close()
    journal = Journal(link)

    with journal.transaction("pair start") as writing:
        writing.add(Pair(partner="Dan", my_role="mentee", started_on=date(2026, 11, 3)))
    path = journal.path
    journal.close()
    with closing(Journal(target)) as at_target:
        kept = [pair.partner for pair in at_target.find(Pair)]

    assert link.is_symlink()
    assert path == target
    assert mode(target) == 0o600
    assert kept[-1] == "Dan"
    proved(
        f"a symlink {'to a journal' if is_there else 'to nothing yet'}: followed once, 0600 behind it"
    )


@pytest.mark.parametrize("system", ["posix", "nt"])
def test_what_is_synced_is_the_file_and_its_name_in_the_folder_where_the_system_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    """Fails when the folder is left out: after a power loss a file may be there, and have no name."""
    place = tmp_path / "journal.db"
    place.touch()
    synced = list[int]()

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda number: synced.append(os.fstat(number).st_ino))
        patched.setattr(os, "name", system)
        file.synced(place)

    both = [place.stat().st_ino, tmp_path.stat().st_ino]
    assert synced == (both[:1] if system == "nt" else both)


def test_a_folder_that_another_terminal_makes_meanwhile_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    is_dir = Path.is_dir

    def made_meanwhile(place: Path) -> bool:
        if place == folder and not is_dir(folder):
            folder.mkdir()
            return False
        return is_dir(place)

    monkeypatch.setattr(Path, "is_dir", made_meanwhile)

    file.private_folder(folder)

    assert is_dir(folder)


# What only reads ---------------------------------------------------------------------------------


def test_a_missing_journal_reads_as_an_empty_one_and_is_not_made(
    journal: Journal, tmp_path: Path
) -> None:
    found = (journal.exists(), everything(journal), journal.history())

    assert found == (False, [], [])
    assert list(tmp_path.iterdir()) == []


def test_a_missing_journal_is_read_as_any_other_and_leaves_no_file_where_one_is(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with file.held(journal.connection):
        is_held = journal.connection.in_transaction
        row = journal.connection.execute("SELECT count(*) AS found FROM pair").fetchone()

    assert (row["found"], is_held, journal.connection.in_transaction) == (0, True, False)
    assert list(tmp_path.iterdir()) == []


def test_reading_changes_nothing_in_the_file_or_beside_it(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    journal.close()
    os.utime(journal.path, ns=(1_000_000_000, 1_000_000_000))
    before = (hashes(journal.path.parent), journal.path.stat().st_mtime_ns)

    found = (len(everything(journal)), len(journal.history()), journal.get("p1"))
    journal.close()

    assert found == (2, 2, aiko)
    assert (hashes(journal.path.parent), journal.path.stat().st_mtime_ns) == before


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.proofs(7)
@reading_or_writing
@pytest.mark.parametrize("name", ["sqlite", "wal", "note", "short", "newer"])
def test_a_file_of_another_program_or_of_a_newer_one_is_refused_and_left_as_it_was(
    others: dict[str, Path], proved: Proved, name: str, use: Use
) -> None:
    """Fails when `refuse_others` looks at no header before SQLite opens the file: a WAL is merged."""
    before = hashes(others[name].parent)

    refused = refusal(others[name], use)

    assert refused.reason == ("newer" if name == "newer" else "foreign")
    assert refused.path == str(others[name])
    assert hashes(others[name].parent) == before
    proved(f"{refused.reason} ({name}.db), {use.__name__}: refused, {len(before)} hashes unchanged")


def test_a_journal_of_a_far_later_time_is_newer_too(journal: Journal, aiko: Pair) -> None:
    journal.close()
    with closing(sqlite3.connect(journal.path)) as opened:
        opened.execute(f"PRAGMA user_version={1 << 24}")

    assert refusal(journal.path, read).reason == "newer"


@reading_or_writing
@pytest.mark.parametrize("name", ["sqlite", "note", "newer"])
def test_who_may_read_a_refused_file_is_left_as_it_was(
    others: dict[str, Path], name: str, use: Use
) -> None:
    others[name].chmod(0o644)

    refusal(others[name], use)

    assert oct(mode(others[name])) == oct(0o644)


@pytest.mark.proofs(12)
@reading_or_writing
def test_a_journal_with_a_second_name_is_refused_and_left_as_it_was(
    journal: Journal, aiko: Pair, tmp_path: Path, proved: Proved, use: Use
) -> None:
    """Fails when `file.exists` does not count the names of the file."""
    journal.close()
    (tmp_path / "second.db").hardlink_to(journal.path)
    before = hashes(tmp_path)

    refused = refusal(journal.path, use)

    assert (refused.reason, refused.path) == ("hard-linked", str(journal.path))
    assert hashes(tmp_path) == before
    proved(f"a hard-linked journal, {use.__name__}: refused, {len(before)} hashes unchanged")


@reading_or_writing
def test_a_folder_in_place_of_the_journal_is_refused_and_left_as_it_was(
    tmp_path: Path, use: Use
) -> None:
    folder = tmp_path / "journal.db"
    folder.mkdir(mode=0o755)

    refused = refusal(folder, use)

    assert (refused.reason, refused.path) == ("not-a-file", str(folder))
    assert oct(mode(folder)) == oct(0o755)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
@reading_or_writing
def test_a_journal_that_may_not_be_read_is_refused_with_that_reason(
    journal: Journal, aiko: Pair, use: Use
) -> None:
    journal.close()
    journal.path.chmod(0o000)

    refused = refusal(journal.path, use)

    assert (refused.reason, refused.exit_code) == ("unreadable", 74)


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_folder_that_may_not_be_written_to_refuses_a_write_and_still_reads(
    journal: Journal, aiko: Pair
) -> None:
    journal.close()
    journal.path.parent.chmod(0o500)
    before = hashes(journal.path.parent)

    refused = refusal(journal.path, write)
    found = journal.find(Pair)
    journal.close()
    journal.path.parent.chmod(0o700)

    assert refused.exit_code in {73, 74}
    assert found == [aiko]
    assert hashes(journal.path.parent) == before


def test_a_journal_that_cannot_be_made_is_refused_with_that_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    refused = refusal(tmp_path / "file" / "journal.db", write)

    assert (refused.reason, refused.exit_code) == ("cannot-make", 73)
    assert refused.path == str(tmp_path / "file")


@pytest.mark.parametrize("use", [read, write])
def test_a_damaged_journal_is_named_as_such(journal: Journal, aiko: Pair, use: Use) -> None:
    journal.close()
    with journal.path.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xee" * (journal.path.stat().st_size - 4096))

    refused = refusal(journal.path, use)

    assert (refused.reason, refused.path) == ("damaged", str(journal.path))


@pytest.fixture
def with_a_trigger(journal: Journal, aiko: Pair) -> Path:
    """A journal that somebody has made do something whenever a question is asked or a pair changed."""
    journal.close()
    with closing(sqlite3.connect(journal.path)) as opened:
        opened.executescript(
            "CREATE TABLE ran (what);"
            "CREATE TRIGGER asked AFTER INSERT ON question BEGIN INSERT INTO ran VALUES (1); END;"
            "CREATE TRIGGER changed AFTER UPDATE ON pair BEGIN INSERT INTO ran VALUES (2); END;"
            "CREATE TRIGGER gone AFTER DELETE ON pair BEGIN INSERT INTO ran VALUES (3); END"
        )
    return journal.path


def change(journal: Journal) -> None:
    with journal.transaction("pair edit") as writing:
        writing.change(journal.find(Pair)[0].with_changes(alias="A"))


@pytest.mark.parametrize("use", [write, undo, change])
def test_a_journal_with_a_trigger_is_not_written_to_and_the_trigger_never_runs(
    with_a_trigger: Path, use: Use
) -> None:
    """Fails when `let_write` does not look for triggers."""
    before = hashes(with_a_trigger.parent)

    refused = refusal(with_a_trigger, use)

    assert (refused.reason, refused.path) == ("has-triggers", str(with_a_trigger))
    assert hashes(with_a_trigger.parent) == before
    with closing(sqlite3.connect(with_a_trigger)) as opened:
        assert opened.execute("SELECT count(*) FROM ran").fetchone() == (0,)


def test_an_older_journal_with_a_trigger_is_not_migrated(
    with_a_trigger: Path, next_schema: Callable[[Callable[[Database], None]], None]
) -> None:
    before = hashes(with_a_trigger.parent)
    next_schema(rename)

    refused = refusal(with_a_trigger, read)

    assert refused.reason == "has-triggers"
    assert hashes(with_a_trigger.parent) == before


# Migrations ---------------------------------------------------------------------------------------

JOURNALS = sorted((Path(__file__).parent / "journals").glob("schema-*.db"))  # one of each released


def test_there_is_a_journal_of_every_schema_before_this_one() -> None:
    """Fails when SCHEMA_VERSION is raised and no journal of the schema before is added.

    How one is made, at the last commit that has the schema, before the migration is written:

        MENTORLOG_DB=tests/storage/journals/schema-N.db MENTORLOG_TODAY=2026-11-22 \\
            mentorlog demo --keep tests/storage/journals/schema-N.db

    It holds the demo then: each kind of record that there is, with changes, an undo and a redo in its
    log. What the demo lacks is added to it by commands of that version, never by SQL. Once committed, a
    journal is not made again: it is what users of that version have.
    """
    names = [f"schema-{version}" for version in range(1, file.SCHEMA_VERSION)]

    assert [each.stem for each in JOURNALS] == names


@pytest.mark.proofs(7)
@pytest.mark.parametrize("released", JOURNALS, ids=lambda path: path.stem)
def test_a_journal_of_a_released_schema_opens_with_every_row_as_it_was(
    released: Path, tmp_path: Path, proved: Proved
) -> None:
    """Fails when a migration changes a word of a record, and when `_bring_up_to_date` makes no backup."""
    place = tmp_path / "journal.db"
    shutil.copy(released, place)
    before = named_rows(place)
    journal = Journal(place)

    records = everything(journal)
    journal.close()

    after = named_rows(place)
    assert len(records) > 50
    for table, kept in before.items():
        shared = [{name: row[name] for name in kept[0]} for row in after[table]] if kept else []
        assert shared == kept, table
    (backup,) = place.with_name("journal.db.backups").iterdir()
    assert named_rows(backup) == before
    with closing(sqlite3.connect(place)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    proved(
        f"{released.stem} → {file.SCHEMA_VERSION}: {sum(map(len, before.values()))} of"
        f" {sum(map(len, before.values()))} rows equal in {len(before)} tables, after a verified backup"
    )


@pytest.mark.parametrize("released", JOURNALS, ids=lambda path: path.stem)
def test_what_was_written_before_a_migration_can_still_be_undone_and_redone(
    released: Path, tmp_path: Path
) -> None:
    place = tmp_path / "journal.db"
    shutil.copy(released, place)
    journal = Journal(place)
    before = everything(journal)
    writes = len(journal.history())

    for _each in range(writes):
        journal.undo()
    emptied = everything(journal)
    for _each in range(writes):
        journal.redo()

    assert emptied == []
    assert everything(journal) == before


@pytest.fixture
def of_the_first_schema(tmp_path: Path) -> Path:
    return Path(shutil.copy(JOURNALS[0], tmp_path / "journal.db"))


def test_an_older_journal_that_another_program_holds_is_busy(
    of_the_first_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(of_the_first_schema, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(JournalBusy) as refused:
            Journal(of_the_first_schema).find(Pair)

    assert refused.value.path == str(of_the_first_schema)


def test_of_two_terminals_that_open_an_older_journal_one_migrates_it_after_one_backup(
    of_the_first_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_write = file.let_write

    def too_late(connection: sqlite3.Connection, path: Path) -> None:
        monkeypatch.setattr(file, "let_write", let_write)
        file.opened(path).close()
        let_write(connection, path)

    monkeypatch.setattr(file, "let_write", too_late)

    with closing(Journal(of_the_first_schema)) as journal:
        found = len(journal.find(Pair))

    assert found > 0
    assert [
        each.name for each in (of_the_first_schema.parent / "journal.db.backups").iterdir()
    ] == [f"before-schema-{file.SCHEMA_VERSION}-from-1.db"]


def named_rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return the rows of every table that people's words are in, their columns by name."""
    with closing(sqlite3.connect(path)) as opened:
        opened.row_factory = sqlite3.Row
        found = opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        names = [row[0] for row in found if not row[0].startswith(("sqlite_", "_", "search"))]
        return {
            name: [dict(row) for row in opened.execute(f"SELECT * FROM {name}")] for name in names
        }


# A migration that has not been written yet is played by calling this schema the older one. ---------


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], None]:
    """Return what adds a migration and, with it, a schema newer than the journal's."""

    def add(migration: Callable[[Database], None]) -> None:
        version = file.SCHEMA_VERSION + 1
        longer = copy.deepcopy(schema.MIGRATIONS)
        longer(name=f"{version}-of-a-test")(migration)
        monkeypatch.setattr(schema, "MIGRATIONS", longer)
        monkeypatch.setattr(file, "SCHEMA_VERSION", version)

    return add


@pytest.fixture
def old(journal: Journal, aiko: Pair, ben: Pair) -> Journal:
    """A closed journal with something of its own, about to be one of an older schema."""
    with journal.transaction("ask") as writing:
        writing.add(Question(pair=aiko.id, text="なぜ?\n👩‍🚀", asked_on=date(2026, 11, 22)))
        writing.change(ben.with_changes(alias="B"))
    journal.close()
    return journal


def widen(db: Database) -> None:
    db.conn.execute("ALTER TABLE question ADD COLUMN colour TEXT")


def rename(db: Database) -> None:
    db.conn.execute("UPDATE pair SET partner = partner || '!'")


def rename_and_fail(db: Database) -> None:
    rename(db)
    db.conn.execute("INSERT INTO nowhere VALUES (1)")


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as opened:
        names = [*(record_type.kind for record_type in KINDS.values()), "writes", "changes"]
        return {name: opened.execute(f"SELECT * FROM {name}").fetchall() for name in names}


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("use", [read, write])
def test_an_older_journal_is_migrated_with_every_row_equal(
    old: Journal, next_schema: Callable[[Callable[[Database], None]], None], use: Use
) -> None:
    before = everything(old)
    old.close()
    next_schema(widen)

    use(old)

    known = {record.uid for record in before}
    assert [record for record in everything(old) if record.uid in known] == before
    assert old.connection.execute("SELECT colour FROM question").fetchone()[0] is None
    assert old.connection.execute("PRAGMA user_version").fetchone()[0] == file.SCHEMA_VERSION
    assert mode(old.path) == 0o600


@pytest.mark.usefixtures("umask")
def test_a_verified_backup_that_only_the_owner_can_read_is_made_before_a_migration(
    old: Journal, next_schema: Callable[[Callable[[Database], None]], None]
) -> None:
    """Fails when `back_up_before_migration` is called after `migrate`, or not at all."""
    was = rows(old.path)
    backup = (
        old.path.with_name("journal.db.backups")
        / f"before-schema-{file.SCHEMA_VERSION + 1}-from-{file.SCHEMA_VERSION}.db"
    )
    version = file.SCHEMA_VERSION
    seen: list[object] = []

    def migration(db: Database) -> None:
        with closing(sqlite3.connect(backup)) as kept:
            seen.extend(kept.execute("PRAGMA integrity_check").fetchone())
            seen.extend(kept.execute("PRAGMA user_version").fetchone())
        rename(db)

    next_schema(migration)
    old.find(Pair)

    assert seen == ["ok", version]
    assert [pair.partner for pair in old.find(Pair)] == ["Aiko!", "Ben!"]
    assert rows(backup) == was
    assert (mode(backup), mode(backup.parent)) == (0o600, 0o700)


@reading_or_writing
def test_a_migration_that_fails_leaves_every_byte_of_the_journal_as_it_was(
    old: Journal,
    next_schema: Callable[[Callable[[Database], None]], None],
    monkeypatch: pytest.MonkeyPatch,
    use: Use,
) -> None:
    """Fails when the migrations do not happen in the one transaction of `_bring_up_to_date`."""
    before = old.path.read_bytes()
    records = everything(old)
    old.close()
    next_schema(widen)
    next_schema(rename_and_fail)

    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        use(old)
    old.close()
    monkeypatch.undo()

    assert old.path.read_bytes() == before
    assert not old.path.with_name("journal.db-journal").exists()
    assert everything(old) == records


def test_without_a_backup_nothing_is_migrated(
    old: Journal, next_schema: Callable[[Callable[[Database], None]], None]
) -> None:
    before = old.path.read_bytes()
    old.path.with_name("journal.db.backups").write_text("in the way")
    next_schema(widen)

    refused = refusal(old.path, read)

    assert (refused.reason, refused.exit_code) == ("cannot-make", 73)
    assert refused.path == str(old.path.with_name("journal.db.backups"))
    assert old.path.read_bytes() == before


def test_a_journal_whose_backup_does_not_verify_is_not_migrated(
    old: Journal, next_schema: Callable[[Callable[[Database], None]], None]
) -> None:
    """Fails when `backups.copied` does not look at what `integrity_check` says."""
    with closing(sqlite3.connect(old.path, isolation_level=None)) as opened:
        opened.execute("PRAGMA ignore_check_constraints=ON")
        opened.execute("UPDATE pair SET my_role = 'stranger'")
    before = old.path.read_bytes()
    next_schema(widen)

    refused = refusal(old.path, write)

    assert (refused.reason, refused.path) == ("damaged", str(old.path))
    assert old.path.read_bytes() == before


def test_what_is_held_stays_as_it_was_when_that_began_and_can_be_held_within(
    journal: Journal, aiko: Pair
) -> None:
    """Fails when the lock is taken by the first read only, and when the inner one lets go of it."""
    reader = journal.connection
    with closing(sqlite3.connect(journal.path, timeout=0, isolation_level=None)) as other:
        with file.held(reader):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("UPDATE pair SET minutes = 50")
            with file.held(reader):
                pass
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("UPDATE pair SET minutes = 50")

        other.execute("UPDATE pair SET minutes = 50")
        assert reader.execute("SELECT minutes FROM pair").fetchone()[0] == 50
