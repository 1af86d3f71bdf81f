"""Which pair is meant, and starting a new one."""

from datetime import date
from typing import NamedTuple

from mentorlog.domain.pair import Pair, answers_exactly, named
from mentorlog.domain.when import add_span
from mentorlog.errors import (
    AmbiguousPair,
    InvalidValue,
    NotPossible,
    RecordNotFound,
    UsageError,
)
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs


class Customs(NamedTuple):
    """What a new pair begins with unless it is told otherwise: rhythm, term, language of its letters."""

    cadence: str
    term: str
    language: str


def the_pair(journal: Journal, typed: str | None, *states: str) -> Pair:
    """Return the pair that `typed` names, or the only one that may go unnamed where nothing was typed.

    The first of `states` that any pair is in decides which may: unless told otherwise the active one
    or, where none is active, the paused one. Raises RecordNotFound, AmbiguousPair or NotPossible
    "no-pair", "only-paused", "only-ended".
    """
    known = all_pairs(journal)
    if typed is not None:
        found = named(known, typed)
        if found is None:
            raise RecordNotFound("pair", typed)
        return found
    for state in states or ("active", "paused"):
        meant = [pair for pair in known if pair.state == state]
        if len(meant) > 1:
            raise AmbiguousPair("", tuple((pair.id, pair.partner) for pair in meant))
        if meant:
            return meant[0]
    if not known:
        raise NotPossible("no-pair")
    paused = next((pair for pair in known if pair.state == "paused"), None)
    raise NotPossible("only-paused" if paused else "only-ended", (paused or known[-1]).id)


def pair_or_none(journal: Journal, typed: str | None, role: str | None) -> Pair | None:
    """Return the pair meant by `meet NAME`, or None where a new one is to be started.

    With a role, the name is taken for a new pair's unless it is exactly that of one there is: a
    beginning of another name is refused, because it could mean either.
    """
    if typed is None:
        only = the_pair(journal, None)
        if role not in (None, only.my_role):
            raise UsageError("other-role", known=only.partner, role=only.my_role)
        return only
    found = named(all_pairs(journal), typed)
    if found is not None and role is not None and not answers_exactly(found, typed):
        raise UsageError("new-or-known", typed=typed, known=found.partner, id=found.id)
    if found is not None and role not in (None, found.my_role):
        raise UsageError("other-role", known=found.partner, role=found.my_role)
    return found


def new_pair(
    partner: str, my_role: str, started_on: date, customs: Customs, **more: object
) -> Pair:
    """Return a pair not yet kept; `more` are fields of it that were given."""
    given = {name: value for name, value in more.items() if value is not None}
    term = given.pop("term", None)
    return Pair(
        partner=partner,
        my_role=my_role,
        started_on=started_on,
        cadence=str(given.pop("cadence", customs.cadence)),
        term_ends_on=add_span(started_on, str(term)) if term else _usual_end(started_on, customs),
        language=str(given.pop("language", customs.language)),
        **given,  # type: ignore[arg-type]
    )


def _usual_end(started_on: date, customs: Customs) -> date | None:
    """Return when a term of the usual length ends; one that the calendar has no end for has none."""
    try:
        return add_span(started_on, customs.term)
    except InvalidValue:
        return None


def refuse_taken_name(journal: Journal, pair: Pair) -> None:
    """Refuse a name or alias by which another pair is already called that has not ended."""
    for other in all_pairs(journal):
        if other.state == "ended":
            continue
        for name in (pair.partner, pair.alias):
            if name and other.id != pair.id and answers_exactly(other, name):
                raise NotPossible("name-taken", other.id, name=name)
