"""Taking out of a text what belongs to people it does not go to: mail, phone numbers, names.

Everything is looked for in the folded text, so that case, width and half-width kana hide nothing, and
cut out of the text as it was written. Too much is taken rather than too little: a word lost can be
asked for, a name given away cannot be taken back.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator

from mentorlog.export.naming import Finder, parts, whole
from mentorlog.i18n import N_, _
from mentorlog.text import UNSPACED, Folded

WHAT = ("mail", "phone", "name")
_TOKENS = {"mail": N_("[mail]"), "phone": N_("[phone]"), "name": N_("[name]")}

# Numbers are looked for as they are dialled in these countries, and with + from everywhere. None of
# them is the default: a number's country is not told by the language it is written about in.
_REGIONS = ("JP", "US")
_FEWEST_DIGITS = 7

# What stands before the @ is tried once, from its beginning: no text is slow to read. Hiragana before
# other signs is a word of the sentence; alone or behind them it is part of the address.
_HIRAGANA = "[\u3041-\u309f]"
_LOCAL = '[^\\s@<>()\\[\\]{},;:"、。…「」『』【】\u3041-\u309f]'
_LABEL = UNSPACED.replace("\u3040-\u30ff", "\u30a1-\u30fa\u30fc-\u30ff")
_MAIL = re.compile(
    f"(?:(?<!{_LOCAL})'*+({_LOCAL}++{_HIRAGANA}*+)|(?<!{_HIRAGANA})({_HIRAGANA}++))"
    f"@(?:[\\w-]+\\.)+(?:[^\\W\\d_{UNSPACED}][a-z0-9-]*|[{_LABEL}]+|{_HIRAGANA}+)"
)

Span = tuple[int, int, str]
_SURE = 4  # letters from which a part of a name is taken out in any case


class Redactor:
    """Takes out mail addresses, phone numbers and the names of `others`.

    `own` are names of those the text is about and goes to; they stay, even where another's is alike.
    """

    def __init__(self, others: Iterable[str], own: Iterable[str] = ()) -> None:
        names = list(others)
        self._own = Finder(form for name in own for form in (*whole(name), *parts(name)))
        self._names = Finder(form for name in names for form in whole(name))
        self._parts = Finder(form for name in names for form in parts(name))

    def redacted(self, text: str) -> tuple[str, Counter[str]]:
        """Return `text` with a token for all that was taken out, and how many of each of WHAT."""
        folded = Folded(text)
        spans = _merged([*_mails(folded.text), *_phones(folded.text), *self._named(folded, text)])
        pieces, end = [], 0
        for start, stop, what in spans:
            begin, stop_there = folded.span(start, stop)
            pieces += [text[end:begin], _(_TOKENS[what])]
            end = stop_there
        return "".join([*pieces, text[end:]]), Counter(what for _start, _stop, what in spans)

    def _named(self, folded: Folded, text: str) -> Iterator[Span]:
        own = _merged([(*span, "name") for span in self._own.spans(folded.text)])
        for finder, sure in ((self._names, 0), (self._parts, _SURE)):
            for start, stop in finder.spans(folded.text):
                # "lee" may be no Lee; of four letters and more, a word too many goes rather than a name
                has_case = stop - start < sure and folded.text[start].islower()
                is_word = has_case and text[folded.span(start, stop)[0]].islower()
                if not is_word and not _is_within(own, start, stop):
                    yield start, stop, "name"


def _mails(folded: str) -> Iterator[Span]:
    if "@" in folded:
        for found in _MAIL.finditer(folded):
            yield found.start(found.lastindex or 0), found.end(), "mail"


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


def _is_within(spans: list[Span], start: int, stop: int) -> bool:
    """True for what lies in one of some spans that do not overlap, in their order."""
    at = bisect(spans, start, key=lambda span: span[0])
    return at > 0 and stop <= spans[at - 1][1]
