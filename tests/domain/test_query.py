"""What is looked for and where it stands: queries, how well a text fits one, the part to show."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.domain.passage import Passage, passage
from mentorlog.domain.query import Query, parse_query
from mentorlog.domain.relevance import relevance
from mentorlog.text import UNSPACED, search_text, words

SIGNS = st.sampled_from("ab C+#.&-'\"“”„＂－ é目標計画ｶﾞ🎉→\n\u3000()*!?、。\x00\ud800")
queries = st.text(SIGNS, max_size=20)
texts = st.text(st.sampled_from("ab C+#.&-'é目標計画ガ🎉→\n()、"), max_size=30)


def pieces(query: Query) -> tuple[list[str], list[str]]:
    """Return what is looked for and what is not to be there, a phrase with a space between its words."""
    return [" ".join(each.pieces) for each in query.terms], [
        " ".join(each.pieces) for each in query.without
    ]


def marked(query: str, text: str) -> str:
    """Return a text with [ ] around what the first term of a query finds in it."""
    folded = search_text(text)
    (term, *_others) = parse_query(query).terms
    for start, stop, _is_whole in reversed(list(term.places(folded))):
        folded = f"{folded[:start]}[{folded[start:stop]}]{folded[stop:]}"
    return folded


def fits(query: str, *of: str) -> tuple[int, float] | None:
    return relevance(parse_query(query), [search_text(text) for text in of])


def shown(query: str, *of: tuple[str, str]) -> Passage:
    return passage(parse_query(query), of)


# A query -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("plan -draft", ["plan"], ["draft"]),
        ("Plan  PLAN　ＰＬＡＮ", ["plan"], []),
        ('"a week" “well done” ＂full　width＂', ["a week", "well done", "full width"], []),
        ('plan -"a week" －draft -“no way”', ["plan"], ["a week", "draft", "no way"]),
        ("plan, (week) 「目標」、 what?", ["plan", "week", "目標", "what"], []),
        ("C++ C# @name R&D .NET don’t", ["c++", "c#", "@name", "r&d", ".net", "don't"], []),
        ("plan* NEAR( col:x AND OR NOT", ["plan", "near", "col:x", "and", "or", "not"], []),
        ('say "no', ["say", "no"], []),
        ('say"a b"no', ["say", "a b", "no"], []),
        ("→ 🎉 ❤️", ["→", "🎉", "❤"], []),
        ("- -- --json", [], ["json"]),
        ("a -b - c", ["a", "c"], ["b"]),
        ("\udcffplan\ud800", ["plan"], []),
        ("", [], []),
        (' ?! *** "" -"" " -', [], []),
    ],
)
def test_a_query_is_words_phrases_and_what_is_to_be_left_out(
    typed: str, wanted: list[str], unwanted: list[str]
) -> None:
    found = parse_query(typed)

    assert pieces(found) == (wanted, unwanted)


@given(typed=queries)
@example(typed='"' * 9)
@example(typed='-"a')
def test_whatever_is_typed_is_a_query_that_the_index_can_be_asked(typed: str) -> None:
    found = parse_query(typed)

    for term in (*found.terms, *found.without):
        assert term.words
        assert all(word == word.strip() and '"' not in word for word in term.words)
        assert "".join(term.words).encode()


# Where a term stands -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("plan", "Plan planning unplanned replan", "[plan] [plan]ning unplanned replan"),
        ('"plan"', "plan planning plan", "[plan] planning [plan]"),
        ('"well done"', "Well done, well-done, welldone", "[well done], [well-done], welldone"),
        ('"well done"', "well\n done well donee", "[well\n done] well donee"),
        ("C++", "c, C++ and C++11, bc++", "c, [c++] and [c++]11, bc++"),
        ("R&D", "R and D, r&d, R&Ds", "r and d, [r&d], [r&d]s"),
        ("@name", "@name me@name.example name", "[@name] me[@name].example name"),
        ("画", "計画と画面", "計[画]と[画]面"),
        ("目標", "中目標値 目 標", "中[目標]値 目 標"),
        ('"目標 設定"', "目標設定と目標の設定", "[目標設定]と目標の設定"),
        ("ｶﾞｲﾄﾞ", "旅行ガイド、カイト", "旅行[ガイド]、カイト"),
        ("3件", "3件と13件", "[3件]と13件"),
        ("🎉", "Done🎉!", "done[🎉]!"),
        ("aa", "aaa aa", "[aa]a [aa]"),
    ],
)
def test_a_word_stands_from_its_beginning_a_phrase_whole_and_japanese_anywhere(
    query: str, text: str, expected: str
) -> None:
    assert marked(query, text) == expected


def by_pattern(query: Query, text: str) -> bool:
    """Return whether a text fits, told by patterns instead of by going through the signs."""
    edge = f"(?:(?<![^\\W_{UNSPACED}])|(?![^\\W_{UNSPACED}]))"
    gap = "".join(sign for sign in {*text, " "} if not words(sign))

    def stands(each: tuple[str, ...], *, is_phrase: bool) -> bool:
        behind = f"(?:(?![^\\W_{UNSPACED}])|(?<![^\\W_{UNSPACED}]))" if is_phrase else ""
        found = [f"{edge}{re.escape(piece)}{behind}" for piece in each]
        return re.search(f"[{re.escape(gap)}]*".join(found), text) is not None

    return all(stands(*term[:1], is_phrase=term.is_phrase) for term in query.terms) and not any(
        stands(*term[:1], is_phrase=term.is_phrase) for term in query.without
    )


@given(typed=queries, text=texts)
@example(typed='"a b"', text="a-b")
@example(typed='"b 目"', text="a b目")
def test_a_text_fits_exactly_where_patterns_say_so(typed: str, text: str) -> None:
    query, folded = parse_query(typed), search_text(text)

    found = relevance(query, [folded])

    assert (found is not None) == by_pattern(query, folded)


@given(typed=queries, text=texts)
def test_a_text_that_fits_has_the_words_that_the_index_is_asked_for(typed: str, text: str) -> None:
    query = parse_query(typed)
    kept = f" {' '.join(words(text))} "

    for term in query.terms:
        if term.is_in(search_text(text)):
            asked = " " + " ".join(term.words)
            assert asked in kept if term.may_go_on else asked + " " in kept


# How well a record fits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("plan", ("a plan",), ("planning planning planning",)),
        ("plan", ("plan the plan",), ("plan the week",)),
        ("plan", ("a plan",), ("a plan" + " and more" * 30,)),
        ("plan", ("a plan", "to go"), ("to go", "a plan")),
        ("plan week", ("plan", "week"), ("plan", "weekly week-end" * 9)),
        ("a b", ("a b",), ("a bb",)),
    ],
)
def test_the_better_record_has_the_words_whole_often_first_and_little_else(
    query: str, better: tuple[str, ...], worse: tuple[str, ...]
) -> None:
    found = (fits(query, *better), fits(query, *worse))

    assert found[0] is not None
    assert found[1] is not None
    assert found[0] > found[1]


@pytest.mark.parametrize(
    ("query", "of", "is_found"),
    [
        ("plan week", ("plan",), False),
        ("plan week", ("the week", "a plan"), True),
        ("plan -week", ("the week", "a plan"), False),
        ("plan -week", ("a plan",), True),
        ("plan -draft", ("a plan", "drafting"), False),
        ('"plan week"', ("a plan", "week"), False),
    ],
)
def test_all_words_have_to_be_there_in_whichever_text_and_what_is_unwanted_in_none(
    query: str, of: tuple[str, ...], *, is_found: bool
) -> None:
    assert (fits(query, *of) is not None) == is_found


# The part to show --------------------------------------------------------------------------------


def test_the_part_shown_is_a_piece_of_the_text_as_it_was_written() -> None:
    text = "Ｃａｆé".join(["before " * 40, " and after" * 40])

    found = shown("cafe", ("notes", text))

    assert found.text in text
    assert [found.text[start:stop] for start, stop in found.marks] == ["Ｃａｆé"]
    assert (found.field, found.of, found.is_begun, found.is_cut) == ("notes", text, True, True)
    assert found.text.startswith("before ")
    assert found.text.endswith((" and", " after"))


def test_a_short_text_is_shown_whole_with_every_place() -> None:
    found = shown("plan 週", ("text", "Plan the 週, planning\n再週"))

    assert found.text == "Plan the 週, planning\n再週"
    assert found.marks == ((0, 4), (9, 10), (12, 16), (22, 23))
    assert (found.is_begun, found.is_cut) == (False, False)


def test_marks_that_touch_are_one() -> None:
    assert shown("計画 画面", ("text", "計画面")).marks == ((0, 3),)


def test_the_part_is_where_most_of_the_words_stand_together() -> None:
    apart = ("summary", "plan " + "x " * 200 + "week")
    together = ("notes", "plan " + "x " * 200 + "a week to plan")

    found = shown("plan week", apart, together)

    assert found.field == "notes"
    assert [found.text[start:stop] for start, stop in found.marks] == ["week", "plan"]


def test_a_whole_word_is_shown_rather_than_a_beginning() -> None:
    assert shown("plan", ("summary", "planning"), ("notes", "a plan")).field == "notes"


def test_the_first_of_fields_that_are_alike_is_shown() -> None:
    assert shown("plan", ("summary", "a plan"), ("notes", "plan plan")).field == "summary"


@given(typed=queries, text=st.text(), extra=texts)
def test_a_mark_is_around_what_folds_to_something_that_was_looked_for(
    typed: str, text: str, extra: str
) -> None:
    query = parse_query(typed)
    written = unicodedata.normalize("NFD", text + extra).encode("utf-8", "ignore").decode()
    if not query.terms or relevance(query, [search_text(written)]) is None:
        return

    found = shown(typed, ("text", written))

    assert found.text in written
    assert found.marks
    assert all(0 <= start < stop <= len(found.text) for start, stop in found.marks)
    start, stop = found.marks[0]
    folded = search_text(found.text[start:stop])
    assert any(term.pieces[0][:1] in folded for term in query.terms)


def test_a_word_at_the_end_of_ten_megabytes_is_shown() -> None:
    text = "面談 words and 記録、👩\u200d👧 次の一歩。\n" * 220_000 + "Ｎeedle 針"

    found = shown("needle 針", ("notes", text))

    assert len(text.encode()) > 10_000_000
    assert [found.text[start:stop] for start, stop in found.marks] == ["Ｎeedle", "針"]


def test_of_two_texts_that_hold_one_term_each_the_one_of_the_longer_term_is_shown() -> None:
    """Fails when the first is taken: a word such as "the" stands in nearly every text."""
    passage_of = shown("the talk", ("topics", "the plan"), ("notes", "her talk went well"))

    assert passage_of.field == "notes"
