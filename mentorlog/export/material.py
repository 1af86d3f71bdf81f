"""What a format gets to write: a pair and its records as one audience may see them, and no more.

A writer never meets a record. It meets what `audience.seen` has let through, with every text of it
redacted and every reference turned into a uid (`outgoing.py`); so no format can give away more than
another.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from mentorlog.domain.aggregates import Counted, Figures
from mentorlog.domain.audience import GOES_WITH, seen, seen_together
from mentorlog.domain.figures_for import figures_for_the_programme, newly_told
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.progress import Progress
from mentorlog.domain.record import Record, local
from mentorlog.domain.threes import Told
from mentorlog.export.outgoing import Outgoing
from mentorlog.export.redact import WHAT, Redactor


@dataclass(frozen=True)
class Item:
    """A record as the audience may see it: `fields` holds all that goes out of it.

    `id` names it in a preview on this computer; a document has it only where it is among `fields`.
    """

    kind: str
    id: str
    fields: Mapping[str, object]

    @property
    def uid(self) -> str:
        """What names the record everywhere."""
        return self.text("uid") or ""

    def text(self, name: str) -> str | None:
        """Return a text, a code or a reference; None where there is none or it may not go."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it may not go."""
        value = self.fields.get(name)
        return value if isinstance(value, tuple) else ()

    def day(self, name: str) -> date | None:
        """Return a date; None where there is none or it may not go."""
        value = self.fields.get(name)
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def number(self, name: str) -> int | None:
        """Return a number; None where there is none or it may not go."""
        value = self.fields.get(name)
        return value if isinstance(value, int) else None

    def quantity(self, name: str) -> float | None:
        """Return a number that need not be whole; None where there is none or it may not go."""
        value = self.fields.get(name)
        return value if isinstance(value, float) else None

    def map(self, name: str) -> Mapping[str, Any]:
        """Return a map, empty where it may not go."""
        value = self.fields.get(name)
        return value if isinstance(value, dict) else {}

    def entries(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """Return what the record has written about itself, empty where it may not go."""
        value = self.fields.get(name)
        return value if isinstance(value, tuple) else ()

    def claims(self, name: str) -> bool:
        """Return True where a flag is set and may go."""
        return self.fields.get(name) is True


class Change(NamedTuple):
    """How far a goal had come before the days of a review, and by their end; `goal` is its uid.

    `readings` is on how many measurements the latter stands.
    """

    goal: str
    before: Progress
    after: Progress
    readings: int


@dataclass(frozen=True)
class Summary:
    """What a summary of one review has beside records: figures, and how each goal has changed.

    `now` is of the review's own days, `before` of those of the review before it, where there is one
    that the audience knows of.
    """

    review: Item
    now: Counted
    before: Counted | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Material:
    """All that one export is made of. `items` are in the order of their days, oldest first.

    `figures` are what the programme gets in place of records; nobody else needs them. `held_back`
    counts the records of which nothing goes out, `redacted` what was taken out of the others. With a
    `summary` it is that of one review, whose days `since` and `until` are. `newly_told` are the threes
    of pulses that its figures tell for the first time, to be noted before it goes out.
    """

    audience: str
    exported_on: date
    pair: Item
    items: tuple[Item, ...]
    figures: Figures | None
    held_back: int
    redacted: Mapping[str, int]
    since: date | None = None
    until: date | None = None
    summary: Summary | None = None
    newly_told: tuple[Told, ...] = ()

    def of_kind(self, kind: str) -> list[Item]:
        """Return the items of a kind."""
        return [item for item in self.items if item.kind == kind]


@dataclass(frozen=True)
class Surroundings:
    """What the journal knows beyond the records that are asked for.

    `pairs` are all there are, for the names in them, and `former_names` those of before, by the ids of
    pairs. `uids` turns the ids that records refer to into uids. `records` are all of the pair, for those
    figures that look beyond a period, and `told` the threes of pulses that were told before.
    """

    pairs: Sequence[Pair]
    uids: Mapping[str, str]
    records: Sequence[Record] = ()
    former_names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    told: Sequence[Told] = ()


def gather(
    pair: Pair,
    records: Iterable[Record],
    around: Surroundings,
    audience: str,
    exported_on: date,
    period: tuple[date | None, date | None] = (None, None),
    track: Callable[[list[Any]], Iterable[Any]] = iter,
) -> Material:
    """Return what `audience` may have of a pair and its records, those of `period` (both ends in).

    `track` goes through them, and may say how far it has come.
    """
    chosen = sorted((each for each in records if each.kind != "pair"), key=_order)
    redacted: Counter[str] = Counter(dict.fromkeys(WHAT, 0))
    may_go = list(zip(chosen, seen_together(chosen, audience), strict=True))
    uids = around.uids if audience == "me" else _uids_of(pair, may_go)
    outgoing = Outgoing(uids, _cleaner(pair, around, audience, redacted))
    days = Period(period[0] or date.min, period[1] or date.max)
    going = [_item(each, fields, outgoing) for each, fields in track(may_go) if fields]
    counts = audience == "programme"
    return Material(
        audience=audience,
        exported_on=exported_on,
        pair=_item(pair, seen(pair, audience), outgoing),
        items=tuple(going),
        figures=figures_for_the_programme(pair, chosen, around.records, days, around.told)
        if counts
        else None,
        held_back=len(chosen) - len(going),
        redacted=redacted,
        since=period[0],
        until=period[1],
        newly_told=newly_told(pair, around.records, [days], around.told) if counts else (),
    )


def with_what_they_need(chosen: Iterable[Record], known: Iterable[Record]) -> list[Record]:
    """Return the `known` records that are chosen, and those that one of them says nothing without.

    So the goal of a measurement comes along into a period that it was set before.
    """
    ids = set()
    for each in chosen:
        ids.add(each.id)
        if each.kind in GOES_WITH:
            ids.add(getattr(each, GOES_WITH[each.kind]))
    return [each for each in known if each.id in ids]


def _order(record: Record) -> tuple[str, str, int, int]:
    """Sort by the record's day, then as they were written down; what one command made, by its kind."""
    created = "" if record.created_at is None else record.created_at.isoformat()
    placed = getattr(record, record.dated_by)
    day = local(placed).date() if isinstance(placed, datetime) else placed
    kind = list(KIND_NAMES).index(record.kind)
    return "" if day is None else day.isoformat(), created, kind, int(record.id[1:] or 0)


def _uids_of(pair: Pair, may_go: Iterable[tuple[Record, Mapping[str, object]]]) -> dict[str, str]:
    """Return the uids of what goes out: to others, a reference to anything else would tell that it is there."""
    return {pair.id: pair.uid} | {each.id: each.uid for each, fields in may_go if fields}


def _cleaner(
    pair: Pair, around: Surroundings, audience: str, redacted: Counter[str]
) -> Callable[[str], str]:
    """Return what takes out of a text what is not this audience's, and counts it in `redacted`.

    My own export stays as I wrote it. The partner's keeps the partner's name, the programme's nobody's.
    """
    if audience == "me":
        return lambda text: text
    own = _names(pair) if audience == "partner" else []
    others = [name for each in (pair, *around.pairs) for name in _names(each)]
    for ref, former in around.former_names.items():
        others += former if audience == "programme" or ref != pair.id else []
    redactor = Redactor(others, own)

    def clean(text: str) -> str:
        kept, found = redactor.redacted(text)
        redacted.update(found)
        return kept

    return clean


def _names(pair: Pair) -> list[str]:
    return [name for name in (pair.partner, pair.alias) if name]


def _item(record: Record, fields: Mapping[str, object], outgoing: Outgoing) -> Item:
    return Item(record.kind, record.id, outgoing.fields(type(record), fields))
