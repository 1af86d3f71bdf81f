"""English and Japanese are equals: no message, label or help page is left in one language only."""

from __future__ import annotations

import ast
import gettext
import json
import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import mentorlog as package
from mentorlog import i18n, labels
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes
from mentorlog.domain.when import parse_day
from mentorlog.forms.values import is_yes, parse_value
from mentorlog.labels import CODE_LABELS, FIELD_LABELS, KIND_LABELS

if TYPE_CHECKING:
    from tests.conftest import Program

ROOT = Path(package.__file__).parent
PO = ROOT / "locales" / "ja" / "LC_MESSAGES" / "mentorlog.po"
AGAIN = "run `pip install -e .` again, or python .ci/catalogues.py"

# How a message is marked; CONTRIBUTING extracts with the same.
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}

# What is the same in every language: codes as they are typed, the program's own name, the sign of a count.
SAME = {
    "mentor|mentee", "me|partner", "en|ja", "bash|zsh|fish", "1-4", "mentorlog", "done|mismatch|moved|other",
    "n = {count}",
}  # fmt: skip

# Whose arguments people read: the function or method, and at which places.
SHOWN = {
    "show": (0,), "tell": (0,), "line": (0, 1), "yes": (0,), "write_message": (0,), "Prompt": (1, 2),
}  # fmt: skip
SHOWN_BY_NAME = {"help", "metavar", "hint"}

LETTERS = re.compile("[A-Za-z]")
JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")

# Walks the commands and writes their help pages as JSON: a page's words are made on import, so one
# process speaks one language.
_PAGES = """
import io, json
from contextlib import redirect_stdout
from mentorlog import i18n, labels
i18n.choose("ja")
from mentorlog.__main__ import main
from mentorlog.cli.app import COMMANDS, root
lines = [[]]
for name in COMMANDS:
    subcommands = getattr(root().get_command(None, name), "commands", {})
    lines += [[name], *([name, each] for each in subcommands)]
pages = {}
for words in lines:
    with redirect_stdout(io.StringIO()) as page:
        main([*words, "--help"])
    pages[" ".join(["mentorlog", *words])] = page.getvalue()
print(json.dumps(pages))
"""

Id = str | tuple[str, ...]  # of a message with a plural, both forms


@cache
def source() -> dict[Id, str]:
    """Return the messages of the source, each with a place it stands at."""
    found: dict[Id, str] = {}
    for name, line, message, *_more in extract_from_dir(str(ROOT), keywords=KEYWORDS):
        found.setdefault(message, f"mentorlog/{name}:{line}")
    return found


@cache
def catalogue() -> dict[Id, Message]:
    """Return the messages of the Japanese catalogue."""
    with PO.open("rb") as file:
        return {_id(message): message for message in read_po(file) if message.id}


def _id(message: Message) -> Id:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def japanese(message: Id) -> str:
    """Return a message's Japanese, blank where it has none."""
    entry = catalogue().get(message)
    if entry is None:
        return ""
    return entry.string if isinstance(entry.string, str) else "".join(entry.string or ())


def listed(found: Iterable[object]) -> str:
    """Return what a failing test names: all of it, each on a line."""
    return "\n".join(["", *map(str, found)])


def placeholders(text: str) -> set[str]:
    return {name for _text, name, *_how in string.Formatter().parse(text) if name is not None}


def words(text: str) -> str:
    """Return a text without its placeholders."""
    return "".join(each for each, *_placeholder in string.Formatter().parse(text))


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Yield each file of the program."""
    for path in sorted(ROOT.rglob("*.py")):
        name = f"mentorlog/{path.relative_to(ROOT).as_posix()}"
        yield name, ast.parse(path.read_text(encoding="utf-8"), name)


def called(call: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def bare(shown: ast.expr) -> Iterator[str]:
    """Yield the literals of an expression that go out as they are; a call may have looked them up."""
    match shown:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts):
            yield from (text for part in parts for text in bare(part))
        case ast.FormattedValue(value=part):
            yield from bare(part)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            yield from (*bare(one), *bare(other))
        case ast.Call(func=ast.Attribute(value=ast.Constant() as text, attr="format")):
            yield from bare(text)


def in_english(text: str) -> bool:
    return LETTERS.search(text) is not None and JAPANESE.search(text) is None


def described(page: str) -> Iterator[str]:
    """Yield what a help page says: each paragraph, each heading, the meaning in each row."""
    rows_whole = re.sub(r"\n {4,}", "  ", page)
    for block in rows_whole.split("\n\n"):
        lines = block.splitlines()
        yield " ".join(line for line in lines if not line.startswith("  "))
        for row in lines:
            if row.startswith("  "):
                _name, *meaning = re.split(" {2,}", row.strip())
                yield " ".join(meaning)


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    """Choose the language of this process for one test."""
    before = i18n.language
    yield i18n.choose
    i18n.choose(before)


# The catalogue -----------------------------------------------------------------------------------


def test_every_message_has_its_japanese() -> None:
    without = [
        f"{place}: {message}" for message, place in source().items() if not japanese(message)
    ]

    assert without == [], listed(without)


def test_no_japanese_is_only_a_guess() -> None:
    fuzzy = [message for message, entry in catalogue().items() if entry.fuzzy]

    assert fuzzy == [], f"check these and take the mark `fuzzy` away: {listed(fuzzy)}"


def test_no_message_says_the_same_in_japanese_as_in_english() -> None:
    same = [
        english
        for message in catalogue()
        for english in ((message,) if isinstance(message, str) else message)
        if japanese(message) == english and LETTERS.search(words(english)) and english not in SAME
    ]

    assert same == [], listed(same)


def test_the_japanese_has_the_placeholders_of_the_english() -> None:
    differing = [
        message
        for message in catalogue()
        if placeholders("".join(message)) != placeholders(japanese(message))
    ]

    assert differing == [], listed(differing)


def test_nothing_is_in_the_catalogue_that_is_no_longer_said() -> None:
    stale = [message for message in catalogue() if message not in source()]

    assert stale == [], listed(stale)


def test_no_message_is_marked_inside_an_f_string() -> None:
    unseen = [
        f"{name}:{call.lineno}"
        for name, tree in trees()
        for part in ast.walk(tree)
        if isinstance(part, ast.JoinedStr)
        for call in ast.walk(part)
        if isinstance(call, ast.Call) and called(call) in KEYWORDS
        if any(isinstance(each, ast.Constant) for each in call.args)
    ]

    assert unseen == [], f"babel sees none there before Python 3.12: {listed(unseen)}"


def test_what_is_compiled_is_what_is_written() -> None:
    place = PO.with_suffix(".mo")
    with PO.open("rb") as file:
        catalogue_written = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue_written)
    compiled.seek(0)

    assert place.exists(), AGAIN
    with place.open("rb") as file:
        stored = {_id(each): each.string for each in read_mo(file) if each.id}
    assert stored == {_id(each): each.string for each in read_mo(compiled) if each.id}, AGAIN


def test_python_reads_the_catalogue_that_is_compiled() -> None:
    spoken = gettext.translation("mentorlog", ROOT / "locales", ["ja"])

    assert [spoken.ngettext("{count} meeting", "{count} meetings", n) for n in (1, 2)] == [
        japanese(("{count} meeting", "{count} meetings"))
    ] * 2


# Labels ------------------------------------------------------------------------------------------


def test_every_kind_field_and_code_has_its_label_in_japanese() -> None:
    labels = [*KIND_LABELS.values(), *FIELD_LABELS.values()]
    labels += [label for codes in CODE_LABELS.values() for label in codes.values()]

    english = [label for label in labels if not JAPANESE.search(japanese(label))]

    assert english == [], listed(english)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_label_typed_is_read_as_its_code(speak: Callable[[str], None], language: str) -> None:
    speak(language)

    misread = [
        f"{kind}.{name}: {labels.code_label(name, code)}"
        for kind, record_type in KIND_NAMES.items()
        for name, shape in shapes(record_type).items()
        for code in shape.choices
        if parse_value(name, shape, labels.code_label(name, code), date(2026, 11, 22)) != code
    ]

    assert misread == [], listed(misread)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_answers_that_a_form_proposes_can_be_read(
    speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    today = date(2026, 11, 22)

    assert parse_day(i18n._("today"), today) == today
    assert is_yes("is_advice", i18n._("yes"))
    assert not is_yes("is_advice", i18n._("no"))


# Nothing unmarked --------------------------------------------------------------------------------


def test_every_text_for_people_is_marked_for_the_catalogue() -> None:
    unmarked = [
        f"{name}:{call.lineno}: {text}"
        for name, tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for shown in [
            *(call.args[at] for at in SHOWN.get(called(call), ()) if at < len(call.args)),
            *(each.value for each in call.keywords if each.arg in SHOWN_BY_NAME),
        ]
        for text in bare(shown)
        if LETTERS.search(text) and text.strip(" :") not in SAME
    ]

    assert unmarked == [], listed(unmarked)


def test_every_help_page_is_in_japanese_throughout(mentorlog: Program) -> None:
    mentorlog.language = "ja"
    environment = mentorlog.environment | {"COLUMNS": "88"}

    done = subprocess.run(
        [sys.executable, "-c", _PAGES], env=environment, capture_output=True, check=True
    )

    pages: dict[str, str] = json.loads(done.stdout)
    english = [
        f"{command} --help: {said}"
        for command, page in pages.items()
        for said in described(page)
        if in_english(said)
    ]
    assert {"mentorlog", "mentorlog meet", "mentorlog pair start"} <= pages.keys()
    assert english == [], listed(english)


# Dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "on", "whole", "short"),
    [
        ("en", date(2026, 11, 22), "Sun 22 Nov 2026", "Sun 22 Nov"),
        ("en", date(2027, 1, 4), "Mon 4 Jan 2027", "Mon 4 Jan"),
        ("en", date(2028, 2, 29), "Tue 29 Feb 2028", "Tue 29 Feb"),
        ("ja", date(2026, 11, 22), "2026年11月22日(日)", "11月22日(日)"),
        ("ja", date(2027, 1, 4), "2027年1月4日(月)", "1月4日(月)"),
        ("ja", date(2028, 2, 29), "2028年2月29日(火)", "2月29日(火)"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(
    speak: Callable[[str], None], language: str, on: date, whole: str, short: str
) -> None:
    speak(language)

    assert i18n.day(on) == whole
    assert i18n.short_day(on) == short


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_day_of_a_week_reads_back_as_it_was_written(
    speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    week = [date(2026, 11, day) for day in range(16, 23)]

    assert [parse_day(i18n.day(on), week[0]) for on in week] == week
    assert [parse_day(i18n.short_day(on), week[0]) for on in week] == week
