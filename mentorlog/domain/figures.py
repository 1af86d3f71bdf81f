"""The figures there are of a pair over a period. What they are computed from, and how, is `report.py`'s.

Every figure is the records it stands on: how many there are is its n, their ids are its evidence. What
is unknown is None and never 0.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mentorlog.domain.continuity import Continuity, Expected
from mentorlog.domain.facts import Felt, Held
from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.progress import Progress

Ids = tuple[str, ...]


class Meetings(NamedTuple):
    """How the two have met: `rhythm` are the days expected, `minutes` of all meetings that say them."""

    held: Sequence[Held]
    continuity: Continuity
    rhythm: Sequence[Expected]
    minutes: int
    timed: Ids

    @property
    def on_rhythm(self) -> Ids:
        """The meetings that were held for a day of the rhythm; of two on one day, it may be one."""
        left, found = Counter(each.met_on for each in self.rhythm), list[str]()
        for each in self.held:
            if left[each.held_on] > 0:
                left[each.held_on] -= 1
                found.append(each.id)
        return tuple(found)


class Actions(NamedTuple):
    """What one side said it would do. On time is what was done by its due day, late what was after it.

    Done without a due day is neither; overdue is what is open and past its day.
    """

    agreed: Ids
    done: Ids
    on_time: Ids
    late: Ids
    open: Ids
    overdue: Ids
    dropped: Ids


class AdviceLoop(NamedTuple):
    """Advised → tried → told. What was dropped is no longer waited for and not among `advised`.

    `median_days` lie between the advice and its outcome; None where none was told.
    """

    advised: Ids
    tried: Ids
    told: Ids
    dropped: Ids
    median_days: float | None

    @property
    def share(self) -> float | None:
        """The part of the advice whose outcome was told."""
        return len(self.told) / len(self.advised) if self.advised else None


class Questions(NamedTuple):
    """What there was to raise, and what became of it."""

    asked: Ids
    raised: Ids
    open: Ids
    dropped: Ids


class Pulses(NamedTuple):
    """How the two got on over time: 1 (badly) to 4 (very well), the earliest first.

    `trend` compares the average of the later half with that of the earlier one: "rising", "falling" or
    "level"; None of fewer than two.
    """

    felt: Sequence[Felt]
    average: float | None
    trend: str | None


class Rating(NamedTuple):
    """How a skill was rated on one day, in the assessment with that id."""

    id: str
    rated_on: date
    rating: int


class Skill(NamedTuple):
    """A skill as it was rated last, and as it was before the period or, unrated then, first in it.

    The two are one where it was rated once.
    """

    skill: str
    first: Rating
    latest: Rating

    @property
    def rated_in(self) -> Ids:
        """The assessments that the two ratings are of."""
        return tuple(dict.fromkeys((self.first.id, self.latest.id)))

    @property
    def change(self) -> int | None:
        """By how much it rose; None where it was rated once."""
        is_one = self.first == self.latest
        return None if is_one else self.latest.rating - self.first.rating


class Feedback(NamedTuple):
    """What was said about working together; `changed` is what came of it, `waiting` where that is open."""

    given: Ids
    received: Ids
    changed: Ids
    waiting: Ids


class Standing(NamedTuple):
    """Where a goal stands at the end of the period, and where it stood before it began.

    `insights` are those that name it, within the period, the newest first.
    """

    measured: MeasuredGoal
    before: Progress
    insights: Ids

    @property
    def moved(self) -> float | None:
        """By how much of the way it has come on within the period."""
        now, then = self.measured.progress.share, self.before.share
        if now is None:
            return None
        return now - (then or 0)


class Report(NamedTuple):
    """All figures of a pair over a period.

    `term_used` is the part of the pair's term that is over at the end of the period, up to 1.
    `attainment` stands on the goals in `rated`; None where none is rated.
    """

    pair: Pair
    period: Period
    term_used: float | None
    meetings: Meetings
    goals: Sequence[Standing]
    attainment: float | None
    rated: Ids
    actions: dict[str, Actions]
    advice: AdviceLoop
    questions: Questions
    pulses: Pulses
    skills: Sequence[Skill]
    insights: Ids
    benefits: dict[str, Ids]
    feedback: Feedback

    @property
    def active_goals(self) -> Ids:
        """The goals still worked towards: none where the pair has ended."""
        if self.pair.state == "ended":
            return ()
        return tuple(each.measured.goal.id for each in self.goals if each.measured.goal.is_active)

    @property
    def overdue(self) -> Ids:
        """The actions of both sides that are past their day: none where the pair has ended."""
        if self.pair.state == "ended":
            return ()
        return tuple(ref for each in self.actions.values() for ref in each.overdue)


class Totals(NamedTuple):
    """What the reports of several pairs add up to: plain counts, each with the n it is of."""

    pairs: int
    meetings: int
    minutes: int
    expected: int
    on_rhythm: int
    agreed: int
    done: int
    overdue: int
    advised: int
    told: int
    insights: int
    goals: int
