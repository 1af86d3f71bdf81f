"""Reads that cross records: what is open, what came last, what refers to what. All of them only read."""

from datetime import date
from typing import NamedTuple, TypeVar

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import KIND_NAMES, KINDS, parse_reference
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.review import Review
from mentorlog.storage import file
from mentorlog.storage.few import Few, count, few
from mentorlog.storage.journal import Journal
from mentorlog.storage.open_in_sql import BY_DUE_DAY, DONE_UNTOLD
from mentorlog.storage.rows import to_record

AnyRecord = TypeVar("AnyRecord", bound=Record)


class OpenItems(NamedTuple):
    """What a pair has left open: questions, actions still to do, advice whose outcome is untold.

    There are `unread` more of them than were asked for.
    """

    questions: list[Question]
    actions: list[Action]
    advice: list[Action]
    unread: int = 0


# Both owners are named, so that an index of what is open with each is read, and not the actions.
_PLAIN = "pair = ? AND owner = ? AND is_advice = 0 AND state = 'open'"
_OPEN_PLAIN = _PLAIN.replace("owner = ?", "owner IN ('me', 'partner')")
_OPEN_ADVICE = _OPEN_PLAIN.replace("is_advice = 0", "is_advice = 1")


def open_items(journal: Journal, pair: str, most: int | None = None) -> OpenItems:
    """Return what is open with a pair, oldest first, `most` of each. Advice is never among the plain actions."""
    questions = open_questions(journal, pair, most)
    plain = few(journal, Action, _OPEN_PLAIN, (_number(pair),), most)
    advice = untold_advice(journal, pair, most)
    return OpenItems(
        questions.read,
        plain.read,
        advice.read,
        questions.unread + plain.unread + advice.unread,
    )


def open_questions(journal: Journal, pair: str, most: int | None = None) -> Few[Question]:
    """Return the questions of a pair that are still to be raised, oldest first."""
    return few(journal, Question, "pair = ? AND state = 'open'", (_number(pair),), most)


def untold_advice(journal: Journal, pair: str, most: int | None = None) -> Few[Action]:
    """Return the advice whose outcome is untold: first what is open, then what is only done."""
    trying = few(journal, Action, _OPEN_ADVICE, (_number(pair),), most)
    left = None if most is None else most - len(trying.read)
    done = few(journal, Action, f"pair = ? AND {DONE_UNTOLD}", (_number(pair),), left)
    return Few(trying.read + done.read, trying.unread + done.unread)


def open_actions(journal: Journal, pair: str, owner: str, most: int | None = None) -> Few[Action]:
    """Return the plain actions that one side has still to do, by their due day, those without one last."""
    return few(journal, Action, _PLAIN, (_number(pair), owner), most, BY_DUE_DAY)


def count_overdue(journal: Journal, pair: str, today: date) -> int:
    """Return how many plain actions of both sides are past their due day."""
    condition = f"{_OPEN_PLAIN} AND due_on < ?"
    return count(journal, Action.kind, condition, (_number(pair), today.isoformat()))


def actions(
    journal: Journal, pair: str | None, *, everything: bool = False, limit: int | None = None
) -> list[Action]:
    """Return actions of one pair or of all, by their due day, those without one last."""
    conditions, values = ["state = 'open'"] if not everything else [], list[object]()
    if pair is not None:
        conditions.append("pair = ?")
        values.append(parse_reference(pair, "pair")[1])
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = f"ORDER BY state <> 'open', {BY_DUE_DAY} LIMIT ?"
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
    moved_on = _day(
        journal,
        "SELECT max(day) FROM (SELECT max(noticed_on) AS day FROM insight WHERE pair = ?1"
        " UNION ALL SELECT max(to_on) FROM review WHERE pair = ?1)",
        pair,
    )
    # The latest measurements come first, and none is looked at that is older than what is known.
    measured_on = _day(
        journal,
        "SELECT (SELECT taken_on FROM measurement CROSS JOIN goal ON goal.number = measurement.goal"
        " WHERE goal.pair = ? AND taken_on > ? ORDER BY taken_on DESC LIMIT 1)",
        pair,
        "" if moved_on is None else moved_on.isoformat(),
    )
    return measured_on or moved_on


def _number(pair: str) -> int:
    return parse_reference(pair, "pair")[1]


def _day(journal: Journal, sql: str, pair: str, *values: str) -> date | None:
    with file.failures_named(journal.path):
        (day,) = journal.connection.execute(sql, (_number(pair), *values)).fetchone()
    try:
        return None if day is None else date.fromisoformat(day)
    except ValueError:  # which record it is, reading them says
        for kind in ("meeting", "insight", "review"):
            journal.find(KIND_NAMES[kind], "pair = ?", (_number(pair),))
        of_goals = "goal IN (SELECT number FROM goal WHERE pair = ?)"
        journal.find(KIND_NAMES["measurement"], of_goals, (_number(pair),))
        raise


def made_in(journal: Journal, meeting: str) -> list[Record]:
    """Return what a meeting made or closed, in the order of the kinds."""
    number = parse_reference(meeting, "meeting")[1]
    found: dict[str, Record] = {}
    for kind in KIND_NAMES:  # a kind is imported where there is one of it
        for name in _columns_naming_meetings(journal, kind):
            values = (number,)
            if count(journal, kind, f"{name} = ?", values):
                of_kind = journal.find(KIND_NAMES[kind], f"{name} = ?", values)
                found |= {each.id: each for each in of_kind}
    return list(found.values())


def _columns_naming_meetings(journal: Journal, kind: str) -> list[str]:
    sql = (
        'SELECT "from" FROM pragma_foreign_key_list(?) WHERE "table" = \'meeting\' ORDER BY id DESC'
    )
    with file.failures_named(journal.path):
        return [row[0] for row in journal.connection.execute(sql, (kind,))]


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
