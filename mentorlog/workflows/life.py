"""The life of a pair: its moves, each one write, and what a new pair takes along from one before.

What a pair refuses is its own (`domain/pair.py`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, cast

from mentorlog.domain.goal import Goal
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import new_uid
from mentorlog.domain.when import add_span
from mentorlog.errors import NotPossible, UsageError
from mentorlog.storage import goals, queries
from mentorlog.storage.journal import Journal
from mentorlog.workflows.pairs import refuse_taken_name


class Moved(NamedTuple):
    """A pair before and after a move."""

    before: Pair
    after: Pair


class Started(NamedTuple):
    """A new pair, with what it took along."""

    pair: Pair
    goals: Sequence[Goal] = ()
    questions: Sequence[Question] = ()


def move(journal: Journal, command: str, ref: str, make: Callable[[Pair], Pair]) -> Moved:
    """Make a move of the pair with that id, as one write."""
    with journal.transaction(command) as writing:
        before = cast("Pair", journal.get(ref, "pair"))
        return Moved(before, writing.change(make(before)))


def pause(journal: Journal, ref: str, on: date | None, until: date | None, today: date) -> Moved:
    """Pause a pair from that day, or from today; or change the pause that lasts."""
    return move(journal, "pair pause", ref, lambda pair: paused(pair, on, until, today))


def paused(pair: Pair, on: date | None, until: date | None, today: date) -> Pair:
    """Return the pair paused from that day; unsaid, from the day its pause has begun, else from today."""
    lasting = pair.pause_on(today)
    return pair.paused(on or (today if lasting is None else lasting.from_on), until, today)


def extend(journal: Journal, ref: str, by: str | None, to: date | None, today: date) -> Moved:
    """Extend a pair's term to that day, or by a span from its end, or from today where that is past."""
    return move(journal, "pair extend", ref, lambda pair: extended(pair, by, to, today))


def extended(pair: Pair, by: str | None, to: date | None, today: date) -> Pair:
    """Return the pair with its term extended to that day, or by that span."""
    ends_on = max(pair.term_ends_on or today, today)
    return pair.extended(to or add_span(ends_on, by or "", "--by"), today)


def to_take_along(journal: Journal, pair: str) -> list[Goal | Question]:
    """Return what may go along from a pair to the next: my active goals and the open questions."""
    aims = [each.goal for each in goals.goals(journal, pair) if each.goal.owner == "me"]
    return [*aims, *queries.open_items(journal, pair).questions]


def start(
    journal: Journal, pair: Pair, before: Pair | None, taken: Sequence[str] | None, today: date
) -> Started:
    """Start a pair that takes along what is `taken` of the one `before`; all there is, where None.

    What goes along is a new private record of the new pair; the one before keeps its own.
    """
    with journal.transaction("pair start") as writing:
        refuse_taken_name(journal, pair)
        chosen = [] if before is None else _chosen(journal, before.id, taken)
        pair = writing.add(pair)
        aims = [each for each in chosen if isinstance(each, Goal)]
        questions = [each for each in chosen if isinstance(each, Question)]
        return Started(
            pair,
            [writing.add(_goal_again(each, pair, today)) for each in aims],
            [writing.add(_question_again(each, pair)) for each in questions],
        )


def _chosen(
    journal: Journal, before: str, taken: Sequence[str] | None
) -> Sequence[Goal | Question]:
    there = to_take_along(journal, before)
    if taken is None:
        return there
    wanted = [journal.get(ref).id for ref in taken]
    if len(set(wanted)) < len(wanted):
        raise UsageError("same-record-twice")
    by_id = {each.id: each for each in there}
    for ref in wanted:
        if ref not in by_id:
            raise NotPossible("not-to-take", ref, pair=before)
    return [by_id[ref] for ref in wanted]


def _goal_again(goal: Goal, pair: Pair, today: date) -> Goal:
    """Return a goal as it stands, for the new pair, without what was measured and said before."""
    is_past = goal.due_on is not None and goal.due_on < max(today, pair.started_on)
    return goal.with_changes(
        id="",
        uid=new_uid(),
        pair=pair.id,
        visibility="private",
        due_on=None if is_past else goal.due_on,
        revisions=(),
    )


def _question_again(question: Question, pair: Pair) -> Question:
    return question.with_changes(
        id="", uid=new_uid(), pair=pair.id, visibility="private", asked_on=pair.started_on
    )
