"""What wants doing: each finding on the day it begins and not the day before, and what silences it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.attention import CODES, by_urgency, findings, pulse_falls
from mentorlog.domain.brief import Brief
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.review import Review

START = date(2026, 1, 5)
TERM_END = date(2026, 7, 6)  # 182 days on
MIDDLE = date(2026, 4, 6)
FAR = date(9000, 1, 1)


def pair(**more: Any) -> Pair:
    fields = {"cadence": None, "term_ends_on": None} | more
    return Pair(id="p1", partner="Aya", my_role="mentee", started_on=START, **fields)


def meeting(held_on: date, **more: Any) -> Meeting:
    return Meeting(id="m1", pair="p1", held_on=held_on, **more)


def review(to_on: date, **more: Any) -> Review:
    return Review(id="v1", pair="p1", from_on=to_on, to_on=to_on, **more)


def pulses(*newest_first: int) -> list[Meeting]:
    return [
        meeting(START - timedelta(days=place), pulse=pulse)
        for place, pulse in enumerate(newest_first)
    ]


def codes(brief: Brief, today: date, plateau: str = "9999d") -> list[str]:
    return [each.code for each in findings(brief, today, plateau)]


@dataclass
class Begins:
    """A brief, the first day a finding is told on, and its day, command and topic."""

    code: str
    brief: Brief
    on: date
    since: date | None
    command: str
    topic: str


CASES = (
    Begins(
        "meeting-overdue", Brief(pair(cadence="2w")), date(2026, 1, 20), date(2026, 1, 19),
        "mentorlog prep Aya", "frequency",
    ),
    Begins(
        "meeting-overdue", Brief(pair(), meeting(START, next_on=date(2026, 1, 12))),
        date(2026, 1, 13), date(2026, 1, 12), "mentorlog meet Aya", "frequency",
    ),
    Begins(
        "action-overdue",
        Brief(pair(), actions=[Action(id="a1", pair="p1", text="x", owner="me", due_on=START)]),
        START + timedelta(1), START, "mentorlog action done a1", "relationship",
    ),
    Begins(
        "partner-action-overdue",
        Brief(pair(), actions=[Action(id="a1", pair="p1", text="x", owner="partner", due_on=START)]),
        START + timedelta(1), START, "mentorlog action done a1", "relationship",
    ),
    Begins(
        "review-due", Brief(pair(term_ends_on=TERM_END)), MIDDLE - timedelta(7), MIDDLE,
        "mentorlog review Aya", "milestones",
    ),
    Begins(
        "term-ending", Brief(pair(term_ends_on=TERM_END), last_decided_review=review(TERM_END)),
        TERM_END - timedelta(14), TERM_END, "mentorlog pair extend Aya --by 3m", "term",
    ),
    Begins(
        "pause-ending", Brief(pair().paused(START, date(2026, 3, 1), START)), date(2026, 2, 22),
        date(2026, 3, 1), "mentorlog prep Aya", "pausing",
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.command}")
def test_a_finding_begins_on_its_day_and_not_the_day_before(case: Begins) -> None:
    before = codes(case.brief, case.on - timedelta(1))
    (found,) = [each for each in findings(case.brief, case.on, "9999d") if each.code == case.code]

    assert case.code not in before
    assert (found.since, found.command, found.topic) == (case.since, case.command, case.topic)


@pytest.mark.parametrize(
    ("brief", "code", "command"),
    [
        (
            Brief(pair(), advice=[Action(id="a1", pair="p1", text="x", owner="me", is_advice=True)]),
            "advice-untold", "mentorlog action told a1",
        ),
        (
            Brief(pair(), questions=[Question(id="q1", pair="p1", text="x", asked_on=START)]),
            "questions-waiting", "mentorlog prep Aya",
        ),
        (
            Brief(
                pair(),
                feedback=[
                    Feedback(id="f1", pair="p1", direction="received", said_on=START, text="x")
                ],
            ),
            "feedback-open", "mentorlog feedback change f1",
        ),
        (Brief(pair(), pulses=pulses(2, 3)), "pulse-falling", "mentorlog reflect Aya"),
    ],
)  # fmt: skip
def test_what_is_open_is_told_at_once(brief: Brief, code: str, command: str) -> None:
    found = list(findings(brief, START, "4w"))

    assert [(each.code, each.command) for each in found] == [(code, command)]


@pytest.mark.parametrize(
    ("newest_first", "falls"),
    [
        ((), False),
        ((1,), False),
        ((3, 4), False),  # a little less than very well is no trouble yet
        ((2, 3), True),
        ((1, 2, 2), True),
        ((2, 2, 4), False),  # it fell before, and then held
        ((3, 2, 4), False),
        ((2, 3, 4), True),
        ((3, 4, 4), False),
    ],
)
def test_a_pulse_falls_when_it_gets_poor(newest_first: tuple[int, ...], falls: bool) -> None:
    assert pulse_falls(newest_first) is falls


@pytest.mark.parametrize(
    ("moved_on", "pauses", "told_on"),
    [
        (None, (), START + timedelta(28)),
        (date(2026, 2, 10), (), date(2026, 3, 10)),
        (START - timedelta(99), (), START + timedelta(28)),
        (None, ("2026-01-10", "2026-02-20"), date(2026, 3, 20)),
        (date(2026, 1, 9), ("2026-01-10", "2026-02-20"), date(2026, 3, 20)),
    ],
)
def test_a_plateau_is_told_four_weeks_after_something_last_moved_or_a_pause_ended(
    moved_on: date | None, pauses: tuple[str, ...], told_on: date
) -> None:
    entries = ({"from_on": pauses[0], "until_on": pauses[1]},) if pauses else ()
    brief = Brief(pair(pauses=entries), moved_on=moved_on)

    before = codes(brief, told_on - timedelta(1), "4w")
    on_the_day = list(findings(brief, told_on, "4w"))

    assert before == []
    assert [(each.code, each.topic) for each in on_the_day] == [("plateau", "stuck")]
    assert on_the_day[0].command == "mentorlog review Aya --stuck"


def test_how_long_until_a_plateau_is_the_setting() -> None:
    brief = Brief(pair())

    told = {span: codes(brief, START + timedelta(60), span) for span in ("1w", "60d", "61d", "3m")}

    assert told == {"1w": ["plateau"], "60d": ["plateau"], "61d": [], "3m": []}


def test_a_review_silences_the_day_it_was_for_and_not_the_next() -> None:
    brief = Brief(pair(term_ends_on=TERM_END))
    shortly_before = brief._replace(last_decided_review=review(MIDDLE - timedelta(14)))
    long_before = brief._replace(last_decided_review=review(MIDDLE - timedelta(15)))

    assert codes(shortly_before, MIDDLE) == []
    assert codes(long_before, MIDDLE) == ["review-due"]
    assert codes(shortly_before, TERM_END) == ["review-due", "term-ending"]


def test_the_day_agreed_for_the_next_review_is_told_of_in_its_turn() -> None:
    agreed = START + timedelta(30)
    brief = Brief(pair(), last_decided_review=review(START, next_review_on=agreed))

    before = codes(brief, agreed - timedelta(8))
    (found,) = findings(brief, agreed - timedelta(7), "9999d")

    assert before == []
    assert (found.code, found.since) == ("review-due", agreed)


def test_a_pulse_that_fell_at_a_review_is_told_under_its_day() -> None:
    brief = Brief(pair(), pulses=[review(MIDDLE, pulse=1), meeting(START, pulse=4)])

    (found,) = findings(brief, MIDDLE, "9999d")

    assert (found.code, found.since) == ("pulse-falling", MIDDLE)


def test_a_short_term_is_looked_back_on_once() -> None:
    brief = Brief(pair(term_ends_on=START + timedelta(55)))

    told = [codes(brief, START + timedelta(days)) for days in (27, 47, 48)]

    assert told == [[], ["term-ending"], ["review-due", "term-ending"]]


def test_a_paused_pair_expects_no_meeting_no_review_and_nothing_to_move() -> None:
    active = pair(cadence="1w", term_ends_on=TERM_END)
    overdue = Action(id="a1", pair="p1", text="x", owner="me", due_on=START)
    brief = Brief(active.paused(START, None, START), actions=[overdue])

    assert codes(brief, TERM_END, "4w") == ["action-overdue"]
    assert codes(brief._replace(pair=active), TERM_END, "4w") == [
        "meeting-overdue", "action-overdue", "review-due", "term-ending", "plateau",
    ]  # fmt: skip


def test_going_on_is_proposed_on_the_day_a_pause_ends_and_not_before() -> None:
    brief = Brief(pair().paused(START, date(2026, 3, 1), START))

    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 9))
    told = [each.command for day in days for each in findings(brief, day, "9999d")]

    assert told == ["mentorlog prep Aya", *["mentorlog pair resume Aya"] * 2]


def test_a_pause_planned_ahead_is_one_once_it_has_begun() -> None:
    planned = pair(term_ends_on=TERM_END).paused(MIDDLE, MIDDLE + timedelta(20), START)
    brief = Brief(planned)

    told = {days: codes(brief, MIDDLE + timedelta(days), "4w") for days in (-1, 0, 12, 13)}

    assert planned.state == "active"
    assert told == {-1: ["review-due", "plateau"], 0: [], 12: [], 13: ["pause-ending"]}


def test_a_meeting_agreed_for_a_day_that_is_paused_now_is_agreed_no_longer() -> None:
    paused = pair(cadence="1w").paused(date(2026, 2, 1), date(2026, 3, 1), date(2026, 2, 1))
    agreed = meeting(date(2026, 1, 26), next_on=date(2026, 2, 2))

    during = Brief(paused, agreed)
    after = Brief(paused.resumed(date(2026, 3, 4), date(2026, 3, 4)), agreed)

    assert (during.next_on, during.is_agreed) == (None, False)
    assert (after.next_on, after.is_agreed) == (date(2026, 3, 4), False)


def test_an_ended_pair_wants_nothing() -> None:
    overdue = Action(id="a1", pair="p1", text="x", owner="me", due_on=START)
    brief = Brief(
        pair(cadence="1w", term_ends_on=TERM_END).ended(START, "done", START),
        actions=[overdue],
        pulses=pulses(1, 4),
    )

    assert codes(brief, FAR, "1w") == []


def test_findings_of_several_pairs_stand_by_urgency_then_by_age() -> None:
    found = [
        each
        for days, case in enumerate(reversed(CASES))
        for each in findings(case.brief, case.on + timedelta(days), "9999d")
    ]

    ordered = by_urgency(found)

    ranks = [(CODES.index(each.code), each.since or date.max) for each in ordered]
    assert ranks == sorted(ranks)
    assert len(ordered) == len(found) > len(CASES) - 1


def test_the_codes_are_those_of_the_design() -> None:
    assert set(CODES) == {
        "meeting-overdue", "advice-untold", "action-overdue", "partner-action-overdue",
        "questions-waiting", "review-due", "term-ending", "pulse-falling", "plateau",
        "pause-ending", "feedback-open",
    }  # fmt: skip
