"""A report as a page: one HTML file with all that it needs in it, for a browser, a printer or a reader.

It loads nothing and runs nothing, and its own policy forbids both. What its sections say is in
`sections.py`, `goals.py` and `calendar.py`; the page of all pairs is here. No Rich here.
"""

from collections.abc import Iterator
from datetime import date

from mentorlog import i18n
from mentorlog.domain.pair import Pair
from mentorlog.domain.progress import percent
from mentorlog.i18n import _, day, listing, ngettext, rhythm
from mentorlog.labels import code_label, field_label
from mentorlog.render.calendar_days import has_begun, is_past
from mentorlog.render.counts import (
    ended_text,
    made_text,
    n_text,
    next_meeting_text,
    not_begun_text,
    of_text,
    span_text,
)
from mentorlog.render.lines import state_text
from mentorlog.render.markup import Markup, alone, element, together
from mentorlog.render.page import sections
from mentorlog.render.page.actions import actions, advice
from mentorlog.render.page.goals import goals
from mentorlog.render.page.parts import fact, joined, paragraph, row, table, wide
from mentorlog.render.page.style import style
from mentorlog.text import visible
from mentorlog.workflows.reporting import Glance, Reported

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(known: Reported, today: date) -> str:
    """Return the report of a pair as a page."""
    title = _("Report: {name}").format(name=visible(known.report.pair.partner))
    begun = has_begun(known.report, today)
    said = list(_sections(known, today))
    missing = [heading for _name, heading, content in said if content is None and begun]
    main = [
        element("section", element("h2", heading, id=name), content, aria_labelledby=name)
        for name, heading, content in said
        if content is not None
    ]
    if missing:
        unknown = _("Nothing is known yet of: {what}").format(what=listing(missing))
        main.append(element("p", unknown, klass="quiet"))
    elif not begun:
        main.insert(0, element("p", not_begun_text(known.report)))
    return _document(title, _head(known, title, today), together(*main), today)


def glance_page(known: Glance, today: date) -> str:
    """Return the reports of all pairs as a page: one row each, then what they add up to."""
    title = _("All pairs at a glance")
    head = element("header", element("h1", title))
    return _document(title, head, _glance(known, today), today, "broad")


def _sections(known: Reported, today: date) -> Iterator[tuple[str, str, Markup | None]]:
    """Yield the sections in their order: what names each, its heading, and what it says."""
    if has_begun(known.report, today):
        yield "continuity", _("Continuity"), sections.continuity(known, today)
    yield "goals", _("Goals"), goals(known, today)
    yield "actions", _("Actions"), actions(known)
    yield "advice", _("Advice and questions"), advice(known)
    yield "pulse", _("Pulse"), sections.pulse(known)
    yield "skills", _("Skills"), sections.skills(known)
    yield "benefits", _("Benefits"), sections.benefits(known)
    yield "feedback", _("Feedback"), sections.feedback(known)
    if not is_past(known.report, today):
        yield "next", _("What to do next"), sections.to_do(known, today)


def _document(title: str, head: Markup, main: Markup, today: date, klass: str | None = None) -> str:
    made = made_text(today)
    head_of_file = element(
        "head",
        alone("meta", charset="utf-8"),
        alone("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        alone("meta", name="viewport", content="width=device-width, initial-scale=1"),
        alone("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Markup(style())),
    )
    footer = element("footer", element("p", made))
    body = element("body", head, element("main", main), footer, klass=klass)
    return "<!DOCTYPE html>\n" + element("html", head_of_file, body, lang=i18n.language)


def _head(known: Reported, title: str, today: date) -> Markup:
    pair, period = known.report.pair, known.report.period
    role = _("I am the {role}").format(role=code_label("my_role", pair.my_role))
    since = _("since {day}").format(day=day(pair.started_on))
    cadence = None if pair.cadence is None else rhythm(pair.cadence)
    return element(
        "header",
        element("h1", title),
        paragraph(role, _state(pair), since, cadence, klass="quiet"),
        element("p", span_text(period)),
        _dates(known, today),
    )


def _state(pair: Pair) -> str | None:
    """Return that a pair is paused, or when and why it ended; None of one that goes on."""
    if pair.is_active:
        return None
    return ended_text(pair) if pair.state == "ended" else state_text(pair)


def _dates(known: Reported, today: date) -> Markup | None:
    """Return how far the term is used up, and which days come next."""
    report, brief, pair = known.report, known.brief, known.report.pair
    facts = []
    if report.term_used is not None and pair.term_ends_on is not None:
        used = _("{percent} %").format(percent=percent(report.term_used))
        ends = _("ends {day}").format(day=day(pair.term_ends_on))
        facts.append(fact(_("term"), used, None if pair.state == "ended" else ends))
    if is_past(report, today):
        return element("dl", *facts, klass="facts") if facts else None
    if brief.next_on is not None:
        late = _("overdue") if brief.is_agreed and brief.next_on < today else None
        facts.append(fact(field_label("next_on"), next_meeting_text(brief, today), late))
    if known.next_review_on is not None:
        on = known.next_review_on
        late = _("overdue") if on < today else None
        facts.append(fact(field_label("next_review_on"), day(on), late))
    return element("dl", *facts, klass="facts") if facts else None


# All pairs ---------------------------------------------------------------------------------------


def _glance(known: Glance, today: date) -> Markup:
    caption = _("A row for each pair, then all together")
    titles = (
        _("pair"),
        _("meetings"),
        _("on rhythm"),
        _("goals"),
        _("Actions done"),
        _("Advice told"),
        _("Average pulse"),
        field_label("next_on"),
    )
    return wide(
        table(caption, titles, (_pair(each, today) for each in known.rows), _all(known)), caption
    )


def _pair(known: Reported, today: date) -> Markup:
    report, pair = known.report, known.report.pair
    role = code_label("my_role", pair.my_role)
    state = None if pair.is_active else state_text(pair)
    kept, pulses = report.meetings.continuity, report.pulses
    done = sum(len(each.done) for each in report.actions.values())
    agreed = sum(len(each.agreed) for each in report.actions.values())
    name = together(
        element("div", pair.partner),
        element("div", joined(_("I am the {role}").format(role=role), state), klass="quiet small"),
    )
    pulse = None if pulses.average is None else _with_n(pulses.average, len(pulses.values))
    following = None if is_past(report, today) else next_meeting_text(known.brief, today)
    return row(
        name,
        str(len(report.meetings.held)),
        _of(kept.on_rhythm, kept.expected),
        str(len(report.active_goals)),
        _of(done, agreed),
        _of(len(report.advice.told), len(report.advice.advised)),
        pulse,
        following,
    )


def _all(known: Glance) -> Markup:
    sums = known.totals
    pairs = ngettext("{count} pair", "{count} pairs", sums.pairs).format(count=sums.pairs)
    return row(
        pairs,
        str(sums.meetings),
        _of(sums.on_rhythm, sums.expected),
        str(sums.goals),
        _of(sums.done, sums.agreed),
        _of(sums.told, sums.advised),
        "",
        "",
    )


def _of(count: int, number: int) -> str | None:
    """Return how many of how many; None of none."""
    return of_text(count, number) if number else None


def _with_n(average: float, count: int) -> Markup:
    return together(
        element("div", str(average)), element("div", n_text(count), klass="small quiet")
    )
