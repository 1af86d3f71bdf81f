"""The JSON files in a zip, read without unpacking it anywhere. What a zip says of itself is not believed."""

import os
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mentorlog.errors import BadFile, Place
from mentorlog.importers.source import MOST_BYTES, Source

_DENSEST = 100  # bytes out of one: text packs ten to one; what is made to be long, up to a thousand
_TELLING = 1 << 20  # bytes out, from which on that says something
_LONGEST_LIST = 1 << 23  # bytes of the list of members at the end: as many as no journal has photos
_PIECE = 1 << 16
_IS_ENCRYPTED = 1  # a bit of a member's flags
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError
)  # fmt: skip


def json_files(source: Source) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the JSON files nearest to the top of a zip, each with its name and its bytes, by name."""
    if source.size is None:
        raise BadFile("zip-by-pipe")
    try:
        _refuse_long_list(source.file, source.size)
        archive = ZipFile(source.file)
        members = _chosen(archive.infolist())
    except _BROKEN as failure:
        raise BadFile("zip-broken") from failure
    whole = sum(member.file_size for member in members)
    if whole > MOST_BYTES:
        raise BadFile("too-large")
    before = 0
    for member in members:
        _refuse_unfit(member)
        yield member.filename, _bytes(archive, member, source, (before, whole))
        before += member.file_size


def _chosen(members: list[ZipInfo]) -> list[ZipInfo]:
    found = [
        each
        for each in members
        if each.filename.lower().endswith(".json") and not each.filename.startswith("__MACOSX/")
    ]
    if not found:
        raise BadFile("zip-without-json")
    top = min(each.filename.count("/") for each in found)
    nearest = (each for each in found if each.filename.count("/") == top)
    return sorted(nearest, key=lambda each: each.filename)


def _refuse_unfit(member: ZipInfo) -> None:
    """Refuse a member that cannot be read, or that would be far more than any text once it is."""
    place = Place(within=member.filename)
    if member.flag_bits & _IS_ENCRYPTED:
        raise BadFile("zip-encrypted", place)
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadFile("zip-broken", place)
    if member.file_size > max(_TELLING, member.compress_size * _DENSEST):
        raise BadFile("zip-too-dense", place)


def _refuse_long_list(file: BinaryIO, size: int) -> None:
    """Refuse a list of members that would fill the memory by itself, before it is read."""
    file.seek(-min(size, (1 << 16) + 100), os.SEEK_END)
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    (length,) = struct.unpack("<L", tail[end + 12 : end + 16])
    if tail[end - 20 : end - 16] == b"PK\x06\x07":  # longer numbers stand before it
        (length,) = struct.unpack("<Q", tail[end - 36 : end - 28])
    if end < 0 or length > _LONGEST_LIST:
        raise BadFile("zip-broken")


def _bytes(
    archive: ZipFile, member: ZipInfo, source: Source, share: tuple[int, int]
) -> Iterator[bytes]:
    """Yield a member; `share` is how much of all there is to read comes before it, and of how much."""
    count, whole = share
    try:
        with archive.open(member) as file:
            while piece := file.read(_PIECE):
                count += len(piece)
                source.told(count * (source.size or 0) // max(1, whole))
                yield piece
    except _BROKEN as failure:
        raise BadFile("zip-broken", Place(within=member.filename)) from failure
