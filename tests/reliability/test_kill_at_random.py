"""A kill at any moment, where no system call can be chosen: at random, on every system.

One process keeps one meeting after another and is killed. A kill that comes between two writes proves
nothing, so those that came during one are counted: they leave a side file. `test_kill.py` kills at each
call.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from tests.conftest import Program
from tests.proofs import Proved
from tests.reliability.intact import can_go_on, new_rows, recovered, rows

KILLS = 30
MOST_MEETINGS = 2  # before a kill
A_WRITE = 0.02  # seconds, or thereabouts: what is tried at random is where in it

ON_AND_ON = """
from mentorlog.__main__ import main
while True:
    main(["meet", "Aiko", "--notes", "long " * 2000, "--action", "read", "--json"])
    print(flush=True)
"""


def killed(program: Program, chance: Random) -> list[str]:
    """Keep meetings until it is killed; return the ids of those that were acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", ON_AND_ON],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=program.environment,
    ) as process:
        assert process.stdout is not None
        told = b""
        for _ in range(chance.randint(0, MOST_MEETINGS)):
            for line in iter(process.stdout.readline, b"\n"):
                told += line
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, A_WRITE))
        process.kill()
        told += process.stdout.read()
    return ids_in(told.decode())


def ids_in(told: str) -> list[str]:
    """Return the ids in what was printed, of which the last may be cut off."""
    found, rest = [], told.lstrip()
    while rest:
        try:
            meeting, end = json.JSONDecoder().raw_decode(rest)
        except ValueError:
            break
        found.append(meeting["id"])
        rest = rest[end:].lstrip()
    return found


@pytest.mark.proofs(1)
def test_meetings_survive_kills_at_random_or_leave_nothing(
    mentorlog: Program, proved: Proved
) -> None:
    """Fails when the meeting and what it made are committed one by one."""
    mentorlog.ok("pair", "start", "Aiko", "--as", "mentee")
    chance = Random(1)  # noqa: S311  (the same each time is what is wanted)
    told, left = 0, Counter[str]()

    for _ in range(KILLS):
        before = rows(mentorlog.journal)
        acknowledged = killed(mentorlog, chance)
        side_file = Path(f"{mentorlog.journal}-journal")
        left["a side file"] += side_file.exists() and side_file.stat().st_size > 0
        came = new_rows(before, recovered(mentorlog.journal))
        meetings = came["meeting"]
        assert came == Counter(
            meeting=meetings, action=meetings, writes=meetings, changes=2 * meetings
        ) + Counter()  # fmt: skip
        kept = ids_of_meetings(mentorlog)[len(before["meeting"]) :]
        assert kept[: len(acknowledged)] == acknowledged
        assert meetings - len(acknowledged) in {0, 1}
        told += len(acknowledged)

    assert told >= KILLS // 2
    assert can_go_on(mentorlog.journal)
    proved(
        f"{KILLS} random kills: {told} meetings told, 0 lost, 0 half-written; {left['a side file']} of them"
        " left a side file"
    )


def ids_of_meetings(program: Program) -> list[str]:
    """Return the ids of the meetings there are, oldest first."""
    return [f"m{row[0]}" for row in rows(program.journal)["meeting"]]
