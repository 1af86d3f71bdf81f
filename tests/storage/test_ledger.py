"""Back and forth: what undo and redo take, in which order, and what the history says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.errors import NotPossible
from mentorlog.storage.journal import Journal
from mentorlog.storage.ledger import Change

DAY = date(2026, 11, 22)


def ask(journal: Journal, text: str) -> Question:
    with journal.transaction("ask") as writing:
        return writing.add(Question(pair="p1", text=text, asked_on=DAY))


def texts(journal: Journal) -> list[str]:
    return [question.text for question in journal.find(Question)]


def everything(journal: Journal) -> list[Record]:
    return [record for record_type in KINDS.values() for record in journal.find(record_type)]


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(NotPossible) as caught:
        step()
    return caught.value.reason


# The order ---------------------------------------------------------------------------------------


def test_undo_takes_the_last_command_then_the_one_before_it(journal: Journal, aiko: Pair) -> None:
    ask(journal, "one")
    ask(journal, "two")
    seen = []

    for _ in range(3):
        journal.undo()
        seen.append((len(journal.find(Pair)), texts(journal)))

    assert seen == [(1, ["one"]), (1, []), (0, [])]
    assert refused(journal.undo) == "nothing-to-undo"


def test_redo_brings_back_in_the_order_it_was_done(journal: Journal, aiko: Pair) -> None:
    ask(journal, "one")
    ask(journal, "two")
    done = everything(journal)
    for _ in range(3):
        journal.undo()
    seen = []

    for _ in range(3):
        journal.redo()
        seen.append(texts(journal))

    assert seen == [[], ["one"], ["one", "two"]]
    assert everything(journal) == done
    assert refused(journal.redo) == "nothing-to-redo"


def test_without_an_undo_there_is_nothing_to_redo(journal: Journal, aiko: Pair) -> None:
    before = journal.history()

    reason = refused(journal.redo)

    assert reason == "nothing-to-redo"
    assert journal.history() == before


def test_in_an_empty_journal_there_is_nothing_to_undo_or_redo(journal: Journal) -> None:
    reasons = [refused(journal.undo), refused(journal.redo)]

    assert reasons == ["nothing-to-undo", "nothing-to-redo"]
    assert journal.history() == []


def test_nor_is_there_where_the_first_command_of_all_was_stopped(journal: Journal) -> None:
    with pytest.raises(InterruptedError), journal.transaction("ask"):
        raise InterruptedError

    assert journal.exists()
    assert (refused(journal.undo), refused(journal.redo)) == ("nothing-to-undo", "nothing-to-redo")
    assert journal.next_undo() is None


def test_the_log_keeps_of_a_record_what_it_was_and_what_it_became(
    journal: Journal, aiko: Pair
) -> None:
    question = ask(journal, "one")
    with journal.transaction("edit") as writing:
        changed = writing.change(question.with_changes(text="two"))
    with journal.transaction("delete") as writing:
        writing.remove(changed)

    sql = "SELECT did, before, after FROM changes WHERE kind = 'question' ORDER BY number"
    added, edited, removed = journal.connection.execute(sql).fetchall()

    assert tuple(added) == ("added", None, None)
    assert (edited["did"], removed["did"], removed["after"]) == ("changed", "removed", None)
    said = [json.loads(image)["text"] for image in (*edited[1:], removed["before"])]
    assert said == ["one", "two", "two"]


def test_a_new_command_ends_what_could_be_redone(journal: Journal, aiko: Pair) -> None:
    ask(journal, "one")
    ask(journal, "two")
    journal.undo()
    journal.undo()

    ask(journal, "three")

    assert refused(journal.redo) == "nothing-to-redo"
    assert texts(journal) == ["three"]


def test_a_command_that_changed_nothing_does_not_end_what_could_be_redone(
    journal: Journal, aiko: Pair
) -> None:
    ask(journal, "one")
    journal.undo()

    with journal.transaction("edit") as writing:
        writing.change(aiko)
    journal.redo()

    assert texts(journal) == ["one"]


def test_what_was_undone_before_a_new_command_is_not_undone_again(
    journal: Journal, aiko: Pair
) -> None:
    ask(journal, "one")
    ask(journal, "two")
    journal.undo()
    ask(journal, "three")
    seen = []

    for step in (journal.undo, journal.undo, journal.redo, journal.redo):
        step()
        seen.append(texts(journal))

    assert seen == [["one"], [], ["one"], ["one", "three"]]
    assert refused(journal.redo) == "nothing-to-redo"


def test_what_was_brought_back_can_be_undone_and_brought_back_again(
    journal: Journal, aiko: Pair
) -> None:
    ask(journal, "one")
    ask(journal, "two")
    seen = []

    for step in (
        journal.undo, journal.redo, journal.undo, journal.undo, journal.redo, journal.redo,
        journal.undo,
    ):  # fmt: skip
        step()
        seen.append(texts(journal))

    both = ["one", "two"]
    assert seen == [["one"], both, ["one"], [], ["one"], both, ["one"]]


def test_after_some_were_brought_back_the_rest_still_can_be(journal: Journal, aiko: Pair) -> None:
    for text in ("one", "two", "three"):
        ask(journal, text)
    for _ in range(3):
        journal.undo()
    journal.redo()
    journal.undo()
    seen = []

    for _ in range(3):
        journal.redo()
        seen.append(texts(journal))

    assert seen == [["one"], ["one", "two"], ["one", "two", "three"]]
    assert refused(journal.redo) == "nothing-to-redo"


def test_two_terminals_share_one_order(journal: Journal, aiko: Pair) -> None:
    other = Journal(journal.path)
    ask(journal, "here")
    ask(other, "there")
    seen = []

    for step in (journal.undo, other.undo, journal.redo, other.redo):
        step()
        seen.append(texts(other))
    other.close()

    assert seen == [["here"], [], ["here"], ["here", "there"]]


# What comes back ---------------------------------------------------------------------------------


def test_undoing_a_change_restores_every_field_and_when_it_was_updated(
    journal: Journal, aiko: Pair
) -> None:
    with journal.transaction("edit") as writing:
        changed = writing.change(
            aiko.with_changes(alias="A", cadence="1w", minutes=30, visibility="shared")
        )

    journal.undo()
    undone = journal.get("p1")
    journal.redo()

    assert undone == aiko
    assert journal.get("p1") == changed


def test_undoing_a_removal_brings_the_record_back_under_its_own_id(
    journal: Journal, aiko: Pair
) -> None:
    first, second = ask(journal, "one"), ask(journal, "two")
    with journal.transaction("delete") as writing:
        writing.remove(first)

    journal.undo()

    assert journal.find(Question) == [first, second]


def test_undoing_a_removal_brings_back_what_went_along_whatever_the_order(
    journal: Journal, aiko: Pair
) -> None:
    with journal.transaction("meet") as writing:
        meeting = writing.add(Meeting(pair="p1", held_on=DAY))
        action = writing.add(Action(pair="p1", text="read", owner="me", assigned_in=meeting.id))
    before = everything(journal)
    with journal.transaction("delete") as writing:
        for record in (aiko, meeting, action):
            writing.remove(record)

    journal.undo()
    undone = everything(journal)
    journal.redo()

    assert undone == before
    assert everything(journal) == []


def test_a_record_added_changed_and_removed_by_one_command_comes_and_goes_with_it(
    journal: Journal, aiko: Pair
) -> None:
    with journal.transaction("test") as writing:
        short_lived = writing.add(Question(pair="p1", text="one", asked_on=DAY))
        writing.remove(writing.change(short_lived.with_changes(text="two")))
        longer = writing.add(Question(pair="p1", text="three", asked_on=DAY))
        longer = writing.change(longer.with_changes(text="four"))
        longer = writing.change(longer.with_changes(answer="five"))
    seen = []

    for step in (journal.undo, journal.redo, journal.undo, journal.redo):
        step()
        seen.append(journal.find(Question))

    assert seen == [[], [longer], [], [longer]]


# The history -------------------------------------------------------------------------------------


def test_the_history_of_an_empty_journal_is_empty(journal: Journal) -> None:
    found = journal.history()

    assert found == []


def test_the_history_names_every_command_with_what_it_did_newest_first(
    journal: Journal, aiko: Pair
) -> None:
    question = ask(journal, "one")
    with journal.transaction("edit") as writing:
        writing.change(question.with_changes(text="two"))
        writing.change(aiko.with_changes(alias="A"))
    with journal.transaction("delete") as writing:
        writing.remove(question)

    found = [(write.number, write.command, write.reverses, write.changes) for write in
             journal.history()]  # fmt: skip

    q1, p1 = ("q1", question.uid), ("p1", aiko.uid)
    assert found == [
        (4, "delete", None, (Change(*q1, "removed"),)),
        (3, "edit", None, (Change(*q1, "changed"), Change(*p1, "changed"))),
        (2, "ask", None, (Change(*q1, "added"),)),
        (1, "pair start", None, (Change(*p1, "added"),)),
    ]


def test_the_history_says_when_in_utc(journal: Journal, aiko: Pair) -> None:
    question = ask(journal, "one")

    instants = [write.at for write in journal.history()]

    assert instants == [question.created_at, aiko.created_at]
    assert {instant.tzinfo for instant in instants} == {UTC}
    start = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert instants == [start + timedelta(seconds=1, microseconds=1), start]


def test_undo_and_redo_are_lines_of_the_history_that_name_what_they_took(
    journal: Journal, aiko: Pair
) -> None:
    question = ask(journal, "one")
    journal.undo()
    journal.redo()

    found = [(write.command, write.reverses, write.changes) for write in journal.history(2)]

    assert found == [
        ("redo", 3, (Change("q1", question.uid, "added"),)),
        ("undo", 2, (Change("q1", question.uid, "removed"),)),
    ]


def test_undo_and_redo_say_which_command_was_meant_and_what_they_wrote(
    journal: Journal, aiko: Pair
) -> None:
    ask(journal, "one")

    steps = [step() for step in (journal.undo, journal.redo, journal.undo, journal.redo)]

    assert {command.number for command, _ in steps} == {2}
    assert {command.command for command, _ in steps} == {"ask"}
    assert [(done.number, done.command, done.reverses) for _, done in steps] == [
        (3, "undo", 2),
        (4, "redo", 3),
        (5, "undo", 4),
        (6, "redo", 5),
    ]
    assert [done for _, done in reversed(steps)] == journal.history(4)


def test_the_history_only_grows(journal: Journal, aiko: Pair) -> None:
    ask(journal, "one")
    seen = [journal.history()]

    for step in (journal.undo, journal.redo, journal.undo, lambda: ask(journal, "two")):
        step()
        seen.append(journal.history())

    assert [after[1:] for after in seen[1:]] == seen[:-1]


def test_the_history_can_be_cut_short(journal: Journal, aiko: Pair) -> None:
    for text in ("one", "two", "three"):
        ask(journal, text)

    found = {limit: [write.number for write in journal.history(limit)] for limit in (0, 1, 2, 9)}

    assert found == {0: [], 1: [4], 2: [4, 3], 9: [4, 3, 2, 1]}


def test_a_command_that_failed_has_no_line_in_the_history(journal: Journal, aiko: Pair) -> None:
    def refused_half_way() -> None:
        with journal.transaction("ask") as writing:
            writing.add(Question(pair="p1", text="one", asked_on=DAY))
            raise NotPossible("test")

    reason = refused(refused_half_way)
    ask(journal, "two")

    assert reason == "test"
    assert [write.number for write in journal.history()] == [2, 1]
