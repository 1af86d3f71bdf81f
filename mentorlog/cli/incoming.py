"""What an import was told beside its file, and the records that come out of it.

The formats are read in `importers/`; nothing is kept here, and nothing shown.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mentorlog.cli.context import Context
from mentorlog.errors import UsageError
from mentorlog.i18n import ngettext
from mentorlog.importers.entry import BECOMES, Becoming, Entry, Reading
from mentorlog.importers.formats import IMPORTERS, guessed
from mentorlog.importers.source import Source
from mentorlog.workflows.importing import Placed, phases_of
from mentorlog.workflows.pairs import the_pair


class Typed(NamedTuple):
    """What was typed beside the file, None or empty where nothing was."""

    form: str | None
    pair: str | None
    kind: str | None
    columns: list[str]
    date_format: str | None

    def refuse_with(self, form: str) -> None:
        """Refuse an option that means nothing for a format."""
        given = {
            "--pair": self.pair,
            "--as": self.kind,
            "--map": self.columns,
            "--date-format": self.date_format,
        }
        for name in IMPORTERS[form].not_with:
            if given[name]:
                raise UsageError("not-with-format", name=name, format=form)


class Incoming:
    """The `records` of a file as they come; `partner` is whose they become, None for those of any pair."""

    def __init__(self, here: Context, name: str, source: Source, typed: Typed) -> None:
        is_table = bool(typed.columns) or name.lower().endswith(".csv")
        form = typed.form or guessed(source, typed.date_format, is_table=is_table)
        typed.refuse_with(form)
        importer = IMPORTERS[form]
        reading = Reading(typed.kind or BECOMES[0], tuple(typed.columns), typed.date_format)
        found = importer.loaded().read(source, reading)
        self.partner: str | None = None
        self.records: Placed = found
        self._elsewhere = self._wordless = 0
        if not importer.holds_records:
            pair = the_pair(here.journal, typed.pair)
            becoming = Becoming(form, reading.kind, pair, phases_of(here.journal, pair))
            self.partner = pair.partner
            self.records = becoming.records(self._noted(found))

    def _noted(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self._elsewhere += entry.is_elsewhere
            self._wordless += entry.is_wordless
            yield entry

    def remarks(self) -> Iterator[str]:
        """Yield what is to be told of the entries that have come."""
        if self._elsewhere:
            yield ngettext(
                "{count} entry was written in a time zone that is not known here; its day and time are"
                " UTC's.",
                "{count} entries were written in a time zone that is not known here; their days and"
                " times are UTC's.",
                self._elsewhere,
            ).format(count=self._elsewhere)
        if self._wordless:
            yield ngettext(
                "{count} entry has no text.", "{count} entries have no text.", self._wordless
            ).format(count=self._wordless)
