"""Golden files: what a command shows, kept as it should look, and compared cell by cell of a terminal.

`MENTORLOG_GOLDEN=write python -m pytest …` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

COLUMNS = (60, 80, 140)
LANGUAGES = ("en", "ja")


def grid(shown: str) -> list[list[str]]:
    """Return each line as its cells: a wide character fills two, the second of them blank.

    What joins the character before it takes no cell. Widths are Unicode's own, not the program's.
    """
    return [_cells(line) for line in shown.rstrip("\n").split("\n")]


def width(line: str) -> int:
    """Return how many cells a line takes."""
    return len(_cells(line))


def assert_as_kept(shown: str, kept: Path, columns: int) -> None:
    """Compare what is shown with the golden file; no line may be wider than the terminal."""
    assert max(map(width, shown.split("\n"))) <= columns
    if os.environ.get("MENTORLOG_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(shown.rstrip("\n") + "\n", encoding="utf-8")
    assert grid(shown) == grid(kept.read_text(encoding="utf-8"))


def _cells(line: str) -> list[str]:
    cells: list[str] = []
    for character in line.rstrip():
        if cells and (unicodedata.combining(character) or character in "\u200d\ufe0e\ufe0f"):
            cells[-1] += character
        else:
            is_wide = unicodedata.east_asian_width(character) in {"W", "F"}
            cells += [character, ""] if is_wide else [character]
    return cells
