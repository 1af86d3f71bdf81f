"""A topic of the guide as it is read: prose in lines of a comfortable width, commands that stand out."""

import re
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from mentorlog.guide import Line, Topic
from mentorlog.render.cells import breaks, width, wrapped

_WIDEST = 88  # of prose: longer lines are hard to read; a command may be as wide as the terminal
_INDENT = "    "
_CODE = r"`[^`]+`"
_WORD = r"(?:--\S+ )?(?:'[^']*'|\S)+"  # as a shell has it, quotes and all; an option with its value


def drawn(topic: Topic) -> RenderableType:
    """Return a topic, drawn."""
    return Group(*(_line(each) for each in topic.lines))


def contents(rows: Iterable[tuple[Topic, str]]) -> RenderableType:
    """Return topics by name, each with a line about it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="command", no_wrap=True)
    table.add_column()
    for topic, said in rows:
        table.add_row(topic.name, Passage(said))
    return table


class Passage:
    """A line of a topic, wrapped as its language is; what hangs under a mark is indented by it.

    A command within it is kept on one line where there is room for it.
    """

    def __init__(self, said: str, mark: str = "", style: str = "") -> None:
        self._said = said
        self._mark = mark
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines that fit."""
        text = Text(self._said, style=self._style)
        text.highlight_regex(_CODE, "command")
        whole = re.sub(_CODE, lambda code: code.group().replace(" ", "\u00a0"), self._said)
        cells = min(options.max_width, _WIDEST) - width(self._mark)
        for place, line in enumerate(text.divide(breaks(whole, cells))):
            line.rstrip()
            yield _uncut(Text(" " * width(self._mark) if place else self._mark).append(line))


class _CommandLine:
    """A command and what is said about it, beside it or, where there is no room, below."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the command, broken between words only where it must be, as a shell would read it."""
        command, comment = self._line.said, f"# {self._line.comment}"
        room = options.max_width - len(_INDENT)
        lines = [Text(_INDENT).append(each, style="command") for each in _broken(command, room)]
        if self._line.comment and width(f"{command}  {comment}") <= room:
            lines[-1].append(f"  {comment}", style="quiet")
        elif self._line.comment:
            below = wrapped(comment, room - 2)
            lines += [Text(f"{_INDENT}  ").append(each, style="quiet") for each in below]
        yield from map(_uncut, lines)


def _line(line: Line) -> RenderableType:
    match line.sort:
        case "title" | "heading":
            return Passage(line.said, style="title")
        case "bullet":
            return Passage(line.said, mark="- ")
        case "entry":
            return Passage(line.said, mark=line.mark)
        case "command":
            return _CommandLine(line)
        case "see":
            return Passage(line.mark + line.said, style="quiet")
        case _:
            return Passage(line.said)


def _broken(command: str, room: int) -> list[str]:
    r"""Return a command in lines that fit, each but the last with the `\` that lets a shell go on."""
    if width(command) <= room:
        return [command]
    first, *words = re.findall(_WORD, command)
    lines = [first]
    for word in words:
        if width(f"{lines[-1]} {word} \\") <= room:
            lines[-1] += f" {word}"
        else:
            lines[-1] += " \\"
            lines.append(f"  {word}")
    return lines


def _uncut(line: Text) -> Text:
    line.no_wrap, line.overflow = True, "ignore"
    return line
