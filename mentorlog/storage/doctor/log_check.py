"""Whether the log and the records say the same: every record came by it, and is as it was left.

What was changed stands in the log before and after, so each change has to begin where the one before it
ended, and the last where the record is now. And undo and redo have to lead where the writes lead them.
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.storage.doctor.remains import columns

_BRINGING_INSTANTS = {
    "import",
    "salvage",
}  # writes whose records say themselves when they were made
_Steps = tuple[int | None, int | None]  # what undo, and what redo would take next


class Disagreement(NamedTuple):
    """The ids of records that the log says other things of, and the numbers of writes that lead astray.

    `tables` are those of which a number would be given again.
    """

    records: list[str]
    lines: list[int]
    tables: list[str]
    writes: int


class _Write(NamedTuple):
    """A write: when it was, whether it takes no other back, whether it stamps what it writes with that."""

    at: str
    is_own: bool
    is_stamping: bool


class _Known:
    """What the log has said of a record so far."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind = kind
        self.number = number
        self.is_there = True
        self.is_straight = True
        self.values: dict[str, Any] = {}

    @property
    def id(self) -> str:
        return id_of(self.kind, self.number)

    def follow(self, did: str, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Go on to the next change."""
        self.is_straight &= self.is_there == (did != "added")
        self.is_straight &= self._agrees(before)
        self.values |= before if did == "removed" else after
        self.is_there = did != "removed"

    def _agrees(self, found: dict[str, Any]) -> bool:
        """True where what is found has no other value than what is known."""
        return all(self.values.get(name, value) == value for name, value in found.items())

    def is_as(self, kind: str, row: dict[str, Any]) -> bool:
        """True where a record is as the log has left it."""
        is_it = (self.kind, self.number) == (kind, row["number"])
        return is_it and self.is_there and self.is_straight and self._agrees(row)


def disagreeing(connection: sqlite3.Connection) -> Disagreement:
    """Return what does not fit together."""
    lines = set[int]()
    writes = dict[int, _Write]()
    for line in connection.execute("SELECT * FROM writes ORDER BY number"):
        is_stamping = line["command"] not in _BRINGING_INSTANTS
        writes[line["number"]] = _Write(line["at"], line["reverses"] is None, is_stamping)
    lines |= set(_astray(connection))
    known = _followed(connection, writes, lines)
    wrong = list[str]()
    for kind in KIND_NAMES:
        for values in connection.execute(f"SELECT * FROM {kind} ORDER BY number"):
            row = dict(values)
            logged = known.pop(row["uid"], None)
            if logged is None or not logged.is_as(kind, row):
                wrong.append(id_of(kind, row["number"]))
    missing = [each.id for each in known.values() if each.is_there]
    return Disagreement(
        list(dict.fromkeys(wrong + missing)),
        sorted(filter(None, lines)),
        _giving_again(connection),
        len(writes),
    )


def _followed(
    connection: sqlite3.Connection, writes: dict[int, _Write], lines: set[int]
) -> dict[str, _Known]:
    """Return what the log says of each record in the end, by its uid; lines that say nothing are noted."""
    known = dict[str, _Known]()
    for change in connection.execute("SELECT * FROM changes ORDER BY number"):
        uid, write, did = change["uid"], change["write"], change["did"]
        images = [_image(change[name], change["kind"]) for name in ("before", "after")]
        if change["kind"] not in KIND_NAMES or write not in writes or None in images:
            lines.add(write)
            continue
        before, after = (image or {} for image in images)
        at, is_own, is_stamping = writes[write]
        is_new = did == "added" and is_own  # or brought in again, after it was taken back
        if uid not in known or (is_new and not known[uid].is_there):
            known[uid] = _Known(change["kind"], change["record"])
            if is_new and is_stamping:
                known[uid].values = {"created_at": at, "updated_at": at}
            known[uid].is_there = did != "added"
        if (known[uid].kind, known[uid].number) != (change["kind"], change["record"]):
            known[uid].is_straight = False
        if did == "changed" and is_own and after.get("updated_at") != at:
            known[uid].is_straight = False
        known[uid].follow(did, before, after)
    return known


def _image(text: str | None, kind: str) -> dict[str, Any] | None:
    """Return what a change says of columns; None where that is not to be read."""
    if text is None:
        return {}
    try:
        image = json.loads(text)
    except (ValueError, RecursionError, TypeError):
        return None
    return image if isinstance(image, dict) and image.keys() <= _columns(kind) else None


def _columns(kind: str) -> set[str]:
    return set(columns(kind)) if kind in KIND_NAMES else set()


def _giving_again(connection: sqlite3.Connection) -> list[str]:
    """Return the tables whose last number SQLite would give again."""
    found = list[str]()
    for table in (*KIND_NAMES, "writes", "changes", "exports"):
        (highest,) = connection.execute(f"SELECT max(number) FROM {table}").fetchone()
        given = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        if highest is not None and not _is_at_least(highest, given.fetchall()):
            found.append(table)
    return found


def _is_at_least(highest: int, given: list[Any]) -> bool:
    """True where the one number that was given last is no lower than the highest there is."""
    (seq,) = given[0] if len(given) == 1 else (None,)
    return isinstance(seq, int) and seq >= highest


def _astray(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield the writes after which undo and redo do not lead on as they were led there."""
    last: _Steps = (None, None)
    before = dict[int, _Steps]()
    for line in connection.execute("SELECT * FROM writes ORDER BY number"):
        number, reverses = line["number"], line["reverses"]
        found: _Steps = (line["undo_next"], line["redo_next"])
        before[number] = last
        undo, redo = before.get(reverses, (None, None))
        if reverses is None and number in found:
            wanted: _Steps = (number, None)
        elif reverses is not None and found[1] == number:
            wanted = (undo, number)
        elif reverses is not None and found[0] == number:
            wanted = (number, redo)
        else:
            wanted = last
        if found != wanted:
            yield number
        last = found
