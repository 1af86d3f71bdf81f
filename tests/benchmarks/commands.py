"""The commands that are timed: what is typed for each, on a journal of `journals.py`."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from mentorlog.domain.query import parse_query
from mentorlog.storage.journal import Journal
from mentorlog.storage.search import BEST, search
from mentorlog.storage.timeline import Slice
from tests.benchmarks.home import Home
from tests.benchmarks.texts import COMMON, ONE_SIGN, RARE, THREE_SIGNS, TWO_SIGNS
from tests.benchmarks.timing import Call

LARGEST = "Pair-0"
SUMMARY = "How to plan a week when the release and the question both want it."
_SEARCHES = {
    "search rare": RARE,
    "search common": COMMON,
    "search 1 sign": ONE_SIGN,
    "search 2 signs": TWO_SIGNS,
    "search 3 signs": THREE_SIGNS,
}
_COMMANDS = {
    "--version": ["--version"],
    "meet": ["meet", LARGEST, "--summary", SUMMARY, "--action", "Read chapter 3 due:fri", "--next", "+2w"],
    "action done": ["action", "done"],  # one that is open
    "ask": ["ask", LARGEST, "How do I say no?"],
    "status --short": ["status", "--short"],
    "log": ["log", "--limit", "20"],  # as many as at a terminal
    "show m1": ["show", "m1"],
    "complete pairs": ["meet", ""],
    "complete ids": ["action", "done", ""],
    "complete topics": ["meet", LARGEST, "--topic", ""],
    "prep": ["prep", LARGEST],
    "status": ["status"],
    "status --json": ["status", "--json"],
    **{name: ["search", looked_for] for name, looked_for in _SEARCHES.items()},
    "report PAIR": ["report", LARGEST],
    "report": ["report"],
    "review PAIR": ["review", LARGEST],
    "meet --help": ["meet", "--help"],
}  # fmt: skip
NAMES = tuple(_COMMANDS)
SQLITE3 = shutil.which("sqlite3")


def call(name: str, home: Home) -> Call:
    """Return a command on the journal of a home."""
    words = _COMMANDS[name]
    if name.startswith("complete "):
        # as the script of zsh asks for what goes on from these words
        asking = home.mentorlog(typed="".join(f"{word}\0" for word in words))
        return replace(asking, environment={**asking.environment, "_MENTORLOG_COMPLETE": "zsh"})
    if name == "action done":
        action = _open_action(home.journal)
        afterwards = home.mentorlog("action", "reopen", action).words
        return replace(home.mentorlog(*words, action), afterwards=afterwards)
    return home.mentorlog(*words)


def asked_of_sqlite(name: str, home: Home) -> Call | None:
    """Return the command line of sqlite3 asking what a search asks; None for any other command."""
    if name not in _SEARCHES or SQLITE3 is None:
        return None
    sql = _asked(home.journal, _SEARCHES[name])
    return Call([SQLITE3, str(home.journal), sql], home.environment)


def _asked(path: Path, query: str) -> str:
    """Return the SQL by which a search asks a journal, as sqlite3 understands it.

    Each statement is limited to as many rows as the search reads.
    """
    asked = list[str]()
    with closing(Journal(path)) as journal:
        journal.connection.set_trace_callback(asked.append)
        search(journal, parse_query(query), Slice())
    ours = [each for each in asked if " MATCH " in each]  # the others are FTS5's own
    return ";\n".join(
        each if " LIMIT " in each else f"{each.replace('local_day(', 'date(')} LIMIT {BEST + 1}"
        for each in ours
    )


def _open_action(path: Path) -> str:
    with closing(Journal(path)) as journal:
        found = journal.connection.execute("SELECT max(number) FROM action WHERE state = 'open'")
        return f"a{found.fetchone()[0]}"
