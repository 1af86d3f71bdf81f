"""Private words do not leak: not into a message, not into a report, not into a folder for what is temporary.

On standard output stands what was asked for. On standard error may stand names of pairs, which a message
is about, and of what was typed the one word that could not be read where a name, an id, a day or a code
was looked for: never a text of the journal, and never what was typed for one.
"""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mentorlog.cli.app import COMMANDS
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.record import shapes
from tests.cli.talking import drafts
from tests.contract.test_json import CASES
from tests.reliability.test_many_terminals import at_a_terminal

if TYPE_CHECKING:
    from tests.cli.talking import Talking
    from tests.conftest import Program, Result
    from tests.proofs import Proved

CANARY = "Kanarienvogel"
NAMES = {("pair", "partner"), ("pair", "alias")}  # of pairs: a message may say whom it is about
TEXTS = {"line", "text", "lines", "entries", "map"}

W = CANARY
_WRITTEN = (
    ["meet", "Aya Sato", "--as", "mentor", "--on", "2026-11-01", "--topic", W, "--summary", W,
     "--notes", W, "--action", f"{W} due:+3d", "--their-action", W, "--advice", W, "--question", W,
     "--insight", W, "--pulse", "3", "--next", "+2w", "--share"],
    ["pair", "start", "Ken Mori", "--as", "mentee", "--alias", "ken", "--on", "2026-10-01",
     "--programme", W],
    ["ask", "ken", W],
    ["insight", "ken", W, "--benefit", "leadership"],
    ["action", "add", "ken", f"{W} due:2026-12-01"],
    ["action", "done", "a1", "--outcome", W],
    ["feedback", "receive", "ken", W, "--will-change", W],
    ["feedback", "receive", "aya", W, "--will-change", W],
    ["feedback", "change", "f2", W],
    ["strength", "add", W, "--evidence", W],
    ["assess", "ken", "--communication", "3"],
    ["goal", "set", "ken", W, "--unit", W, "--why", W, "--baseline", "0", "--target", "4",
     *(word for level in range(-2, 3) for word in ("--level", f"{level}={W}"))],
    ["goal", "measure", "g1", "1.5", "--level", "-1", "--note", W],
    ["goal", "revise", "g1", "--target", "5", "--because", W],
    ["meet", "aya", "--answer", f"q1={W}", "--on", "2026-11-08"],
    ["pair", "agree", "ken", *(f"{term}={W}" for term in (
        "--my-background", "--their-background", "--my-expectations", "--their-expectations",
        "--confidentiality", "--boundaries", "--feedback-way", "--leaving", "--remarks"))],
    ["reflect", "ken", "--form", "kpt", "--answer", f"keep={W}"],
    ["review", "ken", "--on", "2026-11-15", "--conclusions", W, "--thoughts", W, "--pulse", "3",
     "--decision", "continue", "--share"],
    ["pair", "pause", "aya", "--on", "2027-01-10", "--until", "+2w"],
    ["ask", "aya", W], ["undo"],
)  # fmt: skip

# Wrong lines with a private text in them: the text is right and something else is wrong, or the text
# stands where none is looked for.
WRONG = (
    ["ask", "ken", W, "--bogus"],
    ["ask", "ken", W, W],
    ["ask", "ken", W, "--on", "2026-02-30"],
    ["insight", "ken", W, "--benefit", "fun"],
    ["insight", "ken", W, "--meeting", "m99"],
    ["meet", "ken", "--summary", W, "--pulse", "9"],
    ["meet", "ken", "--notes", W, "--minutes", "0"],
    ["meet", "ken", "--summary", W, "--done", "a99"],
    ["meet", "ken", "--action", f"{W} due:whenever"],
    ["meet", "ken", "--told", W],
    ["meet", "ken", "--answer", f"q99={W}"],
    ["meet", "ken", "--topic", f"{W}\n{W}"],
    ["meet", "ken", W, "--summary", W],
    ["meet", "Nobody", "--summary", W],
    ["action", "add", "ken", f"{W} due:fri due:sat"],
    ["action", "add", "ken", W, "--owner", "them"],
    ["action", "told", "a3", W, W],
    ["action", "told", "a99", W],
    ["action", "done", "a4", "--outcome", W, "--on", "never"],
    ["feedback", "give", "ken", W, "--will-change", ""],
    ["feedback", "change", "f99", W],
    ["feedback", "change", "f1", W, W],
    ["strength", "add", W],
    ["strength", "add", W, W],
    ["goal", "set", "ken", W, "--target", "soon"],
    ["goal", "set", "ken", W, "--level", W],
    ["goal", "set", "ken", W, "--level", f"0={W}"],
    ["goal", "revise", "g1", "--statement", W],
    ["goal", "drop", "g99", "--because", W],
    ["goal", "measure", "g1", "1", "--note", W, "--on", "never"],
    ["reflect", "ken", "--form", "kpt", "--answer", W],
    ["reflect", "ken", "--form", "kpt", "--answer", f"keep={W}", "--answer", f"keep={W}"],
    ["review", "ken", "--conclusions", W, "--decision", "perhaps"],
    ["review", "ken", "--answer", W],
    ["review", "ken", "--thoughts", W, "--pulse", "9"],
    ["pair", "agree", "ken", "--remarks", W, "--cadence", "seldom"],
    ["pair", "end", "ken", "--because", "mismatch", W],
    ["edit", "q2", "--set", W],
    ["edit", "q2", "--set", f"state={W} {W}", "--bogus"],
    ["edit", "m1", "--set", f"notes={W}", "--set", "pulse=9"],
    ["log", "ken", W],
    ["prep", "ken", W],
    ["undo", W],
)  # fmt: skip

# Where a fault is forced: the function, and commands that come by it.
FAULTS = (
    ("mentorlog.storage.journal:Journal.find", ["log"], ["status"], ["report", "ken"]),
    ("mentorlog.storage.journal:Journal.transaction", ["ask", "ken", W], ["meet", "ken", "--notes", W]),
    ("mentorlog.storage.ledger:Ledger.insert", ["insight", "ken", W], ["goal", "set", "ken", W]),
    ("mentorlog.storage.search:search", ["search", W]),
    ("mentorlog.storage.pairs:all_pairs", ["prep", W], ["export", "ken"]),
    ("mentorlog.cli.context:Context.show", ["show", "m1"], ["ask", "ken", W]),
    ("mentorlog.cli.context:Context.draw", ["review", "ken", "--thoughts", W, "--json"], ["status"]),
    ("mentorlog.cli.sentences:typed", ["show", W]),
    ("mentorlog.config:Config.__getitem__", ["log"]),
    ("mentorlog.text:visible", ["log"], ["show", "m1"]),
)  # fmt: skip

# Has a function fail with a private text in the exception, and in the one that this came from.
FAULTY = f"""
import importlib, sys
place, kind, *words = sys.argv[1:]
sys.argv[1:] = words
module, names = place.split(":")
*way, name = names.split(".")
within = importlib.import_module(module)
for each in way:
    within = getattr(within, each)
def fails(*_given, **_more):
    try:
        raise KeyError("{CANARY}")
    except KeyError as cause:
        raise {{"memory": MemoryError, "value": ValueError, "own": type("Own", (Exception,), {{}}),
               "recursion": RecursionError}}[kind]("{CANARY}", words) from cause
setattr(within, name, fails)
from mentorlog.__main__ import main
sys.exit(main())
"""


@pytest.fixture(scope="session")
def private_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that has the canary in every text field of every kind."""
    from tests.conftest import Program

    program = Program(tmp_path_factory.mktemp("private"))
    for words, result in zip(_WRITTEN, at_a_terminal(program, [*_WRITTEN]), strict=True):
        assert result.code == 0, (words, result)
    return program.journal


@pytest.fixture
def private(mentorlog: Program, private_journal: Path) -> Program:
    return mentorlog.holding(private_journal)


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    return place


def lines(name: str) -> Iterator[list[str]]:
    """Yield the command lines of a command of the root, plain where that goes, and with --json."""
    for key, cases in CASES.items():
        if key.split()[0] == name:
            for case in cases:
                yield case.words
                yield [*case.words, "--json"]


def holding(folder: Path) -> set[str]:
    """Return the names of the files below a folder that hold the canary."""
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.name for each in found if CANARY.encode() in each.read_bytes()}


def test_the_canary_is_in_every_text_field_of_every_kind(private: Program) -> None:
    records = private.ok("log", "--json", "--all").json
    records += private.ok("strength", "list", "--json").json
    records += private.ok("goal", "show", "g1", "--json").json["measurements"]
    records += private.ok("pair", "list", "--json").json
    records += [private.ok("pair", "show", "ken", "--json").json["agreement"]]

    lacking = {
        (record_type.kind, name)
        for record_type in KINDS.values()
        for name, shape in shapes(record_type).items()
        if shape.holds in TEXTS
        and not any(
            CANARY in repr(each.get(name)) for each in records if each["kind"] == record_type.kind
        )
    }

    assert lacking - NAMES == {
        ("pair", "cadence"), ("goal", "levels"), ("pair", "pauses"), ("assessment", "ratings"),
    } & lacking - {("goal", "levels")}  # fmt: skip


@pytest.mark.proofs(13)
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_text_of_the_journal_stands_in_what_a_command_says_about_its_result(
    private: Program, temporary: Path, proved: Proved, name: str, language: str
) -> None:
    """Fails when a receipt goes to standard error, and when a refusal repeats what a record holds."""
    private.language = language
    asked = [*lines(name)]

    told = at_a_terminal(private, asked, {"TMPDIR": str(temporary)})

    leaking = [words for words, each in zip(asked, told, strict=True) if CANARY in each.err]
    assert leaking == []
    assert [each for each in told if "Traceback" in each.err + each.out] == []
    assert {each.code for each in told} <= {0, 1, 2, 65}
    assert list(temporary.iterdir()) == []
    proved(
        f"`{name}` in {language}, {len(told)} lines: the canary in no message, no temporary file left"
    )


@pytest.mark.proofs(13)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_wrong_line_does_not_repeat_a_private_text(
    private: Program, temporary: Path, proved: Proved, language: str
) -> None:
    """Fails when the refusal of too many words names them, and when a sentence of KEY=TEXT repeats what was typed
    without a key."""
    private.language = language

    told = at_a_terminal(private, [*WRONG], {"TMPDIR": str(temporary)})

    refused = [each for each in told if each.code != 0]
    leaking = [words for words, each in zip(WRONG, told, strict=True) if CANARY in each.err]
    assert leaking == []
    assert [each.err for each in refused if each.err.count("\n") != 1 or each.code > 2] == []
    assert len(refused) > 30
    assert list(temporary.iterdir()) == []
    proved(f"{len(refused)} wrong lines in {language} with a private text: none repeats it")


def faulty(program: Program, temporary: Path, place: str, kind: str, words: list[str]) -> Result:
    """Run a command in which a function fails with a private text."""
    from tests.conftest import Result

    done = subprocess.run(
        [sys.executable, "-c", FAULTY, place, kind, *words],
        capture_output=True,
        env=program.environment | {"TMPDIR": str(temporary)},
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.proofs(13)
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[0].partition(":")[2])
def test_a_fault_of_the_program_tells_and_reports_no_private_word(
    private: Program,
    temporary: Path,
    proved: Proved,
    fault: tuple[str, *tuple[list[str], ...]],
    language: str,
) -> None:
    """Fails when the report has the message of an exception or the command line, and when the boundary
    does not catch a MemoryError or a RecursionError."""
    private.language = language
    place, *all_words = fault
    before, reports = holding(private.home), 0

    for kind in ("value", "memory", "recursion", "own"):
        for words in all_words:
            failed = faulty(private, temporary, place, kind, words)
            if failed.code == 0:
                continue  # this way does not come by it
            assert (failed.code, CANARY in failed.err) == (70, False), (words, failed)
            assert failed.err.count("\n") == 1
            assert "Traceback" not in failed.err
            found = [*private.journal.parent.glob("fault-*.txt")]
            for report in found:
                text = report.read_text()
                reports += 1
                assert str(report) in failed.err
                assert stat.S_IMODE(report.stat().st_mode) == 0o600
                assert CANARY not in text
                assert re.search(r"mentorlog \S+, Python 3\S+, SQLite 3\S+, typer \S+, \w+", text)
                assert f"command: {words[0]}\n" in text
                assert re.search(r"^fault: \w+$", text, re.MULTILINE)
                assert re.search(r"^  \S+\.py:\d+ \S+$", text, re.MULTILINE)
                report.unlink()

    assert holding(private.home) <= before
    assert list(temporary.iterdir()) == []
    named = place.partition(":")[2]
    proved(
        f"{reports} faults forced in {named} ({language}): exit 70, one line, no canary, report 0600"
    )


@pytest.mark.proofs(13)
def test_an_editor_is_started_with_the_name_of_a_file_and_no_word_of_it(
    private: Program, talk: Talking, temporary: Path, proved: Proved
) -> None:
    """Fails when the text is handed to the editor as an argument or in its environment."""
    editor, seen = temporary.with_name("editor.py"), temporary.with_name("seen")
    editor.write_text(
        "import os, pathlib, sys\n"
        f"pathlib.Path({str(seen)!r}).write_text(repr((sys.argv, dict(os.environ))))\n"
        "print('TEXT', len(pathlib.Path(sys.argv[-1]).read_text()))\n"
        "sys.exit(1)\n"
    )

    person = talk(
        "edit", "q2", "--edit", EDITOR=f"{sys.executable} {editor}", TMPDIR=str(temporary)
    )
    person.hears("TEXT")
    code = person.ends()

    (folder,) = (each for each in drafts(private) if each.is_dir())
    assert code == 1
    assert CANARY in (folder / "text.txt").read_text()
    assert CANARY not in seen.read_text()
    assert str(folder / "text.txt") in seen.read_text()
    assert list(temporary.iterdir()) == []
    proved("an editor: started with the name of its file; the canary in no argument, no variable")


@pytest.mark.proofs(13)
def test_a_refused_file_is_named_by_its_place_and_not_by_its_words(
    private: Program, proved: Proved
) -> None:
    """Fails when the refusal of a file repeats the value that will not do."""
    files = {
        "one.json": f'{{"format": "mentorlog/1", "records": "{CANARY}"}}',
        "two.json": f"{{{CANARY}",
        "three.csv": f"date,text\n{CANARY},{CANARY}\n",
        "four.txt": f"[2026-99-99 10:00] {CANARY}\n{CANARY}\n",
    }
    exported = private.ok("export", "--json").out
    files["five.json"] = re.sub('("my_role": *)"mentee"', f'\\1"{CANARY}"', exported)
    assert files["five.json"] != exported
    refused = []
    for name, text in files.items():
        place = private.home / name
        place.write_text(text, encoding="utf-8")
        refused.append(private("import", str(place), *([] if "json" in name else ["-p", "ken"])))

    assert [each.code for each in refused if CANARY in each.err + each.out] == []
    assert {each.code for each in refused} <= {2, 65}, refused
    proved(f"{len(refused)} files that are refused: named by place, the canary in no message")
