"""The life of a pair: paused and going on, a longer or shorter term, the end; each refused or right."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.domain.cadence import Pause
from mentorlog.domain.pair import Pair
from mentorlog.errors import InvalidValue, NotPossible

if TYPE_CHECKING:
    from collections.abc import Callable

START = date(2026, 10, 1)
TODAY = date(2026, 11, 22)


def pair(**fields: Any) -> Pair:
    known = {"partner": "Aya", "my_role": "mentor", "started_on": START}
    return Pair(id="p1", **known | fields)  # type: ignore[arg-type]


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def spans(known: Pair) -> list[tuple[str, str | None]]:
    return [(each["from_on"], each["until_on"]) for each in known.pauses]


def refused(move: Callable[[], Pair]) -> tuple[str, tuple[str, ...]]:
    """Return why a move was refused, and what would be taken."""
    with pytest.raises(InvalidValue) as caught:
        move()
    return caught.value.reason, caught.value.allowed


# Pausing -----------------------------------------------------------------------------------------


def test_a_pair_is_paused_from_a_day_to_the_one_it_is_to_go_on() -> None:
    paused = pair().paused(TODAY, day("12-31"), TODAY)

    assert (paused.state, paused.is_active) == ("paused", False)
    assert spans(paused) == [("2026-11-22", "2026-12-31")]
    assert paused.unfinished_pause(TODAY) == Pause(TODAY, day("12-31"))


def test_a_pause_may_have_no_end_in_sight() -> None:
    paused = pair().paused(day("11-10"), None, TODAY)

    assert spans(paused) == [("2026-11-10", None)]
    assert paused.state == "paused"


def test_a_pause_planned_ahead_leaves_the_pair_active_until_then() -> None:
    planned = pair().paused(day("12-20"), day("12-31"), TODAY)

    assert planned.is_active
    assert planned.unfinished_pause(TODAY) == Pause(day("12-20"), day("12-31"))
    assert planned.unfinished_pause(day("12-31")) is None


def test_a_pause_that_is_over_is_written_down_and_changes_nothing_else() -> None:
    kept = pair().paused(day("10-10"), day("10-20"), TODAY)
    while_paused = pair().paused(TODAY, None, TODAY).paused(day("10-10"), day("10-20"), TODAY)

    assert (kept.state, spans(kept)) == ("active", [("2026-10-10", "2026-10-20")])
    assert while_paused.state == "paused"
    assert spans(while_paused) == [("2026-10-10", "2026-10-20"), ("2026-11-22", None)]


def test_to_pause_again_changes_the_days_of_the_pause_that_is_not_over() -> None:
    lasting = pair().paused(day("11-10"), day("12-01"), TODAY)
    planned = pair().paused(day("12-20"), None, TODAY)

    longer = lasting.paused(day("11-10"), day("12-31"), TODAY)
    later = lasting.paused(day("11-15"), day("12-01"), TODAY)
    sooner = planned.paused(TODAY, day("12-10"), TODAY)

    assert spans(longer) == [("2026-11-10", "2026-12-31")]
    assert spans(later) == [("2026-11-15", "2026-12-01")]
    assert (sooner.state, spans(sooner)) == ("paused", [("2026-11-22", "2026-12-10")])


def test_a_pause_whose_planned_end_has_passed_lasts_until_it_is_gone_on_with() -> None:
    forgotten = pair().paused(day("11-01"), day("11-15"), day("11-01"))

    longer = forgotten.paused(day("11-01"), day("12-15"), TODAY)

    assert forgotten.unfinished_pause(TODAY) == Pause(day("11-01"), day("11-15"))
    assert spans(longer) == [("2026-11-01", "2026-12-15")]


def test_a_pause_that_makes_no_sense_is_refused() -> None:
    once = pair().paused(day("10-10"), day("10-20"), TODAY)
    lasting = pair().paused(day("11-10"), None, TODAY)

    assert refused(lambda: pair().paused(TODAY, TODAY, TODAY)) == (
        "pause-without-length",
        ("2026-11-22",),
    )
    assert refused(lambda: pair().paused(day("09-30"), None, TODAY))[0] == "pause-too-early"
    assert refused(lambda: once.paused(day("10-19"), None, TODAY))[0] == "pause-too-early"
    assert refused(lambda: once.paused(day("10-01"), day("10-11"), TODAY))[0] == "pause-too-early"
    assert refused(lambda: lasting.paused(day("12-20"), None, TODAY))[0] == "pause-lasts"
    assert refused(lambda: lasting.paused(day("11-09"), day("11-20"), TODAY))[0] == (
        "pause-too-early"
    )


def test_a_pause_may_begin_the_day_another_ended() -> None:
    once = pair().paused(day("10-10"), day("10-20"), TODAY)

    twice = once.paused(day("10-20"), day("10-25"), TODAY)

    assert spans(twice) == [("2026-10-10", "2026-10-20"), ("2026-10-20", "2026-10-25")]


# Going on ----------------------------------------------------------------------------------------


def test_going_on_ends_the_pause_on_that_day() -> None:
    paused = pair().paused(day("11-10"), day("12-31"), TODAY)

    resumed = paused.resumed(TODAY, TODAY)
    earlier = paused.resumed(day("11-12"), TODAY)

    assert (resumed.state, spans(resumed)) == ("active", [("2026-11-10", "2026-11-22")])
    assert spans(earlier) == [("2026-11-10", "2026-11-12")]


def test_a_pause_without_a_day_in_it_leaves_no_trace() -> None:
    paused = pair().paused(TODAY, day("12-31"), TODAY)

    assert paused.resumed(TODAY, TODAY) == pair(uid=paused.uid)


def test_going_on_before_a_planned_pause_calls_it_off() -> None:
    planned = pair().paused(day("12-20"), day("12-31"), TODAY)

    assert planned.resumed(TODAY, TODAY) == pair(uid=planned.uid)


def test_a_planned_pause_that_has_come_is_gone_on_from_like_any_other() -> None:
    planned = pair().paused(day("12-20"), day("12-31"), TODAY)

    resumed = planned.resumed(day("12-24"), day("12-24"))

    assert (resumed.state, spans(resumed)) == ("active", [("2026-12-20", "2026-12-24")])


def test_a_pair_paused_without_a_day_can_be_gone_on_with() -> None:
    assert pair(state="paused").resumed(TODAY, TODAY).is_active


def test_going_on_is_refused_where_it_makes_no_sense() -> None:
    paused = pair().paused(day("11-10"), None, TODAY)

    assert refused(lambda: paused.resumed(day("11-09"), TODAY)) == (
        "before-the-pause",
        ("2026-11-10",),
    )
    assert refused(lambda: paused.resumed(day("12-01"), TODAY)) == (
        "resume-to-come",
        ("2026-12-01",),
    )
    with pytest.raises(NotPossible) as caught:
        pair().resumed(TODAY, TODAY)
    assert caught.value.reason == "pair-not-paused"


# The term ----------------------------------------------------------------------------------------


def test_a_term_is_made_longer_and_shorter() -> None:
    known = pair(term_ends_on=day("12-01"))

    assert known.extended(day("12-02"), TODAY).term_ends_on == day("12-02")
    assert known.shortened(day("11-30"), TODAY).term_ends_on == day("11-30")
    assert known.shortened(TODAY, TODAY).term_ends_on == TODAY
    assert pair().extended(day("12-02"), TODAY).term_ends_on == day("12-02")
    with pytest.raises(NotPossible) as caught:
        pair().shortened(day("12-02"), TODAY)
    assert caught.value.reason == "no-term"


def test_a_term_is_not_made_longer_by_an_earlier_day_or_shorter_by_a_later_one() -> None:
    known = pair(term_ends_on=day("12-01"))
    ends = ("2026-12-01",)

    assert refused(lambda: known.extended(day("12-01"), TODAY)) == ("not-longer", ends)
    assert refused(lambda: known.extended(day("11-30"), TODAY)) == ("not-longer", ends)
    assert refused(lambda: known.shortened(day("12-01"), TODAY)) == ("not-shorter", ends)
    assert refused(lambda: known.shortened(day("12-02"), TODAY)) == ("not-shorter", ends)


def test_a_term_ends_on_no_day_that_has_passed() -> None:
    known = pair(term_ends_on=day("12-01"))
    over = pair(term_ends_on=day("10-15"))

    assert refused(lambda: known.shortened(day("11-21"), TODAY))[0] == "day-is-past"
    assert refused(lambda: over.extended(day("11-21"), TODAY))[0] == "day-is-past"


# The end -----------------------------------------------------------------------------------------


def test_the_term_and_the_pauses_of_a_pair_end_with_it() -> None:
    known = pair(term_ends_on=day("12-01"))
    once = known.paused(day("10-10"), day("10-20"), TODAY)

    ended = once.paused(day("11-10"), None, TODAY).ended(TODAY, "moved", TODAY)
    earlier = once.paused(day("11-10"), None, TODAY).ended(day("11-05"), "moved", TODAY)

    assert (ended.state, ended.ended_because, ended.term_ends_on) == ("ended", "moved", TODAY)
    assert spans(ended) == [("2026-10-10", "2026-10-20"), ("2026-11-10", "2026-11-22")]
    assert spans(earlier) == [("2026-10-10", "2026-10-20")]
    assert earlier.term_ends_on == day("11-05")


def test_a_term_that_is_over_does_not_grow_when_the_pair_ends() -> None:
    assert pair(term_ends_on=day("11-01")).ended(TODAY, "done", TODAY).term_ends_on == day("11-01")
    assert pair().ended(TODAY, "done", TODAY).term_ends_on == TODAY


def test_a_pair_may_end_on_the_day_it_started_and_not_before() -> None:
    begun = pair(started_on=TODAY)

    assert begun.ended(TODAY, "other", TODAY).term_ends_on is None
    assert refused(lambda: begun.ended(day("11-21"), "other", TODAY)) == (
        "end-too-early",
        ("2026-11-22",),
    )
    assert refused(lambda: begun.ended(day("11-23"), "other", TODAY)) == (
        "end-to-come",
        ("2026-11-23",),
    )


def test_an_active_term_is_longer_than_no_day() -> None:
    with pytest.raises(InvalidValue) as caught:
        pair(term_ends_on=START)

    assert caught.value.reason == "before-the-start"


def test_nothing_more_is_done_to_a_pair_that_has_ended() -> None:
    ended = pair().ended(TODAY, "done", TODAY)
    moves: list[Callable[[], Pair]] = [
        lambda: ended.paused(TODAY, None, TODAY),
        lambda: ended.resumed(TODAY, TODAY),
        lambda: ended.extended(day("12-31"), TODAY),
        lambda: ended.shortened(day("12-31"), TODAY),
        lambda: ended.ended(TODAY, "done", TODAY),
    ]

    for move in moves:
        with pytest.raises(NotPossible) as caught:
            move()
        assert (caught.value.reason, caught.value.record) == ("pair-ended", "p1")


# Any life ----------------------------------------------------------------------------------------

_DAYS = st.integers(-10, 90)
_MOVES = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "end"]), _DAYS, st.none() | _DAYS, st.integers(0, 9)),
    max_size=12,
)  # fmt: skip


@given(moves=_MOVES)
def test_however_a_pair_lives_its_pauses_are_in_order_apart_and_at_most_one_is_not_over(
    moves: list[tuple[str, int, int | None, int]],
) -> None:
    known, today = pair(), START
    for move, on, until, passed in moves:
        today += timedelta(days=passed)
        day_on = START + timedelta(days=on)
        day_until = None if until is None else START + timedelta(days=until)
        with suppress(InvalidValue, NotPossible):
            if move == "pause":
                known = known.paused(day_on, day_until, today)
            elif move == "resume":
                known = known.resumed(day_on, today)
            else:
                known = known.ended(day_on, "other", today)

    pauses = known.pause_spans
    assert all(each.until_on is None or each.from_on < each.until_on for each in pauses)
    assert all(
        one.until_on is not None and one.until_on <= two.from_on for one, two in pairwise(pauses)
    )
    assert all(each.from_on >= START for each in pauses)
    assert all(each.until_on is not None and each.until_on <= today for each in pauses[:-1])
    if known.state == "paused":
        assert known.unfinished_pause(today) == pauses[-1]
        assert pauses[-1].from_on <= today
    if known.state == "ended":
        ended_on = known.term_ends_on or known.started_on
        assert all(each.until_on is not None and each.until_on <= ended_on for each in pauses)
