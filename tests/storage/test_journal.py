"""The journal: what is added, changed and removed comes back as it was, together or not at all."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.review import Review
from mentorlog.domain.strength import Strength
from mentorlog.errors import (
    InvalidValue,
    JournalUnusable,
    MentorlogError,
    NotPossible,
    RecordNotFound,
)
from mentorlog.storage.journal import Journal, Writing

DAY = date(2026, 11, 22)
LEVELS = {"-2": "a", "-1": "b", "0": "c", "1": "d", "2": "e"}
EXAMPLES: dict[type[Record], Callable[[], Record]] = {
    Pair: lambda: Pair(partner="Chika", my_role="mentor", started_on=DAY),
    Meeting: lambda: Meeting(pair="p1", held_on=DAY, topics=("one", "two")),
    Question: lambda: Question(pair="p1", text="why?", asked_on=DAY),
    Action: lambda: Action(pair="p1", text="read", owner="me", is_advice=True),
    Insight: lambda: Insight(pair="p1", text="aha", noticed_on=DAY, benefit="leadership"),
    Agreement: lambda: Agreement(pair="p1", agreed_on=DAY, leaving="either may, any time"),
    Goal: lambda: Goal(pair="p1", statement="read", baseline=1, target=0.5, levels=LEVELS),
    Measurement: lambda: Measurement(goal="g1", taken_on=DAY, value=0.1 + 0.2, level=-2),
    Reflection: lambda: Reflection(
        pair="p1",
        written_on=DAY,
        phase="immersion",
        form="ywt",
        answers={"own": "x\ny", "did": "z"},
    ),
    Feedback: lambda: Feedback(pair="p1", direction="given", said_on=DAY, text="slower"),
    Assessment: lambda: Assessment(pair="p1", rated_on=DAY, ratings={"privacy": 5}),
    Strength: lambda: Strength(area="SQL", direction="wanted"),
    Review: lambda: Review(
        pair="p1", from_on=DAY, to_on=DAY, thoughts="x", pulse=4, decision="continue"
    ),
}
every_kind = pytest.mark.parametrize("record_type", list(EXAMPLES), ids=lambda each: each.kind)


def kept_example(journal: Journal, example: Record) -> Record:
    """Keep an example, after what it refers to beside the pair."""
    if isinstance(example, Measurement) and not journal.find(Goal):
        add(journal, EXAMPLES[Goal]())
    return add(journal, example)[0]


class Stopped(Exception):
    """Something that goes wrong in the middle of a command."""


def add(journal: Journal, *records: Record) -> list[Record]:
    with journal.transaction("test") as writing:
        return [writing.add(record) for record in records]


def add_and_stop(journal: Journal, record: Record) -> None:
    with journal.transaction("test") as writing:
        writing.add(record)
        raise Stopped


def change(journal: Journal, *records: Record) -> list[Record]:
    with journal.transaction("test") as writing:
        return [writing.change(record) for record in records]


def everything(journal: Journal) -> list[Record]:
    return [record for record_type in KINDS.values() for record in journal.find(record_type)]


@contextmanager
def left_as_it_was(journal: Journal) -> Iterator[None]:
    """Hold that no record, no line of the log and no byte of the file is another afterwards."""
    before = (everything(journal), journal.history(), journal.path.read_bytes())
    yield
    journal.close()
    assert (everything(journal), journal.history(), journal.path.read_bytes()) == before


# What comes back ---------------------------------------------------------------------------------


def test_every_kind_has_an_example_here() -> None:
    assert set(EXAMPLES) == set(KINDS.values())


@every_kind
def test_what_was_added_comes_back_equal(
    journal: Journal, aiko: Pair, record_type: type[Record]
) -> None:
    kept = kept_example(journal, EXAMPLES[record_type]())
    journal.close()

    found = journal.get(kept.id)

    assert found == kept
    assert found.id == f"{record_type.letter}{2 if record_type is Pair else 1}"
    assert journal.find(record_type)[-1] == kept


@every_kind
def test_adding_changes_nothing_of_what_was_given_but_id_and_instants(
    journal: Journal, aiko: Pair, record_type: type[Record]
) -> None:
    given = EXAMPLES[record_type]()

    kept = kept_example(journal, given)

    assert kept.with_changes(id="", created_at=None, updated_at=None) == given


def test_records_are_found_in_the_order_they_were_added(journal: Journal, aiko: Pair) -> None:
    texts = ["c", "a", "b"]

    add(journal, *(Question(pair="p1", text=text, asked_on=DAY) for text in texts))

    assert [question.text for question in journal.find(Question)] == texts


def test_a_record_is_found_by_its_id_in_any_case(journal: Journal, aiko: Pair) -> None:
    found = journal.get(" P1 ")

    assert found == aiko


@pytest.mark.parametrize(
    ("ref", "wanted", "kind"),
    [("p9", None, "pair"), ("m1", None, "meeting"), ("p1", "meeting", "meeting"), ("x1", None, None),
     ("p0", None, "pair"), ("p", "pair", "pair"), ("1", None, None), ("", None, None),
     ("p1; DROP TABLE pair", None, None), ("p" + "9" * 30, None, None)],
)  # fmt: skip
def test_an_id_that_names_nothing_is_refused(
    journal: Journal, aiko: Pair, ref: str, wanted: str | None, kind: str | None
) -> None:
    with pytest.raises(RecordNotFound) as caught:
        journal.get(ref, wanted)

    assert (caught.value.kind, caught.value.ref) == (kind, ref)


def test_ten_megabytes_of_notes_are_kept_exactly_and_so_is_their_undoing(
    journal: Journal, aiko: Pair
) -> None:
    notes = "目標 🎯\n" * 1_000_000
    (meeting,) = add(journal, Meeting(pair="p1", held_on=DAY, notes=notes))

    change(journal, meeting.with_changes(notes="short"))
    journal.undo()
    journal.close()

    assert len(notes.encode()) > 10_000_000
    assert journal.get("m1") == meeting
    assert journal.find(Meeting)[0].notes == notes


def test_another_program_sees_the_records_under_friendly_names(
    journal: Journal, aiko: Pair
) -> None:
    add(journal, Meeting(pair="p1", held_on=DAY, topics=("目標",)))
    journal.close()

    with closing(sqlite3.connect(journal.path)) as other:
        found = other.execute("SELECT id, partner, held_on, topics FROM meetings").fetchall()

    assert found == [("m1", "Aiko", "2026-11-22", '["目標"]')]


# Instants ----------------------------------------------------------------------------------------


def test_instants_are_kept_in_utc_to_the_microsecond(tmp_path: Path) -> None:
    tokyo = timezone(timedelta(hours=9))
    journal = Journal(
        tmp_path / "journal.db", lambda: datetime(2026, 11, 22, 8, 30, 0, 7, tzinfo=tokyo)
    )

    (pair,) = add(journal, EXAMPLES[Pair]())
    stored = journal.connection.execute("SELECT created_at, updated_at FROM pair").fetchone()
    journal.close()

    assert pair.created_at == pair.updated_at == datetime(2026, 11, 21, 23, 30, 0, 7, tzinfo=UTC)
    assert set(stored) == {"2026-11-21T23:30:00.000007Z"}


def test_every_instant_in_the_file_has_the_same_form(journal: Journal, aiko: Pair) -> None:
    change(journal, aiko.with_changes(alias="A"))
    journal.undo()
    pairs = journal.connection.execute("SELECT created_at, updated_at FROM pair").fetchone()
    writes = journal.connection.execute("SELECT at FROM writes").fetchall()

    instants = [*pairs, *(row[0] for row in writes)]

    form = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
    assert [instant for instant in instants if not form.fullmatch(instant)] == []


def test_everything_one_command_writes_has_the_same_instant(journal: Journal, aiko: Pair) -> None:
    kept = add(journal, EXAMPLES[Meeting](), EXAMPLES[Question](), EXAMPLES[Action]())

    written_at = journal.history()[0].at

    assert {record.created_at for record in kept} == {written_at}


def test_a_change_renews_when_it_was_updated_and_never_when_it_was_made(
    journal: Journal, aiko: Pair
) -> None:
    later = aiko.with_changes(alias="A", created_at=datetime(1999, 1, 1, tzinfo=UTC))

    (changed,) = change(journal, later)

    assert aiko.updated_at is not None
    assert changed.updated_at is not None
    assert changed.updated_at > aiko.updated_at
    assert changed.created_at == aiko.created_at
    assert journal.get("p1") == changed


def test_a_change_of_nothing_leaves_the_record_and_the_file_as_they_were(
    journal: Journal, aiko: Pair
) -> None:
    with left_as_it_was(journal):
        (same,) = change(journal, aiko.with_changes(updated_at=None))

    assert same == aiko


# Together or not at all --------------------------------------------------------------------------


def test_a_command_that_changes_nothing_leaves_no_line_in_the_log(
    journal: Journal, aiko: Pair
) -> None:
    with left_as_it_was(journal), journal.transaction("nothing"):
        pass


@pytest.mark.parametrize("exception", [Stopped, KeyboardInterrupt, NotPossible])
def test_a_command_that_is_stopped_half_way_leaves_nothing_of_it(
    journal: Journal, aiko: Pair, ben: Pair, exception: type[BaseException]
) -> None:
    """Fails when `_locked` commits in a `finally`, or a write is committed record by record."""

    def stopped_half_way() -> None:
        with journal.transaction("test") as writing:
            writing.add(EXAMPLES[Meeting]())
            writing.change(aiko.with_changes(alias="A"))
            writing.remove(ben)
            raise exception("test")

    with left_as_it_was(journal), pytest.raises(exception):
        stopped_half_way()


def test_a_first_command_that_is_stopped_half_way_leaves_an_empty_journal(
    journal: Journal,
) -> None:
    with pytest.raises(Stopped):
        add_and_stop(journal, EXAMPLES[Pair]())

    assert (everything(journal), journal.history()) == ([], [])


def test_a_journal_that_is_deleted_once_it_was_read_is_not_begun_anew(
    journal: Journal, aiko: Pair
) -> None:
    journal.close()
    assert journal.find(Pair) == [aiko]
    journal.path.unlink()

    with pytest.raises(JournalUnusable) as refusal:
        add(journal, EXAMPLES[Pair]())

    said = refusal.value
    assert (said.reason, said.path) == ("unreadable", str(journal.path))
    assert (said.detail, said.exit_code) == (os.strerror(errno.ENOENT), 74)
    assert not journal.path.exists()


def test_after_a_command_that_was_stopped_the_next_one_is_kept(
    journal: Journal, aiko: Pair
) -> None:
    with pytest.raises(Stopped):
        add_and_stop(journal, EXAMPLES[Question]())

    (question,) = add(journal, EXAMPLES[Question]())
    journal.close()

    assert journal.find(Question) == [question]


def test_an_identifier_that_is_there_already_is_refused_with_all_of_its_command(
    journal: Journal, aiko: Pair
) -> None:
    double = Pair(partner="Double", my_role="mentor", started_on=DAY, uid=aiko.uid)

    with left_as_it_was(journal), pytest.raises(sqlite3.IntegrityError):
        add(journal, EXAMPLES[Meeting](), double)


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "a\udcffb", "\ud83d", "ok \udfff"])
@every_kind
def test_text_that_cannot_be_kept_is_refused_before_anything_is_written(
    journal: Journal, aiko: Pair, record_type: type[Record], text: str
) -> None:
    kept = kept_example(journal, EXAMPLES[record_type]())
    named = [name for name, shape in shapes(record_type).items() if shape.holds in {"line", "text"}]
    listed = [name for name, shape in shapes(record_type).items() if shape.holds == "lines"]
    mapped = [
        (name, next(iter(shape.keys), "own"))
        for name, shape in shapes(record_type).items()
        if shape.each is not None and shape.each.holds == "text"
    ]
    values: list[tuple[str, object]] = [(name, text) for name in named]
    values += [(name, ("fine", text)) for name in listed]
    values += [(name, {key: text}) for name, key in mapped]
    refused = []

    def add_then_change(name: str, value: object) -> None:
        with journal.transaction("test") as writing:
            writing.add(EXAMPLES[Question]())
            writing.change(kept.with_changes(**{name: value}))

    with left_as_it_was(journal):
        for name, value in values:
            with pytest.raises(InvalidValue) as caught:
                add_then_change(name, value)
            refused.append((caught.value.field.partition(".")[0], caught.value.typed))

    assert refused == [(name, "") for name, _ in values]


@every_kind
def test_a_field_that_may_not_be_empty_is_refused_before_the_file_has_to(
    journal: Journal, aiko: Pair, record_type: type[Record]
) -> None:
    kept = kept_example(journal, EXAMPLES[record_type]())
    refused_by_the_file = []

    for name in shapes(record_type):
        try:
            change(journal, kept.with_changes(**{name: None}))
        except InvalidValue:
            pass
        except sqlite3.IntegrityError:
            refused_by_the_file.append(name)

    assert refused_by_the_file == []


# References --------------------------------------------------------------------------------------


@pytest.fixture
def meetings(journal: Journal, aiko: Pair, ben: Pair) -> tuple[Record, Record]:
    """The meetings m1 with Aiko and m2 with Ben."""
    first, second = add(journal, Meeting(pair="p1", held_on=DAY), Meeting(pair=ben.id, held_on=DAY))
    return first, second


def references() -> list[tuple[type[Record], str]]:
    """Return every field that refers to a record which belongs to a pair itself."""
    return [
        (record_type, name)
        for record_type in EXAMPLES
        for name, shape in shapes(record_type).items()
        if shape.refers_to not in {"", "pair"}
    ]


each_reference = pytest.mark.parametrize(
    ("record_type", "name"), references(), ids=lambda each: getattr(each, "kind", each)
)


@pytest.mark.parametrize(
    "record_type", [each for each in EXAMPLES if "pair" in shapes(each)], ids=lambda each: each.kind
)
@pytest.mark.parametrize("ref", ["p9", "m1", "Aiko", ""])
def test_a_pair_that_is_not_there_is_refused(
    journal: Journal, aiko: Pair, record_type: type[Record], ref: str
) -> None:
    with left_as_it_was(journal), pytest.raises(MentorlogError):
        add(journal, EXAMPLES[record_type]().with_changes(pair=ref))


@pytest.mark.usefixtures("meetings")
@each_reference
@pytest.mark.parametrize("ref", ["m9", "g9", "p1", "q1", "m0", "nonsense"])
@pytest.mark.parametrize("verb", [add, change])
def test_a_reference_to_what_is_not_there_is_refused(
    journal: Journal,
    record_type: type[Record],
    name: str,
    ref: str,
    verb: Callable[..., list[Record]],
) -> None:
    kept = kept_example(journal, EXAMPLES[record_type]())
    record = EXAMPLES[record_type]() if verb is add else kept

    with left_as_it_was(journal), pytest.raises(RecordNotFound) as caught:
        verb(journal, record.with_changes(**{name: ref}))

    wanted = shapes(record_type)[name].refers_to
    assert (caught.value.kind, caught.value.ref) == (wanted, ref)


@pytest.mark.usefixtures("meetings")
@pytest.mark.parametrize(
    ("record_type", "name"),
    [(kind, name) for kind, name in references() if shapes(kind)[name].refers_to == "meeting"],
    ids=lambda each: getattr(each, "kind", each),
)
@pytest.mark.parametrize("verb", [add, change])
def test_a_reference_to_a_record_of_another_pair_is_refused(
    journal: Journal, record_type: type[Record], name: str, verb: Callable[..., list[Record]]
) -> None:
    kept = kept_example(journal, EXAMPLES[record_type]())
    record = EXAMPLES[record_type]() if verb is add else kept

    with left_as_it_was(journal), pytest.raises(NotPossible) as caught:
        verb(journal, record.with_changes(**{name: "m2"}))

    refusal = caught.value
    assert (refusal.reason, refusal.record, refusal.words) == (
        "of-another-pair", "m2", {"pair": "p1"}
    )  # fmt: skip


def test_a_record_cannot_leave_what_refers_to_it_behind_in_another_pair(
    journal: Journal, meetings: tuple[Record, Record]
) -> None:
    add(journal, Action(pair="p1", text="read", owner="me", assigned_in="m1"))

    with left_as_it_was(journal), pytest.raises(NotPossible) as caught:
        change(journal, meetings[0].with_changes(pair="p2"))

    refusal = caught.value
    assert (refusal.reason, refusal.record, refusal.words) == (
        "of-another-pair", "m1", {"pair": "p1"}
    )  # fmt: skip


def test_a_record_can_refer_to_one_that_the_same_command_made(journal: Journal, aiko: Pair) -> None:
    with journal.transaction("meet") as writing:
        meeting = writing.add(EXAMPLES[Meeting]())
        action = writing.add(EXAMPLES[Action]().with_changes(assigned_in=meeting.id))

    assert journal.get(action.id) == action
    assert journal.find(Action)[0].assigned_in == meeting.id


def test_a_record_that_others_cannot_be_without_is_not_removed_alone(
    journal: Journal, meetings: tuple[Record, Record], aiko: Pair
) -> None:
    with (
        left_as_it_was(journal),
        pytest.raises(sqlite3.IntegrityError),
        journal.transaction("test") as writing,
    ):
        writing.remove(aiko)


# Changing and removing ---------------------------------------------------------------------------


@pytest.mark.parametrize("ref", ["q7", "m1"])
@pytest.mark.parametrize("verb", [Writing.change, Writing.remove])
def test_what_is_not_there_cannot_be_changed_or_removed(
    journal: Journal, aiko: Pair, verb: Callable[[Writing, Record], object], ref: str
) -> None:
    gone = EXAMPLES[Question]().with_changes(id=ref)

    def add_then_do() -> None:
        with journal.transaction("test") as writing:
            writing.add(EXAMPLES[Question]())
            verb(writing, gone)

    with left_as_it_was(journal), pytest.raises(RecordNotFound) as caught:
        add_then_do()

    assert (caught.value.kind, caught.value.ref) == ("question", ref)


@every_kind
def test_what_was_removed_is_gone_and_nothing_else(
    journal: Journal, aiko: Pair, record_type: type[Record]
) -> None:
    kept = kept_example(journal, EXAMPLES[record_type]())
    going = kept_example(journal, EXAMPLES[record_type]())
    before = everything(journal)

    with journal.transaction("delete") as writing:
        writing.remove(going)

    assert everything(journal) == [record for record in before if record != going]
    with pytest.raises(RecordNotFound):
        journal.get(going.id)
    assert journal.get(kept.id) == kept


@every_kind
@pytest.mark.parametrize("is_undone", [False, True])
def test_an_id_is_never_given_twice(
    journal: Journal, aiko: Pair, record_type: type[Record], is_undone: bool
) -> None:
    first = kept_example(journal, EXAMPLES[record_type]())
    if is_undone:
        journal.undo()
    else:
        with journal.transaction("delete") as writing:
            writing.remove(first)
    journal.close()

    second = kept_example(journal, EXAMPLES[record_type]())

    assert int(second.id[1:]) == int(first.id[1:]) + 1


# The file as the last guard ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE pair SET partner = ' '",
        "UPDATE pair SET my_role = 'friend'",
        "UPDATE pair SET state = NULL",
        "UPDATE pair SET term_ends_on = started_on",
        "UPDATE pair SET minutes = 1441",
        "UPDATE pair SET minutes = 'many'",
        "UPDATE pair SET uid = 'short'",
        "UPDATE meeting SET pair = 99",
        "UPDATE meeting SET pulse = 5",
        "UPDATE meeting SET topics = 'one'",
        "UPDATE meeting SET next_on = held_on",
        "UPDATE meeting SET is_kickoff = 2",
        "UPDATE meeting SET visibility = 'public'",
        "DELETE FROM pair",
    ],
)
def test_the_file_itself_refuses_what_the_program_could_not_read(
    journal: Journal, aiko: Pair, sql: str
) -> None:
    add(journal, EXAMPLES[Meeting]())
    journal.close()

    with closing(sqlite3.connect(journal.path)) as other:
        other.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(sql)


# What undo would take back -----------------------------------------------------------------------


def test_what_undo_would_take_back_is_the_command_that_was_typed(
    journal: Journal, aiko: Pair
) -> None:
    with journal.transaction("pair edit") as writing:
        writing.change(aiko.with_changes(alias="ai"))

    def would_undo() -> str:
        found = journal.next_undo()
        return "nothing" if found is None else f"{found.number} {found.command}"

    told = [would_undo()]
    for move in (journal.undo, journal.redo, journal.undo, journal.undo, journal.redo):
        undone, _write = move()
        told.append(would_undo())

    assert told == [
        "2 pair edit", "1 pair start", "2 pair edit", "1 pair start", "nothing", "1 pair start"
    ]  # fmt: skip
    assert undone.command == "pair start"


def test_in_a_journal_that_has_not_begun_undo_would_take_nothing_back(journal: Journal) -> None:
    assert journal.next_undo() is None
    assert not journal.exists()


def test_reading_where_there_is_no_journal_makes_no_file_anywhere(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert journal.find(Pair) == []
    with pytest.raises(RecordNotFound):
        journal.get("p1")
    assert list(tmp_path.iterdir()) == []
