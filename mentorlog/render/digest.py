"""The digest that a review begins with: the figures of its days beside those before, and in words.

The figures are `domain/report.py`'s. It says what is, and how it was before; what to make of that is
the reader's.
"""

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.figures import Report
from mentorlog.domain.insight import Insight
from mentorlog.domain.milestones import is_final
from mentorlog.domain.period import Period
from mentorlog.domain.tallies import Standing
from mentorlog.i18n import _, day
from mentorlog.labels import code_label
from mentorlog.render.counts import days_text, n_text, of_text, span_text
from mentorlog.render.digest_words import in_words, level_moved, number_moved, share_moved
from mentorlog.render.goal_lines import score_line
from mentorlog.render.layout import listed, more
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.prose import Prose
from mentorlog.text import first_line, visible
from mentorlog.workflows.reporting import GOALS_SHOWN, Digest

_BAR = 20  # cells
_MOST_INSIGHTS = 5
_UNKNOWN = "–"
_NOTHING = {_UNKNOWN, "0"}  # a row of these alone says no more than the words below it


def digest(known: Digest, today: date) -> RenderableType:
    """Return what there is to look back over, drawn."""
    now = known.now.report
    parts: list[RenderableType] = [_head(known, today)]
    figures = _figures(known)
    if figures is not None:
        parts += [Text(""), figures]
    elif known.now.brief.is_first and not now.goals:
        return Group(*parts, Text(""), *_before_the_first(now))
    if now.goals:
        parts.append(_section(_("Goals"), _goals(now)))
    noticed = _noticed(known)
    if noticed:
        parts.append(_section(_("What you noticed"), listed(noticed)))
    words = listed(("·", Text(sentence)) for sentence in in_words(known))
    parts.append(_section(_("In words"), words))
    return Group(*parts)


def _head(known: Digest, today: date) -> RenderableType:
    """Return whom and which days it is about, and which review of the term it is."""
    pair, period = known.now.report.pair, known.now.report.period
    title = Text(visible(pair.partner), style="title")
    role = _("I am the {role}").format(role=code_label("my_role", pair.my_role))
    title.append(SEPARATOR + role, style="not bold")
    lines: list[RenderableType] = [Prose(title), Prose(_days(period))]
    ends_on = pair.term_ends_on
    if pair.state != "ended" and ends_on is not None and is_final(pair, period.until):
        said = _("the term ended on {day}") if ends_on < today else _("the term ends on {day}")
        lines.append(Prose(said.format(day=day(ends_on))))
    return Group(*lines)


def _days(period: Period) -> str:
    return SEPARATOR.join((span_text(period), days_text(period.days)))


def _before_the_first(now: Report) -> list[RenderableType]:
    """Return what there is to say of a pair that has not met: how to prepare it."""
    command = f"mentorlog prep {now.pair.handle}"
    return [
        Prose(_("You have not met yet.")),
        Prose(_("To prepare: {command}").format(command=command)),
    ]


def _figures(known: Digest) -> RenderableType | None:
    """Return a row for each figure that says something, None where none does.

    Without a period before, there is no column for it.
    """
    now, before = known.now.report, known.before
    columns = [_rows_of(each) for each in (now, before) if each is not None]
    rows = [
        row
        for row in zip(*columns, strict=True)
        if any(said not in _NOTHING for _label, said in row)
    ]
    if not rows:
        return None
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(style="label")
    for _column in columns:
        table.add_column(no_wrap=True)
    if before is not None:
        heads = _("this period"), "\n".join((_("the one before"), *_length_of(before, now)))
        table.add_row("", *(Text(head, style="title") for head in heads))
    for row in rows:
        table.add_row(Prose(row[0][0]), *(said for _label, said in row))
    return Padding(table, (0, 0, 0, 2))


def _length_of(before: Report, now: Report) -> Iterator[str]:
    """Yield how long the period before was, where that is another length."""
    if before.period.days != now.period.days:
        yield days_text(before.period.days)


def _rows_of(found: Report) -> list[tuple[str, str]]:
    """Return what each figure is called, and the figure with its n."""
    rhythm = found.meetings.continuity
    gap = rhythm.longest_gap_days if found.meetings.held else None  # else it is the whole period
    rated = [each for each in found.skills if each.change is not None]
    said = (*found.feedback.given, *found.feedback.received)
    mine, theirs = found.actions["me"], found.actions["partner"]
    by_due_day = "  " + _("of those, by the due date")
    return [
        (_("Meetings"), str(len(found.meetings.held))),
        (_("Held on rhythm"), _of(rhythm.on_rhythm, rhythm.expected)),
        (_("Longest gap"), _UNKNOWN if gap is None else days_text(gap)),
        (_("My actions done"), _of(len(mine.done), len(mine.agreed))),
        (by_due_day, _of(len(mine.on_time), len(mine.on_time) + len(mine.late))),
        (_("Their actions done"), _of(len(theirs.done), len(theirs.agreed))),
        (by_due_day, _of(len(theirs.on_time), len(theirs.on_time) + len(theirs.late))),
        (_("Advice told of"), _of(len(found.advice.told), len(found.advice.advised))),
        (_("Questions raised"), _of(len(found.questions.raised), len(found.questions.asked))),
        (_("Insights"), str(len(found.insights))),
        (_("Pulse, 1 to 4"), _pulse(found)),
        (_("Skills that changed"), _of(sum(each.change != 0 for each in rated), len(rated))),
        (_("Feedback that changed something"), _of(len(found.feedback.changed), len(said))),
    ]


def _of(count: int, total: int) -> str:
    return of_text(count, total) if total else _UNKNOWN


def _pulse(found: Report) -> str:
    if found.pulses.average is None:
        return _UNKNOWN
    return f"{found.pulses.average} ({n_text(len(found.pulses.values))})"


def _goals(now: Report) -> RenderableType:
    shown = now.standings[:GOALS_SHOWN]
    parts = [listed((each.measured.goal.id, _goal(each)) for each in shown)]
    left = len(now.goals) - len(shown)
    if left:
        command = f"mentorlog goal list {now.pair.handle} --all"
        parts.append(Padding(more(left, command), (0, 0, 0, 2)))
    score = score_line(now.attainment, len(now.rated))
    if score is not None:
        parts.append(Padding(Prose(score), (0, 0, 0, 2)))
    return Group(*parts)


def _goal(standing: Standing) -> Text:
    """Return a goal, and below it where it stood and where it stands."""
    aim = standing.measured.goal
    text = Text(visible(aim.statement, block=True))
    if not aim.is_active:
        text.append(SEPARATOR + code_label("state", aim.state), style="quiet")
    said = (share_moved(standing), number_moved(standing), level_moved(standing))
    stands = "  ".join(filter(None, (_bar(standing), SEPARATOR.join(filter(None, said)))))
    return text.append(f"\n{stands}") if stands else text


def _bar(standing: Standing) -> str:
    """Return the way as a bar: █ what was done before, ▓ what came to it, ▒ what was lost again."""
    now = standing.measured.progress.share
    if now is None:
        return ""
    ends = [round(_BAR * min(1.0, max(0.0, share))) for share in (standing.before.share or 0, now)]
    low, high = min(ends), max(ends)
    moved = "▓" if ends[1] >= ends[0] else "▒"
    return "█" * low + moved * (high - low) + "░" * (_BAR - high)


def _noticed(known: Digest) -> list[tuple[str, Text]]:
    """Return the latest insights of the period that are quoted, the newest first."""
    quoted = [each for each in known.now.quoted.values() if isinstance(each, Insight)]
    quoted.sort(key=lambda each: each.noticed_on, reverse=True)
    return [(each.id, Text(first_line(each.text))) for each in quoted[:_MOST_INSIGHTS]]


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(f"\n{title}", style="title"), body)
