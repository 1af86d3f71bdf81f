"""The file an import reads: opened safely, its beginning looked at, its bytes counted as they go.

What is in it is the business of the modules beside this one. Text has to be UTF-8; a journal in
another encoding is refused with the place of the first byte that is not.
"""

import codecs
import os
import stat
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from typing import BinaryIO, NamedTuple

from mentorlog.errors import BadFile, InputFailed, Place

MOST_BYTES = 1 << 30  # of a file: beyond it, it is no journal
LONGEST = 48 << 20  # bytes that one record or line may take in memory
MOST_CHARACTERS = (
    LONGEST // 4
)  # that surely fit into it: more than the longest note there has to be
_PIECE = 1 << 16
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Source(NamedTuple):
    """An open file: its bytes if their number is known, how it begins, and who is told what was read."""

    file: BinaryIO
    size: int | None
    head: bytes
    told: Callable[[int], object]

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it from the beginning, a piece at a time."""
        yield self.head
        yield from pieces_of(self.file, len(self.head), self.told)

    def text(self) -> Iterator[str]:
        """Yield all of it as text."""
        return decoded(self.pieces())


def opened(name: str) -> BinaryIO:
    """Open a file to be read; InputFailed for what is none: a pipe could keep one waiting for ever."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(name, flags)
    except (FileNotFoundError, NotADirectoryError) as failure:
        raise InputFailed(name, "missing") from failure
    except (OSError, ValueError) as failure:
        detail = getattr(failure, "strerror", None) or str(failure)
        raise InputFailed(name, "unreadable", detail, 74) from failure
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise InputFailed(name, "not-a-file")
    return os.fdopen(number, "rb")


def looked_at(file: BinaryIO, told: Callable[[int], object]) -> Source:
    """Return an open file with its beginning read; refuse what can be neither text nor a zip."""
    found = os.fstat(file.fileno())
    size = found.st_size if stat.S_ISREG(found.st_mode) else None
    if size is not None and size > MOST_BYTES:
        raise BadFile("too-large")
    head = _read(file)
    if not head.strip():
        raise BadFile("empty")
    if head.startswith(_WIDE):
        raise BadFile("not-utf8", byte="1", encoding="UTF-16")
    if head.startswith(b"SQLite format 3\x00"):
        raise BadFile("a-database")
    if not is_zip(head) and b"\x00" in head:
        raise BadFile("binary")
    return Source(file, size, head, told)


def is_zip(head: bytes) -> bool:
    """True for the beginning of a zip."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def pieces_of(file: BinaryIO, count: int, told: Callable[[int], object]) -> Iterator[bytes]:
    """Yield the rest of a file of which `count` bytes have been read; too many of them are refused."""
    told(count)
    while piece := _read(file):
        count += len(piece)
        if count > MOST_BYTES:
            raise BadFile("too-large")
        told(count)
        yield piece


def _read(file: BinaryIO) -> bytes:
    try:
        return file.read(_PIECE)
    except OSError as failure:
        raise InputFailed("", "unreadable", failure.strerror or "", 74) from failure


def decoded(pieces: Iterator[bytes]) -> Iterator[str]:
    """Yield UTF-8 as text, a mark at its beginning left out; BadFile names the byte that is none."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    count = held = (
        0  # bytes before this piece, and those of them that wait for the rest of a character
    )
    try:
        for piece in pieces:
            held = len(decoder.getstate()[0])
            yield decoder.decode(piece)
            count += len(piece)
        held = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as wrong:
        raise BadFile("not-utf8", byte=str(count - held + wrong.start + 1), encoding="") from None


def lines(texts: Iterator[str]) -> Iterator[str]:
    """Yield lines, each with its end, whichever of the three it is; refuse one that has no end."""
    for block in blocks(texts):
        yield from StringIO(block, newline="")


def blocks(texts: Iterator[str]) -> Iterator[str]:
    """Yield text anew so that each piece is whole lines; refuse a line that has no end."""
    begun: list[str] = []
    number = 1
    for text in texts:
        end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1  # a last \r may go on with \n
        begun.append(text)
        if end == 0:
            if sum(map(sys.getsizeof, begun)) > LONGEST:
                raise BadFile("too-long", Place(line=number))
            continue
        begun[-1] = text[:end]
        block = "".join(begun)
        yield block
        number += block.count("\n") + block.count("\r") - block.count("\r\n")
        begun = [text[end:]]
    yield "".join(begun)
