"""Files as the tests of the importers give them: made of text, read without a disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from mentorlog.errors import BadFile
from mentorlog.importers.source import Source

_PIECE = 1 << 16


def source(content: str | bytes) -> Source:
    """Return a file with this in it."""
    whole = content.encode() if isinstance(content, str) else content
    return Source(BytesIO(whole[_PIECE:]), len(whole), whole[:_PIECE], lambda _count: None)


def refused(read: Iterator[Any]) -> BadFile:
    """Return the refusal that reading ends with."""
    try:
        list(read)
    except BadFile as refusal:
        return refusal
    raise AssertionError("it was read")


def document(*records: dict[str, Any], **header: Any) -> str:
    """Return an export of mentorlog with these records."""
    opening: dict[str, Any] = {
        "format": "mentorlog/1", "document": "export", "audience": "me", "since": None, "until": None
    }  # fmt: skip
    return json.dumps(opening | header | {"records": list(records)}, ensure_ascii=False)
