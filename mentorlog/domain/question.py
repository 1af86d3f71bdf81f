"""A question: something to raise with the partner, from the moment it comes up to its answer."""

from datetime import date
from typing import ClassVar, Self

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.errors import NotPossible


@record
class Question(Record):
    """Something to raise. It waits, open, from meeting to meeting until it is raised or dropped."""

    kind: ClassVar[str] = "question"
    letter: ClassVar[str] = "q"
    dated_by: ClassVar[str] = "asked_on"

    pair: str = fields.reference("pair")
    text: str = fields.text()
    state: str = fields.choice("open", "raised", "dropped", default="open")
    answer: str | None = fields.text(default=None)
    asked_on: date = fields.day()
    raised_in: str | None = fields.reference("meeting", default=None)

    @property
    def is_open(self) -> bool:
        """True while it waits to be raised."""
        return self.state == "open"

    def raised(self, meeting: str, answer: str | None) -> Self:
        """Return it raised in `meeting`; refuse one that is not open."""
        if not self.is_open:
            raise NotPossible("question-not-open", self.id)
        return self.with_changes(state="raised", raised_in=meeting, answer=answer)
