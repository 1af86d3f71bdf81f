"""Every kind of record, whole: what a new kind still lacks is named here, step by step.

The expectation is PRODUCT's table of fields, written out by hand. The rest follows from the shapes of
the fields, so a new kind that is in KINDS is tested without a line here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from mentorlog.cli.app import COMMANDS
from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import KIND_NAMES, KINDS
from mentorlog.domain.plain import plain
from mentorlog.domain.record import Record, shapes
from mentorlog.labels import CODE_LABELS, FIELD_LABELS, KIND_LABELS
from mentorlog.render.counts import COUNTED
from mentorlog.render.lines import one_line
from mentorlog.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Program

LETTERS = {
    "pair": "p", "agreement": "t", "meeting": "m", "question": "q", "action": "a", "goal": "g",
    "measurement": "n", "insight": "i", "reflection": "r", "feedback": "f", "review": "v",
    "assessment": "k", "strength": "s",
}  # fmt: skip

COMMAND_OF = {
    "pair": "pair", "agreement": "pair", "meeting": "meet", "question": "ask", "action": "action",
    "goal": "goal", "measurement": "goal", "insight": "insight", "reflection": "reflect",
    "feedback": "feedback", "review": "review", "assessment": "assess", "strength": "strength",
}  # fmt: skip

OF_EVERY_RECORD = {"kind", "id", "uid", "visibility", "created_at", "updated_at"}
FIELDS = {
    "pair": "partner alias my_role programme started_on cadence minutes channel term_ends_on state"
    " ended_because language pauses",
    "agreement": "pair agreed_on my_background their_background my_expectations their_expectations"
    " confidentiality boundaries feedback_way leaving remarks",
    "meeting": "pair held_on start_time minutes channel topics summary notes pulse next_on is_kickoff",
    "question": "pair text state answer asked_on raised_in",
    "action": "pair text owner is_advice due_on state assigned_in goal done_on outcome told_in",
    "goal": "pair statement why owner unit baseline target due_on weight levels state revisions",
    "measurement": "goal taken_on value level note",
    "insight": "pair text noticed_on benefit viewpoint goal meeting",
    "reflection": "pair written_on phase form answers",
    "feedback": "pair direction said_on text will_change did_change",
    "review": "pair from_on to_on conclusions thoughts pulse decision next_review_on",
    "assessment": "pair rated_on ratings",
    "strength": "area evidence direction",
}

FIRST_DAY = date(2026, 3, 1)
ENTRIES = {  # what a record writes about itself, as it would
    "pauses": {"from_on": "2026-04-01", "until_on": "2026-05-01"},
    "revisions": {
        "revised_on": "2026-04-01", "did": "revised", "because": "too much", "before": {"target": 9.0},
    },
}  # fmt: skip


def filled(record_type: type[Record]) -> Record:
    """Return a record of a kind with every field filled that can be; it refers to number 1 of each."""
    values = {
        name: _value(record_type.kind, place, name, shape)
        for place, (name, shape) in enumerate(shapes(record_type).items())
    }
    return record_type(**values)


def _value(kind: str, place: int, name: str, shape: Shape) -> Any:
    """Return a value for a field; it differs from field to field where the shape lets it."""
    text = "2w" if name == "cadence" else f"{name} of {kind}"
    filled = {
        "line": text,
        "text": text,
        "lines": (f"first {name}", f"second {name}"),
        "day": FIRST_DAY + timedelta(days=place),
        "clock": "14:30",
        "number": shape.high,
        "quantity": place + 0.5,
        "flag": True,
        "choice": next(reversed(shape.choices), None),
        "entries": (ENTRIES.get(name),),
    }
    if shape.refers_to:
        filled["reference"] = f"{KIND_NAMES[shape.refers_to].letter}1"
    if shape.each is not None:
        keys = shape.keys or ("own", "other")
        filled["map"] = {key: _value(kind, place, key, shape.each) for key in keys}
    assert shape.holds in filled, f"say in {__name__}._value how {shape.holds} is filled"
    return filled[shape.holds]


def keep(journal: Journal, kind: str) -> Record:
    """Keep a filled record of a kind, after one of each kind that it refers to."""
    record_type = KIND_NAMES[kind]
    for shape in shapes(record_type).values():
        referred = KIND_NAMES.get(shape.refers_to)
        if referred is not None and not journal.find(referred):
            keep(journal, referred.kind)
    with journal.transaction("test") as writing:
        return writing.add(filled(record_type))


@pytest.fixture(params=KIND_NAMES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def raw(tmp_path: Path, kind: str) -> Iterator[sqlite3.Connection]:
    """A journal with a filled record of the kind, opened without the program."""
    place = tmp_path / "journal.db"
    journal = Journal(place)
    keep(journal, kind)
    journal.close()
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        yield connection


def columns(raw: sqlite3.Connection, table: str) -> dict[str, bool]:
    """Return the columns of a table or a view, each with whether it is NOT NULL."""
    return {row[1]: bool(row[3]) for row in raw.execute(f"PRAGMA table_info({table})")}


# Words -------------------------------------------------------------------------------------------


def test_a_kind_has_the_letter_and_the_fields_of_the_design(kind: str) -> None:
    record_type = KIND_NAMES[kind]

    assert record_type.letter == LETTERS[kind]
    assert KINDS[LETTERS[kind]] is record_type
    assert set(shapes(record_type)) - {"visibility"} == set(FIELDS[kind].split())


def test_a_kind_its_fields_and_their_codes_have_labels(kind: str) -> None:
    record_type = KIND_NAMES[kind]
    names = {*shapes(record_type), "uid", "created_at", "updated_at"}
    codes = {(name, code) for name, shape in shapes(record_type).items() for code in shape.choices}

    unlabelled = {(name, code) for name, code in codes if code not in CODE_LABELS.get(name, {})}

    assert kind in KIND_LABELS, "add the kind to labels.KIND_LABELS"
    assert kind in COUNTED, "add the kind to render/counts.COUNTED"
    assert names - FIELD_LABELS.keys() == set(), "add the fields to labels.FIELD_LABELS"
    assert unlabelled == set(), "add the codes to labels.CODE_LABELS"


def test_a_kind_has_the_command_that_makes_it(kind: str) -> None:
    assert COMMAND_OF[kind] in COMMANDS, "add its module and a line in cli/app.COMMANDS"


# The schema --------------------------------------------------------------------------------------


def test_a_kind_has_a_table_and_a_view_with_exactly_its_fields(
    raw: sqlite3.Connection, kind: str
) -> None:
    fields = {"number", "uid", "created_at", "updated_at", *shapes(KIND_NAMES[kind])}
    about = {"id", "partner"} if "pair" in fields else {"id"}
    strict = dict(raw.execute("SELECT name, strict FROM pragma_table_list"))

    assert set(columns(raw, kind)) == fields, f"add a migration for the table {kind}"
    assert strict[kind] == 1, f"make the table {kind} STRICT"
    assert set(columns(raw, f"{kind}s")) == fields | about, f"add a migration for the view {kind}s"


def test_a_view_shows_the_id_and_the_partner(raw: sqlite3.Connection, kind: str) -> None:
    wanted = "id, partner" if "partner" in columns(raw, f"{kind}s") else "id"

    shown = raw.execute(f"SELECT {wanted} FROM {kind}s").fetchall()

    assert shown == [(f"{LETTERS[kind]}1", "partner of pair")[: wanted.count(",") + 1]]


def test_a_column_is_not_null_exactly_where_its_field_always_holds_something(
    raw: sqlite3.Connection, kind: str
) -> None:
    record_type = KIND_NAMES[kind]
    always = {"uid", "created_at", "updated_at"}
    for name, shape in shapes(record_type).items():
        default = record_type.__dataclass_fields__[name].default
        if shape.required or default is not None:
            always.add(name)

    found = {name for name, not_null in columns(raw, kind).items() if not_null}

    assert found - {"number"} == always, f"add a migration that says NOT NULL in {kind}"


def test_a_reference_to_a_kind_that_there_is_has_a_foreign_key(
    raw: sqlite3.Connection, kind: str
) -> None:
    wanted = {
        name: shape.refers_to
        for name, shape in shapes(KIND_NAMES[kind]).items()
        if shape.refers_to in KIND_NAMES
    }

    keys = raw.execute(f"PRAGMA foreign_key_list({kind})").fetchall()

    assert {row[3]: row[2] for row in keys} == wanted, "add a migration with REFERENCES"


def test_an_index_serves_the_day_that_places_a_kind_in_the_timeline(
    raw: sqlite3.Connection, kind: str
) -> None:
    indexes = [row[1] for row in raw.execute(f"PRAGMA index_list({kind})")]
    first_columns = {raw.execute(f"PRAGMA index_info({name})").fetchone()[2] for name in indexes}

    assert KIND_NAMES[kind].dated_by in first_columns, "add a migration with CREATE INDEX"


def test_the_table_refuses_what_the_record_would_refuse(raw: sqlite3.Connection, kind: str) -> None:
    wrong: list[tuple[str, object]] = []
    for name, shape in shapes(KIND_NAMES[kind]).items():
        if shape.holds == "choice":
            wrong.append((name, "nonsense"))
        elif shape.holds == "number":
            wrong += [(name, shape.low - 1), (name, shape.high + 1)]
        elif shape.holds == "flag":
            wrong.append((name, 2))
        elif shape.holds in {"line", "text"} and shape.required:
            wrong.append((name, "  "))

    taken = []
    for name, value in wrong:
        try:
            raw.execute(f"UPDATE {kind} SET {name} = ?", (value,))
        except sqlite3.IntegrityError:
            continue
        taken.append((name, value))

    assert taken == [], f"add a migration with a CHECK in {kind}"


# The commands ------------------------------------------------------------------------------------


def expected_json(record: Record) -> dict[str, Any]:
    """Return the JSON that the design asks for: every field by its name, beside what all have."""
    names = [*sorted(OF_EVERY_RECORD - {"kind"}), *FIELDS[record.kind].split()]
    return {"kind": record.kind} | {name: plain(getattr(record, name)) for name in names}


def test_a_record_of_any_kind_can_be_looked_at_in_every_way(mentorlog: Program, kind: str) -> None:
    journal = Journal(mentorlog.journal)
    record = keep(journal, kind)
    journal.close()
    texts = [
        value for value in vars(record).values() if isinstance(value, str) and f"of {kind}" in value
    ]

    shown = mentorlog.ok("show", record.id)
    as_json = mentorlog.ok("show", record.id, "--json").json
    timeline = mentorlog.ok("log", "--kind", kind)
    timeline_json = mentorlog.ok("log", "--kind", kind, "--json").json

    assert as_json == expected_json(record)
    assert timeline_json == [as_json]
    assert [text for text in texts if text not in shown.out] == []
    assert f"  {record.id}  " in timeline.out
    assert one_line(record) != KIND_LABELS[kind], "add the kind to render/lines.one_line"


def another(record: Record) -> dict[str, str]:
    """Return a new value for a text or a day that `edit` may change; {} where there is none."""
    fields = [
        (name, shape)
        for name, shape in shapes(type(record)).items()
        if name not in record.by_transition
    ]
    for holds, value in (({"line", "text"}, "Another"), ({"day"}, "2026-12-31")):
        for name, shape in fields:
            if shape.holds in holds:
                return {name: value}
    return {}


def test_a_record_of_any_kind_can_be_changed_deleted_and_brought_back(
    mentorlog: Program, kind: str
) -> None:
    journal = Journal(mentorlog.journal)
    record = keep(journal, kind)
    journal.close()
    before = mentorlog.ok("show", record.id, "--json").json
    new = {"visibility": "private"} | another(record)
    settings = [word for name, value in new.items() for word in ("--set", f"{name}={value}")]

    edited = mentorlog.ok("edit", record.id, *settings, "--json").json
    mentorlog.ok("undo")
    taken_back = mentorlog.ok("show", record.id, "--json").json
    deleted = mentorlog.ok("delete", record.id, "--yes", "--json").json
    gone = mentorlog("show", record.id)
    mentorlog.ok("undo")
    brought_back = mentorlog.ok("show", record.id, "--json").json
    history = mentorlog.ok("history", "--json").json

    assert edited == before | new | {"updated_at": edited["updated_at"]}
    assert taken_back == before
    assert record.id in deleted["deleted"]
    assert gone.code == 1
    assert brought_back == before
    assert [write["command"] for write in history][:4] == ["undo", "delete", "undo", "edit"]
    assert all(record.id in [change["id"] for change in write["changes"]] for write in history[:4])
