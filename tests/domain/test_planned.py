"""What stands in a calendar: which days, which tasks, and which uid each keeps however it moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.brief import Brief
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.planned import Known, Planned, Row, planned
from mentorlog.domain.review import Review

TODAY = date(2026, 11, 22)  # a Sunday
UID = "0" * 32


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def pair(**fields: Any) -> Pair:
    values: dict[str, Any] = {
        "started_on": day(11, 1),
        "cadence": "2w",
        "term_ends_on": day(12, 31),
    }
    return Pair(**{"id": "p1", "uid": UID, "partner": "Aya", "my_role": "mentor"} | values | fields)


def paused(from_on: str, until_on: str | None, **fields: Any) -> Pair:
    return pair(pauses=({"from_on": from_on, "until_on": until_on},), **fields)


def meeting(on: date, next_on: date | None = None, **fields: Any) -> Meeting:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    values: dict[str, Any] = {"id": "m1", "pair": "p1", "updated_at": at}
    return Meeting(held_on=on, next_on=next_on, **values | fields)


def review(on: date, **fields: Any) -> Review:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Review(
        id="v1", pair="p1", from_on=on, to_on=on, decision="continue", updated_at=at, **fields
    )


def action(due: date | None, state: str = "open", closed: date = TODAY) -> Action:
    at = datetime(closed.year, closed.month, closed.day, 12, tzinfo=UTC)
    return Action(pair="p1", text="Read", owner="me", due_on=due, state=state, updated_at=at)


def plan(
    of: Pair,
    *meetings: Meeting,
    reviews: Sequence[Review] = (),
    actions: Sequence[Action] = (),
    today: date = TODAY,
) -> list[Planned]:
    last = max(meetings, key=lambda each: each.held_on, default=None)
    known = Brief(of, last, last_decided_review=reviews[-1] if reviews else None)
    held, reviewed = Row(len(meetings), meetings), Row(len(reviews), reviews)
    return planned(Known(known, held, reviewed, actions), today)


def days(found: Sequence[Planned], what: str = "meeting") -> list[date]:
    """Return the days to come of one kind of entry."""
    return [each.on for each in found if each.what == what and each.state != "held"]


def places(found: Sequence[Planned], what: str = "meeting") -> dict[str, date]:
    """Return the days of one kind of entry by the last word of their uids."""
    assert all(each.uid.startswith(f"{UID}-{what}-") for each in found if each.what == what)
    return {each.uid.rpartition("-")[2]: each.on for each in found if each.what == what}


# Meetings ----------------------------------------------------------------------------------------


def test_meetings_are_expected_by_the_cadence_up_to_the_end_of_the_term() -> None:
    found = plan(pair())

    assert days(found) == [day(11, 29), day(12, 13), day(12, 27)]
    assert {each.state for each in found if each.what == "meeting"} == {"expected"}


def test_the_day_agreed_comes_first_and_the_cadence_goes_on_from_it() -> None:
    found = plan(pair(), meeting(day(11, 15), next_on=day(12, 1)))

    assert days(found) == [day(12, 1), day(12, 15), day(12, 29)]
    assert [each.state for each in found if each.what == "meeting"] == [
        "held", "agreed", "expected", "expected"
    ]  # fmt: skip


def test_a_day_agreed_for_after_the_term_is_kept_and_nothing_is_expected_after_it() -> None:
    assert days(plan(pair(), meeting(day(11, 15), next_on=day(1, 7, 2027)))) == [day(1, 7, 2027)]


def test_without_a_term_half_a_year_is_planned_and_never_more_than_twenty_six_meetings() -> None:
    every_month = plan(pair(term_ends_on=None, cadence="1m"))
    every_day = plan(pair(term_ends_on=None, cadence="1d"))

    assert days(every_month) == [day(12, 1), *(day(month, 1, 2027) for month in range(1, 6))]
    assert days(every_day) == [TODAY + timedelta(days=n) for n in range(26)]


def test_a_meeting_that_is_overdue_moves_to_the_next_day_of_the_rhythm_and_keeps_its_place() -> (
    None
):
    before = plan(pair(), meeting(day(11, 5)), today=day(11, 18))
    after = plan(pair(), meeting(day(11, 5)), today=day(11, 20))

    assert places(before)["2"] == day(11, 19)
    assert places(after)["2"] == day(12, 3)


def test_a_meeting_today_is_still_one() -> None:
    assert days(plan(pair(), meeting(day(11, 8))))[0] == TODAY


def test_a_pair_that_begins_later_is_expected_to_meet_from_its_start_on() -> None:
    later = pair(started_on=day(12, 7), term_ends_on=day(1, 10, 2027))

    assert days(plan(later)) == [day(12, 21), day(1, 4, 2027)]


def test_without_a_cadence_only_the_day_agreed_is_known() -> None:
    free = pair(cadence=None)

    assert days(plan(free)) == []
    assert days(plan(free, meeting(day(11, 15), next_on=day(12, 9)))) == [day(12, 9)]


def test_a_month_that_is_too_short_does_not_pull_the_rhythm_to_its_end() -> None:
    monthly = pair(started_on=day(1, 31, 2028), cadence="1m", term_ends_on=day(6, 30, 2028))
    held = meeting(day(2, 29, 2028))

    unheld = days(plan(monthly, today=day(2, 1, 2028)))
    after = days(plan(monthly, held, today=day(3, 1, 2028)))

    whole = [day(3, 31, 2028), day(4, 30, 2028), day(5, 31, 2028), day(6, 30, 2028)]
    assert unheld == [day(2, 29, 2028), *whole]
    assert after == whole


def test_twice_a_month_stays_on_the_same_two_days() -> None:
    found = plan(pair(cadence="2/m", term_ends_on=day(2, 20, 2027)), meeting(day(11, 16)))

    assert days(found) == [
        day(12, 1), day(12, 16), day(12, 31), day(1, 16, 2027), day(1, 31, 2027), day(2, 16, 2027)
    ]  # fmt: skip


@pytest.mark.parametrize("today", [date.max, date.max - timedelta(days=100)])
def test_the_calendar_ends_where_days_end(today: date) -> None:
    found = plan(
        pair(started_on=today - timedelta(days=1), term_ends_on=None, cadence="1w"), today=today
    )

    assert all(today <= on <= date.max for on in days(found))


# Pauses and ends ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["active", "paused"])
def test_a_pause_without_an_end_leaves_nothing_after_it(state: str) -> None:
    lasting = paused("2026-12-01", None, state=state, cadence="1w")

    assert days(plan(lasting)) == [TODAY, day(11, 29)]
    assert days(plan(lasting, meeting(day(11, 20), next_on=day(12, 8)))) == []


def test_a_pause_with_an_end_is_followed_by_meetings_from_its_end_on() -> None:
    lasting = paused("2026-11-10", "2026-12-05", state="paused")

    assert days(plan(lasting)) == [day(12, 5), day(12, 19)]
    moved = plan(lasting, meeting(day(11, 8), next_on=day(11, 24)))
    assert days(moved) == [day(12, 5), day(12, 19)]
    assert [each.state for each in moved if each.what == "meeting"][1] == "expected"


def test_a_pair_that_is_paused_by_another_program_plans_nothing() -> None:
    assert days(plan(pair(state="paused"))) == []


def test_of_a_pair_that_has_ended_nothing_is_to_come() -> None:
    ended = pair(state="ended", ended_because="done")
    held = meeting(day(11, 20), next_on=day(12, 1))

    found = plan(ended, held, actions=[action(day(12, 1), "done"), action(day(11, 1))])

    assert [(each.what, each.state) for each in found] == [
        ("action", "open"), ("meeting", "held"), ("action", "done")
    ]  # fmt: skip


def test_the_end_of_the_term_is_one_entry_until_it_has_passed() -> None:
    (end,) = (each for each in plan(pair()) if each.what == "term-end")

    assert (end.uid, end.on, end.state) == (f"{UID}-term-end", day(12, 31), "due")
    assert days(plan(pair(), today=day(1, 1, 2027)), "term-end") == []
    assert days(plan(pair(term_ends_on=None)), "term-end") == []


# Places ------------------------------------------------------------------------------------------


def test_a_meeting_held_takes_along_the_place_it_was_planned_at() -> None:
    before = plan(pair(), meeting(day(11, 15)))
    after = plan(pair(), meeting(day(11, 15)), meeting(TODAY))

    assert places(before) == {
        "1": day(11, 15), "2": day(11, 29), "3": day(12, 13), "4": day(12, 27)
    }  # fmt: skip
    assert places(after) == {"1": day(11, 15), "2": TODAY, "3": day(12, 6), "4": day(12, 20)}


def test_a_meeting_written_down_late_takes_the_next_place_so_that_none_stands_twice() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    late = meeting(day(6, 1), updated_at=now)

    found = plan(pair(started_on=day(6, 1)), meeting(day(11, 15)), late)

    assert places(found)["2"] == day(6, 1)
    assert places(found)["3"] == day(11, 29)


def test_a_meeting_of_long_ago_is_left_to_the_past() -> None:
    found = plan(pair(started_on=day(6, 1)), meeting(day(9, 20)), meeting(day(9, 24)))

    assert [each.on for each in found if each.state == "held"] == [day(9, 24)]


def test_of_a_long_row_only_the_latest_are_looked_at_and_each_has_its_own_place() -> None:
    row = Row(40, [meeting(day(11, 8)), meeting(day(11, 15))])

    found = planned(Known(Brief(pair(), row.latest[-1]), row, Row(0, []), []), TODAY)  # type: ignore[arg-type]

    assert list(places(found)) == ["39", "40", "41", "42", "43"]


# Reviews -----------------------------------------------------------------------------------------


def test_reviews_to_come_keep_their_places_when_one_has_been_missed() -> None:
    of = pair(started_on=day(6, 30))

    early = plan(of, today=day(9, 1))
    missed = plan(of)

    assert places(early, "review") == {"1": day(9, 30), "2": day(12, 31)}
    assert places(missed, "review") == {"2": day(12, 31)}


def test_a_review_held_early_moves_to_its_day_and_the_one_agreed_comes_after_it() -> None:
    of = pair(started_on=day(10, 1), term_ends_on=day(1, 10, 2027))
    held = review(day(11, 16), next_review_on=day(12, 15))

    before = plan(of, today=day(11, 10))
    after = plan(of, reviews=[held])

    assert places(before, "review") == {"1": day(11, 20), "2": day(1, 10, 2027)}
    assert places(after, "review") == {"1": day(11, 16), "2": day(12, 15), "3": day(1, 10, 2027)}


# Actions -----------------------------------------------------------------------------------------


def test_an_action_with_a_due_day_is_a_task_overdue_or_not_and_without_one_is_none() -> None:
    tasks = [action(day(12, 1)), action(day(1, 1)), action(None)]

    found = [each for each in plan(pair(), actions=tasks) if each.what == "action"]

    assert [(each.uid, each.on, each.state) for each in found] == [
        (tasks[1].uid, day(1, 1), "open"), (tasks[0].uid, day(12, 1), "open")
    ]  # fmt: skip
    assert [each.record for each in found] == [tasks[1], tasks[0]]


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_an_action_closed_lately_is_a_closed_task_and_one_closed_long_ago_is_none(
    state: str,
) -> None:
    tasks = [action(day(11, 1), state, TODAY - timedelta(days=ago)) for ago in (0, 60, 61)]

    found = [each for each in plan(pair(), actions=tasks) if each.what == "action"]

    assert [each.record for each in found] == tasks[:2]
    assert {each.state for each in found} == {state}


def test_only_what_is_open_and_has_not_passed_is_to_come() -> None:
    tasks = [action(day(11, 1)), action(TODAY), action(day(12, 1), "done")]

    found = plan(pair(), meeting(TODAY), actions=tasks)

    assert [(each.what, each.on) for each in found if not each.is_to_come(TODAY)] == [
        ("action", day(11, 1)), ("meeting", TODAY), ("action", day(12, 1))
    ]  # fmt: skip
