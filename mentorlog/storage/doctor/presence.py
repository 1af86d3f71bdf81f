"""Whether there is a journal at a place, and one that can be opened; else what is there instead."""

from pathlib import Path
from typing import Any

from mentorlog.errors import JournalUnusable
from mentorlog.storage import backups, file
from mentorlog.storage.doctor import examining, pages, remains
from mentorlog.storage.doctor.check import OK, PROBLEM, SALVAGE, WARNING, Check

_MOST_LOOKED_AT = 2000  # rows, until a file is taken for one of another program


def presence(path: Path) -> Check:
    """Say whether there is a journal, and whether it can be opened."""
    values: dict[str, Any] = {"path": str(path)}
    try:
        if not file.exists(path):
            return _missing(path)
    except JournalUnusable as refusal:
        values["detail"] = refusal.detail
        return Check("journal", PROBLEM, refusal.reason, values)
    try:
        header = file.header(path)
        is_damaged = not set(examining.ways_of_writing(path)) <= {1, 2}
    except OSError as failure:
        return Check("journal", PROBLEM, "unreadable", values | {"detail": failure.strerror or ""})
    if not header.is_sqlite or header.owner != file.APPLICATION_ID or is_damaged:
        if (is_damaged and header.owner == file.APPLICATION_ID) or _has_ours(path):
            return Check("journal", PROBLEM, "damaged", values, SALVAGE)
        return Check("journal", PROBLEM, "foreign", values)
    if header.version > file.SCHEMA_VERSION:
        return Check("journal", PROBLEM, "newer", values | {"version": header.version})
    if header.version < file.SCHEMA_VERSION:
        return Check("journal", OK, "older", values | {"version": header.version})
    return Check("journal", values=values)


def _missing(path: Path) -> Check:
    """Say that nothing is there: where there are backups, something was."""
    found = "empty" if path.exists() else "missing"
    values = {"path": str(path)}
    try:
        newest = next(iter(backups.automatic(path)), None)
    except JournalUnusable:
        newest = None
    if newest is None:
        return Check("journal", WARNING, found, values, "mentorlog config list")
    command = f"mentorlog restore {newest.name}"
    return Check("journal", PROBLEM, f"{found}-with-backups", values, command)


def _has_ours(path: Path) -> bool:
    """True where a file that SQLite cannot read, or not as ours, has a record of ours in it."""
    with path.open("rb") as opened:
        for looked_at, row in enumerate(pages.rows(opened)):
            if any(each.is_whole for each in remains.recognised(row, file.SCHEMA_VERSION)):
                return True
            if looked_at > _MOST_LOOKED_AT:
                return False
    return False
