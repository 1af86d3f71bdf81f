"""Many terminals at once: nothing lost, nothing doubled, nobody turned away without need."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import new_uid
from mentorlog.errors import JournalBusy
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.workflows.meetings import Account, Held, hold
from tests.conftest import Program, Result
from tests.proofs import Proved
from tests.reliability.intact import new_rows, rows

TERMINALS = 16
EACH = 25
SOME = 8  # where each of them does one thing only

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN " + sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""
IMPATIENT = """
import sys
from mentorlog.storage import file
from mentorlog.__main__ import main
file.BUSY_SECONDS = 0.05
sys.exit(main(sys.argv[1:]))
"""


@contextmanager
def held_by_another(journal: Path, lock: str) -> Iterator[None]:
    """Let another program hold the journal."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(journal), lock],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate("")


@pytest.fixture
def impatient(mentorlog: Program) -> Callable[..., Result]:
    """The program, waiting a moment for the journal where it would wait ten seconds."""

    def run(*words: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-c", IMPATIENT, *words],
            capture_output=True,
            env=mentorlog.environment,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def is_whole(journal: Path) -> bool:
    with closing(sqlite3.connect(journal)) as opened:
        checked = opened.execute("PRAGMA integrity_check").fetchall()
        broken = opened.execute("PRAGMA foreign_key_check").fetchall()
    return (checked, broken) == ([("ok",)], [])


# At once -----------------------------------------------------------------------------------------


# What one terminal does, one command after the other. A start of the program is most of what a command
# costs, so each is a call of main() in a process that goes on.
TERMINAL = """
import contextlib, io, json, sys
from mentorlog.__main__ import main
told = []
for words in json.loads(sys.stdin.buffer.read()):
    out, err = (io.TextIOWrapper(io.BytesIO(), sys.stdout.encoding) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    for each in (out, err):
        each.flush()
    told.append([code, *(each.buffer.getvalue().decode() for each in (out, err))])
sys.stdout.write(json.dumps(told))
"""


def at_a_terminal(
    program: Program, lines: list[list[str]], environment: Mapping[str, str] | None = None
) -> list[Result]:
    """Run commands one after the other in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL],
        input=json.dumps(lines).encode(),
        capture_output=True,
        env=program.environment | dict(environment or {}),
        timeout=300,
        check=True,
    )
    return [Result(*each) for each in json.loads(done.stdout)]


@pytest.mark.proofs(4)
def test_what_many_terminals_write_at_once_is_all_there_once(
    mentorlog: Program, proved: Proved
) -> None:
    """Fails when a write begins without IMMEDIATE (it cannot wait for its turn any more), when
    BUSY_SECONDS is 0, or when ids are counted in Python instead of by the file."""
    mentorlog.ok("pair", "start", "Aiko", "--as", "mentee")
    reading = [["log", "--json", "--all"], ["status"], ["prep"], ["search", "0"]]

    def writer(number: int) -> list[Result]:
        asking = [["ask", f"{number}.{turn}", "--json"] for turn in range(EACH)]
        return at_a_terminal(mentorlog, asking)

    def reader(_number: int) -> list[Result]:
        return at_a_terminal(mentorlog, reading * 4)

    with ThreadPoolExecutor(TERMINALS + 2) as pool:
        read = [pool.submit(reader, number) for number in range(2)]
        written = [each for done in pool.map(writer, range(TERMINALS)) for each in done]
        seen = [each for done in read for each in done.result()]

    failed = [result for result in (*written, *seen) if result.code != 0]
    said = [result.err + result.out for result in (*written, *seen)]
    acknowledged = [(result.json["id"], result.json["text"]) for result in written]
    kept = [
        (record["id"], record["text"])
        for record in mentorlog.ok("log", "--json", "--all").json
        if record["kind"] == "question"
    ]
    assert failed == []
    assert [each for each in said if "locked" in each or "using the journal" in each] == []
    assert Counter(kept) == Counter(acknowledged)
    assert {text for _, text in kept} == {
        f"{number}.{turn}" for number in range(TERMINALS) for turn in range(EACH)
    }
    counted = new_rows({}, rows(mentorlog.journal))
    assert (counted["question"], counted["writes"]) == (TERMINALS * EACH, TERMINALS * EACH + 1)
    proved(
        f"{TERMINALS} processes × {EACH} writes beside {len(seen)} reads: {len(kept)} of"
        f" {TERMINALS * EACH} kept once, no “locked”, the journal intact"
    )


def test_many_terminals_can_begin_the_same_journal_at_once(mentorlog: Program) -> None:
    """Fails when `made` does not expect that another terminal was faster, or when nobody waits."""

    def terminal(number: int) -> Result:
        words = ("--as", "mentor", "--notes", "first", "--action", "read", "--json")
        return mentorlog("meet", f"Partner {number}", *words)

    with ThreadPoolExecutor(SOME) as pool:
        results = list(pool.map(terminal, range(SOME)))

    failed = [result for result in results if result.code != 0]
    assert failed == []
    kept = mentorlog.ok("log", "--json", "--all").json
    assert Counter(record["kind"] for record in kept) == Counter(
        pair=SOME, meeting=SOME, action=SOME
    )
    assert {result.json["id"] for result in results} == {
        record["id"] for record in kept if record["kind"] == "meeting"
    }
    assert is_whole(mentorlog.journal)


def test_a_pair_that_many_terminals_start_at_once_is_started_once(mentorlog: Program) -> None:
    """Fails when `hold` looks for a taken name before it holds the journal instead of after."""

    def terminal(number: int) -> Result:
        return mentorlog("meet", "Aiko", "--as", "mentee", "--notes", f"{number}", "--json")

    with ThreadPoolExecutor(SOME) as pool:
        results = list(pool.map(terminal, range(SOME)))

    kept = mentorlog.ok("log", "--json", "--all").json
    assert {result.code for result in results} <= {0, 1}
    assert [record["partner"] for record in kept if record["kind"] == "pair"] == ["Aiko"]
    assert {record["id"] for record in kept if record["kind"] == "meeting"} == {
        result.json["id"] for result in results if result.code == 0
    }


def test_an_account_that_two_terminals_keep_at_once_is_one_meeting(tmp_path: Path) -> None:
    """Fails when `hold` looks for the account's uid only before it holds the journal."""
    pool, is_waiting = ThreadPoolExecutor(1), threading.Event()
    second: list[Future[Held]] = []
    account = Account(new_uid(), date(2026, 11, 22), summary="said once")
    new = Journal(tmp_path / "journal.db")
    with new.transaction("test") as writing:
        pair = writing.add(Pair(partner="Aiko", my_role="mentee", started_on=date(2026, 11, 1)))
    new.close()

    def has_sent(sql: str) -> None:
        if sql.startswith("BEGIN"):
            is_waiting.set()

    def keep_too() -> Held:
        other = Journal(new.path)
        other.connection.set_trace_callback(has_sent)
        try:
            return hold(other, pair, account)
        finally:
            other.close()

    def now() -> datetime:  # read by the first while it holds the journal
        second.append(pool.submit(keep_too))
        is_waiting.wait(timeout=30)
        return datetime.now(UTC)

    first = Journal(new.path, now)
    with pool, closing(first):
        kept = [hold(first, pair, account).meeting, second[0].result().meeting]
        found = first.find(Meeting)

    assert found == [kept[0]] == [kept[1]]


def test_undo_from_many_terminals_takes_each_command_once(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Aiko", "--as", "mentee")
    for number in range(SOME):
        mentorlog.ok("ask", f"{number}")

    with ThreadPoolExecutor(SOME) as pool:
        results = list(pool.map(lambda _: mentorlog("undo"), range(SOME)))

    assert [result.code for result in results] == [0] * SOME
    assert [record["kind"] for record in mentorlog.ok("log", "--json").json] == ["pair"]


# Held for too long -------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_journal_that_another_program_holds_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.05)
    journal = Journal(tmp_path / "journal.db")
    with journal.transaction("test") as writing:
        pair = writing.add(Pair(partner="Aiko", my_role="mentee", started_on=date(2026, 11, 1)))
    journal.close()
    before = journal.path.read_bytes()

    with (
        held_by_another(journal.path, lock),
        pytest.raises(JournalBusy) as caught,
        journal.transaction("test") as writing,
    ):
        writing.change(pair.with_changes(alias="A"))
    journal.close()

    assert (caught.value.exit_code, caught.value.path) == (75, str(journal.path))
    assert journal.path.read_bytes() == before
    assert journal.find(Pair) == [pair]


def test_who_waits_for_a_busy_journal_writes_as_soon_as_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.05)
    journal = Journal(tmp_path / "journal.db")
    new = Pair(partner="Aiko", my_role="mentee", started_on=date(2026, 11, 1))
    with journal.transaction("test") as writing:
        writing.add(new)
    with (
        held_by_another(journal.path, "EXCLUSIVE"),
        pytest.raises(JournalBusy),
        journal.transaction("test"),
    ):
        pass

    with journal.transaction("test") as writing:
        writing.add(Pair(partner="Ben", my_role="mentor", started_on=date(2026, 11, 1)))
    journal.close()

    assert [pair.partner for pair in journal.find(Pair)] == ["Aiko", "Ben"]


def test_another_program_that_only_begins_to_write_keeps_nobody_from_reading(
    mentorlog: Program, impatient: Callable[..., Result]
) -> None:
    mentorlog.ok("pair", "start", "Aiko", "--as", "mentee")

    with held_by_another(mentorlog.journal, "IMMEDIATE"):
        read = impatient("log", "--json")

    assert (read.code, [record["partner"] for record in read.json]) == (0, ["Aiko"])


@pytest.mark.parametrize("words", [("ask", "why?"), ("undo",), ("edit", "p1", "--set", "alias=A")])
def test_a_command_that_cannot_have_the_journal_exits_with_75_and_says_so(
    mentorlog: Program, impatient: Callable[..., Result], words: tuple[str, ...]
) -> None:
    mentorlog.ok("pair", "start", "Aiko", "--as", "mentee")
    before = mentorlog.journal.read_bytes()

    with held_by_another(mentorlog.journal, "IMMEDIATE"):
        refused = impatient(*words)

    assert (refused.code, refused.out) == (75, "")
    assert len(refused.err.splitlines()) == 1
    assert "Traceback" not in refused.err
    assert mentorlog.journal.read_bytes() == before


@pytest.mark.proofs(4)
@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_what_was_typed_for_a_busy_journal_is_kept_as_a_draft(
    mentorlog: Program, impatient: Callable[..., Result], proved: Proved, lock: str
) -> None:
    """Fails when `_kept` in cli/meet.py does not keep the draft, or not before it gives up."""
    mentorlog.ok("pair", "start", "Aiko", "--as", "mentee")

    with held_by_another(mentorlog.journal, lock):
        refused = impatient("meet", "Aiko", "--notes", "said with care 目標")

    (draft,) = mentorlog.journal.with_name("journal.db.drafts").iterdir()
    assert refused.code == 75
    assert draft.suffix == ".json"
    assert "said with care 目標" in draft.read_text(encoding="utf-8")
    assert str(draft) in refused.err
    assert "locked" not in refused.err
    proved(f"a lock ({lock}) held for longer than the time-out: exit 75, the draft kept and named")


def test_text_that_cannot_be_kept_is_refused_as_such_though_the_journal_is_busy(
    mentorlog: Program, impatient: Callable[..., Result]
) -> None:
    mentorlog.ok("pair", "start", "Aiko", "--as", "mentee")
    words = ("meet", "Aiko", "--notes", os.fsdecode(b"not UTF-8: \xff"))
    when_free = impatient(*words)

    with held_by_another(mentorlog.journal, "IMMEDIATE"):
        refused = impatient(*words)

    assert when_free.code == 2
    assert refused.code in {2, 75}
    assert list(mentorlog.journal.parent.rglob("*.new")) == []
