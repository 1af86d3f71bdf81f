"""The story of a pair in Markdown: which record stands where, on one page or on several.

How one record reads is the business of `entries.py`, `agreements.py`, `goals.py`, `reviews.py` and
`for_me.py`; which pages there are, and how each begins, of `markdown.py` and `markdown_folder.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

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
from mentorlog.export.material import Item, Material
from mentorlog.export.reviews import reviews_section
from mentorlog.export.wording import Links, link_to_goal, listed
from mentorlog.i18n import N_, _

_QUESTIONS = {
    "open": N_("Open questions"),
    "raised": N_("Questions raised"),
    "dropped": N_("Questions dropped"),
}
_OPEN, _ELSEWHERE = "open", ""  # places of actions beside the meetings, whose names are uids


class Story(NamedTuple):
    """What there is to tell, and what stands in which place; see `wording.side` for `my_role`."""

    material: Material
    my_role: str | None
    linked: Mapping[str, Item]
    actions: Mapping[str, list[Item]]
    insights: Mapping[str, list[Item]]


class LinksOn(Mapping[str, str]):
    """The links of a page to meetings and goals, by their uid; `page_of` says where each stands."""

    def __init__(self, told: Story, page_of: Callable[[Item], str]) -> None:
        self._linked, self._page_of = told.linked, page_of

    def __getitem__(self, uid: str) -> str:
        item = self._linked[uid]
        make = link_to if item.kind == "meeting" else link_to_goal
        return make(item, self._page_of(item))

    def __iter__(self) -> Iterator[str]:
        return iter(self._linked)

    def __len__(self) -> int:
        return len(self._linked)


def story(material: Material) -> Story:
    """Return what there is to tell of a pair."""
    my_role = None if material.audience == "me" else material.pair.text("my_role")
    meetings = {each.uid: each for each in material.of_kind("meeting")}
    goals = {each.uid: each for each in material.of_kind("goal")}
    actions, insights = defaultdict[str, list[Item]](list), defaultdict[str, list[Item]](list)
    for action in material.of_kind("action"):
        for place in _places(action, meetings):
            actions[place].append(action)
    for insight in material.of_kind("insight"):
        had_in = insight.text("meeting") or ""
        insights[had_in if had_in in meetings else _ELSEWHERE].append(insight)
    return Story(material, my_role, {**meetings, **goals}, actions, insights)


def aims(told: Story) -> Iterator[str]:
    """Yield what was agreed and what is aimed at."""
    yield from agreement_section(told.material.of_kind("agreement"), told.my_role)
    yield from goals_section(told.material, told.my_role)


def meeting(told: Story, held: Item, links: Links, mark: str = "##") -> Iterator[str]:
    """Yield a meeting with what it made, under a heading of that `mark`."""
    yield from meeting_section(held, mark)
    yield from listed(f"{mark}# " + _("Actions"), _actions(told, links, held.uid))
    yield from listed(f"{mark}# " + _("Insights"), _insights(told, links, held.uid))


def beside_the_meetings(told: Story, links: Links) -> Iterator[str]:
    """Yield what belongs to no meeting, or to more than one."""
    material = told.material
    for state, title in _QUESTIONS.items():
        asked = [each for each in material.of_kind("question") if each.text("state") == state]
        yield from listed("## " + _(title), [question_entry(each, links) for each in asked])
    yield from listed("## " + _("Open actions"), _actions(told, links, _OPEN))
    yield from listed("## " + _("Other actions"), _actions(told, links, _ELSEWHERE))
    yield from listed("## " + _("Insights between meetings"), _insights(told, links, _ELSEWHERE))
    given_and_received = material.of_kind("feedback")
    entries = (feedback_entry(each, told.my_role) for each in given_and_received)
    yield from listed("## " + _("Feedback"), entries)
    yield from reviews_section(material.of_kind("review"))
    yield from reflections_section(material.of_kind("reflection"))
    yield from skills_section(material.of_kind("assessment"))


def _actions(told: Story, links: Links, place: str) -> list[str]:
    found = told.actions.get(place, ())
    return [action_entry(each, links, told.my_role, place) for each in found]


def _insights(told: Story, links: Links, place: str) -> list[str]:
    is_elsewhere = place == _ELSEWHERE
    found = told.insights.get(place, ())
    return [insight_entry(each, links, told.my_role, with_day=is_elsewhere) for each in found]


def _places(action: Item, meetings: Mapping[str, Item]) -> Iterator[str]:
    """Yield where an action stands: in its meeting, and once more at the end while it is open."""
    made_in = action.text("assigned_in") or ""
    if made_in in meetings:
        yield made_in
    if action.text("state") == "open":
        yield _OPEN
    elif made_in not in meetings:
        yield _ELSEWHERE
