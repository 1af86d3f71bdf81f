"""Reviewing: what is kept of a look back, what becomes of the goals, and the decision carried out.

All of it is one write. What was typed is read in `forms/review_answers.py`; what the two looked back
over is `reporting.py`'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TypeVar, cast

from mentorlog.domain.assessment import Assessment
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.milestones import suggested_review
from mentorlog.domain.pair import Pair
from mentorlog.domain.phases import phase_of
from mentorlog.domain.record import Record
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.review import Review
from mentorlog.errors import InvalidValue, NotPossible, UsageError
from mentorlog.storage import queries
from mentorlog.storage.journal import Journal, Writing
from mentorlog.workflows import goals, life
from mentorlog.workflows.goals import Revision
from mentorlog.workflows.reporting import looked_back_over

# What names a command to type instead: in a review, that is another decision.
_SAID_OTHERWISE = {"not-longer", "not-shorter", "day-is-past", "pause-without-length", "no-term"}


Needed = TypeVar("Needed")


class Reading(NamedTuple):
    """Where a goal stands by now: a number, a level, or both."""

    goal: str
    value: float | None
    level: int | None


class Verdict(NamedTuple):
    """What becomes of a goal: `did` is "revise", "achieve" or "drop". One that is kept has none."""

    goal: str
    did: str
    changes: Mapping[str, Any] = MappingProxyType({})
    because: str | None = None


class Decision(NamedTuple):
    """How the two go on: one of DECISIONS, and what it takes to carry it out."""

    code: str | None = None
    by: str | None = None
    to: date | None = None
    until: date | None = None
    because: str | None = None


class Account(NamedTuple):
    """What a person wants kept of one review, however it was typed.

    It was held on `on` and looks back from `since`, or from the last one. `written` are the answers
    for oneself, by key. `uid` becomes the review's: the same account kept twice is one review.
    """

    uid: str
    on: date
    since: date | None = None
    is_stuck: bool = False
    conclusions: str | None = None
    thoughts: str | None = None
    pulse: int | None = None
    is_shared: bool = False
    decision: Decision = Decision()
    next_review_on: date | None = None
    written: Mapping[str, str] = MappingProxyType({})
    readings: Sequence[Reading] = ()
    verdicts: Sequence[Verdict] = ()
    ratings: Mapping[str, int] = MappingProxyType({})

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to keep: nothing was written, measured, changed or decided."""
        said = (
            self.conclusions,
            self.thoughts,
            self.pulse,
            self.decision.code,
            self.next_review_on,
        )
        done = (self.written, self.readings, self.verdicts, self.ratings)
        return not any(done) and all(each is None for each in said)

    def settled(self, pair: Pair, today: date) -> Self:
        """Return it with a term extended to a day instead of by a span, counted from the pair as shown.

        Another terminal may have extended it meanwhile: then the day is refused or kept, never added to.
        """
        decision = self.decision
        if decision.by is None or decision.code != "extend":
            return self
        to = life.extended(pair, decision.by, None, today).term_ends_on
        return self._replace(decision=decision._replace(by=None, to=to))


class Reviewed(NamedTuple):
    """A review as it was kept: the pair before and after, what it made, and what it changed of goals."""

    before: Pair
    pair: Pair
    review: Review
    made: Sequence[Record] = ()
    goals: Sequence[Revision] = ()

    @property
    def records(self) -> list[Record]:
        """All that was made or changed, the review first."""
        pair = [self.pair] if self.pair != self.before else []
        return [self.review, *pair, *self.made, *(each.after for each in self.goals)]


def review(journal: Journal, pair: str, account: Account, today: date) -> Reviewed:
    """Keep a review of the pair with that id, with all that follows from it.

    Raises NotPossible or InvalidValue, and nothing is kept, where the pair or a goal refuses it, and
    UsageError for an account that says nothing.
    """
    if account.is_empty:
        raise UsageError("nothing-reviewed")
    with journal.transaction("review") as writing:
        before = cast("Pair", journal.get(pair, "pair"))
        already = queries.with_uid(journal, Review, account.uid)
        if already is not None:  # another terminal has kept it
            return Reviewed(before, before, already)
        after = writing.change(decided(before, account.decision, account.on, today))
        kept = writing.add(_review(journal, before, after, account))
        made = [writing.add(each) for each in _made(journal, before, account)]
        readings = [_measured(journal, writing, before, each, account) for each in account.readings]
        revisions = [
            _carried_out(journal, writing, before, each, account) for each in account.verdicts
        ]
        return Reviewed(before, after, kept, [*made, *readings], revisions)


def decided(pair: Pair, decision: Decision, on: date, today: date) -> Pair:
    """Return the pair as a decision made on that day leaves it.

    What a pair refuses is refused in the words of a review: it has options of its own.
    """
    if decision.code is None:
        return pair
    pair.refuse_ended()
    try:
        return _moved(pair, decision, on, today)
    except InvalidValue as refusal:
        if refusal.reason not in _SAID_OTHERWISE:
            raise
        reason = f"{refusal.reason}-in-review"
        raise InvalidValue(refusal.field, refusal.typed, reason, refusal.allowed) from refusal
    except NotPossible as refusal:
        if refusal.reason not in _SAID_OTHERWISE:
            raise
        raise NotPossible(f"{refusal.reason}-in-review", refusal.record) from refusal


def _moved(pair: Pair, decision: Decision, on: date, today: date) -> Pair:
    code, by, to, until, because = decision
    match code:
        case "extend":
            return life.extended(pair, by, to, today)
        case "shorten":
            return pair.shortened(_needed("to", to), today)
        case "pause":
            return life.paused(pair, _pause_begins(pair, on, today), until, today)
        case "end":
            return pair.ended(on, _needed("because", because), today)
        case _:
            return pair


def _needed(field: str, said: Needed | None) -> Needed:
    """Return what a decision cannot be carried out without."""
    if said is None:
        raise InvalidValue(field, "", "required")
    return said


def _pause_begins(pair: Pair, on: date, today: date) -> date | None:
    """Return the day of the review; None where a pause lasts that is only given another end."""
    return on if pair.pause_on(today) is None else None


def _review(journal: Journal, before: Pair, after: Pair, account: Account) -> Review:
    period, code = (
        looked_back_over(journal, before, account.on, account.since),
        account.decision.code,
    )
    suggested = None if code is None else suggested_review(after, account.on)
    return Review(
        uid=account.uid,
        pair=before.id,
        from_on=period.since,
        to_on=period.until,
        conclusions=account.conclusions,
        thoughts=account.thoughts,
        pulse=account.pulse,
        decision=code,
        next_review_on=account.next_review_on or suggested,
        visibility="shared" if account.is_shared else "private",
    )


def _made(journal: Journal, pair: Pair, account: Account) -> Iterator[Record]:
    """Yield what is kept beside the review: the answers for oneself, and the skills as rated."""
    if account.written:
        has_met = queries.has_met(journal, pair.id, account.on)
        yield Reflection(
            pair=pair.id,
            written_on=account.on,
            phase=phase_of(pair, account.on, has_met=has_met)
            if account.is_stuck
            else "looking-back",
            form="grow" if account.is_stuck else "free",
            answers=dict(account.written),
        )
    if account.ratings:
        yield Assessment(pair=pair.id, rated_on=account.on, ratings=dict(account.ratings))


def _measured(
    journal: Journal, writing: Writing, pair: Pair, reading: Reading, account: Account
) -> Measurement:
    goal = _active_goal(journal, pair, reading.goal)
    measurement = Measurement(
        goal=goal.id, taken_on=account.on, value=reading.value, level=reading.level
    )
    return goals.measure_within(journal, writing, measurement).measurement


def _carried_out(
    journal: Journal, writing: Writing, pair: Pair, verdict: Verdict, account: Account
) -> Revision:
    """Do to a goal what was said of it; what it refuses is named by the goal as well."""
    goal = _active_goal(journal, pair, verdict.goal)
    if verdict.did == "achieve":
        return Revision(goal, writing.change(goal.achieved(account.on)))
    if verdict.did == "drop":
        return Revision(goal, writing.change(goal.dropped(account.on, verdict.because)))
    changes, because = verdict.changes, verdict.because
    try:
        return goals.revise_within(journal, writing, goal.id, changes, because, account.on)
    except InvalidValue as refusal:
        field = f"{goal.id}.{refusal.field}"
        raise InvalidValue(field, refusal.typed, refusal.reason, refusal.allowed) from refusal


def _active_goal(journal: Journal, pair: Pair, ref: str) -> Goal:
    """Return a goal of the pair as it is by now; NotPossible where it is closed or another pair's."""
    goal = cast("Goal", journal.get(ref, "goal"))
    if goal.pair != pair.id:
        raise NotPossible("of-another-pair", goal.id, pair=pair.id)
    goal.refuse_closed()
    return goal
