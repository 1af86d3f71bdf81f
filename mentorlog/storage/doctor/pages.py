"""The rows in the pages of a database file, read without SQLite: what is left where that gives up.

Only the leaves of tables are looked at, each page by itself, so that nothing hangs on the pages above
it. The bytes are nobody's to trust: whatever they say of lengths and places is held against the page
and the file, no chain is followed in a circle, and all chains together are followed only so far. What
a row means is `remains.py`'s.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_LEAF_OF_TABLE = 0x0D
_SIZES = (4096, 1024, 8192, 16384, 32768, 65536, 2048, 512)  # the usual one first
_NO_SORTS = {10, 11}  # of a value: kept for SQLite's own use
_MOST_COLUMNS = 100  # more than any table of ours has
_SAMPLE = 4 << 20  # bytes at the beginning, from which is told how large the pages are
_MOST_FOLLOWED = 8  # times the length of the file: so much is read of overflow pages in all
CUT_OFF = "\udcff"  # stands in a text for what of it could not be read

Value = int | float | str | bytes | None


class Row(NamedTuple):
    """A row as it lies in a page: its number and the values of its columns, in their order.

    Not `is_whole`: a part of it was not to be read. A text is then cut off, anything else None.
    """

    number: int
    values: tuple[Value, ...]
    is_whole: bool


def rows(file: BinaryIO) -> Iterator[Row]:
    """Yield every row that can be made out in the file, pages in their order; never an error."""
    size = file.seek(0, 2)
    file.seek(0)
    begins = file.read(100)
    ways = [*dict.fromkeys((*_way_that_is_said(begins), *((each, 0) for each in _SIZES)))]
    usual = _Pages(file, size, *ways[0])
    if ways[0][0] != _SIZES[0] or next(usual.rows(), None) is None:
        # What the file says of itself may be what is damaged: as it is divided, so many rows there are.
        divided = (_Pages(file, min(size, _SAMPLE), *way) for way in ways)
        usual = max(divided, key=lambda pages: sum(1 for _row in pages.rows()))
    yield from _Pages(file, size, usual.page_size, usual.unused).rows()


def _way_that_is_said(begins: bytes) -> Iterator[tuple[int, int]]:
    """Yield how large the pages are by the header, and how many bytes at their ends are not used."""
    said = int.from_bytes(begins[16:18], "big")
    said = 65536 if said == 1 else said
    if begins.startswith(b"SQLite format 3\x00") and said in _SIZES and begins[20] <= said - 480:
        yield said, begins[20]


class _Pages:
    """A file, divided into pages of one size."""

    def __init__(self, file: BinaryIO, size: int, page_size: int, unused: int) -> None:
        self._file = file
        self._size = size
        self.page_size = page_size
        self.unused = unused
        self._usable = page_size - unused
        self._count = size // page_size
        self._left_to_follow = _MOST_FOLLOWED * size

    def rows(self) -> Iterator[Row]:
        for number in range(2, self._count + 1):  # the first one has the schema
            page = self._page(number)
            if page[:1] == bytes([_LEAF_OF_TABLE]) and len(page) == self.page_size:
                yield from self._in_leaf(page)

    def _page(self, number: int) -> bytes:
        self._file.seek((number - 1) * self.page_size)
        return self._file.read(self.page_size)

    def _in_leaf(self, page: bytes) -> Iterator[Row]:
        (count,) = struct.unpack_from(">H", page, 3)
        ends = 8 + 2 * count
        if ends > self._usable:
            return
        for (at,) in struct.iter_unpack(">H", page[8:ends]):
            if ends <= at < self._usable - 3:
                row = self._cell(page, at)
                if row is not None:
                    yield row

    def _cell(self, page: bytes, at: int) -> Row | None:
        length, at = _whole_number(page, at)
        number, at = _whole_number(page, at)
        if not 0 < length <= self._size or at >= self._usable:
            return None
        here = self._kept_here(length)
        ends = at + here + (0 if here == length else 4)
        if ends > self._usable:
            return None
        payload = page[at : at + here]
        if here < length:
            if not 0 < payload[0] <= _MOST_COLUMNS:
                return None  # no row of ours: its chain is not worth following
            (following,) = struct.unpack_from(">I", page, at + here)
            payload += self._overflow(following, length - here)
        return _row(number - (1 << 64) if number >> 63 else number, payload, length)

    def _kept_here(self, length: int) -> int:
        """Return how much of a row that long stands in the leaf itself, as the file format has it."""
        most = self._usable - 35
        if length <= most:
            return length
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        return here if here <= most else least

    def _overflow(self, following: int, length: int) -> bytes:
        """Return the rest of a row, as far as its chain of pages can be followed."""
        found, seen = bytearray(), set[int]()
        while len(found) < length and 1 < following <= self._count and following not in seen:
            seen.add(following)
            self._left_to_follow -= self.page_size
            if self._left_to_follow < 0:
                break
            page = self._page(following)
            (following,) = struct.unpack_from(">I", page)
            found += page[4 : self._usable]
        return bytes(found[:length])


def _whole_number(found: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends; what is beyond the bytes is 0."""
    value = 0
    for place in range(at, at + 8):
        byte = found[place] if place < len(found) else 0
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    last = found[at + 8] if at + 8 < len(found) else 0
    return value << 8 | last, at + 9


def _row(number: int, payload: bytes, length: int) -> Row | None:
    """Return the row that a payload holds; None where it is none of any table of ours."""
    head, at = _whole_number(payload, 0)
    if not at <= head <= min(length, len(payload), 9 * _MOST_COLUMNS):
        return None
    sorts = list[int]()
    while at < head:
        sort, at = _whole_number(payload, at)
        sorts.append(sort)
    if at != head or len(sorts) > _MOST_COLUMNS or not _NO_SORTS.isdisjoint(sorts):
        return None
    lengths = [_length_of(sort) for sort in sorts]
    if sum(lengths) != length - head:
        return None
    values = list[Value]()
    for sort, each in zip(sorts, lengths, strict=True):
        values.append(_value(sort, payload[head : head + each], each))
        head += each
    return Row(number, tuple(values), len(payload) == length)


def _length_of(sort: int) -> int:
    if sort >= 12:
        return (sort - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[sort]


def _value(sort: int, found: bytes, length: int) -> Value:
    """Return a value; bytes that are no UTF-8 stand in a text as lone surrogates."""
    is_whole = len(found) == length
    if sort >= 13 and sort % 2:
        return found.decode("utf-8", "surrogateescape") + ("" if is_whole else CUT_OFF)
    if not is_whole:
        return None
    if sort >= 12:
        return found
    if 1 <= sort <= 6:
        return int.from_bytes(found, "big", signed=True)
    if sort == 7:
        return float(struct.unpack(">d", found)[0])
    return {8: 0, 9: 1}.get(sort)
