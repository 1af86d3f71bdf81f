"""Every read of a journal that is damaged says so, and which file it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.query import parse_query
from mentorlog.errors import JournalUnusable
from mentorlog.storage import (
    agreements,
    arrivals,
    backups,
    dump,
    exports,
    facts,
    forgetting,
    goals,
    mentions,
    planning,
    practice,
    queries,
    sharing,
    tallies,
    timeline,
)
from mentorlog.storage.journal import Journal
from mentorlog.storage.search import search
from mentorlog.storage.tallies import Named
from mentorlog.storage.timeline import Slice

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = AT.date()
PAIR = Pair(id="p1", partner="Aiko", my_role="mentee", started_on=DAY)
MEETING = Meeting(id="m1", pair="p1", held_on=DAY)
NONE = forgetting.Belongings({"pair": frozenset()}, {}, frozenset())


def dumped(journal: Journal) -> list[Any]:
    with dump.snapshot(journal):
        return list(dump.dump(journal, Slice()).batches)


Read = Callable[[Journal], Any]
READS: dict[str, Read] = {
    "get": lambda journal: journal.get("p1"),
    "find": lambda journal: journal.find(Pair),
    "history": Journal.history,
    "next undo": Journal.next_undo,
    "undo": Journal.undo,
    "redo": Journal.redo,
    "versions": lambda journal: agreements.versions(journal, "p1"),
    "foreseen": arrivals.foreseen,
    "records": lambda journal: backups.records_in(journal.connection, journal.path),
    "dump": dumped,
    "noted": lambda journal: exports.noted(journal, "p1"),
    "told": lambda journal: exports.told(journal, "p1"),
    "former names": exports.former_names,
    "facts": lambda journal: facts.facts(journal, PAIR),
    "belongings": lambda journal: forgetting.belongings(journal, PAIR),
    "has uid": lambda journal: forgetting.has_uid(journal, PAIR.uid),
    "days": lambda journal: forgetting.days(journal, NONE),
    "deleted pairs": forgetting.deleted_pairs,
    "unfinished": forgetting.is_unfinished,
    "goals": lambda journal: goals.goals(journal, "p1"),
    "mentioning": lambda journal: mentions.mentioning(journal, ["Aiko"], bool),
    "meetings": lambda journal: planning.meetings(journal, "p1"),
    "feedback": lambda journal: practice.feedback(journal, "p1"),
    "actions": lambda journal: queries.actions(journal, None),
    "first met": lambda journal: queries.first_met_on(journal, "p1"),
    "last meetings": lambda journal: queries.last_meetings(journal, "p1"),
    "moved": lambda journal: queries.last_moved_on(journal, "p1"),
    "made in": lambda journal: sharing.made_in(journal, MEETING),
    "exports with": lambda journal: sharing.exports_with(journal, [MEETING]),
    "tallies": lambda journal: tallies.tallies(journal, PAIR, Period(DAY, DAY), Named(1, 1, 1, 1)),
    "timeline": lambda journal: timeline.timeline(journal, Slice()),
    "search": lambda journal: search(journal, parse_query("plan"), Slice()),
}


def damage(journal: Journal) -> None:
    """Leave of a journal only what says whose it is and which schema it has."""
    journal.close()
    with journal.path.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xee" * (journal.path.stat().st_size - 4096))


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_whatever_is_read_of_a_damaged_journal_it_is_named(
    journal: Journal, aiko: Pair, read: Read
) -> None:
    damage(journal)

    with pytest.raises(JournalUnusable) as caught:
        read(journal)

    assert (caught.value.reason, caught.value.path) == ("damaged", str(journal.path))


def test_nothing_is_written_to_one(journal: Journal, aiko: Pair) -> None:
    damage(journal)
    before = journal.path.read_bytes()

    with pytest.raises(JournalUnusable) as caught, journal.transaction("action add") as writing:
        writing.add(Action(pair=aiko.id, owner="me", text="x", due_on=date(2026, 12, 1)))

    journal.close()
    assert (caught.value.reason, caught.value.path) == ("damaged", str(journal.path))
    assert journal.path.read_bytes() == before
