"""What goes wrong is said in one line, in the user's language, and changes nothing."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

if TYPE_CHECKING:
    from tests.conftest import Program, Result
    from tests.proofs import Proved

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Words of English sentences; those of a command to type are none of these.
ENGLISH = re.compile(r"\b(the|is|are|there|There|cannot|See|These|Type|Say|Give|to|of|or|and)\b")

COULD_NOT, WRONG_LINE, CANNOT_CREATE, IO_FAILED = 1, 2, 73, 74

# Words of the journal, which no refusal may repeat.
PRIVATE = (
    "Chose",
    "tired",
    "Send the list",
    "morning",
    "And then",
    "lead?",
    "Write to",
    "was sent",
)

# What Typer refuses by itself: every one of its errors that a command line of ours can provoke.
OF_TYPER: list[tuple[list[str], str]] = [
    (["meet", "--bogus"], "no option “--bogus”. See: mentorlog meet --help"),
    (["meet", "--sumary", "x"], "--summary? See: mentorlog meet --help"),
    (["log", "-z"], "no option “-z”"),
    (["-z"], "no option “-z”"),
    (["status", "--bogus=3"], "no option “--bogus”"),
    (
        ["log", "--limit"],
        "--limit needs a value after it, or takes none. See: mentorlog log --help",
    ),
    (["log", "--lang"], "--lang needs a value after it"),
    (["log", "-p"], "-p needs a value after it"),
    (["status", "--json=3"], "--json"),
    (["show"], "RECORD is missing. See: mentorlog show --help"),
    (["config", "set", "term"], "VALUE is missing. See: mentorlog config set --help"),
    (["pair", "start", "Mei"], "--as is missing. See: mentorlog pair start --help"),
    (["log", "--limit", "many"], "--limit takes a whole number from 1 to 1000000"),
    (["log", "--limit", "1.5"], "--limit takes a whole number from 1 to 1000000"),
    (["log", "--limit", "0"], "--limit takes a whole number from 1 to 1000000"),
    (["history", "--limit", "-1"], "--limit takes a whole number from 1 to 1000000"),
    (["log", "--limit", "1000001"], "--limit takes a whole number from 1 to 1000000"),
    (
        ["undo", "twice"],
        "There are more words than this command takes. A text of several words goes in quotes.",
    ),
    (
        ["log", "aya", "two words", "three"],
        "There are more words than this command takes. A text of several words goes in quotes.",
    ),
    (["pair"], "A command is missing. See: mentorlog pair --help"),
    (["config"], "A command is missing. See: mentorlog config --help"),
]

# What the program refuses: the line, its exit code, and what the sentence says in English.
OF_OURS: list[tuple[list[str], int, str]] = [
    (["bogus"], WRONG_LINE, "no command bogus. See: mentorlog --help"),
    (["stauts"], WRONG_LINE, "Did you mean: mentorlog status"),
    (["pair", "strat"], WRONG_LINE, "Did you mean: mentorlog pair start"),
    (["", "x"], WRONG_LINE, "See: mentorlog --help"),
    (["--lang", "fr", "status"], WRONG_LINE, "Languages: en, ja"),
    (["status", "--lang=fr"], WRONG_LINE, "Languages: en, ja"),
    # Pairs
    (["prep", "Nobody"], COULD_NOT, "mentorlog pair list"),
    (["log", "Nobody"], COULD_NOT, "mentorlog pair list"),
    (["pair", "show", "p9"], COULD_NOT, "mentorlog pair list"),
    (["action", "list", "--pair", ""], COULD_NOT, "mentorlog pair list"),
    (["export", "Nobody"], COULD_NOT, "mentorlog pair list"),
    (["prep", "ay"], COULD_NOT, "Aya Sato (p1), Ayako Mori (p2)"),
    (["ask", "aya", "Why?"], COULD_NOT, "Aya Sato (p1), Ayako Mori (p2)"),
    (["prep"], COULD_NOT, "There are several pairs. Say which"),
    (["meet", "--summary", "s"], COULD_NOT, "There are several pairs. Say which"),
    (["meet", "Mei", "--summary", "s"], WRONG_LINE, "--as mentor, or --as mentee"),
    (["meet", "ke", "--as", "mentee", "--summary", "s"], WRONG_LINE, "Ayako Mori (p2)"),
    (["meet", "ken", "--as", "mentor", "--summary", "s"], WRONG_LINE, "you are the mentee"),
    (["meet", "Mei", "--as", "boss", "--summary", "s"], WRONG_LINE, "mentor, mentee"),
    (["meet", "", "--as", "mentor", "--summary", "s"], WRONG_LINE, "cannot be empty"),
    (["pair", "start", "KEN", "--as", "mentor"], COULD_NOT, "the name of p2 already"),
    (["pair", "start", "Mei", "--as", "mentor", "--alias", "aya sato"], COULD_NOT, "p1 already"),
    (["pair", "edit", "ken", "--name", "ＡＹＡ sato"], COULD_NOT, "the name of p1 already"),
    (["pair", "start", " ", "--as", "mentor"], WRONG_LINE, "cannot be empty"),
    (["pair", "start", "a\nb", "--as", "mentor"], WRONG_LINE, "on one line"),
    (["pair", "edit", "ken", "--name", ""], WRONG_LINE, "cannot be empty"),
    (["pair", "edit", "ken", "--term-ends", "2026-11-15"], WRONG_LINE, "not after the day"),
    (["pair", "start", "p2", "--as", "mentor"], WRONG_LINE, "“p2” looks like the id of a record"),
    (["meet", "m12", "--as", "mentor", "--notes", "x"], WRONG_LINE, "another word for partner"),
    (["pair", "edit", "ken", "--alias", "p1"], WRONG_LINE, "another word for alias"),
    (["prep", "ken", "-p", "Aya Sato"], WRONG_LINE, "Two pairs are named: Aya Sato and ken."),
    (["log", "ken", "-p", "p1"], WRONG_LINE, "Two pairs are named: p1 and ken. Name one."),
    (["action", "list", "p1", "-p", "p2"], WRONG_LINE, "Two pairs are named: p2 and p1."),
    (["pair", "show", "p1", "-p", "p2"], WRONG_LINE, "Two pairs are named: p2 and p1."),
    (["export", "p1", "-p", "p2"], WRONG_LINE, "Two pairs are named: p2 and p1."),
    # Dates, times and spans
    (["log", "--since", "03/04/2026"], WRONG_LINE, "2026-03-04, 2026-04-03"),
    (["log", "--since", "soon"], WRONG_LINE, "These work: 2026-11-22, today"),
    (["log", "--until", ""], WRONG_LINE, "These work:"),
    (["ask", "ken", "Why?", "--on", "2026-02-30"], WRONG_LINE, "no such day"),
    (["insight", "ken", "So", "--on", "Mon 22 Nov 2026"], WRONG_LINE, "weekday"),
    (["meet", "ken", "--summary", "s", "--on", "9999-99-99"], WRONG_LINE, "no such day"),
    (["meet", "ken", "--summary", "s", "--next", "yesterday"], WRONG_LINE, "not after the meeting"),
    (["meet", "ken", "--action", "Go due:whenever"], WRONG_LINE, "These work:"),
    (["action", "add", "ken", "Go due:fri due:sat"], WRONG_LINE, "more than one “due:”"),
    (["action", "add", "ken", "Go due:fri", "--due", "fri"], WRONG_LINE, "in the text and a --due"),
    (["action", "add", "ken", "Go", "--due", "11/12/26"], WRONG_LINE, "These work:"),
    (["action", "done", "a4", "--on", "+9999y"], WRONG_LINE, "no such day"),
    (["meet", "ken", "--summary", "s", "--at", "25:00"], WRONG_LINE, "14:30"),
    (["pair", "start", "Mei", "--as", "mentor", "--term", "long"], WRONG_LINE, "6m"),
    (["pair", "start", "Mei", "--as", "mentor", "--term", "0d"], WRONG_LINE, "“0d” will not do"),
    (["config", "set", "term", "9999y"], WRONG_LINE, "a day or more, within the calendar."),
    (["pair", "edit", "ken", "--cadence", "seldom"], WRONG_LINE, "weekly"),
    # Numbers and words
    (["meet", "ken", "--summary", "s", "--minutes", "0"], WRONG_LINE, "from 1 to 1440"),
    (["meet", "ken", "--summary", "s", "--minutes", "an hour"], WRONG_LINE, "from 1 to 1440"),
    (["meet", "ken", "--pulse", "5"], WRONG_LINE, "from 1 to 4"),
    (["assess", "ken", "--learning", "9"], WRONG_LINE, "from 1 to 5"),
    (["meet", "ken", "--summary", "s", "--via", "pigeon"], WRONG_LINE, "in-person, online"),
    (["action", "add", "ken", "Go", "--owner", "them"], WRONG_LINE, "me, partner"),
    (["insight", "ken", "So", "--benefit", "fun"], WRONG_LINE, "self-efficacy"),
    (["log", "--kind", "meetings"], WRONG_LINE, "meeting"),
    (["edit", "a4", "--set", "is_advice=perhaps"], WRONG_LINE, "yes or no"),
    (["edit", "q2", "--set", "state=closed"], WRONG_LINE, "open, raised, dropped"),
    (["edit", "q2", "--set", "text="], WRONG_LINE, "cannot be empty"),
    (
        ["edit", "q2", "--set", "held_on=today"],
        WRONG_LINE,
        "no field held_on to set in: question. Fields: text, state",
    ),
    (
        ["edit", "q2", "--set", "pair=p1"],
        WRONG_LINE,
        "no field pair to set in: question. Fields: text, state",
    ),
    (["edit", "q2", "--set", "text"], WRONG_LINE, "FIELD=VALUE"),
    (["edit", "q2"], WRONG_LINE, "mentorlog edit q2 --set text=…"),
    (["edit", "q2", "--set", "raised_in=a4"], COULD_NOT, "no meeting “a4”"),
    (["edit", "q2", "--set", "raised_in=m9"], COULD_NOT, "no meeting “m9”"),
    # Ids
    (["show", "x9"], COULD_NOT, "“x9” is not a record's id"),
    (["show", "12"], COULD_NOT, "“12” is not a record's id"),
    (["show", ""], COULD_NOT, "is not a record's id"),
    (["show", "m0"], COULD_NOT, "“m0”"),
    (["show", "m1", "m99"], COULD_NOT, "no meeting “m99”"),
    (["show", "m99999999999999999999"], COULD_NOT, "is not a record's id"),
    (["delete", "a99"], COULD_NOT, "no action “a99”"),
    (["action", "done", "m1"], COULD_NOT, "no action “m1”"),
    (["action", "told", "q1", "So"], COULD_NOT, "no action “q1”"),
    (["feedback", "change", "f9", "So"], COULD_NOT, "no feedback “f9”"),
    (["insight", "ken", "So", "--meeting", "a4"], COULD_NOT, "no meeting “a4”"),
    (["meet", "ken", "--done", "q2"], COULD_NOT, "no action “q2”"),
    (["meet", "ken", "--answer", "a4=Yes"], COULD_NOT, "no question “a4”"),
    (["meet", "ken", "--done", "a2"], COULD_NOT, "a2 belongs to another pair"),
    (["insight", "ken", "So", "--meeting", "m1"], COULD_NOT, "m1 belongs to another pair"),
    (["action", "told", "a3", "So", "--meeting", "m9"], COULD_NOT, "no meeting “m9”"),
    (["meet", "ken", "--told", "a3"], WRONG_LINE, "ID=TEXT"),
    (["meet", "ken", "--answer", "q2= "], WRONG_LINE, "ID=TEXT"),
    # Moves that a record refuses
    (["action", "done", "a1"], COULD_NOT, "mentorlog action reopen a1"),
    (["action", "drop", "a1"], COULD_NOT, "mentorlog action reopen a1"),
    (["action", "reopen", "a4"], COULD_NOT, "a4 is open already"),
    (["action", "told", "a4", "So"], COULD_NOT, "mentorlog action done a4"),
    (["action", "done", "a4", "a4"], WRONG_LINE, "named twice"),
    (["action", "done", "a4", "A4"], WRONG_LINE, "named twice"),
    (["meet", "Aya Sato", "--done", "a1"], COULD_NOT, "mentorlog action reopen a1"),
    (["meet", "ken", "--told", "a4=So"], COULD_NOT, "a4 is no advice"),
    (["redo"], COULD_NOT, "nothing to redo. A new write ends"),
    (["delete", "p1"], WRONG_LINE, "add --yes"),
    # Nothing to say
    (["meet", "ken"], WRONG_LINE, "nothing to record yet"),
    (["meet", "ken", "--on", "yesterday", "--share"], WRONG_LINE, "nothing to record yet"),
    (["meet", "ken", "--notes", "-"], WRONG_LINE, "nothing to record yet"),
    (["meet", "ken", "--edit"], WRONG_LINE, "--edit needs a terminal"),
    (["ask", "--edit", "ken"], WRONG_LINE, "--edit needs a terminal"),
    (["meet", "ken", "--summary", ""], WRONG_LINE, "--summary cannot be empty"),
    (["ask", "Aya Sato"], WRONG_LINE, "The text is missing"),
    (["insight", "KEN"], WRONG_LINE, "The text is missing"),
    (["action", "add", "p2"], WRONG_LINE, "The text is missing"),
    (["ask", "ken", ""], WRONG_LINE, "The text is missing"),
    (["insight", "-p", "ken"], WRONG_LINE, "The text is missing"),
    (["feedback", "give", "ken"], WRONG_LINE, "The text is missing"),
    (["strength", "add"], WRONG_LINE, "The text is missing"),
    (["strength", "list", "--offered", "--wanted"], WRONG_LINE, "--wanted, not both"),
    (["assess", "ken"], WRONG_LINE, "mentorlog assess --communication 4"),
    (["action", "add", "ken", "-"], WRONG_LINE, "The text is missing"),
    (["ask", "ken", "two", "words"], WRONG_LINE, "in quotes"),
    # Settings
    (["config", "get", "colour"], WRONG_LINE, "Settings: language, journal"),
    (["config", "set", "colour", "red"], WRONG_LINE, "Settings: language, journal"),
    (["config", "unset", "colour"], WRONG_LINE, "Settings: language, journal"),
    (["config", "set", "language", "fr"], WRONG_LINE, "for language: en"),
    (["config", "set", "journal", ""], WRONG_LINE, "journal cannot be empty"),
    (["config", "set", "log_limit", "0"], WRONG_LINE, "from 1 to 1000000"),
    (["config", "set", "term", "for ever"], WRONG_LINE, "6m"),
    # Handing on
    (["export", "ken", "--for", "boss"], WRONG_LINE, "me, partner, programme"),
    (["export", "ken", "--format", "docx"], WRONG_LINE, "markdown"),
    (["export", "ken", "-o", "/dev/null/x.md"], CANNOT_CREATE, "/dev/null/x.md"),
    (["export", "ken", "-o", "/"], CANNOT_CREATE, "/"),
]


# Those of Typer's errors that no line of ours can provoke: no option takes several values or a file,
# no command shows its help when nothing follows it.
NEVER_OURS = {"BadArgumentUsage", "NoArgsIsHelpError", "FileError"}


def lines(cases: Sequence[tuple[Any, ...]]) -> list[str]:
    return [" ".join(case[0]) for case in cases]


def check_one_line(result: Result, code: int) -> None:
    """Check that a refusal is one line on standard error and nothing else."""
    assert (result.code, result.out) == (code, ""), result
    assert result.err.startswith("mentorlog: ")
    assert result.err.endswith("\n")
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err
    assert "fault of the program" not in result.err


def check_is_japanese(result: Result) -> None:
    """Check that nothing of an English sentence is left, but for what was typed, in quotes."""
    sentence = re.sub(r"“[^”]*”|「[^」]*」|mentorlog: ", "", result.err)
    assert JAPANESE.search(sentence)
    assert "Error:" not in sentence
    assert "Usage:" not in sentence
    assert ENGLISH.findall(sentence) == []


@pytest.mark.parametrize(("words", "says"), OF_TYPER, ids=lines(OF_TYPER))
def test_a_line_that_typer_refuses_is_one_sentence_of_ours(
    written: Program, words: list[str], says: str
) -> None:
    before = written.journal.read_bytes()

    refused = written(*words)

    check_one_line(refused, WRONG_LINE)
    assert says in refused.err
    assert re.search(r"See: mentorlog( \w+)* --help\n", refused.err)
    assert written.journal.read_bytes() == before


def test_every_error_of_typers_is_known_here() -> None:
    def below(error: type[object]) -> list[str]:
        return [name for each in error.__subclasses__() for name in (each.__name__, *below(each))]

    usage_error = typer.BadParameter.__base__
    assert usage_error is not None
    assert usage_error.__base__ is not None

    known = {"UsageError", "BadParameter", "MissingParameter", "NoSuchOption", "BadOptionUsage"}
    assert set(below(usage_error.__base__)) == known | NEVER_OURS, "provoke it in OF_TYPER"


@pytest.mark.parametrize(("words", "code", "says"), OF_OURS, ids=lines(OF_OURS))
def test_a_refusal_is_one_line_that_says_what_to_type_and_changes_nothing(
    written: Program, words: list[str], code: int, says: str
) -> None:
    before = written.journal.read_bytes()

    refused = written(*words)

    check_one_line(refused, code)
    assert says in refused.err
    assert [word for word in PRIVATE if word in refused.err] == []
    assert written.journal.read_bytes() == before
    assert sorted(path.name for path in written.journal.parent.iterdir()) == ["journal.db"]


@pytest.mark.parametrize("words", [case[0] for case in (*OF_TYPER, *OF_OURS)], ids=" ".join)
def test_a_refusal_is_japanese_in_japanese(written: Program, words: list[str]) -> None:
    written.language = "ja"

    refused = written(*words)

    assert (refused.out, refused.err.count("\n")) == ("", 1)
    check_is_japanese(refused)


@pytest.mark.parametrize(
    "words",
    [
        ["show", "m99"],
        ["prep", "Nobody"],
        ["log", "--since", "soon"],
        ["meet", "ken"],
        ["undo", "twice"],
        ["config", "get", "colour"],
        ["delete", "p1"],
    ],
    ids=" ".join,
)
def test_a_refusal_with_json_keeps_standard_output_empty(
    written: Program, words: list[str]
) -> None:
    plain = written(*words)

    refused = written(*words, "--json")

    check_one_line(refused, plain.code)
    assert refused.err == plain.err


def test_what_is_closed_stays_as_it_was(written: Program) -> None:
    written.ok("meet", "ken", "--answer", "q2=By listening", "--done", "a4")
    written.ok("action", "drop", "a3")
    before = written.journal.read_bytes()

    refused = {
        " ".join(words): written(*words)
        for words in (
            ["meet", "ken", "--answer", "q2=Again"],
            ["action", "told", "a3", "So"],
            ["action", "done", "a3"],
            ["meet", "ken", "--done", "a4", "--action", "Another"],
        )
    }

    for result in refused.values():
        check_one_line(result, COULD_NOT)
    assert "mentorlog show q2" in refused["meet ken --answer q2=Again"].err
    assert written.journal.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [["undo"], ["redo"], ["prep"], ["show", "m1"], ["ask", "Why?"], ["meet", "--notes", "x"]],
    ids=" ".join,
)
def test_without_a_journal_a_refusal_makes_none(mentorlog: Program, words: list[str]) -> None:
    refused = mentorlog(*words)

    check_one_line(refused, COULD_NOT)
    assert not mentorlog.journal.exists()


# The journal -------------------------------------------------------------------------------------


def _foreign(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute("CREATE TABLE other (x)")


def _newer(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute(f"PRAGMA application_id={0x4D4C4F47}")
        connection.execute("PRAGMA user_version=99")


def _text(journal: Path) -> None:
    journal.write_text("Dear diary, this is no database at all.\n" * 10)


def _hard_link(journal: Path) -> None:
    _newer(journal)
    journal.with_name("second").hardlink_to(journal)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_foreign, "is not a mentorlog journal and was left untouched"),
        (_newer, "newer mentorlog and was left untouched"),
        (_text, "is not a mentorlog journal and was left untouched"),
        (_hard_link, "a second name"),
    ],
)
@pytest.mark.parametrize(
    "words",
    [["log"], ["status", "--short"], ["meet", "Mei", "--as", "mentor", "--notes", "x"]],
    ids=" ".join,
)
def test_a_journal_that_is_none_of_ours_is_refused_untouched(
    mentorlog: Program, make: Callable[[Path], None], says: str, words: list[str]
) -> None:
    mentorlog.journal.parent.mkdir(parents=True)
    make(mentorlog.journal)
    before = mentorlog.journal.read_bytes()

    refused = mentorlog(*words)

    check_one_line(refused, COULD_NOT)
    assert says in refused.err
    assert str(mentorlog.journal) in refused.err
    assert mentorlog.journal.read_bytes() == before


@pytest.mark.proofs(7)
def test_a_missing_an_unreadable_an_empty_and_a_foreign_journal_are_told_apart(
    mentorlog: Program, proved: Proved
) -> None:
    """Fails when `file.exists` takes a file that cannot be looked at for one that is not there."""
    folder = mentorlog.home / "folder"
    folder.mkdir()
    nothing_in_it = mentorlog.home / "empty.db"
    nothing_in_it.touch()
    circle = mentorlog.home / "circle.db"  # links that lead nowhere: even root cannot read it
    circle.symlink_to(circle)
    text = mentorlog.home / "text.db"
    _text(text)

    missing = mentorlog("log")
    a_folder = mentorlog("log", environment={"MENTORLOG_DB": str(folder)})
    unreadable = mentorlog("log", environment={"MENTORLOG_DB": str(circle)})
    empty = mentorlog("log", environment={"MENTORLOG_DB": str(nothing_in_it)})
    foreign = mentorlog("log", environment={"MENTORLOG_DB": str(text)})

    told = [missing, empty, unreadable, a_folder, foreign]
    assert (missing.code, missing.out) == (0, "")
    assert (empty.code, empty.out) == (0, "")
    assert empty.err.startswith(f"The journal {nothing_in_it} is empty.")
    assert "mentorlog doctor" in empty.err
    check_one_line(a_folder, COULD_NOT)
    check_one_line(foreign, COULD_NOT)
    check_one_line(unreadable, IO_FAILED)
    assert len({each.err for each in told}) == len(told)
    proved("a missing, an empty, an unreadable and a foreign journal, and a folder: 5 messages")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_journal_of_somebody_else_is_unreadable(written: Program) -> None:
    written.journal.chmod(0)

    refused = written("log")

    check_one_line(refused, IO_FAILED)


def test_a_journal_that_cannot_be_made_is_refused_with_its_place(mentorlog: Program) -> None:
    place = {"MENTORLOG_DB": "/dev/null/journal.db"}

    refused = mentorlog("meet", "Mei", "--as", "mentor", "--notes", "x", environment=place)

    check_one_line(refused, refused.code)
    assert refused.code in {CANNOT_CREATE, IO_FAILED}
    assert "/dev/null" in refused.err


READING_A_MEETING = [["show", "m1"], ["log", "--json"], ["prep", "Aya Sato"]]


@pytest.mark.parametrize("words", READING_A_MEETING, ids=" ".join)
@pytest.mark.parametrize(
    "damage",
    ["topics = '[no JSON: Was tired]'", "held_on = 'Was tired'", "created_at = 'Was tired'"],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_damaged_record_is_named_by_its_id_alone(
    written: Program, words: list[str], damage: str, language: str
) -> None:
    with closing(sqlite3.connect(written.journal)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute(f"UPDATE meeting SET {damage}")
        connection.commit()
    before = written.journal.read_bytes()
    written.language = language

    refused = written(*words)

    check_one_line(refused, COULD_NOT)
    if language == "ja":
        check_is_japanese(refused)
        assert "m1" in refused.err
    else:
        assert refused.err == (
            "mentorlog: m1 holds what no meeting can. Keep a copy of the journal and see:"
            " mentorlog history\n"
        )
    assert [word for word in PRIVATE if word in refused.err] == []
    assert written.journal.read_bytes() == before
    assert [path.name for path in written.journal.parent.iterdir()] == ["journal.db"]


@pytest.mark.proofs(13)
@pytest.mark.parametrize("words", READING_A_MEETING, ids=" ".join)
def test_a_fault_of_the_program_leaves_a_report_without_a_word_of_the_journal(
    written: Program, proved: Proved, words: list[str]
) -> None:
    """Another program has put a view in a table's place; SQLite's message has private words in it.

    Fails when the report has the message of the exception.
    """
    with closing(sqlite3.connect(written.journal)) as connection:
        connection.execute("PRAGMA legacy_alter_table=ON")
        connection.execute("ALTER TABLE meeting RENAME TO kept")
        connection.execute("CREATE VIEW meeting AS SELECT *, kept.[Was tired] FROM kept")
        connection.commit()
        with pytest.raises(sqlite3.OperationalError, match=r"no such column: .*Was tired"):
            connection.execute("SELECT * FROM meeting")

    failed = written(*words, environment={"TMPDIR": str(written.home)})

    (report,) = written.journal.parent.glob("fault-*")
    assert (failed.code, failed.out, failed.err.count("\n")) == (70, "", 1)
    assert failed.err == (
        "mentorlog: This is a fault of the program, not yours. What was kept before it: mentorlog"
        f" history. A report without any of your text is in {report}\n"
    )
    assert "fault: OperationalError\n" in report.read_text()
    assert [word for word in PRIVATE if word in failed.err + report.read_text()] == []
    assert report.stat().st_mode & 0o077 == 0
    proved(
        f"`{' '.join(words)}` with a fault whose message is private: none of it told or reported"
    )


# The world around --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value", "words", "says"),
    [
        ("MENTORLOG_LANG", "fr", ["log"], "MENTORLOG_LANG: en, ja"),
        ("MENTORLOG_LANG", "fr", ["--version"], "MENTORLOG_LANG: en, ja"),
        ("MENTORLOG_TODAY", "nonsense", ["status"], "MENTORLOG_TODAY"),
        ("MENTORLOG_TODAY", "nonsense", ["ask", "ken", "Why?"], "MENTORLOG_TODAY"),
        ("MENTORLOG_TODAY", "03/04/2026", ["prep", "ken"], "MENTORLOG_TODAY"),
        ("MENTORLOG_TERM", "x", ["meet", "M", "--as", "mentor", "--notes", "x"], "MENTORLOG_TERM"),
        ("MENTORLOG_CADENCE", "x", ["pair", "start", "M", "--as", "mentor"], "MENTORLOG_CADENCE"),
    ],
)
def test_a_wrong_variable_is_named(
    written: Program, variable: str, value: str, words: list[str], says: str
) -> None:
    before = written.journal.read_bytes()

    refused = written(*words, environment={variable: value})

    check_one_line(refused, WRONG_LINE)
    assert f"“{value}”" in refused.err
    assert says in refused.err
    assert written.journal.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"language = ", b"=", b"\xff\xfe", b"[language", b"a = 1\na = 2\n"],
    ids=["cut off", "nothing", "no text", "no table", "twice"],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_settings_that_cannot_be_read_are_named_with_their_file(
    written: Program, content: bytes, language: str
) -> None:
    settings = written.home / "config" / "mentorlog" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_bytes(content)
    environment = written.environment | {"LANG": language}
    environment["MENTORLOG_LANG"] = ""

    refused = written("log", environment=environment)
    writing = written("config", "set", "cadence", "1w", environment=environment)

    for result in (refused, writing):
        check_one_line(result, COULD_NOT)
        assert str(settings) in result.err
        assert bool(JAPANESE.search(result.err)) == (language == "ja")
    assert settings.read_bytes() == content


def test_a_wrong_setting_is_named_and_can_be_mended(written: Program) -> None:
    settings = written.home / "config" / "mentorlog" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "klingon"\n')
    environment = {"MENTORLOG_LANG": ""}

    refused = written("log", environment=environment)
    listed = written("config", "list", environment=environment)
    mended = written("config", "set", "language", "en", environment=environment)

    check_one_line(refused, WRONG_LINE)
    assert "“klingon”" in refused.err
    assert "language = klingon  (file)" in listed.out
    assert "“klingon”" in listed.out + listed.err
    assert (listed.code, mended.code) == (0, 0)
    assert settings.read_text() == 'language = "en"\n'
