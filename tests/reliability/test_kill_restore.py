"""A kill at any moment of `restore` and `forget`: all of it, or nothing, and the next call goes on.

How a call is chosen and the program killed at it is `tracing.py`'s.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Program
from tests.proofs import Proved
from tests.reliability.tracing import Traced, needs_strace

pytestmark = needs_strace


@pytest.fixture
def traced(mentorlog: Program) -> Traced:
    """Two pairs, the second with much text, a backup of before the second, and one elsewhere."""
    mentorlog.ok("meet", "Aiko", "--as", "mentee", "--summary", "stays 目標")
    mentorlog.ok("backup", str(mentorlog.home / "before.db"))
    mentorlog.ok("meet", "Ben", "--as", "mentor", "--notes", "long canary " * 3000)
    mentorlog.ok("backup")
    return Traced.beginning_from(mentorlog)


def partners(path: Path) -> list[str]:
    """Return the names of the pairs in a journal, which has to be whole."""
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        return [row[0] for row in opened.execute("SELECT partner FROM pair ORDER BY number")]


@pytest.mark.proofs(1)
def test_a_restore_survives_a_kill_at_any_moment_or_changes_nothing(
    traced: Traced, proved: Proved
) -> None:
    """Fails when the journal is written over with journal_mode=OFF, or copied to as a file."""
    words = ("restore", str(traced.program.home / "before.db"))
    outcomes: Counter[str] = Counter()
    old = partners(traced.journal)

    for point in traced.points(words):
        traced.killed(words, point)
        side_file = traced.journal.with_name("journal.db-journal")
        outcomes["with a side file"] += side_file.exists() and side_file.stat().st_size > 512
        traced.program.ok("log", "--json")
        found = partners(traced.journal)
        assert found in (old, old[:1]), point
        outcomes["old" if found == old else "new"] += 1
        kept = traced.journal.with_name("journal.db.backups").glob("before-restore-*")
        if found != old:
            assert [partners(each) for each in kept] == [old], point

    assert outcomes["old"] >= 10
    assert outcomes["new"] >= 1
    assert outcomes["with a side file"] >= 3
    proved(
        f"{outcomes['old'] + outcomes['new']} kills in `restore`: {outcomes['old']} left the old journal,"
        f" {outcomes['new']} the new one, 0 a part; {outcomes['with a side file']} left a side file"
    )


@pytest.mark.proofs(14)
def test_a_forgetting_survives_a_kill_at_any_moment_and_the_next_call_finishes_it(
    traced: Traced, proved: Proved
) -> None:
    """Fails when the records and the mark are not written together, and when `forget` does not look for
    the mark: the words would be left in the backup."""
    words = ("forget", "Ben", "--yes")
    outcomes: Counter[str] = Counter()

    for point in traced.points(words):
        traced.killed(words, point)
        traced.program.ok("log", "--json")
        found = partners(traced.journal)
        assert found in (["Aiko", "Ben"], ["Aiko"]), point
        outcomes["all there" if "Ben" in found else "gone"] += 1
        again = traced.program(*words)
        assert partners(traced.journal) == ["Aiko"], point
        outcomes["finished"] += "finished now" in again.err
        files = [each for each in traced.program.home.rglob("*") if each.is_file()]
        assert [each for each in files if b"canary" in each.read_bytes()] == [], point

    assert min(outcomes["all there"], outcomes["gone"], outcomes["finished"]) >= 3
    proved(
        f"{outcomes['all there'] + outcomes['gone']} kills in `forget`: {outcomes['all there']} left all"
        f" there, {outcomes['finished']} were finished by the next call, no word left in any file"
    )
