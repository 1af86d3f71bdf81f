"""Our own export, read back: exactly, or not at all."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.reading_order import reading_order
from mentorlog.domain.record import Record
from mentorlog.errors import InvalidValue, Place
from mentorlog.importers.mentorlog_json import read
from mentorlog.storage.journal import Journal
from mentorlog.workflows.importing import bring_in
from tests.importers.exported import as_json, exported, line, written
from tests.importers.random_journals import records as random_records
from tests.importers.reading import document, refused, source
from tests.proofs import Proved

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
UIDS = [f"{number:032x}" for number in range(10)]


def pair(**changes: Any) -> dict[str, Any]:
    given = Pair(
        id="p1", uid=UIDS[1], partner="Aiko", my_role="mentee", started_on=date(2026, 11, 1),
        cadence="2w tue", created_at=AT, updated_at=AT,
    )  # fmt: skip
    return as_json(given) | changes


def meeting(**changes: Any) -> dict[str, Any]:
    given = Meeting(
        id="m7", uid=UIDS[2], pair=UIDS[1], held_on=date(2026, 11, 2), topics=("a", "b"),
        notes="They were late", created_at=AT, updated_at=AT,
    )  # fmt: skip
    return as_json(given) | changes


def goal(**changes: Any) -> dict[str, Any]:
    given = Goal(
        id="g1", uid=UIDS[3], pair=UIDS[1], statement="Read", target=12.0, created_at=AT, updated_at=AT,
        revisions=(
            {"revised_on": "2026-11-03", "did": "revised", "because": None,
             "before": {"target": 10, "due_on": None}},
        ),
    )  # fmt: skip
    return as_json(given) | changes


def imported_twice(folder: Path, text: str) -> tuple[list[str], int]:
    """Bring an export into a journal that was never written to, and again: that one's exports, and what came."""
    journal = Journal(folder / "journal.db", lambda: AT)
    try:
        bring_in(journal, read(source(text)))
        once = exported(journal)
        again = bring_in(journal, read(source(text)))
        return [once, exported(journal)], len(again.ids)
    finally:
        journal.close()


# Exactly ---------------------------------------------------------------------------------------


@pytest.mark.proofs(8)
def test_a_random_journal_comes_out_as_it_went_in_byte_for_byte(proved: Proved) -> None:
    """Fails when `_number` of storage/dump.py writes fifteen digits, when `Arrivals` gives a blank journal
    numbers of its own, when it stamps instants anew, and when it passes over no known uid."""
    order, seen = reading_order(), Counter[str]()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  (a disk would be slow)

    @seed(8)
    @settings(max_examples=100, deadline=None, database=None)
    @given(random_records())
    def hold(given: list[Record]) -> None:
        in_order = sorted(given, key=lambda each: (order.index(each.kind), int(each.id[1:])))
        text = written(line(as_json(each)) for each in in_order)

        with TemporaryDirectory(dir=memory) as folder:
            exports, came_again = imported_twice(Path(folder), text)

        assert exports == [text, text]
        assert came_again == 0
        seen.update({"journals": 1, "records": len(given), "bytes": len(text.encode())})

    hold()

    proved(
        f"{seen['journals']} random journals with {seen['records']:,} records of every kind: export, import,"
        f" export: {seen['bytes']:,} bytes, 0 differ; imported again: 0 added"
    )


def test_every_kind_comes_in_with_its_number_its_instants_and_its_references(
    tmp_path: Path,
) -> None:
    action = Action(
        id="a40", uid=UIDS[4], pair=UIDS[1], text="Read", owner="me", assigned_in=UIDS[2],
        goal=UIDS[3], created_at=AT, updated_at=AT,
    )  # fmt: skip
    text = document(pair(), meeting(), goal(), as_json(action))
    journal = Journal(tmp_path / "journal.db")

    done = bring_in(journal, read(source(text)))

    kept = journal.get("a40")
    assert list(done.ids) == ["p1", "m7", "g1", "a40"]
    assert kept == Action(**vars(action) | {"pair": "p1", "assigned_in": "m7", "goal": "g1"})
    journal.close()


def test_a_goal_keeps_what_it_said_before(tmp_path: Path) -> None:
    (entry,) = goal()["revisions"]

    (_pair, (_place, found)) = read(source(document(pair(), goal())))

    assert isinstance(found, Goal)
    assert found.revisions == (entry,)
    assert found.target == 12


def test_a_record_comes_with_its_place_so_that_the_journal_can_name_it_too() -> None:
    text = json.dumps(json.loads(document(pair(), meeting())), indent=1)
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line == "  {"]

    places = [place for place, _record in read(source(text))]

    assert places == [Place(1, lines[0], "pair"), Place(2, lines[1], "meeting")]


# Not at all ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"format": "mentorlog/2"}, "other-version"),
        ({"format": "other"}, "not-this-export"),
        ({"format": 1}, "not-this-export"),
        ({"document": "status"}, "not-this-export"),
        ({"audience": "partner"}, "for-others"),
        ({"audience": "programme"}, "for-others"),
        ({"audience": None}, "not-this-export"),
        ({"figures": {}}, "not-this-export"),
    ],
    ids=str,
)
def test_only_a_whole_export_for_oneself_of_this_version_is_read(
    header: dict[str, Any], reason: str
) -> None:
    assert refused(read(source(document(pair(), **header)))).reason == reason


def test_a_document_without_one_of_its_members_is_refused() -> None:
    for member in ("format", "document", "audience", "since", "until", "records"):
        given = json.loads(document(pair()))
        del given[member]

        assert refused(read(source(json.dumps(given)))).reason == "not-this-export", member


def test_what_a_document_says_of_itself_has_to_come_before_its_records() -> None:
    given = json.loads(document(pair()))
    turned = dict(reversed(given.items()))

    assert refused(read(source(json.dumps(turned)))).reason == "not-this-export"


@pytest.mark.parametrize("made", [pair, meeting, goal], ids=lambda made: made.__name__)
def test_a_key_too_many_or_too_few_is_refused(made: Any) -> None:
    value = made()
    for key in value.keys() - {"kind"}:
        lacking = {name: each for name, each in value.items() if name != key}

        refusal = refused(read(source(document(lacking)))).refusal

        assert isinstance(refusal, InvalidValue)
        assert (refusal.field, refusal.typed, refusal.reason) == (key, "", "key-missing")
    more = refused(read(source(document(value | {"mood": "x"})))).refusal
    assert isinstance(more, InvalidValue)
    assert (more.field, more.typed, more.reason) == ("", "", "key-unknown")
    assert sorted(more.allowed) == sorted(value)


WRONG: list[tuple[str, Any]] = [
    ("id", "m1"), ("id", "p0"), ("id", "p01"), ("id", "p1234567890123"), ("id", 1), ("id", ""),
    ("id", "ｐ１"),
    ("uid", "x" * 32), ("uid", "A" * 32), ("uid", "0" * 31), ("uid", None),
    ("partner", 5), ("partner", None), ("partner", " "), ("partner", "two\nlines"), ("partner", ["x"]),
    ("alias", {"a": 1}), ("alias", "m1"), ("my_role", "friend"), ("my_role", ["mentor"]),
    ("started_on", "20261101"), ("started_on", "2026-W01-1"), ("started_on", 20261101),
    ("started_on", "2026-02-30"), ("started_on", "2026-11-01T00:00"), ("started_on", None),
    ("cadence", "sometimes"), ("cadence", 2), ("minutes", "50"), ("minutes", 0), ("minutes", 1.5),
    ("minutes", True), ("minutes", 10**30), ("channel", "pigeon"), ("term_ends_on", "2026-10-01"),
    ("state", None), ("state", "gone"), ("pauses", None), ("pauses", {}), ("pauses", ["x"]),
    ("pauses", [{"from_on": "x", "until_on": None}]), ("pauses", [{"from_on": "2026-11-02"}]),
    ("pauses", [{"from_on": "2026-11-02", "until_on": None, "why": "secret"}]),
    ("pauses", [{"from_on": 5, "until_on": None}]),
    ("visibility", "public"), ("visibility", None),
    ("created_at", None), ("created_at", "2026-11-22"), ("created_at", "2026-11-22T09:30:00Z"),
    ("created_at", "2026-11-22T09:30:00.000000+00:00"), ("created_at", "2026-13-22T09:30:00.000000Z"),
    ("updated_at", 5),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), WRONG, ids=str)
def test_a_value_that_a_field_cannot_hold_is_refused_under_its_key(key: str, value: Any) -> None:
    refusal = refused(read(source(document(meeting(), pair(**{key: value})))))

    assert isinstance(refusal.refusal, InvalidValue)
    assert refusal.refusal.field == key
    assert refusal.place == Place(entry=2, line=1, kind="pair")


@pytest.mark.parametrize(
    ("made", "key", "value"),
    [
        (meeting, "pair", "p1"), (meeting, "pair", None), (meeting, "pair", 1), (meeting, "topics", None),
        (meeting, "topics", "a"), (meeting, "topics", [1]), (meeting, "is_kickoff", 0),
        (meeting, "is_kickoff", None), (meeting, "start_time", "25:00"), (meeting, "start_time", 930),
        (meeting, "next_on", "2026-11-02"), (meeting, "notes", "a\x00b"), (meeting, "pulse", 5),
        (goal, "levels", []), (goal, "levels", {"0": "x"}), (goal, "levels", {"0": 1}),
        (goal, "baseline", "1"), (goal, "baseline", True), (goal, "baseline", 1e16),
        (goal, "revisions", [{}]), (goal, "revisions", None), (goal, "target", {}),
    ],
    ids=lambda given: getattr(given, "__name__", str(given)),  # the same in every process
)  # fmt: skip
def test_so_is_one_of_another_kind(made: Any, key: str, value: Any) -> None:
    refusal = refused(read(source(document(made(**{key: value}))))).refusal

    assert isinstance(refusal, InvalidValue)
    assert refusal.field.partition(".")[0] == key


@pytest.mark.parametrize(
    ("made", "key", "value", "reason"),
    [
        (pair, "id", "m1", "not-an-id"), (pair, "id", "p0", "not-an-id"), (pair, "id", 1, "not-an-id"),
        (pair, "uid", "x", "not-a-uid"), (meeting, "pair", "p1", "not-a-uid"),
        (meeting, "held_on", "20261102", "not-a-day"), (meeting, "held_on", 5, "not-a-day"),
        (meeting, "topics", "a", "not-lines"), (meeting, "topics", [1], "not-lines"),
        (goal, "levels", [], "not-a-map"), (goal, "revisions", {}, "not-entries"),
        (pair, "pauses", [{"from_on": "2026-11-02"}], "not-entries"),
        (pair, "created_at", "2026-11-22", "not-an-instant"),
        (pair, "updated_at", "2026-13-22T09:30:00.000000Z", "not-an-instant"),
    ],
    ids=lambda given: getattr(given, "__name__", str(given)),  # the same in every process
)  # fmt: skip
def test_what_is_refused_here_is_named_with_its_reason_and_never_repeated(
    made: Any, key: str, value: Any, reason: str
) -> None:
    refusal = refused(read(source(document(made(**{key: value}))))).refusal

    assert isinstance(refusal, InvalidValue)
    assert (refusal.field, refusal.typed, refusal.reason) == (key, "", reason)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"revised_on": None}, ("revisions", "not-entries")),
        ({"revised_on": "soon"}, ("revisions", "not-a-day")),
        ({"revised_on": 1}, ("revisions", "not-a-day")),
        ({"did": "sold"}, ("revisions", "not-entries")),
        ({"did": []}, ("revisions", "not-entries")),
        ({"because": 1}, ("because", "not-a-text")),
        ({"before": None}, ("revisions", "not-entries")),
        ({"before": {"pair": "p1"}}, ("revisions", "not-entries")),
        ({"before": {"target": "x"}}, ("target", "not-a-quantity")),
        ({"before": {"due_on": "x"}}, ("due_on", "not-a-day")),
        ({"before": {"levels": []}}, ("levels", "not-a-map")),
        ({"before": {"state": "sold"}}, ("state", "not-a-choice")),
        ({"before": {"statement": None}}, ("statement", "required")),
        ({"more": 1}, ("revisions", "not-entries")),
    ],
    ids=str,
)
def test_what_a_goal_said_before_has_to_be_what_a_goal_can_say(
    changes: dict[str, Any], named: tuple[str, str]
) -> None:
    (entry,) = goal()["revisions"]

    refusal = refused(read(source(document(goal(revisions=[entry | changes]))))).refusal

    assert isinstance(refusal, InvalidValue)
    assert (refusal.field, refusal.reason) == named


@pytest.mark.parametrize("value", [1, "x", None, [], {}, {"kind": []}, {"kind": "sql"}], ids=str)
def test_what_is_no_record_is_refused_with_its_place(value: Any) -> None:
    refusal = refused(read(source(document(pair(), value))))

    assert (refusal.reason, refusal.place) == ("no-record", Place(entry=2, line=1))


@settings(max_examples=50)
@given(st.data())
def test_whatever_stands_for_a_value_it_is_read_or_refused_and_nothing_else(
    data: st.DataObject,
) -> None:
    made = data.draw(st.sampled_from([pair, meeting, goal]))()
    key = data.draw(st.sampled_from(sorted(made)))
    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(codec="utf-8")),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    )  # fmt: skip
    text = document(made | {key: data.draw(json_values)})

    try:
        found = list(read(source(text)))
    except Exception as refusal:  # noqa: BLE001  (that it is this one is what is tested)
        assert type(refusal).__name__ == "BadFile"
    else:
        assert len(found) == 1
