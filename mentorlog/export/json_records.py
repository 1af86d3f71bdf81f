"""An export as JSON: one object, each record on a line of its own, so that the same journal is the same bytes.

For me it is all there is, and can be read in again without a loss; for others it is what may go and,
behind the records, the figures and how much was taken out of them. How many records were held back is
not among that: it would tell that there are some.
"""

import re
from collections.abc import Iterator
from json import dumps
from typing import TYPE_CHECKING

from mentorlog.domain.plain import document, plain
from mentorlog.export import records
from mentorlog.export.records import Records, compact
from mentorlog.text import inert_json

if TYPE_CHECKING:
    from mentorlog.export.material import Material

OF_RECORDS = True
_BEYOND_ASCII = re.compile("[^\\x00-\\x7f]+")


def write(source: "Material | Records") -> Iterator[str]:
    """Yield the document, some lines at a time."""
    given = records.of(source)
    opening = document(
        "export", audience=given.audience, since=plain(given.since), until=plain(given.until)
    )
    yield compact(opening).removesuffix("}") + ',"records":[\n'
    last = ""
    for _kind, lines in given.batches:
        if last:
            yield last + ",\n"
        last = _inert(lines)
    if last:
        yield last + "\n"
    closing = compact(given.closing).removeprefix("{")
    yield inert_json(f"],{closing}\n" if given.closing else "]}\n")


def _inert(lines: list[str]) -> str:
    """Return lines with a comma between them, the steering characters in their texts escaped."""
    text = ",\n".join([line if line.isascii() else inert_json(line) for line in lines])
    return inert_json(text) if "\x7f" in text else text


def in_ascii(piece: str) -> str:
    """Return a piece of a document in ASCII; it reads back as the same."""
    return _BEYOND_ASCII.sub(lambda found: dumps(found.group())[1:-1], piece)
