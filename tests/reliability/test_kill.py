"""A kill at any moment: the program is killed at the system calls by which it writes.

strace counts the calls that touch the journal, its side file or its folder, and kills the program on
entering the chosen one. A kill does not lose what the system has taken in: that is power loss, which
is proved elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mentorlog.domain.kinds import KINDS
from mentorlog.domain.pair import Pair
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal
from tests.conftest import Program

STRACE = shutil.which("strace")
KILLED = -9
PATHS = ("", "-journal")

# The calls that change what is on the disk. Each is killed at; of `pwrite64` there are over a hundred,
# so that only some are, the first and the last among them.
ON_THE_DISK = ("mkdir", "openat", "fsync", "fdatasync", "unlink", "pwrite64")
SOME_OF_MANY = {"pwrite64": 8}
AT_THE_END = (("write", 1), ("exit_group", 1))  # all is kept; not told yet, and told

MEETING = (
    "meet", "Aiko", "--as", "mentee", "--notes", "long " * 2000, "--action", "read due:+1w",
    "--question", "why?", "--insight", "aha", "--json",
)  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]


def why_not() -> str:
    """Return why calls cannot be traced here, empty where they can."""
    if STRACE is None:
        return "strace is not here"
    tried = subprocess.run(
        [STRACE, "-f", "-qq", "-o", os.devnull, "-e", "inject=unlink:signal=KILL:when=9", "true"],
        capture_output=True,
        check=False,
    )
    return "" if tried.returncode == 0 else "strace may not trace here"


pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be traced")


@dataclass
class Tally:
    """What the kills of one test left behind."""

    kills: int = 0
    with_side_file: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


@dataclass
class Traced:
    """The program under strace, each run on a copy of the same home."""

    program: Program
    template: Path

    @property
    def journal(self) -> Path:
        return self.program.journal

    def fresh(self) -> None:
        """Put the home back as it was before the first run."""
        shutil.rmtree(self.program.home)
        shutil.copytree(self.template, self.program.home)

    def run(self, words: tuple[str, ...], *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(STRACE), "-f", "-qq", *options, sys.executable, "-m", "mentorlog", *words],
            capture_output=True,
            text=True,
            env=self.program.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )

    def watched(self) -> list[str]:
        """Return the options that make strace count only what touches the journal."""
        folder = self.journal.parent
        paths = [*(f"{self.journal}{suffix}" for suffix in PATHS), str(folder), str(folder.parent)]
        return [word for path in paths for word in ("-P", path)]

    def counted(self, words: tuple[str, ...]) -> Counter[str]:
        """Return how many calls of each kind an undisturbed run makes."""
        self.fresh()
        log = self.template.with_suffix(".log")
        calls = ",".join(ON_THE_DISK)
        done = self.run(words, *self.watched(), "-o", str(log), "-e", f"trace={calls}")
        assert done.returncode == 0, done.stderr
        return Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.MULTILINE))

    def points(self, words: tuple[str, ...]) -> Iterator[tuple[str, int, bool]]:
        """Yield the calls, and which of each, at which to kill; whether the paths matter."""
        counted = self.counted(words)
        for call in ON_THE_DISK:
            of_all = counted[call]
            some = min(of_all, SOME_OF_MANY.get(call, of_all))
            for place in range(some):
                yield call, 1 + place * (of_all - 1) // max(1, some - 1), True
        for call, when in AT_THE_END:
            yield call, when, False

    def killed(self, words: tuple[str, ...], call: str, when: int, *, paths: bool) -> str:
        """Kill a run on entering the call; return what it had printed by then."""
        self.fresh()
        inject = f"inject={call}:signal=KILL:when={when}"
        options = [*(self.watched() if paths else []), "-o", os.devnull, "-e", f"trace={call}"]
        done = self.run(words, *options, "-e", inject)
        assert done.returncode == KILLED, (call, when, done)
        return done.stdout


@pytest.fixture
def traced(mentorlog: Program, tmp_path: Path) -> Callable[..., Traced]:
    """Return what takes the commands that make the journal to begin from."""

    def prepared(*commands: tuple[str, ...]) -> Traced:
        for words in commands:
            mentorlog.ok(*words)
        template = tmp_path / "template"
        shutil.copytree(mentorlog.home, template)
        return Traced(mentorlog, template)

    return prepared


def rows(path: Path) -> Rows:
    """Return every row of records and of the log, read by SQLite itself; it has to be whole."""
    if not path.exists() or path.stat().st_size == 0:
        return {}
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert search_index.agrees(opened)
        names = [*(record_type.kind for record_type in KINDS.values()), "writes", "changes"]
        return {name: opened.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def recovered(path: Path) -> Rows:
    """Let the program open what was left, as the next command would, and return the rows."""
    journal = Journal(path)
    journal.history()
    for record_type in KINDS.values():
        journal.find(record_type)
    journal.close()
    return rows(path)


def new_rows(before: Rows, after: Rows) -> Counter[str]:
    """Hold that every earlier row is there as it was, and count those that have come."""
    came: Counter[str] = Counter()
    for name, found in after.items():
        earlier = before.get(name, [])
        assert found[: len(earlier)] == earlier
        came[name] = len(found) - len(earlier)
    return +came


def can_go_on(path: Path) -> bool:
    """True when the next command is kept."""
    journal = Journal(path)
    with journal.transaction("pair start") as writing:
        kept = writing.add(Pair(partner="Next", my_role="mentor", started_on=date(2026, 11, 22)))
    journal.close()
    found = journal.find(Pair)
    journal.close()
    return found[-1] == kept


WHOLE = Counter(meeting=1, question=1, action=1, insight=1, writes=1, changes=4)


@pytest.mark.parametrize("is_first", [True, False], ids=["a first run", "an existing journal"])
def test_a_meeting_survives_a_kill_at_any_moment_or_leaves_nothing_of_it(
    traced: Callable[..., Traced], is_first: bool
) -> None:
    """Fails when the meeting and what it made are committed one by one, with journal_mode=OFF or
    MEMORY, and when the ids are printed before the COMMIT."""
    earlier = [
        ("meet", "Aiko", "--as", "mentee", "--summary", "before 目標", "--action", "kept"),
        ("ask", "kept too?"),
    ]
    program = traced(*([] if is_first else earlier))
    before = rows(program.journal)
    whole = WHOLE + Counter(pair=1, changes=1) if is_first else WHOLE
    tally = Tally()

    for call, when, paths in program.points(MEETING):
        printed = program.killed(MEETING, call, when, paths=paths)
        tally.kills += 1
        tally.with_side_file += Path(f"{program.journal}-journal").exists()
        came = new_rows(before, recovered(program.journal))
        assert came in (Counter(), whole), (call, when)
        if printed:
            assert json.loads(printed)["id"] == ("m1" if is_first else "m2")
            assert came == whole, (call, when)
        assert can_go_on(program.journal), (call, when)
        tally.outcomes["whole" if came else "nothing"] += 1
        tally.outcomes["told"] += bool(printed)

    assert tally.kills >= 15
    assert tally.with_side_file >= 8
    assert tally.outcomes["whole"] >= 3
    assert tally.outcomes["nothing"] >= 8
    assert tally.outcomes["told"] == 1


def test_an_undo_survives_a_kill_at_any_moment_or_changes_nothing(
    traced: Callable[..., Traced],
) -> None:
    """Fails as the test above does, and when `undo` takes more than one transaction."""
    program = traced(("meet", "Aiko", "--as", "mentee", "--notes", "n" * 9000, "--action", "read"))
    before = rows(program.journal)
    tally = Tally()

    for call, when, paths in program.points(("undo",)):
        if call in {"openat", "pwrite64"}:
            continue
        printed = program.killed(("undo",), call, when, paths=paths)
        tally.kills += 1
        tally.with_side_file += Path(f"{program.journal}-journal").exists()
        after = recovered(program.journal)
        is_undone = after != before
        if is_undone:
            assert [len(after[name]) for name in ("pair", "meeting", "action")] == [0, 0, 0]
            assert (len(after["writes"]), len(after["changes"])) == (2, 6)
        assert is_undone or not printed
        tally.outcomes["undone" if is_undone else "nothing"] += 1

    assert tally.kills >= 6
    assert tally.with_side_file >= 3
    assert min(tally.outcomes["undone"], tally.outcomes["nothing"]) >= 2


def test_an_import_survives_a_kill_at_any_moment_or_leaves_nothing_of_it(
    traced: Callable[..., Traced], tmp_path: Path
) -> None:
    """Fails when entries are committed as they come, and when they are told before the COMMIT."""
    diary = tmp_path / "diary.txt"
    diary.write_text(
        "".join(f"[2026-11-{n:02} 09:00] Day {n}. {'long ' * 500}\n" for n in range(1, 9))
    )
    words = ("import", str(diary), "--json")
    program = traced(("meet", "Aiko", "--as", "mentee", "--summary", "before"))
    before = rows(program.journal)
    tally = Tally()

    for call, when, paths in program.points(words):
        if call == "openat":
            continue
        printed = program.killed(words, call, when, paths=paths)
        tally.kills += 1
        tally.with_side_file += Path(f"{program.journal}-journal").exists()
        came = new_rows(before, recovered(program.journal))
        assert came in (Counter(), Counter(meeting=8, writes=1, changes=8)), (call, when)
        assert came or not printed, (call, when)
        tally.outcomes["whole" if came else "nothing"] += 1

    assert tally.kills >= 8
    assert tally.with_side_file >= 4
    assert min(tally.outcomes["whole"], tally.outcomes["nothing"]) >= 2
