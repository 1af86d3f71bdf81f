"""How the parts of a drawing stand: rows beside their ids, two parts beside each other."""

from collections.abc import Iterable, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from mentorlog.render.cells import width
from mentorlog.render.counts import more_text
from mentorlog.render.prose import Prose

_INDENT, _GAP = 2, 2  # cells before an id and behind it
_NARROWEST = 2  # cells of a text, however narrow the terminal: one Japanese character
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
    return _Listed(list(rows))


class _Listed:
    """Rows of an id and a text. Rich's own table does the same, and takes ten times as long for it."""

    def __init__(self, rows: Sequence[tuple[str, Text]]) -> None:
        self._rows = [(ref, Prose(text)) for ref, text in rows]
        self._before = _INDENT + max((width(ref) for ref, _text in rows), default=0) + _GAP

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        room = max(_NARROWEST, options.max_width - self._before)
        for ref, prose in self._rows:
            head = Text(" " * _INDENT).append(ref, style="id")
            for line in prose.lines(room):
                head.append(" " * (self._before - width(head.plain))).append_text(line)
                head.no_wrap, head.overflow = True, "ignore"
                yield head
                head = Text("")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return how narrow and how wide it can be."""
        texts = [prose.__rich_measure__(console, options) for _ref, prose in self._rows]
        narrowest = self._before + max((each.minimum for each in texts), default=0)
        widest = self._before + max((each.maximum for each in texts), default=0)
        return Measurement(narrowest, widest).with_maximum(options.max_width)
