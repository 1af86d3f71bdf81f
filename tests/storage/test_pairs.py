"""The pairs of a journal, and by what each record belongs to one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.strength import Strength
from mentorlog.errors import RecordNotFound
from mentorlog.storage.pairs import all_pairs, belongs_to, of_pair, pair_id, way_to_pair

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


@pytest.mark.parametrize("kind", ["pair", "meeting", "goal", "measurement", "strength"])
def test_sql_tells_which_rows_belong_to_a_pair_by_themselves_or_by_another(
    journal: Journal, aiko: Pair, ben: Pair, kind: str
) -> None:
    with journal.transaction("told by the test") as writing:
        for pair in (aiko, ben, ben):
            writing.add(Meeting(pair=pair.id, held_on=DAY))
            goal = writing.add(Goal(pair=pair.id, statement="Read", baseline=1.0, target=2.0))
            writing.add(Measurement(goal=goal.id, taken_on=DAY, value=1.5))
        writing.add(Strength(area="Planning"))

    sql = f"SELECT number FROM {kind} AS it WHERE {of_pair(KIND_NAMES[kind])} ORDER BY number"
    of_aiko, of_ben = (
        [number for (number,) in journal.connection.execute(sql, (pair,))] for pair in (1, 2)
    )

    of_each = {"pair": ([1], [2]), "strength": ([], [])}
    assert (of_aiko, of_ben) == of_each.get(kind, ([1], [2, 3]))


def test_a_kind_names_its_pair_itself_or_by_another_kind_or_has_none() -> None:
    ways = {kind: way_to_pair(KIND_NAMES[kind]) for kind in KIND_NAMES}

    assert {kind: way for kind, way in ways.items() if way != ""} == {
        "pair": None, "strength": None, "measurement": "goal"
    }  # fmt: skip


def test_what_a_record_belongs_by_has_to_be_of_its_kind(journal: Journal, aiko: Pair) -> None:
    with journal.transaction("told by the test") as writing:
        meeting = writing.add(Meeting(pair=aiko.id, held_on=DAY))
    reading = Measurement(goal=meeting.id, taken_on=DAY, value=1.5)

    with pytest.raises(RecordNotFound) as refusal:
        belongs_to(journal, reading)

    assert (refusal.value.kind, refusal.value.ref) == ("goal", "m1")
