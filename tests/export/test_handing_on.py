"""Where an export goes: a folder put in its place as a whole, and the note of it in the journal."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mentorlog import i18n
from mentorlog.cli.app import run
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.errors import OutputFailed
from mentorlog.storage import exports, file
from mentorlog.storage.exports import Export
from mentorlog.storage.journal import Journal

if TYPE_CHECKING:
    from tests.conftest import Program

DAY = date(2026, 11, 22)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a journal in it, of one pair with two meetings in October and one in November."""
    monkeypatch.setenv("MENTORLOG_DB", str(tmp_path / "journal.db"))
    monkeypatch.setenv("MENTORLOG_TODAY", DAY.isoformat())
    monkeypatch.chdir(tmp_path)
    journal = Journal(tmp_path / "journal.db", lambda: datetime(2026, 11, 1, tzinfo=UTC))
    with journal.transaction("test") as writing:
        writing.add(Pair(partner="Maya 森下", my_role="mentee", started_on=date(2026, 10, 1)))
        for day in (date(2026, 10, 5), date(2026, 10, 19), date(2026, 11, 2)):
            writing.add(Meeting(pair="p1", held_on=day, summary="zqsummary", visibility="shared"))
    journal.close()
    yield tmp_path
    i18n.choose("en")


def failure(*typed: str) -> OutputFailed:
    with pytest.raises(OutputFailed) as caught:
        run(["export", "maya", *typed])
    return caught.value


def files_in(folder: Path) -> list[str]:
    return sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    )


def noted(home: Path) -> list[Export]:
    with closing(Journal(home / "journal.db")) as journal:
        return exports.noted(journal, "p1")


# --- a folder ------------------------------------------------------------------------------------

MEETINGS = ["index.md", *(f"meetings/2026-{day}.md" for day in ("10-05", "10-19", "11-02"))]


@pytest.mark.parametrize("typed", ["new/", "there"])
def test_a_path_with_a_slash_at_its_end_and_an_empty_folder_are_folders(
    home: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "there").mkdir()

    run(["export", "maya", "-o", typed])

    place = home / typed
    assert files_in(place) == MEETINGS
    assert capsys.readouterr().err == f"Written: {place} · 4 records · 0 held back\n"


def test_only_its_owner_can_read_a_folder_and_nothing_is_left_beside_it(home: Path) -> None:
    before = os.umask(0)
    try:
        run(["export", "maya", "-o", "new/"])
        run(["export", "--format", "csv", "-o", "csv"])
    finally:
        os.umask(before)

    for folder in (home / "new", home / "csv"):
        modes = {each.stat().st_mode & 0o777 for each in folder.rglob("*") if each.is_file()}
        assert modes == {0o600}
        assert {each.stat().st_mode & 0o777 for each in (folder, *folder.glob("*/"))} == {0o700}
    assert sorted(each.name for each in home.iterdir()) == ["csv", "journal.db", "new"]


def test_with_force_no_file_of_the_export_before_stays(home: Path) -> None:
    run(["export", "maya", "-o", "new/", "--for", "partner"])

    refused = failure("-o", "new")
    run(["export", "maya", "-o", "new", "--force", "--since", "2026-11-01"])
    markdown = files_in(home / "new")
    run(["export", "maya", "--format", "csv", "-o", "new", "--force"])

    assert (refused.detail, refused.exit_code) == ("exists", 73)
    assert markdown == ["index.md", "meetings/2026-11-02.md"]
    assert files_in(home / "new") == ["meeting.csv", "pair.csv"]
    assert sorted(each.name for each in home.iterdir()) == ["journal.db", "new"]


@pytest.mark.parametrize(
    "name", ["notes.txt", "pair.csv", "meetings/mine.md", "meetings/2026-11-03.md"]
)
def test_a_folder_with_something_else_in_it_is_never_replaced(home: Path, name: str) -> None:
    run(["export", "maya", "-o", "new/"])
    (home / "new" / name).write_bytes(b"mine\rand\nmore\x00")

    refused = failure("-o", "new", "--force")

    assert refused.exit_code == 73
    assert name in refused.detail
    assert (home / "new" / name).read_bytes() == b"mine\rand\nmore\x00"
    assert files_in(home / "new") == sorted([*MEETINGS, name])
    assert sorted(each.name for each in home.iterdir()) == ["journal.db", "new"]


def test_a_link_in_a_folder_is_something_else(home: Path) -> None:
    run(["export", "maya", "-o", "new/"])
    (home / "other.md").write_text((home / "new" / "index.md").read_text(encoding="utf-8"))
    (home / "new" / "index.md").unlink()
    (home / "new" / "index.md").symlink_to(home / "other.md")

    assert failure("-o", "new", "--force").exit_code == 73
    assert (home / "other.md").exists()


@pytest.mark.parametrize("words", [[], ["--force"]], ids=["new", "force"])
def test_what_comes_into_the_folder_while_the_export_is_written_is_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    (home / "new").mkdir()
    fsync = os.fsync

    def and_somebody_writes(descriptor: int) -> None:
        (home / "new" / "mine.txt").write_text("mine")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", and_somebody_writes)

    refused = failure("-o", "new", *words)

    assert refused.detail == "mine.txt in it is not part of an export"
    assert files_in(home / "new") == ["mine.txt"]
    assert sorted(each.name for each in home.iterdir()) == ["journal.db", "new"]


def test_what_comes_into_the_folder_while_files_are_put_there_is_kept_beside_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["export", "maya", "-o", "new/"])
    rename = Path.rename

    def and_somebody_writes(source: Path, target: Path) -> Path:
        (home / "new" / "mine.txt").write_text("mine")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", and_somebody_writes)

    run(["export", "maya", "-o", "new", "--force", "--since", "2026-11-01"])

    assert files_in(home / "new") == ["index.md", "meetings/2026-11-02.md", "mine.txt"]


def test_a_file_a_disk_and_a_folder_that_holds_others_are_no_place_for_a_folder(home: Path) -> None:
    (home / "file").write_text("mine")

    refused = {
        place: failure("-o", place, "--force")
        for place in (".", "/", "file/", "file/x/", "no/new/")
    }

    assert {each.exit_code for each in refused.values()} == {73}
    assert refused["."].detail == "file in it is not part of an export"
    assert refused["/"].detail.endswith(" in it is not part of an export")
    assert refused["file/"].detail == "it is a file, not a folder"
    assert (home / "file").read_text() == "mine"
    assert sorted(each.name for each in home.iterdir()) == ["file", "journal.db"]


def test_a_folder_that_is_there_stays_itself_with_its_rights_also_where_one_is_in_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "inner").mkdir()
    (home / "inner").chmod(0o750)
    before = (home / "inner").stat()
    monkeypatch.chdir(home / "inner")

    run(["export", "maya", "-o", "."])
    run(["export", "maya", "-o", ".", "--force", "--since", "2026-11-01"])

    after = (home / "inner").stat()
    assert (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode)
    assert files_in(home / "inner") == ["index.md", "meetings/2026-11-02.md"]
    assert files_in(Path.cwd()) == files_in(home / "inner")


def test_a_folder_where_a_disk_is_mounted_takes_one_export_after_another(
    mentorlog: Program,
) -> None:
    """Fails where the folder itself is renamed or replaced."""
    mentorlog.ok("meet", "Maya", "--as", "mentee", "--summary", "zq")
    volume = mentorlog.home / "volume"
    volume.mkdir()
    in_a_world_of_its_own = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$1" && shift && exec "$@"', "sh", str(volume)]  # fmt: skip
    try:
        subprocess.run([*in_a_world_of_its_own, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    program = [sys.executable, "-m", "mentorlog", "export", "maya", "-o", str(volume)]
    twice = ["sh", "-c", '"$@" && "$@" --force && ls -A "$VOLUME"', "sh", *program]

    done = subprocess.run(
        [*in_a_world_of_its_own, *twice], check=False,
        capture_output=True, text=True, env=mentorlog.environment | {"VOLUME": str(volume)},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (0, "index.md\nmeetings\n"), done.stderr
    assert done.stderr.count("Written: ") == 2


def test_an_empty_folder_whose_own_folder_cannot_be_written_will_do(home: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("to the owner of everything nothing is read-only")
    (home / "outer" / "inner").mkdir(parents=True)
    (home / "outer").chmod(0o500)
    try:
        run(["export", "maya", "-o", "outer/inner"])
    finally:
        (home / "outer").chmod(0o700)

    assert files_in(home / "outer" / "inner") == MEETINGS


def test_a_disk_that_refuses_leaves_the_old_folder_and_nothing_beside_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["export", "maya", "-o", "new/"])

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    refused = failure("-o", "new", "--force", "--since", "2026-11-01")

    assert (refused.exit_code, refused.detail) == (74, "No space left on device")
    assert "2026-10-05" in (home / "new" / "index.md").read_text(encoding="utf-8")
    assert files_in(home / "new") == MEETINGS
    assert sorted(each.name for each in home.iterdir()) == ["journal.db", "new"]


def test_a_link_to_a_folder_is_followed_and_stays_a_link(home: Path) -> None:
    (home / "real").mkdir()
    (home / "link").symlink_to("real")

    run(["export", "maya", "-o", "link"])

    assert (home / "link").is_symlink()
    assert files_in(home / "real") == MEETINGS


# --- the note ------------------------------------------------------------------------------------


def test_what_goes_to_others_is_noted_with_its_place(home: Path) -> None:
    for words in (
        ["--for", "partner", "-o", "maya.md"],
        ["--for", "partner", "-o", "new/"],
        ["--for", "programme", "--format", "csv", "-o", "csv"],
        ["--for", "programme", "--json"],
    ):
        assert run(["export", "maya", *words]) == 0

    found = noted(home)

    assert [each[1:] for each in found] == [
        ("partner", "markdown", 4, str(home / "maya.md")),
        ("partner", "markdown", 4, str(home / "new")),
        ("programme", "csv", 4, str(home / "csv")),
        ("programme", "json", 4, None),
    ]
    assert {each.at.astimezone().date() for each in found} == {DAY}


def test_a_place_whose_name_is_no_text_is_noted_as_well_as_it_can_be(home: Path) -> None:
    place = os.fsdecode(b"\xff.md")

    assert run(["export", "maya", "--for", "partner", "-o", place]) == 0

    assert (home / place).exists()
    assert [each.place for each in noted(home)] == [f"{home}/\ufffd.md"]


def test_what_stays_with_me_is_not_noted_and_no_preview_is(home: Path) -> None:
    for words in (
        ["maya", "-o", "mine.md"],
        ["--json"],
        ["--format", "csv", "-o", "csv"],
        ["maya", "--for", "partner", "--preview"],
        ["maya", "--for", "programme", "--json", "--preview"],
    ):
        assert run(["export", *words]) == 0

    assert noted(home) == []


def test_what_was_refused_is_not_noted(home: Path) -> None:
    (home / "maya.md").write_text("mine")
    (home / "full").mkdir()
    (home / "full" / "notes.txt").write_text("mine")

    for place in ("maya.md", "full", "missing/maya.md"):
        failure("--for", "partner", "-o", place)

    assert noted(home) == []


def test_a_note_is_no_command_of_the_history(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["export", "maya", "--for", "partner", "-o", "maya.md"])
    capsys.readouterr()

    run(["history", "--json"])

    assert [each["command"] for each in json.loads(capsys.readouterr().out)] == ["test"]
    assert len(noted(home)) == 1


def test_a_journal_that_is_busy_is_exported_all_the_same_and_it_is_said_that_it_notes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(home / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert run(["export", "maya", "--for", "partner", "-o", "maya.md"]) == 0
        into_file = capsys.readouterr().err
        assert run(["export", "maya", "--for", "partner"]) == 0
        shown, told = capsys.readouterr()

    assert "zqsummary" in (home / "maya.md").read_text(encoding="utf-8")
    assert "zqsummary" in shown
    assert into_file.startswith("This export is not noted in the journal.")
    assert f"Written: {home / 'maya.md'}" in into_file
    assert told.startswith("This export is not noted in the journal.")
    assert noted(home) == []


def test_a_journal_that_cannot_be_written_is_exported_all_the_same(home: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("to the owner of everything nothing is read-only")
    (home / "out").mkdir()
    (home / "journal.db").chmod(0o400)
    home.chmod(0o500)
    try:
        assert run(["export", "maya", "--for", "partner", "-o", "out/maya.md"]) == 0
    finally:
        home.chmod(0o700)

    assert "zqsummary" in (home / "out" / "maya.md").read_text(encoding="utf-8")


# --- standard output -----------------------------------------------------------------------------


def test_json_reads_back_the_same_from_a_terminal_that_knows_only_ascii(home: Path) -> None:
    command = [sys.executable, "-m", "mentorlog", "export", "--json"]
    done = [
        subprocess.run(
            command, check=True, capture_output=True, env=os.environ | {"PYTHONIOENCODING": each}
        ).stdout
        for each in ("ascii", "utf-8")
    ]

    assert done[0].isascii()
    assert json.loads(done[0]) == json.loads(done[1])
    assert "森下" in done[1].decode()


def in_shell(mentorlog: Program, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in the home of the program, which is `$m` in it."""
    return subprocess.run(
        ["sh", "-c", line],
        cwd=mentorlog.home,
        env=mentorlog.environment | {"m": f"{sys.executable} -m mentorlog"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["export", "export --json", "calendar"])
@pytest.mark.parametrize(
    "where",
    ["| cat", "> kept; cat kept", "| cat >/dev/null; cat fifo & $m {} -o fifo --force; wait"],
)
def test_what_standard_output_is_called_and_a_pipe_are_written_to_straight(
    mentorlog: Program, command: str, where: str
) -> None:
    mentorlog.ok("meet", "Maya", "--as", "mentee", "--next", "+2w")
    os.mkfifo(mentorlog.home / "fifo")

    done = in_shell(mentorlog, f"$m {command} -o /dev/stdout {where.format(command)}")

    def steady(text: str) -> list[str]:
        of_the_moment = ("DTSTAMP", "SEQUENCE")
        return [line for line in text.splitlines() if not line.startswith(of_the_moment)]

    assert steady(done.stdout) == steady(mentorlog.ok(*command.split()).out)
    assert "mentorlog: " not in done.stderr
    assert (mentorlog.home / "fifo").is_fifo()
    assert {each.name for each in mentorlog.home.iterdir()} <= {"data", "fifo", "kept"}


@pytest.mark.parametrize("force", ["", " --force"])
def test_a_device_is_written_to_and_tells_what_it_cannot_take(
    mentorlog: Program, force: str
) -> None:
    """With devices of its own: a program that put a file in the place of /dev/null would harm others."""
    mentorlog.ok("meet", "Maya", "--as", "mentee", "--summary", "zq")
    try:
        for name, minor in (("null", 3), ("full", 7)):
            os.mknod(mentorlog.home / name, stat.S_IFCHR | 0o666, os.makedev(1, minor))
            (mentorlog.home / name).open("wb").close()
    except OSError:
        pytest.skip("no device can be made here")

    null, full, folder = (
        in_shell(mentorlog, f"$m export {words}{force}")
        for words in ("-o null", "-o full", "--format csv -o null")
    )

    assert (null.returncode, full.returncode, folder.returncode) == (0, 74, 73)
    assert "/full cannot be written (No space left on device)." in full.stderr
    assert "/null cannot be written (it is a file, not a folder)." in folder.stderr
    assert all((mentorlog.home / name).is_char_device() for name in ("null", "full"))


def test_what_goes_to_others_by_a_pipe_is_noted_before_it_is_out(mentorlog: Program) -> None:
    mentorlog.ok(
        "meet", "Maya", "--as", "mentee", "--share", "--summary", "more than is held " * 999
    )

    done = in_shell(mentorlog, "$m export --for partner -o /dev/full")

    with closing(Journal(mentorlog.journal)) as journal:
        assert [each.place for each in exports.noted(journal, "p1")] == ["/dev/full"]
    assert done.returncode == 74


@pytest.mark.parametrize("words", [[], ["-o", "/dev/fd/{}"]], ids=["standard output", "pipe"])
def test_a_reader_who_takes_their_time_keeps_nobody_from_writing(
    mentorlog: Program, words: list[str]
) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "-", stdin="long " * 200_000)
    ours, theirs = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "mentorlog", "export", "--json", *(each.format(theirs) for each in words)],
        stdout=subprocess.DEVNULL if words else theirs, pass_fds=[theirs], env=mentorlog.environment,
    ) as process, os.fdopen(ours, "rb") as reader:  # fmt: skip
        os.close(theirs)
        begun = reader.read(10)

        written = mentorlog("ask", "How do I begin?")

        text = begun + reader.read()

    assert (written.code, process.returncode) == (0, 0)
    assert [each["kind"] for each in json.loads(text)["records"]] == ["pair", "meeting"]


@pytest.mark.parametrize("words", [[], ["-o", "/dev/fd/{}"]], ids=["standard output", "pipe"])
def test_a_reader_that_has_seen_enough_ends_it_quietly(
    mentorlog: Program, words: list[str]
) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "-", stdin="long " * 200_000)
    ours, theirs = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "mentorlog", "export", "--json", *(each.format(theirs) for each in words)],
        stdout=subprocess.DEVNULL if words else theirs, stderr=subprocess.PIPE, pass_fds=[theirs],
        env=mentorlog.environment,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        os.close(theirs)
        os.read(ours, 10)
        os.close(ours)
        said = process.stderr.read()

    assert (process.returncode, said) == (0, b"")
