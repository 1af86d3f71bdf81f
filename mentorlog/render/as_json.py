"""A record as JSON: the field names of the records, stable codes, ISO dates, UTC instants."""

from datetime import date, datetime
from typing import Any

from mentorlog.domain.attention import Finding
from mentorlog.domain.brief import Brief
from mentorlog.domain.record import Record, shapes
from mentorlog.storage.ledger import Write
from mentorlog.workflows.meetings import Held

FORMAT = "mentorlog/1"


def record_json(record: Record) -> dict[str, Any]:
    """Return all that a record holds. What is unknown is null; a list is never null."""
    values = {name: plain(getattr(record, name)) for name in shapes(type(record))}
    return {
        "kind": record.kind,
        "id": record.id,
        "uid": record.uid,
        **values,
        "created_at": plain(record.created_at),
        "updated_at": plain(record.updated_at),
    }


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def held_json(held: Held) -> dict[str, Any]:
    """Return a meeting just kept, with the records it made or closed beside its own fields."""
    records = [*held.made, *held.closed]
    return record_json(held.meeting) | {
        "actions": [record_json(each) for each in records if each.kind == "action"],
        "questions": [record_json(each) for each in records if each.kind == "question"],
        "insights": [record_json(each) for each in records if each.kind == "insight"],
    }


def write_json(write: Write) -> dict[str, Any]:
    """Return one line of the history."""
    return {
        "number": write.number,
        "at": plain(write.at),
        "command": write.command,
        "reverses": write.reverses,
        "changes": [{"id": each.id, "uid": each.uid, "did": each.did} for each in write.changes],
    }


def brief_json(brief: Brief) -> dict[str, Any]:
    """Return what `prep` shows."""
    last = brief.last_meeting
    return {
        "format": FORMAT,
        "document": "prep",
        "pair": record_json(brief.pair),
        "last_meeting": None if last is None else record_json(last),
        "next_on": plain(brief.next_on),
        "is_agreed": brief.agreed_on is not None,
        "advice": [record_json(each) for each in brief.advice],
        "my_actions": [record_json(each) for each in brief.my_actions],
        "their_actions": [record_json(each) for each in brief.their_actions],
        "questions": [record_json(each) for each in brief.questions],
    }


def status_json(known: list[Brief], found: list[Finding], today: date) -> dict[str, Any]:
    """Return what `status` shows."""
    return {
        "format": FORMAT,
        "document": "status",
        "today": today.isoformat(),
        "pairs": [
            {
                "pair": record_json(each.pair),
                "last_held_on": plain(each.last_meeting.held_on) if each.last_meeting else None,
                "next_on": plain(each.next_on),
                "is_agreed": each.agreed_on is not None,
            }
            for each in known
        ],
        "findings": [
            {
                "code": each.code,
                "pair": each.pair.id,
                "records": [record.id for record in each.records],
                "since": plain(each.since),
                "command": each.command,
                "topic": each.topic,
            }
            for each in found
        ],
    }
