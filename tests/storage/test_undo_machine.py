"""Anything can be undone: random commands against a plain map of records, and back again."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.errors import NotPossible
from mentorlog.storage.journal import Journal
from mentorlog.workflows.removing import remove

DAY = date(2026, 11, 22)
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Records = dict[str, Record]  # by id

picks = st.integers(0, 99)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1).filter(
    str.strip
)


class Stopped(Exception):
    """Something that goes wrong in the middle of a command."""


class Undoing(RuleBasedStateMachine):
    """The model: the records there are, those there were before each command, and after it."""

    parent: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(dir=self.parent))
        self.minutes = 0
        self.records: Records = {}
        self.past: list[Records] = []
        self.future: list[Records] = []
        self.lines = 0
        self.last_numbers: dict[str, int] = {}
        self.journal = self.opened()

    def opened(self) -> Journal:
        return Journal(self.folder / "journal.db", self.now)

    def now(self) -> datetime:
        self.minutes += 1
        return START + timedelta(minutes=self.minutes)

    # What the model does -------------------------------------------------------------------------

    def wrote(self, after: Records) -> None:
        """Take in a command that left these records; one that changed nothing is none."""
        if after != self.records:
            self.past.append(self.records)
            self.future.clear()
            self.records = after
            self.lines += 1

    def stored(self) -> Records:
        return {
            record.id: record
            for record_type in KINDS.values()
            for record in self.journal.find(record_type)
        }

    def picked(self, pick: int, *kinds: str) -> Record | None:
        known = [record for record in self.records.values() if not kinds or record.kind in kinds]
        return known[pick % len(known)] if known else None

    def seen_new(self, record: Record) -> None:
        """Hold that the journal has never given this id before."""
        number = int(record.id[1:])
        assert number > self.last_numbers.get(record.kind, 0)
        self.last_numbers[record.kind] = number

    # What can happen -----------------------------------------------------------------------------

    @initialize(name=words)
    def begin(self, name: str) -> None:
        self.add_a_pair(name)

    @rule(name=words)
    def add_a_pair(self, name: str) -> None:
        given = Pair(partner=f"x{name}x".replace("\n", " "), my_role="mentee", started_on=DAY)
        with self.journal.transaction("pair start") as writing:
            pair = writing.add(given)
        self.seen_new(pair)
        self.wrote(self.records | {pair.id: pair})

    @rule(pick=picks, text=words, count=st.integers(1, 3))
    def hold_a_meeting(self, pick: int, text: str, count: int) -> None:
        pair = self.picked(pick, "pair")
        if pair is None:
            return
        with self.journal.transaction("meet") as writing:
            meeting = writing.add(Meeting(pair=pair.id, held_on=DAY, notes=text))
            made: list[Record] = [
                writing.add(Action(pair=pair.id, text=text, owner="me", assigned_in=meeting.id))
                for _ in range(count)
            ]
        for record in (meeting, *made):
            self.seen_new(record)
        self.wrote(self.records | {record.id: record for record in (meeting, *made)})

    @rule(pick=picks, text=words)
    def ask(self, pick: int, text: str) -> None:
        pair = self.picked(pick, "pair")
        if pair is None:
            return
        with self.journal.transaction("ask") as writing:
            question = writing.add(Question(pair=pair.id, text=text, asked_on=DAY))
        self.seen_new(question)
        self.wrote(self.records | {question.id: question})

    @rule(pick=picks, text=words)
    def write_again_and_again_in_one_command(self, pick: int, text: str) -> None:
        pair = self.picked(pick, "pair")
        if pair is None:
            return
        with self.journal.transaction("test") as writing:
            kept = writing.add(Question(pair=pair.id, text="first", asked_on=DAY))
            going = writing.add(Question(pair=pair.id, text="going", asked_on=DAY))
            kept = writing.change(kept.with_changes(text="second"))
            kept = writing.change(kept.with_changes(text=text))
            writing.remove(writing.change(going.with_changes(text="gone")))
        self.seen_new(kept)
        self.seen_new(going)
        self.wrote(self.records | {kept.id: kept})

    def change(self, *records: Record) -> None:
        with self.journal.transaction("edit") as writing:
            kept = [writing.change(record) for record in records]
        self.wrote(self.records | {record.id: record for record in kept})

    @rule(pick=picks, text=words, visibility=st.sampled_from(["private", "shared"]))
    def edit(self, pick: int, text: str, visibility: str) -> None:
        record = self.picked(pick, "question", "action")
        if record is not None:
            self.change(record.with_changes(text=text, visibility=visibility))

    @rule(pick=picks, other=picks)
    def edit_two_at_once(self, pick: int, other: int) -> None:
        chosen = [self.picked(pick), self.picked(other)]
        records = {record.id: record for record in chosen if record is not None}
        self.change(*(record.with_changes(visibility="shared") for record in records.values()))

    @rule(pick=picks)
    def edit_nothing(self, pick: int) -> None:
        record = self.picked(pick)
        if record is not None:
            self.change(record)

    @rule(pick=picks)
    def delete(self, pick: int) -> None:
        record = self.picked(pick)
        if record is None:
            return
        removal = remove(self.journal, [record.id])
        going = {each.id for each in removal.records}
        after = {ref: each for ref, each in self.records.items() if ref not in going}
        self.wrote(after | {each.id: self.journal.get(each.id) for each in removal.loosened})

    @rule(pick=picks, text=words)
    def fail_half_way(self, pick: int, text: str) -> None:
        record = self.picked(pick, "question", "action")
        with pytest.raises(Stopped):
            self.write_and_stop(record, text)

    def write_and_stop(self, record: Record | None, text: str) -> None:
        with self.journal.transaction("edit") as writing:
            writing.add(Pair(partner="Nobody", my_role="mentor", started_on=DAY))
            if record is not None:
                writing.change(record.with_changes(text=text))
                writing.remove(record)
            raise Stopped

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.journal.undo()
        self.future.append(self.records)
        self.records = self.past.pop()
        self.lines += 1

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.journal.redo()
        self.past.append(self.records)
        self.records = self.future.pop()
        self.lines += 1

    @precondition(lambda self: not self.future)
    @rule()
    def redo_what_is_not_there(self) -> None:
        with pytest.raises(NotPossible):
            self.journal.redo()

    @rule()
    def reopen(self) -> None:
        self.journal.close()
        self.journal = self.opened()

    # What holds ----------------------------------------------------------------------------------

    @invariant()
    def the_journal_holds_exactly_the_records_of_the_model(self) -> None:
        assert self.stored() == self.records

    @invariant()
    def every_command_that_changed_something_is_a_line_of_the_history(self) -> None:
        assert len(self.journal.history()) == self.lines

    def teardown(self) -> None:
        """Undo to the beginning, redo to the end: every step is exactly as it was."""
        try:
            there = [*self.past, self.records, *reversed(self.future)]
            back = []
            while self.past:
                self.undo()
                back.append(self.stored())
            forth = []
            while self.future:
                self.redo()
                forth.append(self.stored())
            assert back == there[: len(back)][::-1]
            assert forth == there[1:]
            with pytest.raises(NotPossible):
                self.journal.redo()
            broken = self.journal.connection.execute("PRAGMA foreign_key_check").fetchall()
            assert broken == []
        finally:
            self.journal.close()
            shutil.rmtree(self.folder)


def test_undo_and_redo_restore_exactly_the_records_there_were(quick_folder: Path) -> None:
    """Fails when `reverse` goes first to last, when a change keeps `updated_at`, when `begin` leaves
    something to redo, or when `begin_redo` forgets what is left to redo."""

    class Here(Undoing):
        parent = quick_folder

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=80,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
