"""Imports a large file of each format into an empty journal and prints how fast, and in how much memory.

Our own format is what `export` writes of a journal made up for the purpose; beside it stands that export
itself. The others are as many entries of a few lines. The figures are for people; no test judges them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from tests.benchmarks.__main__ import WEIGHED
from tests.benchmarks.journals import fill

FIRST = date(2010, 1, 1)
WORDS = "What we agreed on, and why it was hard to keep to it this time. "


def main() -> None:
    """Make the files, import each into a journal of its own, print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.imports", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="entries in each file")
    count = parser.parse_args().records
    print(f"{'':<24}{'records':>9}{'seconds':>9}{'a second':>10}{'MB':>6}{'file MB':>9}")
    with tempfile.TemporaryDirectory(prefix="mentorlog-benchmark-") as folder:
        home = Path(folder)
        for name, file, words in _files(home, count):
            run = _Run(home / f"{name}.db")
            if name != "json":
                run("pair", "start", "Aya", "--as", "mentor")
            _print(f"import {name}", run, file, "import", str(file), *words)
            if name == "json":
                _print("import json again", run, file, "import", str(file))
            _print(f"undo of {name}", run, file, "undo")


def _files(home: Path, count: int) -> Iterator[tuple[str, Path, list[str]]]:
    """Yield the name of a format, a file of it, and what to type beside that."""
    made = _Run(home / "made.db")
    fill(made.journal, count)
    own = home / "own.json"
    _print("export json", made, own, "export", "--format", "json", "-o", str(own))
    yield "json", own, []
    for name, file in (("jrnl", _jrnl(home, count)), ("dayone", _day_one(home, count))):
        yield name, file, []
    yield "csv", _table(home, count), ["--map", "date=Day", "--map", "notes=Text"]


def _print(what: str, run: _Run, file: Path, *words: str) -> None:
    before = run.records()
    seconds, megabytes = run(*words)
    count = abs(run.records() - before) or run.records()
    size = file.stat().st_size / 1e6 if file.exists() else 0
    print(
        f"{what:<24}{count:>9}{seconds:>9.2f}{count / seconds:>10.0f}{megabytes:>6.0f}{size:>9.1f}"
    )


class _Run:
    """The program on one journal."""

    def __init__(self, journal: Path) -> None:
        self.journal = journal
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(journal.parent),
            "LANG": "C.UTF-8",
            "MENTORLOG_DB": str(journal),
        }

    def __call__(self, *words: str) -> tuple[float, float]:
        """Run a command; return its seconds and the megabytes it held at most."""
        program = [sys.executable, str(Path(sys.executable).with_name("mentorlog"))]
        began = perf_counter()
        done = subprocess.run(
            [sys.executable, "-S", "-c", WEIGHED, *program, *words],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        seconds = perf_counter() - began
        if b"mentorlog: " in done.stderr:
            raise SystemExit(done.stderr.decode())
        scale = 1024 if sys.platform == "linux" else 1024**2
        return seconds, int(done.stdout.split()[-1]) / scale

    def records(self) -> int:
        """Return how many records the journal holds."""
        if not self.journal.exists():
            return 0
        import sqlite3

        from mentorlog.domain.kinds import KIND_NAMES

        counts = " + ".join(f"(SELECT count(*) FROM {kind})" for kind in KIND_NAMES)
        journal = sqlite3.connect(self.journal)
        try:
            return int(journal.execute(f"SELECT {counts}").fetchone()[0])
        finally:
            journal.close()


def _jrnl(home: Path, count: int) -> Path:
    place = home / "jrnl.txt"
    with place.open("w", encoding="utf-8") as file:
        for number in range(count):
            on = FIRST + timedelta(days=number % 5000)
            file.write(f"[{on} 09:{number % 60:02} AM] Entry {number} @work\n{WORDS * 3}\n\n")
    return place


def _day_one(home: Path, count: int) -> Path:
    entries = [
        {
            "uuid": f"{number:032X}",
            "creationDate": f"{datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}",
            "timeZone": "Asia/Tokyo",
            "text": f"# Entry {number}\n\n{WORDS * 3}",
            "tags": ["work"],
            "location": {"placeName": "Home", "country": "Japan"},
        }
        for number in range(count)
    ]
    place = home / "dayone.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "Journal.json", json.dumps({"metadata": {"version": "1.0"}, "entries": entries})
        )
    return place


def _table(home: Path, count: int) -> Path:
    place = home / "table.csv"
    with place.open("w", encoding="utf-8") as file:
        file.write("Day,Text,Mood\n")
        for number in range(count):
            on = FIRST + timedelta(days=number % 5000)
            file.write(f'{on},"Entry {number}, {WORDS * 3}",good\n')
    return place


if __name__ == "__main__":
    main()
