"""A measurement: one dated reading of a goal; and a goal with all of them.

What the figures of readings add up to is `progress.py`'s.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, NamedTuple, Self

from mentorlog.domain import fields
from mentorlog.domain.goal import MOST, Goal
from mentorlog.domain.progress import Progress, Reading, progress
from mentorlog.domain.record import Record, record
from mentorlog.errors import InvalidValue


@record
class Measurement(Record):
    """One reading: a number in the goal's unit, a level of attainment from -2 to 2, or both."""

    kind: ClassVar[str] = "measurement"
    letter: ClassVar[str] = "n"
    dated_by: ClassVar[str] = "taken_on"

    goal: str = fields.reference("goal")
    taken_on: date = fields.day()
    value: float | None = fields.quantity(-MOST, MOST, default=None)
    level: int | None = fields.number(-2, 2, default=None)
    note: str | None = fields.text(default=None)

    def check(self) -> None:
        """Refuse a reading that reads nothing."""
        if self.value is None and self.level is None:
            raise InvalidValue("value", "", "value-or-level")


class MeasuredGoal(NamedTuple):
    """A goal and its measurements, oldest first; those of one day in the order they were written."""

    goal: Goal
    measurements: Sequence[Measurement]

    @property
    def progress(self) -> Progress:
        """Where the goal stands: computed from what was measured, never kept."""
        readings = [Reading(each.taken_on, each.value, each.level) for each in self.measurements]
        return progress(self.goal.baseline, self.goal.target, readings)

    def until(self, day: date) -> Self:
        """Return it as it was measured up to and with that day."""
        return self._replace(
            measurements=[each for each in self.measurements if each.taken_on <= day]
        )

    def before(self, day: date) -> Self:
        """Return it as it was measured before that day."""
        return self._replace(
            measurements=[each for each in self.measurements if each.taken_on < day]
        )


def rated(goals: Iterable[MeasuredGoal]) -> list[tuple[float, int]]:
    """Return the weight and the latest level of each goal that was rated."""
    found = (rating(each.goal.state, each.goal.weight, each.progress.level) for each in goals)
    return [each for each in found if each is not None]


def rating(state: str, weight: int | None, level: int | None) -> tuple[float, int] | None:
    """Return what a goal brings to the attainment of all: its weight, 1 where it is unsaid, and its level.

    None where it was not rated, and where it was dropped: it is no longer one to attain.
    """
    return None if level is None or state == "dropped" else (weight or 1, level)
