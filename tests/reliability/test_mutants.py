"""The tests would notice: what MUTANTS.md says of every mutant holds, and each of the gravest is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.proofs import Proved
from tests.reliability.mutants import REPORT, ROOT, WANTED, accepted, accepted_in_all, scores

PACKAGE = ROOT / "mentorlog"


class Grave(NamedTuple):
    """A change that would cost somebody their words or their privacy, and a test that has to fail on it."""

    module: str
    before: str
    after: str
    test: str


STORAGE, IMPORTERS = "tests/storage/test_", "tests/importers/test_"
GRAVE = (
    Grave(
        "storage/file.py", '"synchronous=EXTRA"', '"synchronous=FULL"',
        STORAGE + "file.py::test_the_settings_that_survive_power_loss_are_in_force_where_it_is_written",
    ),
    Grave(
        "storage/file.py", "if mode & 0o077:", "if False:",
        STORAGE + "file.py::test_a_journal_that_others_could_read_is_private_after_the_next_write",
    ),
    Grave(
        "storage/file.py", "if found.version > SCHEMA_VERSION:", "if False:",
        STORAGE + "file.py::test_a_file_of_another_program_or_of_a_newer_one_is_refused_and_left_as_it_was",
    ),
    Grave(
        "storage/journal.py", 'connection.execute("ROLLBACK")\n                raise',
        'connection.execute("COMMIT")\n                raise',
        STORAGE + "journal.py::test_a_command_that_is_stopped_half_way_leaves_nothing_of_it",
    ),
    Grave(
        "storage/ledger.py", "WHERE write = ? ORDER BY number DESC", "WHERE write = ? ORDER BY number",
        STORAGE + "ledger.py::test_a_record_added_changed_and_removed_by_one_command_comes_and_goes_with_it",
    ),
    Grave(
        "storage/ledger.py", 'row["uid"], "removed", row)', 'row["uid"], "removed")',
        STORAGE + "ledger.py::test_undoing_a_removal_brings_the_record_back_under_its_own_id",
    ),
    Grave(
        "storage/backups.py", "if _counts(copy) != counts:", "if False:",
        STORAGE + "backups.py::test_a_copy_that_lacks_anything_is_no_backup",
    ),
    Grave(
        "storage/restoring.py", 'if any(sort == "trigger"', 'if False and any(sort == "trigger"',
        STORAGE + "restoring.py::test_what_will_not_do_is_refused_and_neither_file_is_changed",
    ),
    Grave(
        "storage/forgetting.py", 'f"DELETE FROM changes WHERE kind = ? AND', 'f"DELETE FROM changes WHERE 0 = ? AND',
        STORAGE + "forgetting.py::test_two_pairs_are_forgotten_one_after_the_other_and_undo_passes_over_both",
    ),
    Grave(
        "storage/drafts.py", "os.O_TRUNC, 0o600)", "os.O_TRUNC, 0o666)",
        STORAGE + "drafts.py::test_a_draft_and_its_folder_are_the_owners_alone",
    ),
    Grave(
        "storage/arrivals.py", "None if self._is_blank else self._ledger", "None if True else self._ledger",
        STORAGE + "arrivals.py::test_what_is_there_already_is_passed_over_and_still_referred_to",
    ),
    Grave(
        "domain/audience.py", '"notes": ONLY_ME', '"notes": ONCE_SHARED',
        "tests/domain/test_audience.py::test_others_see_what_the_design_says_and_the_uid",
    ),
    Grave(
        "domain/audience.py", "if record.is_shared:", "if True:",
        "tests/domain/test_audience.py::test_others_see_what_the_design_says_and_the_uid",
    ),
    Grave(
        "domain/threes.py", "PULSES_TOLD = 3", "PULSES_TOLD = 2",
        "tests/domain/test_audience.py::test_of_pulses_the_programme_gets_an_average_from_three_on_and_no_trend",
    ),
    Grave(
        "export/redact.py", 'if "@" in folded:', 'if "@@" in folded:',
        "tests/export/test_redact.py::test_mail_addresses_are_taken_out",
    ),
    Grave(
        "importers/json_pieces.py", "if len(found) != len(members):", "if False:",
        IMPORTERS + "json_pieces.py::test_what_is_wrong_is_refused_with_its_line",
    ),
    Grave(
        "importers/entry.py", "self._times[key] += 1", "self._times[key] += 0",
        IMPORTERS + "entry.py::test_twins_in_one_file_have_one_each",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program and of its tests, to be broken."""
    place = tmp_path_factory.mktemp("copy")
    for name in ("mentorlog", "tests"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def failed(place: Path, *tests: str) -> bool:
    """True where a test fails in a copy of the program; AssertionError where it cannot be run at all."""
    done = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-o", "addopts=--import-mode=importlib",
         "-p", "no:cacheprovider", *tests],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(place)},
        capture_output=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}, done.stdout
    return done.returncode == pytest.ExitCode.TESTS_FAILED


def broken(place: Path) -> Iterator[Grave]:
    """Break a copy in one way after the other; it is whole again before the next."""
    for each in GRAVE:
        module = place / "mentorlog" / each.module
        whole = module.read_text(encoding="utf-8")
        assert whole.count(each.before) == 1, each
        module.write_text(whole.replace(each.before, each.after), encoding="utf-8")
        yield each
        module.write_text(whole, encoding="utf-8")


@pytest.mark.proofs(19)
def test_each_of_the_gravest_changes_is_noticed_by_the_test_that_is_there_for_it(
    copy: Path, proved: Proved
) -> None:
    """Fails when one of these tests no longer asks for what it is there for.

    Tried with the first: `synchronous` taken out of what it expects.
    """
    assert not failed(copy, *{each.test for each in GRAVE})

    missed = [each for each in broken(copy) if not failed(copy, each.test)]

    assert missed == []
    proved(
        f"{len(GRAVE)} grave changes to the program, each noticed by the test that is there for it"
    )


@pytest.mark.proofs(19)
def test_of_all_mutants_enough_are_killed_and_each_that_is_accepted_still_stands_there(
    proved: Proved,
) -> None:
    """Fails when a line of an accepted mutant changes in the program, or a figure in MUTANTS.md."""
    report = REPORT.read_text(encoding="utf-8")
    modules = scores(report)
    whole = modules.pop("all")

    excused = Counter(accepted_in_all(report))
    for each in accepted(report):
        excused[each.module] += each.times
        text = (PACKAGE / each.module).read_text(encoding="utf-8")
        assert each.line in map(str.strip, text.splitlines()), f"accepted, but gone: {each}"

    assert {name: score.accepted for name, score in modules.items() if score.accepted} == excused
    for name, score in (modules | {"all": whole}).items():
        assert score.tested == score.killed + score.accepted + score.open, name
        assert score.tested <= score.mutants, name
    assert whole == tuple(map(sum, zip(*modules.values(), strict=True)))
    assert 100 * whole.killed >= WANTED * whole.tested
    proved(
        f"{whole.killed} of {whole.tested} mutants killed ({100 * whole.killed / whole.tested:.1f} %),"
        f" {whole.accepted} accepted with a reason, {whole.open} open"
    )
