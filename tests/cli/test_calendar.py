"""`calendar`: what is planned, taken into a calendar once and again, and nothing in it twice."""

from __future__ import annotations

import stat
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from icalendar import Calendar

if TYPE_CHECKING:
    from tests.conftest import Program, Result, Terminal

PRIVATE = (
    "Aya Sato",
    "Ayako Mori",
    "Send the list",
    "Read it",
    "Was tired",
    "Chose a book",
    "Write",
)


class Standing(NamedTuple):
    """What a calendar program holds of one entry, and how new it is."""

    edition: tuple[int, datetime]
    on: date
    status: str
    title: str


class OwnCalendar(dict[str, Standing]):
    """A calendar program in small: an entry is known by its uid, and a newer one takes its place."""

    def take(self, result: Result) -> OwnCalendar:
        for each in components(result.out):
            known = self.get(str(each["uid"]))
            edition = (int(each["sequence"]), each["dtstamp"].dt)
            if known is None or edition >= known.edition:
                day = each["due" if each.name == "VTODO" else "dtstart"].dt
                self[str(each["uid"])] = Standing(
                    edition, day, str(each["status"]), str(each["summary"])
                )
        return self

    def days(self, title: str) -> list[str]:
        """Return the days that entries of that title stand on."""
        return sorted(each.on.isoformat() for each in self.values() if each.title == title)


def components(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).subcomponents)


def entries(mentorlog: Program, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = mentorlog.ok("calendar", *words, "--json").json["entries"]
    return found


@pytest.fixture
def aya(mentorlog: Program) -> Program:
    """A pair that meets every two weeks until the end of January, and has met on 15 Nov."""
    mentorlog.ok(
        "pair", "start", "Aya Sato", "--as", "mentor", "--alias", "aya", "--on", "2026-11-01"
    )
    mentorlog.ok("pair", "shorten", "--to", "2027-01-31")
    mentorlog.ok(
        "meet", "--on", "2026-11-15", "--notes", "Was tired", "--action", "Send due:2026-12-01"
    )
    return mentorlog


# What is in it -----------------------------------------------------------------------------------


def test_meetings_reviews_the_end_of_the_term_and_actions_of_all_pairs_are_in_it(
    written: Program,
) -> None:
    found = entries(written)
    to_come = {(each["what"], each["pair"]) for each in found if each["state"] != "held"}

    assert to_come == {
        (what, pair)
        for pair in ("p1", "p2")
        for what in ("meeting", "review", "term-end", "action")
    }
    assert {each["record"]: each["state"] for each in found if each["what"] == "action"} == {
        "a1": "done", "a2": "open", "a4": "open"
    }  # fmt: skip
    assert [each["on"] for each in found] == sorted(each["on"] for each in found)


def test_one_pair_is_enough_by_either_way_of_naming_it(written: Program) -> None:
    assert {each["pair"] for each in entries(written, "ken")} == {"p2"}
    assert entries(written, "-p", "ken") == entries(written, "ken")


def test_the_file_holds_what_the_document_says(written: Program) -> None:
    found = components(written.ok("calendar").out)

    assert [(str(each["uid"]), str(each["summary"])) for each in found] == [
        (each["uid"], each["title"]) for each in entries(written)
    ]


def test_by_default_there_is_no_name_and_no_text_in_it(written: Program) -> None:
    by_default = written.ok("calendar").out
    named = written("calendar", environment={"MENTORLOG_CALENDAR_TITLES": "name"}).out
    in_full = written("calendar", environment={"MENTORLOG_CALENDAR_TITLES": "text"}).out

    assert [word for word in PRIVATE if word in by_default] == []
    assert [word for word in PRIVATE if word in named] == ["Aya Sato", "Ayako Mori"]
    assert [word for word in PRIVATE if word in in_full] == [
        "Aya Sato", "Ayako Mori", "Send the list", "Read it", "Write"
    ]  # fmt: skip
    assert "Meeting: ken" in by_default
    assert "Meeting: p1" in by_default


def test_a_setting_of_another_word_is_refused(written: Program) -> None:
    refused = written("calendar", environment={"MENTORLOG_CALENDAR_TITLES": "all"})

    assert (refused.code, refused.out) == (2, "")
    assert "alias, name, text" in refused.err


# Once and again ----------------------------------------------------------------------------------


def test_taken_in_twice_nothing_is_doubled(aya: Program) -> None:
    once = OwnCalendar().take(aya.ok("calendar"))
    days = {uid: each.on for uid, each in once.items()}

    twice = once.take(aya.ok("calendar"))

    assert {uid: each.on for uid, each in twice.items()} == days
    assert twice.days("Meeting: aya") == [
        "2026-11-15", "2026-11-29", "2026-12-13", "2026-12-27", "2027-01-10", "2027-01-24"
    ]  # fmt: skip


@pytest.mark.parametrize("held_on", ["2026-11-26", "2026-11-29", "2026-12-03"])
def test_a_meeting_held_early_or_late_stands_once_and_the_next_ones_move(
    aya: Program, held_on: str
) -> None:
    own = OwnCalendar().take(aya.ok("calendar"))
    aya.today = held_on
    aya.ok("meet", "--notes", "n", "--next", "2026-12-15")

    own.take(aya.ok("calendar"))

    assert own.days("Meeting: aya") == [
        "2026-11-15", held_on, "2026-12-15", "2026-12-29", "2027-01-12", "2027-01-26"
    ]  # fmt: skip


def test_a_meeting_put_off_moves_with_those_after_it(aya: Program) -> None:
    own = OwnCalendar().take(aya.ok("calendar"))
    aya.ok("edit", "m1", "--set", "next_on=2026-12-02")
    once_more = own.take(aya.ok("calendar")).days("Meeting: aya")
    aya.ok("undo")

    back = own.take(aya.ok("calendar")).days("Meeting: aya")

    assert once_more == [
        "2026-11-15", "2026-12-02", "2026-12-16", "2026-12-30", "2027-01-13", "2027-01-27"
    ]  # fmt: skip
    assert back[1:3] == ["2026-11-29", "2026-12-13"]


def test_a_meeting_that_nobody_held_moves_on_without_a_write(aya: Program) -> None:
    own = OwnCalendar().take(aya.ok("calendar"))
    aya.today = "2026-12-01"

    own.take(aya.ok("calendar"))

    assert own.days("Meeting: aya")[:3] == ["2026-11-15", "2026-12-13", "2026-12-27"]


def test_a_meeting_written_down_late_is_put_where_it_was(aya: Program) -> None:
    own = OwnCalendar().take(aya.ok("calendar"))
    aya.ok("meet", "--on", "2026-11-04", "--notes", "Forgotten")

    own.take(aya.ok("calendar"))

    assert own.days("Meeting: aya") == [
        "2026-11-04", "2026-11-15", "2026-11-29", "2026-12-13", "2026-12-27", "2027-01-10", "2027-01-24"
    ]  # fmt: skip


def test_entries_are_never_older_than_before_whatever_was_restored(aya: Program) -> None:
    """Fails when the sequence is counted in the journal: an older one has fewer writes."""

    def sequences() -> set[int]:
        return {int(each["sequence"]) for each in components(aya.ok("calendar").out)}

    place = aya.home / "older.db"
    aya.ok("backup", str(place))
    for day in ("2026-12-02", "2026-12-03"):
        aya.ok("edit", "m1", "--set", f"next_on={day}")
    (before,) = sequences()
    aya.ok("restore", str(place))
    (after,) = sequences()

    assert after >= before > 28_000_000


def test_an_action_that_is_done_or_dropped_is_closed_there_too(aya: Program) -> None:
    aya.ok("action", "add", "Call due:2026-12-05")
    own = OwnCalendar().take(aya.ok("calendar"))
    open_before = {each.title: each.status for each in own.values() if "Action" in each.title}
    aya.ok("action", "done", "a1")
    aya.ok("action", "drop", "a2")

    own.take(aya.ok("calendar"))

    closed = {each.title: each.status for each in own.values() if "Action" in each.title}
    assert open_before == {"Action a1: aya": "NEEDS-ACTION", "Action a2: aya": "NEEDS-ACTION"}
    assert closed == {"Action a1: aya": "COMPLETED", "Action a2: aya": "CANCELLED"}


def test_a_longer_term_moves_its_end_and_its_reviews(aya: Program) -> None:
    own = OwnCalendar().take(aya.ok("calendar"))
    aya.ok("pair", "extend", "--to", "2027-03-01")

    own.take(aya.ok("calendar"))

    assert own.days("End of the term: aya") == ["2027-03-01"]
    assert own.days("Review: aya") == ["2026-12-31", "2027-03-01"]


def test_a_look_back_that_decides_nothing_leaves_the_review_to_come_where_it_is(
    aya: Program,
) -> None:
    before = OwnCalendar().take(aya.ok("calendar")).days("Review: aya")
    aya.ok("review", "--conclusions", "Stuck", "--no-input")

    assert OwnCalendar().take(aya.ok("calendar")).days("Review: aya") == before


def test_a_review_held_is_put_on_its_day_and_the_next_one_stands_alone(aya: Program) -> None:
    own = OwnCalendar().take(aya.ok("calendar"))
    before = own.days("Review: aya")
    aya.today = "2026-12-10"
    aya.ok("review", "--conclusions", "On we go", "--decision", "continue", "--no-input")

    own.take(aya.ok("calendar"))

    assert before == ["2026-12-16", "2027-01-31"]
    assert own.days("Review: aya") == ["2026-12-10", "2027-01-31"]


# Pauses, ends and nothing ------------------------------------------------------------------------


def test_a_paused_pair_plans_from_the_end_of_its_pause_on_or_not_at_all(aya: Program) -> None:
    aya.ok("pair", "pause", "--until", "2026-12-20")
    planned = [each["on"] for each in entries(aya) if each["state"] == "expected"]
    aya.ok("undo")
    aya.ok("pair", "pause")

    assert planned == ["2026-12-20", "2027-01-03", "2027-01-17", "2027-01-31"]
    assert [each for each in entries(aya) if each["state"] == "expected"] == []


def test_an_ended_pair_is_left_out_and_asked_for_by_name_has_nothing_to_come(aya: Program) -> None:
    aya.ok("pair", "end", "--because", "done")

    assert entries(aya) == []
    assert {each["state"] for each in entries(aya, "aya")} == {"held", "open"}


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_nothing_planned_is_an_empty_calendar_and_a_word_about_it(
    mentorlog: Program, words: list[str]
) -> None:
    empty = mentorlog.ok("calendar", *words)

    assert empty.err == "Nothing is planned, so the calendar is empty.\n"
    assert empty.json["entries"] == [] if words else components(empty.out) == []
    assert not mentorlog.journal.exists()


def test_a_pair_that_there_is_not_is_refused(aya: Program) -> None:
    refused = aya("calendar", "nobody")

    assert (refused.code, refused.out) == (1, "")
    assert "mentorlog pair list" in refused.err


# Where it goes -----------------------------------------------------------------------------------


def test_lines_end_as_the_format_asks_and_the_file_is_the_same_as_the_output(
    aya: Program, tmp_path: Path
) -> None:
    place = tmp_path / "own.ics"

    said = aya.ok("calendar", "-o", str(place))

    whole = place.read_bytes().decode()
    assert whole.startswith("BEGIN:VCALENDAR\r\n")
    assert whole.endswith("END:VCALENDAR\r\n")
    assert whole.count("\n") == whole.count("\r\n")
    assert (said.out, stat.S_IMODE(place.stat().st_mode)) == ("", 0o600)
    assert said.err == f"Written: {place} · 9 events · 1 task\n"
    assert len(components(whole)) == 10


def test_a_file_that_is_there_is_written_over_only_when_told_to(
    aya: Program, tmp_path: Path
) -> None:
    place = tmp_path / "own.ics"
    place.write_text("mine")

    refused = aya("calendar", "-o", str(place))
    kept = place.read_text()
    aya.ok("calendar", "-o", str(place), "--force", "--json")

    assert (refused.code, kept) == (73, "mine")
    assert place.read_text().startswith('{\n  "format": "mentorlog/1",\n  "document": "calendar"')


@pytest.mark.parametrize("name", ["new/", "there", "there/", "own.ics/"])
def test_a_folder_is_no_place_for_a_calendar(aya: Program, tmp_path: Path, name: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "own.ics").write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    refused = aya("calendar", "-o", f"{tmp_path}/{name}", "--force")

    assert (refused.code, refused.out) == (73, "")
    assert refused.err == (
        f"mentorlog: {tmp_path}/{name} cannot be written (it is one file, and a folder is named)."
        " Choose another place.\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_at_a_terminal_no_carriage_return_steers_it(aya: Program, terminal: Terminal) -> None:
    screen = terminal("calendar", "aya")

    assert screen.code == 0
    assert "\r" not in screen.text
    assert screen.text.endswith("END:VCALENDAR\n")


def test_titles_are_in_the_language_of_the_program(aya: Program) -> None:
    aya.language = "ja"

    found = aya.ok("calendar").out

    assert "//JA\r\n" in found
    assert all("aya" in each["title"] for each in entries(aya))
