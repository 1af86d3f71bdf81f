"""What every record has: an id, a uid, who may see it, when it was made. One base for all kinds."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform
from uuid import uuid4

from mentorlog.domain import fields
from mentorlog.domain.fields import Shape

AnyRecord = TypeVar("AnyRecord")


def new_uid() -> str:
    """Return an identifier that is unique everywhere: 32 hexadecimal digits."""
    return uuid4().hex


def local(instant: datetime) -> datetime:
    """Return an instant in local time; at either end of the calendar, as it is."""
    try:
        return instant.astimezone()
    except (OverflowError, ValueError):
        return instant


def in_utc(instant: datetime) -> datetime:
    """Return an instant in UTC; at either end of the calendar, local time as it stands."""
    if instant.tzinfo is UTC:
        return instant
    try:
        return instant.astimezone(UTC)
    except (OverflowError, ValueError):
        return instant.replace(tzinfo=UTC)


def utc_text(instant: datetime) -> str:
    """Return the text of an instant in UTC: microseconds always, so text order is time order."""
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    eq_default=False,
    field_specifiers=(
        dataclasses.field, fields.line, fields.text, fields.lines, fields.day, fields.clock,
        fields.number, fields.quantity, fields.flag, fields.choice, fields.reference, fields.texts,
        fields.numbers, fields.entries,
    ),
)  # fmt: skip
def record(kind: type[AnyRecord]) -> type[AnyRecord]:
    """Make a class a kind of record: a frozen dataclass whose fields are given by name.

    How records are made, compared and printed is written once, in Record. What dataclasses would
    write anew for each kind, at every start, took a tenth of the time of a short command.
    """
    return dataclasses.dataclass(init=False, eq=False, repr=False, match_args=False)(kind)


@record
class Record:
    """One thing the journal keeps. It never changes: a transition returns a new value.

    `id` is short and stable on this computer ("m12"; empty until the journal has given it), `uid`
    unique everywhere. `created_at` and `updated_at` are UTC instants, set by the journal.
    """

    kind: ClassVar[str]
    letter: ClassVar[str]
    dated_by: ClassVar[str]  # the field that places the record in the timeline
    by_transition: ClassVar[tuple[str, ...]] = ()  # fields that only the record's own moves change

    id: str = ""
    uid: str = dataclasses.field(default_factory=new_uid)
    visibility: str = fields.choice("private", "shared", default="private")
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def __init__(self, **given: Any) -> None:
        """Take the fields by name and check each against its shape; InvalidValue names the field."""
        values = self.__dict__
        for name, shape, default in _fields(type(self)):
            value = given.pop(name) if name in given else default()
            values[name] = value if shape is None else fields.checked(name, shape, value)
        if given:
            raise TypeError(f"a {self.kind} has no field {', '.join(given)}")
        self.check()

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

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


_FIELDS: dict[type[Record], list[tuple[str, Shape | None, Callable[[], Any]]]] = {}
_SHAPES: dict[type[Record], dict[str, Shape]] = {}


def _fields(record_type: type[Record]) -> list[tuple[str, Shape | None, Callable[[], Any]]]:
    """Return each field of a kind: its name, its shape, and what makes its value where none is given."""
    if record_type not in _FIELDS:
        _FIELDS[record_type] = [
            (each.name, each.metadata.get("shape"), _default(each))
            for each in dataclasses.fields(record_type)
        ]
    return _FIELDS[record_type]


def _default(field: "dataclasses.Field[Any]") -> Callable[[], Any]:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory
    value = None if field.default is dataclasses.MISSING else field.default
    return lambda: value


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
