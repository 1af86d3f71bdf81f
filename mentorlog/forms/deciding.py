"""What a review asks about going on: the decision, what each one takes, and when to look back again.

An answer is looked at as it is given, against the pair as it is; what it means is read in
`review_answers.py`.
"""

from datetime import date
from functools import partial

from mentorlog.domain.milestones import suggested_review
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import shapes
from mentorlog.domain.review import DECISIONS, Review
from mentorlog.errors import InvalidValue, NotPossible
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.review_answers import read_because, read_decision, span_or_day
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, day, listing
from mentorlog.labels import choice_label
from mentorlog.workflows import reviewing
from mentorlog.workflows.reviewing import Decision

_BETWEEN = " · "  # the parts of a hint


def about_going_on(pair: Pair, on: date, today: date) -> list[Prompt]:
    """Return what to ask in a review of the pair held `on`."""
    choices = listing(choice_label("decision", each) for each in DECISIONS)
    decision = Prompt(
        "decision",
        _("How do the two of you go on?"),
        _("{choices}; Enter: not decided yet").format(choices=choices),
        check=partial(_refuse_decision, pair),
    )
    return [
        decision,
        *_about_the_term(pair, on, today),
        _about_the_pause(on),
        _about_the_end(),
        _about_the_next_review(pair, on),
    ]


def decided(said: Answers) -> str | None:
    """Return the decision among the answers so far."""
    return read_decision(str(said.get("decision") or ""))


def _about_the_term(pair: Pair, on: date, today: date) -> list[Prompt]:
    def check_longer(typed: str) -> None:
        by, to = span_or_day(typed, today)
        reviewing.decided(pair, Decision("extend", by=by, to=to), on, today)

    def check_shorter(typed: str) -> None:
        reviewing.decided(pair, Decision("shorten", to=_day("to", typed, today)), on, today)

    now = "" if pair.term_ends_on is None else _("it ends {day}").format(day=day(pair.term_ends_on))
    longer = _("3m, 6w …, from the end of the term; or a date")
    shorter = _("a date such as +3w or 24 Dec")
    return [
        Prompt(
            "by",
            _("How much longer?"),
            _BETWEEN.join(filter(None, (longer, now))),
            check=check_longer,
            is_needed=True,
            only_if=lambda said: decided(said) == "extend",
        ),
        Prompt(
            "to",
            _("Until when will you still meet?"),
            _BETWEEN.join(filter(None, (shorter, now))),
            check=check_shorter,
            is_needed=True,
            only_if=lambda said: decided(said) == "shorten",
        ),
    ]


def _about_the_pause(on: date) -> Prompt:
    def check(typed: str) -> None:
        if _day("until", typed, on) <= on:
            raise InvalidValue("until", typed, "pause-without-length-in-review", (on.isoformat(),))

    return Prompt(
        "until",
        _("Until when is the pause?"),
        _("a date; +6w counts from this review; Enter: not known"),
        check=check,
        only_if=lambda said: decided(said) == "pause",
    )


def _about_the_end() -> Prompt:
    return Prompt(
        "because",
        _("Why? The partner never sees it."),
        listing(
            choice_label("ended_because", each) for each in shapes(Pair)["ended_because"].choices
        ),
        check=read_because,
        is_needed=True,
        only_if=lambda said: decided(said) == "end",
    )


def _about_the_next_review(pair: Pair, on: date) -> Prompt:
    def check(typed: str) -> None:
        if _day("next_review_on", typed, on) <= on:
            raise InvalidValue("next_review_on", typed, "not-after-the-review")

    suggested = suggested_review(pair, on)
    hint = _("a date, +3m …; Enter: none, unless the term changes")
    if suggested is not None:
        hint = _("a date, +3m …; Enter: {day}, unless the term changes").format(day=day(suggested))
    return Prompt(
        "next_review_on",
        _("When do you look back again?"),
        hint,
        check=check,
        only_if=lambda said: decided(said) not in {None, "end"},
    )


def _refuse_decision(pair: Pair, typed: str) -> None:
    """Refuse what is no decision, and to shorten a term that there is not."""
    if read_decision(typed) == "shorten" and pair.term_ends_on is None:
        raise NotPossible("no-term-in-review", pair.id)


def _day(key: str, typed: str, since: date) -> date:
    read: date = parse_value(key, shapes(Review)["to_on"], typed, since)
    return read
