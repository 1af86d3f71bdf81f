"""What the journal notes of exports for others: kept with their pair, in their order, and no command.

And what the next export has to know: the pulses that were told, the names that pairs once had.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.errors import JournalBusy, JournalUnusable
from mentorlog.storage.exports import Export, former_names, note, noted, told
from mentorlog.storage.journal import Journal

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FIRST = Export(AT, "partner", "markdown", 12, "/home/me/maya.md")
SECOND = Export(AT, "programme", "json", 3, None)


def test_a_note_comes_back_as_it_was_with_others_of_its_pair_oldest_first(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    note(journal, aiko.id, FIRST)
    note(journal, ben.id, SECOND._replace(records=9))
    note(journal, aiko.id, SECOND)

    assert noted(journal, aiko.id) == [FIRST, SECOND]
    assert noted(journal, ben.id) == [SECOND._replace(records=9)]


def test_a_note_is_no_command_and_undo_leaves_it_where_it_is(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    note(journal, aiko.id, FIRST)

    undone, _write = journal.undo()

    assert undone.command == "pair start"
    assert [write.command for write in journal.history()] == ["undo", "pair start", "pair start"]
    assert noted(journal, aiko.id) == [FIRST]


def test_it_outlives_its_pair_which_undo_may_bring_back(journal: Journal, aiko: Pair) -> None:
    note(journal, aiko.id, FIRST)
    with journal.transaction("delete") as writing:
        writing.remove(aiko)

    assert noted(journal, aiko.id) == [FIRST]


def test_the_instant_is_kept_in_utc(journal: Journal, aiko: Pair) -> None:
    note(journal, aiko.id, FIRST._replace(at=datetime.fromisoformat("2026-11-22T18:30:00+09:00")))

    (kept,) = noted(journal, aiko.id)

    assert kept.at == AT
    assert kept.at.utcoffset() == UTC.utcoffset(None)


def test_where_the_journal_cannot_be_written_the_note_is_refused(
    journal: Journal, aiko: Pair
) -> None:
    journal.close()
    journal.path.chmod(0o400)
    journal.path.parent.chmod(0o500)
    try:
        if can_write_all_the_same(journal):
            pytest.skip("the owner of everything may write to what is read-only")
        with pytest.raises(JournalUnusable):
            note(journal, aiko.id, FIRST)
    finally:
        journal.path.parent.chmod(0o700)


# --- what was told -------------------------------------------------------------------------------

FIRST_THREE = {"a": 1, "b": 2, "c": 3}
SECOND_THREE = {"d": 4, "e": 4, "f": 4}


def test_the_threes_that_exports_of_a_pair_have_told_come_back_each_once(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    note(journal, aiko.id, SECOND, [FIRST_THREE])
    note(journal, ben.id, SECOND, [{"x": 1, "y": 1, "z": 1}])
    note(journal, aiko.id, FIRST)
    note(journal, aiko.id, SECOND, [FIRST_THREE, SECOND_THREE])

    assert told(journal, aiko.id) == [FIRST_THREE, SECOND_THREE]
    assert noted(journal, aiko.id) == [SECOND, FIRST, SECOND]


@pytest.mark.parametrize("three", [{"c": 3, "d": 1, "e": 1}, {"a": 1, "b": 2, "c": 4}])
def test_pulses_that_another_export_has_told_otherwise_in_the_meantime_are_refused(
    journal: Journal, aiko: Pair, three: dict[str, int]
) -> None:
    note(journal, aiko.id, SECOND, [FIRST_THREE])

    with pytest.raises(JournalBusy):
        note(journal, aiko.id, SECOND, [SECOND_THREE, three])

    assert told(journal, aiko.id) == [FIRST_THREE]
    assert len(noted(journal, aiko.id)) == 1


# --- names of before -----------------------------------------------------------------------------


def test_the_log_knows_what_pairs_were_called_before_they_were_renamed_or_deleted(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("edit") as writing:
        renamed = writing.change(aiko.with_changes(partner="Aiko Mori", alias="ai"))
    with journal.transaction("edit") as writing:
        writing.change(renamed.with_changes(cadence="2w"))
    with journal.transaction("edit") as writing:
        writing.change(renamed.with_changes(alias=None))
    with journal.transaction("delete") as writing:
        writing.remove(ben)

    assert former_names(journal) == {"p1": ["Aiko", "Aiko Mori", "ai"], "p2": ["Ben"]}


def test_a_journal_in_which_nobody_was_renamed_knows_no_names_of_before(
    journal: Journal, aiko: Pair
) -> None:
    assert journal.get(aiko.id) == aiko
    assert former_names(journal) == {}


def can_write_all_the_same(journal: Journal) -> bool:
    try:
        journal.path.open("r+b").close()
    except PermissionError:
        return False
    return True


def test_what_several_exports_have_told_is_all_of_it_in_the_order_it_was_told(
    journal: Journal, aiko: Pair
) -> None:
    third = {"g": 1, "h": 1, "i": 2}
    for threes in ([FIRST_THREE], [], [SECOND_THREE, third]):
        note(journal, aiko.id, SECOND, threes)

    assert told(journal, aiko.id) == [FIRST_THREE, SECOND_THREE, third]


def test_a_note_that_is_refused_names_the_journal_and_is_not_kept(
    journal: Journal, aiko: Pair
) -> None:
    note(journal, aiko.id, SECOND, [FIRST_THREE])

    with pytest.raises(JournalBusy) as refused:
        note(journal, aiko.id, SECOND, [{"a": 1, "x": 2, "y": 3}])

    assert refused.value.path == str(journal.path)
    assert noted(journal, aiko.id) == [SECOND]
