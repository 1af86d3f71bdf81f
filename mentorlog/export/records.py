"""What goes out, record by record, for the formats that tell no story: each record a line of JSON.

The lines come from the journal itself (`storage/dump.py`) where all of it is mine, and from a `Material`
for anybody else. How they are written down is each format's.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from json import dumps
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog.domain.plain import plain
from mentorlog.domain.reading_order import reading_order

if TYPE_CHECKING:
    from mentorlog.domain.progress import Progress
    from mentorlog.export.material import Item, Material, Summary


class Records(NamedTuple):
    """The records in their reading order, in batches of one kind, and what a document has behind them."""

    audience: str
    since: date | None
    until: date | None
    batches: Iterable[tuple[str, list[str]]]
    closing: Mapping[str, Any]


def of(source: "Material | Records") -> Records:
    """Return what a format was given as records."""
    if isinstance(source, Records):
        return source
    return Records(source.audience, source.since, source.until, _batches(source), _closing(source))


def listed(material: "Material") -> "list[Item]":
    """Return all that goes out, the pair first, each record after all that it refers to."""
    order = reading_order()
    return sorted((material.pair, *material.items), key=lambda item: order.index(item.kind))


def item_json(item: "Item") -> dict[str, Any]:
    """Return what goes out of a record."""
    return {"kind": item.kind} | {name: plain(value) for name, value in item.fields.items()}


def _batches(material: "Material") -> Iterator[tuple[str, list[str]]]:
    for kind, items in groupby(listed(material), key=lambda item: item.kind):
        yield kind, [compact(item_json(item)) for item in items]


def compact(value: Any) -> str:
    """Return JSON on one line, without any space that says nothing."""
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


def _closing(material: "Material") -> dict[str, Any]:
    from dataclasses import asdict

    figures = asdict(material.figures) if material.figures else {}
    return {
        "figures": plain(figures),
        "redacted": dict(material.redacted),
        **({} if material.summary is None else _summary_json(material.summary)),
    }


def _summary_json(summary: "Summary") -> dict[str, Any]:
    from dataclasses import asdict

    before = summary.before
    return {
        "review": summary.review.uid,
        "figures": plain(asdict(summary.now)),
        "figures_before": None if before is None else plain(asdict(before)),
        "goals": [
            {
                "goal": each.goal,
                "before": _progress_json(each.before),
                "after": _progress_json(each.after),
                "measurements": each.readings,
            }
            for each in summary.changes
        ],
    }


def _progress_json(found: "Progress") -> dict[str, Any]:
    value = None if found.latest is None else found.latest.value
    return {
        "value": plain(value),
        "share": plain(found.share),
        "trend": found.trend,
        "level": found.level,
    }
