"""A home folder of its own with a journal in its default place, and the program run in it."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path

from tests.benchmarks.journals import LAST
from tests.benchmarks.timing import Call

_FLOOR = Path(__file__).with_name("floor.py")
_MENTORLOG = str(Path(sys.executable).with_name("mentorlog"))


class Home:
    """A folder as a person's home. Nothing of the real environment gets there but the search path."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    @property
    def journal(self) -> Path:
        """Where the journal stands, or will."""
        return self.folder / "data" / "mentorlog" / "journal.db"

    @cached_property
    def environment(self) -> dict[str, str]:
        """Clean: a variable that Python reads would be measured with everything else."""
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "FLOOR_DB": str(self.folder / "floor.db"),
            "MENTORLOG_TODAY": LAST.isoformat(),
        }

    def python(self) -> Call:
        """Return the interpreter doing nothing."""
        return Call([sys.executable, "-c", "pass"], self.environment)

    def floor(self) -> Call:
        """Return the least that a program like this can do."""
        return Call([sys.executable, str(_FLOOR), "How do I say no?"], self.environment)

    def mentorlog(self, *words: str, typed: str = "", into: Path | None = None) -> Call:
        """Return the program with these words."""
        return Call([sys.executable, _MENTORLOG, *words], self.environment, typed, into)
