"""What the JSON of other programs has in common: a list of entries, and keys nobody foresaw.

A key that no record has a field for is kept as text, in short. What is wrong with an entry is said by
the key it stands under.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from mentorlog.errors import BadFile, InvalidValue, Place
from mentorlog.importers.json_pieces import Pieces


def entries(document: Pieces, within: str = "") -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the objects in the list `entries`, each with its place; what stands beside it is let be."""
    has_list = False
    for member in document.members():
        if member != "entries":
            document.value()
            continue
        has_list = True
        for number, value in enumerate(document.elements(), 1):
            line = document.line if document.line > 1 else 0  # all of it may be on one
            place = Place(number, line, within=within)
            if not isinstance(value, dict):
                raise BadFile("no-entry", place)
            yield place, value
    if not has_list:
        raise BadFile("no-list", Place(within=within))


def text_of(value: dict[str, Any], key: str) -> str:
    """Return the text under a key, blank where there is none."""
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise InvalidValue(key, "", "not-a-text")
    return (found or "").replace("\r\n", "\n").replace("\r", "\n")


def texts_of(value: dict[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts in the list under a key."""
    found = value.get(key) or []
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise InvalidValue(key, "", "not-lines")
    return tuple(found)


def flag_of(value: dict[str, Any], key: str) -> bool:
    """Return the claim under a key, false where there is none."""
    found = value.get(key)
    if found is not None and not isinstance(found, bool):
        raise InvalidValue(key, "", "not-a-flag")
    return bool(found)


def others(value: dict[str, Any], known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return what stands under keys that are not `known`, as text; what says nothing is left out."""
    return tuple(
        (" ".join(key.split()), _short(each))
        for key, each in value.items()
        if key not in known and _says_something(each)
    )


def _says_something(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], {})


def _short(value: Any) -> str:
    """Return a value on one line: "Rome, Italy"-like for texts and numbers, as JSON what is deeper."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and not any(
        isinstance(each, dict | list) for each in value.values()
    ):
        return ", ".join(f"{key} {each}" for key, each in value.items() if _says_something(each))
    return json.dumps(value, ensure_ascii=False)
