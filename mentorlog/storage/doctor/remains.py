"""What a row that was found in a damaged journal is: a record of some kind, whole or mended, or nothing.

A row is taken for a record only where everything it has to have fits: its uid, its instants, its days,
its codes. What is known to be wrong is never passed on as right: in a text, a sign stands for what is
lost, and what else does not fit is unknown again.
"""

import dataclasses
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, cast

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import NotPossible
from mentorlog.storage.doctor import pages
from mentorlog.storage.rows import Row, as_json, instant_text, to_record

LOST = "\ufffd"  # stands in a text for what of it is lost
HIGHEST = (1 << 40) - 1  # a number that a record can have: see `search_index.documents`

_UID = re.compile(r"[0-9a-f]{32}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_UNREADABLE = re.compile("[\x00\ud800-\udfff]+")
_MIGRATION = re.compile(r"(\d)-[a-z-]+")
_OF_EVERY_KIND = ("uid", "visibility", "created_at", "updated_at")
_TEXTS = {"line", "text", "lines", "map", "entries"}

# How the columns stood in earlier versions of the schema: one that came later may be missing at the end
# of a row, and in the first version `goal` stood before another.
_CAME_LATER = {"pair": "pauses", "action": "goal", "insight": "goal"}
_GOAL_STOOD_BEFORE = {"action": "done_on", "insight": "meeting"}


class Remains(NamedTuple):
    """A record's row as it can be kept. Not `is_whole`: a part of it is lost."""

    kind: str
    row: Row
    is_whole: bool


class Logged(NamedTuple):
    """What a line of the log says of a record, as far as it is wanted here."""

    uid: str
    kind: str
    number: int
    did: str
    line: int


def of_record(kind: str, row: Row, *, is_whole: bool = True) -> Remains | None:
    """Return what is left of a row that stands among the records of a kind."""
    if not _is_identified(row):
        return None
    known = {**blank(kind), **row}
    if is_whole and _fits(kind, known):
        return Remains(kind, known, is_whole=True)
    mended = _mended(kind, known)
    return None if mended is None else Remains(kind, mended, is_whole=False)


def recognised(found: pages.Row, version: int) -> list[Remains]:
    """Return what a row of which only the values are known may be left of: those whole before others.

    `version` is that of the schema it was written with.
    """
    if not found.values or found.values[0] is not None:
        return []  # the number of a record is not among its values
    may_be = list[Remains]()
    for kind, stood in _layouts(len(found.values), version):
        row = dict(zip(stood, (found.number, *found.values[1:]), strict=True))
        remains = of_record(kind, row, is_whole=found.is_whole)
        if remains is not None:
            may_be.append(remains)
    return sorted(may_be, key=lambda remains: not remains.is_whole)


def version_in(found: pages.Row) -> int:
    """Return the version of the schema that a row says the journal was brought to, 0 where it says none."""
    if "mentorlog" not in found.values:
        return 0
    said = (_MIGRATION.fullmatch(each) for each in found.values if isinstance(each, str))
    return max((int(each[1]) for each in said if each), default=0)


def logged(found: pages.Row) -> Logged | None:
    """Return the line of the log that a row is, None where it is none."""
    match found.values:
        case (None, int(), str(kind), int(number), str(uid), str(did), str() | None, str() | None):
            return logged_as(uid, kind, number, did, found.number)
    return None


def logged_as(*line_of: object) -> Logged | None:
    """Return a line of the log that can be meant, of its uid, kind, number, what it did, and its own number."""
    uid, kind, number, did, line = line_of
    is_one = isinstance(uid, str) and _UID.fullmatch(uid) and kind in KIND_NAMES
    is_numbered = isinstance(number, int) and isinstance(line, int)
    if is_one and is_numbered and did in {"added", "changed", "removed"}:
        return Logged(str(uid), str(kind), cast("int", number), str(did), cast("int", line))
    return None


def note_of_export(values: tuple[pages.Value, ...]) -> tuple[pages.Value, ...] | None:
    """Return the columns of a note of an export, but for its number; None where the values are none."""
    match values:
        case (_, str(at), int(), "partner" | "programme", str(), int(), str() | None, str(told)):
            texts = "".join(each for each in values if isinstance(each, str))
            if _is_instant(at) and told[:1] == "[" and not _UNREADABLE.search(texts):
                return values[1:]
    return None


# A row and its columns ---------------------------------------------------------------------------


def _is_identified(row: Row) -> bool:
    uid, number = row.get("uid"), row.get("number")
    return isinstance(uid, str) and bool(_UID.fullmatch(uid)) and isinstance(number, int)


@cache
def columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind in the order in which they stand in a row."""
    own = [name for name in shapes(KIND_NAMES[kind]) if name != "visibility"]
    later = _CAME_LATER.get(kind)
    if later is not None:
        own = [*(name for name in own if name != later), later]
    return ("number", *_OF_EVERY_KIND, *own)


@cache
def _layouts(count: int, version: int) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kinds that have rows of so many values, with the columns these are of."""
    known = [(kind, columns) for kind in KIND_NAMES for columns in _stood(kind, version)]
    return [(kind, columns) for kind, columns in known if len(columns) == count]


def _stood(kind: str, version: int) -> Iterator[tuple[str, ...]]:
    """Yield how the columns of a kind stand in a journal of that version of the schema."""
    stand = columns(kind)
    if version == 1 and kind in _GOAL_STOOD_BEFORE:
        at = stand.index(_GOAL_STOOD_BEFORE[kind])
        yield (*stand[:at], "goal", *stand[at:-1])
        return
    yield stand
    if kind in _CAME_LATER:
        yield stand[:-1]


@cache
def blank(kind: str) -> Row:
    """Return the columns that need not be known, as they are where nothing is said."""
    row = Row()
    for each in dataclasses.fields(KIND_NAMES[kind]):
        if "shape" not in each.metadata:
            continue
        if each.default is not dataclasses.MISSING:
            row[each.name] = _column(each.default)
        elif each.default_factory is not dataclasses.MISSING:
            row[each.name] = as_json(each.default_factory())
    return row


def _column(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return as_json(value) if isinstance(value, tuple) else value


# Whether it fits ---------------------------------------------------------------------------------


def _fits(kind: str, row: Row) -> bool:
    """True where a row is a record just as it stands."""
    texts = (each for each in row.values() if isinstance(each, str))
    if not all(_is_instant(row.get(name)) for name in ("created_at", "updated_at")):
        return False
    return not any(_UNREADABLE.search(each) for each in texts) and _is_record(kind, row)


def _is_instant(value: object) -> bool:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_record(kind: str, row: Row) -> bool:
    record_type: type[Record] = KIND_NAMES[kind]
    for name, shape in shapes(record_type).items():
        value = row.get(name)
        sort = {"quantity": (int, float), "number": (int,), "flag": (int,), "reference": (int,)}
        if value is not None and not isinstance(value, sort.get(shape.holds, (str,))):
            return False
        if shape.holds == "flag" and value not in (0, 1):
            return False
    try:
        to_record(record_type, row)
    except (NotPossible, KeyError, RecursionError, OverflowError):
        return False
    return True


# Mending -----------------------------------------------------------------------------------------


def _mended(kind: str, row: Row) -> Row | None:
    """Return a row with what does not fit left out; None where that is more than can be spared."""
    texts = {name for name, shape in shapes(KIND_NAMES[kind]).items() if shape.holds in _TEXTS}
    read = row | {name: _readable(row[name]) for name in texts if isinstance(row.get(name), str)}
    read |= _instants(row)
    kept = read | blank(kind)
    if not _is_record(kind, kept):
        return None
    for name in blank(kind):
        if _is_record(kind, kept | {name: read.get(name)}):
            kept[name] = read.get(name)
    return kept


def _readable(text: str) -> str:
    return _UNREADABLE.sub(LOST, text)


def _instants(row: Row) -> Row:
    """Return the instants of a row: one that is lost as the other, and both as long ago as can be."""
    known = [row[name] for name in ("created_at", "updated_at") if _is_instant(row.get(name))]
    lost = known[0] if known else instant_text(datetime.min.replace(tzinfo=UTC))
    return {
        name: row[name] if _is_instant(row.get(name)) else lost
        for name in ("created_at", "updated_at")
    }
