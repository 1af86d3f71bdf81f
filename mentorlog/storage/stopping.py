"""Being told to stop, by Ctrl-C, by `kill` or by a terminal that closes, while something is half done.

By itself the system ends the program at once for the latter two, and what it was writing beside its place
would stay there. What is to be cleared away is known to those who use this.
"""

import signal
from types import FrameType
from typing import Any, Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # not each of them is known to every system
_STOPS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


class Stops:
    """In a `with`, a stop is an exception: one at most, and only while stops are let through.

    At first they are held back; one that came meanwhile ends the program once they are let through, or
    else at the end. A signal that is ignored, as by `nohup`, stays so.
    """

    def __init__(self) -> None:
        self._is_held = True
        self._heard: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in _STOPS:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, *_failure: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)
        self._stop_if_heard()

    def let_through(self) -> None:
        """Stop at any moment from now on, or now where that was wanted before."""
        self._is_held = False
        self._stop_if_heard()

    def hold(self) -> None:
        """Hold back what stops the program, so that what comes now is done as a whole."""
        self._is_held = True

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        self._heard = self._heard or number
        if not self._is_held:
            self._stop_if_heard()

    def _stop_if_heard(self) -> None:
        """End the program with the exit code that a shell gives for that signal."""
        if self._heard is None:
            return
        heard, self._heard, self._is_held = self._heard, None, True
        if heard == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + heard)
