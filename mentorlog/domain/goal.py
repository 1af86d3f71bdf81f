"""A goal: what is to be reached, how it will be measured, and every wording it has had."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Self

from mentorlog.domain import fields
from mentorlog.domain.action import OWNERS
from mentorlog.domain.record import Record, record
from mentorlog.errors import InvalidValue, NotPossible
from mentorlog.text import keepable

LEVELS = ("-2", "-1", "0", "1", "2")
MOST = 1e15  # of a quantity: beyond it, whole numbers are no longer exact

ENTRY_KEYS = {"revised_on", "did", "because", "before"}  # of an entry of `revisions`

# What a goal says: `revised` keeps what it said before. The rest is its own history, or who may see it.
REVISABLE = (
    "statement", "why", "owner", "unit", "baseline", "target", "due_on", "weight", "levels",
)  # fmt: skip


@record
class Goal(Record):
    """What is to be reached, and by when.

    `baseline` and `target` are in `unit`, in either direction. `levels` are the five outcomes of goal
    attainment scaling, from "-2" (much less than expected) over "0" (as expected) to "2": all five
    or none. `weight` counts as 1 where it is not said. `revisions` keeps what was said before.
    """

    kind: ClassVar[str] = "goal"
    letter: ClassVar[str] = "g"
    dated_by: ClassVar[str] = "created_at"
    by_transition: ClassVar[tuple[str, ...]] = (*REVISABLE, "state", "revisions")

    pair: str = fields.reference("pair")
    statement: str = fields.text()
    why: str | None = fields.text(default=None)
    owner: str = fields.choice(*OWNERS, default="me")
    unit: str | None = fields.line(default=None)
    baseline: float | None = fields.quantity(-MOST, MOST, default=None)
    target: float | None = fields.quantity(-MOST, MOST, default=None)
    due_on: date | None = fields.day(default=None)
    weight: int | None = fields.number(1, 100, default=None)
    levels: dict[str, str] = fields.texts(*LEVELS, default_factory=dict)
    state: str = fields.choice("active", "achieved", "dropped", default="active")
    revisions: tuple[dict[str, Any], ...] = fields.entries(default=())

    def check(self) -> None:
        """Refuse a target that is where one starts from, and some of the five levels without the rest."""
        if self.target is not None and self.target == self.baseline:
            raise InvalidValue("target", f"{self.target:g}", "target-is-baseline")
        if any(each.keys() != ENTRY_KEYS for each in self.revisions):
            raise InvalidValue("revisions", "", "not-entries")  # written by another program
        missing = tuple(level for level in LEVELS if level not in self.levels)
        if self.levels and missing:
            raise InvalidValue(f"levels.{missing[0]}", "", "levels-incomplete", missing)

    @property
    def is_active(self) -> bool:
        """True while it is worked towards."""
        return self.state == "active"

    @property
    def closed_on(self) -> date | None:
        """The day it was achieved or dropped; None while it is active, and where nothing says when."""
        return None if self.is_active else closing_day(self.revisions)

    def is_overdue(self, today: date) -> bool:
        """True when it is active and its due day has passed."""
        return self.is_active and self.due_on is not None and self.due_on < today

    def revised(self, on: date, because: str | None, *, has_begun: bool, **changes: Any) -> Self:
        """Return it with another wording, what it said before kept.

        The five levels are fixed once the work has begun: to write them for the first time before is
        no revision, to change them is. Raises NotPossible where nothing would change.
        """
        self.refuse_closed()
        after = self.with_changes(**changes)
        if after == self:
            raise NotPossible("nothing-revised", self.id)
        before = {
            name: getattr(self, name)
            for name in REVISABLE
            if getattr(self, name) != getattr(after, name)
        }
        if not before or (not has_begun and before == {"levels": {}}):
            return after
        return after.with_changes(revisions=self._with_entry("revised", on, because, before))

    def achieved(self, on: date) -> Self:
        """Return it achieved on that day."""
        self.refuse_closed()
        entries = self._with_entry("achieved", on, None, {"state": self.state})
        return self.with_changes(state="achieved", revisions=entries)

    def dropped(self, on: date, because: str | None) -> Self:
        """Return it dropped on that day, with the reason where one is given."""
        self.refuse_closed()
        entries = self._with_entry("dropped", on, because, {"state": self.state})
        return self.with_changes(state="dropped", revisions=entries)

    def refuse_closed(self) -> None:
        """Refuse to go on with a goal that is achieved or dropped."""
        if not self.is_active:
            raise NotPossible("goal-not-active", self.id)

    def _with_entry(
        self, did: str, on: date, because: str | None, before: dict[str, Any]
    ) -> tuple[dict[str, Any], ...]:
        """Return its history with one entry more; days are kept as ISO text."""
        kept = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in before.items()
        }
        reason = None if because is None or not because.strip() else keepable("because", because)
        entry = {"revised_on": on.isoformat(), "did": did, "because": reason, "before": kept}
        return (*self.revisions, entry)


def closing_day(revisions: Sequence[Mapping[str, Any]]) -> date | None:
    """Return the day a closed goal was closed, the last of its history; None where nothing says when."""
    return date.fromisoformat(revisions[-1]["revised_on"]) if revisions else None


def refuse_early_due(due_on: date, started_on: date, today: date) -> None:
    """Refuse a day to be done by that has passed, or is before the pair started on `started_on`."""
    earliest = max(started_on, today)
    if due_on < earliest:
        reason = "due-before-the-start" if due_on < started_on else "due-has-passed"
        raise InvalidValue("due_on", due_on.isoformat(), reason, (earliest.isoformat(),))
