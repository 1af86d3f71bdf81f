"""Whether a file that no command opens as a journal was one: then it is worth saving, and may be replaced."""

from pathlib import Path

from mentorlog.storage import file
from mentorlog.storage.doctor import pages, remains

_MOST_LOOKED_AT = 2000  # rows, until a file is taken for one of another program


def was_ours(path: Path, header: file.Header) -> bool:
    """True where the file has our mark or, where that is damaged too, a record of ours in it."""
    return header.owner == file.APPLICATION_ID or _has_record(path)


def _has_record(path: Path) -> bool:
    with path.open("rb") as opened:
        for looked_at, row in enumerate(pages.rows(opened)):
            if any(each.is_whole for each in remains.recognised(row, file.SCHEMA_VERSION)):
                return True
            if looked_at > _MOST_LOOKED_AT:
                return False
    return False
