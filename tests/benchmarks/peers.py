"""Other programs doing the same beside mentorlog: jrnl, Taskwarrior and the command of sqlite-utils.

jrnl and sqlite-utils come from the registry into a virtual environment of their own; Taskwarrior is
taken where it is installed. Each gets as many entries as the journal beside it has records, written in
bulk the way it keeps them.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

from tests.benchmarks import timing
from tests.benchmarks.commands import LARGEST, SUMMARY
from tests.benchmarks.home import Home
from tests.benchmarks.targets import Figure
from tests.benchmarks.texts import COMMON, ENGLISH, RARE, Texts
from tests.benchmarks.timing import Call, Failed

_COUNT = 9  # comparisons
_MOST_RUNS = 7  # some take seconds
_SMALL, _MIDDLE, _LARGE = 1_000, 10_000, 100_000
_FIRST = datetime(2020, 1, 1, 9, tzinfo=UTC)
_JRNL = {
    "version": "v4.2", "editor": "", "encrypt": False, "template": False, "default_hour": 9,
    "default_minute": 0, "timeformat": "%F %T", "tagsymbols": "@", "highlight": False,
    "linewrap": 79, "indent_character": "|",
    "colors": dict.fromkeys(("body", "date", "tags", "title"), "none"),
}  # fmt: skip
_TASKRC = "data.location={}\nconfirmation=no\nhooks=off\nverbose=nothing\n"

HomeOf = Callable[[int], Home]


class _Comparison(NamedTuple):
    """The same done by both; ours has to be so many times as fast."""

    of: str
    records: int
    ours: Call
    theirs: Call
    at_least: float | None


def steps(runs: int) -> int:
    """Return how many rounds that is."""
    return _COUNT * min(runs, _MOST_RUNS)


def measured(
    folder: Path, home_of: HomeOf, runs: int, step: Callable[[], object]
) -> Iterator[Figure]:
    """Yield what each of them takes, and how many times as long as ours that is."""
    folder.mkdir()
    programs = _installed(folder / "venv")
    compared = [*_jrnl(folder, programs, home_of), *_sqlite_utils(folder, programs, home_of)]
    if shutil.which("task") is None:
        print("Taskwarrior is left out: to have it, apt-get install taskwarrior", file=sys.stderr)
    else:
        compared += _taskwarrior(folder, home_of)
    for each in compared:
        calls = {"ours": each.ours, "theirs": each.theirs}
        timing.in_turn(calls, 1)  # what is read is in memory then
        took = timing.in_turn(calls, min(runs, _MOST_RUNS), step)
        yield Figure(each.of, each.records, "ms", statistics.median(took["theirs"]) * 1000)
        times = timing.ratio(took["theirs"], took["ours"])
        yield Figure(each.of, each.records, "×", times, each.at_least, at_least=True)


def _installed(place: Path) -> Path:
    """Install what the registry has; return the folder of the commands."""
    venv.create(place, with_pip=True)
    programs = place / ("Scripts" if sys.platform == "win32" else "bin")
    words = [str(programs / "python"), "-m", "pip", "install", "--quiet", "jrnl", "sqlite-utils"]
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(words)}\n{done.stderr.decode()}")
    return programs


def _entries(count: int) -> Iterator[tuple[datetime, str, str]]:
    """Yield as many entries: when, what was talked about, and notes; three have the rare word."""
    texts = Texts(Random(0))  # noqa: S311  (the same entries every time)
    for number in range(count):
        notes = texts.notes(ENGLISH) + (f"\n{RARE}." if number < 3 else "")
        yield _FIRST + timedelta(minutes=30 * number), texts.summary(ENGLISH), notes


# jrnl --------------------------------------------------------------------------------------------


def _jrnl(folder: Path, programs: Path, home_of: HomeOf) -> Iterator[_Comparison]:
    adding = ("meet", LARGEST, "--summary", SUMMARY)
    for records, what, ours, theirs, at_least in (
        (_SMALL, "adding one entry", adding, (SUMMARY,), 2),
        (_MIDDLE, "adding one entry", adding, (SUMMARY,), 15),
        (_LARGE, "the last ten", ("log", "--limit", "10"), ("-n", "10"), 15),
    ):
        home = home_of(records)
        config = folder / f"jrnl-{records}.yaml"
        kept = config.with_suffix(".txt")
        settings = json.dumps(_JRNL | {"journals": {"default": {"journal": str(kept)}}})
        config.write_text(
            f"# JSON is YAML; jrnl takes a file that begins with it for an old one\n{settings}"
        )
        with kept.open("w", encoding="utf-8") as file:
            for at, summary, notes in _entries(records):
                # Our meetings have a topic each, jrnl's entries a tag.
                file.write(f"[{at:%F %T}] {summary} @planning\n{notes}\n\n")
        words = [str(programs / "jrnl"), "--config-file", str(config), *theirs]
        call = Call(words, home.environment)
        yield _Comparison(f"jrnl, {what}", records, home.mentorlog(*ours), call, at_least)


# Taskwarrior -------------------------------------------------------------------------------------


def _taskwarrior(folder: Path, home_of: HomeOf) -> Iterator[_Comparison]:
    home, data, settings = home_of(_LARGE), folder / "task", folder / "taskrc"
    data.mkdir()
    settings.write_text(_TASKRC.format(data))
    random, texts = Random(0), Texts(Random(0))  # noqa: S311  (the same tasks every time)
    with (data / "pending.data").open("w", encoding="utf-8") as file:
        for number in range(_LARGE):
            text, uuid = texts.sentence(ENGLISH, "action"), UUID(int=random.getrandbits(128))
            at = int(_FIRST.timestamp()) + number
            file.write(f'[description:"{text}" entry:"{at}" status:"pending" uuid:"{uuid}"]\n')
    text = "Read the chapter on the budget and note three questions"
    for what, ours, theirs, at_least in (
        ("adding one task", ("action", "add", LARGEST, text), ("add", text), 5),
        ("the newest twenty", ("log", "--limit", "20"), ("newest", "limit:20"), None),
    ):
        call = Call(["task", f"rc:{settings}", *theirs], home.environment)
        yield _Comparison(f"Taskwarrior, {what}", _LARGE, home.mentorlog(*ours), call, at_least)


# sqlite-utils ------------------------------------------------------------------------------------


def _sqlite_utils(folder: Path, programs: Path, home_of: HomeOf) -> Iterator[_Comparison]:
    home, kept = home_of(_LARGE), str(folder / "entries.db")
    program = str(programs / "sqlite-utils")
    rows = [
        {"at": at.isoformat(), "summary": summary, "notes": notes}
        for at, summary, notes in _entries(_LARGE)
    ]
    typed = json.dumps(rows)
    for words in (["insert", kept, "entry", "-"], ["create-index", kept, "entry", "at"],
                  ["enable-fts", kept, "entry", "summary", "notes", "--create-triggers"]):  # fmt: skip
        timing.seconds(Call([program, *words], home.environment, typed))
    one = json.dumps([{"at": "2026-11-20T10:00:00", "summary": SUMMARY, "notes": ""}])
    newest = "SELECT * FROM entry ORDER BY at DESC LIMIT 20"
    for what, ours, theirs in (
        ("adding one row", ("ask", LARGEST, SUMMARY), ("insert", kept, "entry", "-")),
        ("the newest twenty", ("log", "--limit", "20"), ("query", kept, newest)),
        ("searching a rare word", ("search", RARE), ("search", kept, "entry", RARE, "--limit", "20")),
        ("searching a common word", ("search", COMMON), ("search", kept, "entry", COMMON, "--limit", "20")),
    ):  # fmt: skip
        call = Call([program, *theirs], home.environment, one)
        yield _Comparison(f"sqlite-utils, {what}", _LARGE, home.mentorlog(*ours), call, 1.8)
