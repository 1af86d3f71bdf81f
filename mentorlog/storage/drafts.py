"""Drafts: what was begun and not finished, in files of their own beside the journal.

A draft is kept whole and synced after every answer, so a crash or a lost connection costs at most the
line being typed. It carries the uid of the record it will become: saved twice, it is one record.
"""

import json
import os
import shutil
from operator import itemgetter
from pathlib import Path
from typing import Any

from mentorlog.errors import OutputFailed
from mentorlog.storage.file import private_folder, synced

Draft = dict[str, Any]


class Drafts:
    """The drafts beside one journal. Nothing is made on the disk before the first is kept."""

    def __init__(self, journal: Path) -> None:
        self.folder = journal.with_name(f"{journal.name}.drafts")

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
        for path in self.folder.glob("*.json"):
            try:
                draft = json.loads(path.read_text(encoding="utf-8"))
                begun = path.stat().st_mtime
            except (OSError, ValueError, RecursionError):
                continue  # left where it is, for its owner to look at
            if isinstance(draft, dict):
                found.append((begun, path.stem, draft))
        return [(uid, draft) for _begun, uid, draft in sorted(found, key=itemgetter(0))]

    def buffer(self, uid: str) -> Path:
        """Return a file for an editor, in a private folder that catches its side files too."""
        private_folder(self.folder / uid)
        return self._buffer(uid)

    def has_buffer(self, uid: str) -> bool:
        """True when an editor has left a text for that draft."""
        return self._buffer(uid).exists()

    def discard(self, uid: str) -> None:
        """Remove all of a draft that has become a record, or that its owner does not want."""
        self._path(uid).unlink(missing_ok=True)
        if (self.folder / uid).exists():
            shutil.rmtree(self.folder / uid)

    def _path(self, uid: str) -> Path:
        return self.folder / f"{uid}.json"

    def _buffer(self, uid: str) -> Path:
        return self.folder / uid / "text.txt"
