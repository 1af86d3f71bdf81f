"""Small pictures made of characters: bars, sparklines, dots. Each says what it says without colour.

Numbers in, Rich text out: what they are of, and how many they stand on, is said beside them.
"""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

_EIGHTHS = " ▏▎▍▌▋▊▉"
_STEPS = "▁▂▃▄▅▆▇█"
_LEVEL = "▄"  # of a line that neither rises nor falls
_EDGE, _FULL, _EMPTY, _BELOW = "│", "█", "░", "▒"
_ON, _OFF = "●", "○"


def bar(share: float, cells: int) -> Text:
    """Return a bar filled to `share`, 0 to 1; only all of it looks full, only nothing empty."""
    eighths = round(share * cells * 8)
    if share < 1:
        eighths = min(eighths, cells * 8 - 1)
    if share > 0:
        eighths = max(eighths, 1)
    full, part = divmod(max(0, min(eighths, cells * 8)), 8)
    drawn = _in("filled", _FULL * full + _EIGHTHS[part].strip())
    return drawn.append(_EMPTY * (cells - len(drawn)), style="track")


def way(share: float, cells: int) -> Text:
    """Return the way from a baseline to a target, each an edge, filled as far as it is done.

    Below the baseline it is filled to the left of it, beyond the target to the right; at most one way
    more is drawn in either direction, what lies further is an arrow.
    """
    if share > 1:
        inner = cells - 2 - (share > 2)
        beyond = max(1, round(inner * (1 - 1 / min(share, 2))))
        drawn = _edged(_in("filled", _FULL * (inner - beyond)))
        drawn.append(_FULL * beyond, style="beyond")
        return drawn.append("▸" if share > 2 else "", style="beyond")
    if share < 0:
        inner = cells - 2 - (share < -1)
        below = max(1, round(inner * (1 - 1 / (1 - max(share, -1)))))
        drawn = _in("warm", ("◂" if share < -1 else "") + _BELOW * below)
        return drawn + _edged(_in("track", _EMPTY * (inner - below)))
    return _edged(bar(share, cells - 2))


def sparkline(values: Sequence[float], cells: int) -> Text:
    """Return the latest of `values` that fit, each as a column between the lowest and the highest."""
    shown = values[-cells:]
    low, high = min(shown), max(shown)
    if low == high:
        return _in("filled", _LEVEL * len(shown))
    steps = len(_STEPS) - 1
    rises = (round((value - low) / (high - low) * steps) for value in shown)
    return _in("filled", "".join(_STEPS[rise] for rise in rises))


class Dots:
    """Values from 1 to `highest` as dots over time, a line a value: all that fit, else the latest."""

    def __init__(self, values: Sequence[int], highest: int) -> None:
        self._values, self._highest = values, highest

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines, the highest value first."""
        room = max(1, options.max_width - 2)  # without the value itself and a space
        step = 2 if len(self._values) * 2 <= room else 1
        shown = self._values[-(room // step) :]
        for value in range(self._highest, 0, -1):
            line = _in("label", f"{value} ")
            for each in shown:
                line.append(*((_ON, "filled") if each == value else ("·", "track")))
                line.append(" " * (step - 1))
            line.rstrip()
            yield line


def rating(value: int, highest: int) -> Text:
    """Return a rating from 1 to `highest` as so many dots filled."""
    return _in("filled", _ON * value).append(_OFF * (highest - value), style="track")


def position(value: int, low: int, high: int) -> Text:
    """Return where a value stands among the whole numbers from `low` to `high`."""
    drawn = _in("label", f"{low} ".replace("-", "−"))
    for each in range(low, high + 1):
        drawn.append(*((_ON, "filled") if each == value else (_OFF, "track")))
    return drawn.append(f" {high:+d}", style="label")


def _edged(drawn: Text) -> Text:
    return _in("label", _EDGE) + drawn + _in("label", _EDGE)


def _in(style: str, said: str) -> Text:
    """Return characters in a style that what is put behind them does not take on."""
    return Text().append(said, style=style)
