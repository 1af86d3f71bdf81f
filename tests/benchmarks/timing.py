"""Whole processes, run and timed: in turn with what they are compared to, so that a machine whose speed
drifts does not tip a ratio. What is run is told by others.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import IO

# A process that was just made holds what the one that made it held, and is counted so until it becomes
# another program. So a small one starts what is weighed; it says the figure last on standard error.
_WEIGHED = """
import os, resource, sys
code = os.spawnv(os.P_WAIT, sys.argv[1], sys.argv[1:])
held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
os.write(2, b"\\n%d" % held)
sys.exit(code)
"""
_HELD = 1024 if sys.platform == "linux" else 1024**2  # of what the system counts in, in a megabyte

Seconds = list[float]


@dataclass(frozen=True)
class Call:
    """A command line and its world; `afterwards` sets right again what it did, and is not timed."""

    words: Sequence[str]
    environment: Mapping[str, str]
    typed: str = ""
    into: Path | None = None  # a file for what it prints
    afterwards: Sequence[str] = field(default=())


class Failed(Exception):
    """A command that was to be timed did not work; the text says which, and its own last words."""


def seconds(call: Call) -> float:
    """Run a command; return how long it took."""
    took, _said = _run(call, call.words)
    if call.afterwards:
        _run(call, call.afterwards)
    return took


def weighed(call: Call) -> tuple[float, float]:
    """Run a command; return how long it took and the megabytes that it held at its peak."""
    took, said = _run(call, call.words, through=(sys.executable, "-S", "-c", _WEIGHED))
    if call.afterwards:
        _run(call, call.afterwards)
    return took, int(said.split()[-1]) / _HELD


def in_turn(
    calls: Mapping[str, Call], runs: int, step: Callable[[], object] = lambda: None
) -> dict[str, Seconds]:
    """Run several commands in turn, so many rounds; each round begins with another one."""
    names, took = list(calls), dict[str, Seconds]()
    for run in range(runs):
        first = run % len(names)
        for name in names[first:] + names[:first]:
            took.setdefault(name, []).append(seconds(calls[name]))
        step()
    return took


def ratio(these: Seconds, those: Seconds) -> float:
    """Return how many times as long these took as those: the median of all rounds."""
    return statistics.median(one / other for one, other in zip(these, those, strict=True))


def _run(call: Call, words: Sequence[str], through: Sequence[str] = ()) -> tuple[float, bytes]:
    """Return the seconds a command took, started by another or not, and what it said on standard error."""
    with _place(call.into) as out:
        began = perf_counter()
        done = subprocess.run(
            [*through, *words],
            env=call.environment,
            input=call.typed.encode(),
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
        took = perf_counter() - began
    if done.returncode:
        raise Failed(f"{' '.join(words)}\n{done.stderr.decode(errors='replace')}")
    return took, done.stderr


@contextmanager
def _place(into: Path | None) -> Iterator[int | IO[bytes]]:
    if into is None:
        yield subprocess.PIPE
    else:
        with into.open("wb") as file:
            yield file
