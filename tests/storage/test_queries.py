"""Reads that cross records: the timeline against a plain sort, what is open, what refers to what."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.review import Review
from mentorlog.errors import NotPossible, RecordNotFound
from mentorlog.storage import queries
from mentorlog.storage.journal import Journal
from mentorlog.storage.timeline import Entry, Slice, timeline
from tests.conftest import Program

DAY = date(2026, 11, 22)
DAYS = timedelta(days=1)
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def add(journal: Journal, *records: Record) -> list[Record]:
    with journal.transaction("test") as writing:
        return [writing.add(record) for record in records]


def change(journal: Journal, *records: Record) -> list[Record]:
    with journal.transaction("test") as writing:
        return [writing.change(record) for record in records]


def ids(records: list[Record]) -> list[str]:
    return [record.id for record in records]


# The timeline against a plain sort ---------------------------------------------------------------


class Made(NamedTuple):
    """One record of a random journal, its pair and meeting as numbers to be taken modulo."""

    letter: str
    pair: int
    days: int
    meeting: int | None


made = st.builds(
    Made,
    letter=st.sampled_from(list(KINDS)),
    pair=st.integers(0, 2),
    days=st.integers(-2, 2),
    meeting=st.none() | st.integers(0, 5),
)
commands = st.lists(
    st.tuples(st.integers(-50, 50), st.lists(made, min_size=1, max_size=6)), min_size=1, max_size=6
)
days = (
    st.none()
    | st.integers(-3, 3).map(lambda offset: DAY + timedelta(offset))
    | st.sampled_from([date.min, date.max])
)
slices = st.builds(
    Slice,
    pair=st.none() | st.just("p1"),
    kinds=st.lists(st.sampled_from([each.kind for each in KINDS.values()]), unique=True).map(tuple),
    since=days,
    until=days,
    limit=st.none() | st.integers(0, 8),
)


def built(each: Made, pairs: list[str], meetings: dict[str, list[str]]) -> Record:
    """Return the record that is meant; the first of a pair's meetings may be in the same command."""
    pair = pairs[each.pair % len(pairs)] if pairs else ""
    day = DAY + timedelta(each.days)
    if each.letter == "p" or not pair:
        return Pair(partner="Somebody", my_role="mentee", started_on=day)
    known = meetings.get(pair, [])
    meeting = known[each.meeting % len(known)] if known and each.meeting is not None else None
    match each.letter:
        case "m":
            return Meeting(pair=pair, held_on=day)
        case "q":
            return Question(pair=pair, text="x", asked_on=day)
        case "a":
            return Action(pair=pair, text="x", owner="me", assigned_in=meeting)
        case _:
            return Insight(pair=pair, text="x", noticed_on=day, meeting=meeting)


@contextmanager
def random_journal(
    empty: Path, story: list[tuple[int, list[Made]]]
) -> Iterator[tuple[Journal, list[Record]]]:
    """Make a journal of these commands, each at its own hour: the clock may go back."""
    hour = 0
    with TemporaryDirectory(dir=empty.parent) as folder:
        path = Path(shutil.copy(empty, folder))
        journal = Journal(path, lambda: START + timedelta(hours=hour))
        pairs, meetings, kept = list[str](), dict[str, list[str]](), list[Record]()
        with closing(journal):
            for offset, items in story:
                hour = offset
                with journal.transaction("test") as writing:
                    for item in items:
                        record = writing.add(built(item, pairs, meetings))
                        kept.append(record)
                        if isinstance(record, Pair):
                            pairs.append(record.id)
                        elif isinstance(record, Meeting):
                            meetings.setdefault(record.pair, []).append(record.id)
            yield journal, kept


def plainly_sorted(records: list[Record], wanted: Slice) -> list[tuple[date, str]]:
    """Return what the timeline has to be, by the rule in words: newest day first, then newest
    command, then in the order of the kinds, then in the order they were made."""
    held_on = {record.id: record.held_on for record in records if isinstance(record, Meeting)}
    places = {record_type: place for place, record_type in enumerate(KINDS.values())}

    def day_of(record: Record) -> date:
        meeting = getattr(record, "assigned_in", None)
        day = held_on[meeting] if meeting else getattr(record, record.dated_by)
        return day.astimezone().date() if isinstance(day, datetime) else day

    def is_wanted(record: Record) -> bool:
        pair = record.id if isinstance(record, Pair) else getattr(record, "pair", "")
        return (
            (wanted.pair is None or pair == wanted.pair)
            and (not wanted.kinds or record.kind in wanted.kinds)
            and (wanted.since is None or day_of(record) >= wanted.since)
            and (wanted.until is None or day_of(record) <= wanted.until)
        )

    def newest_first(record: Record) -> tuple[int, float, int, int]:
        at = record.created_at.timestamp() if record.created_at else 0.0
        return -day_of(record).toordinal(), -at, places[type(record)], int(record.id[1:])

    found = sorted((record for record in records if is_wanted(record)), key=newest_first)
    return [(day_of(record), record.id) for record in found][: wanted.limit]


@pytest.fixture(scope="module")
def empty(quick_folder: Path) -> Path:
    """A journal with its tables and nothing in them, to begin every example from."""
    path = quick_folder / "queries" / "journal.db"
    journal = Journal(path)
    add(journal, Pair(partner="Nobody", my_role="mentee", started_on=DAY))
    journal.undo()
    journal.connection.execute("DELETE FROM sqlite_sequence")
    journal.close()
    return path


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(story=commands, wanted=st.lists(slices, min_size=4, max_size=12))
def test_every_slice_of_the_timeline_is_what_a_plain_sort_gives(
    empty: Path, story: list[tuple[int, list[Made]]], wanted: list[Slice]
) -> None:
    with random_journal(empty, story) as (journal, records):
        for each in (each._replace(limit=None) for each in wanted):
            found = [(entry.day, entry.record.id) for entry in timeline(journal, each)]

            assert found == plainly_sorted(records, each)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(story=commands, wanted=st.lists(slices, min_size=4, max_size=12))
def test_a_limit_cuts_the_timeline_short_and_changes_nothing_else(
    empty: Path, story: list[tuple[int, list[Made]]], wanted: list[Slice]
) -> None:
    with random_journal(empty, story) as (journal, _):
        for each in wanted:
            whole = timeline(journal, each._replace(limit=None))
            found = timeline(journal, each)

            assert found == whole[: each.limit]


# The timeline in examples ------------------------------------------------------------------------


def test_an_action_made_in_a_meeting_stands_on_the_day_of_the_meeting(
    journal: Journal, aiko: Pair
) -> None:
    long_ago = date(2026, 3, 1)
    add(journal, Meeting(pair="p1", held_on=long_ago))
    add(journal, Action(pair="p1", text="in it", owner="me", assigned_in="m1"))
    add(journal, Action(pair="p1", text="between", owner="me"))

    found = [(entry.day, entry.record.id) for entry in timeline(journal, Slice())]

    assert found == [(DAY, "a2"), (aiko.started_on, "p1"), (long_ago, "a1"), (long_ago, "m1")]


def test_what_one_command_made_keeps_its_order_however_short_the_timeline_is(
    journal: Journal, aiko: Pair
) -> None:
    add(
        journal,
        Meeting(pair="p1", held_on=DAY),
        *(Question(pair="p1", text=f"{number}", asked_on=DAY) for number in range(1, 5)),
        *(Action(pair="p1", text="x", owner="me", assigned_in="m1") for _ in range(2)),
    )
    order = ["m1", "q1", "q2", "q3", "q4", "a1", "a2"]

    found = {
        limit: [entry.record.id for entry in timeline(journal, Slice(limit=limit))]
        for limit in range(8)
    }

    assert found == {limit: order[:limit] for limit in range(8)}


def test_since_and_until_are_part_of_what_they_bound(journal: Journal, aiko: Pair) -> None:
    for offset in range(-2, 3):
        day = DAY + timedelta(offset)
        add(journal, Question(pair="p1", text="x", asked_on=day))
    add(journal, Action(pair="p1", text="made today", owner="me"))

    found = timeline(journal, Slice(since=DAY - timedelta(1), until=DAY))

    assert [entry.record.id for entry in found] == ["a1", "q3", "q2"]


def test_the_timeline_of_a_pair_that_is_not_there_is_empty(journal: Journal, aiko: Pair) -> None:
    found = timeline(journal, Slice(pair="p9"))

    assert found == []


@pytest.mark.parametrize("day", ["soon", "2026-02-30", ""])
def test_an_action_whose_meeting_another_program_gave_no_day_is_named(
    journal: Journal, aiko: Pair, day: str
) -> None:
    add(journal, Meeting(pair="p1", held_on=DAY))
    add(journal, Action(pair="p1", text="x", owner="me", assigned_in="m1"))
    journal.close()
    with closing(sqlite3.connect(journal.path)) as raw:
        raw.execute("UPDATE meeting SET held_on = ?", (day,))
        raw.commit()

    with pytest.raises(NotPossible) as caught:
        timeline(journal, Slice(kinds=("action",)))

    refusal = caught.value
    assert (refusal.reason, refusal.record, refusal.words) == (
        "record-damaged", "a1", {"name": "action"}
    )  # fmt: skip


def test_what_another_program_left_without_the_goal_it_belongs_by_is_not_in_the_timeline(
    journal: Journal, aiko: Pair
) -> None:
    add(journal, *(Goal(pair="p1", statement=text) for text in ("read", "write")))
    add(journal, *(Measurement(goal=goal, taken_on=DAY, value=1.0) for goal in ("g1", "g2")))
    journal.close()
    with closing(sqlite3.connect(journal.path)) as raw:
        raw.execute("DELETE FROM goal WHERE number = 1")
        raw.commit()

    found = timeline(journal, Slice(kinds=("goal", "measurement")))

    assert sorted(entry.record.id for entry in found) == ["g2", "n2"]


def test_a_measurement_stands_in_the_timeline_with_its_goal_and_that_ones_pair(
    journal: Journal, aiko: Pair
) -> None:
    goal, reading, meeting = add(
        journal,
        Goal(pair="p1", statement="read"),
        Measurement(goal="g1", taken_on=DAY, value=1.0),
        Meeting(pair="p1", held_on=DAY),
    )

    found = timeline(journal, Slice(kinds=("measurement", "meeting")))

    assert set(found) == {Entry(DAY, reading, "p1", goal), Entry(DAY, meeting, "p1", None)}


def test_the_timeline_of_a_journal_that_is_not_there_is_empty(journal: Journal) -> None:
    found = timeline(journal, Slice(limit=20))

    assert found == []
    assert not journal.path.exists()


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", date(2026, 11, 22)), ("AHEAD-20", date(2026, 11, 23))]
)
def test_an_action_of_no_meeting_stands_on_the_day_it_was_here_and_is_bounded_by_it(
    journal: Journal,
    aiko: Pair,
    monkeypatch: pytest.MonkeyPatch,
    zone: str,
    day: date,
) -> None:
    add(journal, Action(pair="p1", text="x", owner="me"))
    monkeypatch.setenv("TZ", zone)
    time.tzset()

    found = {
        (since, until): timeline(
            journal, Slice(kinds=("action",), since=day + since * DAYS, until=day + until * DAYS)
        )
        for since, until in ((0, 0), (-1, 1), (-1, -1), (1, 1))
    }
    monkeypatch.undo()
    time.tzset()

    entry = Entry(day, journal.get("a1"), "p1")
    assert found == {(0, 0): [entry], (-1, 1): [entry], (-1, -1): [], (1, 1): []}


def test_an_action_made_today_stands_under_today_wherever_today_is(mentorlog: Program) -> None:
    zone = "AAA12" if datetime.now(UTC).hour < 12 else "AAA-12"  # where it is another day now
    here = {"TZ": zone, "MENTORLOG_TODAY": ""}
    mentorlog("pair", "start", "Aiko", "--as", "mentee", environment=here)
    mentorlog("action", "add", "read", environment=here)
    mentorlog("ask", "why?", environment=here)

    shown = mentorlog("log", environment=here)

    days = [line for line in shown.out.splitlines() if line and not line.startswith(" ")]
    assert len(days) == 1


# How the timeline is read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        Slice(limit=20),
        Slice(pair="p1", limit=20),
        Slice(since=DAY, until=DAY, limit=20),
        Slice(pair="p1", since=DAY, limit=20),
        Slice(kinds=("action", "question"), limit=20),
        Slice(pair="p1", kinds=("insight",), until=DAY, limit=20),
    ],
    ids=str,
)
def test_a_short_timeline_is_read_off_indexes_without_sorting_all_there_is(
    journal: Journal, aiko: Pair, wanted: Slice
) -> None:
    """Fails when an index of a day is dropped from the schema, or a part is ordered otherwise.

    Sorting what one command wrote, the "right part" of the order, is not sorting all there is.
    """
    seen: list[str] = []
    journal.connection.set_trace_callback(seen.append)
    timeline(journal, wanted)
    journal.connection.set_trace_callback(None)
    (sql,) = [each for each in seen if "LIMIT" in each]

    plan = journal.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()

    parts = {row["id"] for row in plan if row["detail"].startswith("CO-ROUTINE")}
    steps = [row["detail"] for row in plan if row["parent"] in parts]
    assert [step for step in steps if step == "USE TEMP B-TREE FOR ORDER BY"] == []
    assert [step for step in steps if step.startswith("SCAN") and "INDEX" not in step] == []
    assert len(steps) >= len(parts) > 0


# What is open ------------------------------------------------------------------------------------


@pytest.fixture
def moved(journal: Journal, aiko: Pair, ben: Pair) -> Journal:
    """A journal with questions, actions and advice of two pairs in every state."""
    add(journal, Meeting(pair="p1", held_on=DAY), Meeting(pair="p1", held_on=DAY - timedelta(7)))
    with journal.transaction("test") as writing:
        for pair in ("p1", "p2"):
            for state in ("open", "raised", "dropped"):
                writing.add(Question(pair=pair, text="x", asked_on=DAY, state=state))
            for is_advice in (False, True):
                for state in ("open", "done", "dropped"):
                    action = Action(pair=pair, text="x", owner="me", state=state)
                    writing.add(action.with_changes(is_advice=is_advice))
        writing.add(
            Action(pair="p1", text="x", owner="me", is_advice=True, state="done", outcome="worked")
        )
    return journal


def test_what_is_open_with_a_pair_is_all_that_waits_and_nothing_of_another(moved: Journal) -> None:
    found = {pair: queries.open_items(moved, pair) for pair in ("p1", "p2")}

    assert {pair: [[each.id for each in part] for part in items[:3]] for pair, items in found.items()} \
        == {"p1": [["q1"], ["a1"], ["a4", "a5"]], "p2": [["q4"], ["a7"], ["a10", "a11"]]}  # fmt: skip


def test_nothing_is_open_with_a_pair_that_is_not_there(moved: Journal) -> None:
    found = queries.open_items(moved, "p9")

    assert found == ([], [], [], 0)


@pytest.mark.parametrize("most", [0, 1, 2, 3, 5, 7])
def test_the_first_of_what_is_open_are_those_of_all_of_it_and_the_rest_is_counted(
    moved: Journal, most: int
) -> None:
    """Fails when what is left out is miscounted, or another order picks what is read."""
    days = [DAY, None, DAY - timedelta(2), DAY]
    add(moved, *(Action(pair="p1", text="x", owner="partner", due_on=day) for day in days))
    add(moved, *(Question(pair="p1", text="x", asked_on=day) for day in (DAY, DAY - timedelta(1))))
    add(moved, *(Action(pair="p1", text="x", owner="me", is_advice=True) for _each in range(2)))

    for read in (
        queries.open_questions,
        queries.untold_advice,
        lambda journal, pair, most=None: queries.open_actions(journal, pair, "partner", most),
    ):
        every, few = read(moved, "p1"), read(moved, "p1", most)

        assert every.unread == 0
        assert few.read == every.read[:most]
        assert few.unread == max(0, len(every.read) - most)


def test_advice_is_untold_as_the_records_themselves_say(journal: Journal, aiko: Pair) -> None:
    """Fails when advice that was opened again with a word on its outcome is left out, or what was told comes."""
    for state, is_advice, outcome in product(
        ("open", "done", "dropped"), (False, True), (None, "It worked")
    ):
        action = Action(pair="p1", text="x", owner="me", state=state, is_advice=is_advice)
        add(journal, action.with_changes(outcome=outcome))

    found = queries.untold_advice(journal, "p1").read

    assert found == [each for each in journal.find(Action) if each.is_untold]
    assert len(found) == 3


def test_actions_of_one_side_come_by_their_due_day_those_without_one_last(
    journal: Journal, aiko: Pair
) -> None:
    days = [DAY, None, DAY - timedelta(2), DAY + timedelta(1), None, DAY]
    add(journal, *(Action(pair="p1", text="x", owner="me", due_on=day) for day in days))
    add(journal, Action(pair="p1", text="x", owner="partner", due_on=DAY))

    found = queries.open_actions(journal, "p1", "me")

    assert [action.id for action in found.read] == ["a3", "a1", "a6", "a4", "a2", "a5"]


def test_what_is_overdue_is_counted_as_the_records_themselves_say(
    journal: Journal, aiko: Pair
) -> None:
    """Fails when an action that is due today counts, or one that is done, or advice."""
    for state, owner, is_advice, days in product(
        ("open", "done", "dropped"), ("me", "partner"), (False, True), (-1, 0, 1, None)
    ):
        due_on = None if days is None else DAY + timedelta(days)
        action = Action(pair="p1", text="x", owner=owner, is_advice=is_advice, due_on=due_on)
        add(journal, action.with_changes(state=state))

    found = queries.count_overdue(journal, "p1", DAY)

    actions = journal.find(Action)
    assert found == sum(each.is_overdue(DAY) and not each.is_advice for each in actions) == 2


@pytest.mark.parametrize("ref", ["m1", "nonsense"])
@pytest.mark.parametrize(
    "query",
    [queries.open_items, queries.actions, queries.last_meetings,
     lambda journal, ref: timeline(journal, Slice(pair=ref))],
)  # fmt: skip
def test_what_is_no_pair_is_refused(
    moved: Journal, query: Callable[[Journal, str], object], ref: str
) -> None:
    with pytest.raises(RecordNotFound) as refusal:
        query(moved, ref)

    assert (refusal.value.kind, refusal.value.ref) == ("pair", ref)


def test_actions_come_by_their_day_those_without_one_last(journal: Journal, aiko: Pair) -> None:
    days = [DAY, None, DAY - timedelta(2), DAY + timedelta(1), None, DAY]
    add(journal, *(Action(pair="p1", text="x", owner="me", due_on=day) for day in days))

    found = queries.actions(journal, "p1")

    assert [action.id for action in found] == ["a3", "a1", "a6", "a4", "a2", "a5"]
    assert queries.actions(journal, None, limit=2) == found[:2]


def test_of_all_actions_the_open_ones_come_first(moved: Journal) -> None:
    open_ones = [action.id for action in queries.actions(moved, None)]

    found = [action.id for action in queries.actions(moved, None, everything=True)]

    assert open_ones == ["a1", "a4", "a7", "a10"]
    assert found[:4] == open_ones
    assert sorted(found) == sorted(action.id for action in moved.find(Action))


def test_the_last_meeting_is_the_one_held_last_not_the_one_written_last(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    held = [DAY - timedelta(7), DAY, DAY - timedelta(1), DAY]
    add(journal, *(Meeting(pair="p1", held_on=day) for day in held))
    add(journal, Meeting(pair="p2", held_on=DAY + timedelta(1)))

    found = [meeting.id for meeting in queries.last_meetings(journal, "p1", 3)]

    assert found == ["m4", "m2", "m3"]
    assert [meeting.id for meeting in queries.last_meetings(journal, "p1")] == ["m4"]


def test_the_first_meeting_is_the_one_held_first(journal: Journal, aiko: Pair, ben: Pair) -> None:
    before = queries.first_met_on(journal, "p1")
    add(journal, *(Meeting(pair="p1", held_on=DAY + day * DAYS) for day in (1, -2, 0)))
    add(journal, Meeting(pair="p2", held_on=DAY - 9 * DAYS))

    assert (before, queries.first_met_on(journal, "p1")) == (None, DAY - 2 * DAYS)


def test_the_last_decided_review_is_none_without_a_decision(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    for days, decision in ((-9, "extend"), (-5, "continue"), (-3, None), (0, None)):
        day = DAY + days * DAYS
        add(journal, Review(pair="p1", from_on=day, to_on=day, decision=decision))

    found = [
        queries.last_decided_review(journal, pair, *by)
        for pair, *by in (("p1",), ("p1", DAY - 6 * DAYS), ("p1", DAY - 10 * DAYS), ("p2",))
    ]

    assert [each and each.id for each in found] == ["v2", "v1", None, None]


def test_what_is_measured_noticed_or_reviewed_is_movement(journal: Journal, aiko: Pair) -> None:
    add(journal, Goal(pair="p1", statement="Read"))
    moved = [queries.last_moved_on(journal, "p1")]
    for record in (
        Insight(pair="p1", text="aha", noticed_on=DAY - 9 * DAYS),
        Measurement(goal="g1", taken_on=DAY - 7 * DAYS, value=1.0),
        Review(pair="p1", from_on=DAY - 9 * DAYS, to_on=DAY - 5 * DAYS),
    ):
        add(journal, record)
        moved.append(queries.last_moved_on(journal, "p1"))

    assert moved == [None, DAY - 9 * DAYS, DAY - 7 * DAYS, DAY - 5 * DAYS]


# What refers to what -----------------------------------------------------------------------------


@pytest.fixture
def woven(journal: Journal, aiko: Pair, ben: Pair) -> Journal:
    """A journal in which records refer to the meeting m1 in every way there is."""
    add(journal, Meeting(pair="p1", held_on=DAY), Meeting(pair="p1", held_on=DAY))
    add(
        journal,
        Action(pair="p1", text="made", owner="me", assigned_in="m1"),
        Action(pair="p1", text="both", owner="me", is_advice=True, assigned_in="m1", told_in="m1"),
        Action(pair="p1", text="elsewhere", owner="me", assigned_in="m2", told_in="m1"),
        Question(pair="p1", text="raised", asked_on=DAY, state="raised", raised_in="m1"),
        Question(pair="p1", text="open", asked_on=DAY),
        Insight(pair="p1", text="aha", noticed_on=DAY, meeting="m1"),
        Insight(pair="p1", text="between", noticed_on=DAY),
    )
    return journal


def test_what_a_meeting_made_or_closed_is_found_once_each(woven: Journal) -> None:
    found = ids(queries.made_in(woven, "m1"))

    assert found == ["q1", "a1", "a2", "a3", "i1"]


def test_what_refers_to_a_record_is_found_with_the_field_that_does(woven: Journal) -> None:
    found = queries.referring(woven, woven.get("m1"))

    assert [(name, is_required, record.id) for name, is_required, record in found] == [
        ("raised_in", False, "q1"),
        ("assigned_in", False, "a1"),
        ("assigned_in", False, "a2"),
        ("told_in", False, "a2"),
        ("told_in", False, "a3"),
        ("meeting", False, "i1"),
    ]


def test_everything_of_a_pair_cannot_be_without_it(woven: Journal) -> None:
    found = queries.referring(woven, woven.get("p1"))

    assert {(name, is_required) for name, is_required, _ in found} == {("pair", True)}
    assert [record.id for _, _, record in found] == [
        "m1", "m2", "q1", "q2", "a1", "a2", "a3", "i1", "i2",
    ]  # fmt: skip
    assert queries.referring(woven, woven.get("p2")) == []


def test_a_record_is_found_by_the_identifier_it_has_everywhere(woven: Journal) -> None:
    meeting = woven.get("m1")

    found = [
        queries.with_uid(woven, Meeting, meeting.uid),
        queries.with_uid(woven, Pair, meeting.uid),
        queries.with_uid(woven, Meeting, "0" * 32),
    ]

    assert found == [meeting, None, None]


def test_the_last_pulses_are_those_of_meetings_and_reviews_by_their_days(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        for on, pulse in ((1, 1), (9, 2), (5, None), (3, 3)):
            writing.add(Meeting(pair=aiko.id, held_on=date(2026, 11, on), pulse=pulse))
        for on, pulse in ((2, 4), (8, 1), (7, None)):
            day = date(2026, 11, on)
            writing.add(Review(pair=aiko.id, from_on=day, to_on=day, pulse=pulse))
        writing.add(Meeting(pair=ben.id, held_on=date(2026, 11, 20), pulse=4))

    assert [each.id for each in queries.last_pulses(journal, aiko.id)] == ["m2", "v2", "m4"]
    assert [each.id for each in queries.last_pulses(journal, aiko.id, limit=9)] == [
        "m2", "v2", "m4", "v1", "m1"
    ]  # fmt: skip
    assert [each.id for each in queries.last_pulses(journal, ben.id)] == ["m5"]
