"""A record on one line, for lists, the timeline and what is said after a write. No Rich here."""

from datetime import date
from typing import Any

from mentorlog.domain.action import Action
from mentorlog.domain.fields import Shape
from mentorlog.domain.insight import Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.i18n import _, code_label, day, kind_label, listing, short_day
from mentorlog.text import first_line, visible

SEPARATOR = " · "
_MARKS = {"open": "☐", "done": "☑", "dropped": "☒"}


def one_line(record: Record) -> str:
    """Return what a record says in short: its text, then the facts one would ask for next."""
    match record:
        case Pair():
            return _pair(record)
        case Meeting():
            return _meeting(record)
        case Question():
            return _question(record)
        case Action():
            return _action(record)
        case Insight():
            label = None if record.benefit is None else code_label("benefit", record.benefit)
            return _joined("✳ " + first_line(record.text), label)
        case _:
            return kind_label(record.kind)


def headline(record: Record, partner: str) -> str:
    """Return what was understood of a record just written: its dates in full, with their weekday."""
    match record:
        case Meeting():
            title = _("Meeting with {partner}, {day}").format(
                partner=visible(partner), day=day(record.held_on)
            )
            following = (
                None if record.next_on is None else _("next {day}").format(day=day(record.next_on))
            )
            pulse = None if record.pulse is None else _("pulse {pulse}").format(pulse=record.pulse)
            channel = None if record.channel is None else code_label("channel", record.channel)
            topics = listing(visible(topic) for topic in record.topics)
            how = (record.start_time, _minutes(record.minutes), channel, topics, pulse)
            return _joined(title, *how, following, _shared(record))
        case _:
            return one_line(record)


def value_text(name: str, shape: Shape, value: Any) -> str:
    """Return what a field holds, for a terminal; nothing where it is not known."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return "\n".join(visible(item) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if shape.holds == "choice":
        return code_label(name, value)
    return visible(str(value), block=True)


def _pair(pair: Pair) -> str:
    alias = None if pair.alias is None else f"({visible(pair.alias)})"
    name = " ".join(filter(None, (visible(pair.partner), alias)))
    since = _("since {day}").format(day=day(pair.started_on))
    state = None if pair.is_active else code_label("state", pair.state)
    role = _("I am the {role}").format(role=code_label("my_role", pair.my_role))
    return _joined(name, role, since, state)


def _meeting(meeting: Meeting) -> str:
    topics = listing(visible(topic) for topic in meeting.topics)
    said = topics or first_line(meeting.summary or meeting.notes or "")
    return _joined(said or _("Meeting"), _minutes(meeting.minutes), _shared(meeting))


def _question(question: Question) -> str:
    answer = None if question.answer is None else "→ " + first_line(question.answer)
    state = None if question.is_open or answer else code_label("state", question.state)
    return _joined("? " + first_line(question.text), state, answer)


def _action(action: Action) -> str:
    advice = _("advice") if action.is_advice else None
    owner = _("theirs") if action.owner == "partner" else None
    due = (
        _("due {day}").format(day=short_day(action.due_on))
        if action.due_on and action.is_open
        else None
    )
    outcome = None if action.outcome is None else "→ " + first_line(action.outcome)
    return _joined(f"{_MARKS[action.state]} {first_line(action.text)}", advice, owner, due, outcome)


def _minutes(minutes: int | None) -> str | None:
    return None if minutes is None else _("{minutes} min").format(minutes=minutes)


def _shared(record: Record) -> str | None:
    return code_label("visibility", "shared") if record.is_shared else None


def _joined(*parts: str | None) -> str:
    return SEPARATOR.join(part for part in parts if part)
