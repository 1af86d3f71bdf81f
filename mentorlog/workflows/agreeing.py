"""Agreeing: the next version of what the two of a pair agreed on, and what it changes about the pair.

What was typed is read in `forms/agreeing.py`; here are the terms by the names of their fields, None
for one that is taken away.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, Self, cast

from mentorlog.domain.agreement import WORDS, Agreement
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import new_uid
from mentorlog.errors import InvalidValue, NotPossible
from mentorlog.storage import agreements, queries
from mentorlog.storage.journal import Journal, Writing

OF_THE_PAIR = ("cadence", "minutes", "channel", "term_ends_on")


class Agreed(NamedTuple):
    """What came of agreeing: the pair and what was in force, before and after.

    `agreement` is the new version, None where only the pair has changed.
    """

    before: Pair
    last: Agreement | None
    pair: Pair
    agreement: Agreement | None

    @property
    def is_news(self) -> bool:
        """True when something was agreed on that had not been before."""
        return self.agreement is not None or self.pair != self.before

    def refuse_no_news(self) -> Self:
        """Return it where it is news; NotPossible names what says the same already."""
        if not self.is_news:
            raise NotPossible("nothing-agreed", (self.last or self.pair).id)
        return self


def agreed(
    pair: Pair,
    in_force: Agreement | None,
    terms: Mapping[str, Any],
    on: date,
    *,
    uid: str = "",
) -> tuple[Pair, Agreement | None]:
    """Return the pair and the new version that the terms make; None where they say nothing new.

    A term that was not said is carried over. Raises InvalidValue for what does not go together.
    """
    about_pair = {name: terms[name] for name in OF_THE_PAIR if name in terms}
    ends_on = about_pair.get("term_ends_on")
    if ends_on is not None and ends_on != pair.term_ends_on:
        refuse_over(ends_on, on)
    words = {name: terms[name] for name in WORDS if name in terms}
    carried = {} if in_force is None else {name: getattr(in_force, name) for name in WORDS}
    new = Agreement(
        uid=uid or new_uid(),
        pair=pair.id,
        agreed_on=on,
        **{**carried, **words},
    )
    after = pair.with_changes(**about_pair)
    if in_force is not None:
        return after, in_force.next_version(new) if words else None
    return after, new if any(getattr(new, name) for name in WORDS) else None


def refuse_over(ends_on: date, on: date) -> None:
    """Refuse a term that is over on the day it is agreed on."""
    if ends_on <= on:
        raise InvalidValue("term_ends_on", ends_on.isoformat(), "term-over", (on.isoformat(),))


def agree_within(
    journal: Journal,
    writing: Writing,
    pair: Pair,
    terms: Mapping[str, Any],
    on: date,
    *,
    uid: str = "",
) -> tuple[Pair, Agreement | None]:
    """Keep what the terms make, within a write that is under way; both as they are kept."""
    pair.refuse_ended()
    in_force = agreements.in_force(journal, pair.id)
    after, new = agreed(pair, in_force, terms, on, uid=uid)
    return writing.change(after), None if new is None else writing.add(new)


def agree(
    journal: Journal,
    ref: str,
    terms: Mapping[str, Any],
    on: date,
    *,
    uid: str = "",
) -> Agreed:
    """Keep what the pair with that id has agreed on; where nothing of it is new, nothing is written.

    The same version, by its uid, is kept once.
    """
    with journal.transaction("pair agree") as writing:
        before = cast("Pair", journal.get(ref, "pair"))
        last = agreements.in_force(journal, ref)
        before.refuse_ended()
        if uid and queries.with_uid(journal, Agreement, uid) is not None:
            return Agreed(before, last, before, last)
        pair, new = agree_within(journal, writing, before, terms, on, uid=uid)
        return Agreed(before, last, pair, new)
