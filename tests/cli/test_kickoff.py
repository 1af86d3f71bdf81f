"""The first meeting: its agenda before, what `meet --kickoff` walks through, and being online."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_agreements import QUESTIONS as AGREED

if TYPE_CHECKING:
    from tests.cli.talking import Talk, Talking
    from tests.conftest import Program

# What a kick-off asks after what was agreed, the goals and the skills.
REST = (
    "What was said, in short?",
    "Notes for yourself?",
    "What will you do?",
    "What will they do?",
    "What do you want to raise next time?",
    "How do the two of you get on",
)


def rates_the_skills(person: Talk, *ratings: str) -> None:
    for rating in ratings:
        person.answers("5 = ", rating)


# meet --kickoff ----------------------------------------------------------------------------------


def test_a_kickoff_walks_through_backgrounds_agreement_goals_skills_and_the_next_date(
    mentorlog: Program, talk: Talking
) -> None:
    said = {
        "What background do you bring?": "ten years of ops",
        "What do they expect?": "straight answers",
        "What stays between the two of you?": "all of it",
    }
    person = talk("meet", "Bob", "--as", "mentor", "--kickoff")
    person.answers("When was it?", "")
    for question in AGREED:
        person.answers(question, said.get(question, ""))
    person.answers("What is to be reached?", "Lead a project due:+3m", "")
    rates_the_skills(person, "3", "4", "", "5", "", "", "2")
    for question in REST:
        person.answers(question, "")
    person.answers("When is the next one?", "+2w")

    assert person.ends() == 0
    shown = mentorlog.ok("pair", "show", "--json").json
    agreement, goal, rated = mentorlog.ok("show", "t1", "g1", "k1", "--json").json
    meeting = mentorlog.ok("show", "m1", "--json").json
    assert (shown["cadence"], shown["term_ends_on"]) == ("2w", "2027-05-22")
    assert (agreement["my_background"], agreement["their_expectations"]) == (
        "ten years of ops", "straight answers",
    )  # fmt: skip
    assert (agreement["confidentiality"], agreement["leaving"]) == ("all of it", None)
    assert (goal["statement"], goal["due_on"], goal["owner"]) == (
        "Lead a project", "2027-02-22", "partner",
    )  # fmt: skip
    assert rated["ratings"] == {"communication": 3, "open-mind": 4, "privacy": 5, "learning": 2}
    assert (meeting["is_kickoff"], meeting["next_on"]) == (True, "2026-12-06")


def test_all_of_a_kickoff_is_one_write(mentorlog: Program, talk: Talking) -> None:
    person = talk("meet", "Bob", "--as", "mentee", "--kickoff")
    person.answers("When was it?", "", "ops", *[""] * (len(AGREED) - 1))
    person.answers("What is to be reached?", "Lead", "")
    rates_the_skills(person, "3", *[""] * 6)
    for question in (*REST, "When is the next one?"):
        person.answers(question, "")
    assert person.ends() == 0

    (write,) = mentorlog.ok("history", "--json").json
    mentorlog.ok("undo")

    kinds = {change["id"] for change in write["changes"]}
    assert kinds == {"p1", "m1", "t1", "g1", "k1"}
    assert mentorlog.ok("log", "--json").json == []


def test_a_kickoff_that_was_stopped_goes_on_where_it_stopped(
    mentorlog: Program, talk: Talking
) -> None:
    person = talk("meet", "Bob", "--as", "mentor", "--kickoff")
    person.answers("When was it?", "", "ten years of ops")
    person.hears("What background do they bring?")
    person.presses("\x03")
    stopped = person.ends()

    again = talk("meet")
    again.answers("begun and not finished. Go on with it?", "y")
    again.hears("What background do they bring?")
    again.says("school")
    for question in AGREED[2:]:
        again.answers(question, "")
    again.answers("What is to be reached?", "")
    rates_the_skills(again, *[""] * 7)
    for question in (*REST, "When is the next one?"):
        again.answers(question, "")

    assert (stopped, again.ends()) == (130, 0)
    agreement = mentorlog.ok("show", "t1", "--json").json
    assert (agreement["my_background"], agreement["their_background"]) == (
        "ten years of ops", "school",
    )  # fmt: skip
    assert mentorlog("show", "k1").code == 1


def test_what_the_pair_has_stands_in_the_kickoff_and_is_changed_or_taken_away(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Bob", "--as", "mentor", "--minutes", "45", "--cadence", "1m")
    clear = "\x15"  # Ctrl-U

    person = talk("meet", "--kickoff")
    person.answers("When was it?", "", "", "", "", "")
    person.answers("How often do you meet?", f"{clear}every other tue")
    person.answers("How many minutes does a meeting take?", clear)
    for question in AGREED[6:]:
        person.answers(question, "")
    person.answers("What is to be reached?", "")
    rates_the_skills(person, *[""] * 7)
    for question in (*REST, "When is the next one?"):
        person.answers(question, "")

    assert person.ends() == 0
    pair = mentorlog.ok("pair", "show", "--json").json
    assert (pair["cadence"], pair["minutes"]) == ("2w tue", None)
    assert pair["term_ends_on"] == "2027-05-22"


def test_a_term_that_is_over_already_is_asked_for_again(mentorlog: Program, talk: Talking) -> None:
    person = talk("meet", "Bob", "--as", "mentor", "--kickoff")
    person.answers("When was it?", "", *[""] * 7)
    person.answers("Until when?", "\x151 Nov 2026")
    person.hears("is not after the day agreed on")
    person.presses("\x03")

    assert person.ends() == 130
    assert mentorlog.ok("log", "--json").json == []


def test_by_options_a_kickoff_is_a_meeting_that_says_so(mentorlog: Program) -> None:
    held = mentorlog.ok(
        "meet", "Bob", "--as", "mentor", "--kickoff", "--summary", "Who we are", "--json"
    ).json

    assert held["is_kickoff"] is True
    assert (held["goals"], held["agreements"], held["assessments"]) == ([], [], [])


def test_a_first_meeting_without_kickoff_says_that_there_is_one(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Bob", "--as", "mentor")

    person = talk("meet")
    person.hears("A first meeting: --kickoff")
    person.answers("When was it?", "")
    person.hears("What did you talk about?")
    person.presses("\x03")

    assert person.ends() == 130


# prep before the first meeting -------------------------------------------------------------------


def test_before_the_first_meeting_prep_is_its_agenda(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Bob", "--as", "mentor", "--minutes", "30")

    before = mentorlog.ok("prep")
    as_json = mentorlog.ok("prep", "--json").json
    mentorlog.ok("meet", "--summary", "We met")
    after = mentorlog.ok("prep")

    assert "The first meeting, in minutes" in before.out
    assert "To record the first meeting: mentorlog meet Bob --kickoff" in before.err
    assert [slot["code"] for slot in as_json["agenda"]] == [
        "introductions", "backgrounds", "expectations", "agreement", "goals", "next",
    ]  # fmt: skip
    assert sum(slot["minutes"] for slot in as_json["agenda"]) == 30
    assert as_json["is_first"] is True
    assert "first meeting" not in (after.out + after.err).lower()


def test_before_the_first_meeting_strengths_that_match_a_goal_are_shown_and_no_others(
    mentorlog: Program,
) -> None:
    mentorlog.ok("pair", "start", "Bob", "--as", "mentor")
    for area in ("Public speaking", "SQL", "発表の準備"):
        mentorlog.ok("strength", "add", area)
    mentorlog.ok("goal", "set", "Speak in public with calm")

    shown = mentorlog.ok("prep").out
    mentorlog.ok("goal", "set", "社内発表を一度やる")
    matching = [each["area"] for each in mentorlog.ok("prep", "--json").json["strengths"]]
    mentorlog.ok("meet", "--summary", "We met")
    afterwards = mentorlog.ok("prep").out

    assert "Strengths that match a goal\n  s1  ✦ Public speaking" in shown
    assert "SQL" not in shown
    assert matching == ["Public speaking", "発表の準備"]
    assert "Public speaking" not in afterwards


# prep online -------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", ["15", "50", "90"])
def test_online_prep_adds_a_checklist_and_an_agenda_that_fits_the_length(
    written: Program, minutes: str
) -> None:
    written.ok("pair", "edit", "Aya Sato", "--minutes", minutes)

    usual = written.ok("prep", "Aya Sato")
    online = written.ok("prep", "Aya Sato", "--via", "online")
    as_json = written.ok("prep", "Aya Sato", "--via", "online", "--json").json

    assert "Camera on" not in usual.out
    for part in ("Before it begins", "Camera on", "In minutes", "Material to send"):
        assert part in online.out
    assert f"–{minutes}  " in online.out
    assert sum(slot["minutes"] for slot in as_json["agenda"]) == int(minutes)


def test_a_pair_that_meets_online_is_prepared_so_and_can_meet_otherwise(written: Program) -> None:
    written.ok("pair", "edit", "Aya Sato", "--via", "online")

    assert "Camera on" in written.ok("prep", "Aya Sato").out
    assert "Camera on" not in written.ok("prep", "Aya Sato", "--via", "in-person").out


def test_only_what_is_shared_is_material_to_send(written: Program) -> None:
    before = written.ok("prep", "Aya Sato", "--via", "online")
    written.ok("ask", "Aya Sato", "What made you stay?", "--share")
    after = written.ok("prep", "Aya Sato", "--via", "online", "--json").json

    assert "Nothing is shared yet." in before.out
    assert "mentorlog share q1" in before.out
    assert after["material"] == ["q3"]


def test_a_way_to_meet_that_there_is_not_is_refused(written: Program) -> None:
    refused = written("prep", "Aya Sato", "--via", "pigeon")

    assert (refused.code, refused.out) == (2, "")
    assert "in-person" in refused.err


# What the two promised ---------------------------------------------------------------------------


def test_what_each_side_promised_stands_side_by_side_where_there_is_room(written: Program) -> None:
    written.ok("action", "add", "Aya Sato", "Bring the book")

    wide = written("prep", "Aya Sato", environment={"COLUMNS": "120"}).out
    narrow = written("prep", "Aya Sato", environment={"COLUMNS": "80"}).out

    assert any("I said I would" in line and "They said" in line for line in wide.splitlines())
    assert any("Bring the book" in line and "Read it" in line for line in wide.splitlines())
    assert not any("I said" in line and "They said" in line for line in narrow.splitlines())
