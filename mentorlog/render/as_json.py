"""A record as JSON: the field names of the records, stable codes, ISO dates, UTC instants."""

from typing import TYPE_CHECKING, Any

from mentorlog.domain.plain import plain
from mentorlog.domain.record import Record, shapes
from mentorlog.storage.ledger import Write

if TYPE_CHECKING:
    from mentorlog.workflows.meetings import Held


def record_json(record: Record) -> dict[str, Any]:
    """Return all that a record holds. What is unknown is null; a list or a map is never null."""
    values = {name: plain(getattr(record, name)) for name in shapes(type(record))}
    return {
        "kind": record.kind,
        "id": record.id,
        "uid": record.uid,
        **values,
        "created_at": plain(record.created_at),
        "updated_at": plain(record.updated_at),
    }


def figure_json(value: Any) -> Any:
    """Return a figure that was computed: without the noise of its last binary digits."""
    return plain(float(f"{value:.12g}")) if isinstance(value, float) else plain(value)


def held_json(held: "Held") -> dict[str, Any]:
    """Return a meeting just kept, with the records it made or closed beside its own fields."""
    records = [*held.made, *held.closed]
    return record_json(held.meeting) | {
        "actions": [record_json(each) for each in records if each.kind == "action"],
        "questions": [record_json(each) for each in records if each.kind == "question"],
        "insights": [record_json(each) for each in records if each.kind == "insight"],
        **(_begun_json(records) if held.meeting.is_kickoff else {}),
    }


def _begun_json(records: list[Record]) -> dict[str, Any]:
    """Return what a kick-off made beside the rest."""
    return {
        f"{kind}s": [record_json(each) for each in records if each.kind == kind]
        for kind in ("goal", "agreement", "assessment")
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
