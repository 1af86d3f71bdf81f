"""A table in CSV, such as a spreadsheet writes: a row is an entry, and a mapping says which column holds what.

The first row names the columns. What stands between cells is found out from that row alone. A row is
known again by all of its cells, however they are mapped.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from mentorlog.domain.meeting import Meeting
from mentorlog.domain.record import shapes
from mentorlog.domain.when import parse_clock
from mentorlog.errors import BadFile, Place, UsageError, standing_at
from mentorlog.i18n import listing
from mentorlog.importers.days import read_moment
from mentorlog.importers.entry import AS_IT_IS, Entry, Reading
from mentorlog.importers.source import MOST_CHARACTERS, Source, lines
from mentorlog.text import folded

DAY = "date"
FIELDS = {
    "meeting": (
        DAY, "start_time", "minutes", "channel", "topics", "summary", "notes", "pulse", "next_on",
    ),
    "reflection": (DAY, "text"),
}  # fmt: skip
_DELIMITERS = ",;\t"
_LONGEST_HEADER = 100_000  # characters
_MOST_SHOWN = 20  # columns
Columns = dict[str, str]  # a field, and the column that holds it


def columns_typed(words: tuple[str, ...], kind: str) -> Columns:
    """Return the mapping in words such as "date=Day"; UsageError says what one cannot mean."""
    columns: Columns = {}
    for word in words:
        field, equals, column = word.partition("=")
        if not equals or not column.strip():
            raise UsageError("no-column", typed=word)
        if field not in FIELDS[kind]:
            raise UsageError("no-such-column-field", name=field, known=", ".join(FIELDS[kind]))
        if field in columns:
            raise UsageError("column-twice", name=field)
        columns[field] = column
    return columns


def read(source: Source, reading: Reading = AS_IT_IS) -> Iterator[Entry]:
    """Yield the rows of a table as entries; UsageError for a mapping that cannot be meant."""
    columns = columns_typed(reading.columns, reading.kind)
    return _entries(_Lines(lines(source.text())), columns, reading)


def _entries(texts: "_Lines", columns: Columns, reading: Reading) -> Iterator[Entry]:
    header = _chosen(texts, columns)
    mapped = header.mapped(columns or {field: field for field in FIELDS[reading.kind]})
    if DAY not in mapped:
        text = "notes" if reading.kind == "meeting" else "text"
        raise UsageError("no-day-column", text=text, known=header.shown)
    for number, (line, cells) in enumerate(_rows(texts, header.delimiter), 1):
        place = Place(number, line)
        if len(cells) > len(header.names):
            raise BadFile("too-many-cells", place)
        row = dict(zip(header.names, cells, strict=False))
        with standing_at(place):
            entry = _entry(place, row, mapped, reading.date_format)
        yield entry


# The first row ---------------------------------------------------------------------------------


class _Lines:
    """The lines of a table; those of one row may not be more than fits into memory.

    `line` is the one that the row under way begins on, counted from 1.
    """

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._read = 0
        self.of_row = 0  # characters
        self.line = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._texts)
        self._read += 1
        self.of_row += len(line)
        if self.of_row > MOST_CHARACTERS:
            raise BadFile("too-long", Place(line=self.line))
        return line

    def end_row(self, beyond: Iterable[str] = ()) -> None:
        """Let a row begin; lines that were read `beyond` the last one come again."""
        given_back = list(beyond)
        self._texts = chain(given_back, self._texts) if given_back else self._texts
        self._read -= len(given_back)
        self.line, self.of_row = self._read + 1, 0


class _Header(NamedTuple):
    """The names of columns, if this is what stands between them, and how many lines they take."""

    delimiter: str
    names: list[str]
    line_count: int

    def mapped(self, columns: Columns) -> Columns:
        """Return the part of a mapping whose columns there are, in these very names."""
        known = {folded(name): name for name in self.names}
        return {
            field: known[folded(column)]
            for field, column in columns.items()
            if folded(column) in known
        }

    @property
    def shown(self) -> str:
        """The names, as far as a sentence can hold them."""
        return listing(self.names[:_MOST_SHOWN])


def _chosen(texts: _Lines, columns: Columns) -> _Header:
    """Return the first row, read by what makes the columns that were typed: a name may have a comma in it."""
    begun: list[str] = []
    headers = [_header(_again(begun, texts), delimiter) for delimiter in _DELIMITERS]
    widest = max(headers, key=lambda each: len(each.names))
    fit = (each for each in headers if each.mapped(columns).keys() == columns.keys())
    header = next(fit, widest) if columns else widest
    mapped = header.mapped(columns)
    for field, column in columns.items():
        if field not in mapped:
            raise UsageError("no-such-column", name=column, known=header.shown)
    if len(set(header.names)) < len(header.names):
        raise BadFile("columns-alike", Place(line=1))
    texts.end_row(begun[header.line_count :])
    return header


def _again(begun: list[str], texts: _Lines) -> Iterator[str]:
    """Yield the lines that have `begun` a table, and then, as far as a header may go, the others."""
    yield from begun
    while texts.of_row < _LONGEST_HEADER and (line := next(texts, "")):
        begun.append(line)
        yield line[:_LONGEST_HEADER]


def _header(rows: Iterator[str], delimiter: str) -> _Header:
    """Return the names that a table begins with; a column without one is called by its place."""
    read_rows = csv.reader(rows, delimiter=delimiter, strict=True)
    try:
        cells = next(read_rows, [])
    except csv.Error:
        return _Header(delimiter, [], 0)
    names = [" ".join(cell.split()) or str(place) for place, cell in enumerate(cells, 1)]
    return _Header(delimiter, names, read_rows.line_num)


# The others ------------------------------------------------------------------------------------


def _rows(texts: _Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have something in them, each with the line it begins on."""
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        for cells in csv.reader(texts, delimiter=delimiter, strict=True):
            if any(cell.strip() for cell in cells):
                yield texts.line, cells
            texts.end_row()
    except csv.Error:
        raise BadFile("not-csv", Place(line=texts.line)) from None


def _entry(place: Place, row: dict[str, str], mapped: Columns, date_format: str | None) -> Entry:
    said = {field: row.get(column, "") for field, column in mapped.items()}
    filled = {name: cell for name, cell in row.items() if cell.strip()}
    return Entry(
        place,
        tuple(f"{folded(name)}={cell.strip()}" for name, cell in sorted(filled.items())),
        *read_moment(said[DAY], date_format),
        text=said.get("text", ""),
        more=tuple((name, cell) for name, cell in filled.items() if name not in mapped.values()),
        fields={
            field: _value(field, cell, date_format)
            for field, cell in said.items()
            if cell.strip() and field not in (DAY, "text")
        },
    )


def _value(field: str, cell: str, date_format: str | None) -> Any:
    """Return what a cell means for a field of a meeting."""
    shape = shapes(Meeting)[field]
    match shape.holds:
        case "clock":
            return parse_clock(re.sub(r"(:[0-9]{2}):[0-9]{2}", r"\1", cell))
        case "number":
            whole = re.fullmatch("[0-9]{1,9}", cell.strip())
            return int(whole[0]) if whole else cell  # which the record refuses
        case "choice":
            return folded(cell)
        case "day":
            return read_moment(cell, date_format).on
        case "lines":
            parted = r"\s+(?=[@#])" if cell.lstrip().startswith(("@", "#")) else "[,;、；\n]+"
            return tuple(each.strip().lstrip("@#") for each in re.split(parted, cell))
        case _:
            return cell
