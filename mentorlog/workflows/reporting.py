"""Compiling a report: the figures of a pair over a period, and beside them the words that belong there.

The figures are `domain/report.py`'s. Here is which records are quoted, and what is due next.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mentorlog.domain.attention import Finding
from mentorlog.domain.brief import Brief
from mentorlog.domain.figures import Report, Totals
from mentorlog.domain.milestones import next_review, period_to_review
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.record import Record
from mentorlog.domain.report import report, totals
from mentorlog.domain.review import Review
from mentorlog.domain.tallies import tallied
from mentorlog.errors import InvalidValue
from mentorlog.storage import queries
from mentorlog.storage.facts import facts
from mentorlog.storage.goals import has_goals
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs
from mentorlog.storage.tallies import Named, tallies
from mentorlog.workflows.prepare import attention, brief

GOALS_SHOWN = 12  # where a report is drawn
INSIGHTS_QUOTED = 2  # of each goal
FEEDBACK_QUOTED = 3
LATEST_QUOTED = 3  # insights, whatever they are about
NEXT_SHOWN = 3

_QUOTED = Named(LATEST_QUOTED, INSIGHTS_QUOTED, FEEDBACK_QUOTED, GOALS_SHOWN)
_FIGURES_ALONE = Named(0, 0, 0, 0)


class Reported(NamedTuple):
    """A report with what stands beside the figures.

    `quoted` has the records whose words are shown, by id: the latest insights, also of each goal, the
    latest evidence for each benefit, the latest feedback. `todo` is what wants doing first; `more` is how
    much else does.
    """

    report: Report
    brief: Brief
    next_review_on: date | None
    quoted: Mapping[str, Record]
    todo: Sequence[Finding]
    more: int


class Glance(NamedTuple):
    """All pairs at once: a report of each, those still going on first, and what they add up to."""

    rows: Sequence[Reported]
    totals: Totals


class Digest(NamedTuple):
    """What a review begins with: the figures since the `last` one decided, beside those of its own period.

    `has_had_goals` is true where a goal was ever set, whenever it was closed.
    """

    now: Reported
    before: Report | None
    last: Review | None
    has_had_goals: bool


def reported(
    journal: Journal,
    pair: Pair,
    today: date,
    plateau: str,
    *,
    since: date | None = None,
    until: date | None = None,
    names_all: bool = True,
) -> Reported:
    """Return the report of a pair from its start, or `since`, to today, or `until`.

    Unless it `names_all`, it names no more records than are quoted, and has the first goals only.
    """
    if since is not None and pair.ended_on is not None:
        _refuse_since_after(since, pair.ended_on)
    period = _period(journal, pair, today, since, until)
    found = _found(journal, pair, period, None if names_all else _QUOTED)
    return _reported(journal, brief(journal, pair, NEXT_SHOWN), found, today, plateau)


def glance(
    journal: Journal,
    today: date,
    plateau: str,
    *,
    since: date | None = None,
    until: date | None = None,
    names_all: bool = True,
    tick: Callable[[], object] = lambda: None,
) -> Glance:
    """Return the reports of all pairs, without what they would quote; `tick` is called after each."""
    rows: list[Reported] = []
    for pair in sorted(all_pairs(journal), key=lambda each: each.state == "ended"):
        period = _period(journal, pair, today, since, until)
        found = _found(journal, pair, period, None if names_all else _QUOTED)
        rows.append(
            _reported(
                journal, brief(journal, pair, NEXT_SHOWN), found, today, plateau, quotes=False
            )
        )
        tick()
    return Glance(rows, totals([each.report for each in rows]))


def digest(
    journal: Journal,
    pair: Pair,
    on: date,
    today: date,
    plateau: str,
    since: date | None = None,
    *,
    names_all: bool = True,
) -> Digest:
    """Return what a review held `on` looks back over; from `since` instead of the last review, if given.

    Unless it `names_all`, it names no more records than are quoted.
    """
    last = queries.last_decided_review(journal, pair.id, on)
    named = None if names_all else _QUOTED._replace(goals=None)
    now = _found(journal, pair, looked_back_over(journal, pair, on, since), named)
    then = None if last is None else Period(last.from_on, last.to_on)
    return Digest(
        now=_reported(journal, brief(journal, pair, NEXT_SHOWN), now, today, plateau),
        before=None if then is None else _found(journal, pair, then, named and _FIGURES_ALONE),
        last=last,
        has_had_goals=has_goals(journal, pair.id),
    )


def looked_back_over(journal: Journal, pair: Pair, on: date, since: date | None) -> Period:
    """Return the days that a review held `on` is about; InvalidValue where they end before they begin."""
    if since is None:
        last = queries.last_decided_review(journal, pair.id, on)
        return period_to_review(pair, last, queries.first_met_on(journal, pair.id), on)
    if since > on:
        raise InvalidValue(
            "--since", since.isoformat(), "since-after-the-review", (on.isoformat(),)
        )
    return Period(since, on)


def _found(journal: Journal, pair: Pair, period: Period, named: Named | None) -> Report:
    """Return the figures of a pair: from counts that name so many records or, for all of them, from facts."""
    if named is None:
        return report(tallied(facts(journal, pair), period))
    return report(tallies(journal, pair, period, named))


def _reported(
    journal: Journal, known: Brief, found: Report, today: date, plateau: str, *, quotes: bool = True
) -> Reported:
    found_now = attention(journal, [known], today, plateau)
    return Reported(
        report=found,
        brief=known,
        next_review_on=next_review(known.pair, known.last_decided_review, today),
        quoted={ref: journal.get(ref) for ref in _to_quote(found)} if quotes else {},
        todo=found_now.findings[:NEXT_SHOWN],
        more=max(0, found_now.total - NEXT_SHOWN),
    )


def _to_quote(found: Report) -> Iterator[str]:
    for standing in found.standings:
        yield from standing.insights[:INSIGHTS_QUOTED]
    for evidence in found.benefits.values():
        yield from evidence[:1]
    yield from found.insights[-LATEST_QUOTED:]
    yield from found.feedback.changed[-FEEDBACK_QUOTED:]
    yield from found.feedback.waiting[-FEEDBACK_QUOTED:]


def _period(
    journal: Journal, pair: Pair, today: date, since: date | None, until: date | None
) -> Period:
    """Return the days asked for, none of them to come, nor after the end of a pair that has ended.

    Raises InvalidValue where they end before they begin. Of a pair that had ended by then, it is one
    day with nothing on it.
    """
    last = min(until or today, today)
    if since is not None:
        _refuse_since_after(since, last)
    last = min(last, pair.ended_on or last)
    if since is not None:
        return Period(since, max(since, last))
    return period_to_review(pair, None, queries.first_met_on(journal, pair.id), last)


def _refuse_since_after(since: date, last: date) -> None:
    if since > last:
        raise InvalidValue("--since", since.isoformat(), "since-after-until", (last.isoformat(),))
