"""Drafts: what was begun and not finished, in files of their own beside the journal.

A draft is kept whole and synced after every answer, so a crash or a lost connection costs at most the
line being typed. It carries the uid of the record it will become: saved twice, it is one record.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from mentorlog.errors import JournalUnusable, OutputFailed
from mentorlog.storage.file import private_folder, synced
from mentorlog.storage.placing import clear_away, make_private
from mentorlog.storage.rows import from_json

Draft = dict[str, Any]

_UID = re.compile(r"[0-9a-f]{32}")


class Begun(NamedTuple):
    """All there is of one draft: the form, None where none can be read, its files, and what they say.

    Of a form that was cut off while it was written, `draft` has what stood before the answers.

    Not `is_legible`: there is more than can be read.
    """

    uid: str
    files: tuple[Path, ...]  # and folders, in the folder of drafts itself
    draft: Draft | None
    text: str
    is_legible: bool


class Drafts:
    """The drafts beside one journal. Nothing is made on the disk before the first is kept."""

    def __init__(self, journal: Path) -> None:
        self.folder = journal.with_name(f"{journal.name}.drafts")

    def keep(self, uid: str, draft: Draft) -> Path:
        """Write a draft and return its place once it is on the disk."""
        from json import dump  # nearly every call keeps none: loading it is felt

        private_folder(self.folder)
        target = self._path(uid)
        beside = self._half_written(uid)
        try:
            with os.fdopen(
                os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                dump(draft, file, ensure_ascii=False, indent=1)
            synced(beside)
            beside.replace(target)
            synced(target)
        except OSError as failure:
            clear_away(beside)
            raise OutputFailed(str(target), failure.strerror or "") from failure
        return target

    def keep_text(self, uid: str, text: str) -> Path:
        """Write a text that belongs to no form, and return its place once it is on the disk."""
        place = self.buffer(uid)
        try:
            with os.fdopen(make_private(place), "w", encoding="utf-8") as file:
                file.write(text)
            synced(place)
        except OSError as failure:
            shutil.rmtree(place.parent, ignore_errors=True)
            raise OutputFailed(str(place), failure.strerror or "") from failure
        return place

    def waiting(self) -> list[tuple[str, Draft]]:
        """Return the drafts that can be read, oldest first, each with its uid."""
        if not self.folder.is_dir():
            return []
        found = []
        for path in self.folder.glob("*.json"):
            draft = _read(path)
            if draft is not None:  # else left where it is, for its owner to look at
                with contextlib.suppress(OSError):
                    found.append((path.stat().st_mtime, path.stem, draft))
        return [(uid, draft) for _begun, uid, draft in sorted(found, key=itemgetter(0))]

    def everything(self) -> list[Begun]:
        """Return all that is kept here, what cannot be read and what an editor has left too.

        What has no uid in its name is a draft of its own.
        """
        of_uid: dict[str, list[Path]] = {}
        try:
            for path in sorted(self.folder.iterdir()):
                uid = _UID.search(path.name)
                of_uid.setdefault(uid[0] if uid else path.name, []).append(path)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as failure:
            detail = failure.strerror or ""
            raise JournalUnusable("folder-shut", str(self.folder), detail, 74) from failure
        return [self._begun(uid, tuple(paths)) for uid, paths in of_uid.items()]

    def _begun(self, uid: str, paths: tuple[Path, ...]) -> Begun:
        texts = [text for path in paths for text in _texts_below(path)]
        known = [text for text in texts if text is not None]
        draft = _read(self._path(uid)) or _head(self._half_written(uid))
        return Begun(uid, paths, draft, "\n".join(known), len(known) == len(texts))

    def buffer(self, uid: str) -> Path:
        """Return a file for an editor, in a private folder that catches its side files too."""
        private_folder(self.folder / uid)
        return self._buffer(uid)

    def has_buffer(self, uid: str) -> bool:
        """True when an editor has left a text for that draft."""
        return self._buffer(uid).exists()

    def discard(self, uid: str) -> None:
        """Remove all of a draft that has become a record, or that its owner does not want."""
        try:
            self._path(uid).unlink(missing_ok=True)
            self._half_written(uid).unlink(missing_ok=True)
            if (self.folder / uid).exists():
                shutil.rmtree(self.folder / uid)
        except OSError as failure:
            raise OutputFailed(str(self.folder), failure.strerror or "") from failure

    def remove(self, begun: Begun) -> None:
        """Remove all files of a draft for good: from the disk's folder too."""
        for path in begun.files:
            try:
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
                synced(self.folder)
            except OSError as failure:
                raise OutputFailed(str(path), failure.strerror or "") from failure

    def _path(self, uid: str) -> Path:
        return self.folder / f"{uid}.json"

    def _half_written(self, uid: str) -> Path:
        return self._path(uid).with_suffix(".new")

    def _buffer(self, uid: str) -> Path:
        return self.folder / uid / "text.txt"


def _read(path: Path) -> Draft | None:
    """Return the form that a file holds; None where it holds none."""
    try:
        draft = from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return draft if isinstance(draft, dict) else None


def _head(path: Path) -> Draft | None:
    """Return what a file that was cut off says before the answers: the lines of it that are whole."""
    try:
        head, _found, _answers = path.read_text("utf-8", "replace").partition('\n "answers"')
    except OSError:
        return None
    for lines in (head, head.rpartition("\n")[0]):
        try:
            draft = from_json(lines.rstrip(",\n") + "}")
        except (ValueError, RecursionError):
            continue
        return draft if isinstance(draft, dict) and draft else None
    return None


def _texts_below(path: Path) -> Iterator[str | None]:
    """Yield the name and the text of a file, or of all in a folder; None for what cannot be read."""
    yield path.name
    try:
        if path.is_symlink() or not path.is_dir():
            is_file = path.is_file()  # a pipe would be waited for
            yield path.read_bytes().decode("utf-8", "replace") if is_file else None
            return
        inside = sorted(path.iterdir())
    except OSError:
        yield None
        return
    for each in inside:
        yield from _texts_below(each)
