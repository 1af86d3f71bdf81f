"""Runs the tests on one mutant after the other, each in a fork of a process that has collected them once.

A plugin for pytest, loaded by `mutants.py`, which says in the environment which mutants, where to write
what came of each, and how many seconds of tests each is worth. To collect the tests takes longer than to run those
that meet a mutant; mutmut does it for every one.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pytest

_SURVIVED, _KILLED, _NOT_RUN, _OUT_OF_TIME = 0, 1, 35, 36  # as mutmut's exit codes have it
_SLOWER = 5  # times as long as it took before: then a mutant goes round and round


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run what was collected on each of the mutants; without any, as ever."""
    mutants = os.environ.pop("MUTANTS", None)
    if mutants is None or session.config.option.collectonly:
        return None
    stats = _Stats.read()
    seconds = float(os.environ["MUTANT_SECONDS"])
    whole = list(session.items)
    gc.freeze()  # else each fork would look through all of it, and have a copy
    with Path(os.environ["MUTANT_RESULTS"]).open("a", encoding="utf-8", buffering=1) as results:
        for name in Path(mutants).read_text(encoding="utf-8").split():
            session.items[:] = stats.worth(name, whole, seconds)
            results.write(f"{name} {_in_a_fork(session, name, seconds)}\n")
    return True


class _Stats(NamedTuple):
    """What mutmut found when it ran all tests: how long each took, and which meet a function."""

    seconds: dict[str, float]
    meeting: dict[str, set[str]]

    @classmethod
    def read(cls) -> _Stats:
        kept = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
        meeting = {
            name: set(tests) for name, tests in kept["tests_by_mangled_function_name"].items()
        }
        return cls(kept["duration_by_test"], meeting)

    def worth(self, mutant: str, tests: list[pytest.Item], seconds: float) -> list[pytest.Item]:
        """Return the tests that meet a mutant, its module's own first, those done soonest before others."""
        function = mutant.rpartition("__mutmut_")[0]
        own = f"test_{function.rpartition('.')[0].rpartition('.')[2]}.py"
        meeting = self.meeting.get(function)  # of a function that is newer, nothing is known
        asked = [
            each
            for each in tests
            if meeting is None or each.nodeid in meeting or each.nodeid not in self.seconds
        ]
        took = {each.nodeid: self.seconds.get(each.nodeid, 0.0) for each in asked}
        asked.sort(key=lambda each: (each.path.name != own, took[each.nodeid]))
        before = accumulate((took[each.nodeid] for each in asked), initial=0.0)
        return [each for each, so_far in zip(asked, before, strict=False) if so_far <= seconds]


def _in_a_fork(session: pytest.Session, name: str, seconds: float) -> int:
    """Run the tests of the session on a mutant and return what came of it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = _NOT_RUN
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.environ["MUTANT_UNDER_TEST"] = name
        _forget()
        signal.signal(signal.SIGALRM, lambda _number, _frame: os._exit(_OUT_OF_TIME))
        signal.setitimer(signal.ITIMER_REAL, _SLOWER * max(seconds, 1))
        session.config.option.maxfail = 1
        with suppress(session.Failed):
            session.config.hook.pytest_runtestloop(session=session)
        code = _KILLED if session.testsfailed else _SURVIVED
    finally:
        os._exit(code)


def _forget() -> None:
    """Forget what was worked out before the program was changed, and is kept to be looked up."""
    for module in _ours():
        for known_as, kept in list(vars(module).items()):
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()
            elif known_as.endswith("_of") and isinstance(kept, dict):
                kept.clear()


def _ours() -> Iterator[object]:
    for name, module in list(sys.modules.items()):
        if name.startswith("mentorlog."):
            yield module
