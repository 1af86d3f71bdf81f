"""A meeting: one session of a pair. The record everything else gathers around."""

from datetime import date
from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.pair import CHANNELS, LONGEST_MEETING
from mentorlog.domain.record import Record, record
from mentorlog.errors import InvalidValue


@record
class Meeting(Record):
    """One session.

    The summary may be shared with the partner; the notes and the pulse never are. `pulse` says how
    the relationship felt, 1 (badly) to 4 (very well). `next_on` is the day agreed for the next one.
    """

    kind: ClassVar[str] = "meeting"
    letter: ClassVar[str] = "m"
    dated_by: ClassVar[str] = "held_on"

    pair: str = fields.reference("pair")
    held_on: date = fields.day()
    start_time: str | None = fields.clock(default=None)
    minutes: int | None = fields.number(1, LONGEST_MEETING, default=None)
    channel: str | None = fields.choice(*CHANNELS, default=None)
    topics: tuple[str, ...] = fields.lines(default=())
    summary: str | None = fields.text(default=None)
    notes: str | None = fields.text(default=None)
    pulse: int | None = fields.number(1, 4, default=None)
    next_on: date | None = fields.day(default=None)
    is_kickoff: bool = fields.flag(default=False)

    def check(self) -> None:
        """Refuse a next meeting that is not after this one."""
        if self.next_on is not None and self.next_on <= self.held_on:
            raise InvalidValue("next_on", self.next_on.isoformat(), "not-after-the-meeting")
