"""Gathering from the journal what is open with each pair, and what of it wants doing now."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from mentorlog.domain.action import Action
from mentorlog.domain.attention import Finding, by_urgency, findings
from mentorlog.domain.brief import Brief, Unread
from mentorlog.domain.pair import Pair
from mentorlog.storage import practice, queries
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs

SHOWN = 10  # of each sort that is open, where all of it was not asked for


class Attention(NamedTuple):
    """What wants doing, most urgent first, and how much more there is of it."""

    findings: list[Finding]
    more: int

    @property
    def total(self) -> int:
        """How much there is in all."""
        return len(self.findings) + self.more


def brief(journal: Journal, pair: Pair, most: int | None = None) -> Brief:
    """Return what is open with `pair`, `most` of each sort, actions by their due day."""
    mine = queries.open_actions(journal, pair.id, "me", most)
    theirs = queries.open_actions(journal, pair.id, "partner", most)
    advice = queries.untold_advice(journal, pair.id, most)
    questions = queries.open_questions(journal, pair.id, most)
    feedback = practice.open_feedback(journal, pair.id, most)
    return Brief(
        pair=pair,
        last_meeting=next(iter(queries.last_meetings(journal, pair.id)), None),
        advice=advice.read,
        actions=sorted(mine.read + theirs.read, key=_by_due_day),
        questions=questions.read,
        feedback=feedback.read,
        pulses=queries.last_pulses(journal, pair.id),
        moved_on=queries.last_moved_on(journal, pair.id),
        last_decided_review=queries.last_decided_review(journal, pair.id),
        unread=Unread(mine.unread, theirs.unread, advice.unread, questions.unread, feedback.unread),
    )


def briefs(journal: Journal, most: int | None = None) -> list[Brief]:
    """Return a brief for every pair that has not ended."""
    return [brief(journal, pair, most) for pair in all_pairs(journal) if pair.state != "ended"]


def attention(journal: Journal, known: Iterable[Brief], today: date, plateau: str) -> Attention:
    """Return what wants doing in all these pairs, most urgent first; of each sort the first come first."""
    several = list(known)
    found = by_urgency([finding for each in several for finding in findings(each, today, plateau)])
    return Attention(found, sum(_unread(journal, each, today) for each in several))


def _by_due_day(action: Action) -> tuple[date, int]:
    return action.due_on or date.max, int(action.id[1:])


def _unread(journal: Journal, known: Brief, today: date) -> int:
    """Return how much wants doing in a pair of what was not read of it."""
    left = known.unread
    if known.pair.state == "ended":
        return 0
    more = left.advice + left.feedback
    if left.my_actions or left.their_actions:
        read = sum(action.is_overdue(today) for action in known.actions)
        more += queries.count_overdue(journal, known.pair.id, today) - read
    return more
