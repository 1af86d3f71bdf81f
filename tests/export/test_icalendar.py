"""The calendar as a file: read back by the library as any program would read it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar

from mentorlog.domain.action import Action
from mentorlog.domain.pair import Pair
from mentorlog.domain.planned import Planned
from mentorlog.export.calendar_titles import title
from mentorlog.export.icalendar_file import Edition, icalendar_file

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 18, 30, tzinfo=timezone(timedelta(hours=9)))
PAIR = Pair(
    id="p1", partner="Aya Sato", alias="aya", my_role="mentor", started_on=date(2026, 11, 1)
)
# What would end a line, a value or a component, were it not made inert.
HOSTILE = (
    'a;b,c\\d:e"f^g',
    "x\\nEND:VEVENT\\nBEGIN:VEVENT",
    "BEGIN:VCALENDAR METHOD:CANCEL",
    "ATTACH;VALUE=URI:file:///etc/passwd",
    "\x1b]0;owned\x07 \x85 \u2028 \u2029 \u202e \x0b \x0c",
    "\ufeff面談\u200d👩\u200d👧",
)


def action(text: str = "Send the list", **fields: Any) -> Action:
    return Action(**{"id": "a1", "pair": "p1", "text": text, "owner": "me"} | fields)


def entry(what: str = "meeting", state: str = "expected", **fields: Any) -> Planned:
    values: dict[str, Any] = {
        "uid": f"u-{what}",
        "on": date(2026, 12, 1),
        "pair": PAIR,
        "record": None,
    }
    return Planned(**{"what": what, "state": state} | values | fields)


def task(of: Action, state: str = "open", **fields: Any) -> Planned:
    return entry("action", state, record=of, **fields)


def written(*entries: Planned, titles: str = "alias") -> str:
    return icalendar_file(entries, Edition(NOW, TODAY, titles))


def components(text: str) -> list[Any]:
    """Return the events and tasks of a file, in order."""
    return list(Calendar.from_ical(text).subcomponents)


def test_the_file_is_of_the_version_that_programs_read_and_is_no_message() -> None:
    calendar: Any = Calendar.from_ical(written(entry()))

    assert calendar["version"] == "2.0"
    assert calendar["calscale"] == "GREGORIAN"
    assert calendar["prodid"].startswith("-//mentorlog//")
    assert "method" not in calendar


def test_nothing_planned_is_a_calendar_all_the_same() -> None:
    text = written()

    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert components(text) == []


@pytest.mark.parametrize(
    ("what", "state", "status"),
    [
        ("meeting", "expected", "TENTATIVE"),
        ("meeting", "agreed", "CONFIRMED"),
        ("meeting", "held", "CONFIRMED"),
        ("review", "due", "CONFIRMED"),
        ("term-end", "due", "CONFIRMED"),
    ],
)
def test_a_day_is_a_whole_day_that_keeps_nobody_busy(what: str, state: str, status: str) -> None:
    (event,) = components(written(entry(what, state)))

    assert (event.name, event["uid"], event["sequence"]) == ("VEVENT", f"u-{what}", 28_114_200)
    assert event["dtstart"].dt == date(2026, 12, 1)
    assert type(event["dtstart"].dt) is date
    assert event["dtstamp"].dt == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert (event["status"], event["transp"], event["class"]) == (status, "TRANSPARENT", "PRIVATE")


def test_an_action_is_a_task_due_on_its_day() -> None:
    changed = datetime(2026, 11, 20, 8, tzinfo=UTC)

    (found,) = components(written(task(action(updated_at=changed))))

    assert (found.name, found["status"]) == ("VTODO", "NEEDS-ACTION")
    assert type(found["due"].dt) is date
    assert found["due"].dt == date(2026, 12, 1)
    assert found["last-modified"].dt == changed
    assert "dtstart" not in found


def test_a_closed_action_is_a_closed_task() -> None:
    done = action(state="done", done_on=date(2026, 11, 20))

    finished, dropped = components(
        written(task(done, "done"), task(action(state="dropped"), "dropped", uid="u-2"))
    )

    assert (finished["status"], dropped["status"]) == ("COMPLETED", "CANCELLED")
    assert finished["completed"].dt == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert "completed" not in dropped


def test_what_is_to_come_has_an_alarm_on_the_morning_of_the_day_before() -> None:
    event, found = components(written(entry(), task(action())))

    for each, related in ((event, "START"), (found, "END")):
        (alarm,) = each.subcomponents
        assert (alarm.name, alarm["action"]) == ("VALARM", "DISPLAY")
        assert alarm["trigger"].dt == -timedelta(hours=15)
        assert alarm["trigger"].params.get("related") == related
        assert alarm["description"] == each["summary"]


def test_what_is_over_or_overdue_rings_no_more() -> None:
    held = entry(state="held", on=date(2026, 11, 20))
    overdue = task(action(), on=date(2026, 11, 20))
    done = task(action(state="done"), "done", uid="u-2")

    assert [each.subcomponents for each in components(written(held, overdue, done))] == [[], [], []]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_or_name_breaks_out_of_its_title(text: str) -> None:
    of = PAIR.with_changes(partner=f"Aya {text}", alias=f"aya {text}")
    lines = f"{text}\nBEGIN:VEVENT\nUID:2\nEND:VEVENT"
    entries = [entry(pair=of), task(action(lines), pair=of)]

    for titles in ("alias", "name", "text"):
        whole = written(*entries, titles=titles)
        found = components(whole)

        assert [each.name for each in found] == ["VEVENT", "VTODO"]
        assert [each["summary"] for each in found] == [title(each, titles) for each in entries]
        assert [each["uid"] for each in found] == ["u-meeting", "u-action"]
        assert all(each.keys() <= KEYS for each in found)
        assert not re.search(
            r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202e\ufeff]", whole
        )
        assert not re.search(r"(?<!\r)\n|\r(?!\n)", whole)


KEYS = {
    "UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS", "CLASS", "LAST-MODIFIED", "DTSTART", "TRANSP",
    "DUE", "COMPLETED",
}  # fmt: skip


def test_lines_are_folded_at_seventy_five_bytes_and_no_character_is_torn() -> None:
    text = "資料を読んでから、次の面談までに感想を送る。" * 8 + "👩\u200d👩\u200d👧\u200d👦" * 8
    whole = written(task(action(text)), titles="text").encode()

    (found,) = components(whole.decode())

    lines = whole.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    assert text in found["summary"]


@pytest.mark.parametrize(
    "at",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=9))),
    ],
)
def test_a_clock_at_either_end_of_the_calendar_breaks_nothing(at: datetime) -> None:
    (event,) = components(icalendar_file([entry(on=at.date())], Edition(at, at.date(), "alias")))

    assert event["dtstart"].dt == event["dtstamp"].dt.date() == at.date()


# Titles ------------------------------------------------------------------------------------------


def test_by_default_a_title_has_the_alias_or_the_id_and_never_a_name_or_a_text() -> None:
    unnamed = PAIR.with_changes(alias=None)
    theirs = action(owner="partner")
    whats = [
        entry(), entry("review"), entry("term-end"), task(action()), task(theirs), entry(pair=unnamed)
    ]  # fmt: skip

    assert [title(each, "alias") for each in whats] == [
        "Meeting: aya",
        "Review: aya",
        "End of the term: aya",
        "Action a1: aya",
        "Their action a1: aya",
        "Meeting: p1",
    ]


def test_the_setting_allows_the_name_or_the_texts_of_actions_too() -> None:
    long = action("Send the list\nand more")

    assert title(entry(), "name") == "Meeting: Aya Sato"
    assert title(task(long), "name") == "Action a1: Aya Sato"
    assert title(entry(), "text") == "Meeting: Aya Sato"
    assert title(task(long), "text") == "Send the list … (Aya Sato)"
