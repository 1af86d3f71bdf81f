"""A brief: all that belongs on the table at the next meeting of a pair, and when that is."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mentorlog.domain.action import Action
from mentorlog.domain.cadence import next_expected
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.review import Review


class Unread(NamedTuple):
    """How many more records of each sort are open than were read."""

    my_actions: int = 0
    their_actions: int = 0
    advice: int = 0
    questions: int = 0
    feedback: int = 0


class Brief(NamedTuple):
    """What is open with a pair: `actions` are plain ones, by due day; `advice` waits to be told.

    `unread` is what is open beside these. `pulses` are the latest meetings and reviews with a pulse, newest first. `moved_on` is the day of
    the latest measurement, insight or review.
    """

    pair: Pair
    last_meeting: Meeting | None = None
    advice: Sequence[Action] = ()
    actions: Sequence[Action] = ()
    questions: Sequence[Question] = ()
    feedback: Sequence[Feedback] = ()
    pulses: Sequence[Meeting | Review] = ()
    moved_on: date | None = None
    last_decided_review: Review | None = None
    unread: Unread = Unread()

    @property
    def my_actions(self) -> list[Action]:
        """What I said I would do."""
        return [action for action in self.actions if action.owner == "me"]

    @property
    def their_actions(self) -> list[Action]:
        """What the partner said they would do."""
        return [action for action in self.actions if action.owner == "partner"]

    @property
    def is_first(self) -> bool:
        """True before the two have met."""
        return self.last_meeting is None

    @property
    def is_empty(self) -> bool:
        """True when nothing is open on either side."""
        return not (self.advice or self.actions or self.questions or self.feedback)

    @property
    def agreed_on(self) -> date | None:
        """The day agreed for the next meeting, when there is one."""
        return self.last_meeting.next_on if self.last_meeting is not None else None

    @property
    def next_on(self) -> date | None:
        """The day agreed for the next meeting, else the one the cadence expects; None in a pause.

        A day agreed for one that is paused by now is agreed no longer: the pause's end is expected.
        """
        pair = self.pair
        if not pair.is_active:
            return None
        if self.agreed_on is not None:
            return _out_of_pauses(self.agreed_on, pair)
        if pair.cadence is None:
            return None
        since = self.last_meeting.held_on if self.last_meeting is not None else pair.started_on
        return next_expected(since, pair.cadence, pair.pause_spans, anchor=pair.started_on)

    @property
    def is_agreed(self) -> bool:
        """True when the next day was agreed, not only expected."""
        return self.agreed_on is not None and self.next_on == self.agreed_on


def _out_of_pauses(day: date, pair: Pair) -> date | None:
    """Return the day or, within a pause, the day that one ends on; None where it has no end."""
    for pause in sorted(pair.pause_spans):
        if pause.covers(day):
            if pause.until_on is None:
                return None
            day = pause.until_on
    return day
