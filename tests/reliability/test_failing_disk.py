"""A disk that is full, read-only or failing, and a limit on files: nothing is lost, and it is said.

A command that could not write ends with 73 or 74 and one line; the journal holds what it held before,
and can be read. What was typed is kept as a draft and its place named, where the disk takes that much.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import pytest

from mentorlog.storage.backups import automatic
from tests.cli.talking import Talk
from tests.conftest import Program, Result
from tests.proofs import Proved
from tests.reliability.intact import can_go_on, recovered, rows
from tests.reliability.tracing import Traced, needs_strace

THOUGHT = "A long thought\nof two lines 目標 " + "and more " * 500
REFUSED = (73, 74)


class Writing(NamedTuple):
    """A command that writes, what it reads, and whether its text is kept as a draft where it cannot."""

    words: tuple[str, ...]
    stdin: str = ""
    has_draft: bool = False


WRITINGS = (
    Writing(("meet", "Aiko", "--notes", THOUGHT, "--action", "x"), has_draft=True),
    Writing(("ask", "-"), THOUGHT, has_draft=True),
    Writing(("undo",)),
    Writing(("import", "diary.txt")),
    Writing(("backup",)),
    Writing(("backup", "copy.db")),
    Writing(("export", "Aiko", "-o", "aiko.md")),
    Writing(("export", "-o", "all/", "--format", "markdown")),
)
IDS = [" ".join(each.words)[:14] for each in WRITINGS]


def begin(program: Program) -> None:
    """Make a journal with something to take back and something to bring in."""
    program.ok("meet", "Aiko", "--as", "mentee", "--notes", "before 目標", "--action", "read")
    (program.home / "diary.txt").write_text(f"[2026-11-02 09:00] A day. {'long ' * 3000}\n")


def run(program: Program, writing: Writing, line: str = 'exec "$@"') -> Result:
    """Run a command in its home, as "$@" of a line of a POSIX shell."""
    done = subprocess.run(
        ["sh", "-c", line, "sh", sys.executable, "-m", "mentorlog", *writing.words],
        input=writing.stdin,
        capture_output=True,
        text=True,
        cwd=program.home,
        env=program.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def drafted(refused: Result) -> str:
    """Return what stands in the draft that a refusal names; blank where it names none."""
    named = re.search(r"kept in (\S+)", refused.err)
    return "" if named is None else Path(named[1]).read_text("utf-8")


def has_all(kept: str) -> bool:
    """True where a draft holds the whole thought."""
    return "of two lines 目標" in kept and kept.count("and more") == 500


def left_over(home: Path) -> list[str]:
    """Return the files that are not whole, and that nobody has been told of."""
    return [str(each) for each in home.rglob("*") if each.suffix in {".new", ".old"}]


def hold_refused(refused: Result) -> None:
    """Hold that a refusal is one line, with its exit code, and no fault."""
    assert refused.code in REFUSED, refused
    assert refused.err.count("\n") == 1, refused
    assert refused.err.startswith("mentorlog: ")
    assert "Traceback" not in refused.err


# A disk of its own -------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk in memory, to be filled or shut; only root can mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("no disk may be mounted here: that takes root")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def on_disk(disk: Path) -> Program:
    """The program with all that it keeps on that disk."""
    program = Program(disk / "home")
    program.home.mkdir()
    begin(program)
    return program


def fill(disk: Path, free: int) -> None:
    """Fill a disk until so many bytes are free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - free)


FREE = (0, 4096, 8192, 32768, 131072, 393216)


@pytest.mark.proofs(3)
def test_a_full_disk_changes_nothing_and_it_is_said(
    on_disk: Program, disk: Path, proved: Proved
) -> None:
    """Fails when SQLITE_FULL is not named in storage/file.py (exit code 70), and when what could not be
    kept whole as a draft stays and is named as one (`keep_text` in storage/drafts.py)."""
    before, template = rows(on_disk.journal), disk.parent / "template"
    shutil.copytree(on_disk.home, template)
    outcomes: Counter[str] = Counter()

    for writing in WRITINGS:
        for free in FREE:
            fill(disk, free)
            done = run(on_disk, writing)
            if done.code == 0:
                outcomes["went well"] += 1
            else:
                hold_refused(done)
                assert rows(on_disk.journal) == before, (writing.words[0], free)
                outcomes["refused"] += 1
                kept = drafted(done)
                assert kept == "" or (writing.has_draft and has_all(kept))
                outcomes["with a draft"] += bool(kept)
                assert left_over(disk) == []
                assert on_disk.ok("log", "--json").json
            (disk / "filler").unlink()
            shutil.rmtree(on_disk.home)
            shutil.copytree(template, on_disk.home)

    assert outcomes["refused"] >= 20
    assert outcomes["went well"] >= 5
    proved(
        f"{outcomes['refused']} of {outcomes.total() - outcomes['with a draft']} writes refused by a full"
        f" disk, {outcomes['with a draft']} with a draft: 0 rows changed, each one line, reading works"
    )


@pytest.mark.proofs(3)
def test_a_read_only_disk_changes_nothing_and_it_is_said(
    on_disk: Program, disk: Path, proved: Proved
) -> None:
    """Fails when SQLITE_READONLY is not named in storage/file.py, and when `clear_away` in
    storage/placing.py lets the disk's own refusal through (exit code 70)."""
    before = on_disk.journal.read_bytes()
    shown = on_disk.ok("log", "--json").json
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

    refusals = [run(on_disk, each) for each in WRITINGS]

    for refused in refusals:
        hold_refused(refused)
    assert on_disk.ok("log", "--json").json == shown
    assert on_disk.journal.read_bytes() == before
    proved(f"{len(refusals)} writes refused by a read-only disk: 0 bytes changed, reading works")


@pytest.mark.proofs(3)
def test_a_form_on_a_full_disk_says_that_an_answer_could_not_be_kept(
    on_disk: Program, disk: Path, proved: Proved
) -> None:
    """Fails when `keep` in storage/drafts.py lets an OSError through: the answer would be a fault."""
    before = on_disk.journal.read_bytes()
    fill(disk, 0)
    talk = Talk(on_disk, "meet", "Aiko")

    talk.says()
    talk.hears("cannot be written")
    code = talk.ends()

    assert code in REFUSED
    assert on_disk.journal.read_bytes() == before
    proved("a form on a full disk stops at the answer it could not keep, and says so")


# A limit on files --------------------------------------------------------------------------------


@pytest.mark.proofs(3)
@pytest.mark.parametrize("writing", [each for each in WRITINGS if each.has_draft], ids=IDS[:2])
def test_a_limit_on_the_size_of_files_changes_nothing_and_what_was_typed_is_kept(
    mentorlog: Program, proved: Proved, writing: Writing
) -> None:
    """Fails when no draft is kept of what the journal could not take: by `_kept` in cli/meet.py, and by
    `_keep_what_was_typed` in cli/context.py."""
    begin(mentorlog)
    before = mentorlog.journal.read_bytes()
    blocks = len(before) // 512  # what the journal has already, and not one page more

    refused = run(mentorlog, writing, f'ulimit -f {blocks}; exec "$@"')

    hold_refused(refused)
    assert has_all(drafted(refused))
    assert mentorlog.journal.read_bytes() == before
    assert can_go_on(mentorlog.journal)
    proved(
        f"`{writing.words[0]}` at a limit on files: 0 bytes changed, the text in the draft named"
    )


# A disk that fails -------------------------------------------------------------------------------

# Each call fails in the next of these ways; with a plus, so does every later call of its kind.
WAYS = (("error=EIO", ""), ("error=ENOSPC", "+"), ("error=ENOSPC", ""), ("error=EIO", "+"))


def written(program: Program) -> Counter[str]:
    """Count the rows of each kind and in the log, and the copies and exports there are."""
    of_rows = {name: len(found) for name, found in rows(program.journal).items()}
    made = [*program.home.glob("*.db"), *program.home.glob("*.md"), *automatic(program.journal)]
    return Counter(of_rows) + Counter(files=len(made))


@needs_strace
@pytest.mark.proofs(3)
@pytest.mark.parametrize("writing", WRITINGS[:-1], ids=IDS[:-1])
def test_whatever_call_fails_what_was_told_is_there_and_all_else_as_it_was(
    mentorlog: Program, proved: Proved, writing: Writing
) -> None:
    """Fails when the sync of the folder after the COMMIT, once it failed, is told as "nothing was
    changed" ("perhaps-kept" in storage/file.py), when `clear_away` in storage/placing.py lets an error
    through, and when `beside_of` in storage/backups.py does not name one (exit code 70)."""
    begin(mentorlog)
    traced = Traced.beginning_from(mentorlog)
    before, nothing = rows(mentorlog.journal), written(mentorlog)
    undisturbed = run(mentorlog, writing)
    whole = written(mentorlog)
    outcomes: Counter[str] = Counter()

    for point, (error, for_good) in zip(traced.points(*writing[:2]), cycle(WAYS), strict=False):
        how = (f"{point.call} {point.when}{for_good}", error)
        traced.fresh()
        failing = point._replace(when=f"{point.when}{for_good}")
        done = traced.disturbed(writing.words, failing, error, stdin=writing.stdin)
        recovered(mentorlog.journal)
        now = written(mentorlog)
        if done.returncode == 0:
            assert now == whole, how
            outcomes["went well"] += 1
            continue
        refused = Result(done.returncode, done.stdout, done.stderr)
        hold_refused(refused)
        if "See whether it was" in refused.err:
            outcomes["not sure"] += 1
            assert now in (nothing, whole), how
        else:
            outcomes["refused"] += 1
            assert rows(mentorlog.journal) == before, how
            assert now == nothing or (point.call, for_good) == ("unlink", "+"), how
        if not for_good:
            has_read = "cannot be read" not in refused.err  # else nothing was taken from the input
            assert has_all(drafted(refused)) or not (writing.has_draft and has_read), how
            assert left_over(mentorlog.home) == [], how
        assert can_go_on(mentorlog.journal), how

    assert (undisturbed.code, whole != nothing) == (0, True)
    assert outcomes["refused"] >= 5
    assert outcomes["not sure"] <= 2
    proved(
        f"`{' '.join(writing.words)[:12].strip()}`: {outcomes['refused']} of {outcomes.total()} failed calls"
        f" refused it, 0 rows changed; {outcomes['not sure']} said that it may be kept; none lost what was"
        " told"
    )
