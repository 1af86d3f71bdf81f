"""Numbers in place of words: what may be told of records that may not be seen, and of a whole report.

A number says that there was one, not what it said: nothing here names a record. Which records count for
whom is `audience.py`'s, which pulses are told `threes.py`'s, what falls into a period `report.py`'s, how
far a goal has come `progress.py`'s.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mentorlog.domain.action import Action
from mentorlog.domain.facts import Facts
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.figures import Pulses, Report
from mentorlog.domain.goal import Goal
from mentorlog.domain.ids import Ids
from mentorlog.domain.insight import BENEFITS
from mentorlog.domain.measurement import MeasuredGoal, rated
from mentorlog.domain.progress import attainment_score, percent
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes

NO_BENEFIT = "none"


@dataclass(frozen=True)
class Figures:
    """What can be counted. `pulse_average` stands on so many `pulses`; it is None where that is none.

    `goal_percentages` has each goal of which it is known how much of the way is done, the highest
    first, so that no order tells which is which. `attainment_score` stands on `rated_goals`; it is
    None where none is rated.
    """

    meetings: int
    pulses: int
    pulse_average: float | None
    actions: dict[str, int]
    questions: dict[str, int]
    insights: dict[str, int]
    goals: dict[str, int]
    goal_percentages: tuple[int, ...]
    rated_goals: int
    attainment_score: float | None
    feedback: dict[str, int]


def figures(facts: Facts, told: Pulses) -> Figures:
    """Return the figures of those facts, whenever they were; of pulses what may be `told`."""
    goals = facts.goals
    ratings = rated(goals)
    return Figures(
        meetings=len(facts.meetings),
        pulses=len(told.values),
        pulse_average=told.average,
        actions=_counts(_codes(Action, "state"), (each.state for each in facts.promises)),
        questions=_counts(_codes(Question, "state"), (each.state for each in facts.questions)),
        insights=_counts(
            (*BENEFITS, NO_BENEFIT), (each.benefit or NO_BENEFIT for each in facts.insights)
        ),
        goals=_goals_by_state(goals),
        goal_percentages=percentages(goals),
        rated_goals=len(ratings),
        attainment_score=attainment_score(ratings),
        feedback=_counts(
            _codes(Feedback, "direction"), (each.direction for each in facts.feedback)
        ),
    )


@dataclass(frozen=True)
class Counted:
    """A report in numbers alone; each is the n of the figure of that name in `report.Report`.

    `timed` is how many of the meetings say their `minutes`, `pulses` on how many the average stands,
    `on_rhythm` is how many of the `expected` days were met; what stands on nothing is None.
    Of `skills`, each has its first and its latest rating.
    """

    from_on: date
    to_on: date
    meetings: int
    minutes: int | None
    timed: int
    expected: int
    on_rhythm: int | None
    longest_gap_days: int | None
    actions: dict[str, dict[str, int]]
    advice: dict[str, int]
    questions: dict[str, int]
    insights: int
    benefits: dict[str, int]
    feedback: dict[str, int]
    goals: dict[str, int]
    goal_percentages: tuple[int, ...]
    rated_goals: int
    attainment_score: float | None
    pulses: int
    pulse_average: float | None
    pulse_trend: str | None
    skills: dict[str, tuple[int, int]]


def counted(found: Report) -> Counted:
    """Return a report without the records it stands on."""
    rhythm = found.meetings.continuity
    goals = [each.measured for each in found.standings]
    return Counted(
        from_on=found.period.since,
        to_on=found.period.until,
        meetings=len(found.meetings.held),
        minutes=found.meetings.minutes if found.meetings.timed else None,
        timed=len(found.meetings.timed),
        expected=rhythm.expected,
        on_rhythm=rhythm.on_rhythm if rhythm.expected else None,
        longest_gap_days=rhythm.longest_gap_days,
        actions={owner: _sizes(each) for owner, each in found.actions.items()},
        advice=_sizes(found.advice),
        questions=_sizes(found.questions),
        insights=len(found.insights),
        benefits={benefit: len(ids) for benefit, ids in found.benefits.items()},
        feedback=_sizes(found.feedback),
        goals=_goals_by_state(goals),
        goal_percentages=percentages(goals),
        rated_goals=len(found.rated),
        attainment_score=found.attainment,
        pulses=len(found.pulses.values),
        pulse_average=found.pulses.average,
        pulse_trend=found.pulses.trend,
        skills={each.skill: (each.first.rating, each.latest.rating) for each in found.skills},
    )


def percentages(goals: Iterable[MeasuredGoal]) -> tuple[int, ...]:
    """Return how much of the way is done of each goal that it is known of, in per cent, most first.

    What was dropped has no way any more.
    """
    shares = [each.progress.share for each in goals if each.goal.state != "dropped"]
    return tuple(sorted((percent(share) for share in shares if share is not None), reverse=True))


def _goals_by_state(goals: Sequence[MeasuredGoal]) -> dict[str, int]:
    return _counts(_codes(Goal, "state"), (each.goal.state for each in goals))


def _codes(record_type: type[Record], field: str) -> tuple[str, ...]:
    return shapes(record_type)[field].choices


def _counts(codes: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    """Return how often each code was found, none left out."""
    counts = Counter(found)
    return {code: counts[code] for code in codes}


def _sizes(part: NamedTuple) -> dict[str, int]:
    """Return how many records there are behind each figure of a part of a report."""
    return {name: len(ids) for name, ids in part._asdict().items() if isinstance(ids, Ids)}
