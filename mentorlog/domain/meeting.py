"""A meeting: one session of a pair. The record everything else gathers around."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.pair import CHANNELS, LONGEST_MEETING
from mentorlog.domain.record import Record
from mentorlog.errors import InvalidValue


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Meeting(Record):
    """One session.

    The summary may be shared with the partner; the notes and the pulse never are. `pulse` says how
    the relationship felt, 1 (badly) to 4 (very well). `next_on` is the day agreed for the next one.
    """

    kind: ClassVar[str] = "meeting"
    letter: ClassVar[str] = "m"
    dated_by: ClassVar[str] = "held_on"

    pair: str = fields.reference("pair", required=True)
    held_on: date = fields.day(required=True)
    start_time: str | None = fields.clock()
    minutes: int | None = fields.number(1, LONGEST_MEETING)
    channel: str | None = fields.choice(*CHANNELS)
    topics: tuple[str, ...] = fields.lines()
    summary: str | None = fields.text()
    notes: str | None = fields.text()
    pulse: int | None = fields.number(1, 4)
    next_on: date | None = fields.day()
    is_kickoff: bool = fields.flag()

    def check(self) -> None:
        """Refuse a next meeting that is not after this one."""
        if self.next_on is not None and self.next_on <= self.held_on:
            raise InvalidValue("next_on", self.next_on.isoformat(), "not-after-the-meeting")
