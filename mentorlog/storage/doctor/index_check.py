"""Which records the search index and what is written do not agree about.

That they agree at all, `search_index.agrees` says faster.
"""

import sqlite3
from collections.abc import Iterator

from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.storage import search_index

_LOOKED_UP = 500  # a tenth of a second
_Place = tuple[str, int, int]  # a word, the document it stands in, the place there


def differing(index: sqlite3.Connection, anew: sqlite3.Connection) -> set[str]:
    """Return the ids of what two journals' indexes say different words of.

    Raises sqlite3.DatabaseError where one cannot be read.
    """
    found = set[int]()
    ours, theirs = _places(anew), _places(index)
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        first = min(each for each in (one, other) if each is not None)
        if one != other:
            found.add(first[1])
        one, other = (
            next(ours, None) if one == first else one,
            next(theirs, None) if other == first else other,
        )
    return {each for each in map(_id, found) if each}


def finds_its_words(index: sqlite3.Connection) -> bool:
    """True where words that are in the index are found by it: of many, some all over it."""
    known = list({word: document for word, document, _place in _places(index)}.items())
    for word, document in known[:: max(1, len(known) // _LOOKED_UP)]:
        quoted = '"' + word.replace('"', '""') + '"'
        found = index.execute(
            "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (quoted, document)
        )
        if found.fetchone() is None:
            return False
    return True


def made_anew(records: sqlite3.Connection) -> sqlite3.Connection:
    """Return a new index in memory of the records that can be read; NotPossible names one that cannot."""
    anew = sqlite3.connect(":memory:", isolation_level=None)
    anew.execute(search_index.TABLE)
    for kind in KIND_NAMES:
        rows = records.execute(f"SELECT * FROM {kind} ORDER BY number")
        names = [each[0] for each in rows.description]
        for values in rows:
            row = dict(zip(names, values, strict=True))
            search_index.add(anew, kind, row["number"], row)
    return anew


def _places(connection: sqlite3.Connection) -> Iterator[_Place]:
    """Yield each word of an index with each place it stands at, in the order of the index."""
    (is_reading,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only=OFF")
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.checked_words USING fts5vocab(main, search, instance)"
    )
    connection.execute(f"PRAGMA query_only={is_reading}")
    for word, document, place in connection.execute(
        'SELECT term, doc, "offset" FROM temp.checked_words'
    ):
        yield str(word), int(document), int(place)


def _id(document: int) -> str | None:
    try:
        kind, number = search_index.record_of(document)
    except (KeyError, ValueError, OverflowError):  # of no record there can be
        return None
    return id_of(kind, number)
