"""The program that measures does measure, and what it measures on is a journal such as people have."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal
from tests.benchmarks import tables
from tests.benchmarks.journals import fill
from tests.benchmarks.targets import Figure
from tests.benchmarks.texts import COMMON, RARE, THREE_SIGNS
from tests.conftest import Program

_ROOT = Path(__file__).resolve().parents[2]
_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of a thousand records."""
    journal = tmp_path_factory.mktemp("made") / "journal.db"
    fill(journal, 1000)
    return journal


def measure(folder: Path, *words: str, stderr: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """Start the program that measures, its temporary files in this folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks", *words],
        cwd=_ROOT,
        env=os.environ | {"TMPDIR": str(folder), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=stderr,
        start_new_session=True,
    )


def rows(journal: Path, sql: str) -> list[dict[str, Any]]:
    with closing(Journal(journal)) as opened:
        return [dict(row) for row in opened.connection.execute(sql)]


def written(journal: Path, kind: str) -> list[str]:
    """Return all that is written in each record of a kind."""
    return [
        " ".join(text for _name, text in search_index.texts(kind, row))
        for row in rows(journal, f"SELECT * FROM {kind}")
    ]


# The program -------------------------------------------------------------------------------------


def test_a_command_is_measured_on_each_journal_and_told_as_json(tmp_path: Path) -> None:
    words = ("--records", "60", "--records", "90", "--runs", "2", "--command", "log", "--json")

    out, err = measure(tmp_path, *words).communicate()

    found = json.loads(out)
    units = [(each["records"], each["unit"]) for each in found["figures"]]
    of_both = ["ms", "× python", "× floor"]
    assert units == [
        *((60, unit) for unit in [*of_both, "MB"]),
        *((90, unit) for unit in [*of_both, "× smallest", "MB"]),
    ]
    assert [len(each["ours"]) for each in found["seconds"]] == [2, 2]
    assert found["machine"].keys() == {"python", "sqlite", "platform", "cores"}
    assert err == b""
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_it_quietly_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    running = measure(tmp_path, "--records", "60", "--command", "log", stderr=theirs)
    os.close(theirs)
    seen = b""
    while b"log" not in seen:
        seen += os.read(ours, 4096)

    os.killpg(running.pid, signal.SIGINT)

    out, _err = running.communicate()
    os.close(ours)
    assert (running.returncode, out) == (130, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_figure_that_is_not_reached_has_a_mark_and_is_named_at_the_end() -> None:
    figures = [
        Figure("log", 1000, "× floor", 1.3, 1.25),
        Figure("ask", 1000, "× floor", 1.25, 1.25),
        Figure("ask", 1000, "ms", 50),
    ]

    table = list(tables.of_journal(1000, figures))
    verdict = list(tables.of_verdict(figures))

    assert table == [
        "1,000 records    ms  × floor",
        "log                   ! 1.30 ≤ 1.25",
        "ask            50.0     1.25 ≤ 1.25",
    ]
    assert verdict == [
        "1 of 2 figures are reached.",
        "! log, 1,000 records: 1.30 × floor, wanted ≤ 1.25",
    ]


def test_what_has_to_be_at_least_so_much_is_not_reached_below_it() -> None:
    few, enough = (Figure("jrnl", 1, "×", value, 15, at_least=True) for value in (14.9, 15))

    assert (few.is_reached, enough.is_reached) == (False, True)


# Its journals ------------------------------------------------------------------------------------


def test_doctor_finds_nothing_wrong_in_a_made_up_journal(mentorlog: Program, made: Path) -> None:
    found = mentorlog("doctor", "--json", environment={"MENTORLOG_DB": str(made)})

    checks = found.json["checks"]
    assert [each["code"] for each in checks if each["state"] != "ok"] == ["backup"]


def test_half_of_about_a_thousand_records_is_of_the_first_pair(made: Path) -> None:
    count = sum(len(rows(made, f"SELECT number FROM {kind}")) for kind in KIND_NAMES)
    pairs = [row["pair"] for row in rows(made, "SELECT pair FROM action")]

    assert 950 <= count <= 1050
    assert pairs.count(1) / len(pairs) == pytest.approx(0.5, abs=0.02)


def test_a_fifth_of_what_is_written_is_japanese(made: Path) -> None:
    texts = [
        text
        for kind in ("meeting", "action", "question", "insight")
        for text in written(made, kind)
    ]

    share = sum(bool(_JAPANESE.search(text)) for text in texts) / len(texts)

    assert share == pytest.approx(0.2, abs=0.05)


def test_what_is_searched_for_is_there_as_often_as_it_says(made: Path) -> None:
    meetings = written(made, "meeting")
    english = [text for text in meetings if not _JAPANESE.search(text)]
    japanese = [text for text in meetings if _JAPANESE.search(text)]

    assert sum(RARE in text for text in meetings) == 3
    assert all(COMMON in text for text in english)
    assert all(THREE_SIGNS in text for text in japanese)


def test_a_made_up_journal_is_the_same_every_time(made: Path, tmp_path: Path) -> None:
    fill(tmp_path / "again.db", 1000)

    for table in (*KIND_NAMES, "changes"):
        sql = f"SELECT * FROM {table}"
        assert rows(tmp_path / "again.db", sql) == rows(made, sql)
