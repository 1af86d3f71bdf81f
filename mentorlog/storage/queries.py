"""Reads that cross records: what is open, what came last, the timeline. All of them only read."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeVar

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import KINDS, parse_reference
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, local, shapes
from mentorlog.errors import NotPossible
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.storage.rows import instant_text, to_record

AnyRecord = TypeVar("AnyRecord", bound=Record)


class OpenItems(NamedTuple):
    """What a pair has left open: questions, actions still to do, advice whose outcome is untold."""

    questions: list[Question]
    actions: list[Action]
    advice: list[Action]


class Entry(NamedTuple):
    """A record and the day the timeline puts it under."""

    day: date
    record: Record


class Slice(NamedTuple):
    """The part of the timeline that is wanted; what is None does not limit it."""

    pair: str | None = None
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    limit: int | None = None


def open_items(journal: Journal, pair: str) -> OpenItems:
    """Return what is open with a pair, oldest first. Advice is never among the plain actions."""
    number = (parse_reference(pair, "pair")[1],)
    done_untold = "pair = ? AND is_advice = 1 AND outcome IS NULL AND state = 'done'"
    found = journal.find(Action, "pair = ? AND state = 'open'", number)
    found += journal.find(Action, done_untold, number)
    return OpenItems(
        questions=journal.find(Question, "pair = ? AND state = 'open'", number),
        actions=[action for action in found if not action.is_advice],
        advice=[action for action in found if action.is_untold],
    )


def actions(
    journal: Journal, pair: str | None, *, everything: bool = False, limit: int | None = None
) -> list[Action]:
    """Return actions of one pair or of all, by their due day, those without one last."""
    conditions, values = ["state = 'open'"] if not everything else [], list[object]()
    if pair is not None:
        conditions.append("pair = ?")
        values.append(parse_reference(pair, "pair")[1])
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = "ORDER BY state <> 'open', due_on IS NULL, due_on, number LIMIT ?"
    values.append(-1 if limit is None else limit)
    return _select(journal, Action, f"SELECT * FROM action{where} {order}", tuple(values))


def last_meetings(journal: Journal, pair: str, limit: int = 1) -> list[Meeting]:
    """Return a pair's latest meetings, newest first."""
    number = parse_reference(pair, "pair")[1]
    return _select(
        journal,
        Meeting,
        "SELECT * FROM meeting WHERE pair = ? ORDER BY held_on DESC, number DESC LIMIT ?",
        (number, limit),
    )


def made_in(journal: Journal, meeting: str) -> list[Record]:
    """Return what a meeting made or closed, in the order of the kinds."""
    found: dict[str, Record] = {}
    for record_type in KINDS.values():
        for name, shape in shapes(record_type).items():
            if shape.refers_to == "meeting":
                number = parse_reference(meeting, "meeting")[1]
                found |= {
                    each.id: each for each in journal.find(record_type, f"{name} = ?", (number,))
                }
    return list(found.values())


def referring(journal: Journal, record: Record) -> list[tuple[str, bool, Record]]:
    """Return what refers to a record: the field, whether it cannot be without, and the record."""
    number = parse_reference(record.id)[1]
    return [
        (name, shape.required, each)
        for record_type in KINDS.values()
        for name, shape in shapes(record_type).items()
        if shape.refers_to == record.kind
        for each in journal.find(record_type, f"{name} = ?", (number,))
    ]


def with_uid(journal: Journal, record_type: type[AnyRecord], uid: str) -> AnyRecord | None:
    """Return the record with that uid, if it is there."""
    found = journal.find(record_type, "uid = ?", (uid,))
    return found[0] if found else None


def timeline(journal: Journal, wanted: Slice) -> list[Entry]:
    """Return records of all kinds, newest day first; what one command made keeps its order.

    An action made in a meeting stands on the meeting's day, however late it was written down. Every
    part below is read off an index in the order wanted, so a limit costs the same at any size.
    """
    kinds = [each for each in KINDS.values() if not wanted.kinds or each.kind in wanted.kinds]
    parts = [part for each in kinds for part in _timeline_parts(each, wanted)]
    selects = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _values in parts)
    values = [value for _sql, bound in parts for value in bound]
    sql = f"{selects} ORDER BY day DESC, at DESC, place, number LIMIT ?"
    with file.failures_named(journal.path):
        journal.connection.create_function("local_day", 1, _local_day, deterministic=True)
        rows = journal.connection.execute(sql, (*values, _most(wanted))).fetchall()
    return [_entry(journal.get(row["id"]), row["day"]) for row in rows]


def _entry(record: Record, day: str) -> Entry:
    try:
        return Entry(date.fromisoformat(day), record)
    except ValueError as failure:  # the meeting an action was agreed in may be damaged
        raise NotPossible("record-damaged", record.id, name=record.kind) from failure


def _timeline_parts(record_type: type[Record], wanted: Slice) -> list[tuple[str, list[object]]]:
    """Return a SELECT of (id, day, at, place, number) for each index the kind is read off."""
    kind, dated_by = record_type.kind, f"it.{record_type.dated_by}"
    if "assigned_in" not in shapes(record_type):
        return [_timeline_part(record_type, kind + " AS it", dated_by, "it", "1", wanted)]
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
    for limit, sign in ((wanted.since, ">="), (_day_after(wanted.until), "<")):
        if limit is not None:
            conditions.append(f"{dated_by} {sign} ?")
            values.append(_midnight(limit) if is_instant else limit.isoformat())
    place = list(KINDS.values()).index(record_type)
    sql = (
        f"SELECT '{record_type.letter}' || it.number AS id, {day} AS day, it.created_at AS at,"
        f" {place} AS place, it.number AS number FROM {source} WHERE {' AND '.join(conditions)}"
        f" ORDER BY {dated_by} DESC, it.created_at DESC, it.number LIMIT ?"
    )
    return sql, [*values, _most(wanted)]


def _most(wanted: Slice) -> int:
    return -1 if wanted.limit is None else wanted.limit


def _day_after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + timedelta(days=1)


def _local_day(instant: str) -> str:
    return local(datetime.fromisoformat(instant)).date().isoformat()


def _midnight(day: date) -> str:
    """Return the instant a day begins here, as instants are stored."""
    return instant_text(datetime.combine(day, time.min))


def _select(
    journal: Journal, record_type: type[AnyRecord], sql: str, values: tuple[object, ...]
) -> list[AnyRecord]:
    with file.failures_named(journal.path):
        rows = journal.connection.execute(sql, values).fetchall()
    return [to_record(record_type, dict(row)) for row in rows]  # type: ignore[misc]


def pairs(journal: Journal) -> list[Pair]:
    """Return all pairs, in the order they were started here."""
    return journal.find(Pair)
