"""Completion in real shells: what the Tab key puts in, and that no text of the journal is ever run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.cli.completion import SHELLS
from mentorlog.cli.completion.offers import Candidate, is_plain, offer
from tests.conftest import Program
from tests.contract.test_hostile_text import HOSTILE

if TYPE_CHECKING:
    from tests.proofs import Proved

# What is typed is not run but shown word by word; the scripts ask the program past this function.
SHOWING = "mentorlog() {{ printf '«%s»' \"$@\"; echo; }}"
# How a shell is started without anybody's settings, and told of its script.
STARTED = {
    "bash": (
        ["--norc", "--noprofile", "-i"],
        ["source {script}", SHOWING, "bind 'set completion-query-items 0'",
         "bind 'set page-completions off'", "bind '\"\\C-xl\": possible-completions'",
         "bind '\"\\C-xa\": insert-completions'"],
    ),
    "zsh": (
        ["-f", "-i"],
        ["autoload -Uz compinit", "compinit -D -u", "source {script}", SHOWING, "LISTMAX=1000",
         "bindkey '^Xl' list-choices", "bindkey '^Xa' accept-and-menu-complete"],
    ),
    "fish": (
        ["--no-config", "-i"],
        ["source {script}", "function mentorlog; printf '«%s»' $argv; echo; end"],
    ),
}  # fmt: skip
PLAIN = re.compile(r"(?!-)\w(?:[\w.@+-]*\w)?(?: \w(?:[\w.@+-]*\w)?)*")
# Names that a shell would run, expand or take for its own, if anything let it.
NAMES = (
    *HOSTILE.values(),
    "$(touch owned)", "`touch owned`", "a;touch owned", "x && touch owned", "'; touch owned; '",
    '"; touch owned; "', "a:(touch owned)", "${(e):-$(touch owned)}", "*(e:touch owned:)", "~root",
    "--help", "-rf", "%F{red}red%f", "a\tb", "Aya\\", "!!", "=ls", "{a,b}", "a|touch owned",
    "<(touch owned)", "(touch owned)", "$HOME", "名前", "Ａｙａ", "O'Brien", "Mary Ann", "aya@work",
)  # fmt: skip
# What only a text of theirs would have made the terminal do.
STEERED = re.compile(
    r"[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
    r"|\x1b(\[31;5m|\[2J\x1b\[Hwiped|\]0;owned|\]52|\]8;|\[31mred)"
)


def there(shell: str) -> str:
    """Return a shell; the test is left out where it is not installed."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    return shell


def environment(program: Program) -> dict[str, str]:
    """Return the world of a shell that has our program as a command."""
    commands = program.home / "bin"
    commands.mkdir(exist_ok=True)
    command = commands / "mentorlog"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mentorlog "$@"\n')
    command.chmod(0o700)
    return program.environment | {
        "PATH": f"{commands}:{program.environment['PATH']}",
        "TERM": "xterm",
        "COLUMNS": "100",
    }


def script_of(program: Program, shell: str) -> Path:
    script = program.home / "script"
    script.write_text(program.ok("--show-completion", shell).out)
    return script


class Person:
    """Somebody who types in a real shell that completes our program."""

    def __init__(self, program: Program, shell: str) -> None:
        self._shell = shell
        arguments, told = STARTED[shell]
        self._terminal = pexpect.spawn(
            there(shell),
            arguments,
            env=environment(program) | {"PS1": "$ "},
            cwd=str(program.home),
            encoding="utf-8",
            dimensions=(200, 100),
            timeout=20,
        )
        for line in told:
            self._terminal.sendline(line.format(script=script_of(program, shell)))
        self._terminal.sendline("echo re''ady")
        self._terminal.expect("ready\r\n")

    def types(self, keys: str) -> list[str]:
        """Type a line, press Enter, and return the words that the shell made of it."""
        return self._shown(keys)[0]

    def puts_in_all(self, line: str) -> tuple[set[str], str]:
        """Have all candidates listed, then each of them put in; return the words, and what was seen."""
        if self._shell == "fish":
            _words, seen = self._shown(f"{line}\t\t\x1b\x15mentorlog listed")
            words, more = self._shown(f"mentorlog (complete -C '{line}' | string split -f 1 \\t)")
            return set(words), seen + more
        go_through = "\t\t" + "\x18a" * len(NAMES) if self._shell == "zsh" else "\x18a"
        words, seen = self._shown(f"{line}\x18l{go_through}")
        return set(words[len(line.split()) - 1 :]), seen

    def _shown(self, keys: str) -> tuple[list[str], str]:
        self._terminal.send(keys + "\r")
        self._terminal.expect("(?:«[^»\r\n]*»)+\r?\n")
        return re.findall("«([^»]*)»", str(self._terminal.after)), str(self._terminal.before)

    def ends(self) -> None:
        self._terminal.close(force=True)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with two pairs, a goal, actions and topics."""
    program = Program(tmp_path_factory.mktemp("kept"))
    for words in (
        ["meet", "Aya Sato", "--as", "mentor", "--on", "2026-11-01", "--action", "Send the list",
         "--advice", "Read every morning", "--topic", "reading"],
        ["pair", "start", "Mori Ken", "--as", "mentee", "--alias", "ken"],
        ["meet", "ken", "--topic", "saying no"],
        ["goal", "set", "ken", "Lead a meeting"],
    ):  # fmt: skip
        program.ok(*words)
    return program.journal


@pytest.fixture(params=SHELLS)
def person(request: pytest.FixtureRequest, mentorlog: Program, kept: Path) -> Iterator[Person]:
    begun = Person(mentorlog.holding(kept), request.param)
    yield begun
    begun.ends()


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("refl\t", ["reflect"]),
        ("meet k\t", ["meet", "ken"]),
        ("meet ken --sum\tWell", ["meet", "ken", "--summary", "Well"]),
        ("meet --via=on\t", ["meet", "--via=online"]),
        ("goal measure \t3", ["goal", "measure", "g1", "3"]),
        ("meet --told \tYes", ["meet", "--told", "a2=Yes"]),
        ("prep Ay\t--json", ["prep", "Aya Sato", "--json"]),
        ("meet --topic 'say\t", ["meet", "--topic", "saying no"]),
        ("backup scr\t", ["backup", "script"]),
        ("export --output=scr\t", ["export", "--output=script"]),
    ],
    ids=lambda each: each.replace("\t", "TAB") if isinstance(each, str) else "",
)
def test_the_tab_key_completes_in_a_real_shell(person: Person, keys: str, words: list[str]) -> None:
    assert person.types(f"mentorlog {keys}") == words


# Text from people ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal whose names, topics and texts are all meant to be run."""
    program = Program(tmp_path_factory.mktemp("hostile"))
    for place, name in enumerate(NAMES):
        program.ok("pair", "start", "--as", "mentee", "--alias", f"{name} {place}", "--", name)
    said = [word for name in NAMES for word in ("--topic", name, "--action", name)]
    program.ok("meet", "p1", *said)
    return program.journal


@pytest.mark.proofs(10)
@pytest.mark.terminal
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("line", ["meet ", "meet --topic ", "action done "])
def test_no_text_of_the_journal_is_run_or_steers_the_terminal_as_it_is_completed(
    mentorlog: Program, hostile: Path, proved: Proved, shell: str, line: str
) -> None:
    """Every candidate is listed and put in.

    Fails when `offers.py` lets a word hold more than `_WORD` does, or `first_line` is left out there.
    """
    person = Person(mentorlog.holding(hostile), shell)

    words, seen = person.puts_in_all(f"mentorlog {line}")

    person.ends()
    assert words
    assert [word for word in words if not PLAIN.fullmatch(word)] == []
    assert [path for path in mentorlog.home.rglob("*") if "owned" in path.name] == []
    assert "topic" in line or "\\x1b" in seen, "what it says is shown for what it is"
    assert STEERED.search(seen) is None
    proved(f"{shell}, `{line}` and Tab: {len(words)} candidates put in, none run, nothing raw")


@given(st.text(max_size=80) | st.from_regex(r"[\w.@+ $`;()'\"-]{1,20}", fullmatch=True))
def test_whatever_a_text_is_only_plain_words_of_it_are_ever_offered(text: str) -> None:
    """Names and topics go through `is_plain`; `offer` holds all that leaves to words, too."""
    found = offer([Candidate(text, text)], "").candidates

    assert not is_plain(text) or PLAIN.fullmatch(text)
    assert [each for each in found if not PLAIN.fullmatch(each.value.strip("-="))] == []
    assert [each for each in found if not each.says.isprintable()] == []


@pytest.mark.terminal
def test_the_script_of_zsh_is_found_in_its_folder_as_it_is_installed(
    mentorlog: Program, kept: Path
) -> None:
    there("zsh")
    world = environment(mentorlog.holding(kept))
    mentorlog.ok("--install-completion", "zsh")
    folder = mentorlog.home / "data" / "zsh" / "site-functions"

    script = (
        f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -D -u; print $_comps[mentorlog]"
    )

    found = subprocess.run(
        ["zsh", "-f", "-c", script], env=world, capture_output=True, text=True, check=True
    )

    assert (found.stdout, found.stderr) == ("_mentorlog\n", "")


@pytest.mark.terminal
def test_fish_finds_its_script_where_it_is_installed(mentorlog: Program, kept: Path) -> None:
    there("fish")
    world = environment(mentorlog.holding(kept))
    mentorlog.ok("--install-completion", "fish")

    found = subprocess.run(
        ["fish", "-c", "complete -C 'mentorlog prep a'"],
        env=world, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert found.stdout == "Aya Sato\n"
