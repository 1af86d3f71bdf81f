"""What has gone out to others, as the journal notes it, and what the next export has to know.

So `forget` can name what it cannot reach, what was told in numbers stays what it was, and nobody is
known only by the name of today. A note is no record and no command: it is not undone, not exported, and
not in the history.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from mentorlog.domain.kinds import id_of, parse_reference
from mentorlog.errors import JournalBusy
from mentorlog.storage import file
from mentorlog.storage.journal import Journal
from mentorlog.storage.rows import instant_text

if TYPE_CHECKING:
    from mentorlog.domain.threes import Told


class Export(NamedTuple):
    """One export: when, for whom, in what format, how many records, into which file if any."""

    at: datetime
    audience: str
    format: str
    records: int
    place: str | None


def note(journal: Journal, pair: str, export: Export, newly_told: "Sequence[Told]" = ()) -> None:
    """Keep a note of an export of a pair, before it goes out, and of what it tells for the first time.

    Raises JournalBusy where another export has told some of that in other threes in the meantime.
    """
    number = parse_reference(pair, "pair")[1]
    values = (instant_text(export.at), number, *export[1:], json.dumps(newly_told))
    with journal.locked() as connection:
        told_as = {uid: three for three in _told(connection, number) for uid in three}
        if any(told_as.get(uid, three) != three for three in newly_told for uid in three):
            raise JournalBusy(str(journal.path))
        connection.execute(
            "INSERT INTO exports (at, pair, audience, format, records, place, told)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )


def noted(journal: Journal, pair: str) -> list[Export]:
    """Return the exports of a pair, oldest first."""
    with file.failures_named(journal.path):
        rows = journal.connection.execute(
            "SELECT at, audience, format, records, place FROM exports WHERE pair = ? ORDER BY number",
            (parse_reference(pair, "pair")[1],),
        ).fetchall()
    return [Export(datetime.fromisoformat(at), *rest) for at, *rest in rows]


def told(journal: Journal, pair: str) -> "list[Told]":
    """Return the threes of pulses that the exports of a pair have told so far, the first told first."""
    with file.failures_named(journal.path):
        return _told(journal.connection, parse_reference(pair, "pair")[1])


def _told(connection: sqlite3.Connection, pair: int) -> "list[Told]":
    rows = connection.execute("SELECT told FROM exports WHERE pair = ? ORDER BY number", (pair,))
    found: list[Told] = []
    for (noted_then,) in rows:
        found += [three for three in json.loads(noted_then) if three not in found]
    return found


def former_names(journal: Journal) -> dict[str, list[str]]:
    """Return the names and aliases that the log still has of pairs, by the pairs' ids.

    Those of pairs that are deleted, and those from before a pair was renamed.
    """
    sql = (
        "SELECT DISTINCT record, value FROM ("
        " SELECT record, before AS image FROM changes WHERE kind = 'pair'"
        " UNION ALL SELECT record, after FROM changes WHERE kind = 'pair'"
        ") JOIN json_each(image) ON key IN ('partner', 'alias') AND value IS NOT NULL"
        " WHERE image IS NOT NULL ORDER BY record, value"
    )
    names = defaultdict[str, list[str]](list)
    with file.failures_named(journal.path):
        for number, name in journal.connection.execute(sql):
            names[id_of("pair", number)].append(name)
    return names
