"""An action: something one side will do; and advice, which waits for its outcome to be told."""

from datetime import date
from typing import ClassVar, Self

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.errors import NotPossible

OWNERS = ("me", "partner")


@record
class Action(Record):
    """Something to do. Advice is an action whose outcome is to be brought back and told."""

    kind: ClassVar[str] = "action"
    letter: ClassVar[str] = "a"
    dated_by: ClassVar[str] = "created_at"

    pair: str = fields.reference("pair")
    text: str = fields.text()
    owner: str = fields.choice(*OWNERS)
    is_advice: bool = fields.flag(default=False)
    due_on: date | None = fields.day(default=None)
    state: str = fields.choice("open", "done", "dropped", default="open")
    assigned_in: str | None = fields.reference("meeting", default=None)
    goal: str | None = fields.reference("goal", default=None)
    done_on: date | None = fields.day(default=None)
    outcome: str | None = fields.text(default=None)
    told_in: str | None = fields.reference("meeting", default=None)

    @property
    def is_open(self) -> bool:
        """True while it is still to be done."""
        return self.state == "open"

    @property
    def is_untold(self) -> bool:
        """True for advice whose outcome is still to be told: to be tried, tried again, or only done."""
        return self.is_advice and (self.is_open or (self.outcome is None and self.state == "done"))

    def is_overdue(self, today: date) -> bool:
        """True when it is open and its due day has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today

    def done(self, on: date, outcome: str | None = None) -> Self:
        """Return it done on that day, with what came of it where that is known."""
        if not self.is_open:
            raise NotPossible("action-not-open", self.id)
        return self.with_changes(state="done", done_on=on, outcome=outcome or self.outcome)

    def dropped(self) -> Self:
        """Return it dropped: no longer meant to be done."""
        if not self.is_open:
            raise NotPossible("action-not-open", self.id)
        return self.with_changes(state="dropped")

    def reopened(self) -> Self:
        """Return it open again; a word on its outcome is kept."""
        if self.is_open:
            raise NotPossible("action-open-already", self.id)
        return self.with_changes(state="open", done_on=None)

    def told(self, outcome: str, on: date, meeting: str | None = None) -> Self:
        """Return advice with its outcome told, done at the latest now; refuse what is no advice."""
        if not self.is_advice:
            raise NotPossible("not-advice", self.id)
        if self.state == "dropped":
            raise NotPossible("action-not-open", self.id)
        return self.with_changes(
            state="done", done_on=self.done_on or on, outcome=outcome, told_in=meeting
        )
