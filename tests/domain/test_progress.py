"""How far goals have come. The scores are those of the published method, not of this program."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.domain.progress import (
    LEVELS,
    Progress,
    Reading,
    attainment_score,
    progress,
    way_between,
)

FIRST = date(2026, 6, 1)
numbers = st.integers(-1000, 1000).map(float)
rated_goals = st.lists(
    st.tuples(st.integers(1, 100).map(float), st.sampled_from(LEVELS)), min_size=1, max_size=8
)


def reading(day: int, value: float | None = None, level: int | None = None) -> Reading:
    return Reading(FIRST + timedelta(days=day), value, level)


readings = st.lists(
    st.builds(reading, st.integers(0, 9), st.none() | numbers, st.none() | st.sampled_from(LEVELS)),
    max_size=8,
)


# Goal attainment scaling -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rated", "score"),
    [
        ([(1, -2)], 30.0),
        ([(1, -1)], 40.0),
        ([(1, 0)], 50.0),
        ([(1, 1)], 60.0),
        ([(1, 2)], 70.0),
        ([(7, 2)], 70.0),
        ([(1, -1), (1, -1), (1, -1)], 36.31),
        ([(3, 1), (2, 0), (1, -1)], 54.41),
        ([(1, 1), (1, 0)], 56.20),  # the table for two goals of one weight
        ([(1, 1), (1, 1)], 62.40),
        ([(1, 2), (1, 1)], 68.61),
        ([(1, 2), (1, 2)], 74.81),
        ([(1, 2), (1, 2), (1, 2)], 77.39),
    ],
)
def test_the_score_is_that_of_the_published_tables(
    rated: list[tuple[float, int]], score: float
) -> None:
    found = attainment_score(rated)

    assert found == score


def test_without_a_rated_goal_there_is_no_score() -> None:
    found = attainment_score([])

    assert found is None


@given(rated=rated_goals)
def test_the_mirrored_levels_give_the_mirrored_score(rated: list[tuple[float, int]]) -> None:
    score = attainment_score(rated)
    mirrored = attainment_score([(weight, -level) for weight, level in rated])

    assert score is not None
    assert mirrored == pytest.approx(100 - score, abs=0.011)


@given(rated=rated_goals, times=st.sampled_from([1e-300, 0.1, 3.0, 1e300]))
def test_only_the_proportions_of_the_weights_matter(
    rated: list[tuple[float, int]], times: float
) -> None:
    scaled = attainment_score([(weight * times, level) for weight, level in rated])

    assert scaled == pytest.approx(attainment_score(rated), abs=0.011)


@given(rated=rated_goals)
def test_one_goal_that_does_better_raises_the_score(rated: list[tuple[float, int]]) -> None:
    (weight, level), *others = rated
    scores = [attainment_score([(weight, each), *others]) for each in LEVELS]

    assert scores == sorted(set(scores), key=lambda score: score or 0)
    assert scores[LEVELS.index(level)] == attainment_score(rated)


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_that_weighs_nothing_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="1"):
        attainment_score([(1.0, 1), (weight, 0)])


@pytest.mark.parametrize("level", [-3, 3, 9])
def test_a_level_outside_the_five_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match=str(level)):
        attainment_score([(1.0, level)])


# Where a goal stands -----------------------------------------------------------------------------


def test_a_goal_never_measured_is_unknown_and_not_at_nought() -> None:
    found = progress(0.0, 10.0, [])

    assert found == Progress(latest=None, share=None, change=None, trend=None, level=None, n=0)


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "share"),
    [
        (0, 10, 4, 0.4),
        (10, 0, 4, 0.6),  # less is better
        (-10, 10, 0, 0.5),
        (2, 4, 2, 0.0),
        (0, 10, 12, 1.2),
        (0, 10, -5, -0.5),
        (10, 0, 15, -0.5),
    ],
)
def test_the_share_of_the_way_is_told_in_either_direction_and_past_both_ends(
    baseline: float, target: float, latest: float, share: float
) -> None:
    found = progress(baseline, target, [reading(1, latest)])

    assert found.share == pytest.approx(share)


@pytest.mark.parametrize(("baseline", "target"), [(None, 10), (0, None), (None, None), (5, 5)])
def test_without_a_way_to_go_there_is_no_share(
    baseline: float | None, target: float | None
) -> None:
    found = progress(baseline, target, [reading(1, 3), reading(2, 4)])

    assert (found.share, found.trend) == (None, "rising" if baseline != 5 else "falling")


@pytest.mark.parametrize(
    ("baseline", "values", "change", "trend"),
    [
        (None, [3], None, None),  # one point is no movement
        (None, [3, 5], 2, "rising"),
        (None, [5, 9, 3], -2, "falling"),
        (None, [3, 8, 3], 0, "level"),
        (1, [3], 2, "rising"),
        (0, [0], 0, "level"),
        (4, [3, 5], 1, "rising"),
        (4, [], None, None),
    ],
)
def test_the_change_counts_from_the_baseline_or_the_first_number(
    baseline: float | None, values: list[float], change: float | None, trend: str | None
) -> None:
    found = progress(baseline, None, [reading(day, value) for day, value in enumerate(values)])

    assert (found.change, found.trend, found.n) == (change, trend, len(values))


def test_a_level_alone_is_no_number() -> None:
    found = progress(0, 10, [reading(1, 4), reading(2, level=1)])

    assert (found.latest, found.level, found.n) == (reading(1, 4), 1, 1)


def test_a_number_alone_leaves_the_level_as_it_was_rated() -> None:
    found = progress(0, 10, [reading(1, level=-1), reading(2, 5)])

    assert (found.latest, found.level) == (reading(2, 5), -1)


def test_of_several_readings_of_one_day_the_later_one_holds() -> None:
    found = progress(None, 10, [reading(5, 8), reading(1, 2), reading(1, 3), reading(5, 6, 0)])

    assert (found.latest, found.change, found.n) == (reading(5, 6, 0), 3, 4)


def test_several_readings_of_the_only_day_are_no_movement() -> None:
    found = progress(None, 10, [reading(1, 2), reading(1, 3)])

    assert (found.latest, found.change, found.trend, found.n) == (reading(1, 3), None, None, 2)


@given(baseline=st.none() | numbers, target=st.none() | numbers, taken=readings)
def test_progress_is_what_a_plain_count_says(
    baseline: float | None, target: float | None, taken: list[Reading]
) -> None:
    found = progress(baseline, target, taken)

    values = {each.taken_on: each.value for each in taken if each.value is not None}
    levels = {each.taken_on: each.level for each in taken if each.level is not None}
    last = values[max(values)] if values else None
    start = baseline if baseline is not None else values[min(values)] if values else None
    has_moved = len(values) + (baseline is not None) > 1
    assert found.n == sum(each.value is not None for each in taken)
    assert (found.latest.value if found.latest else None) == last
    assert found.level == (levels[max(levels)] if levels else None)
    assert found.change == (
        last - start if has_moved and last is not None and start is not None else None
    )
    assert (found.share is None) == (None in (baseline, target, last) or baseline == target)


@given(baseline=numbers, target=numbers, taken=readings)
def test_a_mirrored_goal_has_come_as_far(
    baseline: float, target: float, taken: list[Reading]
) -> None:
    mirrored = [each._replace(value=None if each.value is None else -each.value) for each in taken]

    one, other = progress(baseline, target, taken), progress(-baseline, -target, mirrored)

    opposite = {"rising": "falling", "falling": "rising"}
    assert one.share == other.share
    assert one.trend == opposite.get(other.trend or "", other.trend)


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ([2.0], [2.0, 5.0], (20, 50)),
        ([], [5.0], (0, 50)),  # nothing was measured: it begins at the baseline
        ([5.0], [5.0, 2.0], (50, 20)),
        ([5.0], [5.0], (50, 50)),
        ([], [], None),
    ],
)
def test_the_way_between_two_days_is_in_per_cent_from_the_baseline_on(
    before: list[float], after: list[float], way: tuple[int, int] | None
) -> None:
    then, now = (
        progress(0, 10, [reading(day, value) for day, value in enumerate(values)])
        for values in (before, after)
    )

    assert way_between(then, now) == way
