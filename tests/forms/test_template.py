"""The form as a text for an editor: what goes out comes back, whatever is in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mentorlog.forms.prompt import Answers, Prompt, place_to_go_on
from mentorlog.forms.template import from_text, to_text

QUESTIONS = [
    Prompt("summary", "What was said?"),
    Prompt("topic", "What about?", is_list=True),
    Prompt("told:a2", "What came of it?", about="a2  Say no"),
]
lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("#: \\"))
texts = st.lists(lines | st.sampled_from(["#: topic", "\\#: topic", "\\\\#:", "#:"])).map("\n".join)


@given(summary=texts, topics=st.lists(lines.filter(str.strip)))
def test_a_text_comes_back_as_it_was_written(summary: str, topics: list[str]) -> None:
    answers: Answers = {"summary": summary.strip("\n"), "topic": topics}

    back = from_text(QUESTIONS, to_text(QUESTIONS, answers))

    assert back["summary"] == answers["summary"]
    assert back["topic"] == topics
    assert back["told:a2"] == ""


def test_a_heading_that_is_none_of_the_form_is_help_and_is_not_kept() -> None:
    text = "#: Write below.\n#: summary What was said?\nWe met.\n#: nonsense\n"

    back = from_text(QUESTIONS, text)

    assert back == {"summary": "We met."}


def test_a_form_goes_on_at_the_first_question_without_an_answer() -> None:
    assert place_to_go_on(QUESTIONS, {}) == 0
    assert place_to_go_on(QUESTIONS, {"summary": ""}) == 1
    assert place_to_go_on(QUESTIONS, {"summary": "", "topic": []}) == 2
    assert place_to_go_on(QUESTIONS, {"summary": "", "topic": ["a"]}) == 1, "more may come"
    assert place_to_go_on(QUESTIONS, {"summary": "", "topic": [], "told:a2": ""}) == 3
