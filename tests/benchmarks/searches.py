"""What a search costs beside sqlite3 asking the same of the same file: python -m tests.benchmarks.searches

Each search runs in turn with the floor, with `log` and with the command line of sqlite3, as whole
processes. What it takes above the floor stands beside one and a half times what sqlite3 takes. sqlite3
is given the statements that the search asks the journal with, each limited to as many rows as the
search reads. The figures are for people; no test judges them.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from mentorlog.domain.query import parse_query
from mentorlog.storage.journal import Journal
from mentorlog.storage.search import BEST, search
from mentorlog.storage.timeline import Slice
from tests.benchmarks.__main__ import COMMANDS, FLOOR, LOG, _environment, _seconds
from tests.benchmarks.journals import fill

SEARCHES = [name for name in COMMANDS if name.startswith("search ")]


def main() -> None:
    """Make journals of each size, search them, print the figures."""
    chosen = _arguments()
    if shutil.which("sqlite3") is None:
        raise SystemExit("There is no sqlite3 to search beside: nothing was measured.")
    print(f"milliseconds, median of {chosen.runs} runs in turn")
    print(f"{'records':>9}  {'command':<16}{'ours':>8}{'floor':>8}{'log':>8}", end="")
    print(f"{'sqlite3':>9}{'ours - floor':>14}{'1.5 x sqlite3':>15}")
    for records in chosen.records or (1_000, 10_000, 100_000):
        with tempfile.TemporaryDirectory(prefix="mentorlog-benchmark-") as home:
            _measure(Path(home), records, chosen.runs)


def _measure(home: Path, records: int, runs: int) -> None:
    environment = _environment(home)
    journal = Path(environment["XDG_DATA_HOME"]) / "mentorlog" / "journal.db"
    fill(journal, records)
    program = [sys.executable, str(Path(sys.executable).with_name("mentorlog"))]
    for name in SEARCHES:
        asked = _asked(journal, COMMANDS[name][-1])
        commands = (
            [*program, *COMMANDS[name]],
            [sys.executable, str(FLOOR), "How do I say no?"],
            [*program, *LOG],
            ["sqlite3", str(journal), asked],
        )
        for command in commands:
            _seconds(command, environment)  # the disk is warm then
        rounds = [[_seconds(each, environment) * 1000 for each in commands] for _ in range(runs)]
        ours, floor, log, theirs = (statistics.median(each) for each in zip(*rounds, strict=True))
        above = statistics.median(each[0] - each[1] for each in rounds)
        print(f"{records:>9}  {name:<16}{ours:>8.1f}{floor:>8.1f}{log:>8.1f}", end="")
        print(f"{theirs:>9.1f}{above:>14.1f}{1.5 * theirs:>15.1f}")


def _asked(path: Path, query: str) -> str:
    """Return the SQL by which a search asks a journal, as sqlite3 understands it."""
    journal, asked = Journal(path), list[str]()
    journal.connection.set_trace_callback(asked.append)
    search(journal, parse_query(query), Slice())
    journal.close()
    ours = [each for each in asked if " MATCH " in each]  # the others are FTS5's own
    return ";\n".join(
        each if " LIMIT " in each else f"{each.replace('local_day(', 'date(')} LIMIT {BEST + 1}"
        for each in ours
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.searches", description=__doc__
    )
    parser.add_argument("--records", type=int, action="append", help="records in the journal")
    parser.add_argument("--runs", type=int, default=21, help="counted runs of each")
    return parser.parse_args()


if __name__ == "__main__":
    main()
