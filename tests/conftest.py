"""What all tests share: the program run as a real process, in a world of its own."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import pytest

from tests.goldens import LANGUAGES
from tests.proofs import proved, pytest_terminal_summary

__all__ = ["proved", "pytest_terminal_summary"]  # found here by pytest

TODAY = "2026-11-22"  # a Sunday


_STARTS_PROCESSES = {"mentorlog", "terminal", "talk", "demo_journals", "jrnl"}  # fixtures
_LOOKS_FAR = {
    "reliability",
    "stories",
    "benchmarks",
    "test_undo_machine.py",
    "test_hostile_files.py",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as quick, for every day, what starts no process, searches for no example and proves nothing."""
    for item in items:
        starts = _STARTS_PROCESSES & set(getattr(item, "fixturenames", ()))
        searches = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        looks_far = _LOOKS_FAR & set(item.path.parts) or item.get_closest_marker("proofs")
        if not (starts or searches or looks_far):
            item.add_marker("quick")


@dataclass(frozen=True)
class Result:
    """What one run of the program gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Program:
    """The program, with a home folder that no other test shares."""

    home: Path
    language: str = "en"
    today: str = TODAY

    @property
    def journal(self) -> Path:
        return self.home / "data" / "mentorlog" / "journal.db"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return kept | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "LANG": "C.UTF-8",
            "MENTORLOG_LANG": self.language,
            "MENTORLOG_TODAY": self.today,
            "TZ": "UTC",
        }

    def holding(self, journal: Path) -> Self:
        """Return the program with a copy of a journal in its place."""
        self.journal.parent.mkdir(parents=True)
        shutil.copy(journal, self.journal)
        return self

    def __call__(
        self, *words: str, stdin: str | bytes = "", environment: Mapping[str, str] | None = None
    ) -> Result:
        """Run one command; nobody is at a terminal."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "mentorlog", *words],
            input=given,
            capture_output=True,
            env=self.environment | dict(environment or {}),
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def ok(self, *words: str, stdin: str | bytes = "") -> Result:
        """Run one command that has to succeed."""
        result = self(*words, stdin=stdin)
        assert result.code == 0, f"{words}: {result}"
        return result


@pytest.fixture
def mentorlog(tmp_path: Path) -> Program:
    """The program in a new, empty home."""
    home = tmp_path / "home"
    home.mkdir()
    return Program(home)


class Screen(NamedTuple):
    """What a command at a terminal wrote, line ends as the program sent them, and its exit code."""

    code: int
    text: str


Terminal = Callable[..., Screen]


def read_to_the_end(ours: int) -> str:
    """Return all that comes from a terminal or a pipe until the program lets go of it; then close it."""
    read = bytearray()
    try:
        while chunk := os.read(ours, 65536):
            read += chunk
    except OSError:
        pass  # what a terminal says once its other end is closed
    finally:
        os.close(ours)
    return read.decode()


@pytest.fixture
def terminal(mentorlog: Program) -> Terminal:
    """Run a command at a real terminal of so many columns, with nobody typing."""

    def run(*words: str, columns: int = 80, **environment: str) -> Screen:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, columns))
        process = subprocess.Popen(
            [sys.executable, "-m", "mentorlog", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env=mentorlog.environment | {"TERM": "xterm-256color"} | environment,
        )
        os.close(theirs)
        read = read_to_the_end(ours)
        return Screen(process.wait(60), read.replace("\r\n", "\n"))

    return run


@pytest.fixture(scope="session")
def demo_journals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The journal of the demo in each language, as of TODAY; for reading: `Program.holding` copies."""
    kept = {}
    for language in LANGUAGES:
        home = tmp_path_factory.mktemp(f"demo-{language}")
        kept[language] = home / "demo.db"
        Program(home, language=language).ok("demo", "--keep", str(kept[language]))
    return kept
