"""What is asked about an agreement, in order, and the terms that the answers make.

The keys are the names of the fields, but for `term`, which is a span or a day. What holds now stands
in the line, to be changed or taken away.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from mentorlog.domain.agreement import WORDS, Agreement
from mentorlog.domain.cadence import parse_cadence
from mentorlog.domain.pair import CHANNELS, Pair
from mentorlog.domain.record import shapes
from mentorlog.domain.when import add_span, parse_day
from mentorlog.errors import InvalidValue
from mentorlog.forms.prompt import Prompt
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, listing
from mentorlog.labels import choice_label
from mentorlog.text import keepable
from mentorlog.workflows.agreeing import refuse_over

TERM_FORMS = ("6m", "1 year", "半年", "2026-11-22")


def questions(pair: Pair, agreement: Agreement | None, today: date) -> list[Prompt]:
    """Return the questions; where nothing was agreed yet, nothing of it stands there."""
    return [
        *(_about(agreement, *each) for each in _about_the_two()),
        *_about_the_meetings(pair, today),
        *(_about(agreement, *each) for each in _about_the_terms()),
    ]


def terms_of(said: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return what was said by the name of the field, None where it was taken away.

    `term` is a span, counted from the day agreed on, or a day. Raises InvalidValue for the first that
    cannot be read.
    """
    terms: dict[str, Any] = {}
    for key, text in said.items():
        if key == "cadence":
            terms[key] = parse_cadence(text) if text.strip() else None
        elif key in {"minutes", "channel"}:
            terms[key] = parse_value(key, shapes(Pair)[key], text, on)
        elif key == "term":
            terms["term_ends_on"] = _end_of_term(text, on) if text.strip() else None
        elif key in WORDS:
            terms[key] = keepable(key, text) if text.strip() else None
    return terms


def _about_the_two() -> list[tuple[str, str, str]]:
    return [
        (
            "my_background",
            _("What background do you bring?"),
            _("work, field, generation: what helps them to understand you"),
        ),
        ("their_background", _("What background do they bring?"), ""),
        ("my_expectations", _("What do you expect?"), _("of the meetings, of them, of yourself")),
        ("their_expectations", _("What do they expect?"), ""),
    ]


def _about_the_terms() -> list[tuple[str, str, str]]:
    return [
        ("confidentiality", _("What stays between the two of you?"), ""),
        (
            "boundaries",
            _("Where are the boundaries?"),
            _("times, subjects, how to reach each other"),
        ),
        ("feedback_way", _("How do you give each other feedback?"), ""),
        ("leaving", _("How may either of you leave?"), _("how to say so, and how early")),
        ("remarks", _("Remarks for yourself?"), _("never shared; Enter skips")),
    ]


def _about(agreement: Agreement | None, name: str, text: str, hint: str) -> Prompt:
    present = (getattr(agreement, name) if agreement is not None else None) or ""
    return Prompt(name, text, hint, present=present, check=partial(keepable, name))


def _about_the_meetings(pair: Pair, today: date) -> list[Prompt]:
    ends_on = _typed(pair, "term_ends_on")
    return [
        Prompt(
            "cadence",
            _("How often do you meet?"),
            _("2w, monthly, every other tue …"),
            present=_typed(pair, "cadence"),
            check=parse_cadence,
        ),
        Prompt(
            "minutes",
            _("How many minutes does a meeting take?"),
            present=_typed(pair, "minutes"),
            check=partial(parse_value, "minutes", shapes(Pair)["minutes"], today=today),
        ),
        Prompt(
            "channel",
            _("In which way?"),
            listing(choice_label("channel", each) for each in CHANNELS),
            present=_typed(pair, "channel"),
            check=partial(parse_value, "channel", shapes(Pair)["channel"], today=today),
        ),
        Prompt(
            "term",
            _("Until when?"),
            _("6m, 1 year …, counted from the day agreed on; or a date"),
            present=ends_on,
            check=partial(_check_term, on=today, present=ends_on),
        ),
    ]


def _check_term(typed: str, on: date, present: str) -> None:
    """Refuse what is no end of a term, and one that is over; what stood there may stay."""
    if typed != present:
        refuse_over(_end_of_term(typed, on), on)


def _typed(pair: Pair, name: str) -> str:
    """Return what a pair holds, as it would be typed."""
    value = getattr(pair, name)
    return "" if value is None else str(value)


def _end_of_term(typed: str, on: date) -> date:
    """Return the day a term ends that is typed as a span or as that day."""
    try:
        return add_span(on, typed, "term_ends_on")
    except InvalidValue as refusal:
        if refusal.reason != "span-unknown":
            raise
    try:
        return parse_day(typed, on, "term_ends_on")
    except InvalidValue as refusal:
        if refusal.reason != "day-unknown":
            raise
        raise InvalidValue("term_ends_on", typed, "span-unknown", TERM_FORMS) from None
