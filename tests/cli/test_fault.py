"""The one error boundary: whatever fails, there is a line and an exit code, never a stack of calls."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mentorlog as package
from tests.conftest import Result

if TYPE_CHECKING:
    from tests.conftest import Program

FAULT = "This is a fault of the program, not yours."
LAST_WORDS = "mentorlog: a fault of the program; the journal holds whole commands only\n"


def run(program: Program, before: str, *words: str, **environment: str) -> Result:
    """Run a command after some Python that makes something of the program fail."""
    code = f"import sys\n{before}\nfrom mentorlog.__main__ import main\nsys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        env=program.environment | environment,
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def raising(place: str, what: str) -> str:
    """Return Python that has a function of a module raise something."""
    module, name = place.split(":")
    return (
        f"import {module} as within\n"
        f"def fails(*_given, **_more): raise {what}\n"
        f"within.{name} = fails"
    )


def reports(program: Program) -> list[Path]:
    return sorted(program.journal.parent.glob("fault-*.txt"))


def check_no_stack(result: Result) -> None:
    assert "Traceback" not in result.err
    assert "Error" not in re.sub(r"happened here: \w+", "", result.err)
    assert result.err.strip().count("\n") == 0


@pytest.mark.parametrize(
    "what",
    ["ValueError('x')", "MemoryError", "RecursionError", "OSError(5, 'x')", "AssertionError",
     "ImportError('x')", "UnicodeDecodeError('utf-8', b'x', 0, 1, 'x')", "StopIteration", "Exception",
     "EOFError", "NotImplementedError", "KeyError('x')", "ExceptionGroup('x', [ValueError('y')])"],
)  # fmt: skip
def test_whatever_a_command_raises_is_one_line_with_a_report_and_exit_code_70(
    written: Program, what: str
) -> None:
    failed = run(written, raising("mentorlog.cli.context:Context.show", what), "show", "m1")

    (report,) = reports(written)
    assert (failed.code, failed.out) == (70, "")
    assert failed.err.lstrip().startswith(f"mentorlog: {FAULT}")
    assert failed.err.endswith(f"{report}\n")
    check_no_stack(failed)


def test_ctrl_c_in_the_midst_of_a_command_is_silent_and_130(written: Program) -> None:
    before = raising("mentorlog.cli.context:Context.show", "KeyboardInterrupt")

    stopped = run(written, before, "show", "m1")

    assert (stopped.code, stopped.out, stopped.err) == (130, "", "")
    assert reports(written) == []


def test_a_report_says_where_with_what_versions_and_by_which_command(written: Program) -> None:
    failed = run(
        written,
        raising("mentorlog.storage.journal:Journal.get", "KeyError('secret')"),
        "show",
        "m1",
    )

    (report,) = reports(written)
    text = report.read_text()
    versions, command, *stack = text.splitlines()
    assert failed.code == 70
    assert re.fullmatch(
        r"mentorlog \S+, Python 3\.\S+, SQLite 3\.\S+, typer \S+, \w+ \S+ \w+", versions
    )
    assert command == "command: show"
    assert stack[0] == "fault: KeyError"
    assert any(re.fullmatch(r"  cli/show\.py:\d+ show", line) for line in stack)
    assert stack[-1].startswith("  <string>:")
    assert "secret" not in text
    assert "m1" not in text
    assert str(written.home) not in text
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_an_endless_recursion_makes_a_short_report(written: Program) -> None:
    before = "import mentorlog.storage.journal as within\nwithin.Journal.get = lambda *a: within.Journal.get(*a)"

    failed = run(written, before, "show", "m1")

    (report,) = reports(written)
    assert failed.code == 70
    assert "fault: RecursionError" in report.read_text()
    assert len(report.read_text().splitlines()) < 60


@pytest.mark.parametrize(
    "module",
    ["i18n", "config", "errors", "text", "cli", "cli.app", "cli.context", "cli.log", "cli.explain",
     "cli.fault", "cli.streams", "cli.sentences", "cli.refusals", "storage.journal", "storage.schema",
     "storage.versions", "render.timeline", "domain.kinds"],
)  # fmt: skip
def test_a_module_that_is_missing_is_no_stack(written: Program, module: str) -> None:
    failed = run(written, f"sys.modules['mentorlog.{module}'] = None", "log", "--bogus")
    also = run(written, f"sys.modules['mentorlog.{module}'] = None", "log")

    for result in (failed, also):
        assert result.code in {0, 2, 70}
        check_no_stack(result)


@pytest.mark.parametrize("package_of_others", ["typer", "rich", "sqlite3", "gettext"])
def test_a_package_that_is_missing_is_no_stack(written: Program, package_of_others: str) -> None:
    failed = run(written, f"sys.modules['{package_of_others}'] = None", "status")

    assert failed.code == 70
    check_no_stack(failed)


@pytest.mark.parametrize("content", [b"", b"x", b"\xde\x12\x04\x95" + b"\xff" * 40, None])
def test_a_catalogue_that_cannot_be_read_is_no_stack(
    written: Program, tmp_path: Path, content: bytes | None
) -> None:
    copied = tmp_path / "locales"
    shutil.copytree(Path(package.__file__).with_name("locales"), copied)
    catalogue = copied / "ja" / "LC_MESSAGES" / "mentorlog.mo"
    catalogue.unlink()
    catalogue.mkdir() if content is None else catalogue.write_bytes(content)
    before = f"import pathlib, mentorlog.i18n as i\ni._LOCALES = pathlib.Path({str(copied)!r})"

    failed = run(written, before, "log", MENTORLOG_LANG="ja")

    assert failed.code == 70
    assert FAULT in failed.err
    check_no_stack(failed)


INTERRUPTED = """
import importlib.abc
class Stopping(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stopping())
"""


@pytest.mark.parametrize(
    "module",
    ["mentorlog.i18n", "mentorlog.config", "mentorlog.cli.app", "typer", "mentorlog.cli.log",
     "mentorlog.storage.journal", "mentorlog.cli.explain", "mentorlog.cli.wrong_line"],
)  # fmt: skip
def test_ctrl_c_while_the_program_is_loaded_is_silent(written: Program, module: str) -> None:
    stopped = run(written, INTERRUPTED.format(module=module), "log", "--limit", "0")
    loaded = run(written, INTERRUPTED.format(module=module), "log")

    assert stopped.code == 130 or (module, stopped.code) == ("mentorlog.storage.journal", 2)
    assert loaded.code == 130 or module in {"mentorlog.cli.explain", "mentorlog.cli.wrong_line"}
    assert stopped.err + loaded.err == "" or stopped.code == 2


# Where no report can be written ------------------------------------------------------------------


def test_where_no_report_can_be_written_the_line_says_where_it_happened(written: Program) -> None:
    before = raising("mentorlog.storage.journal:Journal.exists", "KeyError('secret')")

    failed = run(written, before, "undo", MENTORLOG_DB="/dev/null/journal.db")

    assert failed.code == 70
    assert re.search(
        r"No report could be written; it happened here: KeyError, \S+:\d+\n", failed.err
    )
    assert "secret" not in failed.err
    check_no_stack(failed)


def test_a_disk_that_is_full_leaves_no_half_of_a_report(written: Program) -> None:
    """A limit on the size of files stands for it: nothing more than nothing can be written."""
    before = raising("mentorlog.cli.context:Context.show", "KeyError('secret')")
    full = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
    )

    failed = run(written, full + before, "show", "m1", PYTHONDONTWRITEBYTECODE="1")

    assert failed.code == 70
    assert "No report could be written" in failed.err
    assert reports(written) == []


def test_a_folder_that_is_not_there_is_made_for_the_report(mentorlog: Program) -> None:
    failed = run(mentorlog, raising("mentorlog.cli.context:Context.show", "KeyError"), "guide")

    (report,) = reports(mentorlog)
    assert failed.err.endswith(f"{report}\n")
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700


def test_settings_that_are_wrong_too_do_not_hide_a_fault(written: Program) -> None:
    before = raising("mentorlog.config:Config.origin", "KeyError('secret')")

    failed = run(written, before, "log")

    assert (failed.code, failed.err) == (70, LAST_WORDS)


def test_a_sentence_that_cannot_be_made_is_reported_as_the_fault_it_is(written: Program) -> None:
    """Fails when `_explained` does not try again with what failed in explaining."""
    before = "import mentorlog.cli.sentences as within\nwithin.MOVES.pop('nothing-to-redo')"

    failed = run(written, before, "redo")

    (report,) = reports(written)
    assert failed.code == 70
    assert failed.err.endswith(f"{report}\n")
    assert report.read_text().splitlines()[2] == "fault: KeyError"


def test_a_refusal_is_said_though_what_came_before_it_cannot_be_written(written: Program) -> None:
    """Fails when `explain` lets the output that breaks take the place of what went wrong first."""
    before = (
        "import mentorlog.cli.history as within\n"
        "from mentorlog.errors import NotPossible\n"
        "from mentorlog.storage.journal import Journal\n"
        "def shows(*_given, **_more):\n"
        "    print('half', end='')\n"
        "    raise NotPossible('nothing-to-redo')\n"
        "Journal.history = shows\n"
        "sys.stdout = open('/dev/full', 'w')"
    )

    failed = run(written, before, "history")

    assert (failed.code, failed.err) == (
        1,
        "mentorlog: There is nothing to redo. A new write ends what could be redone.\n",
    )
