"""Random pairs kept in a real journal, in any time zone, for the tests of what is read of them there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, shapes
from mentorlog.storage.journal import Journal
from mentorlog.storage.rows import instant_text
from tests.domain.random_pairs import Life

ZONES = (
    "UTC", "XXX-14", "XXX+12", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0",
    "XXX3YYY,M10.3.0/0,M2.3.0/0",  # the clocks are changed at midnight
    "XXX3YYY,M1.3.0/0,M9.3.0/0",
)  # fmt: skip


@contextmanager
def kept(folder: Path, several: list[Life], zone: str) -> Iterator[tuple[Journal, list[Pair]]]:
    """Give a journal that these lives are kept in, and their pairs as they are there."""
    with TemporaryDirectory(dir=folder) as place, pytest.MonkeyPatch.context() as world:
        world.setenv("TZ", zone)
        time.tzset()
        with closing(Journal(Path(place) / "journal.db")) as journal:
            yield journal, _keep(journal, several)
    time.tzset()


def _keep(journal: Journal, several: list[Life]) -> list[Pair]:
    """Keep these pairs with their records, one of each pair in turn, each written at its instant."""
    places: list[dict[str, str]] = [{} for _ in several]
    pairs = []
    with journal.transaction("test") as writing:
        for life, kept_as in zip(several, places, strict=True):
            pairs.append(writing.add(life.pair.with_changes(id="")))
            kept_as[life.pair.id] = pairs[-1].id
        for place in range(max((len(life.records) for life in several), default=0)):
            for life, kept_as in zip(several, places, strict=True):
                for record in life.records[place : place + 1]:
                    added = writing.add(_renamed(record, kept_as))
                    kept_as[record.id] = added.id
                    assert record.created_at is not None
                    journal.connection.execute(
                        f"UPDATE {added.kind} SET created_at = ? WHERE number = ?",
                        (instant_text(record.created_at), int(added.id[1:])),
                    )
    return pairs


def _renamed(record: Record, kept_as: dict[str, str]) -> Record:
    """Return the record as it is to be added: without an id, its references those of this journal."""
    references = {
        name: kept_as[getattr(record, name)]
        for name, shape in shapes(type(record)).items()
        if shape.refers_to and getattr(record, name) is not None
    }
    return record.with_changes(id="", **references)
