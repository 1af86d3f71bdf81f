"""An end to work that would take for ever: told by the processor time it used, however busy the machine is."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENOUGH = 20.0  # seconds; what is meant takes a fraction of one, what is not, minutes


@contextmanager
def in_time() -> Iterator[None]:
    """Fail once what is inside has used far more processor time than it can need."""

    def stop(_number: int, _frame: object) -> None:
        raise AssertionError(f"not done after {ENOUGH:.0f} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENOUGH)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
