"""What `prep` shows: the last meeting, what to tell, what was promised, what to ask."""

from collections.abc import Iterable, Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
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
from mentorlog.render.layout import SideBySide, listed, more
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
    unread, all_of_it = brief.unread, f"mentorlog prep {brief.pair.handle} --all"
    sides = (
        (_("I said I would"), brief.my_actions, unread.my_actions),
        (_("They said they would"), brief.their_actions, unread.their_actions),
    )
    promised = [
        _list(title, ((each.id, _action(each, today)) for each in actions), left, all_of_it)
        for title, actions, left in sides
        if actions
    ]
    if brief.advice:
        advice = ((each.id, _action(each, today)) for each in brief.advice)
        yield _list(told, advice, unread.advice, all_of_it)
    if promised:
        yield SideBySide(promised)
    if brief.questions:
        texts = ((each.id, Text(visible(each.text, block=True))) for each in brief.questions)
        yield _list(_("To ask"), texts, unread.questions, all_of_it)
    if brief.feedback:
        title = _("What changed since the feedback")
        yield _list(title, _feedback(brief.feedback), unread.feedback, all_of_it)


def _aims(known: Preparation) -> Iterator[RenderableType]:
    if known.goals:
        rows = ((each.goal.id, _aim(each)) for each in known.goals)
        of = f"mentorlog goal list {known.brief.pair.handle}"
        yield _list(_("Goals"), rows, known.goals_unread, of)


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
        left, pair = known.material_unread, known.brief.pair
        rest = more(left, f"mentorlog prep {pair.handle} --all") if left else None
        yield _section(_("Material to send"), material(known.material, known.held_back, rest))


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


def _list(title: str, rows: Iterable[tuple[str, Text]], left: int, command: str) -> RenderableType:
    """Return rows under their title; where there are more, how many and the command that shows them."""
    drawn = listed(rows)
    return _section(
        title, Group(drawn, Padding(more(left, command), (0, 0, 0, 2))) if left else drawn
    )


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
