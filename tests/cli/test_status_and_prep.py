"""`status` and `prep`: what wants doing now, and what to take to the next meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Program


def findings(mentorlog: Program) -> list[tuple[str, str, list[str], str | None]]:
    found: list[dict[str, Any]] = mentorlog.ok("status", "--json").json["findings"]
    return [(each["code"], each["pair"], each["records"], each["since"]) for each in found]


# status ------------------------------------------------------------------------------------------


def test_status_names_what_wants_doing_most_urgent_first(written: Program) -> None:
    written.today = "2026-12-02"

    found = findings(written)

    assert found == [
        ("meeting-overdue", "p1", ["m1"], "2026-11-15"),
        ("meeting-overdue", "p2", [], "2026-11-29"),
        ("action-overdue", "p2", ["a4"], "2026-12-01"),
        ("advice-untold", "p1", ["a3"], None),
        ("partner-action-overdue", "p1", ["a2"], "2026-11-10"),
        ("plateau", "p1", ["p1"], "2026-11-01"),
        ("questions-waiting", "p1", ["q1"], None),
        ("questions-waiting", "p2", ["q2"], None),
    ]


def test_every_finding_comes_with_a_command_that_works(written: Program) -> None:
    written.today = "2026-12-02"
    shown = written.ok("status").out
    commands = [each["command"] for each in written.ok("status", "--json").json["findings"]]
    said = {  # off a terminal none is asked
        "told": ["It worked"],
        "meet": ["--summary", "We met"],
        "grow": ["--answer", "options=Ask Ken"],
    }

    for command in dict.fromkeys(commands):
        words = command.removeprefix("mentorlog ").split()
        written.ok(*words, *(more for verb in words for more in said.get(verb, [])))

    assert all(command in shown for command in commands)
    assert [(code, pair) for code, pair, *_rest in findings(written)] == [
        ("meeting-overdue", "p2"),  # only expected: nothing was to be recorded
        ("plateau", "p1"),  # to reflect is not to have moved yet
        ("questions-waiting", "p1"),
        ("questions-waiting", "p2"),
    ]


def test_an_agreed_meeting_wants_recording_and_an_expected_one_preparing(written: Program) -> None:
    written.today = "2026-12-02"

    found = written.ok("status", "--json").json["findings"]
    shown = written.ok("status").out.splitlines()

    overdue = [each for each in found if each["code"] == "meeting-overdue"]
    assert [(each["pair"], each["command"]) for each in overdue] == [
        ("p1", "mentorlog meet p1"),
        ("p2", "mentorlog prep ken"),
    ]
    assert shown[1:5] == [
        "  Aya Sato: the meeting of Sun 15 Nov has not been recorded",
        "    mentorlog meet p1 · guide frequency",
        "  ken: by your rhythm, a meeting was expected by Sun 29 Nov",
        "    mentorlog prep ken · guide frequency",
    ]


@pytest.mark.parametrize(
    ("name", "alias"), [("Two Words", ""), ("-rf", ""), ("$(id)", ""), ("Mei", "m;e"), ("面談", "")]
)
def test_the_command_of_a_finding_is_safe_to_type_whatever_the_name(
    mentorlog: Program, name: str, alias: str
) -> None:
    words = ["--as", "mentor", "--alias", alias] if alias else ["--as", "mentor"]
    mentorlog.ok("pair", "start", *words, "--", name)
    mentorlog.ok("ask", "Why?")

    (found,) = mentorlog.ok("status", "--json").json["findings"]

    assert found["command"] in {"mentorlog prep p1", f"mentorlog prep {name}"}
    assert set(found["command"]).isdisjoint("$;()&|<>`'\"\\")
    assert mentorlog.ok(*found["command"].split()[1:], "--json").json["pair"]["partner"] == name


def test_a_day_that_is_due_is_not_overdue_and_the_next_day_is(mentorlog: Program) -> None:
    words = ["--on", "2026-11-01", "--action", "Go due:2026-11-22", "--next", "2026-11-22"]
    mentorlog.ok("meet", "Aya", "--as", "mentor", *words)

    on_the_day = findings(mentorlog)
    mentorlog.today = "2026-11-23"
    the_day_after = findings(mentorlog)

    assert on_the_day == []
    assert [code for code, *_rest in the_day_after] == ["meeting-overdue", "action-overdue"]


def test_paused_and_ended_pairs_expect_no_meeting(written: Program) -> None:
    written.today = "2027-03-01"
    written.ok("pair", "pause", "p1")
    written.ok("pair", "end", "p2", "--because", "done")

    shown = written.ok("status", "--json").json

    assert {each["pair"]["id"]: each["next_on"] for each in shown["pairs"]} == {"p1": None}
    assert "meeting-overdue" not in {each["code"] for each in shown["findings"]}
    assert {each["pair"] for each in shown["findings"]} == {"p1"}


def test_the_next_meeting_is_the_one_agreed_else_the_one_the_cadence_expects(
    mentorlog: Program,
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor", "--cadence", "1m", "--on", "2026-10-31")

    seen = []
    for words in ([], ["--on", "2026-11-20"], ["--on", "2026-11-21", "--next", "2026-12-24"]):
        if words:
            mentorlog.ok("meet", "--summary", "s", *words)
        shown = mentorlog.ok("prep", "--json").json
        seen.append((shown["next_on"], shown["is_agreed"]))

    assert seen == [("2026-11-30", False), ("2026-12-20", False), ("2026-12-24", True)]


def test_status_in_one_line_tells_the_next_meeting_and_how_much_there_is_to_do(
    written: Program,
) -> None:
    today = written.ok("status", "--short")
    written.language = "ja"
    japanese = written.ok("status", "--short")
    written.language, written.today = "en", "2026-11-29"
    on_the_day = written.ok("status", "--short")

    assert today.out == "ken Sun 29 Nov · 5 to do\n"
    assert japanese.out.startswith("ken 11月29日(")
    assert on_the_day.out == "ken today · 6 to do\n"
    assert today.err == on_the_day.err == ""


@pytest.fixture
def crowded(mentorlog: Program) -> Program:
    """A journal of two pairs with more open than anybody wants to read at once."""
    mentorlog.ok("pair", "start", "Maya", "--as", "mentor")
    mentorlog.ok("pair", "start", "Ken", "--as", "mentor")
    for pair, count in (("Maya", 12), ("Ken", 3)):
        words = [
            f"--action=Read part {number} due:2026-11-{number + 1:02}" for number in range(count)
        ]
        advice = [f"--advice=Try way {number}" for number in range(count)]
        asked = [f"--question=Why {number}?" for number in range(count)]
        mentorlog.ok("meet", pair, "--on", "2026-11-01", *words, *advice, *asked)
    mentorlog.today = "2026-12-24"
    return mentorlog


def test_status_shows_what_presses_most_and_how_much_more_there_is(crowded: Program) -> None:
    every = crowded.ok("status", "--all").out
    shown = crowded.ok("status").out
    found = crowded.ok("status", "--json").json["findings"]
    short = crowded.ok("status", "--short").out

    commands = [line for line in shown.splitlines() if line.startswith("    mentorlog")]
    assert len(commands) == 10
    assert [line.split(" · ")[0].strip() for line in commands] == [
        each["command"] for each in found[:10]
    ]
    assert f"  {len(found) - 10} more: mentorlog status --all\n" in shown
    assert short.endswith(f"{len(found)} to do\n")
    assert "Maya: 12 questions are waiting" in every
    assert "more: " not in every
    assert all(each["command"] in every for each in found)


def test_prep_shows_the_first_of_each_sort_and_how_many_more_there_are(crowded: Program) -> None:
    crowded.ok("goal", "set", "Maya", "Give talks")
    for number in range(11):
        crowded.ok("goal", "set", "Maya", f"Goal {number}")

    shown = crowded.ok("prep", "Maya").out
    every = crowded.ok("prep", "Maya", "--all").out
    found = crowded.ok("prep", "Maya", "--json").json

    assert shown.count("  2 more: mentorlog prep Maya --all\n") == 3
    assert "  2 more: mentorlog goal list Maya\n" in shown
    assert "Why 9?" in shown
    assert "Why 10?" not in shown
    assert "more: " not in every
    parts = ("my_actions", "advice", "questions", "goals")
    assert [len(found[part]) for part in parts] == [12] * 4
    texts = (each.get("text") or each["statement"] for part in parts for each in found[part])
    assert all(text in every for text in texts)


def test_prep_online_shows_the_first_of_what_may_be_sent(crowded: Program) -> None:
    questions = [each["id"] for each in crowded.ok("prep", "Maya", "--json").json["questions"]]
    crowded.ok("share", *questions)

    shown = crowded.ok("prep", "Maya", "--via", "online").out
    found = crowded.ok("prep", "Maya", "--via", "online", "--json").json

    material = shown.split("Material to send\n")[1]
    assert [line.split()[0] for line in material.splitlines()[:10]] == questions[:10]
    assert material.splitlines()[10] == "  2 more: mentorlog prep Maya --all"
    assert "mentorlog share a1\n" in material
    assert found["material"] == questions


def test_after_a_meeting_ten_of_each_sort_are_named_that_carry_over(crowded: Program) -> None:
    said = crowded.ok("meet", "Maya", "--action", "new", "--question", "New?").err
    few = crowded.ok("meet", "Ken", "--action", "new").err

    carried = next(line for line in said.splitlines() if line.startswith("Carries over"))
    assert carried.endswith(" and 6 more")
    assert carried.count(", ") == 29
    carried = next(line for line in few.splitlines() if line.startswith("Carries over"))
    assert carried.count(", ") == 8
    assert "more" not in carried


def test_without_a_journal_status_says_how_to_begin_and_in_a_prompt_nothing(
    mentorlog: Program,
) -> None:
    in_full = mentorlog.ok("status")
    short = mentorlog.ok("status", "--short")

    assert in_full.out == "No pairs yet. Begin with: mentorlog meet NAME --as mentor|mentee\n"
    assert (short.out, short.err) == ("", "")
    assert not mentorlog.journal.parent.exists()


def test_with_nothing_to_do_status_says_so(mentorlog: Program) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--summary", "s", "--next", "2026-12-06")

    assert mentorlog.ok("status", "--short").out == "Aya Sun 6 Dec\n"
    assert mentorlog.ok("status").out.splitlines() == [
        "Nothing wants doing now.",
        "",
        "Pairs",
        "  p1  Aya · last Sun 22 Nov 2026 · next Sun 6 Dec 2026",
    ]


def test_looking_changes_nothing_on_the_disk(written: Program) -> None:
    written.journal.chmod(0o400)
    written.journal.parent.chmod(0o500)
    before = written.journal.read_bytes()

    for words in (["status"], ["status", "--short"], ["prep", "ken"], ["log"], ["show", "m1"]):
        written.ok(*words)

    assert written.journal.read_bytes() == before
    assert [path.name for path in written.journal.parent.iterdir()] == ["journal.db"]


# prep --------------------------------------------------------------------------------------------


def test_prep_brings_together_what_is_open_on_both_sides(written: Program) -> None:
    shown = written.ok("prep", "Aya Sato")
    as_json = written.ok("prep", "Aya Sato", "--json").json

    assert shown.out.splitlines() == [
        "Aya Sato · I am the mentor · next meeting Sun 15 Nov 2026",
        "",
        "Last time",
        "  m1  Sun 1 Nov 2026 · reading",
        "      Chose a book",
        "",
        "Ask what came of it",
        "  a3  Read every morning",
        "",
        "They said they would",
        "  a2  Read it · due Tue 10 Nov",
        "",
        "To ask",
        "  q1  And then?",
    ]
    assert shown.err == ""
    assert as_json["last_meeting"]["id"] == "m1"
    assert (as_json["next_on"], as_json["is_agreed"]) == ("2026-11-15", True)
    opened = {
        name: [each["id"] for each in as_json[name]]
        for name in ("advice", "my_actions", "their_actions", "questions")
    }
    assert opened == {
        "advice": ["a3"], "my_actions": [], "their_actions": ["a2"], "questions": ["q1"]
    }  # fmt: skip


def test_prep_for_a_mentee_tells_what_came_of_advice_and_what_i_promised(written: Program) -> None:
    written.ok("action", "add", "ken", "Try it", "--advice")

    shown = written.ok("prep", "ken").out

    assert "I am the mentee · next meeting expected Sun 29 Nov 2026" in shown
    assert "Tell what came of it\n  a5  Try it" in shown
    assert "I said I would\n  a4  Write to her · due Tue 1 Dec" in shown
    assert "Last time" not in shown


def test_prep_never_shows_notes(written: Program) -> None:
    assert "Was tired" not in written.ok("prep", "Aya Sato").out


def test_prep_with_nothing_open_says_so(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")

    assert mentorlog.ok("prep").out.endswith("\nNothing is open. Come as you are.\n")


def test_actions_stand_by_their_due_day_those_without_one_last(mentorlog: Program) -> None:
    actions = ("Late due:2026-12-24", "Never", "Soon due:2026-11-23")
    words = [word for text in actions for word in ("--action", text)]
    mentorlog.ok("meet", "Aya", "--as", "mentor", *words)

    prep = mentorlog.ok("prep", "--json").json

    assert [each["text"] for each in prep["my_actions"]] == ["Soon", "Late", "Never"]


@pytest.mark.parametrize("command", ["status", "prep", "log"])
def test_a_meeting_in_the_year_9999_breaks_nothing(mentorlog: Program, command: str) -> None:
    words = ["--as", "mentor", "--on", "2026-11-01", "--notes", "x"]
    mentorlog.ok("meet", "Aya", *words)
    mentorlog.ok("meet", "Aya", "--on", "9999-12-31", "--notes", "mistyped")

    shown = mentorlog(command)

    assert (shown.code, shown.err) == (0, "")
    assert "9999" in shown.out


def test_long_texts_wrap_beside_their_ids_in_both_languages(mentorlog: Program) -> None:
    text = "次の面談までに、読んだ本の感想を三つにまとめて送る。" * 4
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--action", text, "--question", "Why so? " * 20)

    shown = mentorlog("prep", environment={"COLUMNS": "40"}).out

    lines = shown.splitlines()
    rows = [line for line in lines if line.startswith(("  a1  ", "  q1  ", "      "))]
    assert text in "".join(line[6:] for line in rows)
    assert max(len(line) + sum(ord(c) > 0x2E7F for c in line) for line in lines) <= 40
    assert not any(line[6:].startswith(("、", "。")) for line in rows)
