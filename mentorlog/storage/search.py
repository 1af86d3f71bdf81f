"""Search: the records that hold what is looked for, best first. It only reads.

The index (`search_index.py`) names the records that may; each is then held against its own text, so
that `C++` finds C++ and not C. What a query means is `domain/query.py`'s, which record is better
`domain/relevance.py`'s.

Nothing here ever goes through all records with a common word, nor lets FTS5 put them in order: of
each kind the newest that fit are read, as many as may be shown, and the best of those are taken. What
is left out for a very common word are older records.
"""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from mentorlog.domain.kinds import KIND_NAMES, parse_reference
from mentorlog.domain.passage import Passage, passage
from mentorlog.domain.query import Query, Term
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.relevance import relevance
from mentorlog.storage import file, search_index
from mentorlog.storage.journal import Journal
from mentorlog.storage.local_days import local_day
from mentorlog.storage.pairs import of_pair, way_to_pair
from mentorlog.storage.rows import to_record
from mentorlog.storage.timeline import Entry, Slice, entry_of
from mentorlog.text import search_text

BEST = 20  # shown unless another limit is given; of each kind, at least one more is read
_MOST_COMPLETIONS = 100  # of one beginning of a word
_MOST_TERMS = 30  # asked of the index; the others are looked for in what it names
_MOST_WORDS = 60  # of a term: likewise


class Hit(NamedTuple):
    """A record that was found, as the timeline has it, and the part of it to show."""

    entry: Entry
    passage: Passage


class _Candidate(NamedTuple):
    """A row that fits: what it is put in order by comes first, the newest before others as good."""

    fit: tuple[int, float]
    day: str
    at: str
    document: int
    row: dict[str, Any]


def search(journal: Journal, query: Query, wanted: Slice) -> tuple[list[Hit], bool]:
    """Return the records in a part of the timeline that hold what is looked for, and if there are more.

    Words are found whole first; only where those do not come to the limit, what begins so as well.
    NotPossible names a record that another program has damaged.
    """
    limit = wanted.limit or BEST
    most = max(limit, BEST) + 1
    found: dict[int, _Candidate] = {}
    connection = journal.connection
    with file.failures_named(journal.path), file.held(connection):
        connection.create_function("local_day", 1, local_day, deterministic=True)
        for asked in _asked(connection, query):
            for kind in _kinds(connection, asked, wanted):
                fitting = _fitting(connection, kind, asked, query, wanted)
                found |= {each.document: each for each in islice(fitting, most)}
            if len(found) > limit:
                break
        best = sorted(found.values(), reverse=True)[:limit]
        return [_hit(journal, query, each) for each in best], len(found) > limit


# What the index is asked -------------------------------------------------------------------------


def _asked(connection: sqlite3.Connection, query: Query) -> Iterator[str]:
    """Yield what to ask of the index, one after the other while there is not enough.

    That is whole words; then the words that begin so, each by its name, since FTS5 would put together
    all places of all of them before it names the first; and only if those are too many, that.
    """
    terms = query.terms[:_MOST_TERMS]
    if not terms:
        return
    whole = [[_quoted(_words(term))] for term in terms]
    yield _all_of(whole, query)
    longer = [_longer(connection, term) for term in terms]
    if longer != whole:
        yield _all_of(longer, query)
    if any(len(each) == _MOST_COMPLETIONS for each in longer):
        yield _all_of([[_quoted(_words(term)) + "*" * term.may_go_on] for term in terms], query)


def _all_of(terms: list[list[str]], query: Query) -> str:
    """Return what names the records with one of each; single words that must not be there, are not."""
    unwanted = [_quoted(term.words) for term in query.without[:_MOST_TERMS] if term.is_one_word]
    needed = " AND ".join(f"({' OR '.join(phrases)})" for phrases in terms)
    return " NOT ".join([f"({needed})", *unwanted])


def _longer(connection: sqlite3.Connection, term: Term) -> list[str]:
    """Return what names the records in which a term stands or begins a longer one."""
    *first, last = _words(term)
    if not term.may_go_on:
        return [_quoted([*first, last])]
    longer = search_index.completions(connection, last, _MOST_COMPLETIONS)
    return [_quoted([*first, each]) for each in longer or [last]]


def _words(term: Term) -> list[str]:
    return term.words[:_MOST_WORDS]


def _quoted(words: list[str]) -> str:
    return f'"{" ".join(words)}"'  # a word is letters, digits or one symbol: never a quotation mark


def _kinds(connection: sqlite3.Connection, asked: str, wanted: Slice) -> Iterator[str]:
    """Yield the kinds that have a record the index names: a kind that has none is not even imported."""
    sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT 1"
    below = 1 << 62
    while row := connection.execute(sql, (asked, below)).fetchone():
        kind, _number = search_index.record_of(row[0])
        if not wanted.kinds or kind in wanted.kinds:
            yield kind
        below = search_index.documents(kind)[0]


# What the records say ----------------------------------------------------------------------------


def _fitting(
    connection: sqlite3.Connection, kind: str, asked: str, query: Query, wanted: Slice
) -> Iterator[_Candidate]:
    """Yield the records of a kind that fit, newest first."""
    sql, values = _rows(KIND_NAMES[kind], wanted)
    lowest, highest = search_index.documents(kind)
    for each in connection.execute(sql, (asked, lowest, highest, *values)):
        row = dict(each)
        fit = _fit(query, kind, row)
        if fit is not None:
            yield _Candidate(fit, row["day"], row["created_at"], lowest + row["number"], row)


def _rows(record_type: type[Record], wanted: Slice) -> tuple[str, list[object]]:
    """Return the SELECT of a kind's rows with the day the timeline has them under, newest first."""
    kind, day, through = record_type.kind, _day(record_type), way_to_pair(record_type)
    # What it belongs by has to be there: another program may have taken that away.
    joined = f" CROSS JOIN {through} ON {through}.number = it.{through}" if through else ""
    if "assigned_in" in shapes(record_type):
        joined += " LEFT JOIN meeting ON meeting.number = it.assigned_in"
    limits: list[tuple[str, object]] = [
        (f"{day} {sign} ?", limit.isoformat())
        for sign, limit in ((">=", wanted.since), ("<=", wanted.until))
        if limit is not None
    ]
    if wanted.pair is not None:
        limits.append((of_pair(record_type), parse_reference(wanted.pair, "pair")[1]))
    conditions = "".join(f" AND {condition}" for condition, _limit in limits)
    sql = (
        f"SELECT it.*, {day} AS day FROM search CROSS JOIN {kind} AS it{joined}"
        " WHERE search MATCH ? AND search.rowid BETWEEN ? AND ?"
        f" AND it.number = search.rowid - {search_index.documents(kind)[0]}{conditions}"
        " ORDER BY search.rowid DESC"
    )
    return sql, [limit for _condition, limit in limits]


def _day(record_type: type[Record]) -> str:
    """Return the SQL of the day the timeline has a record under: an action of a meeting, under that's."""
    day = f"it.{record_type.dated_by}"
    if record_type.dated_by.endswith("_at"):
        day = f"local_day({day})"
    return f"coalesce(meeting.held_on, {day})" if "assigned_in" in shapes(record_type) else day


def _fit(query: Query, kind: str, row: dict[str, Any]) -> tuple[int, float] | None:
    return relevance(query, [search_text(text) for _name, text in search_index.texts(kind, row)])


def _hit(journal: Journal, query: Query, candidate: _Candidate) -> Hit:
    kind, _number = search_index.record_of(candidate.document)
    record = to_record(KIND_NAMES[kind], candidate.row)
    texts = list(search_index.texts(kind, candidate.row))
    return Hit(entry_of(journal, record, candidate.day), passage(query, texts))
