"""Which tests are asked whether they notice a mutant: a plugin for pytest, loaded while mutants are tested.

Those that start the program as a process of its own never meet the mutant, and those that take long find
little that the others do not. Which mutants there are, and what came of them, is `mutants.py`'s.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

_PROCESSES = {"mentorlog", "jrnl"}  # fixtures that run programs
_FILES = {"test_hostile_files.py", "test_undo_machine.py"}  # that run programs, or take long
_EXAMPLES = 12  # of a property, drawn alike each time: a mutant has to be killed by the same ones
_LONG = (
    "test_a_long_list_takes_no_more_memory_than_a_short_one",
    "test_a_value_without_an_end_is_refused_before_it_fills_the_memory",
    "test_any_two_averages_differ_by_whole_threes",
    "test_no_text_is_slow_to_read",
    "test_nothing_is_wrong_with_whatever_is_written_and_undone",
    "test_ten_megabytes_of_notes_are_kept_exactly_and_so_is_their_undoing",
    "test_the_command_shows_writes_and_says_nothing_private",
    "test_the_index_agrees_with_the_records_after_whatever_is_written_and_undone",
    "test_what_is_no_table_is_refused_with_its_line[a long",
)


def pytest_configure(config: pytest.Config) -> None:
    """Leave nothing of what the tests write: each mutant's would stay, as if somebody would look at it."""
    if config.option.basetemp is None:
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        config.option.basetemp = folder / "tests"
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have ids made anew where a function makes them: collected again, pytest escapes them once more."""
    for mark in metafunc.definition.iter_markers("parametrize"):
        if mark._param_ids_from is not None:  # noqa: SLF001  (nothing else forgets them)
            object.__setattr__(mark._param_ids_from, "_param_ids_generated", None)  # noqa: SLF001


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot notice a mutant."""
    config.hook.pytest_deselected(items=[each for each in items if not _is_asked(each)])
    items[:] = filter(_is_asked, items)
    for item in items:
        _draw_little(item)


def _is_asked(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return (
        not fixtures & _PROCESSES
        and item.path.name not in _FILES
        and not item.name.startswith(_LONG)
    )


def _draw_little(item: pytest.Item) -> None:
    test: Any = getattr(item, "obj", None)
    if not hasattr(test, "hypothesis"):
        return
    theirs: Any = getattr(test, "_hypothesis_internal_use_settings", settings.default)
    test._hypothesis_internal_use_settings = settings(  # noqa: SLF001  (the run's, not the test's)
        theirs,
        max_examples=min(theirs.max_examples, _EXAMPLES),
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),  # which example is the smallest, nobody asks
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
