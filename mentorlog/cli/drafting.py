"""A meeting begun and not finished: whom with, and the answers so far, as they were typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Self

from mentorlog.domain.record import new_uid
from mentorlog.forms.prompt import Answers


@dataclass(frozen=True)
class MeetingDraft:
    """What `meet` has so far. `name` and `role` are what was typed for the pair."""

    uid: str
    name: str | None
    role: str | None
    answers: Answers = field(default_factory=dict)

    @classmethod
    def new(cls, name: str | None, role: str | None, answers: Answers) -> Self:
        """Return the draft of a meeting that begins now."""
        return cls(new_uid(), name, role, answers)

    @classmethod
    def from_json(cls, uid: str, kept: dict[str, Any]) -> Self | None:
        """Return the draft that was kept, or None where it is none of a meeting's."""
        answers = kept.get("answers")
        if kept.get("command") != "meet" or not isinstance(answers, dict):
            return None
        return cls(uid, kept.get("name"), kept.get("role"), answers)

    def as_json(self) -> dict[str, Any]:
        """Return the draft as it is kept."""
        return {"command": "meet", "name": self.name, "role": self.role, "answers": self.answers}

    def about(self, name: str, role: str | None) -> Self:
        """Return the same draft with the pair known."""
        return replace(self, name=name, role=role)
