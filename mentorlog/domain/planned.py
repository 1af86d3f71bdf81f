"""What stands in a calendar: meetings, reviews and the term's end as days, actions as tasks.

Each has a uid that stays its own however it moves, so that a calendar that takes it in again moves it
too. A meeting's is its place in the pair's row of meetings: the ninth is the ninth while it is expected,
agreed on, put off and held. Those held lately are here as well, each on its day: what was expected of
it has to leave the day it stood on. How all this is written is `export/icalendar_file.py`'s.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mentorlog.domain.action import Action
from mentorlog.domain.brief import Brief
from mentorlog.domain.cadence import expected_days, next_expected
from mentorlog.domain.milestones import reviews_due
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, local

MOST = 26  # meetings to come of one pair
LATELY = timedelta(days=60)
_WITHOUT_A_TERM = timedelta(days=183)

DayAndState = tuple[date, str]


class Planned(NamedTuple):
    """One entry of a calendar.

    `what` is "meeting", "review", "term-end" or "action", `state` "expected", "agreed", "due" or
    "held", of an action its own. `record` is what it stands for, where that has been written already.
    """

    uid: str
    what: str
    on: date
    pair: Pair
    state: str
    record: Record | None = None

    def is_to_come(self, today: date) -> bool:
        """True for what is still open, on a day that has not passed."""
        return self.state not in {"held", "done", "dropped"} and self.on >= today


class Row(NamedTuple):
    """The meetings or the reviews of a pair: how many so far, and the `latest` written, in that order."""

    so_far: int
    latest: Sequence[Record]


class Known(NamedTuple):
    """What the calendar of one pair is made of; the actions are those with a due day."""

    brief: Brief
    meetings: Row
    reviews: Row
    actions: Sequence[Action]


def planned(known: Known, today: date) -> list[Planned]:
    """Return the entries of one pair, by their day. Of an ended one nothing is to come."""
    pair = known.brief.pair
    meetings = [each for each in _meetings(known.brief, today) if each[0] >= today][:MOST]
    reviews = [(day, "due") for day in reviews_due(pair, known.brief.last_decided_review)]
    found = [
        *_held("meeting", pair, known.meetings, today),
        *_to_come("meeting", pair, known.meetings, meetings),
        *_held("review", pair, known.reviews, today),
        *_to_come("review", pair, known.reviews, reviews),
        *_term_end(pair),
    ]
    found = [each for each in found if each.state == "held" or each.on >= today]
    return sorted([*found, *_tasks(pair, known.actions, today)], key=lambda each: each.on)


def _held(what: str, pair: Pair, row: Row, today: date) -> Iterator[Planned]:
    first = row.so_far - len(row.latest) + 1
    for place, record in enumerate(row.latest, first):
        if _is_fresh(record, today):
            on: date = getattr(record, record.dated_by)
            yield Planned(_uid(pair, what, place), what, on, pair, "held", record)


def _to_come(what: str, pair: Pair, row: Row, days: Sequence[DayAndState]) -> Iterator[Planned]:
    for place, (day, state) in enumerate(days, row.so_far + 1):
        yield Planned(_uid(pair, what, place), what, day, pair, state)


def _term_end(pair: Pair) -> Iterator[Planned]:
    if pair.term_ends_on is not None and pair.state != "ended":
        yield Planned(f"{pair.uid}-term-end", "term-end", pair.term_ends_on, pair, "due")


def _tasks(pair: Pair, actions: Sequence[Action], today: date) -> Iterator[Planned]:
    """Yield what is to be done, overdue or not; what was closed lately too, so that its task is closed."""
    for action in actions:
        is_wanted = action.is_open or _is_fresh(action, today)
        if action.due_on is not None and is_wanted:
            yield Planned(action.uid, "action", action.due_on, pair, action.state, action)


def _uid(pair: Pair, what: str, place: int) -> str:
    return f"{pair.uid}-{what}-{place}"


def _is_fresh(record: Record, today: date) -> bool:
    """True for what was written or changed lately: a calendar may have it as it was before."""
    at = record.updated_at
    return at is not None and today - local(at).date() <= LATELY


# The meetings to come ----------------------------------------------------------------------------


def _meetings(brief: Brief, today: date) -> list[DayAndState]:
    """Return the day agreed and those that the cadence expects from there on, past ones too.

    In a pause they are those after it: the pair is taken as going on when the pause ends.
    """
    pair = brief.pair
    if pair.state == "ended" or (pair.state == "paused" and not pair.pauses):
        return []
    going_on = brief._replace(pair=pair.with_changes(state="active"))
    last = brief.last_meeting
    if going_on.agreed_on is None:
        return _expected_after(pair.started_on if last is None else last.held_on, pair, today)
    first = going_on.next_on
    if first is None:
        return []  # agreed for a day within a pause that has no end
    state = "agreed" if going_on.is_agreed else "expected"
    return [(first, state), *_expected_after(first, pair, today)]


def _expected_after(day: date, pair: Pair, today: date) -> list[DayAndState]:
    """Return the days the cadence expects after that day, up to the term's end or for half a year."""
    return [(each, "expected") for each in _by_cadence(day, pair, today)]


def _by_cadence(day: date, pair: Pair, today: date) -> list[date]:
    if pair.cadence is None:
        return []
    until = pair.term_ends_on or today + min(_WITHOUT_A_TERM, date.max - today)
    pauses = pair.pause_spans
    first = next_expected(day, pair.cadence, pauses, anchor=pair.started_on)
    if first is None or first > until:
        return []
    days = expected_days(day, pair.cadence, until, pauses)
    if days[:1] == [first]:
        return days
    # Held on the last day of a short month, which does not pull the rhythm there.
    return [first, *expected_days(first, pair.cadence, until, pauses)]
