"""The program under strace: which calls it makes, and runs that are killed or refused at a chosen one.

What has to hold afterwards is `intact.py`'s.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Program

STRACE = shutil.which("strace")
KILLED = -9
PATHS = ("", "-journal")

# The calls that change what is on the disk, and those that make a change last. `openat` is counted only
# where it names the journal: a start of the program opens hundreds of files.
ON_THE_DISK = (
    "mkdir", "openat", "ftruncate", "fsync", "fdatasync", "link", "rename", "unlink", "pwrite64",
)  # fmt: skip
MOST_OF_A_KIND = {
    "pwrite64": 16,
    "openat": 8,
}  # of a hundred alike; the first and the last among those chosen
AT_THE_END = ("write", "exit_group")  # all is kept; not told yet, and told


def why_not() -> str:
    """Return why calls cannot be traced here, empty where they can."""
    if STRACE is None:
        return "strace is not here"
    tried = subprocess.run(
        [STRACE, "-f", "-qq", "-o", os.devnull, "-e", "inject=unlink:signal=KILL:when=9", "true"],
        capture_output=True,
        check=False,
    )
    return "" if tried.returncode == 0 else "strace may not trace here"


_WHY_NOT = why_not()
needs_strace = pytest.mark.skipif(bool(_WHY_NOT), reason=_WHY_NOT or "it can be traced")


class Point(NamedTuple):
    """A call, and which of its kind, at which to disturb a run."""

    call: str
    when: int | str  # as strace counts: "3+" is the third and all that follow


@dataclass
class Traced:
    """The program under strace, each run on a copy of the same home."""

    program: Program
    template: Path

    @classmethod
    def beginning_from(cls, program: Program) -> Traced:
        """Return the program with its home as it is now to begin each run from."""
        template = program.home.with_name("template")
        shutil.copytree(program.home, template)
        return cls(program, template)

    @property
    def journal(self) -> Path:
        return self.program.journal

    def fresh(self) -> None:
        """Put the home back as it was before the first run."""
        shutil.rmtree(self.program.home)
        shutil.copytree(self.template, self.program.home)

    def run(
        self, words: tuple[str, ...], *options: str, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command under strace with those options, on the home as it is."""
        return subprocess.run(
            [str(STRACE), "-f", "-qq", *options, sys.executable, "-m", "mentorlog", *words],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=self.program.home,
            env=self.program.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
            timeout=60,
            check=False,
        )

    def points(self, words: tuple[str, ...], stdin: str = "") -> Iterator[Point]:
        """Yield where to disturb a run: the calls that an undisturbed one makes."""
        for call, count in self._counted(words, stdin).items():
            some = min(count, MOST_OF_A_KIND.get(call, count))
            for place in range(some):
                yield Point(call, 1 + place * (count - 1) // max(1, some - 1))

    def killed(self, words: tuple[str, ...], point: Point) -> str:
        """Kill a run on entering a call; return what it had printed by then."""
        self.fresh()
        done = self.disturbed(words, point, "signal=KILL")
        assert done.returncode == KILLED, (point, done)
        return done.stdout

    def disturbed(
        self, words: tuple[str, ...], point: Point, how: str, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command that a call does not go well for."""
        inject = f"inject={point.call}:{how}:when={point.when}"
        return self.run(
            words, *self._watched(point.call), "-o", os.devnull, "-e", inject, stdin=stdin
        )

    def _counted(self, words: tuple[str, ...], stdin: str) -> Counter[str]:
        """Return how many calls of each kind an undisturbed run makes."""
        counted = Counter[str]()
        log = self.template.with_suffix(".log")
        for calls in (("openat",), tuple(each for each in ON_THE_DISK if each != "openat")):
            self.fresh()
            trace = f"trace={','.join(calls)}"
            done = self.run(
                words, *self._watched(calls[0]), "-o", str(log), "-e", trace, stdin=stdin
            )
            assert done.returncode == 0, done.stderr
            counted += Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.MULTILINE))
        return counted

    def _watched(self, call: str) -> list[str]:
        """Return the options that make strace count only what touches the journal."""
        if call != "openat":
            return []
        folder = self.journal.parent
        paths = [*(f"{self.journal}{suffix}" for suffix in PATHS), str(folder), str(folder.parent)]
        return [word for path in paths for word in ("-P", path)]
