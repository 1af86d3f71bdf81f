"""Width on a terminal: measured in cells, where a Japanese character takes two."""

# What must not begin a line in Japanese, and what must not end one.
_NOT_FIRST = "、。，．・：；？！ー）」』】〕］｝”’々ゝゞっゃゅょァィゥェォッャュョ…‥)]}.,:;!?"
_NOT_LAST = "（「『【〔［｛“‘([{"


def width(text: str) -> int:
    """Return the cells that `text` takes on one line."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """Return `text`, or as much of its beginning as fits into `cells` together with an ellipsis."""
    if width(text) <= cells:
        return text
    kept, room = 0, cells - 1
    while kept < len(text) and room >= width(text[kept]):
        room -= width(text[kept])
        kept += 1
    return text[:kept].rstrip() + "…"


def padded(text: str, cells: int) -> str:
    """Return `text` with spaces behind it up to `cells`."""
    return text + " " * (cells - width(text))


def wrapped(text: str, cells: int) -> list[str]:
    """Return `text` as lines of at most `cells`, broken at spaces and between Japanese characters."""
    ends = [*breaks(text, cells), len(text)]
    starts = [0, *ends[:-1]]
    return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]


def breaks(text: str, cells: int) -> list[int]:
    """Return the places where a new line begins so that no line is wider than `cells`."""
    found: list[int] = []
    at, used = 0, 0
    for piece in _pieces(text):
        if used and used + width(piece.rstrip()) > cells:
            found.append(at)
            used = 0
        if width(piece.rstrip()) > cells:  # one word wider than the line
            for place, character in enumerate(piece):
                if used + width(character) > cells and not character.isspace():
                    found.append(at + place)
                    used = 0
                used += width(character)
        else:
            used += width(piece)
        at += len(piece)
        if piece.endswith("\n"):
            found.append(at)
            used = 0
    return found


def _pieces(text: str) -> list[str]:
    """Return `text` cut wherever a line may end; a piece keeps the spaces behind it."""
    pieces: list[str] = []
    for character in text:
        last = pieces[-1][-1] if pieces else ""
        is_break = last == "\n" or (last == " " and character not in " \n")
        is_wide = last != "" and (width(character) == 2 or width(last) == 2)
        may_part = (
            is_wide and character not in _NOT_FIRST and last not in _NOT_LAST and character != " "
        )
        if not pieces or is_break or may_part:
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces
