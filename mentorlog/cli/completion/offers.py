"""What is offered at a place on the command line: commands, options, or what a parameter takes.

Whatever it is, a candidate that leaves here is of words that no shell, glob or terminal gives a
meaning to. A text from the journal that is not is offered by its id, or not at all.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from mentorlog.text import first_line, folded

if TYPE_CHECKING:
    from mentorlog.cli.completion.place import Place

WORDS, JOINED, FILES = "words", "joined", "files"  # JOINED: what is offered goes on without a space

# Letters and digits of any script and, inside, what stands in names and mail addresses. A text from
# people never begins like an option; only ours end with what a value is joined to them by.
_WORD = r"\w(?:[\w.@+-]*\w)?"
_FROM_PEOPLE = re.compile(rf"{_WORD}(?: {_WORD})*")
_OFFERED = re.compile(rf"-{{0,2}}{_WORD}(?: {_WORD})*=?|--")
_LONGEST = 60  # characters
_MOST = 50  # of those that begin as typed: more than anybody reads


class Candidate(NamedTuple):
    """A word to go on with, and what it is told apart by."""

    value: str
    says: str = ""


class Offer(NamedTuple):
    """What may be put in at a place, and how the line goes on after it."""

    candidates: list[Candidate]
    how: str = WORDS


NOTHING = Offer([])


def is_plain(text: str) -> bool:
    """True for a text of a person that may be offered as it stands."""
    return len(text) <= _LONGEST and text.isprintable() and bool(_FROM_PEOPLE.fullmatch(text))


def offer(candidates: Iterable[Candidate], typed: str, prefix: str = "") -> Offer:
    """Return those that begin with what was typed, whatever its case and width, each once.

    `prefix` is what stands before them in the same word, as in `--via=online`.
    """
    wanted = folded(typed)
    found: dict[str, Candidate] = {}
    for value, says in candidates:
        if folded(value).startswith(wanted) and _OFFERED.fullmatch(value):
            found.setdefault(value, Candidate(prefix + value, first_line(says)))
    how = JOINED if found and all(value.endswith("=") for value in found) else WORDS
    return Offer(list(found.values())[:_MOST], how)


def offered(before: list[str], current: str) -> Offer:
    """Return what is offered for the word at the cursor, after those before it."""
    from mentorlog.cli.app import root
    from mentorlog.cli.completion.place import Place

    place = Place(root())
    for word in before:
        place.take(word)
    return _offered(place, current)


def _offered(place: "Place", current: str) -> Offer:
    from mentorlog.cli.completion.values import taken_by

    option, equals, value = current.partition("=")
    if place.waiting is not None:
        return taken_by(place, place.waiting, current)
    if place.takes_options and equals and place.option(option) is not None:
        return taken_by(place, place.option(option), value, f"{option}=")
    if place.takes_options and current.startswith("-"):
        return offer(map(Candidate._make, place.options()), current)
    if place.is_group:
        return offer(map(Candidate._make, place.commands()), current)
    found = taken_by(place, place.argument, current) if place.argument is not None else NOTHING
    if found == NOTHING and not current and place.takes_options and place.argument is None:
        return offer(map(Candidate._make, place.options()), current)
    return found
