"""A brief: all that belongs on the table at the next meeting of a pair, and when that is."""

from datetime import date
from typing import NamedTuple

from mentorlog.domain.action import Action
from mentorlog.domain.cadence import next_expected
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question


class Brief(NamedTuple):
    """What is open with a pair: `actions` are plain ones, by due day; `advice` waits to be told."""

    pair: Pair
    last_meeting: Meeting | None
    advice: list[Action]
    actions: list[Action]
    questions: list[Question]

    @property
    def my_actions(self) -> list[Action]:
        """What I said I would do."""
        return [action for action in self.actions if action.owner == "me"]

    @property
    def their_actions(self) -> list[Action]:
        """What the partner said they would do."""
        return [action for action in self.actions if action.owner == "partner"]

    @property
    def is_empty(self) -> bool:
        """True when nothing is open on either side."""
        return not (self.advice or self.actions or self.questions)

    @property
    def agreed_on(self) -> date | None:
        """The day agreed for the next meeting, when there is one."""
        return self.last_meeting.next_on if self.last_meeting is not None else None

    @property
    def next_on(self) -> date | None:
        """The day agreed for the next meeting, else the one the cadence expects; None in a pause."""
        if not self.pair.is_active:
            return None
        if self.agreed_on is not None or self.pair.cadence is None:
            return self.agreed_on
        since = self.last_meeting.held_on if self.last_meeting is not None else self.pair.started_on
        return next_expected(since, self.pair.cadence)
