"""Inputs for a target: what it reads, cut, doubled, mixed and written over, so that much of it goes deep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.reliability.fuzzing.targets import Target

Given = TypeVar("Given", str, bytes)
_CHANGES = (1, 1, 1, 2, 2, 3, 6)  # to one input: with each one more fewer are read
_LONGEST = 12  # pieces of one that begins with nothing


def inputs(target: Target) -> st.SearchStrategy[Any]:
    """Return texts or files for a target: mostly what it reads but for a few changes."""
    seeds: list[Any] = list(target.seeds)
    if target.of_bytes:
        pieces = st.sampled_from([_encoded(each) for each in target.pieces]) | st.binary(max_size=4)
        written_over = _changed(seeds, pieces, b"")
        return _of_values(seeds) | written_over if target.is_json else written_over
    text_pieces = st.sampled_from(target.pieces) | st.text(max_size=4)
    return _changed(seeds, text_pieces, "")


def _encoded(piece: str) -> bytes:
    return piece.encode("utf-8", "surrogatepass")


@st.composite
def _changed(
    draw: st.DrawFn, seeds: list[Given], pieces: st.SearchStrategy[Given], empty: Given
) -> Given:
    if draw(st.integers(0, 9)) == 0:
        return empty.join(draw(st.lists(pieces, max_size=_LONGEST)))
    text = draw(st.sampled_from(seeds))
    for _change in range(draw(st.sampled_from(_CHANGES))):
        text = draw(_change_of(text, draw(st.sampled_from(seeds)), pieces))
    return text


@st.composite
def _change_of(
    draw: st.DrawFn, text: Given, other: Given, pieces: st.SearchStrategy[Given]
) -> Given:
    """Put a piece in, take some out, write over it, double it, move it, or go on with another."""
    start, stop = sorted(draw(st.integers(0, len(text))) for _ in range(2))
    near = min(stop, start + draw(st.integers(0, 8)))
    match draw(st.integers(0, 6)):
        case 0 | 1:
            return text[:start] + draw(pieces) + text[start:]
        case 2:
            return text[:start] + draw(pieces) + text[near:]
        case 3:
            return text[:start] + text[near:]
        case 4:
            return text[:stop] + text[start:]  # what lies between twice
        case 5:
            return text[start:stop] + text[:start] + text[stop:]
        case _:
            return text[:start] + other[draw(st.integers(0, len(other))) :]


# JSON ------------------------------------------------------------------------------------------------

_texts = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ["", "x", "2026-11-22", "2026-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "09:30",
     "p7", "f" * 32, "e" * 32, "pair", "goal", "# x", "\\", "UTC", "../etc/passwd", "[2026-11-22] x"]
)  # fmt: skip
_plain = st.none() | st.booleans() | st.integers(-(10**19), 10**19) | st.floats() | _texts
_values = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def _of_values(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return a document that is JSON still, with other values, keys and records than it had."""
    document = json.loads(draw(st.sampled_from(seeds)))
    for _change in range(draw(st.sampled_from(_CHANGES))):
        slots = list(_slots(document))
        if not slots:
            break
        inside, key = draw(st.sampled_from(slots))
        match draw(st.integers(0, 4)):
            case 0:
                del inside[key]
            case 1:
                other, its = draw(st.sampled_from(slots))
                inside[key] = deepcopy(other[its])
            case 2 if isinstance(inside, dict):
                inside[draw(_texts)] = inside[key]
            case 2:
                inside.append(deepcopy(inside[key]))
            case _:
                inside[key] = draw(_values)
    is_ascii, indent = draw(st.booleans()), draw(st.sampled_from([None, 1]))
    return json.dumps(document, ensure_ascii=is_ascii, indent=indent).encode()


def _slots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a value in a list or an object, however deep: what it is in, and its key there."""
    keys = value if isinstance(value, dict) else range(len(value))
    for key in list(keys):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _slots(value[key])
