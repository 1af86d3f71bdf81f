"""The timeline: records of all kinds by their day, newest first. It only reads."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from mentorlog.domain.kinds import KINDS, parse_reference
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import NotPossible
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.storage.local_days import day_after, local_day, midnight
from mentorlog.storage.pairs import belongs_to, pair_id, way_to_pair
from mentorlog.storage.rows import id_in_sql


class Entry(NamedTuple):
    """A record, the day the timeline puts it under, and the id of its pair if it has one.

    `of` is the record by which it belongs to the pair, such as a measurement's goal.
    """

    day: date
    record: Record
    pair: str | None
    of: Record | None = None


class Slice(NamedTuple):
    """The part of the timeline that is wanted; what is None does not limit it."""

    pair: str | None = None
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    limit: int | None = None


def timeline(
    journal: Journal, wanted: Slice, track: Callable[[list[Any]], Iterable[Any]] = iter
) -> list[Entry]:
    """Return records of all kinds, newest day first; what one command made keeps its order.

    `track` goes through what is read, and may say how far it has come.
    """
    rows = rows_of(journal, wanted)
    return [entry_of(journal, journal.get(row["id"]), row["day"]) for row in track(rows)]


def rows_of(journal: Journal, wanted: Slice) -> list[sqlite3.Row]:
    """Return the id and the day of each of those records, in that order.

    An action made in a meeting stands on the meeting's day, however late it was written down. Every
    part below is read off an index in the order wanted, so a limit costs the same at any size.
    """
    kinds = [
        each
        for each in KINDS.values()
        if (not wanted.kinds or each.kind in wanted.kinds)
        and (wanted.pair is None or each.kind == "pair" or way_to_pair(each) is not None)
    ]
    if not kinds:
        return []
    parts = [part for each in kinds for part in _timeline_parts(each, wanted)]
    selects = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _values in parts)
    values = [value for _sql, bound in parts for value in bound]
    sql = f"{selects} ORDER BY day DESC, at DESC, place, number LIMIT ?"
    with file.failures_named(journal.path):
        journal.connection.create_function("local_day", 1, local_day, deterministic=True)
        return journal.connection.execute(sql, (*values, _most(wanted))).fetchall()


def entry_of(journal: Journal, record: Record, day: str) -> Entry:
    """Return a record as the timeline has it, under that day."""
    try:
        of = belongs_to(journal, record)
        return Entry(date.fromisoformat(day), record, pair_id(journal, of or record), of)
    except ValueError as failure:  # the meeting an action was agreed in may be damaged
        raise NotPossible("record-damaged", record.id, name=record.kind) from failure


def _timeline_parts(record_type: type[Record], wanted: Slice) -> list[tuple[str, list[object]]]:
    """Return a SELECT of (id, day, at, place, number) for each index the kind is read off."""
    kind, dated_by = record_type.kind, f"it.{record_type.dated_by}"
    if "assigned_in" not in shapes(record_type):
        through = way_to_pair(record_type)
        joined = f" CROSS JOIN {through} ON {through}.number = it.{through}" if through else ""
        source = f"{kind} AS it{joined}"
        return [_timeline_part(record_type, source, dated_by, through or "it", "1", wanted)]
    in_meetings = f"meeting CROSS JOIN {kind} AS it ON it.assigned_in = meeting.number"
    alone = "it.assigned_in IS NULL"
    return [
        _timeline_part(record_type, kind + " AS it", dated_by, "it", alone, wanted),
        _timeline_part(record_type, in_meetings, "meeting.held_on", "meeting", "1", wanted),
    ]


def _timeline_part(
    record_type: type[Record], source: str, dated_by: str, of: str, condition: str, wanted: Slice
) -> tuple[str, list[object]]:
    is_instant = dated_by.endswith("_at")
    day = f"local_day({dated_by})" if is_instant else dated_by
    conditions, values = [condition], list[object]()
    if wanted.pair is not None:
        conditions.append("it.number = ?" if record_type.kind == "pair" else f"{of}.pair = ?")
        values.append(parse_reference(wanted.pair, "pair")[1])
    after = None if wanted.until is None else day_after(wanted.until)
    for limit, sign in ((wanted.since, ">="), (after, "<")):
        if limit is not None:
            conditions.append(f"{dated_by} {sign} ?")
            values.append(midnight(limit) if is_instant else limit.isoformat())
    place = list(KINDS).index(record_type.letter)
    sql = (
        f"SELECT {id_in_sql(record_type)} AS id, {day} AS day, it.created_at AS at,"
        f" {place} AS place, it.number AS number FROM {source} WHERE {' AND '.join(conditions)}"
        f" ORDER BY {dated_by} DESC, it.created_at DESC, it.number LIMIT ?"
    )
    return sql, [*values, _most(wanted)]


def _most(wanted: Slice) -> int:
    return -1 if wanted.limit is None else wanted.limit
