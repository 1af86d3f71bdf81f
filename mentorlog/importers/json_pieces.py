"""JSON read a piece at a time: an object whose members are lists of any length, in little memory.

The standard library's decoder takes each element out of a text that grows as it needs to. It is told
to refuse what it would let pass: a key that stands twice, NaN and numbers no journal has. (A parser
that reads in events, such as ijson, takes doubled keys and turns lone surrogates into "?" unasked.)
"""

import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any

from mentorlog.errors import BadFile, Place
from mentorlog.importers.source import LONGEST

_SPACE = re.compile(r"[ \t\n\r]*")
_STRINGS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_LONGEST_NUMBER = 40  # digits: those of a journal have at most 24
_DEEPEST = 50
_LONGEST_MARKUP = 1 << 20  # characters of a value outside of its texts
_LONGEST_STEP = 1 << 23  # characters read at once of one that is longer still
_NEAR = 12  # what may be cut off without a quote: -Infinity, or two halves of a \u escape
_MOST_MEMBERS = 1000  # of the outermost object


class Pieces:
    """A JSON document under way. `line` is the one that the value read last begins on."""

    def __init__(self, texts: Iterator[str], within: str = "") -> None:
        self._texts = texts
        self._within = within
        self._text, self._at, self._is_whole = "", 0, False
        self._line, self._counted = 1, 0  # the line that this place of `_text` is on
        self._column = 1  # of the beginning of `_text`
        self.line = 1
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_once, parse_int=_whole, parse_float=_finite, parse_constant=_refused
        )

    def members(self) -> Iterator[str]:
        """Yield the keys of the outermost object; after each its `value` or `elements` are to be read."""
        self._expect("{")
        seen: set[str] = set()
        is_open = self._next() != "}"
        while is_open:
            key = self._key()
            if key in seen or len(seen) > _MOST_MEMBERS:
                raise self.wrong("key-twice" if key in seen else "too-long")
            seen.add(key)
            yield key
            is_open = self._expect(",}") == ","
        if not seen:
            self._expect("}")
        if self._next():
            raise self._not_json(self._at)

    def elements(self) -> Iterator[Any]:
        """Yield what the list that comes next holds."""
        if self._next() not in {"[", ""}:
            raise self.wrong("no-list")
        self._expect("[")
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._expect(",]") == "]":
                return

    def value(self) -> Any:
        """Return the value that comes next."""
        self._next()
        self.line = self._line_of(self._at)
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as wrong:
                self._go_on(wrong)
                continue
            except RecursionError:
                raise self.wrong("too-deep") from None
            except _Refused as refused:
                raise self.wrong(str(refused)) from None
            length, is_number = end - self._at, isinstance(value, int | float)
            if is_number and end > len(self._text) - _NEAR and self._grow():
                continue  # "1" may be the beginning of 1.5 or 1e+9
            self._check(value, self._text[self._at : self._at + length])
            self._at += length
            return value

    def _check(self, value: Any, written: str) -> None:
        """Refuse what no other part of the program could do with; most values are seen to be sound."""
        if written.count("[") + written.count("{") > _DEEPEST and _is_deep(value):
            raise self.wrong("too-deep")
        if "\\u" in written and _has_half_a_pair(value):
            raise self.wrong("lone-surrogate")

    def wrong(self, reason: str) -> BadFile:
        """Return the refusal of the value read last."""
        return BadFile(reason, Place(line=self.line, within=self._within))

    def _key(self) -> str:
        if self._next() not in {'"', ""}:
            raise self._not_json(self._at)
        key: str = self.value()
        self._expect(":")
        return key

    # The text ------------------------------------------------------------------------------------

    def _next(self) -> str:
        """Go to what comes after white space and return its first character, blank at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._grow():
                return ""

    def _expect(self, characters: str) -> str:
        found = self._next()
        if not found:
            self.line = self._line_of(self._at)
            raise self.wrong("cut-off")
        if found not in characters:
            raise self._not_json(self._at)
        self._at += 1
        return found

    def _go_on(self, wrong: json.JSONDecodeError) -> None:
        """Read on where a value is cut off at the end of the text; refuse one that is wrong before it."""
        is_open = wrong.msg.startswith("Unterminated")
        if not is_open and wrong.pos < len(self._text) - _NEAR:
            raise self._not_json(wrong.pos) from None
        beyond = wrong.pos - self._at
        if not self._grow():  # which has made the value the beginning of the text
            is_open = is_open or beyond >= len(self._text.rstrip())
            raise (self.wrong("cut-off") if is_open else self._not_json(beyond)) from None

    def _grow(self) -> bool:
        """Read about as much again as waits already, so that a long value costs no more than its length."""
        self._drop()
        waiting = len(self._text)
        if waiting > _LONGEST_MARKUP:
            self._refuse_endless()
        more: list[str] = []
        count = 0
        while not self._is_whole and count <= min(waiting, _LONGEST_STEP):
            piece = next(self._texts, None)
            self._is_whole = piece is None
            more.append(piece or "")
            count += len(piece or "")
        self._text += "".join(more)
        return count > 0

    def _drop(self) -> None:
        """Forget the text that has been read."""
        self._line_of(self._at)
        self._column = self._column_of(self._at)
        self._text, self._at, self._counted = self._text[self._at :], 0, 0

    def _refuse_endless(self) -> None:
        if sys.getsizeof(self._text) > LONGEST:
            raise self.wrong("too-long")
        if len(_STRINGS.sub("", self._text)) > _LONGEST_MARKUP:
            raise self.wrong("too-long")

    def _line_of(self, at: int) -> int:
        """Return the line of a place in the text, which is never before the one asked for last."""
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        return self._line

    def _column_of(self, at: int) -> int:
        last = self._text.rfind("\n", 0, at)
        return self._column + at if last < 0 else at - last

    def _not_json(self, at: int) -> BadFile:
        self.line = self._line_of(at)
        place = Place(line=self.line, within=self._within)
        return BadFile("not-json", place, column=str(self._column_of(at)))


class _Refused(Exception):
    """What JSON may say and no journal does; its text is the reason."""


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):
        raise _Refused("key-twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise _Refused("odd-number")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
    if math.isinf(value):
        raise _Refused("odd-number")
    return value


def _refused(_name: str) -> None:
    raise _Refused("odd-number")


def _has_half_a_pair(value: Any) -> bool:
    """True where a text in a value, however deep, has half of a surrogate pair in it."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _is_deep(value: Any) -> bool:
    """True where lists and objects are nested deeper than those of any journal."""
    layer = [value]
    for _ in range(_DEEPEST):
        inner = (each.values() if isinstance(each, dict) else each for each in layer)
        layer = [each for values in inner for each in values if isinstance(each, dict | list)]
        if not layer:
            return False
    return True
