"""Being told to stop while something is half done: held back, then the program's end, once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest

from mentorlog.storage.stopping import Stops

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """What comes through to who listened before."""
    came: list[int] = []
    before = {
        each: signal.signal(each, lambda number, _frame: came.append(number)) for each in SIGNALS
    }
    yield came
    for each, handler in before.items():
        signal.signal(each, handler)


def stop_in(within: Callable[[Stops], object]) -> KeyboardInterrupt | SystemExit:
    """Return how the program is stopped while it does something."""
    try:
        with Stops() as stops:
            within(stops)
    except (KeyboardInterrupt, SystemExit) as stop:
        return stop
    raise AssertionError("it went on")


def ending(number: signal.Signals) -> str:
    return repr(KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number))


@pytest.mark.parametrize("number", SIGNALS)
def test_a_stop_is_held_back_until_stops_are_let_through(
    heard: list[int], number: signal.Signals
) -> None:
    reached = []

    def within(stops: Stops) -> None:
        signal.raise_signal(number)
        reached.append("what is done as a whole")
        stops.let_through()
        reached.append("what comes after")

    stop = stop_in(within)

    assert (repr(stop), reached, heard) == (ending(number), ["what is done as a whole"], [])


@pytest.mark.parametrize("number", SIGNALS)
def test_one_that_is_held_back_to_the_end_stops_the_program_there(
    heard: list[int], number: signal.Signals
) -> None:
    reached = []

    def within(_stops: Stops) -> None:
        signal.raise_signal(number)
        reached.append("all of it")

    stop = stop_in(within)

    assert (repr(stop), reached, heard) == (ending(number), ["all of it"], [])


def test_where_they_are_let_through_a_stop_comes_at_once_and_only_one(heard: list[int]) -> None:
    reached = []

    def within(stops: Stops) -> None:
        stops.let_through()
        try:
            signal.raise_signal(signal.SIGTERM)
            reached.append("what is stopped")
        finally:
            signal.raise_signal(signal.SIGTERM)
            reached.append("cleared away")

    stop = stop_in(within)

    assert (repr(stop), reached, heard) == (ending(signal.SIGTERM), ["cleared away"], [])


def test_held_again_they_wait_again(heard: list[int]) -> None:
    reached = []

    def within(stops: Stops) -> None:
        stops.let_through()
        stops.hold()
        signal.raise_signal(signal.SIGTERM)
        reached.append("as a whole")

    stop = stop_in(within)

    assert (repr(stop), reached, heard) == (ending(signal.SIGTERM), ["as a whole"], [])


def test_of_two_that_come_meanwhile_the_first_says_how_the_program_ends(heard: list[int]) -> None:
    def within(_stops: Stops) -> None:
        signal.raise_signal(signal.SIGHUP)
        signal.raise_signal(signal.SIGTERM)

    assert repr(stop_in(within)) == ending(signal.SIGHUP)
    assert heard == []


def test_without_a_stop_nothing_happens_and_who_listened_before_listens_again(
    heard: list[int],
) -> None:
    with Stops() as stops:
        stops.let_through()
    signal.raise_signal(signal.SIGTERM)

    assert heard == [signal.SIGTERM]


def test_a_signal_that_is_ignored_stays_so(heard: list[int]) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with Stops() as stops:
        stops.let_through()
        signal.raise_signal(signal.SIGHUP)

    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
