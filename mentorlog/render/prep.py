"""What `prep` shows: the last meeting, what to tell, what was promised, what to ask."""

from collections.abc import Iterable
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.action import Action
from mentorlog.domain.brief import Brief
from mentorlog.domain.meeting import Meeting
from mentorlog.i18n import _, code_label, day, listing, short_day
from mentorlog.render.prose import Prose
from mentorlog.text import visible


def prep(brief: Brief, today: date) -> RenderableType:
    """Return the brief of a pair, drawn."""
    advice = (
        _("Tell what came of it") if brief.pair.my_role == "mentee" else _("Ask what came of it")
    )
    parts: list[RenderableType] = [Prose(_head(brief, today))]
    if brief.last_meeting is not None:
        parts += [_heading(_("Last time")), _last(brief.last_meeting)]
    for title, rows in (
        (advice, [(each.id, _action(each, today)) for each in brief.advice]),
        (_("I said I would"), [(each.id, _action(each, today)) for each in brief.my_actions]),
        (
            _("They said they would"),
            [(each.id, _action(each, today)) for each in brief.their_actions],
        ),
        (
            _("To ask"),
            [(each.id, Text(visible(each.text, block=True))) for each in brief.questions],
        ),
    ):
        if rows:
            parts += [_heading(title), listed(rows)]
    if brief.is_empty:
        parts += ["", Text(_("Nothing is open. Come as you are."), style="quiet")]
    return Group(*parts)


def listed(rows: Iterable[tuple[str, Text]]) -> RenderableType:
    """Return rows of an id and a text, the text wrapped beside the id."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="id", no_wrap=True)
    table.add_column()
    for ref, text in rows:
        table.add_row(Text(ref), Prose(text))
    return Padding(table, (0, 0, 0, 2))


def _head(brief: Brief, today: date) -> Text:
    pair = brief.pair
    head = Text(visible(pair.partner), style="title")
    role = _("I am the {role}").format(role=code_label("my_role", pair.my_role))
    head.append(" · " + role, style="not bold")
    if brief.next_on is not None:
        said = _("next meeting {day}") if brief.agreed_on else _("next meeting expected {day}")
        is_late = brief.next_on < today
        head.append(
            " · " + said.format(day=day(brief.next_on)),
            style="not bold warm" if is_late else "not bold",
        )
    return head


def _heading(title: str) -> Text:
    return Text(f"\n{title}", style="title")


def _last(meeting: Meeting) -> RenderableType:
    facts = Text(day(meeting.held_on))
    if meeting.topics:
        facts.append(" · " + listing(visible(topic) for topic in meeting.topics))
    said = [facts]
    if meeting.summary:
        said.append(Text(visible(meeting.summary, block=True)))
    return listed([(meeting.id, Text("\n").join(said))])


def _action(action: Action, today: date) -> Text:
    text = Text(visible(action.text, block=True))
    if action.due_on is not None and action.is_open:
        due = _("due {day}").format(day=short_day(action.due_on))
        text.append(f" · {due}", style="warm" if action.is_overdue(today) else "quiet")
    return text
