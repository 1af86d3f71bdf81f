"""Random pairs with all their records, for the tests that hold figures against counting by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from mentorlog.domain.action import OWNERS, Action
from mentorlog.domain.assessment import SKILLS, Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import BENEFITS, Insight
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.review import Review

FIRST = date(2026, 1, 1)
LAST = FIRST + timedelta(days=120)
CADENCES = (None, "1d", "1w", "10d", "2w tue", "2/m", "1m")

days = st.dates(FIRST, LAST)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 5, 1)).map(  # noqa: DTZ001  (made UTC)
    lambda at: at.replace(tzinfo=UTC)
)


class Life(NamedTuple):
    """A pair and all its records, in the order of their numbers within each kind."""

    pair: Pair
    records: list[Record]

    def of(self, kind: str) -> list[Any]:
        return [each for each in self.records if each.kind == kind]


@st.composite
def lives(draw: st.DrawFn, most: int = 8) -> Life:
    """A pair in any state, with up to so many records of each kind that figures look at."""
    meetings = _several(draw, _meeting, most)
    goals = _several(draw, _goal, 3)
    met = st.none() | st.sampled_from([each.id for each in meetings] or [None])
    aimed = st.none() | st.sampled_from([each.id for each in goals] or [None])
    records = [
        *meetings,
        *goals,
        *_several(draw, lambda draw: _action(draw, met), most),
        *_several(draw, _question, most),
        *_several(draw, lambda draw: _insight(draw, aimed), most),
        *_several(draw, _feedback, most),
        *_several(draw, _assessment, 4),
        *_several(draw, _review, 3),
    ]
    if goals:
        records += _several(draw, lambda draw: _measurement(draw, [g.id for g in goals]), most)
    return Life(draw(pairs()), records)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """A pair that has begun, or has not yet, in any state and with any pauses."""
    started_on = draw(days)
    ends_on = draw(st.none() | st.dates(started_on + timedelta(1), LAST + timedelta(60)))
    state = draw(st.sampled_from(["active", "active", "paused", "ended"]))
    spans: list[dict[str, Any]] = []
    for begin, length in draw(st.lists(st.tuples(days, st.integers(1, 30)), max_size=2)):
        until = begin + timedelta(length)
        spans.append({"from_on": begin.isoformat(), "until_on": until.isoformat()})
    if state == "paused":
        spans.append({"from_on": draw(days).isoformat(), "until_on": None})
    return Pair(
        id="p1", partner="Aya", my_role=draw(st.sampled_from(["mentor", "mentee"])),
        started_on=started_on, cadence=draw(st.sampled_from(CADENCES)), term_ends_on=ends_on,
        state=state, ended_because="done" if state == "ended" else None, pauses=tuple(spans),
    )  # fmt: skip


def _several(draw: st.DrawFn, make: Callable[[st.DrawFn], Record], most: int) -> list[Any]:
    return [
        made.with_changes(id=f"{made.letter}{number}", created_at=draw(instants))
        for number in range(1, draw(st.integers(0, most)) + 1)
        for made in [make(draw)]
    ]


def _meeting(draw: st.DrawFn) -> Record:
    return Meeting(
        pair="p1", held_on=draw(days), minutes=draw(st.none() | st.integers(1, 90)),
        pulse=draw(st.none() | st.integers(1, 4)),
    )  # fmt: skip


def _action(draw: st.DrawFn, met: st.SearchStrategy[str | None]) -> Record:
    state = draw(st.sampled_from(["open", "done", "done", "dropped"]))
    return Action(
        pair="p1", text="x", owner=draw(st.sampled_from(OWNERS)), is_advice=draw(st.booleans()),
        state=state, due_on=draw(st.none() | days), assigned_in=draw(met),
        done_on=draw(st.none() | days) if state == "done" else None,
        outcome=draw(st.sampled_from([None, "y"])), told_in=draw(met),
    )  # fmt: skip


def _question(draw: st.DrawFn) -> Record:
    state = draw(st.sampled_from(["open", "raised", "dropped"]))
    return Question(pair="p1", text="x", asked_on=draw(days), state=state)


def _insight(draw: st.DrawFn, aimed: st.SearchStrategy[str | None]) -> Record:
    benefit = draw(st.none() | st.sampled_from(BENEFITS))
    return Insight(pair="p1", text="x", noticed_on=draw(days), benefit=benefit, goal=draw(aimed))


def _feedback(draw: st.DrawFn) -> Record:
    said = st.sampled_from([None, "y"])
    return Feedback(
        pair="p1", direction=draw(st.sampled_from(["given", "received"])), said_on=draw(days),
        text="x", will_change=draw(said), did_change=draw(said),
    )  # fmt: skip


def _assessment(draw: st.DrawFn) -> Record:
    ratings = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5), min_size=1)
    return Assessment(pair="p1", rated_on=draw(days), ratings=draw(ratings))


def _review(draw: st.DrawFn) -> Record:
    to_on = draw(days)
    return Review(pair="p1", from_on=to_on, to_on=to_on, pulse=draw(st.none() | st.integers(1, 4)))


def _goal(draw: st.DrawFn) -> Record:
    goal = Goal(
        pair="p1", statement="x", baseline=draw(st.sampled_from([None, 0.0, 10.0])),
        target=draw(st.sampled_from([None, 5.0, 20.0])), due_on=draw(st.none() | days),
        weight=draw(st.none() | st.integers(1, 9)),
    )  # fmt: skip
    move = draw(st.sampled_from(["go on", "achieve", "drop"]))
    if move == "go on":
        return goal
    on = draw(days)
    return goal.achieved(on) if move == "achieve" else goal.dropped(on, None)


def _measurement(draw: st.DrawFn, goals: list[str]) -> Record:
    value, level = draw(
        st.tuples(st.none() | st.integers(-9, 30), st.none() | st.integers(-2, 2)).filter(any_said)
    )
    return Measurement(
        goal=draw(st.sampled_from(goals)), taken_on=draw(days), value=value, level=level
    )


def any_said(reading: tuple[int | None, int | None]) -> bool:
    return reading != (None, None)
