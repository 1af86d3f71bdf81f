"""Forgetting a pair in the journal: the rest, its history and undo are as if the pair had never been."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.errors import NotPossible
from mentorlog.storage import backups, forgetting
from mentorlog.storage.exports import Export, note, noted
from mentorlog.storage.journal import Journal
from mentorlog.workflows.removing import remove

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
State = dict[str, dict[str, Any]]


def erase(journal: Journal, pair: Pair) -> None:
    forgetting.erase(journal, pair, AT, lambda _owned: None)


def forget(journal: Journal, pair: Pair) -> None:
    erase(journal, pair)
    forgetting.finish(journal, AT)


def rows(journal: Journal, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in journal.connection.execute(sql)]


def everything(journal: Journal) -> dict[str, Record]:
    return {each.id: each for kind in KINDS.values() for each in journal.find(kind)}


def ask(journal: Journal, pair: Pair, text: str) -> Question:
    with journal.transaction("ask") as writing:
        return writing.add(Question(pair=pair.id, text=text, asked_on=DAY))


# Undo and redo -----------------------------------------------------------------------------------


class TwoJournals:
    """One journal of two pairs, and one of the second pair alone, given the same commands at the same time.

    Numbers differ between the two, so records are told by their uid.
    """

    def __init__(self, folder: Path) -> None:
        self.at = AT
        self.both = Journal(folder / "both.db", lambda: self.at)
        self.alone = Journal(folder / "alone.db", lambda: self.at)
        self.count = 0
        self.uids = {"a": "a" * 32, "b": "b" * 32}
        for whose in self.uids:
            self.write("pair start", [(whose, "pair", 0)])

    def write(self, command: str, what: list[tuple[str, str, int]]) -> None:
        """Do something to records of the first pair ("a"), of the second ("b"), or of both at once."""
        self.at += timedelta(minutes=1)
        self._write(self.both, command, what)
        of_second = [each for each in what if each[0] == "b"]
        if of_second:
            self._write(self.alone, command, of_second)

    def _write(self, journal: Journal, command: str, what: list[tuple[str, str, int]]) -> None:
        with journal.transaction(command) as writing:
            for whose, deed, pick in what:
                pairs = journal.find(Pair, "uid = ?", (self.uids[whose],))
                if deed == "pair" and not pairs:
                    name = f"name of {whose}"
                    pair = Pair(
                        uid=self.uids[whose], partner=name, my_role="mentee", started_on=DAY
                    )
                    writing.add(pair)
                if not pairs:
                    continue
                found = journal.find(Question, "pair = ?", (int(pairs[0].id[1:]),))
                if deed == "ask":
                    uid = f"{whose}{self.at:%m%d%H%M%S}{pick:04}".ljust(32, "0")
                    if not any(each.uid == uid for each in found):
                        writing.add(Question(uid=uid, pair=pairs[0].id, text="q", asked_on=DAY))
                elif deed == "edit" and found:
                    text = f"edited {self.at} {pick}"
                    one = sorted(found, key=lambda each: each.uid)[pick % len(found)]
                    writing.change(journal.get(one.id).with_changes(text=text))
                elif deed == "rename":
                    writing.change(pairs[0].with_changes(programme=f"in {self.at}"))

    def delete(self, whose: str, pick: int) -> None:
        """Delete a question of a pair, or with it the pair."""
        self.at += timedelta(minutes=1)
        for journal in (self.both, self.alone):
            pairs = journal.find(Pair, "uid = ?", (self.uids[whose],))
            if pairs:
                found = journal.find(Question, "pair = ?", (int(pairs[0].id[1:]),))
                found.sort(key=lambda each: each.uid)
                one: Record = found[pick % len(found)] if found and pick % 5 else pairs[0]
                remove(journal, [one.id])

    def undo(self) -> None:
        self._reverse(Journal.undo)

    def redo(self) -> None:
        self._reverse(Journal.redo)

    def _reverse(self, move: Callable[[Journal], Any]) -> None:
        """Take something back in both, where it is anything that the second pair has a part in."""
        self.at += timedelta(minutes=1)
        try:
            _taken, done = move(self.both)
        except NotPossible:
            return
        if any(each.uid.startswith("b") for each in done.changes):
            move(self.alone)

    def close(self) -> None:
        self.both.close()
        self.alone.close()


def state(journal: Journal) -> State:
    """Return all records by uid, without their numbers."""
    pairs = {pair.id: pair.uid for pair in journal.find(Pair)}
    return {
        each.uid: {name: pairs.get(value, value) if isinstance(value, str) else value
                   for name, value in vars(each).items() if name != "id"}
        for each in everything(journal).values()
    }  # fmt: skip


def states(journal: Journal, move: Callable[[Journal], Any]) -> Iterator[State]:
    """Yield the states of a journal, back or forth until there is no more."""
    for _step in range(100):
        yield state(journal)
        try:
            move(journal)
        except NotPossible:
            return
    raise AssertionError("there is no end to it")


picks = st.integers(0, 20)
whose = st.sampled_from(["a", "b"])
deeds = st.tuples(whose, st.sampled_from(["ask", "ask", "edit", "rename"]), picks)
commands = st.one_of(
    st.tuples(st.just("write"), st.lists(deeds, min_size=1, max_size=3)),
    st.tuples(st.just("write"), st.lists(deeds, min_size=1, max_size=3)),
    st.tuples(st.just("delete"), st.tuples(whose, picks)),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
)

ASK_A, ASK_B = ("write", [("a", "ask", 1)]), ("write", [("b", "ask", 1)])
UNDO, REDO = ("undo", None), ("redo", None)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(typed=st.lists(commands, min_size=5, max_size=25))
@example(typed=[ASK_B, ASK_A, UNDO, UNDO, REDO])
@example(typed=[ASK_B, UNDO, ASK_A, UNDO])
def test_undo_and_redo_go_on_as_if_the_pair_had_never_been(
    quick_folder: Path, typed: list[tuple[str, Any]]
) -> None:
    """Fails when `mend` leaves what a write leads to as it was, when it does not read the writes anew from
    the beginning, when an emptied write stays, and when the mark ends what could be redone."""
    folder = Path(mkdtemp(dir=quick_folder))
    two = TwoJournals(folder)
    try:
        for name, what in typed:
            if name == "write":
                two.write("test", what)
            elif name == "delete":
                two.delete(*what)
            else:
                getattr(two, name)()

        erase(two.both, Pair(uid="a" * 32, partner="a", my_role="mentee", started_on=DAY))

        assert state(two.both) == state(two.alone)
        assert list(states(two.both, Journal.undo)) == list(states(two.alone, Journal.undo))
        assert list(states(two.both, Journal.redo)) == list(states(two.alone, Journal.redo))
        assert rows(two.both, "PRAGMA foreign_key_check") == []
    finally:
        two.close()
        shutil.rmtree(folder)


def test_two_pairs_are_forgotten_one_after_the_other_and_undo_passes_over_both(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    """Fails when `mend` does not carry what undo and redo take over the mark of the first one."""
    with journal.transaction("pair start") as writing:
        chika = writing.add(Pair(partner="Chika", my_role="mentee", started_on=DAY))
    for pair in (aiko, chika, ben):
        ask(journal, pair, f"to {pair.partner}")
    journal.undo()

    forget(journal, aiko)
    journal.redo()
    forget(journal, ben)
    history = [write.command for write in journal.history()]
    back = [sorted(everything(journal))]
    for _each in range(2):
        journal.undo()
        back.append(sorted(everything(journal)))

    assert history == ["forget", "forget", "ask", "pair start"]
    assert back == [["p3", "q2"], ["p3"], []]
    with pytest.raises(NotPossible):
        journal.undo()
    journal.redo()
    journal.redo()
    assert sorted(everything(journal)) == ["p3", "q2"]


def test_what_the_second_pair_that_is_forgotten_wrote_last_is_passed_over_by_undo_too(
    journal: Journal, aiko: Pair
) -> None:
    """Fails when the mark of the first keeps leading undo to a write that is gone."""
    with journal.transaction("pair start") as writing:
        writing.add(Pair(partner="Chika", my_role="mentee", started_on=DAY))
    with journal.transaction("pair start") as writing:
        dan = writing.add(Pair(partner="Dan", my_role="mentee", started_on=DAY))

    forget(journal, aiko)
    forget(journal, dan)
    journal.undo()

    assert everything(journal) == {}
    assert [each.command for each in journal.history()] == [
        "undo",
        "forget",
        "forget",
        "pair start",
    ]


# Records and what is beside them -----------------------------------------------------------------


@pytest.fixture
def with_goals(journal: Journal, aiko: Pair, ben: Pair) -> Journal:
    """A journal in which each of two pairs has a goal with two measurements, one of them deleted."""
    for pair in (aiko, ben):
        with journal.transaction("goal set") as writing:
            goal = writing.add(Goal(pair=pair.id, statement=f"with {pair.partner}"))
            readings = [
                writing.add(Measurement(goal=goal.id, taken_on=DAY, value=value))
                for value in (1.0, 2.0)
            ]
            writing.add(Action(pair=pair.id, text="read", owner="me", goal=goal.id))
        with journal.transaction("delete") as writing:
            writing.remove(readings[1])
    return journal


def test_what_belongs_to_a_pair_is_found_through_its_goals_and_in_the_log(
    with_goals: Journal, aiko: Pair
) -> None:
    owned = forgetting.belongings(with_goals, aiko)

    assert owned.ids == {"p1", "g1", "n1", "n2", "a1"}
    assert owned.uids == {
        uid
        for (uid,) in rows(
            with_goals, "SELECT DISTINCT uid FROM changes WHERE write NOT IN (2, 5, 6)"
        )
    }
    assert owned.deleted["measurement"] == {2}
    assert forgetting.days(with_goals, owned) == ("2026-11-01", "2026-11-22")


def test_what_belongs_to_another_pair_is_as_it_was_to_the_last_byte(
    with_goals: Journal, aiko: Pair
) -> None:
    tables = {kind.kind: f"SELECT * FROM {kind.kind} ORDER BY number" for kind in KINDS.values()}
    tables["changes"] = "SELECT * FROM changes WHERE write IN (2, 5, 6) ORDER BY number"
    before = {name: rows(with_goals, sql) for name, sql in tables.items()}
    note(with_goals, "p2", Export(AT, "partner", "json", 3, None))
    note(with_goals, "p1", Export(AT, "partner", "json", 3, None))

    forget(with_goals, aiko)

    after = {name: rows(with_goals, sql) for name, sql in tables.items()}
    assert [row[0] for row in after["pair"] + after["goal"] + after["measurement"]] == [2, 2, 3]
    assert all(set(after[name]) <= set(before[name]) for name in tables)
    assert after["changes"] == before["changes"]
    assert (len(noted(with_goals, "p2")), noted(with_goals, "p1")) == (1, [])


def test_the_index_finds_the_words_that_are_left_and_no_others(
    with_goals: Journal, aiko: Pair
) -> None:
    search = "SELECT count(*) FROM search WHERE search MATCH '{}'"

    forget(with_goals, aiko)

    found = {word: rows(with_goals, search.format(word)) for word in ("aiko", "ben", "read")}
    assert found == {"aiko": [(0,)], "ben": [(2,)], "read": [(1,)]}


def test_what_fails_before_it_is_kept_leaves_every_byte_of_the_journal(
    with_goals: Journal, aiko: Pair
) -> None:
    """Fails when the records go in more than one transaction."""
    with_goals.close()
    before = with_goals.path.read_bytes()

    def fail(_owned: forgetting.Belongings) -> None:
        raise OSError("the drafts cannot be removed")

    with pytest.raises(OSError, match="drafts"):
        forgetting.erase(with_goals, aiko, AT, fail)
    with_goals.close()

    assert with_goals.path.read_bytes() == before


def test_numbers_of_what_is_forgotten_are_never_given_again(
    with_goals: Journal, aiko: Pair, ben: Pair
) -> None:
    forget(with_goals, ben)

    with with_goals.transaction("pair start") as writing:
        new = writing.add(Pair(partner="Dan", my_role="mentee", started_on=DAY))

    assert new.id == "p3"


def test_a_pair_is_forgotten_under_every_number_it_ever_had(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    """Fails when the pair is told by its number: brought in a second time, it has another."""
    ask(journal, aiko, "an old question")
    remove(journal, ["p1"])
    with journal.transaction("import") as writing:
        again = writing.add(Pair(uid=aiko.uid, partner="Aiko", my_role="mentee", started_on=DAY))
    ask(journal, again, "a new question")

    forget(journal, again)

    assert [write.command for write in journal.history()] == ["forget", "pair start"]
    assert b"question" not in b"".join(
        str(row).encode() for row in rows(journal, "SELECT before, after FROM changes")
    )
    assert b"an old question" not in journal.path.read_bytes()


def test_the_mark_stays_until_the_backups_and_the_free_pages_are_gone(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    backups.back_up(journal.connection, journal.path, backups.named("journal", AT))
    erase(journal, aiko)
    begun = (forgetting.is_unfinished(journal), journal.history()[0].command)

    removed = forgetting.finish(journal, AT)
    again = forgetting.finish(journal, AT)

    assert begun == (True, "forgetting")
    assert (removed, again) == (1, 1)
    assert (forgetting.is_unfinished(journal), journal.history()[0].command) == (False, "forget")
    assert rows(journal, "PRAGMA freelist_count") == [(0,)]
    (backup,) = backups.automatic(journal.path)
    with closing(sqlite3.connect(backup)) as opened:
        assert opened.execute("SELECT partner FROM pair").fetchall() == [("Ben",)]


# What the log still knows ------------------------------------------------------------------------


def test_the_log_knows_of_a_record_that_is_deleted_until_it_is_forgotten(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    asked = ask(journal, aiko, "how?")
    remove(journal, [asked.id])

    known = [forgetting.has_uid(journal, uid) for uid in (asked.uid, aiko.uid, ben.uid, "0" * 32)]
    forget(journal, aiko)

    assert known == [True, True, True, False]
    assert [forgetting.has_uid(journal, each.uid) for each in (asked, aiko, ben)] == [
        False, False, True
    ]  # fmt: skip


def test_a_pair_that_was_deleted_is_known_as_it_was_then_and_only_while_it_is_not_there(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("pair edit") as writing:
        renamed = writing.change(aiko.with_changes(partner="Aiko Mori"))
    there = forgetting.deleted_pairs(journal)
    remove(journal, [aiko.id])
    journal.undo()
    remove(journal, [aiko.id])

    gone = forgetting.deleted_pairs(journal)
    journal.undo()

    assert (there, gone, forgetting.deleted_pairs(journal)) == ([], [renamed], [])


def test_a_pair_deleted_under_the_first_schema_had_no_pauses(journal: Journal, aiko: Pair) -> None:
    remove(journal, [aiko.id])
    with journal.locked() as connection:
        connection.execute(
            "UPDATE changes SET before = json_remove(before, '$.pauses') WHERE before IS NOT NULL"
        )

    assert forgetting.deleted_pairs(journal) == [aiko]


def test_the_first_and_the_last_day_are_those_of_all_records_of_the_pair(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        for on in (date(2026, 11, 9), date(2025, 3, 1), date(2026, 12, 24)):
            writing.add(Question(pair=aiko.id, text="q", asked_on=on))
        writing.add(Question(pair=ben.id, text="q", asked_on=date(2027, 1, 1)))
    owned = forgetting.belongings(journal, aiko)

    remove(journal, [aiko.id])

    assert forgetting.days(journal, forgetting.belongings(journal, ben)) == (
        "2026-11-02", "2027-01-01"
    )  # fmt: skip
    assert forgetting.days(journal, forgetting.belongings(journal, aiko)) is None
    journal.undo()
    assert forgetting.days(journal, owned) == ("2025-03-01", "2026-12-24")


def test_who_asks_for_it_is_told_what_is_going_before_it_is_kept(
    with_goals: Journal, aiko: Pair
) -> None:
    owned = forgetting.belongings(with_goals, aiko)
    told: list[forgetting.Belongings] = []

    forgetting.erase(with_goals, aiko, AT, told.append)

    assert told == [owned]


def test_what_could_be_brought_back_still_can_be_after_others_were_forgotten(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("pair start") as writing:
        chika = writing.add(Pair(partner="Chika", my_role="mentee", started_on=DAY))
    ask(journal, ben, "first")
    ask(journal, ben, "second")
    journal.undo()
    journal.undo()
    journal.redo()
    brought_back = []

    for pair in (aiko, chika):
        forget(journal, pair)
    journal.redo()
    brought_back.append([each.text for each in journal.find(Question)])
    journal.undo()
    journal.undo()
    brought_back.append([each.text for each in journal.find(Question)])

    assert brought_back == [["first", "second"], []]
    assert [each.command for each in journal.history()] == [
        "undo", "undo", "redo", "forget", "forget", "redo", "undo", "undo", "ask", "ask", "pair start"
    ]  # fmt: skip
