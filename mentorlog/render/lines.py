"""A record on one line, for lists, the timeline and what is said after a write; whom to name beside it.

No Rich here.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from mentorlog.domain.fields import level_text
from mentorlog.domain.record import Record
from mentorlog.i18n import _, day, listing, short_day
from mentorlog.labels import code_label, kind_label
from mentorlog.render.values import quantity_text
from mentorlog.text import first_line, visible

if TYPE_CHECKING:  # a kind is imported when there is one of it, and by then it has been
    from mentorlog.domain.action import Action
    from mentorlog.domain.agreement import Agreement
    from mentorlog.domain.assessment import Assessment
    from mentorlog.domain.cadence import Pause
    from mentorlog.domain.feedback import Feedback
    from mentorlog.domain.goal import Goal
    from mentorlog.domain.insight import Insight
    from mentorlog.domain.measurement import Measurement
    from mentorlog.domain.meeting import Meeting
    from mentorlog.domain.pair import Pair
    from mentorlog.domain.question import Question
    from mentorlog.domain.reflection import Reflection
    from mentorlog.domain.review import Review
    from mentorlog.domain.strength import Strength

SEPARATOR = " · "
_MARKS = {"open": "☐", "done": "☑", "dropped": "☒"}


def one_line(record: Record, of: Record | None = None) -> str:
    """Return what a record says in short: its text, then the facts one would ask for next.

    With the goal it is `of`, a measurement has its unit and says what it measures.
    """
    if record.kind == "measurement":
        return _measurement(cast("Measurement", record), cast("Goal | None", of))
    say = _SHORT.get(record.kind)
    return kind_label(record.kind) if say is None else say(record)


def names_of(pairs: "Iterable[Pair]") -> dict[str, str]:
    """Return what to call each pair, by its id, where records of several are listed."""
    return {each.id: visible(each.short_name) for each in pairs}


def headline(record: Record, partner: str) -> str:
    """Return what was understood of a record just written: its dates in full, with their weekday."""
    if record.kind in {"agreement", "assessment", "feedback", "review"}:
        return _joined(one_line(record), day(getattr(record, record.dated_by)))
    if record.kind != "meeting":
        return one_line(record)
    meeting = cast("Meeting", record)
    title = _("Meeting with {partner}, {day}").format(
        partner=visible(partner), day=day(meeting.held_on)
    )
    following = (
        None if meeting.next_on is None else _("next {day}").format(day=day(meeting.next_on))
    )
    pulse = None if meeting.pulse is None else _("pulse {pulse}").format(pulse=meeting.pulse)
    channel = None if meeting.channel is None else code_label("channel", meeting.channel)
    topics = listing(visible(topic) for topic in meeting.topics)
    how = (meeting.start_time, _minutes(meeting.minutes), channel, topics, pulse)
    return _joined(title, *how, following, _shared(meeting))


def _pair(pair: "Pair") -> str:
    alias = None if pair.alias is None else f"({visible(pair.alias)})"
    name = " ".join(filter(None, (visible(pair.partner), alias)))
    since = _("since {day}").format(day=day(pair.started_on))
    state = None if pair.is_active else state_text(pair)
    role = _("I am the {role}").format(role=code_label("my_role", pair.my_role))
    return _joined(name, state, role, since)  # what a narrow list cuts off goes without saying


def state_text(pair: "Pair") -> str:
    """Return a pair's state, of a paused one with the day it is to go on."""
    if pair.state == "paused" and pair.pauses:
        return paused_text(pair.pause_spans[-1])
    return code_label("state", pair.state)


def paused_text(pause: "Pause") -> str:
    """Return that a pair is paused, and until when where that is known."""
    if pause.until_on is None:
        return code_label("state", "paused")
    return _("paused until {day}").format(day=day(pause.until_on))


def _meeting(meeting: "Meeting") -> str:
    topics = listing(visible(topic) for topic in meeting.topics)
    said = topics or first_line(meeting.summary or meeting.notes or "")
    return _joined(said or _("Meeting"), _minutes(meeting.minutes), _shared(meeting))


def _question(question: "Question") -> str:
    answer = None if question.answer is None else "→ " + first_line(question.answer)
    state = None if question.is_open or answer else code_label("state", question.state)
    return _joined("? " + first_line(question.text), state, answer)


def _action(action: "Action") -> str:
    advice = _("advice") if action.is_advice else None
    owner = _("theirs") if action.owner == "partner" else None
    due = (
        _("due {day}").format(day=short_day(action.due_on))
        if action.due_on and action.is_open
        else None
    )
    outcome = None if action.outcome is None else "→ " + first_line(action.outcome)
    return _joined(f"{_MARKS[action.state]} {first_line(action.text)}", advice, owner, due, outcome)


def _goal(goal: "Goal") -> str:
    owner = _("theirs") if goal.owner == "partner" else None
    state = None if goal.is_active else code_label("state", goal.state)
    target = None if goal.target is None else "→ " + quantity_text(goal.target, goal.unit)
    due = _("due {day}").format(day=day(goal.due_on)) if goal.due_on and goal.is_active else None
    return _joined("◎ " + first_line(goal.statement), owner, state, target, due, _shared(goal))


def _measurement(reading: "Measurement", goal: "Goal | None") -> str:
    unit = None if goal is None else goal.unit
    value = None if reading.value is None else quantity_text(reading.value, unit)
    level = (
        None
        if reading.level is None
        else _("level {level}").format(level=level_text(reading.level))
    )
    said = SEPARATOR.join(filter(None, (value, level)))
    what = None if goal is None else first_line(goal.statement)
    return _joined("▪ " + said, what, first_line(reading.note or ""))


def _feedback(feedback: "Feedback") -> str:
    direction = code_label("direction", feedback.direction)
    if feedback.did_change is not None:
        change = "→ " + first_line(feedback.did_change)
    elif feedback.will_change is not None:
        change = _("will change: {text}").format(text=first_line(feedback.will_change))
    else:
        change = None
    return _joined("✉ " + first_line(feedback.text), direction, change, _shared(feedback))


def _insight(insight: "Insight") -> str:
    label = None if insight.benefit is None else code_label("benefit", insight.benefit)
    return _joined("✳ " + first_line(insight.text), label)


def _reflection(reflection: "Reflection") -> str:
    said = first_line(next(iter(reflection.answers.values())))
    return _joined("✎ " + said, code_label("phase", reflection.phase))


def _review(review: "Review") -> str:
    said = first_line(review.conclusions or review.thoughts or "")
    decision = None if review.decision is None else code_label("decision", review.decision)
    following = review.next_review_on
    due = None if following is None else _("next review {day}").format(day=day(following))
    return _joined("⚑ " + (said or kind_label("review")), decision, due, _shared(review))


def _assessment(assessment: "Assessment") -> str:
    return "▦ " + listing(
        f"{code_label('ratings', skill)} {rating}" for skill, rating in assessment.ratings.items()
    )


def _strength(strength: "Strength") -> str:
    return strength_line(strength, code_label("direction", strength.direction))


def strength_line(strength: "Strength", direction: str | None = None) -> str:
    """Return a strength on a line, with its direction where that does not go without saying."""
    return _joined("✦ " + visible(strength.area), direction, first_line(strength.evidence or ""))


def _agreement(agreement: "Agreement") -> str:
    from mentorlog.domain.agreement import TERMS

    said = next(filter(None, (getattr(agreement, name) for name in TERMS)), "")
    return _joined("⇄ " + _("Agreement"), first_line(said))


def _minutes(minutes: int | None) -> str | None:
    return None if minutes is None else _("{minutes} min").format(minutes=minutes)


def _shared(record: Record) -> str | None:
    return code_label("visibility", "shared") if record.is_shared else None


def _joined(*parts: str | None) -> str:
    return SEPARATOR.join(part for part in parts if part)


_SHORT: dict[str, Callable[[Any], str]] = {
    "pair": _pair,
    "agreement": _agreement,
    "meeting": _meeting,
    "question": _question,
    "action": _action,
    "goal": _goal,
    "insight": _insight,
    "reflection": _reflection,
    "feedback": _feedback,
    "review": _review,
    "assessment": _assessment,
    "strength": _strength,
}
