"""Mail, phone numbers and names of other people are taken out of what others get."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentorlog import i18n
from mentorlog.export.redact import WHAT, Redactor
from tests.stopwatch import in_time

OTHERS = [
    "Maya Lindqvist",
    "maya",
    "小田 拓海",
    "森",
    "林太郎",
    "Will Mark",
    "Jean-Luc Picard",
    "Jo Ann Li",
    "J",
    "李",
    "南 夏子",
]
LETTERS = st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Zs", "Pd"])
NAMES = st.text(LETTERS, min_size=2, max_size=12).map(lambda name: f"X{name}Y")


def cleaned(text: str, others: list[str] | None = None, own: tuple[str, ...] = ()) -> str:
    return Redactor(OTHERS if others is None else others, own).redacted(text)[0]


# --- mail ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to a.b+c@x-y.example.com.", "Write to [mail]."),
        ("mailto:a@b.example", "mailto:[mail]"),
        ("<a@b.example>, (c@d.example)", "<[mail]>, ([mail])"),
        ("A@B.EXAMPLE", "[mail]"),
        ("連絡先はa@b.co.jpです", "連絡先は[mail]です"),
        ("ａ＠ｂ．ｅｘａｍｐｌｅへ", "[mail]へ"),
        ("josé@b.example", "[mail]"),
        ("o'brien@b.example and o’brien@b.example", "[mail] and [mail]"),
        ("'a@b.example'", "'[mail]'"),
        ("田中@b.co.jpへ", "[mail]へ"),
        ("高橋あゆみ@b.co.jp、たなか@b.co.jp", "[mail]、[mail]"),
        ("「user@例え.テスト」、user@例え.みんな", "「[mail]」、[mail]"),
        ("user@xn--r8jz45g.xn--zckzah", "[mail]"),
        ("a@b", "a@b"),
        ("@here at 5 @ noon", "@here at 5 @ noon"),
    ],
)
def test_mail_addresses_are_taken_out(text: str, expected: str) -> None:
    assert cleaned(text) == expected


# --- phone numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("090-1234-5678", "[phone]"),
        ("０９０－１２３４－５６７８まで", "[phone]まで"),
        ("電話は09012345678です", "電話は[phone]です"),
        ("090ー1234ー5678", "[phone]"),
        ("03(3580)3311 / 0120-444-444", "[phone] / [phone]"),
        ("(212) 555-0123", "[phone]"),
        ("212.555.0123", "[phone]"),
        ("+44 20 7946 0958", "[phone]"),
        ("+81 90 1234 5678", "[phone]"),
        ("on 2026-11-22 at 14:30", "on 2026-11-22 at 14:30"),
        ("2026年11月22日、1,234,567,890円", "2026年11月22日、1,234,567,890円"),
        ("m12, a7 and 50 minutes", "m12, a7 and 50 minutes"),
    ],
)
def test_phone_numbers_of_japan_and_the_us_and_international_ones_are_taken_out(
    text: str, expected: str
) -> None:
    assert cleaned(text) == expected


def test_the_library_for_phone_numbers_is_loaded_only_for_a_text_with_digits_enough() -> None:
    script = (
        "import sys; from mentorlog.export.redact import Redactor;"
        "Redactor(['Maya']).redacted('Maya, 22 Nov 2026'); assert 'phonenumbers' not in sys.modules;"
        "Redactor([]).redacted('090-1234-5678'); assert 'phonenumbers' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", script], check=True)


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maya Lindqvist said so", "[name] said so"),
        ("MAYA LINDQVIST, maya\nlindqvist", "[name], [name]"),
        ("Ｍａｙａ's and ＬＩＮＤＱＶＩＳＴ", "[name]'s and [name]"),
        ("maya.lindqvist", "[name]"),
        ("Mayas, amaya, Maya2", "Mayas, amaya, Maya2"),
        ("Mayaさんとmaya様", "[name]と[name]"),
        ("Will said: will you mark it, Mark?", "[name] said: [name] you [name] it, [name]?"),
        ("will mark", "[name]"),
        ("Jean-Luc and Picard, no picard", "[name] and [name], no [name]"),
        ("J said; Jo too", "J said; Jo too"),
        ("Jo Ann Li, Ann and Li", "[name], [name] and Li"),
    ],
)
def test_latin_names_are_taken_out_as_whole_words(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize("honorific", ["", "さん", "さま", "様", "氏", "君", "くん", "ちゃん"])
@pytest.mark.parametrize("name", ["小田 拓海", "小田拓海", "小田\u3000拓海", "小田", "拓海"])
def test_japanese_names_are_taken_out_wherever_they_stand(name: str, honorific: str) -> None:
    assert cleaned(f"昨日{name}{honorific}に会った") == "昨日[name]に会った"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("森さんと森の中で", "[name]と森の中で"),
        ("李氏は李を食べた", "[name]は李を食べた"),
        ("林さん、林太郎、太郎くん、林の中", "[name]、[name]、[name]、林の中"),
        ("南さんと夏子は南へ", "[name]と[name]は南へ"),
        ("お子さんの話", "お子さんの話"),
    ],
)
def test_one_character_is_a_name_only_with_an_honorific(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize("text", ["ヤマダさん", "ﾔﾏﾀﾞ", "ﾔﾏﾀﾞ様", "ヤマタ\u3099"])
@pytest.mark.parametrize("name", ["ヤマダ", "ﾔﾏﾀﾞ"])
def test_half_width_kana_hide_nothing(name: str, text: str) -> None:
    assert cleaned(f"あ{text}が", [name]) == "あ[name]が"


def test_the_longest_name_is_taken_first() -> None:
    assert cleaned("Ann Lee Marsh", ["Ann", "Ann Lee Marsh", "Ann Lee"]) == "[name]"
    assert cleaned("森下佳代子", ["森下", "森下佳代子"]) == "[name]"


def test_the_names_of_those_it_goes_to_stay() -> None:
    own = ("Anna Lee", "佐藤 健")
    others = ["Lee Wong", "Anna", "佐藤 花子"]

    assert cleaned("Anna Lee, Anna, Lee, Wong", others, own) == "Anna Lee, Anna, Lee, [name]"
    assert cleaned("佐藤さんと佐藤健と佐藤花子さん", others, own) == "佐藤さんと佐藤健と[name]"
    assert cleaned("Lee Wong", others, own) == "[name]"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("高橋あゆみ", "高橋さん、あゆみさんと高橋あゆみ", "[name]、[name]と[name]"),
        ("高橋あゆみ", "高橋へ、あゆみを止めず", "高橋へ、あゆみを止めず"),
        ("高橋ゆう子", "高橋様とゆう子ちゃん", "[name]と[name]"),
        ("さとうアユミ", "さとうさん、アユミさん", "[name]、[name]"),
        ("み花", "あゆみさんとみ花", "あゆみさんと[name]"),
        ("み花子", "あゆみさんとみ花子", "あゆみさんと[name]"),
        ("あーや子", "おかあさんとお子さん", "おかあさんとお子さん"),
        ("い", "いさんといろは", "[name]といろは"),
        ("Mori, Kenji", "Mori, Kenji; Mori and Kenji", "[name]; [name] and [name]"),
        ("Kenji Mori, PhD", "Kenji Mori, a PhD. Mori!", "[name], a PhD. [name]!"),
        ("Dr. Kenji Mori", "Dr. Kenji Mori, a Dr. of old", "[name], a Dr. of old"),
        ('Robert "Bob" Smith', "Robert Smith, Bob, Smith", "[name], [name], [name]"),
        ("Robert (Bob) Smith", "Robert (Bob) Smith, Bob", "[name], [name]"),
        ("Anne-Marie", "Anne, Marie, anne marie", "[name], [name], [name]"),
        ("Anne-Marie", "Annette, Rosemarie", "Annette, Rosemarie"),
        ("ジャン＝ピエール・モロー", "ジャン、ピエールさん、モロー", "[name]、[name]、[name]"),
        ("ジャン＝ピエール・モロー", "ジャン・ピエール・モローのジャンル", "[name]のジャンル"),
        ("J．スミス", "スミスさんとＪ. スミス", "[name]と[name]"),
        ("Pat O'Brien", "O’Brien, pat, the pat", "[name], pat, the pat"),
        ("maya.", "maya", "[name]"),
        ("田中さん", "田中様と田中部長、田中市", "[name]と[name]、田中市"),
        ("はるちゃん", "はるさんは春のはるかに", "[name]は春のはるかに"),
        ("김민수", "민수는 민수씨, 민수 님과", "[name]는 [name], [name]과"),
        ("김민수", "김 부장님, 김씨, 국민수당, 김치", "[name], [name], 국민수당, 김치"),
        ("남궁민수", "남궁씨와 민수", "[name]와 [name]"),
    ],
)
def test_a_name_is_known_by_its_parts_however_they_are_put_together(
    name: str, text: str, expected: str
) -> None:
    assert cleaned(text, [name]) == expected


@pytest.mark.parametrize(
    "address",
    [
        "部長", "課長", "係長", "社長", "専務", "常務", "取締役", "主任", "教授", "准教授", "先輩", "後輩",
        "師匠", "先生", "サン", "サマ", "クン", "チャン", "副社長", "殿", "ｻﾝ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["", " ", "\u3000"])
def test_forms_of_address_go_with_the_name_and_tell_what_is_one(between: str, address: str) -> None:
    text = f"今日は山田{between}{address}と森{between}{address}に"

    assert cleaned(text, ["山田", "森"]) == "今日は[name]と[name]に"


def test_a_word_that_begins_like_a_form_of_address_is_none() -> None:
    assert cleaned("山田サンプルと林サンプル", ["山田", "林"]) == "[name]サンプルと林サンプル"


def test_a_name_that_stands_in_one_to_be_kept_stays_and_a_longer_one_goes() -> None:
    own = ("佐藤 健",)

    assert cleaned("佐藤健さんと佐藤", ["佐藤 花子"], own) == "佐藤健さんと佐藤"
    assert cleaned("佐藤花子さん", ["佐藤花子"], own) == "[name]"


@example(name="İstanbul Ü", before="", after="ß")
@example(name="Straße", before="ﬁ", after="")
@settings(deadline=None)
@given(name=NAMES, before=st.text(), after=st.text())
def test_no_whole_name_is_left_whatever_stands_around_it(
    name: str, before: str, after: str
) -> None:
    text, counts = Redactor([name]).redacted(f"{before} {name} {after}")

    assert name not in text
    assert counts["name"] > 0 or counts["mail"] > 0


# --- how it is put together ----------------------------------------------------------------------


def test_what_was_taken_out_is_counted() -> None:
    text, counts = Redactor(OTHERS).redacted("Maya: a@b.example, 090-1234-5678, 小田さん, maya")

    assert text == "[name]: [mail], [phone], [name], [name]"
    assert {what: counts[what] for what in WHAT} == {"mail": 1, "phone": 1, "name": 3}


def test_what_overlaps_goes_as_one() -> None:
    text, counts = Redactor(["Maya", "Name", "Mail"]).redacted("maya@b.example Maya Mail")

    assert text == "[mail] [name] [name]"
    assert counts.total() == 3


def test_tokens_are_in_the_language_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentorlog.export.redact._", {"[mail]": "[メール]"}.__getitem__)

    assert cleaned("a@b.example") == "[メール]"
    assert i18n.language == "en"


@settings(deadline=None)
@given(st.text())
def test_a_text_without_any_of_them_stays_as_it_is(text: str) -> None:
    assert Redactor([]).redacted(text.replace("@", ""))[1]["mail"] == 0
    if not any(letter.isdigit() for letter in text) and "@" not in text:
        assert cleaned(text, []) == text


@pytest.mark.parametrize(
    "piece",
    [
        "a", "a@", "a.", "@", "Maya", "森", "Maya Lindqvist ", "さん", "- ", "a-", "'", "o'", "あ", "森あ", "Ｊ．",
        "・", "ジャン", "민수",
    ],
)  # fmt: skip
def test_no_text_is_slow_to_read(piece: str) -> None:
    redactor = Redactor(
        [*OTHERS, "高橋あゆみ", "김민수", "ジャン＝ピエール・モロー", "Robert (Bob) Smith"]
    )

    with in_time():
        _text, removed = redactor.redacted(f"a@b.c {piece * 100_000} a@b.{piece * 100_000}")

    assert removed["mail"] > 0
