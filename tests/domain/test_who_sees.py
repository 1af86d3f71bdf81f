"""What others see of one record, and what sharing it would change: always what the one rule gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.audience import RULES, Rule, seen
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.who_sees import Sight, who_sees, why_unsharable
from tests.domain.test_audience import RECORDS

DAY = date(2026, 11, 22)
SHARED: dict[str, Any] = {"visibility": "shared"}
MARKS = [
    (record, mark)
    for record in RECORDS.values()
    for mark in shapes(type(record))["visibility"].choices
]


def partner(record: Record, of: Record | None = None) -> Sight:
    return who_sees(record, of)[0]


def programme(record: Record) -> Sight:
    return who_sees(record)[1]


@pytest.mark.parametrize(("record", "mark"), MARKS, ids=str)
def test_what_is_seen_now_is_what_goes_out_and_every_filled_field_is_somewhere(
    record: Record, mark: str
) -> None:
    record = record.with_changes(visibility=mark)
    goal = (
        RECORDS["goal"].with_changes(visibility="shared") if record.kind == "measurement" else None
    )

    for sight in who_sees(record, goal):
        its = set(shapes(type(record))) - {"visibility", "pair"}
        named = {*sight.now, *sight.once_shared, *sight.never}
        assert set(sight.now) <= seen(record, sight.audience).keys()
        assert named == {name for name in its if not shapes(type(record))[name].refers_to}
        assert len(named) == len(sight.now) + len(sight.once_shared) + len(sight.never)
        assert (mark, bool(sight.to_share)) in {
            ("shared", False),
            ("private", bool(sight.once_shared)),
        }


def test_the_audiences_are_named_and_i_am_not_among_them() -> None:
    assert [each.audience for each in who_sees(RECORDS["meeting"])] == ["partner", "programme"]


def test_of_a_private_meeting_the_partner_sees_that_it_was_and_never_the_notes() -> None:
    sight = partner(RECORDS["meeting"])

    assert sight.now == ("held_on", "start_time", "minutes", "channel")
    assert sight.once_shared == ("topics", "summary", "next_on", "is_kickoff")
    assert sight.never == ("notes", "pulse")
    assert sight.to_share == ("m1",)


def test_a_field_that_is_empty_is_not_spoken_of() -> None:
    sight = partner(Meeting(id="m2", pair="p1", held_on=DAY, pulse=3))

    assert (sight.now, sight.once_shared, sight.never) == (("held_on",), (), ("pulse",))
    assert sight.to_share == ()


@pytest.mark.parametrize(
    ("measurement", "goal", "now", "to_share"),
    [
        ("private", "private", (), ("n1", "g1")),
        ("shared", "private", (), ("g1",)),
        ("private", "shared", (), ("n1",)),
        ("shared", "shared", ("taken_on", "value", "level", "note"), ()),
    ],
)
def test_a_measurement_waits_for_its_goal(
    measurement: str, goal: str, now: tuple[str, ...], to_share: tuple[str, ...]
) -> None:
    sight = partner(
        RECORDS["measurement"].with_changes(visibility=measurement),
        RECORDS["goal"].with_changes(visibility=goal),
    )

    assert (sight.now, sight.to_share) == (now, to_share)
    assert sight.never == ()


def test_the_programme_sees_dates_gets_numbers_or_nothing() -> None:
    assert programme(RECORDS["review"]).now == ("from_on", "to_on", "decision")
    counted = {kind for kind, record in RECORDS.items() if programme(record).is_counted}
    assert counted == {
        "meeting", "question", "action", "insight", "goal", "measurement", "feedback", "review"
    }  # fmt: skip
    assert [kind for kind, record in RECORDS.items() if partner(record).is_counted] == []


def test_a_rule_that_changes_changes_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES["meeting"], "notes", Rule("always", "always", "always"))

    assert "notes" in partner(RECORDS["meeting"]).now
    assert "notes" in programme(RECORDS["meeting"]).now


# --- sharing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("pair", "seen-anyway"),
        ("agreement", "seen-anyway"),
        ("reflection", "never-seen"),
        ("assessment", "never-seen"),
        ("strength", "never-seen"),
        ("meeting", None),
        ("question", None),
        ("action", None),
        ("insight", None),
        ("goal", None),
        ("measurement", None),
        ("feedback", None),
        ("review", None),
    ],
)
def test_a_mark_that_would_change_nothing_has_its_reason(kind: str, reason: str | None) -> None:
    assert why_unsharable(RECORDS[kind]) == reason


def test_feedback_i_received_is_never_seen_however_it_is_marked() -> None:
    received = Feedback(
        id="f2", pair="p1", direction="received", said_on=DAY, text="Slow", **SHARED
    )

    assert why_unsharable(received) == "never-seen"
    assert partner(received)[1:4] == ((), (), ("direction", "said_on", "text"))


def test_what_is_shared_already_can_be_shared_all_the_same() -> None:
    goal = Goal(id="g1", pair="p1", statement="Read", **SHARED)

    assert why_unsharable(goal) is None
    assert why_unsharable(Measurement(id="n1", goal="g1", taken_on=DAY, value=1)) is None
