"""`backup` and `restore`: what they say, where they put it, and that nothing is lost on the way."""

from __future__ import annotations

import os
import re
import resource
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Program, Terminal

NAME = r"journal-2026-11-22-\d{6}(?:-\d+)?\.db"


def folder(program: Program) -> Path:
    return program.journal.with_name("journal.db.backups")


def kept(program: Program) -> list[str]:
    return sorted(each.name for each in folder(program).iterdir())


def partners(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as opened:
        return [row[0] for row in opened.execute("SELECT partner FROM pair ORDER BY number")]


def hashes(home: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in home.rglob("*") if each.is_file()}


# Backup ------------------------------------------------------------------------------------------


def test_a_backup_says_where_it_is_how_large_and_how_many_records(written: Program) -> None:
    made = written.ok("backup")

    (name,) = kept(written)
    size = (folder(written) / name).stat().st_size
    assert re.fullmatch(NAME, name)
    assert made.out == (
        f"Verified copy: {folder(written) / name} · {round(size / 1000)} KB · 10 records\n"
    )
    assert made.err == ""
    assert partners(folder(written) / name) == ["Aya Sato", "Ayako Mori"]


def test_a_backup_goes_where_it_is_asked_for(written: Program) -> None:
    (written.home / "stick").mkdir()

    first = written.ok("backup", str(written.home / "mine.db"), "--json").json
    second = written.ok("backup", str(written.home / "stick"), "--json").json

    assert first["path"] == str(written.home / "mine.db")
    assert re.fullmatch(f"{re.escape(str(written.home))}/stick/{NAME}", second["path"])
    assert not folder(written).exists()
    for made in (first, second):
        assert stat.S_IMODE(Path(made["path"]).stat().st_mode) == 0o600
        assert (made["records"], made["removed"]) == (10, [])


def test_as_many_are_kept_as_the_setting_says(written: Program) -> None:
    written.ok("config", "set", "backups", "3")

    made = [written.ok("backup", "--json").json for _time in range(5)]
    said = written.ok("backup").err

    newest = [Path(each["path"]).name for each in made[-2:]]
    assert len(kept(written)) == 3
    assert set(newest) <= set(kept(written))
    assert [len(each["removed"]) for each in made] == [0, 0, 0, 1, 1]
    assert said == "The oldest backup was removed; 3 are kept.\n"


def test_a_file_that_is_there_is_not_written_over_without_force(written: Program) -> None:
    place = written.home / "mine.db"
    place.write_text("mine")

    refused = written("backup", str(place))
    was = place.read_text()
    written.ok("backup", str(place), "--force")

    assert (refused.code, was) == (73, "mine")
    assert refused.err == f"mentorlog: {place} exists already. To write over it, add --force\n"
    assert partners(place) == ["Aya Sato", "Ayako Mori"]


@pytest.mark.parametrize("name", ["", "-journal", ".drafts", ".backups", ".backups/x.db"])
def test_the_journal_and_its_own_files_are_refused(written: Program, name: str) -> None:
    before = hashes(written.home)

    refused = written("backup", f"{written.journal}{name}", "--force")

    assert (refused.code, refused.out) == (73, "")
    assert hashes(written.home) == before


def test_a_folder_that_is_named_is_made(written: Program) -> None:
    made = written.ok("backup", f"{written.home}/new/", "--json").json

    place = Path(made["path"])
    assert (place.parent, stat.S_IMODE(place.parent.stat().st_mode)) == (
        written.home / "new",
        0o700,
    )
    assert re.fullmatch(NAME, place.name)


@pytest.mark.parametrize("name", ["none/x.db", "none/new/"])
def test_a_place_that_cannot_be_written_is_named_as_that(written: Program, name: str) -> None:
    refused = written("backup", f"{written.home}/{name}")

    assert (refused.code, refused.out) == (73, "")
    assert refused.err == (
        f"mentorlog: {written.home}/{name} cannot be written (No such file or directory)."
        " Choose another place.\n"
    )


@pytest.mark.parametrize("typed", ["-", "", " "])
def test_what_names_no_file_is_refused(written: Program, typed: str) -> None:
    before = hashes(written.home)

    refused = written("backup", typed)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "mentorlog: A backup is a file. Name one, or a folder to put it into; without a name it goes"
        " beside the journal: mentorlog backup\n"
    )
    assert hashes(written.home) == before


def test_a_pipe_is_not_replaced_by_a_file(written: Program) -> None:
    pipe = written.home / "pipe"
    os.mkfifo(pipe)

    refused = written("backup", str(pipe), "--force")

    assert (refused.code, pipe.is_fifo()) == (73, True)


def test_without_a_journal_there_is_nothing_to_copy(mentorlog: Program) -> None:
    refused = mentorlog("backup")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "mentorlog: There is no journal yet, so there is nothing to copy.\n"
    assert list(mentorlog.home.iterdir()) == []


# Restore -----------------------------------------------------------------------------------------


def test_a_backup_is_restored_by_its_name_and_the_way_back_is_named(written: Program) -> None:
    written.ok("backup")
    (name,) = kept(written)
    written.ok("pair", "start", "Dan", "--as", "mentor")

    done = written.ok("restore", name)
    restored = partners(written.journal)
    (back,) = re.findall(r"mentorlog (restore before-restore-\S+)\n", done.err)
    written.ok(*back.split())

    assert done.out == f"Restored from {folder(written) / name} · 10 records\n"
    assert restored == ["Aya Sato", "Ayako Mori"]
    assert partners(written.journal) == ["Aya Sato", "Ayako Mori", "Dan"]


def test_what_was_restored_from_and_what_was_kept_are_not_let_go_of(written: Program) -> None:
    written.ok("config", "set", "backups", "2")
    written.ok("backup")
    (oldest,) = kept(written)
    written.ok("backup")

    done = written.ok("restore", oldest, "--json").json

    assert kept(written) == sorted([oldest, done["kept"]])
    assert (done["records"], done["kept_whole"]) == (10, True)
    assert done["from"] == str(folder(written) / oldest)


def test_a_damaged_journal_is_kept_and_named(written: Program) -> None:
    written.ok("backup", str(written.home / "mine.db"))
    written.journal.write_bytes(written.journal.read_bytes()[:100] + b"no database" * 1000)
    damaged = written.journal.read_bytes()

    done = written.ok("restore", str(written.home / "mine.db"))

    (name,) = kept(written)
    assert done.err == (
        f"The journal was damaged. It is kept as it was: {folder(written) / name}\n"
    )
    assert (folder(written) / name).read_bytes() == damaged
    assert partners(written.journal) == ["Aya Sato", "Ayako Mori"]


def test_a_file_that_is_not_mentorlogs_is_not_replaced(written: Program) -> None:
    thesis = written.home / "thesis.txt"
    thesis.write_text("My thesis, all of it.\n" * 900)
    written.ok("backup", str(written.home / "mine.db"))
    before = hashes(written.home)

    refused = written(
        "restore", str(written.home / "mine.db"), environment={"MENTORLOG_DB": str(thesis)}
    )

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"mentorlog: {thesis} is not a mentorlog journal and was left untouched."
        " Set MENTORLOG_DB to another. If it was your journal: mentorlog doctor\n"
    )
    assert hashes(written.home) == before


def test_a_name_of_nothing_is_refused_with_the_newest_there_is(written: Program) -> None:
    none = written("restore", "x.db")
    written.ok("backup")
    (name,) = kept(written)
    one = written("restore", "x.db")

    assert (none.code, one.code) == (1, 1)
    assert none.err == (
        "mentorlog: There is no file “x.db”, and there are no automatic backups to go back to.\n"
    )
    assert one.err == (
        f"mentorlog: There is no file “x.db”. The newest automatic backup: mentorlog restore {name}\n"
    )


@pytest.mark.parametrize("typed", ["", "nosuch.db"])
def test_no_name_is_no_folder(written: Program, typed: str) -> None:
    """Fails when a blank is taken for the folder one is in."""
    refused = written("restore", typed)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(f"mentorlog: There is no file “{typed}”")


def test_a_backup_with_a_trigger_is_refused_and_a_journal_with_one_not_written_to(
    written: Program,
) -> None:
    place = written.home / "crafted.db"
    written.ok("backup", str(place))
    with closing(sqlite3.connect(place)) as opened:
        opened.executescript(
            "CREATE TABLE ran (x);"
            "CREATE TRIGGER t AFTER INSERT ON question BEGIN INSERT INTO ran VALUES (1); END"
        )
    before = hashes(written.home)

    refused = written("restore", str(place))
    asked = written("ask", "ken", "Why?", environment={"MENTORLOG_DB": str(place)})

    assert (refused.code, asked.code) == (65, 1)
    assert "They were not run, and nothing was changed." in refused.err
    assert "holds commands (triggers) that are not mentorlog's. Nothing was written." in asked.err
    # What was typed is kept beside it; the files that were there are as they were.
    assert {name: hashes(written.home)[name] for name in before} == before


# A disk that is full -----------------------------------------------------------------------------


def limited(program: Program, size: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that cannot make a file longer than `size`, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-B", "-m", "mentorlog", *words],
        capture_output=True,
        text=True,
        env=program.environment,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        check=False,
    )


@pytest.mark.parametrize(
    "words", [["backup"], ["backup", "mine.db"], ["restore", "{}"], ["forget", "p1", "--yes"]],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("size", [8_192, 200_000])
def test_a_full_disk_costs_nothing_of_what_there_is(
    written: Program, tmp_path: Path, words: list[str], size: int
) -> None:
    large = tmp_path / "large.db"
    note = os.urandom(300_000).hex()
    written.ok("backup", str(tmp_path / "small.db"))
    written.ok("meet", "p2", "--notes", "-", stdin=note)
    written.ok("backup", str(large))
    before = hashes(written.home)

    refused = limited(written, size, *(word.format(large) for word in words))

    assert refused.returncode in {73, 74}, refused
    assert refused.stdout == ""
    assert refused.stderr.splitlines()[-1].startswith("mentorlog: ")
    if words[0] != "forget":
        assert hashes(written.home) == before
    assert written.ok("show", "m2", "--json").json["notes"] == note
    with closing(sqlite3.connect(written.journal)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# Long work ---------------------------------------------------------------------------------------


def test_a_copy_is_a_line_at_a_terminal_too(written: Program, terminal: Terminal) -> None:
    screen = terminal("backup", columns=140)

    assert (screen.code, screen.text.count("\n")) == (0, 1)
    assert screen.text.startswith("Verified copy: ")
