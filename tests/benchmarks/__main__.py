"""How fast mentorlog is at any size: python -m tests.benchmarks

Makes journals of 1,000 to 1,000,000 records in their default place, in homes of their own, and runs each
command several times as a whole process, in turn with what it is compared to: `python -c pass`, a bare
Typer program (the floor), itself on the smallest journal, sqlite3 asking the same. Prints medians and
ratios beside what they must reach. Run it with the interpreter of a virtual environment that has
mentorlog installed. The figures are for people; no test judges them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks import commands, measuring, peers, tables, volumes
from tests.benchmarks.home import Home
from tests.benchmarks.journals import fill
from tests.benchmarks.measuring import Measured
from tests.benchmarks.progress import Bar
from tests.benchmarks.targets import Figure
from tests.benchmarks.timing import Failed

_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_RUNS = 21
_QUICK_SIZES, _QUICK_RUNS = (1_000, 10_000), 7
_INTERRUPTED = 130


class Results(NamedTuple):
    """All that was measured."""

    commands: list[Measured]
    volumes: list[Figure]
    peers: list[Figure]

    @property
    def of_commands(self) -> list[Figure]:
        """The figures of the commands."""
        return [figure for each in self.commands for figure in each.figures()]


def main() -> int:
    """Measure what is asked for and print it."""
    chosen = _arguments()
    if not commands.SQLITE3:
        print("sqlite3 is left out: it is not installed", file=sys.stderr)
    try:
        with tempfile.TemporaryDirectory(prefix="mentorlog-benchmark-") as folder:
            results = _measured(chosen, Path(folder))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    _print(chosen, results)
    return 0


def _arguments() -> argparse.Namespace:
    about = (__doc__ or "").partition("\n\n")[2]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=about)
    parser.add_argument(
        "--records", type=int, action="append", help="in a journal; may be repeated"
    )
    parser.add_argument("--runs", type=int, help=f"rounds; {_RUNS} unless told")
    parser.add_argument("--quick", action="store_true", help="two sizes, fewer rounds: two minutes")
    parser.add_argument(
        "--command", action="append", choices=commands.NAMES, metavar="NAME",
        help=f"only this one, nothing else; may be repeated: {', '.join(commands.NAMES)}",
    )  # fmt: skip
    parser.add_argument("--peers", action="store_true", help="compare with other programs too")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args()
    chosen.records = sorted({*(chosen.records or (_QUICK_SIZES if chosen.quick else _SIZES))})
    chosen.runs = chosen.runs or (_QUICK_RUNS if chosen.quick else _RUNS)
    return chosen


def _measured(chosen: argparse.Namespace, folder: Path) -> Results:
    names = chosen.command or commands.NAMES
    sizes = chosen.records
    count = len(sizes) * 2 + len(names) * chosen.runs
    count += peers.steps(chosen.runs) if chosen.peers else 0
    with Bar(count) as bar:
        homes = dict[int, Home]()
        for records in sizes:
            homes[records] = _home(folder, records, bar)
            bar()
        whole = [] if chosen.command else _whole(homes, bar)
        timed = list[Measured]()
        for name in names:
            bar.doing(name)
            timed += measuring.measured(name, homes, chosen.runs, bar)
        others = list[Figure]()
        if chosen.peers:
            bar.doing("other programs")
            home_of = partial(_home, folder, bar=bar)
            others = list(peers.measured(folder / "peers", home_of, chosen.runs, bar))
    return Results(timed, whole, others)


def _home(folder: Path, records: int, bar: Bar) -> Home:
    """Return the home with a journal of so many records, made when it is asked for first."""
    home = Home(folder / str(records))
    if not home.journal.exists():
        bar.doing(f"making {records:,}")
        fill(home.journal, records)
    return home


def _whole(homes: dict[int, Home], bar: Bar) -> list[Figure]:
    found = list[Figure]()
    for records, home in homes.items():
        bar.doing(f"export, import {records:,}")
        found += volumes.measured(home, records)
        bar()
    return found


def _print(chosen: argparse.Namespace, results: Results) -> None:
    if chosen.json:
        print(json.dumps(_document(chosen, results), ensure_ascii=False, indent=2))
        return
    figures = results.of_commands
    parts = [
        _head(chosen, results),
        *(tables.of_journal(records, figures) for records in chosen.records),
        tables.of_growth(figures),
    ]
    if results.volumes:
        parts.append(tables.of_volumes(results.volumes))
    if results.peers:
        parts.append(tables.of_peers(results.peers))
    parts.append(tables.of_verdict([*figures, *results.volumes, *results.peers]))
    print("\n\n".join("\n".join(part) for part in parts))


def _head(chosen: argparse.Namespace, results: Results) -> Iterator[str]:
    """Yield what was measured where, and what the others in every round took."""
    yield ", ".join(f"{name} {value}" for name, value in _machine().items())
    python, floor = (
        statistics.median(took for each in results.commands for took in getattr(each, name)) * 1000
        for name in ("python", "floor")
    )
    yield f"Median of {chosen.runs} rounds. python -c pass {python:.1f} ms, the floor {floor:.1f} ms."


def _machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "platform": platform.platform(),
        "cores": os.cpu_count(),
    }


def _document(chosen: argparse.Namespace, results: Results) -> dict[str, Any]:
    """Return all as JSON has it: every round's seconds, and every figure with what is asked of it."""
    every = [*results.of_commands, *results.volumes, *results.peers]
    return {
        "machine": _machine(),
        "records": chosen.records,
        "runs": chosen.runs,
        "seconds": [each.rounds() for each in results.commands],
        "figures": [each._asdict() | {"is_reached": each.is_reached} for each in every],
    }


if __name__ == "__main__":
    sys.exit(main())
