"""An export as Markdown: CommonMark, with a front matter and, for the programme, one table.

What may go has been settled before, in `material.py`; how one record reads is `entries.py`'s. Here is
what stands where. Nothing in a document depends on when it is made but the day in its front matter, and
anchors are made from uids: two exports of one journal differ only where the journal does.
"""

from collections import defaultdict
from collections.abc import Iterator

from mentorlog.domain.aggregates import NO_BENEFIT, Figures
from mentorlog.export.entries import (
    SEPARATOR,
    Links,
    action_entry,
    date_of,
    insight_entry,
    label,
    line,
    link_to,
    meeting_section,
    question_entry,
    said,
)
from mentorlog.export.inert import indented, inline, quoted
from mentorlog.export.material import Item, Material
from mentorlog.i18n import N_, _, code_label, day, ngettext

_PAIR_FACTS = (
    "alias", "my_role", "programme", "started_on", "cadence", "minutes", "channel", "term_ends_on",
    "state", "ended_because", "language",
)  # fmt: skip
_QUESTIONS = {
    "open": N_("Open questions"),
    "raised": N_("Questions raised"),
    "dropped": N_("Questions dropped"),
}
_OPEN, _ELSEWHERE = "open", ""  # places of actions beside the meetings, whose names are uids


def write(material: Material) -> str:
    """Return the document; its last line has no line end."""
    body = _numbers(material, material.figures) if material.figures else _story(material)
    return "\n\n".join([_front_matter(material), *_opening(material), *body])


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
    told = ((name, said(material.pair, name)) for name in _PAIR_FACTS)
    names = {} if material.audience == "me" else {"my_role": _("Role of the writer")}
    facts = [line(names.get(name) or label(name), text) for name, text in told if text]
    if material.since:
        facts.append(line(_("Records from"), day(material.since)))
    if material.until:
        facts.append(line(_("Records up to"), day(material.until)))
    yield "\n".join(f"- {fact}" for fact in facts)


def _story(material: Material) -> Iterator[str]:
    """Yield the meetings in their order, each with what it made; then what belongs to none."""
    meetings = material.of_kind("meeting")
    links = {meeting.uid: link_to(meeting) for meeting in meetings}
    # I call us "me" and "partner"; to the other that would be the wrong way round.
    my_role = None if material.audience == "me" else material.pair.text("my_role")
    actions, insights = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for action in material.of_kind("action"):
        for place in _places(action, links):
            actions[place].append(action_entry(action, links, my_role, place))
    for insight in material.of_kind("insight"):
        had_in = insight.text("meeting") or ""
        place = had_in if had_in in links else _ELSEWHERE
        entry = insight_entry(insight, my_role, with_day=place == _ELSEWHERE)
        insights[place].append(entry)
    for meeting in meetings:
        yield from meeting_section(meeting)
        yield from _list("###", _("Actions"), actions[meeting.uid])
        yield from _list("###", _("Insights"), insights[meeting.uid])
    for state, title in _QUESTIONS.items():
        asked = [each for each in material.of_kind("question") if each.text("state") == state]
        yield from _list("##", _(title), [question_entry(each, links) for each in asked])
    yield from _list("##", _("Open actions"), actions[_OPEN])
    yield from _list("##", _("Other actions"), actions[_ELSEWHERE])
    yield from _list("##", _("Insights between meetings"), insights[_ELSEWHERE])


def _places(action: Item, links: Links) -> Iterator[str]:
    """Yield where an action stands: in its meeting, and once more at the end while it is open."""
    made_in = action.text("assigned_in") or ""
    if made_in in links:
        yield made_in
    if action.text("state") == "open":
        yield _OPEN
    elif made_in not in links:
        yield _ELSEWHERE


def _numbers(material: Material, figures: Figures) -> Iterator[str]:
    """Yield what stands in place of the story: when the pair met, and counts."""
    rows = [
        (date_of(meeting), said(meeting, "minutes") or "", said(meeting, "channel") or "")
        for meeting in material.of_kind("meeting")
    ]
    if rows:
        yield "## " + _("Meetings")
        heads = (label("held_on"), label("minutes"), label("channel"))
        table = (heads, ("---", "---:", "---"), *rows)
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    yield "## " + _("In numbers")
    yield "\n".join(f"- {count}" for count in _counts(figures))


def _counts(figures: Figures) -> Iterator[str]:
    held = ngettext("{count} meeting", "{count} meetings", figures.meetings)
    yield held.format(count=figures.meetings)
    if figures.pulse_average is None:
        yield line(_("Average pulse"), _("told from three meetings on"))
    else:
        of = ngettext("of {count} meeting", "of {count} meetings", figures.pulses)
        average = _("{pulse} of 4").format(pulse=figures.pulse_average)
        yield line(_("Average pulse"), f"{average} ({of.format(count=figures.pulses)})")
    for title, states in ((_("Actions"), figures.actions), (_("Questions"), figures.questions)):
        counts = (f"{code_label('state', state)} {count}" for state, count in states.items())
        yield line(title, SEPARATOR.join(counts))
    without = _("without a benefit")
    noticed = [
        f"{without if code == NO_BENEFIT else code_label('benefit', code)} {count}"
        for code, count in figures.insights.items()
        if count
    ]
    yield line(_("Insights"), SEPARATOR.join(noticed) or "0")


def _list(level: str, title: str, entries: list[str]) -> Iterator[str]:
    """Yield a heading and a list, or nothing where there are no entries."""
    if entries:
        yield f"{level} {title}"
        yield "\n".join(f"- {indented(entry).lstrip(' ')}" for entry in entries)
