"""How far something has come that takes long: a bar on standard error, at a terminal, after a second.

It is gone when the work is done, however that ends; standard output never sees it.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from mentorlog.cli import streams

if TYPE_CHECKING:
    from mentorlog.render.bar import Bar

APPEARS_AFTER = 1.0  # seconds: what is quicker needs no bar
_BETWEEN = 0.1  # seconds, at least, from one drawing to the next


class Steps:
    """Counts the steps of some work, one with every call, and shows how many of all are done.

    `bar` makes what to show them with, once it is wanted; `clock` gives seconds, from any moment on.
    """

    def __init__(self, total: int, bar: "Callable[[], Bar]", clock: Callable[[], float]) -> None:
        self._total, self._make_bar, self._clock = total, bar, clock
        self._is_seen = streams.is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        self._draws_at = clock() + APPEARS_AFTER
        self._done = 0
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.hide()

    def __call__(self) -> None:
        """Count one step more."""
        self._done += 1
        if not self._is_seen or self._done >= self._total:
            return
        now = self._clock()
        if now >= self._draws_at:
            self._draws_at = now + _BETWEEN
            self._bar = self._bar or self._make_bar()
            try:
                self._bar.show(self._done)
            except OSError:  # the terminal is gone; the work goes on without it
                self._is_seen = False

    def hide(self) -> None:
        """Take the bar away until the next step, so that something can be written in its place."""
        if self._bar is not None and self._bar.is_shown:
            self._draws_at = 0
            with suppress(OSError):
                self._bar.hide()
