"""The figures of a pair over a period: computed here once, for every report, review and export.

Which figures there are is `figures.py`'s, what they add up `tallies.py`'s. Of a period, an action belongs
to the one it was agreed in, a question to the one it was asked in, feedback to the one it was said in;
each as it stands by now.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from mentorlog.domain.action import OWNERS
from mentorlog.domain.assessment import SKILLS
from mentorlog.domain.cadence import Pause, interval_days
from mentorlog.domain.continuity import continuity, expected_and_met
from mentorlog.domain.figures import (
    Actions,
    AdviceLoop,
    Feedback,
    Meetings,
    Pulses,
    Questions,
    Rating,
    Report,
    Skill,
    Totals,
)
from mentorlog.domain.ids import Ids
from mentorlog.domain.measurement import rating
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.progress import attainment_score
from mentorlog.domain.tallies import Aim, FeltOn, MetOn, Promises, Rated, Remarks, Tallies

_SAME_PULSE = 0.25  # of a point: two averages that differ by less are the same


def report(found: Tallies) -> Report:
    """Return the figures of those days. What was done and felt after them is not looked at."""
    pair, period = found.pair, found.period
    rated = _rated(found.goals)
    plain = [each for each in found.promises if not each.is_advice]
    is_over = pair.state == "ended"
    return Report(
        pair=pair,
        period=period,
        term_used=term_used(pair, period.until),
        meetings=_meetings(found),
        goals=Ids(each.id for each in found.goals),
        active_goals=Ids(each.id for each in found.goals if each.state == "active" and not is_over),
        standings=found.standings,
        attainment=attainment_score(list(rated.values())),
        rated=Ids(rated),
        actions={
            owner: _actions([each for each in plain if each.owner == owner]) for owner in OWNERS
        },
        advice=_advice_loop([each for each in found.promises if each.is_advice], found.waits),
        questions=_questions(found.questions),
        pulses=pulses(found.felt),
        skills=skills(found.assessments, period),
        insights=found.noticed,
        benefits=dict(found.benefits),
        feedback=_feedback(found.feedback),
    )


def term_used(pair: Pair, on: date) -> float | None:
    """Return the part of a pair's term that is over on a day, from 0 to 1; None without a term."""
    if pair.term_ends_on is None:
        return None
    used = (on - pair.started_on) / (pair.term_ends_on - pair.started_on)
    return min(1.0, max(0.0, used))


def pulses(felt: Sequence[FeltOn]) -> Pulses:
    """Return what pulses add up to, given in the order of their days."""
    found = Pulses(felt, None, None)
    values = found.values
    return found._replace(average=mean_pulse(values), trend=_pulse_trend(values))


def mean_pulse(values: Sequence[int]) -> float | None:
    """Return the average of pulses to one decimal; None of none."""
    return round(sum(values) / len(values), 1) if values else None


def skills(assessments: Iterable[Rated], period: Period) -> list[Skill]:
    """Return each skill that was rated within the period: as it was before, or first, and last.

    `assessments` are given in the order of their days.
    """
    before, first, latest = dict[str, Rated](), dict[str, Rated](), dict[str, Rated]()
    for each in assessments:
        for skill in each.ratings:
            if each.rated_on < period.since:
                before[skill] = each
            elif each.rated_on <= period.until:
                first.setdefault(skill, before.get(skill, each))
                latest[skill] = each
    return [
        Skill(skill, _rating(skill, first[skill]), _rating(skill, latest[skill]))
        for skill in SKILLS
        if skill in latest
    ]


def _rating(skill: str, of: Rated) -> Rating:
    return Rating(of.id, of.rated_on, of.ratings[skill])


def _pulse_trend(values: Sequence[int]) -> str | None:
    half = len(values) // 2
    if not half:
        return None
    change = sum(values[-half:]) / half - sum(values[:half]) / half
    if abs(change) < _SAME_PULSE:
        return "level"
    return "rising" if change > 0 else "falling"


def _meetings(found: Tallies) -> Meetings:
    pair, (since, until) = found.pair, found.period
    within = [each for each in found.met if each.on >= since]
    held = Ids.together(each.held for each in within)
    dates = _dates(found.met, pair.cadence)
    of = (pair.started_on, pair.cadence, until, pauses_by(pair, until), since, pair.ended_on)
    rhythm = expected_and_met(dates, *of)
    return Meetings(
        days=within,
        held=held,
        timed=Ids.together(each.timed for each in within),
        minutes=sum(each.minutes for each in within),
        continuity=continuity(dates, *of, rhythm)._replace(meetings=len(held)),
        rhythm=rhythm,
    )


def _dates(met: Iterable[MetOn], cadence: str | None) -> list[date]:
    """Return the days of meetings, as often as the rhythm may want one of each.

    However many were held on one day, at most one is wanted for each day expected within reach of it.
    """
    most = 1 if cadence is None else int(interval_days(cadence)) + 2
    return [each.on for each in met for _meeting in range(min(len(each.held), most))]


def pauses_by(pair: Pair, until: date) -> list[Pause]:
    """Return the pauses; one that lasts past the day planned for its end has no end yet."""
    spans = pair.pause_spans
    if pair.state == "paused" and spans and (spans[-1].until_on or date.max) <= until:
        spans[-1] = spans[-1]._replace(until_on=None)
    return spans


def _rated(goals: Iterable[Aim]) -> dict[str, tuple[float, int]]:
    """Return the weight and the level of each goal that was rated."""
    found = {each.id: rating(each.state, each.weight, each.level) for each in goals}
    return {ref: each for ref, each in found.items() if each is not None}


def _actions(promised: Sequence[Promises]) -> Actions:
    return Actions(
        agreed=_of(promised),
        done=_of(each for each in promised if each.state == "done"),
        on_time=_of(each for each in promised if each.timing == "on-time"),
        late=_of(each for each in promised if each.timing == "late"),
        open=_of(each for each in promised if each.state == "open"),
        overdue=_of(each for each in promised if each.timing == "overdue"),
        dropped=_of(each for each in promised if each.state == "dropped"),
    )


def _advice_loop(advice: Sequence[Promises], waits: Mapping[int, int]) -> AdviceLoop:
    kept = [each for each in advice if each.state != "dropped"]
    return AdviceLoop(
        advised=_of(kept),
        tried=_of(each for each in kept if each.state == "done"),
        told=_of(each for each in kept if each.is_told),
        dropped=_of(each for each in advice if each.state == "dropped"),
        median_days=median(Counter(waits).elements()) if waits else None,
    )


def _of(promised: Iterable[Promises]) -> Ids:
    return Ids.together(each.ids for each in promised)


def _questions(asked: Sequence[tuple[str, Ids]]) -> Questions:
    by_state = {
        state: Ids.together(ids for of, ids in asked if of == state)
        for state in ("raised", "open", "dropped")
    }
    return Questions(asked=Ids.together(ids for _state, ids in asked), **by_state)


def _feedback(found: Sequence[Remarks]) -> Feedback:
    return Feedback(
        given=Ids.together(each.ids for each in found if each.direction == "given"),
        received=Ids.together(each.ids for each in found if each.direction == "received"),
        changed=Ids.together(each.ids for each in found if each.has_changed),
        waiting=Ids.together(each.ids for each in found if each.is_open),
    )


def totals(reports: Sequence[Report]) -> Totals:
    """Return what is added up over pairs; `goals` are those still active."""
    actions = [actions for each in reports for actions in each.actions.values()]
    rhythms = [each.meetings.continuity for each in reports]
    return Totals(
        pairs=len(reports),
        meetings=sum(len(each.meetings.held) for each in reports),
        minutes=sum(each.meetings.minutes for each in reports),
        expected=sum(each.expected for each in rhythms),
        on_rhythm=sum(each.on_rhythm for each in rhythms),
        agreed=sum(len(each.agreed) for each in actions),
        done=sum(len(each.done) for each in actions),
        overdue=sum(len(each.overdue) for each in reports),
        advised=sum(len(each.advice.advised) for each in reports),
        told=sum(len(each.advice.told) for each in reports),
        insights=sum(len(each.insights) for each in reports),
        goals=sum(len(each.active_goals) for each in reports),
    )
