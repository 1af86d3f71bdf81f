"""A kill at any moment: the program is killed at the system calls by which it writes.

strace counts the calls and kills the program on entering the chosen one. A kill does not lose what the
system has taken in: that is power loss, which is `test_power_loss.py`'s. Where there is no strace, there
is `test_kill_at_random.py`.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mentorlog.storage import backups, file
from tests.conftest import Program
from tests.proofs import Proved
from tests.reliability.intact import Rows, can_go_on, new_rows, recovered, rows
from tests.reliability.tracing import AT_THE_END, Point, Traced, needs_strace

pytestmark = needs_strace

JOURNALS = Path(__file__).parents[1] / "storage" / "journals"
MEETING = (
    "meet", "Aiko", "--as", "mentee", "--notes", "long " * 2000, "--action", "read due:+1w",
    "--question", "why?", "--insight", "aha", "--json",
)  # fmt: skip
OF_A_MEETING = Counter(meeting=1, question=1, action=1, insight=1, writes=1, changes=4)


@dataclass
class Tally:
    """What the kills of one test left behind."""

    kills: int = 0
    with_side_file: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def line(self, command: str) -> str:
        whole, nothing = self.outcomes["whole"], self.outcomes["nothing"]
        return (
            f"{self.kills} kills in {command}: {whole} left all of it, {nothing} nothing, 0 a part;"
            f" {self.with_side_file} left a side file; {self.outcomes['told']} after it was told, 0 lost"
        )


class Kills:
    """Each kill of one command: at which call, and what had been printed by then."""

    def __init__(self, traced: Traced, words: tuple[str, ...]) -> None:
        self.tally = Tally()
        self._traced = traced
        self._words = words

    def __iter__(self) -> Iterator[tuple[Point, str]]:
        side_file = Path(f"{self._traced.journal}-journal")
        at_the_end = [Point(call, 1) for call in AT_THE_END]
        for point in [*self._traced.points(self._words), *at_the_end]:
            printed = self._traced.killed(self._words, point)
            self.tally.kills += 1
            self.tally.with_side_file += side_file.exists() and side_file.stat().st_size > 0
            yield point, printed

    def came_to(self, *, whole: bool, printed: str) -> None:
        """Count how it ended; what has been told has to be there."""
        assert whole or not printed
        self.tally.outcomes["whole" if whole else "nothing"] += 1
        self.tally.outcomes["told"] += bool(printed)


@pytest.fixture
def traced(mentorlog: Program) -> Callable[..., Traced]:
    """Return what takes the commands that make the journal to begin from."""

    def prepared(*commands: tuple[str, ...]) -> Traced:
        for words in commands:
            mentorlog.ok(*words)
        return Traced.beginning_from(mentorlog)

    return prepared


@pytest.mark.proofs(1)
@pytest.mark.parametrize("is_first", [True, False], ids=["a first run", "an existing journal"])
def test_a_meeting_survives_a_kill_at_any_moment_or_leaves_nothing_of_it(
    traced: Callable[..., Traced], proved: Proved, is_first: bool
) -> None:
    """Fails when the meeting and what it made are committed one by one, when journal_mode becomes MEMORY
    in storage/file.py, and when the ids are printed before the COMMIT."""
    earlier = [
        ("meet", "Aiko", "--as", "mentee", "--summary", "before 目標", "--action", "kept"),
        ("ask", "kept too?"),
    ]
    program = traced(*([] if is_first else earlier))
    before = rows(program.journal)
    expected = OF_A_MEETING + Counter(pair=1, changes=1) if is_first else OF_A_MEETING
    kills = Kills(program, MEETING)

    for point, printed in kills:
        came = new_rows(before, recovered(program.journal))
        assert came in (Counter(), expected), point
        if printed:
            assert json.loads(printed)["id"] == ("m1" if is_first else "m2")
        kills.came_to(whole=bool(came), printed=printed)
        assert can_go_on(program.journal), point

    assert kills.tally.kills >= 30
    assert kills.tally.with_side_file >= 8
    assert kills.tally.outcomes["whole"] >= 3
    assert kills.tally.outcomes["nothing"] >= 8
    assert kills.tally.outcomes["told"] == 1
    proved(kills.tally.line("a first `meet`" if is_first else "`meet`"))


@pytest.mark.proofs(1)
def test_an_undo_survives_a_kill_at_any_moment_or_changes_nothing(
    traced: Callable[..., Traced], proved: Proved
) -> None:
    """Fails when journal_mode becomes MEMORY in storage/file.py, and when it is told before the COMMIT."""
    program = traced(("meet", "Aiko", "--as", "mentee", "--notes", "n" * 9000, "--action", "read"))
    before = rows(program.journal)
    kills = Kills(program, ("undo",))

    for point, printed in kills:
        after = recovered(program.journal)
        if after != before:
            assert [len(after[name]) for name in ("pair", "meeting", "action")] == [0, 0, 0], point
            assert (len(after["writes"]), len(after["changes"])) == (2, 6), point
        kills.came_to(whole=after != before, printed=printed)

    assert kills.tally.with_side_file >= 6
    assert min(kills.tally.outcomes["whole"], kills.tally.outcomes["nothing"]) >= 3
    proved(kills.tally.line("`undo`"))


@pytest.mark.proofs(1)
def test_an_import_survives_a_kill_at_any_moment_or_leaves_nothing_of_it(
    traced: Callable[..., Traced], proved: Proved, tmp_path: Path
) -> None:
    """Fails when journal_mode becomes MEMORY in storage/file.py, when entries are committed as they come,
    and when they are told before the COMMIT."""
    diary = tmp_path / "diary.txt"
    diary.write_text(
        "".join(f"[2026-11-{n:02} 09:00] Day {n}. {'long ' * 500}\n" for n in range(1, 9))
    )
    program = traced(("meet", "Aiko", "--as", "mentee", "--summary", "before"))
    before = rows(program.journal)
    kills = Kills(program, ("import", str(diary), "--json"))

    for point, printed in kills:
        came = new_rows(before, recovered(program.journal))
        assert came in (Counter(), Counter(meeting=8, writes=1, changes=8)), point
        kills.came_to(whole=bool(came), printed=printed)

    assert kills.tally.with_side_file >= 6
    assert min(kills.tally.outcomes["whole"], kills.tally.outcomes["nothing"]) >= 3
    proved(kills.tally.line("`import` of 8 entries"))


# A migration -------------------------------------------------------------------------------------


def of_any_schema(path: Path) -> tuple[int, Rows]:
    """Return the schema of a journal, and every row of every table of it, which has to be whole."""
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        (version,) = opened.execute("PRAGMA user_version").fetchone()
        tables = opened.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
        ).fetchall()
        found = {name: opened.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables}
    return version, found


@pytest.mark.proofs(1)
@pytest.mark.parametrize("schema", range(1, file.SCHEMA_VERSION))
def test_a_migration_survives_a_kill_at_any_moment_or_changes_nothing(
    mentorlog: Program, proved: Proved, schema: int
) -> None:
    """Fails when the version is set in a transaction of its own (`_bring_up_to_date` in storage/file.py),
    when no backup is made first, and when journal_mode becomes MEMORY."""
    old = JOURNALS / f"schema-{schema}.db"
    mentorlog.journal.parent.mkdir(parents=True)
    shutil.copy(old, mentorlog.journal)
    program = Traced.beginning_from(mentorlog)
    before = of_any_schema(old)
    words = ("log", "--json")
    shown = mentorlog.ok(*words).json
    migrated = rows(mentorlog.journal)
    kills = Kills(program, words)

    for point, printed in kills:
        version, found = of_any_schema(program.journal)
        assert (version, found) == before or version == file.SCHEMA_VERSION, point
        assert recovered(program.journal) == migrated, point
        copies = [of_any_schema(copy) for copy in backups.automatic(program.journal)]
        assert copies, point
        assert all(copy == before for copy in copies), point
        kills.came_to(whole=version == file.SCHEMA_VERSION, printed=printed)

    assert mentorlog.ok(*words).json == shown
    assert kills.tally.with_side_file >= 6
    assert min(kills.tally.outcomes["whole"], kills.tally.outcomes["nothing"]) >= 2
    proved(kills.tally.line(f"a migration from schema {schema}, its backup there each time"))
