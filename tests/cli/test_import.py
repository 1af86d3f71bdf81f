"""`import`: what comes in, what is said of it, and what is refused before anything is written."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.talking import Talking
from tests.conftest import Program, Terminal
from tests.goldens import LANGUAGES
from tests.proofs import Proved

JRNL = "[2026-11-20 09:30] A title *\nand a body @work\n\n[2026-11-21 21:05] 日本語。\n本文\n"
TABLE = "Day;Text;Mood\n2026-11-20;First;good\n2026-11-21;Second;\n"
MAP = ("--map", "date=Day", "--map", "notes=Text")
DAY_ONE = json.dumps(
    {
        "metadata": {"version": "1.0"},
        "entries": [
            {
                "uuid": "A",
                "creationDate": "2026-11-20T15:30:00Z",
                "timeZone": "Asia/Tokyo",
                "text": "A\\.",
            },
            {
                "uuid": "B",
                "creationDate": "2026-11-21T15:30:00Z",
                "timeZone": "Mars/X",
                "text": "B",
            },
        ],
    }
)


@pytest.fixture
def started(mentorlog: Program) -> Program:
    """The program with a journal of one pair."""
    mentorlog.ok("pair", "start", "Aya Sato", "--as", "mentor", "--on", "2026-11-21")
    return mentorlog


def put(program: Program, name: str, content: str | bytes) -> str:
    place = program.home / name
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(place)


def integrity(program: Program) -> list[object]:
    with closing(sqlite3.connect(program.journal)) as journal:
        return [
            *journal.execute("PRAGMA integrity_check").fetchall(),
            *journal.execute("PRAGMA foreign_key_check").fetchall(),
        ]


# Our own -----------------------------------------------------------------------------------------


@pytest.mark.proofs(8)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_goes_out_into_an_empty_journal_and_out_again_byte_for_byte(
    mentorlog: Program, demo_journals: dict[str, Path], language: str, proved: Proved
) -> None:
    """Fails when `Arrivals` of storage/arrivals.py stamps anew what brings its instants."""
    mentorlog.holding(demo_journals[language])
    before = mentorlog.ok("export", "--format", "json").out
    file = put(mentorlog, "export.json", before)
    mentorlog.journal.unlink()

    said = mentorlog.ok("import", file)
    after = mentorlog.ok("export", "--format", "json").out
    again = mentorlog.ok("import", file)

    assert after == before
    assert integrity(mentorlog) == [("ok",)]
    assert said.out.startswith("2 pairs, 2 agreements, 22 meetings, ")
    assert " added · Sat 30 May 2026 – " in said.out
    assert "m1–m22" in said.out
    assert "mentorlog undo" in said.err
    assert again.out == "All of it is already in the journal, so nothing was added.\n"
    assert len(mentorlog.ok("history", "--json").json) == 1
    proved(
        f"the demo ({language}) through the commands: {len(before.encode()):,} bytes, 0 differ; imported"
        " twice: 0 added"
    )


def test_into_a_journal_with_records_of_its_own_it_brings_those_that_are_new(
    written: Program, demo_journals: dict[str, Path], tmp_path: Path
) -> None:
    other = Program(tmp_path / "other")
    other.home.mkdir()
    other.holding(demo_journals["en"])
    file = put(written, "export.json", other.ok("export", "--format", "json").out)

    done = written.ok("import", file, "--json").json

    assert (done["added"], done["present"], done["records"][0]) == (102, 0, "p3")
    assert written.ok("search", "planning", "--json").code == 0
    written.ok("undo")
    assert len(written.ok("pair", "list", "--json").json) == 2
    assert integrity(written) == [("ok",)]


def test_an_export_of_one_pair_and_of_some_days_comes_in_too(
    mentorlog: Program, demo_journals: dict[str, Path]
) -> None:
    mentorlog.holding(demo_journals["en"])
    files = [
        put(mentorlog, "one.json", mentorlog.ok("export", "maya", "--format", "json").out),
        put(
            mentorlog,
            "days.json",
            mentorlog.ok("export", "--format", "json", "--since", "2026-10-01").out,
        ),
    ]
    mentorlog.journal.unlink()

    one, days = (mentorlog.ok("import", file, "--json").json for file in files)

    assert one["present"] == 0 < one["added"]
    assert 0 < days["present"] <= one["added"]
    assert mentorlog.ok("log", "--all").code == 0


@pytest.mark.proofs(8)
def test_one_bad_record_of_a_thousand_is_named_and_nothing_comes_in(
    started: Program, proved: Proved
) -> None:
    """Fails when `locked` of storage/journal.py commits what an error leaves behind."""
    started.ok("import", put(started, "j.txt", JRNL * 500))
    whole = started.ok("export", "--format", "json").out.splitlines()
    started.ok("undo")
    before = started.journal.read_bytes()
    count = len(whole) - 2

    for record in (
        700,
        count,
    ):  # among those that are read before anything is written, and the last
        lines = [*whole]
        lines[record] = lines[record].replace('"held_on":"2026', '"held_on":"26')
        file = put(started, "bad.json", "\n".join(lines))
        refused = started("import", file)

        assert refused.code == 65
        assert refused.err == (
            f"mentorlog: Nothing was added. {file}, record {record} (meeting), line {record + 1}: What is there"
            " will not do for held on.\n"
        )
        assert started.journal.read_bytes() == before
    proved(
        f"1 bad record of {count:,}, early or last: it is named, 0 added, 0 bytes of the journal changed"
    )


@pytest.mark.parametrize(
    "option",
    [["-p", "aya"], ["--as", "meeting"], ["--map", "date=x"], ["--date-format", "%d/%m/%Y"]],
)
def test_our_own_export_takes_no_option_for_the_entries_of_others(
    started: Program, option: list[str]
) -> None:
    file = put(started, "e.json", started.ok("export", "--format", "json").out)

    refused = started("import", file, *option)

    assert (refused.code, refused.out) == (2, "")
    assert "does not apply to the format json" in refused.err


# Of others -----------------------------------------------------------------------------------------


def test_a_journal_of_jrnl_becomes_meetings_of_the_pair(started: Program) -> None:
    file = put(started, "journal.txt", JRNL)

    said = started.ok("import", file)
    one, two = started.ok("show", "m1", "m2", "--json").json
    again = started.ok("import", file)

    assert said.out == (
        "2 meetings added for Aya Sato · Fri 20 Nov 2026 – Sat 21 Nov 2026 · m1–m2\n"
    )
    assert said.err == "To take this back: mentorlog undo\n"
    assert (one["held_on"], one["start_time"], one["summary"], one["topics"]) == (
        "2026-11-20", "09:30", "A title", ["work"]
    )  # fmt: skip
    assert one["notes"] == "and a body @work\n\nAlso in the entry:\nstarred: true"
    assert (two["summary"], two["notes"], two["visibility"]) == ("日本語。", "本文", "private")
    assert (again.out, again.err) == (
        "All of it is already in the journal, so nothing was added.\n",
        "",
    )
    assert [each["command"] for each in started.ok("history", "--json").json] == [
        "import",
        "pair start",
    ]


def test_or_reflections_which_nobody_else_ever_sees(started: Program) -> None:
    started.ok("import", put(started, "journal.txt", JRNL), "--as", "reflection")

    one, two = started.ok("show", "r1", "r2", "--json").json
    assert (one["form"], one["phase"], two["phase"]) == ("free", "expectation", "expectation")
    assert two["answers"] == {"entry": "日本語。\n本文\n\nAlso in the entry:\nstart time: 21:05"}
    assert "日本語" in started.ok("search", "本文").out


def test_day_one_comes_in_by_the_clock_of_each_entry_and_a_strange_zone_is_told(
    started: Program,
) -> None:
    said = started.ok("import", put(started, "Journal.json", DAY_ONE))

    one, two = started.ok("show", "m1", "m2", "--json").json
    assert (one["held_on"], one["start_time"], one["notes"]) == ("2026-11-21", "00:30", "A.")
    assert (two["held_on"], two["start_time"]) == ("2026-11-21", "15:30")
    assert "1 entry was written in a time zone that is not known here" in said.err


def test_a_zip_comes_in_and_adds_nothing_to_what_its_file_has_added(started: Program) -> None:
    place = started.home / "export.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("Journal.json", DAY_ONE)

    started.ok("import", put(started, "Journal.json", DAY_ONE))

    assert started.ok("import", str(place), "--json").json["present"] == 2


def test_a_table_comes_in_by_its_columns(started: Program) -> None:
    said = started.ok("import", put(started, "t.csv", TABLE), *MAP, "--json")
    by_input = started.ok("import", "-", *MAP, "--json", stdin=TABLE)

    assert said.json == {
        "format": "mentorlog/1", "document": "import", "added": 2, "present": 0, "records": ["m1", "m2"]
    }  # fmt: skip
    assert by_input.json["present"] == 2
    assert (
        started.ok("show", "m1", "--json").json["notes"]
        == "First\n\nAlso in the entry:\nMood: good"
    )


def test_a_table_whose_columns_are_called_as_the_fields_needs_no_mapping(started: Program) -> None:
    started.ok("import", put(started, "t.csv", "notes,date\nFirst,2026-11-20\n"))

    assert started.ok("show", "m1", "--json").json["notes"] == "First"


def test_a_table_that_comes_again_adds_nothing_however_its_columns_are_mapped(
    started: Program,
) -> None:
    file = put(started, "t.csv", TABLE)
    started.ok("import", file, *MAP)

    again = started.ok("import", file, "--map", "date=Day", "--map", "summary=Mood", "--json")

    assert (again.json["added"], again.json["present"]) == (0, 2)


def test_the_same_file_can_come_in_for_each_pair_once(written: Program) -> None:
    file = put(written, "journal.txt", JRNL)

    added = [
        written.ok("import", file, "-p", pair, "--json").json["added"]
        for pair in ("p1", "ken", "ken")
    ]

    assert added == [2, 2, 0]


def test_a_file_without_an_entry_adds_nothing(started: Program) -> None:
    done = started.ok("import", put(started, "j.json", '{"tags": {}, "entries": []}'))

    assert (done.out, done.err) == ("There is no entry in it, so nothing was added.\n", "")


def test_entries_without_a_text_come_in_and_are_told(started: Program) -> None:
    entries = [{"creationDate": "2026-11-20T00:00:00Z", "uuid": each} for each in "AB"]
    entries[0]["weather"] = "Clear"

    done = started.ok(
        "import", put(started, "j.json", json.dumps({"metadata": {}, "entries": entries}))
    )

    assert "2 entries have no text." in done.err
    assert "No text. In the entry:" in started.ok("log").out


def test_with_several_pairs_it_has_to_be_said_which(written: Program) -> None:
    file = put(written, "journal.txt", JRNL)

    refused = written("import", file)
    done = written.ok("import", file, "-p", "ken", "--json").json

    assert refused.code == 1
    assert "There are several pairs" in refused.err
    assert written.ok("show", done["records"][0], "--json").json["pair"] == "p2"


def test_without_a_pair_it_says_how_to_start_one(mentorlog: Program) -> None:
    refused = mentorlog("import", put(mentorlog, "journal.txt", JRNL))

    assert (refused.code, refused.out) == (1, "")
    assert "pair start" in refused.err
    assert not mentorlog.journal.exists()


# Beforehand ----------------------------------------------------------------------------------------


@pytest.mark.proofs(8)
def test_a_dry_run_shows_what_would_become_of_each_entry_and_changes_nothing(
    started: Program, proved: Proved
) -> None:
    """Fails when `--dry-run` brings in what it shows."""
    started.ok("import", put(started, "one.txt", JRNL.partition("\n\n")[0]))
    file = put(started, "journal.txt", JRNL)
    before = started.journal.read_bytes()

    said = started.ok("import", file, "--dry-run")
    as_json = started.ok("import", file, "--dry-run", "--json").json

    assert said.out.splitlines() == [
        "already there  entry 1, line 1 · Fri 20 Nov 2026 09:30 · A title",
        "new            entry 2, line 4 · Sat 21 Nov 2026 21:05 · 日本語。",
        "1 new · 1 already there · Sat 21 Nov 2026 · dry run, nothing was changed",
    ]
    assert (as_json["added"], as_json["present"]) == (1, 1)
    assert as_json["entries"][1] == {
        "file": None, "entry": 2, "line": 4, "kind": "meeting", "on": "2026-11-21", "is_new": True
    }  # fmt: skip
    assert started.journal.read_bytes() == before
    proved("a dry run, shown and as JSON: 0 bytes of the journal changed")


def test_a_dry_run_needs_no_journal_and_makes_none(
    mentorlog: Program, demo_journals: dict[str, Path]
) -> None:
    mentorlog.holding(demo_journals["ja"])
    file = put(mentorlog, "export.json", mentorlog.ok("export", "--format", "json").out)
    mentorlog.journal.unlink()

    said = mentorlog.ok("import", file, "--dry-run")

    assert len(said.out.splitlines()) == 103
    assert "record 1 (pair), line 2" in said.out
    assert said.out.endswith("dry run, nothing was changed\n")
    assert not mentorlog.journal.exists()


def test_a_dry_run_of_what_is_there_counts_it(started: Program) -> None:
    file = put(started, "export.json", started.ok("export", "--format", "json").out)

    said = started.ok("import", file, "--dry-run")

    assert said.out == "0 new · 1 already there · dry run, nothing was changed\n"


@pytest.mark.parametrize("columns", [60, 140])
def test_at_a_terminal_a_line_fits_it(started: Program, terminal: Terminal, columns: int) -> None:
    long = "[2026-11-20 09:30] " + "長い題名" * 25 + "\n"

    shown = terminal("import", put(started, "journal.txt", long), "--dry-run", columns=columns)

    first = re.sub(r"\x1b\[[0-9;]*m", "", shown.text.splitlines()[0])
    assert shown.code == 0
    assert first.endswith("…")
    assert sum(2 if ord(each) > 0x3000 else 1 for each in first) <= columns


# What is not certain -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words", "says"),
    [
        ("Dear diary", [], "--format: json, jrnl, dayone, csv"),
        (TABLE, [], "--format: json, jrnl, dayone, csv"),
        (TABLE, ["--format", "csv"], "--map date=COLUMN --map notes=COLUMN. Columns: Day, Text, Mood"),
        (TABLE, ["--map", "notes=Text"], "--map date=COLUMN"),
        (TABLE, ["--map", "date=Date"], "There is no column Date. Columns: Day, Text, Mood"),
        (TABLE, ["--map", "x=Day"], "There is no field x to map a column to. Fields: date, start_time,"),
        (TABLE, ["--map", "Day"], "date=Day"),
        (JRNL, ["--format", "xml"], "json, jrnl, dayone, csv"),
        (JRNL, ["--as", "insight"], "meeting, reflection"),
        (JRNL, ["--map", "date=Day"], "does not apply to the format jrnl"),
        (DAY_ONE, ["--date-format", "%d/%m/%Y"], "does not apply to the format dayone"),
        (JRNL, ["--date-format", "%d/%m"], "%d/%m/%Y"),
    ],
)  # fmt: skip
def test_what_was_not_said_rightly_is_a_wrong_line(
    started: Program, content: str, words: list[str], says: str
) -> None:
    refused = started("import", put(started, "file", content), *words)

    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err
    assert refused.err.count("\n") == 1


def test_a_day_that_could_be_two_is_refused_until_it_is_said_how_days_are_written(
    started: Program,
) -> None:
    file = put(started, "t.csv", "Day,Text\n03/04/2026,secret\n")

    refused = started("import", file, *MAP)
    done = started.ok("import", file, *MAP, "--date-format", "%d/%m/%Y")

    assert refused.code == 65
    assert "entry 1, line 2: Its day can be read as two dates" in refused.err
    assert "--date-format '%d/%m/%Y'" in refused.err
    assert "secret" not in refused.err
    assert "Fri 3 Apr 2026" in done.out


def test_the_words_of_an_entry_never_stand_in_a_refusal(started: Program) -> None:
    given = [
        ("a.json", json.dumps({"tags": {}, "entries": [{"title": "zqx", "date": "zqx", "body": 1}]}), []),
        ("b.csv", "Day,Text\nzqx,zqx\n", MAP),
        ("c.csv", 'Day,Text\n2026-01-01,"zqx\n', MAP),
        ("d.txt", "[2026-01-01] zqx\n[2026-02-30] zqx\n", []),
        ("e.json", '{"tags": {}, "entries": [{"title": "zqx", "zqx": 1, "zqx": 2}]}', []),
        ("f.json", '{"metadata": {}, "entries": [{"creationDate": "zqx", "text": "zqx"}]}', []),
        ("g.json", '{"metadata": {}, "entries": [{"creationDate": "2026-01-01", "text": "zqx\\u0000"}]}', []),
    ]  # fmt: skip

    refused = [started("import", put(started, name, text), *words) for name, text, words in given]

    assert [each.code for each in refused] == [65] * len(given)
    assert not any("zqx" in each.err + each.out for each in refused)


def test_a_file_that_cannot_be_read_is_not_bad_data(started: Program) -> None:
    put(started, "closed.txt", JRNL)
    os.mkfifo(started.home / "pipe")
    names = ["missing.txt", "closed.txt/x", ".", "pipe", "/dev/null", "no\udcffname"]

    refused = {name: started("import", str(started.home / name)) for name in names}

    assert {each.code for each in refused.values()} == {1}
    assert all(each.err.count("\n") == 1 and each.out == "" for each in refused.values())
    assert "import -" in refused["pipe"].err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_that_is_closed_to_us_is_a_failure_of_reading(started: Program) -> None:
    file = Path(put(started, "closed.txt", JRNL))
    file.chmod(0)

    refused = started("import", str(file))

    assert (refused.code, refused.err) == (
        74, f"mentorlog: {file} cannot be read (Permission denied).\n"
    )  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no such file here")
def test_reading_that_fails_is_a_failure_of_reading(started: Program) -> None:
    refused = started("import", "/proc/self/mem")

    assert (refused.code, refused.err) == (
        74, "mentorlog: /proc/self/mem cannot be read (Input/output error).\n"
    )  # fmt: skip


def test_a_name_too_long_for_a_file_is_a_failure_of_reading(started: Program) -> None:
    assert started("import", "x" * 5000).code == 74


def test_a_journal_and_markdown_are_said_to_be_what_they_are(started: Program) -> None:
    page = put(started, "page.md", started.ok("export").out)

    refused = [started("import", str(file)) for file in (started.journal, page)]

    assert [each.code for each in refused] == [65, 65]
    assert f"mentorlog restore {started.journal}\n" in refused[0].err
    assert "mentorlog export --format json\n" in refused[1].err


def test_nothing_by_standard_input_is_bad_data(started: Program) -> None:
    refused = started("import", "-", stdin="")

    assert (refused.code, refused.err) == (
        65, "mentorlog: Nothing was added. standard input: There is nothing in it.\n"
    )  # fmt: skip


def test_what_steers_a_terminal_is_shown_and_kept(started: Program, terminal: Terminal) -> None:
    hostile = "\x1b[31mred\x1b[0m [bold]x[/bold] \u202eevil =cmd '); DROP TABLE meeting;--"
    file = put(started, "journal.txt", f"[2026-11-20 09:30] {hostile}\n{hostile}\n")

    foreseen = terminal("import", file, "--dry-run")
    started.ok("import", file)

    assert "\x1b[31m" not in foreseen.text
    assert "\\x1b[31mred" in foreseen.text
    assert started.ok("show", "m1", "--json").json["notes"] == hostile


def test_a_long_file_shows_how_far_it_has_come_at_a_terminal(
    started: Program, talk: Talking
) -> None:
    text = "".join(f"[2026-11-20 09:30] Entry {number}\nwords\n\n" for number in range(20_000))
    file = put(started, "journal.txt", text)

    told = talk("import", file)
    told.hears("Reading the file")
    told.hears("20,000 meetings added")

    assert told.ends() == 0


def test_in_japanese_everything_is_said_in_japanese_but_the_codes(started: Program) -> None:
    started.language = "ja"

    done = started.ok("import", put(started, "journal.txt", JRNL), "--json").json

    assert (done["added"], done["document"]) == (2, "import")
