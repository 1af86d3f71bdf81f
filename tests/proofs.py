"""The promises of the program, and the table of what the tests measured for each: pytest -m proofs -s

A test that proves a promise has the mark `proofs` with the number of the promise, and tells what it
measured by `proved`. Only that is told here: each test asserts for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from _pytest.terminal import TerminalReporter


class Promise(NamedTuple):
    """What is promised, and the first test to read of those that prove it."""

    says: str
    test: str


PROMISES = {
    1: Promise(
        "An acknowledged write survives a kill at any moment",
        "test_a_meeting_survives_a_kill_at_any_moment_or_leaves_nothing_of_it",
    ),
    2: Promise(
        "It survives power loss",
        "test_a_meeting_that_was_told_is_there_after_power_loss",
    ),
    3: Promise(
        "A full or read-only disk, a limit, an I/O error lose nothing",
        "test_whatever_call_fails_what_was_told_is_there_and_all_else_as_it_was",
    ),
    4: Promise(
        "Many terminals at once lose nothing and write nothing twice",
        "test_what_many_terminals_write_at_once_is_all_there_once",
    ),
    5: Promise(
        "A draft is never lost",
        "test_a_form_stopped_at_each_of_its_questions_is_gone_on_with_to_its_end",
    ),
    6: Promise(
        "Output that breaks neither doubles nor loses",
        "test_a_command_whose_output_breaks_has_written_once_and_its_exit_code_tells",
    ),
    7: Promise(
        "Old journals open",
        "test_a_journal_of_a_released_schema_opens_with_every_row_as_it_was",
    ),
    8: Promise(
        "Export and import are exact",
        "test_a_random_journal_comes_out_as_it_went_in_byte_for_byte",
    ),
    9: Promise(
        "Hostile files get a clear error, quickly",
        "test_a_hostile_file_is_refused_in_one_line",
    ),
    10: Promise(
        "Text is never a command",
        "test_nothing_but_our_own_colours_steers_a_terminal",
    ),
    11: Promise(
        "Any text is kept",
        "test_whatever_is_typed_comes_back_byte_for_byte_and_is_found",
    ),
    12: Promise(
        "Only the owner can read it",
        "test_whatever_a_command_makes_is_its_owners_alone_with_any_umask",
    ),
    13: Promise(
        "Private words do not leak",
        "test_no_text_of_the_journal_stands_in_what_a_command_says_about_its_result",
    ),
    14: Promise(
        "Deleted for good means gone",
        "test_no_byte_of_a_forgotten_pair_is_left_in_any_file",
    ),
    15: Promise(
        "Only what was shared goes out",
        "test_nothing_private_is_written_and_all_that_may_go_is",
    ),
    16: Promise(
        "Anything can be undone",
        "test_undo_and_redo_restore_exactly_the_records_there_were",
    ),
    17: Promise(
        "Odd clocks, time zones and locales lose nothing and change no order",
        "test_whatever_the_clock_and_the_world_say_each_write_is_stored_once_in_its_order",
    ),
    18: Promise(
        "`doctor` tells the truth",
        "test_nearly_all_damage_to_a_page_is_found_and_the_rest_changes_nothing",
    ),
    19: Promise(
        "The tests would notice",
        "test_each_of_the_gravest_changes_is_noticed_by_the_test_that_is_there_for_it",
    ),
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
        terminalreporter.write_line(f"{number:>2}  {promise.says}")
        for line in measured.get(number, ["not measured here"]):
            terminalreporter.write_line(f"      {line}")


def _told(terminalreporter: TerminalReporter, outcome: str) -> Iterator[tuple[int, str]]:
    for report in terminalreporter.stats.get(outcome, []):
        for name, value in report.user_properties:
            if name == _MEASURED:
                number, line = value
                yield int(number), str(line)
