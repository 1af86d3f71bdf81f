"""What an entry of a calendar is called: as much as the setting `calendar_titles` allows, and no more.

A calendar is often seen by others, or kept by a company that reads it. So by default a title has an
alias or an id, never a name or a text.
"""

from typing import cast

from mentorlog.domain.action import Action
from mentorlog.domain.planned import Planned
from mentorlog.i18n import _
from mentorlog.text import first_line, visible


def title(entry: Planned, allowed: str) -> str:
    """Return the title of an entry; `allowed` is "alias", "name" or "text"."""
    who = visible(entry.pair.partner if allowed != "alias" else entry.pair.alias or entry.pair.id)
    match entry.what:
        case "meeting":
            return _("Meeting: {who}").format(who=who)
        case "review":
            return _("Review: {who}").format(who=who)
        case "term-end":
            return _("End of the term: {who}").format(who=who)
        case _:
            return _action(cast("Action", entry.record), who, with_text=allowed == "text")


def _action(action: Action, who: str, *, with_text: bool) -> str:
    if with_text:
        return _("{text} ({who})").format(text=first_line(action.text), who=who)
    if action.owner == "me":
        return _("Action {id}: {who}").format(id=action.id, who=who)
    return _("Their action {id}: {who}").format(id=action.id, who=who)
