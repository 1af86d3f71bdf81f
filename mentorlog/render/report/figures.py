"""How the figures of a report are set: sections, rows of a label and what is known, their evidence.

What the figures are is said by `__init__.py` and its neighbours; here is no figure and no sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from mentorlog.domain.ids import Ids
from mentorlog.render.cells import width
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.prose import Facts

Evidence = Mapping[str, Ids]  # by what a figure is called: the records it stands on

SHORT_BAR = 12  # cells
_FIGURES = 56  # cells that figures beside a picture take, with the gap


class Row(NamedTuple):
    """What is known under a label, and what each figure in it stands on."""

    label: str
    said: RenderableType
    evidence: Evidence | None = None


class Section:
    """A part of a report under its title."""

    def __init__(self, title: str, *parts: RenderableType) -> None:
        self._title, self._parts = title, parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the title with a line to the edge, then the parts."""
        rest = options.max_width - width(self._title) - 1
        yield Text("")
        line = f" {'─' * max(0, rest)}"
        yield Text().append(self._title, style="title").append(line, style="track")
        yield from self._parts


class Beside:
    """A picture so many cells wide with its figures beside it, where there is room, else below it."""

    def __init__(self, picture: RenderableType, cells: int, figures: RenderableType) -> None:
        self._picture, self._cells, self._figures = picture, cells, figures

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the two."""
        if self._cells + _FIGURES > options.max_width:
            yield from (self._picture, Text(""), self._figures)
            return
        table = Table.grid(padding=(0, 4, 0, 0), expand=True)
        table.add_column(width=self._cells)
        table.add_column(ratio=1)
        table.add_row(self._picture, Group(Text(""), self._figures))
        yield table


class Flow:
    """Short pieces of text that stay whole, as many on a line as fit."""

    def __init__(self, pieces: Sequence[Text]) -> None:
        self._pieces = pieces

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        line, used = Text(""), 0
        for piece in self._pieces:
            taken = width(piece.plain)
            if used and used + 3 + taken > options.max_width:
                yield line
                line, used = Text(""), 0
            line = line.append(" " * (3 if used else 0)).append_text(piece)
            used += taken + (3 if used else 0)
        if used:
            yield line


class Names:
    """The ids of records, all of them, in lines."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines that fit."""
        line = ""
        for each in self._ids:
            if line and len(line) + 1 + len(each) > options.max_width:
                yield Text(line, style="id")
                line = each
            else:
                line = f"{line} {each}".strip()
        yield Text(line, style="id")


def rows_drawn(rows: Iterable[Row], *, with_evidence: bool) -> RenderableType:
    """Return rows with their labels in a column; what each stands on is below it, if wanted."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="label", no_wrap=True)
    table.add_column()
    for row in rows:
        table.add_row(row.label, Facts(row.said) if isinstance(row.said, Text) else row.said)
        if with_evidence and row.evidence and any(row.evidence.values()):
            table.add_row("", evidence_drawn(row.evidence))
    return table


def evidence_drawn(evidence: Evidence) -> RenderableType:
    """Return what figures stand on: the ids and, where there are several figures, what each is called."""
    if len(evidence) == 1:
        return Group(*(Names(ids) for ids in evidence.values() if ids))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(style="quiet", no_wrap=True)
    table.add_column()
    for called, ids in evidence.items():
        if ids:
            table.add_row(f"{called}:", Names(ids))
    return table


def beside(picture: Text, *facts: str | Text | None) -> Text:
    """Return a picture with what it says in words behind it."""
    line = picture.copy()
    for fact in facts:
        if fact:
            line.append("  " if line.plain == picture.plain else SEPARATOR)
            line.append_text(Text(fact) if isinstance(fact, str) else fact)
    return line
