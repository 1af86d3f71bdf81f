"""What people type as a day, a due date, a time or a span, in English and in Japanese."""

from __future__ import annotations

import subprocess
import sys
from calendar import month_name, monthrange
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import mentorlog
from mentorlog.domain.when import FORMS, add_span, parse_clock, parse_day, split_due
from mentorlog.errors import InvalidValue
from tests.stopwatch import in_time

TODAY = date(2026, 11, 25)  # a Wednesday
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WIDE = str.maketrans({n: n + 0xFEE0 for n in range(0x21, 0x7F)} | {0x20: 0x3000})

# Far enough from the ends of the calendar that nothing leads out of it.
todays = st.dates(date(1900, 1, 1), date(2200, 12, 31))
# Text that looks almost like a date: random characters seldom do.
PIECES = """
    0 1 2 03 11 22 29 30 31 99 0000 2026 9999 99999999 999999999999999999999 １ ２ ＋ - / . , : ( )
    d w m y days week month year s ago in a half last next this fri sun Nov feb may th today r h am
    pm due: " 今日 明後日 昨日 日 週 週間 か月 月 年 前 後 来週 先週 の 金曜 日曜日 令和 平成 元 半
    午前 午後 時 分 期限： 「 」 三
"""
pieces = st.sampled_from(PIECES.split())
almost = st.lists(pieces, max_size=9).map("".join) | st.lists(pieces, max_size=9).map(" ".join)
anything = st.text() | almost


def refusal(text: str, today: date = TODAY) -> InvalidValue:
    with pytest.raises(InvalidValue) as caught:
        parse_day(text, today, "held_on")
    return caught.value


# --- days: what is read -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-11-22", "2026-11-22"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
        ("2026-1-5", "2026-01-05"),
        ("2026/11/22", "2026-11-22"),
        ("2026/03/04", "2026-03-04"),
        ("2026.11.22", "2026-11-22"),
        ("today", "2026-11-25"),
        ("tomorrow", "2026-11-26"),
        ("yesterday", "2026-11-24"),
        ("-3d", "2026-11-22"),
        ("+0d", "2026-11-25"),
        ("+2w", "2026-12-09"),
        ("+1m", "2026-12-25"),
        ("-1m", "2026-10-25"),
        ("+1y", "2027-11-25"),
        ("3 days ago", "2026-11-22"),
        ("1 day ago", "2026-11-24"),
        ("2 weeks ago", "2026-11-11"),
        ("a week ago", "2026-11-18"),
        ("two weeks ago", "2026-11-11"),
        ("in 3 days", "2026-11-28"),
        ("in 2 weeks", "2026-12-09"),
        ("in a month", "2026-12-25"),
        ("in an year", "2027-11-25"),
        ("in half a year", "2027-05-25"),
        ("22 Nov", "2026-11-22"),
        ("22Nov", "2026-11-22"),
        ("Nov 22", "2026-11-22"),
        ("22 november", "2026-11-22"),
        ("Nov 22nd", "2026-11-22"),
        ("1st sept 2026", "2026-09-01"),
        ("22 Nov 2026", "2026-11-22"),
        ("22 Nov, 2026", "2026-11-22"),
        ("November 22, 2026", "2026-11-22"),
        ("november 22 2026", "2026-11-22"),
        ("11/22", "2026-11-22"),
        ("22/11", "2026-11-22"),
        ("11/22/2026", "2026-11-22"),
        ("22/11/2026", "2026-11-22"),
        ("5/5", "2027-05-05"),
        ("05/05/2026", "2026-05-05"),
        ("R8.11.22", "2026-11-22"),
        ("h31/4/30", "2019-04-30"),
    ],
)
def test_a_day_is_read_as_people_write_it_in_english(typed: str, expected: str) -> None:
    day = parse_day(typed, TODAY)

    assert day == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("今日", "2026-11-25"),
        ("本日", "2026-11-25"),
        ("きょう", "2026-11-25"),
        ("明日", "2026-11-26"),
        ("あした", "2026-11-26"),
        ("あす", "2026-11-26"),
        ("明後日", "2026-11-27"),
        ("あさって", "2026-11-27"),
        ("昨日", "2026-11-24"),
        ("きのう", "2026-11-24"),
        ("一昨日", "2026-11-23"),
        ("おととい", "2026-11-23"),
        ("3日前", "2026-11-22"),
        ("3日後", "2026-11-28"),
        ("三日前", "2026-11-22"),
        ("十日後", "2026-12-05"),
        ("2週間前", "2026-11-11"),
        ("2週間後", "2026-12-09"),
        ("2週後", "2026-12-09"),
        ("1か月前", "2026-10-25"),
        ("1ヶ月前", "2026-10-25"),
        ("1ケ月前", "2026-10-25"),
        ("1ヵ月後", "2026-12-25"),
        ("1カ月後", "2026-12-25"),
        ("1ｶ月後", "2026-12-25"),
        ("1箇月後", "2026-12-25"),
        ("一か月後", "2026-12-25"),
        ("1年後", "2027-11-25"),
        ("半年前", "2026-05-25"),
        ("11月22日", "2026-11-22"),
        ("3月4日", "2027-03-04"),
        ("2026年11月22日", "2026-11-22"),
        ("2026年3月4日", "2026-03-04"),
        ("２０２６年１１月２２日", "2026-11-22"),
        ("令和8年11月22日", "2026-11-22"),
        ("令和８年１１月２２日", "2026-11-22"),
        ("㋿8年11月22日", "2026-11-22"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和1年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("平成元年1月8日", "1989-01-08"),
        ("2026ー11ー22", "2026-11-22"),
        ("２０２６－１１－２２", "2026-11-22"),
        ("2026−11−22", "2026-11-22"),
    ],
)
def test_a_day_is_read_as_people_write_it_in_japanese(typed: str, expected: str) -> None:
    day = parse_day(typed, TODAY)

    assert day == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("wed", "2026-12-02"),
        ("thu", "2026-11-26"),
        ("fri", "2026-11-27"),
        ("tue", "2026-12-01"),
        ("last fri", "2026-11-20"),
        ("last wed", "2026-11-18"),
        ("last tue", "2026-11-24"),
        ("this fri", "2026-11-27"),
        ("this mon", "2026-11-23"),
        ("next friday", "2026-12-04"),
        ("next mon", "2026-11-30"),
        ("next sun", "2026-12-06"),
        ("水曜", "2026-12-02"),
        ("金曜", "2026-11-27"),
        ("金曜日", "2026-11-27"),
        ("日曜日", "2026-11-29"),
        ("来週金曜", "2026-12-04"),
        ("来週の金曜日", "2026-12-04"),
        ("来週 の 金曜", "2026-12-04"),
        ("来週月", "2026-11-30"),
        ("今週金", "2026-11-27"),
        ("今週月曜", "2026-11-23"),
        ("先週月曜日", "2026-11-16"),
        ("先週金曜", "2026-11-20"),
        ("先々週金曜", "2026-11-13"),
        ("再来週火曜", "2026-12-08"),
    ],
)
def test_a_weekday_is_counted_from_a_wednesday(typed: str, expected: str) -> None:
    day = parse_day(typed, TODAY)

    assert day == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        *zip(LONG_WEEKDAYS, WEEKDAYS, strict=True),
        *[("tues", "tue"), ("thur", "thu"), ("thurs", "thu")],
        *zip((f"{name}曜日" for name in "月火水木金土日"), WEEKDAYS, strict=True),
    ],
)
def test_long_and_short_names_of_a_weekday_mean_the_same(long: str, short: str) -> None:
    assert parse_day(long, TODAY) == parse_day(short, TODAY)


@pytest.mark.parametrize("number", range(1, 13))
def test_months_can_be_written_out_or_cut_to_three_letters(number: int) -> None:
    name = month_name[number]

    read = {parse_day(f"9 {name} 2026", TODAY), parse_day(f"{name[:3]} 9, 2026", TODAY)}

    assert read == {date(2026, number, 9)}


@pytest.mark.parametrize(
    "typed",
    ["2026-11-22", "today", "+2w", "-3d", "last fri", "Nov 22, 2026", "3 days ago", "R8.11.22"],
)
def test_case_width_and_surrounding_space_do_not_matter(typed: str) -> None:
    plain = parse_day(typed, TODAY)

    assert parse_day(typed.upper(), TODAY) == plain
    assert parse_day(typed.upper().translate(WIDE), TODAY) == plain
    assert parse_day(f" \t{typed}\u3000\n", TODAY) == plain
    assert parse_day(typed.replace(" ", "   "), TODAY) == plain


@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_a_refusal_offers_works(form: str) -> None:
    assert isinstance(parse_day(form, TODAY), date)


@pytest.mark.parametrize(
    ("start", "typed", "expected"),
    [
        ("2027-01-31", "+1m", "2027-02-28"),
        ("2028-01-31", "in a month", "2028-02-29"),
        ("2027-03-31", "1か月前", "2027-02-28"),
        ("2028-02-29", "+1y", "2029-02-28"),
        ("2028-02-29", "4年後", "2032-02-29"),
        ("2026-12-31", "+2m", "2027-02-28"),
        ("2027-01-15", "-1m", "2026-12-15"),
    ],
)
def test_months_and_years_stop_at_the_end_of_a_shorter_month(
    start: str, typed: str, expected: str
) -> None:
    day = parse_day(typed, date.fromisoformat(start))

    assert day == date.fromisoformat(expected)


# --- days: a weekday that goes with a date ------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "Sun 22 Nov 2026",
        "Sun, 22 Nov 2026",
        "sunday 22 november",
        "Sunday, November 22, 2026",
        "Sun 11/22",
        "Sun 2026-11-22",
        "22 Nov 2026 (Sun)",
        "2026-11-22 (日)",
        "2026年11月22日(日)",
        "2026年11月22日（日）",
        "2026年11月22日（日曜日）",
        "11月22日 (日曜)",
        "令和8年11月22日(日)",
        "3日前（日）",
        "3 days ago (sun)",
    ],
)
def test_a_weekday_that_agrees_with_its_date_is_welcome(typed: str) -> None:
    assert parse_day(typed, TODAY) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    ["Sat 22 Nov 2026", "22 Nov (Mon)", "2026年11月22日(土)", "11月22日（月曜日）", "3日前(金)"],
)
def test_a_weekday_that_contradicts_its_date_is_refused(typed: str) -> None:
    refused = refusal(typed)

    assert refused.reason == "day-weekday-mismatch"
    assert refused.allowed == ("2026-11-22",)


@pytest.mark.parametrize(
    "typed", ["fri 3 days ago", "fri +2w", "fri last fri", "wed today", "fri fri"]
)
def test_a_weekday_before_a_moving_day_is_not_guessed_at(typed: str) -> None:
    assert refusal(typed).reason == "day-unknown"


# --- days: the year that is not said ------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "typed", "expected"),
    [
        ("2026-11-25", "26 May", "2027-05-26"),
        ("2026-11-25", "27 May", "2026-05-27"),
        ("2026-12-30", "2 Jan", "2027-01-02"),
        ("2027-01-02", "12月30日", "2026-12-30"),
        ("2026-11-25", "25 Nov", "2026-11-25"),
        ("2027-08-30", "29 Feb", "2028-02-29"),
        ("2028-08-30", "2月29日", "2028-02-29"),
        ("2028-01-01", "2/29", "2028-02-29"),
    ],
)
def test_a_date_without_a_year_is_the_nearest_one(start: str, typed: str, expected: str) -> None:
    day = parse_day(typed, date.fromisoformat(start))

    assert day == date.fromisoformat(expected)


def test_of_two_dates_equally_near_the_coming_one_is_meant() -> None:
    before, today, after = date(2027, 3, 2), date(2027, 9, 1), date(2028, 3, 2)

    day = parse_day("2 Mar", today)

    assert today - before == after - today
    assert day == after


@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2027, 8, 29), date(2028, 8, 31)])
@pytest.mark.parametrize("typed", ["29 Feb", "2/29", "2月29日"])
def test_29_february_far_from_a_leap_year_needs_its_year(typed: str, today: date) -> None:
    assert refusal(typed, today).reason == "day-impossible"


@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2028, 2, 29), date(2027, 8, 31)])
def test_every_date_without_a_year_is_the_one_found_first_walking_away_from_today(
    today: date,
) -> None:
    expected: dict[tuple[int, int], date] = {}
    for distance in range(184):
        for day in (today + timedelta(distance), today - timedelta(distance)):
            expected.setdefault((day.month, day.day), day)

    found = {(m, d): parse_day(f"{m}月{d}日", today) for m, d in expected}

    assert len(found) >= 365
    assert found == expected


# --- days: what is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "allowed"),
    [
        ("03/04/2026", ("2026-03-04", "2026-04-03")),
        ("04/03/2026", ("2026-04-03", "2026-03-04")),
        ("12/1/2026", ("2026-12-01", "2026-01-12")),
        ("03/04", ("2027-03-04", "2027-04-03")),
        ("１２／１", ("2026-12-01", "2027-01-12")),
        ("Wed 03/04/2026", ("2026-03-04", "2026-04-03")),
    ],
)
def test_a_date_with_two_readings_is_refused_with_both(
    typed: str, allowed: tuple[str, str]
) -> None:
    refused = refusal(typed)

    assert (refused.reason, refused.allowed) == ("day-ambiguous", allowed)
    assert (refused.field, refused.typed) == ("held_on", typed)


def test_every_pair_of_numbers_is_read_in_exactly_the_orders_the_calendar_allows() -> None:
    for one in range(35):
        for two in range(35):
            orders = {(m, d) for m, d in ((one, two), (two, one)) if 1 <= m <= 12 and d >= 1}
            days = {date(2027, m, d) for m, d in orders if d <= monthrange(2027, m)[1]}
            typed = f"{one}/{two}/2027"

            if len(days) == 1:
                assert {parse_day(typed, TODAY)} == days, typed
            else:
                reason = "day-ambiguous" if days else "day-impossible"
                assert refusal(typed).reason == reason, typed


@pytest.mark.parametrize(
    "typed",
    [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "0000-01-01",
        "2027/02/29",
        "30 Feb",
        "Feb 30, 2026",
        "31 Apr 2026",
        "0 Nov",
        "31/4",
        "13/13/2026",
        "2月30日",
        "13月1日",
        "2026年2月30日",
        "+99999999w",
        "-99999999d",
        "+99999999m",
        "+8000y",
        "-2027y",
        "99999999週間前",
        f"+{'9' * 60}d",
        f"-{'9' * 60}m",
        f"in {'9' * 50} years",
        "令和0年5月1日",
        "令和元年4月30日",
        "平成31年5月1日",
        "平成元年1月7日",
        "令和8年2月30日",
        "h31.5.1",
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_refused(typed: str) -> None:
    refused = refusal(typed)

    assert (refused.reason, refused.typed) == ("day-impossible", typed)
    assert refused.allowed == FORMS


@pytest.mark.parametrize(
    ("today", "typed"),
    [
        (date.max, "tomorrow"),
        (date.max, "fri"),
        (date.max, "来週金曜"),
        (date.max, "1か月後"),
        (date.max, "in a year"),
        (date.min, "yesterday"),
        (date.min, "last fri"),
        (date.min, "先週金曜"),
        (date.min, "-1m"),
        (date.max, "30 May"),
    ],
)
def test_the_ends_of_the_calendar_are_not_crossed(today: date, typed: str) -> None:
    assert refusal(typed, today).reason == "day-impossible"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "5",
        "may",
        "2026",
        "20261122",
        "2026-W47-7",
        "2026-326",
        "2026-11",
        "2026-11/22",
        "2026-11-22x",
        "2026-11-22T10:00",
        "x2026-11-22",
        "26-11-22",
        "11-22",
        "3d",
        "+3",
        "+-3d",
        "+3h",
        "- 3d",
        "3 days",
        "ago",
        "aday ago",
        "in three-ish days",
        "next week",
        "last month",
        "friday!",
        "frid",
        "last",
        "octember 3",
        "22 Nov 26",
        "11/22/26",
        "(sun)",
        "22 Nov (Sun) (Sun)",
        "金",
        "日",
        "来週",
        "前",
        "日前",
        "3月後",
        "十一日前",
        "11月",
        "22日",
        "26年11月22日",
        "昭和64年1月7日",
        "令和八年11月22日",
        "11月22日(祝)",
        "11月22日に",
        "来週金曜に",
        "٢٠٢٦-١١-٢٢",
        "2026\u200b-11-22",
        "\ud800",
        "\x00",
    ],
)
def test_what_names_no_day_is_refused_with_forms_that_work(typed: str) -> None:
    refused = refusal(typed)

    assert (refused.field, refused.typed) == ("held_on", typed)
    assert (refused.reason, refused.allowed) == ("day-unknown", FORMS)


def test_the_field_is_called_day_unless_said_otherwise() -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_day("soonish", TODAY)

    assert caught.value.field == "day"


@pytest.mark.parametrize(
    "text",
    [
        "9" * 1_000_000,
        "+" + "9" * 100_000 + "d",
        "a " * 500_000,
        "(" * 300_000,
        "３" * 300_000 + "日前",
        "ﷺ" * 64,  # one character that NFKC makes into eighteen
        " " * 1_000_000 + "x" * 1_000_000,
        " due:「" * 50_000,
        " due:“" * 50_000,
    ],
)
def test_a_pasted_page_is_refused_at_once(text: str) -> None:
    with in_time():
        assert refusal(text).reason == "day-unknown"
        with pytest.raises(InvalidValue):
            parse_clock(text)
        with pytest.raises(InvalidValue):
            add_span(TODAY, text)
        with pytest.raises(InvalidValue):
            split_due(f"due:{text} due:fri", TODAY)


# --- days: what holds for all of them -----------------------------------------------------------


@given(day=st.dates(), today=st.dates())
def test_every_date_comes_back_from_each_way_of_writing_it_in_full(day: date, today: date) -> None:
    year, month, name = f"{day.year:04}", MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    kanji = "月火水木金土日"[day.weekday()]
    forms = [
        day.isoformat(),
        day.isoformat().translate(WIDE),
        f"{day.day} {month} {year}",
        f"{month} {day.day}, {year}",
        f"{name} {day.day} {month} {year}",
        f"{year}/{day.month}/{day.day}",
        f"{year}年{day.month}月{day.day}日",
        f"{year}年{day.month}月{day.day}日({kanji})",
    ]

    read = {form: parse_day(form, today) for form in forms}

    assert read == dict.fromkeys(forms, day)


@given(day=st.dates(date(2019, 5, 1), date(2117, 12, 31)))
def test_every_day_of_reiwa_comes_back_from_its_era(day: date) -> None:
    year = "元" if day.year == 2019 else str(day.year - 2018)

    assert parse_day(f"令和{year}年{day.month}月{day.day}日", TODAY) == day


@given(day=st.dates(), weekday=st.integers(0, 6))
def test_a_weekday_is_believed_only_when_it_is_right(day: date, weekday: int) -> None:
    typed = f"{day.isoformat()} ({WEEKDAYS[weekday]})"

    if weekday == day.weekday():
        assert parse_day(typed, TODAY) == day
    else:
        assert refusal(typed).reason == "day-weekday-mismatch"


@given(today=todays, weekday=st.integers(0, 6))
def test_a_bare_weekday_is_one_to_seven_days_ahead(today: date, weekday: int) -> None:
    ahead = [today + timedelta(n) for n in range(1, 8)]
    expected = next(day for day in ahead if day.weekday() == weekday)

    assert parse_day(WEEKDAYS[weekday], today) == expected
    assert parse_day("月火水木金土日"[weekday] + "曜", today) == expected


@given(today=todays, weekday=st.integers(0, 6))
def test_the_last_weekday_is_one_to_seven_days_back(today: date, weekday: int) -> None:
    back = [today - timedelta(n) for n in range(1, 8)]
    expected = next(day for day in back if day.weekday() == weekday)

    assert parse_day(f"last {LONG_WEEKDAYS[weekday]}", today) == expected


@given(today=todays, weekday=st.integers(0, 6))
def test_a_weekday_of_a_week_lies_in_that_week(today: date, weekday: int) -> None:
    names = {"先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2}
    kanji, english = "月火水木金土日"[weekday], WEEKDAYS[weekday]

    read = {n: parse_day(f"{name}の{kanji}曜日", today) for name, n in names.items()}

    year, week, _ = today.isocalendar()
    assert read[0] == date.fromisocalendar(year, week, weekday + 1)
    assert all(read[n] == read[0] + timedelta(weeks=n) for n in read)
    assert parse_day(f"this {english}", today) == read[0]
    assert parse_day(f"next {english}", today) == read[1]


@given(today=todays, count=st.integers(0, 999))
def test_a_number_of_months_ends_on_the_same_day_or_on_the_last_of_its_month(
    today: date, count: int
) -> None:
    after = parse_day(f"+{count}m", today)
    before = parse_day(f"{count}か月前", today)

    for day, months in ((after, count), (before, -count)):
        assert (day.year - today.year) * 12 + day.month - today.month == months
        assert day.day == min(today.day, monthrange(day.year, day.month)[1])


@given(today=todays, count=st.integers(0, 9999))
def test_days_and_weeks_are_counted_alike_in_every_form(today: date, count: int) -> None:
    days, weeks = timedelta(days=count), timedelta(weeks=count)

    assert parse_day(f"+{count}d", today) == parse_day(f"in {count} days", today) == today + days
    assert parse_day(f"-{count}d", today) == parse_day(f"{count}日前", today) == today - days
    assert parse_day(f"+{count}w", today) == parse_day(f"{count}週間後", today) == today + weeks
    assert parse_day(f"{count} weeks ago", today) == today - weeks


@given(text=anything, today=st.dates())
@example(text="fri (fri)", today=date.max)
@example(text="İſK", today=TODAY)
def test_any_text_gives_a_day_or_a_refusal_and_nothing_else(text: str, today: date) -> None:
    try:
        day = parse_day(text, today, "held_on")
    except InvalidValue as refused:
        assert (refused.field, refused.typed) == ("held_on", text)
        assert refused.reason.startswith("day-")
        assert refused.allowed
    else:
        assert type(day) is date


# --- due: ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "rest", "expected"),
    [
        ("Read chapter 3 due:fri", "Read chapter 3", "2026-11-27"),
        ("due:fri Read chapter 3", "Read chapter 3", "2026-11-27"),
        ("Read due:+2w chapter 3", "Read chapter 3", "2026-12-09"),
        ("Read  \t due:today \n chapter  3", "Read chapter  3", "2026-11-25"),
        ("  Read due:fri", "  Read", "2026-11-27"),
        ("due:fri Read  ", "Read  ", "2026-11-27"),
        ("DUE:FRI", "", "2026-11-27"),
        ('Send list due:"22 Nov"', "Send list", "2026-11-22"),
        ('Send due:"in 2 weeks" the list', "Send the list", "2026-12-09"),
        ("Send list due:“22 Nov”", "Send list", "2026-11-22"),
        ('Send list due:"fri"', "Send list", "2026-11-27"),
        ('Say "hello" due:fri', 'Say "hello"', "2026-11-27"),
        ("本を読む due:来週金曜", "本を読む", "2026-12-04"),
        ("本を読む　期限：来週の金曜日", "本を読む", "2026-12-04"),
        ("本を読む 期限:11月22日", "本を読む", "2026-11-22"),
        ("期限：明日　本を読む", "本を読む", "2026-11-26"),
        ("本を　due：「来週 金曜」　読む", "本を 読む", "2026-12-04"),
        ("本を読む ｄｕｅ：１１月２２日（日）", "本を読む", "2026-11-22"),
        ("due diligence due:fri", "due diligence", "2026-11-27"),
        ("Send due:22 Nov", "Send", "2026-11-22"),
        ("Send due:22 Nov the list", "Send the list", "2026-11-22"),
        ("Send due:next fri", "Send", "2026-12-04"),
        ("Send due:next\u3000 fri at last", "Send at last", "2026-12-04"),
        ("Send due:in 2 weeks the list", "Send the list", "2026-12-09"),
        ("Send due:Mon 22 Nov 2027 the list", "Send the list", "2027-11-22"),
        ("Send due:22 Nov 3 copies", "Send 3 copies", "2026-11-22"),
        ("Send due:fri 3 copies", "Send 3 copies", "2026-11-27"),
        ("Read due: fri", "Read", "2026-11-27"),
        ("Read due:  22 Nov  it all", "Read it all", "2026-11-22"),
        ("読む 期限：来週　金曜　まで", "読む まで", "2026-12-04"),
    ],
)
def test_a_due_date_is_taken_out_of_an_action(typed: str, rest: str, expected: str) -> None:
    assert split_due(typed, TODAY) == (rest, date.fromisoformat(expected))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "Read chapter 3",
        "a due diligence talk",
        "the fee is due fri",
        "due",
        "residue:x",
        "overdue:fri",
        "(due:fri)",
        '"due:fri"',
        "無期限:なし",
        "期限は来週金曜",
        "  spaces \t kept\u3000\n",
        "call on 22 Nov, next friday, 来週金曜",
    ],
)
def test_dates_are_not_guessed_out_of_prose(typed: str) -> None:
    assert split_due(typed, TODAY) == (typed, None)


@pytest.mark.parametrize(
    ("typed", "second"),
    [
        ("Read due:fri due:mon", "due:mon"),
        ("due:fri Read due:fri", "due:fri"),
        ("due:fri 期限：明日", "期限：明日"),
        ("due:soon due:later", "due:later"),
        ("due: due:", "due:"),
    ],
)
def test_a_second_due_date_is_refused(typed: str, second: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        split_due(typed, TODAY)

    assert (caught.value.field, caught.value.reason) == ("due_on", "due-twice")
    assert caught.value.typed == second


@pytest.mark.parametrize(
    ("typed", "value", "reason"),
    [
        ("Read due:", "", "day-unknown"),
        ('Read due:""', "", "day-unknown"),
        ("読む 期限：「」", "", "day-unknown"),
        ("Read due: soon", "", "day-unknown"),
        ("Read due:\nfri", "", "day-unknown"),
        ("Read due:soon", "soon", "day-unknown"),
        ("Read due:soon or fri", "soon", "day-unknown"),
        ("Read due:next\nfri", "next", "day-unknown"),
        ("Read due:fri.", "fri.", "day-unknown"),
        ("Read due:due:fri", "due:fri", "day-unknown"),
        ('Read due:"22 Nov', '"22', "day-unknown"),
        ('Read due:"22 Nov"ish', '"22', "day-unknown"),
        ("読む due:「11月22日」まで", "「11月22日」まで", "day-unknown"),
        ('Read due:"due:fri due:mon"', "due:fri due:mon", "day-unknown"),
        ("Read due:03/04/2026", "03/04/2026", "day-ambiguous"),
        ("読む 期限：2月30日", "2月30日", "day-impossible"),
        ("読む 期限：11月22日(土)", "11月22日(土)", "day-weekday-mismatch"),
    ],
)
def test_a_due_date_that_cannot_be_read_is_refused(typed: str, value: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        split_due(typed, TODAY)

    assert (caught.value.field, caught.value.reason) == ("due_on", reason)
    assert caught.value.typed == value


@given(text=anything.filter(lambda text: ":" not in text and "：" not in text), today=st.dates())
def test_a_text_without_a_marker_comes_back_as_it_was(text: str, today: date) -> None:
    assert split_due(text, today) == (text, None)


@given(
    before=st.text(st.characters(exclude_characters=":："), max_size=20),
    after=st.text(st.characters(exclude_characters=":："), max_size=20),
    marker=st.sampled_from(["due:", "Due：", "期限:", "期限："]),
    day=st.dates(),
)
def test_the_rest_of_an_action_is_kept_exactly(
    before: str, after: str, marker: str, day: date
) -> None:
    rest, due = split_due(f"{before} {marker}{day.isoformat()} {after}", TODAY)

    assert due == day
    middle = " " if before.strip() and after.strip() else ""
    assert rest == before.rstrip() + middle + after.lstrip()


@given(text=anything, today=st.dates())
def test_any_action_text_gives_a_text_and_a_day_or_a_refusal(text: str, today: date) -> None:
    try:
        rest, due = split_due(text, today)
    except InvalidValue as refused:
        assert refused.field == "due_on"
    else:
        assert (rest == text) if due is None else (len(rest) < len(text))


# --- times --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9:05", "09:05"),
        ("09:05", "09:05"),
        ("0905", "09:05"),
        ("９：０５", "09:05"),
        ("00:00", "00:00"),
        ("23:59", "23:59"),
        ("9am", "09:00"),
        ("9 AM", "09:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("12:30 am", "00:30"),
        ("2:30 pm", "14:30"),
        ("2:30pm", "14:30"),
        ("２：３０ＰＭ", "14:30"),
        ("2 p.m.", "14:00"),
        ("11:59 P.M.", "23:59"),
        ("14時", "14:00"),
        ("0時", "00:00"),
        ("14時30分", "14:30"),
        ("１４時５分", "14:05"),
        ("14時半", "14:30"),
        ("午前9時", "09:00"),
        ("午前0時", "00:00"),
        ("午後0時15分", "12:15"),
        ("午後2時30分", "14:30"),
        ("午後２時半", "14:30"),
        ("午後 2:30", "14:30"),
        (" 午後 2 時 30 分 ", "14:30"),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, expected: str) -> None:
    assert parse_clock(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *[
            "",
            "9",
            "14",
            "905",
            "24:00",
            "24時",
            "9:5",
            "9:60",
            "2460",
            "0960",
            "14:30:00",
            "14.30",
        ],
        *["0am", "0:30 pm", "13pm", "14:30 pm", "9 xm", "am", "pm 2", "9amx", "noon", "-9:05"],
        *[
            "午後",
            "午後12時",
            "午前12時30分",
            "午後14時",
            "14時60分",
            "14時30",
            "14時半分",
            "時",
            "半",
        ],
        *["٩:٠٥", "14:30\x00", "9 .m."],
    ],
)
def test_what_names_no_time_is_refused_with_forms_that_work(typed: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_clock(typed)

    assert (caught.value.field, caught.value.typed) == ("start_time", typed)
    assert caught.value.reason == "clock-unknown"
    assert caught.value.allowed == ("14:30", "2:30pm", "14時30分")
    assert [parse_clock(form) for form in caught.value.allowed] == ["14:30"] * 3


@given(clock=st.times())
def test_every_minute_of_the_day_comes_back_from_each_way_of_writing_it(clock: time) -> None:
    hour, minute, short = clock.hour, f"{clock.minute:02}", clock.hour % 12 or 12
    half, kanji = ("am", "午前") if hour < 12 else ("pm", "午後")

    read = {
        parse_clock(f"{hour}:{minute}"),
        parse_clock(f"{hour:02}{minute}"),
        parse_clock(f"{short}:{minute} {half}"),
        parse_clock(f"{hour}時{minute}分"),
        parse_clock(f"{kanji}{short % 12}時{minute}分"),
    }

    assert read == {f"{hour:02}:{minute}"}


@given(text=anything)
def test_any_text_gives_a_time_or_a_refusal_and_nothing_else(text: str) -> None:
    try:
        clock = parse_clock(text)
    except InvalidValue as refused:
        assert refused.reason == "clock-unknown"
    else:
        assert parse_clock(clock) == clock


# --- spans --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("10d", "2026-12-10"),
        ("2w", "2026-12-14"),
        ("3m", "2027-02-28"),
        ("6m", "2027-05-30"),
        ("+6M", "2027-05-30"),
        ("６ｍ", "2027-05-30"),
        ("1y", "2027-11-30"),
        ("10 days", "2026-12-10"),
        ("6 months", "2027-05-30"),
        ("6months", "2027-05-30"),
        ("a year", "2027-11-30"),
        ("six months", "2027-05-30"),
        ("half a year", "2027-05-30"),
        ("10日", "2026-12-10"),
        ("10日間", "2026-12-10"),
        ("2週間", "2026-12-14"),
        ("3か月", "2027-02-28"),
        ("３ヶ月間", "2027-02-28"),
        ("六か月", "2027-05-30"),
        ("半年", "2027-05-30"),
        ("半年間", "2027-05-30"),
        ("1年", "2027-11-30"),
    ],
)
def test_a_span_is_added_to_a_day(typed: str, expected: str) -> None:
    assert add_span(date(2026, 11, 30), typed) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "typed",
    ["0d", "0 months", "0年", "-3d", "-6m", "-3 months", "-3か月", "-半年", "9999y", "99999999w"],
)
def test_a_span_that_does_not_lead_forward_in_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        add_span(TODAY, typed, "pause")

    assert (caught.value.field, caught.value.typed) == ("pause", typed)
    assert caught.value.reason == "span-impossible"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "6",
        "m",
        "- 6m",
        "fri",
        "2026-11-22",
        "6 moons",
        "half a week",
        "1.5y",
        "半月",
        "3月",
        "3か月前",
    ],
)
def test_what_names_no_span_is_refused_with_forms_that_work(typed: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        add_span(TODAY, typed)

    assert (caught.value.field, caught.value.typed) == ("term", typed)
    assert caught.value.reason == "span-unknown"
    assert all(add_span(TODAY, form) > TODAY for form in caught.value.allowed)
    assert len(caught.value.allowed) > 1


@given(text=anything, day=st.dates())
def test_any_span_leads_forward_or_is_refused(text: str, day: date) -> None:
    try:
        end = add_span(day, text)
    except InvalidValue as refused:
        assert refused.reason in {"span-unknown", "span-impossible"}
    else:
        assert end > day


# --- start-up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "loaded"),
    [
        ("2026-11-22", set()),
        ("today", set()),
        ("+2w", set()),
        ("fri", set()),
        ("22 Nov", set()),
        ("来週金曜", {"unicodedata"}),
        ("+1m", {"dateutil"}),  # the probe does see what is loaded
    ],
)
def test_everyday_forms_do_not_load_what_they_do_not_need(typed: str, loaded: set[str]) -> None:
    probe = (
        "import sys; from datetime import date; from mentorlog.domain.when import parse_day;"
        "parse_day(sys.argv[1], date(2026, 11, 25));"
        "print(*{'dateutil', 'unicodedata'} & set(sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", probe, typed],
        cwd=Path(mentorlog.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )

    assert set(done.stdout.split()) == loaded
