"""Where the id of a pair, a meeting or a goal is asked for, that of anything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentorlog.domain.goal import Goal
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.query import parse_query
from mentorlog.errors import RecordNotFound
from mentorlog.storage import (
    agreements,
    dump,
    exports,
    facts,
    goals,
    planning,
    practice,
    queries,
    sharing,
    timeline,
)
from mentorlog.storage.exports import Export
from mentorlog.storage.journal import Journal
from mentorlog.storage.search import search
from mentorlog.storage.timeline import Slice

DAY = date(2026, 11, 22)
EXPORT = Export(datetime(2026, 11, 22, 9, tzinfo=UTC), "partner", "json", 1, None)

Read = Callable[[Journal, str], Any]
OF_A_PAIR: dict[str, Read] = {
    "versions": agreements.versions,
    "in force": agreements.in_force,
    "note": lambda journal, ref: exports.note(journal, ref, EXPORT),
    "noted": exports.noted,
    "told": exports.told,
    "facts": lambda journal, ref: facts.facts(journal, pair(ref)),
    "goals": goals.goals,
    "meetings": planning.meetings,
    "decided reviews": planning.decided_reviews,
    "open feedback": practice.open_feedback,
    "feedback": practice.feedback,
    "assessments": practice.assessments,
    "open items": queries.open_items,
    "actions": queries.actions,
    "last meetings": queries.last_meetings,
    "first met": queries.first_met_on,
    "has met": lambda journal, ref: queries.has_met(journal, ref, DAY),
    "last pulses": queries.last_pulses,
    "last review": queries.last_decided_review,
    "last moved": queries.last_moved_on,
    "timeline": lambda journal, ref: timeline.rows_of(journal, Slice(pair=ref)),
    "dump": lambda journal, ref: dump.dump(journal, Slice(pair=ref)),
    "search": lambda journal, ref: search(journal, parse_query("plan"), Slice(pair=ref)),
    "made in a meeting of it": lambda journal, ref: sharing.made_in(
        journal, Meeting(id="m1", pair=ref, held_on=DAY)
    ),
}
OF_ANOTHER: dict[str, Read] = {
    "made in": queries.made_in,
    "shared with": lambda journal, ref: sharing.made_in(
        journal, Meeting(id=ref, pair="p1", held_on=DAY)
    ),
    "measured": lambda journal, ref: goals.measured(
        journal, Goal(id=ref, pair="p1", statement="x", owner="me")
    ),
}


def pair(ref: str) -> Pair:
    return Pair(id=ref, partner="x", my_role="mentee", started_on=DAY)


@pytest.mark.parametrize("read", OF_A_PAIR.values(), ids=OF_A_PAIR.keys())
def test_the_id_of_a_meeting_is_no_pairs(journal: Journal, aiko: Pair, read: Read) -> None:
    with journal.transaction("meet") as writing:
        meeting = writing.add(Meeting(pair=aiko.id, held_on=DAY, notes="a plan"))
    assert (aiko.id, meeting.id) == ("p1", "m1")

    with pytest.raises(RecordNotFound) as refused:
        read(journal, meeting.id)

    assert (refused.value.kind, refused.value.ref) == ("pair", "m1")


@pytest.mark.parametrize("read", OF_ANOTHER.values(), ids=OF_ANOTHER.keys())
def test_that_of_a_pair_is_no_meetings_and_no_goals(
    journal: Journal, aiko: Pair, read: Read
) -> None:
    with pytest.raises(RecordNotFound) as refused:
        read(journal, aiko.id)

    assert refused.value.ref == "p1"
