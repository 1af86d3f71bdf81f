"""What each figure has to reach: the table of the issue, as data, and whether a figure does."""

from __future__ import annotations

from typing import NamedTuple

EVERYDAY, DRAWN = 25.0, 50.0  # megabytes
LARGE = 100_000  # records, from which on a volume is judged: before, starting is most of it


class Target(NamedTuple):
    """The most a command may take: times the floor, and times itself on the smallest journal.

    `floor_later` is for all journals but the smallest. None: nothing is asked.
    """

    floor: float | None = None
    floor_later: float | None = None
    growth: float | None = None
    megabytes: float | None = None


_WRITING = _READING = Target(floor=1.25, growth=1.1, megabytes=EVERYDAY)
_DRAWING = Target(floor=2.0, growth=1.3, megabytes=DRAWN)
_SEARCHING = Target(floor=1.3, growth=1.3, megabytes=EVERYDAY)

COMMANDS = {
    "--version": Target(floor=1.1, floor_later=1.1, megabytes=EVERYDAY),
    "meet": _WRITING,
    "action done": _WRITING,
    "ask": _WRITING,
    "status --short": _READING,
    "log": _READING,
    "show m1": _READING,
    "complete pairs": _READING,
    "complete ids": _READING,
    "complete topics": _READING,
    "prep": _DRAWING,
    "status": _DRAWING,
    "search rare": _SEARCHING,
    "search common": _SEARCHING,
    "search 1 sign": _SEARCHING,
    "search 2 signs": _SEARCHING,
    "search 3 signs": _SEARCHING,
    "report PAIR": Target(floor=2.5, floor_later=5.0, megabytes=DRAWN),
    "meet --help": Target(floor=1.6, megabytes=DRAWN),
}


class Figure(NamedTuple):
    """One figure of something, in a unit, and what is asked of it: no more, or `at_least` so much."""

    of: str
    records: int
    unit: str
    value: float
    allowed: float | None = None
    at_least: bool = False

    @property
    def is_reached(self) -> bool:
        """True where it is good enough, or nothing is asked."""
        if self.allowed is None:
            return True
        return self.value >= self.allowed if self.at_least else self.value <= self.allowed
