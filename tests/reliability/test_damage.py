"""`doctor` tells the truth: a page of the journal is damaged in every way that happens to disks.

Damage counts as found where doctor reports a problem, and as harmless only where every row of the journal,
of its log and of its index reads as it did before. What is saved of it is held against the original.
"""

from __future__ import annotations

import io
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from mentorlog.domain.kinds import KIND_NAMES, id_of
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.question import Question
from mentorlog.storage import search_index
from mentorlog.storage.doctor import pages, remains
from mentorlog.storage.doctor.check import PROBLEM
from mentorlog.storage.doctor.checkup import checked
from mentorlog.storage.doctor.salvage import Salvaged, salvage
from mentorlog.storage.file import SCHEMA_VERSION
from mentorlog.storage.journal import Journal
from mentorlog.text import words
from tests.conftest import Program
from tests.proofs import Proved
from tests.storage.conftest import quick_folder

__all__ = ["quick_folder"]

PAGE, SECTOR = 4096, 512
EACH = {"en": 1, "ja": 2}  # page is damaged: the Japanese journal is for the words
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)

Damage = Callable[[bytes, int, random.Random], bytes]
Rows = dict[str, dict[int, dict[str, Any]]]


def _page(data: bytes, number: int) -> bytes:
    return data[number * PAGE : number * PAGE + PAGE]


def _zeros(_data: bytes, _number: int, _rng: random.Random) -> bytes:
    return bytes(PAGE)


def _random(_data: bytes, _number: int, rng: random.Random) -> bytes:
    return rng.randbytes(PAGE)


def _of_another(data: bytes, _number: int, rng: random.Random) -> bytes:
    return _page(data, rng.randrange(len(data) // PAGE))


def _sector(data: bytes, number: int, rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(PAGE // SECTOR) * SECTOR
    return _page(data, number)[:at] + content + _page(data, number)[at + SECTOR :]


def _sector_of_zeros(data: bytes, number: int, rng: random.Random) -> bytes:
    return _sector(data, number, rng, bytes(SECTOR))


def _random_sector(data: bytes, number: int, rng: random.Random) -> bytes:
    return _sector(data, number, rng, rng.randbytes(SECTOR))


def _flipped_bit(data: bytes, number: int, rng: random.Random) -> bytes:
    page = bytearray(_page(data, number))
    page[rng.randrange(PAGE)] ^= 1 << rng.randrange(8)
    return bytes(page)


SORTS: dict[str, Damage] = {
    "zeros": _zeros,
    "random bytes": _random,
    "another page": _of_another,
    "a sector of zeros": _sector_of_zeros,
    "a random sector": _random_sector,
    "a flipped bit": _flipped_bit,
}


@pytest.fixture(scope="session")
def larger_journals(
    demo_journals: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The journals of the demo with more in them: long notes, changes, what was deleted and undone."""
    made = {}
    for language, demo in demo_journals.items():
        place = tmp_path_factory.mktemp("larger") / f"{language}.db"
        place.write_bytes(demo.read_bytes())
        made[language] = place
        _write_more(
            Journal(place, lambda: NOW), "計画と目標。" if language == "ja" else "Plans, goals. "
        )
    return made


def _write_more(journal: Journal, text: str) -> None:
    for number in range(1, 25):
        with journal.transaction("meet") as writing:
            note = " ".join(f"{text}{number} {each}" for each in range(number * 12))
            writing.add(Meeting(pair="p1", held_on=DAY, notes=note, topics=(text.strip(),)))
    with journal.transaction("ask") as writing:
        asked = [
            writing.add(Question(pair="p2", text=f"{text} {n}?", asked_on=DAY)) for n in range(30)
        ]
    for each in asked[:20]:
        with journal.transaction("edit") as writing:
            writing.change(each.with_changes(text=each.text + text, answer=text))
    with journal.transaction("delete") as writing:
        for each in asked[20:]:
            writing.remove(each)
    journal.undo()
    journal.redo()
    journal.close()


def damaged(data: bytes, sort: str, number: int, rng: random.Random) -> bytes | None:
    """Return a journal with a page damaged, None where that left it as it was."""
    page = SORTS[sort](data, number, rng)
    if page == _page(data, number):
        return None
    return data[: number * PAGE] + page + data[(number + 1) * PAGE :]


def is_found(journal: Path) -> bool:
    return any(check.state == PROBLEM for check in checked(journal))


def everything(journal: Path) -> Any:
    """Return every row of every table, every word of the index, and the schema; or what SQLite says."""
    try:
        with closing(sqlite3.connect(journal)) as opened:
            names = opened.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'search'"
            )
            found = {
                name: opened.execute(f'SELECT * FROM "{name}"').fetchall()
                for (name,) in names.fetchall()
            }
            opened.execute(
                "CREATE VIRTUAL TABLE temp.in_index USING fts5vocab(main, search, instance)"
            )
            return [
                found,
                opened.execute("SELECT * FROM temp.in_index").fetchall(),
                opened.execute("SELECT type, name, sql FROM sqlite_schema").fetchall(),
                opened.execute("PRAGMA user_version").fetchone(),
                opened.execute("PRAGMA application_id").fetchone(),
            ]
    except (sqlite3.Error, UnicodeError) as failure:
        return str(failure)


@pytest.mark.proofs(18)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_nearly_all_damage_to_a_page_is_found_and_the_rest_changes_nothing(
    larger_journals: dict[str, Path], quick_folder: Path, language: str, proved: Proved
) -> None:
    """Fails when `checkup` leaves out the comparison of the search index (`_index`)."""
    data = larger_journals[language].read_bytes()
    before = everything(larger_journals[language])
    rng = random.Random(f"18 {language}")  # noqa: S311  (the same each time is what is wanted)
    place = quick_folder / f"damaged-{language}.db"
    counts: Counter[tuple[str, str]] = Counter()

    for sort in SORTS:
        for number in range(0, len(data) // PAGE, EACH[language]):
            now = damaged(data, sort, number, rng)
            if now is None:
                continue
            place.write_bytes(now)
            if is_found(place):
                outcome = "found"
            else:
                outcome = "harmless" if everything(place) == before else "missed"
            counts[sort, outcome] += 1
            assert place.read_bytes() == now, "the source was touched"

    assert sorted(quick_folder.glob(f"damaged-{language}*")) == [place]
    shares = {sort: share(counts, sort) for sort in SORTS}
    for sort in SORTS:
        assert shares[sort] >= 0.95, (sort, counts)
    total = sum(counts.values())
    missed = sum(count for (_sort, outcome), count in counts.items() if outcome == "missed")
    harmless = sum(count for (_sort, outcome), count in counts.items() if outcome == "harmless")
    said = ", ".join(f"{sort} {part:.1%}" for sort, part in shares.items())
    proved(
        f"{language}: {total} damaged pages, {total - missed - harmless} found,"
        f" {harmless} changed nothing, {missed} missed ({said}), source untouched"
    )


def share(counts: Counter[tuple[str, str]], sort: str) -> float:
    of_sort = {outcome: count for (each, outcome), count in counts.items() if each == sort}
    return 1 - of_sort.get("missed", 0) / sum(of_sort.values())


# What is saved -----------------------------------------------------------------------------------


def records(journal: Path) -> Rows:
    with closing(sqlite3.connect(journal)) as opened:
        opened.row_factory = sqlite3.Row
        return {
            kind: {row["number"]: dict(row) for row in opened.execute(f"SELECT * FROM {kind}")}
            for kind in KIND_NAMES
        }


def whole_beside(data: bytes, number: int) -> set[str]:
    """Return the uids of records that do not stand on a page: they can be read while it is all zeros."""
    without = data[: number * PAGE] + bytes(PAGE) + data[(number + 1) * PAGE :]
    found = (row for row in pages.rows(io.BytesIO(without)) if row.is_whole)
    return {
        each.row["uid"]
        for row in found
        for each in remains.recognised(row, SCHEMA_VERSION)
        if each.is_whole
    }


def differing(before: Rows, after: Rows) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield each record that is there now and is not as it was."""
    for kind, rows in after.items():
        for number, row in rows.items():
            was = before[kind].get(number, {})
            if row != was:
                yield id_of(kind, number), was, row


def told(saved: Salvaged) -> set[str]:
    """Return the ids of records of which somebody is told that they may not be as they were."""
    return {
        *saved.incomplete, *saved.doubtful, *saved.stand_ins, *saved.unlinked, *saved.renumbered,
    }  # fmt: skip


def in_words(ref: str, row: dict[str, Any]) -> list[str]:
    kind = next(kind for kind in KIND_NAMES if KIND_NAMES[kind].letter == ref[0])
    return [word for _name, text in search_index.texts(kind, row) for word in words(text)]


@pytest.mark.proofs(18)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_not_on_the_damaged_page_is_saved_and_nothing_wrong_passes_for_right(
    larger_journals: dict[str, Path], quick_folder: Path, language: str, proved: Proved
) -> None:
    """Fails when `salvage` leaves out the pages (`give_what_lies_in_the_pages`)."""
    source = larger_journals[language]
    data, before = source.read_bytes(), records(source)
    uids = {row["uid"]: id_of(kind, n) for kind in before for n, row in before[kind].items()}
    rng = random.Random(f"salvage {language}")  # noqa: S311  (as above)
    place, new = quick_folder / f"torn-{language}.db", quick_folder / f"new-{language}.db"
    counts: Counter[str] = Counter()

    for number in range(0, len(data) // PAGE, 2):
        elsewhere = whole_beside(data, number)
        sort = rng.choice(list(SORTS))
        now = damaged(data, sort, number, rng)
        if now is None:
            continue
        place.write_bytes(now)
        saved = salvage(place, new, NOW, force=True)
        after = records(new)
        there = {row["uid"] for kind in after for row in after[kind].values()}
        assert elsewhere <= there, (sort, number, [uids[each] for each in elsewhere - there])
        for ref, was, row in differing(before, after):
            counts["told of"] += ref in told(saved)
            if ref not in told(saved):
                # No word of it, and nothing that anything else in the file repeats.
                assert sort == "a flipped bit", (sort, number, ref)
                assert in_words(ref, row) == in_words(ref, was), (number, ref)
                counts["one sign or figure off"] += 1
        assert place.read_bytes() == now, "the source was touched"
        assert not is_found(new), (sort, number)
        counts["journals"] += 1
        counts["lost"] += len(saved.lost)

    assert whole_beside(data, len(data) // PAGE) == uids.keys()
    assert counts["journals"] > 60
    proved(
        f"{language}: {counts['journals']} journals with a damaged page saved, every record beside it kept;"
        f" {counts['told of']} records not as they were, each named; {counts['lost']} lost;"
        f" {counts['one sign or figure off']} with a flipped bit that nothing can tell"
    )


@pytest.mark.proofs(18)
def test_a_word_with_a_flipped_bit_is_never_saved_as_if_it_were_right(
    larger_journals: dict[str, Path], quick_folder: Path, proved: Proved
) -> None:
    """Fails when `salvage` does not compare the words it saves with those of the index (`differing`)."""
    source = larger_journals["en"]
    data, before = source.read_bytes(), records(source)
    rng = random.Random(18)  # noqa: S311  (as above)
    letters = [found.start(1) for found in re.finditer(rb"Pl(a)ns", data)]
    place, new = quick_folder / "flipped.db", quick_folder / "flipped-new.db"
    counts: Counter[str] = Counter()

    for at in rng.sample(letters, 24):
        place.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        saved = salvage(place, new, NOW, force=True)
        for ref, was, row in differing(before, records(new)):
            assert ref in told(saved) or in_words(ref, row) == in_words(ref, was), at
            counts["told" if ref in told(saved) else "not a word"] += 1

    assert counts["told"] >= 12
    proved("24 letters with a flipped bit: {told} wrong words saved, each told of".format(**counts))


def test_the_command_finds_damage_saves_the_rest_and_restores_it(
    larger_journals: dict[str, Path], mentorlog: Program
) -> None:
    data = larger_journals["en"].read_bytes()
    mentorlog.journal.parent.mkdir(parents=True, mode=0o700)
    mentorlog.journal.write_bytes(data[: 40 * PAGE] + bytes(PAGE) + data[41 * PAGE :])
    mentorlog.journal.chmod(0o600)
    torn = mentorlog.journal.read_bytes()
    new = mentorlog.home / "new.db"

    found = mentorlog("doctor")
    saved = mentorlog.ok("doctor", "--salvage", str(new))
    untouched = mentorlog.journal.read_bytes()
    mentorlog.ok("restore", str(new))
    after = mentorlog("doctor", "--json")

    assert found.code == 1
    assert "mentorlog doctor --salvage NEW.db" in found.out
    assert saved.err == f"To put it in the place of the journal:\n    mentorlog restore {new}\n"
    assert untouched == torn
    assert {each["code"] for each in after.json["checks"] if each["state"] == PROBLEM} == set()
