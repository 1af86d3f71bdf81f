"""The figures there are of a pair over a period. What they are computed from, and how, is `report.py`'s.

Every figure is the records it stands on: how many there are is its n, their ids are its evidence. What
is unknown is None and never 0.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mentorlog.domain.continuity import Continuity, Expected
from mentorlog.domain.ids import Ids
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.tallies import FeltOn, MetOn, Standing


class Meetings(NamedTuple):
    """How the two have met: `days` are those they met on, `rhythm` those they were expected to.

    `minutes` are those of all meetings that say how long they took.
    """

    days: Sequence[MetOn]
    held: Ids
    timed: Ids
    minutes: int
    continuity: Continuity
    rhythm: Sequence[Expected]

    @property
    def on_rhythm(self) -> Ids:
        """The meetings that were held for a day of the rhythm; of two on one day, it may be one."""
        expected = Counter(each.met_on for each in self.rhythm)
        return Ids(
            (ref for each in self.days for ref in each.held[: expected[each.on]]),
            self.continuity.on_rhythm,
        )


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

    felt: Sequence[FeltOn]
    average: float | None
    trend: str | None

    @property
    def values(self) -> list[int]:
        """The pulses alone."""
        return [pulse for each in self.felt for pulse in each.pulses]

    @property
    def ids(self) -> Ids:
        """What they were felt in."""
        return Ids.together(each.ids for each in self.felt)


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
        return Ids(dict.fromkeys((self.first.id, self.latest.id)))

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


class Report(NamedTuple):
    """All figures of a pair over a period.

    `term_used` is the part of the pair's term that is over at the end of the period, up to 1.
    `goals` are all there were within it, `standings` the first of them. `attainment` stands on the
    goals in `rated`; None where none is rated.
    """

    pair: Pair
    period: Period
    term_used: float | None
    meetings: Meetings
    goals: Ids
    active_goals: Ids
    standings: Sequence[Standing]
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
    def overdue(self) -> Ids:
        """The actions of both sides that are past their day: none where the pair has ended."""
        if self.pair.state == "ended":
            return Ids()
        return Ids.together(each.overdue for each in self.actions.values())


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
