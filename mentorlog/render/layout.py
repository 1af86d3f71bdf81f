"""How the parts of a drawing stand: rows beside their ids, two parts beside each other."""

from collections.abc import Iterable, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.render.counts import more_text
from mentorlog.render.prose import Prose

_ROOM_FOR_TWO = 100  # cells, from which two parts stand beside each other


class SideBySide:
    """Parts of a page that stand beside each other where there is room, else below each other."""

    def __init__(self, parts: Sequence[RenderableType]) -> None:
        self._parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the parts."""
        if options.max_width < _ROOM_FOR_TWO or len(self._parts) < 2:
            yield from self._parts
            return
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for _part in self._parts:
            table.add_column(ratio=1)
        table.add_row(*self._parts)
        yield table


def more(count: int, command: str) -> Text:
    """Return that there is more than is shown, and the command that shows it."""
    return Text(more_text(count, command), style="quiet")


def listed(rows: Iterable[tuple[str, Text]]) -> RenderableType:
    """Return rows of an id and a text, the text wrapped beside the id."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="id", no_wrap=True)
    table.add_column()
    for ref, text in rows:
        table.add_row(Text(ref), Prose(text))
    return Padding(table, (0, 0, 0, 2))
