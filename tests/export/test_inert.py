"""Text from people stays text, whatever Markdown would make of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mentorlog.export.inert import block, indented, inline, quoted
from mentorlog.text import visible

Test = Callable[..., None]

COMMONMARK = MarkdownIt("commonmark")
WITH_TABLES = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "hardbreak"}

HOSTILE = [
    "# heading", "####### seven", "closed #", "---", "***", "___", "- - -", "===", "a\n===", "a\n---",
    "a\n:-:", "- item", "* item", "+ item", "1. one", "1) one", "123456789. x", "-", "1.", "> quote",
    ">", "```\ncode\n```", "~~~", "    indented", "\tindented", "a\n    - b", "<script>alert(1)</script>",
    "<!-- gone -->", "<?php", "<![CDATA[x]]>", "<a href='x'>", "[x](y)", "![x](y)", "[x]", "[x]: y",
    "[x]: <y> 'z'", "[^1]: note", "[ ] task", "- [x] task", "a | b\n--|--\nc | d", "&copy;", "&#35;",
    "*em*", "**strong**", "_em_", "snake_case", "`code`", "``", "~~gone~~", "$x$", "ends in \\",
    "ends in \\\nand goes on", "two  \nspaces", "<https://a.example>", "<me@a.example>",
    "https://a.example/b?c=d&e=f", "www.a.example", "me@a.example", "{{ site.x }}", "{% raw %}",
    "==mark==", "===", "%%hidden%%", ":smile:", "title: x", "::: note", "\\", "\\\\", "\\#",
    "\n\n\n", "a\n\n\n\nb", " \n x", "\u3000# x", "\u00a0- x", "x\n\u200b- y", "one\n2. two", "a\n#b",
    "💁‍♀️", "が\u3099", "\ufeff# x", "\u2028- x", "\x1b[2J", "\x00", "<", "&", "*", "!", "![", "](", "]:",
]  # fmt: skip
marks = st.sampled_from(
    [*HOSTILE, *"\n\t #*_-+=>`~[](){}<>|\\!&;:.@$%^'\"/?,0123a語、", "\n\n", "\n    "]
)
texts = st.text() | st.lists(marks, max_size=12).map("".join)


def plain(markdown: str, parser: MarkdownIt = COMMONMARK) -> str:
    """Return what a document says if it is nothing but paragraphs of text; fail if it is more."""
    tokens = parser.parse(markdown)
    assert {token.type for token in flat(tokens)} <= PLAIN
    assert not any(token.level for token in tokens if token.type == "paragraph_open")
    return "\n\n".join(said(token) for token in tokens if token.type == "inline")


def flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *flat(token.children or []))]


def said(token: Token) -> str:
    children = token.children or []
    return "".join("\n" if each.type == "hardbreak" else each.content for each in children)


def normal(text: str) -> str:
    """Return a text as the docstring of inert.py says that its white space comes back, unindented."""
    lines = [line.strip() for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def with_examples(test: Test) -> Test:
    for text in HOSTILE:
        test = example(text)(test)
    return test


@with_examples
@given(texts)
def test_any_text_is_paragraphs_of_the_same_words_with_its_line_breaks(text: str) -> None:
    assert normal(plain(block(text))) == normal(visible(text, block=True))


@with_examples
@given(texts)
def test_the_same_is_true_where_tables_and_strikethrough_are_known(text: str) -> None:
    assert normal(plain(block(text), WITH_TABLES)) == normal(visible(text, block=True))


@with_examples
@given(texts)
def test_text_in_a_list_stays_in_its_item(text: str) -> None:
    tokens = COMMONMARK.parse(f"- {indented(block(f'☐ {text}')).lstrip(' ')}\n- next")

    outer = [token.type for token in tokens if not token.type.startswith(("paragraph", "inline"))]
    assert outer == [
        "bullet_list_open", "list_item_open", "list_item_close", "list_item_open",
        "list_item_close", "bullet_list_close",
    ]  # fmt: skip
    inlines = [token for token in tokens if token.type == "inline"]
    assert {token.type for token in flat(tokens) if token.level > 3} <= PLAIN
    assert normal("\n\n".join(map(said, inlines[:-1]))) == normal(visible(f"☐ {text}", block=True))


@with_examples
@given(texts)
def test_text_in_a_heading_stays_in_the_heading(text: str) -> None:
    tokens = COMMONMARK.parse(f"# {inline(text)}\n\nnext")

    assert [token.type for token in tokens[::3]] == ["heading_open", "paragraph_open"]
    assert {each.type for each in tokens[1].children or []} <= {"text", "text_special"}
    assert said(tokens[1]).strip() == visible(text).strip()


@with_examples
@given(texts)
def test_text_in_a_cell_of_a_table_stays_in_the_cell(text: str) -> None:
    tokens = WITH_TABLES.parse(f"| a | b |\n| --- | --- |\n| {inline(text)} | c |")

    cells = [token for token in tokens if token.type == "inline"]
    assert [said(cell) for cell in (*cells[:2], *cells[3:])] == ["a", "b", "c"]
    assert said(cells[2]).strip() == visible(text).strip()


@with_examples
@given(texts)
def test_text_behind_a_label_leaves_the_label_alone(text: str) -> None:
    tokens = COMMONMARK.parse(f"**Label**: {block(text)}")

    children = tokens[1].children or []
    assert [each.type for each in children[1:4]] == ["strong_open", "text", "strong_close"]
    assert {each.type for each in flat(tokens)} - PLAIN <= {"strong_open", "strong_close"}


@with_examples
@given(texts)
def test_no_character_that_steers_a_terminal_is_left(text: str) -> None:
    for made in (block(text), inline(text), quoted(text)):
        assert visible(made, block=True) == made


@with_examples
@given(texts)
def test_front_matter_gives_the_text_back_and_is_inert_as_markdown_too(text: str) -> None:
    value = quoted(text)

    assert json.loads(value) == visible(text)
    tokens = COMMONMARK.parse(f"---\ntitle: {value}\n---")
    assert [token.type for token in tokens] == ["hr", "heading_open", "inline", "heading_close"]
    assert {each.type for each in tokens[2].children or []} <= {"text"}


@pytest.mark.parametrize(
    "text",
    [
        "A quiet hour. She said: “go on”, and I did.",
        "It took 50 minutes (3.5 of 4), at 14:30; not bad!",
        "今日は短め。引き継ぎは失敗で、理由までは話せず。",
        "Sent it to five leads - no reply at all",
    ],
)
def test_ordinary_prose_is_left_as_it_is(text: str) -> None:
    assert block(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "one\\\ntwo"),
        ("one\n\n\ntwo\n", "one\n\ntwo"),
        ("    code", "\u00a0\u00a0\u00a0\u00a0code"),
        ("a\n\tb", "a\\\n\u00a0\u00a0\u00a0\u00a0b"),
        ("due:fri", "due\\:fri"),
        ("https://www.a.example", "https\\://www\\.a\\.example"),
        ("R&D", "R\\&D"),
        ("{{ x }} $y$", "\\{\\{ x \\}\\} \\$y\\$"),
        ("a ==b== %%c%% 1=1 5%", "a \\==b\\== \\%%c\\%% 1=1 5%"),
        ("two  \nspaces ", "two\\\nspaces"),
        ("a\n:-:", "a\\\n\\:-:"),  # a table to GitHub, though not to the parser here
    ],
)
def test_escapes_are_few(text: str, expected: str) -> None:
    assert block(text) == expected


def test_a_text_on_one_line_has_no_space_around_it_and_its_breaks_are_shown() -> None:
    assert inline(" \u3000a\nb ") == "a\\\\nb"
