"""What `doctor` finds in a journal, and that it changes nothing of it by looking."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.errors import JournalBusy
from mentorlog.storage import file
from mentorlog.storage.doctor import examining
from mentorlog.storage.doctor.check import OK, PROBLEM, SALVAGE, WARNING, Check
from mentorlog.storage.doctor.checkup import checked
from mentorlog.storage.journal import Journal
from tests.storage.test_undo_machine import Undoing

JOURNALS = sorted((Path(__file__).parents[1] / "journals").glob("schema-*.db"))
DAY = date(2026, 11, 22)


@pytest.fixture
def kept(journal: Journal, aiko: Pair) -> Path:
    """A journal with a pair and two meetings, one changed and one taken back."""
    with journal.transaction("meet") as writing:
        met = writing.add(Meeting(pair=aiko.id, held_on=DAY, summary="A plan", notes="Of her own"))
    with journal.transaction("edit") as writing:
        writing.change(met.with_changes(summary="Another plan", minutes=50))
    with journal.transaction("meet") as writing:
        writing.add(Meeting(pair=aiko.id, held_on=DAY, summary="Too soon"))
    journal.undo()
    journal.close()
    return journal.path


def changed(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA ignore_check_constraints=ON")
        opened.execute("PRAGMA writable_schema=ON")
        opened.execute(sql)
        opened.commit()


def found(path: Path) -> dict[str, str]:
    """Return what is found otherwise than in order, by the code of the check."""
    return {check.code: check.found for check in checked(path) if check.found != OK}


def check(path: Path, code: str) -> Check:
    return next(each for each in checked(path) if each.code == code)


def test_nothing_is_found_in_a_journal_that_is_whole(kept: Path) -> None:
    codes = [each.code for each in checked(kept)]

    assert found(kept) == {}
    assert codes == ["journal", "integrity", "schema", "records", "references", "index", "log"]


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        ("UPDATE meeting SET minutes = 55", {"log": "disagrees"}),
        ("UPDATE meeting SET notes = 'Of him'", {"index": "disagrees"}),
        ("UPDATE meeting SET held_on = 'soon'", {"records": "damaged"}),
        ("UPDATE meeting SET pair = 9", {"references": "broken"}),
        ("UPDATE meeting SET pulse = 7", {"integrity": "damaged", "records": "damaged"}),
        ("UPDATE meeting SET topics = '[x]'", {"records": "damaged"}),
        ("UPDATE meeting SET summary = CAST(x'41ff' AS TEXT)", {"records": "damaged"}),
        ("UPDATE changes SET after = '{'  WHERE after IS NOT NULL", {"log": "disagrees"}),
        ("UPDATE changes SET uid = 'x' || substr(uid, 2) WHERE kind = 'pair'", {"log": "disagrees"}),
        ("DELETE FROM changes WHERE kind = 'pair'", {"log": "disagrees"}),
        ("UPDATE writes SET undo_next = 1 WHERE number = 4", {"log": "astray"}),
        ("UPDATE writes SET at = '2026-01-01T00:00:00.000000Z'", {"log": "disagrees"}),
        ("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'meeting'", {"log": "astray"}),
        ("INSERT INTO search (search) VALUES ('delete-all')", {"index": "disagrees"}),
        ("DROP VIEW meetings", {"schema": "incomplete"}),
        ("DROP INDEX meeting_by_day", {"schema": "changed"}),
        ("DROP TABLE exports", {"schema": "incomplete"}),
        ("ALTER TABLE meeting RENAME COLUMN pulse TO pules", {"schema": "changed"}),
        ("PRAGMA user_version=2", {"journal": "older", "schema": "incomplete"}),
        ("PRAGMA user_version=99", {"journal": "newer"}),
        ("PRAGMA application_id=7", {"journal": "damaged"}),
        (
            "CREATE TRIGGER t AFTER INSERT ON pair BEGIN DELETE FROM meeting; END",
            {"schema": "triggers"},
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(kept: Path, sql: str, wanted: dict[str, str]) -> None:
    changed(kept, sql)

    there = found(kept)

    assert {code: there.get(code) for code in wanted} == wanted
    assert set(there.values()) <= {*wanted.values(), "not-looked-at"}


def test_the_records_that_are_wrong_are_named(kept: Path) -> None:
    changed(kept, "UPDATE meeting SET notes = 'Of him'")

    there = check(kept, "index")

    assert (there.state, there.values, there.do) == (
        PROBLEM,
        {"records": ["m1"]},
        "mentorlog show m1",
    )


@pytest.mark.parametrize("released", JOURNALS, ids=lambda path: path.stem)
def test_a_journal_of_an_older_schema_is_looked_into_and_not_migrated(
    tmp_path: Path, released: Path
) -> None:
    place = tmp_path / "old.db"
    shutil.copy(released, place)
    before = place.read_bytes(), place.stat().st_mtime_ns

    there = found(place)

    assert there == {"journal": "older"}
    assert (place.read_bytes(), place.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("released", JOURNALS, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_an_older_journal_once_it_is_brought_up_to_date(
    tmp_path: Path, released: Path
) -> None:
    place = tmp_path / "old.db"
    shutil.copy(released, place)
    journal = Journal(place)
    journal.history()
    journal.close()

    assert found(place) == {}


class LookedAt(Undoing):
    """The machine that writes, undoes, imports and fails at random."""

    @invariant()
    def nothing_is_wrong_with_what_was_written(self) -> None:
        assert found(self.journal.path) == {}


def test_nothing_is_wrong_with_whatever_is_written_and_undone(empty: Path) -> None:
    class Here(LookedAt):
        pass

    Here.empty, Here.happened = empty, Counter()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


# Untouched ---------------------------------------------------------------------------------------


def hot(path: Path) -> Path:
    """Return a journal with a change half-way into its file, and what takes that back beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("PRAGMA cache_size=2")
        opened.execute("BEGIN IMMEDIATE")
        opened.execute("UPDATE meeting SET notes = hex(randomblob(100000))")
        opened.execute("UPDATE pair SET partner = 'Nobody'")
        torn = path.with_name("torn.db")
        shutil.copy(path, torn)
        shutil.copy(examining.beside(path, "-journal"), examining.beside(torn, "-journal"))
        opened.execute("ROLLBACK")
    return torn


def in_wal(path: Path) -> Path:
    """Return a journal in WAL mode, the last change of it only beside it."""
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("CREATE TABLE mine (x)")
        opened.commit()
        torn = path.with_name("torn.db")
        shutil.copy(path, torn)
        shutil.copy(examining.beside(path, "-wal"), examining.beside(torn, "-wal"))
    return torn


def state_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


@pytest.mark.parametrize("left", [hot, in_wal])
def test_what_a_crash_left_is_looked_into_in_a_copy_that_is_gone_after(
    kept: Path, left: Callable[[Path], Path]
) -> None:
    """Fails when `looked_into` gives the journal itself: SQLite would finish what was left."""
    torn = left(kept)
    before = state_of(torn.parent)

    there = found(torn)

    assert there == {}
    assert state_of(torn.parent) == before


def test_a_change_in_the_wal_is_looked_at_too(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("UPDATE meeting SET notes = 'Of him'")
        opened.commit()

        there = found(kept)

    assert there["index"] == "disagrees"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no folder that takes no file")
def test_the_copy_is_made_elsewhere_where_the_folder_takes_none(
    kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))

    with kept.open("rb") as opened:
        in_a_shut_folder = Path(f"/proc/self/fd/{opened.fileno()}")
        with examining.copy_of(in_a_shut_folder) as copy:
            made = copy.parent.parent, copy.read_bytes(), stat.S_IMODE(copy.stat().st_mode)

    assert made == (elsewhere, kept.read_bytes(), 0o600)
    assert list(elsewhere.iterdir()) == []


def test_a_journal_that_another_program_keeps_is_busy(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(kept, isolation_level=None)) as opened:
        opened.execute("PRAGMA locking_mode=EXCLUSIVE")
        opened.execute("BEGIN EXCLUSIVE")

        with pytest.raises(JournalBusy):
            list(checked(kept))


NOT_LOOKED_AT = [
    Check("index", WARNING, "not-looked-at"),
    Check("log", WARNING, "not-looked-at"),
]
VERSION = {"version": file.SCHEMA_VERSION}


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        (
            "UPDATE meeting SET held_on = 'soon'",
            [Check("records", PROBLEM, "damaged", {"records": ["m1"]}, SALVAGE), *NOT_LOOKED_AT],
        ),
        (
            "UPDATE meeting SET pair = 9",
            [
                Check("references", PROBLEM, "broken", {"records": ["m1"], "count": 1}, SALVAGE),
                *NOT_LOOKED_AT,
            ],
        ),
        (
            "UPDATE meeting SET pulse = 7 WHERE number = 1",
            [
                Check(
                    "integrity",
                    PROBLEM,
                    "damaged",
                    {"count": 1, "said": ["CHECK constraint failed in meeting"]},
                    SALVAGE,
                ),
                Check("records", PROBLEM, "damaged", {"records": ["m1"]}, SALVAGE),
                *NOT_LOOKED_AT,
            ],
        ),
        ("DROP VIEW meetings", [Check("schema", PROBLEM, "incomplete", VERSION, SALVAGE)]),
        ("DROP INDEX meeting_by_day", [Check("schema", PROBLEM, "changed", VERSION, SALVAGE)]),
        (
            "CREATE TRIGGER t AFTER INSERT ON pair BEGIN DELETE FROM meeting; END",
            [Check("schema", PROBLEM, "triggers", VERSION)],
        ),
        (
            "UPDATE meeting SET notes = 'Of him' WHERE number = 1",
            [
                Check("index", PROBLEM, "disagrees", {"records": ["m1"]}, "mentorlog show m1"),
                Check("log", WARNING, "not-looked-at"),
            ],
        ),
        (
            "UPDATE meeting SET minutes = 55 WHERE number = 1",
            [
                Check(
                    "log",
                    PROBLEM,
                    "disagrees",
                    {"records": ["m1"], "lines": [], "tables": []},
                    "mentorlog show m1",
                ),
            ],
        ),
        (
            "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'meeting'",
            [Check("log", PROBLEM, "astray", {"lines": [], "tables": ["meeting"]}, SALVAGE)],
        ),
    ],
    ids=["day", "pair", "pulse", "view", "index", "trigger", "words", "number", "numbers"],
)
def test_what_is_wrong_is_said_with_what_it_speaks_of_and_what_to_do_next(
    kept: Path, sql: str, wanted: list[Check]
) -> None:
    changed(kept, sql)

    assert [each for each in checked(kept) if each.found != OK] == wanted


def test_of_what_is_in_order_it_is_said_how_much_there_is(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as opened:
        (pages,) = opened.execute("PRAGMA page_count").fetchone()

    assert list(checked(kept)) == [
        Check("journal", values={"path": str(kept)}),
        Check("integrity", values={"pages": pages}),
        Check("schema", values=VERSION),
        Check("records", values={"count": 2}),
        Check("references"),
        Check("index"),
        Check("log", values={"writes": 5}),
    ]


def test_a_journal_with_a_page_that_says_nothing_is_damaged(kept: Path) -> None:
    data = kept.read_bytes()
    with closing(sqlite3.connect(kept)) as opened:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'meeting'"
        (root,) = opened.execute(sql).fetchone()
    kept.write_bytes(data[: (root - 1) * 4096] + b"\xee" * 4096 + data[root * 4096 :])

    there = {each.code: each for each in checked(kept)}

    for code in ("integrity", "records"):
        assert there[code] == Check(code, PROBLEM, "unreadable", {"detail": ""}, SALVAGE)
    assert [there["index"], there["log"]] == NOT_LOOKED_AT
