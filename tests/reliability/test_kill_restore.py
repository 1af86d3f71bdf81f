"""A kill at any moment of `restore` and `forget`: all of it, or nothing, and the next call goes on.

How a call is chosen and the program killed at it is `test_kill.py`'s.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Program
from tests.reliability.test_kill import Traced, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be traced")

MOST_OF_A_KIND = 9  # of a hundred writes alike, the first and the last among those chosen


@pytest.fixture
def traced(mentorlog: Program, tmp_path: Path) -> Traced:
    """Two pairs, the second with much text, a backup of before the second, and one elsewhere."""
    mentorlog.ok("meet", "Aiko", "--as", "mentee", "--summary", "stays 目標")
    mentorlog.ok("backup", str(mentorlog.home / "before.db"))
    mentorlog.ok("meet", "Ben", "--as", "mentor", "--notes", "long canary " * 3000)
    mentorlog.ok("backup")
    template = tmp_path / "template"
    shutil.copytree(mentorlog.home, template)
    return Traced(mentorlog, template)


def points(traced: Traced, words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield the calls, and which of each, at which to kill."""
    for call, count in traced.counted(words).items():
        some = min(count, MOST_OF_A_KIND)
        for place in range(some):
            yield call, 1 + place * (count - 1) // max(1, some - 1)


def partners(path: Path) -> list[str]:
    """Return the names of the pairs in a journal, which has to be whole."""
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        return [row[0] for row in opened.execute("SELECT partner FROM pair ORDER BY number")]


def test_a_restore_survives_a_kill_at_any_moment_or_changes_nothing(traced: Traced) -> None:
    """Fails when the journal is written over with journal_mode=OFF, or copied to as a file."""
    words = ("restore", str(traced.program.home / "before.db"))
    outcomes: Counter[str] = Counter()
    old = partners(traced.journal)

    for call, when in points(traced, words):
        traced.killed(words, call, when, paths=True)
        side_file = traced.journal.with_name("journal.db-journal")
        outcomes["with a side file"] += side_file.exists() and side_file.stat().st_size > 512
        traced.program.ok("log", "--json")
        found = partners(traced.journal)
        assert found in (old, old[:1]), (call, when)
        outcomes["old" if found == old else "new"] += 1
        kept = traced.journal.with_name("journal.db.backups").glob("before-restore-*")
        if found != old:
            assert [partners(each) for each in kept] == [old], (call, when)

    assert outcomes["old"] >= 10
    assert outcomes["new"] >= 1
    assert outcomes["with a side file"] >= 3


def test_a_forgetting_survives_a_kill_at_any_moment_and_the_next_call_finishes_it(
    traced: Traced,
) -> None:
    """Fails when the records and the mark are not written together, and when `forget` does not look for
    the mark: the words would be left in the backup."""
    words = ("forget", "Ben", "--yes")
    outcomes: Counter[str] = Counter()

    for call, when in points(traced, words):
        traced.killed(words, call, when, paths=True)
        traced.program.ok("log", "--json")
        found = partners(traced.journal)
        assert found in (["Aiko", "Ben"], ["Aiko"]), (call, when)
        outcomes["all there" if "Ben" in found else "gone"] += 1
        again = traced.program(*words)
        assert partners(traced.journal) == ["Aiko"], (call, when)
        outcomes["finished"] += "finished now" in again.err
        files = [each for each in traced.program.home.rglob("*") if each.is_file()]
        assert [each for each in files if b"canary" in each.read_bytes()] == [], (call, when)

    assert min(outcomes["all there"], outcomes["gone"], outcomes["finished"]) >= 3
