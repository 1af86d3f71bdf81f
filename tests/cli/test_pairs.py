"""`pair`: started, listed, shown and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Program


def test_a_pair_is_started_with_all_that_was_said_of_it(mentorlog: Program) -> None:
    pair = mentorlog.ok(
        "pair", "start", "Maya Lindqvist", "--as", "mentee", "--alias", "maya", "--programme",
        "Women in Platform", "--cadence", "every 3w", "--minutes", "45", "--via", "In Person",
        "--term", "1 year", "--language", "ja", "--on", "2026-02-28", "--json",
    ).json  # fmt: skip

    fields = {name: pair[name] for name in pair if name not in {"uid", "created_at", "updated_at"}}
    assert fields == {
        "kind": "pair", "id": "p1", "visibility": "private", "partner": "Maya Lindqvist",
        "alias": "maya", "my_role": "mentee", "programme": "Women in Platform",
        "started_on": "2026-02-28", "cadence": "3w", "minutes": 45, "channel": "in-person",
        "term_ends_on": "2027-02-28", "state": "active", "ended_because": None, "language": "ja",
        "pauses": [],
    }  # fmt: skip


def test_a_pair_starts_today_every_two_weeks_for_six_months(mentorlog: Program) -> None:
    said = mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    pair = mentorlog.ok("pair", "show", "--json").json

    assert said.out == "p1  Aya · I am the mentor · since Sun 22 Nov 2026\n"
    assert said.err == "To take this back: mentorlog undo\n"
    assert (pair["started_on"], pair["term_ends_on"]) == ("2026-11-22", "2027-05-22")
    assert (pair["cadence"], pair["alias"], pair["channel"]) == ("2w", None, None)


@pytest.mark.parametrize(
    ("role", "kept"), [("MENTOR", "mentor"), ("ｍｅｎｔｅｅ", "mentee"), ("mentee", "mentee")]
)
def test_a_role_is_read_in_any_case_and_width(mentorlog: Program, role: str, kept: str) -> None:
    assert mentorlog.ok("pair", "start", "A", "--as", role, "--json").json["my_role"] == kept


def test_pairs_are_listed_in_the_order_they_were_started_ended_ones_too(written: Program) -> None:
    written.ok("pair", "end", "p1", "--because", "done")

    listed = written.ok("pair", "list").out.splitlines()
    as_json = written.ok("pair", "list", "--json").json

    assert [line.split()[0] for line in listed] == ["p1", "p2"]
    assert " · ended · " in listed[0]
    assert "Ayako Mori (ken)" in listed[1]
    assert [(pair["id"], pair["state"]) for pair in as_json] == [("p1", "ended"), ("p2", "active")]


def test_a_pair_is_shown_with_the_labels_of_its_fields(written: Program) -> None:
    shown = written.ok("pair", "show", "ken").out

    assert shown.startswith("p2 pair\n")
    assert "partner       Ayako Mori" in shown
    assert "started on    Sun 15 Nov 2026" in shown
    assert "ended because" not in shown


def test_an_ended_pair_gives_way_to_one_that_has_not_ended(written: Program) -> None:
    written.ok("pair", "end", "p1", "--because", "other")

    assert written.ok("pair", "show", "aya", "--json").json["id"] == "p2"
    assert written.ok("pair", "show", "Aya Sato", "--json").json["id"] == "p1"


def test_a_pair_is_changed_by_options_and_an_empty_one_takes_a_value_away(
    written: Program,
) -> None:
    changed = written.ok(
        "pair", "edit", "ken", "--name", "Aya M.", "--alias", "", "--programme", "In house",
        "--cadence", "毎月", "--minutes", "30", "--via", "phone", "--language", "ja",
        "--term-ends", "2026-12-31", "--json",
    ).json  # fmt: skip
    again = written.ok("pair", "edit", "p2", "--minutes", "", "--via", "", "--json").json

    assert (changed["partner"], changed["alias"]) == ("Aya M.", None)
    assert (changed["programme"], changed["cadence"], changed["minutes"]) == ("In house", "1m", 30)
    assert (changed["channel"], changed["language"]) == ("phone", "ja")
    assert changed["term_ends_on"] == "2026-12-31"
    assert (again["minutes"], again["channel"], again["cadence"]) == (None, None, "1m")


def test_a_change_that_changes_nothing_leaves_no_line_in_the_history(written: Program) -> None:
    before = written.ok("history").out

    written.ok("pair", "edit", "ken", "--name", "Ayako Mori")

    assert written.ok("history").out == before


def test_a_pair_may_keep_its_own_name_in_another_case(written: Program) -> None:
    changed = written.ok("pair", "edit", "ken", "--name", "AYAKO MORI", "--alias", "Ken", "--json")

    assert (changed.json["partner"], changed.json["alias"]) == ("AYAKO MORI", "Ken")


@pytest.mark.parametrize("field", ["state", "ended_because", "pauses"])
def test_what_becomes_of_a_pair_is_changed_by_commands_of_its_own(
    written: Program, field: str
) -> None:
    refused = written("edit", "p1", "--set", f"{field}=ended")

    assert (refused.code, refused.out) == (2, "")
    assert "mentorlog pair --help" in refused.err
