"""What a calendar stands on: how many meetings and decided reviews a pair has, and the latest of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.planned import MOST, Row
from mentorlog.domain.review import Review
from mentorlog.errors import JournalUnusable
from mentorlog.storage.journal import Journal
from mentorlog.storage.planning import decided_reviews, meetings

DAY = date(2026, 1, 1)


def ids(row: Row) -> list[str]:
    return [each.id for each in row.latest]


def test_meetings_come_in_the_order_they_were_written_down_and_only_those_of_the_pair(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        for pair, on in ((aiko, 9), (ben, 5), (aiko, 3)):
            writing.add(Meeting(pair=pair.id, held_on=date(2026, 11, on)))

    found = meetings(journal, aiko.id)

    assert (found.so_far, ids(found)) == (2, ["m1", "m3"])
    assert all(isinstance(each, Meeting) for each in found.latest)
    assert (meetings(journal, ben.id).so_far, ids(meetings(journal, ben.id))) == (1, ["m2"])


def test_of_many_meetings_all_are_counted_and_the_last_ones_written_are_given(
    journal: Journal, aiko: Pair
) -> None:
    with journal.transaction("import") as writing:
        for after in range(MOST + 2):
            writing.add(Meeting(pair=aiko.id, held_on=DAY - timedelta(days=after)))

    found = meetings(journal, aiko.id)

    assert (found.so_far, ids(found)) == (MOST + 2, [f"m{number}" for number in range(3, MOST + 3)])


def test_of_reviews_only_those_count_that_decided_how_to_go_on(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        for pair, decision in ((aiko, "continue"), (aiko, None), (ben, "end"), (aiko, "extend")):
            writing.add(Review(pair=pair.id, from_on=DAY, to_on=DAY, decision=decision))

    found = decided_reviews(journal, aiko.id)

    assert (found.so_far, ids(found)) == (2, ["v1", "v4"])
    assert all(isinstance(each, Review) for each in found.latest)


@pytest.mark.parametrize("read", [meetings, decided_reviews])
def test_a_pair_without_any_has_none(
    journal: Journal, aiko: Pair, read: Callable[[Journal, str], Row]
) -> None:
    assert read(journal, aiko.id) == Row(0, [])


def test_a_damaged_journal_is_named(journal: Journal, aiko: Pair) -> None:
    size = journal.connection.execute("PRAGMA page_size").fetchone()[0]
    journal.close()
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:size] + b"\xff" * (len(whole) - size))

    with pytest.raises(JournalUnusable) as caught:
        meetings(journal, aiko.id)

    assert (caught.value.reason, caught.value.path) == ("damaged", str(journal.path))
