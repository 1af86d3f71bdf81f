"""The files of an import: read as the command reads them, and what has to hold of what was read."""

from __future__ import annotations

import json as standard
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from mentorlog.domain.cadence import parse_cadence
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.query import Query
from mentorlog.domain.record import Record
from mentorlog.importers import csv_table
from mentorlog.importers import dayone as day_one
from mentorlog.importers import jrnl as jrnl_files
from mentorlog.importers.entry import Becoming, Entry, Reading
from mentorlog.importers.formats import IMPORTERS, guessed
from mentorlog.importers.mentorlog_json import read as read_json
from mentorlog.importers.source import looked_at, opened
from mentorlog.storage.journal import Journal
from mentorlog.storage.search import search
from mentorlog.storage.timeline import Slice
from mentorlog.text import folded
from tests.importers.exported import as_json, line, written
from tests.importers.reading import source
from tests.reliability.fuzzing import folder

PAIR = Pair(id="p1", uid="a" * 32, partner="Zoë", my_role="mentor", started_on=date(2026, 11, 1))


class Foreign(list[Entry]):
    """The entries of another program's file; what each becomes, as a meeting and as a reflection."""

    def __init__(self, form: str, entries: list[Entry]) -> None:
        super().__init__(entries)
        self.becomes = {
            kind: [
                record
                for _place, record in Becoming(form, kind, PAIR, lambda _on: "immersion").records(
                    iter(entries)
                )
            ]
            for kind in ("meeting", "reflection")
        }


# Other programs' -----------------------------------------------------------------------------------


def jrnl(given: bytes) -> Foreign:
    """Read a journal of jrnl, in either form."""
    return Foreign("jrnl", list(jrnl_files.read(source(given))))


def jrnl_reads_back(given: bytes, found: Foreign) -> None:
    """Hold that entries written as jrnl writes them read as the same, and that no word is lost."""
    again = jrnl("".join(map(_as_jrnl, found)).encode()) if found else found
    assert [each._replace(place=each.place._replace(line=0)) for each in again] == [
        each._replace(place=each.place._replace(line=0)) for each in found
    ]
    _has_every_word(found)


def _as_jrnl(entry: Entry) -> str:
    head = f"[{entry.on} {entry.at}]" if entry.at else f"[{entry.on}]"
    star = " *" if entry.more else ""
    if jrnl_files.begins(entry.text, None):  # it would begin an entry on a line of its own
        first, end, rest = entry.text.partition("\n")
        return f"{head} {first}{star}{end}{rest}\n"
    return f"{head}{star}\n{entry.text}\n"


def jrnl_json_is_whole(given: bytes, found: Foreign) -> None:
    """Hold that there is an entry for each, with all its words."""
    if given.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        entries = standard.loads(given.decode("utf-8-sig"))["entries"]
        for entry, said in zip(found, entries, strict=True):
            texts = "".join(said.get(key) or "" for key in ("title", "body"))
            assert "".join(entry.text.split()) == "".join(texts.split())
    _has_every_word(found)


def dayone(given: bytes) -> Foreign:
    """Read an export of Day One."""
    return Foreign("dayone", list(day_one.read(source(given))))


def dayone_is_whole(given: bytes, found: Foreign) -> None:
    """Hold that there is an entry for each, on its day by some clock of the world, with all its words."""
    if given.startswith(b"PK"):
        return
    entries = standard.loads(given.decode("utf-8-sig"))["entries"]
    for entry, said in zip(found, entries, strict=True):
        on = datetime.fromisoformat(said["creationDate"])
        instant = on if on.tzinfo else on.replace(tzinfo=UTC)
        assert abs(entry.on - instant.date()) <= timedelta(days=2)
        text = said.get("text") or ""
        if "\\" not in text and not text.strip("\n").startswith("#") and text.strip("\n"):
            assert entry.text == text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    _has_every_word(found)


def csv(given: bytes) -> Foreign:
    """Read a table whose columns are called as the fields of a meeting."""
    return Foreign("csv", list(csv_table.read(source(given), Reading())))


def csv_is_whole(given: bytes, found: Foreign) -> None:
    """Hold that every cell stands in the meeting its row becomes, and that the same file gives the same."""
    for entry, record in zip(found, found.becomes["meeting"], strict=True):
        kept = "".join(_texts(record).split())
        for _name, cell in entry.more:
            assert "".join(cell.split()) in kept
    again = csv(given)
    assert [each.uid for each in again.becomes["meeting"]] == [
        each.uid for each in found.becomes["meeting"]
    ]
    _has_every_word(found)


def _has_every_word(found: Foreign) -> None:
    """Hold that all words of each entry are in what it becomes, and each record is one by itself."""
    for records in found.becomes.values():
        assert len({each.uid for each in records}) == len(records) == len(found)
        for entry, record in zip(found, records, strict=True):
            kept = _texts(record)
            assert "".join(entry.text.split()) in "".join(kept.split())
            for tag in entry.tags:
                assert folded(tag).lstrip("@#") in folded(kept)


def _texts(record: Record) -> str:
    """Return the text of a meeting or a reflection, a title before what it stands above."""
    if isinstance(record, Meeting):
        return "\n".join((record.summary or "", record.notes or "", *record.topics))
    answers: dict[str, str] = getattr(record, "answers")  # noqa: B009  (of a reflection)
    return "\n".join(answers.values())


# Our own -------------------------------------------------------------------------------------------


def json(given: bytes) -> list[Record]:
    """Read an export of ours."""
    return [record for _place, record in read_json(source(given))]


def json_is_exact(given: bytes, found: list[Record]) -> None:
    """Hold that each record is what its JSON says, and that it reads as the same once more."""
    said = standard.loads(given.decode("utf-8-sig"))["records"]
    for record, its in zip(found, said, strict=True):
        kept = as_json(record)
        assert kept.keys() == its.keys()
        assert {key for key in kept if not _is_same(key, kept[key], its[key])} == set()
    again = json(written(line(as_json(each)) for each in found).encode())
    assert again == found


def _is_same(key: str, kept: Any, said: Any) -> bool:
    """True where a field holds what was said but for the space around it and for how a rhythm is written."""
    if key == "cadence" and said is not None:
        return bool(kept == parse_cadence(said))
    if isinstance(kept, str) and isinstance(said, str):
        return kept.split() == said.split()
    if isinstance(kept, list) and isinstance(said, list):
        told = [each for each in said if not isinstance(each, str) or each.strip()]
        return len(kept) == len(told) and all(map(_is_same, [key] * len(kept), kept, told))
    if isinstance(kept, dict) and isinstance(said, dict):
        told_of = {name: each for name, each in said.items() if each is not None}
        return {**dict.fromkeys(said), **kept}.keys() == said.keys() and all(
            _is_same(key, kept.get(name), each) for name, each in told_of.items()
        )
    return bool(kept == said) or (kept is None and isinstance(said, str) and not said.strip())


def any_file(given: bytes) -> None:
    """Read a file as the command does that is told nothing about it, and as it does of a table."""
    place = folder.place() / "file"
    place.write_bytes(given)
    for is_table in (False, True):
        with opened(str(place)) as file:
            found = looked_at(file, lambda _count: None)
            form = guessed(found, None, is_table=is_table)
            importer = IMPORTERS[form]
            read = importer.loaded().read(found, Reading())
            if importer.holds_records:
                assert all(isinstance(record, Record) for _place, record in read)
            else:
                Foreign(form, list(read))


# What is searched ------------------------------------------------------------------------------------


@cache
def _journal() -> Journal:
    journal = Journal(folder.place() / "journal.db")
    with journal.transaction("test") as writing:
        pair = writing.add(PAIR.with_changes(id=""))
        for text in (
            "C++ and R&D, well done",
            "目標を立てる。ガイド",
            "e\u0301 ß 👩\u200d👩\u200d👧 → plan*",
        ):
            writing.add(Meeting(pair=pair.id, held_on=PAIR.started_on, notes=text))
    return journal


def searched(query: Query) -> None:
    """Hold that a journal can be asked for it, whatever it is."""
    hits, _has_more = search(_journal(), query, Slice())
    assert len(hits) <= 4
