"""How people may be named in a text: by the whole name, by a part of it, by what stands before さん.

Names and texts are folded as `text.search_text` folds them. Whose names are looked for, and what becomes
of them, is `redact.py`'s.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mentorlog.text import UNSPACED, search_text

_IN_WORD = f"[^\\W_{UNSPACED}]"
_HANGUL = "[\uac00-\ud7a3]"
_KATAKANA = "[\u30a1-\u30fa\u30fc]"
_KANJI = "[\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_TO_ADDRESS = (
    " ?(?:さん|さま|様|氏|君|くん|ちゃん|殿|先生|先輩|後輩|師匠|女史|博士|准?教授|監督|代表"
    "|[副本]?(?:部長|次長|課長|係長|室長|店長|所長|社長|会長)|専務|常務|取締役|主任"
    f"|(?:サン|サマ|クン|チャン|コーチ|リーダー|マネージャー)(?!{_KATAKANA})"
    "|씨|(?:선생|교수|박사|사장|부장|차장|과장|팀장|대표)?님)"
)
_BESIDE_NAMES = {
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "phd", "md", "mba", "msc", "esq", "jr", "sr", "ii",
    "iii",
}  # fmt: skip

_BETWEEN = "[\\s._=~*・·\u30a0\u2010-\u2015\"'()\\[\\]“”「」-]{{{fewest},12}}"
_NICKNAME = re.compile('[(\\[「"“][^)\\]」"”]*[)\\]」"”]')
_MOST_WORDS = 8  # of which every run is looked for


class Form(NamedTuple):
    """Words that stand for somebody, whatever little is between them.

    They do where none of the signs `not_after` stands before and none of `not_before` behind them; what
    is only `addressed` does with a form of address alone.
    """

    words: tuple[str, ...]
    not_after: str = ""
    not_before: str = ""
    addressed: bool = False


class Finder:
    """Finds some forms, and the form of address behind each."""

    def __init__(self, forms: Iterable[Form]) -> None:
        alike = defaultdict[tuple[str, str, bool], set[tuple[str, ...]]](set)
        for form in forms:
            alike[form[1:]].add(form.words)
        self._patterns = [re.compile(_pattern(words, *signs)) for signs, words in alike.items()]

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield where they stand in a text. Those that are bounded otherwise may overlap."""
        for pattern in self._patterns:
            for found in pattern.finditer(folded):
                yield found.span()


def _pattern(
    forms: Iterable[tuple[str, ...]], not_after: str, not_before: str, addressed: bool
) -> str:
    """Return what finds the longest of some forms; by their first sign, which makes it quick."""
    rests = defaultdict[str, list[str]](list)
    for words in sorted(forms, key=lambda words: (-sum(map(len, words)), words)):
        between = _BETWEEN.format(fewest=0 if _is_unspaced("".join(words)) else 1)
        first, *rest = words
        rests[first[0]].append(between.join(map(re.escape, (first[1:], *rest))))
    begun = (
        re.escape(sign)
        + (f"(?<!{not_after}{re.escape(sign)})" if not_after else "")
        + f"(?:{'|'.join(each)})"
        for sign, each in rests.items()
    )
    end = "" if addressed else f"|(?!{not_before})" if not_before else "|"
    return f"(?:{'|'.join(begun)})(?:{_TO_ADDRESS}{end})"


# The forms of a name -----------------------------------------------------------------------------


def whole(name: str) -> Iterator[Form]:
    """Yield a whole name or alias. One letter is none, one Japanese character only with さん."""
    folded = search_text(name)
    written = _as_written(folded)
    if len("".join(written)) > 1:
        yield _called(written)
    elif written:
        yield from _addressed(written[0])
    for words in (_words(folded), _words(_NICKNAME.sub(" ", folded))):
        if len(words) > 1:
            yield _called(tuple(words))


def parts(name: str) -> Iterator[Form]:
    """Yield what else somebody of that name is called: by the first name, as 森下さん."""
    folded = search_text(name)
    words = _words(folded)
    for start in range(min(len(words), _MOST_WORDS)):
        for stop in range(start + 2, min(len(words), _MOST_WORDS) + 1):
            yield _called(tuple(words[start:stop]))
    if tuple(words) != _as_written(folded) or len(words) > 1:
        for word in words:
            yield from _part(word)
    in_one = [word for word in words if _is_unspaced(word)]
    if len(in_one) == 1:
        yield from _cut(in_one[0])


def _part(word: str) -> Iterator[Form]:
    if re.fullmatch(f"{_KATAKANA}{{2,3}}", word):  # ジャン is no part of ジャンル
        yield Form((word,), _KATAKANA, _KATAKANA)
    elif len(word) >= (2 if _is_unspaced(word) else 3):
        yield _called((word,))
    else:
        yield from _addressed(word)


def _cut(word: str) -> Iterator[Form]:
    """Yield the names that one word may be made of: nothing tells where the family name ends."""
    if re.fullmatch(f"{_HANGUL}{{3,4}}", word):
        yield Form((word[-2:],), _HANGUL)
        yield Form((word[:-2],), _HANGUL, addressed=True)
        return
    bare = re.sub(f"(?:{_TO_ADDRESS})$", "", word)
    if bare != word:
        yield from _addressed(bare) if _is_unspaced(bare) else _part(bare)
    for at in range(1, len(word)) if len(word) > 2 else ():
        if _may_end_between(word[at - 1], word[at]):
            if at > 1 or _script(word[0]) == "kanji":  # one kana stands before さん in any name
                yield from _addressed(word[:at])
            if len(word) - at > 1:
                yield from _addressed(word[at:])


def _may_end_between(one: str, other: str) -> bool:
    """True where one of two signs is a kanji or they are of different scripts; ー is of any."""
    scripts = [_script(one), _script(other)]
    return "ー" not in (one, other) and ("kanji" in scripts or scripts[0] != scripts[1])


def _script(sign: str) -> str:
    if re.match(_KANJI, sign):
        return "kanji"
    return "katakana" if re.match(_KATAKANA, sign) else "other"


def _called(words: tuple[str, ...]) -> Form:
    """Return a form that stands for somebody by itself, in a spaced script only as whole words."""
    return Form(words, _apart(words[0][0]), _apart(words[-1][-1]))


def _addressed(word: str) -> Iterator[Form]:
    """Yield a word that is a name only with a form of address."""
    if _is_unspaced(word):
        yield Form((word,), addressed=True)


def _as_written(folded: str) -> tuple[str, ...]:
    return tuple(word for word in re.split("[\\s・]+", folded) if word)


def _words(folded: str) -> list[str]:
    """Return the words of a name: what no space and no punctuation parts, without "Dr" and the like."""
    apart = "".join(
        " " if (unicodedata.category(sign)[0] in "PZC" and sign != "'") or sign in "=~" else sign
        for sign in folded
    )
    words = [word.strip("'") for word in apart.split()]
    return [word for word in words if word and word not in _BESIDE_NAMES]


def _apart(sign: str) -> str:
    return _IN_WORD if re.match(_IN_WORD, sign) else ""


def _is_unspaced(word: str) -> bool:
    return re.search(f"[{UNSPACED}]", word) is not None
