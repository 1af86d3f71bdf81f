"""`demo`: a made-up journal to look at, which never comes near one's own."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import tomllib
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import mentorlog as package
from mentorlog.domain.kinds import LETTERS
from tests.reliability.tracing import STRACE, needs_strace

if TYPE_CHECKING:
    from tests.conftest import Program

TOUR = ["prep p1", "goal list --all", "status", "log --limit 12"]


def script(language: str) -> list[dict[str, Any]]:
    place = Path(package.__file__).parent / "guide" / language / "demo.toml"
    steps: list[dict[str, Any]] = tomllib.loads(place.read_text(encoding="utf-8"))["step"]
    return steps


def without_its_words(steps: list[dict[str, Any]]) -> list[tuple[int, list[str]]]:
    """Return the day of each step with its command, its options and the records it names."""
    called = {
        step["run"][step["run"].index("--alias") + 1] for step in steps if "--alias" in step["run"]
    }
    return [
        (
            step["day"],
            ["PAIR" if word in called else word for word in step["run"][:2]]
            + re.findall(r"(?m)^(?:--[a-z-]+|[a-z]\d+(?==|$))", "\n".join(step["run"][2:])),
        )
        for step in steps
    ]


def records_of_the_demo(mentorlog: Program) -> dict[str, list[dict[str, Any]]]:
    """Return what the demo leaves in a journal that is kept, by kind, the newest first."""
    place = mentorlog.home / "demo.db"
    mentorlog.ok("demo", "--keep", str(place))
    kept: dict[str, list[dict[str, Any]]] = {}
    for each in mentorlog("log", "--all", "--json", environment={"MENTORLOG_DB": str(place)}).json:
        kept.setdefault(each["kind"], []).append(each)
    return kept


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Return every file and folder below a folder, files with what they hold."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_demo_shows_each_step_it_types_and_then_looks_around(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    shown = mentorlog.ok("demo")

    typed = [line.partition("  $ mentorlog ")[2] for line in shown.out.splitlines()]
    typed = [line for line in typed if line]
    steps = [step["run"] for step in script(language)]
    toured = [line[len("$ mentorlog ") :] for line in shown.out.splitlines() if line[:2] == "$ "]
    assert len(typed) == len(steps)
    assert all(said.startswith(" ".join(run[:1])) for said, run in zip(typed, steps, strict=True))
    assert toured == TOUR
    assert "mentorlog demo --keep" in shown.err


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_demo_is_typed_day_by_day_up_to_today(mentorlog: Program, language: str) -> None:
    mentorlog.language, mentorlog.today = language, "2028-02-29"

    document = mentorlog.ok("demo", "--json").json

    days = [date.fromisoformat(command["on"]) for command in document["commands"]]
    assert document["journal"] is None
    assert [command["words"] for command in document["commands"]] == [
        step["run"] for step in script(language)
    ]
    assert days == [date(2028, 2, 29) + timedelta(days=step["day"]) for step in script(language)]
    assert days == sorted(days)
    assert days[-1] <= date(2028, 2, 29)


def test_the_demo_types_the_same_commands_in_both_languages() -> None:
    english, japanese = (without_its_words(script(language)) for language in ("en", "ja"))

    assert english == japanese


@pytest.mark.parametrize("words", [["demo"], ["demo", "--json"], ["demo", "--keep", "kept.db"]], ids=" ".join)  # fmt: skip
def test_the_demo_never_touches_the_users_journal_or_home(
    written: Program, tmp_path: Path, words: list[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    before = everything_in(written.home)
    words = [str(elsewhere / word) if word == "kept.db" else word for word in words]

    written("demo", *words[1:], environment={"TMPDIR": str(elsewhere)})

    assert everything_in(written.home) == before
    assert set(everything_in(elsewhere)) <= {"kept.db"}


def test_the_demo_makes_nothing_in_an_empty_home(mentorlog: Program) -> None:
    mentorlog.ok("demo")

    assert everything_in(mentorlog.home) == {}


def test_the_demo_leaves_nothing_behind_when_nobody_reads_to_its_end(
    mentorlog: Program, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    with subprocess.Popen(
        [sys.executable, "-m", "mentorlog", "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=mentorlog.environment | {"TMPDIR": str(elsewhere), "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (0, b"")
    assert everything_in(elsewhere) == {}


def test_the_demo_leaves_nothing_behind_when_it_is_stopped(
    mentorlog: Program, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ours, theirs = os.pipe()
    fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, 4096)  # it fills up, so the demo cannot end by itself

    with subprocess.Popen(
        [sys.executable, "-m", "mentorlog", "demo"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=mentorlog.environment | {"TMPDIR": str(elsewhere), "PYTHONUNBUFFERED": "1"},
    ) as process:
        os.close(theirs)
        os.read(ours, 1)
        process.send_signal(signal.SIGINT)
        _out, said = process.communicate()
    os.close(ours)

    assert process.returncode == 130
    assert b"Traceback" not in said
    assert everything_in(elsewhere) == {}


@needs_strace
@pytest.mark.parametrize("step", [1, 2, 9])
def test_a_demo_that_is_stopped_inside_one_of_its_commands_does_not_go_on(
    mentorlog: Program, tmp_path: Path, step: int
) -> None:
    """Fails when cli/demo.py takes no notice of the exit code that Typer makes of Ctrl-C."""
    kept = tmp_path / "demo.db"
    commit = 1 + step  # the first makes the tables

    done = subprocess.run(
        [
            str(STRACE), "-f", "-qq", "-o", os.devnull, "-P", f"{kept}-journal",
            "-e", "trace=unlink", "-e", f"inject=unlink:signal=INT:when={commit}",
            sys.executable, "-m", "mentorlog", "demo", "--keep", str(kept),
        ],
        capture_output=True,
        text=True,
        env=mentorlog.environment,
        check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (130, "")
    with closing(sqlite3.connect(kept)) as journal:
        assert journal.execute("SELECT count(*) FROM writes").fetchone() == (step,)


def test_the_demo_is_the_same_whatever_the_users_settings_are(mentorlog: Program) -> None:
    settings = mentorlog.home / ".config" / "mentorlog" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('cadence = "1m"\nterm = "1y"\njournal = "/nowhere/journal.db"\n')
    at_home = {"XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    kept = [mentorlog.home / name for name in ("with.db", "without.db")]

    done = [
        mentorlog("demo", "--keep", str(kept[0]), environment=at_home).code,
        mentorlog.ok("demo", "--keep", str(kept[1])).code,
    ]
    terms = [
        [
            (pair["cadence"], pair["term_ends_on"])
            for pair in mentorlog(
                "pair", "list", "--json", environment={"MENTORLOG_DB": str(place)}
            ).json
        ]
        for place in kept
    ]

    assert done == [0, 0]
    assert terms[0] == terms[1]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_demo_that_is_kept_can_be_looked_at_with_every_command(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language
    place = mentorlog.home / "new folder" / "demo.db"

    kept = mentorlog.ok("demo", "--keep", str(place))
    as_mine = {"MENTORLOG_DB": str(place)}
    looks = [
        mentorlog(*words, environment=as_mine)
        for words in (["status"], ["prep", "p1"], ["log", "--all"], ["pair", "list"])
    ]
    history = mentorlog("history", "--json", environment=as_mine).json

    assert f"MENTORLOG_DB='{place}' mentorlog log" in kept.err
    assert [look.code for look in looks] == [0, 0, 0, 0]
    assert all(look.out for look in looks)
    assert len(history) == len(script(language))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert not mentorlog.journal.exists()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_demo_has_records_of_every_kind(mentorlog: Program, language: str) -> None:
    mentorlog.language = language

    kept = records_of_the_demo(mentorlog)

    assert kept.keys() == set(LETTERS.values())


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_demo_sets_measures_revises_and_achieves_goals(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    kept = records_of_the_demo(mentorlog)

    goals, readings = kept["goal"], kept["measurement"]
    moves = [move for each in goals for move in each["revisions"]]
    assert {(each["owner"], each["state"]) for each in goals} == {
        ("me", "active"),
        ("partner", "achieved"),
    }
    assert [move["did"] for move in moves if move["because"]] == ["revised"]
    assert [len(each["levels"]) for each in goals if each["levels"]] == [5]
    assert [each["level"] is None for each in readings].count(False) == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_demo_reflects_in_every_phase_and_closes_some_feedback(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    kept = records_of_the_demo(mentorlog)

    phases = {each["phase"] for each in kept["reflection"]}
    feedback = {(each["direction"], each["did_change"] is not None) for each in kept["feedback"]}
    latest, first = (each["ratings"] for each in kept["assessment"])
    assert phases == {"expectation", "immersion", "looking-back"}
    assert feedback == {("given", True), ("received", False)}
    assert {each["direction"] for each in kept["strength"]} == {"offered", "wanted"}
    assert latest.keys() == first.keys()
    assert latest != first


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_demo_begins_both_pairs_with_an_agreement_and_pauses_one(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    kept = records_of_the_demo(mentorlog)

    kickoffs = [each["pair"] for each in kept["meeting"] if each["is_kickoff"]]
    assert {(each["id"], each["state"]) for each in kept["pair"]} == {
        ("p1", "active"),
        ("p2", "active"),
    }
    assert sorted(kickoffs) == sorted(each["pair"] for each in kept["agreement"]) == ["p1", "p2"]
    assert sum(len(each["pauses"]) for each in kept["pair"]) == 1


@pytest.mark.parametrize("today", ["2026-11-22", "2027-02-28", "2027-08-31", "2028-02-29"])
def test_the_demo_ends_with_the_same_few_things_to_do_on_any_day(
    mentorlog: Program, today: str
) -> None:
    mentorlog.today = today
    place = mentorlog.home / "demo.db"

    mentorlog.ok("demo", "--keep", str(place))
    found = mentorlog("status", "--json", environment={"MENTORLOG_DB": str(place)}).json

    assert [each["code"] for each in found["findings"]] == [
        "meeting-overdue",
        "action-overdue",
        "advice-untold",
        "term-ending",
        "questions-waiting",
        "feedback-open",
    ]


def test_the_demo_writes_over_nothing(written: Program) -> None:
    before = everything_in(written.home)

    over_mine = written("demo", "--keep", str(written.journal))
    over_a_folder = written("demo", "--keep", str(written.home))

    for refused in (over_mine, over_a_folder):
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.startswith("mentorlog: ")
        assert "--keep" in refused.err
    assert everything_in(written.home) == before
