"""A reflection: answers to a few open questions, kept for oneself. The questions are the guide's."""

from datetime import date
from typing import ClassVar

from mentorlog.domain import fields
from mentorlog.domain.record import Record, record
from mentorlog.errors import InvalidValue

PHASES = ("expectation", "immersion", "looking-back")
FORMS = ("free", "ywt", "kpt", "what", "grow")


@record
class Reflection(Record):
    """What one wrote for oneself: `answers` by the key of the question. It can never be shared."""

    kind: ClassVar[str] = "reflection"
    letter: ClassVar[str] = "r"
    dated_by: ClassVar[str] = "written_on"

    pair: str = fields.reference("pair")
    written_on: date = fields.day()
    phase: str = fields.choice(*PHASES)
    form: str = fields.choice(*FORMS)
    answers: dict[str, str] = fields.texts()
    visibility: str = fields.choice("private", default="private")

    def check(self) -> None:
        """Refuse one without a word in it."""
        if not self.answers:
            raise InvalidValue("answers", "", "required")
