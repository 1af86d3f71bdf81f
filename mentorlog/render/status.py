"""What `status` shows: what wants doing, most urgent first, each with the command to type."""

from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.attention import Finding
from mentorlog.domain.brief import Brief
from mentorlog.i18n import N_, _, day, ngettext, short_day
from mentorlog.render.lines import SEPARATOR, paused_text
from mentorlog.render.prose import Prose
from mentorlog.text import first_line, visible


def status(
    known: list[Brief], found: list[Finding], today: date, *, has_ended: bool
) -> RenderableType:
    """Return the status of all pairs, drawn. Nothing to do is a fine answer too.

    `known` are those that have not ended; `has_ended` tells whether there have been others.
    """
    if not known and has_ended:
        return Prose(_("All your pairs have ended. To look back: mentorlog pair list"))
    if not known:
        return Text(_("No pairs yet. Begin with: mentorlog meet NAME --as mentor|mentee"))
    parts: list[RenderableType] = [Text(_("To do"), style="title")] if found else []
    parts += [_finding(each, today) for each in found]
    if not found:
        parts.append(Text(_("Nothing wants doing now.")))
    parts += ["", Text(_("Pairs"), style="title"), _pairs(known, today)]
    return Group(*parts)


def _finding(finding: Finding, today: date) -> RenderableType:
    said = Text(visible(finding.pair.short_name), style="title")
    said.append(": " + _sentence(finding, today), style="not bold")
    command = Text(finding.command, style="quiet")
    command.append(SEPARATOR + _("guide {topic}").format(topic=finding.topic))
    return Padding(Group(Prose(said), Padding(Prose(command), (0, 0, 0, 2))), (0, 0, 0, 2))


def _sentence(finding: Finding, today: date) -> str:
    count = len(finding.records)
    if finding.code == "questions-waiting":
        said = ngettext("{count} question is waiting", "{count} questions are waiting", count)
        return said.format(count=count)
    code = finding.code + ("" if finding.is_agreed else "-by-rhythm")
    if finding.since is not None and finding.since < today:
        code = code + "-past" if code + "-past" in _SENTENCES else code
    text = first_line(getattr(finding.records[0], "text", "")) if finding.records else ""
    pulses = [getattr(each, "pulse", None) for each in reversed(finding.records)]
    return _(_SENTENCES[code]).format(
        day="" if finding.since is None else short_day(finding.since),
        text=text,
        pulses=" → ".join(str(pulse) for pulse in pulses),
    )


_SENTENCES = {
    "meeting-overdue": N_("the meeting of {day} has not been recorded"),
    "meeting-overdue-by-rhythm": N_("by your rhythm, a meeting was expected by {day}"),
    "pulse-falling": N_("the pulse is falling: {pulses}"),
    "action-overdue": N_("you meant to by {day}: {text}"),
    "advice-untold": N_("what came of the advice: {text}"),
    "partner-action-overdue": N_("they meant to by {day}: {text}"),
    "pause-ending": N_("the pause ends on {day}"),
    "pause-ending-past": N_("the pause was to end on {day}"),
    "review-due": N_("time to look back together: {day}"),
    "term-ending": N_("the term ends on {day}"),
    "term-ending-past": N_("the term ended on {day}"),
    "plateau": N_("no measurement and no insight since {day}"),
    "feedback-open": N_("what changed since the feedback of {day}: {text}"),
}


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
