"""What is left of a damaged journal: its rows read without SQLite, what they are taken for, what is kept."""

from __future__ import annotations

import io
import random
import resource
import shutil
import sqlite3
import stat
import struct
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.errors import JournalUnusable, OutputFailed
from mentorlog.render.salvaged import salvaged as shown
from mentorlog.storage import exports
from mentorlog.storage.doctor import pages, remains
from mentorlog.storage.doctor.checkup import checked
from mentorlog.storage.doctor.salvage import Salvaged, salvage
from mentorlog.storage.exports import Export
from mentorlog.storage.journal import Journal

JOURNALS = sorted((Path(__file__).parents[1] / "journals").glob("schema-*.db"))
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)
PAGE = 4096
MOVED = "PRAGMA foreign_keys=OFF; PRAGMA legacy_alter_table=ON; ALTER TABLE {name} RENAME TO old;"


@pytest.fixture
def kept(journal: Journal, aiko: Pair) -> Path:
    """A journal with a pair, a long meeting, an action assigned in it for a goal, and its measurement."""
    with journal.transaction("meet") as writing:
        notes = "計画 and plans. " * 2000
        meeting = writing.add(Meeting(pair=aiko.id, held_on=DAY, notes=notes, topics=("a", "b")))
        goal = writing.add(Goal(pair=aiko.id, statement="Read", target=12.5))
        writing.add(Measurement(goal=goal.id, taken_on=DAY, value=3.0, note="So far"))
        shared = Action(
            pair=aiko.id, text="Send", owner="me", assigned_in=meeting.id, goal=goal.id,
            visibility="shared",
        )  # fmt: skip
        writing.add(shared)
        gone = writing.add(Action(pair=aiko.id, text="Of no use", owner="partner"))
    with journal.transaction("delete") as writing:
        writing.remove(gone)
    exports.note(journal, aiko.id, Export(NOW, "partner", "markdown", 3, "/tmp/x.md"))  # noqa: S108
    journal.close()
    return journal.path


def saved(path: Path) -> Salvaged:
    return salvage(path, path.with_name("new.db"), NOW, force=True)


def records(path: Path) -> list[Record]:
    journal = Journal(path)
    found = [each for kind in KIND_NAMES.values() for each in journal.find(kind)]
    journal.close()
    return found


def root_of(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as opened:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        return int(opened.execute(sql, (name,)).fetchone()[0])


def blanked(path: Path, *names: str) -> None:
    """Fill the first page of each table with zeros."""
    for root in [root_of(path, name) for name in names]:
        with path.open("r+b") as opened:
            opened.seek((root - 1) * PAGE)
            opened.write(bytes(PAGE))


# The pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("released", JOURNALS, ids=lambda path: path.stem)
def test_the_pages_hold_every_row_that_sqlite_reads_and_each_is_taken_for_what_it_is(
    released: Path,
) -> None:
    with closing(sqlite3.connect(f"{released.as_uri()}?mode=ro", uri=True)) as opened:
        known = {name for (name,) in opened.execute("SELECT name FROM sqlite_schema")} & {
            *KIND_NAMES
        }
        wanted = {
            uid: (kind, number)
            for kind in known
            for number, uid in opened.execute(f"SELECT number, uid FROM {kind}")
        }

    with released.open("rb") as opened_file:
        rows = list(pages.rows(opened_file))
        found = [remains.recognised(row, int(released.stem[-1])) for row in rows]

    taken = {
        each.row["uid"]: (each.kind, each.row["number"])
        for may_be in found
        for each in may_be
        if each.is_whole
    }
    assert taken == wanted
    assert all(sum(each.is_whole for each in may_be) <= 1 for may_be in found)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3 * 512), st.integers(0, 40), st.binary(min_size=8, max_size=512))
@example(b"", 0, b"\x0d\x00\x00\xff\xff\x00\x00\x00")
@example(b"\xff" * 1000, 1, b"\x0d\x00\x00\x00\x02\x00\x00\x00\x00\x0c\x00\x0c\xff\xff\xff\xff")
def test_whatever_the_bytes_are_reading_them_ends_without_an_error(
    noise: bytes, at: int, leaf: bytes
) -> None:
    head = b"SQLite format 3\x00" + struct.pack(">H", 512) + bytes(494)
    page = (b"\x0d" + leaf[1:]).ljust(512, b"\x01")
    chained = struct.pack(">I", 2 + at % 3) + noise.ljust(508, b"\x02")

    rows = list(pages.rows(io.BytesIO(head + page + chained[:512] + noise)))

    assert all(len(row.values) <= 100 for row in rows)
    for row in rows:
        remains.recognised(row, at % 5)
        remains.logged(row)
        remains.note_of_export(row.values)


def test_a_chain_of_pages_that_leads_in_a_circle_is_left(kept: Path) -> None:
    data = bytearray(kept.read_bytes())
    for number in range(len(data) // PAGE):
        at = number * PAGE
        if data[at] == 0 and data[at : at + 4] != bytes(4):
            data[at : at + 4] = struct.pack(">I", number + 1)

    rows = list(pages.rows(io.BytesIO(data)))

    assert any(not row.is_whole for row in rows)


# What is saved -----------------------------------------------------------------------------------


def test_all_of_a_whole_journal_is_saved_as_it_was(kept: Path) -> None:
    before, source = records(kept), kept.read_bytes()

    found = saved(kept)

    assert records(found.place) == before
    assert sum(found.saved.values()) == len(before)
    assert (found.exports, found.lost, found.doubtful, found.incomplete) == (1, [], [], [])
    assert found.is_complete
    assert stat.S_IMODE(found.place.stat().st_mode) == 0o600
    assert kept.read_bytes() == source
    assert {each.name for each in kept.parent.iterdir()} == {kept.name, "new.db"}
    assert all(check.state == "ok" for check in checked(found.place))


def test_the_history_begins_anew_and_numbers_are_not_given_again(kept: Path) -> None:
    found = saved(kept)
    journal = Journal(found.place)

    history, undone_next = journal.history(), journal.next_undo()
    with journal.transaction("action add") as writing:
        added = writing.add(Action(pair="p1", text="Next", owner="me"))
    journal.close()

    assert [write.command for write in history] == ["salvage"]
    assert undone_next is None
    assert added.id == "a3"


@pytest.mark.parametrize("released", JOURNALS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "begins", [None, bytes(100), b"x" * PAGE], ids=["whole", "no head", "no page 1"]
)
def test_an_older_journal_is_saved_too_with_and_without_its_schema(
    tmp_path: Path, released: Path, begins: bytes | None
) -> None:
    place, whole = tmp_path / "old.db", tmp_path / "whole.db"
    shutil.copy(released, whole)
    data = released.read_bytes()
    place.write_bytes(data if begins is None else begins + data[len(begins) :])

    found = saved(place)

    assert records(found.place) == records(whole)
    assert (found.lost, found.incomplete) == ([], [])


@pytest.mark.parametrize("table", ["action", "meeting", "goal", "pair", "measurement"])
def test_what_stands_elsewhere_is_kept_when_a_table_is_lost(kept: Path, table: str) -> None:
    before = {each.uid: each for each in records(kept) if each.kind != table}
    blanked(kept, table)

    found = saved(kept)

    after = {each.uid: each for each in records(found.place)}
    assert before.keys() <= after.keys()
    assert [each[0] for each in found.lost] == [KIND_NAMES[table].letter]


def test_what_is_lost_is_stood_in_for_where_others_need_it(kept: Path) -> None:
    blanked(kept, "pair", "goal", "meeting")

    found = saved(kept)

    after = {each.id: each for each in records(found.place)}
    pair, goal, action = after["p1"], after["g1"], after["a1"]
    assert isinstance(pair, Pair)
    assert isinstance(goal, Goal)
    assert isinstance(action, Action)
    assert (pair.partner, goal.statement, goal.pair) == ("(p1)", "(g1)", "p1")
    assert (action.assigned_in, action.goal, action.visibility) == (None, "g1", "shared")
    assert (found.stand_ins, found.unlinked) == (["g1", "p1"], ["a1"])
    assert found.lost == ["p1", "m1", "g1"]
    assert found.saved == {"action": 1, "measurement": 1}


@pytest.mark.parametrize(
    ("lost", "is_whole"),
    [
        (["question"], True),
        (["changes"], False),
        (["writes"], True),
        (["changes", "meeting"], False),
    ],
)
def test_where_the_log_is_lost_too_what_is_saved_is_not_taken_for_all(
    kept: Path, lost: list[str], is_whole: bool
) -> None:
    """Fails when only what the log knows of is looked at."""
    blanked(kept, *lost)

    found = saved(kept)
    said = shown(found, "new.db", None)

    assert (found.is_log_whole, found.is_complete) == (is_whole, is_whole)
    assert ("more may be missing" in said) == (not is_whole)
    assert ("Nothing is known to be lost" in said) == is_whole


def test_what_was_put_in_the_place_of_the_lost_is_said_once(kept: Path) -> None:
    blanked(kept, "pair", "meeting")

    said = shown(saved(kept), "new.db", 60).splitlines()

    told = " ".join(said)
    assert "Known to be lost: m1 Lost, and an empty record put in their place" in told
    assert told.count("p1") == 1
    assert max(map(len, said)) <= 60


def test_a_text_of_which_a_page_is_lost_says_so_where_it_is(kept: Path) -> None:
    data = kept.read_bytes()
    held = next(
        number
        for number in range(len(data) // PAGE)
        if data[number * PAGE] == 0
        and data.count(b"and plans", number * PAGE, (number + 1) * PAGE) > 99
    )
    kept.write_bytes(data[: held * PAGE + 4] + b"\xff" * (PAGE - 4) + data[(held + 1) * PAGE :])

    found = saved(kept)

    (meeting,) = (each for each in records(found.place) if isinstance(each, Meeting))
    assert found.incomplete == ["m1"]
    assert meeting.notes is not None
    assert meeting.notes.count(remains.LOST) == 1
    assert 20_000 < len(meeting.notes) < 28_000
    assert meeting.topics == ("a", "b")


def test_a_word_that_is_not_the_one_that_was_written_is_told_of(kept: Path) -> None:
    """Fails when the words are not compared with the index."""
    kept.write_bytes(kept.read_bytes().replace(b"So far", b"Go far"))

    found = saved(kept)

    assert found.doubtful == ["n1"]


def test_what_was_deleted_stays_so(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as opened:
        opened.execute("PRAGMA secure_delete=OFF")
        opened.execute("PRAGMA foreign_keys=OFF")
        opened.execute("DELETE FROM measurement")
        opened.execute(
            "INSERT INTO changes (write, kind, record, uid, did)"
            " SELECT write, kind, record, uid, 'removed' FROM changes WHERE kind = 'measurement'"
        )
        opened.commit()

    found = saved(kept)

    assert not any(isinstance(each, Measurement) for each in records(found.place))
    assert found.lost == []


# Refused -----------------------------------------------------------------------------------------


def _noise(_kept: bytes) -> bytes:
    return random.Random(4).randbytes(300_000)  # noqa: S311  (the same each time is what is wanted)


def _prose(_kept: bytes) -> bytes:
    return b"My thesis, all of it.\n" * 9000


def _nothing(_kept: bytes) -> bytes:
    return b""


def _head(kept: bytes) -> bytes:
    return kept[:PAGE]


@pytest.mark.parametrize("content", [_noise, _prose, _nothing, _head])
def test_where_no_record_can_be_made_out_nothing_is_written(
    kept: Path, content: Callable[[bytes], bytes]
) -> None:
    kept.write_bytes(content(kept.read_bytes()))

    with pytest.raises(JournalUnusable) as refusal:
        saved(kept)

    assert refusal.value.reason == "nothing-to-salvage"
    assert list(kept.parent.iterdir()) == [kept]


@pytest.mark.parametrize("part", range(12))
def test_of_a_journal_that_is_cut_off_what_is_there_is_saved(kept: Path, part: int) -> None:
    data = kept.read_bytes()
    before = {each.uid: each for each in records(kept)}
    kept.write_bytes(data[: len(data) * part // 12 + part * 37])

    try:
        found = saved(kept)
    except JournalUnusable as refusal:
        assert refusal.reason == "nothing-to-salvage"
        return

    stood_in = {*found.stand_ins, *found.unlinked, *found.incomplete}
    for each in records(found.place):
        assert each.id in stood_in or each == before[each.uid]


@pytest.mark.parametrize("name", ["meeting", "changes", "exports", "pair"])
def test_what_somebody_else_has_put_into_it_is_not_executed(kept: Path, name: str) -> None:
    """Fails when `_rows` reads whatever has the name of a table: the view would never end."""
    with closing(sqlite3.connect(kept)) as opened:
        opened.executescript(
            f"{MOVED.format(name=name)} CREATE VIEW {name} AS WITH RECURSIVE n(number) AS"
            " (SELECT 1 UNION ALL SELECT number + 1 FROM n) SELECT number FROM n;"
        )

    found = saved(kept)

    assert found.saved["action"] == 1
    assert [check.state for check in checked(kept)][-1] == "problem"


def test_what_a_module_of_sqlite_says_in_the_place_of_a_table_is_no_record(kept: Path) -> None:
    """Fails when `_rows` reads a virtual table as it reads a table."""
    with closing(sqlite3.connect(kept, isolation_level=None)) as opened:
        columns = [name for _n, name, *_of in opened.execute("PRAGMA table_info(meeting)")]
        opened.executescript(
            f"{MOVED.format(name='meeting')} CREATE VIRTUAL TABLE meeting USING fts5({', '.join(columns)});"
            f" INSERT INTO meeting SELECT {', '.join(columns)} FROM old;"
            f" UPDATE meeting SET uid = '{'f' * 32}', number = 77;"
        )

    found = saved(kept)

    assert found.saved["meeting"] == 1
    assert "f" * 32 not in {each.uid for each in records(found.place)}


def test_a_file_that_is_there_is_not_written_over_without_force(kept: Path) -> None:
    target = kept.with_name("new.db")
    target.write_text("mine")

    with pytest.raises(OutputFailed):
        salvage(kept, target, NOW, force=False)

    assert target.read_text() == "mine"


def test_a_full_disk_leaves_nothing_half_saved(kept: Path) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as opened:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        for (index,) in opened.execute(sql).fetchall():
            opened.execute(f"DROP INDEX {index}")
        opened.execute("DROP TABLE search")
        opened.execute("VACUUM")
    before = kept.read_bytes()
    soft, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), most))  # the new one has more in it
    try:
        with pytest.raises(OutputFailed):
            saved(kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, most))

    assert [each.name for each in kept.parent.iterdir()] == [kept.name]
    assert kept.read_bytes() == before
    assert saved(kept).saved["action"] == 1
