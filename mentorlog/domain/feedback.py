"""Feedback: what one side said about working together, what will change, and what did."""

from datetime import date
from typing import ClassVar, Self

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.errors import NotPossible


@record
class Feedback(Record):
    """Given to the partner or received. `will_change` is the intention, `did_change` what came of it."""

    kind: ClassVar[str] = "feedback"
    letter: ClassVar[str] = "f"
    dated_by: ClassVar[str] = "said_on"

    pair: str = fields.reference("pair")
    direction: str = fields.choice("given", "received")
    said_on: date = fields.day()
    text: str = fields.text()
    will_change: str | None = fields.text(default=None)
    did_change: str | None = fields.text(default=None)

    @property
    def is_open(self) -> bool:
        """True while it is to be seen what changed: received, or given with a change in view."""
        is_awaited = self.direction == "received" or self.will_change is not None
        return is_awaited and self.did_change is None

    def changed(self, did_change: str | None, will_change: str | None = None) -> Self:
        """Return it with what did change, with what will, or with both; the last word counts."""
        after = self.with_changes(
            did_change=did_change or self.did_change, will_change=will_change or self.will_change
        )
        if after == self:
            raise NotPossible("nothing-revised", self.id)
        return after
