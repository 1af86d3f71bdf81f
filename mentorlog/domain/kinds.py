"""KINDS: every kind of record the journal keeps, by the letter of its ids."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from mentorlog.domain.record import Record
from mentorlog.errors import RecordNotFound

# The one list. A kind is a module here, with a class of the same name: goal.py has Goal.
LETTERS = {
    "p": "pair",
    "t": "agreement",
    "m": "meeting",
    "q": "question",
    "a": "action",
    "g": "goal",
    "n": "measurement",
    "i": "insight",
    "r": "reflection",
    "f": "feedback",
    "v": "review",
    "k": "assessment",
    "s": "strength",
}
LETTER_OF = {kind: letter for letter, kind in LETTERS.items()}

_MOST_DIGITS = 18  # always fit the 64-bit number a row has


class Kinds(Mapping[str, type[Record]]):
    """Record types by a key. A type is imported when it is asked for: most calls need few of them."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._types: dict[str, type[Record]] = {}

    def __getitem__(self, key: str) -> type[Record]:
        """Return the record type of a key."""
        found = self._types.get(key)
        if found is None:
            kind = self._kinds[key]
            found = getattr(import_module(f"mentorlog.domain.{kind}"), kind.capitalize())
            self._types[key] = found
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


KINDS = Kinds(LETTERS)
KIND_NAMES = Kinds({kind: kind for kind in LETTERS.values()})


def id_of(kind: str, number: int) -> str:
    """Return the id of a record, such as "m12"; the type of its kind is not loaded for it."""
    return f"{LETTER_OF[kind]}{number}"


def parse_reference(ref: str, wanted: str | None = None) -> tuple[type[Record], int]:
    """Return the record type and number that an id such as "m12" names.

    Raises RecordNotFound when it is no id, or not one of the `wanted` kind.
    """
    typed = ref.strip().lower()
    kind, digits = LETTERS.get(typed[:1]), typed[1:]
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    if kind is None or not is_number or wanted not in (None, kind):
        raise RecordNotFound(wanted, ref)
    return KIND_NAMES[kind], int(digits)
