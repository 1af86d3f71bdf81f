"""Anything can be undone: random commands against a plain map of records, and back again."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
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
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import LEVELS, Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.reading_order import reading_order
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.review import Review
from mentorlog.domain.strength import Strength
from mentorlog.errors import NotPossible
from mentorlog.importers.mentorlog_json import read
from mentorlog.storage.journal import Journal
from mentorlog.workflows.importing import bring_in
from mentorlog.workflows.removing import remove
from tests.importers.exported import as_json, exported, line, written
from tests.importers.reading import source
from tests.proofs import Proved

PARTS = 8  # each with a seed of its own, its number
SEQUENCES, STEPS = 250, 30  # of a part, and of a sequence, at least
DAY = date(2026, 11, 22)
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Records = dict[str, Record]  # by id

picks = st.integers(0, 99)
words = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=12
).filter(str.strip)


class Stopped(Exception):
    """Something that goes wrong in the middle of a command."""


def of_any_kind(pair: str, goal: str | None, text: str) -> list[Record]:
    """Return a record of each kind but a pair's, a meeting's, an action's and a question's."""
    measured: list[Record] = [] if goal is None else [
        Measurement(goal=goal, taken_on=DAY, value=0.1, level=-2, note=text)
    ]  # fmt: skip
    return [
        *measured,
        Goal(pair=pair, statement=text, target=1e15, levels=dict.fromkeys(LEVELS, text)),
        Insight(pair=pair, text=text, noticed_on=DAY, goal=goal),
        Feedback(pair=pair, direction="received", said_on=DAY, text=text),
        Reflection(
            pair=pair, written_on=DAY, phase="immersion", form="kpt", answers={"keep": text}
        ),
        Review(pair=pair, from_on=DAY, to_on=DAY, thoughts=text),
        Agreement(pair=pair, agreed_on=DAY, boundaries=text),
        Assessment(pair=pair, rated_on=DAY, ratings={"communication": 3}),
        Strength(area=f"x{text}x".replace("\n", " "), evidence=text),
    ]


def _elsewhere() -> Records:
    """Return the records of another journal, with numbers that do not begin at 1."""
    stamp: dict[str, Any] = {"created_at": START, "updated_at": START}
    pair = Pair(
        id="p7",
        uid="f" * 32,
        partner="Zoë",
        my_role="mentor",
        started_on=DAY,
        cadence="2w tue",
        **stamp,
    )
    meeting = Meeting(id="m9", uid="e" * 32, pair="p7", held_on=DAY, topics=("a", "b"), **stamp)
    action = Action(
        id="a3", uid="d" * 32, pair="p7", text="Read", owner="me", assigned_in="m9", **stamp
    )
    made: Records = {each.id: each for each in (pair, meeting, action)}
    for place, each in enumerate(of_any_kind("p7", None, "elsewhere 別")):
        ref, uid = f"{each.letter}{place + 4}", f"{place + 1:032x}"
        made[ref] = each.with_changes(id=ref, uid=uid, **stamp)
    return made


ELSEWHERE = _elsewhere()


class Undoing(RuleBasedStateMachine):
    """The model: the records there are, those there were before each command, and after it."""

    empty: ClassVar[Path]  # a folder with a journal that nothing was written to
    happened: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(dir=self.empty.parent))
        shutil.copytree(self.empty, self.folder / "kept")
        self.minutes = 0
        self.records: Records = {}
        self.past: list[Records] = []
        self.future: list[Records] = []
        self.lines = 0
        self.last_numbers: dict[str, int] = {}
        self.known_lines: dict[int, tuple[Record, str]] = {}
        self.journal = self.opened()
        self.steps = 0

    def opened(self) -> Journal:
        return Journal(self.folder / "kept" / "journal.db", self.now)

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

    def document(self, records: Records) -> str:
        """Return the export that a journal with these records has to give, byte for byte."""
        order = reading_order()
        by_place = sorted(
            records.values(), key=lambda each: (order.index(each.kind), int(each.id[1:]))
        )
        return written(self.line(each, records) for each in by_place)

    def line(self, record: Record, beside: Mapping[str, Record]) -> str:
        known = self.known_lines.get(id(record))
        if known is None:
            uids = {ref: each.uid for ref, each in beside.items()}
            known = self.known_lines[id(record)] = (record, line(as_json(record, uids)))
        return known[1]

    def compare(self) -> None:
        """Hold that the journal has exactly the records of the model, to the last byte."""
        assert exported(self.journal) == self.document(self.records)
        self.happened["exports compared"] += 1

    def picked(self, pick: int, *kinds: str) -> Record | None:
        known = [record for record in self.records.values() if not kinds or record.kind in kinds]
        return known[pick % len(known)] if known else None

    def seen_new(self, *records: Record) -> None:
        """Hold that the journal has never given these ids before."""
        for record in records:
            number = int(record.id[1:])
            assert number > self.last_numbers.get(record.kind, 0)
            self.last_numbers[record.kind] = number

    def added(self, *records: Record) -> None:
        self.seen_new(*records)
        self.wrote(self.records | {record.id: record for record in records})

    # What can happen -----------------------------------------------------------------------------

    @initialize(name=words, is_moved=st.booleans())
    def begin(self, name: str, *, is_moved: bool) -> None:
        if is_moved:
            self.bring_in(ELSEWHERE)
            assert self.records.keys() == ELSEWHERE.keys(), "a blank journal keeps the numbers"
        else:
            self.add_a_pair(name)

    @rule(name=words)
    def add_a_pair(self, name: str) -> None:
        given = Pair(partner=f"x{name}x".replace("\n", " "), my_role="mentee", started_on=DAY)
        with self.journal.transaction("pair start") as writing:
            pair = writing.add(given)
        self.added(pair)

    @rule(pick=picks, text=words, number=st.integers(1, 3))
    def hold_a_meeting(self, pick: int, text: str, number: int) -> None:
        pair = self.picked(pick, "pair")
        if pair is not None:
            self.added(*self.met(pair, text, number))

    def met(self, pair: Record, text: str, number: int) -> list[Record]:
        with self.journal.transaction("meet") as writing:
            meeting = writing.add(Meeting(pair=pair.id, held_on=DAY, notes=text))
            action = Action(pair=pair.id, text=text, owner="me", assigned_in=meeting.id)
            again = [action, *(action.with_changes(uid=f"{n:032x}") for n in self.uids(number - 1))]
            return [meeting, *(writing.add(each) for each in again)]

    def uids(self, number: int) -> Iterator[int]:
        return (1 << 100 | self.minutes << 8 | n for n in range(number))

    @rule(pick=picks, text=words)
    def ask(self, pick: int, text: str) -> None:
        pair = self.picked(pick, "pair")
        if pair is not None:
            self.write_down(Question(pair=pair.id, text=text, asked_on=DAY))

    @rule(pick=picks, which=picks, text=words)
    def write_down_something_else(self, pick: int, which: int, text: str) -> None:
        pair = self.picked(pick, "pair")
        if pair is None:
            return
        goal = self.picked(pick, "goal")
        is_theirs = goal is not None and getattr(goal, "pair", None) == pair.id
        known = of_any_kind(pair.id, goal.id if goal is not None and is_theirs else None, text)
        self.write_down(known[which % len(known)])

    def write_down(self, record: Record) -> None:
        with self.journal.transaction("test") as writing:
            kept = writing.add(record)
        self.added(kept)

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
        self.seen_new(kept, going)
        self.wrote(self.records | {kept.id: kept})

    def change(self, *records: Record) -> None:
        with self.journal.transaction("edit") as writing:
            kept = [writing.change(record) for record in records]
        changed = [each for each in kept if each != self.records[each.id]]
        at = START + timedelta(minutes=self.minutes)
        assert [each.updated_at for each in changed] == [at] * len(changed)
        self.wrote(self.records | {record.id: record for record in kept})

    @rule(pick=picks, text=words, visibility=st.sampled_from(["private", "shared"]))
    def edit(self, pick: int, text: str, visibility: str) -> None:
        record = self.picked(pick, "question", "action", "insight", "feedback")
        if record is not None:
            self.change(record.with_changes(text=text, visibility=visibility))

    @rule(pick=picks, text=words, aim=st.none() | st.floats(-1e15, 1e15))
    def revise_a_goal(self, pick: int, text: str, aim: float | None) -> None:
        goal = self.picked(pick, "goal")
        if isinstance(goal, Goal) and (goal.statement, goal.target) != (text, aim):
            self.change(goal.revised(DAY, text, has_begun=True, statement=text, target=aim))

    @rule(pick=picks, other=picks)
    def edit_two_at_once(self, pick: int, other: int) -> None:
        kinds = ("pair", "meeting", "action", "question", "goal")
        chosen = [self.picked(pick, *kinds), self.picked(other, *kinds)]
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

    @rule(pick=picks)
    def import_an_earlier_export_of_it(self, pick: int) -> None:
        self.bring_in([*self.past, self.records][pick % (len(self.past) + 1)])

    @rule()
    def import_the_export_of_another(self) -> None:
        self.bring_in(ELSEWHERE)

    def bring_in(self, known: Records) -> None:
        """Import an export with these records: those whose uid is not there come, under new numbers."""
        ids = {each.uid: ref for ref, each in self.records.items()}
        new = [each for each in known.values() if each.uid not in ids]

        done = bring_in(self.journal, read(source(self.document(known))))

        order = reading_order()
        new.sort(key=lambda each: (order.index(each.kind), int(each.id[1:])))
        ids |= {each.uid: ref for each, ref in zip(new, done.ids, strict=True)}
        self.added(*(self.moved(each, known, ids) for each in new))
        self.happened["imports"] += 1
        self.compare()

    def moved(self, record: Record, known: Records, ids: Mapping[str, str]) -> Record:
        """Return a record of another state as it is here: its id and those it names are other ones."""
        names = [name for name, shape in shapes(type(record)).items() if shape.refers_to]
        named = {name: ref for name in names if (ref := getattr(record, name)) is not None}
        refs = {name: ids[known[ref].uid] for name, ref in named.items()}
        return record.with_changes(id=ids[record.uid], **refs)

    @rule(pick=picks, text=words)
    def fail_half_way(self, pick: int, text: str) -> None:
        record = self.picked(pick, "question", "action")
        with pytest.raises(Stopped):
            self.write_and_stop(record, text)
        self.compare()

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
        self.happened["undone"] += 1
        self.compare()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.go_forth()
        self.compare()

    def go_forth(self) -> None:
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
        self.compare()

    @rule(pick=picks, text=words, at=st.integers(1, 40))
    def be_killed_while_writing(self, pick: int, text: str, at: int) -> None:
        pair = self.picked(pick, "pair")
        if pair is not None:
            self.killed_in(lambda: self.met(pair, text, 3), at)

    @precondition(lambda self: self.past)
    @rule(at=st.integers(1, 40))
    def be_killed_in_an_undo(self, at: int) -> None:
        self.killed_in(self.journal.undo, at)

    @precondition(lambda self: self.future)
    @rule(at=st.integers(1, 40))
    def be_killed_in_a_redo(self, at: int) -> None:
        self.killed_in(self.journal.redo, at)

    @rule(at=st.integers(1, 120))
    def be_killed_in_an_import(self, at: int) -> None:
        text = self.document(ELSEWHERE)
        self.killed_in(lambda: bring_in(self.journal, read(source(text))), at)

    def killed_in(self, command: Callable[[], object], at: int) -> None:
        """Leave the journal as a kill leaves it: with its files as they were in the middle of a command.

        That is before one of its statements, at the latest before the COMMIT. Pages are written as soon
        as they change, so that the side file has to bring them back.
        """
        connection, left = self.journal.connection, self.folder / "left"
        connection.execute("PRAGMA cache_size = 1")
        statements = count(-1)  # BEGIN IMMEDIATE is the first

        def look(statement: str) -> None:
            is_here = next(statements) == at or statement == "COMMIT"
            if is_here and not left.exists():
                shutil.copytree(self.folder / "kept", left)

        connection.set_trace_callback(look)
        command()
        connection.set_trace_callback(None)
        self.journal.close()
        if left.exists():  # else nothing was changed
            shutil.rmtree(self.folder / "kept")
            left.rename(self.folder / "kept")
            self.happened["kills"] += 1
            self.happened["side files"] += (self.folder / "kept" / "journal.db-journal").exists()
        self.journal = self.opened()
        self.compare()

    # What holds ----------------------------------------------------------------------------------

    @invariant()
    def every_command_that_changed_something_is_a_line_of_the_history(self) -> None:
        (found,) = self.journal.connection.execute("SELECT count(*) FROM writes").fetchone()
        assert found == self.lines
        self.steps += 1

    def teardown(self) -> None:
        """Undo to the beginning, redo to the end: every step is exactly as it was."""
        self.happened["steps"] += self.steps
        self.happened["sequences"] += self.steps >= STEPS
        try:
            self.compare()
            while self.past:
                self.undo()
            with pytest.raises(NotPossible):
                self.journal.undo()
            while self.future:
                self.go_forth()
            self.compare()
            broken = self.journal.connection.execute("PRAGMA foreign_key_check").fetchall()
            assert broken == []
        finally:
            self.journal.close()
            shutil.rmtree(self.folder)


@pytest.mark.proofs(16)
@pytest.mark.parametrize("part", range(PARTS))
def test_undo_and_redo_restore_exactly_the_records_there_were(
    empty: Path, part: int, proved: Proved
) -> None:
    """Fails when `reverse` goes first to last, when a change keeps `updated_at`, when `begin` leaves
    something to redo, when `begin_redo` forgets what is left to redo, when `Arrivals` passes over no known
    uid, and when `journal_mode=DELETE` becomes MEMORY in storage/file.py."""
    happened: Counter[str] = Counter()

    class Here(Undoing):
        pass

    Here.empty, Here.happened = empty, happened
    run_state_machine_as_test(
        seed(part)(Here),
        settings=settings(
            max_examples=SEQUENCES * 3 // 2,  # a quarter to a third are shorter
            stateful_step_count=STEPS + 4,
            deadline=None,
            database=None,
            phases=set(Phase) - {Phase.explain},
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )

    assert happened["sequences"] >= SEQUENCES
    proved(
        "seed {}: {sequences} sequences of {}+ steps, {steps} steps in all, {imports} imports, {kills} kills"
        " in mid-command ({side files} left a side file), {undone} undone; {exports compared} exports"
        " compared, 0 bytes differ".format(part, STEPS, **happened)
    )
