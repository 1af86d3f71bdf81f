"""Reads that cross records: what is open, what came last, the timeline. All of them only read."""

from datetime import date
from typing import NamedTuple, TypeVar

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import KINDS, parse_reference
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.storage.rows import to_record

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
    untold = "pair = ? AND is_advice = 1 AND outcome IS NULL AND state <> 'dropped'"
    return OpenItems(
        questions=journal.find(Question, "pair = ? AND state = 'open'", number),
        actions=journal.find(Action, "pair = ? AND state = 'open' AND is_advice = 0", number),
        advice=journal.find(Action, untold, number),
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
    part below reads an index in the order wanted, so a limit costs the same at any size.
    """
    parts: list[str] = []
    values: list[object] = []
    for record_type in KINDS.values():
        if wanted.kinds and record_type.kind not in wanted.kinds:
            continue
        for sql, bound in _timeline_parts(record_type, wanted):
            parts.append(f"SELECT * FROM ({sql})")
            values += bound
    order = "ORDER BY day DESC, at DESC, place, number LIMIT ?"
    values.append(-1 if wanted.limit is None else wanted.limit)
    with file.failures_named(journal.path):
        rows = journal.connection.execute(f"{' UNION ALL '.join(parts)} {order}", values).fetchall()
    return [Entry(date.fromisoformat(row["day"]), journal.get(row["id"])) for row in rows]


def _timeline_parts(record_type: type[Record], wanted: Slice) -> list[tuple[str, list[object]]]:
    """Return one SELECT of (id, day, at, place, number) for each index the kind is read through."""
    kind, place = record_type.kind, list(KINDS.values()).index(record_type)
    columns = f"'{record_type.letter}' || it.number AS id, {{day}} AS day, it.created_at AS at, {place} AS place, it.number AS number"
    if "assigned_in" not in shapes(record_type):
        return [
            _timeline_part(columns, f"{kind} AS it", f"it.{record_type.dated_by}", "", wanted, kind)
        ]
    return [
        _timeline_part(
            columns,
            f"{kind} AS it",
            f"it.{record_type.dated_by}",
            "it.assigned_in IS NULL",
            wanted,
            kind,
        ),
        _timeline_part(
            columns,
            f"meeting JOIN {kind} AS it ON it.assigned_in = meeting.number",
            "meeting.held_on",
            "",
            wanted,
            kind,
        ),
    ]


def _timeline_part(
    columns: str, source: str, day: str, condition: str, wanted: Slice, kind: str
) -> tuple[str, list[object]]:
    conditions, values = [condition] if condition else [], list[object]()
    if wanted.pair is not None:
        owner = "it.number" if kind == "pair" else f"{day.split('.', maxsplit=1)[0]}.pair"
        conditions.append(f"{owner} = ?")
        values.append(parse_reference(wanted.pair, "pair")[1])
    if wanted.since is not None:
        conditions.append(f"{day} >= ?")
        values.append(wanted.since.isoformat())
    if wanted.until is not None:
        conditions.append(f"{day} < ?")
        values.append(f"{wanted.until.isoformat()}U")  # after every instant of that day
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    limit = "" if wanted.limit is None else f" LIMIT {int(wanted.limit)}"
    shown = columns.format(day=f"substr({day}, 1, 10)")
    return f"SELECT {shown} FROM {source}{where} ORDER BY {day} DESC{limit}", values


def _select(
    journal: Journal, record_type: type[AnyRecord], sql: str, values: tuple[object, ...]
) -> list[AnyRecord]:
    with file.failures_named(journal.path):
        rows = journal.connection.execute(sql, values).fetchall()
    return [to_record(record_type, dict(row)) for row in rows]  # type: ignore[misc]


def pairs(journal: Journal) -> list[Pair]:
    """Return all pairs, in the order they were started here."""
    return journal.find(Pair)
