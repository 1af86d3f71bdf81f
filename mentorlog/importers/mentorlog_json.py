"""What mentorlog's own export for me holds, read back exactly: every record as it was.

A record names others by their uid; so it does still when it has been read, for the journal to look up.
What a field cannot hold, a key that is missing or one that there is not, is refused: nothing is guessed.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from mentorlog.domain import fields, plain
from mentorlog.domain.fields import Shape
from mentorlog.domain.goal import ENTRY_KEYS, REVISABLE, Goal
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import BadFile, InvalidValue, Place, standing_at
from mentorlog.importers.entry import AS_IT_IS, Reading
from mentorlog.importers.json_pieces import Pieces
from mentorlog.importers.source import Source

_HEADER = plain.document("export", audience="me")
_MEMBERS = {*_HEADER, "since", "until", "records"}
_PAUSE_KEYS = {"from_on", "until_on"}
_MOST_DAYS = 4096  # that are remembered: the records of ten years have the same ones
_DEEDS = ("revised", "achieved", "dropped")
_ID = re.compile(
    "[a-z][1-9][0-9]{0,11}"
)  # such a number has room beside its kind in the search index
_UID = re.compile("[0-9a-f]{32}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")

Read = Callable[[str, Any], Any]
Placed = Iterator[tuple[Place, Record]]


def read(source: Source, _reading: Reading = AS_IT_IS) -> Placed:
    """Yield every record of an export with its place; BadFile for the first that is none."""
    document = Pieces(source.text())
    seen: set[str] = set()
    for member in document.members():
        if member not in _MEMBERS:
            raise document.wrong("not-this-export")
        seen.add(member)
        if member == "records":
            if not _HEADER.keys() <= seen:
                raise document.wrong("not-this-export")
            yield from _records(document)
        else:
            _check_header(document, member)
    if seen != _MEMBERS:
        raise document.wrong("not-this-export")


def _check_header(document: Pieces, member: str) -> None:
    value = document.value()
    if member == "audience" and value in ("partner", "programme"):
        raise document.wrong("for-others")
    if member == "format" and value != plain.FORMAT and str(value).startswith("mentorlog/"):
        raise document.wrong("other-version")
    if member in _HEADER and value != _HEADER[member]:
        raise document.wrong("not-this-export")


def _records(document: Pieces) -> Placed:
    types = dict(KIND_NAMES)  # each is looked up a hundred thousand times
    for entry, value in enumerate(document.elements(), 1):
        kind = value.get("kind") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in types:
            raise BadFile("no-record", Place(entry, document.line))
        place = Place(entry, document.line, kind)
        with standing_at(place):
            record = _record(types[kind], value)
        yield place, record


def _record(record_type: type[Record], value: dict[str, Any]) -> Record:
    """Return the record that an object says in full; InvalidValue names the key that is wrong."""
    known = _keys(record_type)
    if value.keys() != known.keys():
        key = next(iter(known.keys() - value.keys()), None)
        if key is None:
            raise InvalidValue("", "", "key-unknown", tuple(known))
        raise InvalidValue(key, "", "key-missing")
    del value["kind"]
    for key, read_as in known.items():
        if read_as is not None:
            value[key] = read_as(key, value[key])
    if value["id"][0] != record_type.letter:
        raise InvalidValue("id", "", "not-an-id")
    return record_type(**value)


_keys_of: dict[type[Record], dict[str, Read | None]] = {}


def _keys(record_type: type[Record]) -> dict[str, Read | None]:
    """Return the keys of a record, each with what reads its value, where it does not stand as it is."""
    if record_type not in _keys_of:
        of_fields = {name: _reader(shape) for name, shape in shapes(record_type).items()}
        _keys_of[record_type] = {
            "kind": None,
            "id": _id,
            "uid": _uid,
            **of_fields,
            "created_at": _instant,
            "updated_at": _instant,
        }
    return _keys_of[record_type]


# Values: what a record does not check by itself ---------------------------------------------------


def _reader(shape: Shape) -> Read | None:
    readers = {
        "day": _day,
        "lines": _lines,
        "map": _map,
        "entries": _entries,
        "reference": _reference,
    }
    return readers.get(shape.holds)


def _day(name: str, value: Any) -> date | None:
    if value is None:
        return None
    day = _day_of(value) if isinstance(value, str) else None
    if day is None:
        raise InvalidValue(name, "", "not-a-day")
    return day


@lru_cache(_MOST_DAYS)
def _day_of(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _lines(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InvalidValue(name, "", "not-lines")
    return tuple(value)


def _map(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidValue(name, "", "not-a-map")
    return value


def _entries(name: str, value: Any) -> tuple[dict[str, Any], ...]:
    """Return what a record has written about itself; of what is in it, the record checks little."""
    is_sound = isinstance(value, list) and all(
        isinstance(each, dict) and _is_entry(name, each) for each in value
    )
    if not is_sound:
        raise InvalidValue(name, "", "not-entries")
    return tuple(value)


def _is_entry(name: str, entry: dict[str, Any]) -> bool:
    if name == "pauses":
        return entry.keys() == _PAUSE_KEYS  # what they hold, the pair does check
    if entry.keys() != ENTRY_KEYS or not isinstance(entry["before"], dict):
        return False
    because, known = entry["because"], shapes(Goal)
    if entry["did"] not in _DEEDS or _day("revisions", entry["revised_on"]) is None:
        return False
    fields.checked("because", known["why"], because)
    for changed, before in entry["before"].items():
        if changed not in (*REVISABLE, "state"):
            return False
        read_as = _reader(known[changed])
        given = before if read_as is None else read_as(changed, before)
        fields.checked(changed, known[changed], given)
    return True


def _instant(name: str, value: Any) -> datetime:
    instant = _instant_of(value) if isinstance(value, str) else None
    if instant is None:
        raise InvalidValue(name, "", "not-an-instant")
    return instant


@lru_cache(2)  # most records are as they were made
def _instant_of(text: str) -> datetime | None:
    if _INSTANT.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _reference(name: str, value: Any) -> str | None:
    return None if value is None else _uid(name, value)


def _uid(name: str, value: Any) -> str:
    if not isinstance(value, str) or _UID.fullmatch(value) is None:
        raise InvalidValue(name, "", "not-a-uid")
    return value


def _id(name: str, value: Any) -> str:
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        raise InvalidValue(name, "", "not-an-id")
    return value
