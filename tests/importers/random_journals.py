"""Random records of every kind, made from the shapes of their fields, for journals to take in and give out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from mentorlog.domain.fields import Shape
from mentorlog.domain.goal import LEVELS
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.reading_order import reading_order
from mentorlog.domain.record import Record, shapes

FIRST, LAST = date(1, 1, 2), date(9999, 12, 30)

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=20)
words = texts.filter(str.strip)
line_texts = words.map(lambda text: " ".join(text.split()) or "x").filter(str.strip)
days = st.dates(FIRST, LAST)
instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)).map(  # noqa: DTZ001  (made UTC)
    lambda at: at.replace(tzinfo=UTC)
)
quantities = st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15, allow_nan=False)


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    """Draw the records of a journal, each after all that it refers to."""
    made: dict[str, list[Record]] = {kind: [] for kind in KIND_NAMES}
    for kind in reading_order():
        for number in draw(st.lists(st.integers(1, 10**9), max_size=3, unique=True)):
            record = draw(_record(kind, number, made))
            if record is not None:
                made[kind].append(record)
    return [each for kind in reading_order() for each in made[kind]]


@st.composite
def _record(
    draw: st.DrawFn, kind: str, number: int, made: dict[str, list[Record]]
) -> Record | None:
    record_type = KIND_NAMES[kind]
    values: dict[str, Any] = {}
    for name, shape in shapes(record_type).items():
        if shape.refers_to:
            pair = values.get("pair")
            known = [
                each.uid
                for each in made[shape.refers_to]
                if pair is None or shape.refers_to == "pair" or getattr(each, "pair") == pair  # noqa: B009
            ]
            if not known and shape.required:
                return None
            choice = st.sampled_from(known) if known else st.none()
        else:
            choice = _value(name, shape)
        is_there = shape.required or shape.holds in {"map", "lines", "entries", "flag"}
        values[name] = draw(choice if is_there else st.none() | choice)
    return record_type(
        id=f"{record_type.letter}{number}", uid=_uid(kind, number), created_at=draw(instants),
        updated_at=draw(instants), **_together(kind, values),
    )  # fmt: skip


def _uid(kind: str, number: int) -> str:
    return sha256(f"{kind} {number}".encode()).hexdigest()[:32]


def _together(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """Mend what the records refuse about fields beside one another."""
    later = {"pair": ("started_on", "term_ends_on"), "meeting": ("held_on", "next_on")}
    if kind in later:
        first, then = later[kind]
        if values[then] is not None and values[then] <= values[first]:
            values[then] = values[first] + timedelta(days=1)
    if kind == "review":
        values["to_on"] = max(values["from_on"], values["to_on"])
        if values["next_review_on"] is not None:
            values["next_review_on"] = values["to_on"] + timedelta(days=1)
    if kind == "goal" and values["target"] == values["baseline"]:
        values["target"] = None
    if kind == "measurement" and values["value"] is None:
        values["level"] = values["level"] or 0
    return values


def _value(name: str, shape: Shape) -> st.SearchStrategy[Any]:
    special: dict[str, st.SearchStrategy[Any]] = {
        "cadence": st.sampled_from(["1d", "2w tue", "1m fri-1", "2/m"]),
        "partner": line_texts.map(lambda text: f"{text} .").filter(lambda text: "\n" not in text),
        "alias": line_texts.map(lambda text: f"{text} .").filter(lambda text: "\n" not in text),
        "pauses": st.lists(
            st.fixed_dictionaries(
                {"from_on": days.map(str), "until_on": st.none() | days.map(str)}
            ),
            max_size=2,
        ).map(tuple),
        "revisions": st.lists(_revision(), max_size=2).map(tuple),
        "levels": st.just({}) | st.fixed_dictionaries(dict.fromkeys(LEVELS, words)),
    }
    if name in special:
        return special[name]
    if shape.holds == "number":
        return st.integers(int(shape.low), int(shape.high))
    if shape.holds == "choice":
        return st.sampled_from(shape.choices)
    return _map(shape) if shape.holds == "map" else _BY_SHAPE[shape.holds]


_BY_SHAPE: dict[str, st.SearchStrategy[Any]] = {
    "line": line_texts,
    "text": words,
    "lines": st.lists(line_texts, max_size=3).map(tuple),
    "day": days,
    "clock": st.times().map(lambda at: f"{at:%H:%M}"),
    "quantity": quantities,
    "flag": st.booleans(),
}


def _map(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    keys = (
        st.sampled_from(shape.keys)
        if shape.keys
        else st.sampled_from(["did", "次", "a-b", "entry"])
    )
    assert shape.each is not None
    return st.dictionaries(keys, _value("", shape.each), min_size=1, max_size=3)


def _revision() -> st.SearchStrategy[dict[str, Any]]:
    before: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {},
        optional={
            "statement": words, "target": st.none() | quantities, "due_on": st.none() | days.map(str),
            "weight": st.integers(1, 100), "levels": st.just({}), "state": st.just("active"),
        },
    )  # fmt: skip
    return st.fixed_dictionaries(
        {
            "revised_on": days.map(str),
            "did": st.sampled_from(["revised", "achieved", "dropped"]),
            "because": st.none() | words,
            "before": before,
        }
    )
