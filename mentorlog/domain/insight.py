"""An insight: something noticed, in a meeting or between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.record import Record

BENEFITS = (
    "tacit-knowledge",
    "new-perspectives",
    "leadership",
    "deeper-understanding",
    "wider-network",
    "self-efficacy",
    "open-sharing",
)
VIEWPOINTS = ("me", "partner")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Insight(Record):
    """Something noticed: which of the seven benefits it is evidence for, and whose view it was."""

    kind: ClassVar[str] = "insight"
    letter: ClassVar[str] = "i"
    dated_by: ClassVar[str] = "noticed_on"

    pair: str = fields.reference("pair", required=True)
    text: str = fields.text(required=True)
    noticed_on: date = fields.day(required=True)
    benefit: str | None = fields.choice(*BENEFITS)
    viewpoint: str | None = fields.choice(*VIEWPOINTS)
    goal: str | None = fields.reference("goal")
    meeting: str | None = fields.reference("meeting")
