"""Standard output that breaks: each command that writes has written once, and its exit code tells.

What such a command says, and what commands do that only read, is in `tests/cli/test_streams.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import Program
from tests.proofs import Proved
from tests.reliability.intact import rows

BEGUN = (
    ("meet", "Aiko", "--as", "mentee", "--notes", "n", "--action", "read", "--question", "why?"),
    ("goal", "set", "Lead a team", "--target", "5"),
    ("feedback", "receive", "Aiko", "Slower", "--will-change", "I pause"),
    ("action", "add", "Aiko", "Taken back"),
    ("undo",),
)
IN_THE_LOG = (
    ("meet", "Aiko", "--summary", "s", "--action", "write"),
    ("pair", "start", "Ben", "--as", "mentor"),
    ("pair", "edit", "Aiko", "--alias", "ai"),
    ("pair", "agree", "Aiko", "--boundaries", "Work only"),
    ("pair", "pause", "Aiko", "--until", "2027-01-10"),
    ("pair", "extend", "Aiko", "--by", "3m"),
    ("pair", "end", "Aiko", "--because", "done"),
    ("goal", "set", "Read", "--target", "12"),
    ("goal", "measure", "g1", "2"),
    ("ask", "Aiko", "Only once?"),
    ("action", "add", "Aiko", "Write"),
    ("action", "done", "a1"),
    ("insight", "Aiko", "Only once"),
    ("reflect", "Aiko", "--answer", "growth=Only once"),
    ("feedback", "give", "Aiko", "Only once"),
    ("feedback", "change", "f1", "I pause now"),
    ("strength", "add", "Listening"),
    ("assess", "Aiko", "--privacy", "4"),
    ("review", "Aiko", "--conclusions", "Only once", "--decision", "continue"),
    ("share", "m1"),
    ("edit", "q1", "--set", "text=What?"),
    ("delete", "q1", "--yes"),
    ("undo",),
    ("redo",),
    ("import", "diary.txt"),
)
INTO_FILES = (
    ("backup",),
    ("backup", "copy.db"),
    ("export", "Aiko", "-o", "aiko.md"),
    ("export", "-o", "all", "--format", "markdown"),
    ("calendar", "-o", "planned.ics"),
    ("config", "set", "cadence", "1m"),
    ("restore", "before.db"),
    ("forget", "Aiko", "--yes"),
)
# How standard output breaks, and the exit code where something was to be said there: a reader that has
# gone has seen enough.
BREAKS = {"full": 74, "closed": 74, "nobody reads": 0}


@pytest.fixture
def begun(mentorlog: Program) -> Program:
    """The program with something of all that is changed below, and with what is brought in."""
    for words in BEGUN:
        mentorlog.ok(*words)
    mentorlog.ok("backup", str(mentorlog.home / "before.db"))
    (mentorlog.home / "diary.txt").write_text("[2026-11-02 09:00] Only once.\n")
    return mentorlog


def run(
    program: Program, words: tuple[str, ...], how: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command with a standard output that breaks in that way, or in none."""
    line = '"$@" >&-' if how == "closed" else '"$@"'
    with ExitStack() as stack:
        out: int | IO[str] = subprocess.PIPE
        if how == "full":
            out = stack.enter_context(Path("/dev/full").open("w"))
        if how == "nobody reads":
            ours, theirs = os.pipe()
            os.close(ours)
            out = stack.enter_context(os.fdopen(theirs, "w"))
        return subprocess.run(
            ["sh", "-c", line, "sh", sys.executable, "-m", "mentorlog", *words],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            cwd=program.home,
            env=program.environment,
            timeout=60,
            check=False,
        )


def written(program: Program) -> Counter[str]:
    """Count the rows of each kind and in the log, and the files by their names without days and times."""
    of_rows = {name: len(found) for name, found in rows(program.journal).items()}
    files = (str(each.relative_to(program.home)) for each in program.home.rglob("*"))
    return Counter(of_rows) + Counter(re.sub(r"[0-9]+", "0", name) for name in files)


@pytest.mark.proofs(6)
@pytest.mark.parametrize("commands", [IN_THE_LOG, INTO_FILES], ids=["in the log", "into files"])
def test_a_command_whose_output_breaks_has_written_once_and_its_exit_code_tells(
    begun: Program, proved: Proved, commands: tuple[tuple[str, ...], ...]
) -> None:
    """Fails when `_refuse` in cli/streams.py lets the error through (exit code 70), and when it takes a
    reader that has gone for one."""
    home, template = begun.home, begun.home.with_name("begun")
    shutil.copytree(home, template)
    runs = 0

    def fresh() -> None:
        shutil.rmtree(home)
        shutil.copytree(template, home)

    before = written(begun)
    for words in commands:
        fresh()
        said = run(begun, words)
        assert said.returncode == 0, (words, said)
        expected = written(begun)
        assert expected != before or words[0] in {"restore", "config"}, words
        for how, code in BREAKS.items():
            fresh()
            done = run(begun, words, how)
            assert written(begun) == expected, (words, how)
            assert done.returncode == (code if said.stdout else 0), (words, how, done.stderr)
            runs += 1

    proved(
        f"{len(commands)} commands that write {'into files' if commands is INTO_FILES else 'records'}, each"
        f" with {len(BREAKS)} broken outputs: {runs} of {runs} have written once, and the exit code told"
    )
