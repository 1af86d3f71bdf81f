"""`export` at the command line: where it goes, what it says, and what it refuses."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mentorlog import i18n
from mentorlog.cli.app import run
from mentorlog.domain.action import Action
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.review import Review
from mentorlog.errors import (
    AmbiguousPair,
    InvalidValue,
    MentorlogError,
    NotPossible,
    OutputFailed,
    RecordNotFound,
    UsageError,
)
from mentorlog.storage.journal import Journal

if TYPE_CHECKING:
    from tests.conftest import Program

DAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A journal with a shared meeting and what it made, a private one, and another pair."""
    monkeypatch.setenv("MENTORLOG_DB", str(tmp_path / "journal.db"))
    monkeypatch.setenv("MENTORLOG_TODAY", DAY.isoformat())
    monkeypatch.chdir(tmp_path)
    journal = Journal(tmp_path / "journal.db", lambda: datetime(2026, 11, 1, tzinfo=UTC))
    with journal.transaction("test") as writing:
        for name, role in (("Maya Lindqvist", "mentee"), ("Daniel Osei", "mentor")):
            writing.add(Pair(partner=name, my_role=role, started_on=date(2026, 10, 1)))
        shared: dict[str, Any] = {"pair": "p1", "visibility": "shared"}
        writing.add(
            Meeting(
                **shared,
                held_on=date(2026, 10, 5),
                summary="Ask Daniel, 090-1234-5678",
                notes="zqnotes",
            )
        )
        writing.add(Meeting(pair="p1", held_on=date(2026, 10, 19), summary="zqsummary", pulse=2))
        writing.add(Action(**shared, text="read", owner="me", assigned_in="m1"))
        writing.add(Question(pair="p1", text="zqquestion", asked_on=date(2026, 10, 20)))
    journal.close()
    yield tmp_path
    i18n.choose("en")


@pytest.fixture
def practised(folder: Path) -> Path:
    """The same journal with an agreement, goals with their measurements, and feedback."""
    journal = Journal(folder / "journal.db", lambda: datetime(2026, 11, 2, tzinfo=UTC))
    shared: dict[str, Any] = {"pair": "p1", "visibility": "shared"}
    before = {"statement": "Ask Daniel", "due_on": "2026-10-20", "owner": "partner"}
    revised = {"revised_on": "2026-10-19", "did": "revised", "because": "Osei", "before": before}
    with journal.transaction("test") as writing:
        writing.add(Agreement(pair="p1", agreed_on=date(2026, 10, 5), leaving="zqleaving"))
        writing.add(
            Goal(
                **shared, statement="Ask more", unit="a day", baseline=2, target=6,
                levels={str(level): f"as Daniel {level}" for level in range(-2, 3)}, revisions=(revised,),
            )
        )  # fmt: skip
        writing.add(Goal(pair="p1", statement="zqgoal", weight=3))
        days: dict[str, Any] = {"taken_on": date(2026, 11, 9), "visibility": "shared"}
        writing.add(Measurement(**days, goal="g1", value=5, level=1, note="Mail a@b.example"))
        writing.add(Measurement(**days, goal="g2", level=-1, note="zqnote"))
        writing.add(Feedback(**shared, direction="given", said_on=date(2026, 11, 9), text="Slower"))
        writing.add(
            Feedback(**shared, direction="received", said_on=date(2026, 11, 9), text="zqfeedback")
        )
    journal.close()
    return folder


def failure(*typed: str) -> OutputFailed:
    with pytest.raises(OutputFailed) as caught:
        run(["export", "maya", *typed])
    return caught.value


# --- to standard output --------------------------------------------------------------------------


def test_my_own_export_is_the_document_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "maya"]) == 0

    shown, told = capsys.readouterr()
    assert shown.startswith('---\ntitle: "Mentoring with Maya Lindqvist"\n')
    assert "zqnotes" in shown
    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")
    assert told == ""
    assert sorted(path.name for path in folder.iterdir()) == ["journal.db"]


@pytest.mark.usefixtures("folder")
def test_for_others_it_says_beside_the_document_what_was_held_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "-p", "maya", "--for", "partner"])

    shown, told = capsys.readouterr()
    assert "Ask \\[name\\], \\[phone\\]" in shown
    assert "zq" not in shown + told
    assert told == (
        "4 records · 1 held back · removed from the texts: mail addresses 0, phone numbers 1, names 1\n"
    )


@pytest.mark.usefixtures("folder")
def test_the_preview_shows_a_line_for_each_record_with_only_what_goes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "maya", "--for", "partner", "--preview", "-o", "never.md"])
    partners = capsys.readouterr().out
    run(["export", "maya", "--for", "programme", "--preview"])
    programmes = capsys.readouterr().out

    assert partners.splitlines() == [
        "p1  Maya Lindqvist · I am the mentee · since Thu 1 Oct 2026",
        "m1  Ask [name], [phone] · Mon 5 Oct",
        "m2  Meeting · Mon 19 Oct",
        "a1  ☐ read",
        "4 records · 1 held back · removed from the texts: mail addresses 0, phone numbers 1, names 1",
    ]
    assert programmes.splitlines() == [
        "p1  … · I am the mentee · since Thu 1 Oct 2026",
        "m1  Meeting · Mon 5 Oct",
        "m2  Meeting · Mon 19 Oct",
        "3 records · 2 held back · counts and averages of all · no addresses, phone numbers or names removed",
    ]
    assert not Path("never.md").exists()


@pytest.mark.usefixtures("folder")
def test_as_json_it_is_one_object_with_uids_for_references(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "maya", "--for", "partner", "--json"])
    text = capsys.readouterr().out
    run(["export", "maya", "--for", "partner", "--format", "json"])

    assert capsys.readouterr().out == text
    shown = json.loads(text)
    assert list(shown) == [
        "format", "document", "audience", "since", "until", "records", "figures", "redacted"
    ]  # fmt: skip
    assert (shown["format"], shown["document"], shown["audience"]) == (
        "mentorlog/1",
        "export",
        "partner",
    )
    pair, meeting, private, action = shown["records"]
    assert (pair["kind"], pair["partner"]) == ("pair", "Maya Lindqvist")
    assert (action["kind"], action["assigned_in"]) == ("action", meeting["uid"])
    assert action["pair"] == pair["uid"]
    assert set(private) == {"kind", "uid", "pair", "held_on", "start_time", "minutes", "channel"}
    assert shown["figures"] == {}
    assert shown["redacted"] == {"mail": 0, "phone": 1, "name": 1}


@pytest.mark.parametrize("audience", ["partner", "programme"])
@pytest.mark.parametrize("words", [["maya"], ["--review", "v2"]], ids=["pair", "review"])
@pytest.mark.usefixtures("reviewed")
def test_how_much_was_held_back_is_told_to_me_and_to_nobody_else(
    audience: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ["export", *words, "--for", audience, "--json"]
    run(typed)
    going, told = capsys.readouterr()
    run([*typed, "--preview"])
    previewed = json.loads(capsys.readouterr().out)

    assert "held_back" not in going
    assert previewed["held_back"] > 0
    assert f"{previewed['held_back']} held back" in told


@pytest.mark.usefixtures("practised")
def test_what_a_shared_record_names_and_the_partner_does_not_get_is_nothing_in_any_format(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["edit", "a1", "--set", "goal=g2"])
    run(["export", "maya", "--json"])
    private = next(each for each in mine(capsys) if each["id"] == "g2")["uid"]
    run(["export", "maya", "--json", "--for", "partner"])
    action = next(each for each in mine(capsys) if each["kind"] == "action")
    run(["export", "maya", "--json", "--for", "partner", "--since", "2026-11-01"])
    of_november = mine(capsys)
    run(["export", "maya", "--format", "csv", "-o", "theirs", "--for", "partner"])

    assert (action["goal"], bool(action["assigned_in"])) == (None, True)
    assert private not in (folder / "theirs" / "action.csv").read_text(encoding="utf-8")
    assert {each["kind"] for each in of_november} == {"pair", "goal", "measurement", "feedback"}


def mine(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Return the records of the export that was just shown."""
    shown: str = capsys.readouterr().out
    found: list[dict[str, Any]] = json.loads(shown[shown.index('{"format"') :])["records"]
    return found


@pytest.mark.parametrize("audience", ["partner", "programme"])
def test_names_of_before_and_of_pairs_that_are_gone_are_known_too(
    mentorlog: Program, audience: str
) -> None:
    words = ["Daniel Osei, Danny, Ines Roca and Maya M."]
    mentorlog.ok("meet", "Daniel Osei", "--as", "mentor", "--summary", "zq")
    mentorlog.ok("edit", "p1", "--set", "alias=Danny")
    mentorlog.ok("edit", "p1", "--set", "partner=Oscar Wu", "--set", "alias=oscar")
    mentorlog.ok("meet", "Ines Roca", "--as", "mentor", "--summary", "zq")
    mentorlog.ok("delete", "p2", "--yes")
    mentorlog.ok("meet", "Maya Merz", "--as", "mentee", "--share", "--summary", *words)
    mentorlog.ok("edit", "p3", "--set", "partner=Maya Lind", "--set", f"programme={words[0]}")

    gone = mentorlog.ok("export", "maya", "--for", audience, "--json").json["records"]

    own = "[name]" if audience == "programme" else "Maya"
    assert gone[0]["programme"] == f"[name], [name], [name] and {own} M."
    if audience == "partner":
        assert gone[1]["summary"] == "[name], [name], [name] and Maya M."


@pytest.mark.usefixtures("folder")
def test_the_programmes_json_has_figures(capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "maya", "--for", "programme", "--json", "--until", "2026-10-05"])

    shown = json.loads(capsys.readouterr().out)
    assert (shown["since"], shown["until"]) == (None, "2026-10-05")
    assert shown["figures"]["meetings"] == 1
    assert shown["figures"]["pulse_average"] is None
    assert shown["figures"]["actions"] == {"open": 1, "done": 0, "dropped": 0}


@pytest.mark.usefixtures("folder")
def test_a_period_limits_the_records_to_its_own_and_what_they_refer_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "maya", "--json", "--since", "2026-10-19", "--until", "2026-10-19"])

    shown = json.loads(capsys.readouterr().out)
    assert [record["id"] for record in shown["records"]] == ["p1", "m2"]
    assert shown["records"][1]["pair"] == shown["records"][0]["uid"]


@pytest.mark.usefixtures("folder")
def test_to_me_json_and_csv_are_the_whole_journal_unless_a_pair_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["strength", "add", "Asking"])
    capsys.readouterr()
    ids = []
    for named in ([], ["maya"]):
        run(["export", "--json", *named])
        ids.append([each["id"] for each in json.loads(capsys.readouterr().out)["records"]])
    run(["export", "--format", "csv", "-o", "mine"])

    assert ids == [["p1", "p2", "m1", "m2", "q1", "a1", "s1"], ["p1", "m1", "m2", "q1", "a1"]]
    assert sorted(path.name for path in (folder / "mine").iterdir()) == [
        "action.csv", "meeting.csv", "pair.csv", "question.csv", "strength.csv"
    ]  # fmt: skip
    assert capsys.readouterr().err == (f"Written: {folder / 'mine'} · 7 records · 0 held back\n")


def test_a_journal_with_nothing_in_it_is_a_document_without_records(mentorlog: Program) -> None:
    whole = mentorlog.ok("export", "--json")
    folder = mentorlog.home / "none"
    mentorlog.ok("export", "--format", "csv", "-o", str(folder))
    previewed = mentorlog.ok("export", "--format", "csv", "--preview")

    assert whole.json["records"] == []
    assert list(folder.iterdir()) == []
    assert previewed.out == "0 records · 0 held back\n"
    assert not mentorlog.journal.exists()


@pytest.mark.usefixtures("folder")
def test_the_preview_of_json_and_csv_says_how_many_of_each_kind_there_are_to_me(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "--format", "csv", "--preview"])
    in_words = capsys.readouterr().out
    run(["export", "--json", "--preview", "-o", "never.json"])
    as_json = json.loads(capsys.readouterr().out)

    assert in_words.splitlines() == [
        "2  pair", "2  meeting", "1  question", "1  action", "6 records · 0 held back"
    ]  # fmt: skip
    assert (as_json["document"], as_json["audience"]) == ("preview", "me")
    assert as_json["counts"] == {"pair": 2, "meeting": 2, "question": 1, "action": 1}
    assert not Path("never.json").exists()


@pytest.mark.usefixtures("folder")
def test_the_preview_for_others_is_the_same_in_every_format_and_as_json_for_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "maya", "--for", "partner", "--preview"])
    markdown = capsys.readouterr().out
    run(["export", "maya", "--for", "partner", "--preview", "--format", "csv"])
    as_csv = capsys.readouterr().out
    run(["export", "maya", "--for", "partner", "--json"])
    exported = json.loads(capsys.readouterr().out)
    run(["export", "maya", "--for", "partner", "--preview", "--json"])
    as_json = json.loads(capsys.readouterr().out)

    assert as_csv == markdown
    assert as_json["counts"] == {"pair": 1, "meeting": 2, "action": 1}
    assert as_json["held_back"] == 1
    for name in ("records", "redacted"):
        assert as_json[name] == exported[name]


@pytest.mark.usefixtures("practised")
def test_the_preview_knows_every_kind_that_goes(capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "maya", "--for", "partner", "--preview", "--since", "2026-11-01"])
    partners = capsys.readouterr().out
    run(["export", "maya", "--for", "programme", "--preview"])
    programmes = capsys.readouterr().out

    assert partners.splitlines() == [
        "p1  Maya Lindqvist · I am the mentee · since Thu 1 Oct 2026",
        "g1  ◎ Ask more · → 6 a day",
        "n1  ▪ 5 · level +1 · Mail [mail] · Mon 9 Nov",
        "f1  ✉ Slower · given · Mon 9 Nov",
        "4 records · 3 held back · removed from the texts: mail addresses 1, phone numbers 0, names 5",
    ]
    assert "t1  ⇄ Agreement · Mon 5 Oct" in programmes.splitlines()
    assert not any(ref in programmes for ref in ("g1", "n1", "f1", "zq"))


@pytest.mark.usefixtures("practised")
def test_as_json_what_is_deep_in_a_record_is_clean_too(capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "maya", "--for", "partner", "--json"])

    shown = json.loads(capsys.readouterr().out)
    goal = next(record for record in shown["records"] if record["kind"] == "goal")
    reading = next(record for record in shown["records"] if record["kind"] == "measurement")
    agreement = next(record for record in shown["records"] if record["kind"] == "agreement")
    assert goal["levels"] == {str(level): f"as [name] {level}" for level in range(-2, 3)}
    assert "revisions" not in goal, "what it said before it was shared, and why it changed, is mine"
    assert (goal["baseline"], goal["target"], goal["weight"]) == (2, 6, None)
    assert (reading["goal"], reading["note"]) == (goal["uid"], "Mail [mail]")
    assert agreement["leaving"] == "zqleaving"
    assert shown["records"][0]["pauses"] == []
    assert not any(word in str(shown) for word in ("zqgoal", "zqnote", "zqfeedback"))


@pytest.mark.usefixtures("practised")
def test_the_programmes_json_has_figures_of_goals_and_feedback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "maya", "--for", "programme", "--json"])

    shown = json.loads(capsys.readouterr().out)
    assert {record["kind"] for record in shown["records"]} == {"pair", "meeting", "agreement"}
    assert {name: shown["figures"][name] for name in list(shown["figures"])[-5:]} == {
        "goals": {"active": 2, "achieved": 0, "dropped": 0},
        "goal_percentages": [75],
        "rated_goals": 2,
        "attainment_score": 44.18,
        "feedback": {"given": 1, "received": 1},
    }
    assert "zq" not in str(shown)


@pytest.mark.usefixtures("practised")
def test_a_rhythm_that_is_like_a_name_is_previewed_all_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["edit", "p1", "--set", "cadence=every other tue"])
    run(["edit", "p2", "--set", "partner=Tue"])
    capsys.readouterr()

    assert run(["export", "maya", "--for", "partner", "--preview"]) == 0
    run(["export", "maya", "--for", "partner", "--json"])
    shown = json.loads(capsys.readouterr().out.partition("{")[2].join(("{", "")))
    assert shown["records"][0]["cadence"] == "2w tue"


# --- into a file ---------------------------------------------------------------------------------


def test_a_file_is_whole_private_and_named_in_the_message(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = os.umask(0)
    try:
        run(["export", "maya", "-o", "maya.md"])
    finally:
        os.umask(before)

    place = folder / "maya.md"
    shown, told = capsys.readouterr()
    assert shown == ""
    assert told == f"Written: {place} · 5 records · 0 held back\n"
    assert place.read_text(encoding="utf-8").endswith("\n")
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.stat().st_nlink == 1
    assert sorted(path.name for path in folder.iterdir()) == ["journal.db", "maya.md"]


def test_a_file_that_is_there_is_kept_unless_forced(folder: Path) -> None:
    place = folder / "maya.md"
    place.write_text("mine")

    refused = failure("-o", str(place))
    kept = place.read_text()
    run(["export", "maya", "--json", "-o", str(place), "--force"])

    assert (refused.detail, refused.exit_code, kept) == ("exists", 73, "mine")
    assert json.loads(place.read_text(encoding="utf-8"))["document"] == "export"
    assert sorted(path.name for path in folder.iterdir()) == ["journal.db", "maya.md"]


def test_a_file_that_appears_in_the_meantime_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    (folder / "maya.md").write_text("mine")

    refused = failure("-o", "maya.md")

    assert (refused.detail, refused.exit_code) == ("exists", 73)
    assert (folder / "maya.md").read_text() == "mine"


@pytest.mark.parametrize(
    "place", [".", "missing/maya.md", "journal.db/maya.md", "link", "journal.db"]
)
def test_a_place_that_cannot_be_is_refused_and_nothing_is_left(folder: Path, place: str) -> None:
    (folder / "link").symlink_to("journal.db")
    journal = (folder / "journal.db").read_bytes()

    refused = failure("-o", place, "--force")

    assert refused.exit_code == 73
    assert refused.detail not in ("", "exists")
    assert (folder / "journal.db").read_bytes() == journal
    assert sorted(path.name for path in folder.iterdir()) == ["journal.db", "link"]


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("words", [["export"], ["export", "--json"], ["calendar"]], ids=" ".join)
def test_the_files_of_settings_are_never_written_over(
    mentorlog: Program, words: list[str], is_there: bool
) -> None:
    mentorlog.ok("meet", "Maya", "--as", "mentee", "--summary", "zq")
    settings = mentorlog.home / "config" / "mentorlog"
    settings.mkdir(parents=True)
    (mentorlog.home / "link").symlink_to(settings / "config.toml")
    files = [settings / "config.toml", settings / "prompts.toml"]
    for each in files if is_there else []:
        each.write_text("# mine\n")

    for each in (*files, mentorlog.home / "link"):
        refused = mentorlog(*words, "-o", str(each), "--force")

        assert (refused.code, refused.out) == (73, "")
        assert "mentorlog keeps your settings there" in refused.err
    assert [each.read_text() for each in settings.iterdir()] == ["# mine\n"] * 2 * is_there


@pytest.mark.usefixtures("folder")
def test_a_link_that_leads_to_itself_is_no_file_that_is_there(folder: Path) -> None:
    (folder / "round").symlink_to("round")

    for place in ("round", "round/", "round/maya.md"):
        refused = failure("-o", place, "--force")

        assert (refused.exit_code, refused.detail) == (73, os.strerror(errno.ELOOP))


@pytest.mark.parametrize(
    ("place", "code", "says"),
    [
        ("maya.md/", 73, "maya.md cannot be written (it is a file, not a folder). Choose another place."),
        ("no/maya.md", 73, "maya.md cannot be written (No such file or directory). Choose another place."),
        ("/dev/full", 74, "/dev/full cannot be written (No space left on device). Try again once that is mended."),
    ],
)  # fmt: skip
def test_a_place_that_will_not_do_is_named_with_the_reason_and_with_what_to_do(
    mentorlog: Program, place: str, code: int, says: str
) -> None:
    mentorlog.ok("meet", "Maya", "--as", "mentee", "--summary", "zq")
    (mentorlog.home / "maya.md").write_text("mine")

    refused = mentorlog(
        "export", "-o", place if place.startswith("/") else f"{mentorlog.home}/{place}"
    )

    assert (refused.code, refused.err.endswith(f"{says}\n")) == (code, True), refused.err


def test_a_symbolic_link_is_followed_not_replaced(folder: Path) -> None:
    (folder / "real.md").write_text("old")
    (folder / "link.md").symlink_to("real.md")

    run(["export", "maya", "-o", "link.md", "--force"])

    assert (folder / "link.md").is_symlink()
    assert (folder / "real.md").read_text(encoding="utf-8").startswith("---\n")


def test_a_disk_that_refuses_leaves_the_old_file_and_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "maya.md").write_text("mine")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    refused = failure("-o", "maya.md", "--force")

    assert (refused.exit_code, refused.detail) == (74, "No space left on device")
    assert (folder / "maya.md").read_text() == "mine"
    assert sorted(path.name for path in folder.iterdir()) == ["journal.db", "maya.md"]


def test_a_disk_without_hard_links_will_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)

    run(["export", "maya", "-o", "maya.md"])

    assert (folder / "maya.md").read_text(encoding="utf-8").startswith("---\n")
    assert sorted(path.name for path in folder.iterdir()) == ["journal.db", "maya.md"]


# --- the summary of a review ---------------------------------------------------------------------


@pytest.fixture
def reviewed(practised: Path) -> Path:
    """The same journal with two reviews of p1, the second of them shared, and one of the other pair."""
    journal = Journal(practised / "journal.db", lambda: datetime(2026, 11, 20, tzinfo=UTC))
    with journal.transaction("test") as writing:
        writing.add(
            Review(
                pair="p1", from_on=date(2026, 10, 1), to_on=date(2026, 10, 10), thoughts="zqthoughts", pulse=3,
                decision="continue",
            )
        )  # fmt: skip
        writing.add(
            Review(
                pair="p1", visibility="shared", from_on=date(2026, 10, 11), to_on=date(2026, 11, 20),
                conclusions="Daniel was right.", thoughts="zqthoughts", pulse=4, decision="continue",
            )
        )  # fmt: skip
        writing.add(Review(pair="p2", from_on=date(2026, 10, 1), to_on=date(2026, 11, 20)))
        writing.change(journal.get("p1").with_changes(cadence="2w"))
        for ref, minutes in (("m1", 50), ("m2", 40)):
            writing.change(journal.get(ref).with_changes(minutes=minutes))
        writing.add(Assessment(pair="p1", rated_on=date(2026, 11, 9), ratings={"learning": 4}))
    journal.close()
    return practised


@pytest.mark.usefixtures("reviewed")
def test_the_summary_of_a_review_needs_no_pair_and_takes_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = []
    for typed in ([], ["maya"], ["-p", "maya"]):
        assert run(["export", *typed, "--review", "v2", "--for", "partner"]) == 0
        shown.append(capsys.readouterr())

    assert shown[0] == shown[1] == shown[2]
    page, told = shown[0]
    assert page.startswith('---\ntitle: "Mentoring review: Maya Lindqvist"\nreview: "')
    assert "\\[name\\] was right" in page
    assert "zq" not in page
    assert told == (
        "4 records · 2 held back · removed from the texts: mail addresses 0, phone numbers 0, names 6\n"
    )


def test_the_summary_goes_into_a_file_like_any_export(
    reviewed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["export", "--review", "v2", "-o", "v2.md"])
    told = capsys.readouterr().err

    with pytest.raises(OutputFailed):
        run(["export", "--review", "v2", "-o", "v2.md"])
    place = reviewed / "v2.md"
    assert told == f"Written: {place} · 6 records · 0 held back\n"
    assert place.stat().st_mode & 0o777 == 0o600
    assert "zqthoughts" in place.read_text(encoding="utf-8")


@pytest.mark.usefixtures("reviewed")
def test_the_preview_of_a_summary_shows_what_it_is_made_of(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "--review", "v2", "--for", "partner", "--preview", "-o", "never.md"])
    partners = capsys.readouterr().out.splitlines()
    run(["export", "--review", "v1", "--for", "programme", "--preview"])
    programmes = capsys.readouterr().out.splitlines()

    assert partners[1:4] == [
        "a1  ☐ read",
        "g1  ◎ Ask more · → 6 a day",
        "v2  ⚑ [name] was right. · go on · Fri 20 Nov",
    ]
    assert programmes == [
        "p1  … · I am the mentee · since Thu 1 Oct 2026",
        "v1  ⚑ review · go on · Sat 10 Oct",
        "2 records · 2 held back · counts and averages of all · no addresses, phone numbers or names removed",
    ]
    assert not Path("never.md").exists()


@pytest.mark.parametrize(
    ("key", "since", "until"),
    [("figures", "2026-10-11", "2026-11-20"), ("figures_before", "2026-10-01", "2026-10-10")],
)
@pytest.mark.usefixtures("reviewed")
def test_my_figures_of_a_review_are_those_of_the_report(
    key: str, since: str, until: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["export", "--review", "v2", "--json"])
    mine = json.loads(capsys.readouterr().out)[key]
    run(["report", "maya", "--json", "--since", since, "--until", until])
    reported = json.loads(capsys.readouterr().out)

    def value(*way: str) -> Any:
        found = reported
        for each in way:
            found = found[each]
        return found["value"]

    assert (mine["from_on"], mine["to_on"]) == (since, until)
    assert mine["meetings"] == value("meetings", "held")
    assert (mine["minutes"], mine["timed"]) == tuple(reported["meetings"]["minutes"].values())
    assert (mine["on_rhythm"], mine["expected"]) == tuple(
        reported["meetings"]["on_rhythm"].values()
    )
    assert mine["longest_gap_days"] == value("meetings", "longest_gap_days")
    for name in ("actions.me", "actions.partner", "advice", "questions", "benefits", "feedback"):
        counts, part = inside(mine, name), inside(reported, name)
        assert counts == {each: part[each]["value"] for each in counts}
    assert mine["insights"] == value("insights")
    assert mine["attainment_score"] == value("attainment")
    assert mine["rated_goals"] == reported["attainment"]["n"]
    assert (mine["pulse_average"], mine["pulses"], mine["pulse_trend"]) == (
        value("pulse", "average"), reported["pulse"]["average"]["n"], value("pulse", "trend")
    )  # fmt: skip
    shares = [each["share"]["value"] for each in reported["goals"]]
    assert mine["goal_percentages"] == [round(share * 100) for share in shares if share is not None]
    assert sum(mine["goals"].values()) == len(reported["goals"])
    assert mine["skills"] == {
        each["skill"]: [each["first"]["rating"], each["latest"]["rating"]]
        for each in reported["skills"]
    }


def inside(document: dict[str, Any], way: str) -> dict[str, Any]:
    """Return the part of a document that is named with dots."""
    for name in way.split("."):
        document = document[name]
    return document


@pytest.mark.usefixtures("reviewed")
def test_as_json_a_summary_says_from_where_to_where_each_goal_came(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["export", "--review", "v2", "--json", "--for", "partner"])

    shown = json.loads(capsys.readouterr().out)
    records = {record["kind"]: record for record in shown["records"]}
    assert (shown["document"], shown["since"], shown["until"]) == (
        "export",
        "2026-10-11",
        "2026-11-20",
    )
    assert shown["review"] == records["review"]["uid"]
    assert set(records["review"]) == {
        "kind", "uid", "pair", "from_on", "to_on", "conclusions", "decision", "next_review_on"
    }  # fmt: skip
    nothing = {"value": None, "share": None, "trend": None, "level": None}
    assert shown["goals"] == [
        {
            "goal": records["goal"]["uid"],
            "before": nothing,
            "after": {"value": 5, "share": 0.75, "trend": "rising", "level": 1},
            "measurements": 1,
        }
    ]
    assert shown["figures_before"] is None, "the review before is not the partner's to know of"
    assert (shown["figures"]["pulses"], shown["figures"]["skills"]) == (0, {})


@pytest.mark.usefixtures("reviewed")
def test_a_review_that_cannot_be_summed_up_is_refused_and_nothing_written(
    reviewed: Path,
) -> None:
    refusals = []
    for typed in (
        ["--review", "v1", "--for", "partner"],
        ["daniel", "--review", "v2"],
        ["--review", "v9"],
        ["--review", "m1"],
        ["--review", "v2", "--since", "2026-10-01"],
        ["--review", "v2", "--until", "today"],
    ):
        with pytest.raises(MentorlogError) as caught:
            run(["export", *typed, "-o", "never.md"])
        reason = getattr(caught.value, "reason", getattr(caught.value, "kind", None))
        refusals.append((type(caught.value), reason, caught.value.exit_code))

    assert refusals == [
        (NotPossible, "review-not-shared", 1),
        (NotPossible, "of-another-pair", 1),
        (RecordNotFound, "review", 1),
        (RecordNotFound, "review", 1),
        (UsageError, "review-has-its-days", 2),
        (UsageError, "review-has-its-days", 2),
    ]
    assert sorted(path.name for path in reviewed.iterdir()) == ["journal.db"]


def test_a_review_of_another_pair_leads_to_what_there_is_of_the_pair_that_was_named(
    mentorlog: Program,
) -> None:
    mentorlog.ok("meet", "Maya", "--as", "mentee", "--summary", "zq")
    mentorlog.ok("meet", "Daniel", "--as", "mentor", "--summary", "zq")
    mentorlog.ok("review", "maya", "--conclusions", "On we go", "--no-input")

    refused = mentorlog("export", "daniel", "--review", "v1")

    assert refused.err == (
        "mentorlog: v1 belongs to another pair. Ids of this one: mentorlog log p2\n"
    )
    assert "m2" in mentorlog.ok("log", "p2").out


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "field", "allowed"),
    [
        (["--for", "boss"], "--for", ("me", "partner", "programme")),
        (["--format", "pdf"], "--format", ("markdown", "json", "csv")),
        (["--since", "soonish"], "since", None),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_word_there_is_not_is_refused_with_those_there_are(
    typed: list[str], field: str, allowed: tuple[str, ...] | None
) -> None:
    with pytest.raises(InvalidValue) as caught:
        run(["export", "maya", *typed])

    assert (caught.value.field, caught.value.typed) == (field, typed[1])
    assert allowed is None or (caught.value.reason, caught.value.allowed) == (
        "not-a-choice",
        allowed,
    )


@pytest.mark.usefixtures("folder")
def test_with_several_pairs_one_has_to_be_named() -> None:
    with pytest.raises(AmbiguousPair):
        run(["export"])


@pytest.mark.usefixtures("folder")
def test_nothing_of_another_pair_goes_out(capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "daniel", "--json"])

    records = json.loads(capsys.readouterr().out)["records"]
    assert [each["id"] for each in records] == ["p2"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (["--json", "--format", "csv"], "two-formats"),
        (["--json", "--format", "markdown"], "two-formats"),
        (["--format", "csv"], "needs-a-folder"),
        (["--format", "csv", "-o", "-"], "needs-a-folder"),
        (["--json", "-o", "new/"], "is-one-file"),
        (["--json", "-o", "."], "is-one-file"),
        (["--review", "v1", "--format", "csv", "-o", "new"], "review-is-one-page"),
        (["--review", "v1", "-o", "new/"], "review-is-one-page"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_before_anything_is_written(
    folder: Path, typed: list[str], reason: str
) -> None:
    with pytest.raises(UsageError) as caught:
        run(["export", "maya", *typed])

    assert caught.value.reason == reason
    assert sorted(path.name for path in folder.iterdir()) == ["journal.db"]


@pytest.mark.usefixtures("folder")
def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        run(["export", "maya", "--since", "2026-11-02", "--until", "2026-11-01"])

    assert (caught.value.reason, caught.value.allowed) == ("since-after-until", ("2026-11-01",))


@pytest.mark.usefixtures("folder")
def test_the_library_for_phone_numbers_is_not_loaded_for_my_own_export() -> None:
    script = (
        "import sys; from mentorlog.cli.app import run; run(['export', 'maya']);"
        "sys.exit('phonenumbers' in sys.modules)"
    )

    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)


def test_a_review_stands_beside_the_one_that_decided_before_it_as_in_its_digest(
    mentorlog: Program,
) -> None:
    for words in (
        ["meet", "Aya", "--as", "mentor", "--on", "2026-09-01", "--summary", "We began"],
        ["review", "aya", "--on", "2026-09-30", "--decision", "continue"],
        ["review", "aya", "--on", "2026-10-31", "--stuck", "--answer", "consult=Ines"],
    ):
        mentorlog.ok(*words)
    digest = mentorlog.ok("review", "aya", "--json").json
    mentorlog.ok("review", "aya", "--decision", "continue")

    exported = mentorlog.ok("export", "--review", "v3", "--json").json

    before = exported["figures_before"]
    assert (before["from_on"], before["to_on"]) == ("2026-09-01", "2026-09-30")
    assert (digest["before"]["since"], digest["before"]["until"]) == ("2026-09-01", "2026-09-30")
