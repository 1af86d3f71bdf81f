"""Nothing but a refusal of the house comes out of a parser, and what it reads keeps its meaning."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.proofs import Proved
from tests.reliability.fuzzing.grammar import inputs
from tests.reliability.fuzzing.targets import TARGETS

EXAMPLES = 1000


@pytest.mark.proofs(9)
@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_given_to_a_parser_it_reads_it_rightly_or_refuses_it(
    name: str, proved: Proved
) -> None:
    """Fails when `_value` of importers/csv_table.py takes the number of the whole cell, when `checked` of
    config.py leaves a path as it is, or when `parse_day` lets `OverflowError` pass."""
    target = TARGETS[name]
    outcomes: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(inputs(target))
    def hold(text: str | bytes) -> None:
        outcomes[target.outcome(text)] += 1

    for each in (*target.seeds, *target.found):
        hold = example(each)(hold)
    hold()

    assert outcomes["read"] > len(target.seeds) // 2, (
        "what it reads has to be among what it is given"
    )
    proved(f"fuzzed, {name}: {outcomes['read']} read, {outcomes['refused']} refused, 0 faults")
