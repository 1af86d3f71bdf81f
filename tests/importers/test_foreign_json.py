"""What the JSON of other programs has in common: what is wrong is named by its key, the rest kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mentorlog.errors import BadFile, InvalidValue, Place
from mentorlog.importers.foreign_json import entries, flag_of, others, text_of, texts_of
from mentorlog.importers.json_pieces import Pieces

Read = Callable[[dict[str, Any], str], Any]


@pytest.mark.parametrize(
    ("read", "wrong", "reason"),
    [
        (text_of, 5, "not-a-text"), (text_of, ["x"], "not-a-text"), (texts_of, "x", "not-lines"),
        (texts_of, ["x", 5], "not-lines"), (texts_of, {"x": "y"}, "not-lines"),
        (flag_of, "yes", "not-a-flag"), (flag_of, 1, "not-a-flag"),
    ],
    ids=lambda given: getattr(given, "__name__", str(given)),
)  # fmt: skip
def test_a_value_of_another_sort_is_refused_by_its_key_and_not_repeated(
    read: Read, wrong: object, reason: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        read({"key": wrong}, "key")

    assert (refused.value.field, refused.value.typed, refused.value.reason) == ("key", "", reason)


@pytest.mark.parametrize(("read", "nothing"), [(text_of, ""), (texts_of, ()), (flag_of, False)])
def test_where_there_is_none_it_is_blank(read: Read, nothing: object) -> None:
    assert read({}, "key") == nothing
    assert read({"key": None}, "key") == nothing


def test_a_text_has_the_line_ends_that_all_texts_have() -> None:
    assert text_of({"key": "a\r\nb\rc\nd"}, "key") == "a\nb\nc\nd"


def test_a_key_is_kept_on_one_line() -> None:
    assert others({" a \n key ": "x", "known": "y"}, {"known"}) == (("a key", "x"),)


def places(text: str, within: str = "") -> list[Place]:
    return [place for place, _value in entries(Pieces(iter([text]), within), within)]


def test_an_entry_has_its_number_its_line_and_the_file_it_is_in() -> None:
    assert places('{"x": 1, "entries": [{},\n{},\n\n{}], "y": 2}', "Work.json") == [
        Place(1, 0, within="Work.json"), Place(2, 2, within="Work.json"), Place(3, 4, within="Work.json")
    ]  # fmt: skip
    assert places('{"entries": [{}]}') == [Place(1)]


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ('{"entries": [{},\n5]}', "no-entry", Place(2, 2, within="Work.json")),
        ('{"x": 1}', "no-list", Place(within="Work.json")),
        ('{"entries": 5}', "no-list", Place(line=1, within="Work.json")),
        ('{"entries": [{"x": tru}]}', "not-json", Place(line=1, within="Work.json")),
        ('{"entries": [{"x": 1', "cut-off", Place(line=1, within="Work.json")),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(text: str, reason: str, place: Place) -> None:
    with pytest.raises(BadFile) as refused:
        places(text, "Work.json")

    assert (refused.value.reason, refused.value.place) == (reason, place)
