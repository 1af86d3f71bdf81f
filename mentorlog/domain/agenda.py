"""A timed agenda: the parts of a meeting and their whole minutes, which fill the time agreed.

The codes are stable; what is said of them is `render/agenda.py`'s. To change a meeting's course, change its
table.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Slot(NamedTuple):
    """One part of a meeting and how long it takes."""

    code: str
    minutes: int


class _Part(NamedTuple):
    """`rank` 1 is left out last; `share` is its part of 100; `most` holds it short in long meetings."""

    code: str
    rank: int
    share: int
    most: int = 24 * 60


_FIRST = (
    _Part("introductions", rank=4, share=10, most=20),
    _Part("backgrounds", rank=5, share=15, most=60),
    _Part("expectations", rank=1, share=25),
    _Part("agreement", rank=6, share=20, most=60),  # it can be written down afterwards
    _Part("goals", rank=2, share=20),
    _Part("next", rank=3, share=10, most=20),
)
_USUAL = (
    _Part("arriving", rank=4, share=10, most=10),
    _Part("follow-up", rank=3, share=20, most=60),  # what became of advice and actions
    _Part("topics", rank=1, share=45),
    _Part("agreeing", rank=2, share=15, most=30),
    _Part("looking-back", rank=5, share=10, most=15),
)


def meeting_agenda(minutes: int, *, is_first: bool, has_open: bool) -> list[Slot]:
    """Return the parts of a meeting in order; their minutes add up to `minutes`, none is 0.

    In fewer minutes than there are parts, the least important ones are left out. Where no advice or
    action is open, the time for following up goes to the topics; a first meeting has none of either.

    Raises ValueError for less than a minute.
    """
    if minutes < 1:
        raise ValueError(minutes)
    slots = _timed(minutes, _FIRST if is_first else _USUAL)
    return slots if is_first or has_open else _without_follow_up(slots)


def _timed(minutes: int, parts: Sequence[_Part]) -> list[Slot]:
    kept = [part for part in parts if part.rank <= minutes]
    lengths = {part.code: 1 for part in kept}  # a minute each; the rest goes by their shares
    left, growing = minutes - len(kept), kept
    while full := [part for part in growing if _is_full(part, left, growing)]:
        for part in full:
            lengths[part.code] = part.most
            left -= lengths[part.code] - 1
        growing = [part for part in growing if part not in full]
    for part, more in zip(growing, _apportioned(left, growing), strict=True):
        lengths[part.code] += more
    return [Slot(code, length) for code, length in lengths.items()]


def _is_full(part: _Part, left: int, growing: Sequence[_Part]) -> bool:
    shares = sum(each.share for each in growing)
    return left * part.share > (part.most - 1) * shares


def _apportioned(minutes: int, parts: Sequence[_Part]) -> list[int]:
    """Return whole minutes by share: the largest remainders are rounded up, the first of equals."""
    shares = sum(part.share for part in parts)
    whole = [minutes * part.share // shares for part in parts]
    by_remainder = sorted(
        range(len(parts)), key=lambda place: -(minutes * parts[place].share % shares)
    )
    for place in by_remainder[: minutes - sum(whole)]:
        whole[place] += 1
    return whole


def _without_follow_up(slots: Sequence[Slot]) -> list[Slot]:
    freed = sum(slot.minutes for slot in slots if slot.code == "follow-up")
    return [
        Slot(slot.code, slot.minutes + freed) if slot.code == "topics" else slot
        for slot in slots
        if slot.code != "follow-up"
    ]
