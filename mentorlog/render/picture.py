"""A picture of a drawing: what a terminal would show, as one SVG file that needs nothing else.

It is built from the cells that Rich lays out, so that it is right in every font: a run of plain letters
is held to its cells, any other character stands in the middle of its own, and bars are drawn as
rectangles, as terminals do themselves. Colours come in two palettes, for light and for dark. What a
drawing says is not decided here.
"""

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby
from typing import NamedTuple

from rich.cells import split_graphemes
from rich.color import Color, ColorSystem
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style

from mentorlog import i18n
from mentorlog.render import cells
from mentorlog.render.markup import Markup, element
from mentorlog.render.theme import THEME
from mentorlog.text import visible

# Each colour on light and on dark; what is read stands out from the paper by 4.5 to 1 and more.
PALETTE = {
    "paper": ("#ffffff", "#14181d"),
    "frame": ("#d0d7de", "#3a424c"),
    "ink": ("#1f2328", "#e6e9ec"),
    "quiet": ("#59636e", "#9aa4af"),
    "red": ("#b3261e", "#ff8f85"),
    "green": ("#1a6b3c", "#6fcf97"),
    "yellow": ("#8a5300", "#e3b25f"),
    "blue": ("#1556b0", "#7db4ff"),
    "magenta": ("#8b2c8f", "#d99ae0"),
    "cyan": ("#0b6472", "#66cbd8"),
}
_ANSI = ("ink", "red", "green", "yellow", "blue", "magenta", "cyan", "quiet")
_FONTS = (
    "ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',"
    "'Osaka-Mono','BIZ UDGothic','MS Gothic','Noto Sans Mono CJK JP','Noto Sans CJK JP',"
    "'Hiragino Sans','Yu Gothic',monospace"
)
_SHAPES = (
    f"text{{font-family:{_FONTS};font-size:14px}}"
    ".sign{text-anchor:middle}.wide{font-size:15.5px}.bold{font-weight:700}.italic{font-style:italic}"
    ".underline{text-decoration:underline}.strike{text-decoration:line-through}"
    ".light{opacity:.35}.half{opacity:.55}.thick{opacity:.8}"
)

_CELL, _LINE = 8.4, 19.0  # pixels of a cell
_BASE = 14.0  # from the top of a line to what its letters stand on
_MARGIN, _BAR = 18.0, 34.0  # around the text; above it, the bar with the title
_LETTERS_BELOW = "\u0250"  # what comes before, every fixed-width font has in one cell

_TOP = 0.07  # of a bar in its cell: two below each other stay apart

# Marks that are drawn: from where to where in their cell, across and down, and how strongly.
_BLOCKS: dict[str, tuple[float, float, float, float, str | None]] = {
    **{chr(0x2580 + n): (0, 1 - n / 8, 1, 1, None) for n in range(1, 8)},
    **{chr(0x2590 - n): (0, _TOP, n / 8, 1, None) for n in range(1, 9)},
    "▀": (0, 0, 1, 0.5, None),
    "▐": (0.5, 0, 1, 1, None),
    "░": (0, _TOP, 1, 1, "light"),
    "▒": (0, _TOP, 1, 1, "half"),
    "▓": (0, _TOP, 1, 1, "thick"),
    "─": (0, 0.47, 1, 0.53, None),
    "━": (0, 0.42, 1, 0.58, None),
    "╸": (0, 0.42, 0.5, 0.58, None),
    "╺": (0.5, 0.42, 1, 0.58, None),
    "│": (0.44, 0, 0.56, 1, None),
}


class _Cell(NamedTuple):
    """A character as a reader takes it, and the cells it fills."""

    at: int
    said: str
    cells: int

    @property
    def sort(self) -> str:
        """How it is drawn: "letters" together, each "sign" by itself; of blocks, those that are alike."""
        if self.said in _BLOCKS:
            return self.said
        is_letter = len(self.said) == self.cells == 1 and self.said < _LETTERS_BELOW
        return "letters" if is_letter else "sign"


def svg(drawing: RenderableType, width: int, title: str, described: str) -> str:
    """Return a picture of a drawing that is `width` cells wide.

    `title` stands in its bar; `described` is what it says to who cannot see it.
    """
    lines = _lines(drawing, width)
    wide, high = width * _CELL + 2 * _MARGIN, len(lines) * _LINE + _BAR + 2 * _MARGIN
    return element(
        "svg",
        element("title", visible(title), id="picture-title"),
        element("desc", described, id="picture-described"),
        element("style", Markup(_style())),
        *_window(wide, high, cells.cut(visible(title), max(1, width - 12))),
        *(piece for number, line in enumerate(lines) for piece in _drawn(line, number)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=f"{wide:.0f}",
        height=f"{high:.0f}",
        role="img",
        lang=i18n.language,
        xml__lang=i18n.language,
        aria_labelledby="picture-title picture-described",
    )


def _style() -> str:
    """Return the style sheet; dark is asked of whoever shows the picture."""
    light, dark = (
        "".join(_colour(name, each[at]) for name, each in PALETTE.items()) for at in (0, 1)
    )
    return f"{_SHAPES}{light}@media (prefers-color-scheme:dark){{{dark}}}"


def _colour(name: str, value: str) -> str:
    return f".{name}{{{'fill:none;stroke' if name == 'frame' else 'fill'}:{value}}}"


def _window(wide: float, high: float, title: str) -> Iterator[Markup]:
    """Yield the paper, its frame, and the bar with the title."""
    yield element("rect", x=0.5, y=0.5, width=wide - 1, height=high - 1, rx=8, klass="paper")
    yield element("rect", x=0.5, y=0.5, width=wide - 1, height=high - 1, rx=8, klass="frame")
    yield element("path", d=f"M1 {_BAR:g}H{wide - 1:g}", klass="frame")
    for number in range(3):
        yield element("circle", cx=_MARGIN + 16.0 * number, cy=_BAR / 2, r=5, klass="frame")
    yield element("text", title, x=wide / 2, y=_BAR / 2 + 5, klass="sign quiet")


def _lines(drawing: RenderableType, width: int) -> list[list[Segment]]:
    """Return what Rich draws, line by line; empty lines at its ends are no part of a picture."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        theme=THEME,
    )
    drawn = console.render_lines(drawing, pad=False)
    said = [any(each.text.strip() for each in line) for line in drawn]
    if True not in said:
        return []
    return drawn[said.index(True) : len(said) - said[::-1].index(True)]


def _drawn(line: Iterable[Segment], number: int) -> Iterator[Markup]:
    """Yield what one line consists of."""
    at, top = 0, _BAR + _MARGIN + number * _LINE
    for segment in line:
        ink, behind, look = _look(segment.style or Style.null())
        found = list(_cells(segment.text, at))
        if any(each.cells > 1 for each in found):
            look = look.replace(" italic", "")  # no such font has one: it would be upright, slanted
        if behind is not None:
            yield _rect(at, segment.cell_length, top, (0, 0, 1, 1, None), behind)
        for sort, same in groupby(found, lambda each: each.sort):
            run = list(same)
            if sort == "letters":
                yield from _letters(run, top + _BASE, f"{ink}{look}")
            elif sort == "sign":
                yield from _signs(run, top + _BASE, f"sign {ink}{look}")
            else:
                yield from _blocks(run, top, ink)
        at += segment.cell_length


def _cells(said: str, at: int) -> Iterator[_Cell]:
    spans, _width = split_graphemes(said)
    for start, end, wide in spans:
        yield _Cell(at, said[start:end], wide)
        at += wide


def _letters(run: list[_Cell], base: float, look: str) -> Iterator[Markup]:
    """Yield the words of a run, each stretch of them held to its cells; the gaps are left free."""
    for words in re.finditer(r"\S+(?: \S+)*", "".join(each.said for each in run)):
        yield element(
            "text",
            words.group(),
            x=_x(run[0].at + words.start()),
            y=base,
            klass=look,
            textLength=len(words.group()) * _CELL,
        )


def _signs(run: list[_Cell], base: float, look: str) -> Iterator[Markup]:
    """Yield each sign by itself, in the middle of its cells; what takes none is not to be seen."""
    for each in run:
        if each.said.strip() and each.cells:
            size = " wide" if each.cells > 1 else ""
            yield element(
                "text", each.said, x=_x(each.at + each.cells / 2), y=base, klass=look + size
            )


def _blocks(run: list[_Cell], top: float, ink: str) -> Iterator[Markup]:
    """Yield one rectangle for marks that touch each other, else one for each."""
    shape = _BLOCKS[run[0].said]
    if (shape[0], shape[2]) == (0, 1):
        yield _rect(run[0].at, len(run), top, shape, ink)
    else:
        yield from (_rect(each.at, 1, top, shape, ink) for each in run)


def _rect(
    at: int, count: int, top: float, shape: tuple[float, float, float, float, str | None], ink: str
) -> Markup:
    left, upper, right, lower, strength = shape
    return element(
        "rect",
        x=_x(at + left),
        y=top + upper * _LINE,
        width=(count - 1 + right - left) * _CELL,
        height=(lower - upper) * _LINE,
        klass=ink if strength is None else f"{ink} {strength}",
    )


def _x(cell: float) -> float:
    return _MARGIN + cell * _CELL


def _look(style: Style) -> tuple[str, str | None, str]:
    """Return the ink, what is behind it if anything, and the rest of how text looks, as classes."""
    ink, behind = _named(style.color), _named(style.bgcolor)
    if style.reverse:
        ink, behind = behind or "paper", ink or "ink"
    elif behind is not None:
        ink = "paper"  # a colour stands out from the paper, so the paper does from it
    looks = ("bold", "italic", "underline", "strike")
    said = "".join(f" {name}" for name in looks if getattr(style, name))
    return ink or ("quiet" if style.dim else "ink"), behind, said


def _named(colour: Color | None) -> str | None:
    """Return which colour of the palette comes nearest; None for the terminal's own."""
    if colour is None or colour.is_default:
        return None
    number = colour.downgrade(ColorSystem.STANDARD).number
    return None if number is None else _ANSI[number % 8]
