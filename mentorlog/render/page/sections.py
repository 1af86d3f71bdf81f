"""The sections of a page: how regularly the two met, how both grew, what is next. No Rich here.

Its goals are in `goals.py`, what was agreed in `actions.py`. A section of which nothing is
known is None.
"""

from datetime import date
from typing import cast

from mentorlog.domain.assessment import HIGHEST
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.figures import Skill
from mentorlog.domain.insight import Insight
from mentorlog.domain.period import Period
from mentorlog.i18n import _, day, listing, rhythm
from mentorlog.labels import code_label
from mentorlog.render.calendar_days import calendar
from mentorlog.render.counts import (
    change_text,
    days_text,
    felt_text,
    minutes_text,
    more_text,
    n_text,
    of_text,
    pulse_trend_text,
    span_text,
)
from mentorlog.render.findings import finding_text
from mentorlog.render.markup import Markup, element, together
from mentorlog.render.page.calendar import drawn
from mentorlog.render.page.charts import Rule, dots, line
from mentorlog.render.page.parts import UNKNOWN, fact, joined, paragraph, quote, row, table
from mentorlog.workflows.reporting import FEEDBACK_QUOTED, Reported

_HIGHEST_PULSE = 4
_SPOKEN = 12  # of the latest pulses: what a listener can follow


def continuity(known: Reported, today: date) -> Markup | None:
    """Return how regularly the two have met; the calendar stands even before the first time."""
    found = known.report.meetings
    kept = found.continuity
    n = n_text(len(found.held))
    facts = [fact(_("meetings"), str(len(found.held)), _minutes(known)), _rhythm(known)]
    if kept.longest_gap_days is not None:
        facts.append(fact(_("longest gap"), days_text(kept.longest_gap_days), n))
    days = calendar(known.report, known.brief, today)
    return together(element("dl", *facts, klass="facts"), drawn(days, found))


def _minutes(known: Reported) -> str | None:
    found = known.report.meetings
    if not found.timed:
        return None
    return minutes_text(found.minutes, len(found.timed))


def _rhythm(known: Reported) -> Markup:
    """Return how many of the days expected had a meeting; none may have been expected yet."""
    kept, cadence = known.report.meetings.continuity, known.report.pair.cadence
    if cadence is None:
        return fact(_("on rhythm"), UNKNOWN, _("no rhythm is set"))
    if not kept.expected:
        return fact(_("on rhythm"), UNKNOWN, _("no meeting was due yet"))
    return fact(_("on rhythm"), of_text(kept.on_rhythm, kept.expected), rhythm(cadence))


def pulse(known: Reported) -> Markup | None:
    """Return how the two got on over time; None where nobody said."""
    pulses = known.report.pulses
    if not pulses.felt:
        return None
    trend = None if pulses.trend is None else pulse_trend_text(pulses.trend)
    stands = joined(felt_text(pulses.felt), trend)
    facts = element("dl", fact(_("Average pulse"), f"{pulses.average}", stands), klass="facts")
    rows = (
        row(day(each.on), str(value), ref)
        for each in pulses.felt
        for ref, value in zip(each.ids, each.pulses, strict=True)
    )
    titles = (_("day"), _("pulse"), _("record"))
    in_words = element(
        "details",
        element("summary", _("The same in words")),
        table(_("1 is badly, 4 very well"), titles, rows),
    )
    return together(facts, _pulse_line(known), in_words)


def _pulse_line(known: Reported) -> Markup | None:
    felt = [(each.on, pulse) for each in known.report.pulses.felt for pulse in each.pulses]
    if len({on for on, _pulse in felt}) < 2:
        return None
    points = [(on, float(pulse)) for on, pulse in felt]
    rules = [Rule(float(each), str(each)) for each in range(1, _HIGHEST_PULSE + 1)]
    spoken = felt[-_SPOKEN:]
    values = " → ".join(str(pulse) for _on, pulse in spoken)
    span = span_text(Period(spoken[0][0], spoken[-1][0]))
    name = joined(_("Pulse"), span, values)
    note = element("figcaption", _("1 is badly, 4 very well"))
    return element("figure", line(points, rules, name), note)


def skills(known: Reported) -> Markup | None:
    """Return the skills as they were first and last rated; None where none was."""
    found = known.report.skills
    if not found:
        return None
    titles = (_("Skill (1 to 5)"), _("first"), _("latest"), _("change"), None)
    firsts, latest = (
        (each.first.rated_on for each in found),
        (each.latest.rated_on for each in found),
    )
    span = span_text(Period(min(firsts), max(latest)))
    n = n_text(len({ref for each in found for ref in (each.first.id, each.latest.id)}))
    return table(joined(span, n), titles, (_skill(each) for each in found))


def _skill(found: Skill) -> Markup:
    first, latest = found.first.rating, found.latest.rating
    change = None if found.change is None else change_text(found.change)
    name = code_label("ratings", found.skill)
    return row(name, str(first), str(latest), change, dots(first, latest, HIGHEST))


def benefits(known: Reported) -> Markup | None:
    """Return the benefits there is evidence for, each with the latest of it; None where there is none."""
    found = known.report.benefits
    if not any(found.values()):
        return None
    there = [
        element(
            "li",
            element("h3", _with_count(code_label("benefit", benefit), len(refs))),
            _insight(cast("Insight", known.quoted[refs[0]])),
        )
        for benefit, refs in found.items()
        if refs
    ]
    missing = [code_label("benefit", benefit) for benefit, refs in found.items() if not refs]
    return together(
        element("ul", *there, klass="plain"),
        element(
            "p", _("No evidence yet: {benefits}").format(benefits=listing(missing)), klass="quiet"
        )
        if missing
        else None,
    )


def _with_count(name: str, count: int) -> str:
    return joined(name, n_text(count))


def _insight(insight: Insight) -> Markup:
    return quote(insight.text, day(insight.noticed_on), insight.id)


def feedback(known: Reported) -> Markup | None:
    """Return what was said about working together and what came of it; None where nothing was said."""
    found = known.report.feedback
    counts = (
        (code_label("direction", "given"), found.given),
        (code_label("direction", "received"), found.received),
        (_("changed something"), found.changed),
        (_("still to be seen"), found.waiting),
    )
    if not (found.given or found.received):
        return None
    refs = (*found.changed[-FEEDBACK_QUOTED:], *found.waiting[-FEEDBACK_QUOTED:])
    return together(
        paragraph(*(f"{name} {len(ids)}" for name, ids in counts if ids)),
        *(_said(cast("Feedback", known.quoted[ref])) for ref in refs),
    )


def _said(each: Feedback) -> Markup:
    direction = code_label("direction", each.direction)
    if each.did_change is not None:
        came = _("what did change: {text}").format(text=each.did_change)
    elif each.will_change is not None:
        came = _("will change: {text}").format(text=each.will_change)
    else:
        came = None
    return together(
        quote(each.text, direction, day(each.said_on), each.id),
        None if came is None else element("p", "→ " + came, klass="text"),
    )


def to_do(known: Reported, today: date) -> Markup:
    """Return what wants doing first; that nothing does is good news."""
    if not known.todo:
        return element("p", _("Nothing wants doing now."))
    more = more_text(known.more, "mentorlog status")
    return together(
        element(
            "ol",
            *(
                element(
                    "li",
                    element("div", finding_text(each, today)),
                    element("div", element("code", each.command), klass="quiet small"),
                )
                for each in known.todo
            ),
        ),
        element("p", more, klass="quiet small") if known.more else None,
    )
