"""Whatever the program tells somebody to type, there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages.extract import extract_from_dir

import mentorlog as package
from mentorlog.cli.app import root

ROOT = Path(package.__file__).parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}

# A command as a sentence names it, after a colon: the program's name, then words and options.
NAMED = re.compile(r"(?<=: )mentorlog(?: [a-z][a-z-]*)+(?: [^.;:…]*)?")


def lines() -> Iterator[tuple[str, str]]:
    """Yield every command line that a message names, with the place the message stands at."""
    for name, line, message, *_more in extract_from_dir(str(ROOT), keywords=KEYWORDS):
        for text in [message] if isinstance(message, str) else message:
            for found in NAMED.findall(text):
                yield f"mentorlog/{name}:{line}", found


def missing(line: str) -> str | None:
    """Return the first word or option of a line that there is none of."""
    context = typer.Context(root())
    _program, *words = line.split()
    command = root().get_command(context, words.pop(0))
    if command is None:
        return line
    below = getattr(command, "commands", {})
    if below and words and words[0][0].isalpha() and words[0].islower():
        command = below.get(words.pop(0))
        if command is None:
            return line
    known = {each for parameter in command.get_params(context) for each in parameter.opts}
    return next((word for word in words if word.startswith("--") and word not in known), None)


@pytest.mark.parametrize(("place", "line"), sorted(set(lines())))
def test_a_message_names_commands_and_options_that_there_are(place: str, line: str) -> None:
    assert missing(line) is None, f"{place} names {line}"
