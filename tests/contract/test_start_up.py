"""Start-up is felt at every call: what a command does not need, it does not import."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mentorlog.cli.app import COMMANDS

if TYPE_CHECKING:
    from tests.conftest import Program

# Runs the program as `python -m mentorlog` does, and writes what it has imported to a file.
_RUN = """
import json, sys
from mentorlog.__main__ import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    json.dump([code, sorted(sys.modules)], file)
"""

HEAVY = {
    "rich", "sqlite_utils", "prompt_toolkit", "dateutil", "tomllib", "tomlkit", "phonenumbers",
    "icalendar",
}  # fmt: skip
if sys.platform.startswith("linux"):
    HEAVY.add("platformdirs")
DRAWING = {
    "rich.console", "rich.table", "rich.text", "prompt_toolkit", "sqlite_utils", "tomlkit", "icalendar",
}  # fmt: skip


def modules(mentorlog: Program, *words: str) -> set[str]:
    """Run a command that has to succeed and return the modules it imported."""
    place = mentorlog.home / "modules.json"
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(place), *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=mentorlog.environment,
        check=True,
    )
    code, names = json.loads(place.read_text())
    assert code == 0, f"{words}: {done.stderr!r}"
    return set(names)


def modules_completing(mentorlog: Program, *words: str) -> set[str]:
    """Complete a line, as the script of a shell asks for it, and return the modules it imported."""
    place = mentorlog.home / "modules.json"
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(place)],
        input="".join(f"{word}\x00" for word in words).encode(),
        capture_output=True,
        env=mentorlog.environment | {"_MENTORLOG_COMPLETE": "zsh"},
        check=True,
    )
    assert done.stdout.startswith(b"words\n"), f"{words}: {done}"
    return set(json.loads(place.read_text())[1])


def started(mentorlog: Program) -> None:
    """Make a journal of the present schema with a pair in it, and a goal."""
    mentorlog.ok("meet", "Aya Sato", "--as", "mentor", "--action", "Send the list due:fri")
    mentorlog.ok("goal", "set", "Read", "--baseline", "2", "--target", "12")


@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        ["status", "--short"],
        ["status", "--json"],
        ["meet", "--summary", "Went well", "--topic", "reading", "--next", "+2w", "--json"],
        ["ask", "How do I begin?", "--json"],
        ["insight", "It takes time", "--json"],
        ["action", "add", "Read it due:fri", "--json"],
        ["action", "done", "a1", "--json"],
        ["goal", "measure", "g1", "6", "--json"],
        ["goal", "show", "g1", "--json"],
        ["log", "--json"],
        ["search", "list", "-draft", "--json"],
        ["export", "--json"],
        ["export", "--format", "csv", "--preview"],
        ["show", "a1", "--json"],
        ["share", "a1", "--json"],
        ["undo", "--json"],
    ],
    ids=" ".join,
)
def test_an_everyday_command_imports_nothing_heavy(mentorlog: Program, words: list[str]) -> None:
    started(mentorlog)

    assert modules(mentorlog, *words) & HEAVY == set()


@pytest.mark.parametrize(
    "words",
    [
        ["log"],
        ["search", "sen"],
        ["ask", "How do I begin?"],
        ["meet", "--notes", "Went well"],
        ["action", "list"],
        ["goal", "list"],
        ["goal", "measure", "g1", "6"],
        ["goal", "revise", "g1", "--target", "9"],
        ["pair", "list"],
        ["history"],
        ["report", "--json"],
        ["share", "a1"],
        ["calendar", "--json"],
        ["undo"],
        ["config", "list"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_command_of_plain_lines_draws_nothing_with_rich(
    mentorlog: Program, words: list[str], language: str
) -> None:
    started(mentorlog)
    mentorlog.language = language

    assert modules(mentorlog, *words) & DRAWING == set()


def test_the_language_of_the_system_is_found_without_reading_toml(mentorlog: Program) -> None:
    environment = mentorlog.environment
    del environment["MENTORLOG_LANG"]
    place = mentorlog.home / "modules.json"

    subprocess.run(
        [sys.executable, "-c", _RUN, str(place), "status", "--short"], env=environment, check=True
    )

    assert set(json.loads(place.read_text())[1]) & HEAVY == set()


@pytest.mark.parametrize("command", ["status", "log", "search", "undo"])
def test_only_the_command_that_is_called_is_imported(mentorlog: Program, command: str) -> None:
    started(mentorlog)
    of_commands = {f"mentorlog.cli.{entry.module}" for entry in COMMANDS.values()}

    imported = modules(mentorlog, command)

    assert imported & of_commands == {f"mentorlog.cli.{COMMANDS[command].module}"}


@pytest.mark.parametrize(
    "words",
    [["me"], ["meet", ""], ["show", ""], ["action", "done", ""], ["meet", "--via", ""]],
    ids=" ".join,
)
def test_completing_a_line_imports_nothing_heavy_and_only_the_command_it_names(
    mentorlog: Program, words: list[str]
) -> None:
    started(mentorlog)
    of_commands = {f"mentorlog.cli.{entry.module}" for entry in COMMANDS.values()}

    imported = modules_completing(mentorlog, *words)

    assert imported & HEAVY == set()
    assert imported & of_commands <= {f"mentorlog.cli.{words[0]}"}


def test_only_a_calendar_that_is_written_loads_the_library_for_it(mentorlog: Program) -> None:
    started(mentorlog)

    assert "icalendar" in modules(mentorlog, "calendar")
    assert modules(mentorlog, "calendar") & DRAWING == {"icalendar"}


def test_a_search_imports_neither_the_log_of_writes_nor_what_other_reads_need(
    mentorlog: Program,
) -> None:
    started(mentorlog)

    imported = modules(mentorlog, "search", "list")

    assert "mentorlog.storage.search" in imported
    assert imported.isdisjoint({"mentorlog.storage.ledger", "mentorlog.storage.queries"})
