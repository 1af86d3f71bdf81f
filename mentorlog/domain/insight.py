"""An insight: something noticed, in a meeting or between two."""

from datetime import date
from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record

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


@record
class Insight(Record):
    """Something noticed: which of the seven benefits it is evidence for, and whose view it was."""

    kind: ClassVar[str] = "insight"
    letter: ClassVar[str] = "i"
    dated_by: ClassVar[str] = "noticed_on"

    pair: str = fields.reference("pair")
    text: str = fields.text()
    noticed_on: date = fields.day()
    benefit: str | None = fields.choice(*BENEFITS, default=None)
    viewpoint: str | None = fields.choice(*VIEWPOINTS, default=None)
    goal: str | None = fields.reference("goal", default=None)
    meeting: str | None = fields.reference("meeting", default=None)
