"""Reads that cross records: what is open, what came last, what refers to what. All of them only read."""

from datetime import date
from typing import NamedTuple, TypeVar

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import KINDS, parse_reference
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.review import Review
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.storage.rows import to_record

AnyRecord = TypeVar("AnyRecord", bound=Record)


class OpenItems(NamedTuple):
    """What a pair has left open: questions, actions still to do, advice whose outcome is untold."""

    questions: list[Question]
    actions: list[Action]
    advice: list[Action]


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


def first_met_on(journal: Journal, pair: str) -> date | None:
    """Return the day of a pair's first meeting."""
    return _day(journal, "SELECT min(held_on) FROM meeting WHERE pair = ?", pair)


def has_met(journal: Journal, pair: str, by: date) -> bool:
    """True when a meeting of the pair was held on that day or before."""
    values = (parse_reference(pair, "pair")[1], by.isoformat())
    return bool(
        _select(
            journal,
            Meeting,
            "SELECT * FROM meeting WHERE pair = ? AND held_on <= ? LIMIT 1",
            values,
        )
    )


def last_pulses(journal: Journal, pair: str, limit: int = 3) -> list[Meeting | Review]:
    """Return a pair's latest meetings and reviews with a pulse, newest first."""
    number = parse_reference(pair, "pair")[1]
    found: list[Meeting | Review] = []
    found += _select(
        journal,
        Meeting,
        "SELECT * FROM meeting WHERE pair = ? AND pulse IS NOT NULL"
        " ORDER BY held_on DESC, number DESC LIMIT ?",
        (number, limit),
    )
    found += _select(
        journal,
        Review,
        "SELECT * FROM review WHERE pair = ? AND pulse IS NOT NULL"
        " ORDER BY to_on DESC, number DESC LIMIT ?",
        (number, limit),
    )
    found.sort(key=lambda each: getattr(each, each.dated_by), reverse=True)
    return found[:limit]


def last_decided_review(journal: Journal, pair: str, by: date = date.max) -> Review | None:
    """Return a pair's latest review that decided how to go on, or the latest held by that day."""
    number = parse_reference(pair, "pair")[1]
    sql = (
        "SELECT * FROM review WHERE pair = ? AND decision IS NOT NULL AND to_on <= ?"
        " ORDER BY to_on DESC, number DESC LIMIT 1"
    )
    return next(iter(_select(journal, Review, sql, (number, by.isoformat()))), None)


def last_moved_on(journal: Journal, pair: str) -> date | None:
    """Return the day of a pair's latest measurement, insight or review."""
    return _day(
        journal,
        "SELECT max(day) FROM (SELECT max(noticed_on) AS day FROM insight WHERE pair = ?1"
        " UNION ALL SELECT max(taken_on) FROM goal JOIN measurement ON measurement.goal = goal.number"
        " WHERE goal.pair = ?1 UNION ALL SELECT max(to_on) FROM review WHERE pair = ?1)",
        pair,
    )


def _day(journal: Journal, sql: str, pair: str) -> date | None:
    number = parse_reference(pair, "pair")[1]
    with file.failures_named(journal.path):
        (day,) = journal.connection.execute(sql, (number,)).fetchone()
    return None if day is None else date.fromisoformat(day)


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


def _select(
    journal: Journal, record_type: type[AnyRecord], sql: str, values: tuple[object, ...]
) -> list[AnyRecord]:
    with file.failures_named(journal.path):
        rows = journal.connection.execute(sql, values).fetchall()
    return [to_record(record_type, dict(row)) for row in rows]  # type: ignore[misc]
