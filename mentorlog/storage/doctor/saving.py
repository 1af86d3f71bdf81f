"""The new journal that what is left of a damaged one is saved into, while it is being filled.

What is left is found by `salvage.py`, and what it is by `remains.py`.
"""

import sqlite3
from collections.abc import Iterable

from mentorlog.domain.kinds import KIND_NAMES, KINDS, id_of, parse_reference
from mentorlog.storage import file, schema, search_index
from mentorlog.storage.device import device
from mentorlog.storage.doctor import pages, remains, standing_in
from mentorlog.storage.doctor.remains import Logged, Remains
from mentorlog.storage.doctor.standing_in import Links

_LOG = """CREATE TEMP TABLE logged (
    uid TEXT PRIMARY KEY, kind TEXT, number INTEGER, did TEXT, line INTEGER) WITHOUT ROWID"""


class NewJournal:
    """An empty file that becomes a journal. What the damaged one's log says is noted beside it.

    Of `incomplete` records a part is lost; what was `renumbered` had the number of another.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.incomplete = set[str]()
        self.renumbered = list[str]()
        self._displaced = list[Remains]()
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")  # it is thrown away unless all of it is there
        schema.migrate(connection)
        connection.execute(_LOG)
        connection.execute("BEGIN")

    def finish(self, at: str) -> Links:
        """Make a journal of what was kept; return what stands in for what is not there."""
        self._take_displaced()
        numbers = self._numbers_ever_used()
        links = standing_in.mend(self.connection, at)
        search_index.rebuild(self.connection)
        self._begin_log(numbers, at)
        self.connection.execute("COMMIT")
        return links

    def note(self, line: Logged | None) -> None:
        """Note what a line of the log says of a record."""
        if line is not None:
            self.connection.execute(
                "INSERT INTO logged VALUES (?, ?, ?, ?, ?) ON CONFLICT (uid) DO UPDATE SET"
                " number = excluded.number, did = excluded.did, line = excluded.line WHERE excluded.line > line",
                line,
            )

    def keep_export(self, number: object, values: tuple[pages.Value, ...] | None) -> None:
        """Keep a note of an export, where its values are those of one."""
        if values is not None and isinstance(number, int) and 0 < number <= remains.HIGHEST:
            self.connection.execute(
                "INSERT OR IGNORE INTO exports VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *values)
            )

    def keep_one_of(self, may_be: list[Remains]) -> None:
        """Keep what lies in a page, unless it was deleted. What is not whole has to be in the log."""
        for each in may_be:
            line = self._logged(each.row["uid"])
            is_certain = each.is_whole and len(may_be) == 1
            if is_certain if line is None else (line[0] == each.kind and line[2] != "removed"):
                self.keep(each)

    def keep(self, found: Remains | None) -> None:
        """Keep what is left of a record, unless it is there already."""
        if found is None:
            return
        kind, row = found.kind, found.row
        line = self._logged(row["uid"])
        if line is not None and line[0] != kind:
            return  # a page of another kind, in the wrong place
        there = self.connection.execute(
            f"SELECT number FROM {kind} WHERE uid = ?", (row["uid"],)
        ).fetchone()
        if there is not None:
            self._keep_instead(found, there[0])
        elif not 0 < row["number"] <= remains.HIGHEST or standing_in.is_there(
            self.connection, kind, row["number"]
        ):
            self._displaced.append(found)
        else:
            self._insert(found, row["number"])

    def _keep_instead(self, found: Remains, number: int) -> None:
        """Keep what is whole instead of what is not."""
        if found.is_whole and id_of(found.kind, number) in self.incomplete:
            self.connection.execute(f"DELETE FROM {found.kind} WHERE number = ?", (number,))
            self.incomplete.discard(id_of(found.kind, number))
            self._insert(found, number)

    def _take_displaced(self) -> None:
        """Keep what has no number of its own: by the one the log says, else by the next."""
        for found in self._displaced:
            line = self._logged(found.row["uid"])
            number = 0 if line is None else line[1]
            if not 0 < number <= remains.HIGHEST or standing_in.is_there(
                self.connection, found.kind, number
            ):
                sql = f"SELECT coalesce(max(number), 0) + 1 FROM {found.kind}"
                (number,) = self.connection.execute(sql).fetchone()
            if self._insert(found, number):
                self.renumbered.append(id_of(found.kind, number))

    def _insert(self, found: Remains, number: int) -> bool:
        row = found.row | {"number": number}
        columns = [name for name in row if name in remains.columns(found.kind)]
        marks = ", ".join("?" * len(columns))
        try:
            cursor = self.connection.execute(
                f"INSERT OR IGNORE INTO {found.kind} ({', '.join(columns)}) VALUES ({marks})",
                [row[name] for name in columns],
            )
        except sqlite3.IntegrityError:  # a number in the place of a text
            return False
        if cursor.rowcount and not found.is_whole:
            self.incomplete.add(id_of(found.kind, number))
        return bool(cursor.rowcount)

    def _logged(self, uid: str) -> tuple[str, int, str] | None:
        sql = "SELECT kind, number, did FROM logged WHERE uid = ?"
        found: tuple[str, int, str] | None = self.connection.execute(sql, (uid,)).fetchone()
        return found

    # What is there ----------------------------------------------------------------------------------

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def lost(self, known: Iterable[str]) -> list[str]:
        """Return the ids of those known to be lost, and of all that the log knows of and that are not there."""
        lost = set(known)
        for kind in KIND_NAMES:
            sql = (
                "SELECT number FROM logged WHERE kind = ? AND did <> 'removed'"
                f" AND uid NOT IN (SELECT uid FROM {kind})"
            )
            lost.update(id_of(kind, number) for (number,) in self.connection.execute(sql, (kind,)))
        return in_order(lost)

    def has(self, ref: str) -> bool:
        """True where there is a record of that id."""
        record_type, number = parse_reference(ref)
        return standing_in.is_there(self.connection, record_type.kind, number)

    # The log -------------------------------------------------------------------------------------

    def _numbers_ever_used(self) -> dict[str, int]:
        """Return the highest number of each kind, of deleted ones too: none is given again."""
        return {
            kind: self.connection.execute(
                "SELECT coalesce(max(number), 0) FROM logged WHERE kind = ? AND number <= ?",
                (kind, remains.HIGHEST),
            ).fetchone()[0]
            for kind in KIND_NAMES
        }

    def _begin_log(self, numbers: dict[str, int], at: str) -> None:
        """Begin the log with one write, which nothing takes back."""
        self.connection.execute(
            "INSERT INTO writes (number, at, command, device) VALUES (1, ?, 'salvage', ?)",
            (at, device()),
        )
        for kind, number in numbers.items():
            self.connection.execute(
                "INSERT INTO changes (write, kind, record, uid, did)"
                f" SELECT 1, ?, number, uid, 'added' FROM {kind} ORDER BY number",
                (kind,),
            )
            self.connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (kind,))
            self.connection.execute(
                f"INSERT INTO sqlite_sequence SELECT ?1, max(?2, coalesce(max(number), 0)) FROM {kind}",
                (kind, number),
            )
        self.connection.execute(f"PRAGMA application_id={file.APPLICATION_ID}")
        self.connection.execute(f"PRAGMA user_version={file.SCHEMA_VERSION}")


def in_order(refs: Iterable[str]) -> list[str]:
    """Return ids as the kinds stand, and by their numbers."""
    kinds = list(KINDS)
    return sorted(refs, key=lambda ref: (kinds.index(ref[0]), int(ref[1:])))
