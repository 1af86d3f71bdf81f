"""A pair: a mentoring relationship of mine with one partner, and how a typed name finds it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from mentorlog.domain import fields
from mentorlog.domain.cadence import Pause, parse_cadence
from mentorlog.domain.record import Record, record
from mentorlog.errors import AmbiguousPair, InvalidValue, NotPossible
from mentorlog.text import folded

ROLES = ("mentor", "mentee")
CHANNELS = ("in-person", "online", "phone", "chat")
LONGEST_MEETING = 24 * 60
SHORTEST_HALF = timedelta(days=28)  # of a term: below it, the review at the end is enough


@record
class Pair(Record):
    """A mentoring relationship. `minutes` and `channel` are what its meetings usually have.

    `pauses` are in order: each from a day up to the one it goes on again, which is the day planned
    while the pause lasts and None where none is. That day itself is no pause any more. One that is
    planned ahead leaves the pair active. A term that has ended early ends on that day.
    """

    kind: ClassVar[str] = "pair"
    letter: ClassVar[str] = "p"
    dated_by: ClassVar[str] = "started_on"
    by_transition: ClassVar[tuple[str, ...]] = ("state", "ended_because", "pauses")

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
    pauses: tuple[dict[str, Any], ...] = fields.entries(default=())

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
            raise InvalidValue("term_ends_on", str(self.term_ends_on), "before-the-start")
        try:
            _ = self.pause_spans
        except (KeyError, TypeError, ValueError):  # written by another program
            raise InvalidValue("pauses", "", "not-entries") from None

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

    @property
    def ended_on(self) -> date | None:
        """The day it ended: that of its term or, where it has had none, its first; None of one that goes on."""
        return (self.term_ends_on or self.started_on) if self.state == "ended" else None

    @property
    def pause_spans(self) -> list[Pause]:
        """The pauses as days."""
        return [
            Pause(
                date.fromisoformat(each["from_on"]),
                None if each["until_on"] is None else date.fromisoformat(each["until_on"]),
            )
            for each in self.pauses
        ]

    @property
    def review_days(self) -> list[date]:
        """The days to look back on: half-way, where the term is long enough for two, and its end."""
        if self.term_ends_on is None:
            return []
        half = (self.term_ends_on - self.started_on) / 2
        middle = [self.started_on + half] if half >= SHORTEST_HALF else []
        return [*middle, self.term_ends_on]

    def paused(self, on: date, until: date | None, today: date) -> Self:
        """Return it with a pause from that day; `until` is the day it is to go on, None if unknown.

        It takes the place of one that is not over: so the days of that are changed. A pause planned
        ahead, or over already, leaves the pair active.
        """
        self.refuse_ended()
        if until is not None and until <= on:
            begins = (on.isoformat(),)
            raise InvalidValue("until", until.isoformat(), "pause-without-length", begins)
        new, unfinished, others = Pause(on, until), self.unfinished_pause(today), self.pause_spans
        if unfinished is not None:
            others = others[:-1]
            if _is_over(new, today):
                others.append(unfinished._replace(until_on=None))
            elif unfinished.from_on <= today < on:
                raise InvalidValue("on", on.isoformat(), "pause-lasts")
        if on < self.started_on or any(_overlap(each, new) for each in others):
            raise InvalidValue("on", on.isoformat(), "pause-too-early")
        if _is_over(new, today):
            return self._with_pauses([*self.pause_spans, new])
        return self._with_pauses([*others, new], state="paused" if on <= today else "active")

    def resumed(self, on: date, today: date) -> Self:
        """Return it active, its pause over on that day; a pause still to come is called off."""
        self.refuse_ended()
        pause = self.unfinished_pause(today)
        if pause is None and self.is_active:
            raise NotPossible("pair-not-paused", self.id)
        if on > today:
            raise InvalidValue("on", on.isoformat(), "resume-to-come", (on.isoformat(),))
        if pause is None:
            return self.with_changes(state="active")
        if on < pause.from_on <= today:
            begun = pause.from_on.isoformat()
            raise InvalidValue("on", on.isoformat(), "before-the-pause", (begun,))
        ended = [pause._replace(until_on=on)] if on > pause.from_on else []
        return self._with_pauses([*self.pause_spans[:-1], *ended], state="active")

    def unfinished_pause(self, today: date) -> Pause | None:
        """The pause that lasts, even past the day planned for its end, or one that is still to come."""
        last = self.pause_spans[-1] if self.pauses else None
        is_left = last is not None and (self.state == "paused" or not _is_over(last, today))
        return last if is_left else None

    def pause_on(self, today: date) -> Pause | None:
        """The pause that lasts on that day, as begun or as planned ahead."""
        pause = self.unfinished_pause(today)
        return pause if pause is not None and pause.from_on <= today else None

    def extended(self, to: date, today: date) -> Self:
        """Return it with a longer term."""
        self.refuse_ended()
        if self.term_ends_on is not None and to <= self.term_ends_on:
            raise InvalidValue("to", to.isoformat(), "not-longer", (self.term_ends_on.isoformat(),))
        return self._with_term(to, today)

    def shortened(self, to: date, today: date) -> Self:
        """Return it with a shorter term."""
        self.refuse_ended()
        if self.term_ends_on is None:
            raise NotPossible("no-term", self.id)
        if to >= self.term_ends_on:
            raise InvalidValue(
                "to", to.isoformat(), "not-shorter", (self.term_ends_on.isoformat(),)
            )
        return self._with_term(to, today)

    def ended(self, on: date, because: str, today: date) -> Self:
        """Return it ended: its term and its pauses go no further than that day."""
        self.refuse_ended()
        if on > today:
            raise InvalidValue("on", on.isoformat(), "end-to-come", (on.isoformat(),))
        if on < self.started_on:
            raise InvalidValue(
                "on", on.isoformat(), "end-too-early", (self.started_on.isoformat(),)
            )
        pauses = [
            each if _is_over(each, on) else each._replace(until_on=on)
            for each in self.pause_spans
            if each.from_on < on
        ]
        # One that ends on its first day has had no term.
        term_ends_on = None if on == self.started_on else min(self.term_ends_on or on, on)
        return self._with_pauses(
            pauses, state="ended", ended_because=because, term_ends_on=term_ends_on
        )

    def refuse_ended(self) -> None:
        """Refuse to do anything more to a pair that has ended."""
        if self.state == "ended":
            raise NotPossible("pair-ended", self.id)

    def _with_term(self, to: date, today: date) -> Self:
        if to < today:
            raise InvalidValue("to", to.isoformat(), "day-is-past")
        return self.with_changes(term_ends_on=to)

    def _with_pauses(self, spans: Iterable[Pause], **changes: Any) -> Self:
        ordered = sorted(spans, key=lambda each: each.from_on)
        return self.with_changes(pauses=tuple(_entry(each) for each in ordered), **changes)


def _is_over(pause: Pause, today: date) -> bool:
    return pause.until_on is not None and pause.until_on <= today


def _overlap(one: Pause, other: Pause) -> bool:
    """True when two pauses have a day in common."""
    return one.covers(other.from_on) or other.covers(one.from_on)


def _entry(pause: Pause) -> dict[str, Any]:
    until_on = pause.until_on
    return {
        "from_on": pause.from_on.isoformat(),
        "until_on": None if until_on is None else until_on.isoformat(),
    }


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
