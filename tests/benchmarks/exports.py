"""How long a JSON export takes beside sqlite3 dumping the same tables: python -m tests.benchmarks.exports

The two run in turn, as whole processes, each into a file; ratios are taken pair by pair. The figures are
for people; no test judges them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from mentorlog.domain.reading_order import reading_order
from tests.benchmarks.__main__ import WEIGHED
from tests.benchmarks.journals import fill

TABLES = "\n".join([".mode json", *(f"SELECT * FROM {kind};" for kind in reading_order())])


def main() -> None:
    """Make a journal, dump it in both ways, print the figures."""
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="mentorlog-benchmark-") as home:
        journal = Path(home, "journal.db")
        fill(journal, chosen.records)
        os.environ |= {"HOME": home, "MENTORLOG_DB": str(journal), "LANG": "C.UTF-8"}
        program = str(Path(sys.executable).with_name("mentorlog"))
        ours, theirs = [sys.executable, program, "export", "--json"], ["sqlite3", str(journal)]
        rounds = [[_seconds(each, home) for each in (ours, theirs)] for _ in range(chosen.runs)]
        own, other = (statistics.median(each) for each in zip(*rounds, strict=True))
        ratio = statistics.median(one / two for one, two in rounds)
        print(f"{chosen.records} records, median of {chosen.runs} runs in turn")
        print(f"export --json {own:.3f} s · sqlite3 {other:.3f} s · ratio {ratio:.2f}")
        print(f"export --json {_megabytes(ours, home):.0f} MB at its peak")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.exports", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="records in the journal")
    parser.add_argument("--runs", type=int, default=11, help="counted runs of each")
    return parser.parse_args()


def _seconds(command: list[str], home: str) -> float:
    with Path(home, "out.json").open("wb") as out:
        began = perf_counter()
        subprocess.run(command, input=TABLES.encode(), stdout=out, check=True)
        return perf_counter() - began


def _megabytes(command: list[str], home: str) -> float:
    """Return what a command holds at its peak; a small program starts it, for its own counts too."""
    place = Path(home, "weighed.json")
    with place.open("wb") as out:
        subprocess.run([sys.executable, "-S", "-c", WEIGHED, *command], stdout=out, check=True)
    kilobytes = int(place.read_bytes().split()[-1])
    return kilobytes / (1024 if sys.platform == "linux" else 1024**2)


if __name__ == "__main__":
    main()
