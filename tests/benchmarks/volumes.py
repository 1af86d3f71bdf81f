"""What concerns a journal as a whole: writing all of it out, reading that in again, its size on the disk.

The export runs in turn with sqlite3 writing the same tables as JSON; the import goes into an empty
journal in a home of its own. *The text in a journal* is every text that people wrote into its records, as
the search index reads them (names, summaries, notes, topics, answers …), in bytes of UTF-8; days,
instants, codes, figures, identifiers and the log of changes are what the file holds beside it.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.reading_order import reading_order
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal
from tests.benchmarks import timing
from tests.benchmarks.commands import SQLITE3
from tests.benchmarks.home import Home
from tests.benchmarks.targets import LARGE, Figure
from tests.benchmarks.timing import Call

_ROUNDS = 5
_MEGABYTE = 1e6


def measured(home: Home, records: int) -> Iterator[Figure]:
    """Yield the figures of the journal in a home; `records` says which one it is."""
    asked = _Asked(records)
    yield from _size(home.journal, asked)
    exported = home.folder / "export.json"
    yield from _export(home, exported, asked)
    yield from _import(Home(home.folder / "other"), exported, asked)
    exported.unlink()


class _Asked:
    """Makes figures; only those of a large journal are judged."""

    def __init__(self, records: int) -> None:
        self._records = records

    def __call__(
        self, of: str, unit: str, value: float, allowed: float | None = None, *, least: bool = False
    ) -> Figure:
        allowed = allowed if self._records >= LARGE else None
        return Figure(of, self._records, unit, value, allowed, least)


def _size(path: Path, asked: _Asked) -> Iterator[Figure]:
    text, size = _text(path), path.stat().st_size
    yield asked("the text in it", "MB", text / _MEGABYTE)
    yield asked("the file", "MB", size / _MEGABYTE)
    yield asked("the file", "× the text", size / text, 3)


def _text(path: Path) -> int:
    """Return the bytes of everything people wrote."""
    total = 0
    with closing(Journal(path)) as journal:
        for kind in KIND_NAMES:
            for row in journal.connection.execute(f"SELECT * FROM {kind}"):
                texts = search_index.texts(kind, dict(row))
                total += sum(len(text.encode()) for _name, text in texts)
    return total


def _export(home: Home, into: Path, asked: _Asked) -> Iterator[Figure]:
    calls = {"ours": home.mentorlog("export", "--json", into=into)}
    _took, megabytes = timing.weighed(calls["ours"])
    if SQLITE3:
        tables = "\n".join([".mode json", *(f"SELECT * FROM {kind};" for kind in reading_order())])
        dumped = home.folder / "dump.json"
        words = [SQLITE3, str(home.journal)]
        calls["sqlite3"] = Call(words, home.environment, tables, dumped)
    took = timing.in_turn(calls, _ROUNDS)
    yield asked("JSON export", "s", statistics.median(took["ours"]))
    if "sqlite3" in took:
        dumped.unlink()
        yield asked("sqlite3 dump", "s", statistics.median(took["sqlite3"]))
        yield asked("JSON export", "× sqlite3", timing.ratio(took["ours"], took["sqlite3"]), 2.5)
    yield asked("JSON export", "MB", megabytes, 40)


def _import(home: Home, exported: Path, asked: _Asked) -> Iterator[Figure]:
    """Import once; what takes that long varies little."""
    took, megabytes = timing.weighed(home.mentorlog("import", str(exported)))
    with closing(Journal(home.journal)) as journal:
        counts = " + ".join(f"(SELECT count(*) FROM {kind})" for kind in KIND_NAMES)
        (records,) = journal.connection.execute(f"SELECT {counts}").fetchone()
    shutil.rmtree(home.folder)
    yield asked("JSON import", "s", took)
    yield asked("JSON import", "records/s", records / took, 15_000, least=True)
    yield asked("JSON import", "MB", megabytes, 60)
