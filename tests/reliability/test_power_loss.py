"""Power lost at any moment: what was acknowledged is there, and whatever else is left is whole.

The calls of one command are recorded, and before each of them the disk is made as it may be without
power: with nothing that was not synced, with all of it, and with any part of it. What a disk keeps in a
cache of its own, and says is written, is beyond every program.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from mentorlog.errors import MentorlogError
from mentorlog.storage import backups
from tests.conftest import Program
from tests.proofs import Proved
from tests.reliability.intact import Rows, can_go_on, new_rows, recovered, rows
from tests.reliability.replay import Call, Disk, Keeps, Tree, put, recorded
from tests.reliability.test_many_terminals import IMPATIENT, held_by_another
from tests.reliability.tracing import needs_strace

pytestmark = needs_strace

SEEDS = 3  # of what else is left, at each call
BEGUN = ("meet", "Aiko", "--as", "mentee", "--summary", "before 目標", "--action", "kept")
LONG = [word for n in range(60) for word in ("--question", f"{n} " + "why so? 目標 " * 30)]

# What is left, and whether it was acknowledged: how it ended, or a failure.
Judge = Callable[[Program, str], str]


@dataclass
class Losses:
    """Every loss of power during one command."""

    home: Path  # as it was before
    calls: list[Call]
    folder: Path
    turns: Iterator[int] = field(default_factory=count)
    outcomes: Counter[str] = field(default_factory=Counter)  # of disks that are unlike each other
    seen: set[int] = field(default_factory=set)
    losses: int = 0
    told: int = 0

    def each(self, judge: Judge) -> None:
        """Hold of everything that may be left, before each call and at the end, that it is as it has to be."""
        disk, said = Disk(self.home), ""
        for number, call in enumerate([*self.calls, None]):
            for keeps in _ways(number):
                self._look_at(disk.left(keeps), said, judge)
            if call is not None:
                disk.take(call)
                said += call.content.decode(errors="replace") if call.name == "said" else ""

    def _look_at(self, left: Tree, said: str, judge: Judge) -> None:
        """Make a disk, unless one like it was looked at, and judge it."""
        self.losses += 1
        self.told += bool(said)
        known = hash((tuple(left.items()), said))
        if known in self.seen:
            return
        self.seen.add(known)
        place = self.folder / f"left-{next(self.turns)}"
        put(left, place)
        self.outcomes[judge(Program(place), said)] += 1
        shutil.rmtree(place)

    def without(self, is_left_out: Callable[[Call], bool]) -> Losses:
        """Return the same, had the program not made some of its calls."""
        calls = [call for call in self.calls if not is_left_out(call)]
        return Losses(self.home, calls, self.folder, turns=self.turns)

    def line(self, command: str) -> str:
        ended = ", ".join(f"{count} {ended}" for ended, count in sorted(self.outcomes.items()))
        return (
            f"power lost {self.losses} times in {len(self.calls)} calls of {command}, {self.told} after it was"
            f" told: {self.outcomes.total()} disks unlike each other, {ended}; 0 lost, 0 damaged"
        )


def _ways(number: int) -> Iterator[Keeps]:
    """Yield what may be kept of what was not synced: nothing, everything, any part."""
    yield lambda: False
    yield lambda: True
    for seed in range(SEEDS):
        chance = Random(f"{number} {seed}")  # noqa: S311  (the same each time is what is wanted)
        yield partial(_may_be, chance, chance.random())


def _may_be(chance: Random, share: float) -> bool:
    return chance.random() < share


@pytest.fixture
def losses(mentorlog: Program, tmp_path: Path) -> Iterator[Callable[..., Losses]]:
    """Return what records a command; what is left is looked at in memory, where there is a place."""

    def during(*words: str, code: int = 0, begins: tuple[str, ...] = ("-m", "mentorlog")) -> Losses:
        before = tmp_path / "before"
        shutil.copytree(mentorlog.home, before)
        found, calls = recorded(mentorlog, words, tmp_path / "calls.log", begins)
        assert found == code
        return Losses(before, calls, Path(folder))

    memory = "/dev/shm"  # noqa: S108  (only the place; the folder's own name is made at random)
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield during


def whole_or_nothing(before: Rows, whole: Counter[str]) -> Judge:
    """Hold that a write is there whole or not at all, and there once it was told."""

    def judge(left: Program, said: str) -> str:
        came = new_rows(before, recovered(left.journal))
        assert came in (Counter(), whole)
        assert came or not said
        assert not before or can_go_on(left.journal)
        return "with all of it" if came else "with nothing of it"

    return judge


OF_A_MEETING = Counter(meeting=1, action=1, writes=1, changes=2)


@pytest.mark.proofs(2)
@pytest.mark.parametrize("is_first", [True, False], ids=["a first run", "an existing journal"])
def test_a_meeting_that_was_told_is_there_after_power_loss(
    mentorlog: Program, losses: Callable[..., Losses], proved: Proved, is_first: bool
) -> None:
    """Fails when `synchronous=EXTRA` becomes FULL in storage/file.py, where the side file comes back
    and takes the meeting with it; on a first run also when `private_folder` does not sync the folders
    that it makes."""
    if not is_first:
        mentorlog.ok(*BEGUN)
    before = rows(mentorlog.journal)
    whole = OF_A_MEETING + Counter(pair=1, changes=1) if is_first else OF_A_MEETING
    during = losses(
        "meet", "Aiko", "--as", "mentee", "--notes", "long " * 2000, "--action", "read", "--json"
    )  # fmt: skip

    during.each(whole_or_nothing(before, whole))

    assert during.told >= 1
    assert min(during.outcomes.values()) >= 2
    proved(during.line("a first `meet`" if is_first else "`meet`"))


@pytest.mark.proofs(2)
def test_what_touches_many_pages_is_there_whole_or_not_at_all_after_power_loss(
    mentorlog: Program, losses: Callable[..., Losses], proved: Proved
) -> None:
    """Fails when `synchronous=EXTRA` becomes FULL or OFF in storage/file.py."""
    mentorlog.ok(*BEGUN)
    mentorlog.ok("meet", "Aiko", *LONG)
    before = rows(mentorlog.journal)
    during = losses("meet", "Aiko", *LONG, "--action", "read", "--json")

    during.each(whole_or_nothing(before, OF_A_MEETING + Counter(question=60, changes=60)))

    assert min(during.outcomes.values()) >= 2
    proved(during.line("a `meet` with 60 questions"))


@pytest.mark.proofs(2)
def test_an_undo_that_was_told_holds_after_power_loss(
    mentorlog: Program, losses: Callable[..., Losses], proved: Proved
) -> None:
    """Fails when `synchronous=EXTRA` becomes FULL in storage/file.py."""
    mentorlog.ok(*BEGUN)
    before = rows(mentorlog.journal)
    during = losses("undo", "--json")

    def judge(left: Program, said: str) -> str:
        after = recovered(left.journal)
        if after == before:
            assert not said
            return "as before it"
        assert [len(after[name]) for name in ("pair", "meeting", "action")] == [0, 0, 0]
        assert (len(after["writes"]), len(after["changes"])) == (2, 6)
        return "with it undone"

    during.each(judge)

    assert min(during.outcomes.values()) >= 2
    proved(during.line("`undo`"))


@pytest.mark.proofs(2)
def test_a_backup_that_was_told_is_there_after_power_loss(
    mentorlog: Program, losses: Callable[..., Losses], proved: Proved
) -> None:
    """Fails when `put_in_place` in storage/placing.py does not sync the folder, and when `private_folder`
    does not sync the folders that it makes."""
    mentorlog.ok(*BEGUN)
    during = losses("backup", "--json")
    before = rows(mentorlog.journal)

    def judge(left: Program, said: str) -> str:
        assert recovered(left.journal) == before
        copies = backups.automatic(left.journal)
        assert [rows(copy) for copy in copies] == [before] * len(copies)
        assert copies or not said
        return "with the copy" if copies else "without it"

    during.each(judge)

    assert min(during.outcomes.values()) >= 2
    proved(during.line("`backup`"))


@pytest.mark.proofs(2)
def test_what_was_restored_is_there_after_power_loss_and_so_is_what_it_took_the_place_of(
    mentorlog: Program, losses: Callable[..., Losses], proved: Proved
) -> None:
    """Fails when the journal that goes is not kept first (`_kept` in storage/restoring.py), when
    `put_in_place` does not sync the folder, and with synchronous=OFF."""
    backup = str(mentorlog.home / "before.db")
    mentorlog.ok(*BEGUN)
    mentorlog.ok("backup", backup)
    restored = rows(mentorlog.journal)
    mentorlog.ok("meet", "Ben", "--as", "mentor", "--notes", "long " * 9000)
    old = rows(mentorlog.journal)
    during = losses("restore", backup)

    def judge(left: Program, said: str) -> str:
        found = recovered(left.journal)
        if found == old:
            assert not said
            return "with the old journal"
        assert found == restored
        assert [rows(copy) for copy in backups.automatic(left.journal)] == [old]
        return "with the restored one"

    during.each(judge)

    assert min(during.outcomes.values()) >= 2
    proved(during.line("`restore`"))


@pytest.mark.proofs(2)
def test_a_draft_whose_place_was_told_is_there_after_power_loss(
    mentorlog: Program, losses: Callable[..., Losses], proved: Proved
) -> None:
    """Fails when `keep` in storage/drafts.py does not sync the draft and its folder, and when
    `private_folder` does not sync the folders that it makes."""
    mentorlog.ok(*BEGUN)
    with held_by_another(mentorlog.journal, "IMMEDIATE"):
        during = losses("meet", "Aiko", "--notes", "kept 目標", code=75, begins=("-c", IMPATIENT))

    def judge(left: Program, said: str) -> str:
        drafts = list(left.journal.with_name("journal.db.drafts").glob("*.json"))
        notes = [json.loads(each.read_text("utf-8"))["answers"]["notes"] for each in drafts]
        assert notes in ([], ["kept 目標"])
        assert notes or not said
        return "with the draft" if notes else "without it"

    during.each(judge)

    assert min(during.outcomes.values()) >= 1
    proved(during.line("a `meet` that the journal was too busy for"))


def test_power_loss_is_seen_to_lose_what_is_not_synced(
    mentorlog: Program, losses: Callable[..., Losses]
) -> None:
    """The same record without the syncs of folders, or without those of files: else nothing is proved."""
    mentorlog.ok(*BEGUN)
    judge = whole_or_nothing(rows(mentorlog.journal), OF_A_MEETING)
    during = losses("meet", "Aiko", "--notes", "long " * 2000, "--action", "read")
    folder = str(mentorlog.journal.parent.relative_to(mentorlog.home))

    lost = (
        AssertionError,
        MentorlogError,
        sqlite3.Error,
    )  # something missing, or all of it damaged

    with pytest.raises(lost):
        during.without(lambda call: call.is_sync and call.paths == (folder,)).each(judge)
    with pytest.raises(lost):
        during.without(lambda call: call.is_sync and call.paths != (folder,)).each(judge)
