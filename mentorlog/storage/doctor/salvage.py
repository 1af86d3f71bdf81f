"""All that can be read of a damaged journal, saved into a new one; the damaged one is only read.

First its records are read by SQLite, then, page by page, what SQLite does not reach (`pages.py`); what
a row found there is, `remains.py` says. A record keeps its number and its uid. The log begins anew: what
undo would have brought back is not worth a record that is wrong. What refers to what is lost gets
something to stand on in `standing_in.py`.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.kinds import KIND_NAMES, parse_reference
from mentorlog.errors import CANNOT_MAKE, JournalUnusable, OutputFailed
from mentorlog.storage import backups, file, placing, soundness
from mentorlog.storage.doctor import examining, index_check, log_check, pages, remains
from mentorlog.storage.doctor.log_lines import LogLines
from mentorlog.storage.doctor.saving import NewJournal, in_order
from mentorlog.storage.rows import Row, instant_text

# What SQLite and Python say of bytes that are none of a database: of lengths, too, that no memory has.
_UNREADABLE = (sqlite3.Error, UnicodeError, MemoryError, JournalUnusable)


class Salvaged(NamedTuple):
    """What was saved: how many records of each kind, how many notes of exports; and what was not.

    `lost` are the ids of records that the log knows of and that are not there any more. Of `incomplete`
    ones a part is lost, of `doubtful` ones the search index or the log says otherwise. `stand_ins` are in
    the place of records that others need, and are not among those saved; `unlinked` name something no
    longer that is lost. What was `renumbered` had the number of another. Where not `is_log_whole`, more
    may be lost than is known.
    """

    place: Path
    saved: dict[str, int]
    exports: int
    lost: list[str]
    incomplete: list[str]
    doubtful: list[str]
    stand_ins: list[str]
    unlinked: list[str]
    renumbered: list[str]
    is_log_whole: bool

    @property
    def is_complete(self) -> bool:
        """True where no part of any record is lost, and nothing can be that is not known."""
        return self.is_log_whole and not self.lost and not self.incomplete


def salvage(journal: Path, target: Path, at: datetime, *, force: bool) -> Salvaged:
    """Save what can be read of a journal into a new one and put that in its place.

    Raises JournalUnusable "nothing-to-salvage" where no record can be made out, and OutputFailed where the
    new one cannot be written.
    """
    with ExitStack() as stack:
        damaged = stack.enter_context(examining.copy_of(journal))
        try:
            beside = stack.enter_context(placing.beside_of(target))
        except OSError as failure:
            raise OutputFailed(str(target), failure.strerror or "", CANNOT_MAKE) from failure
        try:
            saved = _written(beside, damaged, target, instant_text(at))
            if not sum(saved.saved.values()):
                raise JournalUnusable("nothing-to-salvage", str(journal))
            backups.put_in_place(beside, target, force=force)
        except FileExistsError as failure:
            raise OutputFailed(str(target), "exists", CANNOT_MAKE) from failure
        except OSError as failure:
            raise OutputFailed(str(target), failure.strerror or "") from failure
    return saved


def _written(beside: Path, damaged: Path, target: Path, at: str) -> Salvaged:
    """Fill an empty file with what is left of a journal, and return once all of it is on the disk."""
    try:
        with file.failures_named(beside):
            with closing(sqlite3.connect(beside, isolation_level=None)) as made:
                saved = _saved(NewJournal(made), _Damaged(damaged), target, at)
            with closing(file.connected(beside)) as made:
                soundness.refuse_damaged(made, beside)
    except JournalUnusable as refusal:
        raise OutputFailed(str(target), refusal.detail or refusal.reason) from refusal
    file.synced(beside)
    return saved


def _saved(made: NewJournal, damaged: "_Damaged", target: Path, at: str) -> Salvaged:
    damaged.give_what_sqlite_reads(made)
    damaged.give_what_lies_in_the_pages(made)
    links = made.finish(at)
    known = made.incomplete | set(links.stand_ins)
    return Salvaged(
        place=target,
        saved=_counts(made, links.stand_ins),
        exports=made.count("exports"),
        lost=made.lost([*links.stand_ins, *links.lost]),
        incomplete=in_order(made.incomplete),
        doubtful=in_order(damaged.says_otherwise_than(made) - known),
        stand_ins=links.stand_ins,
        unlinked=links.unlinked,
        renumbered=made.renumbered,
        is_log_whole=damaged.is_log_whole(),
    )


def _counts(made: NewJournal, stand_ins: list[str]) -> dict[str, int]:
    """Return how many records of each kind were saved: what stands in for a lost one was not."""
    instead = Counter(parse_reference(ref)[0].kind for ref in stand_ins)
    counts = {kind: made.count(kind) - instead[kind] for kind in KIND_NAMES}
    return {kind: count for kind, count in counts.items() if count}


class _Damaged:
    """A private copy of the journal that is damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = LogLines()

    def give_what_sqlite_reads(self, made: NewJournal) -> None:
        """Give what SQLite reads; it has finished what a crash had left before."""
        for row in self._rows("changes"):
            line = (row.get(each) for each in ("uid", "kind", "record", "did", "number"))
            made.note(remains.logged_as(*line))
        for row in self._rows("exports"):
            made.keep_export(row.get("number"), remains.note_of_export(tuple(row.values())))
        for kind in KIND_NAMES:
            for row in self._rows(kind):
                made.keep(remains.of_record(kind, row))

    def _rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table as far as SQLite can read it: the rest is looked for in the pages."""
        try:
            with self._opened() as opened:
                sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?"
                found = opened.execute(sql, (table,)).fetchone()
                if found is None or not str(found[0]).upper().startswith("CREATE TABLE"):
                    return  # a view or a module of somebody else: it is not executed
                cursor = opened.execute(f"SELECT * FROM {table}")
                while (values := cursor.fetchone()) is not None:
                    yield dict(values)
        except _UNREADABLE:
            return

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(file.connected(self._path)) as opened:
            opened.text_factory = lambda found: found.decode("utf-8", "surrogateescape")
            opened.execute("PRAGMA query_only=OFF")
            opened.execute("PRAGMA journal_mode=DELETE")  # what lies beside it comes into the file
            opened.execute("PRAGMA query_only=ON")
            yield opened

    def give_what_lies_in_the_pages(self, made: NewJournal) -> None:
        """Give the rest; the log comes first, since it says what was deleted."""
        header = file.header(self._path)
        version = header.version if header.owner == file.APPLICATION_ID else 0
        with self._path.open("rb") as found:
            for row in pages.rows(found):
                version = max(version, remains.version_in(row))
                line = remains.logged(row)
                made.note(line)
                self._lines.take(row, line)
        with self._path.open("rb") as found:
            for row in pages.rows(found):
                made.keep_export(row.number, remains.note_of_export(row.values))
                made.keep_one_of(remains.recognised(row, version))

    def is_log_whole(self) -> bool:
        """True where every change ever logged lies in the pages, or SQLite finds nothing wrong with them."""
        if self._lines.are_all():
            return True
        try:
            with self._opened() as opened:
                said = opened.execute("PRAGMA integrity_check(changes)").fetchone()
                return bool(said[0] == "ok")
        except _UNREADABLE:
            return False

    def says_otherwise_than(self, made: NewJournal) -> set[str]:
        """Return the ids of saved records of which the damaged journal's index or log says otherwise."""
        try:
            with self._opened() as damaged:
                wanted = soundness.layout_of(file.SCHEMA_VERSION).tables
                if wanted - soundness.layout(damaged).tables:
                    return set()  # of an older schema, or with what is not ours in its place
                differing = index_check.differing(damaged, made.connection)
                differing |= set(log_check.disagreeing(damaged).records)
        except _UNREADABLE:
            return set()
        return {each for each in differing if made.has(each)}
