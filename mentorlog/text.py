"""Text from people: refuse what cannot be kept, show it safely, fold it for comparing.

Nothing here knows a record, a language or a terminal's width; cutting and wrapping to a width is
`render/`'s.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from mentorlog.errors import InvalidValue

# Characters that steer a terminal or turn the direction of what follows. ZWJ and the variation
# selectors are not among them: emoji families need them and they move nothing.
_STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
)

# A small Latin letter and, come apart from it, what stands above, below or through it.
_ACCENTS = (
    "([a-z\u00df-\u024f\u0250-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab64])"
    "[\u0300-\u036f]+"
)

# Scripts that put no space between words: a word may begin and end anywhere in them.
UNSPACED = (
    "\u0e00-\u0eff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Beyond these, the space and ASCII, what is no letter is a symbol, such as an arrow or an emoji.
_PUNCTUATION = "\u00a0-\u00bf\u200b-\u206f\u3000-\u303f\ufe00-\ufe0f\uff00-\uff65"

_MARKS = frozenset(map(chr, range(0x300, 0x370)))
# What a reader does not see: soft hyphens, joiners, what chooses between two looks of one sign.
_UNSEEN = frozenset(
    map(chr, [0xAD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10), 0xFEFF])
) | frozenset(map(chr, [*range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0)]))
_CURLED = "\u2019"  # what typographers make of an apostrophe
# Signs, beside marks, that may become one with the sign before them: Korean vowels and endings, the
# half-width dakuten.
_JOINING = "\u1160-\u11ff\u3131-\u318e\ud7b0-\ud7ff\uff9e-\uffdc"

_SIGNS = 4096  # that are remembered: most texts have the same ones
_PART = 2000  # signs of a text that are folded at a time
_LONGEST_LINE = 1000  # of a text on one line: the rest of ten megabytes is not looked for there


def keepable(field: str, typed: str) -> str:
    """Return `typed` with its line ends normalised to LF, otherwise as it was.

    Raises InvalidValue for what SQLite or UTF-8 cannot carry: NUL and lone surrogates. The refused
    text is not repeated in the error.
    """
    if "\x00" in typed:
        raise InvalidValue(field, "", "text-has-nul")
    if not typed.isascii():
        try:
            typed.encode("utf-8")
        except UnicodeEncodeError:
            raise InvalidValue(field, "", "text-not-unicode") from None
    if "\r" in typed:
        return typed.replace("\r\n", "\n").replace("\r", "\n")
    return typed


def visible(text: str, *, block: bool = False) -> str:
    r"""Return `text` for a terminal: steering characters become visible escapes such as `\x1b`.

    A `block` keeps its line breaks and tabs; anywhere else they become escapes too.
    """
    if text.isprintable():
        return text  # nearly always: the pattern is compiled only where it is needed
    return re.sub(f"[{_STEERING}]" if block else f"[{_STEERING}\t\n]", _escape, text)


def inert_json(text: str) -> str:
    """Return JSON with the steering characters in its strings escaped; it reads back as the same."""
    if text.isascii() and "\x7f" not in text:
        return text  # JSON escapes those below 0x20 itself
    beyond = _STEERING.replace("\x00-\x08\x0b-\x1f", "")
    return re.sub(f"[{beyond}]", lambda found: f"\\u{ord(found.group()):04x}", text)


def first_line(text: str) -> str:
    """Return the first line that says something, made visible, with … where more follows."""
    head, _, rest = text.strip().partition("\n")
    has_more = bool(rest.strip()) or len(head) > _LONGEST_LINE
    return visible(head[:_LONGEST_LINE].rstrip()) + (" …" if has_more else "")


def folded(text: str) -> str:
    """Return `text` so that width, case and the space around it do not tell two names apart."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKC", _seen(text))
    return " ".join(text.casefold().split())


def search_text(text: str) -> str:
    """Return `text` as it is searched: width, case and the accents of Latin letters make no difference.

    Dakuten do, as do the marks of every other script. The space in it stays as it is; what cannot be
    seen goes.
    """
    if text.isascii():
        return text.casefold()
    import unicodedata

    text = _seen(text).replace(_CURLED, "'")
    apart = unicodedata.normalize("NFKD", text)  # only apart has every letter its case
    bare = unicodedata.normalize("NFKD", apart.casefold())
    if not _MARKS.isdisjoint(bare):
        bare = re.sub(_ACCENTS, r"\1", bare)
    # What is only put together again as it was is taken as it was: it is, nearly always, together.
    return unicodedata.normalize("NFKC", text if bare == apart else bare)


def _seen(text: str) -> str:
    if _UNSEEN.isdisjoint(text):
        return text  # nearly always, and told much sooner than a pattern is compiled
    return "".join(sign for sign in text if sign not in _UNSEEN)


class Folded:
    """A text as it is searched, and where each part of that stands in the text as it was written.

    Sign by sign is gone only through what is asked about: ten megabytes are folded as quickly as they
    are read.
    """

    def __init__(self, written: str) -> None:
        self._written = written
        self._starts = [0] if written.isascii() else list(_cuts(written))  # of parts folded apart
        self._signs: dict[int, tuple[list[int], list[int]]] = {}
        pieces = [search_text(written[slice(*self._part(n))]) for n in range(len(self._starts))]
        self._folded_starts, at = [], 0
        for piece in pieces:
            self._folded_starts.append(at)
            at += len(piece)
        self.text = "".join(pieces)

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return where what stands from `start` to `stop` here begins and ends as it was written."""
        if self._written.isascii():
            return start, stop
        return self._place(start)[0], self._place(stop - 1)[1]

    def _part(self, number: int) -> tuple[int, int]:
        return self._starts[number], [*self._starts[number + 1 : number + 2], len(self._written)][0]

    def _part_with(self, at: int) -> int:
        if len(self._starts) == 1:
            return 0
        from bisect import bisect  # a text this long is rare

        return bisect(self._folded_starts, at) - 1

    def _place(self, at: int) -> tuple[int, int]:
        """Return where the sign that became the one at a place here begins and ends."""
        number = self._part_with(at)
        if number not in self._signs:
            self._signs[number] = _signs(self._written, *self._part(number))
        begins, ends = self._signs[number]
        return begins[at - self._folded_starts[number]], ends[at - self._folded_starts[number]]


def _cuts(text: str) -> Iterator[int]:
    """Yield where parts of a text begin that fold alone to what they do together."""
    at = 0
    while at < len(text):
        yield at
        at += _PART
        while at < len(text) and is_joined(text[at]):
            at += 1


def _signs(text: str, start: int, stop: int) -> tuple[list[int], list[int]]:
    """Return for each sign that a part folds to where what it came from begins and ends."""
    begins: list[int] = []
    ends: list[int] = []
    while start < stop:
        end = start + 1
        while end < stop and is_joined(text[end]):
            end += 1
        count = _folded_length(text[start:end])
        begins += [start] * count
        ends += [end] * count
        start = end
    return begins, ends


@lru_cache(_SIGNS)
def _folded_length(signs: str) -> int:
    return len(search_text(signs))


@lru_cache(_SIGNS)
def is_joined(sign: str) -> bool:
    """True for what may become one with the sign before it."""
    import unicodedata

    return (
        unicodedata.category(sign)[0] == "M" or sign in _UNSEEN or _is_in(sign, _JOINING)
    ) and not sign.isascii()


class _Words(dict[int, str]):
    """What each sign is to a search, by its number: part of a word, a word between spaces, or a gap."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if _is_in(sign, UNSPACED) or _is_symbol(sign):
            self[code] = f" {sign} "
        else:
            self[code] = sign if sign.isalnum() else " "
        return self[code]


_WORDS = _Words()


def spaced(text: str) -> str:
    """Return the words of `text` as they are searched, in order, with one space or more between them."""
    return search_text(text).translate(_WORDS)


def words(text: str) -> list[str]:
    """Return the words of `text` as they are searched, in order.

    Where a script puts no space between words, every sign is one; so is an arrow or an emoji. (A
    pattern that knows all this takes longer to be compiled than most texts to be read.)
    """
    return spaced(text).split()


def is_in_word(sign: str) -> bool:
    """True for a letter or digit that, beside another, makes one word with it."""
    return _WORDS[ord(sign)] == sign != " "


def is_gap(sign: str) -> bool:
    """True for what is no word and no part of one."""
    return _WORDS[ord(sign)] == " "


def _is_symbol(sign: str) -> bool:
    is_plain = sign.isascii() or sign.isalnum() or sign.isspace()
    return not is_plain and not _is_in(sign, _PUNCTUATION)


def _is_in(sign: str, ranges: str) -> bool:
    """True when a sign is in one of the ranges, which are written as in a pattern: "a-zA-Z"."""
    return any(low <= sign <= high for low, high in zip(ranges[::3], ranges[2::3], strict=True))


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    if found.group() in "\n\t":
        return "\\n" if code == 0x0A else "\\t"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
