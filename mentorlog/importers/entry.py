"""An entry of another program's journal, and the record it becomes: every word of it is in there.

A short title is the summary of a meeting, which may be shared; the rest are its notes, which never are.
A reflection has it all under one key. Which entries there are, and what is the title of one, is the
business of the modules that read the formats.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.domain.reflection import Reflection
from mentorlog.errors import Place, standing_at
from mentorlog.i18n import _, listing
from mentorlog.importers.days import Moment
from mentorlog.labels import field_label

BECOMES = ("meeting", "reflection")
ANSWER = "entry"  # the key that a reflection has the words of an entry under
_SHORT = 120  # characters: what is longer is no title
_MARKS = "@#"  # that other programs put before a tag
_AFTER_TITLE = re.compile(r"[^\S\n]*\n*")


class Reading(NamedTuple):
    """How a file of another program is to be read, as far as that was said.

    `kind` is what an entry becomes; `columns` are words such as "date=Day"; `date_format` says how days
    are written, as for `strptime`.
    """

    kind: str = BECOMES[0]
    columns: tuple[str, ...] = ()
    date_format: str | None = None


AS_IT_IS = Reading()


class Entry(NamedTuple):
    """One entry: its day and time of day, its text, its tags, and what else the file says of it.

    `identity` is what it is known by when the same file comes again. `title` is the beginning of its
    text that is a title, blank where none of it is. `fields` are values of the
    record's own fields, where the file has a column for them. One that `is_elsewhere` was written in a
    zone that is not known: its day is that of UTC.
    """

    place: Place
    identity: tuple[str, ...]
    on: date
    at: str | None = None
    text: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, Any] = MappingProxyType({})
    is_elsewhere: bool = False

    @property
    def is_wordless(self) -> bool:
        """True where it says nothing but when it was."""
        return not self.text.strip() and not self.fields


def identity(moment: Moment, words: str, uuid: str = "") -> tuple[str, ...]:
    """Return what an entry is known by: its own id, or without one when it was, and its words.

    How these are parted is no part of it: one form of a file has a title on a line of its own, another
    has not.
    """
    return ("uuid", uuid) if uuid else (str(moment.on), moment.at or "", "".join(words.split()))


def starred(is_starred: bool) -> tuple[tuple[str, str], ...]:
    """Return what else is said of an entry that has a star."""
    return (("starred", "true"),) if is_starred else ()


class Becoming:
    """Makes records of the entries of one file, all of them of one kind and for one pair.

    `phase` says which phase the pair was in on a day.
    """

    def __init__(self, form: str, kind: str, pair: Pair, phase: Callable[[date], str]) -> None:
        self._form = form
        self._kind = kind
        self._pair = pair
        self._phase = phase
        self._times: Counter[bytes] = Counter()  # each identity has come

    def records(self, entries: Iterator[Entry]) -> Iterator[tuple[Place, Record]]:
        """Yield the record that each entry becomes; BadFile names the first that becomes none."""
        make = self._meeting if self._kind == "meeting" else self._reflection
        for entry in entries:
            with standing_at(entry.place):
                record = make(entry, self._uid(entry))
            yield entry.place, record

    def _uid(self, entry: Entry) -> str:
        """Return a uid that is the same each time the file comes for the pair; twins in it have one each."""
        said = "\x1f".join((self._form, self._kind, self._pair.uid, *entry.identity)).encode()
        key = hashlib.sha256(said).digest()[:16]
        self._times[key] += 1
        return hashlib.sha256(b"%b %d" % (key, self._times[key])).hexdigest()[:32]

    def _meeting(self, entry: Entry, uid: str) -> Meeting:
        summary, notes = _title_apart(entry)
        fields: dict[str, Any] = {"start_time": entry.at, "summary": summary} | dict(entry.fields)
        words = _joined(fields.get("notes"), notes)
        has_words = words is not None or fields["summary"] is not None
        fields["notes"] = _joined(words, _said(entry.more, has_words=has_words))
        fields["topics"] = (*fields.get("topics", ()), *_topics(entry.tags))
        return Meeting(uid=uid, pair=self._pair.id, held_on=entry.on, **fields)

    def _reflection(self, entry: Entry, uid: str) -> Reflection:
        beside = {"start_time": entry.at or "", "topics": listing(_topics(entry.tags))}
        said = ((field_label(name), text) for name, text in beside.items() if text)
        return Reflection(
            uid=uid,
            pair=self._pair.id,
            written_on=entry.on,
            phase=self._phase(entry.on),
            form="free",
            answers={
                ANSWER: _joined(
                    entry.text, _said((*said, *entry.more), has_words=bool(entry.text.strip()))
                )
                or ""
            },
        )


def _title_apart(entry: Entry) -> tuple[str | None, str]:
    """Return the title, where it is short, and the rest."""
    if not 0 < len(entry.title.strip()) <= _SHORT:
        return None, entry.text
    rest = entry.text.removeprefix(entry.title)
    return entry.title.strip(), _AFTER_TITLE.sub("", rest, count=1)


def _topics(tags: tuple[str, ...]) -> Iterator[str]:
    """Yield the tags without their marks, each once."""
    bare = (" ".join(tag.split()).lstrip(_MARKS) or tag for tag in tags)
    yield from dict.fromkeys(tag for tag in bare if tag)


def _joined(*parts: str | None) -> str | None:
    return "\n\n".join(part for part in parts if part and part.strip()) or None


def _said(more: tuple[tuple[str, str], ...], *, has_words: bool) -> str | None:
    """Return what else a file says of an entry, under a heading: a list shows it where there is no other word."""
    if not more:
        return None
    heading = _("Also in the entry:") if has_words else _("No text. In the entry:")
    return "\n".join([heading, *(f"{name}: {said}" for name, said in more)])
