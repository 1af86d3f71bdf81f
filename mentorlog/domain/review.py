"""A review: a milestone at which the two look at where they stand, and decide how to go on.

What a decision does to the pair is `workflows/reviewing.py`'s, when the next one is due
`milestones.py`'s.
"""

from datetime import date
from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.errors import InvalidValue

DECISIONS = ("continue", "extend", "shorten", "pause", "end")


@record
class Review(Record):
    """A look back over the days from `from_on` to `to_on`, both among them.

    The conclusions may be shared with the partner; the thoughts and the pulse never are. `pulse` says
    how the two work together, as a meeting's does. `decision` was carried out with the review, so it
    cannot be changed by itself.
    """

    kind: ClassVar[str] = "review"
    letter: ClassVar[str] = "v"
    dated_by: ClassVar[str] = "to_on"
    by_transition: ClassVar[tuple[str, ...]] = ("decision",)

    pair: str = fields.reference("pair")
    from_on: date = fields.day()
    to_on: date = fields.day()
    conclusions: str | None = fields.text(default=None)
    thoughts: str | None = fields.text(default=None)
    pulse: int | None = fields.number(1, 4, default=None)
    decision: str | None = fields.choice(*DECISIONS, default=None)
    next_review_on: date | None = fields.day(default=None)

    def check(self) -> None:
        """Refuse a period that ends before it begins, and a next review that is not after this one."""
        if self.to_on < self.from_on:
            raise InvalidValue("to_on", self.to_on.isoformat(), "ends-before-it-begins")
        if self.next_review_on is not None and self.next_review_on <= self.to_on:
            raise InvalidValue(
                "next_review_on", self.next_review_on.isoformat(), "not-after-the-review"
            )
