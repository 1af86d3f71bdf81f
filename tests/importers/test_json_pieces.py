"""JSON read a piece at a time: the same as all at once, in little memory, and wrong JSON refused at once."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.errors import BadFile, Place
from mentorlog.importers.json_pieces import Pieces

texts = st.text(st.characters(codec="utf-8"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def read(pieces: Iterator[str], member: str = "entries") -> dict[str, Any]:
    """Return a whole document, its member of that name as the list of its elements."""
    document = Pieces(pieces)
    return {
        name: list(document.elements()) if name == member else document.value()
        for name in document.members()
    }


def refused(text: str) -> BadFile:
    try:
        read(iter([text]))
    except BadFile as refusal:
        return refusal
    raise AssertionError("it was read")


@given(
    st.dictionaries(texts.filter(lambda name: name != "entries"), values, max_size=3),
    st.lists(values, max_size=5),
    st.sampled_from([None, 2]),
    st.booleans(),
    st.data(),
)
def test_in_whatever_pieces_it_comes_it_is_what_it_is_all_at_once(
    others: dict[str, Any],
    entries: list[Any],
    indent: int | None,
    ascii_only: bool,
    data: st.DataObject,
) -> None:
    document = {**others, "entries": entries}
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=20)))

    pieces = [text[one:other] for one, other in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    assert read(iter(pieces)) == document
    assert read(iter(text)) == document


@given(st.lists(values, min_size=1, max_size=3), st.data())
def test_cut_off_anywhere_it_is_refused(entries: list[Any], data: st.DataObject) -> None:
    text = json.dumps({"tags": {"a": 1}, "entries": entries})

    refusal = refused(text[: data.draw(st.integers(0, len(text) - 1))])

    assert refusal.reason in {"cut-off", "not-json"}


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ('{"a": 1,}', "not-json", 1),
        ('{"a" 1}', "not-json", 1),
        ('{"a"= 1}', "not-json", 1),
        ('{"a": 1; "b": 2}', "not-json", 1),
        ('{"entries": [1; 2]}', "not-json", 1),
        ('{\n"a": 1 2}', "not-json", 2),
        ("{\n\n1: 2}", "not-json", 3),
        ('{"entries": [1 2]}', "not-json", 1),
        ('{"entries": [1,]}', "not-json", 1),
        ('{"entries": {}}', "no-list", 1),
        ('{"a": tru}', "not-json", 1),
        ('{"a": "b\x01"}', "not-json", 1),
        ('{"a": "\\x"}', "not-json", 1),
        ('{"a": 1}\n{}', "not-json", 2),
        ("[]", "not-json", 1),
        ("", "cut-off", 1),
        ('{"a": 1', "cut-off", 1),
        ('{"entries":\n', "cut-off", 2),
        ('{"entries": [1\n', "cut-off", 2),
        ("{", "cut-off", 1),
        ("{}\n}", "not-json", 2),
        ('X"a": 1}', "not-json", 1),
        ('{"a": 1X', "not-json", 1),
        ('{"aX: 1}', "cut-off", 1),
        ('{"a"X 1}', "not-json", 1),
        ('{"entries": [1X2]}', "not-json", 1),
        ('{"entries": X1]}', "no-list", 1),
        ("{X", "not-json", 1),
        ('{"a": 1, "a": 2}', "key-twice", 1),
        ('{"a":\n{"b": 1, "b": 2}}', "key-twice", 2),
        ('{"entries": [0,\n{"b": {"c": 1, "c": 1}}]}', "key-twice", 2),
        ('{"a": NaN}', "odd-number", 1),
        ('{"a": [-Infinity]}', "odd-number", 1),
        ('{"a": 1e999}', "odd-number", 1),
        ('{"a": ' + "9" * 5000 + "}", "odd-number", 1),
        ('{"a": 0.' + "9" * 5000 + "}", "odd-number", 1),
        ('{"a": "\\ud800"}', "lone-surrogate", 1),
        ('{"\\udfff": 1}', "lone-surrogate", 1),
        ('{"a": {"b\\ud83d": [1]}}', "lone-surrogate", 1),
        ('{"a":' * 100_000, "too-deep", 1),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "too-deep", 1),
        ('{"a":' + "[" * 60 + "]" * 60 + "}", "too-deep", 1),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_line(text: str, reason: str, line: int) -> None:
    refusal = refused(text)

    assert (refusal.reason, refusal.place) == (reason, Place(line=line))


def test_an_object_may_have_nothing_in_it() -> None:
    assert read(iter([" { } \n"])) == {}


@pytest.mark.parametrize(
    ("text", "column"),
    [("[]", 1), (" []", 2), ('{"a":\n1,\n "b": tru,\n\n"c": "and more after it"}', 7),
     ('{"a" 1}', 6), ('{"a": 1; 2}', 8), ('{"a": tru}', 7), ('{"a":\n tru}', 2),
     ('{"a": {"b": tru}}', 13), ('{"a": 1} x', 10), ('{"entries": [1; 2]}', 15), ('\n{"a": tru}', 7), ("{1: 2}", 2), ("{tru: 2}", 2),
     ('{"a": 1,\n"b": 2,\n "c": tru}\n', 7)],
    ids=str,
)  # fmt: skip
def test_what_is_no_json_is_refused_with_its_column_in_whatever_pieces_it_comes(
    text: str, column: int
) -> None:
    for pieces in ([text], list(text)):
        with pytest.raises(BadFile) as refused_:
            read(iter(pieces))

        assert (refused_.value.reason, refused_.value.words) == (
            "not-json",
            {"column": str(column)},
        )


def test_the_column_of_an_error_is_counted_from_the_beginning_of_its_line() -> None:
    pieces = iter(['{\n"a": [' + "1, " * 40_000, "x]}"])

    with pytest.raises(BadFile) as refused_:
        read(pieces)

    assert (refused_.value.place.line, refused_.value.words["column"]) == (2, str(7 + 120_000))


@pytest.mark.parametrize(
    "text",
    ['{"a": 1234567890123456789012345678901234567890}', '{"a": ' + "[" * 50 + "]" * 50 + "}",
     '{"a": 0.' + "1" * 38 + "}"],
    ids=["40 digits", "50 deep", "40 characters"],
)  # fmt: skip
def test_what_is_just_within_the_bounds_is_read(text: str) -> None:
    assert read(iter([text])) == json.loads(text)


def test_both_halves_of_a_pair_of_surrogates_are_one_character() -> None:
    assert read(iter(['{"a": "\\ud83d\\ude00"}'])) == {"a": "😀"}


def test_an_error_is_found_where_it_stands_and_not_at_the_end_of_the_file() -> None:
    asked = iter(['{"entries": [1, oops'])
    rest = repeat("," * 1000)

    def pieces() -> Iterator[str]:
        yield from asked
        yield from rest

    with pytest.raises(BadFile) as refusal:
        read(pieces())

    assert refusal.value.reason == "not-json"


@pytest.mark.parametrize(
    ("beginning", "going_on"),
    [
        ('{"entries": [{"a": "', "x" * 65536),
        ('{"entries": [[', "[]," * 20_000),
        ('{"a": [', "1," * 30_000),
        ('{"entries": [{', '"a":[],' * 9_000),
    ],
    ids=["text", "lists", "numbers", "members"],
)
def test_a_value_without_an_end_is_refused_before_it_fills_the_memory(
    beginning: str, going_on: str
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(BadFile) as refusal:
            read(chain([beginning], repeat(going_on)))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert refusal.value.reason == "too-long"
    assert peak < 170_000_000


def test_a_text_of_ten_megabytes_is_read_whole() -> None:
    note = "a [note] {with} marks, and more, " * 330_000

    assert read(iter([json.dumps({"entries": [{"notes": note}]})])) == {
        "entries": [{"notes": note}]
    }


def test_a_long_list_takes_no_more_memory_than_a_short_one() -> None:
    element = json.dumps({"text": "word " * 40})

    def pieces() -> Iterator[str]:
        yield '{"entries": ['
        for _ in range(20_000):
            yield element + ","
        yield element + "]}"

    document = Pieces(pieces())
    tracemalloc.start()
    try:
        count = sum(1 for _name in document.members() for _value in document.elements())
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert count == 20_001
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a":' + '{"b":' * 60 + "1" + "}" * 61, "too-deep"),
        ('{"a":' + '[{"b":' * 30 + "1" + "}]" * 30 + "}", "too-deep"),
        ('{"a": tru}', "not-json"),
        ('{"a": [1,', "cut-off"),
        ('{"a": NaN}', "odd-number"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_wrong_is_refused_with_the_file_it_is_in(text: str, reason: str) -> None:
    document = Pieces(iter([text]), "Work.json")

    with pytest.raises(BadFile) as refusal:
        [document.value() for _member in document.members()]

    assert (refusal.value.reason, refusal.value.place.within) == (reason, "Work.json")


def test_a_value_may_be_as_deep_in_objects_as_in_lists() -> None:
    text = '{"a":' + '{"b":' * 49 + "{}" + "}" * 50

    assert read(iter([text])) == json.loads(text)


def test_a_number_is_read_whole_wherever_it_is_cut() -> None:
    text = '{"entries": [1.5e3, -12, 0], "b": 12345}'

    for at in range(len(text)):
        assert read(iter([text[:at], text[at:]])) == json.loads(text)


def test_the_line_of_a_value_is_the_one_it_begins_on() -> None:
    document = Pieces(iter('{"a":\n\n1,\n"entries": [\n{"b":\n2},\n\n3]}'))
    lines: dict[str, list[int]] = {}

    for member in document.members():
        values = document.elements() if member == "entries" else iter([document.value()])
        lines[member] = [document.line for _value in values]

    assert lines == {"a": [3], "entries": [5, 8]}


def test_an_object_of_more_members_than_any_journal_has_is_refused() -> None:
    most = {f"k{each}": each for each in range(1001)}

    assert read(iter([json.dumps(most)])) == most
    assert refused(json.dumps(most | {"more": 1})).reason == "too-long"


@pytest.mark.parametrize(
    ("beginning", "going_on", "times"),
    [
        ('{"entries": [[', "[]," * 50_000, 20),
        ('{"a": [', "1," * 50_000, 20),
        ('{"a": "', "x" * 1_000_000, 60),
    ],
    ids=["lists", "numbers", "text"],
)
def test_a_value_that_grows_beyond_all_measure_is_refused_before_its_end_comes(
    beginning: str, going_on: str, times: int
) -> None:
    def pieces() -> Iterator[str]:
        yield beginning
        yield from [going_on] * times
        raise AssertionError("it was read to its end")

    with pytest.raises(BadFile) as refusal:
        read(pieces())

    assert (refusal.value.reason, refusal.value.place.line) == ("too-long", 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [('{"a": tru,\n\n"b": 1}' + "\n" * 50, 1), ('{"a": 1,\n"b": x,\n\n"c": 1}' + "\n" * 50, 2)],
)
def test_what_is_wrong_stands_on_its_own_line_however_many_follow(text: str, line: int) -> None:
    assert refused(text).place.line == line


def test_what_is_no_list_at_the_beginning_is_refused_with_the_first_line() -> None:
    with pytest.raises(BadFile) as refusal:
        list(Pieces(iter(["{}\n"])).elements())

    assert (refusal.value.reason, refusal.value.place) == ("no-list", Place(line=1))
