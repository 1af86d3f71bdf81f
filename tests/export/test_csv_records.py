"""An export as CSV: golden files, cells that nothing runs, and columns that tell no more than goes out."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.domain.audience import AUDIENCES, seen_together
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes
from mentorlog.export.csv_records import files, inert, made
from mentorlog.export.records import Records, compact
from mentorlog.text import visible
from tests.export.golden_journal import MAYA, RECORDS, assert_golden, material

Rows = list[dict[str, str]]


def folder(audience: str) -> dict[str, str]:
    return {name: "".join(pieces) for name, pieces in files(material(audience))}


def rows(text: str) -> Rows:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def one_cell(value: Any) -> str:
    """Return the cell that a field of a record becomes."""
    line = compact({"kind": "strength", "uid": "u", "area": value})
    records = Records("me", None, None, iter([("strength", [line])]), {})
    ((_name, pieces),) = ((name, "".join(pieces)) for name, pieces in files(records))
    return rows(pieces)[0]["area"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_files_are_the_golden_ones(audience: str) -> None:
    shown = "".join(f"==> {name} <==\n{text}" for name, text in folder(audience).items())

    assert_golden(f"{audience}.csv", shown)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_there_is_a_file_for_each_kind_that_goes_with_a_row_for_each_record(audience: str) -> None:
    written = folder(audience)

    known = [MAYA, *RECORDS]
    going = [each for each, its in zip(known, seen_together(known, audience), strict=True) if its]
    assert {name: len(rows(text)) for name, text in written.items()} == {
        f"{kind}.csv": sum(each.kind == kind for each in going)
        for kind in {each.kind for each in going}
    }


def test_my_columns_are_all_fields_in_their_order_and_the_journals_own() -> None:
    for name, text in folder("me").items():
        fields = list(shapes(KIND_NAMES[name.removesuffix(".csv")]))
        assert list(rows(text)[0]) == ["id", "uid", *fields, "created_at", "updated_at"]


def test_others_get_no_column_of_what_never_goes_to_them() -> None:
    partners, programmes = folder("partner"), folder("programme")

    assert list(rows(partners["meeting.csv"])[0]) == [
        "uid", "pair", "held_on", "start_time", "minutes", "channel", "topics", "summary", "next_on",
        "is_kickoff",
    ]  # fmt: skip
    assert list(rows(programmes["meeting.csv"])[0]) == [
        "uid", "pair", "held_on", "minutes", "channel"
    ]  # fmt: skip
    assert programmes.keys() == {"pair.csv", "agreement.csv", "meeting.csv", "review.csv"}


def test_spreadsheets_know_the_encoding_and_the_ends_of_rows() -> None:
    for text in folder("me").values():
        assert text.startswith("\ufeff")
        assert text.endswith("\r\n")
        assert "\ufeff" not in text[1:]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""), (True, "true"), (False, "false"), (12, "12"), (-2.5, "-2.5"), (1e-7, "1e-07"),
        ([], ""), ({}, ""), (["one", "two"], "one; two"), (["=1+1", "-2"], "'=1+1; '-2"),
        ({"-2": "none", "2": "all"}, '{"-2":"none","2":"all"}'),
        ([{"from_on": "2026-01-01"}], '[{"from_on":"2026-01-01"}]'),
        ("one\ntwo", "one\ntwo"), ('say "it"', 'say "it"'), ("a;b,c", "a;b,c"), ("森下", "森下"),
        ({"did": "a;=1; @b;c"}, '{"did":"a\\u003b=1\\u003b @b;c"}'), (["a;=1", "b"], "a;'=1; b"),
    ],
)  # fmt: skip
def test_a_value_is_one_cell(value: object, cell: str) -> None:
    assert one_cell(value) == cell


@pytest.mark.parametrize("before", ["", " ", "\n", "\u3000", "\u00a0", "\u200b", "  \t"])
@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_a_text_that_a_spreadsheet_would_run_is_marked_as_text(before: str, sign: str) -> None:
    assert one_cell(f"{before}{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("between", [";", "\t", "\n", "; ", ';"', "\n\u3000", "\r"])
@pytest.mark.parametrize("sign", "=+-@＝")
def test_where_another_separator_would_begin_a_cell_no_formula_begins(
    between: str, sign: str
) -> None:
    text = f"one{between}{sign}cmd|' /C calc'!A0"

    written = f'"{one_cell(text)}"'

    for separator in (";", "\t", "\n"):
        for cell in re.split(f"[{separator}]", written):
            assert cell.lstrip('" \u3000')[:1] not in set("=+-@＝")
    assert one_cell(text).replace("'", "") == visible(text, block=True).replace("'", "")


def test_every_cell_is_in_quotes() -> None:
    for text in folder("me").values():
        for line in text.removeprefix("\ufeff").split('"\r\n'):
            assert line[:1] in ("", '"')
    assert '"2026-09-07","18:30","50","online"' in folder("me")["meeting.csv"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
@example("\t=1")
@example("\rx")
@example("'=1")
@example("x\r\n=1")
def test_any_text_is_one_cell_that_nothing_runs_or_obeys(text: str) -> None:
    cell = one_cell(text) if text else ""

    assert cell == (inert(text) if text else "")
    assert not cell.lstrip()[:1] or cell.lstrip()[0] not in "=+-@＝＋－＠"
    assert visible(cell, block=True) == cell
    assert cell.replace("'", "") == visible(text, block=True).replace("'", "")


def test_a_file_of_a_folder_is_known_again() -> None:
    written = folder("partner")

    assert all(made(name, text) for name, text in written.items())
    text = written["meeting.csv"]
    for name, other in (
        ("meeting.csv", text[1:]), ("meeting.csv", "\ufeffDay,Text\r\n"), ("notes.csv", text),
        ("meeting.txt", text), ("x/meeting.csv", text), ("meeting.csv", ""),
    ):  # fmt: skip
        assert not made(name, other)


def test_a_day_before_any_other_is_written_as_it_is() -> None:
    assert one_cell(date(1, 1, 1).isoformat()) == "0001-01-01"
