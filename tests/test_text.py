"""Text from people: what is refused, what is shown in its place, what is the same name."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st

from mentorlog.errors import InvalidValue
from mentorlog.text import (
    Folded,
    first_line,
    folded,
    is_gap,
    is_in_word,
    keepable,
    search_text,
    visible,
    words,
)
from tests.proofs import Proved

utf8 = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
STEERING = {"Cc", "Zl", "Zp"}
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


# What can be kept --------------------------------------------------------------------------------


@given(text=utf8)
@example(text="👩‍👩‍👧‍👦 ❤️ مرحبا שלום 目標 が\u3099")
def test_any_text_that_utf8_can_carry_is_kept_but_for_its_line_ends(text: str) -> None:
    kept = keepable("notes", text)

    assert kept == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\r\r\nb\n\r", "a\n\nb\n\n"),
        ("a\nb\t\x0b\x0c\x85\u2028", "a\nb\t\x0b\x0c\x85\u2028"),
        ("", ""),
    ],
)
def test_line_ends_of_every_system_become_line_feeds(typed: str, kept: str) -> None:
    found = keepable("notes", typed)

    assert found == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("\x00", "text-has-nul"),
        ("long " * 1000 + "\x00", "text-has-nul"),
        ("目標\x00", "text-has-nul"),
        ("\ud800", "text-not-unicode"),
        ("ok \udfff ok", "text-not-unicode"),
        ("\ud83d\ude00", "text-not-unicode"),  # two halves of an emoji, never joined
    ],
)
def test_what_cannot_be_kept_is_refused_without_being_repeated(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        keepable("notes", typed)

    assert (caught.value.field, caught.value.reason, caught.value.typed) == ("notes", reason, "")
    assert typed not in str(caught.value)


# What is shown -----------------------------------------------------------------------------------


@pytest.mark.proofs(10)
def test_nothing_that_steers_a_terminal_is_shown(proved: Proved) -> None:
    """Fails when `_STEERING` lacks any of its characters, or `visible` thinks any more of them printable."""
    every_character = "".join(map(chr, range(sys.maxunicode + 1)))
    count = 0

    @seed(10)
    @settings(max_examples=500, deadline=None, database=None)
    @given(text=st.text(), block=st.booleans())
    @example(text=BIDI, block=True)
    @example(text="\x1b]8;;https://x\x07link\x1b]8;;\x07\x9b31m", block=True)
    @example(text=every_character, block=False)
    @example(text=every_character, block=True)
    def hold(text: str, *, block: bool) -> None:
        nonlocal count
        left = "\n\t" if block else ""
        steering = [
            character
            for character in visible(text, block=block)
            if character not in left
            and (unicodedata.category(character) in STEERING or character in BIDI)
        ]
        assert steering == []
        count += 1

    hold()

    proved(
        f"{count} random texts and all {len(every_character):,} characters: none that steers is shown"
    )


@given(text=st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])), block=st.booleans())
def test_what_steers_nothing_is_shown_as_it_is(text: str, *, block: bool) -> None:
    shown = visible(text, block=block)

    assert shown == text


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦",
        "❤️",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "مرحبا",
        "שלום",
        "目標",
        "e\u0301",
        "[red]x[/red]",
        ":smile:",
        "می‌خواهم",
    ],
)
def test_emoji_families_and_other_scripts_are_shown_whole(text: str) -> None:
    shown = visible(text)

    assert shown == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("\x00\x07\x7f\x9b", "\\x00\\x07\\x7f\\x9b"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("a\u2028b\ufeff", "a\\u2028b\\ufeff"),
        ("a\r\n\tb", "a\\x0d\\n\\tb"),
    ],
)
def test_what_steers_is_shown_as_what_it_is(text: str, shown: str) -> None:
    found = visible(text)

    assert found == shown


def test_a_block_keeps_its_lines_and_tabs() -> None:
    shown = visible("a\n\tb\r\x1b", block=True)

    assert shown == "a\n\tb\\x0d\\x1b"


# The first line ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one", "one"),
        ("one\ntwo", "one …"),
        ("\n\n  one  \n\n", "one"),
        ("one  \ntwo", "one …"),
        ("one\n \n\t\n", "one"),
        ("one\n\n\ntwo", "one …"),
        ("\x1b[1mone\ttwo", "\\x1b[1mone\\ttwo"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_the_first_line_that_says_something_stands_for_the_text(text: str, shown: str) -> None:
    found = first_line(text)

    assert found == shown


@given(text=st.text())
def test_a_first_line_is_one_line(text: str) -> None:
    found = first_line(text)

    assert "\n" not in found
    assert found == "" or found.splitlines() == [found]


# The same name -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aiko", "AIKO"),
        ("Aiko", "ＡＩＫＯ"),
        ("ハンカク", "ﾊﾝｶｸ"),
        ("Straße", "STRASSE"),
        ("José", "jose\u0301"),
        ("Aiko Tanaka", " aiko \t tanaka\n"),
        ("愛子 田中", "愛子　田中"),
        ("ﬁnn", "FINN"),
    ],
)
def test_width_case_and_space_do_not_tell_two_names_apart(one: str, other: str) -> None:
    names = (folded(one), folded(other))

    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jose", "José"),
        ("か", "が"),
        ("Aiko", "Aikoo"),
        ("田中", "中田"),
        ("ab", "a b"),
        ("ア", "あ"),
    ],
)
def test_letters_that_differ_do_tell_two_names_apart(one: str, other: str) -> None:
    names = (folded(one), folded(other))

    assert names[0] != names[1]


@given(name=st.text(st.characters(codec="ascii")))
def test_plain_letters_fold_the_quick_way_as_any_others_do(name: str) -> None:
    long_way = " ".join(unicodedata.normalize("NFKC", name).casefold().split())

    assert folded(name) == long_way


# The same to a search ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José", "JOSE"),
        ("jose\u0301", "Jose"),
        ("Ångström", "angstrom"),
        ("Việt Nam", "viet nam"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("ﬁnn", "FINN"),
        ("ＡＩＫＯ", "aiko"),
        ("ハンカク", "ﾊﾝｶｸ"),
        ("ガイド", "ｶﾞｲﾄﾞ"),
        ("が", "か\u3099"),
        ("ΆΣ", "άς"),
        ("①", "1"),
        ("don’t", "DON'T"),
        ("invi\u200bsi\u00adble", "invisible"),
        ("❤️", "❤"),
        ("👩\u200d👧", "👩👧"),
    ],
)
def test_width_case_and_latin_accents_do_not_tell_two_texts_apart(one: str, other: str) -> None:
    found = (search_text(one), search_text(other))

    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("ハ", "パ"),
        ("ア", "あ"),
        ("й", "и"),
        ("ά", "α"),
        ("C", "C++"),
        ("a b", "ab"),
    ],
)
def test_dakuten_and_the_marks_of_other_scripts_tell_two_texts_apart(one: str, other: str) -> None:
    found = (search_text(one), search_text(other))

    assert found[0] != found[1]


@given(text=st.text())
@example(text="\u0345\u03b1\u0301 \u212b \u1e9e \uff76\uff9e e\u0323\u0302")
def test_what_is_normalised_for_search_stays_so(text: str) -> None:
    found = search_text(text)

    assert search_text(found) == found
    assert unicodedata.is_normalized("NFKC", found)
    assert search_text(unicodedata.normalize("NFD", text)) == found


@given(text=st.text(), letters=st.text(st.characters(codec="ascii")))
def test_a_search_finds_letters_beside_any_text_whatever_their_case(
    text: str, letters: str
) -> None:
    found = search_text(f"{letters.upper()} {text}")

    assert found.startswith(letters.lower())


@given(text=st.text(st.characters(codec="ascii")))
def test_plain_letters_become_searchable_the_quick_way_as_any_others_do(text: str) -> None:
    long_way = search_text(text + "\u3042").removesuffix("\u3042")

    assert search_text(text) == long_way


# Words and signs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan the week, well-known", ["plan", "the", "week", "well", "known"]),
        ("面談の記録", ["面", "談", "の", "記", "録"]),
        ("第3回 Ｖer.2", ["第", "3", "回", "ver", "2"]),
        ("Größe naïve СССР", ["grosse", "naive", "ссср"]),
        ("ｶﾞｲﾄﾞ、「本」。", ["ガ", "イ", "ド", "本"]),
        ("👩\u200d👧→❤️!", ["👩", "👧", "→", "❤"]),
        ("snake_case C++ don't", ["snake", "case", "c", "don", "t"]),
        ("“” … — ・ £5", ["・", "5"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_or_single_signs_where_no_space_is_put(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


@given(text=st.text())
def test_a_sign_is_a_gap_or_in_a_word_as_the_words_of_a_text_say(text: str) -> None:
    for sign in search_text(text):
        together = words(f"a{sign}a") if search_text(f"a{sign}a") == f"a{sign}a" else None

        assert together in (None, ["a", "a"] if is_gap(sign) else ["a", sign, "a"], [f"a{sign}a"])
        assert together is None or is_in_word(sign) == (len(together) == 1)


# A folded text and the one it came from ----------------------------------------------------------

JOINING = st.text(
    st.sampled_from(
        "aé e\u0301が か\u3099ｶﾞﾊﾟㄱㅏ한\u1100\u1161\u11a8ﬁ①İß\u200d👩\ufe0f❤\u0345αΆςﾡￂ’\n\u093f"
    )
)


@given(text=st.text() | JOINING)
@example(text="か" * 1999 + "か\u3099" + "ﬁ" * 3000)  # cut where a letter and its mark would part
def test_a_folded_text_is_the_text_as_it_is_searched(text: str) -> None:
    assert Folded(text).text == search_text(text)


@given(text=JOINING, data=st.data())
def test_a_part_of_a_folded_text_is_found_in_the_text_as_it_was_written(
    text: str, data: st.DataObject
) -> None:
    written = f"{text}-" * 300
    found = Folded(written)
    start = data.draw(st.integers(0, len(found.text) - 1))
    stop = data.draw(st.integers(start + 1, min(len(found.text), start + 50)))

    begin, end = found.span(start, stop)

    folded = search_text(written[begin:end])
    assert found.text[start:stop] in folded
    most = stop - start + 2 * len(search_text(text))
    assert len(folded) <= most, "no more than the letters it is part of"


def test_the_places_of_ten_megabytes_are_told_without_going_through_them() -> None:
    text = "面談 words、Ｎotes 👩\u200d👧\n" * 500_000 + "ｶﾞ"

    found = Folded(text)
    begin, end = found.span(len(found.text) - 1, len(found.text))

    assert text[begin:end] == "ｶﾞ"


@pytest.mark.parametrize(
    "unseen", ["\U000e0100", "\ufe00", "\ufe0f", "\u200b", "\u00ad", "\U000e0041"]
)
def test_what_only_chooses_the_look_of_a_sign_hides_no_name_and_no_word(unseen: str) -> None:
    written = f"葛{unseen}城"

    assert search_text(written) == "葛城"
    assert words(written) == ["葛", "城"]
    assert folded(written) == folded("葛城")
