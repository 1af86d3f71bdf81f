"""`forget`: shown first, confirmed by the name, then gone from every file the program keeps."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mentorlog.domain.fields import Shape
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, new_uid, shapes
from mentorlog.storage import forgetting
from mentorlog.storage.drafts import Draft, Drafts
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import way_to_pair
from tests.conftest import Program
from tests.proofs import Proved

if TYPE_CHECKING:
    from tests.cli.talking import Talking

DAY = date(2026, 11, 22)
# A word in two scripts that stands in every text of the pair, and nowhere else; the index holds it in
# small letters, and each sign of the Japanese one as a word of its own.
CANARY = "QanariVogel 金糸雀鳥"
TRACES = [word.encode() for word in ("qanari", "金糸", "糸", "雀", "鳥")]


def files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def files_with_traces(folder: Path) -> dict[str, list[str]]:
    """Return the files below a folder that have a trace of the canary in them, in any case."""
    found = {}
    for path in files(folder):
        content = path.read_bytes().lower() + path.name.lower().encode()
        if traces := [trace.decode() for trace in TRACES if trace in content]:
            found[str(path.relative_to(folder))] = traces
    return found


def hashes(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


# Every byte --------------------------------------------------------------------------------------


def value(kind: str, name: str, shape: Shape, refs: dict[str, str]) -> Any:
    """Return a value for a field, with the canary in every text."""
    text = f"{CANARY} {kind}{name}"
    if shape.each is not None:
        keys = shape.keys or (f"own{CANARY[:6]}", "other")
        return {key: value(kind, name, shape.each, refs) for key in keys}
    return {
        "line": "2w" if name == "cadence" else text,
        "text": f"{text}\n" * 3,
        "lines": (text, f"second {text}"),
        "day": DAY
        + timedelta(days=90 if name in {"term_ends_on", "next_on", "next_review_on"} else 0),
        "number": shape.high,
        "quantity": len(name) + 0.5,
        "choice": next(iter(shape.choices), None),
        "reference": refs.get(shape.refers_to),
    }.get(shape.holds)


def record_of(kind: str, refs: dict[str, str]) -> Record:
    fields = shapes(KIND_NAMES[kind])
    wanted = {name: value(kind, name, shape, refs) for name, shape in fields.items()}
    given = {name: each for name, each in wanted.items() if each is not None}
    if kind == "goal":
        entry = {"revised_on": "2026-11-22", "did": "revised", "because": CANARY, "before": {}}
        given["revisions"] = (entry,)
    return KIND_NAMES[kind](**given)


def edited(record: Record) -> Record:
    """Return the record with another text in every text field that it has."""
    changes = {
        name: f"later {CANARY} {name}"
        for name, shape in shapes(type(record)).items()
        if shape.holds in {"line", "text"} and name != "cadence"
    }
    return record.with_changes(**changes)


@pytest.fixture
def full(mentorlog: Program) -> Program:
    """A pair in everything the program keeps, beside another pair that has a word of each kind too."""
    mentorlog.ok("meet", "Ben", "--as", "mentor", "--summary", "stays", "--question", "stays too")
    journal = Journal(mentorlog.journal)
    refs: dict[str, str] = {}
    for (
        kind
    ) in KIND_NAMES:  # each is written, edited, deleted, brought back, and one more is left deleted
        if kind != "pair" and way_to_pair(KIND_NAMES[kind]) is None:
            continue
        for _copy in range(2):
            with journal.transaction("test") as writing:
                kept = writing.add(record_of(kind, refs))
            with journal.transaction("edit") as writing:
                writing.change(edited(kept))
            refs.setdefault(kind, kept.id)
        if kind != "pair":
            with journal.transaction("delete") as writing:
                writing.remove(journal.get(kept.id))
    for _each in range(6):
        journal.undo()
    for _each in range(4):
        journal.redo()
    journal.close()
    mentorlog.ok("ask", "Ben", "stays as the last")
    leave_drafts(mentorlog, refs)
    leave_backups(mentorlog)
    folder = mentorlog.home.parent / "out" / CANARY
    folder.mkdir(parents=True)
    mentorlog.ok("export", "p2", "--for", "partner", "-o", str(folder / "page.md"))
    return mentorlog


def leave_drafts(program: Program, refs: dict[str, str]) -> None:
    drafts = Drafts(program.journal)
    meeting = {"command": "meet", "name": f"{CANARY} pairpartner", "answers": {"notes": CANARY}}
    drafts.keep(new_uid(), meeting)
    command = f"goal revise {refs['goal']}"
    place = drafts.keep(
        new_uid(), {"command": command, "about": refs["goal"], "answers": {"why": CANARY}}
    )
    place.with_suffix(".new").write_text(CANARY)
    (drafts.buffer(new_uid()).with_name("text.txt~")).write_text(
        f"later {CANARY} partner, and more"
    )
    drafts.keep(new_uid(), {"command": "ask", "about": "p1", "answers": {"text": "stays"}})


def leave_backups(program: Program) -> None:
    program.ok("backup")
    folder = program.journal.with_name("journal.db.backups")
    shutil.copy(program.journal, folder / "before-schema-4-from-3.db")
    shutil.copy(program.journal, folder / "damaged-2026-11-01-101010.db")
    shutil.copy(program.journal, folder / "damaged-2026-11-01-101010.db-journal")
    shutil.copy(program.journal, folder / ".mentorlog-cutoff.new")
    shutil.copy(program.journal, program.journal.with_name(".mentorlog-cutoff.new"))


@pytest.mark.proofs(14)
def test_no_byte_of_a_forgotten_pair_is_left_in_any_file(full: Program, proved: Proved) -> None:
    """Fails when any of these is left out: the rows of any kind, the changes, the notes of exports, the
    index made anew, the drafts, the automatic backups, the copies that were cut off."""
    before = files_with_traces(full.home)
    times = sum(each.read_bytes().lower().count(TRACES[0]) for each in files(full.home))

    full.ok("forget", "p2", "--yes")
    full.ok("forget", "p3", "--yes")

    assert len(before) == 11
    assert files_with_traces(full.home) == {}
    with closing(sqlite3.connect(full.journal)) as opened:
        assert opened.execute("PRAGMA freelist_count").fetchone() == (0,), "VACUUM was left out"
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    shown = [each["id"] for each in full.ok("log", "--json").json]
    assert sorted(shown) == ["m1", "p1", "q1", "q4"]
    assert len(Drafts(full.journal).waiting()) == 1
    proved(
        f"a canary {times:,} times in {len(before)} files: after `forget`, 0 times in the"
        f" {len(files(full.home))} that are left, in any of {len(TRACES)} spellings"
    )


# What it says ------------------------------------------------------------------------------------


def test_what_would_be_forgotten_is_shown_and_without_a_yes_nothing_is_done(
    written: Program,
) -> None:
    written.ok("delete", "q1")
    written.ok("backup")
    written.ok("export", "p1", "--for", "partner", "-o", str(written.home / "page.md"))
    before = hashes(written.home)

    refused = written("forget", "p1")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "mentorlog: Nothing was erased. To forget a pair without being asked, add --yes. It cannot be undone.\n"
    )
    assert hashes(written.home) == before


def test_what_is_forgotten_is_counted_and_named(written: Program) -> None:
    written.ok("delete", "q1")
    written.ok("backup")
    page = written.home / "page.md"
    written.ok("export", "p1", "--for", "partner", "-o", str(page))

    done = written.ok("forget", "p1", "--yes")

    assert done.out == "Forgotten: Aya Sato · 6 records · 1 backup\n"
    assert done.err.splitlines() == [
        "This would erase every trace of Aya Sato (p1):",
        "  1 pair, 1 meeting, 3 actions, 1 insight",
        "  Sun 1 Nov 2026 – Sun 22 Nov 2026",
        "  1 deleted record that undo could bring back",
        "  1 automatic backup; a new one is made afterwards",
        "  the journal's note of 1 export (the file itself stays)",
        "This cannot be undone. Everything else can still be undone and redone as before.",
        "Already exported, and not erased:",
        f"  Sun 22 Nov 2026 · partner · markdown · 2 records · {page}",
        "Any other backups, exports and copies you made are for you to remove.",
        "undo would now take back: action add (Sun 22 Nov)",
    ]
    assert page.exists()


def test_the_rest_stays_and_forget_is_a_line_of_the_history_that_undo_passes_over(
    written: Program,
) -> None:
    before = written.ok("log", "ken", "--json").json

    written.ok("forget", "p1", "--yes")
    history = [write["command"] for write in written.ok("history", "--json").json]
    found = written.ok("log", "--json").json
    undone = written.ok("undo", "--json").json

    assert history == ["forget", "action add", "ask", "pair start"]
    assert found == before
    assert [each["id"] for each in undone["changes"]] == ["a4"]
    assert written("forget", "p1", "--yes").code == 1


def test_a_new_backup_without_the_pair_takes_the_place_of_the_old_ones(written: Program) -> None:
    folder = written.journal.with_name("journal.db.backups")
    written.ok("backup")
    written.ok("backup")
    (folder / "of my own.db").write_bytes(b"mine")

    written.ok("forget", "p1", "--yes")

    (new,) = [each for each in folder.iterdir() if each.name != "of my own.db"]
    assert (folder / "of my own.db").read_bytes() == b"mine"
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    with closing(sqlite3.connect(new)) as opened:
        assert opened.execute("SELECT partner FROM pair").fetchall() == [("Ayako Mori",)]


def test_records_of_others_that_mention_the_name_are_named_and_left(written: Program) -> None:
    written.ok("ask", "ken", "Shall I ask Aya Sato?")
    written.ok("insight", "ken", "アヤ is someone else")
    written.ok("ask", "ken", "aya sato said so")
    written.ok("edit", "q4", "--set", "text=somebody said so")
    written.ok("strength", "add", "Listening", "--evidence", "Ａｙａ　Ｓａｔｏ told me")

    done = written.ok("forget", "p1", "--yes")

    assert (
        "Records of others still mention the name: q3 s1. To look at them: mentorlog search 'Aya Sato'"
    ) in done.err.splitlines()
    assert (
        "Earlier wordings of these did too, and stay in their history: q4" in done.err.splitlines()
    )
    assert written.ok("show", "q3", "--json").json["text"] == "Shall I ask Aya Sato?"


def test_a_pair_that_was_deleted_before_can_still_be_forgotten(written: Program) -> None:
    written.ok("delete", "p1", "--yes")
    assert b"Chose a book" in written.journal.read_bytes()

    done = written.ok("forget", "Aya Sato", "--yes")

    assert "  7 deleted records that undo could bring back" in done.err.splitlines()
    assert b"Chose a book" not in written.journal.read_bytes()
    assert b"Aya Sato" not in written.journal.read_bytes()


def test_the_result_as_json_says_the_same(written: Program) -> None:
    written.ok("delete", "q1")
    written.ok("export", "p1", "--for", "programme", "-o", str(written.home / "page.md"))
    written.ok("ask", "ken", "Shall I ask Aya Sato?")

    done = written.ok("forget", "p1", "--yes", "--json")

    assert done.err == ""
    (export,) = done.json["out_of_reach"]
    assert (export["audience"], export["format"], export["records"]) == ("programme", "markdown", 2)
    kept = {name: each for name, each in done.json.items() if name != "out_of_reach"}
    assert kept == {
        "format": "mentorlog/1",
        "document": "forget",
        "pair": "p1",
        "forgotten": {"pair": 1, "meeting": 1, "action": 3, "insight": 1},
        "deleted_before": 1,
        "since": "2026-11-01",
        "until": "2026-11-22",
        "drafts": 0,
        "backups": 0,
        "exported_to": None,
        "mentions": ["q3"],
        "earlier_mentions": [],
        "drafts_left": [],
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["forget"], 2, "Say which pair to forget: mentorlog forget PAIR"),
        (["forget", "nobody", "--yes"], 1, "No pair is called “nobody”."),
        (["forget", "ay", "--yes"], 1, "may mean several pairs"),
        (["forget", "aya s", "--yes"], 2, "the whole alias or the id: Aya Sato (p1)"),
        (["forget", "p1", "--yes", "-o", "-"], 2, "Name a file for the export"),
        (["forget", "p1", "--yes", "-o", "/dev/null", "--force"], 2, "Name a file for the export"),
        (["forget", "p1", "--yes", "-o", "/nowhere/x.json"], 73, "/nowhere/x.json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_line_changes_nothing_and_says_what_to_type(
    written: Program, words: list[str], code: int, said: str
) -> None:
    before = hashes(written.home)

    refused = written(*words)

    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err
    assert hashes(written.home) == before


def test_of_two_pairs_of_one_name_none_is_forgotten_before_it_is_said_which(
    written: Program,
) -> None:
    """Fails when a pair that has ended, or was deleted, gives way to another of its name."""
    written.ok("pair", "end", "p1", "--because", "done")
    written.ok("pair", "start", "Aya Sato", "--as", "mentor")
    before = hashes(written.home)

    refused = written("forget", "Aya Sato", "--yes")

    assert (refused.code, refused.out) == (1, "")
    assert "Aya Sato (p1), Aya Sato (p3)" in refused.err
    assert hashes(written.home) == before
    assert written.ok("forget", "p3", "--yes", "--json").json["pair"] == "p3"


def test_a_beginning_of_the_name_is_enough_where_the_name_is_asked_for(
    written: Program, talk: Talking
) -> None:
    person = talk("forget", "aya s")
    person.answers("To export it first", "")
    person.answers("type Aya Sato", "Aya Sato")
    person.hears("Forgotten: Aya Sato")

    assert person.ends() == 0


def test_where_nothing_is_left_to_undo_nothing_is_said_of_it(mentorlog: Program) -> None:
    mentorlog.ok("pair", "start", "Ben", "--as", "mentor")

    done = mentorlog.ok("forget", "Ben", "--yes")

    assert "undo would" not in done.err


def test_what_was_redone_is_named_by_what_was_typed_as_what_undo_would_take_back(
    written: Program,
) -> None:
    written.ok("ask", "ken", "Again?")
    written.ok("undo")
    written.ok("redo")

    done = written.ok("forget", "p1", "--yes")

    assert done.err.splitlines()[-1] == "undo would now take back: ask (Sun 22 Nov)"


# Exported first ----------------------------------------------------------------------------------


def test_the_pair_is_exported_first_where_that_is_asked_for(written: Program) -> None:
    place = written.home / "aya.json"
    records = written.ok("log", "p1", "--json").json

    done = written.ok("forget", "p1", "--yes", "-o", str(place))

    assert f"{place} still holds all of it." in done.err.splitlines()
    exported = json.loads(place.read_text(encoding="utf-8"))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert sorted(each["id"] for each in exported["records"]) == sorted(
        each["id"] for each in records
    )


def test_an_export_that_cannot_be_written_stops_all_of_it(written: Program) -> None:
    place = written.home / "there.json"
    place.write_text("mine")
    before = hashes(written.home)

    refused = written("forget", "p1", "--yes", "-o", str(place))

    assert (refused.code, refused.out) == (73, "")
    assert refused.err.endswith(
        f"mentorlog: {place} exists already. To write over it, add --force\n"
    )
    assert hashes(written.home) == before
    written.ok("forget", "p1", "--yes", "--force", "-o", str(place))
    assert json.loads(place.read_text(encoding="utf-8"))["records"][0]["id"] == "p1"


# Drafts ------------------------------------------------------------------------------------------


def test_drafts_of_the_pair_go_those_of_others_stay_and_doubtful_ones_are_named(
    written: Program,
) -> None:
    drafts = Drafts(written.journal)
    hers: list[Draft] = [
        {"command": "meet", "name": "Aya Sato", "answers": {"notes": "n"}},
        {"command": "reflect p1 --form kpt", "about": "p1 --form kpt", "answers": {"keep": "k"}},
        {"command": "review p1", "about": "review p1", "answers": {}},
        {"command": "strength add", "about": "", "answers": {"evidence": "Aya Sato says so"}},
    ]
    others: list[Draft] = [
        {"command": "meet", "name": "ken", "answers": {"notes": "n"}},
        {"command": "goal set p2", "about": "p2", "answers": {}},
    ]
    doubtful: list[Draft] = [
        {"command": "meet", "name": None, "answers": {"notes": "n"}},
        {"command": "meet", "name": "Somebody", "answers": {"notes": "n"}},
        {"command": "assess p2", "about": "p2", "answers": {"note": "like Aya Sato"}},
    ]
    for each in (*hers, *others):
        drafts.keep(new_uid(), each)
    left = [drafts.keep(new_uid(), each) for each in doubtful]

    done = written.ok("forget", "p1", "--yes", "--json").json

    assert done["drafts"] == len(hers)
    assert done["drafts_left"] == sorted(map(str, left))
    assert [draft for _uid, draft in drafts.waiting()] == [*others, *doubtful]


def test_a_draft_goes_with_the_pair_whose_uid_it_carries_whatever_its_number_is(
    written: Program,
) -> None:
    drafts = Drafts(written.journal)
    uids = {each.id: each.uid for each in Journal(written.journal).find(Pair)}
    hers: list[Draft] = [
        {"command": "reflect p9", "about": f"{uids['p1']} --form kpt", "answers": {}},
        {"command": "meet", "name": "Ken", "pair": uids["p1"], "answers": {}},
    ]
    others: list[Draft] = [
        {"command": "reflect p1", "about": f"{uids['p2']} --form kpt", "answers": {}},
        {"command": "meet", "name": "Somebody", "pair": uids["p2"], "answers": {}},
    ]
    unknown: Draft = {"command": "review p1", "about": f"review {new_uid()}", "answers": {}}
    for each in (*hers, *others):
        drafts.keep(new_uid(), each)
    left = drafts.keep(new_uid(), unknown)

    done = written.ok("forget", "p1", "--yes", "--json").json

    assert done["drafts"] == len(hers)
    assert done["drafts_left"] == [str(left)]
    assert [draft for _uid, draft in drafts.waiting()] == [*others, unknown]


@pytest.mark.parametrize("cut_off", ["", ' words"', '026-11-22"'], ids=["whole", "answer", "day"])
def test_a_draft_that_was_cut_off_while_it_was_written_goes_with_its_pair(
    written: Program, cut_off: str
) -> None:
    drafts = Drafts(written.journal)
    draft: Draft = {
        "command": "reflect p1",
        "about": "p1 --form kpt",
        "begun_on": "2026-11-22",
        "answers": {"keep": "her words"},
    }
    place = drafts.keep(new_uid(), draft)
    half = place.rename(place.with_suffix(".new"))
    if cut_off:
        half.write_text(half.read_text().partition(cut_off)[0])

    done = written.ok("forget", "p1", "--yes", "--json").json

    assert (done["drafts"], done["drafts_left"]) == (1, [])
    assert not half.exists()


def test_whatever_holds_the_name_among_the_drafts_is_gone_or_named(written: Program) -> None:
    drafts = Drafts(written.journal)
    uid, whose = new_uid(), new_uid()
    meeting: Draft = {"command": "meet", "name": "Aya Sato", "answers": {"notes": "n"}}
    drafts.keep(uid, meeting)
    drafts.keep(whose, {"command": "goal set p2", "about": "p2", "answers": {"why": "Aya Sato"}})
    for name in (f".{uid}.json.swp", f"{uid}.json~", "foo.txt", f".{whose}.json.swp"):
        (drafts.folder / name).write_text("Aya Sato said so")
    (drafts.folder / "kept" / "deeper").mkdir(parents=True)
    (drafts.folder / "kept" / "deeper" / "notes").write_text("about Aya Sato")
    (drafts.folder / "nowhere").symlink_to("/nowhere")
    (drafts.folder / "others.txt").write_text("about somebody")

    done = written.ok("forget", "p1", "--yes", "--json").json

    holding = {
        str(each)
        for each in drafts.folder.rglob("*")
        if each.is_file() and b"Aya" in each.read_bytes()
    }
    assert holding == {
        str(drafts.folder / name) for name in (f"{whose}.json", f".{whose}.json.swp")
    }
    assert holding <= set(done["drafts_left"])
    assert str(drafts.folder / "nowhere") in done["drafts_left"]
    assert done["drafts"] == 3


def test_a_draft_that_is_begun_while_the_question_stands_goes_too(
    written: Program, talk: Talking
) -> None:
    """Fails when the drafts that were counted for the preview are those that are removed."""
    drafts = Drafts(written.journal)
    person = talk("forget", "ken")
    person.answers("To export it first", "")
    person.hears("type ken")
    drafts.keep(new_uid(), {"command": "meet", "name": "ken", "answers": {"notes": "n"}})
    person.says("ken")
    person.hears("1 draft")

    assert person.ends() == 0
    assert list(drafts.folder.iterdir()) == []


def test_a_damaged_record_of_another_pair_is_named_and_nothing_is_erased(written: Program) -> None:
    written.ok("meet", "ken", "--topic", "books")
    with closing(sqlite3.connect(written.journal, isolation_level=None)) as opened:
        opened.execute("UPDATE meeting SET topics = '[broken]' WHERE number = 2")
    before = hashes(written.home)

    refused = written("forget", "p1", "--yes")

    assert (refused.code, refused.out) == (1, "")
    assert "mentorlog: m2 holds what no meeting can." in refused.err
    assert hashes(written.home) == before


def test_a_damaged_wording_in_the_log_does_not_keep_it_from_ending(written: Program) -> None:
    written.ok("meet", "ken", "--notes", "like Aya Sato")
    with closing(sqlite3.connect(written.journal, isolation_level=None)) as opened:
        opened.execute(
            "UPDATE changes SET after = json_set(after, '$.topics', '[broken]') WHERE kind = 'meeting'"
        )

    done = written.ok("forget", "p1", "--yes", "--json").json

    assert done["mentions"] == ["m2"]


# At a terminal -----------------------------------------------------------------------------------


def test_a_person_is_asked_for_the_name_and_offered_an_export(
    written: Program, talk: Talking
) -> None:
    place = written.home / "out.json"
    person = talk("forget", "ken")
    person.hears("1 pair, 1 question, 1 action")
    person.hears("This cannot be undone.")
    person.answers("To export it first, as JSON", str(place))
    person.hears("Written:")
    person.answers("To erase it for good, type ken", "ＫＥＮ")
    person.hears("Forgotten: Ayako Mori")

    assert person.ends() == 0
    assert place.exists()
    assert [pair["id"] for pair in written.ok("pair", "list", "--json").json] == ["p1"]


def test_a_place_for_the_export_that_will_not_do_is_asked_for_again(
    written: Program, talk: Talking
) -> None:
    there = written.home / "there.json"
    there.write_text("mine")
    person = talk("forget", "ken")
    person.answers("To export it first, as JSON", str(there))
    person.hears("(File exists)")
    person.says(str(written.home / "new.json"))
    person.answers("type ken", "ken")

    assert person.ends() == 0
    assert there.read_text() == "mine"


@pytest.mark.parametrize("typed", ["Ayako", "yes", "", "p2"])
def test_anything_but_the_name_stops_it(written: Program, talk: Talking, typed: str) -> None:
    before = hashes(written.home)
    person = talk("forget", "ken")
    person.answers("To export it first, as JSON", "")
    person.answers("type ken", typed)
    person.hears("That is not the pair's alias or name. Nothing was erased.")

    assert person.ends() == 1
    assert hashes(written.home) == before


def test_without_an_alias_the_name_is_asked_for(written: Program, talk: Talking) -> None:
    person = talk("forget", "p1", "--json")
    person.answers("To export it first, as JSON", "")
    person.answers("type Aya Sato", "aya sato")

    assert person.ends() == 0
    assert written("show", "p1").code == 1


def test_control_c_changes_nothing(written: Program, talk: Talking) -> None:
    before = hashes(written.home)
    person = talk("forget", "ken")
    person.hears("To export it first")
    person.presses("\x03")

    person.hears("Stopped. Nothing was erased.")

    assert person.ends() == 130
    assert hashes(written.home) == before


def test_control_c_after_the_export_names_it(written: Program, talk: Talking) -> None:
    place = written.home / "new.json"
    person = talk("forget", "ken")
    person.answers("To export it first", str(place))
    person.hears("type ken")
    person.presses("\x03")
    person.hears("Stopped. Nothing was erased; the export stays:")

    assert person.ends() == 130
    assert place.exists()


@pytest.mark.parametrize("typed", ["y", "No", "はい"])
def test_yes_or_no_is_no_name_of_a_file(written: Program, talk: Talking, typed: str) -> None:
    person = talk("forget", "ken")
    person.answers("To export it first", typed)
    person.hears(f"“{typed}” is no name of a file.")
    person.says("")
    person.answers("type ken", "ken")

    assert person.ends() == 0
    assert not (written.home / typed).exists()


# Cut off -----------------------------------------------------------------------------------------


def begun(program: Program) -> None:
    """Leave a forgetting of the first pair as it stands once its records are gone."""
    journal = Journal(program.journal)
    pair = journal.find(Pair)[0]
    forgetting.erase(journal, pair, pair.created_at or journal._now(), lambda _owned: None)  # noqa: SLF001
    journal.close()


def test_what_was_cut_off_after_the_records_were_gone_is_finished_by_the_next_call(
    written: Program,
) -> None:
    """Fails when `forget` does not look for the mark, and when `finish` leaves it."""
    written.ok("backup")
    begun(written)
    folder = written.journal.with_name("journal.db.backups")
    assert [b"Aya Sato" in each.read_bytes() for each in folder.iterdir()] == [True]

    again = written.ok("forget", "Aya Sato", "--yes")
    history = written.ok("history", "--json").json

    assert (again.out, again.err) == (
        "",
        "An earlier forget was interrupted. It is finished now: nothing is left of that pair.\n",
    )
    assert [b"Aya Sato" in each.read_bytes() for each in folder.iterdir()] == [False]
    assert history[0]["command"] == "forget"
    assert written("forget").code == 2


def test_that_it_was_finished_is_a_document_too(written: Program) -> None:
    begun(written)

    done = written.ok("forget", "--json").json

    assert done == {"format": "mentorlog/1", "document": "forget", "pair": None}


def test_what_fails_after_the_records_are_gone_says_how_to_finish(written: Program) -> None:
    written.ok("backup")
    folder = written.journal.with_name("journal.db.backups")
    (backup,) = folder.iterdir()
    place = backup.with_name(backup.name + "-journal")
    place.mkdir()  # what cannot be removed as a file

    failed = written("forget", "p1", "--yes")
    place.rmdir()
    again = written.ok("forget")

    assert failed.code == 74
    assert "The records are erased, but not yet everything beside them" in failed.err
    assert failed.err.endswith("finish it with: mentorlog forget\n")
    assert "finished now" in again.err
    assert b"Aya Sato" not in b"".join(hashes(written.home).values())
