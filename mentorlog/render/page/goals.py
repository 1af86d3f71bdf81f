"""The goals of a page: how far each has come, in numbers and in what was noticed. No Rich here."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.domain.progress import percent
from mentorlog.domain.tallies import Standing
from mentorlog.i18n import _, day, ngettext
from mentorlog.labels import code_label
from mentorlog.render.calendar_days import is_past
from mentorlog.render.counts import change_text, n_text
from mentorlog.render.goal_lines import level_said, reading_text
from mentorlog.render.goal_words import stands_text, unmeasured_text
from mentorlog.render.markup import Markup, element, together
from mentorlog.render.page.charts import Rule, line, way
from mentorlog.render.page.parts import fact, joined, paragraph, quote, row, table
from mentorlog.render.values import entry_text, quantity_text
from mentorlog.text import first_line
from mentorlog.workflows.reporting import INSIGHTS_QUOTED, Reported


def goals(known: Reported, today: date) -> Markup | None:
    """Return all goals of the period, those worked towards first; None where none was set."""
    report = known.report
    if not report.goals:
        return None
    return together(_attainment(known), *(_goal(known, each, today) for each in report.standings))


def _attainment(known: Reported) -> Markup | None:
    report = known.report
    if report.attainment is None:
        return None
    count = len(report.rated)
    more = ngettext(
        "{count} rated goal; 50 is as expected", "{count} rated goals; 50 is as expected", count
    )
    figure = f"{report.attainment:.2f}"
    return element(
        "dl", fact(_("Goal attainment"), figure, more.format(count=count)), klass="facts"
    )


def _goal(known: Reported, standing: Standing, today: date) -> Markup:
    measured, goal = standing.measured, standing.measured.goal
    return element(
        "article",
        element("h3", goal.statement, klass="text"),
        _about(goal, today),
        _way(measured),
        _course(measured),
        _standing(standing, known.report.period.until if is_past(known.report, today) else None),
        _levels(measured),
        _readings(measured),
        *_insights(known, standing),
    )


def _about(goal: Goal, today: date) -> Markup | None:
    owner = _("theirs") if goal.owner == "partner" else _("mine")
    state = None if goal.is_active else code_label("state", goal.state)
    due = None
    if goal.due_on is not None and goal.is_active:
        due = _("due {day}").format(day=day(goal.due_on))
    is_late = goal.is_overdue(today)
    return paragraph(owner, state, due, klass="warm small" if is_late else "quiet small")


def _way(measured: MeasuredGoal) -> Markup | None:
    """Return the bar from the baseline to the target; None where one of them is not known."""
    goal, share = measured.goal, measured.progress.share
    if share is None or goal.baseline is None or goal.target is None:
        return None
    ends = (
        _("baseline {value}").format(value=quantity_text(goal.baseline, goal.unit)),
        _("target {value}").format(value=quantity_text(goal.target, goal.unit)),
    )
    done = _("{percent} % of the way").format(percent=percent(share))
    return element(
        "figure",
        way(share, joined(first_line(goal.statement), done, *ends)),
        element("p", *(element("span", each) for each in ends), klass="ends quiet chart"),
    )


def _course(measured: MeasuredGoal) -> Markup | None:
    """Return the line of its measurements; None where it has fewer than two days."""
    goal = measured.goal
    by_day = {each.taken_on: each.value for each in measured.measurements if each.value is not None}
    if len(by_day) < 2:
        return None
    named = (
        (goal.target, _("target {value}"), True),
        (goal.baseline, _("baseline {value}"), False),
    )
    rules = [
        Rule(at, name.format(value=quantity_text(at, goal.unit)), is_aim)
        for at, name, is_aim in named
        if at is not None
    ]
    name = _("Measurements: {what}").format(what=_from_first_to_latest(measured))
    return element("figure", line(sorted(by_day.items()), rules, name))


def _from_first_to_latest(measured: MeasuredGoal) -> str:
    """Return how the number went, from the first to the latest, and how many readings that are."""
    numbers = [each for each in measured.measurements if each.value is not None]
    first, last = (
        _("{value} on {day}").format(
            value=reading_text(each, measured.goal), day=day(each.taken_on)
        )
        for each in (numbers[0], numbers[-1])
    )
    return f"{first} → {last} ({n_text(len(numbers))})"


def _standing(standing: Standing, by: date | None) -> Markup | None:
    """Return where it stands, in words, and by how much it has moved in a period of its own."""
    measured = standing.measured
    count = len(measured.measurements)
    if not count:
        return paragraph(unmeasured_text(measured, by), klass="quiet")
    readings = ngettext("{count} measurement", "{count} measurements", count).format(count=count)
    moved = None
    if standing.before.n and standing.moved is not None:
        moved = _("{percent} % of the way in this period").format(
            percent=change_text(percent(standing.moved))
        )
    level = None if measured.goal.levels else level_said(measured)
    return paragraph(stands_text(measured), level, moved, readings)


def _levels(measured: MeasuredGoal) -> Markup | None:
    """Return the five levels, the one it was last rated at marked."""
    levels = measured.goal.levels
    if not levels:
        return None
    now = measured.progress.level
    return element(
        "ul",
        *(
            element(
                "li",
                ("▸ " if now == int(key) else "") + _level(key, said),
                aria_current="true" if now == int(key) else None,
            )
            for key, said in levels.items()
        ),
        klass="levels",
    )


def _level(key: str, said: str) -> str:
    """Return what a level stands for; its minus is the sign that figures have, not a hyphen."""
    called = entry_text("levels", key, said)
    return "−" + called.removeprefix("-") if key.startswith("-") else called


def _readings(measured: MeasuredGoal) -> Markup | None:
    found = measured.measurements
    if not found:
        return None
    return element(
        "details",
        element("summary", _("Measurements")),
        table(
            first_line(measured.goal.statement),
            (_("day"), _("value"), _("note")),
            (
                row(day(each.taken_on), reading_text(each, measured.goal), _note(each))
                for each in found
            ),
        ),
    )


def _note(reading: Measurement) -> Markup | None:
    return None if reading.note is None else element("span", reading.note, klass="text")


def _insights(known: Reported, standing: Standing) -> Iterator[Markup]:
    """Yield the latest of what was noticed about it, and how much more there is."""
    for ref in standing.insights[:INSIGHTS_QUOTED]:
        insight = cast("Insight", known.quoted[ref])
        yield quote(insight.text, day(insight.noticed_on), ref)
    more = len(standing.insights) - INSIGHTS_QUOTED
    if more > 0:
        said = ngettext("{count} insight more", "{count} insights more", more)
        yield element("p", said.format(count=more), klass="quiet small")
