"""What the tests of the workflows share: a journal, and two pairs in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.storage.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal that nothing has been written to, with a clock that ticks once a command."""
    ticks = count()
    start = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    opened = Journal(tmp_path / "journal.db", lambda: start + timedelta(minutes=next(ticks)))
    yield opened
    opened.close()


@pytest.fixture
def aiko(journal: Journal) -> Pair:
    """The pair p1: Aiko is my mentor."""
    with journal.transaction("pair start") as writing:
        return writing.add(
            Pair(partner="Aiko Tanaka", alias="ai", my_role="mentee", started_on=date(2026, 11, 1))
        )


@pytest.fixture
def ben(journal: Journal, aiko: Pair) -> Pair:
    """The pair p2: I am Ben's mentor."""
    with journal.transaction("pair start") as writing:
        return writing.add(Pair(partner="Ben", my_role="mentor", started_on=date(2026, 11, 2)))
