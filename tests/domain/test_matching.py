"""Which texts speak of the same thing, in both languages; the examples are strengths and goals."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.domain.matching import matches
from mentorlog.text import search_text

hiragana = st.characters(min_codepoint=0x3041, max_codepoint=0x3096)
written = st.text(
    st.sampled_from("aAéßteaching 'C+#12 話し方英語々の力リーダーシップﾘｰﾀﾞ・、\n")
    | st.characters(codec="utf-8"),
    max_size=20,
)


@pytest.mark.parametrize(
    ("strength", "goal"),
    [
        ("Public speaking", "Give a public talk in Lisbon"),
        ("Public speaking", "Speak at two conferences"),
        ("Teach beginners", "Get better at teaching"),
        ("SQL", "tune sql queries"),
        ("Résumé review", "A resume that gets read"),
        ("ＰＹＴＨＯＮ", "Ship a Python package"),
        ("Negotiation", "Negotiations with suppliers"),
        ("Facilitation, team health", "A team's first retrospective"),
        ("Пение", "Учить пение"),
        ("C++", "Read C++ without fear"),
        ("C", "Learn C."),
        ("C", "Cを学ぶ"),
        ("Go", "Write a service in Go"),
        ("R & D", "Lead r & d"),
    ],
)
def test_texts_that_share_a_word_that_says_something_match(strength: str, goal: str) -> None:
    found = matches(strength, goal)

    assert found


@pytest.mark.parametrize(
    ("strength", "goal"),
    [
        ("Public speaking", "Run a marathon"),
        ("Working with people", "Be done with the thesis"),
        ("I don't give up", "They don't read it"),
        ("Everything about others", "Do everything otherwise"),
        ("Art", "Start a company"),
        ("Lead", "Leaden skies"),  # what begins alike has to be long enough
        ("Go", "Google ads"),
        ("C", "Learn C++"),
        ("C", "Learn C#"),
        ("AI", "Maintain the garden"),
        ("B2", "B2B sales"),
        ("With", "Work with care"),
        ("2026", "20261 steps"),
    ],
)
def test_texts_that_share_less_than_a_word_do_not_match(strength: str, goal: str) -> None:
    found = matches(strength, goal)

    assert not found


@pytest.mark.parametrize(
    ("strength", "goal"),
    [
        ("英語での発表", "発表の回数を増やす"),
        ("情報設計", "設計を任される"),
        ("人々をつなぐ", "人々に会う"),
        ("リーダーシップ", "リーダーシップを身につける"),
        ("ﾘｰﾀﾞｰｼｯﾌﾟ", "リーダーシップを身につける"),
        ("よいリーダーになった経験", "リーダーシップを身につける"),
        ("プレゼン", "プレゼンテーションを三回する"),
        ("ファシリテーションの経験", "会議のファシリテーション"),
        ("おもてなし", "おもてなしを学ぶ"),
        ("話す", "人前で話す"),
        ("Python入門", "pythonで集計する"),
        ("書", "書を習う"),
    ],
)
def test_japanese_texts_that_share_a_compound_or_a_loanword_match(strength: str, goal: str) -> None:
    found = matches(strength, goal)

    assert found


@pytest.mark.parametrize(
    ("strength", "goal"),
    [
        ("人に教えること", "早くおきること"),
        ("話し方", "書き方"),
        ("英語", "英国の歴史"),
        ("リーダー", "リードする"),
        ("ガイド", "カイドウ"),  # dakuten make another word
        ("こと", "考えること"),
        ("すごーーい力", "ながーーい旅"),
        ("本", "日々の歩み"),
        ("リーダー・シップ", "リード・オフ"),
    ],
)
def test_japanese_texts_that_share_less_do_not_match(strength: str, goal: str) -> None:
    found = matches(strength, goal)

    assert not found


@given(one=written, other=written)
def test_it_does_not_matter_which_text_comes_first(one: str, other: str) -> None:
    found = matches(one, other)

    assert found == matches(other, one)


@example(text="\u00ad")  # a soft hyphen: what nobody sees is blank too
@given(text=written)
def test_a_text_matches_itself_unless_it_is_blank(text: str) -> None:
    found = matches(text, text)

    assert found == bool(search_text(text).strip())


@given(text=written, blank=st.text(" \t\n\u3000"))
def test_a_blank_text_matches_nothing(text: str, blank: str) -> None:
    found = matches(text, blank)

    assert not found


@given(shared=st.text(hiragana, min_size=1, max_size=10))
def test_hiragana_shared_in_passing_says_nothing(shared: str) -> None:
    found = matches(f"英{shared}茶", f"本{shared}花")

    assert not found


@given(
    loanword=st.sampled_from(["リーダー", "データ", "コーチング"]), before=written, after=written
)
def test_a_loanword_matches_wherever_it_stands_as_a_whole(
    loanword: str, before: str, after: str
) -> None:
    found = matches(loanword, f"{before} {loanword} {after}")

    assert found


@pytest.mark.parametrize(
    "common", ["and", "with", "that", "their", "because", "through", "would", "more", "get"]
)
@given(
    left=st.from_regex("[b-d]{4}", fullmatch=True), right=st.from_regex("[f-h]{4}", fullmatch=True)
)
def test_a_word_of_every_text_says_nothing(common: str, left: str, right: str) -> None:
    found = matches(f"{left} {common}", f"{common} {right}")

    assert not found
