"""A meeting begun and not finished: whom with, and the answers so far, as they were typed.

The day it was begun on is kept with them: "today" in an answer means that day, whenever the draft is
gone on with.
"""

from datetime import date
from typing import Any, NamedTuple, Self

from mentorlog.domain.record import new_uid
from mentorlog.forms.meeting import CIRCUMSTANCES
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.text import visible


class MeetingDraft(NamedTuple):
    """What `meet` has so far. `name` and `role` are what was typed for the pair.

    `pair` is its uid, once it is known which pair there is that was meant.
    """

    uid: str
    name: str | None
    role: str | None
    begun_on: date
    answers: Answers
    stood: Answers | None = None  # in the lines when the form was begun: left so, it is no answer
    pair: str | None = None

    @property
    def said(self) -> Answers:
        """What was answered, without what was left as it stood."""
        stood = self.stood or {}
        return {key: each for key, each in self.answers.items() if each != stood.get(key)}

    @classmethod
    def new(cls, name: str | None, role: str | None, today: date, answers: Answers) -> Self:
        """Return the draft of a meeting that begins now."""
        return cls(new_uid(), name, role, today, answers)

    @classmethod
    def from_json(cls, uid: str, kept: dict[str, Any]) -> Self | None:
        """Return the draft that was kept, or None where it is none of a meeting's."""
        answers = kept.get("answers")
        if kept.get("command") != "meet" or not isinstance(answers, dict):
            return None
        try:
            begun_on = date.fromisoformat(kept.get("begun_on", ""))
        except (TypeError, ValueError):
            return None
        stood = kept.get("stood")
        stood = stood if isinstance(stood, dict) else None
        name, role, pair = (kept.get(each) for each in ("name", "role", "pair"))
        return cls(uid, name, role, begun_on, answers, stood, pair)

    @property
    def has_content(self) -> bool:
        """True when something was said that there is to keep, not only when and how."""
        return any(key not in CIRCUMSTANCES for key in self.answers)

    def with_answers(self, answers: Answers) -> Self:
        """Return the same draft with other answers."""
        return self._replace(answers=answers)

    def without_answers_to_others(self, asked: list[Prompt]) -> Self:
        """Return the draft without answers about what is no longer open."""
        keys = {each.key for each in asked}
        known = {key: said for key, said in self.answers.items() if key in keys or ":" not in key}
        return self._replace(answers=known)

    def as_json(self) -> dict[str, Any]:
        """Return the draft as it is kept."""
        return {
            "command": "meet",
            "name": self.name,
            "role": self.role,
            "pair": self.pair,
            "begun_on": self.begun_on.isoformat(),
            "answers": self.answers,
            "stood": self.stood,
        }

    def about(self, name: str, role: str | None, pair: str | None) -> Self:
        """Return the same draft with the pair known, or with what is to be known of a new one."""
        return self._replace(name=name, role=role, pair=pair)


def to_go_on(name: str | None) -> str:
    """Return the command that goes on with a meeting begun with somebody of that name."""
    import shlex

    return " ".join(["mentorlog meet", *([shlex.quote(visible(name))] if name else [])])
