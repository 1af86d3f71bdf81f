"""How far goals have come: the change of a number over time, and goal attainment scaling.

Plain figures in, figures out: nothing here knows a record or how a number is written. What is
unknown stays unknown; it is never taken for 0.
"""

from collections.abc import Sequence
from datetime import date
from math import inf, sqrt
from typing import NamedTuple

LEVELS = (-2, -1, 0, 1, 2)  # much less than expected … as expected … much more

_CORRELATION = 0.30  # ρ: how far the goals of one person are taken to move together


class Reading(NamedTuple):
    """A goal looked at on one day: a number, a level of attainment, or both."""

    taken_on: date
    value: float | None
    level: int | None


class Progress(NamedTuple):
    """Where a goal stands. None is "unknown"; `n` is how many readings had a number.

    `share` is the part of the way from baseline to target that is done: below 0 it went the other
    way, above 1 it went beyond. `trend` is the sign of `change`: "rising", "falling" or "level".
    """

    latest: Reading | None
    share: float | None
    change: float | None
    trend: str | None
    level: int | None
    n: int


def progress(baseline: float | None, target: float | None, readings: Sequence[Reading]) -> Progress:
    """Return where a goal stands after `readings`, in any order; of one day, the later one holds.

    `change` counts from the baseline, or from the first day with a number where there is none.
    """
    ordered = sorted(readings, key=lambda reading: reading.taken_on)
    measured = [reading for reading in ordered if reading.value is not None]
    latest = measured[-1] if measured else None
    change = _change(baseline, measured)
    return Progress(
        latest=latest,
        share=_share(baseline, target, latest.value if latest else None),
        change=change,
        trend=_trend(change),
        level=next((each.level for each in reversed(ordered) if each.level is not None), None),
        n=len(measured),
    )


def way_between(before: Progress, after: Progress) -> tuple[int, int] | None:
    """Return how much of the way was done and how much is, in per cent; None where that is not known.

    Before the first number nothing of the way was done: it begins at the baseline.
    """
    if after.share is None:
        return None
    return percent(before.share or 0), percent(after.share)


def percent(share: float) -> int:
    """Return a share in whole per cent; it is 100 only when all of the way is done."""
    whole = round(share * 100)
    return 99 if whole == 100 and share < 1 else whole


def attainment_score(rated: Sequence[tuple[float, int]]) -> float | None:
    """Return the T-score of goals rated as (weight, level), to two decimals; None where none is.

    Goal attainment scaling: T = 50 + 10·Σ(w·x) / √((1−ρ)·Σw² + ρ·(Σw)²) with ρ = 0.30, so that 50 is
    "as expected". Source: T. J. Kiresuk and R. E. Sherman, "Goal attainment scaling: a general method
    for evaluating comprehensive community mental health programs", Community Mental Health Journal
    4 (1968), 443-453.

    Raises ValueError for a weight that is not above 0 and for a level that is not one of LEVELS.
    """
    if not rated:
        return None
    if any(not 0 < weight < inf or level not in LEVELS for weight, level in rated):
        raise ValueError(rated)
    heaviest = max(weight for weight, _ in rated)
    weights = [weight / heaviest for weight, _ in rated]  # only their proportions matter
    reached = sum(weight * level for weight, (_, level) in zip(weights, rated, strict=True))
    squares = sum(weight**2 for weight in weights)
    spread = sqrt((1 - _CORRELATION) * squares + _CORRELATION * sum(weights) ** 2)
    return round(50 + 10 * reached / spread, 2)


def _change(baseline: float | None, measured: Sequence[Reading]) -> float | None:
    by_day = {each.taken_on: each.value for each in measured if each.value is not None}
    points = [*([] if baseline is None else [baseline]), *by_day.values()]
    return points[-1] - points[0] if len(points) > 1 else None


def _share(baseline: float | None, target: float | None, latest: float | None) -> float | None:
    if baseline is None or target is None or latest is None or target == baseline:
        return None
    return (latest - baseline) / (target - baseline)


def _trend(change: float | None) -> str | None:
    if change is None:
        return None
    if change == 0:
        return "level"
    return "rising" if change > 0 else "falling"
