"""The bar of long work: after a second, at a terminal, on standard error, and gone when it is done.

The work runs in a process of its own, with a clock that jumps: nobody waits here.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import termios
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import read_to_the_end

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Program, Terminal

WORK = """
import sys
from itertools import count
from mentorlog.cli.context import Context

said, jump = {said!r}, {jump!r}
clock = count()
with Context() as here:
    here.seconds = lambda: next(clock) * jump
    with here.steps("Counting [red]sheep", 5) as tick:
        for place in range(5):
            if said:
                here.show(f"sheep {{place}}")
            {then}
            tick()
    here.show("done")
    print(sorted(each for each in sys.modules if each == "rich.progress"))
"""
SAID = "".join(f"sheep {place}\n" for place in range(5))


class Seen(NamedTuple):
    """What went to standard output and what to standard error, as the terminal got it."""

    code: int
    out: str
    err: str

    @property
    def drawn(self) -> list[str]:
        """How far the bar has said the work is, from change to change."""
        said = re.findall(r"Counting \[red\]sheep.*?(\d/5)", self.err)
        return [each for each, _again in groupby(said)]


def at_work(
    *, said: bool = False, jump: float = 0.4, then: str = "pass", on: str = "terminal", columns: int = 80,
    environment: Mapping[str, str] | None = None,
) -> Seen:  # fmt: skip
    """Do five steps of work, so many seconds for each look at the clock; only the errors are seen."""
    ours, theirs = pty.openpty() if on == "terminal" else os.pipe()
    if on == "terminal":
        termios.tcsetwinsize(theirs, (24, columns))
    process = subprocess.Popen(
        [sys.executable, "-c", WORK.format(said=said, jump=jump, then=then)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ
        | {"MENTORLOG_LANG": "en", "TERM": "xterm-256color"}
        | dict(environment or {}),
        text=True,
    )
    os.close(theirs)
    read = read_to_the_end(ours)
    out, _ = process.communicate(timeout=60)
    return Seen(process.returncode, out, read)


def screen(text: str) -> list[str]:
    """Return the lines a terminal shows in the end, those that are blank left out."""
    lines, row, column = [""], 0, 0
    for piece in re.findall(r"\x1b\[\??\d*[A-Za-z]|\x1b\[[\d;]*m|\r|\n|[^\x1b\r\n]+", text):
        if piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif piece == "\x1b[2K":
            lines[row] = ""
        elif re.fullmatch(r"\x1b\[\d*A", piece):
            row -= int(piece[2:-1] or 1)
        elif not piece.startswith("\x1b"):
            lines[row] = lines[row][:column].ljust(column) + piece
            column += len(piece)
    return [line for line in lines if line.strip()]


def test_work_of_more_than_a_second_shows_how_far_it_is_and_leaves_nothing_behind() -> None:
    seen = at_work()

    assert seen.drawn == ["3/5", "4/5"]  # all of them are none that is waited for
    assert screen(seen.err) == []
    assert seen.err.count("\x1b[?25l") == seen.err.count("\x1b[?25h") > 0  # the cursor is back


def test_before_a_second_has_passed_nothing_appears_and_nothing_is_loaded() -> None:
    seen = at_work(jump=0.19)

    assert seen.err == ""
    assert seen.out == "done\n[]\n"


def test_a_bar_is_drawn_anew_at_most_ten_times_a_second() -> None:
    assert at_work(then="tick._clock = lambda: 5 + 0.11 * place").drawn == [
        "1/5",
        "2/5",
        "3/5",
        "4/5",
    ]
    assert at_work(then="tick._clock = lambda: 5 + 0.09 * place").drawn == ["1/5", "3/5"]


@pytest.mark.parametrize(
    ("on", "environment"),
    [("pipe", {}), ("pipe", {"FORCE_COLOR": "1"}), ("terminal", {"TERM": "dumb"})],
)
def test_where_a_bar_cannot_stand_none_is_drawn(on: str, environment: dict[str, str]) -> None:
    seen = at_work(on=on, jump=60, environment=environment)

    assert seen.err == ""
    assert seen.out == "done\n[]\n"


def test_without_colour_the_bar_is_drawn_without_it() -> None:
    seen = at_work(environment={"NO_COLOR": "1"})

    assert seen.drawn
    assert not re.search(r"\x1b\[[\d;]*3\dm", seen.err)


def test_standard_output_is_the_same_with_a_bar_and_without() -> None:
    with_bar, without = at_work(said=True, jump=60), at_work(said=True, on="pipe")

    assert with_bar.drawn
    assert with_bar.out.removesuffix("['rich.progress']\n") == without.out.removesuffix("[]\n")
    assert without.out == f"{SAID}done\n[]\n"


@pytest.mark.parametrize("columns", [20, 40, 200])
def test_the_bar_stays_on_its_line_however_narrow_the_terminal(columns: int) -> None:
    seen = at_work(jump=60, columns=columns, environment={"COLUMNS": str(columns)})

    assert "\x1b[?25l" in seen.err
    assert screen(seen.err) == []
    drawn = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", seen.err)
    assert all(len(line) <= columns for line in re.split(r"[\r\n]+", drawn))


@pytest.mark.parametrize(
    ("then", "code"),
    [("raise SystemExit(3)", 3), ("place < 3 or 1 / 0", 1), ("place < 3 or here.ask_not()", 1)],
)
def test_a_bar_is_not_left_behind_by_an_error(then: str, code: int) -> None:
    seen = at_work(jump=60, then=then)

    assert seen.code == code
    assert not any("sheep" in line and "/5" in line for line in screen(seen.err))
    assert seen.err.count("\x1b[?25l") == seen.err.count("\x1b[?25h")


def test_a_bar_is_not_left_behind_by_ctrl_c() -> None:
    stop = "place < 3 or __import__('signal').raise_signal(2)"

    seen = at_work(jump=60, then=stop)

    assert seen.drawn == ["1/5", "2/5", "3/5"]
    assert "KeyboardInterrupt" in seen.err
    assert not any("/5" in line for line in screen(seen.err))
    assert seen.err.count("\x1b[?25l") == seen.err.count("\x1b[?25h") == 1


def test_a_bar_makes_way_for_what_is_said_at_the_same_terminal() -> None:
    told = at_work(jump=60, then="here.tell(f'lamb {place}')")

    assert told.drawn
    assert screen(told.err) == [f"lamb {place}" for place in range(5)]


def test_a_terminal_that_goes_away_does_not_stop_the_work() -> None:
    gone = "place < 3 or __import__('os').dup2(__import__('os').open('/dev/full', 1), 2)"

    seen = at_work(jump=60, then=gone)

    assert seen.out.startswith("done\n")


@pytest.mark.parametrize("words", [["demo"], ["demo", "--json"]])
def test_the_demo_shows_the_same_at_a_terminal_once_it_is_done(
    mentorlog: Program, terminal: Terminal, words: list[str]
) -> None:
    piped = mentorlog.ok(*words)

    at_terminal = terminal(*words, NO_COLOR="1")

    assert at_terminal.code == 0
    assert not any(re.search(r"━ *\d+/\d+", line) for line in screen(at_terminal.text))
    assert len(screen(at_terminal.text)) >= len(screen(piped.out))
    assert "━" not in piped.err
