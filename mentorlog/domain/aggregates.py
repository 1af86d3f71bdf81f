"""Numbers in place of words: what a programme may get of records that it may not see.

Every record of the pair counts, shared or not: a number says that there was one, not what it said.
How far a goal has come is `progress.py`'s.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentorlog.domain.action import Action
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import BENEFITS, Insight
from mentorlog.domain.measurement import MeasuredGoal, Measurement, rated
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.progress import attainment_score, percent
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes

FEWEST_PULSES = 3  # of fewer, an average would tell what single meetings felt like
NO_BENEFIT = "none"


@dataclass(frozen=True)
class Figures:
    """What can be counted. `pulse_average` is None where it stands on fewer than three `pulses`.

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


def figures(records: Sequence[Record]) -> Figures:
    """Return the figures of one pair's records."""
    meetings = [record for record in records if isinstance(record, Meeting)]
    goals = measured_goals(records)
    ratings = rated(goals)
    return Figures(
        meetings=len(meetings),
        pulses=len(_pulses(meetings)),
        pulse_average=pulse_average(meetings),
        actions=by_state([record for record in records if isinstance(record, Action)], Action),
        questions=by_state(
            [record for record in records if isinstance(record, Question)], Question
        ),
        insights=by_benefit(record for record in records if isinstance(record, Insight)),
        goals=by_state([each.goal for each in goals], Goal),
        goal_percentages=percentages(goals),
        rated_goals=len(ratings),
        attainment_score=attainment_score(ratings),
        feedback=by_direction(record for record in records if isinstance(record, Feedback)),
    )


def pulse_average(meetings: Iterable[Meeting]) -> float | None:
    """Return the average pulse, 1 to 4, to one decimal; None where fewer than three have one."""
    pulses = _pulses(meetings)
    return round(sum(pulses) / len(pulses), 1) if len(pulses) >= FEWEST_PULSES else None


def by_state(
    records: Iterable[Action | Question | Goal], record_type: type[Action | Question | Goal]
) -> dict[str, int]:
    """Return how many records are in each state the kind knows, none left out."""
    counts = dict.fromkeys(shapes(record_type)["state"].choices, 0)
    for record in records:
        counts[record.state] += 1
    return counts


def by_benefit(insights: Iterable[Insight]) -> dict[str, int]:
    """Return how many insights are evidence for each of the seven benefits, and for none."""
    counts = dict.fromkeys((*BENEFITS, NO_BENEFIT), 0)
    for insight in insights:
        counts[insight.benefit or NO_BENEFIT] += 1
    return counts


def by_direction(feedback: Iterable[Feedback]) -> dict[str, int]:
    """Return how much feedback was given and how much received."""
    counts = dict.fromkeys(shapes(Feedback)["direction"].choices, 0)
    for each in feedback:
        counts[each.direction] += 1
    return counts


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


def percentages(goals: Iterable[MeasuredGoal]) -> tuple[int, ...]:
    """Return how much of the way is done of each goal that it is known of, in per cent, most first.

    What was dropped has no way any more.
    """
    shares = [each.progress.share for each in goals if each.goal.state != "dropped"]
    return tuple(sorted((percent(share) for share in shares if share is not None), reverse=True))


def _pulses(meetings: Iterable[Meeting]) -> list[int]:
    return [meeting.pulse for meeting in meetings if meeting.pulse is not None]
