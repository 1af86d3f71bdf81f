"""Preparing the next meeting of a pair: its brief, and beside it goals, agreement, agenda, material."""

from collections.abc import Sequence
from typing import NamedTuple

from mentorlog.domain.agenda import Slot, meeting_agenda
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.brief import Brief
from mentorlog.domain.matching import matches
from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.domain.strength import Strength
from mentorlog.storage import agreements, goals, practice
from mentorlog.storage.few import Few
from mentorlog.storage.journal import Journal
from mentorlog.storage.sendable import first_private, open_shared
from mentorlog.workflows.prepare import brief

USUAL_MINUTES = 60  # of a meeting whose length has never been said


class Preparation(NamedTuple):
    """A brief with what `prep` shows beside it.

    `agenda` is there for a first meeting and for one online; `strengths` are those that match a goal,
    for a first meeting; `material` is what is shared and may be sent ahead, for one online, and
    `held_back` the first of what is open and not shared. `goals_unread` and `material_unread` are how
    many more there are.
    """

    brief: Brief
    goals: Sequence[MeasuredGoal]
    goals_unread: int
    agreement: Agreement | None
    channel: str | None
    agenda: Sequence[Slot] = ()
    strengths: Sequence[Strength] = ()
    material: Sequence[Record] = ()
    material_unread: int = 0
    held_back: Record | None = None

    @property
    def is_online(self) -> bool:
        """True when the next meeting is to be online."""
        return self.channel == "online"


def preparation(
    journal: Journal, pair: Pair, channel: str | None = None, most: int | None = None
) -> Preparation:
    """Return what to take to the next meeting of `pair`, in the way that is told or is usual.

    Of each sort it has `most`.
    """
    known = brief(journal, pair, most)
    last = known.last_meeting
    channel = channel or pair.channel or (last.channel if last else None)
    is_online = channel == "online"
    aims, aims_unread = goals.first_goals(journal, pair.id, most)
    shared = open_shared(journal, pair.id, most) if is_online else Few[Record]([])
    return Preparation(
        brief=known,
        goals=aims,
        goals_unread=aims_unread,
        agreement=agreements.in_force(journal, pair.id),
        channel=channel,
        agenda=_agenda(known) if is_online or known.is_first else (),
        strengths=_matching(practice.strengths(journal), aims) if known.is_first else (),
        material=shared.read,
        material_unread=shared.unread,
        held_back=first_private(journal, pair.id) if is_online else None,
    )


def _agenda(known: Brief) -> list[Slot]:
    last = known.last_meeting
    minutes = known.pair.minutes or (last.minutes if last else None) or USUAL_MINUTES
    has_open = bool(known.advice or known.actions)
    return meeting_agenda(minutes, is_first=known.is_first, has_open=has_open)


def _matching(strengths: Sequence[Strength], aims: Sequence[MeasuredGoal]) -> list[Strength]:
    """Return the strengths that speak of the same thing as a goal."""
    wanted = [f"{each.goal.statement}\n{each.goal.why or ''}" for each in aims]
    return [each for each in strengths if any(matches(each.area, text) for text in wanted)]
