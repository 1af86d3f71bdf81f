"""What jrnl writes: its export as JSON, and its text, which is the journal file itself.

In the text an entry begins with a line such as `[2026-11-22 09:30:00 AM] A title. *`, the star for
one that is starred; how the day is written is a setting there. A line in brackets that names no day
belongs to the entry, as it does to jrnl. The title is the first sentence, or the first line where that
ends before.
"""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from mentorlog.domain.when import parse_clock
from mentorlog.errors import BadFile, InvalidValue, Place, standing_at
from mentorlog.importers.days import Moment, read_moment
from mentorlog.importers.entry import AS_IT_IS, Entry, Reading, identity, starred
from mentorlog.importers.foreign_json import entries, flag_of, others, text_of, texts_of
from mentorlog.importers.json_pieces import Pieces
from mentorlog.importers.source import MOST_CHARACTERS, Source, blocks

_KNOWN = {"title", "body", "date", "time", "tags", "starred", "uuid"}
_BEGINNING = re.compile(r"\[([^\]\n]{6,60})\](?: |$)")
_MAY_BEGIN = re.compile(r"^\[.*\n?", re.MULTILINE)
_TAG = re.compile(r"(?<!\S)[@#][-+*#/\w]+")
_SENTENCE = re.compile(  # ends as jrnl has them end
    r"[.!?\u2026\u203c\u203d\u2047\u2048\u2049\u22ef\ufe52\ufe57]['\u2019\"\u201d]?[\])]*(?=\s|\Z)"
    r"|[\uff01\uff0e\uff1f\uff61\u3002][\u300d\u300f\uff09\uff63]*"
)
_NO_DAY = {"day-unknown-there", "day-without-year", "day-otherwise", "clock-unknown"}


def read(source: Source, reading: Reading = AS_IT_IS) -> Iterator[Entry]:
    """Yield the entries of a journal, in either form."""
    if source.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _of_json(source)
    return _of_text(source, reading.date_format)


def begins(text: str, date_format: str | None) -> bool:
    """True where a text begins as an entry does."""
    try:
        return _beginning(text.split("\n", 1)[0].rstrip("\r"), date_format) is not None
    except InvalidValue:
        return True  # what is wrong with it is said when it is read


# JSON ------------------------------------------------------------------------------------------


def _of_json(source: Source) -> Iterator[Entry]:
    for place, value in entries(Pieces(source.text())):
        with standing_at(place):
            entry = _entry_of(place, value)
        yield entry


def _entry_of(place: Place, value: dict[str, Any]) -> Entry:
    day, time = text_of(value, "date"), text_of(value, "time")
    moment = Moment(read_moment(day, None).on, parse_clock(time) if time else None)
    text = _joined(text_of(value, "title"), text_of(value, "body"))
    return Entry(
        place,
        identity(moment, text, text_of(value, "uuid")),
        *moment,
        text=text,
        title=_title(text),
        tags=texts_of(value, "tags"),
        more=starred(flag_of(value, "starred")) + others(value, _KNOWN),
    )


# Both ------------------------------------------------------------------------------------------


def _joined(first: str, rest: str) -> str:
    """Return a text by its first line, or its title, and what comes after."""
    return "\n".join(part for part in (first.strip(), rest.strip("\n")) if part.strip())


def _title(text: str) -> str:
    first = text.partition("\n")[0]
    ending = _SENTENCE.search(first)
    return first[: ending.end()] if ending else first


# Text ------------------------------------------------------------------------------------------


def _of_text(source: Source, date_format: str | None) -> Iterator[Entry]:
    under_way: _UnderWay | None = None
    for number, part in _parts(source):
        entry = 1 if under_way is None else under_way.place.entry + 1
        found = _begun(part.rstrip("\n"), date_format, Place(entry, number))
        if found is not None:
            if under_way is not None:
                yield under_way.entry()
            under_way = _UnderWay(Place(entry, number), *found)
        elif under_way is not None:
            under_way.go_on(part)
        elif part.strip():
            blank = len(part) - len(part.lstrip())
            raise BadFile("no-beginning", Place(line=number + part.count("\n", 0, blank)))
    if under_way is not None:
        yield under_way.entry()


def _parts(source: Source) -> Iterator[tuple[int, str]]:
    """Yield each line that may begin an entry, and what stands between two of them as far as it was read.

    Each comes with the number of the line it begins on. (A line at a time, ten megabytes of empty ones
    would take as long as a gigabyte of others.)
    """
    number = 1
    for block in blocks(source.text()):
        text = block.replace("\r\n", "\n").replace("\r", "\n")
        at = 0
        for found in _MAY_BEGIN.finditer(text):
            if at < found.start():
                yield number, text[at : found.start()]
            number += text.count("\n", at, found.start())
            yield number, found[0]
            number, at = number + 1, found.end()
        if at < len(text):
            yield number, text[at:]
        number += text.count("\n", at)


def _begun(line: str, date_format: str | None, place: Place) -> tuple[Moment, str] | None:
    """Return the moment and the words in a line that begins an entry, None for any other line."""
    if not line.startswith("["):
        return None
    with standing_at(place):
        return _beginning(line, date_format)


def _beginning(line: str, date_format: str | None) -> tuple[Moment, str] | None:
    found = _BEGINNING.match(line)
    if found is None:
        return None
    try:
        return read_moment(found[1], date_format), line[found.end() :]
    except InvalidValue as refusal:
        if refusal.reason in _NO_DAY:
            return None
        raise


class _UnderWay:
    """An entry of a text, from the line that begins it up to the next that begins one."""

    def __init__(self, place: Place, moment: Moment, first: str) -> None:
        self.place = place
        self._moment = moment
        self._first = first.strip()
        self._body = StringIO()

    def go_on(self, part: str) -> None:
        """Take some lines more of it."""
        if self._body.tell() + len(part) > MOST_CHARACTERS:
            raise BadFile("too-long", self.place)
        self._body.write(part)

    def entry(self) -> Entry:
        """Return all of it."""
        is_starred = self._first.endswith("*")
        text = _joined(
            self._first.rstrip(" *") if is_starred else self._first, self._body.getvalue()
        )
        return Entry(
            self.place,
            identity(self._moment, text),
            *self._moment,
            text=text,
            title=_title(text),
            tags=tuple(sorted({tag.lower() for tag in _TAG.findall(text)})),
            more=starred(is_starred),
        )
