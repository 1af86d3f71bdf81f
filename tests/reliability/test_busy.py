"""A journal that another program holds for longer than we wait: what was typed is kept and named."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Program
    from tests.proofs import Proved


@pytest.mark.proofs(4)
@pytest.mark.parametrize(
    "words", [["ask", "-"], ["goal", "set", "-"], ["feedback", "give", "-"]], ids=" ".join
)
def test_a_text_that_a_busy_journal_could_not_take_is_kept_and_its_place_named(
    mentorlog: Program, proved: Proved, words: list[str]
) -> None:
    """With the time-out as it is. Fails when `Context` keeps nothing of what it was told to hold."""
    mentorlog.ok("pair", "start", "Aya", "--as", "mentee")
    before = mentorlog.ok("log", "--json").json
    with closing(sqlite3.connect(mentorlog.journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        refused = mentorlog(*words, stdin="A long thought\nof two lines")

        other.execute("ROLLBACK")
    (place,) = re.findall(r"kept in (\S+)", refused.err)
    assert (refused.code, refused.out) == (75, "")
    assert Path(place).read_text(encoding="utf-8") == "A long thought\nof two lines\n"
    assert Path(place).stat().st_mode & 0o077 == 0
    assert "locked" not in refused.err
    assert mentorlog.ok("log", "--json").json == before
    proved(
        f"`{' '.join(words)}` while the journal is held past the time-out: exit 75, the text kept"
    )
