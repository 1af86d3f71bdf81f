"""Small pictures of characters: what they show is true at their ends, and says itself without colour."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from mentorlog.domain.cadence import Pause
from mentorlog.domain.period import Period
from mentorlog.render.calendar_days import Calendar
from mentorlog.render.report.charts import Dots, bar, position, rating, sparkline, way
from mentorlog.render.report.heat_map import HeatMap, window
from mentorlog.render.theme import THEME
from tests.goldens import width

TODAY = date(2026, 11, 22)  # a Sunday


def drawn(picture: RenderableType, cells: int) -> list[str]:
    """Return the lines of a picture, without colour."""
    onto = StringIO()
    Console(file=onto, width=cells, color_system=None, theme=THEME).print(picture)
    return [line.rstrip() for line in onto.getvalue().rstrip("\n").split("\n")]


def known(
    since: str, until: str, marks: dict[str, str] | None = None, pauses: tuple[Pause, ...] = ()
) -> Calendar:
    days = {date.fromisoformat(on): mark for on, mark in (marks or {}).items()}
    span = Period(date.fromisoformat(since), date.fromisoformat(until))
    return Calendar(span, days, pauses, TODAY)


# Bars --------------------------------------------------------------------------------------------


@given(st.floats(0, 1), st.integers(1, 40))
def test_a_bar_is_as_wide_as_it_is_told_to_be(share: float, cells: int) -> None:
    assert width(bar(share, cells).plain) == cells


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0, "░░░░"),
        (0.001, "▏░░░"),
        (0.5, "██░░"),
        (0.55, "██▎░"),
        (0.999, "███▉"),
        (1, "████"),
    ],
)
def test_only_all_of_a_bar_looks_full_and_only_nothing_looks_empty(
    share: float, shown: str
) -> None:
    assert bar(share, 4).plain == shown


@given(st.floats(-1e9, 1e9), st.integers(8, 40))
def test_the_way_to_a_target_keeps_its_width_wherever_the_goal_stands(
    share: float, cells: int
) -> None:
    assert width(way(share, cells).plain) == cells


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0, "│░░░░░░░░│"),
        (0.5, "│████░░░░│"),
        (1, "│████████│"),
        (1.5, "│█████│███"),
        (2, "│████│████"),
        (9, "│███│████▸"),
        (-0.5, "▒▒▒│░░░░░│"),
        (-1, "▒▒▒▒│░░░░│"),
        (-9, "◂▒▒▒▒│░░░│"),
    ],
)
def test_the_way_shows_what_lies_beyond_the_target_and_below_the_baseline(
    share: float, shown: str
) -> None:
    assert way(share, 10).plain == shown


# Values over time --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([5.0], "▄"),
        ([3.0, 3.0], "▄▄"),
        ([0.0, 7.0], "▁█"),
        ([7.0, 0.0, 3.5], "█▁▅"),
        ([-1e15, 1e15], "▁█"),
    ],
)
def test_a_sparkline_lies_between_its_lowest_and_its_highest_value(
    values: list[float], shown: str
) -> None:
    assert sparkline(values, 8).plain == shown


def test_a_sparkline_without_room_for_all_shows_the_latest() -> None:
    assert sparkline([9, 1, 1, 2], 3).plain == "▁▁█"


def test_dots_stand_in_the_line_of_their_value() -> None:
    assert drawn(Dots([3, 4, 1], 4), 20) == ["4 · ● ·", "3 ● · ·", "2 · · ·", "1 · · ●"]


def test_dots_move_together_and_then_leave_out_the_earliest() -> None:
    assert drawn(Dots([3, 4, 1, 2], 4), 6) == ["4 ·●··", "3 ●···", "2 ···●", "1 ··●·"]
    assert drawn(Dots([3, 4, 1, 2], 4), 5)[0] == "4 ●··"


def test_ratings_and_positions_are_counted_in_dots() -> None:
    assert rating(3, 5).plain == "●●●○○"
    assert position(-2, -2, 2).plain == "−2 ●○○○○ +2"
    assert position(1, -2, 2).plain == "−2 ○○○●○ +2"


# The calendar ------------------------------------------------------------------------------------


def test_a_calendar_has_a_row_for_each_weekday_and_a_mark_for_each_day() -> None:
    marks = {"2026-11-02": "meeting", "2026-11-10": "more", "2026-11-18": "missed"}
    marks["2026-11-26"] = "coming"
    pause = Pause(date(2026, 11, 13), date(2026, 11, 15))

    shown = drawn(HeatMap(known("2026-11-02", "2026-11-28", marks, (pause,))), 80)

    assert shown == [
        "    Nov",
        "Mon ■ · · ·",
        "Tue · █ · ·",
        "Wed · · □ ·",
        "Thu · · · ○",
        "Fri · ░ · ·",
        "Sat · ░ · ·",
        "Sun · · ·",
        "        ▴ today",
        "■ met   █ met twice, or for 90 minutes and more   □ expected, not met",
        "○ still expected   ░ paused",
    ]


def test_a_calendar_without_room_for_two_cells_a_week_takes_one() -> None:
    shown = drawn(HeatMap(known("2026-06-01", "2026-11-28", {"2026-06-01": "meeting"})), 40)

    assert shown[0] == "    Jun Jul Aug  Sep Oct Nov"
    assert shown[1] == "Mon ■" + "·" * 25


def test_a_calendar_longer_than_its_room_shows_the_latest_weeks_and_counts_the_others() -> None:
    shown = drawn(HeatMap(known("2020-01-01", "2026-11-28")), 40)

    assert [width(line) for line in shown[1:8]] == [40] * 6 + [39]
    assert shown[-1] == "325 earlier weeks are left out."
    assert any("▴" in line for line in shown)


@given(st.dates(date(1, 1, 1), TODAY), st.dates(TODAY, date(9999, 12, 31)), st.integers(1, 200))
def test_a_calendar_always_fits_and_always_has_today_in_sight(
    since: date, until: date, room: int
) -> None:
    found = window(Calendar(Period(since, until), {}, (), TODAY), room)
    monday = since - timedelta(days=since.weekday())

    assert (found.weeks - 1) * found.step + 1 <= room
    assert 0 <= found.week_of(TODAY) < found.weeks
    assert found.before + found.weeks + found.after == (until - monday).days // 7 + 1


def test_a_calendar_may_end_where_all_calendars_end() -> None:
    shown = drawn(HeatMap(known("9999-12-26", "9999-12-31")), 40)

    assert [line.strip() for line in shown[1:8]] == [
        "Mon   ·", "Tue   ·", "Wed   ·", "Thu   ·", "Fri   ·", "Sat", "Sun ·"
    ]  # fmt: skip


def test_a_month_without_room_for_its_name_goes_without() -> None:
    shown = drawn(HeatMap(known("2026-05-30", "2026-12-01")), 60)

    assert shown[0].split() == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
