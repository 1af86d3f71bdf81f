"""What is around a journal that may harm it: who may read it, what is left beside it, where it stands.

Only looked at; nothing is opened but folders. What is in the journal is `checkup.py`'s. Where a system
does not say what a check asks for, that check says nothing rather than guess.
"""

import os
import re
import shlex
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from mentorlog.errors import JournalUnusable
from mentorlog.storage import backups, file, placing
from mentorlog.storage.doctor import examining
from mentorlog.storage.doctor.check import PROBLEM, WARNING, Check
from mentorlog.storage.drafts import Drafts

LONG_AGO = timedelta(days=30)  # since the last backup
LITTLE_ROOM = 50_000_000  # bytes
_TIMES_ITS_SIZE = 4  # a backup, a copy to examine and what SQLite keeps beside it

_NETWORKS = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "ceph", "glusterfs", "davfs",
}  # fmt: skip
_OF_NETWORKS = re.compile(r"fuse\.(sshfs|rclone|s3fs|gvfsd-fuse|davfs\S*|glusterfs|gcsfuse)")
_MOUNTS = Path("/proc/self/mountinfo")

# What the programs that keep folders alike call a copy that they could not bring together.
_CONFLICTED = (
    r"{stem} \([^)]*(conflict|競合)[^)]*\)[^/]*{suffix}",  # Dropbox, Nextcloud
    r"{stem}(_conflict-[^/]*|\.sync-conflict-[^/]*){suffix}",  # ownCloud, Syncthing
    r"{stem}'s conflicted copy[^/]*{suffix}",
    r"{stem} [2-9]{suffix}",  # iCloud
    r"{stem} ?\([1-9]\){suffix}",  # Google Drive
)
_OF_THIS_HOST = r"{stem}-{host}(-\d+)?{suffix}"  # OneDrive

# Folders that such a program keeps, by their own name or by what lies in them.
_CLOUDS = (
    ("Dropbox", re.compile(r"Dropbox( \(.*\))?"), (".dropbox", ".dropbox.cache")),
    ("OneDrive", re.compile(r"OneDrive( - .*)?|OneDrive-.*"), ()),
    ("Google Drive", re.compile(r"Google ?Drive|GoogleDrive-.*|My Drive"), ()),
    ("iCloud", re.compile(r"Mobile Documents|com~apple~CloudDocs"), ()),
    ("Nextcloud", re.compile(r"Nextcloud\d*|ownCloud"), (".nextcloudsync.log", ".sync_journal.db")),
    ("Syncthing", re.compile(r"\.stfolder"), (".stfolder",)),
)


def around(path: Path, own_folders: Iterable[Path], today: datetime, host: str) -> Iterator[Check]:
    """Yield what is found around a journal; `own_folders` are those that the program makes for itself.

    Of a folder that is shut nothing is found: that it is, the journal's own check says.
    """
    looks: dict[str, Callable[[], Check]] = {
        "side-files": lambda: _side_files(path),
        "permissions": lambda: _permissions(path, own_folders),
        "half-written": lambda: _half_written(path),
        "conflicted": lambda: _conflicted(path, host),
        "network": lambda: _network(path),
        "cloud": lambda: _cloud(path),
        "room": lambda: _room(path),
        "backup": lambda: _backup(path, today),
    }
    for code, look in looks.items():
        try:
            yield look()
        except OSError:
            yield Check(code, found="not-known")


# Beside it ---------------------------------------------------------------------------------------


def _side_files(path: Path) -> Check:
    names = [each.name for each in file.side_files(path)]
    values = {"names": names}
    if not names:
        return Check("side-files")
    if names == [examining.beside(path, "-journal").name]:
        return Check("side-files", WARNING, "cut-off", values, "mentorlog status")
    return Check("side-files", WARNING, "wal", values)


def _permissions(path: Path, own_folders: Iterable[Path]) -> Check:
    """Name what others than the owner may read or enter."""
    if os.name == "nt":  # who may read what is kept there in another way
        return Check("permissions", found="not-known")
    below = [backups.folder_of(path), Drafts(path).folder]
    files = [
        path,
        *file.side_files(path),
        *_faults(path.parent),
        *placing.cut_off(path.parent),
    ]
    folders = [each for each in own_folders if each == path.parent]
    seen = [*folders, *files, *(each for folder in below for each in _all_in(folder))]
    others = [str(each) for each in seen if _may_be_read_by_others(each)]
    if not others:
        return Check("permissions")
    command = "chmod go-rwx " + " ".join(map(shlex.quote, others))
    if all(Path(each).is_dir() for each in others):  # whose files nobody else may read
        return Check("permissions", WARNING, "open-folders", {"paths": others}, command)
    return Check("permissions", PROBLEM, "readable", {"paths": others}, command)


def _faults(folder: Path) -> list[Path]:
    return _found_in(folder, re.compile(r"fault-[^/]*\.txt"))


def _all_in(folder: Path) -> Iterator[Path]:
    """Yield a folder and all there is below it; a link is not followed."""
    if not folder.is_dir() or folder.is_symlink():
        return
    yield folder
    for inside, folders, names in os.walk(folder):
        yield from (Path(inside, name) for name in (*folders, *names))


def _may_be_read_by_others(place: Path) -> bool:
    try:
        mode = place.lstat().st_mode
    except OSError:
        return False
    return not stat.S_ISLNK(mode) and bool(stat.S_IMODE(mode) & 0o077)


def _half_written(path: Path) -> Check:
    """Name the files that were to be put in a place and never were."""
    folders = (path.parent, backups.folder_of(path))
    left = [str(each) for folder in folders for each in _cut_off(folder)]
    if not left:
        return Check("half-written")
    command = "rm " + " ".join(map(shlex.quote, left))
    return Check("half-written", WARNING, "left", {"paths": left}, command)


def _cut_off(folder: Path) -> list[Path]:
    try:
        return sorted(placing.cut_off(folder))
    except OSError:
        return []


def _conflicted(path: Path, host: str) -> Check:
    """Name copies of the journal that a program made which keeps folders alike."""
    escaped = {"stem": re.escape(path.stem), "suffix": re.escape(path.suffix)}
    forms = [each.format(**escaped) for each in _CONFLICTED]
    if host:
        forms.append(_OF_THIS_HOST.format(host=re.escape(host.partition(".")[0]), **escaped))
    known = re.compile("|".join(f"(?:{each})" for each in forms), re.IGNORECASE)
    copies = [str(each) for each in _found_in(path.parent, known)]
    if not copies:
        return Check("conflicted")
    command = f"MENTORLOG_DB={shlex.quote(copies[0])} mentorlog log"
    return Check("conflicted", WARNING, "copies", {"paths": copies}, command)


def _found_in(folder: Path, names: re.Pattern[str]) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if names.fullmatch(each.name))
    except OSError:
        return []


# Where it stands ---------------------------------------------------------------------------------


def _network(path: Path) -> Check:
    """Say whether the journal stands on the disk of another computer, where the system tells that."""
    sort = file_system(path, _MOUNTS)
    if sort is None:
        return Check("network", found="not-known")
    if sort in _NETWORKS or _OF_NETWORKS.fullmatch(sort):
        return Check("network", WARNING, "network", {"path": str(path), "file_system": sort})
    return Check("network", values={"file_system": sort})


def file_system(path: Path, mounts: Path) -> str | None:
    """Return what sort of file system a path is on, by the table of mounts; None where none tells."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    best: tuple[int, str] | None = None
    for line in lines:
        before, _dash, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        mounted = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4]))
        if (mounted == path or mounted in path.parents) and (
            best is None or len(mounted.parts) >= best[0]
        ):
            best = (len(mounted.parts), after.split(" ")[0])
    return None if best is None else best[1]


def _cloud(path: Path) -> Check:
    for folder in path.parents:
        for name, called, inside in _CLOUDS:
            try:
                is_kept = any((folder / each).exists() for each in inside)
            except OSError:
                is_kept = False
            if is_kept or called.fullmatch(folder.name):
                values = {"path": str(folder), "program": name}
                return Check("cloud", WARNING, "synced", values)
    return Check("cloud")


def _room(path: Path) -> Check:
    """Say whether the disk has room for what is done with a journal of its size."""
    folder = next((each for each in path.parents if each.is_dir()), None)
    try:
        size = path.stat().st_size if path.exists() else 0
        free = None if folder is None else shutil.disk_usage(folder).free
    except OSError:
        free = None
    if free is None:
        return Check("room", found="not-known")
    wanted = max(LITTLE_ROOM, _TIMES_ITS_SIZE * size)
    values = {"path": str(folder), "free": free, "wanted": wanted}
    return (
        Check("room", values=values) if free >= wanted else Check("room", WARNING, "little", values)
    )


def _backup(path: Path, today: datetime) -> Check:
    """Say how old the newest backup is, where something was written since."""
    try:
        newest = next(iter(backups.automatic(path)), None)
        is_begun = path.is_file() and path.stat().st_size > 0
        written = path.stat().st_mtime if is_begun else None
        made = None if newest is None else newest.stat().st_mtime
    except (JournalUnusable, OSError) as failure:
        detail = getattr(failure, "detail", "") or getattr(failure, "strerror", "") or ""
        values = {"path": str(backups.folder_of(path)), "detail": detail}
        return Check("backup", PROBLEM, "folder-shut", values)
    if written is None:
        return Check("backup", found="nothing-to-keep")
    if newest is None or made is None:
        return Check("backup", WARNING, "none", do="mentorlog backup")
    on = datetime.fromtimestamp(made).astimezone().date()
    values = {"name": newest.name, "made_on": on.isoformat()}
    if written > made and today.date() - on > LONG_AGO:
        return Check("backup", WARNING, "old", values, "mentorlog backup")
    return Check("backup", values=values)
