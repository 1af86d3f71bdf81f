"""What a report adds up: how many records of a pair fall under the same days and codes within a period.

They are made of facts here, each record alone and named, and counted by `storage/tallies.py` without
reading the records; what they add up to is `report.py`'s, the same for both.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Self

from mentorlog.domain.facts import Asked, Facts, Felt, Promised
from mentorlog.domain.ids import Ids
from mentorlog.domain.insight import BENEFITS
from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.progress import Progress
from mentorlog.domain.record import local
from mentorlog.domain.review import Review

TIMINGS = ("on-time", "late", "overdue")


class MetOn(NamedTuple):
    """The meetings of one day; `minutes` are those of the ones in `timed`, which say how long they took."""

    on: date
    held: Ids
    timed: Ids
    minutes: int


class FeltOn(NamedTuple):
    """The pulses of one day, each 1 to 4, in the order they were given: of its meetings or its reviews."""

    on: date
    kind: str
    pulses: tuple[int, ...]
    ids: Ids


class Promises(NamedTuple):
    """Actions or advice alike in how they stand.

    `timing` is one of TIMINGS: "on-time" or "late" for what was done by its due day or after it, "overdue"
    for what is open past it; None for all else.
    """

    owner: str
    is_advice: bool
    state: str
    timing: str | None
    is_told: bool
    ids: Ids


class Remarks(NamedTuple):
    """Feedback alike in what it is: `is_open` while it is to be seen what changed."""

    direction: str
    is_open: bool
    has_changed: bool
    ids: Ids


class Aim(NamedTuple):
    """A goal as far as figures look at it: `level` is the latest it was rated at in the period or before.

    `began_on` is the day it was there from: it may have been written down only after it was measured,
    or even after it was closed. None where nothing says when.
    """

    id: str
    state: str
    weight: int | None
    level: int | None
    began_on: date | None
    closed_on: date | None

    @classmethod
    def of(cls, measured: MeasuredGoal, until: date) -> Self:
        """Return what figures look at of a goal by that day."""
        goal, readings = measured
        return cls(
            goal.id,
            goal.state,
            goal.weight,
            measured.until(until).progress.level,
            began_on(goal.created_at, readings[0].taken_on if readings else None, goal.closed_on),
            goal.closed_on,
        )

    def is_within(self, period: Period) -> bool:
        """True for a goal that was there by the end of the period and not closed before it."""
        if self.closed_on is not None and self.closed_on < period.since:
            return False
        return self.began_on is None or self.began_on <= period.until


class Standing(NamedTuple):
    """Where a goal stands at the end of the period, and where it stood before it began.

    `insights` are those that name it, within the period, the newest first.
    """

    measured: MeasuredGoal
    before: Progress
    insights: Ids

    @classmethod
    def of(cls, measured: MeasuredGoal, period: Period, insights: Ids) -> Self:
        """Return where a goal stands in a period."""
        return cls(measured.until(period.until), measured.before(period.since).progress, insights)

    @property
    def moved(self) -> float | None:
        """By how much of the way it has come on within the period."""
        now, then = self.measured.progress.share, self.before.share
        if now is None:
            return None
        return now - (then or 0)


class Rated(NamedTuple):
    """How skills were rated in one assessment, each from 1 to 5."""

    id: str
    rated_on: date
    ratings: Mapping[str, int]


class Tallies(NamedTuple):
    """All that the figures of a pair over a period add up.

    `met` and `assessments` reach back before the period, for what is expected and for what has
    changed. `waits` has how often it took so many days from advice to its outcome. `noticed` are the
    insights; those for each of the seven in `benefits` come newest first. `goals` are all of the
    period in the order they are shown, `standings` the first of them.
    """

    pair: Pair
    period: Period
    met: Sequence[MetOn]
    felt: Sequence[FeltOn]
    promises: Sequence[Promises]
    waits: Mapping[int, int]
    questions: Sequence[tuple[str, Ids]]
    noticed: Ids
    benefits: Mapping[str, Ids]
    feedback: Sequence[Remarks]
    goals: Sequence[Aim]
    standings: Sequence[Standing]
    assessments: Sequence[Rated]


def tallied(facts: Facts, period: Period) -> Tallies:
    """Return what figures of that period add up, each record named; what came after it is left out."""
    until = period.until
    promised = [each for each in facts.promises if period.covers(each.agreed_on)]
    noticed = [each for each in facts.insights if period.covers(each.noticed_on)]
    goals = [(each, Aim.of(each, until)) for each in facts.goals]
    return Tallies(
        pair=facts.pair,
        period=period,
        met=list(_met(facts, until)),
        felt=felt_on([each for each in facts.pulses if period.covers(each.felt_on)]),
        promises=[_promises(each, until) for each in promised],
        waits=Counter(
            (each.told_on - each.agreed_on).days
            for each in promised
            if each.is_advice and each.told_on is not None
        ),
        questions=[(each.state, _named(each)) for each in _asked_in(facts, period)],
        noticed=_named(*noticed),
        benefits={
            benefit: _named(*(each for each in reversed(noticed) if each.benefit == benefit))
            for benefit in BENEFITS
        },
        feedback=[
            Remarks(each.direction, each.is_open, each.has_changed, _named(each))
            for each in facts.feedback
            if period.covers(each.said_on)
        ],
        goals=[aim for _measured, aim in goals if aim.is_within(period)],
        standings=[
            Standing.of(
                measured,
                period,
                _named(*(each for each in reversed(noticed) if each.goal == aim.id)),
            )
            for measured, aim in goals
            if aim.is_within(period)
        ],
        assessments=[
            Rated(each.id, each.rated_on, each.ratings)
            for each in facts.assessments
            if each.rated_on <= until
        ],
    )


def felt_on(felt: Sequence[Felt]) -> list[FeltOn]:
    """Return pulses by their days, given in that order: of one day, meetings apart from reviews."""
    return [
        FeltOn(on, kind, tuple(each.pulse for each in found), _named(*found))
        for (on, kind), several in groupby(felt, lambda each: (each.felt_on, _kind(each)))
        for found in [list(several)]
    ]


def began_on(
    created_at: datetime | None, first_read_on: date | None, closed_on: date | None
) -> date | None:
    """Return the day a goal was there from; None where nothing says when."""
    if created_at is None:
        return None
    days = (local(created_at).date(), first_read_on, closed_on)
    return min(each for each in days if each is not None)


def _kind(felt: Felt) -> str:
    return "review" if felt.id.startswith(Review.letter) else "meeting"


def _met(facts: Facts, until: date) -> Iterator[MetOn]:
    for on, several in groupby(facts.meetings, itemgetter(1)):
        if on > until:
            return
        found = list(several)
        timed = [each for each in found if each.minutes is not None]
        yield MetOn(on, _named(*found), _named(*timed), sum(each.minutes or 0 for each in timed))


def _asked_in(facts: Facts, period: Period) -> Iterator[Asked]:
    return (each for each in facts.questions if period.covers(each.asked_on))


def _promises(each: Promised, until: date) -> Promises:
    is_told = each.told_on is not None
    return Promises(
        each.owner, each.is_advice, each.state, _timing(each, until), is_told, _named(each)
    )


def _timing(each: Promised, until: date) -> str | None:
    if each.due_on is None:
        return None
    if each.state == "open":
        return "overdue" if each.due_on < until else None
    if each.state != "done" or each.done_on is None:
        return None
    return "on-time" if each.done_on <= each.due_on else "late"


def _named(*facts: Any) -> Ids:
    return Ids(each.id for each in facts)
