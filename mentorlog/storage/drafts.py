"""Drafts: what was begun and not finished, in files of their own beside the journal.

A draft is kept whole and synced after every answer, so a crash or a lost connection costs at most the
line being typed. It carries the uid of the record it will become: saved twice, it is one record.
"""

import json
import os
from pathlib import Path
from typing import Any

from mentorlog.errors import OutputFailed
from mentorlog.storage.file import private_folder, synced

Draft = dict[str, Any]


class Drafts:
    """The drafts beside one journal. Nothing is made on the disk before the first is kept."""

    def __init__(self, journal: Path) -> None:
        self.folder = journal.with_suffix(".drafts")

    def keep(self, uid: str, draft: Draft) -> Path:
        """Write a draft and return its place once it is on the disk."""
        private_folder(self.folder)
        target = self._path(uid)
        beside = target.with_suffix(".new")
        try:
            with os.fdopen(
                os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                json.dump(draft, file, ensure_ascii=False, indent=1)
            synced(beside)
            beside.replace(target)
            synced(target)
        except OSError as failure:
            raise OutputFailed(str(target), failure.strerror or "") from failure
        return target

    def waiting(self) -> list[tuple[str, Draft]]:
        """Return the drafts that can be read, oldest first, each with its uid."""
        if not self.folder.is_dir():
            return []
        found = []
        for path in sorted(self.folder.glob("*.json"), key=lambda each: each.stat().st_mtime):
            try:
                draft = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError, RecursionError):
                continue  # left where it is, for its owner to look at
            if isinstance(draft, dict):
                found.append((path.stem, draft))
        return found

    def discard(self, uid: str) -> None:
        """Remove a draft that has become a record, or that its owner does not want."""
        self._path(uid).unlink(missing_ok=True)

    def _path(self, uid: str) -> Path:
        return self.folder / f"{uid}.json"
