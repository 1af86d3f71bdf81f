"""What there is to say of each day of a pair: met, expected and not met, still expected, paused.

For every drawing of a calendar; how a mark looks is the drawing's. No Rich here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mentorlog.domain.brief import Brief
from mentorlog.domain.cadence import Pause, expected_days
from mentorlog.domain.figures import Meetings, Report
from mentorlog.domain.period import Period
from mentorlog.domain.report import pauses_by

MARKS = ("meeting", "more", "missed", "coming", "paused", "plain")

LONG = 90  # minutes together on one day, from which it is marked as one with more
_FURTHEST = timedelta(weeks=520)  # that days still expected are looked for


class Calendar(NamedTuple):
    """The days from `span.since` to `span.until`, and what is known of them as of `today`."""

    span: Period
    marks: Mapping[date, str]
    pauses: Sequence[Pause]
    today: date

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to be seen on it."""
        return not self.marks and not self.pauses_within

    @property
    def pauses_within(self) -> list[Pause]:
        """The pauses that fall into these days."""
        since, until = self.span
        return [
            each
            for each in self.pauses
            if each.from_on <= until and (each.until_on or date.max) > since
        ]

    def mark(self, on: date) -> str | None:
        """Return one of MARKS; None for a day that is not among these."""
        if not self.span.covers(on):
            return None
        found = self.marks.get(on)
        if found is None:
            return "paused" if any(pause.covers(on) for pause in self.pauses) else "plain"
        return found


def is_past(report: Report, today: date) -> bool:
    """True for a report of days long over: what comes next is known of today, and not of then."""
    pair = report.pair
    return report.period.until < min(today, pair.ended_on or today)


def has_begun(report: Report, today: date) -> bool:
    """True unless all its days are over before the pair began: of those there is no calendar."""
    is_before = report.period.until < report.pair.started_on and not report.meetings.held
    return not (is_before and is_past(report, today))


def calendar(report: Report, brief: Brief, today: date) -> Calendar:
    """Return the days of a report: up to the end of its period or, where that is today, of the term."""
    pair, period = report.pair, report.period
    met = [each.on for each in report.meetings.days]
    since = max(period.since, min([pair.started_on, period.until, *met[:1]]))
    until = period.until
    if until == today and pair.state != "ended":
        until = max(until, pair.term_ends_on or until)
    coming = _coming(report, brief, until) if until > today or period.until == today else ()
    marks = dict.fromkeys(coming, "coming")
    marks |= {each.day: "missed" for each in report.meetings.rhythm if each.met_on is None}
    marks |= _held(report.meetings)
    return Calendar(Period(since, until), marks, pauses_by(pair, period.until), today)


def _held(meetings: Meetings) -> dict[date, str]:
    """Return the days that were met on: "more" where they met twice, or for long."""
    return {
        each.on: "more" if len(each.held) > 1 or each.minutes >= LONG else "meeting"
        for each in meetings.days
    }


def _coming(report: Report, brief: Brief, until: date) -> Iterator[date]:
    """Yield the days still expected: the one agreed or expected next and, from there, by the rhythm.

    Where that one has long been let pass, they go on from the last day that was expected.
    """
    pair, next_on = report.pair, brief.next_on
    if next_on is None:
        return
    decided = [each.day for each in report.meetings.rhythm if each.day <= report.period.until]
    if decided and next_on <= decided[-1]:
        next_on = decided[-1]
    else:
        yield next_on
    if pair.cadence is not None:
        last = min(until, next_on + min(_FURTHEST, date.max - next_on))
        yield from expected_days(next_on, pair.cadence, last, pair.pause_spans)
