"""Text is never a command: what people type is kept exactly, and steers neither terminal nor program."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mentorlog.cli.app import COMMANDS
from mentorlog.text import visible
from tests.conftest import Program
from tests.proofs import Proved

if TYPE_CHECKING:
    from tests.conftest import Terminal

# Each holds a plain word, which has to be seen wherever the text is shown whole.
HOSTILE = {
    "markup": "[red]crimson[/red] [bold]",
    "closing markup": "[/x] unopened [/]",
    "link markup": "[link=http://evil.example]harmless[/link]",
    "emoji code": ":smile: grinning :warning:",
    "colour": "\x1b[31;5mpainted\x1b[0m",
    "clear screen": "\x1b[2J\x1b[Hwiped\x1bc",
    "window title": "\x1b]0;owned\x07titled\x1b]52;c;bWVudG9y\x07",
    "hyperlink": "\x1b]8;;http://evil.example\x1b\\linked\x1b]8;;\x1b\\",
    "C1": "\x9b31mraw\x9d0;owned\x9c\x90q\x85",
    "overstrike": "hidden\x08\x08\x08\x08\x08\x08shown\x7f",
    "bells": "ring\x07\x0b\x0c\x0e\x0f\x05ing",
    "bidi override": "user\u202ecod.exe\u202c \u2066isolated\u2069 \u200f\u061c",
    "separators": "split\u2028over\u2029lines",
    "zero width": "in\u200bvisi\u200cble \u2060joined \ufeffmarked",
    "families": "parents 👩\u200d👩\u200d👧\u200d👦 waving 👋🏽 flag 🏴\u200d☠\ufe0f e\u0301",
    "right to left": "العربية عبرית mixed",
    "Japanese": "面談、「記録」。ｶﾅ 全角Ａ mixed",
    "format fields": "{} {0} {pair} {__class__} %s %(name)s %d $HOME percent {",
    "SQL": "Robert'); DROP TABLE meeting; --\" OR 1=1 quoted",
    "shell": "$(touch owned) `id` ; rm -rf ~ | tee & shelled",
    "a long option": "--json dashed",
    "a short option": "-rf dashed",
    "Markdown and HTML": "# heading <script>alert(1)</script> ``` | a | b |",
    "formula": "=cmd|' /C calc'!A0 calculated",
    "formula of a function": "@SUM(1+1)*cmd summed",
    "formula of a sign": "+1-1 signed",
}
TEXTS = tuple(HOSTILE.values())
ADVICE = f"a{2 * len(TEXTS) + 1}"  # the first: before it each text is an action of mine and one of theirs
# Searched for, too: what a query language, SQL or the index might take for its own.
TERMS_TO_SEARCH = (
    '"', "*", "NEAR(a b)", "NEAR(", "col:x", "text:a", "^a", "{a b}:c", "a OR b", "AND NOT", "(", "-", "--",
    "+", "'", "%", "_", "a*", "\\", ";", "", " ", "\x1b", "\udcff", "\u202e", "a" * 5000,
)  # fmt: skip
# Line ends of other systems become LF when they are kept; everything else stays as typed.
WITH_RETURNS = "first\rsecond\r\nthird\n\tfourth"
KEPT_RETURNS = "first\nsecond\nthird\n\tfourth"

# All that may ever steer a terminal: our own bold, dim, yellow and cyan, and back to plain.
OUR_COLOURS = re.compile(r"\x1b\[(?:0|39|(?:[123]|3[2356])(?:;(?:[123]|3[2356]))*)m")
# Bytes that steer, characters that turn the direction of what follows. A block may hold tabs.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)

TERMS = (
    "--my-background", "--their-background", "--my-expectations", "--their-expectations",
    "--confidentiality", "--boundaries", "--feedback-way", "--leaving", "--remarks",
)  # fmt: skip

# Every command that reads; between them they show every text field of every kind.
READING = (
    ["status"],
    ["status", "--short"],
    ["log"],
    ["log", "--all"],
    ["prep", "p1"],
    ["show", "m1", "p2", "p9", "a1", "a2", "q1", "i1"],
    ["pair", "list"],
    ["pair", "show", "p3"],
    ["pair", "show", "p1"],
    ["action", "list", "--all"],
    ["feedback", "list", "--all"],
    ["strength", "list"],
    ["show", "f1", "f2", "s1", "s2"],
    ["goal", "list", "--all"],
    ["goal", "show", "g1"],
    ["goal", "show", "g2"],
    ["show", "r1"],
    ["history"],
    ["search", "a", "--limit", "999"],
    ["search", "hidden shown"],
    ["show", "v1"],
    ["report"],
    ["report", "p1", "--evidence"],
    ["review", "p1", "--no-input"],
    ["export", "--review", "v1", "--for", "partner"],
    ["export", "p1"],
    ["export", "p1", "--for", "partner"],
    ["export", "p1", "--preview"],
)


def every(flag: str) -> list[str]:
    return [word for text in TEXTS for word in (flag, text)]


def five(text: str) -> list[str]:
    return [word for level in range(-2, 3) for word in ("--level", f"{level}={text}")]


def fold(text: str) -> str:
    """Return text without the white space and the marks that layout puts into it."""
    return re.sub(r"[\s…]+", "", text)


@pytest.fixture(scope="module")
def hostile_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that has hostile text in every text field of every kind."""
    program = Program(tmp_path_factory.mktemp("hostile"))
    written = "\n".join((*TEXTS, WITH_RETURNS))
    program.ok(
        "meet", "".join(TEXTS), "--as", "mentor", "--share", "--summary", written, "--notes", "-",
        *every("--topic"), *every("--action"), *every("--their-action"), *every("--advice"),
        *every("--question"), *every("--insight"),
        stdin=written,
    )  # fmt: skip
    for place, text in enumerate(TEXTS):
        words = ["--programme", text, "--alias", f"{place} {text}", "--as", "mentee"]
        program.ok("pair", "start", *words, "--", f"{text} {place}")
        program.ok("feedback", "receive", "p1", "--will-change", text, "--", text)
        program.ok("strength", "add", "--evidence", text, "--", text)
        goal = ["--why", text, "--unit", text, "--target", "3", *five(text)]
        program.ok("goal", "set", "p1", *goal, "--", text)
    program.ok("goal", "rate", "g1", "0", "--note", written)
    program.ok("goal", "revise", "g1", "--statement", "New", *five(written), "--because", written)
    program.ok("goal", "measure", "g1", "2", "--note", "-", stdin=written)
    program.ok("goal", "drop", "g3", "--because", written)
    program.ok("feedback", "change", "f1", written)
    for text in (*TEXTS[:2], written):
        program.ok("pair", "agree", "p1", *(f"{term}={text}" for term in TERMS))
    program.ok("reflect", "p1", "--form", "kpt", "--answer", f"keep={written}")
    program.ok("review", "p1", "--conclusions", written, "--thoughts", written, "--share")
    program.ok("action", "done", "a1", "--outcome", written)
    program.ok(
        "meet",
        "p1",
        *every("--topic"),
        "--answer",
        f"q1={written}",
        "--told",
        f"{ADVICE}={written}",
    )
    return program.journal


@pytest.fixture
def hostile(mentorlog: Program, hostile_journal: Path) -> Program:
    """The program in a home of its own with a copy of that journal."""
    return mentorlog.holding(hostile_journal)


# Kept --------------------------------------------------------------------------------------------


def test_hostile_text_is_kept_exactly_in_every_field_of_a_meeting(hostile: Program) -> None:
    written = "\n".join((*TEXTS, KEPT_RETURNS))

    meeting = hostile.ok("show", "m1", "--json").json
    records = hostile.ok("log", "p1", "--json").json
    texts = {
        kind: [record["text"] for record in records if record["kind"] == kind]
        for kind in ("question", "insight", "action")
    }
    closed = {record["id"]: record for record in records}

    assert (meeting["summary"], meeting["notes"]) == (written, written)
    assert meeting["topics"] == [text.strip() for text in TEXTS]
    assert texts == {
        "question": list(TEXTS), "insight": list(TEXTS), "action": [*TEXTS, *TEXTS, *TEXTS]
    }  # fmt: skip
    assert closed["a1"]["outcome"] == written
    assert closed["r1"]["answers"] == {"keep": written}
    assert closed[ADVICE]["outcome"] == written
    assert closed["q1"]["answer"] == written


def test_hostile_names_are_kept_exactly_and_found_again(hostile: Program) -> None:
    pairs = hostile.ok("pair", "list", "--json").json

    found = [hostile.ok("pair", "show", "--json", "--", f"{place} {TEXTS[place]}").json
             for place in (0, 9, 20)]  # fmt: skip

    assert [pair["partner"] for pair in pairs[1:]] == [
        f"{text} {place}".strip() for place, text in enumerate(TEXTS)
    ]
    assert [pair["programme"] for pair in pairs[1:]] == [text.strip() for text in TEXTS]
    assert [pair["uid"] for pair in found] == [pairs[at]["uid"] for at in (1, 10, 21)]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["ask"], "text"),
        (["insight"], "text"),
        (["action", "add"], "text"),
        (["action", "told", "a1"], "outcome"),
        (["goal", "set"], "statement"),
        (["feedback", "give"], "text"),
        (["feedback", "receive"], "text"),
        (["feedback", "change", "f1"], "did_change"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_hostile_text_is_kept_exactly_by_a_command_of_its_own(
    mentorlog: Program, words: list[str], field: str
) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--advice", "Read")
    mentorlog.ok("feedback", "receive", "So so")
    text = "\n".join(("--json dashed", *TEXTS, "  spaced  "))

    kept = mentorlog.ok(*words, "--json", "--", text).json

    assert kept[field] == text


# Shown -------------------------------------------------------------------------------------------


@pytest.mark.proofs(10)
def test_nothing_steers_a_pipe_and_every_word_is_seen(hostile: Program, proved: Proved) -> None:
    """Fails when `visible` lets any of its steering characters pass, or swallows one."""
    shown = {" ".join(words): hostile.ok(*words) for words in READING}

    steering = {words: STEERING.findall(result.out + result.err) for words, result in shown.items()}
    whole = fold(shown["show m1 p2 p9 a1 a2 q1 i1"].out)
    unseen = [text for text in TEXTS if fold(visible(text)) not in whole]

    assert {words: found for words, found in steering.items() if found} == {}
    assert unseen == []
    assert "hidden\\x08" in shown["log"].out
    assert all(word in shown["log"].out for word in ("crimson", "painted", "percent", "quoted"))
    size = sum(len(result.out) for result in shown.values())
    proved(
        f"{len(TEXTS)} hostile texts in every field, {len(READING)} ways to read them in a pipe:"
        f" {size:,} characters, none steers, every word is seen"
    )


@pytest.mark.proofs(10)
@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("columns", [60, 140])
def test_nothing_but_our_own_colours_steers_a_terminal(
    terminal: Terminal, columns: int, proved: Proved
) -> None:
    """Fails when `_STEERING` of text.py lacks ESC."""
    shown = {" ".join(words): terminal(*words, columns=columns) for words in READING}

    steering = {
        words: STEERING.findall(OUR_COLOURS.sub("", screen.text)) for words, screen in shown.items()
    }
    whole = fold(OUR_COLOURS.sub("", shown["show m1 p2 p9 a1 a2 q1 i1"].text))
    unseen = [text for text in TEXTS if fold(visible(text)) not in whole]

    assert {words: screen.code for words, screen in shown.items() if screen.code} == {}
    assert {words: found for words, found in steering.items() if found} == {}
    assert unseen == []
    assert "\x1b[" in shown["log"].text, "a terminal gets our colours"
    proved(
        f"the same at a terminal of {columns} columns: {len(shown)} screens, 0 with any control but our"
        " colours"
    )


@pytest.mark.parametrize("titles", ["alias", "name", "text"])
def test_nothing_steers_out_of_a_calendar_and_every_entry_of_it_is_one_of_ours(
    hostile: Program, terminal: Terminal, titles: str
) -> None:
    hostile.ok("action", "add", "p1", "--due", "2026-12-01", "--", "\n".join(TEXTS))
    chosen = {"MENTORLOG_CALENDAR_TITLES": titles}

    piped = hostile("calendar", environment=chosen)
    screen = terminal("calendar", **chosen)
    entries = hostile("calendar", "--json", environment=chosen).json["entries"]

    lines = piped.out.split("\r\n")
    begun = [
        word
        for each in entries
        for word in ("VTODO" if each["what"] == "action" else "VEVENT", each["uid"])
    ]
    named = (line.partition(":") for line in lines)
    found = [word for name, _colon, word in named if name in {"BEGIN", "UID"} and word != "VALARM"]
    assert STEERING.findall("".join(lines) + screen.text) == []
    assert found == ["VCALENDAR", *begun]
    assert "\n" not in "".join(lines)


@pytest.mark.proofs(10)
def test_nothing_steers_out_of_a_file_that_is_exported(hostile: Program, proved: Proved) -> None:
    """Fails when `inert` of export/csv_records.py marks no beginnings, and when `_INLINE` of export/inert.py lacks <."""
    places = [hostile.home / name for name in ("story", "sheets", "one.md", "one.json")]
    forms = ["markdown", "csv", "markdown", "json"]
    for place, form in zip(places, forms, strict=True):
        folder = "/" if place.name == "story" else ""
        hostile.ok("export", "p1", "--format", form, "-o", f"{place}{folder}")

    written = {
        each.name: each.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        for place in places
        for each in (place.rglob("*.*") if place.is_dir() else [place])
    }

    assert {
        name: found for name, text in written.items() if (found := STEERING.findall(text))
    } == {}
    assert {"index.md", "meeting.csv", "goal.csv", "one.md", "one.json"} <= written.keys()
    cells = [
        cell
        for name, text in written.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
    ]
    run = [cell for cell in cells if cell.lstrip()[:1] in set("=+-@") and not is_number(cell)]
    tags = {
        name
        for name, text in written.items()
        if name.endswith(".md") and "<script" in text.replace("\\<", "")
    }
    names = [each.name for place in places for each in (place, *place.rglob("*"))]
    assert (run, tags) == ([], set())
    assert [name for name in names if not re.fullmatch(r"[\w.-]+", name)] == []
    proved(
        f"{len(written)} exported files with safe names, {len(cells)} cells of CSV: nothing steers, no cell"
        " is a formula, no tag is one"
    )


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None


@pytest.mark.proofs(10)
def test_no_hostile_text_is_an_error_to_search_for(hostile: Program, proved: Proved) -> None:
    """Fails when `parse_query` of domain/query.py lets half of a surrogate pair pass."""
    asked = (*TEXTS, *TERMS_TO_SEARCH)

    searched = [hostile("search", "--limit", "3", "--", text) for text in asked]

    assert {result.code for result in searched} == {0}
    assert [STEERING.findall(result.out + result.err) for result in searched] == [[]] * len(
        searched
    )
    assert all(result.out or result.err for result in searched)
    proved(f"{len(asked)} search terms: 0 errors, none steers (completion values do not exist yet)")


def writing_lines(home: Path, table: str) -> list[list[str]]:
    """Return lines that write, and such as are refused, with hostile text wherever there is room for it."""
    return [
        ["ask", "p1", "--", TEXTS[4]],
        ["edit", "a2", "--set", f"text={TEXTS[5]}"],
        ["undo"],
        ["redo"],
        ["pair", "pause", "p2"],
        ["pair", "shorten", "p3", "--to", "today"],
        ["pair", "start", TEXTS[4], "--as", "mentor", "--after", "p1", "--no-input"],
        ["delete", "q2"],
        ["share", "m1", "a2", "q1", "i1", "g1", "f23"],
        ["share", "--off", "m1", "q3"],
        ["share", TEXTS[4]],
        ["calendar", TEXTS[5]],
        ["calendar", "-o", f"{home}/{TEXTS[4]}.ics"],
        ["action", "done", TEXTS[6]],
        ["goal", "set", "p1", "--unit", TEXTS[5], "--target", "2", "--", TEXTS[4]],
        ["goal", "set", "p1", "Read", "--level", TEXTS[4]],
        ["goal", "measure", "g2", "1"],
        ["goal", "measure", "g1", TEXTS[6]],
        ["goal", "rate", "g1", "1", "--note", TEXTS[5]],
        ["goal", "revise", "g1", "--statement", TEXTS[6], "--because", TEXTS[4]],
        ["reflect", "p1", "--form", "kpt", "--answer", f"keep={TEXTS[5]}"],
        ["reflect", "p1", "--answer", TEXTS[4]],
        ["reflect", "p1", "--answer", f"{TEXTS[4]}=x"],
        ["guide", TEXTS[4]],
        ["show", TEXTS[8]],
        ["prep", TEXTS[11] + "?"],
        ["log", "--since", TEXTS[7]],
        ["log", "--kind", TEXTS[12]],
        ["log", f"--{TEXTS[9]}"],
        ["log", "p1", TEXTS[4], TEXTS[5]],
        ["edit", "a2", "--set", f"{TEXTS[4]}={TEXTS[5]}"],
        ["edit", "a2", "--set", TEXTS[10]],
        ["meet", TEXTS[11], "--summary", "s"],
        ["pair", "start", f"{TEXTS[4]} 4", "--as", "mentor"],
        ["config", "get", TEXTS[5]],
        ["export", "p1", "-o", f"{home}/{TEXTS[4]}.md"],
        ["import", f"{home}/{TEXTS[4]}.json"],
        ["import", table, "-p", "p1", "--map", f"date={TEXTS[5]}"],
        ["import", table, "-p", "p1", "--map", f"{TEXTS[6]}=day"],
        ["import", table, "-p", "p1", "--map", "date=day", "--date-format", TEXTS[5]],
        ["import", table, "-p", "p1", "--map", "date=day", "--dry-run"],
        ["export", "p1", "-o", f"{home}/no folder/{TEXTS[4]}"],
        ["export", "p1", "-o", f"{home}/{TEXTS[4]}/"],
        ["export", "--json"],
        ["demo", "--keep", f"{home}/{TEXTS[4]}.db"],
        ["backup", f"{home}/{TEXTS[4]}.db"],
        ["restore", f"{home}/{TEXTS[4]}.db"],
        ["restore", TEXTS[5]],
        ["doctor"],
        ["forget", TEXTS[6]],
        ["forget", "p2", "--yes", "-o", f"{home}/{TEXTS[4]}.json"],
        [TEXTS[8]],
        ["--lang", TEXTS[4]],
        ["config", "set", "journal", f"{home}/{TEXTS[6]}.db"],
        ["config", "get", "journal"],
        ["config", "list"],
        ["log"],
        ["insight", "p1", "--benefit", TEXTS[4], "--", TEXTS[5]],
        ["insight", "p1", "--", TEXTS[6]],
        ["assess", "p1", "--learning", TEXTS[4]],
        ["strength", "add", "--", TEXTS[7]],
        ["feedback", "give", "p1", "--", TEXTS[0]],
        ["doctor", "--salvage", f"{home}/{TEXTS[4]}.db"],
    ]


def test_every_command_is_among_those_that_hostile_text_goes_through() -> None:
    lines = [*READING, *writing_lines(Path("home"), "table.csv")]

    assert COMMANDS.keys() - {words[0] for words in lines} == set()


@pytest.mark.proofs(10)
def test_nothing_steers_out_of_what_a_write_or_a_refusal_says(
    hostile: Program, terminal: Terminal, proved: Proved
) -> None:
    """Fails when `cli/sentences.py` puts a word of the user's into a sentence without `visible`."""
    hostile_table = hostile.home / f"{TEXTS[7][:6]}.csv"
    hostile_table.write_text(f"day,{TEXTS[5]},{TEXTS[12]}\n2026-11-22,{TEXTS[4]},{TEXTS[11]}\n")
    lines = writing_lines(hostile.home, str(hostile_table))

    # A slow machine shows how far the demo has come by moving the cursor; a dumb terminal has none.
    shown = {
        " ".join(words): terminal(
            *words, columns=80, TERM="dumb" if words[0] == "demo" else "xterm-256color"
        )
        for words in lines
    }

    steering = {
        words: found
        for words, screen in shown.items()
        if (found := STEERING.findall(OUR_COLOURS.sub("", screen.text)))
    }
    assert steering == {}
    assert [words for words, screen in shown.items() if "fault of the program" in screen.text] == []
    proved(f"{len(lines)} lines that write or are refused, at a terminal: 0 steer, 0 crash")


@pytest.mark.parametrize(
    ("typed", "stdin"),
    [
        (["--notes", "-"], b"a\x00b"),
        (["--notes", "-"], b"\xff\xfe not UTF-8"),
        (["--notes", "\udcff"], b""),
        (["--topic", "two\nlines"], b""),
        (["--action", "\udcff"], b""),
    ],
    ids=["NUL", "bytes", "surrogate", "two lines", "surrogate in an action"],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_written(
    written: Program, typed: list[str], stdin: bytes
) -> None:
    before = written.journal.read_bytes()

    refused = written("meet", "ken", "--summary", "fine", *typed, stdin=stdin)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("mentorlog: ")
    assert refused.err.count("\n") == 1
    assert written.journal.read_bytes() == before


# Long --------------------------------------------------------------------------------------------


def test_a_note_of_ten_megabytes_is_kept_exactly_and_every_command_still_works(
    mentorlog: Program,
) -> None:
    plain = "mentoring words, and then the next step of all the steps. " * 8
    odd = "面談 words and 記録、そして [bold] \x1b[31m 👩\u200d👧 次の一歩。 " * 8
    note = "\n".join(f"{place} {plain if place % 20 else odd}" for place in range(22_000))
    assert len(note.encode()) > 10_000_000

    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "-", stdin=note)
    kept = mentorlog.ok("show", "m1", "--json").json["notes"]
    timeline = mentorlog.ok("log")
    prep = mentorlog.ok("prep")
    shown = mentorlog.ok("show", "m1")

    assert kept == note
    assert "m1" in timeline.out
    assert len(timeline.out) < 10_000
    assert prep.out.startswith("Aya")
    assert fold(visible(note, block=True)) in fold(shown.out)
    assert STEERING.search(shown.out) is None
