"""What `report PAIR` shows: who, how regularly, the goals, what was agreed, how it grew, what is next.

Here is the page and its head; its longer parts are in `goals.py`, `actions.py` and
`growth.py`. The figures are `domain/report.py`'s. Each is shown with its n.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mentorlog.domain.figures import Report
from mentorlog.domain.pair import Pair
from mentorlog.domain.progress import percent
from mentorlog.i18n import _, day, listing, rhythm
from mentorlog.labels import code_label, field_label
from mentorlog.render.calendar_days import calendar, has_begun, is_past
from mentorlog.render.counts import (
    days_text,
    ended_text,
    minutes_text,
    n_text,
    next_meeting_text,
    not_begun_text,
    of_text,
    span_text,
)
from mentorlog.render.findings import finding_text
from mentorlog.render.layout import SideBySide, more
from mentorlog.render.lines import SEPARATOR, paused_text
from mentorlog.render.prose import Facts, Prose
from mentorlog.render.report.actions import actions, advice
from mentorlog.render.report.charts import bar
from mentorlog.render.report.figures import (
    SHORT_BAR,
    Beside,
    Row,
    Section,
    beside,
    rows_drawn,
)
from mentorlog.render.report.goals import goals
from mentorlog.render.report.growth import benefits, feedback, pulses, skills
from mentorlog.render.report.heat_map import HeatMap
from mentorlog.render.theme import THEME
from mentorlog.render.values import pause_text
from mentorlog.text import visible
from mentorlog.workflows.reporting import Reported


def report(known: Reported, today: date, *, with_evidence: bool = False) -> RenderableType:
    """Return the report of a pair, drawn; what nothing is known of yet is named in one line."""
    found = known.report
    sections = _sections(known, today, with_evidence=with_evidence)
    drawn = [Section(title, *parts) for title, parts in sections if parts]
    unknown = [title for title, parts in sections if not parts]
    if not has_begun(found, today):
        return Group(Facts(_title(found.pair, today)), Prose(not_begun_text(found)), *drawn)
    todo = [] if is_past(found, today) else [Section(_("What to do next"), *_todo(known, today))]
    return Group(
        Facts(_title(found.pair, today)),
        rows_drawn(_head(known, today), with_evidence=False),
        Section(_("Continuity"), *_continuity(known, today, with_evidence=with_evidence)),
        *drawn[: 1 if found.goals else 0],
        *(SideBySide(each) for each in _in_twos(drawn[1 if found.goals else 0 :])),
        *todo,
        *_unknown(unknown),
    )


def _sections(
    known: Reported, today: date, *, with_evidence: bool
) -> list[tuple[str, list[RenderableType]]]:
    """Return the sections between head and foot, in order; one without parts has nothing to show."""
    found, quoted = known.report, known.quoted
    return [
        (_("Goals"), list(goals(found, quoted, today, with_evidence=with_evidence))),
        (_("Actions"), list(actions(found, with_evidence=with_evidence))),
        (_("Advice and questions"), list(advice(found, with_evidence=with_evidence))),
        (_("Pulse"), list(pulses(found.pulses, with_evidence=with_evidence))),
        (_("Skills"), list(skills(found.skills, with_evidence=with_evidence))),
        (_("Benefits"), list(benefits(found, quoted, with_evidence=with_evidence))),
        (_("Feedback"), list(feedback(found.feedback, quoted, with_evidence=with_evidence))),
    ]


def _in_twos(sections: Sequence[Section]) -> Iterator[Sequence[Section]]:
    for number in range(0, len(sections), 2):
        yield sections[number : number + 2]


def _unknown(titles: Sequence[str]) -> Iterator[RenderableType]:
    if titles:
        said = _("Nothing is known yet of: {what}").format(what=listing(titles))
        yield Group(Text(""), Prose(said, "quiet"))


def as_text(drawing: RenderableType, cells: int) -> str:
    """Return what a drawing says, without colour, as lines of at most `cells`."""
    drawn = StringIO()
    Console(
        file=drawn,
        width=cells,
        color_system=None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        theme=THEME,
    ).print(drawing)
    return "\n".join(line.rstrip() for line in drawn.getvalue().strip("\n").split("\n"))


def _todo(known: Reported, today: date) -> Iterator[RenderableType]:
    """Yield what wants doing first, each with its command, and how much else there is."""
    if not known.todo:
        yield Text(_("Nothing wants doing now."))
    for each in known.todo:
        guide = _("guide {topic}").format(topic=each.topic)
        yield Prose(finding_text(each, today))
        yield Padding(Prose(f"{each.command}{SEPARATOR}{guide}", "quiet"), (0, 0, 0, 2))
    if known.more:
        yield more(known.more, "mentorlog status")


def _title(pair: Pair, today: date) -> Text:
    title = Text(visible(pair.partner), style="title")
    if pair.alias is not None:
        title.append(f" ({visible(pair.alias)})")
    facts = [
        _("I am the {role}").format(role=code_label("my_role", pair.my_role)),
        _("since {day}").format(day=day(pair.started_on)),
    ]
    title.append("".join(SEPARATOR + fact for fact in facts), style="not bold")
    pause = pair.pause_on(today)
    if pause is not None:
        title.append(SEPARATOR + paused_text(pause), style="not bold warm")
    elif not pair.is_active:
        ended = ended_text(pair) if pair.state == "ended" else code_label("state", pair.state)
        title.append(SEPARATOR + ended, style="not bold")
    return title


def _head(known: Reported, today: date) -> Iterator[Row]:
    found, pair = known.report, known.report.pair
    if pair.state != "ended" or pair.term_ends_on is not None:
        yield Row(_("term"), _term(found))
    if pair.state != "ended" and not is_past(found, today):
        yield Row(field_label("next_on"), _next_meeting(known, today))
        yield Row(field_label("next_review_on"), _due(known.next_review_on, today))
    since, until = found.period
    if since > pair.started_on or until < today:
        yield Row(_("period"), Text(span_text(found.period)))


def _term(found: Report) -> Text:
    ends_on = found.pair.term_ends_on
    if found.term_used is None or ends_on is None:
        return Text(_("none is set"), style="quiet")
    used = _("{percent} %").format(percent=percent(found.term_used))
    ends = None if found.pair.state == "ended" else _("ends {day}").format(day=day(ends_on))
    return beside(bar(found.term_used, SHORT_BAR), used, ends)


def _next_meeting(known: Reported, today: date) -> Text:
    next_on, said = known.brief.next_on, next_meeting_text(known.brief, today)
    if next_on is None or said is None:
        return Text(_("none is expected"), style="quiet")
    return Text(said, style="warm" if next_on < today else "")


def _due(on: date | None, today: date) -> Text:
    if on is None:
        return Text(_("none is due"), style="quiet")
    if on < today:
        return Text(_("{day}, overdue").format(day=day(on)), style="warm")
    return Text(day(on))


def _continuity(known: Reported, today: date, *, with_evidence: bool) -> Iterator[RenderableType]:
    days = calendar(known.report, known.brief, today)
    rows = rows_drawn(_met(known.report), with_evidence=with_evidence)
    if days.is_empty:
        yield rows
    else:
        drawn = HeatMap(days)
        yield Beside(drawn, drawn.cells, rows)


def _met(found: Report) -> Iterator[Row]:
    meetings = found.meetings
    held = meetings.held
    n = n_text(len(held))
    yield Row(_("meetings"), Text(str(len(held))), {_("meetings"): held})
    if held:
        known = minutes_text(meetings.minutes, len(meetings.timed))
        said = known if meetings.timed else _("not known")
        yield Row(_("time together"), Text(said), {_("time together"): meetings.timed})
    yield Row(_("on rhythm"), _rhythm(found), {_("on rhythm"): meetings.on_rhythm})
    gap = meetings.continuity.longest_gap_days
    said = _("not known") if gap is None else f"{days_text(gap)} ({n})"
    yield Row(_("longest gap"), Text(said), {_("longest gap"): held})
    pauses = [
        pause_text(each)
        for each, span in zip(found.pair.pauses, found.pair.pause_spans, strict=True)
        if span.from_on <= found.period.until and (span.until_on or date.max) > found.period.since
    ]
    yield Row(field_label("pauses"), Prose("\n".join(pauses) or _("none")))


def _rhythm(found: Report) -> Text:
    """Return how many of the days expected had a meeting; none may have been expected yet."""
    known, cadence = found.meetings.continuity, found.pair.cadence
    if cadence is None:
        return Text(_("no rhythm is set"), style="quiet")
    if not known.expected:
        return Text(_("no meeting was due yet"), style="quiet")
    kept = bar(known.on_rhythm / known.expected, SHORT_BAR)
    return beside(kept, of_text(known.on_rhythm, known.expected), rhythm(cadence))
