"""What has come already is known, in little memory."""

from __future__ import annotations

import tracemalloc
from random import Random

import pytest

from mentorlog.storage.coming import Numbers, Sieve


@pytest.mark.parametrize("most", [200, 10**12])
def test_the_numbers_that_have_come_are_known_and_no_others(most: int) -> None:
    random = Random(1)  # noqa: S311  (not a secret)
    numbers, given = Numbers(), {random.randrange(most) for _ in range(100)}

    for each in given:
        numbers.add(each)
        numbers.add(each)

    near = {each + step for each in given for step in (-61, -60, -1, 0, 1, 59, 60) if each > 60}
    assert all(each in numbers for each in given)
    assert {each for each in near if each in numbers} == near & given


def test_a_million_that_follow_each_other_take_little_memory() -> None:
    numbers = Numbers()
    numbers.add(0)
    tracemalloc.start()
    try:
        for each in range(200_000):
            numbers.add(each)
        held, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert held < 200_000 * 6


def test_a_text_that_has_come_is_never_taken_for_new() -> None:
    sieve = Sieve()
    texts = [f"{number:032x}" for number in range(5000)]

    first = [sieve.may_have(each) for each in texts]

    assert sum(first) < 10
    assert all(sieve.may_have(each) for each in texts)
