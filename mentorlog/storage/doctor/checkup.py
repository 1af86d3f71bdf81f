"""What is wrong in a journal, looked for in every way there is; nothing of it is changed.

What it has once only cannot be told from itself; but its words stand in the search index too, its days
and references in SQLite's indexes, and what was ever changed in the log: so one is held against the
other. What is around a journal is `surroundings.py`'s, what is to be said of each check `render/`'s.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import Any

from mentorlog.domain.kinds import KIND_NAMES, id_of, parse_reference
from mentorlog.errors import JournalUnusable, NotPossible
from mentorlog.storage import file, search_index, soundness
from mentorlog.storage.doctor import examining, index_check, log_check, remains
from mentorlog.storage.doctor.check import OK, PROBLEM, SALVAGE, WARNING, Check
from mentorlog.storage.doctor.presence import presence
from mentorlog.storage.doctor.standing_in import is_there
from mentorlog.storage.rows import to_record

_MOST_SAID = 20  # of SQLite's own words
_MOST_NAMED = 10  # records in a command to type
_ALTERED = {"action", "insight"}  # tables whose text each SQLite has written in its own way
_MADE_OF = (
    "SELECT type, name, tbl_name, iif(name IN ({}), '', sql) FROM sqlite_schema"
    " WHERE name NOT LIKE 'sqlite_%'"
).format(", ".join(f"'{name}'" for name in sorted(_ALTERED)))
_MIGRATED = "SELECT migration_set, name FROM _sqlite_migrations"


def checked(path: Path) -> Iterator[Check]:
    """Yield what is found of a journal; JournalBusy where another program keeps it."""
    there = presence(path)
    yield there
    if there.found in {OK, "older", "hard-linked"}:
        with ExitStack() as stack:
            try:
                opened = _opened(path, stack)
            except JournalUnusable as refusal:
                yield _unreadable("integrity", refusal)
            except (sqlite3.Error, UnicodeError):  # as it speaks of what it cannot read
                yield Check("integrity", PROBLEM, "unreadable", {"detail": ""}, SALVAGE)
            else:
                yield from _inside(opened, path)


def _opened(path: Path, stack: ExitStack) -> sqlite3.Connection:
    """Open a journal, or a copy of it, that stays as it is meanwhile, whoever writes."""
    with file.failures_named(path):
        place = stack.enter_context(examining.looked_into(path))
        opened = stack.enter_context(closing(file.connected(place)))
        opened.text_factory = lambda found: found.decode("utf-8", "surrogateescape")
        stack.enter_context(file.held(opened))
        return opened


# What is in it -----------------------------------------------------------------------------------


def _inside(opened: sqlite3.Connection, path: Path) -> Iterator[Check]:
    looks: list[tuple[str, Callable[[sqlite3.Connection], Check]]]
    looks = [("integrity", _integrity), ("schema", _schema), ("records", _records)]
    looks.append(("references", _references))
    if file.version(opened, path) == file.SCHEMA_VERSION:
        looks += [("index", _index), ("log", _log)]
    is_sound = True
    for code, look in looks:
        if not is_sound and code in {"index", "log"}:
            yield Check(code, WARNING, "not-looked-at")
            continue
        found = _guarded(code, look, opened, path)
        yield found
        is_fit = found.found in {OK, "triggers"}
        if code == "schema" and not is_fit:
            return
        is_sound &= is_fit


def _guarded(
    code: str, look: Callable[[sqlite3.Connection], Check], opened: sqlite3.Connection, path: Path
) -> Check:
    """Return what a look shows; what SQLite cannot read is a finding too, but a busy journal is none."""
    try:
        with file.failures_named(path):
            return look(opened)
    except JournalUnusable as refusal:
        return _unreadable(code, refusal)
    except (sqlite3.Error, UnicodeError, MemoryError):  # of a making that no journal of ours has
        return Check(code, PROBLEM, "unreadable", {"detail": ""}, SALVAGE)


def _unreadable(code: str, refusal: JournalUnusable) -> Check:
    if refusal.reason == "cannot-make":  # the copy that would be looked into
        return Check(code, PROBLEM, "no-copy", {"detail": refusal.detail})
    found = "disk-failed" if refusal.reason == "disk-failed" else "unreadable"
    return Check(code, PROBLEM, found, {"detail": refusal.detail}, SALVAGE)


def _integrity(opened: sqlite3.Connection) -> Check:
    said = [str(row[0]) for row in opened.execute(f"PRAGMA integrity_check({_MOST_SAID})")]
    if said == ["ok"]:
        (used,) = opened.execute("PRAGMA page_count").fetchone()
        return Check("integrity", values={"pages": used})
    readable = [each.encode("utf-8", "replace").decode() for each in said]
    return Check("integrity", PROBLEM, "damaged", {"count": len(said), "said": readable}, SALVAGE)


def _schema(opened: sqlite3.Connection) -> Check:
    (version,) = opened.execute("PRAGMA user_version").fetchone()
    values = {"version": version}
    there = soundness.layout(opened)
    wanted = _made(version).tables
    if (
        wanted - there.tables
        or not version
        or (_made(file.SCHEMA_VERSION).tables - wanted) & there.tables
    ):
        return Check("schema", PROBLEM, "incomplete", values, SALVAGE)
    if version == file.SCHEMA_VERSION and _as_made() - _parts(opened):
        return Check("schema", PROBLEM, "changed", values, SALVAGE)
    if any(sort == "trigger" for sort, _name in there.tables):
        return Check("schema", PROBLEM, "triggers", values)
    return Check("schema", values=values)


@cache
def _made(version: int) -> soundness.Layout:
    return soundness.layout_of(version)


@cache
def _as_made() -> frozenset[tuple[Any, ...]]:
    """Return all that a journal is made of, as the migrations make it."""
    with closing(file.blank()) as made:
        return _parts(made)


def _parts(connection: sqlite3.Connection) -> frozenset[tuple[Any, ...]]:
    columns = ((name, *column) for name in _ALTERED for column in _columns(connection, name))
    rows = (tuple(row) for part in (_MADE_OF, _MIGRATED) for row in connection.execute(part))
    return frozenset((*columns, *rows))


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = connection.execute(
        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?)', (table,)
    )
    return [tuple(row) for row in columns]


def _records(opened: sqlite3.Connection) -> Check:
    """Read every record, as every command would."""
    unreadable, count = list[str](), 0
    there = {name for _sort, name in soundness.layout(opened).tables}
    for kind, record_type in KIND_NAMES.items():
        if kind not in there:  # one that came with a later schema
            continue
        for values in opened.execute(f"SELECT * FROM {kind} ORDER BY number"):
            row = remains.blank(kind) | dict(values)
            count += 1
            try:
                to_record(record_type, row)
                is_text = all(_is_text(each) for each in row.values())
            except (NotPossible, KeyError, RecursionError, OverflowError):
                is_text = False
            if not is_text:
                unreadable.append(id_of(kind, row["number"]))
    if unreadable:
        return Check("records", PROBLEM, "damaged", {"records": unreadable}, SALVAGE)
    return Check("records", values={"count": count})


def _is_text(value: object) -> bool:
    return (
        not isinstance(value, str)
        or value.isascii()
        or value.encode("utf-8", "replace").decode() == value
    )


def _references(opened: sqlite3.Connection) -> Check:
    tables = dict.fromkeys(
        (row["table"], row["rowid"]) for row in opened.execute("PRAGMA foreign_key_check")
    )
    if not tables:
        return Check("references")
    broken = [id_of(name, number) for name, number in tables if name in KIND_NAMES]
    found = "broken" if broken else "broken-log"
    return Check("references", PROBLEM, found, {"records": broken, "count": len(tables)}, SALVAGE)


def _index(opened: sqlite3.Connection) -> Check:
    """Hold the words of the records against those of the search index."""
    try:
        if search_index.agrees(opened):
            is_found = index_check.finds_its_words(opened)
            return (
                Check("index") if is_found else Check("index", PROBLEM, "finds-nothing", do=SALVAGE)
            )
        with closing(index_check.made_anew(opened)) as anew:
            differ = sorted(index_check.differing(opened, anew))
    except (NotPossible, UnicodeError):
        return Check("index", PROBLEM, "not-comparable", do=SALVAGE)
    return _named("index", "disagrees", differ, opened)


def _log(opened: sqlite3.Connection) -> Check:
    """Hold what the log says of the records against these."""
    found = log_check.disagreeing(opened)
    if not found.records and not found.lines and not found.tables:
        return Check("log", values={"writes": found.writes})
    values = {"lines": found.lines, "tables": found.tables}
    if not found.records:
        return Check("log", PROBLEM, "astray", values, SALVAGE)
    check = _named("log", "disagrees", found.records, opened)
    return check._replace(values=check.values | values)


def _named(code: str, found: str, records: list[str], opened: sqlite3.Connection) -> Check:
    """Return a problem with records; those there are can be looked at."""
    there = [each for each in records if is_there(opened, *_kind_and_number(each))]
    shown = 0 < len(there) == len(records) <= _MOST_NAMED
    command = f"mentorlog show {' '.join(there)}" if shown else SALVAGE
    return Check(code, PROBLEM, found, {"records": records}, command)


def _kind_and_number(ref: str) -> tuple[str, int]:
    record_type, number = parse_reference(ref)
    return record_type.kind, number
