"""Numbers in place of words: what a programme may get of records that it may not see.

Every record of the pair counts, shared or not: a number says that there was one, not what it said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentorlog.domain.action import Action
from mentorlog.domain.insight import BENEFITS, Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes

FEWEST_PULSES = 3  # of fewer, an average would tell what single meetings felt like
NO_BENEFIT = "none"


@dataclass(frozen=True)
class Figures:
    """What can be counted. `pulse_average` is None where it stands on fewer than three `pulses`."""

    meetings: int
    pulses: int
    pulse_average: float | None
    actions: dict[str, int]
    questions: dict[str, int]
    insights: dict[str, int]


def figures(records: Sequence[Record]) -> Figures:
    """Return the figures of one pair's records."""
    meetings = [record for record in records if isinstance(record, Meeting)]
    return Figures(
        meetings=len(meetings),
        pulses=len(_pulses(meetings)),
        pulse_average=pulse_average(meetings),
        actions=by_state([record for record in records if isinstance(record, Action)], Action),
        questions=by_state(
            [record for record in records if isinstance(record, Question)], Question
        ),
        insights=by_benefit(record for record in records if isinstance(record, Insight)),
    )


def pulse_average(meetings: Iterable[Meeting]) -> float | None:
    """Return the average pulse, 1 to 4, to one decimal; None where fewer than three have one."""
    pulses = _pulses(meetings)
    return round(sum(pulses) / len(pulses), 1) if len(pulses) >= FEWEST_PULSES else None


def by_state(
    records: Iterable[Action | Question], record_type: type[Action | Question]
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


def _pulses(meetings: Iterable[Meeting]) -> list[int]:
    return [meeting.pulse for meeting in meetings if meeting.pulse is not None]
