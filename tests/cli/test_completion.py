"""What is completed where: the program asked as the scripts of the shells ask it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from mentorlog.cli.app import COMMANDS, root
from mentorlog.cli.completion.asking import split
from mentorlog.cli.completion.place import Place
from mentorlog.cli.completion.values import finder_of, taken_by

if TYPE_CHECKING:
    from tests.conftest import Program

OLDEST = Path(__file__).parents[1] / "storage" / "journals" / "schema-1.db"

# What parameters that nothing can be offered for are called: free text, days, numbers, lengths.
FREE = {
    "TEXT", "DATE", "TIME", "N", "NUMBER", "SPAN", "RHYTHM", "NAME", "AREA", "QUERY", "FORMAT",
    "LEVEL=TEXT", "FIELD=VALUE", "FIELD=COLUMN", "1…100", "WORD --alias", "WORD --unit",
}  # fmt: skip


def asked(mentorlog: Program, *words: str) -> list[str]:
    """Return what zsh would be answered, its first line too."""
    sent = "".join(f"{word}\x00" for word in words)
    answer = mentorlog(stdin=sent, environment={"_MENTORLOG_COMPLETE": "zsh"})
    assert (answer.code, answer.err) == (0, "")
    return answer.out.splitlines()


def offered(mentorlog: Program, *words: str) -> list[str]:
    """Return the values offered."""
    return [line.split("\t")[0] for line in asked(mentorlog, *words)[1:]]


def asked_by_bash(mentorlog: Program, line: str, part: str, why: str = "9") -> list[str]:
    """Return what bash would be answered: `part` is what readline would replace."""
    sent = "".join(f"{each}\x00" for each in (line, part, why, "60"))
    answer = mentorlog(stdin=sent, environment={"_MENTORLOG_COMPLETE": "bash"})
    assert (answer.code, answer.err) == (0, "")
    return answer.out.splitlines()


def parameters() -> list[tuple[str, Any]]:
    """Return every parameter of every command that takes a value."""
    context = typer.Context(root())
    found = []
    for name in COMMANDS:
        command = root().get_command(context, name)
        below = getattr(command, "commands", None) or {"": command}
        for word, each in below.items():
            path = f"{name} {word}".strip()
            found += [(path, one) for one in each.params if not getattr(one, "is_flag", False)]
    return found


# Which words come where -----------------------------------------------------------------------------


def test_commands_are_offered_with_what_they_do_and_then_their_own_commands(
    mentorlog: Program,
) -> None:
    assert offered(mentorlog, "") == list(COMMANDS)
    assert "meet\tRecord a meeting, and close what it closed." in asked(mentorlog, "me")
    assert offered(mentorlog, "action", "") == ["add", "list", "done", "drop", "reopen", "told"]
    assert offered(mentorlog, "--lang", "ja", "action", "d") == ["done", "drop"]


def test_descriptions_are_in_the_language_chosen(mentorlog: Program) -> None:
    mentorlog.language = "ja"

    (line,) = asked(mentorlog, "undo")[1:]

    assert line.split("\t")[0] == "undo"
    assert not line.isascii()


def test_an_option_is_offered_until_it_is_given_unless_it_may_be_repeated(
    mentorlog: Program,
) -> None:
    before = offered(mentorlog, "meet", "--")
    after = offered(mentorlog, "meet", "--via", "online", "--topic=reading", "--json", "--")

    assert {"--via", "--topic", "--json", "--lang", "--help"} <= set(before)
    assert set(before) - set(after) == {"--via", "--json"}


def test_options_are_offered_unasked_where_nothing_else_can_come(mentorlog: Program) -> None:
    assert offered(mentorlog, "undo", "") == ["--json", "--lang", "--help"]
    assert offered(mentorlog, "undo", "--", "") == []
    assert offered(mentorlog, "meet", "") == [], "a name comes here, and there is none yet"


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["meet", "--via", ""], ["in-person", "online", "phone", "chat"]),
        (["meet", "--via=o"], ["--via=online"]),
        (["meet", "Aya", "--as", ""], ["mentor", "mentee"]),
        (["meet", "--pulse", ""], ["1", "2", "3", "4"]),
        (["insight", "--benefit", "l"], ["leadership"]),
        (["insight", "--viewpoint", ""], ["me", "partner"]),
        (["reflect", "--phase", "i"], ["immersion"]),
        (["reflect", "--form", "y"], ["ywt"]),
        (["reflect", "--answer", "unders"], ["understood="]),
        (["review", "--decision", "e"], ["extend", "end"]),
        (["review", "--because", "m"], ["mismatch", "moved"]),
        (["review", "--answer", "conc"], ["conclusions="]),
        (["assess", "--learning", ""], ["1", "2", "3", "4", "5"]),
        (["log", "--kind", "me"], ["meeting", "measurement"]),
        (["export", "--for", ""], ["me", "partner", "programme"]),
        (["export", "--format", ""], ["markdown", "json", "csv"]),
        (["import", "-", "--format", ""], ["json", "jrnl", "dayone", "csv"]),
        (["import", "--as", ""], ["meeting", "reflection"]),
        (["goal", "rate", "g1", ""], ["-2", "-1", "0", "1", "2"]),
        (["goal", "measure", "g1", "3", "--level", "-"], ["-2", "-1"]),
        (["config", "get", "l"], ["language", "log_limit"]),
        (["config", "set", "language", ""], ["en", "ja"]),
        (["guide", "st"], ["stuck"]),
        (["guide", "stuck", ""], []),
        (["--lang", ""], ["en", "ja"]),
        (["--show-completion", ""], ["bash", "zsh", "fish"]),
        (["ask", "--pair", "nobody", "a text"], []),
        (["no-such-command", ""], []),
        (["meet", "--no-such-option", "--via", "c"], ["chat"]),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else None,
)
def test_each_parameter_is_offered_what_it_takes(
    mentorlog: Program, words: list[str], values: list[str]
) -> None:
    assert offered(mentorlog, *words) == values
    assert list(mentorlog.home.iterdir()) == [], "asking makes no file"


def test_paths_are_left_to_the_shell(mentorlog: Program) -> None:
    for words in (["backup", ""], ["export", "-o", "x"], ["export", "--output=x"], ["import", ""]):
        assert asked(mentorlog, *words) == ["files"], words


def test_every_parameter_is_offered_something_or_is_known_to_be_free(mentorlog: Program) -> None:
    """A new one that is neither gets its line in TAKEN, or its word in FREE."""
    silent = {
        (path, each.name)
        for path, each in parameters()
        if finder_of(path, each) is None
        and not {each.metavar, f"{each.metavar} {each.opts[-1]}"} & FREE
        if taken_by(Place(root()), each, "") == ([], "words")
    }

    assert silent == set()


# The journal ---------------------------------------------------------------------------------------


def test_a_pair_is_offered_by_what_is_typed_to_name_it(written: Program) -> None:
    assert offered(written, "meet", "") == ["Aya Sato", "ken"]
    assert "ken\tAyako Mori" in asked(written, "meet", "")
    assert offered(written, "prep", "-p", "ay") == ["Aya Sato", "Ayako Mori"]
    assert offered(written, "report", "--pair=k") == ["--pair=ken"]
    assert offered(written, "ask", "K") == ["ken"]
    assert offered(written, "ask", "ken", "") == []
    assert offered(written, "ask", "-p", "ken", "") == []


def test_pairs_that_have_ended_come_last_and_never_by_the_name_of_one_that_goes_on(
    written: Program,
) -> None:
    written.ok("pair", "end", "aya sato", "--because", "done")
    written.ok("pair", "start", "Aya Sato", "--as", "mentor")

    assert asked(written, "meet", "")[1:] == ["ken\tAyako Mori", "Aya Sato", "p1\tAya Sato · ended"]


def test_a_record_is_offered_where_its_state_allows_what_is_typed(written: Program) -> None:
    written.ok("goal", "set", "aya sato", "Read more")
    written.ok("goal", "set", "aya sato", "Write more")
    written.ok("goal", "achieve", "g1")
    written.ok("feedback", "receive", "ken", "You talk fast")

    assert offered(written, "action", "done", "") == ["a4", "a3", "a2"]
    assert offered(written, "action", "done", "a3", "") == ["a4", "a2"]
    assert offered(written, "action", "reopen", "") == ["a1"]
    assert offered(written, "action", "told", "") == ["a3"]
    assert offered(written, "feedback", "change", "") == ["f1"]
    assert offered(written, "goal", "measure", "") == ["g2"]
    assert offered(written, "goal", "show", "") == ["g2", "g1"]
    assert offered(written, "insight", "--goal", "") == ["g2"]
    assert offered(written, "insight", "--meeting", "") == ["m1"]
    assert offered(written, "pair", "start", "--take", "") == ["g2", "q2", "q1"]


def test_a_pair_that_is_named_limits_what_is_offered_to_its_own(written: Program) -> None:
    assert offered(written, "meet", "ken", "--done", "") == ["a4"]
    assert offered(written, "meet", "--pair=aya s", "--done", "") == ["a3", "a2"]
    assert asked(written, "meet", "ken", "--answer", "") == ["joined", "q2=\tHow do I lead?"]
    assert offered(written, "meet", "--told=") == ["--told=a3="]


def test_any_record_is_offered_by_the_letter_and_the_digits_typed(written: Program) -> None:
    for number in range(15):
        written.ok("ask", "ken", f"Question {number}")

    assert offered(written, "show", "")[0] == "q17"
    assert set(offered(written, "show", "")) > {"p1", "m1", "a1", "i1"}
    assert offered(written, "show", "q1") == [
        "q17",
        "q16",
        "q15",
        "q14",
        "q13",
        "q12",
        "q11",
        "q10",
        "q1",
    ]
    assert offered(written, "delete", "Q17") == ["q17"]
    assert offered(written, "show", "q0") == offered(written, "show", "x") == []
    assert "a1\tSend the list" in asked(written, "edit", "a")


def test_topics_are_those_of_the_latest_meetings_newest_first(written: Program) -> None:
    written.ok("meet", "ken", "--topic", "saying no", "--topic", "reading", "--on", "2026-11-20")
    written.ok("meet", "ken", "--topic", "目標の立て方", "--on", "2026-11-21")

    assert offered(written, "meet", "--topic", "") == ["目標の立て方", "saying no", "reading"]
    assert offered(written, "meet", "aya sato", "--topic", "") == ["reading"]


def test_the_notes_of_a_meeting_are_never_shown(written: Program) -> None:
    assert not [line for line in asked(written, "show", "m") if "tired" in line]


# A journal that cannot be read now --------------------------------------------------------------------


def damage(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes()[:1024] + b"\x00\xff" * 9000)


def make_newer(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as opened:
        opened.execute("PRAGMA user_version=999")


def make_foreign(journal: Path) -> None:
    journal.write_text("Dear diary, a name such as Aya")


def make_empty(journal: Path) -> None:
    journal.write_bytes(b"")


@pytest.mark.parametrize("spoil", [damage, make_newer, make_foreign, make_empty])
def test_nothing_is_offered_of_a_journal_that_cannot_be_read_and_nothing_said(
    written: Program, spoil: Callable[[Path], None]
) -> None:
    spoil(written.journal)
    before = written.journal.read_bytes()

    assert asked(written, "meet", "") == asked(written, "meet", "--topic", "") == []
    assert asked(written, "show", "") == asked(written, "action", "done", "") == []
    assert written.journal.read_bytes() == before


def test_a_journal_that_is_being_written_to_is_not_waited_for(written: Program) -> None:
    """With the time-out as it is, a command would wait for ten seconds and say so."""
    with closing(sqlite3.connect(written.journal, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert asked(written, "meet", "") == []


def test_a_write_that_was_cut_off_is_left_to_a_command(written: Program) -> None:
    beside = written.journal.with_name("journal.db-journal")
    beside.write_bytes(b"half a write")

    assert asked(written, "meet", "") == []
    assert beside.read_bytes() == b"half a write"


def test_a_journal_of_an_older_schema_is_read_as_far_as_it_goes_and_not_brought_up_to_date(
    mentorlog: Program,
) -> None:
    mentorlog.journal.parent.mkdir(parents=True)
    shutil.copy(OLDEST, mentorlog.journal)
    before = mentorlog.journal.read_bytes()

    assert offered(mentorlog, "meet", "") != []
    assert offered(mentorlog, "goal", "show", "") == []
    assert mentorlog.journal.read_bytes() == before


def test_a_setting_that_is_wrong_is_not_complained_about(mentorlog: Program) -> None:
    mentorlog.language = "fr"

    assert asked(mentorlog, "meet", "") == []


def test_nothing_that_is_being_typed_is_run(written: Program) -> None:
    before = written.journal.read_bytes()

    for words in (["delete", "m1", "--yes", ""], ["undo", ""], ["forget", "aya", "--yes", ""]):
        asked(written, *words)

    assert written.journal.read_bytes() == before


def test_a_script_that_is_not_answered_as_one_shows_the_help_and_runs_nothing(
    written: Program,
) -> None:
    """As where `sudo` drops the variable: the words come by standard input, so none is a command."""
    before = written.journal.read_bytes()

    answer = written(stdin="undo\x00\x00")

    assert answer.out.startswith("Usage: mentorlog")
    assert written.journal.read_bytes() == before


def test_an_unknown_shell_is_answered_nothing(mentorlog: Program) -> None:
    answer = mentorlog(stdin="\x00", environment={"_MENTORLOG_COMPLETE": "tcsh"})

    assert (answer.code, answer.out, answer.err) == (0, "", "")


# What bash needs ---------------------------------------------------------------------------------------


def test_bash_is_given_what_it_puts_in_the_place_of_the_part_it_knows(written: Program) -> None:
    assert asked_by_bash(written, "mentorlog meet --via=on", "on") == ["words", "online"]
    assert asked_by_bash(written, "mentorlog meet --via=", "")[1:] == [
        "in-person",
        "online",
        "phone",
        "chat",
    ]
    assert asked_by_bash(written, "mentorlog meet Aya", "Aya")[1:] == ["Aya\\ Sato", "Ayako\\ Mori"]
    assert asked_by_bash(written, 'mentorlog meet "Aya S', "Aya S") == ["words", "Aya Sato"]
    assert asked_by_bash(written, "mentorlog meet Aya\\ S", "Aya\\ S") == ["words", "Aya\\ Sato"]


def test_bash_is_shown_what_candidates_say_only_where_it_puts_none_in(written: Program) -> None:
    listed = asked_by_bash(written, "mentorlog action done a", "a", why="63")
    put_in = asked_by_bash(written, "mentorlog action done a", "a")

    assert listed[1:] == ["a4  Write to her", "a3  Read every morning", "a2  Read it"]
    assert put_in[1:] == ["a4", "a3", "a2"]


@pytest.mark.parametrize(
    ("line", "words", "quote"),
    [
        ("", [""], ""),
        ("meet  Aya ", ["meet", "Aya", ""], ""),
        ("meet Aya\\ S", ["meet", "Aya S"], ""),
        ("meet 'Aya S", ["meet", "Aya S"], "'"),
        ('"a \\"b" c\'d', ['a "b', "cd"], "'"),
        ("'a\\' b", ["a\\", "b"], ""),
        ("a '' b", ["a", "", "b"], ""),
    ],
)
def test_a_line_is_read_as_a_shell_reads_it(line: str, words: list[str], quote: str) -> None:
    assert split(line) == (words, quote)
