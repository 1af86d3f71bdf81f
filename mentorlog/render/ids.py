"""Ids of many records in short: those that follow each other as a run, "m1–m40"."""

from collections.abc import Sequence

_FEW = 20  # ids that are all named


def runs(ids: Sequence[str]) -> list[str]:
    """Return ids with each run of consecutive ones as its first and its last."""
    ends: list[tuple[str, str]] = []
    for each in ids:
        if ends and each == _next(ends[-1][1]):
            ends[-1] = ends[-1][0], each
        else:
            ends.append((each, each))
    return [first if first == last else f"{first}–{last}" for first, last in ends]


def in_short(ids: Sequence[str]) -> Sequence[str]:
    """Return a few ids as they are, and runs of many."""
    return ids if len(ids) <= _FEW else runs(ids)


def _next(ref: str) -> str:
    return f"{ref[0]}{int(ref[1:]) + 1}"
