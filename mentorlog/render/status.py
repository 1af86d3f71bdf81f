"""What `status` shows: what wants doing, most urgent first, each with the command to type."""

from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.attention import Finding
from mentorlog.domain.brief import Brief
from mentorlog.i18n import _, day, ngettext, short_day
from mentorlog.render.prose import Prose
from mentorlog.text import first_line, visible


def status(known: list[Brief], found: list[Finding], today: date) -> RenderableType:
    """Return the status of all pairs, drawn. Nothing to do is a fine answer too."""
    if not known:
        return Text(_("No pairs yet. Begin with: mentorlog meet NAME --as mentor|mentee"))
    parts: list[RenderableType] = [Text(_("To do"), style="title")] if found else []
    parts += [_finding(each) for each in found]
    if not found:
        parts.append(Text(_("Nothing wants doing now.")))
    parts += ["", Text(_("Pairs"), style="title"), _pairs(known, today)]
    return Group(*parts)


def _finding(finding: Finding) -> RenderableType:
    said = Text(visible(finding.pair.short_name), style="title")
    said.append(": " + _sentence(finding), style="not bold")
    command = Padding(Text(finding.command, style="quiet"), (0, 0, 0, 2))
    return Padding(Group(Prose(said), command), (0, 0, 0, 2))


def _sentence(finding: Finding) -> str:
    since = "" if finding.since is None else short_day(finding.since)
    text = first_line(getattr(finding.records[0], "text", "")) if finding.records else ""
    match finding.code:
        case "meeting-overdue" if finding.is_agreed:
            return _("the meeting of {day} has not been recorded").format(day=since)
        case "meeting-overdue":
            return _("by your rhythm, a meeting was expected by {day}").format(day=since)
        case "action-overdue":
            return _("you meant to by {day}: {text}").format(day=since, text=text)
        case "partner-action-overdue":
            return _("they meant to by {day}: {text}").format(day=since, text=text)
        case "advice-untold":
            return _("what came of the advice: {text}").format(text=text)
        case _:
            count = len(finding.records)
            return ngettext(
                "{count} question is waiting", "{count} questions are waiting", count
            ).format(count=count)


def _pairs(known: list[Brief], today: date) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="id", no_wrap=True)
    table.add_column()
    for brief in known:
        facts = Text(visible(brief.pair.partner))
        if brief.last_meeting is not None:
            facts.append(" · " + _("last {day}").format(day=day(brief.last_meeting.held_on)))
        if brief.next_on is not None and brief.next_on >= today:
            said = _("next {day}") if brief.agreed_on else _("next expected {day}")
            facts.append(" · " + said.format(day=day(brief.next_on)))
        table.add_row(Text(brief.pair.id), Prose(facts))
    return Padding(table, (0, 0, 0, 2))
