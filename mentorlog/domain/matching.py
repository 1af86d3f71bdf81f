"""Whether two short texts, such as a strength and a goal, speak of the same thing.

A hint for people, found in the words alone: no dictionary, no grammar. In scripts with words they
have to share one that says something; in Japanese, a compound of kanji or a loanword in katakana.
"""

import re
from collections.abc import Set as AbstractSet
from itertools import pairwise

from mentorlog.text import search_text

# Words that any two English texts may share without speaking of the same thing.
_COMMON_ENGLISH = """
    able about above across after again against all along also always and another any anyone
    anything are around because become becomes becoming been before being below beside best
    better between both but can cannot could did does doing done down during each either else
    enough etc ever every everyone everything few for from get gets getting give gives giving
    good had has have having her here hers him his how into its just less let like made make
    makes making many may maybe might mine more most much must myself neither never new nobody
    none nor not nothing off often once one only onto other others our ours out over own per
    perhaps quite rather really same shall she should since some someone something sometimes
    still such than that the their them themselves then there these they thing things this those
    through too toward towards two under until upon very via want was well were what when where
    which while who whom whose why will with within without would yet you your yours yourself
"""
_SAY_NOTHING = frozenset(_COMMON_ENGLISH.split())
_SHORTEST_WORD = 3
_SHORTEST_STEM = 5  # "teach" in "teaching"; of shorter ones too much begins alike
_SHORTEST_KANA = 3  # こと stands in anything, おもてなし does not

_HIRAGANA = r"\u3041-\u309f"
_KATAKANA = r"\u30a1-\u30fa\u31f0-\u31ff"
_MARKS = r"\u30fc-\u30ff"  # the long vowel and the marks that repeat a sign
_KANJI = r"\u3005\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"  # 々 is one too
_SIGN = rf"[^\W_{_HIRAGANA}{_KATAKANA}{_MARKS}{_KANJI}]"  # of a script that puts words apart
_LETTERS = rf"[^\W\d_{_HIRAGANA}{_KATAKANA}{_MARKS}{_KANJI}]+"
_WORD = rf"{_LETTERS}(?:['’]{_LETTERS})*"
_LOANWORD = rf"[{_KATAKANA}][{_KATAKANA}{_MARKS}]+"
_COMPOUND = rf"[{_KANJI}]{{2,}}"


def matches(one: str, other: str) -> bool:
    """True when two texts, in any order, case and width, speak of the same thing.

    They do when they share a word that says something (`teach` is shared with `teaching`), two kanji
    in a row, or a whole loanword of one of them (リーダー is in リーダーシップ); and when one text stands
    as a whole in the other. Hiragana shared in passing says nothing. A blank text matches nothing.
    """
    one, other = (" ".join(search_text(text).split()) for text in (one, other))
    shorter, longer = sorted((one, other), key=len)
    if not shorter or one == other:
        return bool(shorter)
    return (
        _share_a_word(_words(one), _words(other))
        or not _compounds(one).isdisjoint(_compounds(other))
        or _has_loanword_of(one, other)
        or _has_loanword_of(other, one)
        or _stands_in(longer, shorter)
    )


def _words(text: str) -> set[str]:
    words = set[str]()
    for word in re.findall(_WORD, text):
        parts = re.split("['’]", word)
        if parts[-1] != "t":  # don't, can't, won't
            words.update(part for part in parts if len(part) >= _SHORTEST_WORD)
    return words - _SAY_NOTHING


def _share_a_word(some: AbstractSet[str], others: AbstractSet[str]) -> bool:
    if not some.isdisjoint(others):
        return True
    pairs = (sorted((one, other), key=len) for one in some for other in others)
    return any(len(stem) >= _SHORTEST_STEM and word.startswith(stem) for stem, word in pairs)


def _compounds(text: str) -> set[tuple[str, str]]:
    """Return each two kanji that follow one another."""
    return {two for run in re.findall(_COMPOUND, text) for two in pairwise(run)}


def _has_loanword_of(one: str, other: str) -> bool:
    return any(loanword in one for loanword in re.findall(_LOANWORD, other))


def _stands_in(longer: str, shorter: str) -> bool:
    """True when `shorter` is a part of `longer` that cuts no word: Go is not in Google, C not in C++."""
    if shorter not in longer or shorter in _SAY_NOTHING:
        return False
    if len(shorter) < _SHORTEST_KANA and re.fullmatch(
        f"[{_HIRAGANA}{_KATAKANA}{_MARKS}]+", shorter
    ):
        return False
    before = f"(?<!{_SIGN})" if re.match(_SIGN, shorter) else ""
    after = f"(?!{_SIGN}|[+#])" if re.match(_SIGN, shorter[-1]) else ""
    return re.search(before + re.escape(shorter) + after, longer) is not None
