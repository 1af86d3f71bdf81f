"""What is said of a journal file with nothing in it, which may have been cut off, or been synced so."""

from contextlib import suppress
from pathlib import Path

from mentorlog.errors import JournalUnusable
from mentorlog.i18n import _
from mentorlog.storage.backups import automatic
from mentorlog.text import visible


def way_back(journal: Path) -> str:
    """Return the sentence that leads back to what was written, where anything was."""
    path = visible(str(journal))
    with suppress(JournalUnusable):  # a folder that cannot be read: doctor says so
        for newest in automatic(journal)[:1]:
            return _(
                "The journal {path} is empty. To go back to its newest backup: mentorlog restore {name}"
            ).format(path=path, name=newest.name)
    return _(
        "The journal {path} is empty. If you have written in it before: mentorlog doctor"
    ).format(path=path)
