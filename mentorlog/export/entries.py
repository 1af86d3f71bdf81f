"""A record in a Markdown document: a meeting's section; questions, actions, insights, feedback in lists.

How fields, sides and days are said is `wording.py`'s, which records stand where `markdown.py`'s.
"""

from collections.abc import Iterable, Iterator

from mentorlog.export.inert import block, inline
from mentorlog.export.material import Item
from mentorlog.export.wording import (
    SEPARATOR,
    Links,
    anchor,
    dated,
    joined,
    label,
    line,
    link,
    said,
    shared,
    side,
)
from mentorlog.i18n import _
from mentorlog.labels import code_label

_MARKS = {"open": "☐", "done": "☑", "dropped": "☒"}


def meeting_section(meeting: Item, mark: str = "##") -> Iterator[str]:
    """Yield the heading of a meeting, what is known about it and what was written of it."""
    yield f"{mark} {date_of(meeting)} {anchor(meeting)}"
    minutes = meeting.number("minutes")
    facts = [
        meeting.text("start_time"),
        None if minutes is None else _("{minutes} min").format(minutes=minutes),
        said(meeting, "channel"),
        _("first meeting") if meeting.claims("is_kickoff") else None,
        shared(meeting),
    ]
    if any(facts):
        yield joined(facts)
    if topics := meeting.texts("topics"):
        yield line(label("topics"), SEPARATOR.join(inline(topic) for topic in topics))
    for name in ("summary", "notes", "pulse", "next_on"):
        if written := said(meeting, name):
            yield line(label(name), written)


def question_entry(question: Item, links: Links) -> str:
    """Return a question with its answer."""
    raised = links.get(question.text("raised_in") or "")
    facts = [
        dated(_("asked {day}"), question.day("asked_on")),
        raised and _("raised {day}").format(day=raised),
        shared(question),
    ]
    return _entry("?", question, facts, "answer")


def action_entry(action: Item, links: Links, my_role: str | None, place: str = "") -> str:
    """Return an action with what came of it; see `wording.side` for `my_role`.

    `place` is the uid of the meeting it stands under, whose date need not be said again.
    """
    state = action.text("state") or ""
    closed = None if state == "open" else code_label("state", state)
    agreed_in, told_in = action.text("assigned_in") or "", action.text("told_in") or ""
    agreed = None if agreed_in == place else links.get(agreed_in)
    told = links.get(told_in)
    facts = [
        side(action.text("owner"), my_role),
        _("advice") if action.claims("is_advice") else None,
        dated(_("due {day}"), action.day("due_on")),
        dated(_("done {day}"), action.day("done_on")) or closed,
        agreed and _("agreed {day}").format(day=agreed),
        told and _("told {day}").format(day=told),
        _for_the_goal(action, links),
        shared(action),
    ]
    return _entry(_MARKS.get(state, ""), action, facts, "outcome")


def insight_entry(insight: Item, links: Links, my_role: str | None, *, with_day: bool) -> str:
    """Return an insight, with the day it was had where that is not said above; see `wording.side`."""
    facts = [
        dated("{day}", insight.day("noticed_on")) if with_day else None,
        said(insight, "benefit"),
        side(insight.text("viewpoint"), my_role),
        _for_the_goal(insight, links),
        shared(insight),
    ]
    return _entry("✳", insight, facts)


def feedback_entry(feedback: Item, my_role: str | None) -> str:
    """Return feedback with what will change and what did; to the other, "given" is whose it is."""
    direction = said(feedback, "direction")
    if my_role is not None:
        giver = "me" if feedback.text("direction") == "given" else "partner"
        direction = _("from the {role}").format(role=side(giver, my_role))
    facts = [direction, dated("{day}", feedback.day("said_on")), shared(feedback)]
    return _entry("✉", feedback, facts, "will_change", "did_change")


def date_of(meeting: Item) -> str:
    """Return the day a meeting was held."""
    return dated("{day}", meeting.day("held_on")) or ""


def link_to(meeting: Item, page: str = "") -> str:
    """Return a link to a meeting's section, on this page or another."""
    return link(date_of(meeting), meeting, page)


def _for_the_goal(item: Item, links: Links) -> str | None:
    """Return which goal something is for, where that goal is in the document."""
    goal = links.get(item.text("goal") or "")
    return goal and _("for the goal {goal}").format(goal=goal)


def _entry(mark: str, item: Item, facts: Iterable[str | None], *more: str) -> str:
    """Return a record in a list: its text, its facts on a line of their own, what came of it."""
    text = block(f"{mark} {(item.text('text') or '').strip()}")
    entry = "\\\n".join(filter(None, (text, joined(facts))))
    came_of_it = ((name, said(item, name)) for name in more)
    return "\n\n".join([entry, *(line(label(name), it) for name, it in came_of_it if it)])
