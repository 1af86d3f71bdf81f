"""What takes the place of lost records that others cannot do without, so that these are kept.

A pair, and a goal that was measured, are stood in for by one of the same number that says which it was.
Any other reference to what is lost becomes empty.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, new_uid, shapes
from mentorlog.storage.rows import to_row


class Links(NamedTuple):
    """The ids of what stands in for what is lost, and of records that name something lost no longer.

    `lost` are the ids of what they named.
    """

    stand_ins: list[str]
    unlinked: list[str]
    lost: set[str]


def mend(connection: sqlite3.Connection, at: str) -> Links:
    """Give every reference something it leads to, or none.

    The temporary table `logged`, of `saving.NewJournal`, says the uids of what is lost.
    """
    stand_ins = [*_for_goals(connection, at), *_for_pairs(connection, at)]
    unlinked, lost = dict[str, None](), set[str]()
    for kind in KIND_NAMES:
        for name, shape in shapes(KIND_NAMES[kind]).items():
            if shape.refers_to and not shape.required:
                for ref, named in _unlink(connection, kind, name, shape.refers_to):
                    unlinked[ref] = None
                    if not is_there(connection, shape.refers_to, named):
                        lost.add(id_of(shape.refers_to, named))
    return Links(stand_ins, list(unlinked), lost)


def is_there(connection: sqlite3.Connection, kind: str, number: int) -> bool:
    """True where a record of that kind has the number."""
    sql = f"SELECT EXISTS (SELECT 1 FROM {kind} WHERE number = ?)"
    return bool(connection.execute(sql, (number,)).fetchone()[0])


def _for_goals(connection: sqlite3.Connection, at: str) -> Iterator[str]:
    missing = (
        "SELECT DISTINCT goal FROM measurement WHERE goal NOT IN (SELECT number FROM goal)"
        " ORDER BY goal"
    )
    for (number,) in connection.execute(missing).fetchall():
        ref = id_of("goal", number)
        pair = connection.execute(
            "SELECT pair FROM action WHERE goal = ?1 UNION ALL SELECT pair FROM insight WHERE goal = ?1",
            (number,),
        ).fetchone()
        if pair is None:
            (of,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM pair").fetchone()
            yield _put(connection, _pair(of, f"({ref})", at[:10]), of, at)
        else:
            (of,) = pair
        statement = f"({ref})"
        yield _put(connection, Goal(pair=id_of("pair", of), statement=statement), number, at)


def _for_pairs(connection: sqlite3.Connection, at: str) -> Iterator[str]:
    named = " UNION ".join(
        f"SELECT pair, substr(created_at, 1, 10) AS made_on FROM {kind}"
        for kind in KIND_NAMES
        if "pair" in shapes(KIND_NAMES[kind])
    )
    missing = (
        f"SELECT pair, min(made_on) FROM ({named}) WHERE pair NOT IN (SELECT number FROM pair)"
        " GROUP BY pair"
    )
    for number, made_on in connection.execute(missing).fetchall():
        name = f"({id_of('pair', number)})"  # the id alone would mean the record
        yield _put(connection, _pair(number, name, made_on), number, at)


def _pair(number: int, name: str, started_on: str) -> Pair:
    on = date.fromisoformat(started_on)
    return Pair(id=id_of("pair", number), partner=name, my_role="mentor", started_on=on)


def _put(connection: sqlite3.Connection, record: Record, number: int, at: str) -> str:
    """Keep a record under a number, with the uid that the lost one of that number had."""
    uid = connection.execute(
        "SELECT uid FROM logged WHERE kind = ? AND number = ? ORDER BY line DESC",
        (record.kind, number),
    ).fetchone()
    row = to_row(record) | {
        "number": number,
        "uid": new_uid() if uid is None else uid[0],
        "created_at": at,
        "updated_at": at,
    }
    connection.execute(
        f"INSERT INTO {record.kind} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    return id_of(record.kind, number)


def _unlink(
    connection: sqlite3.Connection, kind: str, name: str, wanted: str
) -> Iterator[tuple[str, int]]:
    """Empty references that lead nowhere, or to a record of another pair; yield whose, and what they named."""
    leads = (
        f"SELECT 1 FROM {wanted} AS it WHERE it.number = {kind}.{name} AND it.pair = {kind}.pair"
    )
    gone = f"{name} IS NOT NULL AND NOT EXISTS ({leads})"
    rows = connection.execute(f"SELECT number, {name} FROM {kind} WHERE {gone} ORDER BY number")
    found = [(id_of(kind, number), named) for number, named in rows]
    if found:
        connection.execute(f"UPDATE {kind} SET {name} = NULL WHERE {gone}")
    yield from found
