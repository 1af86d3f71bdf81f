"""Runs each command of the everyday path several times, in turn with the floor, and prints medians.

Run it with the interpreter of a virtual environment that has mentorlog installed. The journal stands
in its default place, in a home of its own. Ratios are taken pair by pair, so that a machine whose
speed drifts does not tip them. The figures are for people; no test judges them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from mentorlog.domain.action import Action
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.storage.journal import Journal

FLOOR = Path(__file__).with_name("floor.py")
MEETING = ["--summary", "How to plan a week", "--action", "Read chapter 3 due:fri", "--next", "+2w"]
COMMANDS = {
    "--version": ["--version"],
    "status --short": ["status", "--short"],
    "log": ["log", "--limit", "20"],
    "meet": ["meet", "Pair-0", *MEETING],
    "meet --json": ["meet", "Pair-0", *MEETING, "--json"],
    "ask": ["ask", "Pair-0", "How do I say no?"],
    "show m1": ["show", "m1", "--json"],
    "prep": ["prep", "Pair-0"],
    "status": ["status"],
    "meet --help": ["meet", "--help"],
}


@dataclass(frozen=True)
class Figure:
    """A command's median seconds, and the medians of its ratios to the floor and to bare Python."""

    command: str
    seconds: float
    to_floor: float
    to_python: float


def main() -> None:
    """Make a journal, time the commands on it, print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--records", type=int, default=1000, help="records in the journal")
    parser.add_argument("--runs", type=int, default=21, help="counted runs of each command")
    parser.add_argument("--quick", action="store_true", help="fewer runs, in under two minutes")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mentorlog-benchmark-") as home:
        environment = _environment(Path(home))
        fill(Path(environment["XDG_DATA_HOME"]) / "mentorlog" / "journal.db", chosen.records)
        runs = 7 if chosen.quick else chosen.runs
        figures = [_figure(name, words, environment, runs) for name, words in COMMANDS.items()]
    if chosen.json:
        print(
            json.dumps({"records": chosen.records, "figures": [asdict(each) for each in figures]})
        )
        return
    print(f"{chosen.records} records, median of {runs} runs in turn with the floor")
    print(f"{'command':<16}{'seconds':>9}{'x floor':>9}{'x python':>10}")
    for each in figures:
        row = f"{each.command:<16}{each.seconds:>9.3f}{each.to_floor:>9.2f}{each.to_python:>10.2f}"
        print(row)


def fill(path: Path, records: int) -> None:
    """Make a journal of about so many records: ten pairs, the first with half of everything."""
    journal = Journal(path)
    first = date(2020, 1, 1)
    with journal.transaction("fill") as writing:
        pairs = [
            writing.add(Pair(partner=f"Pair-{number}", my_role="mentee", started_on=first))
            for number in range(10)
        ]
        for number in range(records // 2):
            pair = pairs[0 if number % 2 else number % 10]
            on = first + timedelta(days=number % 2000)
            summary = (
                "計画の立て方について"
                if number % 5 == 0
                else "How to plan a week, and what to drop"
            )
            meeting = writing.add(Meeting(pair=pair.id, held_on=on, summary=summary))
            action = Action(pair=pair.id, text="Read a chapter", owner="me", assigned_in=meeting.id)
            writing.add(action if number % 50 == 0 else action.done(on))
    journal.close()


def _environment(home: Path) -> dict[str, str]:
    kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home)}
    return kept | {"XDG_DATA_HOME": str(home / "data"), "FLOOR_DB": str(home / "floor.db")}


def _figure(name: str, words: list[str], environment: dict[str, str], runs: int) -> Figure:
    program = Path(sys.executable).with_name("mentorlog")
    ours = [sys.executable, str(program), *words]
    floor = [sys.executable, str(FLOOR), "How do I say no?"]
    bare = [sys.executable, "-c", "pass"]
    for command in (ours, floor, bare):  # once uncounted: the disk's cache is warm
        _seconds(command, environment)
    rounds = [[_seconds(each, environment) for each in (ours, floor, bare)] for _ in range(runs)]
    return Figure(
        name,
        statistics.median(each[0] for each in rounds),
        statistics.median(each[0] / each[1] for each in rounds),
        statistics.median(each[0] / each[2] for each in rounds),
    )


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    began = perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    took = perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{command} failed: {done.stderr.decode()}")
    return took


if __name__ == "__main__":
    main()
