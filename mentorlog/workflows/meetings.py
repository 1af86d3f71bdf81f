"""Recording a meeting: what it made, what it closed, what carries over to the next by itself."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from mentorlog.domain.action import Action
from mentorlog.domain.insight import Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.errors import NotPossible
from mentorlog.storage import queries
from mentorlog.storage.journal import Journal, Writing
from mentorlog.storage.queries import OpenItems
from mentorlog.workflows.pairs import refuse_taken_name

CARRIED_OVER = 10  # of each sort that are named as still open


class Promise(NamedTuple):
    """Something one side will do; `owner` None means advice, which belongs to the mentee."""

    text: str
    due_on: date | None = None
    owner: str | None = None


class Account(NamedTuple):
    """What a person wants kept of one meeting, however it was typed.

    `told` maps advice to its outcome, `answers` questions to what was said. `uid` becomes the
    meeting's: the same account kept twice is one meeting. The last four are of a kick-off: what was
    agreed, by field; goals; how the skills were rated.
    """

    uid: str
    held_on: date
    start_time: str | None = None
    minutes: int | None = None
    channel: str | None = None
    topics: tuple[str, ...] = ()
    summary: str | None = None
    notes: str | None = None
    pulse: int | None = None
    next_on: date | None = None
    is_shared: bool = False
    insights: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    questions: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    is_kickoff: bool = False
    agreement: Mapping[str, Any] = MappingProxyType({})
    goals: tuple[Promise, ...] = ()
    ratings: Mapping[str, int] = MappingProxyType({})


class Held(NamedTuple):
    """A meeting as it was kept: `made` and `closed` with it, and what is open still.

    `before` is the pair as it was before a kick-off agreed on how to meet.
    """

    pair: Pair
    before: Pair
    meeting: Meeting
    made: tuple[Record, ...]
    closed: tuple[Record, ...]
    still_open: OpenItems
    is_first: bool


def hold(journal: Journal, pair: Pair, account: Account) -> Held:
    """Keep a meeting with all it made and closed, in one write; start the pair if it is new.

    Raises NotPossible when something it should close is not the pair's or not open.
    """
    with journal.transaction("meet") as writing:
        already = queries.with_uid(
            journal, Meeting, account.uid
        )  # another terminal may have kept it
        if already is None:
            return _held(journal, writing, pair, account)
    return _held_already(journal, already)


def _held(journal: Journal, writing: Writing, pair: Pair, account: Account) -> Held:
    is_new = not pair.id
    if is_new:
        refuse_taken_name(journal, pair)
        pair = writing.add(pair)
    else:  # as it is by now: another terminal may have changed it since it was looked up
        pair = cast("Pair", journal.get(pair.id, "pair"))
    before = pair
    meeting = writing.add(_meeting(pair, account))
    made = [writing.add(record) for record in _made(pair, meeting, account)]
    if account.agreement:
        from mentorlog.workflows.agreeing import agree_within

        pair, agreement = agree_within(journal, writing, pair, account.agreement, account.held_on)
        made += [] if agreement is None else [agreement]
    closed = _close(journal, writing, meeting, account)
    still_open = queries.open_items(journal, pair.id, CARRIED_OVER)
    return Held(pair, before, meeting, tuple(made), tuple(closed), still_open, is_new)


def _held_already(journal: Journal, meeting: Meeting) -> Held:
    """Return the meeting that the same account has made before."""
    pair = cast("Pair", journal.get(meeting.pair, "pair"))
    made = tuple(queries.made_in(journal, meeting.id))
    still_open = queries.open_items(journal, pair.id, CARRIED_OVER)
    return Held(pair, pair, meeting, made, (), still_open, is_first=False)


def _meeting(pair: Pair, account: Account) -> Meeting:
    return Meeting(
        uid=account.uid,
        pair=pair.id,
        held_on=account.held_on,
        start_time=account.start_time,
        minutes=account.minutes,
        channel=account.channel,
        topics=account.topics,
        summary=account.summary,
        notes=account.notes,
        pulse=account.pulse,
        next_on=account.next_on,
        is_kickoff=account.is_kickoff,
        visibility=_visibility(account),
    )


def _made(pair: Pair, meeting: Meeting, account: Account) -> list[Record]:
    """Return the new records, in the order their ids are given. Insights stay private."""
    actions = [
        Action(
            pair=pair.id,
            text=promise.text,
            owner=promise.owner or pair.mentee,
            is_advice=promise.owner is None,
            due_on=promise.due_on,
            assigned_in=meeting.id,
            visibility=_visibility(account),
        )
        for promise in account.promises
    ]
    questions = [
        Question(pair=pair.id, text=text, asked_on=account.held_on, visibility=_visibility(account))
        for text in account.questions
    ]
    insights = [
        Insight(pair=pair.id, text=text, noticed_on=account.held_on, meeting=meeting.id)
        for text in account.insights
    ]
    return [*actions, *questions, *insights, *_begun(pair, account)]


def _begun(pair: Pair, account: Account) -> list[Record]:
    """Return what a kick-off begins with: the mentee's goals, and how I rate my skills by now."""
    if not account.goals and not account.ratings:
        return []
    from mentorlog.domain.assessment import Assessment
    from mentorlog.domain.goal import Goal

    goals: list[Record] = [
        Goal(pair=pair.id, statement=goal.text, due_on=goal.due_on, owner=pair.mentee)
        for goal in account.goals
    ]
    if account.ratings:
        goals.append(
            Assessment(pair=pair.id, rated_on=account.held_on, ratings=dict(account.ratings))
        )
    return goals


def _close(journal: Journal, writing: Writing, meeting: Meeting, account: Account) -> list[Record]:
    closed: list[Record] = []
    for ref in account.done:
        action = _of_pair(journal, ref, "action", meeting)
        closed.append(cast("Action", action).done(account.held_on))
    for ref, outcome in account.told:
        action = _of_pair(journal, ref, "action", meeting)
        closed.append(cast("Action", action).told(outcome, account.held_on, meeting.id))
    for ref, answer in account.answers:
        question = _of_pair(journal, ref, "question", meeting)
        closed.append(cast("Question", question).raised(meeting.id, answer))
    return [writing.change(record) for record in closed]


def _of_pair(journal: Journal, ref: str, kind: str, meeting: Meeting) -> Record:
    record = journal.get(ref, kind)
    if getattr(record, "pair", None) != meeting.pair:
        raise NotPossible("of-another-pair", record.id, pair=meeting.pair)
    return record


def _visibility(account: Account) -> str:
    return "shared" if account.is_shared else "private"
