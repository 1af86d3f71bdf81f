"""The search index: which words stand in which record, kept with every write.

It is an FTS5 table that holds no text, only words and where they stand: what is found is looked up in
the records (`search.py`). How text is taken apart into words is `text.words`, so SQLite's own tables of
letters, which differ from version to version, do not matter. A record is a document; its number says
the kind too, so that one kind can be searched by a range of numbers.

Written by SQL of ours with the words as they were, not by triggers: a journal has none, and what is
not ours is never run.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import zip_longest
from typing import Any

from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import KIND_NAMES, LETTER_OF, LETTERS, id_of
from mentorlog.domain.record import shapes
from mentorlog.errors import NotPossible
from mentorlog.storage.rows import from_json
from mentorlog.text import spaced

Row = Mapping[str, Any]

TABLE = "CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii')"
_NUMBERS = 40  # bits of a document's number that are the record's; its letter's place is above them

_TEXT_SHAPES = {"line", "text", "lines", "entries"}
_NOT_WRITTEN = {"from_on", "until_on", "revised_on", "did"}  # of an entry: days and codes
_texts_of: dict[str, dict[str, Shape]] = {}


def documents(kind: str) -> tuple[int, int]:
    """Return the lowest and the highest number that a document of this kind can have."""
    lowest = (ord(LETTER_OF[kind]) - ord("a")) << _NUMBERS
    return lowest, lowest + (1 << _NUMBERS) - 1


def record_of(document: int) -> tuple[str, int]:
    """Return the kind and the number of the record that a document is."""
    letter = chr((document >> _NUMBERS) + ord("a"))
    return LETTERS[letter], document & ((1 << _NUMBERS) - 1)


def texts(kind: str, row: Row) -> Iterator[tuple[str, str]]:
    """Yield everything a person wrote in a row, each text with the field it stands in.

    NotPossible names a record that another program has damaged.
    """
    for name, shape in _text_fields(kind).items():
        value = row.get(name)  # a row of an older schema, brought back, may not have it
        if value is None:
            continue
        if shape.holds in {"line", "text"}:
            yield name, value
        elif value not in {"[]", "{}"}:
            skipped = _codes_of(kind) if shape.holds == "entries" else frozenset()
            yield from ((name, text) for text in _within(_read(value, kind, row), skipped))


def _text_fields(kind: str) -> dict[str, Shape]:
    if kind not in _texts_of:
        _texts_of[kind] = {
            name: shape for name, shape in shapes(KIND_NAMES[kind]).items() if _is_text(shape)
        }
    return _texts_of[kind]


def _read(value: str, kind: str, row: Row) -> Any:
    try:
        return from_json(value)
    except (ValueError, RecursionError) as failure:
        damaged = id_of(kind, row.get("number", ""))
        raise NotPossible("record-damaged", damaged, name=kind) from failure


def _is_text(shape: Shape) -> bool:
    return shape.holds in _TEXT_SHAPES or (shape.each is not None and _is_text(shape.each))


def _codes_of(kind: str) -> frozenset[str]:
    """Return the keys of an entry, and of what a record said before, under which no text stands."""
    return frozenset(_NOT_WRITTEN | shapes(KIND_NAMES[kind]).keys() - _text_fields(kind).keys())


def _within(value: Any, skipped: frozenset[str]) -> Iterator[str]:
    """Yield the texts in a list, a map or what a record has written about itself."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in skipped:
                yield from _within(each, skipped)
    elif isinstance(value, list):
        for each in value:
            yield from _within(each, skipped)


def add(connection: sqlite3.Connection, kind: str, number: int, row: Row) -> None:
    """Note the words of a new row."""
    found = _words(kind, row)
    if found:
        connection.execute(
            "INSERT INTO search (rowid, words) VALUES (?, ?)", (documents(kind)[0] + number, found)
        )


def remove(connection: sqlite3.Connection, kind: str, number: int, row: Row) -> None:
    """Forget the words of a row, which has to be as it was when they were noted."""
    found = _words(kind, row)
    if found:
        connection.execute(
            "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
            (documents(kind)[0] + number, found),
        )


def change(connection: sqlite3.Connection, kind: str, before: Row, changed: Row) -> None:
    """Note what the columns that have `changed` say from now on."""
    if not changed.keys().isdisjoint(_text_fields(kind)):
        remove(connection, kind, before["number"], before)
        add(connection, kind, before["number"], {**before, **changed})


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the records. The caller has begun the transaction it happens in."""
    connection.execute("DROP TABLE IF EXISTS search")
    _make(connection, connection)


def agrees(connection: sqlite3.Connection) -> bool:
    """True when the index says of every record exactly the words it holds, and of no other any."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as anew:
        _make(anew, connection)
        both = zip_longest(_instances(anew), _instances(connection))
        return all(wanted == found for wanted, found in both)


def completions(connection: sqlite3.Connection, beginning: str, most: int) -> list[str]:
    """Return words in the index that begin so, in order and itself among them, `most` at most.

    Each is one step down the index, however often it stands there.
    """
    _let_words_be_listed(connection)
    found: list[str] = []
    sought = beginning
    while len(found) < most:
        row = connection.execute(
            "SELECT term FROM temp.search_words WHERE term >= ? LIMIT 1", (sought,)
        ).fetchone()
        if row is None or not row[0].startswith(beginning):
            break
        found.append(row[0])
        sought = row[0] + "\x01"  # before whatever else is longer: it is in no word
    return found


def _make(index: sqlite3.Connection, records: sqlite3.Connection) -> None:
    index.execute(TABLE)
    for kind in KIND_NAMES:
        index.executemany(
            "INSERT INTO search (rowid, words) VALUES (?, ?)", _of_kind(records, kind)
        )


def _of_kind(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[int, str]]:
    lowest = documents(kind)[0]
    rows = connection.execute(f"SELECT * FROM {kind} ORDER BY number")
    names = [each[0] for each in rows.description]
    for values in rows:
        row = dict(zip(names, values, strict=True))
        found = _words(kind, row)
        if found:
            yield lowest + row["number"], found


def _instances(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Yield every word of the index with each place it stands at."""
    _let_words_be_listed(connection)
    for row in connection.execute('SELECT term, doc, "offset" FROM temp.search_words'):
        yield tuple(row)


def _let_words_be_listed(connection: sqlite3.Connection) -> None:
    """Have the words in the index as a table beside the journal, which is gone with the connection."""
    (is_reading,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only=OFF")
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words"
            " USING fts5vocab(main, search, instance)"
        )
    finally:
        connection.execute(f"PRAGMA query_only={is_reading}")


def _words(kind: str, row: Row) -> str:
    """Return the words of a row, as they are put into the index and taken out of it."""
    found = spaced("\n".join([text for _name, text in texts(kind, row)]))
    return "" if found.isspace() else found
