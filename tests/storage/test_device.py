"""What this computer is called in the log."""

from __future__ import annotations

import platform

from mentorlog.storage.device import device


def test_a_computer_is_called_what_the_system_calls_it() -> None:
    assert device() == platform.node()
