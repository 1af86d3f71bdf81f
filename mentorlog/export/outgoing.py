"""A record's values as they go out: every text of them cleaned, every reference turned into a uid.

Values may be nested: lists, maps, and what a record has written about itself. What is not known to
be a code, a day or a number is taken for a text. What is taken out of a text is `redact.py`'s.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from mentorlog.domain.fields import Shape
from mentorlog.domain.record import Record, shapes

_TEXT = Shape("text")
_CODES = {"cadence"}  # one of a few forms, as the pair has checked: no words of anybody's

# What a record writes about itself, beside fields of its own: pauses of a pair, revisions of a goal.
_OF_ENTRIES = {
    "from_on": Shape("day"),
    "until_on": Shape("day"),
    "revised_on": Shape("day"),
    "did": Shape("choice", choices=("revised", "achieved", "dropped")),
    "because": _TEXT,
    "before": Shape("entries"),
}


@dataclass(frozen=True)
class Outgoing:
    """How values leave: `uids` turns the ids of records into uids, `clean` is applied to every text."""

    uids: Mapping[str, str]
    clean: Callable[[str], str]

    def fields(self, record_type: type[Record], seen: Mapping[str, object]) -> Mapping[str, object]:
        """Return fields of a record as they go out; those that are the journal's own stay."""
        shaped = shapes(record_type)
        return {
            name: value
            if name in _CODES or name not in shaped
            else self._value(shaped[name], value, shaped)
            for name, value in seen.items()
        }

    def _value(self, shape: Shape, value: object, shaped: Mapping[str, Shape]) -> object:
        """Return a value as it goes out; `shaped` are the fields of the record it is in."""
        if isinstance(value, dict):
            if shape.holds == "map" and shape.each is not None:
                return self._map(value, dict.fromkeys(shape.keys, shape.each), shape.each)
            return self._map(value, {**shaped, **_OF_ENTRIES}, _TEXT)
        if isinstance(value, tuple | list):
            return tuple(self._value(shape, each, shaped) for each in value)
        return self._text(shape, value) if isinstance(value, str) else value

    def _map(
        self, value: Mapping[str, object], known: Mapping[str, Shape], other: Shape
    ) -> dict[str, object]:
        """Return a map with its values as they go out; a key that is not `known` is a text too."""
        return {
            key if key in known else self.clean(key): self._value(
                known.get(key, other), each, known
            )
            for key, each in value.items()
        }

    def _text(self, shape: Shape, value: str) -> str | None:
        match shape.holds:
            case "reference":
                return self.uids.get(value)
            case "clock":
                return value  # the record has checked it
            case "choice" if value in shape.choices:
                return value
            case "day" if day_in(value) is not None:
                return value
            case _:
                return self.clean(value)


def day_in(value: object) -> date | None:
    """Return the day that an entry holds as ISO text; None where it holds anything else."""
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return None
