"""Journals of jrnl: as that program writes them, where it can be installed, and the odd ones by hand."""

from __future__ import annotations

import os
import subprocess
import venv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mentorlog.errors import InvalidValue, Place
from mentorlog.importers.entry import Entry, Reading
from mentorlog.importers.formats import guessed
from mentorlog.importers.jrnl import begins, read
from mentorlog.importers.source import MOST_CHARACTERS
from tests.importers.reading import refused, source

_CONFIG = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals:
  default: {{journal: {place}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '{timeformat}'
version: v4.6
"""
_ENTRIES = (
    "2026-11-22 09:30: First title. And a body with @work #life.",
    "2026-11-21 14:05: Title here\n\nA paragraph.\n[not a date] it goes on\n[ ] to do\n\n  indented",
    "2026-11-20 23:59: Starred one *\nbody",
    "2026-11-20 00:05: 日本語。本文です @仕事",
    "2026-11-19 12:30: Same words",
    "2026-11-19 12:30: Same words ",
    "2024-02-29 08:00: A leap day! It was “quoted”, [bracketed] and \\ slashed * here",
)


class Jrnl:
    """jrnl in an environment of its own, with one journal."""

    def __init__(self, program: Path, home: Path, timeformat: str) -> None:
        self._program = program
        self._environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TZ": "Asia/Tokyo",
            "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data"),
        }  # fmt: skip
        self.journal = home / "journal.txt"
        config = home / "config" / "jrnl"
        config.mkdir(parents=True)
        (config / "jrnl.yaml").write_text(
            _CONFIG.format(place=self.journal, timeformat=timeformat), encoding="utf-8"
        )
        self.journal.touch()
        for entry in _ENTRIES:
            self("", entry)

    def __call__(self, *words: str) -> str:
        """Run jrnl; the last word is what it gets by standard input."""
        *options, given = words
        done = subprocess.run(
            [str(self._program), *filter(None, options)],
            input=given.encode(),
            capture_output=True,
            env=self._environment,
            timeout=60,
            check=True,
        )
        return done.stdout.decode()

    def exported(self, form: str) -> str:
        return self("--format", form, "")


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """jrnl 4, installed in an environment of its own."""
    place = tmp_path_factory.mktemp("jrnl") / "venv"
    venv.create(place, with_pip=True)
    install = [str(place / "bin" / "python"), "-m", "pip", "install", "-q", "jrnl>=4.5,<5"]
    done = subprocess.run(install, capture_output=True, timeout=300, check=False)
    if done.returncode:
        pytest.skip("jrnl cannot be installed here: " + done.stderr.decode().strip()[-200:])
    return place / "bin" / "jrnl"


@pytest.fixture(scope="session", params=["%F %r", "%Y-%m-%d %H:%M", "%d %b %Y %I:%M %p"])
def jrnl(
    request: pytest.FixtureRequest, program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Jrnl:
    """A journal that jrnl has written, the days in it in one of its ways."""
    return Jrnl(program, tmp_path_factory.mktemp("home"), request.param)


def read_text(text: str, date_format: str | None = None) -> list[Entry]:
    return list(read(source(text), Reading(date_format=date_format)))


# As jrnl writes --------------------------------------------------------------------------------


def test_an_export_as_json_comes_in_complete(jrnl: Jrnl) -> None:
    entries = read_text(jrnl.exported("json"))

    assert len(entries) == len(_ENTRIES)
    assert [(each.on, each.at) for each in entries] == [
        (date(2024, 2, 29), "08:00"), (date(2026, 11, 19), "12:30"), (date(2026, 11, 19), "12:30"),
        (date(2026, 11, 20), "00:05"), (date(2026, 11, 20), "23:59"), (date(2026, 11, 21), "14:05"),
        (date(2026, 11, 22), "09:30"),
    ]  # fmt: skip
    first = entries[-1]
    assert (first.title, first.text) == (
        "First title.", "First title.\nAnd a body with @work #life."
    )  # fmt: skip
    assert set(first.tags) == {"@work", "#life"}
    assert entries[3].tags == ("@仕事",)
    assert [each.more for each in entries if each.more] == [(("starred", "true"),)]


def test_its_text_says_the_same_as_its_json(jrnl: Jrnl) -> None:
    of_json = read_text(jrnl.exported("json"))

    of_export = read_text(jrnl.exported("txt"))
    of_file = read_text(jrnl.journal.read_text(encoding="utf-8"))

    for others in (of_export, of_file):
        assert [each.identity for each in others] == [each.identity for each in of_json]
        assert [each.title for each in others] == [each.title for each in of_json]
        assert [each.text.split() for each in others] == [each.text.split() for each in of_json]
        assert [set(each.tags) for each in others] == [set(each.tags) for each in of_json]
        assert [each.more for each in others] == [each.more for each in of_json]


def test_both_forms_are_known_by_what_is_in_them(jrnl: Jrnl) -> None:
    for form in ("json", "txt"):
        assert guessed(source(jrnl.exported(form)), None, is_table=False) == "jrnl"


# By hand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-11-22 09:30", "09:30"),
        ("2026-11-22 9:30", "09:30"),
        ("2026-11-22 09:30:15", "09:30"),
        ("2026-11-22T21:30:15.123", "21:30"),
        ("2026-11-22 09:30:00 AM", "09:30"),
        ("2026-11-22 12:05:00 AM", "00:05"),
        ("2026-11-22 12:05 pm", "12:05"),
        ("2026-11-22 09:30 p.m.", "21:30"),
        ("2026/11/22, 21:30", "21:30"),
        ("22 Nov 2026 21:30", "21:30"),
        ("Sun 22 Nov 2026 21:30", "21:30"),
        ("Nov 22, 2026 9:30PM", "21:30"),
        ("22/11/2026 21:30", "21:30"),
        ("2026年11月22日 21:30", "21:30"),
        ("2026年11月22日(日) 午後9時30分", "21:30"),
        ("2026-11-22", None),
    ],
)
def test_a_day_is_read_however_it_is_certain(written: str, at: str | None) -> None:
    (entry,) = read_text(f"[{written}] Title\nBody\n")

    assert (entry.on, entry.at, entry.text) == (date(2026, 11, 22), at, "Title\nBody")


def test_with_a_way_of_writing_any_day_is_read() -> None:
    entries = read_text("[04.03.26 21h05] A\n[x] no entry\n[05.03.26 07h00] B\n", "%d.%m.%y %Hh%M")

    assert [(each.on, each.at, each.text) for each in entries] == [
        (date(2026, 3, 4), "21:05", "A\n[x] no entry"),
        (date(2026, 3, 5), "07:00", "B"),
    ]


def test_lines_in_brackets_that_name_no_day_belong_to_the_entry() -> None:
    body = "[ ] to do\n[1] footnote\n[2026] a year\n[link](x)\n[fri]\n[last fri] x\n[11/22] x\n[a b c d] x\n[2026-11-22]no space"

    (entry,) = read_text(f"[2026-11-22 09:30] T\n{body}\n")

    assert entry.text == f"T\n{body}"


@pytest.mark.parametrize(
    ("title", "text", "is_starred"),
    [("T *", "T", True), ("T*", "T", True), ("T * x", "T * x", False), ("* T", "* T", False), ("*", "", True)],
)  # fmt: skip
def test_a_star_at_the_end_of_the_title_is_a_star(title: str, text: str, is_starred: bool) -> None:
    (entry,) = read_text(f"[2026-11-22 09:30] {title}\n")

    assert (entry.text, bool(entry.more)) == (text, is_starred)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Called Dan. He has asked.", "Called Dan."), ("Called Dan.", "Called Dan."),
        ("Why? Because", "Why?"), ("What a day!", "What a day!"), ("Wait... what", "Wait..."),
        ("He said “no.” And left", "He said “no.”"), ("(Late again.) So", "(Late again.)"),
        ("Version 1.2 is out. Good", "Version 1.2 is out."), ("Well… yes", "Well…"),
        ("No end\nBody. More", "No end"), ("一つ目。二つ目。", "一つ目。"), ("「本当？」と聞いた", "「本当？」"),
        ("Only words", "Only words"), ("One. Two\nbody *", "One."),
    ],
)  # fmt: skip
def test_the_title_is_the_first_sentence_or_the_first_line_in_either_form(
    words: str, title: str
) -> None:
    first, _newline, rest = words.partition("\n")

    (of_text,) = read_text(f"[2026-11-22 09:30] {words}\n")
    (of_json,) = read_text(json_entry(title=first, body=rest))
    (of_split,) = read_text(json_entry(title=title, body=words.removeprefix(title)))

    assert (of_text.title, of_text.text) == (title, words)
    assert (of_json.title, of_json.text) == (title, words)
    assert of_text.identity == of_json.identity == of_split.identity


def test_line_ends_of_other_systems_and_a_mark_at_the_beginning_make_no_difference() -> None:
    text = "[2026-11-22 09:30] T\nbody\n\nmore\n[2026-11-23 09:30] U\n"

    plain = [each._replace(place=None) for each in read_text(text)]  # type: ignore[arg-type]

    for ends in ("\r\n", "\r"):
        other = read_text("\ufeff" + text.replace("\n", ends))
        assert [each._replace(place=None) for each in other] == plain  # type: ignore[arg-type]


def test_each_entry_has_its_number_and_its_line() -> None:
    entries = read_text("\n[2026-11-22 09:30] T\nbody\n\n[2026-11-23 09:30] U\n")

    assert [(each.place.entry, each.place.line) for each in entries] == [(1, 2), (2, 5)]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("[2026-11-22 09:30] a\n[2026-02-30 10:00] b\n", "day-impossible-there", 2),
        ("[2026-11-22 09:30] a\n\n[03/04/2026 10:00] b\n", "day-ambiguous-there", 3),
        ("[Mon 22 Nov 2026 10:00] b\n", "day-impossible-there", 1),
    ],
)
def test_a_day_that_could_be_two_or_is_none_is_refused_with_its_place(
    text: str, reason: str, line: int
) -> None:
    refusal = refused(read(source(text)))

    assert isinstance(refusal.refusal, InvalidValue)
    assert (refusal.refusal.reason, refusal.place.line) == (reason, line)
    assert refusal.refusal.typed == ""


def test_text_before_the_first_entry_is_refused_and_not_lost() -> None:
    refusal = refused(read(source("\nDear diary\n[2026-11-22 09:30] a\n")))

    assert (refusal.reason, refusal.place.line) == ("no-beginning", 2)


def json_entry(**changes: Any) -> str:
    import json

    given = {
        "title": "T", "body": "b", "date": "2026-11-22", "time": "09:30", "tags": ["@a"],
        "starred": False,
    }  # fmt: skip
    given |= changes
    return json.dumps({"tags": {}, "entries": [given]})


def test_what_jrnl_did_not_foresee_is_kept_in_the_entry() -> None:
    (entry,) = read_text(
        json_entry(creator={"host_name": "mac", "os_agent": "x"}, mood=["a", 1], none=None)
    )

    assert entry.more == (("creator", "host_name mac, os_agent x"), ("mood", '["a", 1]'))


def test_an_entry_with_an_id_of_its_own_is_known_by_it() -> None:
    (one,) = read_text(json_entry(uuid="ABC"))
    (other,) = read_text(json_entry(uuid="ABC", title="Changed since", time="10:00"))

    assert one.identity == other.identity
    assert one.more == ()


@pytest.mark.parametrize(
    "changes",
    [{"date": "soon"}, {"date": None}, {"date": "2026-02-30"}, {"time": "25:00"}, {"title": 1},
     {"tags": "a"}, {"tags": [1]}, {"starred": "yes"}],
    ids=str,
)  # fmt: skip
def test_an_entry_of_json_that_is_wrong_is_refused_with_its_place(changes: dict[str, Any]) -> None:
    refusal = refused(read(source(json_entry(**changes))))

    assert isinstance(refusal.refusal, InvalidValue)
    assert refusal.place.entry == 1


# By hand, at the edges ---------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["", " \n", "\ufeff", "\ufeff\n "])
def test_json_is_known_by_its_first_sign_whatever_white_space_comes_before(before: str) -> None:
    (entry,) = read_text(before + json_entry())

    assert entry.text == "T\nb"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_begins_as_an_entry_does_whatever_comes_after_its_first_line(end: str) -> None:
    body = "".join(f"a line{end}" for _ in range(3))

    assert begins(f"[2026-11-22 09:30]{end}{body}", None)
    assert begins(f"[2026-11-22 09:30] T{end}{body}", None)
    assert not begins(f"Dear diary{end}[2026-11-22 09:30] T{end}", None)
    assert begins("[03/04/2026 10:00] which of the two is said when it is read", None)


def test_an_entry_of_json_has_its_place_and_without_a_time_none() -> None:
    (entry,) = read_text(json_entry(time=None))
    refusal = refused(read(source(json_entry(tags=5)))).place

    assert (entry.on, entry.at) == (date(2026, 11, 22), None)
    assert (entry.place.entry, refusal.entry) == (1, 1)


def test_lines_keep_the_white_space_they_begin_with_and_the_text_has_no_empty_ones_around() -> None:
    (of_text,) = read_text("[2026-11-22 09:30] T\n\n\n  indented\n\tand so\n\n\n")
    (of_json,) = read_text(json_entry(title=" T ", body="\n\n  indented\n\tand so\n\n"))

    (of_signs,) = read_text("[2026-11-22 09:30] X\nX marks\nthe X\n")

    assert of_text.text == of_json.text == "T\n  indented\n\tand so"
    assert of_signs.text == "X\nX marks\nthe X"


def test_of_an_entry_that_is_starred_only_the_star_goes() -> None:
    (starred,) = read_text("[2026-11-22 09:30] X marks the XX *\n")
    (plain,) = read_text("[2026-11-22 09:30] 5 * 5 is 25\n")

    assert (starred.text, starred.title) == ("X marks the XX", "X marks the XX")
    assert (plain.text, plain.more) == ("5 * 5 is 25", ())


def test_tags_stand_in_small_letters_each_once_in_their_order() -> None:
    (entry,) = read_text("[2026-11-22 09:30] T @Work\n#life and @work, mail@home #Ärger\n")

    assert entry.tags == ("#life", "#ärger", "@work")


def test_an_entry_without_an_end_is_refused_with_its_place() -> None:
    most = "x" * 100_000 + "\n"
    text = "[2026-11-22 09:30] a\n[2026-11-23 09:30] b\n" + most * 130

    refusal = refused(read(source(text)))

    assert (refusal.reason, refusal.place.entry, refusal.place.line) == ("too-long", 2, 2)


def test_an_entry_of_one_line_that_is_too_long_is_refused_with_its_place() -> None:
    text = "[2026-11-22 09:30] a\n" + "x" * (MOST_CHARACTERS + 1) + "\n"

    refusal = refused(read(source(text)))

    assert (refusal.reason, refusal.place) == ("too-long", Place(entry=1, line=1))


def test_one_of_twelve_megabytes_is_read_and_so_is_the_next() -> None:
    text = "[2026-11-22 09:30] a\n" + ("x" * 99_999 + "\n") * 120 + "[2026-11-23 09:30] b\n"

    first, second = read_text(text)

    assert (len(first.text), second.text) == (1 + 12_000_000, "b")


def test_a_line_in_brackets_that_names_a_day_wrongly_is_refused_with_its_place() -> None:
    refusal = refused(read(source("[2026-11-22 09:30] a\nb\n[2026-02-30 10:00] c\n")))

    assert (refusal.place.entry, refusal.place.line) == (2, 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_on_through_a_long_file_whatever_ends_them(end: str) -> None:
    """A file is read a piece at a time: what was counted in one goes on in the next."""
    filling = f"some words of a body{end}" * 5_000
    text = (
        f"[2026-11-22 09:30] a{end}{filling}[2026-11-23 09:30] b{end}{filling}[2026-11-24] c{end}"
    )

    entries = read_text(text)

    assert [each.place.line for each in entries] == [1, 5_002, 10_003]
    assert entries[0].text == "a\n" + "\n".join(["some words of a body"] * 5_000)


@pytest.mark.parametrize("blank", ["", "\n", "\n\n \n\t\n"])
def test_of_text_before_the_first_entry_the_line_it_begins_on_is_named(blank: str) -> None:
    refusal = refused(read(source(f"{blank}Dear diary\nand so on\n[2026-11-22 09:30] a\n")))

    assert (refusal.reason, refusal.place.line) == ("no-beginning", blank.count("\n") + 1)


def test_an_entry_may_begin_in_the_last_line_and_end_without_one() -> None:
    entries = read_text("[2026-11-22 09:30] a\nbody\n[2026-11-23]")

    assert [(each.text, each.place.line) for each in entries] == [("a\nbody", 1), ("", 3)]


@pytest.mark.parametrize("behind", ["X", "\t", "\tT", "text"])
def test_what_stands_close_behind_the_brackets_makes_them_part_of_the_text(behind: str) -> None:
    line = f"[2026-11-23 09:30]{behind}"

    (entry,) = read_text(f"[2026-11-22 09:30] T\n{line}\nend\n")

    assert entry.text == f"T\n{line}\nend"
    assert not begins(f"{line}\nend\n", None)
