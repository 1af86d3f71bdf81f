"""Runs each command of the everyday path several times, in turn with the floor, and prints medians.

Run it with the interpreter of a virtual environment that has mentorlog installed. The journal stands
in its default place, in a home of its own. Ratios are taken pair by pair, so that a machine whose
speed drifts does not tip them; `log` stands beside every report for the same reason. The figures are
for people; no test judges them.
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
from pathlib import Path
from time import perf_counter

from tests.benchmarks.journals import (
    COMMON,
    LAST,
    ONE_SIGN,
    RARE,
    THREE_SIGNS,
    TWO_SIGNS,
    fill,
)

FLOOR = Path(__file__).with_name("floor.py")
MEETING = ["--summary", "How to plan a week", "--action", "Read chapter 3 due:fri", "--next", "+2w"]
WEIGHED = """
import os, resource, sys
os.spawnv(os.P_WAIT, sys.argv[1], sys.argv[1:])
print("\\n", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
LOG = ["log", "--limit", "20"]
COMMANDS = {
    "--version": ["--version"],
    "status --short": ["status", "--short"],
    "log": LOG,
    "meet": ["meet", "Pair-0", *MEETING],
    "meet --json": ["meet", "Pair-0", *MEETING, "--json"],
    "ask": ["ask", "Pair-0", "How do I say no?"],
    "show m1": ["show", "m1", "--json"],
    "prep": ["prep", "Pair-0"],
    "status": ["status"],
    "meet --help": ["meet", "--help"],
    "report PAIR": ["report", "Pair-0"],
    "report --json": ["report", "Pair-0", "--json"],
    "report": ["report"],
    "review PAIR": ["review", "Pair-0"],
    "search rare": ["search", RARE],
    "search common": ["search", COMMON],
    "search 1 sign": ["search", ONE_SIGN],
    "search 2 signs": ["search", TWO_SIGNS],
    "search 3 signs": ["search", THREE_SIGNS],
}


@dataclass(frozen=True)
class Figure:
    """A command's median seconds, the medians of its ratios to `log`, the floor and bare Python.

    `megabytes` is the most it ever held.
    """

    command: str
    seconds: float
    to_log: float
    to_floor: float
    to_python: float
    megabytes: float


def main() -> None:
    """Make a journal, time the commands on it, print the figures."""
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="mentorlog-benchmark-") as home:
        environment = _environment(Path(home))
        journal = Path(environment["XDG_DATA_HOME"]) / "mentorlog" / "journal.db"
        fill(journal, chosen.records, in_first=0.5 if chosen.half else 0.1)
        runs = 7 if chosen.quick else chosen.runs
        names = chosen.command or COMMANDS
        figures = [_figure(name, COMMANDS[name], environment, runs) for name in names]
    if chosen.json:
        print(
            json.dumps({"records": chosen.records, "figures": [asdict(each) for each in figures]})
        )
        return
    print(f"{chosen.records} records, median of {runs} runs in turn with log and the floor")
    print(f"{'command':<16}{'seconds':>9}{'x log':>8}{'x floor':>9}{'x python':>10}{'MB':>7}")
    for each in figures:
        print(
            f"{each.command:<16}{each.seconds:>9.3f}{each.to_log:>8.2f}{each.to_floor:>9.2f}"
            f"{each.to_python:>10.2f}{each.megabytes:>7.0f}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--records", type=int, default=1000, help="records in the journal")
    parser.add_argument("--half", action="store_true", help="half of everything is of one pair")
    parser.add_argument("--runs", type=int, default=21, help="counted runs of each command")
    parser.add_argument("--quick", action="store_true", help="fewer runs, in under two minutes")
    parser.add_argument("--command", action="append", choices=COMMANDS, help="only this one")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


def _environment(home: Path) -> dict[str, str]:
    kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home)}
    kept |= {"XDG_DATA_HOME": str(home / "data"), "FLOOR_DB": str(home / "floor.db")}
    return kept | {"MENTORLOG_TODAY": LAST.isoformat()}


def _figure(name: str, words: list[str], environment: dict[str, str], runs: int) -> Figure:
    program = [sys.executable, str(Path(sys.executable).with_name("mentorlog"))]
    floor = [sys.executable, str(FLOOR), "How do I say no?"]
    commands = ([*program, *words], [*program, *LOG], floor, [sys.executable, "-c", "pass"])
    megabytes = [_megabytes(command, environment) for command in commands]  # the disk is warm then
    rounds = [[_seconds(each, environment) for each in commands] for _ in range(runs)]
    ratios = [[ours / other for other in others] for ours, *others in rounds]
    to_log, to_floor, to_python = map(statistics.median, zip(*ratios, strict=True))
    seconds = statistics.median(ours for ours, *_others in rounds)
    return Figure(name, seconds, to_log, to_floor, to_python, megabytes[0])


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    began = perf_counter()
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    took = perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{command} failed: {done.stderr.decode()}")
    return took


def _megabytes(command: list[str], environment: dict[str, str]) -> float:
    """Return what a command holds at its peak; a small program starts it, for its own counts too."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", WEIGHED, *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) / (1024 if sys.platform == "linux" else 1024**2)


if __name__ == "__main__":
    main()
