"""Bringing records in: in one write or not at all, and what came of it in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.strength import Strength
from mentorlog.errors import BadFile, InvalidValue, Place
from mentorlog.storage.journal import Journal
from mentorlog.workflows.importing import IdRuns, Imported, bring_in, foresee, phases_of

DAY = date(2026, 11, 22)
AT = datetime(2020, 1, 1, tzinfo=UTC)


def placed(*records: Record) -> Iterator[tuple[Place, Record]]:
    return ((Place(number, number + 1), record) for number, record in enumerate(records, 1))


def meetings(count: int, **more: Any) -> list[Record]:
    return [
        Meeting(uid=f"{number:032x}", pair="p1", held_on=date(2020, 1, 1 + number % 28), **more)
        for number in range(count)
    ]


def test_what_came_in_is_counted_with_its_days(journal: Journal, aiko: Pair) -> None:
    done = bring_in(journal, placed(*meetings(3), Strength(uid="f" * 32, area="x")))
    again = bring_in(journal, placed(*meetings(4)))

    assert (list(done.ids), done.present) == (["m1", "m2", "m3", "s1"], 0)
    assert done.kinds == {"meeting": 3, "strength": 1}
    assert done.days == (date(2020, 1, 1), date(2020, 1, 3))
    assert (list(again.ids), again.present, again.days) == (
        ["m4"],
        3,
        (date(2020, 1, 4), date(2020, 1, 4)),
    )


def test_ids_are_counted_and_named_in_the_order_they_were_given() -> None:
    given = ["m9", "m10", "m12", "a12", "a13", "m14", "m1"]
    ids = IdRuns()

    for each in given:
        ids.append(each)

    assert (list(ids), len(ids), ids[2], ids[-1]) == (given, 7, "m12", "m1")
    assert not IdRuns()


def test_the_days_are_the_first_and_the_last_in_whatever_order_they_come(
    journal: Journal, aiko: Pair
) -> None:
    days = [date(2020, 1, each) for each in (5, 2, 9, 4)]
    coming = [
        Meeting(uid=f"{number:032x}", pair="p1", held_on=on) for number, on in enumerate(days)
    ]

    assert bring_in(journal, placed(*coming)).days == (days[1], days[2])


def test_nothing_makes_no_journal(journal: Journal) -> None:
    done = bring_in(journal, placed())

    assert (list(done.ids), done.present, done.days) == ([], 0, None)
    assert not journal.path.exists()


@pytest.mark.parametrize("before", [2, 998, 1500])
def test_one_bad_record_keeps_all_of_them_out_and_is_named(
    journal: Journal, aiko: Pair, before: int
) -> None:
    kept = journal.path.read_bytes()
    bad = Question(uid="f" * 32, pair="p9", text="x", asked_on=DAY)

    with pytest.raises(BadFile) as refusal:
        bring_in(journal, placed(*meetings(before), bad, *meetings(before)))

    assert refusal.value.place == Place(before + 1, before + 2)
    assert isinstance(refusal.value.refusal, InvalidValue)
    assert journal.path.read_bytes() == kept


def test_a_file_that_is_bad_near_its_beginning_makes_no_journal(journal: Journal) -> None:
    def failing() -> Iterator[tuple[Place, Record]]:
        yield from placed(Strength(uid="f" * 32, area="x"))
        raise BadFile("cut-off")

    with pytest.raises(BadFile):
        bring_in(journal, failing())

    assert not journal.path.exists()


def test_records_that_cannot_be_kept_make_no_journal_either(journal: Journal) -> None:
    twice = [Strength(uid="f" * 32, area="x"), Strength(uid="f" * 32, area="y")]

    with pytest.raises(BadFile):
        bring_in(journal, placed(*twice))

    assert not journal.path.exists()


def test_what_goes_wrong_while_it_is_read_takes_back_what_was_written(
    journal: Journal, aiko: Pair
) -> None:
    kept = journal.path.read_bytes()

    def stopped() -> Iterator[tuple[Place, Record]]:
        yield from placed(*meetings(1200))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(journal, stopped())

    assert journal.path.read_bytes() == kept
    assert len(journal.history()) == 1


def test_foreseeing_says_the_same_and_changes_nothing(journal: Journal, aiko: Pair) -> None:
    bring_in(journal, placed(*meetings(2)))
    kept = journal.path.read_bytes()

    seen = list(foresee(journal, placed(*meetings(3))))

    assert [each.id is None for each in seen] == [True, True, False]
    assert Imported(seen).present == 2
    assert journal.path.read_bytes() == kept


def test_the_phase_of_a_day_follows_from_the_meetings_that_are_kept(
    journal: Journal, aiko: Pair
) -> None:
    bring_in(journal, placed(*meetings(1)))

    phase = phases_of(journal, aiko)

    assert [phase(date(2019, 12, 31)), phase(date(2020, 1, 1)), phase(DAY)] == [
        "expectation", "immersion", "immersion"
    ]  # fmt: skip
    assert (
        phases_of(journal, Pair(id="p9", partner="x", my_role="mentor", started_on=DAY))(DAY)
        == "expectation"
    )
