"""The goals in a Markdown document: what is to be reached, how far it has come, what it said before.

How far is computed from the measurements that go out with a goal, and from no others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mentorlog.domain.fields import level_text
from mentorlog.domain.progress import Reading, percent, progress
from mentorlog.export.inert import block, inline
from mentorlog.export.material import Item, Material
from mentorlog.export.wording import (
    UNKNOWN,
    anchor,
    capital,
    dated,
    entry_day,
    is_cut,
    joined,
    label,
    level,
    line,
    listed,
    measurements_counted,
    quantity,
    said,
    shared,
    side,
    title_of,
)
from mentorlog.i18n import N_, _
from mentorlog.labels import FIELD_LABELS, code_label, field_label

_DID = {"revised": N_("revised"), "achieved": N_("achieved"), "dropped": N_("dropped")}


def goals_section(material: Material, my_role: str | None) -> Iterator[str]:
    """Yield all that goes out about goals; see `wording.side` for `my_role`."""
    goals, measurements = material.of_kind("goal"), material.of_kind("measurement")
    if goals:
        yield "## " + _("Goals")
    for goal in goals:
        yield from _goal(
            goal, [each for each in measurements if each.text("goal") == goal.uid], my_role
        )


def _goal(goal: Item, measurements: Sequence[Item], my_role: str | None) -> Iterator[str]:
    yield from goal_opening(goal, my_role)
    if why := said(goal, "why"):
        yield line(label("why"), why)
    yield from aim(goal)
    if measurements:
        yield line(_("Progress"), _progress(goal, measurements))
    yield from listed("#### " + _("Levels of attainment"), _levels(goal.map("levels")))
    unit = goal.text("unit")
    yield from listed(
        "#### " + _("Measurements"), (_measurement(each, unit) for each in measurements)
    )
    changes = (_revision(each, my_role) for each in goal.entries("revisions"))
    yield from listed("#### " + _("Changes"), changes)


def goal_opening(goal: Item, my_role: str | None) -> Iterator[str]:
    """Yield the heading of a goal, and whose it is, how it stands and when it is due."""
    yield f"### {title_of(goal)} {anchor(goal)}"
    if is_cut(goal):
        yield block(goal.text("statement") or "")
    weight = goal.number("weight")
    yield joined(
        (
            side(goal.text("owner"), my_role),
            said(goal, "state"),
            dated(_("due {day}"), goal.day("due_on")),
            None if weight is None else _("weight {weight}").format(weight=weight),
            shared(goal),
        )
    )


def aim(goal: Item) -> Iterator[str]:
    """Yield from where to where, or what of it is known."""
    baseline, target, unit = (
        goal.quantity("baseline"),
        goal.quantity("target"),
        goal.text("unit"),
    )
    if target is not None:
        start = "" if baseline is None else f"{quantity(baseline)} → "
        yield line(label("target"), start + quantity(target, unit))
    elif baseline is not None:
        yield line(label("baseline"), quantity(baseline, unit))
    elif written := said(goal, "unit"):
        yield line(label("unit"), written)


def _progress(goal: Item, measurements: Sequence[Item]) -> str:
    """Return how much of the way is done, where it tends to, the last level, and of how many readings."""
    found = progress(
        goal.quantity("baseline"), goal.quantity("target"), list(_readings(measurements))
    )
    done = (
        None
        if found.share is None
        else _("{percent} % of the way").format(percent=percent(found.share))
    )
    of = measurements_counted(len(measurements))
    return joined((done, found.trend and code_label("trend", found.trend), level(found.level), of))


def _readings(measurements: Iterable[Item]) -> Iterator[Reading]:
    for each in measurements:
        taken_on = each.day("taken_on") or date.min
        yield Reading(taken_on, each.quantity("value"), each.number("level"))


def _levels(levels: Mapping[str, Any]) -> Iterator[str]:
    for code, text in levels.items():
        yield line(level_called(code), block(str(text)))


def level_called(code: str) -> str:
    """Return what a level of attainment stands for, behind its number."""
    return f"{level_text(int(code))} {code_label('levels', code)}"


def _measurement(measurement: Item, unit: str | None) -> str:
    value = measurement.quantity("value")
    facts = (
        dated("{day}", measurement.day("taken_on")),
        None if value is None else quantity(value, unit),
        level(measurement.number("level")),
        shared(measurement),
    )
    return "\n\n".join(filter(None, (joined(facts), said(measurement, "note"))))


def _revision(revision: Mapping[str, Any], my_role: str | None) -> str:
    """Return what was done to a goal on one day, why, and what it said before."""
    did, because = str(revision.get("did")), revision.get("because")
    called = _(_DID[did]) if did in _DID else inline(did)
    done = joined((entry_day(revision.get("revised_on")), called))
    reason = [line(_("Because"), block(str(because)))] if because else []
    before = revision.get("before", {}).items()
    said_before = (_before(name, value, my_role) for name, value in before if name != "state")
    return "\n\n".join([done, *reason, *said_before])


def _before(name: str, value: object, my_role: str | None) -> str:
    """Return a field as it was before a revision."""
    field = field_label(name) if name in FIELD_LABELS else inline(name)
    called = capital(_("{field} before").format(field=field))
    if value is None or value == {}:
        return line(called, UNKNOWN)
    match value:
        case dict():
            return "\n\n".join(listed(f"**{called}**", _levels(value)))
        case int() | float():
            return line(called, quantity(float(value)))
        case _ if name == "due_on":
            return line(called, entry_day(value))
        case _ if name == "owner":
            return line(called, side(str(value), my_role) or "")
        case _:
            return line(called, block(str(value)))
