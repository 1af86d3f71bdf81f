"""Keeping a strength: each area once in each direction."""

from mentorlog.domain.strength import Strength
from mentorlog.errors import NotPossible
from mentorlog.storage import practice
from mentorlog.storage.journal import Journal


def add_strength(journal: Journal, strength: Strength) -> Strength:
    """Keep a new strength, the same one by its uid once; refuse an area that is there already."""
    with journal.transaction("strength add") as writing:
        for known in practice.strengths(journal, strength.direction):
            if known.uid == strength.uid:
                return known
            if known.is_same_as(strength):
                raise NotPossible("strength-there", known.id)
        return writing.add(strength)
