"""What the tests of the storage share: a journal in a folder of its own, and a clock that ticks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.storage import file
from mentorlog.storage.journal import Journal


@pytest.fixture
def now() -> Callable[[], datetime]:
    """A clock that is a second and a microsecond later every time it is read."""
    ticks = count()
    start = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    return lambda: start + next(ticks) * timedelta(seconds=1, microseconds=1)


@pytest.fixture
def journal(tmp_path: Path, now: Callable[[], datetime]) -> Iterator[Journal]:
    """A journal that nothing has been written to: neither the file nor its folder is there."""
    opened = Journal(tmp_path / "kept" / "journal.db", now)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: syncing a thousand random journals to a disk is slow."""
    memory = "/dev/shm"  # noqa: S108  (only the place; the folder's own name is made at random)
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def aiko(journal: Journal) -> Pair:
    """The pair p1, written by the journal's first command."""
    with journal.transaction("pair start") as writing:
        return writing.add(Pair(partner="Aiko", my_role="mentee", started_on=date(2026, 11, 1)))


@pytest.fixture
def ben(journal: Journal, aiko: Pair) -> Pair:
    """The pair p2, written by the second."""
    with journal.transaction("pair start") as writing:
        return writing.add(Pair(partner="Ben", my_role="mentor", started_on=date(2026, 11, 2)))


@pytest.fixture(scope="session")
def empty(quick_folder: Path) -> Path:
    """A folder with a journal that nothing was written to: to make one anew each time takes longer."""
    folder = Path(mkdtemp(dir=quick_folder)) / "empty"  # nobody else's: some tests name theirs so
    file.made(folder / "journal.db").close()
    return folder
