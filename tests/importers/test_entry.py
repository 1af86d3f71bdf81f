"""What an entry becomes: every word of it in one record, known again when the same file comes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.domain.reflection import Reflection
from mentorlog.errors import BadFile, InvalidValue, Place
from mentorlog.importers.days import Moment
from mentorlog.importers.entry import BECOMES, Becoming, Entry, identity

DAY = date(2026, 11, 22)
AIKO, BEN = (
    Pair(id=f"p{number}", uid=f"{number:032x}", partner="x", my_role="mentor", started_on=DAY)
    for number in (1, 2)
)


def entry(text: str = "A title\nand a body", **more: Any) -> Entry:
    return Entry(Place(1, 1), ("2026-11-22", text), DAY, **{"at": "09:30", "text": text} | more)


def become(kind: str, *entries: Entry, form: str = "jrnl", pair: Pair = AIKO) -> list[Record]:
    becoming = Becoming(form, kind, pair, lambda on: "immersion" if on < DAY else "looking-back")
    return [record for _place, record in becoming.records(iter(entries))]


def meeting(given: Entry) -> Meeting:
    (record,) = become("meeting", given)
    assert isinstance(record, Meeting)
    return record


def reflection(given: Entry) -> Reflection:
    (record,) = become("reflection", given)
    assert isinstance(record, Reflection)
    return record


@pytest.mark.parametrize(
    ("title", "text", "summary", "notes"),
    [
        ("A title", "A title\nand a body", "A title", "and a body"),
        ("A title", "A title", "A title", None),
        ("A title", "A title\n\n  indented\nend", "A title", "  indented\nend"),
        ("A title.", "A title. A body", "A title.", "A body"),
        ("目標を決める。", "目標を決める。本文", "目標を決める。", "本文"),
        ("", "", None, None),
        ("", "All of it\nis said", None, "All of it\nis said"),
        (" ", " \nbody", None, " \nbody"),
        ("x" * 120, "x" * 120 + "\nbody", "x" * 120, "body"),
        ("x" * 121, "x" * 121 + "\nbody", None, "x" * 121 + "\nbody"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_short_title_is_the_summary_and_the_rest_the_notes(
    title: str, text: str, summary: str | None, notes: str | None
) -> None:
    made = meeting(entry(text, title=title))

    assert (made.summary, made.notes) == (summary, notes)
    assert (made.pair, made.held_on, made.start_time, made.visibility) == (
        "p1",
        DAY,
        "09:30",
        "private",
    )


def test_tags_are_topics_without_their_marks_each_once() -> None:
    made = meeting(entry(tags=("@work", "#work", "long  walks", "@", "##deep", " ")))

    assert made.topics == ("work", "long walks", "@", "deep")


def test_what_else_a_file_says_stands_at_the_end_of_the_notes() -> None:
    made = meeting(entry("Said", more=(("starred", "true"), ("weather", "Clear"))))

    assert made.notes == "Said\n\nAlso in the entry:\nstarred: true\nweather: Clear"


def test_where_it_says_nothing_else_the_first_line_says_that_there_is_no_text() -> None:
    more = (("weather", "Clear"),)

    assert meeting(entry("", more=more)).notes == "No text. In the entry:\nweather: Clear"
    assert meeting(entry("", fields={"summary": "Short"}, more=more)).notes == (
        "Also in the entry:\nweather: Clear"
    )
    assert reflection(entry("", at=None, more=more)).answers == {
        "entry": "No text. In the entry:\nweather: Clear"
    }


def test_an_entry_is_wordless_where_nothing_of_it_has_a_field() -> None:
    assert [entry(" ").is_wordless, entry("a").is_wordless] == [True, False]
    assert not entry("", fields={"minutes": 50}).is_wordless


def test_columns_go_into_the_fields_they_are_for() -> None:
    made = meeting(
        entry("", fields={"notes": "Long", "summary": "Short", "minutes": 50}, more=(("x", "y"),))
    )

    assert (made.summary, made.minutes) == ("Short", 50)
    assert made.notes == "Long\n\nAlso in the entry:\nx: y"


def test_a_reflection_has_all_of_an_entry_under_one_key_in_the_phase_of_its_day() -> None:
    made = reflection(entry(tags=("@work", "life"), more=(("weather", "Clear"),)))
    earlier = reflection(entry()._replace(on=date(2026, 11, 21)))

    assert made.answers == {
        "entry": "A title\nand a body\n\nAlso in the entry:\nstart time: 09:30\ntopics: work, life\nweather: Clear"
    }
    assert (made.form, made.phase, made.written_on, made.visibility) == (
        "free", "looking-back", DAY, "private"
    )  # fmt: skip
    assert earlier.phase == "immersion"


def test_an_entry_without_a_word_is_a_meeting_and_no_reflection() -> None:
    wordless = entry("", at=None)

    assert meeting(wordless).notes is None
    with pytest.raises(BadFile) as refused:
        become("reflection", wordless)
    assert isinstance(refused.value.refusal, InvalidValue)


@pytest.mark.parametrize("kind", BECOMES)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\x00\r")),
    end=st.integers(0, 200),
    tags=st.lists(st.sampled_from(["@a", "b c", "#目"])),
)
def test_every_word_of_an_entry_is_in_the_record(
    kind: str, text: str, end: int, tags: list[str]
) -> None:
    whole = f"x {text}"

    (made,) = become(kind, entry(whole, title=whole[:end], tags=tuple(tags)))

    if isinstance(made, Meeting):
        said = f"{made.summary or ''}\n{made.notes or ''} {' '.join(made.topics)}"
    else:
        assert isinstance(made, Reflection)
        said = made.answers["entry"]
    assert "".join(whole.split()) in "".join(said.split())
    assert all(tag.lstrip("@#") in said for tag in tags)


# Known again -----------------------------------------------------------------------------------


def uids(*given: Entry, kind: str = "meeting", form: str = "jrnl", pair: Pair = AIKO) -> list[str]:
    return [record.uid for record in become(kind, *given, form=form, pair=pair)]


def test_the_same_entries_have_the_same_uids_each_time() -> None:
    one, other = entry("a"), entry("b")

    assert uids(one, other) == uids(one, other)
    assert uids(other, one) == list(reversed(uids(one, other)))
    assert all(len(uid) == 32 and set(uid) <= set("0123456789abcdef") for uid in uids(one))


def test_twins_in_one_file_have_one_each() -> None:
    first, second, third = uids(entry("a"), entry("a"), entry("a"))

    assert len({first, second, third}) == 3
    assert uids(entry("a"), entry("b"), entry("a")) == [first, *uids(entry("b")), second]


def test_what_it_becomes_for_whom_and_where_it_is_from_make_another_record_of_it() -> None:
    found = {
        *uids(entry("a")),
        *uids(entry("a"), kind="reflection"),
        *uids(entry("a"), form="dayone"),
        *uids(entry("a"), pair=BEN),
    }

    assert len(found) == 4


def test_an_entry_is_known_by_its_own_id_or_by_when_it_was_and_its_words_however_parted() -> None:
    at_nine = Moment(DAY, "09:30")

    assert identity(at_nine, "A title. A\n body") == identity(at_nine, "A title.\nA body")
    assert identity(at_nine, "a", "ID") == identity(Moment(DAY), "b", "ID")
    assert len({identity(at_nine, "a"), identity(Moment(DAY), "a"), identity(at_nine, "b")}) == 3


@pytest.mark.parametrize("kind", BECOMES)
def test_the_uid_of_a_record_is_that_of_its_entry(kind: str) -> None:
    first, again, other = (
        become(kind, each)[0].uid for each in (entry("a"), entry("a"), entry("b"))
    )

    assert first == again
    assert first != other


UIDS = [
    "655008765618ef0dabbdc63743629acb",
    "7f15d56e0ccc75ec763cccef2bb9aac7",
    "bcf16edc4ad70071fb840d21d44b4504",
    "4db60e8dd2e9c1336b18b7531b8cbd34",
]


def test_an_entry_has_the_uid_that_every_version_of_the_program_has_given_it() -> None:
    """A file that was imported years ago comes again: its records are still known."""
    plain = entry("")._replace(identity=identity(Moment(DAY, "09:30"), "A title\nand a body"))
    timeless = entry("")._replace(identity=identity(Moment(DAY), "A title"))
    with_id = entry("")._replace(identity=identity(Moment(DAY), "A title", "81F0F3CA"))

    assert uids(plain, plain, timeless, with_id) == UIDS


def test_a_record_that_an_entry_cannot_become_is_refused_with_the_place_of_it() -> None:
    wrong = entry("a", fields={"minutes": "many"})._replace(place=Place(7, 20))

    with pytest.raises(BadFile) as refused:
        become("meeting", entry("b"), wrong)

    assert refused.value.place == Place(7, 20)


def test_topics_of_a_column_come_before_the_tags() -> None:
    assert meeting(entry(fields={"topics": ("a", "b")}, tags=("@c",))).topics == ("a", "b", "c")


def test_a_title_of_one_letter_is_one() -> None:
    made = meeting(entry("X\nbody", title="X"))

    assert (made.summary, made.notes) == ("X", "body")
