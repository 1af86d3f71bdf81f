"""Lines measured in cells: nothing is lost, nothing is too wide, and Japanese breaks where it may."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from mentorlog.render.cells import breaks, cut, padded, width, wrapped

# Pieces of what people write, made visible: no control characters are left when lines are measured.
PIECES = (
    "a", "word", "Word-with-hyphens", "https://example.org/path?q=1", "1,000.5", " ", "  ", "\n", "\n\n",
    "漢", "字", "かな", "カナ", "ー", "っ", "、", "。", "「", "」", "（", "）", "！", "…", "々", "ｶﾅ", "Ａ",
    "é", "e\u0301", "か\u3099", "👩", "👩\u200d👩\u200d👧\u200d👦", "👋🏽", "❤\ufe0f", "1\ufe0f\u20e3", "🇯🇵", "☠\ufe0f",
    "العربية", "한글", "\u200b", "\u00a0", "\u3000", "\\x1b", "(", ")", "[bold]", "“", "”", "-",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n")
)
one_line_texts = texts.map(lambda text: text.replace("\n", " "))
cell_counts = st.integers(2, 60)

# What must not begin a line and what must not end one (JIS X 4051), as far as a journal has them.
NOT_FIRST = "、。，．・：；？！ー）」』】〕］｝”’々ゝゞっゃゅょァィゥェォッャュョ…"
NOT_LAST = "（「『【〔［｛“‘"
# Japanese in which every piece that has to stay together takes eight cells at most.
japanese = st.lists(
    st.sampled_from(("漢", "字", "かな", "「語」", "（注）", "です。", "が、", "ラー", "切って", "人々", "え？")),
    max_size=40,
).map("".join)  # fmt: skip


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


# Facts ------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.lists(texts, max_size=8).map(" · ".join), cell_counts)
def test_facts_lose_nothing_and_none_is_torn_apart_that_fits_on_a_line(
    text: str, cells: int
) -> None:
    places = breaks(text, cells, " · ")

    lines = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    assert places == sorted(set(places))
    assert "".join(lines) == text
    begins = {0, *(each.end() for each in re.finditer(r" · |\n", text))}
    for at in set(places) - begins:
        begin = max(each for each in begins if each < at)
        end = min([each for each in begins if each > at] or [len(text)])
        assert width(text[begin:end].rstrip()) > cells


def test_a_line_of_facts_ends_between_two_of_them() -> None:
    english = breaks("1 open · 1 of 2 overdue", 20, " · ")
    japanese = breaks("自分 · 2026年5月30日(土)から", 24, " · ")

    assert (english, japanese) == ([9], [5])


# Wrapped -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(texts, cell_counts)
@example("漢字", 2)
@example("a漢" * 5, 3)
@example("ab  cd   ", 2)
def test_wrapping_loses_nothing_but_white_space_at_the_ends_of_lines(text: str, cells: int) -> None:
    places = breaks(text, cells)

    lines = wrapped(text, cells)

    whole = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    assert places == sorted(set(places)), "each line begins after the one before"
    assert lines == [line.rstrip() for line in whole]
    assert "".join(whole) == text
    assert bare("".join(lines)) == bare(text)


@settings(deadline=None)
@given(texts, cell_counts)
@example("❤\ufe0f" * 4, 4)
@example("👩\u200d👩\u200d👧\u200d👦" * 3, 4)
@example("か\u3099" * 5, 4)
def test_no_line_is_wider_than_its_cells(text: str, cells: int) -> None:
    assert [line for line in wrapped(text, cells) if cell_len(line) > cells] == []


@settings(deadline=None)
@given(japanese, st.integers(8, 40))
@example("面談の記録、そして次の一歩。「やってみる」と言った。", 10)
def test_no_line_begins_or_ends_with_what_must_not_stand_there(text: str, cells: int) -> None:
    lines = wrapped(text, cells)

    assert [line for line in lines if line[:1] in set(NOT_FIRST)] == []
    assert [line for line in lines if line[-1:] in set(NOT_LAST)] == []


@settings(deadline=None)
@given(st.lists(st.text("abcdefghij,.-'", min_size=1, max_size=9), max_size=30), st.integers(9, 40))
def test_words_that_fit_stay_whole_and_lines_are_filled(words: list[str], cells: int) -> None:
    text = " ".join(words)

    lines = wrapped(text, cells)

    expected = textwrap.wrap(text, cells, break_on_hyphens=False)
    assert lines == (expected or [""])


@settings(deadline=None)
@given(st.lists(one_line_texts, max_size=6), cell_counts)
@example(["first", "second", "末"], 20)
def test_a_line_break_that_was_typed_stays(paragraphs: list[str], cells: int) -> None:
    lines = wrapped("\n".join(paragraphs), cells)

    assert lines == [line for text in paragraphs or [""] for line in wrapped(text, cells)]


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("", 10, [""]),
        ("a\n\nb", 10, ["a", "", "b"]),
        ("one two three", 7, ["one two", "three"]),
        ("a-very-long-word", 6, ["a-very", "-long-", "word"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("面談の記録、次へ", 10, ["面談の記", "録、次へ"]),
        ("彼は「はい」と", 6, ["彼は", "「は", "い」と"]),
        ("Readを読む。", 8, ["Readを読", "む。"]),
        ("漢字", 2, ["漢", "字"]),
        ("漢字", 3, ["漢", "字"]),
    ],
)
def test_lines_end_where_a_reader_of_the_language_expects_it(
    text: str, cells: int, expected: list[str]
) -> None:
    assert wrapped(text, cells) == expected


def test_a_word_wider_than_the_line_breaks_though_nothing_allows_it() -> None:
    lines = wrapped("見出し 「" + "ー" * 9 + "」", 6)

    assert "".join(lines) == "見出し「" + "ー" * 9 + "」"
    assert max(map(cell_len, lines)) <= 6


# Cut and padded ----------------------------------------------------------------------------------


@settings(deadline=None)
@given(one_line_texts, st.integers(1, 60))
def test_what_is_cut_fits_and_begins_as_before(text: str, cells: int) -> None:
    shown = cut(text, cells)

    assert cell_len(shown) <= cells or width(text) <= cells
    if shown != text:
        assert shown.endswith("…")
        assert text.startswith(shown[:-1])


@settings(deadline=None)
@given(one_line_texts, st.integers(1, 60))
def test_only_what_does_not_fit_is_cut(text: str, cells: int) -> None:
    assume(cell_len(text) <= cells)

    assert cut(text, cells) == text


@settings(deadline=None)
@given(st.text("ab漢か ", max_size=30), st.integers(1, 30))
def test_a_cut_keeps_as_much_as_fits(text: str, cells: int) -> None:
    assume(cell_len(text) > cells)

    kept = cut(text, cells)[:-1]

    left = text[len(kept) :].lstrip(" ")
    assert cell_len(text[: len(text) - len(left) + 1]) > cells - 1


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("mentoring", 9, "mentoring"),
        ("mentoring", 8, "mentori…"),
        ("two words", 5, "two…"),
        ("漢字かな", 8, "漢字かな"),
        ("漢字かな", 7, "漢字か…"),
        ("漢字かな", 6, "漢字…"),
        ("漢字", 1, "…"),
        ("漢字", 2, "…"),
    ],
)
def test_a_cut_ends_with_an_ellipsis(text: str, cells: int, expected: str) -> None:
    assert cut(text, cells) == expected


@settings(deadline=None)
@given(one_line_texts, st.integers(0, 60))
def test_padding_adds_spaces_up_to_the_cells_and_takes_nothing(text: str, cells: int) -> None:
    filled = padded(text, cells)

    assert filled.startswith(text)
    assert set(filled[len(text) :]) <= {" "}
    assert width(filled) == max(width(text), cells)


@settings(deadline=None)
@given(one_line_texts)
def test_width_is_what_a_terminal_takes(text: str) -> None:
    assert width(text) == cell_len(text)


def test_what_is_measured_without_tables_is_as_wide_as_the_tables_say() -> None:
    """Fails when a character that takes no cell, or two, is taken for a plain one."""
    plain = [chr(code) for code in range(0xA0, 0x300)]

    assert [width(each) for each in plain] == [cell_len(each) for each in plain]
    assert width("".join(plain)) == cell_len("".join(plain))
    assert width("e\u0301") == cell_len("e\u0301") == 1
