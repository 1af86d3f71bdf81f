"""A pair: a mentoring relationship of mine with one partner, and how a typed name finds it."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.cadence import parse_cadence
from mentorlog.domain.record import Record, record
from mentorlog.errors import AmbiguousPair, InvalidValue
from mentorlog.text import folded

ROLES = ("mentor", "mentee")
CHANNELS = ("in-person", "online", "phone", "chat")
LONGEST_MEETING = 24 * 60


@record
class Pair(Record):
    """A mentoring relationship. `minutes` and `channel` are what its meetings usually have."""

    kind: ClassVar[str] = "pair"
    letter: ClassVar[str] = "p"
    dated_by: ClassVar[str] = "started_on"

    partner: str = fields.line()
    alias: str | None = fields.line(default=None)
    my_role: str = fields.choice(*ROLES)
    programme: str | None = fields.line(default=None)
    started_on: date = fields.day()
    cadence: str | None = fields.line(default=None)
    minutes: int | None = fields.number(1, LONGEST_MEETING, default=None)
    channel: str | None = fields.choice(*CHANNELS, default=None)
    term_ends_on: date | None = fields.day(default=None)
    state: str = fields.choice("active", "paused", "ended", default="active")
    ended_because: str | None = fields.choice("done", "mismatch", "moved", "other", default=None)
    language: str | None = fields.choice("en", "ja", default=None)

    def check(self) -> None:
        """Keep the rhythm in its one form; refuse an id as a name, and a term that ends too early."""
        if self.cadence is not None:
            self.__dict__["cadence"] = parse_cadence(self.cadence)
        for name in ("partner", "alias"):
            called = folded(getattr(self, name) or "")
            is_id = called.isascii() and called[:1].isalpha() and called[1:].isdecimal()
            if is_id:  # "p2" would mean the record
                raise InvalidValue(name, getattr(self, name), "looks-like-an-id")
        if self.term_ends_on is not None and self.term_ends_on <= self.started_on:
            raise InvalidValue("term_ends_on", self.term_ends_on.isoformat(), "before-the-start")

    @property
    def short_name(self) -> str:
        """What to call the partner where space is short, and in commands to type."""
        return self.alias or self.partner

    @property
    def mentee(self) -> str:
        """Which side the mentee is, "me" or "partner": advice belongs to them."""
        return "me" if self.my_role == "mentee" else "partner"

    @property
    def handle(self) -> str:
        """What names this pair in a command to type: the short name where no shell would mind it."""
        is_plain = all(character.isalnum() or character in "-_" for character in self.short_name)
        return self.short_name if is_plain and self.short_name[0] != "-" else self.id

    @property
    def is_active(self) -> bool:
        """True while meetings are expected."""
        return self.state == "active"


def answers_exactly(pair: Pair, typed: str) -> bool:
    """True when `typed` is the whole id, alias or name of `pair`, whatever its case and width."""
    wanted = folded(typed)
    return wanted in {pair.id, folded(pair.partner), folded(pair.alias or "")} - {""}


def named(pairs: Iterable[Pair], typed: str) -> Pair | None:
    """Return the pair that `typed` means: its id, alias or name, or a unique beginning of either.

    Pairs that have ended give way to those that have not. Raises AmbiguousPair when several are
    left, returns None when there is none.
    """
    known = list(pairs)
    wanted = folded(typed)
    exact = [pair for pair in known if answers_exactly(pair, typed)]
    begun = [
        pair
        for pair in known
        if wanted
        and any(folded(name or "").startswith(wanted) for name in (pair.partner, pair.alias))
    ]
    found = exact or begun
    found = [pair for pair in found if pair.state != "ended"] or found
    if len(found) > 1:
        raise AmbiguousPair(typed, tuple((pair.id, pair.partner) for pair in found))
    return found[0] if found else None
