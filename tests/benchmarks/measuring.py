"""A command on journals of several sizes: its times beside those of what it is compared to."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.benchmarks import commands, targets, timing
from tests.benchmarks.home import Home
from tests.benchmarks.targets import Figure, Target
from tests.benchmarks.timing import Seconds


@dataclass(frozen=True)
class Measured:
    """A command's runs on one journal, and in the same rounds those of the others.

    `smallest` is the command itself on the smallest journal.
    """

    command: str
    records: int
    ours: Seconds
    python: Seconds
    floor: Seconds
    smallest: Seconds
    sqlite: Seconds | None
    megabytes: float

    def figures(self) -> Iterator[Figure]:
        """Yield what comes of it, each with what is asked of it."""
        target = targets.COMMANDS.get(self.command, Target())
        is_smallest = self.ours is self.smallest
        floor = target.floor if is_smallest else target.floor_later
        yield self._figure("ms", statistics.median(self.ours) * 1000)
        yield self._figure("× python", timing.ratio(self.ours, self.python))
        yield self._figure("× floor", timing.ratio(self.ours, self.floor), floor)
        if not is_smallest:
            yield self._figure("× smallest", timing.ratio(self.ours, self.smallest), target.growth)
        yield self._figure("MB", self.megabytes, target.megabytes)
        if self.sqlite:
            yield self._figure("sqlite3 ms", statistics.median(self.sqlite) * 1000)

    def rounds(self) -> dict[str, Any]:
        """Return the seconds of every round, as JSON has them."""
        named = {name: value for name, value in vars(self).items() if name != "smallest"}
        return {name: value for name, value in named.items() if value is not None}

    def _figure(self, unit: str, value: float, allowed: float | None = None) -> Figure:
        return Figure(self.command, self.records, unit, value, allowed)


def measured(
    name: str, homes: Mapping[int, Home], runs: int, step: Callable[[], object]
) -> Iterator[Measured]:
    """Time a command on each journal, in turn with Python, the floor and, for a search, sqlite3."""
    smallest = min(homes)
    ours = {f"{records}": commands.call(name, home) for records, home in homes.items()}
    megabytes = {
        records: timing.weighed(call)[1] for records, call in ours.items()
    }  # warms the disk
    calls = {"python": homes[smallest].python(), "floor": homes[smallest].floor()} | ours
    for records, home in homes.items():
        asked = commands.asked_of_sqlite(name, home)
        if asked is not None:
            calls[f"sqlite3 {records}"] = asked
    took = timing.in_turn(calls, runs, step)
    for records in homes:
        yield Measured(
            command=name,
            records=records,
            ours=took[f"{records}"],
            python=took["python"],
            floor=took["floor"],
            smallest=took[f"{smallest}"],
            sqlite=took.get(f"sqlite3 {records}"),
            megabytes=megabytes[f"{records}"],
        )
