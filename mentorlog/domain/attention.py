"""What wants doing now, most urgent first, each with the command to type and the guide's topic."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mentorlog.domain.brief import Brief
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record


class Finding(NamedTuple):
    """One thing that wants doing. `code` is stable; `records` are what it speaks of.

    `since` is the day it has wanted doing from, where there is one.
    """

    code: str
    pair: Pair
    records: tuple[Record, ...]
    command: str
    topic: str
    since: date | None = None
    is_agreed: bool = True  # the day was agreed, not only expected


def findings(brief: Brief, today: date) -> Iterator[Finding]:
    """Yield what wants doing in one pair on `today`, most urgent first. An ended pair wants nothing."""
    pair = brief.pair
    if pair.state == "ended":
        return
    if brief.next_on is not None and brief.next_on < today:
        last = () if brief.last_meeting is None else (brief.last_meeting,)
        verb = "prep" if brief.agreed_on is None else "meet"
        command = f"mentorlog {verb} {pair.handle}"
        is_agreed = brief.agreed_on is not None
        yield Finding("meeting-overdue", pair, last, command, "frequency", brief.next_on, is_agreed)
    for action in brief.my_actions:
        if action.is_overdue(today):
            command = f"mentorlog action done {action.id}"
            yield Finding("action-overdue", pair, (action,), command, "advice", action.due_on)
    for action in brief.advice:
        command = f"mentorlog action told {action.id}"
        yield Finding("advice-untold", pair, (action,), command, "advice")
    for action in brief.their_actions:
        if action.is_overdue(today):
            command = f"mentorlog action done {action.id}"
            yield Finding(
                "partner-action-overdue", pair, (action,), command, "relationship", action.due_on
            )
    if brief.questions:
        command = f"mentorlog prep {pair.handle}"
        yield Finding("questions-waiting", pair, tuple(brief.questions), command, "preparing")


def by_urgency(found: list[Finding]) -> list[Finding]:
    """Return the findings of several pairs in one order: what presses most, then what is oldest."""
    order = (
        "meeting-overdue",
        "action-overdue",
        "advice-untold",
        "partner-action-overdue",
        "questions-waiting",
    )
    return sorted(found, key=lambda each: (order.index(each.code), each.since or date.max))
