"""What of the journal is offered: pairs by what they are called, records by their ids, topics.

The reads are `storage/candidates.py`'s. A name or a topic that is not plain words stands only in what
is said of a candidate, made visible, and never in the value.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from mentorlog.cli.completion.offers import Candidate, is_plain
from mentorlog.cli.completion.place import Place
from mentorlog.config import Config
from mentorlog.domain.kinds import LETTERS
from mentorlog.domain.pair import named
from mentorlog.errors import AmbiguousPair
from mentorlog.i18n import _
from mentorlog.labels import code_label
from mentorlog.storage.candidates import Called, opened
from mentorlog.text import folded

if TYPE_CHECKING:
    from mentorlog.domain.pair import Pair


def pairs(typed: str) -> list[Candidate]:
    """Return the pairs, each by what names it: what begins as typed, its alias, its name, its id."""
    with opened(Config().journal) as journal:
        known = [] if journal is None else journal.pairs()
    names = Counter(
        (name, pair.state == "ended")
        for pair in known
        for name in {folded(pair.partner), folded(pair.alias or "")}
    )
    return [_as_called(pair, typed, names) for pair in known]


def _as_called(pair: Called, typed: str, names: Counter[tuple[str, bool]]) -> Candidate:
    """Return a pair by a name that means it and no other, as `named` has it, else by its id."""
    is_ended = pair.state == "ended"
    may_name = [
        name
        for name in (pair.alias, pair.partner)
        if name and is_plain(name) and names[folded(name), is_ended] == 1
        if not (is_ended and names[folded(name), False])
    ]
    begun = [name for name in may_name if folded(name).startswith(folded(typed))]
    value = pair.id if typed == pair.id else [*begun, *may_name, pair.id][0]
    says = [pair.partner] if value != pair.partner else []
    says += [code_label("state", pair.state)] if pair.state != "active" else []
    return Candidate(value, " · ".join(says))


def in_states(place: Place, states: Sequence[str], typed: str) -> list[Candidate]:
    """Return the newest records in these states, of the pair that the line names or of all."""
    begun = _begun(typed)
    with opened(Config().journal) as journal:
        if journal is None or begun is None:
            return []
        of = _of_named(place, journal.pairs())
        found = [each for state in states for each in journal.in_state(state, of, begun[1])]
    return [Candidate(*each) for each in found if each.id not in place.arguments]


def newest(place: Place, kinds: Sequence[str], typed: str) -> list[Candidate]:
    """Return the newest records of these kinds, or of all, whose ids begin as typed."""
    begun = _begun(typed)
    if begun is None:
        return []
    letter, digits = begun
    wanted = [
        kind
        for each, kind in LETTERS.items()
        if letter in ("", each) and (not kinds or kind in kinds)
    ]
    with opened(Config().journal) as journal:
        found = journal.newest(wanted, digits) if journal is not None and wanted else []
    return [Candidate(*each) for each in found if each.id not in place.arguments]


def _begun(typed: str) -> tuple[str, str] | None:
    """Return the letter and the digits of an id that has been begun; None of what is none."""
    begun = re.fullmatch(r"(?:([a-z])([1-9][0-9]{0,17})?)?", typed.lower())
    return None if begun is None else (begun[1] or "", begun[2] or "")


def topics(place: Place) -> Iterator[Candidate]:
    """Yield what the latest meetings were about, of the pair that the line names or of all."""
    with opened(Config().journal) as journal:
        if journal is None:
            return
        known = journal.pairs()
        of = _of_named(place, known)
        found = journal.topics(of[0] if len(of) == 1 else None)
    yield from (Candidate(topic) for topic in found if is_plain(topic))


def _of_named(place: Place, known: list[Called]) -> list[str]:
    """Return the id of the pair that the line names; where it names none that is known, those of all."""
    typed = place.values(_("PAIR"))
    try:
        meant = named(cast("list[Pair]", known), typed[-1]) if typed else None
    except AmbiguousPair:
        meant = None
    return [each.id for each in known] if meant is None else [meant.id]
