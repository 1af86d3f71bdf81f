"""The file an import reads: what is none is told apart from one that is bad, whole and in any pieces."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.errors import BadFile, InputFailed
from mentorlog.importers.source import (
    MOST_BYTES,
    blocks,
    decoded,
    lines,
    looked_at,
    opened,
    pieces_of,
)

texts = st.text(st.characters(codec="utf-8"), max_size=30)


def cut(whole: bytes, places: list[int]) -> list[bytes]:
    cuts = sorted(place % (len(whole) + 1) for place in places)
    return [whole[one:other] for one, other in zip([0, *cuts], [*cuts, len(whole)], strict=True)]


def test_a_file_is_opened_and_its_beginning_read(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"x" * 200_000)
    told: list[int] = []

    with opened(str(place)) as file:
        source = looked_at(file, told.append)
        whole = b"".join(source.pieces())
        file.seek(65536)
        text = "".join(source.text())

    assert text == "x" * 200_000
    assert (source.size, len(source.head), whole) == (200_000, 65536, b"x" * 200_000)
    assert told == [65536, 131072, 196608, 200_000] * 2


def test_what_is_no_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    reasons = {}
    for name in ("missing", "file/x", "pipe", ".", "x" * 300, "a\x00b"):
        with pytest.raises(InputFailed) as refused:
            opened(str(tmp_path / name))
        reasons[name[:8]] = refused.value.reason, refused.value.exit_code

    assert reasons == {
        "missing": ("missing", 1), "file/x": ("missing", 1), "pipe": ("not-a-file", 1),
        ".": ("not-a-file", 1), "xxxxxxxx": ("unreadable", 74), "a\x00b": ("unreadable", 74),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \n\t", "empty"), (b"a\x00b", "binary"), (b"\xff\xfea\x00", "not-utf8"),
     (b"\xfe\xff\x00a", "not-utf8"), (b"a\x00b\x00", "binary")],
)  # fmt: skip
def test_what_can_be_neither_text_nor_a_zip_is_refused_at_once(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    place = tmp_path / "file"
    place.write_bytes(content)

    with opened(str(place)) as file, pytest.raises(BadFile) as refused:
        looked_at(file, lambda _count: None)

    assert refused.value.reason == reason


def test_a_file_is_not_read_beyond_a_gigabyte(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        list(pieces_of(BytesIO(b"x"), MOST_BYTES, lambda _count: None))

    assert refused.value.reason == "too-large"


@given(texts, st.lists(st.integers(0, 1000)))
def test_text_is_the_same_in_whatever_pieces_its_bytes_come(text: str, places: list[int]) -> None:
    pieces = cut(("\ufeff" + text).encode(), places)

    assert "".join(decoded(iter(pieces))) == text


@given(
    texts,
    st.sampled_from([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8"]),
    texts,
    st.lists(st.integers(0, 1000)),
)
def test_the_first_byte_that_is_no_text_is_named(
    before: str, wrong: bytes, after: str, places: list[int]
) -> None:
    whole = before.encode() + wrong + after.encode()
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError as failure:
        expected = failure.start + 1

    with pytest.raises(BadFile) as refused:
        list(decoded(iter(cut(whole, places))))

    assert (refused.value.reason, refused.value.words) == (
        "not-utf8", {"byte": str(expected), "encoding": ""}
    )  # fmt: skip


@given(
    st.lists(st.sampled_from(["a", "目", "\n", "\r", "\r\n", "\u2028", "\x0b", "\x85"])),
    st.lists(st.integers(0, 99)),
)
def test_lines_end_where_any_system_ends_them_and_nowhere_else(
    parts: list[str], places: list[int]
) -> None:
    text = "".join(parts)
    cuts = sorted(place % (len(text) + 1) for place in places)
    pieces = [text[one:other] for one, other in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    found = list(lines(iter(pieces)))

    ends = [line[len(line.rstrip("\r\n")) :] for line in found]
    assert "".join(found) == text
    assert all(end in {"\n", "\r", "\r\n"} for end in ends[:-1])
    assert [line.rstrip("\r\n") for line in found] == (
        text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if text else []
    )  # fmt: skip


# Told apart, each with what its sentence needs ---------------------------------------------------


def refusal_of(place: Path) -> InputFailed:
    with pytest.raises(InputFailed) as refused:
        opened(str(place))
    return refused.value


def bad(place: Path, content: bytes = b"", size: int | None = None) -> BadFile:
    """Return the refusal of a file, made as long as `size` without writing all of it."""
    place.write_bytes(content)
    if size is not None:
        os.truncate(place, size)
    with opened(str(place)) as file, pytest.raises(BadFile) as refused:
        looked_at(file, lambda _count: None)
    return refused.value


def test_what_is_no_file_is_refused_by_the_name_that_was_typed(tmp_path: Path) -> None:
    for name in ("missing", "x" * 300, "."):
        refused = refusal_of(tmp_path / name)

        assert refused.path == str(tmp_path / name)


def test_why_a_file_cannot_be_opened_is_said_in_words(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / ("x" * 300)).detail == os.strerror(errno.ENAMETOOLONG)
    assert refusal_of(tmp_path / "a\x00b").detail == "embedded null byte"


def test_a_file_of_a_gigabyte_is_looked_at_and_a_larger_one_is_not(tmp_path: Path) -> None:
    place = tmp_path / "file"
    refused = bad(place, b"x", MOST_BYTES + 1)
    os.truncate(place, MOST_BYTES)
    with place.open("wb") as made:
        made.write(b"day,text")
    os.truncate(place, MOST_BYTES)

    with opened(str(place)) as file, pytest.raises(BadFile) as of_nul:
        looked_at(file, lambda _count: None)

    assert (refused.reason, of_nul.value.reason) == ("too-large", "binary")


def test_what_comes_by_a_pipe_has_no_size() -> None:
    theirs, ours = os.pipe()
    os.write(ours, b"[2026-11-22] x")
    os.close(ours)

    with os.fdopen(theirs, "rb") as file:
        source = looked_at(file, lambda _count: None)
        whole = b"".join(source.pieces())

    assert (source.size, source.head, whole) == (None, b"[2026-11-22] x", b"[2026-11-22] x")


def test_a_text_in_utf_16_is_named_as_that_and_wrong_from_its_first_byte(tmp_path: Path) -> None:
    refused = bad(tmp_path / "file", "Day".encode("utf-16"))

    assert (refused.reason, refused.words) == ("not-utf8", {"byte": "1", "encoding": "UTF-16"})


def test_a_database_is_named_as_that(tmp_path: Path) -> None:
    place = tmp_path / "journal.db"
    with closing(sqlite3.connect(place)) as made:
        made.execute("CREATE TABLE x (y)")

    assert bad(place, place.read_bytes()).reason == "a-database"


def test_a_zip_is_looked_at_whatever_bytes_it_has(tmp_path: Path) -> None:
    place = tmp_path / "file"
    for begins in (b"PK\x03\x04", b"PK\x05\x06"):
        place.write_bytes(begins + b"\x00\x00")

        with opened(str(place)) as file:
            assert looked_at(file, lambda _count: None).head == begins + b"\x00\x00"


def test_a_file_that_cannot_be_read_on_says_why() -> None:
    class Broken(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.raises(InputFailed) as refused:
        list(pieces_of(Broken(), 0, lambda _count: None))

    failure = refused.value
    assert (failure.path, failure.reason, failure.detail, failure.exit_code) == (
        "", "unreadable", os.strerror(errno.EIO), 74
    )  # fmt: skip


def test_a_gigabyte_is_read_to_its_end_and_told_of_from_where_it_stands() -> None:
    told: list[int] = []

    read = list(pieces_of(BytesIO(b"xyz"), MOST_BYTES - 3, told.append))

    assert (read, told) == ([b"xyz"], [MOST_BYTES - 3, MOST_BYTES])


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_line_without_an_end_is_refused_by_its_number(end: str) -> None:
    pieces = [f"a{end}b{end}x", *["x" * 1_000_000] * 60]

    with pytest.raises(BadFile) as refused:
        list(blocks(iter(pieces)))

    assert (refused.value.reason, refused.value.place.line) == ("too-long", 3)


def test_a_line_as_long_as_a_note_may_be_is_read() -> None:
    assert "".join(blocks(iter(["x" * 1_000_000] * 11))) == "x" * 11_000_000


def test_an_end_that_is_cut_in_two_is_one() -> None:
    assert list(lines(iter(["a\r", "\nb\r", "c"]))) == ["a\r\n", "b\r", "c"]
