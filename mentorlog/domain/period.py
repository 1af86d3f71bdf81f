"""A stretch of days that figures are of."""

from datetime import date
from typing import NamedTuple


class Period(NamedTuple):
    """The days from `since` to `until`, both among them."""

    since: date
    until: date

    def covers(self, day: date) -> bool:
        """True when that day is one of them."""
        return self.since <= day <= self.until

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1
