"""How often a pair means to meet: the forms, the expected days and the figures of continuity.

The days and figures are held against calculations that go through the calendar one day at a time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import mentorlog as package
from mentorlog.domain.cadence import (
    FORMS,
    Pause,
    expected_days,
    interval_days,
    next_expected,
    parse_cadence,
)
from mentorlog.domain.continuity import Continuity, Expected, continuity, expected_and_met
from mentorlog.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.conftest import Program

WIDE = str.maketrans({n: n + 0xFEE0 for n in range(0x21, 0x7F)} | {0x20: 0x3000})
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_DAY = timedelta(days=1)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def day(text: str) -> date:
    return date.fromisoformat(text)


def pause(from_on: str, until_on: str | None) -> Pause:
    return Pause(day(from_on), None if until_on is None else day(until_on))


# --- what is read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("2w", "2w"),
        ("10d", "10d"),
        ("1m", "1m"),
        ("02w", "2w"),
        ("+2w", "2w"),
        ("1y", "12m"),
        ("5y", "60m"),
        ("6y", "72m"),
        ("60m", "60m"),
        ("260w", "260w"),
        ("1d", "1d"),
        ("2 weeks", "2w"),
        ("14 days", "14d"),
        ("a month", "1m"),
        ("half a year", "6m"),
        ("every 3w", "3w"),
        ("every 2 weeks", "2w"),
        ("Every two weeks", "2w"),
        ("once every 2 weeks", "2w"),
        ("every half a year", "6m"),
        ("daily", "1d"),
        ("weekly", "1w"),
        ("biweekly", "2w"),
        ("fortnightly", "2w"),
        ("monthly", "1m"),
        ("quarterly", "3m"),
        ("yearly", "12m"),
        ("every week", "1w"),
        ("every other week", "2w"),
        ("every second week", "2w"),
        ("every fortnight", "2w"),
        ("every other month", "2m"),
        ("every quarter", "3m"),
        ("once a week", "1w"),
        ("once a month", "1m"),
        ("2週間", "2w"),
        ("２週間", "2w"),
        ("二週間", "2w"),
        ("14日", "14d"),
        ("3か月", "3m"),
        ("半年", "6m"),
        ("1年", "12m"),
        ("2週間ごと", "2w"),
        ("2 週間 ごとに", "2w"),
        ("3ヶ月毎", "3m"),
        ("半年ごと", "6m"),
        ("週ごと", "1w"),
        ("毎日", "1d"),
        ("毎週", "1w"),
        ("隔週", "2w"),
        ("毎月", "1m"),
        ("隔月", "2m"),
        ("毎年", "12m"),
        ("週1回", "1w"),
        ("週に一度", "1w"),
        ("隔週1回", "2w"),
        ("2週間に1回", "2w"),
        ("３か月に１回", "3m"),
        ("月1回", "1m"),
        ("月に一回", "1m"),
        ("年1回", "12m"),
    ],
)
def test_a_rhythm_of_days_weeks_or_months_is_kept_in_one_form(typed: str, form: str) -> None:
    assert parse_cadence(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("every tuesday", "1w tue"),
        ("every Tue", "1w tue"),
        ("every other tuesday", "2w tue"),
        ("every other Thurs", "2w thu"),
        ("every week on Friday", "1w fri"),
        ("weekly on mondays", "1w mon"),
        ("biweekly on wed", "2w wed"),
        ("every 3 weeks on friday", "3w fri"),
        ("every 3w fri", "3w fri"),
        ("every other week on sunday", "2w sun"),
        ("毎週金曜", "1w fri"),
        ("毎週金曜日", "1w fri"),
        ("毎週 金曜", "1w fri"),
        ("毎週の月曜", "1w mon"),
        ("毎週金", "1w fri"),
        ("隔週火曜", "2w tue"),
        ("隔週の火曜日", "2w tue"),
        ("隔週（火）", "2w tue"),
        ("隔週日曜", "2w sun"),
        ("3週間ごとの土曜", "3w sat"),
        ("first tuesday", "1m tue1"),
        ("the 1st Tue", "1m tue1"),
        ("every first tuesday", "1m tue1"),
        ("first tuesday of the month", "1m tue1"),
        ("every second tuesday of the month", "1m tue2"),
        ("third Wednesday of every month", "1m wed3"),
        ("monthly on the 4th sunday", "1m sun4"),
        ("last friday of the month", "1m fri-1"),
        ("every last friday", "1m fri-1"),
        ("第1火曜", "1m tue1"),
        ("第一火曜日", "1m tue1"),
        ("毎月第３水曜日", "1m wed3"),
        ("毎月の第4月曜", "1m mon4"),
        ("最終金曜", "1m fri-1"),
        ("twice a month", "2/m"),
        ("Twice monthly", "2/m"),
        ("2 times a month", "2/m"),
        ("three times per month", "3/m"),
        ("1 times a month", "1m"),
        ("月2回", "2/m"),
        ("月２回", "2/m"),
        ("月に2回", "2/m"),
        ("月に二度", "2/m"),
        ("毎月2回", "2/m"),
        ("1か月に2回", "2/m"),
        ("月4回", "4/m"),
    ],
)
def test_a_rhythm_of_weekdays_or_of_times_a_month_is_kept_in_one_form(
    typed: str, form: str
) -> None:
    assert parse_cadence(typed) == form


@pytest.mark.parametrize("typed", [*FORMS, "every other tuesday", "3 Weeks", "twice a month"])
def test_case_width_and_the_space_around_it_do_not_matter(typed: str) -> None:
    form = parse_cadence(typed)

    wide = f"　{typed.upper().translate(WIDE)} "

    assert parse_cadence(wide) == form


numbers = st.integers(1, 60)
weekdays = st.sampled_from(WEEKDAYS)
forms = st.one_of(
    st.builds("{}{}".format, numbers, st.sampled_from("dwm")),
    st.builds("{}w {}".format, st.integers(1, 260), weekdays),
    st.builds("1m {}{}".format, weekdays, st.sampled_from([1, 2, 3, 4, -1])),
    st.builds("{}/m".format, st.integers(2, 4)),
)
PIECES = """
    0 1 2 4 7 99 9999 １ + - / d w m y day weeks month year a half every other second first last the
    of once twice times on tue Friday weekly 毎 毎週 隔週 毎月 月 週 日 年 か月 週間 半 ごと に の 回 度
    第 最終 火曜 金曜日 ( ) 一 二 おき
"""
pieces = st.sampled_from(PIECES.split())
almost = st.lists(pieces, max_size=7).map("".join) | st.lists(pieces, max_size=7).map(" ".join)


@given(forms)
def test_the_form_kept_reads_as_itself(form: str) -> None:
    assert parse_cadence(form) == form


@given(st.text() | almost)
def test_whatever_is_typed_gives_a_form_or_a_refusal(typed: str) -> None:
    try:
        form = parse_cadence(typed)
    except InvalidValue as refused:
        assert (refused.reason, refused.typed) == ("cadence-unknown", typed)
    else:
        assert parse_cadence(form) == form
        assert 1 <= interval_days(form) <= 36525
        expected = next_expected(day("2026-01-31"), form)
        assert expected is not None
        assert expected > day("2026-01-31")


@pytest.mark.parametrize(
    "typed",
    [
        *["", " ", "often", "seldom", "every", "every other", "tuesday", "月", "週", "火曜"],
        *["0", "0w", "0d", "0 weeks", "-2w", "0回", "月0回", "月に0回", "0/m", "0w tue", "0か月"],
        *["zero times a month", "0 times a month", "2", "1.5w", "half a week", "2x"],
        *["101y", "1827d 1d", "9999w", "99999999999d", "101年"],
        *["月5回", "5 times a month", "99/m", "月31回", "twice a day", "週2回", "twice a week"],
        *["every second tuesday", "1週おき", "2週間おき", "bimonthly", "every 2 months on tue"],
        *["10d tue", "monthly on tuesday", "2m tue1", "1m tue5", "1m tue", "fifth tuesday"],
        *["毎週月", "隔週日", "毎週(火", "毎週火)", "1週間毎日", "一週毎月"],
        *["毎月15日", "第5火曜", "第1・第3火曜", "毎週火木", "last friday", "tomorrow"],
        *["2026-11-22", "weekly\x00", "every " * 9 + "2w", "隔週" * 40, "٢w", "2w\nfri mon"],
    ],
)
def test_what_is_no_rhythm_or_an_absurd_one_is_refused_with_forms_that_work(typed: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_cadence(typed, "MENTORLOG_CADENCE")

    refused = caught.value
    assert (refused.field, refused.typed) == ("MENTORLOG_CADENCE", typed)
    assert refused.reason == "cadence-unknown"
    assert [form for form in refused.allowed if not parse_cadence(form)] == []
    assert {form.isascii() for form in refused.allowed} == {True, False}


@pytest.mark.parametrize(
    ("cadence", "interval"),
    [("10d", 10), ("2w", 14), ("2w tue", 14), ("1m", 30.44), ("1m fri-1", 30.44), ("2/m", 15.22)],
)
def test_an_interval_in_days_is_the_average_one(cadence: str, interval: float) -> None:
    assert interval_days(cadence) == pytest.approx(interval, abs=0.01)


# --- the calendar, one day at a time ------------------------------------------------------------


def covered(on: date, pauses: Sequence[Pause]) -> bool:
    return any(each.from_on <= on < (each.until_on or date.max) for each in pauses)


def is_day_of_month(on: date, wanted: int) -> bool:
    return on.day == min(wanted, monthrange(on.year, on.month)[1])


def is_nth(on: date, name: str, nth: int) -> bool:
    from_end = (on + 7 * A_DAY).month != on.month
    return WEEKDAYS[on.weekday()] == name and (from_end if nth == -1 else (on.day + 6) // 7 == nth)


def is_planned(on: date, anchor: date, cadence: str) -> bool:
    """True when a meeting was to be on that day, were there no pauses."""
    head, _, name = cadence.partition(" ")
    gone = (on - anchor).days
    months = (on.year - anchor.year) * 12 + on.month - anchor.month
    if head.endswith("/m"):
        return any(
            is_day_of_month(on - timedelta(later), anchor.day) and later <= gone
            for later in {"2": [0, 15], "3": [0, 10, 20], "4": [0, 7, 15, 22]}[head[0]]
        )
    number = int(head[:-1])
    if name and head.endswith("w"):
        over = gone % (7 * number)
        near = over <= 3 if gone > 3 else False
        return WEEKDAYS[on.weekday()] == name and (near or over >= 7 * number - 3)
    if name:
        return is_nth(on, name[:3], int(name[3:])) and on >= first_nth(anchor, name)
    if head.endswith("m"):
        return months % number == 0 and is_day_of_month(on, anchor.day)
    return gone % (number * (7 if head.endswith("w") else 1)) == 0


def first_nth(anchor: date, name: str) -> date:
    """The first of such days: the one nearest to a month after the anchor."""
    aim = anchor + 28 * A_DAY
    while aim.month == anchor.month or not is_day_of_month(aim, anchor.day):
        aim += A_DAY
    for away in range(31):
        for on in (aim - away * A_DAY, aim + away * A_DAY):
            if is_nth(on, name[:3], int(name[3:])):
                return on
    raise AssertionError(name)


def goes_on(on: date, cadence: str) -> bool:
    """True when a rhythm held up by a pause can go on that day."""
    name = cadence.partition(" ")[2]
    if name[3:]:
        return is_nth(on, name[:3], int(name[3:]))
    return not name or WEEKDAYS[on.weekday()] == name


def walked(anchor: date, cadence: str, pauses: Sequence[Pause]) -> Iterator[date]:
    on, is_held_up = anchor, False
    while on.year < anchor.year + 12:
        on += A_DAY
        if is_held_up:
            if not covered(on, pauses) and goes_on(on, cadence):
                yield on
                anchor, is_held_up = on, False
        elif is_planned(on, anchor, cadence):
            is_held_up = covered(on, pauses)
            if not is_held_up:
                yield on


def walked_gap(
    held: Sequence[date], started_on: date, today: date, pauses: Sequence[Pause]
) -> int | None:
    on = min([started_on, *held])
    if on >= today:
        return None
    gap = longest = 0
    while on < today:
        gap = 0 if on in held else gap
        gap += not covered(on, pauses)
        longest = max(longest, gap)
        on += A_DAY
    return longest


def most_matched(expected: Sequence[date], held: Sequence[date], reach: float) -> int:
    """The largest number of expected days that can each have a meeting of their own."""
    taken: dict[int, int] = {}  # which expected day has the meeting

    def finds_one(nth: int, tried: set[int]) -> bool:
        for place, meeting in enumerate(held):
            if place in tried or abs(meeting - expected[nth]) > timedelta(days=reach):
                continue
            tried.add(place)
            if place not in taken or finds_one(taken[place], tried):
                taken[place] = nth
                return True
        return False

    return sum(finds_one(nth, set()) for nth in range(len(expected)))


MONTH_ENDS = days(
    "2023-12-31", "2024-01-29", "2024-01-30", "2024-01-31", "2024-02-29", "2025-01-31",
    "2025-02-28", "2025-08-31", "2027-11-30", "2027-12-31", "2028-02-28", "2028-02-29",
)  # fmt: skip
starts = st.sampled_from(MONTH_ENDS) | st.dates(date(2023, 1, 1), date(2029, 12, 31))
cadences = st.one_of(
    st.sampled_from(["1w", "2w", "10d", "1m", "2m", "3m", "12m", "2/m", "3/m", "4/m"]),
    st.builds("{}d".format, st.integers(1, 45)),
    st.builds("{}w {}".format, st.integers(1, 6), weekdays),
    st.builds("1m {}{}".format, weekdays, st.sampled_from([1, 2, 3, 4, -1])),
)


@st.composite
def paused(draw: st.DrawFn, start: date) -> list[Pause]:
    """Pauses in any order: overlapping, touching, without a day, and some without an end."""
    found: list[Pause] = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start + draw(st.integers(-40, 500)) * A_DAY
        touches = draw(st.booleans())
        if found and touches:  # where another ends, or the day before
            begin = (found[-1].until_on or begin) - draw(st.integers(0, 1)) * A_DAY
        length = draw(st.integers(0, 10) | st.integers(0, 120))
        has_end = draw(st.integers(0, 9)) > 0
        found.append(Pause(begin, begin + length * A_DAY if has_end else None))
    return draw(st.permutations(found))


@st.composite
def lives(draw: st.DrawFn) -> tuple[date, str, date, list[Pause], list[date]]:
    """The life of a pair: its start, cadence, today, pauses and meetings, a few out of range."""
    start, cadence = draw(starts), draw(cadences)
    today = start + draw(st.integers(-20, 500)) * A_DAY
    by_chance = st.integers(-20, 510).map(lambda after: start + after * A_DAY)
    near = st.builds(
        lambda on, away: on + away * A_DAY,
        st.sampled_from(expected_days(start, cadence, today) or [start]),
        st.integers(-20, 20),
    )
    held = draw(st.lists(by_chance, max_size=6)) + draw(st.lists(near, max_size=14))
    return start, cadence, today, draw(paused(start)), held


# --- expected days ------------------------------------------------------------------------------


@settings(max_examples=500, deadline=None)
@given(lives())
def test_expected_days_are_those_of_the_calendar_walked_day_by_day(
    life: tuple[date, str, date, list[Pause], list[date]],
) -> None:
    start, cadence, until, pauses, _held = life

    found = expected_days(start, cadence, until, pauses)

    walk = []
    for on in walked(start, cadence, pauses):
        if on > until:
            break
        walk.append(on)
    assert found == walk
    assert not [on for on in found if covered(on, pauses)]


@settings(max_examples=500, deadline=None)
@given(lives())
def test_the_next_expected_day_is_the_first_the_walk_comes_to(
    life: tuple[date, str, date, list[Pause], list[date]],
) -> None:
    last, cadence, _today, pauses, _held = life

    found = next_expected(last, cadence, pauses)

    assert found == next(walked(last, cadence, pauses), None)
    assert found is None or found > last


@pytest.mark.parametrize(
    ("start", "cadence", "expected"),
    [
        ("2027-01-31", "1m", "02-28 03-31 04-30 05-31 06-30"),
        ("2028-01-31", "1m", "02-29 03-31 04-30 05-31 06-30"),
        ("2027-01-30", "1m", "02-28 03-30 04-30 05-30 06-30"),
        ("2027-02-28", "1m", "03-28 04-28 05-28 06-28 07-28"),
        ("2027-01-31", "2m", "03-31 05-31 07-31 09-30 11-30"),
        ("2027-01-31", "2/m", "02-15 02-28 03-15 03-31 04-15"),
        ("2027-01-05", "2/m", "01-20 02-05 02-20 03-05 03-20"),
        ("2027-01-05", "3/m", "01-15 01-25 02-05 02-15 02-25"),
        ("2028-02-15", "2w", "02-29 03-14 03-28 04-11 04-25"),
        ("2027-02-15", "2w", "03-01 03-15 03-29 04-12 04-26"),
        ("2027-01-13", "2w tue", "01-26 02-09 02-23 03-09 03-23"),
        ("2027-01-05", "1m tue1", "02-02 03-02 04-06 05-04 06-01"),
        ("2027-01-29", "1m fri-1", "02-26 03-26 04-30 05-28 06-25"),
    ],
)
def test_days_are_counted_from_the_start_and_never_drift(
    start: str, cadence: str, expected: str
) -> None:
    found = expected_days(day(start), cadence, date(2029, 1, 1))[:5]

    assert [f"{on:%m-%d}" for on in found] == expected.split()


def test_a_year_from_a_leap_day_is_the_28th_until_the_next_leap_day() -> None:
    found = expected_days(day("2024-02-29"), "1y", day("2029-01-01"))

    assert found == days("2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29")


def test_a_rhythm_goes_over_the_end_of_a_year() -> None:
    assert expected_days(day("2026-12-22"), "1w", day("2027-01-05")) == days(
        "2026-12-29", "2027-01-05"
    )


@pytest.mark.parametrize(
    ("last", "cadence", "expected"),
    [
        ("2026-11-22", "2w", "2026-12-06"),
        ("2026-10-31", "1m", "2026-11-30"),
        ("2026-11-22", "10d", "2026-12-02"),
        ("2026-11-22", "2/m", "2026-12-07"),
        ("2026-11-24", "2w tue", "2026-12-08"),  # held on a Tuesday
        ("2026-11-25", "2w tue", "2026-12-08"),  # held a day late: it catches up
        ("2026-11-27", "2w tue", "2026-12-08"),
        ("2026-11-28", "2w tue", "2026-12-15"),
        ("2026-11-23", "2w tue", "2026-12-08"),
        ("2026-11-27", "1w tue", "2026-12-01"),
        ("2026-11-03", "1m tue1", "2026-12-01"),
        ("2026-11-10", "1m tue1", "2026-12-01"),  # held a week late
        ("2026-11-24", "1m tue1", "2027-01-05"),  # held nearer to the next one
        ("2026-11-27", "1m fri-1", "2026-12-25"),
    ],
)
def test_the_next_day_is_an_interval_later_or_the_weekday_nearest_to_that(
    last: str, cadence: str, expected: str
) -> None:
    assert next_expected(day(last), cadence) == day(expected)


@pytest.mark.parametrize(
    ("last", "anchor", "expected"),
    [
        ("2027-02-28", "2027-01-31", "2027-03-31"),
        ("2027-02-28", "2026-11-30", "2027-03-30"),
        ("2027-04-30", "2027-01-31", "2027-05-31"),
        ("2027-04-30", "2027-01-30", "2027-05-30"),
        ("2027-02-27", "2027-01-31", "2027-03-27"),  # no month's end: meant, or at least chosen
        ("2027-02-28", "2027-01-15", "2027-03-28"),
    ],
)
def test_a_meeting_at_the_end_of_a_short_month_does_not_pull_the_31st_forward(
    last: str, anchor: str, expected: str
) -> None:
    assert next_expected(day(last), "1m", anchor=day(anchor)) == day(expected)


@pytest.mark.parametrize("cadence", ["2w", "1m", "2w tue", "1m fri-1", "2/m"])
def test_where_the_calendar_ends_nothing_is_expected(cadence: str) -> None:
    end = [day("9999-12-31")]

    assert next_expected(end[0], cadence, anchor=day("2026-01-31")) is None
    assert expected_days(end[0], cadence, end[0]) == []
    assert next_expected(day("9999-12-24"), cadence, [pause("9999-12-30", None)]) in {None, *end}


# --- pauses -------------------------------------------------------------------------------------

SUMMER = [pause("2026-07-10", "2026-08-20")]  # a Friday to a Thursday


@pytest.mark.parametrize(
    ("last", "cadence", "expected"),
    [
        ("2026-07-01", "2w", "2026-08-20"),
        ("2026-06-25", "2w", "2026-07-09"),  # the last day before the pause
        ("2026-08-06", "2w", "2026-08-20"),  # held within it, and due as it ends
        ("2026-07-09", "3m", "2026-10-09"),  # due after it
        ("2026-07-01", "2w tue", "2026-08-25"),
        ("2026-07-07", "1m tue1", "2026-09-01"),
        ("2026-06-30", "2/m", "2026-08-20"),
    ],
)
def test_a_day_within_a_pause_moves_to_its_end_or_to_the_weekday_after_it(
    last: str, cadence: str, expected: str
) -> None:
    assert next_expected(day(last), cadence, SUMMER) == day(expected)


@pytest.mark.parametrize("cadence", ["2w tue", "1m tue1"])
def test_a_weekday_is_expected_on_the_very_day_a_pause_ends(cadence: str) -> None:
    until_a_tuesday = [pause("2026-07-10", "2026-09-01")]

    assert next_expected(day("2026-07-07"), cadence, until_a_tuesday) == day("2026-09-01")


def test_after_a_pause_the_rhythm_starts_anew_from_the_day_of_going_on() -> None:
    found = expected_days(day("2026-06-24"), "2w", day("2026-09-20"), SUMMER)

    assert found == days("2026-07-08", "2026-08-20", "2026-09-03", "2026-09-17")


def test_a_pause_between_two_expected_days_moves_nothing() -> None:
    short = [pause("2026-07-09", "2026-07-15")]

    assert expected_days(day("2026-06-24"), "3w", day("2026-08-06"), short) == days(
        "2026-07-15", "2026-08-05"
    )


@pytest.mark.parametrize(
    "pauses",
    [
        [pause("2026-07-10", "2026-07-20"), pause("2026-07-20", "2026-08-20")],
        [pause("2026-07-20", "2026-08-20"), pause("2026-07-10", "2026-07-20")],
        [pause("2026-07-10", "2026-08-20"), pause("2026-07-12", "2026-07-30")],
        [pause("2026-07-10", "2026-08-01"), pause("2026-07-12", "2026-08-20")],
        [*SUMMER, *SUMMER, pause("2026-07-05", "2026-07-05"), pause("2026-09-02", "2026-09-01")],
    ],
)
def test_pauses_that_touch_or_overlap_are_one_and_one_without_days_is_none(
    pauses: list[Pause],
) -> None:
    held = days("2026-07-08", "2026-08-22")
    once = continuity(held, day("2026-06-24"), "2w", day("2026-09-20"), SUMMER)

    assert continuity(held, day("2026-06-24"), "2w", day("2026-09-20"), pauses) == once


def test_in_a_pause_without_an_end_nothing_is_expected() -> None:
    lasting = [pause("2026-07-10", None)]

    assert next_expected(day("2026-07-01"), "2w", lasting) is None
    assert next_expected(day("2026-06-20"), "2w", lasting) == day("2026-07-04")
    assert expected_days(day("2026-06-24"), "2w", day("2030-01-01"), lasting) == days("2026-07-08")


# --- continuity ---------------------------------------------------------------------------------


@settings(max_examples=500, deadline=None)
@given(lives())
@example((day("2024-01-31"), "1m", day("2024-06-30"), [], days("2024-02-29", "2024-03-31")))
@example((day("2024-01-01"), "2d", day("2024-01-09"), [], days("2024-01-04", "2024-01-04")))
def test_continuity_is_what_counting_day_by_day_gives(
    life: tuple[date, str, date, list[Pause], list[date]],
) -> None:
    start, cadence, today, pauses, held = life

    found = continuity(held, start, cadence, today, pauses)

    past = [on for on in held if on <= today]
    reach = interval_days(cadence) / 2
    planned = expected_days(start, cadence, today + timedelta(days=int(reach)), pauses)
    over = [on for on in planned if (today - on).days > reach]
    met = most_matched(planned, past, reach)
    assert found.meetings == len(past)
    assert found.on_rhythm == met
    assert found.expected == met + len(over) - most_matched(over, past, reach)
    assert found.longest_gap_days == walked_gap(past, start, today, pauses)
    assert found.next_on == next_expected(max(past or [start]), cadence, pauses, anchor=start)


@settings(max_examples=500, deadline=None)
@given(lives(), st.integers(-30, 530))
def test_what_was_held_and_decided_up_to_a_day_and_from_the_next_on_add_up(
    life: tuple[date, str, date, list[Pause], list[date]], after: int
) -> None:
    start, cadence, today, pauses, held = life
    until = min(start + after * A_DAY, today)

    before = continuity(held, start, cadence, until, pauses)
    since = continuity(held, start, cadence, today, pauses, until + A_DAY)
    both = continuity(held, start, cadence, today, pauses)

    assert before.expected + since.expected == both.expected
    assert before.on_rhythm + since.on_rhythm == both.on_rhythm
    assert before.meetings + since.meetings == both.meetings
    assert since.next_on == both.next_on


def test_continuity_says_of_how_many() -> None:
    held = days("2026-01-05", "2026-01-20", "2026-02-16", "2026-03-09")

    found = continuity(held, day("2026-01-05"), "2w", day("2026-03-20"))

    # Expected: 19 Jan, 2 Feb, 16 Feb, 2 Mar. That of 9 Mar is as near to two of them; for the 16th
    # there is still time.
    assert found == Continuity(
        expected=4, on_rhythm=3, longest_gap_days=27, next_on=day("2026-03-23"), meetings=4
    )


def test_a_day_is_missed_once_half_a_cadence_after_it_has_passed() -> None:
    start = day("2026-01-05")

    last_chance = continuity([], start, "2w", day("2026-01-26"))
    too_late = continuity([], start, "2w", day("2026-01-27"))

    assert (last_chance.expected, too_late.expected) == (0, 1)


def test_a_day_that_was_met_ahead_of_it_is_decided_by_then() -> None:
    start = day("2026-01-05")

    found = expected_and_met(days("2026-01-14"), start, "2w", day("2026-01-14"))
    later = expected_and_met(days("2026-01-14"), start, "2w", day("2026-01-31"))

    assert found == later == [Expected(day("2026-01-19"), day("2026-01-14"))]


def test_at_the_end_of_the_calendar_continuity_is_still_found() -> None:
    found = continuity(days("9999-12-20"), day("9999-12-06"), "2w", date.max)

    assert found == Continuity(1, 1, 14, None, 1)


def test_the_next_day_goes_back_to_the_31st_after_a_short_month() -> None:
    found = continuity(days("2027-02-28"), day("2027-01-31"), "1m", day("2027-03-05"))

    assert found == Continuity(1, 1, 28, day("2027-03-31"), 1)


def test_one_meeting_counts_for_one_expected_day_only() -> None:
    both = continuity(days("2026-01-12"), day("2026-01-05"), "1w", day("2026-01-23"))
    between = continuity(days("2026-01-26"), day("2026-01-05"), "2w", day("2026-02-10"))

    assert (both.on_rhythm, both.expected) == (1, 2)
    assert (between.on_rhythm, between.expected) == (1, 2)


def test_a_meeting_further_off_than_half_a_cadence_is_not_on_rhythm() -> None:
    start, planned, today = day("2026-01-05"), day("2026-01-19"), day("2026-01-31")

    seven = expected_and_met(days("2026-01-26"), start, "2w", today)
    eight = expected_and_met(days("2026-01-27"), start, "2w", today)

    assert seven == [Expected(planned, day("2026-01-26"))]
    assert eight == [Expected(planned, None), Expected(day("2026-02-02"), day("2026-01-27"))]


@pytest.mark.parametrize(
    ("held", "gap"),
    [
        ([], 80),
        (["2026-01-31"], 50),
        (["2026-03-01"], 59),
        (["2026-01-11", "2026-03-12"], 60),
        (["2026-03-12", "2026-01-11"], 60),
        (["2025-12-22"], 90),  # before the start: the pair began with it
    ],
)
def test_the_longest_gap_counts_the_wait_for_the_first_meeting_and_since_the_last(
    held: list[str], gap: int
) -> None:
    found = continuity(days(*held), day("2026-01-01"), "2w", day("2026-03-22"))

    assert found.longest_gap_days == gap


def test_a_pause_never_counts_as_a_gap() -> None:
    held = days("2026-07-08", "2026-08-20", "2026-09-03")

    within = continuity(held, day("2026-07-01"), "2w", day("2026-09-03"), SUMMER)
    still = continuity(
        held[:1], day("2026-07-01"), "2w", day("2027-07-01"), [SUMMER[0]._replace(until_on=None)]
    )

    assert (within.longest_gap_days, within.on_rhythm, within.expected) == (14, 2, 2)
    assert (still.longest_gap_days, still.on_rhythm, still.expected) == (7, 0, 0)
    assert still.next_on is None


def test_what_is_unknown_is_none_and_not_nought() -> None:
    today = day("2026-01-05")

    assert continuity([], today, "2w", today) == (0, 0, None, day("2026-01-19"), 0)
    assert continuity([today], today, "2w", today) == (0, 0, None, day("2026-01-19"), 1)
    assert continuity([today], day("2026-01-01"), None, today) == (0, 0, 4, None, 1)


def test_a_meeting_still_to_come_does_not_count_yet() -> None:
    start, today = day("2026-01-05"), day("2026-01-20")

    found = continuity(days("2026-01-21"), start, "2w", today)

    assert found == continuity([], start, "2w", today)


# --- time zones and start-up --------------------------------------------------------------------

FIGURES = """
import sys
from datetime import date
from mentorlog.domain.cadence import Pause, expected_days
from mentorlog.domain.continuity import continuity
held = [date(2026, 2, 28), date(2026, 3, 29), date(2026, 4, 30), date(2026, 10, 25)]
pauses = [Pause(date(2026, 5, 20), date(2026, 9, 1))]
for cadence in ("1m", "2w sun", "2/m", "1m sun-1"):
    print(continuity(held, date(2026, 1, 31), cadence, date(2026, 11, 1), pauses))
    print(expected_days(date(2026, 1, 31), cadence, date(2026, 11, 1), pauses))
"""
ZONES = ("UTC", "XXX-14", "XXX+12", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0")


def run(program: str, zone: str = "UTC") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"TZ": zone, "PYTHONPATH": str(Path(package.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_figures_are_the_same_in_every_time_zone() -> None:
    figures = {run(FIGURES, zone) for zone in ZONES}

    assert len(figures) == 1
    assert figures != {""}


def test_a_change_of_zone_while_the_program_runs_changes_no_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, start, today = days("2026-03-29", "2026-04-12"), day("2026-03-15"), day("2026-05-01")
    found = []

    for zone in ZONES:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.append(continuity(held, start, "2w", today))
    monkeypatch.undo()
    time.tzset()

    assert found == [Continuity(2, 2, 19, day("2026-04-26"), 2)] * len(ZONES)


def test_a_journal_written_in_one_zone_expects_the_same_day_in_another(mentorlog: Program) -> None:
    east, west = {"TZ": "XXX-14"}, {"TZ": "XXX+12"}
    start = ["pair", "start", "Aya", "--as", "mentor", "--cadence", "隔週火曜"]
    begun = mentorlog(*start, "--on", "2026-10-31", environment=east)
    met = mentorlog("meet", "--summary", "s", "--on", "2026-11-10", environment=west)

    seen = [mentorlog("prep", "--json", environment=zone).json for zone in (east, west)]

    assert (begun.code, met.code) == (0, 0)
    assert [each["next_on"] for each in seen] == ["2026-11-24", "2026-11-24"]


@pytest.mark.parametrize(
    ("does", "loaded"),
    [
        (
            "parse_cadence('2w'); parse_cadence('1m tue1'); next_expected(date(2026, 1, 1), '2w')",
            "",
        ),
        ("parse_cadence('every other tue')", "mentorlog.domain.cadence_words"),
        ("next_expected(date(2026, 1, 31), '1m')", "dateutil"),
    ],
)
def test_what_a_start_does_not_need_is_not_loaded(does: str, loaded: str) -> None:
    program = f"""
import sys
from datetime import date
from mentorlog.domain.cadence import next_expected, parse_cadence
import mentorlog.domain.continuity
{does}
print(*({{"dateutil", "mentorlog.domain.cadence_words"}} & set(sys.modules)))
"""

    assert run(program).strip() == loaded
