"""The pairs of a journal, and by what each record belongs to one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.strength import Strength
from mentorlog.storage.pairs import all_pairs, belongs_to, pair_id

if TYPE_CHECKING:
    from mentorlog.domain.pair import Pair
    from mentorlog.storage.journal import Journal

DAY = date(2026, 11, 22)


def test_pairs_come_in_the_order_they_were_started_here(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    assert all_pairs(journal) == [aiko, ben]


def test_a_record_belongs_to_its_pair_by_itself_or_by_another(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("told by the test") as writing:
        meeting = writing.add(Meeting(pair=ben.id, held_on=DAY))
        goal = writing.add(Goal(pair=ben.id, statement="Read", baseline=1.0, target=2.0))
        reading = writing.add(Measurement(goal=goal.id, taken_on=DAY, value=1.5))
        strength = writing.add(Strength(area="Planning"))

    found = {each.id: pair_id(journal, each) for each in (ben, meeting, goal, reading, strength)}

    assert found == {"p2": "p2", "m1": "p2", "g1": "p2", "n1": "p2", "s1": None}
    assert belongs_to(journal, reading) == goal
    assert belongs_to(journal, meeting) is None
