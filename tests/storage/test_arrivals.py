"""Records from elsewhere: known by their uid, checked like any other, all in one write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.errors import InvalidValue, RecordNotFound
from mentorlog.storage.arrivals import foreseen
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs

DAY = date(2026, 11, 22)
AT = datetime(2020, 1, 1, 12, 0, 0, 5, tzinfo=UTC)
PAIR, OTHER, MEETING, GOAL = (f"{number:032x}" for number in range(1, 5))


def a_pair(**changes: Any) -> Pair:
    given: dict[str, Any] = {
        "id": "p7",
        "uid": PAIR,
        "partner": "Cem",
        "my_role": "mentee",
        "started_on": DAY,
    }
    return Pair(**given | {"created_at": AT, "updated_at": AT} | changes)


def a_meeting(**changes: Any) -> Meeting:
    given: dict[str, Any] = {
        "id": "m9",
        "uid": MEETING,
        "pair": PAIR,
        "held_on": DAY,
        "notes": "zebra",
    }
    return Meeting(**given | {"created_at": AT, "updated_at": AT} | changes)


def taken(journal: Journal, *records: Record) -> list[str | None]:
    with journal.transaction("import") as writing:
        return [writing.arrivals.take(record) for record in records]


def refused(journal: Journal, *records: Record) -> InvalidValue:
    with pytest.raises(InvalidValue) as refusal:
        taken(journal, *records)
    return refusal.value


def named(refusal: InvalidValue) -> tuple[str, str, str]:
    """Return what a refusal names: the field, what was typed for it (nothing ever was) and the reason."""
    return refusal.field, refusal.typed, refusal.reason


def found(journal: Journal, word: str) -> Iterable[Any]:
    sql = "SELECT rowid FROM search WHERE search MATCH ?"
    return journal.connection.execute(sql, (f'"{word}"',)).fetchall()


def test_a_journal_that_was_never_written_to_keeps_numbers_uids_and_instants(
    journal: Journal,
) -> None:
    ids = taken(journal, a_pair(), a_meeting())

    assert ids == ["p7", "m9"]
    assert journal.get("p7") == a_pair()
    assert journal.get("m9") == a_meeting(pair="p7")
    assert len(list(found(journal, "zebra"))) == 1
    (write,) = journal.history()
    assert [(each.id, each.did) for each in write.changes] == [("p7", "added"), ("m9", "added")]


def test_numbers_that_were_kept_are_not_given_again(journal: Journal) -> None:
    taken(journal, a_pair())

    with journal.transaction("meet") as writing:
        new = writing.add(Pair(partner="New", my_role="mentor", started_on=DAY))

    assert new.id == "p8"


def test_any_other_journal_gives_its_own_numbers(journal: Journal, ben: Pair) -> None:
    ids = taken(journal, a_pair(), a_meeting())

    assert ids == ["p3", "m1"]
    assert journal.get("m1") == a_meeting(id="m1", pair="p3")


def test_one_whose_only_write_was_taken_back_has_been_written_to(journal: Journal) -> None:
    taken(journal, a_pair())
    journal.undo()

    assert taken(journal, a_pair()) == ["p8"]


def test_what_is_there_already_is_passed_over_and_still_referred_to(
    journal: Journal, aiko: Pair
) -> None:
    taken(journal, a_pair())

    ids = taken(journal, a_pair(partner="Changed"), a_meeting())

    assert ids == [None, "m1"]
    assert journal.get("p2") == a_pair(id="p2")
    assert journal.get("m1") == a_meeting(id="m1", pair="p2")


def test_where_nothing_is_new_nothing_is_written(journal: Journal) -> None:
    taken(journal, a_pair(), a_meeting())
    before = journal.path.read_bytes()

    assert taken(journal, a_pair(), a_meeting()) == [None, None]
    assert journal.path.read_bytes() == before
    assert len(journal.history()) == 1


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(
    journal: Journal, aiko: Pair
) -> None:
    taken(journal, a_pair(), a_meeting())

    journal.undo()
    assert [each.partner for each in all_pairs(journal)] == ["Aiko"]
    assert list(found(journal, "zebra")) == []

    journal.redo()
    assert journal.get("m1") == a_meeting(id="m1", pair="p2")
    assert len(list(found(journal, "zebra"))) == 1


def test_a_record_without_instants_or_an_id_gets_those_of_the_write(
    journal: Journal, aiko: Pair
) -> None:
    taken(journal, Meeting(uid=MEETING, pair="p1", held_on=DAY))

    kept = journal.get("m1")
    assert kept.created_at == kept.updated_at == journal.history()[0].at


@pytest.mark.parametrize("is_blank", [True, False])
def test_a_uid_that_comes_twice_is_refused_and_nothing_kept(
    journal: Journal, is_blank: bool
) -> None:
    if not is_blank:
        with journal.transaction("pair start") as writing:
            writing.add(Pair(partner="Aiko", my_role="mentee", started_on=DAY))
    before = len(all_pairs(journal))

    refusal = refused(journal, a_pair(), a_pair(id="p8"))

    assert named(refusal) == ("uid", "", "uid-twice")
    assert len(all_pairs(journal)) == before


def test_a_uid_of_another_kind_that_comes_again_is_refused_too(journal: Journal) -> None:
    assert named(refused(journal, a_pair(), a_meeting(uid=PAIR))) == ("uid", "", "uid-twice")


def test_a_number_that_comes_twice_is_refused(journal: Journal) -> None:
    refusal = refused(journal, a_pair(), a_pair(uid=OTHER))

    assert named(refusal) == ("id", "", "id-twice")
    assert all_pairs(journal) == []


def test_it_is_in_a_journal_that_gives_its_own_too(journal: Journal, aiko: Pair) -> None:
    refusal = refused(journal, a_pair(), a_pair(uid=OTHER))

    assert named(refusal) == ("id", "", "id-twice")
    assert all_pairs(journal) == [aiko]


@pytest.mark.parametrize("keeps", [True, False])
def test_of_many_none_is_taken_for_another_and_any_that_comes_again_is_refused(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch, keeps: bool
) -> None:
    monkeypatch.setattr("mentorlog.storage.coming._SIEVE", 8)  # nearly all seem to have come
    uids = [f"{number:032x}" for number in range(100, 200)]
    taken(journal, *(Meeting(uid=uid, pair="p1", held_on=DAY) for uid in uids[:50]))

    with journal.transaction("import") as writing:
        arrivals = writing.arrivals if keeps else foreseen(journal)
        ids = [arrivals.take(Meeting(uid=uid, pair="p1", held_on=DAY)) for uid in uids]

        assert [each is None for each in ids] == [True] * 50 + [False] * 50
        assert len(set(ids[50:])) == 50
        for uid in (uids[0], uids[49], uids[50], uids[99]):
            with pytest.raises(InvalidValue) as refusal:
                arrivals.take(Action(uid=uid, pair="p1", text="x", owner="me"))
            assert named(refusal.value) == ("uid", "", "uid-twice")


def test_what_is_there_in_another_kind_and_has_not_come_is_no_twin(
    journal: Journal, aiko: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentorlog.storage.coming._SIEVE", 8)
    taken(journal, *(Meeting(uid=uid, pair="p1", held_on=DAY) for uid in (MEETING, OTHER)))

    actions = [Action(uid=uid, pair="p1", text="x", owner="me") for uid in (OTHER, MEETING)]

    assert taken(journal, Meeting(uid=GOAL, pair="p1", held_on=DAY), *actions) == [
        "m3",
        "a1",
        "a2",
    ]


def test_what_was_referred_to_long_ago_is_found_again(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentorlog.storage.arrivals._MOST_RECENT", 1)
    meetings = [a_meeting(), a_meeting(id="m10", uid=OTHER)]
    action = Action(
        id="a1", uid="f" * 32, pair=PAIR, text="x", owner="me", is_advice=True, assigned_in=MEETING,
        told_in=OTHER,
    )  # fmt: skip

    assert taken(journal, a_pair(), *meetings, action)[-1] == "a1"
    kept = journal.get("a1")
    assert isinstance(kept, Action)
    assert (kept.pair, kept.assigned_in, kept.told_in) == ("p7", "m9", "m10")


def test_the_reference_that_is_refused_is_the_one_of_its_kind(journal: Journal) -> None:
    action = Action(id="a1", uid="f" * 32, pair=PAIR, text="x", owner="me", assigned_in=PAIR)

    assert named(refused(journal, a_pair(), action)) == ("assigned_in", "", "reference-unknown")


def test_records_that_bring_no_number_are_as_many_as_they_are(journal: Journal, aiko: Pair) -> None:
    given = [Meeting(uid=uid, pair="p1", held_on=DAY) for uid in (OTHER, MEETING)]

    assert taken(journal, *given) == ["m1", "m2"]


@pytest.mark.parametrize("ref", [OTHER, MEETING, "0" * 32, "p1", "p99"])
@pytest.mark.parametrize("is_blank", [True, False])
def test_a_reference_to_what_is_not_there_is_refused(
    journal: Journal, ref: str, is_blank: bool
) -> None:
    if not is_blank:
        taken(journal, a_pair(uid="f" * 32))

    refusal = refused(journal, a_pair(), a_meeting(pair=ref))

    assert named(refusal) == ("pair", "", "reference-unknown")


def test_what_is_referred_to_has_to_come_before(journal: Journal) -> None:
    refusal = refused(journal, a_meeting(), a_pair())

    assert named(refusal) == ("pair", "", "reference-unknown")


def test_a_reference_by_id_has_to_be_one_of_its_kind(journal: Journal, aiko: Pair) -> None:
    taken(journal, Meeting(uid=MEETING, pair="p1", held_on=DAY))

    with pytest.raises(RecordNotFound) as refusal:
        taken(journal, Meeting(uid=OTHER, pair="m1", held_on=DAY))

    assert (refusal.value.kind, refusal.value.ref) == ("pair", "m1")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_reference_to_a_record_of_the_same_pair_is_kept(
    journal: Journal, aiko: Pair, is_there: bool
) -> None:
    action = Action(uid="f" * 32, pair=PAIR, text="x", owner="me", assigned_in=MEETING)
    if is_there:
        taken(journal, a_pair(), a_meeting())

    ids = taken(journal, a_pair(), a_meeting(), action)

    kept = journal.get("a1")
    assert isinstance(kept, Action)
    assert ids == [None, None, "a1"] if is_there else ["p2", "m1", "a1"]
    assert (kept.pair, kept.assigned_in) == ("p2", "m1")


def test_what_the_file_refuses_is_refused_with_all_that_came_with_it(journal: Journal) -> None:
    taken(journal, a_pair(id="p1", uid=OTHER))
    with journal.locked() as connection:  # as a tool may that clears away what it takes for a log
        connection.execute("DELETE FROM changes")
        connection.execute("DELETE FROM writes")

    refusal = refused(journal, a_pair(), a_pair(id="p1", uid="f" * 32))

    assert named(refusal) == ("id", "", "not-kept")
    assert [each.id for each in all_pairs(journal)] == ["p1"]


def test_a_reference_to_a_record_of_another_pair_is_refused(journal: Journal) -> None:
    other = a_pair(id="p8", uid=OTHER, partner="Dora")
    action = Action(id="a1", uid="f" * 32, pair=OTHER, text="x", owner="me", assigned_in=MEETING)

    refusal = refused(journal, a_pair(), other, a_meeting(), action)

    assert named(refusal) == ("assigned_in", "", "reference-elsewhere")


def test_a_record_that_belongs_to_a_pair_by_another_is_kept(journal: Journal) -> None:
    goal = Goal(id="g3", uid=GOAL, pair=PAIR, statement="Read", created_at=AT, updated_at=AT)
    reading = Measurement(id="n1", uid="f" * 32, goal=GOAL, taken_on=DAY, value=1)

    assert taken(journal, a_pair(), goal, reading) == ["p7", "g3", "n1"]
    assert journal.get("n1").with_changes(created_at=None, updated_at=None) == reading.with_changes(
        goal="g3"
    )


def test_what_would_come_in_is_foreseen_without_a_file(journal: Journal) -> None:
    arrivals = foreseen(journal)

    assert [arrivals.take(each) is not None for each in (a_pair(), a_meeting())] == [True, True]
    assert not journal.path.exists()


def test_what_one_command_brought_is_foreseen_to_be_there(journal: Journal) -> None:
    taken(journal, a_pair())
    arrivals = foreseen(journal)

    assert [arrivals.take(each) is None for each in (a_pair(), a_meeting())] == [True, False]


def test_a_number_that_would_come_twice_is_foreseen(journal: Journal) -> None:
    arrivals = foreseen(journal)
    arrivals.take(a_pair())

    with pytest.raises(InvalidValue) as refusal:
        arrivals.take(a_pair(uid=OTHER))

    assert named(refusal.value) == ("id", "", "id-twice")


def test_what_would_be_refused_is_foreseen_too(journal: Journal, ben: Pair) -> None:
    taken(journal, a_pair(), a_meeting())
    before = journal.path.read_bytes()
    arrivals = foreseen(journal)
    other = a_pair(id="p8", uid=OTHER, partner="Dora")
    action = Action(id="a1", uid="f" * 32, pair=OTHER, text="x", owner="me", assigned_in=MEETING)

    assert arrivals.take(a_pair()) is None
    assert arrivals.take(other) is not None
    with pytest.raises(InvalidValue) as refusal:
        arrivals.take(action)
    assert named(refusal.value) == ("assigned_in", "", "reference-elsewhere")
    assert journal.path.read_bytes() == before


def test_a_pair_that_would_come_in_is_none_that_is_there(journal: Journal, aiko: Pair) -> None:
    taken(journal, Meeting(uid=MEETING, pair="p1", held_on=DAY))
    arrivals = foreseen(journal)
    arrivals.take(a_pair())

    with pytest.raises(InvalidValue) as refusal:
        arrivals.take(Action(uid="f" * 32, pair=PAIR, text="x", owner="me", assigned_in=MEETING))

    assert named(refusal.value) == ("assigned_in", "", "reference-elsewhere")
