"""`--help`: every command explains itself, in both languages, at any width, at once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import typer
from rich.cells import cell_len

from mentorlog.cli.app import COMMANDS, root

if TYPE_CHECKING:
    from tests.conftest import Program

# Shows the help of every command in one process, as `mentorlog … --help` does in one each.
_RUN = """
import contextlib, io, json, sys
from mentorlog.__main__ import main
shown = {}
for words in json.loads(sys.argv[1]):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = main([*words, "--help"])
    shown[" ".join(words)] = [code, said.getvalue()]
print(json.dumps([shown, sorted(sys.modules)]))
"""
HEAVY = {"rich.console", "rich.table", "sqlite_utils", "prompt_toolkit", "dateutil"}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def commands() -> dict[str, Any]:
    """Return every command by its words, the nouns and the root ("") too."""
    context = typer.Context(root())
    found: dict[str, Any] = {"": root()}
    for name in COMMANDS:
        found[name] = command = root().get_command(context, name)
        for word, each in getattr(command, "commands", {}).items():
            found[f"{name} {word}"] = each
    return found


def pages(mentorlog: Program, columns: int = 80) -> tuple[dict[str, str], set[str]]:
    """Return the help page of every command, and the modules that showing them imported."""
    words = [path.split() for path in commands()]
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(words)],
        capture_output=True,
        env=mentorlog.environment | {"COLUMNS": str(columns)},
        check=True,
    )
    assert done.stderr == b""
    shown, modules = json.loads(done.stdout)
    assert {path: code for path, (code, _page) in shown.items() if code != 0} == {}
    return {path: page for path, (_code, page) in shown.items()}, set(modules)


@pytest.mark.parametrize("columns", [60, 140])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_page_fits_the_width_in_cells(
    mentorlog: Program, language: str, columns: int
) -> None:
    mentorlog.language = language

    shown, _modules = pages(mentorlog, columns)

    too_wide = [
        (path, line)
        for path, page in shown.items()
        for line in page.splitlines()
        if cell_len(line) > columns
    ]
    widest = max(cell_len(line) for page in shown.values() for line in page.splitlines())
    assert too_wide == []
    assert widest > min(columns, 88) - 10, "the page uses the room there is"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_page_lists_all_its_options_arguments_and_commands(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    shown, modules = pages(mentorlog)

    missing = {
        (path, name)
        for path, command in commands().items()
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if parameter.param_type_name == "option"
        if not re.search(
            rf"^  (-\w, )?{re.escape(name)}\b|^  {re.escape(name)}, ", shown[path], re.MULTILINE
        )
    }
    unlisted = {
        (path, name)
        for path, command in commands().items()
        for name in (COMMANDS if not path else getattr(command, "commands", {}))
        if not re.search(rf"^  {name}  +\S", shown[path], re.MULTILINE)
    }
    unexplained = [
        (path, line)
        for path, page in shown.items()
        for line, after in zip(page.splitlines(), [*page.splitlines()[1:], ""], strict=True)
        if re.match(r"  -", line) and not re.search(r"  \S", line[2:]) and not after.strip()
    ]
    assert missing == set()
    assert unlisted == set()
    assert unexplained == []
    assert all("--lang en|ja" in page and "--help" in page for page in shown.values())
    assert modules & HEAVY == set()


def test_every_page_begins_with_how_to_type_it_and_what_it_does(mentorlog: Program) -> None:
    shown, _modules = pages(mentorlog)

    heads = {path: page.splitlines()[:3] for path, page in shown.items()}
    assert [
        path
        for path, (usage, blank, described) in heads.items()
        if not usage.startswith(f"Usage: {f'mentorlog {path}'.strip()} ") or blank or not described
    ] == []


def test_every_page_is_japanese_in_japanese(mentorlog: Program) -> None:
    english, _modules = pages(mentorlog)
    mentorlog.language = "ja"

    japanese, _modules = pages(mentorlog)

    left = {
        (path, line)
        for path, page in japanese.items()
        for line in page.splitlines()
        if line in english[path].splitlines() and re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", line)
    }
    assert left == set()
    assert [path for path, page in japanese.items() if not JAPANESE.search(page)] == []


def test_the_program_without_a_word_shows_its_help(mentorlog: Program) -> None:
    asked = mentorlog("--help")
    alone = mentorlog()

    assert (alone.code, alone.err) == (0, "")
    assert alone.out.strip() == asked.out.strip()


@pytest.mark.parametrize("words", [["meet", "--help"], ["pair", "start", "--help"]], ids=" ".join)
def test_help_is_a_result_and_makes_no_journal(mentorlog: Program, words: list[str]) -> None:
    shown = mentorlog(*words)

    assert (shown.code, shown.err) == (0, "")
    assert shown.out.endswith("\n")
    assert not shown.out.endswith("\n\n\n")
    assert list(mentorlog.home.iterdir()) == []
