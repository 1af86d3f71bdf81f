"""Bringing in what was read from a file: all of it in one write, or nothing.

Where the records come from is not known here: each comes with the place it stands at.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, NamedTuple

from mentorlog.domain.pair import Pair
from mentorlog.domain.phases import phase_of
from mentorlog.domain.record import Record
from mentorlog.errors import Place, standing_at
from mentorlog.storage import queries
from mentorlog.storage.arrivals import Arrivals, foreseen
from mentorlog.storage.journal import Journal

Placed = Iterable[tuple[Place, Record]]

_BEFOREHAND = 1000  # records read before the journal is opened to write: few files hold more


class Arrived(NamedTuple):
    """One record of a file. `id` is the one it has been given, None where it was there already."""

    place: Place
    record: Record
    id: str | None


class IdRuns(Sequence[str]):
    """IdRuns in the order they were given. A million that follow each other take no more room than one."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, range]] = []
        self._count = 0

    def append(self, ref: str) -> None:
        """Add one."""
        letter, number = ref[0], int(ref[1:])
        self._count += 1
        if self._runs:
            before, run = self._runs[-1]
            if letter == before and number == run.stop:
                self._runs[-1] = letter, range(run.start, number + 1)
                return
        self._runs.append((letter, range(number, number + 1)))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return (f"{letter}{number}" for letter, run in self._runs for number in run)

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index]


class Imported:
    """What came of an import: the new ids in order, how many of each kind, the days, and how many were known."""

    def __init__(self, arrived: Iterable[Arrived] = ()) -> None:
        self.ids = IdRuns()
        self.kinds: Counter[str] = Counter()
        self.present = 0
        self.days: tuple[date, date] | None = None
        for each in arrived:
            self.count(each)

    def count(self, arrived: Arrived) -> None:
        """Count one record."""
        if arrived.id is None:
            self.present += 1
            return
        self.ids.append(arrived.id)
        self.kinds[arrived.record.kind] += 1
        on = getattr(arrived.record, arrived.record.dated_by)
        if isinstance(on, date) and not isinstance(on, datetime):
            first, last = self.days or (on, on)
            if not first <= on <= last:
                self.days = min(first, on), max(last, on)
            elif self.days is None:
                self.days = on, on


def bring_in(journal: Journal, records: Placed) -> Imported:
    """Keep the records that are not there yet, in one write; BadFile names the first that cannot be.

    What is wrong near the beginning is found before the journal is touched or even made.
    """
    coming = iter(records)
    beforehand = list(islice(coming, _BEFOREHAND))
    if not beforehand:
        return Imported()
    if not journal.exists():
        Imported(foresee(journal, beforehand))
    with journal.transaction("import") as writing:
        return Imported(_arriving(chain(beforehand, coming), writing.arrivals))


def foresee(journal: Journal, records: Placed) -> Iterator[Arrived]:
    """Yield what would become of each record; nothing is written, and a new one's id means nothing."""
    return _arriving(records, foreseen(journal))


def _arriving(records: Placed, arrivals: Arrivals) -> Iterator[Arrived]:
    for place, record in records:
        with standing_at(place):
            arrived = Arrived(place, record, arrivals.take(record))
        yield arrived


def phases_of(journal: Journal, pair: Pair) -> Callable[[date], str]:
    """Return what says which phase a pair was in on a day, by the meetings that are kept."""
    met_on = queries.first_met_on(journal, pair.id)

    def phase(on: date) -> str:
        return phase_of(pair, on, has_met=met_on is not None and met_on <= on)

    return phase
