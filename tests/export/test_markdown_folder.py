"""An export as a folder of Markdown: an index and a file for each meeting, their links and their texts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mentorlog import i18n
from mentorlog.domain.audience import AUDIENCES
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.export.markdown import files, made
from tests.export.golden_journal import MAYA, RECORDS, assert_golden, kept, material
from tests.export.test_inert import HOSTILE, PLAIN, texts
from tests.export.test_markdown import saying, texts_of

PARSER = MarkdownIt("commonmark").enable("table")


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


def folder(audience: str, records: list[Record] = RECORDS, pair: Pair = MAYA) -> dict[str, str]:
    written = files(material(audience, records=records, pair=pair))
    return {name: "".join(pieces) for name, pieces in written}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_folder_is_the_golden_one(audience: str, language: str) -> None:
    i18n.choose(language)

    written = folder(audience)

    shown = "".join(f"==> {name} <==\n{text}" for name, text in written.items())
    assert_golden(f"{language}-{audience}-folder.md", shown)


def test_a_file_is_named_after_its_day_and_never_after_anybody() -> None:
    day: dict[str, Any] = {"pair": "p1", "held_on": date(2026, 11, 1)}
    more = [Meeting(**kept(f"m{number}"), **day, summary="../../x") for number in (7, 8, 9)]

    names = list(folder("partner", [*RECORDS, *more], MAYA.with_changes(partner="../../etc")))

    assert names == [
        "index.md", "meetings/2026-09-07.md", "meetings/2026-09-21.md", "meetings/2026-10-05.md",
        "meetings/2026-11-01.md", "meetings/2026-11-01-2.md", "meetings/2026-11-01-3.md",
    ]  # fmt: skip


def test_the_programme_gets_an_index_with_numbers_and_no_file_of_a_meeting() -> None:
    assert list(folder("programme")) == ["index.md"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_link_leads_to_a_heading_in_the_file_it_names(audience: str) -> None:
    written = folder(audience)
    anchors = {name: set(re.findall('<a id="([^"]+)"', text)) for name, text in written.items()}

    links = [
        (name, *target.partition("#")[::2])
        for name, text in written.items()
        for target in re.findall(r"\]\(([^)]+)\)", text)
    ]

    for name, path, anchor in links:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        assert place in written
        assert not anchor or anchor in anchors[place]
    if audience != "programme":
        reached = {path for name, path, _anchor in links if name == "index.md" and path}
        assert reached == written.keys() - {"index.md"}
        assert all("](../index.md)" in written[name] for name in reached)


def test_a_meeting_links_to_those_before_and_after_it_and_to_the_goal_of_an_action() -> None:
    page = folder("me")["meetings/2026-09-21.md"]

    assert "for the goal [Win over \\# five leads](../index.md#g-" in page
    assert "told [Mon 5 Oct 2026](2026-10-05.md#m-" in page
    assert page.splitlines()[-1].startswith("← [Mon 7 Sep 2026](2026-09-07.md#m-")
    assert "→" in page.splitlines()[-1]


def test_what_one_document_says_the_folder_says_too() -> None:
    index, *pages = folder("me").values()

    assert "## Agreement" in index
    assert "## Open actions" in index
    assert "Nervous" not in index
    assert sum("Nervous" in page for page in pages) == 1
    assert all(page.count("\n# ") == 1 for page in (index, *pages))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_file_of_a_folder_is_known_again(audience: str) -> None:
    written = folder(audience)

    assert all(made(name, text) for name, text in written.items())
    text = written["index.md"]
    for name, other in (
        ("index.md", "# mine"), ("index.md", "---\ntitle: x\n---\n"), ("notes.md", text),
        ("meetings/../x.md", text), ("meetings/2026-09-07.txt", text), ("Index.md", text),
    ):  # fmt: skip
        assert not made(name, other)


# --- texts stay texts ----------------------------------------------------------------------------

WORD = "word " * 20 + "\nsecond line"  # as long as a hostile one where length makes a difference


def structure(text: str) -> list[tuple[str, str]]:
    """Return what a file is made of, its front matter too, beside paragraphs of text."""
    tokens = [each for token in PARSER.parse(text) for each in (token, *(token.children or []))]
    return [shape(each) for each in tokens if each.type not in PLAIN]


def shape(token: Token) -> tuple[str, str]:
    is_markup = token.type in {"html_inline", "html_block"}
    return token.type, token.content if is_markup else str(token.attrs.get("href", token.tag))


def told(records: list[Record], what: str) -> list[Record]:
    return [
        each.with_changes(**{name: saying(each, name, what) for name in texts_of(each)})
        for each in records
    ]


def for_each_hostile(test: Callable[..., None]) -> Callable[..., None]:
    for text in HOSTILE:
        test = example(f"{text}\nx")(test)
    return test


@pytest.mark.parametrize("audience", ["me", "partner"])
@settings(max_examples=60, deadline=None)
@for_each_hostile
@given(texts.map(lambda text: f"{text}x" if text.isspace() or not text else text))
def test_no_text_of_any_field_makes_structure_in_any_file(audience: str, text: str) -> None:
    what = f"{text} {WORD}".replace("\x00", "").replace("\r", "\n")
    named = MAYA.with_changes(
        partner=what.replace("\n", " "), programme=what.replace("\n", " "), alias=None
    )
    plain = MAYA.with_changes(
        partner=WORD.replace("\n", " "), programme=WORD.replace("\n", " "), alias=None
    )

    hostile = folder(audience, told(RECORDS, what), named)

    expected = folder(audience, told(RECORDS, WORD), plain)
    assert {name: structure(each) for name, each in hostile.items()} == {
        name: structure(each) for name, each in expected.items()
    }
