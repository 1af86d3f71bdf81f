"""What may be sent ahead: what is open and shared, of each kind, the first of it where there is much."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.question import Question
from mentorlog.storage.sendable import first_private, open_shared

if TYPE_CHECKING:
    from mentorlog.domain.pair import Pair
    from mentorlog.domain.record import Record
    from mentorlog.storage.journal import Journal

DAY = date(2026, 11, 22)


@pytest.fixture
def several(journal: Journal, aiko: Pair, ben: Pair) -> Journal:
    """Open and closed ones of two pairs, shared and not."""
    with journal.transaction("test") as writing:
        for pair in (aiko.id, ben.id):
            for visibility in ("shared", "private"):
                for days, is_open in ((3, True), (1, True), (None, True), (2, False)):
                    due = None if days is None else DAY + timedelta(days)
                    for record in one_of_each(pair, due, is_open=is_open):
                        writing.add(record.with_changes(visibility=visibility))
    return journal


def one_of_each(pair: str, due: date | None, *, is_open: bool) -> list[Record]:
    state, goal_state = ("open", "active") if is_open else ("dropped", "dropped")
    return [
        Question(pair=pair, text="x", asked_on=DAY, state=state),
        Action(pair=pair, text="x", owner="partner", due_on=due, state=state),
        Action(pair=pair, text="x", owner="me", due_on=due, state=state, is_advice=True),
        Goal(pair=pair, statement="x", due_on=due, state=goal_state),
    ]


def test_it_is_what_is_open_of_the_pair_and_no_advice_by_kind_and_due_day(
    several: Journal,
) -> None:
    found = open_shared(several, "p2")

    assert found.unread == 0
    assert [each.kind for each in found.read] == ["question"] * 3 + ["action"] * 3 + ["goal"] * 3
    said = [vars(each) for each in found.read]
    assert {(each["pair"], each["visibility"]) for each in said} == {("p2", "shared")}
    assert not any(getattr(each, "is_advice", False) for each in found.read)
    days = [DAY + timedelta(1), DAY + timedelta(3), None]
    assert [each["due_on"] for each in said[3:]] == days * 2


def test_of_what_is_not_shared_the_first_is_told_a_question_before_actions_and_goals(
    several: Journal,
) -> None:
    found = []
    for kind in ("question", "action", "goal", None):
        found.append(first_private(several, "p2"))
        if kind is not None:
            several.connection.execute(f"UPDATE {kind} SET visibility = 'shared' WHERE pair = 2")

    assert [None if each is None else (each.kind, each.id) for each in found] == [
        ("question", "q13"),
        ("action", "a25"),
        ("goal", "g13"),
        None,
    ]


@pytest.mark.parametrize("most", [0, 1, 2, 4, 9, 10])
def test_the_first_of_it_are_those_of_all_of_it_and_the_rest_is_counted(
    several: Journal, most: int
) -> None:
    every = open_shared(several, "p1").read

    found = open_shared(several, "p1", most)

    assert found.read == every[:most]
    assert found.unread == max(0, len(every) - most)
