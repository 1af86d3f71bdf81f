"""A record in a Markdown document: a meeting's section, the list entries of all else.

Texts of people go through `inert.py` and nothing else. A field that may not go is not there, and is
simply not written. Which records stand where is `markdown.py`'s.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes
from mentorlog.export.inert import block, inline
from mentorlog.export.material import Item
from mentorlog.i18n import _, code_label, day, field_label

SEPARATOR = " · "
_MARKS = {"open": "☐", "done": "☑", "dropped": "☒"}
Links = Mapping[str, str]  # the uid of a meeting in the document → a link to its section


def meeting_section(meeting: Item) -> Iterator[str]:
    """Yield the heading of a meeting, what is known about it and what was written of it."""
    yield f'## {date_of(meeting)} <a id="{_anchor(meeting)}"></a>'
    minutes = meeting.number("minutes")
    facts = [
        meeting.text("start_time"),
        None if minutes is None else _("{minutes} min").format(minutes=minutes),
        said(meeting, "channel"),
        _("first meeting") if meeting.claims("is_kickoff") else None,
        _shared(meeting),
    ]
    if any(facts):
        yield SEPARATOR.join(filter(None, facts))
    if topics := meeting.texts("topics"):
        yield line(label("topics"), SEPARATOR.join(inline(topic) for topic in topics))
    for name in ("summary", "notes", "pulse", "next_on"):
        if written := said(meeting, name):
            yield line(label(name), written)


def question_entry(question: Item, links: Links) -> str:
    """Return a question with its answer."""
    raised = links.get(question.text("raised_in") or "")
    facts = [
        _dated(_("asked {day}"), question.day("asked_on")),
        raised and _("raised {day}").format(day=raised),
        _shared(question),
    ]
    return _entry("?", question, facts, "answer")


def action_entry(action: Item, links: Links, my_role: str | None, place: str = "") -> str:
    """Return an action with what came of it; see `_side` for `my_role`.

    `place` is the uid of the meeting it stands under, whose date need not be said again.
    """
    state = action.text("state") or ""
    closed = None if state == "open" else code_label("state", state)
    agreed_in, told_in = action.text("assigned_in") or "", action.text("told_in") or ""
    agreed = None if agreed_in == place else links.get(agreed_in)
    told = links.get(told_in)
    facts = [
        _side(action.text("owner"), my_role),
        _("advice") if action.claims("is_advice") else None,
        _dated(_("due {day}"), action.day("due_on")),
        _dated(_("done {day}"), action.day("done_on")) or closed,
        agreed and _("agreed {day}").format(day=agreed),
        told and _("told {day}").format(day=told),
        _shared(action),
    ]
    return _entry(_MARKS.get(state, ""), action, facts, "outcome")


def insight_entry(insight: Item, my_role: str | None, *, with_day: bool) -> str:
    """Return an insight, with the day it was had where that is not said above; see `_side`."""
    facts = [
        _dated("{day}", insight.day("noticed_on")) if with_day else None,
        said(insight, "benefit"),
        _side(insight.text("viewpoint"), my_role),
        _shared(insight),
    ]
    return _entry("✳", insight, facts)


def said(item: Item, name: str) -> str | None:
    """Return what a field says, in words of the language and inert; None where it says nothing."""
    value = item.fields.get(name)
    if value is None:
        return None
    match shapes(KIND_NAMES[item.kind])[name].holds:
        case "day":
            return _dated("{day}", item.day(name))
        case "choice":
            return code_label(name, str(value))
        case "text":
            return block(str(value))
        case _:
            return _("{pulse} of 4").format(pulse=value) if name == "pulse" else inline(str(value))


def date_of(meeting: Item) -> str:
    """Return the day a meeting was held."""
    return _dated("{day}", meeting.day("held_on")) or ""


def link_to(meeting: Item) -> str:
    """Return a link to a meeting's section."""
    return f"[{date_of(meeting)}](#{_anchor(meeting)})"


def line(name: str, text: str) -> str:
    """Return a text behind the name of what it is."""
    return _("{label}: {text}").format(label=f"**{name}**", text=text)


def label(field: str) -> str:
    """Return what a field is called, as it begins a line."""
    called = field_label(field)
    return called[:1].upper() + called[1:]


def _entry(mark: str, item: Item, facts: Iterable[str | None], more: str = "") -> str:
    """Return a record in a list: its text, its facts on a line of their own, what came of it."""
    text = block(f"{mark} {(item.text('text') or '').strip()}")
    entry = "\\\n".join(filter(None, (text, SEPARATOR.join(filter(None, facts)))))
    came_of_it = said(item, more) if more else None
    return f"{entry}\n\n{line(label(more), came_of_it)}" if came_of_it else entry


def _side(side: str | None, my_role: str | None) -> str | None:
    """Return whose something is: me or the partner; with `my_role`, the mentor or the mentee."""
    if side is None or my_role is None:
        return side and code_label("owner", side)
    other = "mentee" if my_role == "mentor" else "mentor"
    return code_label("my_role", my_role if side == "me" else other)


def _shared(item: Item) -> str | None:
    """Return the mark of a shared record, where the audience may know it: only I do."""
    is_shared = item.text("visibility") == "shared"
    return code_label("visibility", "shared") if is_shared else None


def _dated(sentence: str, on: date | None) -> str | None:
    return None if on is None else sentence.format(day=day(on))


def _anchor(meeting: Item) -> str:
    return "m-" + re.sub("[^0-9a-f]", "", meeting.uid)[:8]
