"""What figures look at: of each record of a pair its days and codes, and no words.

Short rows in place of records, so that a report over years is read as fast as one over weeks. They are
read from the journal by `storage/facts.py` and, of an export, taken from the records that go out;
what they add up to is `report.py`'s.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple, Self, TypeVar

from mentorlog.domain.action import Action
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, local
from mentorlog.domain.review import Review

AnyRecord = TypeVar("AnyRecord", bound=Record)
AnyFact = TypeVar("AnyFact", bound=tuple[Any, ...])


class Held(NamedTuple):
    """A meeting. `minutes` is None where it was not said how long it took."""

    id: str
    held_on: date
    minutes: int | None


class Felt(NamedTuple):
    """A pulse, 1 to 4: of the meeting or the review with that id."""

    id: str
    felt_on: date
    pulse: int


class Promised(NamedTuple):
    """An action or advice, under the day it was agreed on: its meeting's, else the day it was kept.

    What was done before it was written down was agreed on the day it was done, at the latest.

    `told_on` is the day an outcome of advice was told: that of the meeting it was told in, else the
    day it was done; None for what is untold.
    """

    id: str
    agreed_on: date
    owner: str
    is_advice: bool
    state: str
    due_on: date | None
    done_on: date | None
    told_on: date | None


class Asked(NamedTuple):
    """A question."""

    id: str
    asked_on: date
    state: str


class Noticed(NamedTuple):
    """An insight."""

    id: str
    noticed_on: date
    benefit: str | None
    goal: str | None


class Said(NamedTuple):
    """Feedback; `is_open` while it is to be seen what changed, `has_changed` when that is known."""

    id: str
    said_on: date
    direction: str
    is_open: bool
    has_changed: bool

    @classmethod
    def of(cls, each: Feedback) -> Self:
        """Return what the figures look at of feedback."""
        return cls(each.id, each.said_on, each.direction, each.is_open, each.did_change is not None)


class Facts(NamedTuple):
    """All that the figures of a pair stand on: goals as `by_due_day` has them, the rest by their days."""

    pair: Pair
    meetings: Sequence[Held] = ()
    pulses: Sequence[Felt] = ()
    promises: Sequence[Promised] = ()
    questions: Sequence[Asked] = ()
    insights: Sequence[Noticed] = ()
    feedback: Sequence[Said] = ()
    goals: Sequence[MeasuredGoal] = ()
    assessments: Sequence[Assessment] = ()


def facts_of(pair: Pair, records: Sequence[Record]) -> Facts:
    """Return the facts of those records; a meeting that is not among them lends nothing its day."""
    records = sorted(records, key=lambda each: int(each.id[1:] or 0))
    meetings = _of(Meeting, records)
    days = {each.id: each.held_on for each in meetings}
    felt = [Felt(each.id, each.held_on, each.pulse) for each in meetings if each.pulse is not None]
    felt += [
        Felt(each.id, each.to_on, each.pulse)
        for each in _of(Review, records)
        if each.pulse is not None
    ]
    return Facts(
        pair=pair,
        meetings=by_day(Held(each.id, each.held_on, each.minutes) for each in meetings),
        pulses=by_day(felt),
        promises=by_day(_promised(each, days) for each in _of(Action, records)),
        questions=by_day(
            Asked(each.id, each.asked_on, each.state) for each in _of(Question, records)
        ),
        insights=by_day(
            Noticed(each.id, each.noticed_on, each.benefit, each.goal)
            for each in _of(Insight, records)
        ),
        feedback=by_day(Said.of(each) for each in _of(Feedback, records)),
        goals=by_due_day(measured_goals(records)),
        assessments=sorted(_of(Assessment, records), key=lambda each: each.rated_on),
    )


def measured_goals(records: Iterable[Record]) -> list[MeasuredGoal]:
    """Return the goals among `records` with the measurements of each that are there, oldest first."""
    goals, readings = list[Goal](), defaultdict[str, list[Measurement]](list)
    for record in records:
        if isinstance(record, Goal):
            goals.append(record)
        elif isinstance(record, Measurement):
            readings[record.goal].append(record)
    return [
        MeasuredGoal(goal, sorted(readings[goal.id], key=lambda each: each.taken_on))
        for goal in goals
    ]


def by_day(facts: Iterable[AnyFact]) -> list[AnyFact]:
    """Return facts of one sort in the order of their days; those of one day stay as they came."""
    return sorted(facts, key=itemgetter(1))


def by_due_day(goals: Iterable[MeasuredGoal]) -> list[MeasuredGoal]:
    """Return goals in the order they are shown: active ones first, then by due day, none last."""
    return sorted(goals, key=lambda each: (not each.goal.is_active, each.goal.due_on or date.max))


def _promised(action: Action, held_on: Mapping[str, date]) -> Promised:
    kept_on = date.min if action.created_at is None else local(action.created_at).date()
    kept_on = min(kept_on, action.done_on or kept_on)  # it may have been written down afterwards
    is_told = action.is_advice and action.state == "done" and action.outcome is not None
    return Promised(
        id=action.id,
        agreed_on=held_on.get(action.assigned_in or "", kept_on),
        owner=action.owner,
        is_advice=action.is_advice,
        state=action.state,
        due_on=action.due_on,
        done_on=action.done_on,
        told_on=held_on.get(action.told_in or "", action.done_on) if is_told else None,
    )


def _of(kind: type[AnyRecord], records: Iterable[Record]) -> list[AnyRecord]:
    return [each for each in records if isinstance(each, kind)]
