"""The file an import reads: what is none is told apart from one that is bad, whole and in any pieces."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.errors import BadFile, InputFailed
from mentorlog.importers.source import MOST_BYTES, decoded, lines, looked_at, opened, pieces_of

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

    assert (source.size, len(source.head), whole) == (200_000, 65536, b"x" * 200_000)
    assert told == [65536, 131072, 196608, 200_000]


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

    assert refused.value.words["byte"] == str(expected)


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
