"""Gathering from the journal what is open with each pair, and what of it wants doing now."""

from collections.abc import Iterable
from datetime import date

from mentorlog.domain.attention import Finding, by_urgency, findings
from mentorlog.domain.brief import Brief
from mentorlog.domain.pair import Pair
from mentorlog.storage import practice, queries
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs


def brief(journal: Journal, pair: Pair) -> Brief:
    """Return what is open with `pair`, actions by their due day."""
    items = queries.open_items(journal, pair.id)
    return Brief(
        pair=pair,
        last_meeting=next(iter(queries.last_meetings(journal, pair.id)), None),
        advice=items.advice,
        actions=sorted(items.actions, key=lambda action: action.due_on or date.max),
        questions=items.questions,
        feedback=practice.open_feedback(journal, pair.id),
        pulses=queries.last_pulses(journal, pair.id),
        moved_on=queries.last_moved_on(journal, pair.id),
        last_decided_review=queries.last_decided_review(journal, pair.id),
    )


def briefs(journal: Journal) -> list[Brief]:
    """Return a brief for every pair that has not ended."""
    return [brief(journal, pair) for pair in all_pairs(journal) if pair.state != "ended"]


def attention(known: Iterable[Brief], today: date, plateau: str) -> list[Finding]:
    """Return what wants doing in all these pairs, most urgent first."""
    return by_urgency([finding for each in known for finding in findings(each, today, plateau)])
