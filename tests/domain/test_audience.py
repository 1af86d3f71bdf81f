"""Who may see which field. The expectations are written from the design, not read from the code."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.aggregates import Figures, counted, percentages
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.audience import (
    ALWAYS,
    AUDIENCES,
    GOES_WITH,
    IF_GIVEN,
    IF_SHARED,
    NEVER,
    RULES,
    Rule,
    ever_seen,
    seen,
    seen_together,
)
from mentorlog.domain.facts import measured_goals
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.figures import Report
from mentorlog.domain.figures_for import figures_for_the_programme, newly_told, report_for
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.review import Review
from mentorlog.domain.strength import Strength
from mentorlog.errors import InvalidValue

DAY = date(2026, 11, 22)
SECOND = timedelta(seconds=1)
ALWAYS_AND_EVER = Period(date.min, date.max)
NUMBERS = count(100)
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
        language="en", pauses=({"from_on": "2026-07-01", "until_on": "2026-08-01"},),
    ),
    "agreement": Agreement(
        **KEPT, id="t1", pair="p1", agreed_on=DAY, my_background="a", their_background="b",
        my_expectations="c", their_expectations="d", confidentiality="e", boundaries="f",
        feedback_way="g", leaving="h", remarks="i",
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
    "goal": Goal(
        **KEPT, id="g1", pair="p1", statement="statement", why="why", owner="partner", unit="books",
        baseline=3, target=11, due_on=DAY, weight=2, state="achieved",
        levels={str(level): f"level {level}" for level in range(-2, 3)},
        revisions=(
            {"revised_on": "2026-11-01", "did": "revised", "because": "why", "before": {"target": 9.0}},
        ),
    ),
    "measurement": Measurement(
        **KEPT, id="n1", goal="g1", taken_on=DAY, value=9, level=1, note="note"
    ),
    "reflection": Reflection(
        **KEPT, id="r1", pair="p1", written_on=DAY, phase="immersion", form="free",
        answers={"hard": "hard", "own": "own"},
    ),
    "feedback": Feedback(
        **KEPT, id="f1", pair="p1", direction="given", said_on=DAY, text="text", will_change="will",
        did_change="did",
    ),
    "review": Review(
        **KEPT, id="v1", pair="p1", from_on=date(2026, 6, 1), to_on=DAY, conclusions="conclusions",
        thoughts="thoughts", pulse=3, decision="extend", next_review_on=date(2027, 2, 1),
    ),
    "assessment": Assessment(
        **KEPT, id="k1", pair="p1", rated_on=DAY, ratings={"communication": 4, "privacy": 5}
    ),
    "strength": Strength(**KEPT, id="s1", area="area", evidence="evidence", direction="wanted"),
}  # fmt: skip

RECORDS = {
    kind: record.with_changes(uid=f"{place:032}")
    for place, (kind, record) in enumerate(RECORDS.items())
}

# What goes to others, by kind: to the partner of a private and of a shared record; to the programme.
PAIR = "partner my_role programme started_on cadence minutes channel term_ends_on state language pauses"
PAIR_IN_SHORT = "my_role programme started_on term_ends_on state pauses"
AGREEMENT = (
    "pair agreed_on my_background their_background my_expectations their_expectations"
    " confidentiality boundaries feedback_way leaving"
)
MEETING = "pair held_on start_time minutes channel"
MEETING_IN_SHORT = "pair held_on minutes channel"
QUESTION = "pair text state answer asked_on raised_in"
ACTION = (
    "pair text owner is_advice due_on state assigned_in goal done_on outcome told_in"  # the whole
)
INSIGHT = "pair text noticed_on benefit viewpoint goal meeting"
GOAL = "pair statement why owner unit baseline target due_on weight levels state"
MEASUREMENT = "goal taken_on value level note"
FEEDBACK = "pair direction said_on text will_change did_change"
REVIEW = "pair from_on to_on conclusions decision next_review_on"
REVIEW_IN_SHORT = "pair from_on to_on decision"
EXPECTED = {
    ("pair", "partner", "private"): PAIR,
    ("pair", "partner", "shared"): PAIR,
    ("pair", "programme", "private"): PAIR_IN_SHORT,
    ("pair", "programme", "shared"): PAIR_IN_SHORT,
    ("meeting", "partner", "private"): MEETING,
    ("meeting", "partner", "shared"): f"{MEETING} topics summary next_on is_kickoff",
    ("meeting", "programme", "private"): MEETING_IN_SHORT,
    ("meeting", "programme", "shared"): MEETING_IN_SHORT,
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
    ("agreement", "partner", "private"): AGREEMENT,
    ("agreement", "partner", "shared"): AGREEMENT,
    ("agreement", "programme", "private"): "pair agreed_on",
    ("agreement", "programme", "shared"): "pair agreed_on",
    ("goal", "partner", "private"): "",
    ("goal", "partner", "shared"): GOAL,
    ("goal", "programme", "private"): "",
    ("goal", "programme", "shared"): "",
    ("measurement", "partner", "private"): "",
    ("measurement", "partner", "shared"): MEASUREMENT,
    ("measurement", "programme", "private"): "",
    ("measurement", "programme", "shared"): "",
    ("feedback", "partner", "private"): "",
    ("feedback", "partner", "shared"): FEEDBACK,
    ("feedback", "programme", "private"): "",
    ("feedback", "programme", "shared"): "",
    ("review", "partner", "private"): "",
    ("review", "partner", "shared"): REVIEW,
    ("review", "programme", "private"): REVIEW_IN_SHORT,
    ("review", "programme", "shared"): REVIEW_IN_SHORT,
    ("reflection", "partner", "private"): "",
    ("reflection", "programme", "private"): "",
    ("assessment", "partner", "private"): "",
    ("assessment", "programme", "private"): "",
    ("strength", "partner", "private"): "",
    ("strength", "programme", "private"): "",
}
NEVER_SHARED = {"reflection", "assessment", "strength"}
PAIR_KEPT = Pair(
    id="p1", partner="Maya", my_role="mentee", started_on=date(2026, 9, 1), cadence="2w"
)
CASES = [(*case, names.split()) for case, names in EXPECTED.items()]


def a_goal(ref: str, **fields: Any) -> Goal:
    return Goal(id=ref, pair="p1", statement="statement", **fields)


def reading(goal: str, on: int, **fields: Any) -> Measurement:
    """Return a reading of the goal with that id, on that day of a month."""
    return Measurement(
        id=f"n{on}", goal=goal, taken_on=date(2026, 11, on), visibility="shared", **fields
    )


def meeting(pulse: int | None) -> Meeting:
    return Meeting(id=f"m{next(NUMBERS)}", pair="p1", held_on=DAY, pulse=pulse)


def review(pulse: int | None) -> Review:
    return Review(id=f"v{next(NUMBERS)}", pair="p1", from_on=DAY, to_on=DAY, pulse=pulse)


def told(records: list[Record]) -> Figures:
    """Return the figures the programme gets of those records."""
    return figures_for_the_programme(PAIR_KEPT, records, records, ALWAYS_AND_EVER)


def of_the_year(records: list[Record], audience: str) -> Report:
    return report_for(PAIR_KEPT, records, Period(date(2026, 1, 1), date(2026, 12, 31)), audience)


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
    wanted = {
        (kind, audience, visibility)
        for kind, record_type in KIND_NAMES.items()
        for audience in ("partner", "programme")
        for visibility in shapes(record_type)["visibility"].choices
    }

    assert set(EXPECTED) == wanted
    assert set(RECORDS) == set(KIND_NAMES)


def test_every_field_of_what_stands_for_a_kind_here_is_filled() -> None:
    empty = [
        (kind, field.name)
        for kind, record in RECORDS.items()
        for field in dataclasses.fields(record)
        if getattr(record, field.name) in (None, "", (), {}, False)
    ]

    assert empty == []


def test_every_rule_is_one_of_the_four_and_gives_me_everything() -> None:
    rules = [rule for fields in RULES.values() for rule in fields.values()]

    assert {grant for rule in rules for grant in rule} == {ALWAYS, IF_SHARED, IF_GIVEN, NEVER}
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
    if record.kind not in NEVER_SHARED:
        record = record.with_changes(visibility=visibility)

    fields = seen(record, "me")

    assert fields == {
        field.name: getattr(record, field.name) for field in dataclasses.fields(record)
    }


@pytest.mark.parametrize("kind", sorted(NEVER_SHARED))
def test_what_is_only_for_myself_can_not_even_be_marked_as_shared(kind: str) -> None:
    with pytest.raises(InvalidValue):
        RECORDS[kind].with_changes(visibility="shared")


def test_feedback_i_received_goes_to_nobody_however_it_is_marked() -> None:
    received = RECORDS["feedback"].with_changes(direction="received", visibility="shared")

    assert seen(received, "partner") == seen(received, "programme") == {}
    assert seen(received, "me")["text"] == "text"


# --- records that go together --------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["partner", "programme"])
@pytest.mark.parametrize("goal", ["private", "shared"])
@pytest.mark.parametrize("measurement", ["private", "shared"])
def test_a_measurement_goes_where_its_goal_goes_and_nowhere_without_it(
    audience: str, goal: str, measurement: str
) -> None:
    records = [
        RECORDS["measurement"].with_changes(visibility=measurement),
        RECORDS["goal"].with_changes(visibility=goal),
    ]

    of_measurement, of_goal = seen_together(records, audience)

    assert bool(of_goal) == (audience == "partner" and goal == "shared")
    assert bool(of_measurement) == (bool(of_goal) and measurement == "shared")
    assert GOES_WITH == {"measurement": "goal"}


def test_a_measurement_alone_goes_nowhere() -> None:
    shared = [RECORDS["measurement"].with_changes(visibility="shared")]
    other = RECORDS["goal"].with_changes(id="g2", visibility="shared")

    assert seen_together(shared, "partner") == [{}]
    assert seen_together([*shared, other], "partner")[0] == {}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_together_every_other_record_goes_as_it_goes_alone(audience: str) -> None:
    records = [each for each in RECORDS.values() if each.kind != "measurement"]

    assert seen_together(records, audience) == [seen(each, audience) for each in records]


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
        ([1, 1, 2, 1, 2, 1, 4], 1.3),
        ([1, 1, 2, 4, 4], 1.3),
    ],
)
def test_pulses_are_told_as_the_average_of_whole_threes(
    pulses: list[int | None], expected: float | None
) -> None:
    counts = told(
        [*(meeting(pulse) for pulse in pulses[:2]), *(review(pulse) for pulse in pulses[2:])]
    )

    assert counts.pulse_average == expected
    assert counts.pulses == sum(pulse is not None for pulse in pulses) // 3 * 3


days = st.dates(date(2026, 1, 1), date(2026, 1, 31))
periods = st.tuples(days, days).map(lambda ends: Period(min(ends), max(ends)))


@st.composite
def pulses_written(draw: st.DrawFn) -> list[Record]:
    """Draw records with a pulse, one written after the other, of whatever days."""
    drawn = draw(st.lists(st.tuples(days, st.integers(1, 4), st.booleans()), max_size=14))
    at = datetime(2026, 2, 1, tzinfo=UTC)
    return [
        Meeting(id=f"m{place}", pair="p1", held_on=day, pulse=pulse, created_at=at + place * SECOND)
        if is_meeting
        else Review(
            id=f"v{place}", pair="p1", from_on=day, to_on=day, pulse=pulse,
            created_at=at + place * SECOND,
        )
        for place, (day, pulse, is_meeting) in enumerate(drawn, 1)
    ]  # fmt: skip


@given(pulses_written(), st.tuples(periods, periods), st.data())
def test_no_two_exports_differ_by_fewer_than_three_pulses(
    records: list[Record], of: tuple[Period, Period], data: st.DataObject
) -> None:
    so_far = [records[: data.draw(st.integers(0, len(records)))] for _ in of]

    told_of = [
        set(report_for(PAIR_KEPT, known, period, "programme").pulses.ids)
        for known, period in zip(so_far, of, strict=True)
    ]

    differing = len(told_of[0] ^ told_of[1])
    assert (differing == 0) or differing >= 3
    for ids, known, period in zip(told_of, so_far, of, strict=True):
        within = [each for each in known if period.covers(getattr(each, each.dated_by))]
        counts = figures_for_the_programme(PAIR_KEPT, within, known, period)
        assert (counts.pulses, counts.pulses % 3) == (len(ids), 0)
        assert ids <= {each.id for each in within}


@given(pulses_written(), periods)
def test_an_average_is_that_of_the_pulses_it_says_it_is_of(
    records: list[Record], period: Period
) -> None:
    found = counted(report_for(PAIR_KEPT, records, period, "programme"))

    threes = [records[at : at + 3] for at in range(0, len(records), 3)]
    told_of = [
        getattr(each, "pulse")  # noqa: B009  (a record of one kind or the other)
        for three in threes
        for each in three
        if len(three) == 3 and all(period.covers(getattr(one, one.dated_by)) for one in three)
    ]
    assert found.pulses == len(told_of)
    average = round(sum(told_of) / len(told_of), 1) if told_of else None
    assert (found.pulse_average, found.pulse_trend) == (average, None)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_what_an_audience_may_ever_see_is_what_it_sees_of_some_record(kind: str) -> None:
    given_and_shared = RECORDS[kind]
    if kind not in NEVER_SHARED:
        given_and_shared = given_and_shared.with_changes(visibility="shared")

    for audience in AUDIENCES:
        fields = ever_seen(kind, audience)
        assert set(fields) - {"uid"} == set(seen(given_and_shared, audience)) - {"uid"}


def test_states_are_counted_and_none_is_left_out() -> None:
    actions: list[Record] = [
        Action(pair="p1", text="text", owner="me", state=state)
        for state in ("open", "open", "done")
    ]

    assert told(actions).actions == {"open": 2, "done": 1, "dropped": 0}
    assert told([]).questions == {"open": 0, "raised": 0, "dropped": 0}


def test_insights_are_counted_by_benefit_and_those_without_one_too() -> None:
    insights: list[Record] = [
        Insight(pair="p1", text="text", noticed_on=DAY, benefit=benefit)
        for benefit in ("leadership", None, "open-sharing", "leadership", None)
    ]

    assert told(insights).insights == {
        "tacit-knowledge": 0, "new-perspectives": 0, "leadership": 2, "deeper-understanding": 0,
        "wider-network": 0, "self-efficacy": 0, "open-sharing": 1, "none": 2,
    }  # fmt: skip


def test_figures_count_shared_and_private_records_alike() -> None:
    records = [*RECORDS.values(), *(meeting(pulse) for pulse in (4, 4, None))]

    counts = told(records)

    assert (counts.meetings, counts.pulses, counts.pulse_average) == (4, 3, 3.3)
    assert counts.actions == {"open": 0, "done": 1, "dropped": 0}
    assert counts.questions == {"open": 0, "raised": 1, "dropped": 0}
    assert counts.insights["leadership"] == sum(counts.insights.values()) == 1
    assert counts.goals == {"active": 0, "achieved": 1, "dropped": 0}
    assert (counts.goal_percentages, counts.rated_goals) == ((75,), 1)
    assert counts.attainment_score == 60.0
    assert counts.feedback == {"given": 1, "received": 0}


def test_of_goals_only_those_with_a_known_share_have_a_percentage_and_no_order_tells_which() -> (
    None
):
    records: list[Record] = [
        reading("g1", 9, value=5), a_goal("g1", baseline=0, target=10), reading("g1", 2, value=9),
        a_goal("g2", baseline=80, target=60), reading("g2", 2, value=62),
        a_goal("g3", target=10), reading("g3", 2, value=5),
        a_goal("g4", baseline=0, target=10),
        a_goal("g5", baseline=0, target=10), reading("g5", 2, level=2),
        a_goal("g6", baseline=0, target=1000), reading("g6", 3, value=999.9),
        reading("g7", 2, value=4),
    ]  # fmt: skip

    goals = measured_goals(records)

    assert [each.goal.id for each in goals] == [f"g{number}" for number in range(1, 7)]
    assert [each.taken_on.day for each in goals[0].measurements] == [2, 9]
    assert percentages(goals) == (99, 90, 50)


def test_the_score_stands_on_the_latest_level_of_each_rated_goal() -> None:
    records: list[Record] = [
        a_goal("g1", weight=3), reading("g1", 9, level=1), reading("g1", 2, level=-2),
        a_goal("g2", weight=2), reading("g2", 2, level=0),
        a_goal("g3"), reading("g3", 2, level=-1),
        a_goal("g4", weight=9), reading("g4", 2, value=4),
    ]  # fmt: skip

    counts = told(records)

    assert (counts.attainment_score, counts.rated_goals) == (54.41, 3)


def test_where_no_goal_is_rated_there_is_no_score() -> None:
    counts = told([a_goal("g1"), reading("g1", 2, value=4)])

    assert (counts.attainment_score, counts.rated_goals) == (None, 0)
    assert counts.goal_percentages == ()


def test_feedback_is_counted_by_direction() -> None:
    given = Feedback(pair="p1", direction="given", said_on=DAY, text="text")
    received = Feedback(pair="p1", direction="received", said_on=DAY, text="text")

    assert told([given, received, received]).feedback == {"given": 1, "received": 2}
    assert told([]).feedback == {"given": 0, "received": 0}


# --- on what the figures for an audience stand ---------------------------------------------------


def of_each_kind(visibility: str) -> list[Record]:
    return [
        each if each.kind in NEVER_SHARED else each.with_changes(visibility=visibility)
        for each in RECORDS.values()
        if each.kind != "pair"
    ]


def test_my_figures_stand_on_everything() -> None:
    counts = counted(of_the_year(of_each_kind("private"), "me"))

    assert (counts.meetings, counts.pulses, counts.pulse_average) == (1, 2, 2.5)
    assert counts.skills == {"communication": (4, 4), "privacy": (5, 5)}
    assert (counts.advice["told"], counts.questions["raised"], counts.insights) == (1, 1, 1)
    assert (counts.goal_percentages, counts.attainment_score) == ((75,), 60.0)


def test_the_partners_figures_stand_on_meetings_and_on_what_is_shared() -> None:
    private, shared = (
        counted(of_the_year(of_each_kind(each), "partner")) for each in ("private", "shared")
    )

    assert (private.meetings, private.expected) == (shared.meetings, shared.expected) == (1, 8)
    assert (private.advice["advised"], private.questions["asked"], private.insights) == (0, 0, 0)
    assert (private.goals, private.feedback["given"]) == (
        {"active": 0, "achieved": 0, "dropped": 0}, 0
    )  # fmt: skip
    assert (shared.advice["advised"], shared.questions["asked"], shared.insights) == (1, 1, 1)
    assert (shared.goal_percentages, shared.attainment_score) == ((75,), 60.0)
    assert shared.feedback["given"] == 1


@pytest.mark.parametrize("visibility", ["private", "shared"])
@pytest.mark.parametrize("audience", ["partner", "programme"])
def test_no_figure_for_others_tells_of_a_skill_or_of_a_single_pulse(
    audience: str, visibility: str
) -> None:
    found = of_the_year(of_each_kind(visibility), audience)

    assert (found.skills, found.pulses) == ([], ([], None, None))


def test_feedback_i_received_is_in_no_figure_for_the_partner() -> None:
    received = RECORDS["feedback"].with_changes(direction="received", visibility="shared")

    assert counted(of_the_year([received], "partner")).feedback["received"] == 0
    assert counted(of_the_year([received], "programme")).feedback["received"] == 1


def test_of_pulses_the_programme_gets_an_average_from_three_on_and_no_trend() -> None:
    pulses = [meeting(1), meeting(3), review(4)]

    two, three = (counted(of_the_year(list(each), "programme")) for each in (pulses[:2], pulses))

    assert (two.pulses, two.pulse_average, two.pulse_trend) == (0, None, None)
    assert (three.pulses, three.pulse_average, three.pulse_trend) == (3, 2.7, None)


def test_the_programme_knows_no_rhythm_so_it_gets_no_figure_of_it() -> None:
    found = of_the_year(of_each_kind("shared"), "programme")

    assert (found.pair.cadence, found.meetings.continuity.expected) == (None, 0)
    assert len(found.meetings.held) == 1


# --- what the programme is told of for the first time --------------------------------------------


def test_what_is_newly_told_are_the_threes_of_those_days_that_were_not_told_before() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    felt = [
        meeting(place % 4 + 1).with_changes(
            uid=f"{place:032}",
            held_on=date(2026, 11, 1 + place // 3),
            created_at=at + place * SECOND,
        )
        for place in range(9)
    ]
    first, second, third = (
        {each.uid: each.pulse or 0 for each in felt[at : at + 3]} for at in (0, 3, 6)
    )
    days = [Period(date(2026, 11, 1), date(2026, 11, 2))]

    assert newly_told(PAIR_KEPT, felt, days, ()) == (first, second)
    assert newly_told(PAIR_KEPT, felt, days, (first,)) == (second,)
    assert newly_told(PAIR_KEPT, felt, days, (second, first)) == ()
    assert newly_told(PAIR_KEPT, felt, [ALWAYS_AND_EVER], (first,)) == (second, third)
    assert newly_told(PAIR_KEPT, felt, [], ()) == ()
