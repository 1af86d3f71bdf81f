"""What a search found: a line for each record, under it the part of its text that was found. No Rich."""

from collections.abc import Mapping, Sequence
from typing import Any

from mentorlog.domain.passage import Passage
from mentorlog.i18n import _, day, ngettext
from mentorlog.labels import field_label
from mentorlog.render.cells import cut, padded, width
from mentorlog.render.lines import one_line
from mentorlog.render.style import Style
from mentorlog.storage.search import Hit
from mentorlog.text import first_line, visible

_LEAST = 12  # cells that a text gets, however narrow the terminal

Pieces = list[tuple[str, bool]]  # of a text: each with whether it is what was found


def found(hits: Sequence[Hit], partners: Mapping[str, str], cells: int | None, style: Style) -> str:
    """Return two lines for each record: which it is, and what was found in it.

    One is enough where what was found can be marked in the first. `partners` maps a pair's id to whom
    to name; where it has one name only, none is said. Lines are cut to `cells`, or left as they are
    where that is None.
    """
    ids = max(len(hit.entry.record.id) for hit in hits) + 2
    days = max(width(day(hit.entry.day)) for hit in hits) + 2
    names = max(map(width, partners.values())) + 2 if len(partners) > 1 else 0
    lines = []
    for hit in hits:
        on, record, pair, of = hit.entry
        said = one_line(record, of)
        name = padded(partners.get(pair or "", ""), names) if names else ""
        about = padded(day(on), days) + name
        room = None if cells is None else max(_LEAST, cells - ids - width(about))
        front = style.bold(padded(record.id, ids)) + style.dim(about)
        whole = _within(said, hit.passage, room, style)
        if whole is not None:
            lines.append(front + whole)
            continue
        lines.append(front + (said if room is None else cut(said, room)))
        room = None if cells is None else max(_LEAST, cells - ids)
        lines.append(" " * ids + _snippet(hit.passage, said, room, style))
    return "\n".join(lines)


def found_json(hit: Hit) -> dict[str, Any]:
    """Return a record that was found, whole, with a piece of its text and the marks in that.

    A mark is the place in the snippet where what was found begins and the one behind its end, counted
    in code points.
    """
    from mentorlog.render.as_json import record_json

    marks = [list(mark) for mark in hit.passage.marks]
    return record_json(hit.entry.record) | {"snippet": hit.passage.text, "marks": marks}


def more(count: int) -> str:
    """Return the line that says that there are more records than are shown."""
    return ngettext(
        "The best {count} is shown; --limit N shows more.",
        "The best {count} are shown; --limit N shows more.",
        count,
    ).format(count=count)


def _within(said: str, passage: Passage, room: int | None, style: Style) -> str | None:
    """Return the line with what was found marked in it; None where not all of that can be seen there."""
    pieces = _pieces(passage)
    before, found, after = said.partition("".join(text for text, _is_found in pieces))
    pieces = [(before, False), *pieces]
    if room is not None and after:
        after = cut(after, max(0, room - _cells(pieces, style)))
    pieces.append((after, False))
    if not found or (room is not None and _cells(pieces, style) > room):
        return None
    return _drawn(pieces, style)


def _snippet(passage: Passage, said: str, room: int | None, style: Style) -> str:
    """Return the text around what was found, with its field where the line above shows another."""
    is_shown = first_line(passage.of).removesuffix(" …") in said
    label = ""
    if not is_shown:
        label = _("{label}: {text}").format(label=field_label(passage.field), text="")
    pieces = _pieces(passage)
    if room is not None:
        pieces = _fitted(pieces, max(_LEAST, room - width(label)), style)
    return style.dim(label) + _drawn(pieces, style)


def _drawn(pieces: Pieces, style: Style) -> str:
    return "".join(_marked(text, style) if is_found else text for text, is_found in pieces)


def _cells(pieces: Pieces, style: Style) -> int:
    return sum(width(text) + _around(style) * is_found for text, is_found in pieces)


def _around(style: Style) -> int:
    """Return the cells of the signs around what was found."""
    return 0 if style.is_on else 2


def _marked(text: str, style: Style) -> str:
    return style.bold(text) if style.is_on else f"[{text}]"


def _pieces(passage: Passage) -> Pieces:
    """Return a passage on one line, made visible, cut where what was found begins and ends."""
    pieces: Pieces = [("…", False)] if passage.is_begun else []
    at = 0
    for start, stop in passage.marks:
        pieces += [(_on_one_line(passage.text[at:start]), False)]
        pieces += [(_on_one_line(passage.text[start:stop]), True)]
        at = stop
    pieces += [(_on_one_line(passage.text[at:]), False)]
    pieces += [("…", False)] if passage.is_cut else []
    return _joined(pieces)


def _on_one_line(text: str) -> str:
    text = text.replace("\n", " ").replace("\t", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return visible(text)


def _joined(pieces: Pieces) -> Pieces:
    """Return pieces with what was not found between two that were as one, and no space around all."""
    joined: Pieces = []
    for text, is_found in pieces:
        if joined and not is_found and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + text, False)
        else:
            joined.append((text, is_found))
    joined[0] = (joined[0][0].lstrip(" "), joined[0][1])
    joined[-1] = (joined[-1][0].rstrip(" "), joined[-1][1])
    return [piece for piece in joined if piece[0]]


def _fitted(pieces: Pieces, room: int, style: Style) -> Pieces:
    """Return as much of the pieces as fits, with what was found first among it."""
    if _cells(pieces, style) <= room:
        return pieces
    around = _around(style)
    fitted: Pieces = []
    (first, is_first_found), *others = pieces
    if not is_first_found:
        first = _end_of(first, room // 3)
    for n, (text, is_found) in enumerate([(first, is_first_found), *others]):
        free = room - around * is_found - (n < len(others))  # room for an ellipsis behind it
        if width(text) > free:
            return [*fitted, (cut(text, max(1, free)), is_found)]
        fitted.append((text, is_found))
        room -= width(text) + around * is_found
    return fitted


def _end_of(text: str, cells: int) -> str:
    """Return `text`, or as much of its end as fits, from a word on where one begins near."""
    if width(text) <= cells:
        return text
    while width(text) > cells - 1:
        text = text[1:]
    _part, space, rest = text[: cells // 2].partition(" ")
    return "…" + (rest + text[cells // 2 :] if space else text)
