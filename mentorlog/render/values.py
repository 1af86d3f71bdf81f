"""What a single field holds, in words for a terminal. No Rich here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mentorlog.domain.fields import Shape, level_text, number_text
from mentorlog.i18n import _, day, rhythm
from mentorlog.labels import code_label, field_label
from mentorlog.text import visible


def value_text(name: str, shape: Shape, value: Any) -> str:
    """Return what a field holds, for a terminal; nothing where it is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    match shape.holds:
        case "day":
            return day(value)
        case "quantity":
            return quantity_text(value)
        case "lines":
            return "\n".join(visible(item) for item in value)
        case "map":
            return "\n".join(entry_text(name, key, each) for key, each in value.items())
        case "entries":
            return "\n".join(_ENTRIES[name](entry) for entry in value)
        case "choice":
            return code_label(name, value)
        case _ if name == "cadence":
            return rhythm(value)
        case _:
            return visible(str(value), block=True)


def quantity_text(value: float, unit: str | None = None) -> str:
    """Return a number as a person would write it, with its unit where it has one."""
    number = number_text(value)
    return number if unit is None else f"{number} {visible(unit)}"


def entry_text(field: str, key: str, value: Any) -> str:
    """Return an entry of a map behind what its key is called."""
    called = code_label(field, key)
    if field == "levels":
        called = f"{level_text(int(key))} {called}"
    said = visible(str(value), block=True)
    return _("{label}: {text}").format(label=visible(called), text=said)


def pause_text(pause: Mapping[str, Any]) -> str:
    """Return a pause: from when, and until when where that is known."""
    begun = day(date.fromisoformat(pause["from_on"]))
    if pause["until_on"] is None:
        return _("from {day} on").format(day=begun)
    return _("{since} to {until}").format(
        since=begun, until=day(date.fromisoformat(pause["until_on"]))
    )


def revision_text(revision: Mapping[str, Any]) -> str:
    """Return what was done to a goal, why, and what it said before."""
    said = {"revised": _("revised"), "achieved": _("achieved"), "dropped": _("dropped")}
    on = day(date.fromisoformat(revision["revised_on"]))
    head = f"{on} · {said.get(revision['did'], revision['did'])}"
    because = "" if not revision["because"] else f" · {visible(revision['because'])}"
    return "\n".join([head + because, *_before(revision["before"])])


def _before(before: Mapping[str, Any]) -> list[str]:
    """Return a line for each field as it was before; that it was active goes without saying."""
    lines = []
    for name, value in before.items():
        if name == "state":
            continue
        if isinstance(value, dict):
            said = "\n    ".join(entry_text(name, key, each) for key, each in value.items())
        elif isinstance(value, float):
            said = quantity_text(value)
        elif value is not None and name.endswith("_on"):
            said = day(date.fromisoformat(value))
        else:
            said = "" if value is None else visible(code_label(name, str(value)), block=True)
        lines.append(
            "  "
            + _("before: {label}: {text}").format(label=field_label(name), text=said or _("unset"))
        )
    return lines


_ENTRIES = {"pauses": pause_text, "revisions": revision_text}
