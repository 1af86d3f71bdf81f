"""What wants doing now, most urgent first, each with the command to type and the guide's topic."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mentorlog.domain.action import Action
from mentorlog.domain.brief import Brief
from mentorlog.domain.cadence import Pause
from mentorlog.domain.milestones import NEAR, next_review
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.domain.when import add_span
from mentorlog.errors import InvalidValue

# Every finding there is, by what presses most: first what fails the partner, then what is mine to
# close, then what has its day, then what can wait for the next meeting.
CODES = (
    "meeting-overdue",
    "pulse-falling",
    "action-overdue",
    "advice-untold",
    "partner-action-overdue",
    "pause-ending",
    "review-due",
    "term-ending",
    "plateau",
    "questions-waiting",
    "feedback-open",
)

_BEFORE_A_PAUSE_ENDS = timedelta(days=7)
_BEFORE_THE_TERM_ENDS = timedelta(days=14)
_POOR_PULSE = 2  # of 4


class Finding(NamedTuple):
    """One thing that wants doing. `code` is stable; `records` are what it speaks of.

    `since` is the day it has wanted doing from or has to be done by, where there is one; `more` is how
    many records it speaks of beside those.
    """

    code: str
    pair: Pair
    records: Sequence[Record]
    command: str
    topic: str
    since: date | None = None
    is_agreed: bool = True  # the day was agreed, not only expected
    more: int = 0


def findings(brief: Brief, today: date, plateau: str) -> Iterator[Finding]:
    """Yield what wants doing in one pair on `today`. An ended pair wants nothing.

    `plateau` is the span, such as "4w", after which nothing having moved is told.
    """
    if brief.pair.state == "ended":
        return
    yield from _of_meetings(brief, today)
    yield from _of_actions(brief, today)
    pause = brief.pair.pause_on(today)
    if pause is not None:
        yield from _of_pause(brief.pair, pause, today)
    else:
        yield from _of_term(brief, today)
        yield from _of_standstill(brief, today, plateau)
    if brief.questions:
        command = f"mentorlog prep {brief.pair.handle}"
        more = brief.unread.questions
        yield Finding(
            "questions-waiting", brief.pair, brief.questions, command, "preparing", more=more
        )
    for each in brief.feedback:
        command = f"mentorlog feedback change {each.id}"
        yield Finding("feedback-open", brief.pair, (each,), command, "feedback", each.said_on)


def by_urgency(found: list[Finding]) -> list[Finding]:
    """Return the findings of several pairs in one order: what presses most, then what is oldest."""
    return sorted(found, key=lambda each: (CODES.index(each.code), each.since or date.max))


def pulse_falls(pulses: Sequence[int]) -> bool:
    """True when the latest of `pulses`, newest first, fell to a poor one."""
    return len(pulses) > 1 and pulses[0] < pulses[1] and pulses[0] <= _POOR_PULSE


def _of_meetings(brief: Brief, today: date) -> Iterator[Finding]:
    pair, last = brief.pair, brief.last_meeting
    is_paused = pair.pause_on(today) is not None
    if brief.next_on is not None and brief.next_on < today and not is_paused:
        records = () if last is None else (last,)
        command = f"mentorlog {'meet' if brief.is_agreed else 'prep'} {pair.handle}"
        yield Finding(
            "meeting-overdue", pair, records, command, "frequency", brief.next_on, brief.is_agreed
        )
    if pulse_falls([each.pulse for each in brief.pulses if each.pulse is not None]):
        latest: date = getattr(brief.pulses[0], brief.pulses[0].dated_by)
        command = f"mentorlog reflect {pair.handle}"
        yield Finding("pulse-falling", pair, brief.pulses, command, "mismatch", latest)


def _of_actions(brief: Brief, today: date) -> Iterator[Finding]:
    for action in brief.my_actions:
        if action.is_overdue(today):
            yield _overdue("action-overdue", brief.pair, action)
    for action in brief.advice:
        command = f"mentorlog action told {action.id}"
        yield Finding("advice-untold", brief.pair, (action,), command, "advice")
    for action in brief.their_actions:
        if action.is_overdue(today):
            yield _overdue("partner-action-overdue", brief.pair, action)


def _overdue(code: str, pair: Pair, action: Action) -> Finding:
    command = f"mentorlog action done {action.id}"
    return Finding(code, pair, (action,), command, "relationship", action.due_on)


def _of_pause(pair: Pair, pause: Pause, today: date) -> Iterator[Finding]:
    if pause.until_on is not None and pause.until_on - today <= _BEFORE_A_PAUSE_ENDS:
        verb = (
            "prep" if today < pause.until_on else "pair resume"
        )  # resuming ends it there and then
        command = f"mentorlog {verb} {pair.handle}"
        yield Finding("pause-ending", pair, (pair,), command, "pausing", pause.until_on)


def _of_term(brief: Brief, today: date) -> Iterator[Finding]:
    """Yield the latest review that is near or past and not held; and the end of the term."""
    pair, ends_on = brief.pair, brief.pair.term_ends_on
    review_on = next_review(pair, brief.last_decided_review, today)
    if review_on is not None and review_on - today <= NEAR:
        command = f"mentorlog review {pair.handle}"
        yield Finding("review-due", pair, (pair,), command, "milestones", review_on)
    if ends_on is not None and ends_on - today <= _BEFORE_THE_TERM_ENDS:
        command = f"mentorlog pair extend {pair.handle} --by 3m"
        yield Finding("term-ending", pair, (pair,), command, "term", ends_on)


def _of_standstill(brief: Brief, today: date, plateau: str) -> Iterator[Finding]:
    """Yield a plateau: nothing measured, noticed or reviewed for so long, not counting a pause."""
    pair = brief.pair
    ends = [
        pause.until_on
        for pause in pair.pause_spans
        if pause.until_on is not None and pause.until_on <= today
    ]
    since = max(pair.started_on, brief.moved_on or pair.started_on, *ends)
    try:
        told_on = add_span(since, plateau, "plateau")
    except InvalidValue:
        return  # beyond the end of the calendar
    if told_on <= today:
        command = f"mentorlog review {pair.handle} --stuck"
        yield Finding("plateau", pair, (pair,), command, "stuck", since)
