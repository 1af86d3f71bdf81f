"""An assessment: the seven skills of mentoring, rated by oneself on one day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar, NamedTuple

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.errors import InvalidValue

SKILLS = (
    "communication",
    "open-mind",
    "keeping-time",
    "privacy",
    "accepting-feedback",
    "setting-goals",
    "learning",
)
LOWEST, HIGHEST = 1, 5


class Change(NamedTuple):
    """A skill that is rated otherwise than before."""

    skill: str
    before: int
    now: int

    @property
    def is_rise(self) -> bool:
        """True when it is rated higher now."""
        return self.now > self.before


@record
class Assessment(Record):
    """`ratings` has each skill that was rated, 1 (to be learned) to 5 (sure). It can never be shared."""

    kind: ClassVar[str] = "assessment"
    letter: ClassVar[str] = "k"
    dated_by: ClassVar[str] = "rated_on"

    pair: str = fields.reference("pair")
    rated_on: date = fields.day()
    ratings: dict[str, int] = fields.numbers(*SKILLS, low=LOWEST, high=HIGHEST)
    visibility: str = fields.choice("private", default="private")

    def check(self) -> None:
        """Refuse one without a rating."""
        if not self.ratings:
            raise InvalidValue("ratings", "", "required")

    def since(self, before: Mapping[str, int]) -> list[Change]:
        """Return what is rated otherwise here than `before`; what either lacks is no change."""
        return [
            Change(skill, before[skill], rating)
            for skill, rating in self.ratings.items()
            if before.get(skill, rating) != rating
        ]


def last_ratings(assessments: Iterable[Assessment]) -> dict[str, int]:
    """Return how each skill was rated last in `assessments`, the first one first.

    Not every assessment has every skill: what the last one left out still stands as it was.
    """
    latest: dict[str, int] = {}
    for each in assessments:
        latest |= each.ratings
    return {skill: latest[skill] for skill in SKILLS if skill in latest}
