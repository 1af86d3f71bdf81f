"""`log`, `show`, `edit`, `delete`, `undo`, `redo` and `history`: what was written, seen and mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Program, Terminal


def ids(mentorlog: Program, *words: str) -> list[str]:
    return [record["id"] for record in mentorlog.ok("log", *words, "--json").json]


def everything(mentorlog: Program) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = mentorlog.ok("log", "--all", "--json").json
    return sorted(records, key=lambda record: str(record["id"]))


# log ---------------------------------------------------------------------------------------------


def test_the_timeline_is_newest_day_first_and_what_one_command_made_in_its_order(
    written: Program,
) -> None:
    shown = written.ok("log").out

    assert ids(written) == ["a4", "q2", "p2", "p1", "m1", "q1", "a1", "a2", "a3", "i1"]
    assert [line for line in shown.splitlines() if not line.startswith(" ")] == [
        "Sun 22 Nov 2026",
        "Sun 15 Nov 2026",
        "Sun 1 Nov 2026",
    ]
    assert "  a1  Aya Sato  ☑ Send the list · → It was sent" in shown


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["ken"], ["a4", "q2", "p2"]),
        (["--pair", "Aya Sato", "--kind", "action"], ["a1", "a2", "a3"]),
        (["--kind", "question", "--kind", "insight"], ["q2", "q1", "i1"]),
        (["--since", "2026-11-15"], ["a4", "q2", "p2"]),
        (["--until", "2026-11-15", "--kind", "pair"], ["p2", "p1"]),
        (["--since", "2026-11-02", "--until", "2026-11-21"], ["p2"]),
        (["--limit", "2"], ["a4", "q2"]),
        (["--since", "2026-12-01"], []),
        (["--until", "9999-12-31", "--limit", "1"], ["a4"]),
    ],
)
def test_the_timeline_is_narrowed_by_pair_kind_day_and_number(
    written: Program, words: list[str], expected: list[str]
) -> None:
    assert ids(written, *words) == expected


def test_nothing_found_is_no_error(written: Program, mentorlog: Program) -> None:
    nothing = written("log", "--since", "2030-01-01")
    mentorlog.journal.unlink()
    no_journal = written("log")

    assert (nothing.code, nothing.out, nothing.err) == (0, "", "Nothing found.\n")
    assert (no_journal.code, no_journal.out) == (0, "")
    assert no_journal.err == "Nothing is written here yet.\n"


def test_a_terminal_gets_twenty_entries_cut_to_its_width_and_a_pipe_all_of_them(
    mentorlog: Program, terminal: Terminal
) -> None:
    questions = [word for n in range(30) for word in ("--question", f"{n} " + "long 長い " * 20)]
    mentorlog.ok("meet", "Aya", "--as", "mentor", *questions)

    piped = mentorlog.ok("log").out
    screen = terminal("log", columns=60, NO_COLOR="1").text
    in_full = terminal("log", "--all", columns=60, NO_COLOR="1").text
    fewer = terminal("log", columns=60, NO_COLOR="1", MENTORLOG_LOG_LIMIT="3").text

    assert piped.count("long") == 30 * 20
    assert screen.count("…") == screen.count("\n  q") == 18
    assert "--all shows every one" in screen
    assert in_full.count("\n  q") == 30
    assert "--all" not in in_full
    assert fewer.count("\n  ") == 3


def test_entries_stay_in_order_when_the_clock_runs_back_or_far_ahead(mentorlog: Program) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "first", "--on", "2026-11-20")
    for today in ("2026-11-21", "2026-11-19", "2028-02-29", "9999-12-31", "1970-01-01"):
        mentorlog.today = today
        mentorlog.ok("ask", f"Asked on {today}")

    found = [(each["id"], each.get("asked_on")) for each in mentorlog.ok("log", "--json").json]

    assert found == [
        ("q4", "9999-12-31"),
        ("q3", "2028-02-29"),
        ("q1", "2026-11-21"),
        ("p1", None),
        ("m1", None),
        ("q2", "2026-11-19"),
        ("q5", "1970-01-01"),
    ]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
@pytest.mark.parametrize("today", ["9999-12-31", "2026-03-08"])
def test_a_write_is_kept_once_on_the_last_day_and_in_the_hour_that_is_not(
    mentorlog: Program, zone: str, today: str
) -> None:
    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    odd = {"TZ": zone, "MENTORLOG_TODAY": today}

    kept = mentorlog("ask", "Why?", environment=odd)
    shown = mentorlog("log", "--kind", "question", environment=odd)

    assert (kept.code, kept.err) == (0, "To take this back: mentorlog undo\n")
    assert (shown.code, shown.out.count("Why?")) == (0, 1)


# show --------------------------------------------------------------------------------------------


def test_a_record_is_shown_in_full_and_a_meeting_with_what_it_made_and_closed(
    written: Program,
) -> None:
    written.ok("meet", "Aya Sato", "--answer", "q1=We go on", "--question", "Where to?")

    first = written.ok("show", "m1").out
    second = written.ok("show", "M2").out

    assert first.startswith("m1 meeting · Aya Sato\n")
    assert "topics        reading\n" in first
    assert "notes         Was tired\n" in first
    assert "next meeting  Sun 15 Nov 2026\n" in first
    assert all(f"\n{ref}  " in first for ref in ("a1", "a2", "a3", "i1"))
    assert "q1  ? And then? · → We go on" in second


def test_several_records_are_shown_in_the_order_they_were_named(written: Program) -> None:
    shown = written.ok("show", "q1", "p2", "a4").out
    as_json = written.ok("show", "q1", "p2", "a4", "--json").json

    heads = [line for line in shown.splitlines() if line.startswith(("q1 ", "p2 ", "a4 "))]
    assert heads == ["q1 question · Aya Sato", "p2 pair", "a4 action · Ayako Mori"]
    assert [record["id"] for record in as_json] == ["q1", "p2", "a4"]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("p2", "me · the partner, except alias · the programme: my role, started on, term ends on, state"),
        ("m1", "me · the partner: held on; more once it is shared, but never notes · the programme: held on, and in numbers"),
        ("q1", "me · the partner once q1 is shared · the programme, as counts only"),
        ("i2", "me · the partner · the programme, as counts only"),
        ("t1", "me · the partner, except remarks · the programme: agreed on"),
        ("v1", "me · the partner, except thoughts · the programme: from, to, and in numbers"),
        ("n1", "me · the partner once it and g1 are shared · the programme, as counts only"),
        ("n2", "me · the partner once g1 is shared · the programme, as counts only"),
        ("f1", "me · the programme, as counts only"),
        ("k1", "only me"),
        ("s1", "only me"),
    ],
)  # fmt: skip
def test_a_record_is_shown_with_who_may_see_it(written: Program, ref: str, expected: str) -> None:
    written.ok("insight", "ken", "He waits", "--share")
    written.ok("pair", "agree", "ken", "--boundaries", "None", "--remarks", "He is shy")
    written.ok("review", "ken", "--conclusions", "On", "--thoughts", "Hm", "--share", "--no-input")
    written.ok("goal", "set", "ken", "Lead", "--unit", "meetings")
    written.ok("goal", "measure", "g1", "1")
    written.ok("goal", "measure", "g1", "2", "--share")
    written.ok("feedback", "receive", "ken", "You talk fast")
    written.ok("assess", "ken", "--privacy", "3")
    written.ok("strength", "add", "Listening")

    wide = written("show", ref, environment={"COLUMNS": "200"}).out
    narrow = written("show", ref, environment={"COLUMNS": "60"}).out

    seen = [
        line.split("  ", 1)[1].strip() for line in wide.splitlines() if line.startswith("seen by")
    ]
    assert seen == [expected]
    assert " ".join(expected.split()) in " ".join(narrow.split())
    assert max(map(len, narrow.splitlines())) <= 60
    assert "seen" not in written.ok("show", ref, "--json").json


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_a_line_with_tabs_is_shown_to_its_end(mentorlog: Program, columns: str) -> None:
    words = [f"word{n}" for n in range(20)]
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "\t".join(words))

    shown = mentorlog("show", "m1", environment={"COLUMNS": columns}).out

    assert [word for word in words if word not in shown.split()] == []


# edit --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "settings", "expected"),
    [
        ("a4", ["due_on=next friday"], {"due_on": "2026-11-27"}),
        ("a4", ["due_on=", "owner=partner"], {"due_on": None, "owner": "partner"}),
        ("a4", ["is_advice=yes", "visibility=shared"], {"is_advice": True, "visibility": "shared"}),
        ("a4", ["is_advice="], {"is_advice": False}),
        ("a4", ["text=A = b"], {"text": "A = b"}),
        ("m1", ["topics=one, two、three"], {"topics": ["one, two", "three"]}),
        ("m1", ["topics=a; b；c、d\ne，f"], {"topics": ["a", "b", "c", "d", "e，f"]}),
        ("m1", ["topics=", "notes="], {"topics": [], "notes": None}),
        ("m1", ["held_on=2026-11-02", "start_time=9:05"], {"start_time": "09:05"}),
        ("m1", ["is_kickoff=はい", "channel=in person"], {"is_kickoff": True, "channel": "in-person"}),
        ("q2", ["state=dropped", "answer=a\nb"], {"state": "dropped", "answer": "a\nb"}),
        ("p2", ["alias=", "channel=chat"], {"alias": None, "channel": "chat"}),
        ("i1", ["viewpoint=me", "benefit=leadership"], {"benefit": "leadership"}),
        ("i1", ["meeting="], {"meeting": None}),
    ],
)  # fmt: skip
def test_a_field_is_set_to_what_is_typed_and_the_others_stay(
    written: Program, ref: str, settings: list[str], expected: dict[str, object]
) -> None:
    before = written.ok("show", ref, "--json").json
    words = [word for setting in settings for word in ("--set", setting)]
    touched = {setting.partition("=")[0] for setting in settings} | {"updated_at"}

    after = written.ok("edit", ref, *words, "--json").json

    assert {name: after[name] for name in expected} == expected
    assert {n: v for n, v in after.items() if n not in touched} == {
        n: v for n, v in before.items() if n not in touched
    }
    assert written.ok("show", ref, "--json").json == after


@pytest.mark.parametrize("ref", ["p2", "t1", "f1"])
def test_a_mark_that_share_refuses_is_refused_with_the_same_sentence(
    written: Program, ref: str
) -> None:
    written.ok("pair", "agree", "ken", "--boundaries", "None")
    written.ok("feedback", "receive", "ken", "You talk fast")

    edited = written("edit", ref, "--set", "visibility=shared")
    shared = written("share", ref)

    assert (edited.code, edited.out, edited.err) == (1, "", shared.err)
    assert written.ok("show", ref, "--json").json["visibility"] == "private"


def test_whether_a_mark_can_be_is_asked_of_what_the_record_would_be(written: Program) -> None:
    written.ok("feedback", "receive", "ken", "You talk fast")
    shared = ["--set", "visibility=shared"]

    written.ok("edit", "f1", "--set", "direction=given", *shared)
    written.ok("edit", "f1", "--set", "visibility=private")
    refused = written("edit", "f1", "--set", "direction=received", *shared)

    assert (refused.code, written.ok("show", "f1", "--json").json["direction"]) == (1, "given")


def test_setting_what_is_already_there_writes_nothing(written: Program) -> None:
    before = written.journal.read_bytes()

    written.ok("edit", "a4", "--set", "text=Write to her", "--set", "due_on=2026-12-01")

    assert written.journal.read_bytes() == before


# delete ------------------------------------------------------------------------------------------


def test_a_pair_takes_all_that_belongs_to_it_along_once_that_is_agreed(written: Program) -> None:
    before = everything(written)
    refused = written("delete", "p1")

    deleted = written.ok("delete", "p1", "--yes", "--json").json
    left = ids(written)
    written.ok("undo")

    assert refused.code == 2
    assert all(ref in refused.err for ref in ("m1", "q1", "a1", "a2", "a3", "i1"))
    assert deleted["deleted"][0] == "p1"
    assert set(deleted["deleted"]) == {"p1", "m1", "q1", "a1", "a2", "a3", "i1"}
    assert deleted["changed"] == []
    assert left == ["a4", "q2", "p2"]
    assert everything(written) == before


def test_a_meeting_that_is_deleted_leaves_what_it_made(written: Program) -> None:
    before = everything(written)

    deleted = written.ok("delete", "m1", "--json").json
    insight = written.ok("show", "i1", "--json").json
    written.ok("undo")

    assert deleted["deleted"] == ["m1"]
    assert set(deleted["changed"]) == {"a1", "a2", "a3", "i1"}
    assert insight["meeting"] is None
    assert everything(written) == before


def test_what_loses_a_link_to_the_deleted_is_named(written: Program) -> None:
    linked = written.ok("delete", "m1")
    unlinked = written.ok("delete", "a4")

    assert linked.out == "Deleted: m1\nNo longer linked to it: a1 a2 a3 i1\n"
    assert unlinked.out == "Deleted: a4\n"
    assert linked.err == unlinked.err == "To take this back: mentorlog undo\n"


def test_several_are_deleted_together_or_not_at_all(written: Program) -> None:
    before = written.journal.read_bytes()

    refused = written("delete", "a4", "q9")
    unchanged = written.journal.read_bytes() == before
    deleted = written.ok("delete", "a4", "q2", "a4", "--json").json

    assert (refused.code, unchanged) == (1, True)
    assert sorted(deleted["deleted"]) == ["a4", "q2"]


def test_a_number_is_never_given_twice(written: Program) -> None:
    written.ok("delete", "a4")

    assert written.ok("action", "add", "ken", "New", "--json").json["id"] == "a5"


# undo, redo, history -----------------------------------------------------------------------------


def test_undo_goes_back_command_by_command_and_redo_forward_again(written: Program) -> None:
    states = [everything(written)]
    for words in (
        ["meet", "ken", "--answer", "q2=So", "--done", "a4", "--action", "New"],
        ["edit", "m2", "--set", "summary=Later"],
        ["delete", "p2", "--yes"],
    ):
        written.ok(*words)
        states.append(everything(written))

    undone = [(written.ok("undo").out, everything(written)) for _step in range(3)]
    redone = [(written.ok("redo").out, everything(written)) for _step in range(3)]

    assert [state for _said, state in undone] == [states[2], states[1], states[0]]
    assert [state for _said, state in redone] == [states[1], states[2], states[3]]
    assert [said.split(" · ")[0] for said, _state in undone] == [
        "Taken back: delete",
        "Taken back: edit",
        "Taken back: meet",
    ]
    assert [said.split(" · ")[0] for said, _state in redone] == [
        "Brought back: meet",
        "Brought back: edit",
        "Brought back: delete",
    ]


def test_everything_can_be_undone_to_the_very_first_command(written: Program) -> None:
    commands = len(written.ok("history", "--json").json)

    for _command in range(commands):
        written.ok("undo")
    nothing_left = written("undo")

    assert everything(written) == []
    assert (nothing_left.code, nothing_left.err) == (1, "mentorlog: There is nothing to undo.\n")


def test_a_new_write_ends_what_could_be_redone(written: Program) -> None:
    written.ok("undo")
    written.ok("ask", "ken", "Another?")

    refused = written("redo")

    assert refused.code == 1
    assert refused.err == (
        "mentorlog: There is nothing to redo. A new write ends what could be redone.\n"
    )


def test_history_tells_every_write_newest_first_undo_and_redo_among_them(
    written: Program,
) -> None:
    written.ok("undo")
    written.ok("redo")

    told = written.ok("history").out.splitlines()
    (newest,) = written.ok("history", "--limit", "1", "--json").json

    assert [line.split()[0] for line in told] == ["7", "6", "5", "4", "3", "2", "1"]
    assert told[0].endswith("redo  of 6  ~a1")
    assert told[1].endswith("undo  of 5  ~a1")
    assert told[2].endswith("action done  ~a1")
    assert told[-1].endswith("meet  +p1 +m1 +a1 +a2 +a3 +q1 +i1")
    assert (newest["number"], newest["command"], newest["reverses"]) == (7, "redo", 6)
    assert [(change["id"], change["did"]) for change in newest["changes"]] == [("a1", "changed")]
