"""How fast files of other programs come in, and are undone: python -m tests.benchmarks.imports

Each format is a large file of entries of a few lines, brought into an empty journal. Our own format is
measured by `python -m tests.benchmarks`. The figures are for people; no test judges them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks import timing
from tests.benchmarks.home import Home

_FIRST = datetime(2010, 1, 1, 9, tzinfo=UTC)
_WORDS = "What we agreed on, and why it was hard to keep to it this time. " * 3


def main() -> None:
    """Make the files, import each into a journal of its own, print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.imports", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="entries in each file")
    count = parser.parse_args().records
    print(f"{'':<24}{'entries':>9}{'seconds':>9}{'a second':>10}{'MB':>6}")
    with tempfile.TemporaryDirectory(prefix="mentorlog-benchmark-") as folder:
        for name, file, words in _files(Path(folder), count):
            home = Home(Path(folder, name))
            timing.seconds(home.mentorlog("pair", "start", "Aya", "--as", "mentor"))
            for what, typed in (("import", [str(file), *words]), ("undo", [])):
                took, megabytes = timing.weighed(home.mentorlog(what, *typed))
                print(
                    f"{what + ' ' + name:<24}{count:>9}{took:>9.2f}{count / took:>10.0f}{megabytes:>6.0f}"
                )


def _files(folder: Path, count: int) -> Iterator[tuple[str, Path, list[str]]]:
    """Yield the name of a format, a file of it, and what to type beside that."""
    yield "jrnl", _jrnl(folder / "jrnl.txt", count), []
    yield "dayone", _day_one(folder / "dayone.zip", count), []
    yield "csv", _table(folder / "table.csv", count), ["--map", "date=Day", "--map", "notes=Text"]


def _days(count: int) -> Iterator[tuple[int, datetime]]:
    for number in range(count):
        yield number, _FIRST + timedelta(days=number % 5000, minutes=number % 60)


def _jrnl(place: Path, count: int) -> Path:
    with place.open("w", encoding="utf-8") as file:
        for number, at in _days(count):
            file.write(f"[{at:%Y-%m-%d %I:%M %p}] Entry {number} @work\n{_WORDS}\n\n")
    return place


def _day_one(place: Path, count: int) -> Path:
    entries = [
        {
            "uuid": f"{number:032X}",
            "creationDate": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "timeZone": "Asia/Tokyo",
            "text": f"# Entry {number}\n\n{_WORDS}",
            "tags": ["work"],
            "location": {"placeName": "Home", "country": "Japan"},
        }
        for number, at in _days(count)
    ]
    document = json.dumps({"metadata": {"version": "1.0"}, "entries": entries})
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Journal.json", document)
    return place


def _table(place: Path, count: int) -> Path:
    with place.open("w", encoding="utf-8") as file:
        file.write("Day,Text,Mood\n")
        for number, at in _days(count):
            file.write(f'{at.date()},"Entry {number}, {_WORDS}",good\n')
    return place


if __name__ == "__main__":
    main()
