"""Reads of what the two practise between meetings, against the real database."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from mentorlog.domain.assessment import Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.domain.strength import Strength
from mentorlog.storage import practice
from mentorlog.storage.journal import Journal

DAY = date(2026, 11, 22)


def keep(journal: Journal, *records: Record) -> None:
    with journal.transaction("test") as writing:
        for record in records:
            writing.add(record)


def received(pair: Pair, days_ago: int, did_change: str | None = None) -> Feedback:
    return Feedback(
        pair=pair.id,
        direction="received",
        said_on=DAY - timedelta(days=days_ago),
        text="Slower",
        did_change=did_change,
    )


def ids(found: list[Feedback]) -> list[str]:
    return [each.id for each in found]


def test_open_feedback_is_what_the_record_itself_calls_open(journal: Journal, aiko: Pair) -> None:
    keep(
        journal,
        *(
            Feedback(
                pair=aiko.id, direction=direction, said_on=DAY, text="So",
                will_change=will, did_change=did,
            )
            for direction, will, did in product(("given", "received"), (None, "W"), (None, "D"))
        ),
    )  # fmt: skip

    found = practice.open_feedback(journal, aiko.id).read

    assert found == [each for each in journal.find(Feedback) if each.is_open]
    assert len(found) == 3


def test_open_feedback_of_a_pair_comes_oldest_first(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    keep(journal, received(aiko, 1), received(aiko, 5), received(ben, 9), received(aiko, 9, "Yes"))

    assert ids(practice.open_feedback(journal, aiko.id).read) == ["f2", "f1"]
    assert practice.open_feedback(journal, aiko.id, 1).unread == 1
    assert ids(practice.open_feedback(journal, aiko.id, 1).read) == ["f2"]


def test_feedback_is_listed_open_ones_first_and_newest_first(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    keep(
        journal,
        received(aiko, 5), received(aiko, 1, "Yes"), received(ben, 3), received(ben, 7, "Yes"),
        received(aiko, 5),
    )  # fmt: skip

    assert ids(practice.feedback(journal, None)) == ["f3", "f5", "f1"]
    assert ids(practice.feedback(journal, ben.id)) == ["f3"]
    assert ids(practice.feedback(journal, None, everything=True)) == ["f3", "f5", "f1", "f2", "f4"]
    assert ids(practice.feedback(journal, aiko.id, everything=True, limit=2)) == ["f5", "f1"]


@pytest.mark.parametrize(
    ("direction", "areas"),
    [(None, ["Drawing", "Python", "Singing"]), ("offered", ["Drawing", "Singing"]),
     ("wanted", ["Python"])],
)  # fmt: skip
def test_strengths_come_in_the_order_they_were_written_down(
    journal: Journal, direction: str | None, areas: list[str]
) -> None:
    keep(
        journal,
        Strength(area="Drawing"), Strength(area="Python", direction="wanted"),
        Strength(area="Singing"),
    )  # fmt: skip

    assert [each.area for each in practice.strengths(journal, direction)] == areas


def test_assessments_of_a_pair_come_by_their_day_the_first_one_first(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    for pair, days_ago in ((aiko, 1), (aiko, 30), (ben, 60), (aiko, 1)):
        rated_on = DAY - timedelta(days=days_ago)
        keep(journal, Assessment(pair=pair.id, rated_on=rated_on, ratings={"learning": 3}))

    assert [each.id for each in practice.assessments(journal, aiko.id)] == ["k2", "k1", "k4"]


def test_a_journal_that_is_not_there_has_none_of_it(journal: Journal) -> None:
    assert practice.feedback(journal, None, everything=True) == []
    assert practice.strengths(journal) == []
    assert practice.assessments(journal, "p1") == practice.open_feedback(journal, "p1").read == []
    assert not journal.exists()
