"""An export as JSON: golden files, one line a record, and what a reader of it can rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog import i18n
from mentorlog.domain.audience import AUDIENCES
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.reading_order import reading_order
from mentorlog.domain.record import shapes
from mentorlog.domain.review import Review
from mentorlog.export.json_records import in_ascii, write
from mentorlog.export.records import Records, compact
from mentorlog.export.summary import summarise
from mentorlog.text import inert_json, visible
from tests.export.golden_journal import AROUND, MAYA, RECORDS, TODAY, assert_golden, material


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_document_is_the_golden_one(audience: str) -> None:
    assert_golden(f"{audience}.json", "".join(write(material(audience))))


def test_the_summary_of_a_review_is_the_golden_one() -> None:
    review = next(each for each in RECORDS if isinstance(each, Review) and each.id == "v2")
    summed_up = summarise(MAYA, review, RECORDS, AROUND, "partner", TODAY)

    assert_golden("partner-review.json", "".join(write(summed_up)))


def test_in_japanese_only_what_stands_for_words_taken_out_differs() -> None:
    english = json.loads("".join(write(material("partner"))))
    i18n.choose("ja")

    japanese = json.loads("".join(write(material("partner"))))

    for one, other in zip(english.pop("records"), japanese.pop("records"), strict=True):
        differing = {name for name in one if one[name] != other[name]}
        assert all("[" in str(one[name]) for name in differing)
    assert english == japanese


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_record_stands_on_a_line_of_its_own_after_all_that_it_refers_to(audience: str) -> None:
    lines = "".join(write(material(audience))).splitlines()

    records = [json.loads(line.removesuffix(",")) for line in lines[1:-1]]
    seen: set[str] = set()
    kinds = [each["kind"] for each in records]
    assert kinds == sorted(kinds, key=reading_order().index)
    for each in records:
        references = [
            each[name]
            for name, shape in shapes(KIND_NAMES[each["kind"]]).items()
            if shape.refers_to and each.get(name)
        ]
        if audience == "me":
            assert seen.issuperset(references)
        seen.add(each["uid"])
    assert lines[0].endswith('"records":[')
    assert json.loads("".join(lines))["format"] == "mentorlog/1"


def test_the_order_of_kinds_is_that_of_the_list_but_for_what_others_refer_to() -> None:
    order = reading_order()

    assert order == (
        "pair", "agreement", "meeting", "question", "goal", "action", "measurement", "insight",
        "reflection", "feedback", "review", "assessment", "strength",
    )  # fmt: skip
    for kind, record_type in KIND_NAMES.items():
        before = {*order[: order.index(kind)], ""}
        assert {shape.refers_to for shape in shapes(record_type).values()} <= before


def records_of(*texts: str) -> Records:
    lines = [compact({"kind": "strength", "area": text}) for text in texts]
    return Records("me", None, date(2026, 1, 2), iter([("strength", lines)]), {})


def test_without_a_record_it_is_whole_all_the_same() -> None:
    text = "".join(write(Records("me", None, date(2026, 1, 2), iter([]), {})))

    assert text == (
        '{"format":"mentorlog/1","document":"export","audience":"me","since":null,'
        '"until":"2026-01-02","records":[\n]}\n'
    )


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=5))
@example(["\x7f"])
@example(["\x9b31m \u202e 森下 \U0001f468\u200d\U0001f469"])
def test_any_text_comes_back_and_no_character_that_steers_a_terminal_goes_out(
    texts: list[str],
) -> None:
    pieces = list(write(records_of(*texts)))

    whole = "".join(pieces)
    assert [each["area"] for each in json.loads(whole)["records"]] == texts
    assert visible(whole, block=True) == whole == inert_json(whole)
    assert all(piece.endswith("\n") for piece in pieces)
    in_short = "".join(map(in_ascii, pieces))
    assert in_short.isascii()
    assert json.loads(in_short) == json.loads(whole)
