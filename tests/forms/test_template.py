"""The form as a text for an editor: what goes out comes back, whatever is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.errors import InvalidValue
from mentorlog.forms.prompt import Answers, Prompt, place_to_go_on
from mentorlog.forms.template import from_text, to_text

QUESTIONS = [
    Prompt("summary", "What was said?"),
    Prompt("topic", "What about?", is_list=True),
    Prompt("told:a2", "What came of it?", about="a2  Say no"),
]
lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("#: \\"))
texts = st.lists(lines | st.sampled_from(["#: topic", "\\#: topic", "\\\\#:", "#:"])).map("\n".join)


@given(summary=texts, topics=st.lists(lines.map(str.strip).filter(bool)))
def test_a_text_comes_back_as_it_was_written(summary: str, topics: list[str]) -> None:
    answers: Answers = {"summary": summary.strip("\n"), "topic": topics}

    back = from_text(QUESTIONS, to_text(QUESTIONS, answers))

    assert back["summary"] == answers["summary"]
    assert back["topic"] == topics
    assert back["told:a2"] == ""


def test_an_item_of_several_lines_stays_one() -> None:
    answers: Answers = {"summary": "", "topic": ["first\nsecond line", "third"]}

    back = from_text(QUESTIONS, to_text(QUESTIONS, answers))

    assert back["topic"] == ["first\nsecond line", "third"]


def test_the_hint_of_a_question_stands_below_its_heading_and_is_not_kept() -> None:
    asked = [
        Prompt("level", "Which?", "-1 less\n0 as expected"),
        Prompt("notes", "And?", "Enter skips"),
    ]

    text = to_text(asked, {"level": "0"})

    assert "#: level Which?\n#:: -1 less\n#:: 0 as expected\n0\n" in text
    assert text.split("\n")[1] == "#:: Where a hint speaks of Enter, leave it empty."
    assert from_text(asked, text) == {"level": "0", "notes": ""}
    assert "Enter" not in to_text(asked[:1], {})


def test_help_is_not_kept() -> None:
    assert from_text(QUESTIONS, "#:: Write below.\n#: summary What?\nWe met.\n") == {
        "summary": "We met."
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#: summary What?\nWe met.\n#: note\nprivate words\n", "no-such-heading"),
        ("lost words\n#: summary What?\n", "before-any-heading"),
    ],
)
def test_text_that_belongs_to_no_question_is_refused(text: str, reason: str) -> None:
    """A mistyped heading would put private notes into what may be shared."""
    with pytest.raises(InvalidValue) as caught:
        from_text(QUESTIONS, text)

    assert caught.value.reason == reason


def test_a_form_goes_on_at_the_first_question_without_an_answer() -> None:
    assert place_to_go_on(QUESTIONS, {}) == 0
    assert place_to_go_on(QUESTIONS, {"summary": ""}) == 1
    assert place_to_go_on(QUESTIONS, {"summary": "", "topic": []}) == 2
    assert place_to_go_on(QUESTIONS, {"summary": "", "topic": ["a"]}) == 1, "more may come"
    assert place_to_go_on(QUESTIONS, {"summary": "", "topic": [], "told:a2": ""}) == 3
