"""The promises of the program, and the table of what the tests measured for each: pytest -m proofs -s

A test that proves a promise has the mark `proofs` with the number of the promise, and tells what it
measured by `proved`. Only that is told here: each test asserts for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from _pytest.terminal import TerminalReporter

PROMISES = {
    1: "An acknowledged write survives a kill at any moment",
    2: "It survives power loss",
    3: "A full or read-only disk, a limit, an I/O error lose nothing",
    4: "Many terminals at once",
    5: "A draft is never lost",
    6: "Output that breaks neither doubles nor loses",
    7: "Old journals open",
    8: "Export and import are exact",
    9: "Hostile files get a clear error, quickly",
    10: "Text is never a command",
    11: "Any text is kept",
    12: "Only the owner can read it",
    13: "Private words do not leak",
    14: "Deleted for good means gone",
    15: "Only what was shared goes out",
    16: "Anything can be undone",
    17: "The clock and the world may be odd",
    18: "`doctor` tells the truth",
    19: "Tests would notice",
}

Proved = Callable[[str], None]
_MEASURED = "proved"


@pytest.fixture
def proved(request: pytest.FixtureRequest) -> Proved:
    """Take in what a test has measured for the promise that its mark names."""
    mark = request.node.get_closest_marker("proofs")
    assert mark is not None, "what is proved is not named: @pytest.mark.proofs(N)"
    (number,) = mark.args
    assert number in PROMISES

    def tell(measured: str) -> None:
        request.node.user_properties.append((_MEASURED, (number, measured)))

    return tell


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Write the table, where proofs were asked for."""
    if "proofs" not in (terminalreporter.config.option.markexpr or ""):
        return
    measured: dict[int, list[str]] = defaultdict(list)
    for outcome in ("passed", "failed"):
        for number, line in _told(terminalreporter, outcome):
            measured[number].append(line if outcome == "passed" else f"FAILED: {line}")
    terminalreporter.section("what is promised, and what was measured")
    for number, promise in PROMISES.items():
        terminalreporter.write_line(f"{number:>2}  {promise}")
        for line in measured.get(number, ["not measured here"]):
            terminalreporter.write_line(f"      {line}")


def _told(terminalreporter: TerminalReporter, outcome: str) -> Iterator[tuple[int, str]]:
    for report in terminalreporter.stats.get(outcome, []):
        for name, value in report.user_properties:
            if name == _MEASURED:
                number, line = value
                yield int(number), str(line)
