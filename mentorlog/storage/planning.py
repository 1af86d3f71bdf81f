"""Reads that a calendar stands on: a pair's rows of meetings and reviews."""

from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.planned import MOST, Row
from mentorlog.domain.record import Record
from mentorlog.domain.review import Review
from mentorlog.storage import file
from mentorlog.storage.journal import Journal


def meetings(journal: Journal, pair: str) -> Row:
    """Return the meetings of a pair, in the order they were written down."""
    return _row(journal, Meeting, pair, "pair = ?")


def decided_reviews(journal: Journal, pair: str) -> Row:
    """Return the reviews of a pair that decided how to go on, in the order they were written down."""
    return _row(journal, Review, pair, "pair = ? AND decision IS NOT NULL")


def _row(journal: Journal, record_type: type[Record], pair: str, condition: str) -> Row:
    kind, number = record_type.kind, parse_reference(pair, "pair")[1]
    with file.failures_named(journal.path):
        sql = f"SELECT count(*) FROM {kind} WHERE {condition}"
        (count,) = journal.connection.execute(sql, (number,)).fetchone()
    newest = f"SELECT number FROM {kind} WHERE {condition} ORDER BY number DESC LIMIT {MOST}"
    return Row(count, journal.find(record_type, f"number IN ({newest})", (number,)))
