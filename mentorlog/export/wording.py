"""How every part of a Markdown document says things: fields, sides, days, links, lists.

Texts of people go through `inert.py` and nothing else. A field that may not go is not there, and is
simply not written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mentorlog.domain.fields import level_text, number_text
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes
from mentorlog.export.inert import block, indented, inline
from mentorlog.export.material import Item
from mentorlog.export.outgoing import day_in
from mentorlog.i18n import _, day, ngettext, rhythm
from mentorlog.labels import code_label, field_label

SEPARATOR = " · "
_LONGEST_TITLE = 80  # characters of a goal's statement: the whole of a longer one stands below
_LONGEST_LINK = 40
UNKNOWN = "—"
Links = Mapping[str, str]  # the uid of a meeting or a goal in the document → a link to its section


# Fields ------------------------------------------------------------------------------------------


def said(item: Item, name: str) -> str | None:
    """Return what a field says, in words of the language and inert; None where it says nothing."""
    value = item.fields.get(name)
    if value is None:
        return None
    match shapes(KIND_NAMES[item.kind])[name].holds:
        case "day":
            return dated("{day}", item.day(name))
        case "choice":
            return code_label(name, str(value))
        case "text":
            return block(str(value))
        case _ if name == "cadence":
            return rhythm(str(value))
        case "entries":
            return SEPARATOR.join(map(_pause, item.entries(name))) or None
        case _:
            return _("{pulse} of 4").format(pulse=value) if name == "pulse" else inline(str(value))


def line(name: str, text: str) -> str:
    """Return a text behind the name of what it is."""
    return _("{label}: {text}").format(label=f"**{name}**", text=text)


def label(field: str) -> str:
    """Return what a field is called, as it begins a line."""
    return capital(field_label(field))


def capital(called: str) -> str:
    """Return a word or a few as they begin a line."""
    return called[:1].upper() + called[1:]


def joined(facts: Iterable[str | None]) -> str:
    """Return those facts that are known, on one line."""
    return SEPARATOR.join(filter(None, facts))


def side(code: str | None, my_role: str | None) -> str | None:
    """Return whose something is: me or the partner; with `my_role`, the mentor or the mentee.

    I call us "me" and "partner"; to the other that would be the wrong way round.
    """
    if code not in {"me", "partner"} or my_role is None:
        return code and code_label("owner", code)
    return code_label("my_role", my_role if code == "me" else other_role(my_role))


def other_role(my_role: str) -> str:
    """Return the role of the partner."""
    return "mentee" if my_role == "mentor" else "mentor"


def shared(item: Item) -> str | None:
    """Return the mark of a shared record, where the audience may know it: only I do."""
    is_shared = item.text("visibility") == "shared"
    return code_label("visibility", "shared") if is_shared else None


def standing_on(figure: str, of: str) -> str:
    """Return a figure and of how many it is."""
    return _("{figure} ({of})").format(figure=figure, of=of)


def dated(sentence: str, on: date | None) -> str | None:
    """Return a sentence about a day; None where the day is not known."""
    return None if on is None else sentence.format(day=day(on))


def entry_day(value: object) -> str:
    """Return a day that a record has written down about itself."""
    return dated("{day}", day_in(value)) or inline(str(value))


def period(since: date, until: date) -> str:
    """Return a stretch of days, both ends among them; one day alone stands for itself."""
    if since == until:
        return day(since)
    return _("{since} – {until}").format(since=day(since), until=day(until))


def level(reached: int | None) -> str | None:
    """Return a level of attainment; None where none was rated."""
    return None if reached is None else _("level {level}").format(level=level_text(reached))


def measurements_counted(count: int) -> str:
    """Return how many measurements something stands on."""
    return ngettext("{count} measurement", "{count} measurements", count).format(count=count)


def quantity(value: float, unit: str | None = None) -> str:
    """Return a number as a person would write it, with its unit where it has one."""
    return number_text(value) if unit is None else f"{number_text(value)} {inline(unit)}"


def _pause(pause: Mapping[str, Any]) -> str:
    begun, until = entry_day(pause.get("from_on")), pause.get("until_on")
    if until is None:
        return _("from {day} on").format(day=begun)
    return _("{since} to {until}").format(since=begun, until=entry_day(until))


def pair_label(field: str, audience: str) -> str:
    """Return what a field of the pair is called; to others, my role is the writer's."""
    is_theirs = field == "my_role" and audience != "me"
    return _("Role of the writer") if is_theirs else label(field)


# Sections and lists ------------------------------------------------------------------------------


def front_matter(**values: str) -> str:
    """Return what note programs read of a document, one value a line."""
    return "\n".join(("---", *(f"{name}: {value}" for name, value in values.items()), "---"))


def anchor(item: Item) -> str:
    """Return the mark behind a heading that links lead to."""
    return f'<a id="{_anchor(item)}"></a>'


def link(text: str, item: Item, page: str = "") -> str:
    """Return a link to a record's section, on this page or another; `text` is inert already."""
    return f"[{text}]({page}#{_anchor(item)})"


def _anchor(item: Item) -> str:
    letter = KIND_NAMES[item.kind].letter
    return f"{letter}-" + re.sub("[^0-9a-f]", "", item.uid)[:8]


def title_of(goal: Item, longest: int = _LONGEST_TITLE) -> str:
    """Return a goal's statement as a heading has it: its first line, cut where it is long."""
    statement = _statement(goal)
    head = statement.partition("\n")[0][:longest].rstrip()
    return inline(head if head == statement else f"{head} …")


def link_to_goal(goal: Item, page: str = "") -> str:
    """Return a link to a goal's section, on this page or another."""
    return link(title_of(goal, _LONGEST_LINK), goal, page)


def is_cut(goal: Item) -> bool:
    """Return True where the title of a goal is not all of its statement."""
    statement = _statement(goal)
    return len(statement) > _LONGEST_TITLE or "\n" in statement


def _statement(goal: Item) -> str:
    return (goal.text("statement") or "").strip()


def listed(heading: str, entries: Iterable[str]) -> Iterator[str]:
    """Yield a heading and a list, or nothing where there are no entries."""
    written = "\n".join(f"- {indented(entry).lstrip(' ')}" for entry in entries)
    if written:
        yield heading
        yield written


def table(*rows: Sequence[str]) -> str:
    """Return a table; the second row says to which side each column is set."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
