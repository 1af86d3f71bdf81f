"""An agreement: the terms both sides of a pair agreed on. Each change of them is a new version."""

from datetime import date
from typing import ClassVar, Self

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.errors import InvalidValue

# What the two agree on in words. How often, how long and in which way they meet, and until when, is
# the pair's own.
TERMS = (
    "my_background",
    "their_background",
    "my_expectations",
    "their_expectations",
    "confidentiality",
    "boundaries",
    "feedback_way",
    "leaving",
)
WORDS = (*TERMS, "remarks")


@record
class Agreement(Record):
    """One version, whole: the latest one is in force. `remarks` are for oneself and never go out."""

    kind: ClassVar[str] = "agreement"
    letter: ClassVar[str] = "t"
    dated_by: ClassVar[str] = "agreed_on"

    pair: str = fields.reference("pair")
    agreed_on: date = fields.day()
    my_background: str | None = fields.text(default=None)
    their_background: str | None = fields.text(default=None)
    my_expectations: str | None = fields.text(default=None)
    their_expectations: str | None = fields.text(default=None)
    confidentiality: str | None = fields.text(default=None)
    boundaries: str | None = fields.text(default=None)
    feedback_way: str | None = fields.text(default=None)
    leaving: str | None = fields.text(default=None)
    remarks: str | None = fields.text(default=None)

    def next_version(self, new: Self) -> Self | None:
        """Return `new` where it says something else than this one; None where it does not."""
        self.refuse_earlier(new.agreed_on)
        return new if changed_words(self, new) else None

    def refuse_earlier(self, day: date) -> None:
        """Refuse a day before this one's: what was agreed on then would not be the next version."""
        if day < self.agreed_on:
            in_force = self.agreed_on.isoformat()
            raise InvalidValue("agreed_on", day.isoformat(), "before-the-last", (in_force,))


def changed_words(before: Agreement, after: Agreement) -> list[str]:
    """Return the names of what two versions say differently, in order."""
    return [name for name in WORDS if getattr(before, name) != getattr(after, name)]
