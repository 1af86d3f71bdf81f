"""`report`: the figures of a pair and of all pairs, drawn, as JSON, as a picture and as a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.storage.journal import Journal, Writing
from tests.goldens import COLUMNS, LANGUAGES, assert_as_kept, width

if TYPE_CHECKING:
    from tests.conftest import Program, Result

GOLDEN = Path(__file__).parents[1] / "render" / "golden"
START = date(2026, 6, 1)

Write = Callable[[Writing], object]


@pytest.fixture
def demo(mentorlog: Program, demo_journals: dict[str, Path]) -> Program:
    """The program with the demo's journal: p1 my mentor, p2 whom I mentor."""
    return mentorlog.holding(demo_journals["en"])


def drawn(program: Program, *words: str, columns: int = 80, **environment: str) -> str:
    """Return a report as it is drawn; none of its lines may be too wide."""
    done = program("report", *words, environment={"COLUMNS": str(columns)} | environment)
    assert (done.code, done.err) == (0, "")
    assert max(map(width, uncoloured(done.out).split("\n"))) <= columns
    return done.out


def uncoloured(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def written(program: Program, write: Write | None = None, **fields: object) -> Program:
    """Return the program with a journal of one pair, p1, and what else is written to it."""
    journal = Journal(program.journal, lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
    given = {"partner": "Aya Sato", "my_role": "mentor", "started_on": START} | fields
    with journal.transaction("pair start") as writing:
        writing.add(Pair(**given))  # type: ignore[arg-type]
    if write is not None:
        with journal.transaction("import") as writing:
            write(writing)
    journal.close()
    return program


def line_of(shown: str, label: str) -> str:
    """Return what stands behind a label."""
    (line,) = [line for line in shown.split("\n") if line.startswith(f"{label}  ")]
    return line.removeprefix(label).strip(" ·█▉▊▋▌▍▎▏░")


# As it looks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", ["p1", "p2"])
def test_the_report_of_a_pair_looks_as_it_was_kept(
    mentorlog: Program, demo_journals: dict[str, Path], pair: str, language: str, columns: int
) -> None:
    mentorlog.language = language
    program = mentorlog.holding(demo_journals[language])

    shown = drawn(program, pair, columns=columns)

    assert_as_kept(shown, GOLDEN / f"report-{pair}-{language}-{columns}.txt", columns)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glance_over_all_pairs_looks_as_it_was_kept(
    mentorlog: Program, demo_journals: dict[str, Path], language: str, columns: int
) -> None:
    mentorlog.language = language
    program = mentorlog.holding(demo_journals[language])

    shown = drawn(program, columns=columns)

    assert_as_kept(shown, GOLDEN / f"report-{language}-{columns}.txt", columns)


def test_the_evidence_looks_as_it_was_kept(demo: Program) -> None:
    shown = drawn(demo, "p1", "--evidence", columns=60)

    assert_as_kept(shown, GOLDEN / "report-p1-en-60-evidence.txt", 60)


@pytest.mark.parametrize("words", [[], ["p1"], ["p2", "--evidence"]], ids=" ".join)
@pytest.mark.parametrize("columns", COLUMNS)
def test_colour_adds_nothing_that_the_characters_do_not_say(
    demo: Program, words: list[str], columns: int
) -> None:
    plain = drawn(demo, *words, columns=columns)

    coloured = drawn(demo, *words, columns=columns, FORCE_COLOR="1")

    assert "\x1b[" in coloured
    assert [line.rstrip() for line in uncoloured(coloured).split("\n")] == plain.split("\n")


@pytest.mark.parametrize("words", [[], ["p1"], ["p1", "--evidence"]], ids=" ".join)
def test_a_report_is_drawn_however_narrow_the_terminal(demo: Program, words: list[str]) -> None:
    assert demo("report", *words, environment={"COLUMNS": "20"}).code == 0


# Which pair --------------------------------------------------------------------------------------


def test_without_a_pair_the_only_one_there_is_is_reported(mentorlog: Program) -> None:
    written(mentorlog, state="ended", ended_because="done", term_ends_on=date(2026, 8, 1))

    assert drawn(mentorlog) == drawn(mentorlog, "p1")
    assert mentorlog.ok("report", "--json").json["pair"]["id"] == "p1"


def test_without_a_pair_all_of_several_are_shown_each_in_a_row_and_then_together(
    demo: Program,
) -> None:
    rows = drawn(demo).split("\n")

    assert [row.split()[0] for row in rows[1:4]] == ["maya", "daniel", "all"]


def test_a_pair_is_named_as_everywhere(demo: Program) -> None:
    assert drawn(demo, "daniel") == drawn(demo, "-p", "dan") == drawn(demo, "p2")
    assert demo("report", "maya", "-p", "daniel").code == 2


def test_without_any_pair_there_is_nothing_to_report(mentorlog: Program) -> None:
    refused = mentorlog("report")

    assert refused.code == 1
    assert refused.err.startswith("mentorlog: There is no pair yet. Start one:")


# The same figures --------------------------------------------------------------------------------


def test_the_figures_drawn_are_those_of_the_json(demo: Program) -> None:
    shown, found = drawn(demo, "p1"), demo.ok("report", "p1", "--json").json
    meetings, advice, pulse = found["meetings"], found["advice"], found["pulse"]
    mine, goal = found["actions"]["me"], found["goals"][0]

    def of(figure: dict[str, Any]) -> str:
        return f"{figure['value']} of {figure['n']}"

    assert line_of(shown, "meetings") == str(meetings["held"]["value"])
    minutes = meetings["minutes"]
    assert line_of(shown, "time together") == (
        f"{minutes['value']} min (of {minutes['n']} meetings)"
    )
    assert line_of(shown, "on rhythm") == f"{of(meetings['on_rhythm'])} · every 2 weeks"
    gap = meetings["longest_gap_days"]
    assert line_of(shown, "longest gap") == f"{gap['value']} days (n = {gap['n']})"
    assert f"{of(mine['done'])} done\n" in shown
    in_time = f"closed by the due date: {of(mine['on_time'])} · {mine['open']['value']} open"
    assert in_time in shown
    assert line_of(shown, "advised") == str(advice["advised"]["value"])
    assert line_of(shown, "told") == of(advice["told"])
    assert f"after {advice['median_days']['value']} days (median)" in shown
    assert f"average {pulse['average']['value']} · n = {pulse['average']['n']}: " in shown
    assert pulse["trend"]["value"] == "rising"
    assert f"{goal['share']['value']:.0%}".replace("%", " %") + " of the way" in shown
    assert f"n = {goal['share']['n']}\n" in shown
    assert f"Goal attainment {found['attainment']['value']:.2f} (1 rated goal" in shown
    assert found["attainment"]["n"] == 1


def test_the_figures_of_the_glance_are_those_of_its_pairs(demo: Program) -> None:
    found = demo.ok("report", "--json").json

    rows = [demo.ok("report", pair, "--json").json for pair in ("p1", "p2")]
    for row in rows:
        for name in ("format", "document", "quoted"):
            del row[name]
    assert found["pairs"] == rows
    assert found["totals"]["meetings"]["value"] == sum(
        row["meetings"]["held"]["value"] for row in rows
    )
    assert drawn(demo).split("\n")[3].split()[1:4] == [
        str(found["totals"]["meetings"]["value"]),
        "{value}/{n}".format(**found["totals"]["on_rhythm"]),
        "{value}/{n}".format(**found["totals"]["done"]),
    ]


def test_a_report_as_json_is_a_document_that_says_when_and_what_is_next(demo: Program) -> None:
    found = demo.ok("report", "p1", "--json").json

    assert (found["format"], found["document"]) == ("mentorlog/1", "report")
    assert (found["since"], found["until"]) == ("2026-05-30", "2026-11-22")
    assert (found["next_meeting_on"], found["next_review_on"]) == ("2026-11-25", "2026-11-30")
    assert found["todo"][0]["command"] == "mentorlog action done a30"
    findings = demo.ok("status", "--json").json["findings"]
    assert found["more"] == sum(each["pair"] == "p1" for each in findings) - 3
    assert {each["kind"] for each in found["quoted"]} == {"insight", "feedback"}


def test_what_is_not_known_is_null_and_never_0(mentorlog: Program) -> None:
    found = written(mentorlog).ok("report", "--json").json

    unknown = {"value": None, "n": 0}
    assert found["term_used"] == {"value": None, "n": 1}
    assert found["meetings"]["minutes"] == found["meetings"]["on_rhythm"] == unknown
    assert found["attainment"] == found["pulse"]["average"] == found["pulse"]["trend"] == unknown
    assert found["advice"]["share"] == found["advice"]["median_days"] == unknown
    assert found["actions"]["me"]["done"] == {"value": 0, "n": 0}
    assert found["goals"] == found["skills"] == found["quoted"] == []


# Evidence ----------------------------------------------------------------------------------------


def figures(found: Any) -> Iterator[dict[str, Any]]:
    """Yield each figure of a document."""
    if isinstance(found, dict) and {"value", "n"} <= found.keys():
        yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from figures(each)
    elif isinstance(found, list):
        for each in found:
            yield from figures(each)


@pytest.mark.parametrize("pair", ["p1", "p2"])
def test_the_records_drawn_as_evidence_are_those_of_the_json(demo: Program, pair: str) -> None:
    found = demo.ok("report", pair, "--evidence", "--json").json
    plain = " ".join(drawn(demo, pair, "--evidence", columns=80).split())
    named = {" ".join(each["records"]) for each in figures(found)} - {"", pair}

    assert [ids for ids in named if ids not in plain] == []


def test_with_the_evidence_every_figure_names_its_records(demo: Program) -> None:
    found = demo.ok("report", "p1", "--evidence", "--json").json
    without = demo.ok("report", "p1", "--json").json

    assert all("records" in each for each in figures(found))
    assert not any("records" in each for each in figures(without))
    assert found["meetings"]["held"]["records"] == [
        "m1", "m2", "m3", "m5", "m7", "m9", "m12", "m14", "m16", "m18", "m20", "m22"
    ]  # fmt: skip
    assert found["advice"]["told"]["records"] == found["advice"]["tried"]["records"]


def test_all_records_are_named_however_many_there_are(mentorlog: Program) -> None:
    held = [START - timedelta(days=number) for number in range(12_000)]
    program = written(
        mentorlog, lambda writing: [writing.add(Meeting(pair="p1", held_on=on)) for on in held]
    )

    named = re.findall(r"\bm\d+\b", drawn(program, "--evidence"))

    assert {f"m{number + 1}" for number in range(12_000)} == set(named)


# Pairs of every sort -----------------------------------------------------------------------------


def test_a_pair_that_has_not_met_has_its_days_to_come_and_names_what_is_unknown(
    mentorlog: Program,
) -> None:
    program = written(
        mentorlog, started_on=date(2026, 11, 22), cadence="2w", term_ends_on=date(2027, 5, 22)
    )

    shown = drawn(program)

    assert line_of(shown, "meetings") == "0"
    assert line_of(shown, "on rhythm") == "no meeting was due yet"
    assert line_of(shown, "longest gap") == "not known"
    assert shown.count("○") == 12 + 1  # those within the term, and the legend's
    assert shown.endswith(
        "Nothing is known yet of: Goals, Actions, Advice and questions, Pulse, Skills,\n"
        "Benefits, Feedback\n"
    )
    assert "time together" not in shown


def test_a_pair_that_has_not_begun_has_its_first_days_to_come(mentorlog: Program) -> None:
    shown = drawn(written(mentorlog, started_on=date(2027, 1, 4), cadence="2w"))

    assert line_of(shown, "next meeting") == "expected Mon 18 Jan 2027"
    assert line_of(shown, "meetings") == "0"


def test_days_let_pass_and_days_to_come_are_in_the_calendar(mentorlog: Program) -> None:
    shown = drawn(written(mentorlog, cadence="2w", term_ends_on=date(2026, 12, 1)))

    monday = next(line for line in shown.split("\n") if line.startswith("Mon"))
    assert monday == "Mon · ·" + " □ ·" * 11 + " ○ · ○"
    assert "□ expected, not met   ○ still expected\n" in shown
    assert line_of(shown, "on rhythm") == "0 of 11 · every 2 weeks"


def test_a_pair_that_has_met_once_has_figures_of_one(mentorlog: Program) -> None:
    shown = drawn(
        written(
            mentorlog,
            lambda writing: writing.add(Meeting(pair="p1", held_on=START, minutes=50, pulse=3)),
        )
    )

    assert line_of(shown, "time together") == "50 min (of 1 meeting)"
    assert line_of(shown, "on rhythm") == "no rhythm is set"
    assert "4 ·\n3 ●\n2 ·\n1 ·\naverage 3.0 · n = 1\nMon 1 Jun 2026\n" in shown


def test_a_pair_that_is_only_paused_has_a_calendar_of_its_pause(mentorlog: Program) -> None:
    pause = ({"from_on": "2026-06-02", "until_on": None},)
    shown = drawn(written(mentorlog, cadence="2w", pauses=pause, state="paused"))

    assert shown.startswith("Aya Sato · I am the mentor · since Mon 1 Jun 2026 · paused\n")
    assert line_of(shown, "term") == "none is set"
    assert line_of(shown, "next meeting") == "none is expected"
    assert "Mon · ░ ░ ░" in shown
    assert line_of(shown, "pauses") == "from Tue 2 Jun 2026 on"


def test_a_pair_that_has_met_500_times_shows_the_latest_and_says_how_much_it_leaves_out(
    mentorlog: Program,
) -> None:
    def meet(writing: Writing) -> None:
        for number in range(500):
            on = date(2016, 1, 1) + timedelta(days=number * 7)
            writing.add(Meeting(pair="p1", held_on=on, minutes=60 + number % 2 * 60, pulse=3))

    shown = drawn(written(mentorlog, meet, started_on=date(2016, 1, 1), cadence="1w"), columns=60)

    assert line_of(shown, "time together") == "45,000 min (of 500 meetings)"
    assert "513 earlier weeks are left out." in shown
    assert "average 3.0 · n = 500 · steady" in shown


def test_a_pair_that_has_ended_is_reported_up_to_its_end(mentorlog: Program) -> None:
    program = written(
        mentorlog,
        lambda writing: writing.add(Meeting(pair="p1", held_on=date(2026, 6, 15))),
        cadence="2w",
        term_ends_on=date(2026, 8, 1),
        state="ended",
        ended_because="done",
    )

    shown = drawn(program)

    assert "· ended Sat 1 Aug 2026 · done\n" in shown
    assert line_of(shown, "term") == "100 %"
    assert line_of(shown, "on rhythm") == "1 of 3 · every 2 weeks"
    assert "next meeting" not in shown
    assert "still expected" not in shown


def test_a_pair_that_ended_on_its_first_day_has_been_expected_to_do_nothing(
    mentorlog: Program,
) -> None:
    program = written(mentorlog, cadence="2w", state="ended", ended_because="mismatch")

    shown = drawn(program, columns=140)

    assert program.ok("report", "--json").json["until"] == "2026-06-01"
    assert "· ended Mon 1 Jun 2026 · mismatch\n" in shown
    assert line_of(shown, "on rhythm") == "no meeting was due yet"
    assert "\nterm" not in shown
    assert "\nMon" not in shown  # one day without a meeting is no calendar


def test_a_term_to_the_end_of_all_calendars_is_drawn_with_today_in_sight(
    mentorlog: Program,
) -> None:
    shown = drawn(written(mentorlog, cadence="10d", term_ends_on=date(9999, 12, 31)))

    assert "▴ today" in shown
    weeks = (date(9999, 12, 31) - START).days // 7 + 1
    assert f"{weeks - 76} later weeks are left out." in shown


# Goals -------------------------------------------------------------------------------------------


def set_goals(writing: Writing) -> None:
    """Write goals that stand everywhere a goal can: one line each of the tests below."""
    measured: tuple[tuple[float | None, float | None, list[float]], ...] = (
        (10, 20, [15]), (72, 24, [60, 48]), (10, 20, [25]), (10, 20, [5]), (None, None, [3, 5, 4]),
        (None, 12, [4]), (10, 20, []),
    )  # fmt: skip
    for baseline, target, values in measured:
        about = f"From {baseline} to {target}"
        goal = writing.add(Goal(pair="p1", statement=about, baseline=baseline, target=target))
        for number, value in enumerate(values):
            on = START + timedelta(days=number)
            writing.add(Measurement(goal=goal.id, taken_on=on, value=value))


def test_a_goal_is_drawn_where_it_stands(mentorlog: Program) -> None:
    shown = drawn(written(mentorlog, set_goals))

    assert "    10 │███████████░░░░░░░░░░░│ 20  ▄  n = 1\n    50 % of the way · 15 → 20" in shown
    assert "    72 │███████████░░░░░░░░░░░│ 24  █▁  n = 2\n    50 % of the way · 48 → 24" in shown
    assert "    10 │███████████████│███████ 20  ▄  n = 1\n    150 % of the way" in shown
    assert "    10 ▒▒▒▒▒▒▒│░░░░░░░░░░░░░░░│ 20  ▄  n = 1\n    -50 % of the way" in shown
    assert "g5  From None to None\n    ▁█▅  n = 3\n    4 · rising" in shown
    assert "g6  From None to 12\n    ▄  n = 1\n    4 → 12\n" in shown
    assert "    10 → 20\n    not measured yet: mentorlog goal measure g7\n" in shown


def test_beyond_twelve_goals_the_others_are_counted(mentorlog: Program) -> None:
    def many(writing: Writing) -> None:
        for number in range(15):
            writing.add(Goal(pair="p1", statement=f"Goal {number}"))

    shown = drawn(written(mentorlog, many))

    assert shown.count("not measured yet") == 12
    assert "3 more: mentorlog goal list p1 --all\n" in shown


def test_a_goal_past_its_day_stands_out_and_a_closed_one_takes_two_lines(
    mentorlog: Program,
) -> None:
    def two(writing: Writing) -> None:
        writing.add(Goal(pair="p1", statement="Late", due_on=date(2026, 10, 1)))
        goal = Goal(pair="p1", statement="Read", baseline=0, target=4, owner="partner")
        kept = writing.add(goal)
        writing.add(Measurement(goal=kept.id, taken_on=START, value=4))
        writing.change(kept.achieved(date(2026, 11, 1)))

    program = written(mentorlog, two)

    assert "\x1b[33m · due Thu 1 Oct 2026" in drawn(program, FORCE_COLOR="1")
    closed = "g2  Read · theirs · achieved\n    100 % of the way · 4 → 4 · n = 1\n"
    assert closed in drawn(program)


# Quoted ------------------------------------------------------------------------------------------


def test_words_of_people_are_quoted_in_one_line_and_never_steer_the_terminal(
    mentorlog: Program,
) -> None:
    def notice(writing: Writing) -> None:
        text = "[red]\x1b[31mLook\n" + "and more " * 100
        writing.add(Insight(pair="p1", text=text, noticed_on=START, benefit="leadership"))
        writing.add(
            Insight(pair="p1", text="漢字" * 5000, noticed_on=START, benefit="open-sharing")
        )

    shown = drawn(written(mentorlog, notice))

    assert "  i1  “[red]\\x1b[31mLook …”\n" in shown
    assert shown.count("漢") == 50
    assert "▪  1  leadership\n" in shown
    assert "   0  wider network\n" in shown


def test_skills_are_compared_and_one_rated_once_stands_alone(mentorlog: Program) -> None:
    def assess(writing: Writing) -> None:
        first = {"communication": 2, "learning": 4}
        writing.add(Assessment(pair="p1", rated_on=START, ratings=first))
        writing.add(Assessment(pair="p1", rated_on=date(2026, 9, 1), ratings={"communication": 4}))

    shown = drawn(written(mentorlog, assess))

    assert line_of(shown, "communication") == "●●○○○ → ●●●●○  +2 (n = 2)"
    assert line_of(shown, "wanting to learn").split("  ")[0] == "●●●●○"
    assert "4 (n = 1)\n" in shown


# Periods -----------------------------------------------------------------------------------------


def test_only_the_days_asked_for_are_counted_and_drawn(demo: Program) -> None:
    shown = drawn(demo, "p1", "--since", "2026-09-01", "--until", "2026-09-30")

    assert line_of(shown, "period") == "Tue 1 Sep 2026 – Wed 30 Sep 2026"
    assert line_of(shown, "meetings") == "2"
    assert "\n    Sep\nMon   ■ · ■ ·\n" in shown
    assert "still expected" not in shown


def test_days_to_come_count_for_nothing_yet(demo: Program) -> None:
    later = demo.ok("report", "p1", "--until", "2027-06-01", "--json")

    assert later.out == demo.ok("report", "p1", "--json").out


@pytest.mark.parametrize("words", [[], ["p1"]], ids=" ".join)
def test_a_period_that_ends_before_it_begins_is_refused(demo: Program, words: list[str]) -> None:
    refused = demo("report", *words, "--since", "2026-11-23")

    assert (refused.code, refused.out) == (2, "")
    assert "2026-11-23" in refused.err


def test_a_glance_after_the_end_of_a_pair_counts_nothing_of_it(demo: Program) -> None:
    demo.ok("pair", "end", "daniel", "--on", "2026-11-10", "--because", "done")

    found = demo.ok("report", "--since", "2026-11-15", "--json").json

    ended = found["pairs"][1]
    assert (ended["pair"]["state"], ended["meetings"]["held"]["value"]) == ("ended", 0)
    assert ended["meetings"]["on_rhythm"] == {"value": None, "n": 0}
    assert (ended["since"], ended["until"]) == ("2026-11-15", "2026-11-15")
    assert found["pairs"][0]["meetings"]["held"]["value"] == 1


def test_of_days_that_are_over_what_is_next_is_not_told(demo: Program) -> None:
    shown = drawn(demo, "p1", "--until", "2026-08-01")
    found = demo.ok("report", "p1", "--until", "2026-08-01", "--json").json

    assert line_of(shown, "term") == "34 % · ends Mon 30 Nov 2026"
    assert "not measured by Sat 1 Aug 2026\n" in shown
    for word in ("next meeting", "next review", "What to do next", "goal measure"):
        assert word not in shown
    assert (found["next_meeting_on"], found["next_review_on"]) == (None, None)
    assert (found["is_agreed"], found["todo"], found["more"]) == (False, [], 0)


def test_of_days_that_are_over_the_glance_tells_of_no_next_meeting(demo: Program) -> None:
    found = demo.ok("report", "--until", "2026-08-01", "--json").json

    assert drawn(demo, "--until", "2026-08-01", columns=140).count("Nov") == 0
    assert {each["next_meeting_on"] for each in found["pairs"]} == {None}


def test_of_days_before_the_pair_began_there_is_only_that_to_say(demo: Program) -> None:
    shown = drawn(demo, "p1", "--until", "2026-05-01")

    assert shown == (
        "Maya Lindqvist (maya) · I am the mentee · since Sat 30 May 2026\n"
        "You had not begun yet on Fri 1 May 2026.\n"
    )


# The next meeting --------------------------------------------------------------------------------


def test_a_meeting_that_was_only_expected_is_never_said_to_be_agreed(mentorlog: Program) -> None:
    program = written(
        mentorlog,
        lambda writing: writing.add(Meeting(pair="p1", held_on=date(2026, 11, 2))),
        cadence="2w",
        alias="aya",
    )
    with_two(program)

    shown, glanced = drawn(program, "p1"), drawn(program, columns=60)

    assert line_of(shown, "next meeting") == "was expected Mon 16 Nov 2026"
    assert "overdue" not in shown
    assert "exp. 16 Nov" in glanced
    assert "Wed 11 Nov" in glanced  # agreed with the other


def with_two(program: Program) -> None:
    """Write a second pair, one that has agreed on a day that has passed."""
    program.ok("meet", "Ken", "--as", "mentor", "--on", "2026-11-01", "--next", "2026-11-11")


# Goals and actions of the ended ------------------------------------------------------------------


def test_the_goals_of_a_pair_that_has_ended_are_worked_towards_no_more(demo: Program) -> None:
    before = demo.ok("report", "--evidence", "--json").json["totals"]["goals"]["records"]
    demo.ok("pair", "end", "maya", "--on", "2026-11-20", "--because", "done")

    after = demo.ok("report", "--evidence", "--json").json["totals"]

    assert before == ["g1", "g3"]
    assert (after["goals"]["records"], after["overdue"]["records"]) == ([], [])


# Lines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [44, 60, 80])
def test_no_figure_is_torn_apart_at_the_end_of_a_line(demo: Program, columns: int) -> None:
    lines = drawn(demo, "p1", columns=columns).split("\n") + drawn(demo, columns=columns).split(
        "\n"
    )

    for figure in (
        "since Sat 30 May 2026",
        "1 of 2 overdue",
        "still to be seen 1",
        "2 active goals",
    ):
        assert any(figure in line for line in lines), figure


def test_a_pulse_of_a_review_is_counted_apart_from_those_of_meetings(demo: Program) -> None:
    found = demo.ok("report", "p1", "--json").json["pulse"]
    reviews = sum(each["id"].startswith("v") for each in found["readings"])

    assert reviews == 1
    meetings = len(found["readings"]) - reviews
    assert f"n = {meetings + 1}: {meetings} meetings, 1 review ·" in drawn(demo, "p1")


def test_a_trend_is_told_only_where_two_readings_make_one(mentorlog: Program) -> None:
    def one(writing: Writing) -> None:
        goal = writing.add(Goal(pair="p1", statement="Read", baseline=8, target=12))
        writing.add(Measurement(goal=goal.id, taken_on=START, value=6))

    program = written(mentorlog, one)
    alone = drawn(program)
    program.ok("goal", "measure", "g1", "5")
    of_two = drawn(program)
    program.ok("goal", "achieve", "g1")

    assert "falling" not in alone
    assert "-75 % of the way · 5 → 12 · falling\n" in of_two
    assert "-75 % of the way · 5 → 12 · n = 2\n" in drawn(program)  # closed


def test_the_evidence_for_a_benefit_names_each_record_once(mentorlog: Program) -> None:
    def notice(writing: Writing) -> None:
        for text in ("First", "Second"):
            writing.add(Insight(pair="p1", text=text, noticed_on=START, benefit="leadership"))

    shown = drawn(written(mentorlog, notice), "--evidence")

    assert "leadership\n  i2 i1\n  “Second”\n" in shown


# Files -------------------------------------------------------------------------------------------


def test_a_picture_and_a_page_are_written_instead_of_being_shown(
    demo: Program, tmp_path: Path
) -> None:
    svg, html = tmp_path / "r.svg", tmp_path / "r.html"

    done = demo.ok("report", "p1", "--svg", str(svg), "--html", str(html))

    assert (done.out, done.err) == ("", f"Written: {svg}\nWritten: {html}\n")
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert html.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert [oct(each.stat().st_mode)[-3:] for each in (svg, html)] == ["600", "600"]


def test_the_picture_says_what_it_shows_to_who_cannot_see_it(demo: Program, tmp_path: Path) -> None:
    place = tmp_path / "r.svg"

    demo.ok("report", "p1", "--svg", str(place))

    described = place.read_text(encoding="utf-8").split("<desc", 1)[1].split("</desc>")[0]
    assert "on rhythm      ████████████  11 of 11 · every 2 weeks" in described


def test_all_pairs_have_a_picture_and_a_page_too(demo: Program, tmp_path: Path) -> None:
    svg, html = tmp_path / "r.svg", tmp_path / "r.html"

    demo.ok("report", "--svg", str(svg), "--html", str(html))

    assert "daniel" in svg.read_text(encoding="utf-8")
    assert "Daniel" in html.read_text(encoding="utf-8")


@pytest.mark.parametrize(("option", "begins"), [("--svg", "<svg"), ("--html", "<!DOCTYPE html>")])
def test_for_a_hyphen_the_picture_or_the_page_goes_to_standard_output_alone(
    demo: Program, tmp_path: Path, option: str, begins: str
) -> None:
    place = tmp_path / "there"
    demo.ok("report", "p1", option, str(place))

    done = demo.ok("report", "p1", option, "-")

    assert done.out.startswith(begins)
    assert (done.out, done.err) == (place.read_text(encoding="utf-8"), "")


@pytest.mark.parametrize("words", [("--svg", "-", "--html", "-"), ("--svg", "-", "--json")])
def test_two_results_do_not_fit_on_standard_output(demo: Program, words: tuple[str, ...]) -> None:
    refused = demo("report", "p1", *words)

    assert (refused.code, refused.out) == (2, "")
    assert "Write - once" in refused.err


def test_beside_a_file_json_is_still_shown(demo: Program, tmp_path: Path) -> None:
    place = tmp_path / "r.svg"

    done = demo.ok("report", "p1", "--svg", str(place), "--json")

    assert done.out == demo.ok("report", "p1", "--json").out
    assert place.exists()


@pytest.mark.parametrize("option", ["--svg", "--html"])
def test_a_file_that_is_there_is_written_over_only_by_force(
    demo: Program, tmp_path: Path, option: str
) -> None:
    place = tmp_path / "there"
    place.write_text("mine")

    refused = demo("report", "p1", option, str(place))
    kept = place.read_text()

    assert (refused.code, refused.out, kept) == (73, "", "mine")
    demo.ok("report", "p1", option, str(place), "--force")
    assert place.read_text() != "mine"


def test_the_journal_itself_is_never_written_over(demo: Program) -> None:
    before = demo.journal.read_bytes()

    refused: Result = demo("report", "p1", "--svg", str(demo.journal), "--force")

    assert refused.code == 73
    assert demo.journal.read_bytes() == before


# Actions -----------------------------------------------------------------------------------------


def test_actions_are_counted_by_whose_they_are_and_how_they_kept_to_their_day(
    mentorlog: Program,
) -> None:
    def agree(writing: Writing) -> None:
        due = date(2026, 7, 1)
        for number, done_on in enumerate((due, due + timedelta(days=1), None)):
            kept = writing.add(Action(pair="p1", text=f"Do {number}", owner="me", due_on=due))
            if done_on is not None:
                writing.change(kept.done(done_on))
        writing.add(Action(pair="p1", text="Theirs", owner="partner"))

    shown = drawn(written(mentorlog, agree), "--since", "2026-06-01")

    assert "2 of 3 done\n" in shown
    assert "closed by the due date: 1 of 2 · 1 open · 1 of 1 overdue\n" in shown
    assert "0 of 1 done\n        none with a due date is closed · 1 open\n" in shown


@pytest.mark.parametrize(
    "name", ["-journal", "-wal", "-shm", ".drafts", ".drafts/a.svg", ".backups"]
)
def test_no_file_takes_a_place_that_is_the_journals_own(demo: Program, name: str) -> None:
    place = Path(f"{demo.journal}{name}")
    place.parent.mkdir(exist_ok=True)
    before = demo.journal.read_bytes()

    refused = demo("report", "p1", "--svg", str(place), "--force")

    assert refused.code == 73
    assert "the journal's own" in refused.err
    assert not place.exists()
    assert demo.journal.read_bytes() == before


@pytest.mark.parametrize("name", ["x" * 300, "~nobody-of-that-name/a.svg"])
def test_a_place_there_cannot_be_is_refused_in_one_line(demo: Program, name: str) -> None:
    refused = demo("report", "p1", "--svg", name)

    assert (refused.code, refused.err.count("\n")) == (73, 1)
    assert list(demo.journal.parent.glob("fault-*")) == []


def test_two_files_in_one_place_are_refused_before_either_is_written(
    demo: Program, tmp_path: Path
) -> None:
    place = tmp_path / "r"

    refused = demo("report", "p1", "--svg", str(place), "--html", str(place))

    assert refused.code == 2
    assert "--svg and --html" in refused.err
    assert not place.exists()


def test_evidence_is_refused_for_a_page_that_would_not_show_it(
    demo: Program, tmp_path: Path
) -> None:
    refused = demo("report", "p1", "--evidence", "--html", str(tmp_path / "r.html"))

    assert refused.code == 2
    assert list(tmp_path.glob("*.html")) == []


def test_a_picture_says_that_it_is_for_oneself(demo: Program, tmp_path: Path) -> None:
    place = tmp_path / "r.svg"

    demo.ok("report", "p1", "--svg", str(place))

    assert "It is for you alone" in place.read_text(encoding="utf-8")


def test_a_pause_past_its_planned_end_is_still_one_on_the_calendar(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Ann", "--as", "mentee", "--on", "2026-09-01")
    mentorlog.today = "2026-10-01"
    mentorlog.ok("pair", "pause", "ann", "--until", "2026-10-15")
    mentorlog.today = "2026-11-22"

    shown = mentorlog.ok("report").out

    monday = next(line for line in shown.splitlines() if line.startswith("Mon"))
    assert monday.count("░") >= 7, "every Monday since October"
