"""What an export says of itself: a line for each record that would go, and all of it in numbers."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.plain import document, plain
from mentorlog.domain.record import Record, shapes
from mentorlog.i18n import _, ngettext, short_day
from mentorlog.labels import kind_label
from mentorlog.render.cells import padded
from mentorlog.render.lines import SEPARATOR, one_line

if TYPE_CHECKING:
    from mentorlog.cli.export_choice import Asked
    from mentorlog.export.material import Item, Material

# In a preview; what is not here is known by what it says.
_KNOWN_BY_THEIR_DAY = {
    "meeting", "agreement", "measurement", "reflection", "feedback", "assessment", "review"
}  # fmt: skip


def preview(material: "Material") -> str:
    """Return a line for each record that goes out, with no more in it than goes out, and the summary."""
    going = (material.pair, *material.items)
    cells = max(len(item.id) for item in going) + 2
    lines = []
    for item in going:
        on = item.day(KIND_NAMES[item.kind].dated_by) if item.kind in _KNOWN_BY_THEIR_DAY else None
        parts = [one_line(_as_seen(item)), None if on is None else short_day(on)]
        lines.append(padded(item.id, cells) + SEPARATOR.join(filter(None, parts)))
    return "\n".join([*lines, summary(material)])


def preview_of_all(counts: Mapping[str, int]) -> str:
    """Return how many records of each kind there are to go, and how many in all."""
    cells = max((len(str(count)) for count in counts.values()), default=0)
    lines = [f"{count:>{cells}}  {kind_label(kind)}" for kind, count in counts.items()]
    return "\n".join([*lines, summary_of_all(counts)])


def preview_json(wanted: "Asked", material: "Material") -> dict[str, Any]:
    """Return a preview: how many records of each kind would go, and they themselves as they would go."""
    from mentorlog.export.records import item_json, listed

    going = listed(material)
    return {
        **_opening(wanted, Counter(item.kind for item in going)),
        "held_back": material.held_back,
        "redacted": dict(material.redacted),
        "records": [item_json(item) for item in going],
    }


def preview_json_of_all(wanted: "Asked", counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the preview of what is mine: how many records of each kind would go."""
    return {**_opening(wanted, counts), "held_back": 0, "redacted": {}}


def _opening(wanted: "Asked", counts: Mapping[str, int]) -> dict[str, Any]:
    return document(
        "preview",
        audience=wanted.audience,
        since=plain(wanted.since),
        until=plain(wanted.until),
        counts=dict(counts),
    )


def _as_seen(item: "Item") -> Record:
    """Return the record that somebody could put together from what goes out, … where it needs more."""
    record_type = KIND_NAMES[item.kind]
    needed = (
        name
        for name, shape in shapes(record_type).items()
        if shape.required and shape.holds in ("line", "text")
    )
    values: dict[str, Any] = {**dict.fromkeys(needed, "…"), **item.fields}
    return record_type(**values)


def summary_of_all(counts: Mapping[str, int]) -> str:
    """Return how many records go out, of which nothing is held back."""
    return SEPARATOR.join(_in_numbers(sum(counts.values()), 0))


def summary(material: "Material") -> str:
    """Return what goes out and what does not, in numbers."""
    said = _in_numbers(1 + len(material.items), material.held_back)
    if material.audience == "programme":
        said.append(_("counts and averages of all"))
    if any(material.redacted.values()):
        taken = _(
            "removed from the texts: mail addresses {mail}, phone numbers {phone}, names {name}"
        )
        said.append(taken.format(**material.redacted))
    elif material.audience != "me":
        said.append(_("no addresses, phone numbers or names removed"))
    return SEPARATOR.join(said)


def _in_numbers(out: int, held_back: int) -> list[str]:
    return [
        ngettext("{count} record", "{count} records", out).format(count=out),
        _("{count} held back").format(count=held_back),
    ]
