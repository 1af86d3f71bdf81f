"""Which records mention somebody: in what they say now, or in what the log holds of them as they were."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator

from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.errors import NotPossible
from mentorlog.storage import file, search_index
from mentorlog.storage.journal import Journal
from mentorlog.text import search_text, words


def mentioning(
    journal: Journal, names: Iterable[str], mentions: Callable[[str], bool]
) -> tuple[list[str], list[str]]:
    """Return the ids of records whose text mentions somebody, and of those that did only earlier.

    `mentions` decides; texts without any word of the `names` are not given to it.
    """
    wanted = {word for name in names for word in words(name)}
    if not wanted:
        return [], []
    connection = journal.connection
    with file.failures_named(journal.path), file.held(connection):
        now = {ref for ref, texts in _with_words(connection, wanted) if any(map(mentions, texts))}
        earlier = {ref for ref, texts in _logged(connection, wanted) if any(map(mentions, texts))}
    return sorted(now, key=_in_order), sorted(earlier - now, key=_in_order)


Texts = Iterator[tuple[str, list[str]]]


def _with_words(connection: sqlite3.Connection, wanted: set[str]) -> Texts:
    """Yield the records that have one of the words, each with its texts."""
    query = " OR ".join(f'"{word}"' for word in sorted(wanted))
    found = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (query,)).fetchall()
    for (document,) in found:
        kind, number = search_index.record_of(document)
        row = connection.execute(f"SELECT * FROM {kind} WHERE number = ?", (number,)).fetchone()
        yield id_of(kind, number), _texts(kind, dict(row))


def _logged(connection: sqlite3.Connection, wanted: set[str]) -> Texts:
    """Yield what the log holds of records as they were, where it has one of the words."""
    sql = (
        "SELECT kind, record, image FROM (SELECT kind, record, before AS image FROM changes"
        " UNION ALL SELECT kind, record, after FROM changes) WHERE image IS NOT NULL"
    )
    for kind, number, image in connection.execute(sql):
        shown = search_text(image)
        if any(word in shown for word in wanted):
            yield id_of(kind, number), _texts(kind, json.loads(image))


def _texts(kind: str, row: search_index.Row) -> list[str]:
    """Return the texts of a row; where another program has damaged it, all that it holds."""
    try:
        return [text for _name, text in search_index.texts(kind, row)]
    except NotPossible:
        return [each for each in row.values() if isinstance(each, str)]


def _in_order(ref: str) -> tuple[int, int]:
    return [each.letter for each in KIND_NAMES.values()].index(ref[0]), int(ref[1:])
