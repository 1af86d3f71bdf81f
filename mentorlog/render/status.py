"""What `status` shows: what wants doing, most urgent first, each with the command to type."""

from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.attention import Finding
from mentorlog.domain.brief import Brief
from mentorlog.i18n import _, day
from mentorlog.render.findings import finding_text
from mentorlog.render.layout import more
from mentorlog.render.lines import SEPARATOR, paused_text
from mentorlog.render.prose import Prose
from mentorlog.text import visible
from mentorlog.workflows.prepare import Attention


def status(
    known: list[Brief], found: Attention, today: date, most: int | None, *, has_ended: bool
) -> RenderableType:
    """Return the status of all pairs, drawn: `most` of what wants doing. Nothing to do is fine too.

    `known` are those that have not ended; `has_ended` tells whether there have been others.
    """
    if not known and has_ended:
        return Prose(_("All your pairs have ended. To look back: mentorlog pair list"))
    if not known:
        return Text(_("No pairs yet. Begin with: mentorlog meet NAME --as mentor|mentee"))
    shown = found.findings[:most]
    parts: list[RenderableType] = [Text(_("To do"), style="title")] if shown else []
    parts += [_finding(each, today) for each in shown]
    if found.total > len(shown):
        parts.append(
            Padding(more(found.total - len(shown), "mentorlog status --all"), (0, 0, 0, 2))
        )
    if not shown:
        parts.append(Text(_("Nothing wants doing now.")))
    parts += ["", Text(_("Pairs"), style="title"), _pairs(known, today)]
    return Group(*parts)


def _finding(finding: Finding, today: date) -> RenderableType:
    said = Text(visible(finding.pair.short_name), style="title")
    said.append(": " + finding_text(finding, today), style="not bold")
    command = Text(finding.command, style="quiet")
    command.append(SEPARATOR + _("guide {topic}").format(topic=finding.topic))
    return Padding(Group(Prose(said), Padding(Prose(command), (0, 0, 0, 2))), (0, 0, 0, 2))


def _pairs(known: list[Brief], today: date) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="id", no_wrap=True)
    table.add_column()
    for brief in known:
        facts = Text(visible(brief.pair.partner))
        if brief.last_meeting is not None:
            facts.append(" · " + _("last {day}").format(day=day(brief.last_meeting.held_on)))
        pause = brief.pair.pause_on(today)
        if pause is not None:
            facts.append(SEPARATOR + paused_text(pause))
        if brief.next_on is not None and brief.next_on >= today:
            said = _("next {day}") if brief.is_agreed else _("next expected {day}")
            facts.append(" · " + said.format(day=day(brief.next_on)))
        table.add_row(Text(brief.pair.id), Prose(facts))
    return Padding(table, (0, 0, 0, 2))
