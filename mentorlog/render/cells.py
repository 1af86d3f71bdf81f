"""Width on a terminal: measured in cells, where a Japanese character takes two."""

import re

# What must not begin a line in Japanese, and what must not end one.
_NOT_FIRST = "、。，．・：；？！ー）」』】〕］｝”’々ゝゞっゃゅょァィゥェォッャュョ…‥)]}.,:;!?"
_FIRST_THAT_COMBINES = "\u0300"
_NOT_LAST = "（「『【〔［｛“‘([{"


def width(text: str) -> int:
    """Return the cells that `text` takes on one line."""
    if _is_plain(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _is_plain(text: str) -> bool:
    """True where each character is a letter or a sign of its own, one cell wide: loading more is felt."""
    return text.isascii() or max(text) < _FIRST_THAT_COMBINES


def cut(text: str, cells: int) -> str:
    """Return `text`, or as much of its beginning as fits into `cells` together with an ellipsis."""
    if width(text) <= cells:
        return text
    kept, room = "", cells - 1
    for grapheme in _graphemes(text):
        room -= width(grapheme)
        if room < 0:
            break
        kept += grapheme
    return kept.rstrip() + "…"


def padded(text: str, cells: int) -> str:
    """Return `text` with spaces behind it up to `cells`."""
    return text + " " * (cells - width(text))


def wrapped(text: str, cells: int, between: str | None = None) -> list[str]:
    """Return `text` as lines of at most `cells`, broken as `breaks` says, without what ends them."""
    ends = [*breaks(text, cells, between), len(text)]
    starts = [0, *ends[:-1]]
    return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]


def breaks(text: str, cells: int, between: str | None = None) -> list[int]:
    """Return the places where a new line begins so that no line is wider than `cells`.

    A line ends at a space or between Japanese characters. What stands between two separators, if given, stays whole where it fits on a line.
    """
    found: list[int] = []
    at, used = 0, 0
    for piece in _pieces(text) if between is None else _facts(text, cells, between):
        bare = piece.removesuffix("\n")
        if used and used + width(bare.rstrip()) > cells:
            found.append(at)
            used = 0
        if width(bare.rstrip()) > cells:  # one word wider than the line
            for grapheme in _graphemes(bare):
                if used and used + width(grapheme) > cells and not grapheme.isspace():
                    found.append(at)
                    used = 0
                used, at = used + width(grapheme), at + len(grapheme)
        else:
            used, at = used + width(bare), at + len(bare)
        if bare != piece:
            at += 1
            found.append(at)
            used = 0
    return found


def _graphemes(text: str) -> list[str]:
    """Return what a reader takes for single characters: an emoji family is one."""
    if _is_plain(text):
        return list(text)
    from rich.cells import split_graphemes

    spans, _cells = split_graphemes(text)
    return [text[start:end] for start, end, _width in spans]


def _pieces(text: str) -> list[str]:
    """Return `text` cut wherever a line may end; a piece keeps the spaces behind it."""
    pieces: list[str] = []
    for line in _lines(text):
        pieces += _pieces_of_line(line)
    return pieces


def _lines(text: str) -> list[str]:
    """Return the lines of `text`, each with its end."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _facts(text: str, cells: int, separator: str) -> list[str]:
    """Return `text` cut behind each separator; only what no line has room for is cut further."""
    pieces: list[str] = []
    for line in _lines(text):
        facts = line.split(separator)
        for fact in (*(each + separator for each in facts[:-1]), facts[-1]):
            pieces += [fact] if width(fact.rstrip()) <= cells else _pieces(fact)
    return pieces


def _pieces_of_line(line: str) -> list[str]:
    pieces: list[str] = []
    last = ""
    for grapheme in _graphemes(line.removesuffix("\n")):
        is_wide = last != "" and (width(grapheme) == 2 or width(last) == 2)
        is_kept = grapheme in _NOT_FIRST or last in _NOT_LAST or grapheme == " "
        if not pieces or (last == " " and grapheme != " ") or (is_wide and not is_kept):
            pieces.append(grapheme)
        else:
            pieces[-1] += grapheme
        last = grapheme
    return [*pieces[:-1], (pieces or [""])[-1] + "\n"] if line.endswith("\n") else pieces
