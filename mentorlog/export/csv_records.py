"""An export as CSV: a file for each kind, for spreadsheets. What has to come back whole goes as JSON.

As spreadsheets like it best: UTF-8 with a mark at its beginning, without which Excel reads Japanese as
something else, CRLF behind each row, and every cell in quotes. A list is one cell, a map is JSON in
one. Where a spreadsheet would take a text for a formula, there is a ' before it: also inside the text,
where one that looks for another separator would begin a cell. What steers a terminal is made visible.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from mentorlog.domain.audience import ever_seen
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.export import records
from mentorlog.export.records import Records, compact
from mentorlog.text import visible

if TYPE_CHECKING:
    from mentorlog.export.material import Material

OF_RECORDS = True
_MARK = "\ufeff"
_BETWEEN = "; "
# White space that is not seen included: what comes first to the eye is what counts.
_SIGN = "[=+\\-@＝＋－＠﹢﹣﹦﹫−]"
_BEFORE_IT = '"\u200b-\u200d\u2060\ufeff'
_IN_THE_LINE = f"(?:[^\\S\t\r\n]|[{_BEFORE_IT}])*+{_SIGN}"
_BEGINNINGS = re.compile(f"^(?=[\t\r]|[\\s{_BEFORE_IT}]*+{_SIGN})|(?<=[;\t\r\n])(?={_IN_THE_LINE})")
_IN_JSON = re.compile(f";(?={_IN_THE_LINE})")


def files(source: "Material | Records") -> Iterator[tuple[str, Iterator[str]]]:
    """Yield a file for each kind that there is a record of."""
    given = records.of(source)
    for kind, batches in groupby(given.batches, key=lambda batch: batch[0]):
        columns = ever_seen(kind, given.audience)
        yield f"{kind}.csv", _pieces(columns, (lines for _kind, lines in batches))


def made(name: str, beginning: str) -> bool:
    """Return True for a file of a folder that was written here."""
    kind, _dot, ending = name.partition(".")
    head = beginning.partition("\r\n")[0].removeprefix(_MARK)
    columns = [column.strip('"') for column in head.split(",")]
    is_named = kind in KIND_NAMES and ending == "csv" and beginning.startswith(_MARK)
    return is_named and set(columns) <= set(ever_seen(kind, "me"))


def _pieces(columns: Sequence[str], batches: Iterable[list[str]]) -> Iterator[str]:
    yield _MARK + _rows([columns])
    for lines in batches:
        found = map(json.loads, lines)
        yield _rows([_cell(record.get(name)) for name in columns] for record in found)


def _rows(rows: Iterable[Sequence[str]]) -> str:
    written = StringIO(newline="")
    csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return written.getvalue()


def _cell(value: Any) -> str:
    """Return a value as a cell has it; a number stays one, whatever its sign."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, list) and isinstance(value[0], str):
        return _BETWEEN.join(map(inert, value))
    return visible(_IN_JSON.sub("\\\\u003b", compact(value)), block=True)


def inert(text: str) -> str:
    """Return a text that no spreadsheet runs and no terminal obeys."""
    return visible(_BEGINNINGS.sub("'", text), block=True)
