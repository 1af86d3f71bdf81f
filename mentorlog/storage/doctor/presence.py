"""Whether there is a journal at a place, and one that can be opened; else what is there instead."""

from pathlib import Path
from typing import Any

from mentorlog.errors import JournalUnusable
from mentorlog.storage import backups, file
from mentorlog.storage.doctor import examining
from mentorlog.storage.doctor.check import OK, PROBLEM, SALVAGE, WARNING, Check
from mentorlog.storage.doctor.ours import was_ours


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
        if was_ours(path, header):
            return Check("journal", PROBLEM, "damaged", values, SALVAGE)
        return _foreign(path, header)
    if header.version > file.SCHEMA_VERSION:
        return Check("journal", PROBLEM, "newer", values | {"version": header.version})
    if header.version < file.SCHEMA_VERSION:
        return Check("journal", OK, "older", values | {"version": header.version})
    return Check("journal", values=values)


def _missing(path: Path) -> Check:
    """Say that nothing is there: where there are backups, something was."""
    found = "empty" if path.exists() else "missing"
    values = {"path": str(path)}
    command = _way_back(path)
    if command is None:
        return Check("journal", WARNING, found, values, "mentorlog config list")
    return Check("journal", PROBLEM, f"{found}-with-backups", values, command)


def _foreign(path: Path, header: file.Header) -> Check:
    """Say that something else is there. A database of another program's is never replaced."""
    command = None if header.is_sqlite else _way_back(path)
    found = "foreign" if command is None else "foreign-with-backups"
    return Check("journal", PROBLEM, found, {"path": str(path)}, command)


def _way_back(path: Path) -> str | None:
    """Return the command that goes back to the newest backup, None where there is none."""
    try:
        newest = next(iter(backups.automatic(path)), None)
    except JournalUnusable:
        return None
    return None if newest is None else f"mentorlog restore {newest.name}"
