"""Taking out of a text what belongs to people it does not go to: mail, phone numbers, names.

Everything is looked for in the folded text, so that case, width and half-width kana hide nothing, and
cut out of the text as it was written. Too much is taken rather than too little: a word lost can be
asked for, a name given away cannot be taken back.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mentorlog.i18n import N_, _

WHAT = ("mail", "phone", "name")
_TOKENS = {"mail": N_("[mail]"), "phone": N_("[phone]"), "name": N_("[name]")}

# Numbers are looked for as they are dialled in these countries, and with + from everywhere. None of
# them is the default: a number's country is not told by the language it is written about in.
_REGIONS = ("JP", "US")
_FEWEST_DIGITS = 7

# Scripts that put no space between words: a name may stand anywhere in them.
_UNSPACED = (
    "\u0e00-\u0eff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_IN_WORD = f"[^\\W_{_UNSPACED}]"
_HONORIFIC = "(?:さん|さま|様|氏|君|くん|ちゃん|先生|殿)"
_KANJI = "[\u3005\u3400-\u9fff\uf900-\ufaff]"

# A run before the @ is tried once, from its beginning: no text is slow to read.
_LOCAL = f"[^\\s@<>()\\[\\]{{}},;:\"'、。{_UNSPACED}]"
_MAIL = re.compile(f"(?<!{_LOCAL}){_LOCAL}+@(?:[\\w-]+\\.)+[^\\W\\d_{_UNSPACED}][a-z0-9-]*")
# What is one letter to the reader: a sign, and the marks that are combined with it.
_LETTER = re.compile("[\\s\\S][\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*")

Span = tuple[int, int, str]
Called = tuple[int, str]  # what somebody may be called: how long it is, and its pattern

_SURE = 4  # letters from which a part of a name is taken out in any case


class Redactor:
    """Takes out mail addresses, phone numbers and the names of `others`.

    `own` are names of those the text is about and goes to; they stay, even where another's is alike.
    """

    def __init__(self, others: Iterable[str], own: Iterable[str] = ()) -> None:
        names = list(others)
        kept = [called for name in own for called in (*_whole(name), *_parts(name))]
        self._own = _finder(kept, [])
        self._names = _finder([called for name in names for called in _whole(name)], kept)
        self._parts = _finder([called for name in names for called in _parts(name)], kept)

    def redacted(self, text: str) -> tuple[str, Counter[str]]:
        """Return `text` with a token for all that was taken out, and how many of each of WHAT."""
        folded = _Folded(text)
        spans = _merged([*_mails(folded.text), *_phones(folded.text), *self._named(folded, text)])
        pieces, end = [], 0
        for start, stop, what in spans:
            begin = folded.begins[start]
            pieces += [text[end:begin], _(_TOKENS[what])]
            end = folded.ends[stop - 1]
        return "".join([*pieces, text[end:]]), Counter(what for _start, _stop, what in spans)

    def _named(self, folded: "_Folded", text: str) -> Iterator[Span]:
        for finder, needs_capital in ((self._names, False), (self._parts, True)):
            for found in finder.finditer(folded.text) if finder else ():
                first = text[folded.begins[found.start()]]
                # "lee" may be no Lee; of four letters and more, a word too many goes rather than a name
                is_word = needs_capital and first.islower() and len(found.group()) < _SURE
                if not is_word and not (self._own and self._own.fullmatch(found.group())):
                    yield (*found.span(), "name")


class _Folded:
    """A text in one case and width, and where each sign of it begins and ends in the original."""

    def __init__(self, text: str) -> None:
        self.begins: list[int] | range
        self.ends: list[int] | range
        if text.isascii():
            self.text, self.begins, self.ends = (
                text.lower(),
                range(len(text)),
                range(1, len(text) + 1),
            )
            return
        import unicodedata

        signs, self.begins, self.ends = [], [], []
        for found in _LETTER.finditer(text):
            sign = unicodedata.normalize("NFKC", found.group()).casefold()
            signs.append(sign)
            self.begins += [found.start()] * len(sign)
            self.ends += [found.end()] * len(sign)
        self.text = "".join(signs)


def _mails(folded: str) -> Iterator[Span]:
    if "@" in folded:
        for found in _MAIL.finditer(folded):
            yield (*found.span(), "mail")


def _phones(folded: str) -> Iterator[Span]:
    if sum(map(str.isdigit, folded)) < _FEWEST_DIGITS:
        return
    import phonenumbers

    for region in _REGIONS:
        matcher = phonenumbers.PhoneNumberMatcher(
            folded, region, phonenumbers.Leniency.VALID, max_tries=len(folded)
        )
        for found in matcher:
            yield found.start, found.end, "phone"


def _merged(spans: list[Span]) -> list[Span]:
    """Return spans that do not overlap: what overlaps becomes one, called as its beginning is."""
    merged: list[Span] = []
    for start, stop, what in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]), merged[-1][2])
        else:
            merged.append((start, stop, what))
    return merged


def _finder(wanted: list[Called], kept: list[Called]) -> re.Pattern[str] | None:
    """Return what finds the longest name first; those to be kept are found too, to be passed over."""
    if not wanted:
        return None
    longest_first = sorted({*wanted, *kept}, reverse=True)
    return re.compile("|".join(pattern for _length, pattern in longest_first))


def _words(name: str) -> list[str]:
    return [word for word in re.split("[\\s・]+", _Folded(name).text) if word]


def _whole(name: str) -> Iterator[Called]:
    """Yield a whole name or alias. One letter is none, one Japanese character only with さん."""
    words = _words(name)
    if len("".join(words)) > 1:
        gap = "[\\s・]*" if _is_unspaced("".join(words)) else "[\\W_]{1,3}"
        yield _called(gap.join(map(re.escape, words)), words[0][0], words[-1][-1], len(name))
    elif words and _is_unspaced(words[0]):
        yield _addressed(words[0])


def _parts(name: str) -> Iterator[Called]:
    """Yield what else somebody of that name is called: by the first name, as 森下さん."""
    words = _words(name)
    for word in words if len(words) > 1 else ():
        if len(word) >= (2 if _is_unspaced(word) else 3):
            yield _called(re.escape(word), word[0], word[-1], len(word))
        elif _is_unspaced(word):
            yield _addressed(word)
    if len(words) == 1 and re.fullmatch(f"{_KANJI}{{3,}}", words[0]):
        for cut in range(1, len(words[0])):  # nothing tells where the family name ends
            yield _addressed(words[0][:cut])
            if len(words[0]) - cut > 1:
                yield _addressed(words[0][cut:])


def _called(pattern: str, first: str, last: str, length: int) -> Called:
    """Return a pattern that takes an honorific along and, in a spaced script, only whole words."""
    before = f"(?<!{_IN_WORD})" if re.match(_IN_WORD, first) else ""
    after = f"(?!{_IN_WORD})" if re.match(_IN_WORD, last) else ""
    return length, f"{before}{pattern}{after}{_HONORIFIC}?"


def _addressed(word: str) -> Called:
    """Return a pattern of a word that is a name only where an honorific says so."""
    return len(word), re.escape(word) + _HONORIFIC


def _is_unspaced(word: str) -> bool:
    return re.search(f"[{_UNSPACED}]", word) is not None
