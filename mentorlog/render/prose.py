"""Text that wraps in both languages: Rich alone breaks only at spaces, which Japanese has none of."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from mentorlog.render.cells import breaks, width
from mentorlog.render.details import LONGEST
from mentorlog.render.lines import SEPARATOR


class Prose:
    """A Rich text drawn in lines that end where a line of its language may end."""

    _between: str | None = None

    def __init__(self, text: Text | str, style: str = "") -> None:
        self._text = text if isinstance(text, Text) else Text(text, style=style)
        if len(self._text) > LONGEST:
            self._text = self._text[:LONGEST].append(" …")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines that fit."""
        yield from self.lines(options.max_width)

    def lines(self, cells: int) -> Iterator[Text]:
        """Yield the lines that fit into so many cells."""
        text = self._text.copy()
        text.expand_tabs(8)
        for line in text.divide(breaks(text.plain, cells, self._between)):
            line.rstrip()
            line.no_wrap, line.overflow = True, "ignore"
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return how narrow and how wide it can be."""
        widest = max((width(line) for line in self._text.plain.split("\n")), default=1)
        return Measurement(min(2, widest), max(1, widest)).with_maximum(options.max_width)


class Facts(Prose):
    """Facts on a line: where it is too long, it ends between two of them, and no figure is torn apart."""

    _between = SEPARATOR
