"""What is said once the journal is copied, or a backup is in its place: as lines and as JSON. No Rich here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mentorlog.domain.plain import document
from mentorlog.i18n import _, ngettext
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.sizes import size_text
from mentorlog.storage.backups import Copy
from mentorlog.storage.restoring import Kept
from mentorlog.text import visible


def copied(copy: Copy) -> str:
    """Return where a copy is, how large it is, and how many records are in it."""
    said = _("Verified copy: {path}").format(path=visible(str(copy.place)))
    return SEPARATOR.join((said, size_text(copy.size), _records(copy.records)))


def pruned(count: int, keep: int) -> str:
    """Return how many of the oldest backups were removed."""
    oldest = ngettext(
        "The oldest backup was removed; {keep} are kept.",
        "The {count} oldest backups were removed; {keep} are kept.",
        count,
    )
    return oldest.format(count=count, keep=keep)


def copied_json(copy: Copy, gone: Sequence[Path]) -> dict[str, Any]:
    """Return the same as a document."""
    return document(
        "backup",
        path=str(copy.place),
        bytes=copy.size,
        records=copy.records,
        removed=[each.name for each in gone],
    )


def restored(backup: Path, records: int) -> str:
    """Return what is in the place of the journal now."""
    said = _("Restored from {path}").format(path=visible(str(backup)))
    return SEPARATOR.join((said, _records(records)))


def way_back(kept: Kept) -> str:
    """Return where the journal that was there is kept, and how to go back to it."""
    if kept.is_whole:
        said = _("To go back to the journal as it was: mentorlog restore {name}")
        return said.format(name=kept.place.name)
    said = _("The journal was damaged. It is kept as it was: {path}")
    return said.format(path=visible(str(kept.place)))


def restored_json(backup: Path, kept: Kept | None, records: int) -> dict[str, Any]:
    """Return the same as a document."""
    return document(
        "restore",
        **{"from": str(backup)},
        records=records,
        kept=None if kept is None else kept.place.name,
        kept_whole=None if kept is None else kept.is_whole,
    )


def _records(count: int) -> str:
    return ngettext("{count} record", "{count} records", count).format(count=f"{count:,}")
