"""An export as Markdown: CommonMark, with a front matter and, for the programme, one table.

Texts of people go through `inert.py` and nothing else. What may go has been settled before, in
`material.py`: here an absent field is simply not written. Headings carry anchors made from uids, so
that two exports of the same journal differ only where the journal does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from mentorlog.domain.aggregates import Figures
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes
from mentorlog.export.inert import block, indented, inline, quoted
from mentorlog.export.material import Item, Material
from mentorlog.i18n import N_, _, code_label, day, field_label, ngettext

_SEPARATOR = " · "
_MARKS = {"open": "☐", "done": "☑", "dropped": "☒"}
_PAIR_FACTS = (
    "alias", "my_role", "programme", "started_on", "cadence", "minutes", "channel", "term_ends_on",
    "state", "ended_because", "language",
)  # fmt: skip
_QUESTIONS = {
    "open": N_("Open questions"),
    "raised": N_("Questions raised"),
    "dropped": N_("Questions dropped"),
}


def write(material: Material) -> str:
    """Return the document; its last line has no line end."""
    body = _numbers(material) if material.figures else _story(material)
    return "\n\n".join([_front_matter(material), *_opening(material), *body])


# The parts of the document -----------------------------------------------------------------------


def _front_matter(material: Material) -> str:
    lines = (
        f"title: {quoted(_title(material))}",
        f"pair: {quoted(material.pair.uid)}",
        f"audience: {material.audience}",
        f"exported_on: {material.exported_on.isoformat()}",
    )
    return "\n".join(("---", *lines, "---"))


def _title(material: Material) -> str:
    partner = material.pair.text("partner")
    return _("Mentoring with {partner}").format(partner=partner) if partner else _("Mentoring")


def _opening(material: Material) -> Iterator[str]:
    """Yield the title and what there is to know about the pair."""
    yield f"# {inline(_title(material))}"
    facts = [_labelled(name, said) for name in _PAIR_FACTS if (said := _said(material.pair, name))]
    if material.since:
        facts.append(_line(_("Records from"), day(material.since)))
    if material.until:
        facts.append(_line(_("Records up to"), day(material.until)))
    yield "\n".join(f"- {fact}" for fact in facts)


def _story(material: Material) -> Iterator[str]:
    """Yield the meetings in their order, each with what it made; then what belongs to none."""
    meetings = material.of_kind("meeting")
    links = {meeting.uid: f"[{_date(meeting)}](#{_anchor(meeting)})" for meeting in meetings}
    actions, insights = material.of_kind("action"), material.of_kind("insight")
    for meeting in meetings:
        yield from _meeting(meeting)
        made = [each for each in actions if each.text("assigned_in") == meeting.uid]
        yield from _list("###", _("Actions"), [_action(material, each, links) for each in made])
        noticed = [each for each in insights if each.text("meeting") == meeting.uid]
        yield from _list("###", _("Insights"), [_insight(material, each) for each in noticed])
    yield from _questions(material, links)
    still_open = [each for each in actions if each.text("state") == "open"]
    yield from _list(
        "##", _("Open actions"), [_action(material, each, links) for each in still_open]
    )
    elsewhere = [
        each for each in actions if each not in still_open and each.text("assigned_in") not in links
    ]
    yield from _list(
        "##", _("Other actions"), [_action(material, each, links) for each in elsewhere]
    )
    between = [_insight(material, each) for each in insights if each.text("meeting") not in links]
    yield from _list("##", _("Insights between meetings"), between)


def _numbers(material: Material) -> Iterator[str]:
    """Yield what stands in place of the story: when the pair met, and counts."""
    rows = [
        [_date(meeting), _said(meeting, "minutes"), _said(meeting, "channel")]
        for meeting in material.of_kind("meeting")
    ]
    if rows:
        yield "## " + _("Meetings")
        heads = [_label("held_on"), _label("minutes"), _label("channel")]
        yield "\n".join(_row(cells) for cells in (heads, ["---", "---:", "---"], *rows))
    if material.figures:
        yield "## " + _("In numbers")
        yield "\n".join(f"- {line}" for line in _counts(material.figures))


def _counts(figures: Figures) -> Iterator[str]:
    meetings = ngettext("{count} meeting", "{count} meetings", figures.meetings)
    yield meetings.format(count=figures.meetings)
    if figures.pulse_average is None:
        yield _line(_("Average pulse"), _("told from three meetings on"))
    else:
        of = ngettext("of {count} meeting", "of {count} meetings", figures.pulses)
        average = _("{pulse} of 4").format(pulse=figures.pulse_average)
        yield _line(_("Average pulse"), f"{average} ({of.format(count=figures.pulses)})")
    for title, counts in ((_("Actions"), figures.actions), (_("Questions"), figures.questions)):
        yield _line(
            title, _SEPARATOR.join(f"{code_label('state', each)} {counts[each]}" for each in counts)
        )
    noticed = [
        f"{_('without a benefit') if each == 'none' else code_label('benefit', each)} {count}"
        for each, count in figures.insights.items()
        if count
    ]
    yield _line(_("Insights"), _SEPARATOR.join(noticed) or "0")


# Records -----------------------------------------------------------------------------------------


def _meeting(meeting: Item) -> Iterator[str]:
    yield f'## {_date(meeting)} <a id="{_anchor(meeting)}"></a>'
    minutes = meeting.number("minutes")
    facts = [
        meeting.text("start_time"),
        None if minutes is None else _("{minutes} min").format(minutes=minutes),
        _said(meeting, "channel"),
        _("first meeting") if meeting.claims("is_kickoff") else None,
        _shared(meeting),
    ]
    if any(facts):
        yield _SEPARATOR.join(filter(None, facts))
    if meeting.texts("topics"):
        yield _labelled(
            "topics", _SEPARATOR.join(inline(topic) for topic in meeting.texts("topics"))
        )
    for name in ("summary", "notes", "pulse", "next_on"):
        if said := _said(meeting, name):
            yield _labelled(name, said)


def _questions(material: Material, links: dict[str, str]) -> Iterator[str]:
    for state, title in _QUESTIONS.items():
        asked = [each for each in material.of_kind("question") if each.text("state") == state]
        yield from _list("##", _(title), [_question(each, links) for each in asked])


def _question(question: Item, links: dict[str, str]) -> str:
    raised = links.get(question.text("raised_in") or "")
    facts = [
        _dated(_("asked {day}"), question.day("asked_on")),
        raised and _("raised {day}").format(day=raised),
        _shared(question),
    ]
    return _entry("?", question, facts, "answer")


def _action(material: Material, action: Item, links: dict[str, str]) -> str:
    state = action.text("state") or ""
    agreed, told = (links.get(action.text(name) or "") for name in ("assigned_in", "told_in"))
    facts = [
        _side(material, action.text("owner")),
        _("advice") if action.claims("is_advice") else None,
        _dated(_("due {day}"), action.day("due_on")),
        None if state == "open" else code_label("state", state),
        _dated(_("done {day}"), action.day("done_on")) if state == "done" else None,
        agreed and _("agreed {day}").format(day=agreed),
        told and _("told {day}").format(day=told),
        _shared(action),
    ]
    return _entry(_MARKS.get(state, ""), action, facts, "outcome")


def _insight(material: Material, insight: Item) -> str:
    facts = [
        _dated("{day}", insight.day("noticed_on")),
        _said(insight, "benefit"),
        _side(material, insight.text("viewpoint")),
        _shared(insight),
    ]
    return _entry("✳", insight, facts)


def _entry(mark: str, item: Item, facts: Iterable[str | None], more: str = "") -> str:
    """Return a record in a list: its text, its facts on a line of their own, what came of it."""
    said = block(f"{mark} {item.text('text') or ''}")
    entry = "\\\n".join(filter(None, (said, _SEPARATOR.join(filter(None, facts)))))
    came_of_it = _said(item, more) if more else None
    return f"{entry}\n\n{_labelled(more, came_of_it)}" if came_of_it else entry


# Small pieces ------------------------------------------------------------------------------------


def _said(item: Item, name: str) -> str | None:
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


def _side(material: Material, side: str | None) -> str | None:
    """Return whose something is: me or the partner to myself, the mentor or the mentee to others."""
    if side is None or material.audience == "me":
        return side and code_label("owner", side)
    mine = material.pair.text("my_role") or ""
    other = "mentee" if mine == "mentor" else "mentor"
    return code_label("my_role", mine if side == "me" else other)


def _shared(item: Item) -> str | None:
    """Return the mark of a shared record, where the audience may know it: only I do."""
    shared = item.text("visibility") == "shared"
    return code_label("visibility", "shared") if shared else None


def _date(meeting: Item) -> str:
    return _dated("{day}", meeting.day("held_on")) or ""


def _dated(sentence: str, on: date | None) -> str | None:
    return None if on is None else sentence.format(day=day(on))


def _anchor(meeting: Item) -> str:
    return "m-" + re.sub("[^0-9a-f]", "", meeting.uid)[:8]


def _labelled(name: str, said: str) -> str:
    return _line(_label(name), said)


def _line(label: str, said: str) -> str:
    return _("{label}: {text}").format(label=f"**{label}**", text=said)


def _label(name: str) -> str:
    label = field_label(name)
    return label[:1].upper() + label[1:]


def _list(level: str, title: str, entries: list[str]) -> Iterator[str]:
    """Yield a heading and a list, or nothing where there are no entries."""
    if entries:
        yield f"{level} {title}"
        yield "\n".join(f"- {indented(entry).lstrip(' ')}" for entry in entries)


def _row(cells: Iterable[str | None]) -> str:
    return f"| {' | '.join(cell or '' for cell in cells)} |"
