"""Deleting: what goes along, what only lets go, and that one undo brings all of it back."""

from __future__ import annotations

from datetime import date

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.errors import RecordNotFound
from mentorlog.storage.journal import Journal
from mentorlog.workflows.removing import removal, remove

DAY = date(2026, 11, 22)


def everything(journal: Journal) -> dict[str, Record]:
    return {
        record.id: record for record_type in KINDS.values() for record in journal.find(record_type)
    }


def ids(records: tuple[Record, ...]) -> set[str]:
    return {record.id for record in records}


@pytest.fixture
def woven(journal: Journal, aiko: Pair, ben: Pair) -> Journal:
    """A journal in which everything of Aiko's refers to m1, and Ben has a meeting of his own."""
    with journal.transaction("test") as writing:
        writing.add(Meeting(pair="p1", held_on=DAY))
        writing.add(Meeting(pair="p1", held_on=DAY))
        writing.add(Meeting(pair="p2", held_on=DAY))
        writing.add(
            Action(pair="p1", text="both", owner="me", assigned_in="m1", told_in="m1")
        )  # loses two references at once
        writing.add(Action(pair="p1", text="told", owner="me", assigned_in="m2", told_in="m1"))
        writing.add(
            Question(pair="p1", text="x", asked_on=DAY, state="raised", raised_in="m1", answer="y")
        )
        writing.add(Insight(pair="p1", text="x", noticed_on=DAY, meeting="m1"))
        writing.add(Action(pair="p2", text="of Ben", owner="me", assigned_in="m3"))
    return journal


def test_a_record_that_nothing_refers_to_goes_alone(woven: Journal) -> None:
    before = everything(woven)

    done = remove(woven, ["i1"])

    assert (ids(done.records), done.loosened) == ({"i1"}, ())
    assert everything(woven) == {ref: each for ref, each in before.items() if ref != "i1"}


def test_what_a_meeting_made_stays_and_lets_go_of_it(woven: Journal) -> None:
    before = everything(woven)

    done = remove(woven, ["m1"])

    after = everything(woven)
    assert ids(done.records) == {"m1"}
    assert ids(done.loosened) == {"a1", "a2", "q1", "i1"}
    assert set(before) - set(after) == {"m1"}
    references = ("assigned_in", "told_in", "raised_in", "meeting")
    assert [
        [getattr(after[ref], name, None) for name in references] for ref in ("a1", "a2", "q1", "i1")
    ] == [[None] * 4, ["m2", None, None, None], [None] * 4, [None] * 4]


def test_what_lets_go_of_a_meeting_loses_nothing_else(woven: Journal) -> None:
    before = everything(woven)

    remove(woven, ["m1"])

    after = everything(woven)
    for ref, names in {"a1": ("assigned_in", "told_in"), "q1": ("raised_in",)}.items():
        again = after[ref].with_changes(
            updated_at=before[ref].updated_at, **dict.fromkeys(names, "m1")
        )
        assert again == before[ref]


def test_a_pair_takes_all_that_is_its_own_along_and_nothing_of_another(woven: Journal) -> None:
    before = everything(woven)

    done = remove(woven, ["p1"])

    assert ids(done.records) == {"p1", "m1", "m2", "a1", "a2", "q1", "i1"}
    assert done.loosened == ()
    assert everything(woven) == {ref: before[ref] for ref in ("p2", "m3", "a3")}


@pytest.mark.parametrize("refs", [["p1"], ["m1"], ["m1", "m2", "a1"], ["p1", "p2"], ["a1", "q1"]])
def test_one_undo_brings_everything_back_exactly(woven: Journal, refs: list[str]) -> None:
    before = everything(woven)
    done = remove(woven, refs)
    after = everything(woven)

    woven.undo()
    undone = everything(woven)
    woven.redo()

    assert undone == before
    assert everything(woven) == after
    assert set(before) - set(after) == ids(done.records)


@pytest.mark.parametrize("refs", [["p1"], ["m1"], ["a1"], ["m1", "p1", "m1"]])
def test_the_plan_is_what_is_done_and_planning_does_nothing(
    woven: Journal, refs: list[str]
) -> None:
    before = everything(woven)

    planned = removal(woven, refs)

    assert everything(woven) == before
    done = remove(woven, refs)
    assert (ids(done.records), ids(done.loosened)) == (ids(planned.records), ids(planned.loosened))


def test_a_record_named_twice_goes_once(woven: Journal) -> None:
    done = remove(woven, ["a1", "A1", "m1", "a1"])

    assert sorted(record.id for record in done.records) == ["a1", "m1"]
    assert ids(done.loosened) == {"a2", "q1", "i1"}
    assert [change.did for change in woven.history(1)[0].changes].count("removed") == 2


def test_deleting_is_one_line_of_the_history(woven: Journal) -> None:
    lines = len(woven.history())

    remove(woven, ["p1"])

    found = woven.history()
    assert len(found) == lines + 1
    assert found[0].command == "delete"
    assert {change.did for change in found[0].changes} == {"removed"}


@pytest.mark.parametrize("refs", [["m1", "a9"], ["nonsense"], ["a9", "m1"], ["g1"]])
def test_an_id_that_names_nothing_is_refused_and_nothing_is_deleted(
    woven: Journal, refs: list[str]
) -> None:
    before = (everything(woven), woven.history(), woven.path.read_bytes())

    with pytest.raises(RecordNotFound):
        remove(woven, refs)
    woven.close()

    assert (everything(woven), woven.history(), woven.path.read_bytes()) == before


def test_the_file_holds_together_after_any_deletion(woven: Journal) -> None:
    remove(woven, ["m1"])
    remove(woven, ["p2"])

    broken = woven.connection.execute("PRAGMA foreign_key_check").fetchall()
    checked = woven.connection.execute("PRAGMA integrity_check").fetchone()[0]

    assert (broken, checked) == ([], "ok")
