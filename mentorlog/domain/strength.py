"""A strength: something one can offer, or would like to learn. It belongs to no pair."""

from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.text import folded

DIRECTIONS = ("offered", "wanted")


@record
class Strength(Record):
    """An area with the evidence for it: offered to others, or wanted from them. It stays private."""

    kind: ClassVar[str] = "strength"
    letter: ClassVar[str] = "s"
    dated_by: ClassVar[str] = "created_at"

    area: str = fields.line()
    evidence: str | None = fields.text(default=None)
    direction: str = fields.choice(*DIRECTIONS, default="offered")
    visibility: str = fields.choice("private", default="private")

    def is_same_as(self, other: "Strength") -> bool:
        """True when both name one area in one direction, whatever the case and width it is written in."""
        return self.direction == other.direction and folded(self.area) == folded(other.area)
