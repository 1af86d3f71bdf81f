"""An export as Markdown: CommonMark, with a front matter and, here and there, a table.

What may go has been settled before, in `material.py`; how one record reads is the business of
`entries.py`, `agreements.py`, `goals.py`, `reviews.py` and `for_me.py`; numbers in its place are
`in_numbers.py`'s, the summary of one review is `summary_page.py`'s.
Here is what stands where. Nothing in a document depends on when it is made but the day in its front
matter, which what is next after a review names too, and anchors are made from uids: two exports of one
journal differ only where the journal does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from mentorlog.export.agreements import agreement_section
from mentorlog.export.entries import (
    action_entry,
    feedback_entry,
    insight_entry,
    link_to,
    meeting_section,
    question_entry,
)
from mentorlog.export.for_me import reflections_section, skills_section
from mentorlog.export.goals import goals_section
from mentorlog.export.in_numbers import agreed_on, numbers
from mentorlog.export.inert import inline, quoted
from mentorlog.export.material import Item, Material
from mentorlog.export.reviews import reviews_section
from mentorlog.export.summary_page import summary_page
from mentorlog.export.wording import (
    Links,
    front_matter,
    label,
    line,
    link_to_goal,
    listed,
    pair_label,
    said,
)
from mentorlog.i18n import N_, _, day

_PAIR_FACTS = (
    "alias", "my_role", "programme", "started_on", "cadence", "minutes", "channel", "term_ends_on",
    "state", "pauses", "ended_because", "language",
)  # fmt: skip
_QUESTIONS = {
    "open": N_("Open questions"),
    "raised": N_("Questions raised"),
    "dropped": N_("Questions dropped"),
}
_OPEN, _ELSEWHERE = "open", ""  # places of actions beside the meetings, whose names are uids


def write(material: Material) -> str:
    """Return the document; its last line has no line end."""
    if material.summary is not None:
        return "\n\n".join(summary_page(material, material.summary))
    body = numbers(material, material.figures) if material.figures else _story(material)
    return "\n\n".join([_front_matter(material), *_opening(material), *body])


def _front_matter(material: Material) -> str:
    return front_matter(
        title=quoted(_title(material)),
        pair=quoted(material.pair.uid),
        audience=material.audience,
        exported_on=material.exported_on.isoformat(),
    )


def _title(material: Material) -> str:
    partner = material.pair.text("partner")
    return _("Mentoring with {partner}").format(partner=partner) if partner else _("Mentoring")


def _opening(material: Material) -> Iterator[str]:
    """Yield the title and what there is to know about the pair."""
    yield f"# {inline(_title(material))}"
    told = ((name, said(material.pair, name)) for name in _PAIR_FACTS)
    facts = [line(pair_label(name, material.audience), text) for name, text in told if text]
    if material.figures and (days := agreed_on(material)):
        facts.append(line(label("agreed_on"), days))
    if material.since:
        facts.append(line(_("Records from"), day(material.since)))
    if material.until:
        facts.append(line(_("Records up to"), day(material.until)))
    yield "\n".join(f"- {fact}" for fact in facts)


def _story(material: Material) -> Iterator[str]:
    """Yield what was agreed and aimed at, each meeting with what it made, then what belongs to none."""
    my_role = None if material.audience == "me" else material.pair.text("my_role")
    links = {meeting.uid: link_to(meeting) for meeting in material.of_kind("meeting")}
    links |= {goal.uid: link_to_goal(goal) for goal in material.of_kind("goal")}
    yield from agreement_section(material.of_kind("agreement"), my_role)
    yield from goals_section(material, my_role)
    yield from _meetings(material, links, my_role)
    given_and_received = material.of_kind("feedback")
    entries = (feedback_entry(each, my_role) for each in given_and_received)
    yield from listed("## " + _("Feedback"), entries)
    yield from reviews_section(material.of_kind("review"))
    yield from reflections_section(material.of_kind("reflection"))
    yield from skills_section(material.of_kind("assessment"))


def _meetings(material: Material, links: Links, my_role: str | None) -> Iterator[str]:
    """Yield the meetings in their order, each with what it made; then what belongs to none."""
    actions = _actions(material, links, my_role)
    insights = _insights(material, links, my_role)
    for meeting in material.of_kind("meeting"):
        yield from meeting_section(meeting)
        yield from listed("### " + _("Actions"), actions[meeting.uid])
        yield from listed("### " + _("Insights"), insights[meeting.uid])
    for state, title in _QUESTIONS.items():
        asked = [each for each in material.of_kind("question") if each.text("state") == state]
        yield from listed("## " + _(title), [question_entry(each, links) for each in asked])
    yield from listed("## " + _("Open actions"), actions[_OPEN])
    yield from listed("## " + _("Other actions"), actions[_ELSEWHERE])
    yield from listed("## " + _("Insights between meetings"), insights[_ELSEWHERE])


def _actions(material: Material, links: Links, my_role: str | None) -> Mapping[str, list[str]]:
    """Return the actions by where they stand: a meeting's uid, or one of the places beside them."""
    entries = defaultdict[str, list[str]](list)
    for action in material.of_kind("action"):
        for place in _places(action, links):
            entries[place].append(action_entry(action, links, my_role, place))
    return entries


def _insights(material: Material, links: Links, my_role: str | None) -> Mapping[str, list[str]]:
    """Return the insights by where they stand."""
    entries = defaultdict[str, list[str]](list)
    for insight in material.of_kind("insight"):
        had_in = insight.text("meeting") or ""
        place = had_in if had_in in links else _ELSEWHERE
        is_elsewhere = place == _ELSEWHERE
        entries[place].append(insight_entry(insight, links, my_role, with_day=is_elsewhere))
    return entries


def _places(action: Item, links: Links) -> Iterator[str]:
    """Yield where an action stands: in its meeting, and once more at the end while it is open."""
    made_in = action.text("assigned_in") or ""
    if made_in in links:
        yield made_in
    if action.text("state") == "open":
        yield _OPEN
    elif made_in not in links:
        yield _ELSEWHERE
