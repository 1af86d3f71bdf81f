"""Who may see which field. The expectations are written from the design, not read from the code."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.aggregates import by_benefit, by_state, figures, pulse_average
from mentorlog.domain.audience import (
    ALWAYS,
    AUDIENCES,
    IF_SHARED,
    NEVER,
    RULES,
    Rule,
    seen,
)
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record

DAY = date(2026, 11, 22)
KEPT: dict[str, Any] = {
    "uid": "0" * 32,
    "created_at": datetime(2026, 11, 22, 9, tzinfo=UTC),
    "updated_at": datetime(2026, 11, 23, 9, tzinfo=UTC),
}
RECORDS: dict[str, Record] = {
    "pair": Pair(
        **KEPT, id="p1", partner="Maya Lindqvist", alias="maya", my_role="mentee",
        programme="Women in Platform", started_on=date(2026, 6, 1), cadence="2w", minutes=50,
        channel="online", term_ends_on=date(2026, 12, 1), state="ended", ended_because="mismatch",
        language="en",
    ),
    "meeting": Meeting(
        **KEPT, id="m1", pair="p1", held_on=DAY, start_time="14:30", minutes=45, channel="phone",
        topics=("leading", "letting go"), summary="summary", notes="notes", pulse=2,
        next_on=date(2026, 12, 6), is_kickoff=True,
    ),
    "question": Question(
        **KEPT, id="q1", pair="p1", text="text", state="raised", answer="answer", asked_on=DAY,
        raised_in="m1",
    ),
    "action": Action(
        **KEPT, id="a1", pair="p1", text="text", owner="partner", is_advice=True, due_on=DAY,
        state="done", assigned_in="m1", goal="g1", done_on=DAY, outcome="outcome", told_in="m1",
    ),
    "insight": Insight(
        **KEPT, id="i1", pair="p1", text="text", noticed_on=DAY, benefit="leadership",
        viewpoint="me", goal="g1", meeting="m1",
    ),
}  # fmt: skip

# What goes to others, by kind: to the partner of a private and of a shared record; to the programme.
PAIR = "partner my_role programme started_on cadence minutes channel term_ends_on state language"
MEETING = "pair held_on start_time minutes channel"
QUESTION = "pair text state answer asked_on raised_in"
ACTION = (
    "pair text owner is_advice due_on state assigned_in goal done_on outcome told_in"  # the whole
)
INSIGHT = "pair text noticed_on benefit viewpoint goal meeting"
EXPECTED = {
    ("pair", "partner", "private"): PAIR,
    ("pair", "partner", "shared"): PAIR,
    ("pair", "programme", "private"): "my_role programme started_on term_ends_on state",
    ("pair", "programme", "shared"): "my_role programme started_on term_ends_on state",
    ("meeting", "partner", "private"): MEETING,
    ("meeting", "partner", "shared"): f"{MEETING} topics summary next_on is_kickoff",
    ("meeting", "programme", "private"): MEETING,
    ("meeting", "programme", "shared"): MEETING,
    ("question", "partner", "private"): "",
    ("question", "partner", "shared"): QUESTION,
    ("question", "programme", "private"): "",
    ("question", "programme", "shared"): "",
    ("action", "partner", "private"): "",
    ("action", "partner", "shared"): ACTION,
    ("action", "programme", "private"): "",
    ("action", "programme", "shared"): "",
    ("insight", "partner", "private"): "",
    ("insight", "partner", "shared"): INSIGHT,
    ("insight", "programme", "private"): "",
    ("insight", "programme", "shared"): "",
}
CASES = [(*case, names.split()) for case, names in EXPECTED.items()]


def meeting(pulse: int | None) -> Meeting:
    return Meeting(pair="p1", held_on=DAY, pulse=pulse)


# --- no field without a rule ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_field_of_every_kind_has_a_rule_and_no_rule_is_left_over(kind: str) -> None:
    fields = {field.name for field in dataclasses.fields(KIND_NAMES[kind])}

    missing = fields - set(RULES.get(kind, {}))

    assert not missing, f"say in domain/audience.py who may see these of a {kind}: {missing}"
    assert set(RULES[kind]) == fields


def test_there_are_rules_for_the_kinds_there_are_and_for_no_others() -> None:
    assert set(RULES) == set(KIND_NAMES)


def test_this_file_expects_something_of_every_kind() -> None:
    assert {kind for kind, *_rest in EXPECTED} == set(RECORDS) == set(KIND_NAMES)


def test_every_rule_is_one_of_the_three_and_gives_me_everything() -> None:
    rules = [rule for fields in RULES.values() for rule in fields.values()]

    assert {grant for rule in rules for grant in rule} <= {ALWAYS, IF_SHARED, NEVER}
    assert {rule.me for rule in rules} == {ALWAYS}
    assert Rule._fields == AUDIENCES


def test_a_field_without_a_rule_goes_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RULES["meeting"], "notes")

    for audience in AUDIENCES:
        with pytest.raises(KeyError):
            seen(RECORDS["meeting"], audience)


# --- what each audience gets ---------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "audience", "visibility", "names"), CASES)
def test_others_see_what_the_design_says_and_the_uid(
    kind: str, audience: str, visibility: str, names: list[str]
) -> None:
    record = RECORDS[kind].with_changes(visibility=visibility)

    fields = seen(record, audience)

    wanted = ["uid", *names] if names else []
    assert sorted(fields) == sorted(wanted)
    assert fields == {name: getattr(record, name) for name in wanted}


@pytest.mark.parametrize("visibility", ["private", "shared"])
@pytest.mark.parametrize("record", RECORDS.values(), ids=str)
def test_i_see_all_of_every_record(record: Record, visibility: str) -> None:
    record = record.with_changes(visibility=visibility)

    fields = seen(record, "me")

    assert fields == {
        field.name: getattr(record, field.name) for field in dataclasses.fields(record)
    }


def test_fields_come_in_the_order_they_have_everywhere() -> None:
    assert list(seen(RECORDS["question"], "me")) == (
        [
            "id",
            "uid",
            "pair",
            "text",
            "state",
            "answer",
            "asked_on",
            "raised_in",
            "visibility",
            "created_at",
            "updated_at",
        ]
    )


@pytest.mark.parametrize("audience", ["", "Me", "partners", "everyone"])
def test_an_audience_there_is_not_is_refused(audience: str) -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        seen(RECORDS["meeting"], audience)


# --- numbers in place of words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pulses", "expected"),
    [
        ([], None),
        ([4], None),
        ([4, 4], None),
        ([4, 4, None, None], None),
        ([4, 3, 3], 3.3),
        ([1, 2, 3], 2.0),
        ([4, None, 4, 3], 3.7),
        ([1, 1, 2, 1, 2, 1, 1], 1.3),
    ],
)
def test_a_pulse_is_told_as_the_average_of_three_or_more(
    pulses: list[int | None], expected: float | None
) -> None:
    assert pulse_average(meeting(pulse) for pulse in pulses) == expected


def test_states_are_counted_and_none_is_left_out() -> None:
    actions = [
        Action(pair="p1", text="text", owner="me", state=state)
        for state in ("open", "open", "done")
    ]

    assert by_state(actions, Action) == {"open": 2, "done": 1, "dropped": 0}
    assert by_state([], Question) == {"open": 0, "raised": 0, "dropped": 0}


def test_insights_are_counted_by_benefit_and_those_without_one_too() -> None:
    insights = [
        Insight(pair="p1", text="text", noticed_on=DAY, benefit=benefit)
        for benefit in ("leadership", None, "open-sharing", "leadership", None)
    ]

    assert by_benefit(insights) == {
        "tacit-knowledge": 0, "new-perspectives": 0, "leadership": 2, "deeper-understanding": 0,
        "wider-network": 0, "self-efficacy": 0, "open-sharing": 1, "none": 2,
    }  # fmt: skip


def test_figures_count_shared_and_private_records_alike() -> None:
    records = [*RECORDS.values(), *(meeting(pulse) for pulse in (4, 4, None))]

    counted = figures(records)

    assert (counted.meetings, counted.pulses, counted.pulse_average) == (4, 3, 3.3)
    assert counted.actions == {"open": 0, "done": 1, "dropped": 0}
    assert counted.questions == {"open": 0, "raised": 1, "dropped": 0}
    assert counted.insights["leadership"] == sum(counted.insights.values()) == 1
