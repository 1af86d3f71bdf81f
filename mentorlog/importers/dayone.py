"""What Day One exports as JSON: a plain file, or a zip with a file for each journal.

Days are kept in UTC there, with the zone that the entry was written in; here they are of that zone.
An entry in a zone that is not known stays in UTC, and says so. Text is Markdown with its signs escaped;
a heading at its beginning is a title, and so is a first line set apart from the rest by a blank one.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from mentorlog.errors import InvalidValue, Place, standing_at
from mentorlog.importers.days import Moment
from mentorlog.importers.entry import AS_IT_IS, Entry, Reading, identity, starred
from mentorlog.importers.foreign_json import entries, flag_of, others, text_of, texts_of
from mentorlog.importers.json_pieces import Pieces
from mentorlog.importers.source import Source, decoded, is_zip

_KNOWN = {"uuid", "creationDate", "timeZone", "text", "richText", "tags", "starred", "isAllDay"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCE = re.compile(r"(?m)^(```.*?^```|~~~.*?^~~~)", re.DOTALL)
_HEADING = re.compile(r"#{1,6} +")
_SET_APART = re.compile(
    r"(?![-*+>|`~!\[]|[0-9]+[.)] )(.+)\n[^\S\n]*\n"
)  # no list, quote or picture


def read(source: Source, _reading: Reading = AS_IT_IS) -> Iterator[Entry]:
    """Yield the entries of an export, journal by journal."""
    if not is_zip(source.head):
        yield from _journal(Pieces(source.text()), "")
        return
    from mentorlog.importers.zipped import json_files

    for name, pieces in json_files(source):
        yield from _journal(Pieces(decoded(pieces), name), name)


def _journal(document: Pieces, within: str) -> Iterator[Entry]:
    for place, value in entries(document, within):
        with standing_at(place):
            entry = _entry(place, value)
        yield entry


def _entry(place: Place, value: dict[str, Any]) -> Entry:
    moment, is_known = _moment(value)
    title, text = _words(value)
    known = _KNOWN if is_known else _KNOWN - {"timeZone"}
    return Entry(
        place,
        identity(moment, text, text_of(value, "uuid")),
        *moment,
        text=text,
        title=title,
        tags=texts_of(value, "tags"),
        more=starred(flag_of(value, "starred")) + others(value, known),
        is_elsewhere=not is_known,
    )


def _words(value: dict[str, Any]) -> tuple[str, str]:
    """Return the title of an entry, blank where it has none, and all of its text."""
    markdown = text_of(value, "text").strip("\n")
    text = _plain(markdown) or _rich(text_of(value, "richText")).strip("\n")
    if heading := _HEADING.match(markdown):
        text = text[heading.end() :]
        return text.partition("\n")[0], text
    set_apart = _SET_APART.match(text)
    return set_apart[1] if set_apart else "", text


def _moment(value: dict[str, Any]) -> tuple[Moment, bool]:
    """Return when an entry was, as its own clock had it, and whether its zone is known."""
    try:
        instant = datetime.fromisoformat(text_of(value, "creationDate"))
    except ValueError:
        raise InvalidValue("creationDate", "", "not-an-instant") from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    name = text_of(value, "timeZone")
    zone = _zone(name) if name else UTC
    try:
        there = instant.astimezone(zone or UTC)
    except (OverflowError, ValueError):
        raise InvalidValue("creationDate", "", "not-an-instant") from None
    at = None if flag_of(value, "isAllDay") else f"{there:%H:%M}"
    return Moment(there.date(), at), zone is not None


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not known; a path; no text at all
        return None


def _plain(text: str) -> str:
    """Return Markdown without the backslashes before its signs; what is fenced has none."""
    parts = _FENCE.split(text)
    return "".join(
        part if place % 2 else _ESCAPED.sub(r"\1", part) for place, part in enumerate(parts)
    )


def _rich(written: str) -> str:
    """Return the words of an entry that has them in its rich text alone."""
    import json

    try:
        contents = json.loads(written).get("contents", []) if written else []
        return "".join(each["text"] for each in contents if isinstance(each.get("text"), str))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ""
