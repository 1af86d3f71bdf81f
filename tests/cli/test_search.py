"""`search`: what was written is found, best first, and shown where it stands."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.contract.test_hostile_text import OUR_COLOURS

if TYPE_CHECKING:
    from tests.conftest import Program, Terminal

NOTHING_TO_LOOK_FOR = "There is nothing to look for. Type a word, such as: mentorlog search plan\n"


def ids(mentorlog: Program, *words: str) -> list[str]:
    return [record["id"] for record in mentorlog.ok("search", *words, "--json").json]


@pytest.fixture
def plans(mentorlog: Program) -> Program:
    """Two pairs; p1 has m1 (a plan, notes), q1 (a draft of it) and, in m1, a1; p2 has i1 and g1, n1."""
    mentorlog.ok(
        "meet", "Aya Sato", "--as", "mentor", "--on", "2026-11-01", "--topic", "the year",
        "--summary", "We made a plan", "--notes", "Café ＴＡＬＫ in ﾛﾝﾄﾞﾝ was planned",
        "--action", "Write the plan down", "--question", "Is the draft of a plan enough?",
    )  # fmt: skip
    mentorlog.ok("pair", "start", "Ken Mori", "--as", "mentee", "--on", "2026-11-15")
    mentorlog.ok("insight", "ken", "計画は目標より後でよい", "--on", "2026-11-20")
    mentorlog.ok("goal", "set", "ken", "Plan in C++", "--target", "3", "--unit", "plans")
    mentorlog.ok("goal", "measure", "g1", "1", "--note", "One plan, R&D")
    return mentorlog


# What is found -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["plan"], ["a1", "g1", "m1", "n1", "q1"]),
        (["made", "plan"], ["m1"]),
        (["made plan"], ["m1"]),
        (['"a plan"'], ["m1", "q1"]),
        (["“a plan”", "-draft"], ["m1"]),
        (["plan", "-draft", "-C++"], ["a1", "m1", "n1"]),
        (["plan", "－draft", "--kind", "meeting", "--kind", "question"], ["m1"]),
        (["planned"], ["m1"]),
        (["c++"], ["g1"]),
        (["R&D"], ["n1"]),
        (["cafe"], ["m1"]),
        (["talk", "ロンドン"], ["m1"]),
        (["ﾛﾝ"], ["m1"]),
        (["計画"], ["i1"]),
        (["目"], ["i1"]),
        (["より後"], ["i1"]),
        (["plan", "--pair", "ken"], ["g1", "n1"]),
        (["plan", "-p", "aya", "--limit", "1"], ["a1"]),
        (["plan", "--since", "2026-11-02"], ["g1", "n1"]),
        (["plan", "--until", "2026-11-01"], ["a1", "m1", "q1"]),
        (["aya"], ["p1"]),
    ],
)
def test_what_was_written_is_found(plans: Program, words: list[str], expected: list[str]) -> None:
    assert sorted(ids(plans, *words)) == expected


def test_an_edit_a_deletion_and_an_undo_are_searched_at_once(plans: Program) -> None:
    plans.ok("edit", "m1", "--set", "summary=We made a zebra")
    edited = ids(plans, "zebra"), "m1" in ids(plans, "made", "plan", "-zebra")
    plans.ok("delete", "a1")
    deleted = ids(plans, "write")
    plans.ok("undo")
    back = ids(plans, "write")

    assert (edited, deleted, back) == ((["m1"], False), [], ["a1"])


# The command line --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        [], [""], ["   "], ["?!"], ["*"], ["-plan"], ["--", "-plan", "--json"], ['"'], ['""'], ['-""'], ["-"],
        ["\udcff"], ["(((("], ["“”"],
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_look_for_one_line_says_so(
    plans: Program, words: list[str]
) -> None:
    said = plans("search", *words)

    assert (said.code, said.out, said.err) == (0, "", NOTHING_TO_LOOK_FOR)


@pytest.mark.parametrize(
    "query",
    ['a "plan', "NEAR(plan, 3)", "text:plan", "AND OR NOT", "^plan", "{plan}", "p" * 10_000, "🎉→", "-rf plan",
     "'; DROP TABLE search; --"],
    ids=lambda query: query[:12],
)  # fmt: skip
def test_no_query_is_an_error(plans: Program, query: str) -> None:
    as_one = plans("search", "--", query)
    as_words = plans("search", *query.split())

    assert (as_one.code, as_words.code) == (0, 0)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["plan", "--limt", "3"], 2, "--limit"),
        (["plan", "-p"], 2, "-p needs a value"),
        (["plan", "--limit", "0"], 2, "--limit takes a whole number from 1"),
        (["plan", "--kind", "note"], 2, "“note” is not one of the words for --kind"),
        (["plan", "--pair", "zoe"], 1, "No pair is called “zoe”"),
        (["plan", "--since", "someday"], 2, "“someday” is not a date"),
    ],
)
def test_a_wrong_option_is_refused_in_one_line(
    plans: Program, words: list[str], code: int, said: str
) -> None:
    refused = plans("search", *words)

    assert (refused.code, refused.out, refused.err.count("\n")) == (code, "", 1)
    assert said in refused.err


def test_nothing_found_is_no_error(plans: Program, mentorlog: Program) -> None:
    nothing = plans("search", "zebra")
    as_json = plans("search", "zebra", "--json")
    mentorlog.journal.unlink()
    no_journal = mentorlog("search", "plan")

    assert (nothing.code, nothing.out, nothing.err) == (0, "", "Nothing found.\n")
    assert (as_json.code, as_json.json, as_json.err) == (0, [], "Nothing found.\n")
    assert (no_journal.code, no_journal.err) == (0, "Nothing is written here yet.\n")
    assert not mentorlog.journal.exists()


def test_a_word_with_a_dash_is_part_of_the_query_and_a_reading_still_a_number(
    plans: Program,
) -> None:
    plans.ok("goal", "measure", "g1", "-3", "--note", "-3 talks")

    assert ids(plans, "talks") == ["n2"]
    assert ids(plans, "talks", "-3") == []
    assert ids(plans, "talks", "-pair") == ["n2"]
    assert plans.ok("search", "--", "talks", "-p").out != ""
    assert plans.ok("search", "--", "talks", "-t").err == "Nothing found.\n"


# What is shown -----------------------------------------------------------------------------------


def test_each_has_its_id_day_partner_and_text_and_what_was_found_in_it_or_below_it(
    plans: Program,
) -> None:
    found = plans.ok("search", "plan", "-draft", "-write", "-C++")

    assert found.out.splitlines() == [
        "n1  Sun 22 Nov 2026  Ken Mori  ▪ 1 plans · Plan in C++ · One [plan], R&D",
        "m1  Sun 1 Nov 2026   Aya Sato  the year",
        "    summary: We made a [plan]",
    ]
    assert found.err == ""


def test_one_pair_needs_no_name_and_the_text_is_shown_as_it_was_written(mentorlog: Program) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "Ｐlan\tof  the\nweek\x1b[1m")

    assert mentorlog.ok("search", "plan week").out.splitlines() == [
        "m1  Sun 22 Nov 2026  Ｐlan\\tof  the …",
        "    [Ｐlan] of the [week]\\x1b[1m",
    ]


def test_json_is_whole_records_with_the_snippet_and_its_marks_in_code_points(
    plans: Program,
) -> None:
    (record,) = plans.ok("search", "talk", "ﾛﾝﾄﾞﾝ", "--json").json
    shown = plans.ok("show", "m1", "--json").json

    snippet, marks = record.pop("snippet"), record.pop("marks")
    assert record == shown
    assert snippet == "Café ＴＡＬＫ in ﾛﾝﾄﾞﾝ was planned"
    assert [snippet[start:stop] for start, stop in marks] == ["ＴＡＬＫ", "ﾛﾝﾄﾞﾝ"]


def test_the_best_twenty_are_shown_and_that_there_are_more_is_said(mentorlog: Program) -> None:
    questions = [word for n in range(25) for word in ("--question", f"plan {n}")]
    mentorlog.ok("meet", "Aya", "--as", "mentor", *questions)

    shown = mentorlog("search", "plan")
    as_json = mentorlog("search", "plan", "--json")
    all_of_them = mentorlog("search", "plan", "--limit", "25")
    one = mentorlog("search", "plan", "--limit", "1")

    more = "The best 20 are shown; --limit N shows more.\n"
    assert (shown.out.count("[plan]"), shown.err) == (20, more)
    assert (len(as_json.json), as_json.err) == (20, more)
    assert (all_of_them.out.count("[plan]"), all_of_them.err) == (25, "")
    assert one.err == "The best 1 is shown; --limit N shows more.\n"


@pytest.mark.parametrize("columns", [60, 140])
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("colour", ["", "1"])
def test_at_a_terminal_what_was_found_is_in_sight_and_no_line_is_too_wide(
    mentorlog: Program,
    demo_journals: dict[str, object],
    terminal: Terminal,
    columns: int,
    language: str,
    colour: str,
) -> None:
    mentorlog.holding(demo_journals[language])  # type: ignore[arg-type]
    mentorlog.language = language
    word = {"en": "the", "ja": "話"}[language]

    screen = terminal("search", word, columns=columns, NO_COLOR=colour).text

    lines = screen.splitlines()
    plain = [OUR_COLOURS.sub("", line) for line in lines]
    heads = [n for n, line in enumerate(plain) if re.match(r"[a-z]\d+ ", line)]
    hits = ["".join(lines[at:to]) for at, to in pairwise([*heads, len(lines)])]
    is_marked = re.compile(rf"\[{word}\]" if colour else rf"\x1b\[1m{word}\x1b\[0m", re.IGNORECASE)
    assert len(hits) > 10
    assert [hit for hit in hits if not is_marked.search(hit)] == []
    assert max(map(cell_len, plain)) <= columns


def test_a_note_of_ten_megabytes_is_searched_to_its_end(mentorlog: Program) -> None:
    note = "\n".join(f"{n} 面談、「記録」 and the next step of all steps" for n in range(200_000))
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "-", stdin=f"{note}\nThe Ｎeedle 針")

    found = mentorlog.ok("search", "needle 針")

    assert len(note.encode()) > 10_000_000
    assert found.out.splitlines()[1].endswith("The [Ｎeedle] [針]")
    assert found.out.count("\n") == 2


def test_a_damaged_record_is_named_as_log_names_it(plans: Program) -> None:
    with closing(sqlite3.connect(plans.journal)) as raw:
        raw.execute("UPDATE meeting SET held_on = 'soon'")
        raw.commit()

    searched, logged = plans("search", "made"), plans("log")

    assert (searched.code, searched.out, searched.err) == (1, "", logged.err)


def test_a_pair_without_a_word_is_pointed_to_its_timeline(written: Program) -> None:
    asked = written.ok("search", "--pair", "ken")

    assert asked.err == (
        "There is nothing to look for. To see all of this pair: mentorlog log p2\n"
    )
