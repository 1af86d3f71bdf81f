"""Only the owner can read what the program makes, whatever the umask: each file while it is there too.

strace tells of the files that are gone when a command ends, such as the side file of the journal.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from mentorlog.cli.app import COMMANDS
from tests.contract.test_json import CASES, commands
from tests.reliability.test_many_terminals import IMPATIENT
from tests.reliability.tracing import STRACE, needs_strace

if TYPE_CHECKING:
    from tests.conftest import Program
    from tests.proofs import Proved

# What makes files of its own, by command. {home} is a folder of the user's, {backup} a backup in it.
FILES: dict[str, list[list[str]]] = {
    "export": [
        ["export", "aya", "-o", "{home}/story.md"],
        ["export", "--format", "json", "-o", "{home}/all.json"],
        ["export", "ken", "--for", "partner", "-o", "{home}/theirs.md"],
        ["export", "aya", "--format", "markdown", "-o", "{home}/story/"],
        ["export", "--format", "csv", "-o", "{home}/sheets"],
    ],
    "calendar": [["calendar", "-o", "{home}/plans.ics"]],
    "report": [
        ["report", "ken", "--html", "{home}/page.html"],
        ["report", "ken", "--svg", "{home}/page.svg"],
    ],
    "backup": [["backup"], ["backup", "{home}/copy.db"], ["backup", "{home}"]],
    "restore": [["restore", "{backup}"]],
    "forget": [["forget", "ken", "--yes", "-o", "{home}/ken.json"]],
    "demo": [["demo", "--keep", "{home}/demo.db"]],
    "config": [["config", "set", "cadence", "1w"], ["config", "unset", "cadence"]],
    "doctor": [["doctor", "--salvage", "{home}/saved.db"]],
}
MAKING = {"--output", "--html", "--svg", "--keep", "--salvage"}  # options that name what is made

_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)", re.MULTILINE)
_MADE = re.compile(r'"((?:[^"\\]|\\.)*)", (?:[A-Z_|]*O_CREAT[A-Z_|]*, )?(0\d*)$')
UMASK_000 = ["sh", "-c", 'umask 000; exec "$@"', "sh"]


class Made(NamedTuple):
    """A file or folder that was made, and who could read it from the first moment on."""

    path: Path
    mode: int


def made(log: str) -> Iterator[Made]:
    """Read from what strace has written which files and folders were made, with the modes they got."""
    umask = 0
    for call, arguments, gave in _CALL.findall(log):
        if call == "umask":
            umask = int(arguments, 8)
        elif int(gave) >= 0 and (found := _MADE.search(arguments)):
            yield Made(Path(found[1]), int(found[2], 8) & ~umask)


def traced(
    program: Program, log: Path, words: list[str], **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command with umask 000 and have strace write down what it makes."""
    return subprocess.run(
        [
            *(*UMASK_000, str(STRACE), "-f", "-qq", "-s", "4096", "-o", str(log), "-e"),
            "trace=open,openat,creat,mkdir,mkdirat,umask",
            *(sys.executable, "-m", "mentorlog", *words),
        ],
        capture_output=True,
        env=program.environment | {"PYTHONDONTWRITEBYTECODE": "1"} | environment,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def lines(name: str) -> list[list[str]]:
    """Return the command lines of a command of the root: those that make files, and all others."""
    others = [
        [*case.words, "--json"]
        for key, cases in CASES.items()
        for case in cases
        if key.split()[0] == name
    ]
    return FILES.get(name, []) + others


def open_to_others(folder: Path, known: frozenset[Path] = frozenset()) -> dict[Path, str]:
    """Return what others can use in a folder, with its mode, but for the folders `known` before."""
    found = {
        each: stat.S_IMODE(each.lstat().st_mode)
        for each in folder.rglob("*")
        if each not in known or each.is_file()
    }
    return {each: oct(mode) for each, mode in found.items() if mode & 0o077}


def test_every_command_and_all_that_makes_a_file_is_proved_here() -> None:
    naming = {
        (name.split()[0], option)
        for name, command in commands().items()
        for parameter in command.params
        for option in MAKING & set(parameter.opts)
    }
    long = {"-o": "--output"}
    tried = {
        (name, long.get(word, word))
        for name, all_words in FILES.items()
        for words in all_words
        for word in words
    }

    assert {name for name in COMMANDS if not lines(name)} == set()
    assert naming - tried == set()


@needs_strace
@pytest.mark.proofs(12)
@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_a_command_makes_is_its_owners_alone_with_any_umask(
    written: Program, tmp_path: Path, proved: Proved, name: str
) -> None:
    """Fails when main() sets no umask (what Python opens is 0666), and when an export, a backup or a
    page is made before it or with chmod afterwards."""
    written.ok("backup", str(written.home / "backup.db"))
    written.ok("insight", "aya", "taken back")
    written.ok("undo")  # for `redo`
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    begins_with, log, counted = tmp_path / "begins with", tmp_path / "log", Counter[str]()
    shutil.copytree(written.home, begins_with)
    known = frozenset(written.home.rglob("*"))

    for words in lines(name):
        shutil.rmtree(written.home)
        shutil.copytree(begins_with, written.home)
        places = {"home": written.home, "backup": written.home / "backup.db"}
        done = traced(
            written, log, [word.format(**places) for word in words], TMPDIR=str(temporary)
        )
        is_told = name == "doctor" and done.returncode == 1  # that something wants mending
        assert done.returncode == 0 or is_told, (words, done.stderr)
        found = list(made(log.read_text()))
        assert [each for each in found if each.mode & 0o077] == [], words
        ours = {written.home, *([temporary] if name == "demo" else [])}  # a made-up journal
        assert [each for each in found if not ours & {*each.path.parents}] == [], words
        assert list(temporary.iterdir()) == [], words
        assert open_to_others(written.home, known) == {}, words
        counted.update(each.path.name for each in found)
        counted["lines"] += 1

    of_lines, side = counted.pop("lines"), counted["journal.db-journal"]
    proved(
        f"`{name}` with umask 000, {of_lines} lines: {counted.total()} files and folders made, {side} of"
        " them side files of the journal, all 0600 and 0700 from the first moment"
    )


@pytest.mark.proofs(12)
def test_a_first_journal_a_draft_and_a_report_of_a_fault_are_their_owners_alone(
    mentorlog: Program, proved: Proved
) -> None:
    """Fails when main() sets no umask and `private_folder` or `fault.report` gives no mode: either alone
    holds it."""

    def run(*words: str) -> int:
        done = subprocess.run(
            [*UMASK_000, sys.executable, "-c", IMPATIENT, *words],
            env=mentorlog.environment,
            input=b"by standard input",
            capture_output=True,
            timeout=60,
            check=False,
        )
        return done.returncode

    made_one = run("meet", "Aya", "--as", "mentor", "--notes", "first")
    with closing(sqlite3.connect(mentorlog.journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        busy = run("meet", "Aya", "--notes", "busy"), run("ask", "Aya", "-")
    with closing(sqlite3.connect(mentorlog.journal)) as other:
        other.execute("PRAGMA legacy_alter_table=ON")
        other.execute("ALTER TABLE meeting RENAME TO kept")
        other.execute("CREATE VIEW meeting AS SELECT *, kept.[nothing] FROM kept")
    fault = run("log")

    names = {each.name for each in (mentorlog.home / "data").rglob("*")}
    assert (made_one, *busy, fault) == (0, 75, 75, 70)
    assert any(name.startswith("fault-") for name in names)
    assert {"journal.db", "journal.db.drafts", "text.txt"} <= names
    assert open_to_others(mentorlog.home) == {}
    proved(
        f"a first journal, 2 drafts and a report with umask 000: {len(names)} names, all private"
    )


@pytest.mark.proofs(12)
def test_a_journal_and_backups_that_others_could_read_are_private_after_the_next_write(
    written: Program, proved: Proved
) -> None:
    """Fails when `make_durable` leaves the mode of the journal as it is."""
    written.journal.chmod(0o666)

    written.ok("ask", "ken", "Why?")
    written.journal.chmod(0o640)
    written.ok("undo")

    assert stat.S_IMODE(written.journal.stat().st_mode) == 0o600
    proved("a journal that others could read (0666, 0640): 0600 after the next write")
