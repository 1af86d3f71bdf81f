"""Goals on one line each, with how far they have come, and what is said after one is measured. No Rich here."""

from collections.abc import Mapping, Sequence
from datetime import date

from mentorlog.domain.fields import level_text
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.domain.progress import percent
from mentorlog.i18n import _, day, ngettext, short_day
from mentorlog.labels import code_label
from mentorlog.render.cells import cut, padded, width
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.style import Style
from mentorlog.render.values import entry_text, quantity_text
from mentorlog.text import first_line

MARK = "◎ "

_NARROWEST = 12  # of a statement: facts are cut before less of it is shown


def listed(
    goals: Sequence[MeasuredGoal],
    cells: int | None,
    style: Style,
    partners: Mapping[str, str],
    today: date,
) -> str:
    """Return a line for each goal, cut to `cells` if given; what is said of it gives way last.

    `partners` maps a pair's id to whom to name before what is said.
    """
    ids = max(len(each.goal.id) for each in goals) + 2
    names = max((width(name) for name in partners.values()), default=-2) + 2
    lines = []
    for each in goals:
        name = padded(partners.get(each.goal.pair, ""), names)
        room = None if cells is None else max(8, cells - ids - names)
        said = _line(each, room, style, today)
        lines.append(style.bold(padded(each.goal.id, ids)) + name + said)
    return "\n".join(lines)


def score_line(score: float | None, count: int) -> str | None:
    """Return the attainment score of so many rated goals; None where none is rated."""
    if score is None:
        return None
    return ngettext(
        "Goal attainment {score} ({count} rated goal; 50 is as expected)",
        "Goal attainment {score} ({count} rated goals; 50 is as expected)",
        count,
    ).format(score=f"{score:.2f}", count=count)


def taken_lines(measurement: Measurement, measured: MeasuredGoal, style: Style) -> str:
    """Return what was understood of a measurement, and under it where its goal stands now."""
    goal = measured.goal
    cells = max(len(measurement.id), len(goal.id)) + 2
    reading = [reading_text(measurement, goal), day(measurement.taken_on)]
    reading.append(first_line(measurement.note or ""))
    stands = [first_line(goal.statement), way_text(measured), attained_text(measured)]
    return "\n".join(
        style.bold(padded(ref, cells)) + mark + SEPARATOR.join(filter(None, said))
        for ref, mark, said in ((measurement.id, "▪ ", reading), (goal.id, MARK, stands))
    )


def reading_text(measurement: Measurement, goal: Goal) -> str:
    """Return what was read: the number in the goal's unit, the level, or both."""
    value = None if measurement.value is None else quantity_text(measurement.value, goal.unit)
    return SEPARATOR.join(filter(None, (value, _level(measurement.level))))


def numbers_text(measured: MeasuredGoal) -> str | None:
    """Return where the number stands and where it is to be: "12 → 20 books"."""
    found, goal = measured.progress, measured.goal
    value = goal.baseline if found.latest is None else found.latest.value
    now = None if value is None else quantity_text(value, goal.unit)
    if goal.target is None:
        return now
    target = quantity_text(goal.target, goal.unit)
    return "→ " + target if value is None else f"{quantity_text(value)} → {target}"


def way_text(measured: MeasuredGoal) -> str | None:
    """Return how much of the way is done, in words, and where the number tends to."""
    found = measured.progress
    done = None
    if found.share is not None:
        done = _("{percent} % of the way").format(percent=percent(found.share))
    trend = None if found.trend is None else code_label("trend", found.trend)
    return SEPARATOR.join(filter(None, (done, numbers_text(measured), trend))) or None


def attained_text(measured: MeasuredGoal) -> str | None:
    """Return the level a goal was last rated at, with what was written for it."""
    level = measured.progress.level
    if level is None:
        return None
    written = measured.goal.levels.get(str(level))
    if written is None:
        return level_said(measured)
    return first_line(entry_text("levels", str(level), first_line(written)))


def level_said(measured: MeasuredGoal) -> str | None:
    """Return the level a goal was last rated at, in short."""
    return _level(measured.progress.level)


def is_reached(measured: MeasuredGoal) -> bool:
    """True when all of the way is done and the goal is still worked towards."""
    share = measured.progress.share
    return measured.goal.is_active and share is not None and share >= 1


def _line(measured: MeasuredGoal, cells: int | None, style: Style, today: date) -> str:
    before, due, after = _said_of(measured, today)
    said = MARK + first_line(measured.goal.statement)
    if cells is not None:
        said = cut(said, max(_NARROWEST, cells - width(before + due + after)))
    begin = len(said + before)
    end = begin + len(due)
    said += before + due + after
    if cells is not None:
        said = cut(said, cells)
    if not measured.goal.is_overdue(today):
        return said
    return said[:begin] + style.warm(said[begin:end]) + said[end:]


def _said_of(measured: MeasuredGoal, today: date) -> tuple[str, str, str]:
    """Return what stands behind the statement: up to the due day, the due day, and after it."""
    goal = measured.goal
    owner = _("theirs") if goal.owner == "partner" else None
    state = None if goal.is_active else code_label("state", goal.state)
    due = _due(goal, today)
    before = _facts(owner, state, _progress(measured), level_said(measured))
    shared = code_label("visibility", "shared") if goal.is_shared else None
    return before + (due and SEPARATOR), due, _facts(shared)


def _facts(*facts: str | None) -> str:
    return "".join(SEPARATOR + fact for fact in facts if fact)


def _progress(measured: MeasuredGoal) -> str | None:
    """Return how far a goal has come, in short; None where nothing is known."""
    share = measured.progress.share
    if share is None:
        return numbers_text(measured)
    return _("{percent} %").format(percent=percent(share))


def _due(goal: Goal, today: date) -> str:
    """Return when it is to be reached, blank where that is not said; this year goes without saying."""
    if goal.due_on is None or not goal.is_active:
        return ""
    on = short_day(goal.due_on) if goal.due_on.year == today.year else day(goal.due_on)
    return _("due {day}").format(day=on)


def _level(level: int | None) -> str | None:
    return None if level is None else _("level {level}").format(level=level_text(level))
