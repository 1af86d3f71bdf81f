"""The figures of a pair over a period: computed here once, for every report, review and export.

Which figures there are is `figures.py`'s. Of a period, an action belongs to the one it was agreed in, a
question to the one it was asked in, feedback to the one it was said in; each as it stands by now.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from mentorlog.domain.action import OWNERS
from mentorlog.domain.assessment import SKILLS, Assessment
from mentorlog.domain.cadence import Pause
from mentorlog.domain.continuity import continuity, expected_and_met
from mentorlog.domain.facts import Asked, Facts, Felt, Held, Noticed, Promised, Said
from mentorlog.domain.figures import (
    Actions,
    AdviceLoop,
    Feedback,
    Ids,
    Meetings,
    Pulses,
    Questions,
    Rating,
    Report,
    Skill,
    Standing,
    Totals,
)
from mentorlog.domain.insight import BENEFITS
from mentorlog.domain.measurement import MeasuredGoal, rated
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.progress import attainment_score
from mentorlog.domain.record import local

_SAME_PULSE = 0.25  # of a point: two averages that differ by less are the same


def report(facts: Facts, period: Period) -> Report:
    """Return the figures of those days. What was done and felt after them is not looked at."""
    until = period.until
    standings = _standings(facts, period)
    goals = [each.measured for each in standings]
    promises = [each for each in facts.promises if period.covers(each.agreed_on)]
    noticed = [each for each in facts.insights if period.covers(each.noticed_on)]
    plain = [each for each in promises if not each.is_advice]
    return Report(
        pair=facts.pair,
        period=period,
        term_used=term_used(facts.pair, until),
        meetings=_meetings(facts, period),
        goals=standings,
        attainment=attainment_score(rated(goals)),
        rated=tuple(each.goal.id for each in goals if rated([each])),
        actions={
            owner: _actions([each for each in plain if each.owner == owner], until)
            for owner in OWNERS
        },
        advice=_advice_loop([each for each in promises if each.is_advice]),
        questions=_questions(each for each in facts.questions if period.covers(each.asked_on)),
        pulses=pulses([each for each in facts.pulses if period.covers(each.felt_on)]),
        skills=skills(facts.assessments, period),
        insights=_ids(noticed),
        benefits=_benefits(noticed),
        feedback=_feedback(each for each in facts.feedback if period.covers(each.said_on)),
    )


def term_used(pair: Pair, on: date) -> float | None:
    """Return the part of a pair's term that is over on a day, from 0 to 1; None without a term."""
    if pair.term_ends_on is None:
        return None
    used = (on - pair.started_on) / (pair.term_ends_on - pair.started_on)
    return min(1.0, max(0.0, used))


def pulses(felt: Sequence[Felt]) -> Pulses:
    """Return what pulses add up to, given in the order of their days."""
    values = [each.pulse for each in felt]
    return Pulses(felt, mean_pulse(values), _pulse_trend(values))


def mean_pulse(values: Sequence[int]) -> float | None:
    """Return the average of pulses to one decimal; None of none."""
    return round(sum(values) / len(values), 1) if values else None


def skills(assessments: Iterable[Assessment], period: Period) -> list[Skill]:
    """Return each skill that was rated within the period: as it was before, or first, and last.

    `assessments` are given in the order of their days.
    """
    before: dict[str, Rating] = {}
    found: dict[str, Skill] = {}
    for each in assessments:
        for skill, rating in each.ratings.items():
            latest = Rating(each.id, each.rated_on, rating)
            if each.rated_on < period.since:
                before[skill] = latest
            elif each.rated_on <= period.until:
                first = found[skill].first if skill in found else before.get(skill, latest)
                found[skill] = Skill(skill, first, latest)
    return [found[skill] for skill in SKILLS if skill in found]


def _pulse_trend(values: Sequence[int]) -> str | None:
    half = len(values) // 2
    if not half:
        return None
    change = sum(values[-half:]) / half - sum(values[:half]) / half
    if abs(change) < _SAME_PULSE:
        return "level"
    return "rising" if change > 0 else "falling"


def _meetings(facts: Facts, period: Period) -> Meetings:
    pair, (since, until) = facts.pair, period
    days = [each.held_on for each in facts.meetings if each.held_on <= until]
    held = [each for each in facts.meetings if period.covers(each.held_on)]
    of = (pair.started_on, pair.cadence, until, pauses_by(pair, until), since, pair.ended_on)
    return Meetings(
        held=held,
        continuity=continuity(days, *of),
        rhythm=expected_and_met(days, *of),
        minutes=sum(each.minutes or 0 for each in held),
        timed=tuple(each.id for each in held if each.minutes is not None),
    )


def pauses_by(pair: Pair, until: date) -> list[Pause]:
    """Return the pauses; one that lasts past the day planned for its end has no end yet."""
    spans = pair.pause_spans
    if pair.state == "paused" and spans and (spans[-1].until_on or date.max) <= until:
        spans[-1] = spans[-1]._replace(until_on=None)
    return spans


def _standings(facts: Facts, period: Period) -> list[Standing]:
    """Return the goals that were there within the period, in their order."""
    by_goal: dict[str, list[str]] = {}
    for each in facts.insights:
        if each.goal is not None and period.covers(each.noticed_on):
            by_goal.setdefault(each.goal, []).insert(0, each.id)
    return [
        Standing(
            each.until(period.until),
            each.before(period.since).progress,
            tuple(by_goal.get(each.goal.id, ())),
        )
        for each in facts.goals
        if _is_within(each, period)
    ]


def _is_within(measured: MeasuredGoal, period: Period) -> bool:
    """True for a goal that was there by the end of the period and not closed before it."""
    goal, closed_on = measured.goal, measured.goal.closed_on
    if closed_on is not None and closed_on < period.since:
        return False
    if goal.created_at is None:
        return True
    # It may have been written down only after it was measured, or even after it was closed.
    began = [local(goal.created_at).date(), *(each.taken_on for each in measured.measurements[:1])]
    return min([*began, closed_on or date.max]) <= period.until


def _actions(promised: Sequence[Promised], today: date) -> Actions:
    done = [each for each in promised if each.state == "done"]
    dated = [each for each in done if each.due_on is not None and each.done_on is not None]
    still_open = [each for each in promised if each.state == "open"]
    return Actions(
        agreed=_ids(promised),
        done=_ids(done),
        on_time=tuple(each.id for each in dated if _is_on_time(each)),
        late=tuple(each.id for each in dated if not _is_on_time(each)),
        open=_ids(still_open),
        overdue=tuple(each.id for each in still_open if each.due_on and each.due_on < today),
        dropped=tuple(each.id for each in promised if each.state == "dropped"),
    )


def _is_on_time(promised: Promised) -> bool:
    due_on, done_on = promised.due_on, promised.done_on
    return due_on is not None and done_on is not None and done_on <= due_on


def _advice_loop(advice: Sequence[Promised]) -> AdviceLoop:
    kept = [each for each in advice if each.state != "dropped"]
    waits = [(each.told_on - each.agreed_on).days for each in kept if each.told_on is not None]
    return AdviceLoop(
        advised=_ids(kept),
        tried=tuple(each.id for each in kept if each.state == "done"),
        told=tuple(each.id for each in kept if each.told_on is not None),
        dropped=tuple(each.id for each in advice if each.state == "dropped"),
        median_days=median(waits) if waits else None,
    )


def _questions(asked: Iterable[Asked]) -> Questions:
    found = list(asked)
    by_state = {
        state: tuple(each.id for each in found if each.state == state)
        for state in ("raised", "open", "dropped")
    }
    return Questions(asked=_ids(found), **by_state)


def _benefits(noticed: Sequence[Noticed]) -> dict[str, Ids]:
    """Return the evidence for each of the seven, the newest first; none is left out."""
    newest_first = list(reversed(noticed))
    return {
        benefit: tuple(each.id for each in newest_first if each.benefit == benefit)
        for benefit in BENEFITS
    }


def _feedback(said: Iterable[Said]) -> Feedback:
    found = list(said)
    return Feedback(
        given=tuple(each.id for each in found if each.direction == "given"),
        received=tuple(each.id for each in found if each.direction == "received"),
        changed=tuple(each.id for each in found if each.has_changed),
        waiting=tuple(each.id for each in found if each.is_open),
    )


def _ids(found: Iterable[Held | Promised | Asked | Noticed]) -> Ids:
    return tuple(each.id for each in found)


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
