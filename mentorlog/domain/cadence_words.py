"""How people say a cadence, in English and in Japanese, and which form of `cadence.py` they mean.

Nothing is guessed: what could mean two rhythms (`every second Tuesday`, 1週おき) is in no table here.
Whether a form makes sense is `cadence.py`'s to say. Loaded only when such words have been typed. To
read one more way of saying it, add a row to the tables at the end.
"""

import re
from typing import TYPE_CHECKING

from mentorlog.domain.cadence import WEEKDAYS
from mentorlog.domain.when import span_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[re.Match[str]], str]


def form_of(folded: str) -> str:
    """Return the form that text in one case and width means: "2w" for `2 weeks` and 隔週.

    For what means none, that is something which is no form either.
    """
    words = re.sub(r"\s*([^\x00-\x7f])\s*", r"\1", folded)  # no spaces beside Japanese
    for pattern, reader in _PATTERNS:
        if match := re.fullmatch(pattern, words):
            return reader(match)
    return _NAMED.get(words) or _span(words)


def _span(words: str) -> str:
    number, unit = span_parts(words) or (0, "d")
    return f"{int(number * 12)}m" if unit == "y" else f"{int(number)}{unit}"


# Readers: from what a pattern found to a form.


def _every_span(match: re.Match[str]) -> str:
    return _span(match["span"])


def _every_unit(match: re.Match[str]) -> str:
    number, unit = _UNITS[match["unit"]]
    return f"{number * 2 if match.groupdict().get('other') else number}{unit}"


def _every_weekday(match: re.Match[str]) -> str:
    return f"{2 if match['other'] else 1}w {_weekday(match)}"


def _so_often_on_weekday(match: re.Match[str]) -> str:
    return f"{form_of(match['often'])} {_weekday(match)}"


def _nth_of_month(match: re.Match[str]) -> str:
    return f"1m {_weekday(match)}{_NTHS[match['nth']]}"


def _times_a_month(match: re.Match[str]) -> str:
    times = _TIMES.get(match["times"], match["times"])
    return "1m" if times == "1" else f"{times}/m"


def _weekday(match: re.Match[str]) -> str:
    name = match["weekday"]
    return name[:3] if name.isascii() else WEEKDAYS["月火水木金土日".index(name)]


# Words, and the pieces of patterns made of them.

_NAMED = {"daily": "1d", "weekly": "1w", "biweekly": "2w", "fortnightly": "2w", "monthly": "1m"}
_NAMED |= {"quarterly": "3m", "yearly": "12m", "毎日": "1d", "毎週": "1w", "毎月": "1m"}
_NAMED |= {"毎年": "12m", "隔日": "2d", "隔週": "2w", "隔月": "2m"}
_UNITS = {"day": (1, "d"), "week": (1, "w"), "fortnight": (2, "w"), "month": (1, "m")}
_UNITS |= {"quarter": (3, "m"), "year": (12, "m")}
_UNITS |= {"日": (1, "d"), "週": (1, "w"), "月": (1, "m"), "年": (12, "m")}
_TIMES = {"once": "1", "twice": "2", "three": "3", "four": "4"}
_TIMES |= {"一": "1", "二": "2", "三": "3", "四": "4"}
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_NTHS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "最終": -1}
_NTHS |= {
    f"第{name}": n for n, names in enumerate(("1一", "2二", "3三", "4四"), 1) for name in names
}

_UNIT = "(?P<unit>day|week|fortnight|month|quarter|year)"
_WEEKDAY = (
    "(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?"
    "|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?"
)
_WEEKDAY_JA = "(?P<weekday>[月火水木金土日])"
# In brackets a weekday may be short; else not 月 and 日, which are a month and a day as well.
_WEEKDAY_SHORT_JA = rf"(?P<open>\()?{_WEEKDAY_JA}(?(open)(?:曜日?)?\)|(?:曜日?|(?<=[火水木金土])))"
_NTH = "(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
_NTH_OR_LAST = f"{_NTH[:-1]}|last)"
_OF_MONTH = "(?:(?:of|in) the|(?:of |in )?(?:every|each)) month"
_ONCE_JA = "に?[1一][回度]"

# The table: the first row whose pattern fits the whole text decides, then a name, then a span.

_PATTERNS: "tuple[tuple[str, Reader], ...]" = (
    (rf"(?:the )?{_NTH} {_WEEKDAY}", _nth_of_month),
    (rf"(?:the |every |each )?{_NTH_OR_LAST} {_WEEKDAY} {_OF_MONTH}", _nth_of_month),
    (rf"(?:monthly|every month)(?: on)?(?: the)? {_NTH_OR_LAST} {_WEEKDAY}", _nth_of_month),
    (rf"every (?P<nth>first|1st|last) {_WEEKDAY}", _nth_of_month),
    (rf"(?:every|each) (?P<other>other )?{_WEEKDAY}", _every_weekday),
    (rf"(?P<often>.+?)(?: on)? {_WEEKDAY}", _so_often_on_weekday),  # every 2 weeks on Friday
    (rf"(?:once )?every (?P<other>other |second )?{_UNIT}", _every_unit),
    (rf"(?:once (?:a|per)|each) {_UNIT}", _every_unit),
    (r"(?:once )?every (?P<span>.+)", _every_span),
    (r"(?P<times>twice)(?:(?: an?| per| each| every) month| monthly)", _times_a_month),
    (r"(?P<times>three|four|[0-9]+) times (?:a|per|each|every) month", _times_a_month),
    (rf"(?:毎月の?|月の)?(?P<nth>第[1-4一二三四]|最終)の?{_WEEKDAY_JA}曜日?", _nth_of_month),
    (rf"(?P<often>毎週|隔週|.+週間?ごと)[のに]?{_WEEKDAY_SHORT_JA}", _so_often_on_weekday),
    (
        r"(?:毎月|ひと月|[1一][かカヵケヶ箇]月|月)に?(?P<times>[0-9]+|[一二三四])[回度]",
        _times_a_month,
    ),
    (rf"(?:毎|(?P<other>隔))?(?P<unit>[日週月年])(?:ごとに?|{_ONCE_JA})", _every_unit),
    (rf"(?P<span>.+?)(?:(?:ごと|毎)に?|{_ONCE_JA})", _every_span),
)
