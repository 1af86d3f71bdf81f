"""Any text is kept: what comes by standard input goes out byte for byte, or is refused before it is written.

The program is run as it is used. Only line ends change: those of other systems become LF.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, seed, settings
from hypothesis import strategies as st

from mentorlog.text import words
from tests.conftest import Program
from tests.proofs import Proved

EXAMPLES = 40
LINE_ENDS = ("\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e")
FAMILIES = (
    "👩\u200d👩\u200d👧\u200d👦", "👋🏽", "🏴\u200d☠\ufe0f", "🏴\U000e0067\U000e0062\U000e007f", "🇯🇵", "e\u0301",
    "が\u3099", "A\u0300\u0301\u0302\u0323", "ｶﾞ", "\u1100\u1161\u11a8", "क\u094dष", "\u202eدا\u202c",
)  # fmt: skip
UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u061c", "\u3000")
BEYOND = (
    "\ufffe",
    "\uffff",
    "\U0001fffe",
    "\U0010ffff",
    "\ufdd0",
    "\ue000",
    "\U000f0000",
    "\ufffd",
)
STEERING = ("\x1b[2J", "\x9b31m", "\x07", "\x08", "\x7f", "\x01", "\t")

pieces = st.sampled_from([*LINE_ENDS, *FAMILIES, *UNSEEN, *BEYOND, *STEERING])
texts = st.lists(
    pieces | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=10),
    min_size=1, max_size=30,
).map("".join).filter(str.strip)  # fmt: skip


def kept(typed: str) -> str:
    """Return what a text is once it is kept."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def every_character() -> str:
    """Return every character that UTF-8 can carry, but NUL, in an order that parts and joins them."""
    known = [chr(each) for each in range(1, sys.maxunicode + 1) if not 0xD800 <= each < 0xE000]
    return "".join([*known, "\r\n", *reversed(known)])


@pytest.fixture
def started(mentorlog: Program) -> Program:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    return mentorlog


@pytest.mark.proofs(11)
def test_whatever_is_typed_comes_back_byte_for_byte_and_is_found(
    started: Program, proved: Proved
) -> None:
    """Fails when `keepable` strips what it is given, when the input is read as text of the system's, when
    `inert_json` drops what it escapes, and when `search_text` folds a query otherwise than a text."""
    typed: dict[str, str] = {}
    searched = 0

    @seed(11)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=set(Phase) - {Phase.explain},
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    @given(text=texts)
    @example(text="\ufeff mark, \r\n\r CR\u2028LS\u2029PS\x0bVT\x0cFF\x85NEL\r")
    @example(text="\ufffe\uffff\U0010ffff\ue000 \u200b\u200d x")
    @example(text="".join(FAMILIES))
    @example(text="  spaced  \n\n")
    @example(text="\x1b]0;owned\x07 [red] ")
    def hold(text: str) -> None:
        nonlocal searched
        shown = started.ok("meet", "p1", "--notes", "-", "--json", stdin=text).json
        ref = shown["id"] if "id" in shown else shown["records"][0]["id"]
        assert started.ok("show", ref, "--json").json["notes"] == kept(text)
        typed[ref] = kept(text)
        for word in words(text)[:1]:
            found = started.ok("search", "--limit", "999", "--json", "--", word).json
            assert ref in ids(found), word
            searched += 1

    hold()

    records = started.ok("export", "--format", "json").json["records"]
    exported = {each["id"]: each["notes"] for each in records if each["kind"] == "meeting"}
    assert exported == typed
    proved(
        f"{len(typed)} random texts through standard input: all back byte for byte, {searched} found by a word"
    )


def ids(document: Any) -> set[str]:
    """Return every id in a document, however deep."""
    if isinstance(document, list):
        return set().union(*map(ids, document))
    if isinstance(document, dict):
        own = {document["id"]} if isinstance(document.get("id"), str) else set()
        return own.union(*map(ids, document.values()))
    return set()


@pytest.mark.proofs(11)
def test_every_character_there_is_comes_back_in_a_note_of_more_than_ten_megabytes(
    started: Program, proved: Proved
) -> None:
    """Fails when `keepable` refuses or changes any character beyond NUL and line ends."""
    note = f"{every_character()}\n needle " + "the next step, 次の一歩。\r\n" * 40_000
    size = len(note.encode())
    assert size > 10_000_000

    started.ok("meet", "p1", "--notes", "-", stdin=note)
    shown = started.ok("show", "m1", "--json").json["notes"]
    records = started.ok("export", "--format", "json").json["records"]
    found = started.ok("search", "needle", "--json").json

    assert shown == kept(note)
    assert [each["notes"] for each in records if each["kind"] == "meeting"] == [kept(note)]
    assert "m1" in ids(found)
    proved(
        f"a note of {size / 1e6:.1f} MB with all {len(set(note)):,} characters: back byte for byte"
    )


@pytest.mark.proofs(11)
def test_what_no_journal_can_keep_is_refused_before_anything_is_written(
    started: Program, proved: Proved
) -> None:
    """Fails when `keepable` lets NUL or half a surrogate pair pass."""
    started.ok("ask", "What?")
    started.ok("goal", "set", "p1", "Read")
    by_input = [
        ["meet", "p1", "--summary", "fine", "--notes", "-"], ["ask", "-"], ["insight", "-"],
        ["action", "add", "-"], ["feedback", "give", "-"], ["goal", "set", "-"],
        ["goal", "measure", "g1", "2", "--note", "-"],
    ]  # fmt: skip
    by_line = [
        ["meet", "p1", "--summary", "a\udcff"], ["meet", "p1", "--action", "\udcff due:fri"],
        ["ask", "\udced\udca0\udc80"], ["edit", "q1", "--set", "text=\udcff"],
        ["pair", "start", "\udcff", "--as", "mentor"], ["strength", "add", "\udcff"],
        ["reflect", "p1", "--answer", "hard=\udcff"], ["pair", "agree", "p1", "boundaries=\udcff"],
    ]  # fmt: skip
    before = started.journal.read_bytes()
    unfit = [
        b"a\x00b",
        b"\xff\xfe",
        b"half \xed\xa0\x80",
        b"overlong \xc0\xaf",
        b"\xf4\x90\x80\x80",
    ]

    refused = {
        (*words, stdin): started(*words, stdin=stdin) for words in by_input for stdin in unfit
    } | {tuple(words): started(*words) for words in by_line}

    assert {line: each for line, each in refused.items() if each.code not in (2, 65)} == {}
    assert {line: each for line, each in refused.items() if each.err.count("\n") != 1} == {}
    assert started.journal.read_bytes() == before
    proved(f"{len(refused)} texts that cannot be kept: all refused in one line, 0 bytes written")
