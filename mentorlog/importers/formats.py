"""IMPORTERS: every format that can be read, by the word for it, and which of them a file is in.

A file is known by how it begins, not by its name; only a table, which begins in no way of its own, is
known by its ending or by being told what its columns hold.
"""

import re
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from mentorlog.errors import BadFile, UsageError
from mentorlog.importers.json_pieces import Pieces
from mentorlog.importers.source import Source, is_zip


class Beginning(NamedTuple):
    """How a file begins, and what was said of it; `is_table` where that makes it a table."""

    head: bytes
    text: str
    date_format: str | None
    is_table: bool


class Importer(NamedTuple):
    """A format: the module whose `read` takes a Source and a Reading, and how a file of it is told.

    In JSON it is by one of the `members` of the outermost object that only this format has, or by the
    `key` that only its entries have; else by what `begins` says. `not_with` are the options that mean
    nothing for it. It yields entries, or where it `holds_records`, records with their places.
    """

    module: str
    not_with: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    key: str = ""
    begins: Callable[[Beginning], bool] = lambda _beginning: False
    holds_records: bool = False

    def loaded(self) -> ModuleType:
        """Return the module, imported when it is needed."""
        return import_module(f"mentorlog.importers.{self.module}")


def _is_journal_of_jrnl(beginning: Beginning) -> bool:
    from mentorlog.importers import jrnl

    return jrnl.begins(beginning.text, beginning.date_format)


def _is_table(beginning: Beginning) -> bool:
    return beginning.is_table and not beginning.text.startswith("[")


# The one list: to add a format, add its module and an entry here.
IMPORTERS = {
    "json": Importer(
        "mentorlog_json",
        not_with=("--pair", "--as", "--map", "--date-format"),
        members=("format", "document", "audience", "records"),
        holds_records=True,
    ),
    "jrnl": Importer(
        "jrnl",
        not_with=("--map",),
        members=("tags",),
        key="body",
        begins=_is_journal_of_jrnl,
    ),
    "dayone": Importer(
        "dayone",
        not_with=("--map", "--date-format"),
        members=("metadata",),
        key="creationDate",
        begins=lambda beginning: is_zip(beginning.head),
    ),
    "csv": Importer("csv_table", begins=_is_table),
}


def guessed(source: Source, date_format: str | None, *, is_table: bool) -> str:
    """Return the format of a file; UsageError where it could be any, BadFile where it is none of ours.

    `is_table` says that something else than its text makes it a table.
    """
    text = source.head.decode("utf-8-sig", errors="ignore").lstrip()
    if text.startswith("{"):
        return _of_object(text, is_whole=source.size == len(source.head))
    beginning = Beginning(source.head, text, date_format, is_table)
    for form, importer in IMPORTERS.items():
        if importer.begins(beginning):
            return form
    if text.startswith("["):
        raise BadFile("not-known")
    if re.match("#{1,6} |---\n", text):
        raise BadFile("markdown")
    raise UsageError("format-missing", known=", ".join(IMPORTERS))


def _of_object(text: str, *, is_whole: bool) -> str:
    """Return the format of JSON by the first member that only one of them has."""
    document = Pieces(iter([text]))
    try:
        for member in document.members():
            for form, importer in IMPORTERS.items():
                if member in importer.members or (
                    member == "entries" and importer.key and f'"{importer.key}"' in text
                ):
                    return form
            document.value()
    except BadFile as wrong:
        if is_whole or wrong.reason != "cut-off":
            raise
    raise BadFile("not-known")
