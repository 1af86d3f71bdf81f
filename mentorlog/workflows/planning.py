"""Gathering from the journal what stands in a calendar."""

from datetime import date

from mentorlog.domain.pair import Pair
from mentorlog.domain.planned import Known, Planned, planned
from mentorlog.storage import planning, queries
from mentorlog.storage.journal import Journal
from mentorlog.workflows.prepare import brief, briefs


def plan(journal: Journal, pair: Pair | None, today: date) -> list[Planned]:
    """Return what is planned with a pair or, with none, with all that have not ended; by its day."""
    of = briefs(journal) if pair is None else [brief(journal, pair)]
    found = [
        entry
        for each in of
        for entry in planned(
            Known(
                brief=each,
                meetings=planning.meetings(journal, each.pair.id),
                reviews=planning.decided_reviews(journal, each.pair.id),
                actions=queries.actions(journal, each.pair.id, everything=True),
            ),
            today,
        )
    ]
    return sorted(found, key=lambda entry: entry.on)
