"""Stopped half-way, by Ctrl-C, `kill` or a terminal that closes: what was written is whole or not there.

A stop comes within the process itself and, where strace is, as the program enters a chosen call. What an
error of the disk leaves is looked at in the same way.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mentorlog.cli.output_file import whole_file
from mentorlog.cli.output_folder import whole_folder, write_into
from mentorlog.storage import backups
from mentorlog.storage.stopping import Stops
from tests.conftest import Program
from tests.proofs import Proved
from tests.reliability.tracing import STRACE, needs_strace

STOPS = {"INT": 130, "TERM": 143, "HUP": 129}
ON_THE_DISK = ("mkdir", "rename", "link", "unlink", "rmdir", "fsync", "write")
MOST_OF_A_KIND = 8  # of calls alike, the first and the last among those chosen

Files = dict[str, str]


class Stop(NamedTuple):
    """What stops this very process when it is called, and the exit code that it is to end with."""

    number: signal.Signals
    code: int

    def __call__(self) -> None:
        os.kill(os.getpid(), self.number)


@pytest.fixture(params=STOPS)
def stop(request: pytest.FixtureRequest) -> Iterator[Stop]:
    """Each of the signals; what handles them is the same afterwards."""
    numbers = [signal.Signals[f"SIG{name}"] for name in STOPS]
    before = [signal.getsignal(each) for each in numbers]
    yield Stop(signal.Signals[f"SIG{request.param}"], STOPS[request.param])
    assert [signal.getsignal(each) for each in numbers] == before


def files_in(folder: Path) -> Files:
    """Return what is in a folder and in those in it, hidden files too; a folder ends with a slash."""
    found = sorted(folder.rglob("*"))
    return {
        f"{each.relative_to(folder)}{'/' * each.is_dir()}": ""
        if each.is_dir()
        else each.read_text()
        for each in found
    }


def refilled(place: Path, files: Files) -> None:
    """Make a folder with those files and no others in it."""
    for each in sorted(place.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        if name.endswith("/"):
            (place / name).mkdir()
        else:
            (place / name).write_text(text)


def all_known(_name: str, _beginning: str) -> bool:
    return True


# Within the process ------------------------------------------------------------------------------


def ended(doing: Callable[[], None]) -> int:
    """Do what is to be stopped, and return the exit code that it ends with."""
    with pytest.raises((SystemExit, KeyboardInterrupt)) as caught:
        doing()
    return int(getattr(caught.value, "code", 130))


def test_a_file_that_is_stopped_while_it_is_written_leaves_nothing(
    tmp_path: Path, stop: Stop
) -> None:
    def write() -> None:
        with whole_file(tmp_path / "new.md", force=False) as file:
            file.write("private")
            stop()

    assert ended(write) == stop.code
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("name", ["out", "new"])
def test_a_folder_that_is_stopped_while_it_is_written_stays_as_it_was(
    tmp_path: Path, stop: Stop, name: str
) -> None:
    refilled(tmp_path / "out", {"index.md": "old"})
    before = files_in(tmp_path)

    def write() -> None:
        with whole_folder(tmp_path / name, all_known, force=True) as folder:
            write_into(folder, "meetings/one.md", ["private"])
            stop()

    assert ended(write) == stop.code
    assert files_in(tmp_path) == before


def test_a_stop_while_it_is_put_in_its_place_waits_until_it_is(
    tmp_path: Path, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    refilled(tmp_path, {"index.md": "old", "before.md": "old"})
    rename = Path.rename

    def and_somebody_stops_it(source: Path, target: Path) -> Path:
        stop()
        return rename(source, target)

    def write() -> None:
        with whole_folder(tmp_path, all_known, force=True) as folder:
            write_into(folder, "index.md", ["new"])

    monkeypatch.setattr(Path, "rename", and_somebody_stops_it)

    assert ended(write) == stop.code
    assert files_in(tmp_path) == {"index.md": "new"}


def test_a_stop_while_it_clears_away_after_an_error_waits_until_that_is_done(
    tmp_path: Path, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, rmtree = Path.unlink, shutil.rmtree

    def and_somebody_stops_it(removed: Path, **how: Any) -> None:
        stop()
        (rmtree if removed.is_dir() else unlink)(removed, **how)

    def write() -> None:
        with whole_file(tmp_path / "new.md", force=False) as file:
            file.write("private")
            raise OSError(errno.ENOSPC, "full")

    def write_folder() -> None:
        with whole_folder(tmp_path / "new", all_known, force=False) as folder:
            write_into(folder, "index.md", ["private"])
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "unlink", and_somebody_stops_it)
    monkeypatch.setattr(shutil, "rmtree", and_somebody_stops_it)

    assert [ended(write), ended(write_folder)] == [stop.code, stop.code]
    assert files_in(tmp_path) == {}


def test_once_stopped_it_is_not_stopped_again(tmp_path: Path, stop: Stop) -> None:
    done = []

    def write() -> None:
        with whole_file(tmp_path / "new.md", force=False):
            try:
                stop()
            finally:
                stop()
                done.append("cleared away")

    assert ended(write) == stop.code
    assert done == ["cleared away"]


def test_a_backup_that_is_stopped_while_it_is_copied_leaves_nothing(
    tmp_path: Path, stop: Stop
) -> None:
    def write() -> None:
        with backups.beside_of(tmp_path / "copy.db") as beside:
            beside.write_text("private")
            stop()

    assert ended(write) == stop.code
    assert files_in(tmp_path) == {}


def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with whole_file(tmp_path / "new.md", force=False) as file:
            os.kill(os.getpid(), signal.SIGHUP)
            file.write("all of it")
        after = signal.getsignal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert files_in(tmp_path) == {"new.md": "all of it"}
    assert after == signal.SIG_IGN


def test_a_stop_that_came_before_comes_through_once_it_is_let(stop: Stop) -> None:
    done = []

    def work() -> None:
        with Stops() as stops:
            stop()
            done.append("held")
            stops.let_through()
            done.append("never")

    assert ended(work) == stop.code
    assert done == ["held"]


# At each call by which the program writes --------------------------------------------------------


def traced(written: Program, words: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(STRACE), "-f", "-qq", *options, sys.executable, "-m", "mentorlog", *words],
        cwd=written.home,
        env=written.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def points(written: Program, words: list[str]) -> list[tuple[str, int]]:
    """Return the calls an undisturbed run makes, and which of each, at which to disturb another."""
    log = written.home.parent / "calls.log"
    kinds = "|".join(ON_THE_DISK)
    done = traced(written, words, "-o", str(log), "-e", f"trace=/^({kinds})(at|at2)?$")
    assert done.returncode == 0, done.stderr
    counted = Counter(re.findall(rf"^\d+ +({kinds})(?:at|at2)?\(", log.read_text(), re.MULTILINE))
    chosen = []
    for call, count in counted.items():
        some = min(count, MOST_OF_A_KIND)
        chosen += [(call, 1 + n * (count - 1) // max(1, some - 1)) for n in range(some)]
    return chosen


def disturbed(
    written: Program, words: list[str], call: str, when: int, what: str
) -> subprocess.CompletedProcess[str]:
    inject = f"inject=/^{call}(at|at2)?$:{what}:when={when}"
    return traced(written, words, "-o", os.devnull, "-e", inject)


class Case(NamedTuple):
    """A command, what is in the folder it writes to before and after it, and the calls it makes."""

    words: list[str]
    old: Files
    new: Files
    calls: list[tuple[str, int]]


@pytest.fixture(
    params=[["-o", "out/p1.md"], ["-o", "out/p1.md", "--force"], ["-o", "out/new/"], ["-o", "out", "--force"]],
    ids=["a new file", "a file for another", "a new folder", "a folder for another"],
)  # fmt: skip
def case(written: Program, request: pytest.FixtureRequest) -> Case:
    words, place = ["export", "p1", *request.param], written.home / "out"
    place.mkdir()
    if "--force" in words:
        traced(written, words)
        written.ok("meet", "p1", "--on", "2026-11-08", "--summary", "more")
    old = files_in(place)
    calls = points(written, words)
    return Case(words, old, files_in(place), calls)


@needs_strace
def test_stopped_at_any_call_the_old_or_the_new_is_in_its_place_and_nothing_else(
    written: Program, case: Case
) -> None:
    """Fails where a stop is let through between two renames, and where TERM ends it at once."""
    outcomes: Counter[str] = Counter()

    for turn, (call, when) in enumerate(case.calls):
        name, code = list(STOPS.items())[turn % len(STOPS)]
        refilled(written.home / "out", case.old)
        done = disturbed(written, case.words, call, when, f"signal={name}")
        found = files_in(written.home / "out")
        assert found in (case.old, case.new), (call, when, name)
        outcomes["old" if found == case.old else "new"] += 1
        if "Written" not in done.stderr:  # else it had let go of the file before
            assert done.returncode == code, (call, when, name)

    assert case.old != case.new
    assert min(outcomes["old"], outcomes["new"]) >= 1


@needs_strace
@pytest.mark.parametrize("place", ["out/copy.db", ""])
def test_a_backup_that_is_stopped_at_any_call_is_there_whole_or_not_at_all(
    written: Program, place: str
) -> None:
    """Fails where TERM or HUP ends it at once, and the copy stays under the name of what is not whole."""
    words = ["backup", place] if place else ["backup"]
    folder = written.home / "out" if place else backups.folder_of(written.journal)
    folder.mkdir()
    calls = points(written, words)
    found: Counter[int] = Counter()

    for turn, (call, when) in enumerate(calls):
        for each in folder.iterdir():
            each.unlink()
        name, code = list(STOPS.items())[turn % len(STOPS)]
        done = disturbed(written, words, call, when, f"signal={name}")
        copies = list(folder.iterdir())
        for each in copies:
            with closing(sqlite3.connect(each)) as opened:
                assert opened.execute("SELECT count(*) FROM pair").fetchone() == (2,), (call, when)
        assert len([each for each in copies if not each.name.startswith(".")]) == len(copies)
        if "Verified copy" not in done.stdout:  # else it had let go of the copy before
            assert done.returncode in (0, code), (call, when, name)
        found[len(copies)] += 1

    assert set(found) == {0, 1}
    assert min(found.values()) >= 2


@needs_strace
@pytest.mark.proofs(3)
def test_whatever_call_fails_what_is_not_said_to_be_there_is_not(
    written: Program, case: Case, proved: Proved
) -> None:
    """Fails when a new file stays though its name could not be synced, and where a folder is left
    half swapped. A file that took the place of another stays: that one is gone."""
    is_replaced = case.words[-2:] == ["out/p1.md", "--force"]
    kinds = {"mkdir", "rename", "fsync"}  # to clear away, it needs the others
    failed = 0

    for call, when in [each for each in case.calls if each[0] in kinds]:
        refilled(written.home / "out", case.old)
        done = disturbed(written, case.words, call, when, "error=EIO")
        found = files_in(written.home / "out")
        expected = {0: [case.new]}.get(done.returncode, [case.old, *[case.new] * is_replaced])
        assert (done.returncode in (0, 73, 74), done.stderr.count("\n")) == (True, 1), (call, when)
        assert found in expected, (call, when)
        failed += done.returncode != 0

    assert failed >= 3
    proved(
        f"`export {' '.join(case.words[2:])}`: {failed} failed calls refused it, the old or nothing in its"
        " place each time"
    )
