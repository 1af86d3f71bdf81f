"""`doctor`: what it says of a journal and of what is around it, what to type next, and its exit codes."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mentorlog.storage.file import SCHEMA_VERSION
from tests.conftest import Program, Terminal
from tests.goldens import width

CODES = [
    "versions", "settings", "journal", "integrity", "schema", "records", "references", "index", "log",
    "side-files", "permissions", "half-written", "conflicted", "network", "cloud", "room", "backup",
]  # fmt: skip


@pytest.fixture
def well(written: Program) -> Program:
    """A journal with nothing wrong about it, and a backup."""
    written.journal.parent.chmod(0o700)
    written.ok("backup")
    return written


def checks(program: Program, **environment: str) -> dict[str, dict[str, Any]]:
    found = program("doctor", "--json", environment=environment).json
    return {each["code"]: each for each in found["checks"]}


def state_of(home: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in home.rglob("*") if each.is_file()}


def test_where_all_is_well_every_check_says_so(well: Program) -> None:
    before = state_of(well.home)

    said = well("doctor")
    found = well.ok("doctor", "--json").json

    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("\nAll is well.\n")
    assert [line[:2] for line in said.out.splitlines()[:-2]] == ["✓ "] * len(CODES)
    assert f"✓ The journal is there: {well.journal}\n" in said.out
    assert [each["code"] for each in found["checks"]] == CODES
    assert {each["state"] for each in found["checks"]} == {found["state"]} == {"ok"}
    assert state_of(well.home) == before


def test_the_versions_are_always_said(well: Program, mentorlog: Program) -> None:
    found = checks(well)["versions"]["values"]
    mentorlog.journal.unlink()

    without = checks(mentorlog)["versions"]["values"]

    assert found["schema"] == SCHEMA_VERSION
    assert found["sqlite"] == sqlite3.sqlite_version
    assert without == found | {"schema": None}


def test_a_problem_is_exit_1_and_a_warning_is_not(well: Program) -> None:
    well.journal.with_name("journal (conflicted copy).db").touch()
    warned = well("doctor")
    well.journal.chmod(0o644)
    refused = well("doctor")

    assert (warned.code, warned.out.splitlines()[-1]) == (0, "1 warning")
    assert (refused.code, refused.out.splitlines()[-1]) == (1, "1 problem, 1 warning")
    assert f"✗ Others may read: {well.journal}. To make them yours alone:\n" in refused.out
    assert f"\n    chmod go-rwx {well.journal}\n" in refused.out


# The journal -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found", "code"),
    [
        (None, "missing", 0),
        (b"", "empty", 0),
        (b"My thesis, all of it.\n" * 900, "foreign", 1),
        (bytes(9000), "foreign", 1),
        (os.urandom(9000), "foreign", 1),
        (b"SQLite format 3\x00" + b"\x10\x00\x01\x01\x00\x40\x20\x20" + bytes(5000), "foreign", 1),
        ("folder", "not-a-file", 1),
        ("pipe", "not-a-file", 1),
    ],
    ids=["none", "empty", "text", "zeros", "noise", "other database", "folder", "pipe"],
)
def test_what_is_there_instead_of_a_journal_is_one_clear_line(
    mentorlog: Program, content: bytes | str | None, found: str, code: int
) -> None:
    place = mentorlog.home / "it"
    match content:
        case bytes():
            place.write_bytes(content)
            place.chmod(0o600)
        case "folder":
            place.mkdir()
        case "pipe":
            os.mkfifo(place)
    chosen = {"MENTORLOG_DB": str(place)}
    before = state_of(mentorlog.home)

    said = mentorlog("doctor", environment=chosen)
    saved = mentorlog("doctor", "--salvage", f"{mentorlog.home}/new.db", environment=chosen)

    assert (said.code, said.err, checks(mentorlog, **chosen)["journal"]["found"]) == (
        code,
        "",
        found,
    )
    assert said.out.splitlines()[2].startswith("! " if code == 0 else "✗ ")
    assert (saved.code, saved.out) == (1, "")
    assert [line[:11] for line in saved.err.splitlines()][-1:] == ["mentorlog: "]
    assert "Traceback" not in said.err + saved.err
    assert state_of(mentorlog.home) == before


def test_a_journal_that_is_gone_is_a_problem_where_there_are_backups(well: Program) -> None:
    (backup,) = well.journal.with_name("journal.db.backups").iterdir()
    well.journal.unlink()

    found = checks(well)["journal"]

    assert (found["state"], found["found"]) == ("problem", "missing-with-backups")
    assert found["do"] == f"mentorlog restore {backup.name}"


def test_a_journal_with_two_names_is_told_and_looked_into_all_the_same(well: Program) -> None:
    os.link(well.journal, well.home / "second.db")

    found = checks(well)

    assert (found["journal"]["found"], found["log"]["state"]) == ("hard-linked", "ok")


@pytest.mark.parametrize(
    ("words", "left"), [(["MENTORLOG_CADENCE", "soon"], "wrong"), (["file", "="], "unreadable")]
)
def test_a_wrong_setting_is_told_and_hinders_no_check(
    well: Program, words: list[str], left: str
) -> None:
    name, value = words
    if name == "file":
        place = well.home / "config" / "mentorlog" / "config.toml"
        place.parent.mkdir(parents=True)
        place.write_text(value)

    # Where no variable says it, the language to speak stands in the file that cannot be read.
    found = checks(well, **({"MENTORLOG_LANG": ""} if name == "file" else {name: value}))

    assert (found["settings"]["state"], found["settings"]["found"]) == ("problem", left)
    assert [each["state"] for code, each in found.items() if code != "settings"] == ["ok"] * 16


def test_where_the_setting_of_the_journal_will_not_do_it_says_which_is_looked_at(
    well: Program,
) -> None:
    said = well("doctor", environment={"MENTORLOG_DB": "~nobody-of-that-name/j.db"})

    assert said.code == 1
    assert "What follows is about the journal in its usual place." in said.out
    assert f"✓ The journal is there: {well.journal}\n" in said.out


def test_of_a_journal_that_is_not_there_nothing_is_said_to_be_in_order(mentorlog: Program) -> None:
    mentorlog.journal.parent.mkdir(parents=True, mode=0o700)
    without = checks(mentorlog)
    mentorlog.journal.with_name("journal (conflicted copy).db").touch()

    with_a_copy = checks(mentorlog)

    assert list(without) == ["versions", "settings", "journal", "half-written", "room", "backup"]
    assert with_a_copy.keys() - without.keys() == {"conflicted"}


def test_an_empty_journal_leads_to_its_newest_backup(well: Program) -> None:
    (backup,) = well.journal.with_name("journal.db.backups").iterdir()
    well.journal.write_bytes(b"")
    with_one = well("log")
    well.ok("restore", backup.name)
    again = well.ok("log", "--json")
    well.journal.write_bytes(b"")
    shutil.rmtree(backup.parent)

    without = well("log")

    assert with_one.err.startswith(
        f"The journal {well.journal} is empty. To go back to its newest backup:"
        f" mentorlog restore {backup.name}\n"
    )
    assert again.json
    assert without.err.startswith(
        f"The journal {well.journal} is empty. If you have written in it before: mentorlog doctor\n"
    )


def test_what_was_no_journal_but_has_its_backups_beside_it_leads_to_them(well: Program) -> None:
    (backup,) = well.journal.with_name("journal.db.backups").iterdir()
    well.journal.write_bytes(bytes(9000))

    found = checks(well)["journal"]
    told = well("log")

    assert found["found"] == "foreign-with-backups"
    assert found["do"] == f"mentorlog restore {backup.name}"
    assert told.err.endswith(" If it was your journal: mentorlog doctor\n")
    well.ok(*found["do"].split()[1:])


# Around it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "journal (conflicted copy 2026-11-22 101010).db", "journal (Aya's conflicted copy 2026-11-22).db",
    "journal.sync-conflict-20261122-101010-ABCDEFG.db", "journal_conflict-20261122-101010.db",
    "journal 2.db", "journal (1).db", f"journal-{os.uname().nodename.partition('.')[0]}.db",
    "journal (Aya の競合コピー 2026-11-22).db",
])  # fmt: skip
def test_a_second_copy_that_a_cloud_program_has_made_is_named(well: Program, name: str) -> None:
    well.journal.with_name(name).touch(0o600)

    found = checks(well)["conflicted"]

    assert (found["state"], found["values"]["paths"]) == (
        "warning",
        [str(well.journal.with_name(name))],
    )


@pytest.mark.parametrize(
    "name", ["journal.db.old", "journal-2026.db", "my journal.db", "journal2.db"]
)
def test_a_copy_that_somebody_has_made_is_not(well: Program, name: str) -> None:
    well.journal.with_name(name).touch(0o600)

    assert checks(well)["conflicted"]["state"] == "ok"


@pytest.mark.parametrize(
    ("folder", "inside", "program"),
    [
        ("Dropbox/me", None, "Dropbox"),
        ("Dropbox (Private)", None, "Dropbox"),
        ("OneDrive - Firm/me", None, "OneDrive"),
        ("Google Drive", None, "Google Drive"),
        ("Library/Mobile Documents/x", None, "iCloud"),
        ("Nextcloud", None, "Nextcloud"),
        ("kept/me", "kept/.stfolder", "Syncthing"),
        ("kept", None, None),
    ],
)
def test_a_folder_that_a_cloud_program_keeps_is_named(
    well: Program, folder: str, inside: str | None, program: str | None
) -> None:
    place = well.home / folder / "journal.db"
    place.parent.mkdir(parents=True)
    shutil.copy(well.journal, place)
    if inside is not None:
        (well.home / inside).mkdir()

    found = checks(well, MENTORLOG_DB=str(place))["cloud"]

    assert found["values"].get("program") == program
    assert found["state"] == ("ok" if program is None else "warning")


def test_a_file_left_half_written_is_named_with_how_to_remove_it(well: Program) -> None:
    left = well.journal.with_name(".mentorlog-0123456789abcdef.new")
    left.touch(0o600)

    found = checks(well)["half-written"]

    assert (found["state"], found["do"]) == ("warning", f"rm {left}")


@pytest.mark.parametrize("name", ["journal.db.backups", "journal.db.drafts", "fault-1.txt", "."])
def test_whatever_of_ours_others_may_read_is_named(well: Program, name: str) -> None:
    place = well.journal.parent / name
    if not place.exists():
        place.mkdir() if name.endswith("drafts") else place.touch()
    place.chmod(0o755)

    found = checks(well)["permissions"]

    state = "warning" if place.is_dir() else "problem"
    assert (found["state"], found["values"]["paths"]) == (state, [str(place)])


def test_the_folder_is_not_ours_to_judge_where_the_journal_was_put_elsewhere(well: Program) -> None:
    elsewhere = well.home / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    shutil.copy(well.journal, elsewhere / "journal.db")

    found = checks(well, MENTORLOG_DB=str(elsewhere / "journal.db"))["permissions"]

    assert found["state"] == "ok"


@pytest.mark.parametrize(("days", "state"), [(29, "ok"), (32, "warning")])
def test_a_backup_is_old_after_a_month_if_more_was_written_since(
    well: Program, days: int, state: str
) -> None:
    (backup,) = well.journal.with_name("journal.db.backups").iterdir()
    made = well.journal.stat().st_mtime
    os.utime(backup, (made - 60, made - 60))
    when = {"MENTORLOG_TODAY": _days_after(made, days)}

    assert checks(well, **when)["backup"]["state"] == state

    os.utime(backup, (made + 60, made + 60))
    assert checks(well, **when)["backup"]["state"] == "ok"


def _days_after(made: float, days: int) -> str:
    from datetime import datetime, timedelta

    return (datetime.fromtimestamp(made) + timedelta(days=days)).date().isoformat()  # noqa: DTZ006


def test_a_cut_off_command_is_told_and_nothing_is_cleaned_up(well: Program) -> None:
    well.journal.with_name("journal.db-journal").write_bytes(b"x" * 600)
    well.journal.with_name("journal.db-journal").chmod(0o600)
    before = state_of(well.home)

    found = checks(well)

    assert (found["side-files"]["found"], found["side-files"]["do"]) == (
        "cut-off",
        "mentorlog status",
    )
    assert found["log"]["state"] == "ok"
    assert state_of(well.home) == before


def test_damage_is_said_once_and_counted_once(well: Program) -> None:
    data = bytearray(well.journal.read_bytes())
    with closing(sqlite3.connect(well.journal)) as opened:
        (root,) = opened.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'question'"
        ).fetchone()
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    well.journal.write_bytes(data)

    said = well("doctor")

    assert said.code == 1
    assert [line for line in said.out.splitlines() if line[:1] in {"✗", "!"}] == [
        "✗ SQLite cannot read all of the file. To save what can be read:",
        "! The search index and the history were not looked at, since there is a problem above.",
    ]
    assert said.out.endswith("\n1 problem, 1 warning\n")


# Salvage -----------------------------------------------------------------------------------------


def test_what_is_saved_is_counted_and_can_be_restored(well: Program) -> None:
    data = bytearray(well.journal.read_bytes())
    with closing(sqlite3.connect(well.journal)) as opened:
        (root,) = opened.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'question'"
        ).fetchone()
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    well.journal.write_bytes(data)
    new = well.home / "new.db"

    said = well.ok("doctor", "--salvage", str(new))
    again = well("doctor", "--salvage", str(new))
    found = well.ok("doctor", "--salvage", str(new), "--force", "--json").json
    before = well.journal.read_bytes()
    well.ok("restore", str(new))

    assert said.out.splitlines() == [
        f"Saved: {new}",
        "2 pairs, 1 meeting, 4 actions, 1 insight",
        "Known to be lost: q1, q2",
        "The history begins anew: what was done before cannot be undone.",
    ]
    assert said.err == f"To put it in the place of the journal:\n    mentorlog restore {new}\n"
    assert (again.code, again.err.count("--force")) == (73, 1)
    assert (found["lost"], found["complete"]) == (["q1", "q2"], False)
    assert found["do"] == f"mentorlog restore {new}"
    assert before == bytes(data)
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert [each["command"] for each in well.ok("history", "--json").json] == ["salvage"]
    assert well.ok("search", "mornings", "--json").json[0]["id"] == "i1"


def _without_a_first_page(data: bytes) -> bytes:
    return bytes(4096) + data[4096:]


def _with_the_mark_of_another(data: bytes) -> bytes:
    return data[:68] + b"\x00\x00\x00\x01" + data[72:]


@pytest.mark.parametrize("torn", [_without_a_first_page, _with_the_mark_of_another])
def test_what_is_saved_of_a_journal_with_its_beginning_lost_can_be_restored(
    written: Program, torn: Callable[[bytes], bytes]
) -> None:
    """Fails when `restore` goes by the mark of the file alone."""
    before = written.ok("log", "--json").json
    data = torn(written.journal.read_bytes())
    written.journal.write_bytes(data)
    new = written.home / "saved journal.db"

    found = checks(written)["journal"]
    said = written.ok("doctor", "--salvage", str(new))
    written.ok(*shlex.split(said.err.splitlines()[1])[1:])

    assert found["found"] == "damaged"
    assert "Nothing is known to be lost.\n" in said.out
    assert written.ok("log", "--json").json == before
    (kept,) = written.journal.with_name("journal.db.backups").glob("damaged-*")
    assert kept.read_bytes() == data


def test_of_a_journal_that_is_not_there_nothing_is_saved(mentorlog: Program) -> None:
    refused = mentorlog("doctor", "--salvage", f"{mentorlog.home}/new.db")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"mentorlog: There is no journal at {mentorlog.journal}. Nothing was written.\n"
    )


def test_force_without_salvage_is_refused(well: Program) -> None:
    refused = well("doctor", "--force")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "mentorlog: --force goes with --salvage.\n"


@pytest.mark.parametrize("name", ["journal.db", "journal.db-journal", "journal.db.backups/x.db"])
def test_the_journal_is_never_what_is_written(well: Program, name: str) -> None:
    before = state_of(well.home)

    refused = well("doctor", "--salvage", f"{well.journal.parent}/{name}", "--force")

    assert (refused.code, refused.out) == (73, "")
    assert state_of(well.home) == before


def test_a_pipe_is_not_replaced_by_what_is_saved(well: Program, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    refused = well("doctor", "--salvage", str(pipe), "--force")

    assert (refused.code, refused.out) == (73, "")
    assert pipe.is_fifo()


def test_what_another_database_has_left_beside_the_place_never_comes_into_what_is_saved(
    well: Program, tmp_path: Path
) -> None:
    """Fails when what is saved gets its name without a look at what SQLite has left beside that."""
    new = tmp_path / "new.db"
    left = new.with_name("new.db-journal")
    left.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))

    refused = well("doctor", "--salvage", str(new))
    saved = well("doctor", "--salvage", str(new), "--force")

    assert (refused.code, saved.code) == (73, 0)
    assert not left.exists()


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not here")
@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_a_folder_that_may_not_be_looked_into_is_told_and_no_fault(
    well: Program, mode: int
) -> None:
    """Fails when a check of what is around the journal takes each folder for one that can be read."""
    folder = well.journal.parent
    folder.chmod(mode)
    less = "-dac_override,-dac_read_search"
    try:
        done = subprocess.run(
            [
                "setpriv", f"--bounding-set={less}", f"--inh-caps={less}", "--",
                sys.executable, "-m", "mentorlog", "doctor",
            ],
            capture_output=True, text=True, env=well.environment, check=False,
        )  # fmt: skip
    finally:
        folder.chmod(0o700)

    assert (done.returncode, done.stderr) == (1, "")
    assert f"✗ The journal {well.journal} cannot be read" in done.stdout


@pytest.mark.parametrize("typed", ["", "-", " "])
def test_what_names_no_file_is_refused(well: Program, typed: str) -> None:
    refused = well("doctor", "--salvage", typed)

    assert (refused.code, refused.out) == (2, "")
    assert "mentorlog doctor --salvage NEW.db" in refused.err


# How it looks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [60, 140])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_its_lines_fit_the_terminal_but_for_what_is_to_be_typed(
    well: Program, terminal: Terminal, language: str, columns: int
) -> None:
    well.language = language
    well.journal.with_name("journal (conflicted copy).db").touch()
    well.journal.chmod(0o644)

    screen = terminal("doctor", columns=columns, NO_COLOR="1", MENTORLOG_LANG=language)

    wide = [line for line in screen.text.splitlines() if width(line) > columns]
    assert screen.code == 1
    assert [line for line in wide if not line.startswith("    ")] == []
    assert all(line[:1] in {"✓", "!", "✗", " "} for line in screen.text.splitlines()[:-2])


def test_a_name_that_would_steer_the_terminal_is_shown_and_does_not(well: Program) -> None:
    well.journal.with_name("journal (conflict \x1b[2J).db").touch()

    said = well("doctor")

    assert "\x1b" not in said.out
    assert "\\x1b[2J" in said.out
