"""Compiling reports: over which days, which records are quoted, what is due next, and the digest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.record import Record
from mentorlog.domain.report import report
from mentorlog.domain.review import Review
from mentorlog.domain.tallies import tallied
from mentorlog.errors import InvalidValue
from mentorlog.storage.facts import facts
from mentorlog.storage.journal import Journal
from mentorlog.workflows import reporting
from mentorlog.workflows.reporting import GOALS_SHOWN, Digest, Glance, Reported

START = date(2026, 11, 1)  # of Aiko's pair; Ben's is a day later
TODAY = date(2026, 11, 22)


def keep(journal: Journal, *records: Record) -> list[Any]:
    with journal.transaction("test") as writing:
        return [writing.add(record) for record in records]


def change(journal: Journal, record: Record) -> Any:
    with journal.transaction("test") as writing:
        return writing.change(record)


def meeting(on: date, **more: Any) -> Meeting:
    return Meeting(pair="p1", held_on=on, **more)


def insight(day: int, **more: Any) -> Insight:
    return Insight(pair="p1", text=f"on {day}", noticed_on=date(2026, 11, day), **more)


def reported(journal: Journal, pair: Pair, **more: Any) -> Reported:
    return reporting.reported(journal, pair, TODAY, "4w", **more)


def glance(journal: Journal, **more: Any) -> Glance:
    return reporting.glance(journal, TODAY, "4w", **more)


def digest(journal: Journal, pair: Pair, on: date = TODAY, since: date | None = None) -> Digest:
    return reporting.digest(journal, pair, on, TODAY, "4w", since)


# The days ----------------------------------------------------------------------------------------


def test_a_report_is_of_all_days_from_the_start_to_today(journal: Journal, aiko: Pair) -> None:
    assert reported(journal, aiko).report.period == Period(START, TODAY)


def test_a_report_begins_with_a_meeting_before_the_start(journal: Journal, aiko: Pair) -> None:
    keep(journal, meeting(date(2026, 10, 20)), meeting(date(2026, 10, 12)))

    assert reported(journal, aiko).report.period == Period(date(2026, 10, 12), TODAY)


def test_a_report_of_a_pair_that_has_yet_to_start_is_of_today(journal: Journal, aiko: Pair) -> None:
    later = change(journal, aiko.with_changes(started_on=date(2027, 1, 1)))

    found = reported(journal, later)

    assert found.report.period == Period(TODAY, TODAY)
    assert found.report.term_used is None


def test_a_report_of_a_pair_that_has_ended_goes_up_to_its_end(journal: Journal, aiko: Pair) -> None:
    end = date(2026, 11, 15)
    ended = change(journal, aiko.ended(end, "done", TODAY))

    found = [reported(journal, ended, until=until) for until in (None, end, TODAY)]

    assert [each.report.period for each in found] == [Period(START, end)] * 3


def test_a_report_of_a_pair_that_ended_at_once_is_of_that_day(journal: Journal, aiko: Pair) -> None:
    ended = change(journal, aiko.ended(START, "mismatch", TODAY))

    assert reported(journal, ended).report.period == Period(START, START)


def test_days_to_come_are_not_reported_yet(journal: Journal, aiko: Pair) -> None:
    found = reported(journal, aiko, until=TODAY + timedelta(30))

    assert found.report.period == Period(START, TODAY)


def test_days_that_are_asked_for_are_those_reported(journal: Journal, aiko: Pair) -> None:
    keep(journal, meeting(date(2026, 11, 3)), meeting(date(2026, 11, 9)), meeting(TODAY))

    found = reported(journal, aiko, since=date(2026, 11, 4), until=date(2026, 11, 21))

    assert list(found.report.meetings.held) == ["m2"]


def test_a_report_that_ends_before_it_begins_is_refused(journal: Journal, aiko: Pair) -> None:
    with pytest.raises(InvalidValue) as refusal:
        reported(journal, aiko, since=TODAY, until=TODAY - timedelta(1))

    assert (refusal.value.field, refusal.value.reason) == ("--since", "since-after-until")


# What stands beside the figures --------------------------------------------------------------------


def test_the_latest_words_are_quoted_for_each_goal_each_benefit_and_the_feedback(
    journal: Journal, aiko: Pair
) -> None:
    keep(journal, Goal(pair="p1", statement="Read"))
    of_goal = [insight(day, goal="g1") for day in (2, 3, 4)]
    of_benefit = [insight(day, benefit="leadership") for day in (5, 6)]
    keep(journal, *of_goal, *of_benefit, insight(7))
    said = [
        Feedback(pair="p1", direction="received", said_on=TODAY, text=f"{number}")
        for number in range(4)
    ]
    keep(journal, *said)

    found = reported(journal, aiko)

    assert list(found.quoted) == ["i3", "i2", "i5", "i4", "i6", "f2", "f3", "f4"]
    assert {ref: each.id for ref, each in found.quoted.items()} == {r: r for r in found.quoted}


def test_without_all_names_the_same_words_are_quoted_of_the_goals_that_are_shown(
    journal: Journal, aiko: Pair
) -> None:
    keep(journal, *(Goal(pair="p1", statement="Read") for _ in range(GOALS_SHOWN + 1)))
    of_goals = [insight(day, goal=f"g{1 + day % 3}", benefit="leadership") for day in range(1, 22)]
    keep(
        journal, *of_goals, insight(9, goal=f"g{GOALS_SHOWN + 1}"), *(insight(22) for _ in range(3))
    )
    said = [
        Feedback(pair="p1", direction="received", said_on=TODAY, text="x", did_change=change)
        for change in ("y", None) * 4
    ]
    keep(journal, *said)

    every, drawn = (reported(journal, aiko, names_all=names_all) for names_all in (True, False))

    assert " ".join(drawn.quoted) == (
        "i21 i18 i19 i16 i20 i17"  # of goals, one of which is the newest for its benefit
        " i23 i24 i25 f3 f5 f7 f4 f6 f8"
    )
    assert every.quoted == dict(drawn.quoted) | {"i22": journal.get("i22")}
    assert drawn._replace(report=every.report, quoted=every.quoted) == every


def test_what_wants_doing_is_the_head_of_status_and_how_much_more_there_is(
    journal: Journal, aiko: Pair
) -> None:
    keep(
        journal,
        *(
            Action(pair="p1", text="x", owner="me", due_on=date(2026, 11, day))
            for day in range(1, 6)
        ),
    )

    found = reported(journal, aiko)

    assert [each.records[0].id for each in found.todo] == ["a1", "a2", "a3"]
    assert found.more == 2


def test_the_next_review_is_the_one_agreed_at_the_last(journal: Journal, aiko: Pair) -> None:
    agreed = date(2027, 1, 10)
    before = reported(journal, aiko).next_review_on
    last = Review(pair="p1", from_on=START, to_on=TODAY, decision="continue", next_review_on=agreed)
    keep(journal, last)

    assert (before, reported(journal, aiko).next_review_on) == (None, agreed)


def test_a_pair_with_nothing_has_a_report_with_nothing_beside_it(
    journal: Journal, aiko: Pair
) -> None:
    found = reported(journal, aiko)

    assert (dict(found.quoted), found.todo, found.more) == ({}, [], 0)


# All pairs ---------------------------------------------------------------------------------------


def test_at_a_glance_those_that_go_on_come_first_and_all_are_added_up(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    keep(journal, meeting(TODAY, minutes=50), Meeting(pair="p2", held_on=TODAY, minutes=30))
    change(journal, aiko.ended(TODAY, "done", TODAY))
    ticks: list[None] = []

    found = glance(journal, tick=lambda: ticks.append(None))

    assert [each.report.pair.id for each in found.rows] == ["p2", "p1"]
    assert (found.totals.pairs, found.totals.meetings, found.totals.minutes) == (2, 2, 80)
    assert len(ticks) == 2


def test_the_rows_of_a_glance_are_the_reports_of_the_pairs_without_their_quotes(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    keep(journal, insight(5, benefit="leadership"), meeting(TODAY, pulse=3))

    rows = {each.report.pair.id: each for each in glance(journal).rows}

    for pair in (aiko, ben):
        alone = reported(journal, pair)
        assert rows[pair.id] == alone._replace(quoted={})


def test_without_all_names_a_glance_adds_up_to_the_same(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    keep(journal, insight(5, benefit="leadership"), meeting(TODAY, pulse=3, minutes=20))
    keep(journal, Action(pair="p2", text="x", owner="me"), Goal(pair="p2", statement="x"))

    every, drawn = (glance(journal, names_all=names_all) for names_all in (True, False))

    assert drawn.totals == every.totals
    assert [each.todo for each in drawn.rows] == [each.todo for each in every.rows]
    assert [list(each.report.meetings.held) for each in drawn.rows] == [[], []]


def test_a_journal_that_is_not_there_has_an_empty_glance(journal: Journal) -> None:
    found = glance(journal)

    assert (found.rows, found.totals.pairs) == ([], 0)


# The digest of a review ------------------------------------------------------------------------


def test_the_first_digest_is_of_all_days_and_has_nothing_before_it(
    journal: Journal, aiko: Pair
) -> None:
    found = digest(journal, aiko)

    assert found.now.report.period == Period(START, TODAY)
    assert (found.before, found.last) == (None, None)


def test_a_digest_is_of_the_days_since_the_last_review_beside_those_of_that_one(
    journal: Journal, aiko: Pair
) -> None:
    middle = date(2026, 11, 10)
    keep(journal, meeting(date(2026, 11, 5)), meeting(middle), meeting(date(2026, 11, 11)))
    last, _undecided = keep(
        journal,
        Review(pair="p1", from_on=START, to_on=middle, decision="continue"),
        Review(pair="p1", from_on=middle, to_on=date(2026, 11, 20)),
    )

    found = digest(journal, aiko)

    assert found.last == last
    assert found.before is not None
    assert found.before.period == Period(START, middle)
    assert found.now.report.period == Period(middle + timedelta(1), TODAY)
    assert list(found.before.meetings.held) == ["m1", "m2"]
    assert list(found.now.report.meetings.held) == ["m3"]


def test_a_digest_and_a_report_begin_with_a_meeting_that_was_before_the_start(
    journal: Journal, aiko: Pair
) -> None:
    keep(journal, meeting(START - timedelta(3)), meeting(TODAY))

    periods = [digest(journal, aiko).now.report.period, reported(journal, aiko).report.period]

    assert periods == [Period(START - timedelta(3), TODAY)] * 2


def test_a_digest_knows_of_goals_closed_long_ago(journal: Journal, aiko: Pair) -> None:
    without = digest(journal, aiko).has_had_goals
    (goal,) = keep(journal, Goal(pair="p1", statement="Read"))
    change(journal, goal.dropped(START - timedelta(9), None))

    found = digest(journal, aiko)

    assert (without, found.has_had_goals, len(found.now.report.goals)) == (False, True, 0)


def test_a_digest_can_look_back_from_any_day(journal: Journal, aiko: Pair) -> None:
    since = date(2026, 11, 4)

    found = digest(journal, aiko, date(2026, 11, 20), since)

    assert found.now.report.period == Period(since, date(2026, 11, 20))


def test_the_figures_of_a_report_and_of_a_digest_are_those_of_the_domain(
    journal: Journal, aiko: Pair
) -> None:
    keep(journal, meeting(date(2026, 11, 5), pulse=2), meeting(TODAY, pulse=4, minutes=45))
    once = report(tallied(facts(journal, aiko), Period(START, TODAY)))

    assert reported(journal, aiko).report == once
    assert digest(journal, aiko).now.report == once
