"""Files put in their place: whole, under a name that was free, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mentorlog.storage import placing


@pytest.fixture(params=["with hard links", "without"])
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A file that is whole, on a disk with hard links and on one that has none."""

    def refuse(*_places: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "without":
        monkeypatch.setattr(os, "link", refuse)
    place = tmp_path / "whole"
    place.write_text("new")
    return place


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_name_that_is_free_is_given(whole: Path) -> None:
    place = whole.with_name("place")

    placing.put_in_place(whole, place)

    assert (names(place.parent), place.read_text()) == (["place"], "new")


def test_a_name_that_is_taken_is_not_written_over(whole: Path) -> None:
    place = whole.with_name("place")
    place.write_text("somebody else's")

    with pytest.raises(FileExistsError):
        placing.put_in_place(whole, place)

    assert (place.read_text(), whole.read_text()) == ("somebody else's", "new")


def test_with_force_it_is(whole: Path) -> None:
    place = whole.with_name("place")
    place.write_text("old")

    placing.put_in_place(whole, place, force=True)

    assert (names(place.parent), place.read_text()) == (["place"], "new")


def test_a_claimed_name_is_given_up_where_the_file_cannot_get_it(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_places: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "link", fail)
    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(OSError, match="Input/output"):
        placing.put_in_place(whole, whole.with_name("place"))

    assert names(whole.parent) == ["whole"]


def test_a_claimed_name_that_is_gone_before_it_is_given_up_is_no_other_failure(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_places: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    def fail(_beside: Path, place: Path) -> None:
        place.unlink()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(OSError, match="Input/output"):
        placing.put_in_place(whole, whole.with_name("place"))

    assert names(whole.parent) == ["whole"]


@pytest.mark.parametrize(("force", "left"), [(False, []), (True, ["place"])])
def test_a_new_name_that_cannot_be_synced_is_taken_away_again(
    whole: Path, monkeypatch: pytest.MonkeyPatch, force: bool, left: list[str]
) -> None:
    """Fails when the old one goes too: with `force`, what took its place is all there is."""

    def fail(_number: int) -> None:
        raise OSError(5, "Input/output error")

    place = whole.with_name("place")
    if force:
        place.write_text("old")
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError, match="Input/output"):
        placing.put_in_place(whole, place, force=force)

    assert names(whole.parent) == left


def test_a_new_name_that_is_gone_before_it_can_be_taken_away_is_no_other_failure(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = whole.with_name("place")

    def fail(_number: int) -> None:
        place.unlink()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError, match="Input/output"):
        placing.put_in_place(whole, place)

    assert names(whole.parent) == []


def test_what_is_written_beside_is_private_and_gone_unless_it_got_its_name(tmp_path: Path) -> None:
    with placing.beside_of(tmp_path / "place") as beside:
        mode = stat.S_IMODE(beside.stat().st_mode)
        found = list(placing.cut_off(tmp_path))

    assert (mode, found) == (0o600, [beside])
    assert names(tmp_path) == []
