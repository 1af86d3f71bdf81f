"""Record ↔ row: every kind, and any text that UTF-8 can carry, comes back as it was."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st

from mentorlog.domain.fields import Shape
from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import KIND_NAMES, KINDS
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import InvalidValue, NotPossible, RecordNotFound
from mentorlog.storage.journal import Journal
from mentorlog.storage.rows import as_json, from_json, instant_text, to_record, to_row

WORLD = [
    "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "❤️", "مرحبا بالعالم", "שלום", "目標を達成する", "が\u3099", "ﾊﾝｶｸ", "한국어", "e\u0301",
    "\u202eabc\u202c", "\u200b", "\ufeff", "\x1b[31m", "\x7f", "\x85", "\u2028", "\uffff", "\U0010ffff",
    "a\tb", '"', "'", "\\", "[", "%", "NULL", "p1", "1e999", " ",
]  # fmt: skip
typed_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00")) | st.lists(
    st.sampled_from(WORLD)
).map("".join)
typed_line = typed_text.map(lambda text: text.replace("\n", " ").replace("\r", " "))
instants = st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def values(shape: Shape, default: Any) -> st.SearchStrategy[Any]:
    """Return what a field of that shape can be given; references are to the first of their kind."""
    filled: dict[str, st.SearchStrategy[Any]] = {
        "line": typed_line,
        "text": typed_text,
        "lines": st.lists(typed_line, max_size=4).map(tuple),
        "day": st.dates(),
        "clock": st.times().map("{:%H:%M}".format),
        "number": st.integers(int(shape.low), int(shape.high)),
        "flag": st.booleans(),
        "choice": st.sampled_from(shape.choices or ("",)),
        "reference": st.none(),
        "quantity": st.floats(shape.low, shape.high),
        "entries": st.lists(st.fixed_dictionaries({"revised_on": typed_text}), max_size=2).map(
            tuple
        ),
    }
    if shape.each is not None:
        each = values(shape.each, dataclasses.MISSING)
        filled["map"] = (
            st.dictionaries(st.sampled_from(shape.keys), each)
            if shape.keys
            else st.dictionaries(st.sampled_from(("own", "なに", "a-b")), each)
        )
    if shape.refers_to in KIND_NAMES:
        filled["reference"] = st.just(f"{KIND_NAMES[shape.refers_to].letter}1")
    return st.none() | filled[shape.holds] if default is None else filled[shape.holds]


@st.composite
def records(draw: st.DrawFn, /, record_type: type[Record], **fixed: Any) -> Record:
    """Draw a record that its own checks take."""
    defaults = {each.name: each.default for each in dataclasses.fields(record_type)}
    drawn = {
        name: draw(values(shape, defaults[name])) for name, shape in shapes(record_type).items()
    }
    try:
        return record_type(**drawn, **fixed)
    except InvalidValue:
        reject()


any_record = st.sampled_from(list(KINDS.values())).flatmap(records)


@st.composite
def kept_records(draw: st.DrawFn) -> Record:
    """Draw a record as the journal gives it: with an id and its instants."""
    record_type = draw(st.sampled_from(list(KINDS.values())))
    return draw(
        records(
            record_type,
            id=f"{record_type.letter}{draw(st.integers(1, 10**18 - 1))}",
            created_at=draw(instants),
            updated_at=draw(instants),
        )
    )


@given(record=kept_records())
def test_every_kind_comes_back_from_its_row_as_it_was(record: Record) -> None:
    row = to_row(record)

    assert to_record(type(record), row) == record
    assert {type(value) for value in row.values()} <= {int, float, str, type(None)}


@pytest.mark.parametrize("is_kickoff", [True, False])
def test_a_flag_stands_in_a_row_as_a_number(is_kickoff: bool) -> None:
    row = to_row(Meeting(pair="p1", held_on=date(2026, 1, 1), is_kickoff=is_kickoff))

    assert json.dumps(row["is_kickoff"]) == str(int(is_kickoff))


@given(record=any_record)
def test_a_record_without_an_id_has_a_row_without_a_number(record: Record) -> None:
    row = to_row(record)

    assert "number" not in row
    assert row["uid"] == record.uid


@pytest.mark.parametrize(
    "id_", ["m1", "p", "px", "p1.5"], ids=["of another kind", "no number", "a word", "a fraction"]
)
def test_a_record_whose_id_is_none_of_its_kind_has_no_row(id_: str) -> None:
    pair = Pair(id=id_, partner="Aiko", my_role="mentee", started_on=date(2026, 1, 1))

    with pytest.raises(RecordNotFound) as refusal:
        to_row(pair)

    assert (refusal.value.kind, refusal.value.ref) == ("pair", id_)


@pytest.mark.parametrize(
    "damage",
    [{"held_on": "soon"}, {"held_on": None}, {"topics": "[plan]"}, {"created_at": "x"},
     {"updated_at": None}, {"pulse": 9}, {"start_time": 5}],
    ids=str,
)  # fmt: skip
def test_a_row_that_another_program_has_damaged_is_named_with_its_kind(
    damage: dict[str, Any],
) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    meeting = Meeting(
        id="m4", pair="p1", held_on=date(2026, 1, 1), created_at=now, updated_at=now
    )  # fmt: skip

    with pytest.raises(NotPossible) as caught:
        to_record(Meeting, to_row(meeting) | damage)

    refusal = caught.value
    assert (refusal.reason, refusal.record, refusal.words) == (
        "record-damaged", "m4", {"name": "meeting"}
    )  # fmt: skip


@pytest.fixture(scope="module")
def shared(quick_folder: Path) -> Iterator[Journal]:
    """One journal for all examples, with the pair and the meeting that they refer to."""
    journal = Journal(quick_folder / "rows" / "journal.db")
    with journal.transaction("test") as writing:
        writing.add(Pair(partner="Aiko", my_role="mentee", started_on=date(2026, 1, 1)))
        writing.add(Meeting(pair="p1", held_on=date(2026, 1, 1)))
        writing.add(Goal(pair="p1", statement="read"))
    yield journal
    journal.close()


@settings(deadline=None, max_examples=150)
@given(record=any_record)
def test_every_kind_comes_back_from_the_file_as_it_was(shared: Journal, record: Record) -> None:
    with shared.transaction("test") as writing:
        kept = writing.add(record)

    found = shared.get(kept.id)

    assert found == kept
    assert found.with_changes(id="", created_at=None, updated_at=None) == record


@settings(deadline=None, max_examples=150)
@given(text=typed_text.filter(lambda text: "\r" not in text and text.strip()))
@example(text="\ufeffa\u2028b\x85c\x1b[0m")
@example(text="'; DROP TABLE meeting; --")
@example(text=" \n both ends \t\n")
def test_text_comes_back_byte_for_byte(shared: Journal, text: str) -> None:
    topic = f"x{text}x".replace("\n", "")
    with shared.transaction("test") as writing:
        meeting = Meeting(pair="p1", held_on=date(2026, 1, 1), notes=text, topics=("x", topic))
        kept = writing.add(meeting)

    row = shared.connection.execute(
        "SELECT CAST(notes AS BLOB) AS stored FROM meeting WHERE number = ?", (int(kept.id[1:]),)
    ).fetchone()

    found = shared.get(kept.id)
    assert isinstance(found, Meeting)
    assert row["stored"] == text.encode()
    assert (found.notes, found.topics) == (text, ("x", topic))


@given(blank=st.text(st.characters(categories=["Zs"]) | st.sampled_from("\n\t\r"), max_size=5))
def test_text_of_nothing_but_space_is_no_text(blank: str) -> None:
    meeting = Meeting(pair="p1", held_on=date(2026, 1, 1), notes=blank, topics=("x", blank))

    assert (to_row(meeting)["notes"], to_row(meeting)["topics"]) == (None, '["x"]')


@given(text=typed_text, ending=st.sampled_from(["\r\n", "\r"]))
def test_line_ends_are_kept_as_line_feeds(text: str, ending: str) -> None:
    plain = text.replace("\r", "")
    meeting = Meeting(pair="p1", held_on=date(2026, 1, 1), notes=f"a{plain}\nb")
    typed = meeting.with_changes(notes=f"a{plain}\nb".replace("\n", ending))

    assert typed.notes == f"a{plain}\nb"


@given(instant=st.datetimes(timezones=st.just(UTC)))
@example(instant=datetime(1, 1, 1, tzinfo=UTC))
@example(instant=datetime(999, 12, 31, 23, 59, 59, tzinfo=UTC))
@example(instant=datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
def test_an_instant_comes_back_from_its_text(instant: datetime) -> None:
    text = instant_text(instant)

    assert datetime.fromisoformat(text) == instant


@given(st.lists(st.datetimes(min_value=datetime(1000, 1, 1)), max_size=6), st.integers(-12, 14))  # noqa: DTZ001
def test_instants_sort_as_their_texts_do(naive: list[datetime], hours: int) -> None:
    assume(all(1000 < each.year < 9999 for each in naive))
    at_home = [each.replace(tzinfo=timezone(timedelta(hours=hours))) for each in naive]

    texts = [instant_text(each) for each in at_home]

    assert sorted(texts) == [instant_text(each) for each in sorted(at_home)]


@pytest.mark.parametrize("record_type", list(KINDS.values()), ids=lambda each: each.kind)
def test_a_row_has_a_column_for_every_field_of_its_table(
    shared: Journal, record_type: type[Record]
) -> None:
    columns = {
        row["name"] for row in shared.connection.execute(f"PRAGMA table_info({record_type.kind})")
    }
    build = partial(record_type, **_least(record_type))

    assert set(to_row(build())) | {"number"} == columns


def _least(record_type: type[Record]) -> dict[str, Any]:
    """Return the fewest values that make a record."""
    of_shape = {"line": "x", "text": "x", "day": date(2026, 1, 1), "number": 0}
    fields = {each.name: each for each in dataclasses.fields(record_type)}
    least: dict[str, Any] = {}
    for name, shape in shapes(record_type).items():
        if shape.refers_to and shape.required:
            least[name] = f"{KIND_NAMES[shape.refers_to].letter}1"
        elif shape.each is not None:
            key = next(iter(shape.keys), "own")
            least[name] = {} if name == "levels" else {key: shape.each.high or "x"}
        elif fields[name].default is dataclasses.MISSING:
            least[name] = of_shape.get(shape.holds, next(iter(shape.choices), None))
    return least | ({"level": 0} if "level" in fields else {})


PIECES = [
    '["',
    '"]',
    '", "',
    "[]",
    "[",
    '"',
    ", ",
    ",",
    "\\",
    "\\n",
    "1",
    "null",
    "a",
    "目標",
    "\n",
    "\u3000",
]


@example('["]')
@example('["a",", "b"]')
@example('["a", "", "b"]')
@example('["None"]')
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_the_json_of_a_column_is_read_as_json_or_not_at_all(text: str) -> None:
    try:
        said = json.loads(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            from_json(text)
    else:
        assert from_json(text) == said


@given(st.lists(typed_text))
def test_texts_in_a_column_come_back_as_they_were(texts: list[str]) -> None:
    assert from_json(as_json(texts)) == texts
