"""Drafts: kept whole and private, offered oldest first, gone once they are a record."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
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


# What goes wrong, and what an editor leaves ------------------------------------------------------


def test_what_an_editor_left_is_known_by_the_draft(drafts: Drafts) -> None:
    uid, other = new_uid(), new_uid()
    place = drafts.buffer(uid)

    assert not drafts.has_buffer(uid)
    place.write_text("in the editor")

    assert place == drafts.folder / uid / "text.txt"
    assert (drafts.has_buffer(uid), drafts.has_buffer(other)) == (True, False)
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def failing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have the disk refuse one thing that may be done to a path."""

    def refuse(*_given: object, **_more: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, name, refuse)


def test_a_draft_that_cannot_be_put_in_its_place_names_it_and_the_reason(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = new_uid()
    failing(monkeypatch, "replace")

    with pytest.raises(OutputFailed) as caught:
        drafts.keep(uid, {})

    assert (caught.value.path, caught.value.detail) == (
        str(drafts.folder / f"{uid}.json"), os.strerror(errno.EACCES)
    )  # fmt: skip


def test_a_draft_that_cannot_be_discarded_names_the_folder_and_the_reason(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = new_uid()
    drafts.keep(uid, {})
    failing(monkeypatch, "unlink")

    with pytest.raises(OutputFailed) as caught:
        drafts.discard(uid)

    assert (caught.value.path, caught.value.detail) == (
        str(drafts.folder), os.strerror(errno.EACCES)
    )  # fmt: skip


def test_a_draft_that_cannot_be_removed_names_its_file_and_the_reason(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = drafts.keep(new_uid(), {})
    (begun,) = drafts.everything()
    failing(monkeypatch, "unlink")

    with pytest.raises(OutputFailed) as caught:
        drafts.remove(begun)

    assert (caught.value.path, caught.value.detail) == (str(place), os.strerror(errno.EACCES))


def test_all_of_a_draft_is_removed_even_what_another_program_has_removed_already(
    drafts: Drafts, tmp_path: Path
) -> None:
    uid = "a" * 32
    drafts.keep(uid, {})
    drafts.buffer(uid).write_text("in the editor")
    (tmp_path / "elsewhere").mkdir()
    (drafts.folder / f"{uid}.link").symlink_to(tmp_path / "elsewhere")
    (begun,) = drafts.everything()
    (drafts.folder / f"{uid}.json").unlink()

    drafts.remove(begun)

    assert list(drafts.folder.iterdir()) == []
    assert (tmp_path / "elsewhere").is_dir()


def test_a_folder_of_drafts_that_is_shut_says_why(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "iterdir")

    with pytest.raises(JournalUnusable) as caught:
        drafts.everything()

    assert (caught.value.detail, caught.value.exit_code) == (os.strerror(errno.EACCES), 74)


def test_without_a_folder_there_is_nothing(drafts: Drafts) -> None:
    assert (drafts.everything(), drafts.waiting()) == ([], [])


HALF = '{\n "command": "meet",\n "ref": "目標",\n "answers": {\n  "notes": "lo'


@pytest.mark.parametrize(
    ("written", "draft"),
    [
        (HALF, {"command": "meet", "ref": "目標"}),
        (HALF[: HALF.index('\n "answers"')], {"command": "meet", "ref": "目標"}),
        (HALF[: HALF.index("標")], {"command": "meet"}),
        (HALF[: HALF.index('"meet"')], None),
        ("{", None),
        ("", None),
        ("[1,\n 2", None),
        ('{\n "command": "meet"X', None),
        ("[" * 100_000, None),
    ],
    ids=["in the answers", "before them", "in a word", "in the first", "begun", "empty", "a list", "no line of ours", "deep"],
)  # fmt: skip
def test_of_a_form_that_was_cut_off_what_stood_before_the_answers_is_known(
    drafts: Drafts, written: str, draft: dict[str, str] | None
) -> None:
    uid = "a" * 32
    drafts.folder.mkdir(parents=True)
    (drafts.folder / f"{uid}.new").write_text(written, encoding="utf-8")

    (found,) = drafts.everything()

    assert (found.uid, found.draft, found.is_legible) == (uid, draft, True)
    assert written in found.text


def test_a_form_that_is_whole_goes_before_one_that_was_cut_off(drafts: Drafts) -> None:
    uid = "a" * 32
    drafts.keep(uid, {"command": "whole"})
    (drafts.folder / f"{uid}.new").write_text(HALF, encoding="utf-8")

    (found,) = drafts.everything()

    assert found.draft == {"command": "whole"}


def test_a_form_that_was_cut_off_within_a_character_is_known_as_far_as_it_goes(
    drafts: Drafts,
) -> None:
    uid = "a" * 32
    drafts.folder.mkdir(parents=True)
    (drafts.folder / f"{uid}.new").write_bytes('{\n "command": "meet",\n "ref": "目'.encode()[:-1])

    (found,) = drafts.everything()

    assert found.draft == {"command": "meet"}


def test_all_that_stands_in_a_folder_is_said_with_its_names_in_their_order(drafts: Drafts) -> None:
    folder = drafts.buffer("a" * 32).parent
    (folder / "b.txt").write_bytes("目".encode() + b"\xff")
    (folder / "a").mkdir()
    (folder / "a" / "c.txt").write_text("within")

    (found,) = drafts.everything()

    assert found.text == "\n".join(["a" * 32, "a", "c.txt", "within", "b.txt", "目\ufffd"])
    assert found.is_legible


def test_a_folder_within_that_cannot_be_read_makes_a_draft_illegible(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.buffer("a" * 32).write_text("in the editor")
    reading = Path.read_bytes

    def refuse(place: Path) -> bytes:
        if place.name == "text.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return reading(place)

    monkeypatch.setattr(Path, "read_bytes", refuse)

    (found,) = drafts.everything()

    assert (found.text, found.is_legible) == ("\n".join(["a" * 32, "text.txt"]), False)


def test_a_text_without_a_form_is_kept_as_it_is_and_is_its_owners_alone(drafts: Drafts) -> None:
    place = drafts.keep_text("a" * 32, "目標 🎯\nand more")

    assert place == drafts.folder / ("a" * 32) / "text.txt"
    assert place.read_bytes() == "目標 🎯\nand more".encode()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_a_text_that_cannot_be_kept_names_its_place_and_leaves_nothing_behind(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    uid = "a" * 32
    drafts.folder.mkdir(parents=True)
    (drafts.folder / uid).mkdir()

    with pytest.raises(OutputFailed) as caught:
        drafts.keep_text(uid, "words")

    assert (caught.value.path, caught.value.detail) == (
        str(drafts.folder / uid / "text.txt"), os.strerror(errno.ENOSPC)
    )  # fmt: skip
    assert list(drafts.folder.iterdir()) == []


def test_a_text_that_cannot_be_kept_nor_removed_says_why_it_cannot_be_kept(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(number: int) -> Callable[..., None]:
        def fail(*_given: object, **_more: object) -> None:
            raise OSError(number, os.strerror(number))

        return fail

    monkeypatch.setattr(os, "fsync", refuse(errno.ENOSPC))
    monkeypatch.setattr(os, "rmdir", refuse(errno.EACCES))
    uid = "a" * 32
    (drafts.folder / uid).mkdir(parents=True)

    with pytest.raises(OutputFailed) as caught:
        drafts.keep_text(uid, "words")

    assert (caught.value.path, caught.value.detail) == (
        str(drafts.folder / uid / "text.txt"), os.strerror(errno.ENOSPC)
    )  # fmt: skip


def test_a_draft_that_is_gone_while_it_is_read_hides_no_other(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = new_uid()
    drafts.keep(uid, {"command": "meet"})
    going = drafts.keep(new_uid(), {"command": "ask"})
    stat_of = Path.stat

    def gone(place: Path, **how: bool) -> os.stat_result:
        if place == going:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return stat_of(place, **how)

    monkeypatch.setattr(Path, "stat", gone)

    assert drafts.waiting() == [(uid, {"command": "meet"})]


def test_while_it_is_written_a_draft_stands_beside_under_its_own_name(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two terminals may write two drafts at the same time."""
    seen: list[str] = []
    replace = Path.replace

    def watched(place: Path, target: Path) -> Path:
        seen.append(place.name)
        return replace(place, target)

    monkeypatch.setattr(Path, "replace", watched)
    uid = new_uid()

    drafts.keep(uid, {})

    assert seen == [f"{uid}.new"]


def test_of_a_form_that_the_program_was_killed_over_what_stood_before_the_answers_is_known(
    drafts: Drafts,
) -> None:
    """A form is written in lines, so that it can be known by those that are whole."""
    uid = "a" * 32
    place = drafts.keep(uid, {"command": "meet", "ref": "p1", "answers": {"notes": "a long night"}})
    written = place.read_text(encoding="utf-8")
    place.unlink()

    for cut in range(written.index('"answers"'), len(written)):
        place.with_suffix(".new").write_text(written[:cut], encoding="utf-8")

        (found,) = drafts.everything()

        assert found.draft == {"command": "meet", "ref": "p1"}
