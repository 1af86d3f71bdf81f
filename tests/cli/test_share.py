"""`share`: what the partner may see is marked, all of it or nothing, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mentorlog.storage.exports import Export, note
from mentorlog.storage.journal import Journal

if TYPE_CHECKING:
    from tests.conftest import Program

UNDO = "To take this back: mentorlog undo\n"


def visibility(mentorlog: Program, *ids: str) -> list[str]:
    return [mentorlog.ok("show", ref, "--json").json["visibility"] for ref in ids]


def out_to_partner(mentorlog: Program, at: datetime, audience: str = "partner") -> None:
    """Note an export of p1 as `export` does."""
    journal = Journal(mentorlog.journal)
    note(journal, "p1", Export(at, audience, "markdown", 3, None))
    journal.close()


@pytest.fixture
def aya(written: Program) -> Program:
    """That journal with a record of each kind that has something to say about sharing."""
    written.ok("feedback", "receive", "Aya Sato", "You talk fast")
    written.ok("feedback", "give", "Aya Sato", "Well asked")
    written.ok("strength", "add", "Listening")
    written.ok("assess", "Aya Sato", "--privacy", "3")
    written.ok("reflect", "Aya Sato", "--answer", "hard=Waiting")
    written.ok("pair", "agree", "Aya Sato", "--confidentiality", "All of it")
    written.ok("goal", "set", "Aya Sato", "Read")
    written.ok("goal", "measure", "g1", "3")
    return written


# Marked ------------------------------------------------------------------------------------------


def test_records_are_shared_in_one_write_that_undo_takes_back(aya: Program) -> None:
    said = aya.ok("share", "a3", "q1", "a3")
    shared = visibility(aya, "a3", "q1", "a1")
    (newest,) = aya.ok("history", "--limit", "1", "--json").json
    aya.ok("undo")

    assert shared == ["shared", "shared", "private"]
    assert said.err == UNDO
    assert said.out == (
        "a3  ☐ Read every morning · advice · theirs\n"
        "    seen by: me · the partner · the programme, as counts only\n"
        "q1  ? And then?\n"
        "    seen by: me · the partner · the programme, as counts only\n"
    )
    assert (newest["command"], [each["id"] for each in newest["changes"]]) == (
        "share",
        ["a3", "q1"],
    )
    assert visibility(aya, "a3", "q1") == ["private", "private"]


def test_what_is_shared_goes_to_the_partner_from_then_on(aya: Program) -> None:
    before = aya.ok("export", "Aya Sato", "--for", "partner").out
    aya.ok("share", "m1", "a3")
    after = aya.ok("export", "Aya Sato", "--for", "partner").out
    aya.ok("share", "--off", "m1")
    taken_back = aya.ok("export", "Aya Sato", "--for", "partner").out

    assert [word in before for word in ("Chose a book", "Read every morning")] == [False, False]
    assert [word in after for word in ("Chose a book", "Read every morning", "Was tired")] == [
        True, True, False
    ]  # fmt: skip
    assert [word in taken_back for word in ("Chose a book", "Read every morning")] == [False, True]


def test_of_a_meeting_what_was_made_in_it_is_named_with_the_command_that_shares_it(
    aya: Program,
) -> None:
    aya.ok("ask", "Aya Sato", "Another day?")
    aya.ok("share", "a2")

    said = aya.ok("share", "m1")
    rest = aya.ok("share", "a1", "a3", "q1")
    off = aya.ok("share", "--off", "m1")

    assert said.err == (
        f"Made in m1 and not shared: a1 a3 q1. To share those too: mentorlog share a1 a3 q1\n{UNDO}"
    )
    assert rest.err == UNDO
    assert off.err.startswith(
        "Made in m1 and still shared: a1 a2 a3 q1. To take those back too: mentorlog share --off a1 a2 a3 q1\n"
    )


def test_a_measurement_is_seen_only_where_its_goal_is(aya: Program) -> None:
    alone = aya.ok("share", "n1").out
    both = aya.ok("share", "g1").out

    assert "seen by: me · the partner once g1 is shared · the programme" in alone
    assert "seen by: me · the partner · the programme" in both
    assert "seen by     me · the partner ·" in aya.ok("show", "n1").out.replace("\n", " ")


def test_nothing_is_written_for_what_is_shared_already(aya: Program) -> None:
    aya.ok("share", "a3")
    before = aya.journal.read_bytes()

    again = aya.ok("share", "a3")
    off = aya.ok("share", "--off", "q1")
    some = aya.ok("share", "a3", "a1")

    assert (again.out, again.err) == ("", "Already shared: a3\n")
    assert (off.out, off.err) == ("", "Already private: q1\n")
    assert some.out.startswith("a1  ☑ Send the list")
    assert some.err == f"Already shared: a3\n{UNDO}"
    aya.ok("undo")
    assert visibility(aya, "a3", "a1") == ["shared", "private"]
    assert before != aya.journal.read_bytes()


def test_marking_nothing_new_leaves_the_journal_byte_for_byte(aya: Program) -> None:
    before = aya.journal.read_bytes()

    aya.ok("share", "--off", "a3", "m1", "g1")

    assert aya.journal.read_bytes() == before


# Refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ref", ["r1", "k1", "s1", "f1"])
@pytest.mark.parametrize("off", [[], ["--off"]])
def test_what_nobody_else_ever_sees_is_refused_with_all_the_rest(
    aya: Program, ref: str, off: list[str]
) -> None:
    before = aya.journal.read_bytes()

    refused = aya("share", "a3", ref, *off)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"mentorlog: {ref} cannot be shared: its words are only ever for you. Leave it out. To see who"
        f" sees what: mentorlog show {ref}\n"
    )
    assert aya.journal.read_bytes() == before


def test_what_the_partner_sees_anyway_is_refused_and_all_of_it_named(aya: Program) -> None:
    refused = aya("share", "p1", "a3", "t1")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "mentorlog: p1 t1 always goes into exports for the partner, except for what is only yours. To see"
        " who sees what: mentorlog show p1 t1\n"
    )
    assert visibility(aya, "a3") == ["private"]


@pytest.mark.parametrize("ref", ["a99", "x", ""])
def test_an_id_that_there_is_not_is_refused_and_the_others_stay_as_they_were(
    aya: Program, ref: str
) -> None:
    refused = aya("share", "a3", ref)

    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert visibility(aya, "a3") == ["private"]


def test_without_a_journal_none_is_made(mentorlog: Program) -> None:
    assert mentorlog("share", "m1").code == 1
    assert not mentorlog.journal.exists()


def test_a_mark_that_makes_no_difference_can_be_taken_off(aya: Program) -> None:
    aya.ok("feedback", "receive", "Aya Sato", "You ask well", "--share")

    aya.ok("share", "--off", "f3")

    assert visibility(aya, "f3") == ["private"]


# Taken back --------------------------------------------------------------------------------------


def test_what_has_gone_out_since_it_was_shared_is_counted_when_it_is_taken_back(
    aya: Program,
) -> None:
    out_to_partner(aya, datetime(2026, 11, 20, tzinfo=UTC))
    aya.ok("share", "a3", "q1")
    none = aya.ok("share", "--off", "a3", "q1").err
    aya.ok("undo")
    for audience in ("partner", "programme", "partner"):
        out_to_partner(aya, datetime(2026, 11, 23, tzinfo=UTC), audience)
    two = aya.ok("share", "--off", "a3", "q1").err
    aya.ok("undo")
    as_json = aya.ok("share", "--off", "a3", "--json").json

    assert none == f"Copies exported earlier cannot be called back.\n{UNDO}"
    assert two == (
        "Copies exported earlier cannot be called back. The journal knows of 2 exports for the"
        f" partner since it was shared.\n{UNDO}"
    )
    assert as_json["exports"] == 2


def test_what_was_shared_from_the_start_counts_from_its_start(aya: Program) -> None:
    aya.ok("ask", "Aya Sato", "Where to?", "--share")
    out_to_partner(aya, datetime(2026, 11, 20, tzinfo=UTC))
    out_to_partner(aya, datetime(2026, 11, 23, tzinfo=UTC))

    first = aya.ok("share", "--off", "q3", "--json").json
    aya.ok("share", "q3")
    again = aya.ok("share", "--off", "q3", "--json").json

    assert (first["exports"], again["exports"]) == (1, 1)


def test_the_json_tells_what_changed_what_did_not_and_what_is_left(aya: Program) -> None:
    aya.ok("share", "a2")

    said: dict[str, Any] = aya.ok("share", "m1", "a2", "--json").json

    assert (said["format"], said["document"]) == ("mentorlog/1", "share")
    assert [(each["id"], each["visibility"]) for each in said["changed"]] == [("m1", "shared")]
    assert [each["id"] for each in said["unchanged"]] == ["a2"]
    assert said["left"] == {"m1": ["a1", "a3", "q1"]}
