"""What was begun is never lost, whatever stops it: a form at any of its questions, an editor at work.

The text is offered again, or its place is named; nothing goes into the journal that was not meant to.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import sys
from collections import Counter
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli.talking import drafts
from tests.contract.test_json import commands

if TYPE_CHECKING:
    from tests.cli.talking import Talk, Talking
    from tests.conftest import Program
    from tests.proofs import Proved

CTRL_C = "\x03"
STOPS = (None, signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)  # None: Ctrl-C

# Each command with a form, and what its first question is answered with.
FORMS = {
    "meet": (["meet", "ken"], "yesterday", "2026-11-21"),
    "reflect": (["reflect", "ken"], "kept to the end", "kept to the end"),
    "review": (["review", "ken"], "kept to the end", "kept to the end"),
    "pair agree": (["pair", "agree", "ken"], "kept to the end", "kept to the end"),
    "goal set": (["goal", "set", "ken"], "kept to the end", "kept to the end"),
    "goal revise": (["goal", "revise", "g1"], "\x15kept to the end", "kept to the end"),
    "feedback give": (["feedback", "give", "ken"], "kept to the end", "kept to the end"),
    "feedback receive": (["feedback", "receive", "ken"], "kept to the end", "kept to the end"),
    "strength add": (["strength", "add"], "kept to the end", "kept to the end"),
    "assess": (["assess", "ken"], "4", '{"communication": 4}'),
    "edit": (["edit", "a1"], "\x15kept to the end", "kept to the end"),
}

# Each command that takes --edit, and the heading under which the editor writes.
EDITED = {
    "meet": (["meet", "ken"], "summary"),
    "ask": (["ask", "ken"], "text"),
    "insight": (["insight", "ken"], "text"),
    "reflect": (["reflect", "ken"], "hopes"),
    "review": (["review", "ken"], "thoughts"),
    "pair agree": (["pair", "agree", "ken"], "boundaries"),
    "goal set": (["goal", "set", "ken"], "statement"),
    "goal revise": (["goal", "revise", "g1"], "statement"),
    "action add": (["action", "add", "ken"], "text"),
    "action told": (["action", "told", "a3"], "text"),
    "feedback give": (["feedback", "give", "ken"], "text"),
    "feedback receive": (["feedback", "receive", "ken"], "text"),
    "feedback change": (["feedback", "change", "f1"], "text"),
    "strength add": (["strength", "add"], "area"),
    "edit": (["edit", "q1"], "text"),
}

# An editor: writes a word under a heading, beside it what editors leave there, and ends in some way.
EDITOR = """
import os, pathlib, signal, sys, time
heading, word, end, place = sys.argv[1:]
file = pathlib.Path(place)
lines = file.read_bytes().replace(b"\\xff", b"").split(b"\\n")
at = next(n for n, line in enumerate(lines) if line.startswith(f"#: {heading} ".encode()))
at += 1 + next(n for n, line in enumerate(lines[at + 1:]) if not line.startswith(b"#::"))
lines[at] += f" {word}".encode() + (b"\\xff" if end == "bytes" else b"")
if end != "looks":
    file.write_bytes(b"\\n".join(lines))
file.with_name(file.name + "~").write_text(f"side file with {word}")
file.with_name(f".{file.name}.swp").write_text(f"side file with {word}")
if end == "waits":
    program = os.getppid()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    print("READY", flush=True)
    while os.getppid() == program:
        time.sleep(0.01)
    file.write_bytes(file.read_bytes().replace(word.encode(), f"{word} outlived".encode()))
    pathlib.Path(sys.argv[0]).with_name("ended").write_text("")
if end == "dies":
    os.kill(os.getpid(), signal.SIGKILL)
sys.exit(end == "fails")
"""


def kept_words(program: Program) -> str:
    """Return all that the records of the journal hold, without the log of changes."""
    with closing(sqlite3.connect(program.journal)) as opened:
        kinds = [row[0] for row in opened.execute("SELECT DISTINCT kind FROM changes")]
        return repr([opened.execute(f"SELECT * FROM {kind}").fetchall() for kind in kinds])


def writes(program: Program) -> int:
    with closing(sqlite3.connect(program.journal)) as opened:
        return int(opened.execute("SELECT count(*) FROM writes").fetchone()[0])


def folder_of_drafts(program: Program) -> Path:
    return program.journal.with_name("journal.db.drafts")


class Desk(NamedTuple):
    """Where somebody writes in an editor: the program, and a folder for what is temporary."""

    program: Program
    talk: Talking
    editor: Path
    temporary: Path

    def begins(self, words: list[str], heading: str, word: str, end: str) -> Talk:
        """Begin a command whose editor writes a word and ends in some way."""
        command = f"{sys.executable} {self.editor} {heading} {word} {end}"
        wide = {"COLUMNS": "2000"}  # nothing that is said is broken into lines
        return self.talk(*words, "--edit", EDITOR=command, TMPDIR=str(self.temporary), **wide)

    def goes_on(self, words: list[str], heading: str, word: str, end: str) -> Talk:
        """Begin it again and go on with what was begun before."""
        person = self.begins(words, heading, word, end)
        person.answers("Go on with it?", "y")
        return person

    def outlives_the_program(self, person: Talk, stop: signal.Signals) -> None:
        """Kill the program while the editor waits; return once that has written some more and ended."""
        ended = self.editor.with_name("ended")
        os.mkfifo(ended)
        person.is_killed(stop)
        ended.read_bytes()

    def holding(self, word: str) -> set[Path]:
        """Return the files that hold a word, in the home and where temporary files go."""
        made = (*self.program.home.rglob("*"), *self.temporary.rglob("*"))
        return {each for each in made if each.is_file() and word.encode() in each.read_bytes()}


@pytest.fixture
def desk(written: Program, talk: Talking, tmp_path: Path) -> Desk:
    editor, temporary = tmp_path / "editor.py", tmp_path / "temporary"
    editor.write_text(EDITOR)
    temporary.mkdir()
    return Desk(written, talk, editor, temporary)


def test_every_command_with_a_form_or_an_editor_is_proved_here() -> None:
    taking = {
        name
        for name, command in commands().items()
        if any("--edit" in each.opts for each in command.params)
    }

    assert set(EDITED) == taking
    assert {
        "ask",
        "insight",
        "action add",
        "action told",
        "feedback change",
    } == taking - set(FORMS), "these ask one question, or nothing that is not there already"


# Forms -------------------------------------------------------------------------------------------


@pytest.mark.proofs(5)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_stopped_at_each_of_its_questions_is_gone_on_with_to_its_end(
    written: Program, talk: Talking, proved: Proved, name: str
) -> None:
    """Fails when `Ask.form` keeps its answers only at the end of a form (a kill loses them), and when
    `fill_in` discards what was begun as soon as it is stopped."""
    words, answer, kept = FORMS[name]
    before, ways, stopped = writes(written), cycle(STOPS), Counter[str]()
    person = talk(*words)
    person.says(answer)

    while person.is_asked_more():
        stop = next(ways)
        stopped["Ctrl-C" if stop is None else "a signal"] += 1
        if stop is None:
            person.sends(CTRL_C)
            assert person.ends() == 130
        else:
            person.is_killed(stop)
        assert writes(written) == before, "nothing without consent"
        person = talk(*words)
        person.answers("Go on with it?", "y")
        person.says()

    assert person.ends() == 0
    assert writes(written) == before + 1
    assert kept in kept_words(written)
    assert drafts(written) == []
    stops = f"{stopped['Ctrl-C']} by Ctrl-C, {stopped['a signal']} by KILL, HUP and TERM"
    proved(
        f"`{name}` stopped {stopped.total()} times ({stops}): offered again each time, kept once"
    )


@pytest.mark.proofs(5)
@pytest.mark.parametrize("name", ["meet", "reflect", "strength add"])
def test_a_draft_that_was_not_cleared_away_is_not_saved_a_second_time(
    written: Program, talk: Talking, proved: Proved, name: str
) -> None:
    """The program killed after the commit, before the draft is gone. Fails when `waiting` does not ask
    the journal for the uid."""
    words, answer, _kept = FORMS[name]
    person = talk(*words)
    person.says(answer)
    person.presses(CTRL_C)
    person.ends()
    (draft,) = drafts(written)
    left = draft.read_bytes()
    again = talk(*words)
    again.answers("Go on with it?", "y")
    while again.is_asked_more():
        again.sends("\r")
    again.ends()
    before = writes(written)
    draft.write_bytes(left)

    named = written.ok("status").err
    person = talk(*words)
    person.is_asked()
    person.sends(CTRL_C)
    person.ends()

    assert "Begun and not finished" not in named
    assert writes(written) == before
    proved(f"a draft of `{name}` that is in the journal already: not offered again, one record")


@pytest.mark.proofs(5)
def test_stopped_at_the_question_whether_to_go_on_it_waits_still(
    written: Program, talk: Talking, proved: Proved
) -> None:
    """Fails when what was begun is discarded before the answer."""
    words, answer, _kept = FORMS["reflect"]
    person = talk(*words)
    person.says(answer)
    person.presses(CTRL_C)
    person.ends()
    (draft,) = drafts(written)
    before = draft.read_bytes()

    again = talk(*words)
    again.hears("Go on with it?")
    again.presses(CTRL_C)
    again.hears("What you said is kept; to go on: mentorlog reflect")

    assert again.ends() == 130
    assert draft.read_bytes() == before
    proved("Ctrl-C at the question whether to go on: the draft unchanged, its command named")


# Editors -----------------------------------------------------------------------------------------


@pytest.mark.proofs(5)
@pytest.mark.parametrize("name", EDITED)
def test_a_text_is_kept_through_all_that_may_befall_an_editor(
    desk: Desk, proved: Proved, name: str
) -> None:
    """The program killed while the editor is open, an editor that fails, one that is killed, bytes
    that are no text, one after the other.

    Fails when `from_editor` does not store a draft before the editor starts (nothing offers the text
    of a program that was killed), and when the editor's file is removed because the editor failed, as
    `click.edit` does.
    """
    (words, heading), program = EDITED[name], desk.program
    before, signals = writes(program), list(STOPS[1:])
    stop = signals[list(EDITED).index(name) % len(signals)]

    person = desk.begins(words, heading, "first", "waits")
    person.hears("READY")
    desk.outlives_the_program(person, stop)
    holding = desk.holding("first outlived")
    named = program.ok("status").err
    for word, end, said in (
        ("second", "fails", "The editor ended with a failure"),
        ("third", "dies", "The editor ended with a failure"),
        ("fourth", "bytes", "not UTF-8"),
    ):
        person = desk.goes_on(words, heading, word, end)
        person.hears(said)
        person.hears("What you wrote is kept in")
        assert person.ends() == 1
    unwritten = writes(program) - before
    person = desk.goes_on(words, heading, "fifth", "ends")
    code = person.ends()

    assert {each.parents[1] for each in holding} == {folder_of_drafts(program)}
    assert f"mentorlog {words[0]}" in named
    assert (code, unwritten, writes(program) - before) == (0, 0, 1)
    assert "first outlived second third fourth fifth" in kept_words(program)
    assert drafts(program) == []
    assert desk.holding("side file") == set()
    proved(
        f"`{name} --edit`: {stop.name} to the program, an editor failing, killed, writing bytes:"
        " offered again 4 times, all of it kept, once"
    )


# Has Ctrl-C come just when the journal is to be written, after the editor has ended.
CTRL_C_THEN = """
from mentorlog.storage.journal import Journal
def stops(*_given):
    raise KeyboardInterrupt
Journal.transaction = stops
"""


@pytest.mark.proofs(5)
@pytest.mark.parametrize("name", ["ask", "reflect", "edit"])
def test_ctrl_c_after_the_editor_has_ended_keeps_what_was_written(
    desk: Desk, tmp_path: Path, proved: Proved, name: str
) -> None:
    """Fails when `run` takes the 130 that Typer makes of it for an end: the draft is cleared away."""
    (words, heading), before = EDITED[name], writes(desk.program)
    (tmp_path / "sitecustomize.py").write_text(CTRL_C_THEN)
    command = f"{sys.executable} {desk.editor} {heading} written ends"
    paths = [str(tmp_path), *filter(None, [desk.program.environment.get("PYTHONPATH")])]

    person = desk.talk(*words, "--edit", EDITOR=command, PYTHONPATH=os.pathsep.join(paths))
    stopped = person.ends()
    unwritten = writes(desk.program) - before
    code = desk.goes_on(words, heading, "more", "ends").ends()

    assert (stopped, unwritten, code, writes(desk.program) - before) == (130, 0, 0, 1)
    assert "written more" in kept_words(desk.program)
    proved(f"Ctrl-C after the editor of `{name}` has ended: exit 130, offered again, kept once")


@pytest.mark.proofs(5)
@pytest.mark.parametrize("name", EDITED)
def test_a_text_left_as_it_was_is_not_kept(desk: Desk, proved: Proved, name: str) -> None:
    """Fails when `Ask.edit` does not compare what is there afterwards with what it gave."""
    (words, heading), before = EDITED[name], desk.program.journal.read_bytes()

    person = desk.begins(words, heading, "word", "looks")
    person.hears("Nothing was kept")
    code = person.ends()

    assert code == 130
    assert desk.program.journal.read_bytes() == before
    assert drafts(desk.program) == []
    assert desk.holding("side file") == set()
    proved(f"`{name} --edit` with the text left as it was: nothing kept, no draft left")


@pytest.mark.proofs(5)
def test_the_folder_an_editor_works_in_is_private_and_catches_what_it_leaves_beside(
    desk: Desk, proved: Proved
) -> None:
    """Fails when the text is given to the editor in a file of the system's temporary folder."""
    words, heading = EDITED["insight"]

    person = desk.begins(words, heading, "canary", "waits")
    person.hears("READY")
    (folder,) = (each for each in drafts(desk.program) if each.is_dir())
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.iterdir())}
    holding = desk.holding("canary")
    desk.outlives_the_program(person, signal.SIGKILL)
    code = desk.goes_on(words, heading, "word", "ends").ends()

    files = {"text.txt", "text.txt~", ".text.txt.swp"}
    assert modes == {folder.name: 0o700} | dict.fromkeys(files, 0o600)
    assert holding == {folder / each for each in files}
    assert (code, drafts(desk.program), desk.holding("side file")) == (0, [], set())
    assert list(desk.temporary.iterdir()) == []
    proved("an editor's folder is 0700 and its 3 files 0600; emptied once the text is kept")


# Vim ---------------------------------------------------------------------------------------------

VI = shutil.which("vi")
needs_vi = pytest.mark.skipif(
    VI is None or "vim" not in os.path.realpath(VI), reason="vi is not here, or is no vim"
)


@needs_vi
@pytest.mark.proofs(5)
def test_a_text_typed_in_vim_is_kept_and_nothing_of_it_beside(desk: Desk, proved: Proved) -> None:
    """Fails when the editor's folder is not removed with what is in it: the copy that vim made stays."""
    person = desk.talk(
        "ask", "ken", "--edit", EDITOR="vi -c 'set backup'", TMPDIR=str(desk.temporary)
    )
    person.hears("What do you want to ask?")
    person.sends("Gotyped in vim 目標\x1b:w\r")
    person.hears("written")
    (folder,) = (each for each in drafts(desk.program) if each.is_dir())
    at_work = {each.name for each in folder.iterdir()}
    person.sends(":wq\r")
    code = person.ends()

    assert code == 0
    assert at_work >= {"text.txt", ".text.txt.swp"}
    assert "typed in vim 目標" in kept_words(desk.program)
    assert drafts(desk.program) == []
    assert desk.holding("typed in vim") == {desk.program.journal}
    proved(f"a text typed in a real vim, with {len(at_work)} files in its folder: kept, none left")


@needs_vi
@pytest.mark.proofs(5)
def test_what_vim_had_not_written_when_it_was_killed_can_be_recovered(
    desk: Desk, proved: Proved
) -> None:
    """Fails when the editor's folder is emptied though the editor failed."""
    with_swap = {"EDITOR": "vi", "TMPDIR": str(desk.temporary), "COLUMNS": "2000"}
    person = desk.talk("ask", "ken", "--edit", **with_swap)
    person.hears("What do you want to ask?")
    person.sends("Gonot written yet\x1b:preserve\r")
    person.hears("File preserved")
    (folder,) = (each for each in drafts(desk.program) if each.is_dir())
    text = (folder / "text.txt").read_text(encoding="utf-8")
    swap = (folder / ".text.txt.swp").read_bytes()
    person.sends(":!kill -9 $PPID\r")
    person.hears("What you wrote is kept in")
    failed = person.ends()

    again = desk.talk("ask", "ken", "--edit", "-p", "ken", **with_swap)
    again.answers("Go on with it?", "y")
    again.hears("(R)ecover")
    again.sends("R")
    again.hears("Press ENTER")
    again.sends("\r:wq\r")
    code = again.ends()

    assert "not written" not in text
    assert b"not written yet" in swap
    assert (failed, code) == (1, 0)
    assert "not written yet" in kept_words(desk.program)
    assert drafts(desk.program) == []
    proved("vim killed with a text not written: its swap file kept, recovered by the next call")
