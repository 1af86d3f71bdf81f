"""What is around a journal that may harm it: each answer with what it speaks of and what to do next."""

from __future__ import annotations

import os
import shlex
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mentorlog.storage import backups
from mentorlog.storage.doctor import surroundings
from mentorlog.storage.doctor.check import OK, PROBLEM, WARNING, Check

if TYPE_CHECKING:
    from mentorlog.domain.pair import Pair
    from mentorlog.storage.journal import Journal

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def kept(journal: Journal, aiko: Pair) -> Path:
    """A journal at rest with a backup of it; nothing around it is amiss."""
    backups.back_up(journal.connection, journal.path, backups.named("journal", AT))
    journal.close()
    journal.path.parent.chmod(0o700)
    made = journal.path.stat().st_mtime + 60
    os.utime(backup_of(journal.path), (made, made))
    return journal.path


def backup_of(path: Path) -> Path:
    (backup,) = backups.automatic(path)
    return backup


def around(path: Path, today: datetime = AT, host: str = "desk.home") -> dict[str, Check]:
    own = [path.parent]
    return {each.code: each for each in surroundings.around(path, own, today, host)}


def test_of_what_is_in_order_each_check_says_what_it_has_looked_at(kept: Path) -> None:
    found = around(kept)
    free = shutil.disk_usage(kept.parent).free
    room, network = found.pop("room"), found.pop("network")
    made_on = datetime.fromtimestamp(backup_of(kept).stat().st_mtime).astimezone().date()

    assert found == {
        "side-files": Check("side-files"),
        "permissions": Check("permissions"),
        "half-written": Check("half-written"),
        "conflicted": Check("conflicted"),
        "cloud": Check("cloud"),
        "backup": Check(
            "backup", values={"name": backup_of(kept).name, "made_on": made_on.isoformat()}
        ),
    }
    assert (room.state, room.found, room.do) == (OK, OK, None)
    assert room.values == {
        "path": str(kept.parent),
        "free": pytest.approx(free, rel=0.2),
        "wanted": 50_000_000,
    }
    assert (network.state, network.do) == (OK, None)


@pytest.mark.parametrize(
    ("suffixes", "found", "command"),
    [(["-journal"], "cut-off", "mentorlog status"), (["-wal"], "wal", None),
     (["-journal", "-wal"], "wal", None)],
    ids=str,
)  # fmt: skip
def test_what_lies_beside_it_is_named(
    kept: Path, suffixes: list[str], found: str, command: str | None
) -> None:
    names = [kept.name + each for each in suffixes]
    for name in names:
        kept.with_name(name).touch(0o600)

    check = around(kept)["side-files"]

    assert (check.state, check.found, check.do) == (WARNING, found, command)
    assert sorted(check.values["names"]) == sorted(names)


def test_what_others_may_read_is_named_with_how_to_shut_it(kept: Path) -> None:
    folder = backups.folder_of(kept)
    fault = kept.with_name("fault-1.txt")
    fault.touch(0o644)
    for place, mode in ((kept, 0o640), (backup_of(kept), 0o604), (folder, 0o701)):
        place.chmod(mode)

    check = around(kept)["permissions"]

    paths = check.values["paths"]
    assert sorted(paths) == sorted(map(str, (kept, backup_of(kept), folder, fault)))
    command = "chmod go-rwx " + " ".join(map(shlex.quote, paths))
    assert check == Check("permissions", PROBLEM, "readable", {"paths": paths}, command)


def test_folders_that_others_may_enter_are_no_more_than_a_warning(kept: Path) -> None:
    folder = backups.folder_of(kept)
    folder.chmod(0o750)

    command, values = f"chmod go-rwx {folder}", {"paths": [str(folder)]}
    assert around(kept)["permissions"] == Check(
        "permissions", WARNING, "open-folders", values, command
    )


def test_what_was_left_half_written_is_named_with_how_to_remove_it(kept: Path) -> None:
    left = [
        kept.with_name(".mentorlog-0123456789abcdef.new"),
        backups.folder_of(kept) / ".mentorlog-fedcba9876543210.new",
    ]
    for each in left:
        each.touch(0o600)

    paths = [str(each) for each in left]
    assert around(kept)["half-written"] == Check(
        "half-written", WARNING, "left", {"paths": paths}, f"rm {' '.join(paths)}"
    )


@pytest.mark.parametrize(
    "name",
    ["journal (Aya's conflicted copy 2026-11-22).db", "journal_conflict-20261122.db",
     "journal.sync-conflict-20261122-AAA.db", "journal's conflicted copy.db", "journal 2.db",
     "journal (1).db", "journal-desk.db", "journal-desk-2.db"],
)  # fmt: skip
def test_a_second_copy_is_named_with_how_to_look_into_it(kept: Path, name: str) -> None:
    copy = kept.with_name(name)
    copy.touch(0o600)

    command = f"MENTORLOG_DB={shlex.quote(str(copy))} mentorlog log"
    assert around(kept)["conflicted"] == Check(
        "conflicted", WARNING, "copies", {"paths": [str(copy)]}, command
    )


def test_without_a_name_of_this_computer_its_copies_are_not_known(kept: Path) -> None:
    kept.with_name("journal-desk.db").touch(0o600)

    assert around(kept, host="")["conflicted"] == Check("conflicted")


@pytest.mark.parametrize(
    ("sort", "is_network"),
    [
        ("nfs4", True),
        ("fuse.sshfs", True),
        ("fuse.davfs2", True),
        ("ext4", False),
        ("fuse.x", False),
    ],
)
def test_the_disk_of_another_computer_is_told(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: str, is_network: bool
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 8:1 / / rw shared:1 - {sort} /dev/sda1 rw\n")
    monkeypatch.setattr(surroundings, "_MOUNTS", mounts)

    check = around(kept)["network"]

    if is_network:
        values = {"path": str(kept), "file_system": sort}
        assert check == Check("network", WARNING, "network", values)
    else:
        assert check == Check("network", values={"file_system": sort})


@pytest.mark.parametrize(
    ("path", "wanted"),
    [("/home/me/j.db", "ext4"), ("/home/me/far away/j.db", "nfs4"), ("/home/me/far/j.db", "ext4")],
)
def test_the_table_of_mounts_tells_the_file_system(tmp_path: Path, path: str, wanted: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        "40 22 0:50 / /home/me/far\\040away rw shared:2 - nfs4 box:/x rw\n"
        "nonsense\n"
    )

    assert surroundings.file_system(Path(path), mounts) == wanted
    assert surroundings.file_system(Path(path), tmp_path / "none") is None


def test_where_no_table_of_mounts_is_the_disk_is_not_known(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "_MOUNTS", tmp_path / "none")

    assert around(kept)["network"] == Check("network", found="not-known")


@pytest.mark.parametrize(
    ("folder", "inside", "program"),
    [("Dropbox (Aya)", None, "Dropbox"), ("mine", ".dropbox.cache", "Dropbox"),
     ("OneDrive - School", None, "OneDrive"), ("GoogleDrive-aya", None, "Google Drive"),
     ("Mobile Documents", None, "iCloud"), ("Nextcloud2", None, "Nextcloud"),
     ("shared", ".stfolder", "Syncthing")],
)  # fmt: skip
def test_a_folder_that_a_cloud_program_keeps_is_named(
    tmp_path: Path, folder: str, inside: str | None, program: str
) -> None:
    cloud = tmp_path / folder
    (cloud / "deep").mkdir(parents=True)
    if inside is not None:
        (cloud / inside).mkdir()

    values = {"path": str(cloud), "program": program}
    assert around(cloud / "deep" / "j.db")["cloud"] == Check("cloud", WARNING, "synced", values)


def test_a_disk_without_room_for_what_is_done_with_a_journal_is_told(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "LITTLE_ROOM", 1 << 80)

    check = around(kept)["room"]

    assert (check.state, check.found, check.do) == (WARNING, "little", None)
    assert check.values["wanted"] == 1 << 80
    monkeypatch.setattr(surroundings, "LITTLE_ROOM", 1)
    assert around(kept)["room"].values["wanted"] == 4 * kept.stat().st_size


@pytest.mark.parametrize(("days", "is_old"), [(30, False), (31, True)])
def test_a_backup_is_old_after_a_month_if_more_was_written_since(
    kept: Path, days: int, is_old: bool
) -> None:
    backup = backup_of(kept)
    made = datetime(2026, 11, 1, 12).astimezone()
    os.utime(backup, (made.timestamp(), made.timestamp()))
    values = {"name": backup.name, "made_on": "2026-11-01"}

    check = around(kept, made + timedelta(days=days))["backup"]

    assert check == (
        Check("backup", WARNING, "old", values, "mentorlog backup")
        if is_old
        else Check("backup", values=values)
    )


def test_a_journal_without_a_backup_is_told_and_none_is_needed_without_a_journal(
    kept: Path,
) -> None:
    backup_of(kept).unlink()

    without = around(kept)["backup"]
    kept.write_bytes(b"")

    assert without == Check("backup", WARNING, "none", do="mentorlog backup")
    assert around(kept)["backup"] == Check("backup", found="nothing-to-keep")
