"""Results on standard output, words about them on standard error, whatever the streams are like."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from tests.conftest import Program, Terminal
    from tests.proofs import Proved

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
READING = (["status"], ["prep", "ken"], ["log"], ["show", "m1"], ["pair", "list"], ["history"])
ACKNOWLEDGED = "To take this back: mentorlog undo\n"


class Done(NamedTuple):
    """The exit code of a command line in a shell, and what came out."""

    code: int
    out: bytes
    err: str


def in_shell(mentorlog: Program, line: str, *words: str, **environment: str) -> Done:
    """Run the program as "$@" in a line of a POSIX shell."""
    done = subprocess.run(
        ["sh", "-c", line, "sh", sys.executable, "-m", "mentorlog", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=mentorlog.environment | environment,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode(errors="replace"))


def questions(mentorlog: Program) -> list[str]:
    found = mentorlog.ok("log", "--kind", "question", "--json").json
    return [question["text"] for question in found]


# Output that breaks ------------------------------------------------------------------------------


@pytest.mark.proofs(6)
@pytest.mark.parametrize("line", ['"$@" >&-', '"$@" >/dev/full'])
@pytest.mark.parametrize("json", [[], ["--json"]], ids=["plain", "json"])
def test_a_write_whose_output_is_lost_is_kept_once_and_the_exit_code_tells(
    written: Program, line: str, json: list[str], proved: Proved
) -> None:
    """Fails when `_refuse` in cli/streams.py lets the error through (exit code 70)."""
    before = questions(written)

    done = in_shell(written, line, "ask", "ken", "Only once?", *json)

    assert done.code == 74
    assert done.err.splitlines()[-1].startswith("mentorlog: ")
    assert "Traceback" not in done.err
    assert "fault of the program" not in done.err
    assert questions(written) == ["Only once?", *before]
    how = "a full device" if "full" in line else "a closed output"
    proved(f"`{' '.join(['ask', *json])}` to {how}: 1 record, exit code {done.code}")


# The end of a command ------------------------------------------------------------------------------

# The process ends without taking the interpreter apart: nothing may have been left to that.
_AT_THE_END = """
import os, sys, threading
from mentorlog.__main__ import main
code = main(sys.argv[1:])
opened = (os.path.realpath(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if int(n) > 2)
left = [each for each in opened if each.startswith(os.environ["HOME"])]
print(code, left, threading.active_count(), file=sys.stderr)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ask ken Why?", 0),
        ("search plan", 0),
        ("status", 0),
        ("report ken --html report.html", 0),
        ("export --json -o all.json", 0),
        ("calendar -o days.ics", 0),
        ("backup copy.db", 0),
        ("doctor", 0),
        ("show m99", 1),
        ("ask nobody Why?", 1),
    ],
)
def test_what_a_command_opened_it_has_closed_when_it_ends(
    written: Program, line: str, code: int
) -> None:
    """Fails when `Context.__exit__` does not close the journal."""
    done = subprocess.run(
        [sys.executable, "-c", _AT_THE_END, *line.split()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=written.home,
        env=written.environment,
        check=True,
    )

    assert done.stderr.decode().splitlines()[-1].strip() == f"{code} [] 1"


# Results that break -------------------------------------------------------------------------


@pytest.mark.parametrize("line", ['"$@" >&-', '"$@" >/dev/full'])
@pytest.mark.parametrize(
    "words",
    [
        *READING,
        ["status", "--short"],
        ["log", "--json"],
        ["action", "list"],
        ["config", "list"],
        ["export", "ken"],
        ["demo"],
        ["--version"],
        ["--help"],
        ["meet", "--help"],
        ["pair", "--help"],
    ],
    ids=" ".join,
)
def test_a_result_that_cannot_be_written_is_one_clear_line(
    written: Program, line: str, words: list[str]
) -> None:
    done = in_shell(written, line, *words)

    assert done.code == 74
    assert done.err.startswith("mentorlog: ")
    assert done.err.count("\n") == 1
    assert "fault of the program" not in done.err


UNBUFFERED = {"PYTHONUNBUFFERED": "1"}  # as in many containers


@pytest.mark.parametrize("environment", [{}, UNBUFFERED], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", [["export", "ken"], ["log", "--json"], ["log"]], ids=" ".join)
def test_a_result_that_only_a_part_of_can_be_written_is_no_success(
    written: Program, words: list[str], environment: dict[str, str]
) -> None:
    asked = [word for n in range(200) for word in ("--question", f"{n} " + "words " * 20)]
    written.ok("meet", "ken", *asked)
    limited = 'ulimit -f 4; "$@" >"$HOME/cut"'

    done = in_shell(written, limited, *words, PYTHONDONTWRITEBYTECODE="1", **environment)

    assert 0 < (written.home / "cut").stat().st_size <= 4096
    assert (done.code, done.err.count("\n")) == (74, 1)
    assert done.err.startswith("mentorlog: Standard output cannot be written")


def test_unbuffered_all_of_it_comes_out_in_its_order_and_lost_output_is_told(
    written: Program,
) -> None:
    together = [in_shell(written, '"$@" 2>&1', "ask", "ken", "Só?", **UNBUFFERED) for _ in "12"]
    full = in_shell(written, '"$@" >/dev/full', "log", **UNBUFFERED)
    closed = in_shell(written, '"$@" >&-', "log", **UNBUFFERED)

    assert together[1].out.decode() == f"q4  ? Só?\n{ACKNOWLEDGED}"
    assert in_shell(written, '"$@"', "log", **UNBUFFERED).out == written.ok("log").out.encode()
    assert (full.code, full.err.count("\n"), closed.code) == (74, 1, 74)


@pytest.mark.proofs(6)
def test_what_was_typed_in_the_meeting_is_kept_though_nobody_could_be_told(
    written: Program, proved: Proved
) -> None:
    """Fails when `_refuse` in cli/streams.py lets the error through (exit code 70)."""
    done = in_shell(written, '"$@" >/dev/full 2>&1', "meet", "ken", "--notes", "kept", "--json")
    kept = written.ok("log", "--kind", "meeting", "--limit", "1", "--json").json

    assert done.code == 74
    assert [meeting["notes"] for meeting in kept] == ["kept"]
    assert not list(written.journal.parent.glob("*.drafts/*"))
    proved(f"`meet` with both outputs full: kept once, no draft left, exit code {done.code}")


@pytest.mark.parametrize("words", [["--help"], ["meet", "--help"], ["status"]], ids=" ".join)
def test_a_reader_that_is_gone_already_ends_the_command_quietly(
    written: Program, words: list[str]
) -> None:
    # The gate opens once the reading end of the pipe is closed.
    line = '{ read -r _ <"$HOME/gate"; "$@"; echo $? >&2; } | { exec <&-; echo >"$HOME/gate"; }'

    done = in_shell(written, f'mkfifo "$HOME/gate"; {line}', *words)

    assert (done.out, done.err) == (b"", "0\n")


@pytest.mark.parametrize("line", ['"$@" 2>&-', '"$@" 2>/dev/full', '"$@" <&-', '"$@" <&- 2>&-'])
def test_without_the_other_streams_a_write_is_kept_and_told(written: Program, line: str) -> None:
    done = in_shell(written, line, "ask", "ken", "Only once?")

    assert (done.code, done.out) == (0, b"q3  ? Only once?\n")
    assert questions(written).count("Only once?") == 1


def test_no_file_is_given_the_number_of_a_closed_stream(written: Program) -> None:
    before = written.ok("log", "--all").out

    for line in ('"$@" <&- >&- 2>&-', '"$@" <&-', '"$@" >&- 2>&-'):
        in_shell(written, line, "show", "m99")
        in_shell(written, line, "edit", "a4", "--set", "text=Write to her")

    assert written.ok("log", "--all").out == before
    assert written.journal.read_bytes().startswith(b"SQLite format 3\x00")


@pytest.mark.parametrize("environment", [{}, UNBUFFERED], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", [["log"], ["log", "--json"], ["history"], ["show", "m2"]], ids=" ".join)  # fmt: skip
def test_a_reader_that_has_seen_enough_ends_the_command_quietly(
    written: Program, words: list[str], environment: dict[str, str]
) -> None:
    # More than a pipe holds, so that the program is still writing when the reader goes.
    asked = [word for n in range(400) for word in ("--question", f"{n} " + "words " * 100)]
    written.ok("meet", "ken", "--notes", "-", *asked, stdin="words\n" * 40_000)

    with subprocess.Popen(
        [sys.executable, "-m", "mentorlog", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=written.environment | environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()

    assert first
    assert (process.returncode, said) == (0, b"")


# Colour and width --------------------------------------------------------------------------------


def test_a_terminal_gets_colours_and_a_pipe_none(written: Program, terminal: Terminal) -> None:
    screens = {" ".join(words): terminal(*words).text for words in READING}
    piped = {" ".join(words): written.ok(*words).out for words in READING}

    assert [words for words, text in screens.items() if not COLOUR.search(text)] == []
    assert [words for words, text in piped.items() if "\x1b" in text] == []


@pytest.mark.parametrize(
    "environment",
    [{"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb"}],
    ids=str,
)
def test_a_terminal_without_colour_gets_none(
    written: Program, terminal: Terminal, environment: dict[str, str]
) -> None:
    screens = [terminal(*words, **environment).text for words in (*READING, ["ask", "ken", "Why?"])]

    assert len(questions(written)) == 3
    assert [text for text in screens if "\x1b" in text] == []


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_colour_is_forced_on_a_pipe_and_changes_no_word(written: Program, words: list[str]) -> None:
    plain = written.ok(*words).out

    coloured = written(*words, environment={"FORCE_COLOR": "1", "TERM": "dumb"}).out

    assert COLOUR.search(coloured)
    assert COLOUR.sub("", coloured) == plain


def test_json_has_no_colour_even_where_it_is_forced(written: Program, terminal: Terminal) -> None:
    forced = written("log", "--json", environment={"FORCE_COLOR": "1"})
    screen = terminal("log", "--json")

    assert forced.json == json.loads(screen.text)
    assert "\x1b" not in forced.out + screen.text


@pytest.mark.parametrize("columns", ["30", "44", "200"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_lines_are_as_wide_as_columns_says(
    written: Program, terminal: Terminal, columns: str, language: str
) -> None:
    written.language = language
    long = "次の面談までに、読んだ本の感想をまとめて送る。Then read the next one, slowly. " * 4
    written.ok("meet", "ken", "--summary", long, "--question", long, "--action", long)
    drawn = (["status"], ["prep", "ken"], ["show", "a4", "q3"], ["pair", "show", "ken"])

    piped = "".join(written(*words, environment={"COLUMNS": columns}).out for words in drawn)
    timeline = terminal("log", columns=80, COLUMNS=columns, NO_COLOR="1").text
    widest = max(cell_len(line) for line in (piped + timeline).splitlines())

    assert widest <= int(columns)
    assert widest >= int(columns) - 20


@pytest.mark.parametrize("words", [["action", "list"], ["show", "m2"]], ids=" ".join)
def test_a_list_at_a_terminal_is_cut_to_its_width(
    written: Program, terminal: Terminal, words: list[str]
) -> None:
    written.ok("meet", "ken", "--action", "Read the next one, slowly. 次の本を読む。" * 4)

    shown = terminal(*words, columns=60, NO_COLOR="1").text

    assert max(map(cell_len, shown.splitlines())) in range(40, 61)


def test_without_columns_the_terminals_own_width_is_used(
    written: Program, terminal: Terminal
) -> None:
    written.ok("ask", "ken", "words " * 100)

    narrow, wide = (terminal("log", columns=n, NO_COLOR="1").text for n in (50, 130))

    assert max(map(cell_len, narrow.splitlines())) in range(45, 51)
    assert max(map(cell_len, wide.splitlines())) in range(125, 131)


# Encodings and locales ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp932", "utf-8", "UTF-8"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_any_encoding_of_the_output_acknowledges_a_write_and_gives_valid_json(
    mentorlog: Program, encoding: str, language: str
) -> None:
    mentorlog.language = language
    how = {"PYTHONIOENCODING": encoding}
    text = "感想を送る — 👩\u200d👧 ü"

    wrote = in_shell(mentorlog, '"$@"', "meet", "佐藤", "--as", "mentor", "--action", text, **how)
    shown = in_shell(mentorlog, '"$@"', "show", "a1", "--json", **how)
    drawn = [in_shell(mentorlog, '"$@"', *words, **how) for words in (["log"], ["prep"], ["-h"])]

    assert wrote.code == 0
    assert b"a1" in wrote.out
    assert json.loads(shown.out.decode(encoding))["text"] == text
    assert [done.code for done in drawn] == [0, 0, 2]
    assert not any("fault of the program" in done.err for done in drawn)


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "xx_XX.nonsense"},
        {"LANG": "", "LC_ALL": ""},
    ],
    ids=str,
)
def test_text_is_kept_exactly_in_any_locale(mentorlog: Program, locale: dict[str, str]) -> None:
    text = "感想を送る — 👩\u200d👧 ü"

    wrote = in_shell(mentorlog, '"$@"', "meet", "佐藤", "--as", "mentor", "--notes", text, **locale)
    read = mentorlog.ok("show", "m1", "--json").json["notes"]

    assert (wrote.code, wrote.err) == (0, ACKNOWLEDGED)
    assert read == text


# Who may read it ---------------------------------------------------------------------------------


def test_whatever_the_umask_is_only_the_owner_can_read_what_was_written(
    mentorlog: Program,
) -> None:
    lines = [
        ["meet", "Aya", "--as", "mentor", "--notes", "x"],
        ["config", "set", "cadence", "1m"],
        ["ask", "Why?"],
        ["edit", "q1", "--set", "text=What?"],
        ["undo"],
        ["redo"],
        ["export", "-o", str(mentorlog.home / "handed-on.md")],
        ["demo", "--keep", str(mentorlog.home / "tried" / "demo.db")],
    ]

    codes = [in_shell(mentorlog, 'umask 000; "$@"', *words).code for words in lines]

    modes = {
        str(path.relative_to(mentorlog.home)): (path.is_dir(), stat.S_IMODE(path.stat().st_mode))
        for path in Path(mentorlog.home).rglob("*")
    }
    assert codes == [0] * len(lines)
    assert {"data/mentorlog/journal.db", "config/mentorlog/config.toml", "handed-on.md"} <= (
        modes.keys()
    )
    assert {name: mode for name, mode in modes.items() if mode != (mode[0], 0o700 if mode[0] else 0o600)} == {}  # fmt: skip


def test_a_journal_that_others_could_read_is_made_private_at_the_next_write(
    written: Program,
) -> None:
    written.journal.chmod(0o664)

    written.ok("ask", "ken", "Why?")

    assert stat.S_IMODE(written.journal.stat().st_mode) == 0o600
