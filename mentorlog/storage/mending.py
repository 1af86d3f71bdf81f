"""The log, mended where writes have lost all that they wrote: undo and redo pass over what is gone."""

import sqlite3
from typing import NamedTuple


class _Line(NamedTuple):
    """A write in the log, and the writes that undo and redo would take once it is done."""

    number: int
    reverses: int | None
    undo_next: int | None
    redo_next: int | None
    is_emptied: bool


def mend(connection: sqlite3.Connection) -> None:
    """Take the writes out that have nothing left in them, and have undo and redo pass them over.

    The rest is read anew from the beginning, as if the others had never been: a write of its own leads
    undo to itself and ends what could be redone; taking one back leads to where it stood before it.
    An earlier `forget` changes nothing about either.
    """
    emptied, changed = list[int](), list[_Line]()
    last = _Line(0, None, None, None, is_emptied=False)
    before: dict[int, _Line] = {}  # each write that stays: the state it began from
    for line in _lines(connection):
        adds_itself = line.number in (line.undo_next, line.redo_next)
        if line.is_emptied and adds_itself:
            emptied.append(line.number)
            continue
        before[line.number] = last
        last = _mended(line, last, before)
        if last != line:
            changed.append(last)
    _write(connection, changed, emptied)


def _lines(connection: sqlite3.Connection) -> list[_Line]:
    sql = (
        "SELECT number, reverses, undo_next, redo_next, number NOT IN (SELECT write FROM changes)"
        " FROM writes ORDER BY number"
    )
    return [_Line(*row) for row in connection.execute(sql)]


def _mended(line: _Line, last: _Line, before: dict[int, _Line]) -> _Line:
    """Return a write with what undo and redo take after it, when the `last` one came before it."""
    if line.redo_next == line.number and line.reverses is not None:
        return line._replace(undo_next=before[line.reverses].undo_next)
    if line.undo_next == line.number and line.reverses is not None:
        return line._replace(redo_next=before[line.reverses].redo_next)
    if line.undo_next == line.number:
        return line
    return line._replace(undo_next=last.undo_next, redo_next=last.redo_next)


def _write(connection: sqlite3.Connection, changed: list[_Line], emptied: list[int]) -> None:
    """Keep what has changed, and delete what is emptied, the last first: nothing refers to it then."""
    columns = ("reverses", "undo_next", "redo_next")
    for column in columns:  # else each line that goes is looked for in all others
        connection.execute(f"CREATE INDEX by_{column} ON writes ({column})")
    connection.executemany(
        "UPDATE writes SET undo_next = ?, redo_next = ? WHERE number = ?",
        [(line.undo_next, line.redo_next, line.number) for line in changed],
    )
    connection.executemany(
        "DELETE FROM writes WHERE number = ?", [(number,) for number in reversed(emptied)]
    )
    for column in columns:
        connection.execute(f"DROP INDEX by_{column}")
