"""The agreements of a pair: every version by its day, of which the last is in force."""

from __future__ import annotations

from datetime import date

from mentorlog.domain.agreement import Agreement
from mentorlog.domain.pair import Pair
from mentorlog.storage.agreements import in_force, versions
from mentorlog.storage.journal import Journal


def test_versions_come_by_their_day_and_those_of_one_day_as_they_were_written(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        for pair, on in ((aiko, 9), (aiko, 3), (ben, 20), (aiko, 9), (aiko, 5)):
            writing.add(Agreement(pair=pair.id, agreed_on=date(2026, 11, on)))

    assert [each.id for each in versions(journal, aiko.id)] == ["t2", "t5", "t1", "t4"]
    assert [each.id for each in (in_force(journal, aiko.id), in_force(journal, ben.id)) if each] == [
        "t4", "t3"
    ]  # fmt: skip


def test_before_the_first_there_is_none(journal: Journal, aiko: Pair) -> None:
    assert (versions(journal, aiko.id), in_force(journal, aiko.id)) == ([], None)
