"""Stories are read by people and run by this test: every output in them is what the program says.

A story is Markdown. In its `console` blocks a line that begins with `$ ` is typed, and what follows
is what comes back, both streams together. Comments set the scene: `<!-- today: 2026-11-22 -->`,
`<!-- language: ja -->`, `<!-- columns: 60 -->`, `<!-- a new home -->`. The README is such a story.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STORIES = [ROOT / "README.md", *sorted(Path(__file__).parent.glob("*.md"))]


@dataclass
class Typed:
    """One command of a story: where it stands, in which scene, and what should come back."""

    line: int
    command: str
    scene: dict[str, str]
    expected: list[str] = field(default_factory=list)


def commands(story: str) -> Iterator[Typed]:
    """Read the commands of a story, in order."""
    scene = {"today": "2026-11-22", "language": "en", "columns": "80", "home": "0"}
    is_inside, typed = False, None
    for number, line in enumerate(story.splitlines(), 1):
        if line.startswith("```"):
            if typed is not None:
                yield typed
            typed, is_inside = None, line.strip() == "```console"
        elif is_inside and typed is not None and typed.command.endswith("\\"):
            typed.command = typed.command[:-1] + line.strip()
        elif is_inside and line.startswith("$ "):
            if typed is not None:
                yield typed
            typed = Typed(number, line[2:], dict(scene))
        elif is_inside and typed is not None:
            typed.expected.append(line)
        elif line.strip() == "<!-- a new home -->":
            scene["home"] = str(int(scene["home"]) + 1)
        elif told := re.fullmatch(r"<!-- (\w+): (\S+) -->", line.strip()):
            scene[told[1]] = told[2]


def run(typed: Typed, folder: Path) -> list[str]:
    """Type a command as its scene says and return the lines that come back."""
    home = folder / f"home{typed.scene['home']}"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        ["sh", "-c", typed.command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=home,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "COLUMNS": typed.scene["columns"],
            "MENTORLOG_LANG": typed.scene["language"],
            "MENTORLOG_TODAY": typed.scene["today"],
        },
        timeout=60,
        check=False,
    )
    return done.stdout.decode().rstrip("\n").split("\n")


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_tells_what_really_happens(path: Path, tmp_path: Path) -> None:
    typed = list(commands(path.read_text(encoding="utf-8")))
    assert typed, "a story has commands in it"

    for each in typed:
        came_back = run(each, tmp_path)

        expected = "\n".join(each.expected).rstrip("\n").split("\n")
        assert came_back == expected, f"{path.name}:{each.line}: $ {each.command}"
