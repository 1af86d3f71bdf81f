"""Drafts: kept whole and private, offered oldest first, gone once they are a record."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentorlog.domain.record import new_uid
from mentorlog.errors import JournalUnusable, OutputFailed
from mentorlog.storage.drafts import Drafts


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "kept" / "journal.db")


@pytest.fixture(params=[0o000, 0o077], ids=["umask 000", "umask 077"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_before_the_first_draft_nothing_waits_and_nothing_is_made(
    drafts: Drafts, tmp_path: Path
) -> None:
    waiting = drafts.waiting()

    assert waiting == []
    assert list(tmp_path.iterdir()) == []


def test_a_draft_comes_back_as_it_was_kept(drafts: Drafts) -> None:
    uid = new_uid()
    draft = {"command": "meet", "answers": {"notes": "目標 🎯\n\x1b[0m\u202e", "topic": ["a", "b"]}}

    place = drafts.keep(uid, draft)

    assert drafts.waiting() == [(uid, draft)]
    assert place == drafts.folder / f"{uid}.json"
    assert "目標 🎯" in place.read_text(encoding="utf-8")


def test_drafts_are_beside_their_journal_and_apart_from_those_of_another(tmp_path: Path) -> None:
    """Fails when the folder has the name of the journal without its ending."""
    uid = new_uid()

    place = Drafts(tmp_path / "journal.db").keep(uid, {"command": "meet"})

    assert place == tmp_path / "journal.db.drafts" / f"{uid}.json"
    assert Drafts(tmp_path / "journal.old").waiting() == []


@pytest.mark.usefixtures("umask")
def test_a_draft_and_its_folder_are_the_owners_alone(drafts: Drafts) -> None:
    place = drafts.keep(new_uid(), {"command": "meet"})

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_a_draft_kept_again_takes_the_place_of_what_it_was(drafts: Drafts) -> None:
    uid = new_uid()
    drafts.keep(uid, {"answers": {"notes": "long " * 1000}})

    drafts.keep(uid, {"answers": {"notes": "short"}})

    assert drafts.waiting() == [(uid, {"answers": {"notes": "short"}})]
    assert [each.name for each in drafts.folder.iterdir()] == [f"{uid}.json"]


def test_a_draft_that_cannot_be_written_to_its_end_leaves_the_one_before_whole(
    drafts: Drafts,
) -> None:
    """Fails when `keep` writes into the draft itself instead of beside it."""
    uid = new_uid()
    drafts.keep(uid, {"answers": {"notes": "before"}})

    with pytest.raises(TypeError):
        drafts.keep(uid, {"answers": {"notes": "after"}, "broken": object()})

    assert drafts.waiting() == [(uid, {"answers": {"notes": "before"}})]


def test_who_reads_a_draft_while_it_is_replaced_reads_a_whole_one(drafts: Drafts) -> None:
    """Fails when `keep` writes into the draft itself: an open file would change under its reader."""
    uid = new_uid()
    place = drafts.keep(uid, {"answers": {"notes": "before"}})

    with place.open(encoding="utf-8") as opened:
        drafts.keep(uid, {"answers": {"notes": "after"}})
        read = opened.read()

    assert "before" in read
    assert "after" in place.read_text(encoding="utf-8")


def test_drafts_wait_oldest_first(drafts: Drafts) -> None:
    uids = sorted(new_uid() for _ in range(3))
    for uid, age in zip(uids, (2, 3, 1), strict=True):
        place = drafts.keep(uid, {"age": age})
        os.utime(place, (1_000_000 - age, 1_000_000 - age))

    found = [draft["age"] for _, draft in drafts.waiting()]

    assert found == [3, 2, 1]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b'"text"', b"null", b"\xff\xfe{}", b'{"a": "\x00"}', b"[" * 100_000],
    ids=["empty", "cut off", "list", "text", "null", "not UTF-8", "NUL", "too deep"],
)
def test_a_draft_that_cannot_be_read_is_left_for_its_owner_and_hides_no_other(
    drafts: Drafts, content: bytes
) -> None:
    uid = new_uid()
    drafts.keep(uid, {"command": "meet"})
    unreadable = drafts.folder / f"{new_uid()}.json"
    unreadable.write_bytes(content)

    found = drafts.waiting()

    assert found == [(uid, {"command": "meet"})]
    assert unreadable.read_bytes() == content


def test_a_folder_named_like_a_draft_hides_no_other(drafts: Drafts) -> None:
    uid = new_uid()
    drafts.keep(uid, {"command": "meet"})
    (drafts.folder / f"{new_uid()}.json").mkdir()

    found = drafts.waiting()

    assert found == [(uid, {"command": "meet"})]


def test_what_was_being_written_when_the_program_was_killed_is_not_offered(drafts: Drafts) -> None:
    uid = new_uid()
    place = drafts.keep(uid, {"command": "meet"})
    place.with_suffix(".new").write_text('{"command": "me')

    found = drafts.waiting()
    drafts.keep(uid, {"command": "again"})

    assert found == [(uid, {"command": "meet"})]
    assert drafts.waiting() == [(uid, {"command": "again"})]


def test_a_draft_that_is_done_with_is_gone_and_no_other(drafts: Drafts) -> None:
    done, waiting = new_uid(), new_uid()
    drafts.keep(done, {})
    drafts.keep(waiting, {})

    drafts.discard(done)

    assert [uid for uid, _ in drafts.waiting()] == [waiting]
    assert [each.name for each in drafts.folder.iterdir()] == [f"{waiting}.json"]


def test_a_draft_that_never_was_can_be_discarded(drafts: Drafts, tmp_path: Path) -> None:
    drafts.discard(new_uid())

    assert list(tmp_path.iterdir()) == []


def test_where_no_draft_can_be_kept_the_place_is_named(drafts: Drafts) -> None:
    uid = new_uid()
    (drafts.folder / f"{uid}.json").mkdir(parents=True)

    with pytest.raises(OutputFailed) as caught:
        drafts.keep(uid, {})

    assert caught.value.path == str(drafts.folder / f"{uid}.json")
    assert caught.value.exit_code == 74


def test_where_no_folder_can_be_made_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "journal.db.drafts").write_text("in the way")
    drafts = Drafts(tmp_path / "journal.db")

    with pytest.raises(JournalUnusable) as caught:
        drafts.keep(new_uid(), {})

    assert caught.value.path == str(drafts.folder)
    assert (caught.value.reason, caught.value.exit_code) == ("cannot-make", 73)


def test_everything_is_found_that_is_kept_of_a_draft_readable_or_not(drafts: Drafts) -> None:
    whole, cut_off, written = (name * 32 for name in "abc")
    drafts.keep(whole, {"command": "meet"})
    (drafts.folder / f"{whole}.new").write_text("half of the next")
    (drafts.folder / f"{cut_off}.json").write_text('{"command": "me')
    drafts.buffer(written).write_text("in the editor")
    drafts.buffer(written).with_name(".text.txt.swp").write_bytes(b"\xff\xfe and its copy")

    found = {each.uid: each for each in drafts.everything()}

    assert found.keys() == {whole, cut_off, written}
    assert found[whole].draft == {"command": "meet"}
    assert "half of the next" in found[whole].text
    assert (found[cut_off].draft, found[written].draft) == (None, None)
    assert "in the editor" in found[written].text
    assert "and its copy" in found[written].text
    assert [path.name for path in found[whole].files] == [f"{whole}.json", f"{whole}.new"]
    assert all(each.is_legible for each in found.values())


def test_what_an_editor_leaves_beside_is_of_the_draft_whose_uid_it_names(drafts: Drafts) -> None:
    uid = "a" * 32
    drafts.keep(uid, {"command": "meet"})
    (drafts.folder / f".{uid}.json.swp").write_text("its copy")
    (drafts.folder / "foo.txt").write_text("of nobody")
    (drafts.folder / "nowhere").symlink_to("/nowhere")
    os.mkfifo(drafts.folder / "pipe")

    found = {each.uid: each for each in drafts.everything()}
    drafts.remove(found[uid])

    assert found.keys() == {uid, "foo.txt", "nowhere", "pipe"}
    assert [name for name, each in found.items() if not each.is_legible] == ["nowhere", "pipe"]
    assert sorted(each.name for each in drafts.folder.iterdir()) == ["foo.txt", "nowhere", "pipe"]


def test_a_folder_of_drafts_that_is_shut_is_named(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    with pytest.raises(JournalUnusable) as caught:
        drafts.everything()

    assert (caught.value.reason, caught.value.path) == ("folder-shut", str(drafts.folder))


def test_a_discarded_draft_leaves_nothing_of_what_was_being_written(drafts: Drafts) -> None:
    uid = new_uid()
    place = drafts.keep(uid, {})
    place.with_suffix(".new").write_text("half of the next")
    drafts.buffer(uid).write_text("in the editor")

    drafts.discard(uid)

    assert list(drafts.folder.iterdir()) == []
