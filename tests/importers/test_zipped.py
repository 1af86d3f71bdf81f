"""A zip that is read without being unpacked: what it says of itself is held against what is in it."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest

from mentorlog.errors import BadFile
from mentorlog.importers.source import Source
from mentorlog.importers.zipped import json_files

_HEAD = 1 << 16


def zipped(
    members: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", how) as archive:
        archive.comment = comment
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def source(content: bytes, told: list[int] | None = None) -> Source:
    tell = (lambda _count: None) if told is None else told.append
    return Source(BytesIO(content), len(content), content[:_HEAD], tell)


def contents(content: bytes) -> dict[str, bytes]:
    return {name: b"".join(pieces) for name, pieces in json_files(source(content))}


def refusal(content: bytes) -> BadFile:
    with pytest.raises(BadFile) as refused:
        contents(content)
    return refused.value


def changed(content: bytes, offset: int, value: bytes) -> bytes:
    """Return a zip with a field of its last member changed in the list at its end."""
    at = content.rindex(b"PK\x01\x02") + offset
    return content[:at] + value + content[at + len(value) :]


def with_long_numbers(content: bytes, **wrong: Any) -> bytes:
    """Return a zip whose end says its numbers in the longer way, for which they need not be long."""
    end = content.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack("<10xHLL", content[end : end + 20])
    size = wrong.get("size", size)
    longer = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    where = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    short = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, wrong.get("short", 0), 0xFFFFFFFF, 0
    )
    return content[:end] + longer + where + short


MEMBERS = {"B.json": b'{"b": 1}', "a.JSON": b'{"a": 1}'}


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_json_in_it_is_read_by_name(how: int) -> None:
    found = contents(zipped(MEMBERS, how))

    assert found == MEMBERS
    assert list(found) == ["B.json", "a.JSON"]


def test_only_the_files_nearest_to_the_top_are_read_and_none_that_a_mac_puts_beside() -> None:
    members = {
        "a/b/deep.json": b"1", "a/near.json": b"2", "top.txt": b"3", "z/near.json": b"4",
        "__MACOSX/near.json": b"5",
    }  # fmt: skip

    assert contents(zipped(members)) == {"a/near.json": b"2", "z/near.json": b"4"}


@pytest.mark.parametrize("comment", [b"", b"c" * 65_535])
def test_a_zip_with_a_comment_of_any_length_is_read(comment: bytes) -> None:
    assert contents(zipped(MEMBERS, comment=comment)) == MEMBERS


def test_what_only_looks_like_the_end_of_a_zip_is_not_taken_for_it() -> None:
    members = {"0.bin": b"PK\x05\x06" + b"\xff" * 18} | MEMBERS

    assert contents(zipped(members, zipfile.ZIP_STORED)) == MEMBERS


def test_a_zip_that_says_its_numbers_in_the_longer_way_is_read() -> None:
    assert contents(with_long_numbers(zipped(MEMBERS))) == MEMBERS


@pytest.mark.parametrize("size", [(1 << 23) + 1, 1 << 31, 1 << 63])
def test_a_list_of_members_that_is_said_to_be_long_is_refused_before_it_is_read(size: int) -> None:
    short = zipped(MEMBERS)
    end = short.rindex(b"PK\x05\x06")
    said_shortly = (
        short[: end + 12] + struct.pack("<L", size % (1 << 32) or 1 << 31) + short[end + 16 :]
    )

    assert refusal(with_long_numbers(zipped(MEMBERS), size=size)).reason == "zip-broken"
    assert refusal(said_shortly).reason == "zip-broken"


def test_what_has_no_end_is_broken() -> None:
    assert refusal(b"PK\x03\x04" + b"\x00" * 200).reason == "zip-broken"
    assert refusal(b"PK\x03\x04").reason == "zip-broken"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (changed(zipped(MEMBERS), 8, b"\x01\x00"), "zip-encrypted"),
        (changed(zipped(MEMBERS), 10, b"\x0e\x00"), "zip-broken"),
        (changed(zipped(MEMBERS), 16, b"\x00\x00\x00\x00"), "zip-broken"),
        (zipped(MEMBERS | {"a.JSON": b" " * 3_000_000}), "zip-too-dense"),
    ],
    ids=["encrypted", "packed otherwise", "another sum", "dense"],
)
def test_a_member_that_is_refused_is_named(content: bytes, reason: str) -> None:
    found = refusal(content)

    assert (found.reason, found.place.within) == (reason, "a.JSON")


def test_one_that_is_wrong_costs_none_of_those_before_it() -> None:
    files = json_files(source(changed(zipped(MEMBERS), 8, b"\x01\x00")))

    name, pieces = next(files)

    assert (name, b"".join(pieces)) == ("B.json", MEMBERS["B.json"])


def test_what_packs_well_is_read_up_to_a_megabyte_however_well() -> None:
    dense, denser = b" " * (1 << 20), b" " * ((1 << 20) + 1)

    assert contents(zipped({"a.json": dense})) == {"a.json": dense}
    assert refusal(zipped({"a.json": denser})).reason == "zip-too-dense"


def test_and_what_packs_as_text_does_at_any_length() -> None:
    text = b"".join(b"word %d and another\n" % number for number in range(100_000))

    assert contents(zipped({"a.json": text})) == {"a.json": text}


def test_how_far_it_has_been_read_is_told_of_all_members_together() -> None:
    members = {f"{name}.json": name.encode() * 100_000 for name in "abc"}
    content = zipped(members, zipfile.ZIP_STORED)
    told: list[int] = []

    for _name, pieces in json_files(source(content, told)):
        for _piece in pieces:
            pass

    pieces_told = [65_536, 100_000, 165_536, 200_000, 265_536, 300_000]
    assert told == [count * len(content) // 300_000 for count in pieces_told]
