"""Reads that sharing stands on: what was made in a meeting, and how often a record has gone out."""

from collections.abc import Sequence
from datetime import datetime

from mentorlog.domain.action import Action
from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.storage import exports, file
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import pair_id
from mentorlog.storage.rows import instant_text


def made_in(journal: Journal, meeting: Meeting) -> list[Record]:
    """Return the actions and questions made in a meeting, oldest first.

    A question does not name the meeting it was asked in: it is known by the instant, which all that
    one command writes has in common.
    """
    pair = parse_reference(meeting.pair, "pair")[1]
    number = parse_reference(meeting.id, "meeting")[1]
    at = "" if meeting.created_at is None else instant_text(meeting.created_at)
    return [
        *journal.find(Action, "assigned_in = ?", (number,)),
        *journal.find(
            Question, "pair = ? AND (raised_in = ? OR created_at = ?)", (pair, number, at)
        ),
    ]


def exports_with(journal: Journal, records: Sequence[Record]) -> int:
    """Return how many exports for the partner were made since the first of the records was shared."""
    since: dict[str, datetime] = {}
    for record in records:
        pair, at = pair_id(journal, record), _first_shared_at(journal, record)
        if pair is not None and at is not None:
            since[pair] = min(at, since.get(pair, at))
    return sum(
        each.audience == "partner" and each.at >= at
        for pair, at in since.items()
        for each in exports.noted(journal, pair)
    )


def _first_shared_at(journal: Journal, record: Record) -> datetime | None:
    """Return when a record was first marked; the log has the mark only where it has changed."""
    number = parse_reference(record.id)[1]
    with file.failures_named(journal.path):
        row = journal.connection.execute(
            "SELECT writes.at, json_extract(after, '$.visibility') FROM changes"
            " JOIN writes ON writes.number = changes.write WHERE kind = ? AND record = ?"
            " AND json_extract(after, '$.visibility') IS NOT NULL ORDER BY changes.number LIMIT 1",
            (record.kind, number),
        ).fetchone()
    if row is None:
        return record.created_at if record.is_shared else None
    at, became = row
    return datetime.fromisoformat(at) if became == "shared" else record.created_at
