"""What `prep` shows: the last meeting, what to tell, what was promised, what to ask."""

from collections.abc import Iterable, Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from mentorlog.domain.action import Action
from mentorlog.domain.brief import Brief
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.meeting import Meeting
from mentorlog.i18n import _, day, listing, short_day
from mentorlog.labels import code_label
from mentorlog.render.agenda import agenda, checklist, material
from mentorlog.render.agreement import agreement
from mentorlog.render.goal_lines import attained_text, way_text
from mentorlog.render.layout import SideBySide, listed
from mentorlog.render.lines import SEPARATOR, one_line, paused_text
from mentorlog.render.prose import Prose
from mentorlog.text import visible
from mentorlog.workflows.preparation import Preparation


def prep(known: Preparation, today: date) -> RenderableType:
    """Return what to take to the next meeting of a pair, drawn."""
    sections = [*_opening(known), *_open(known.brief, today), *_aims(known)]
    if known.brief.is_empty and not known.goals:
        sections.append(Text("\n" + _("Nothing is open. Come as you are."), style="quiet"))
    return Group(Prose(_head(known.brief, today)), *sections, *_online(known))


def _opening(known: Preparation) -> Iterator[RenderableType]:
    """Yield how the meeting begins: with the last one or, where there was none, with each other."""
    if known.brief.last_meeting is not None:
        yield _section(_("Last time"), _last(known.brief.last_meeting))
        return
    if known.agenda:
        yield _section(_("The first meeting, in minutes"), agenda(known.agenda))
    if known.strengths:
        rows = [(each.id, Text(one_line(each))) for each in known.strengths]
        yield _section(_("Strengths that match a goal"), listed(rows))
    if known.agreement is not None:
        yield Group(Text(""), agreement(known.agreement, None))


def _open(brief: Brief, today: date) -> Iterator[RenderableType]:
    """Yield what is open between the two; what each promised stands side by side where there is room."""
    told = _("Tell what came of it") if brief.pair.my_role == "mentee" else _("Ask what came of it")
    sides = (
        (_("I said I would"), brief.my_actions),
        (_("They said they would"), brief.their_actions),
    )
    promised = [
        _section(title, listed((each.id, _action(each, today)) for each in actions))
        for title, actions in sides
        if actions
    ]
    if brief.advice:
        yield _section(told, listed((each.id, _action(each, today)) for each in brief.advice))
    if promised:
        yield SideBySide(promised)
    if brief.questions:
        texts = ((each.id, Text(visible(each.text, block=True))) for each in brief.questions)
        yield _section(_("To ask"), listed(texts))
    if brief.feedback:
        yield _section(_("What changed since the feedback"), listed(_feedback(brief.feedback)))


def _aims(known: Preparation) -> Iterator[RenderableType]:
    if known.goals:
        rows = ((each.goal.id, _aim(each)) for each in known.goals)
        yield _section(_("Goals"), listed(rows))


def _aim(measured: MeasuredGoal) -> Text:
    """Return a goal with where it stands, below it."""
    stands = SEPARATOR.join(filter(None, (way_text(measured), attained_text(measured))))
    text = Text(visible(measured.goal.statement, block=True))
    return text.append(f"\n{stands}", style="quiet") if stands else text


def _online(known: Preparation) -> Iterator[RenderableType]:
    """Yield what a meeting online asks for beside the rest."""
    if known.is_online:
        yield _section(_("Before it begins"), checklist())
        if not known.brief.is_first:  # there it has been shown already
            yield _section(_("In minutes"), agenda(known.agenda))
        yield _section(_("Material to send"), material(known.material, known.held_back))


def _feedback(open_ones: Iterable[Feedback]) -> Iterator[tuple[str, Text]]:
    for each in open_ones:
        text = Text(visible(each.text, block=True))
        if each.will_change is not None:
            said = _("will change: {text}").format(text=visible(each.will_change))
            text.append(f" · {said}", style="quiet")
        yield each.id, text


def _head(brief: Brief, today: date) -> Text:
    pair = brief.pair
    head = Text(visible(pair.partner), style="title")
    role = _("I am the {role}").format(role=code_label("my_role", pair.my_role))
    head.append(" · " + role, style="not bold")
    pause = pair.pause_on(today)
    if pause is not None:
        head.append(" · " + paused_text(pause), style="not bold warm")
    if brief.next_on is not None:
        said = _("next meeting {day}") if brief.is_agreed else _("next meeting expected {day}")
        is_late = brief.next_on < today
        head.append(
            " · " + said.format(day=day(brief.next_on)),
            style="not bold warm" if is_late else "not bold",
        )
    return head


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(f"\n{title}", style="title"), body)


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
