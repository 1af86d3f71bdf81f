"""`--json`: one value on standard output, the names and codes of the design, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import typer

from mentorlog.cli.app import COMMANDS, root
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import shapes

if TYPE_CHECKING:
    from tests.conftest import Program

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_ID = re.compile(r"[a-z][1-9]\d*")
_UID = re.compile(r"[0-9a-f]{32}")


class Case(NamedTuple):
    """A command line and what its JSON is.

    `gives` is a kind for a record, "[kind]" for records, "document NAME", or a name of OTHERS.
    """

    words: list[str]
    gives: str


DIARY = str(Path(__file__).with_name("diary.txt"))

# A journal of the first schema, as a backup to be restored.
RELEASED = str(Path(__file__).parent.parent / "storage" / "journals" / "schema-1.db")

# Every command with at least one line; what it writes is thrown away after.
CASES: dict[str, list[Case]] = {
    "meet": [
        Case(["meet", "ken", "--summary", "s", "--insight", "i", "--done", "a4"], "held"),
        Case(["meet", "Mei", "--as", "mentee", "--advice", "Rest due:fri", "--share"], "held"),
    ],
    "prep": [Case(["prep", "aya"], "document prep"), Case(["prep", "ken"], "document prep")],
    "ask": [Case(["ask", "ken", "Why?"], "question")],
    "insight": [Case(["insight", "aya", "So it is", "--benefit", "self-efficacy"], "insight")],
    "reflect": [
        Case(["reflect", "ken", "--form", "kpt", "--answer", "keep=This"], "reflection"),
        Case(["reflect", "--goal", "g1", "--answer", "will=Ask"], "reflection"),
    ],
    "review": [
        Case(["review", "ken"], "document review"),
        Case(["review", "ken", "--decision", "continue", "--rate", "g1=1"], "reviewed"),
        Case(["review", "ken", "--stuck", "--answer", "consult=Ines"], "reviewed"),
    ],
    "report": [
        Case(["report"], "document report"),
        Case(["report", "ken"], "document report"),
        Case(["report", "ken", "--evidence", "--since", "2026-11-01"], "document report"),
    ],
    "status": [
        Case(["status"], "document status"),
        Case(["status", "--short"], "document status"),
    ],
    "pair start": [
        Case(["pair", "start", "Mei", "--as", "mentor", "--via", "phone"], "pair"),
        Case(["pair", "start", "Mei", "--as", "mentor", "--after", "ken"], "pair taking"),
    ],
    "pair list": [Case(["pair", "list"], "[pair]")],
    "pair show": [
        Case(["pair", "show", "ken"], "pair agreed"),
        Case(["pair", "show", "aya"], "pair agreed"),
    ],
    "pair edit": [Case(["pair", "edit", "ken", "--minutes", "30"], "pair")],
    "pair agree": [
        Case(["pair", "agree", "ken", "--boundaries", "None", "--term", "3m"], "pair agreed"),
    ],
    "pair pause": [
        Case(["pair", "pause", "ken", "--until", "+6w"], "pair writing"),
        Case(["pair", "pause", "ken", "--on", "-8d", "--until", "yesterday"], "pair writing"),
    ],
    "pair resume": [Case(["pair", "resume", "aya"], "pair")],
    "pair extend": [Case(["pair", "extend", "ken", "--by", "3m"], "pair")],
    "pair shorten": [Case(["pair", "shorten", "ken", "--to", "+3w"], "pair writing")],
    "pair end": [Case(["pair", "end", "ken", "--because", "mismatch"], "pair writing")],
    "action add": [Case(["action", "add", "ken", "Call", "--due", "+1w", "--advice"], "action")],
    "action list": [
        Case(["action", "list"], "[action]"),
        Case(["action", "list", "aya", "--all", "--limit", "1"], "[action]"),
    ],
    "action done": [
        Case(["action", "done", "a2"], "action"),
        Case(["action", "done", "a2", "a4", "--on", "yesterday"], "[action]"),
    ],
    "action drop": [Case(["action", "drop", "a2"], "action")],
    "action reopen": [Case(["action", "reopen", "a1"], "action")],
    "action told": [Case(["action", "told", "a3", "It worked", "--meeting", "m1"], "action")],
    "feedback give": [
        Case(["feedback", "give", "ken", "Well asked", "--on", "yesterday", "--share"], "feedback")
    ],
    "feedback receive": [
        Case(["feedback", "receive", "aya", "Too long", "--will-change", "Ask first"], "feedback")
    ],
    "feedback change": [
        Case(["feedback", "change", "f1", "I do"], "feedback"),
        Case(["feedback", "change", "f1", "--will", "Breathe"], "feedback"),
    ],
    "feedback list": [
        Case(["feedback", "list"], "[feedback]"),
        Case(["feedback", "list", "ken", "--all", "--limit", "1"], "[feedback]"),
    ],
    "strength add": [Case(["strength", "add", "Drawing", "--wanted"], "strength")],
    "strength list": [
        Case(["strength", "list"], "[strength]"),
        Case(["strength", "list", "--wanted"], "[nothing]"),
    ],
    "assess": [Case(["assess", "ken", "--privacy", "4", "--on", "yesterday"], "assessment")],
    "goal set": [
        Case(["goal", "set", "aya", "Read", "--target", "-2.5", "--due", "+3m", "--share"], "goal")
    ],
    "goal list": [
        Case(["goal", "list"], "[goal]"),
        Case(["goal", "list", "aya", "--all"], "[nothing]"),
    ],
    "goal show": [Case(["goal", "show", "g1"], "measured goal")],
    "goal measure": [Case(["goal", "measure", "g1", "-3", "--on", "yesterday"], "measurement")],
    "goal rate": [Case(["goal", "rate", "g1", "-2", "--note", "Alas"], "measurement")],
    "goal revise": [Case(["goal", "revise", "g1", "--why", "To grow", "--unit", ""], "goal")],
    "goal achieve": [Case(["goal", "achieve", "g1"], "goal")],
    "goal drop": [Case(["goal", "drop", "g1", "--because", "Done with it"], "goal")],
    "log": [
        Case(["log"], "[record]"),
        Case(["log", "ken", "--kind", "question", "--limit", "1"], "[question]"),
        Case(["log", "--since", "2030-01-01"], "[nothing]"),
    ],
    "show": [
        Case(["show", "m1"], "meeting"),
        Case(["show", "m1", "a1", "q1", "i1", "p1"], "[record]"),
    ],
    "search": [
        Case(["search", "a", "-zebra"], "[record found]"),
        Case(["search", "best", "--pair", "aya", "--limit", "1"], "[insight found]"),
        Case(["search", "*"], "[nothing]"),
    ],
    "edit": [Case(["edit", "m1", "--set", "topics=a, b", "--set", "pulse="], "meeting")],
    "delete": [
        Case(["delete", "q1"], "document delete"),
        Case(["delete", "p1", "--yes"], "document delete"),
    ],
    "undo": [Case(["undo"], "write")],
    "redo": [Case(["redo"], "write")],
    "history": [Case(["history"], "[write]"), Case(["history", "--limit", "1"], "[write]")],
    "backup": [Case(["backup"], "document backup")],
    "restore": [Case(["restore", RELEASED], "document restore")],
    "doctor": [Case(["doctor"], "document doctor")],
    "forget": [
        Case(["forget", "ken", "--yes"], "document forget"),
        Case(["forget", "Aya Sato", "--yes"], "document forget"),
    ],
    "config list": [Case(["config", "list"], "[setting]")],
    "config get": [Case(["config", "get", "cadence"], "setting")],
    "config set": [Case(["config", "set", "cadence", "monthly"], "setting")],
    "config unset": [Case(["config", "unset", "cadence"], "setting")],
    "guide": [
        Case(["guide"], "[topic]"),
        Case(["guide", "stuck"], "document guide"),
        Case(["guide", "GROW"], "[passage]"),
    ],
    "demo": [Case(["demo"], "document demo")],
    "export": [
        Case(["export", "aya"], "document export"),
        Case(["export", "ken", "--for", "partner"], "document export"),
        Case(["export"], "document export"),
        Case(["export", "aya", "--for", "programme", "--preview"], "document preview"),
        Case(["export", "--preview"], "document preview"),
        Case(["export", "--review", "v1", "--for", "partner"], "document export"),
    ],
    "calendar": [
        Case(["calendar"], "document calendar"),
        Case(["calendar", "ken"], "document calendar"),
    ],
    "share": [
        Case(["share", "m1", "i2"], "document share"),
        Case(["share", "--off", "m1"], "document share"),
    ],
    "import": [
        Case(["import", DIARY, "-p", "aya"], "document import"),
        Case(["import", DIARY, "-p", "ken", "--as", "reflection"], "document import"),
        Case(["import", DIARY, "-p", "aya", "--dry-run"], "document import"),
    ],
}
OTHERS = {
    "write": {"number", "at", "command", "reverses", "changes"},
    "setting": {"name", "value", "origin", "default", "variable"},
    "topic": {"topic", "title", "summary"},
    "passage": {"topic", "title", "summary", "line"},
    "progress": {"share", "change", "trend", "level", "readings", "attainment"},
}
ALL_CASES = [case for cases in CASES.values() for case in cases]
SAME_IN_EVERY_LANGUAGE = [case for case in ALL_CASES if case.words[0] not in {"demo", "guide"}]


def line(case: Case) -> str:
    return " ".join(case.words)


def commands() -> dict[str, Any]:
    """Return every command there is by its words, those of nouns too."""
    found: dict[str, Any] = {}
    context = typer.Context(root())
    for name in COMMANDS:
        command = root().get_command(context, name)
        below = getattr(command, "commands", None)
        found |= (
            {f"{name} {word}": each for word, each in below.items()} if below else {name: command}
        )
    return found


def check(value: Any, gives: str) -> None:
    """Check a value against what it has to be, and everything in it."""
    if gives.startswith("["):
        assert isinstance(value, list)
        for each in value:
            check(each, gives[1:-1].replace("record", each.get("kind", "")))
        return
    assert isinstance(value, dict)
    sort, _, name = gives.partition(" ")
    if sort == "document":
        assert (value["format"], value["document"]) == ("mentorlog/1", name)
        for record in records_in(value):
            is_export = name in {"export", "preview"}
            check_exported(record) if is_export else check_record(record, record["kind"])
    elif sort == "held":
        for kind in ("action", "question", "insight"):
            check(value.pop(f"{kind}s"), f"[{kind}]")
        check_record(value, "meeting")
    elif sort == "reviewed":
        check(value.pop("records"), "[record]")
        assert value.pop("message") != ""
        check_record(value, "review")
    elif gives == "measured goal":
        check(value.pop("measurements"), "[measurement]")
        assert value.pop("progress").keys() == OTHERS["progress"]
        check_record(value, "goal")
    elif sort in OTHERS:
        assert value.keys() == OTHERS[sort]
    else:
        check_beside(value, name)
        check_record(value, sort)
    check_days(value)


def check_beside(value: dict[str, Any], what: str) -> None:
    """Check and take out what stands beside the fields of a record."""
    match what:
        case "taking":
            check(value.pop("goals"), "[goal]")
            check(value.pop("questions"), "[question]")
        case "agreed":
            in_force, ids = value.pop("agreement"), value.pop("agreements")
            assert ids[-1:] == ([] if in_force is None else [in_force["id"]])
            check([] if in_force is None else [in_force], "[agreement]")
        case "found":
            snippet, marks = value.pop("snippet"), value.pop("marks")
            assert all(0 <= start < stop <= len(snippet) for start, stop in marks)
        case "writing":
            assert value.pop("message", "") != ""


def check_record(value: dict[str, Any], kind: str) -> None:
    """Check that a record has its fields, and each what its shape can hold, as a code and not a word."""
    fields = shapes(KIND_NAMES[kind])
    assert value["kind"] == kind
    assert value.keys() == {"kind", "id", "uid", "created_at", "updated_at", *fields}
    assert _UID.fullmatch(value["uid"])
    for name, shape in fields.items():
        known = value[name]
        if shape.holds in {"lines", "entries"}:
            assert isinstance(known, list)
        elif shape.holds == "map":
            assert isinstance(known, dict)
            assert not shape.keys or known.keys() <= set(shape.keys)
        elif shape.holds == "flag":
            assert isinstance(known, bool)
        elif known is None:
            assert not shape.required
        elif shape.holds == "choice":
            assert known in shape.choices
        elif shape.holds == "number":
            assert isinstance(known, int)
        elif shape.holds == "quantity":
            assert isinstance(known, int | float)
        elif shape.holds == "reference":
            assert _ID.fullmatch(known)
        else:
            assert isinstance(known, str)


def check_exported(value: dict[str, Any]) -> None:
    """Check a record that goes out: it may lack fields, and names other records by their uid."""
    fields = shapes(KIND_NAMES[value["kind"]])
    assert value.keys() <= {"kind", "id", "uid", "created_at", "updated_at", *fields}
    for name in value.keys() & fields.keys():
        if fields[name].holds == "lines":
            assert isinstance(value[name], list)
        elif fields[name].holds == "reference":
            assert value[name] is None or _UID.fullmatch(value[name])


def records_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every record in a value, at any depth."""
    if isinstance(value, dict):
        if {"kind", "uid"} <= value.keys():
            yield value
        for each in value.values():
            yield from records_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from records_in(each)


def check_days(value: Any, name: str = "") -> None:
    """Check dates and instants, which are known by the ends of their names, at any depth."""
    if isinstance(value, dict):
        for key, each in value.items():
            check_days(each, key)
    elif isinstance(value, list):
        for each in value:
            check_days(each)
    elif name in {"on", "today", "since", "until"} or name.endswith("_on"):
        assert value is None or value == date.fromisoformat(value).isoformat()
    elif name == "at" or name.endswith("_at"):
        assert _INSTANT.fullmatch(value)


def test_every_command_has_a_case_here_and_takes_json() -> None:
    without = {
        name
        for name, command in commands().items()
        if not any("--json" in parameter.opts for parameter in command.params)
    }

    assert commands().keys() == CASES.keys(), "add its case to CASES"
    assert without == set()


@pytest.mark.parametrize("case", ALL_CASES, ids=line)
def test_json_is_all_of_standard_output_and_has_the_shape_of_the_design(
    written: Program, case: Case
) -> None:
    if case.words == ["redo"]:
        written.ok("undo")

    result = written.ok(*case.words, "--json")

    assert result.out.endswith("\n")
    check(result.json, case.gives)


@pytest.mark.parametrize("case", SAME_IN_EVERY_LANGUAGE, ids=line)
def test_json_is_the_same_in_every_language(written: Program, case: Case) -> None:
    if case.words == ["redo"]:
        written.ok("undo")
    before = written.journal.read_bytes()
    english = written.ok(*case.words, "--json").json
    written.journal.write_bytes(before)
    rmtree(written.journal.with_name("journal.db.backups"), ignore_errors=True)
    written.language = "ja"

    japanese = written.ok(*case.words, "--json").json

    assert comparable(japanese) == comparable(english)


def comparable(value: Any) -> Any:
    """Return a value without what differs from run to run, and without help and titles: they are for people."""
    if isinstance(value, list):
        return [comparable(each) for each in value]
    if isinstance(value, dict):
        differs = {"uid", "at", "created_at", "updated_at", "language", "value", "title"}
        differs |= {"path", "kept"}  # names of backups, with the time in them
        differs |= {"free"}  # of the disk
        return {name: comparable(each) for name, each in value.items() if name not in differs}
    return value


def test_a_setting_that_is_wrong_has_a_code_for_its_origin_and_no_sentence(
    mentorlog: Program,
) -> None:
    row = mentorlog(
        "config", "get", "cadence", "--json", environment={"MENTORLOG_CADENCE": "soon"}
    ).json

    assert (row["value"], row["origin"]) == ("soon", "environment")


def test_without_a_journal_lists_are_empty_and_never_null(mentorlog: Program) -> None:
    lists = [
        mentorlog.ok(*words, "--json").json
        for words in (
            ["log"],
            ["pair", "list"],
            ["action", "list"],
            ["goal", "list", "--all"],
            ["feedback", "list", "--all"],
            ["strength", "list"],
            ["history"],
        )
    ]
    status = mentorlog.ok("status", "--json").json

    assert lists == [[]] * len(lists)
    assert (status["pairs"], status["findings"]) == ([], [])
    assert not mentorlog.journal.exists()


def test_a_meeting_lists_what_it_made_and_what_it_closed(written: Program) -> None:
    words = ["--done", "a2", "--told", "a3=It worked", "--answer", "q1=Yes", "--action", "New"]

    held = written.ok("meet", "aya", *words, "--json").json

    assert [action["id"] for action in held["actions"]] == ["a5", "a2", "a3"]
    assert [question["id"] for question in held["questions"]] == ["q1"]
    assert held["insights"] == []
    assert held["topics"] == []
