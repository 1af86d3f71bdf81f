"""What every record has: an id, a uid, who may see it, when it was made. One base for all kinds."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from mentorlog.domain.fields import Shape, checked


def new_uid() -> str:
    """Return an identifier that is unique everywhere: 32 hexadecimal digits."""
    return uuid4().hex


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Record:
    """One thing the journal keeps. It never changes: a transition returns a new value.

    How records compare and print is written once, here: generated for each kind, as dataclasses do,
    it would take a fifth of the start-up of every call.

    `id` is short and stable on this computer ("m12"; empty until the journal has given it), `uid`
    unique everywhere. `created_at` and `updated_at` are UTC instants, set by the journal.
    """

    kind: ClassVar[str]
    letter: ClassVar[str]
    dated_by: ClassVar[str]  # the field that places the record in the timeline

    id: str = ""
    uid: str = dataclasses.field(default_factory=new_uid)
    visibility: str = dataclasses.field(
        default="private",
        metadata={"shape": Shape("choice", choices=("private", "shared"))},
    )
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def __post_init__(self) -> None:
        """Check every field against its shape; raise InvalidValue naming the field."""
        for name, shape in shapes(type(self)).items():
            given = getattr(self, name)
            kept = checked(name, shape, given)
            if kept is not given:
                object.__setattr__(self, name, kept)
        self.check()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), self.uid))

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id or 'new'}>"  # no text: it must not reach a report

    def check(self) -> None:
        """Refuse fields that do not go together. Kinds with such a rule say it here."""

    def with_changes(self, **changes: Any) -> Self:
        """Return the same record with some fields changed, checked again."""
        return dataclasses.replace(self, **changes)

    @property
    def is_shared(self) -> bool:
        """True when the user has shared this record."""
        return self.visibility == "shared"


_SHAPES: dict[type[Record], dict[str, Shape]] = {}


def shapes(record_type: type[Record]) -> dict[str, Shape]:
    """Return the shape of each field of `record_type` that a person can fill, in order.

    The fields every record has come last; id, uid and the instants are the journal's own.
    """
    if record_type not in _SHAPES:
        found = {
            each.name: each.metadata["shape"]
            for each in dataclasses.fields(record_type)
            if "shape" in each.metadata
        }
        found["visibility"] = found.pop("visibility")
        _SHAPES[record_type] = found
    return _SHAPES[record_type]
