"""The language chosen, and the words that stand for kinds, fields and codes.

Messages are English in the source and looked up in the catalogue of the language that `choose` has
set, before any command module is imported. Codes in the journal and in JSON are never translated;
their labels are here, once. How a date is written is here too; how one is read is `domain/when.py`'s.
"""

import gettext
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("en", "ja")
_LOCALES = Path(__file__).with_name("locales")
language = "en"


class Spoken(NamedTuple):
    """A language as it is spoken: the one chosen or, in a text that is sent to somebody, theirs."""

    code: str
    catalogue: gettext.NullTranslations

    def text(self, message: str) -> str:
        """Return a message that is marked with N_, in this language."""
        return self.catalogue.gettext(message)

    def day(self, on: date) -> str:
        """Return a date with its weekday: "Sun 22 Nov 2026", "2026年11月22日(日)"."""
        return (
            f"{on.year}年{self.short_day(on)}"
            if self.code == "ja"
            else f"{self.short_day(on)} {on.year}"
        )

    def short_day(self, on: date) -> str:
        """Return a date where the year goes without saying: "Sun 22 Nov", "11月22日(日)"."""
        weekday = self.text(_WEEKDAYS[on.weekday()])
        if self.code == "ja":
            return f"{on.month}月{on.day}日({weekday})"
        return f"{weekday} {on.day} {_MONTHS[on.month - 1]}"


def spoken(code: str) -> Spoken:
    """Return the language `code`, whatever the program speaks. English needs no catalogue."""
    if code == "en":
        return Spoken(code, gettext.NullTranslations())
    return Spoken(code, gettext.translation("mentorlog", _LOCALES, [code], fallback=True))


_chosen = spoken(language)


def choose(code: str) -> None:
    """Speak the language `code` from now on."""
    global language, _chosen
    language, _chosen = code, spoken(code)


def from_environment(environ: Mapping[str, str]) -> str:
    """Return the language the system asks for. The first variable that is set decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "ja" if environ[name].lower().startswith("ja") else "en"
    return "en"


def _(message: str) -> str:
    """Return `message` in the language chosen."""
    return _chosen.text(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form that fits `count`, in the language chosen."""
    return _chosen.catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a message for the catalogue that is looked up later."""
    return message


def day(on: date) -> str:
    """Return a date with its weekday: "Sun 22 Nov 2026", "2026年11月22日(日)"."""
    return _chosen.day(on)


def short_day(on: date) -> str:
    """Return a date where the year goes without saying: "Sun 22 Nov", "11月22日(日)"."""
    return _chosen.short_day(on)


def month(on: date) -> str:
    """Return a month in short: "Jun", "6月"."""
    return f"{on.month}月" if language == "ja" else _MONTHS[on.month - 1]


def month_of_year(on: date) -> str:
    """Return a month with its year: "Jun 2026", "2026年6月"."""
    return f"{on.year}年{month(on)}" if language == "ja" else f"{month(on)} {on.year}"


def weekdays() -> list[str]:
    """Return what the days of a week are called in short, Monday first."""
    return [_(name) for name in _WEEKDAYS]


def minute(at: datetime) -> str:
    """Return a local time to the minute: the same in every language."""
    return at.isoformat(sep=" ", timespec="minutes")[:16]


def rhythm(cadence: str) -> str:
    """Return a cadence in words, as `domain/cadence.py` has it: "2w tue" is every 2 weeks on Tue."""
    every, _space, day_named = cadence.partition(" ")
    if every.endswith("/m"):
        return _("{count} times a month").format(count=every.removesuffix("/m"))
    weekday = _(_WEEKDAYS[_WEEKDAY_CODES.index(day_named[:3])]) if day_named else ""
    if nth := day_named[3:]:
        return _(_NTHS[nth]).format(weekday=weekday)
    count = int(every[:-1])
    once, often = _EVERY[every[-1]]
    said = _(once) if count == 1 else _(often).format(count=count)
    return _("{rhythm} on {weekday}").format(rhythm=said, weekday=weekday) if weekday else said


def together(*sentences: str) -> str:
    """Return sentences one after the other, as the language puts them."""
    return ("" if language == "ja" else " ").join(sentences)


def listing(words: Iterable[str]) -> str:
    """Return words as a list within a line: "a, b", "a、b"."""
    return _(", ").join(words)


_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_WEEKDAY_CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY = {
    "d": (N_("every day"), N_("every {count} days")),
    "w": (N_("every week"), N_("every {count} weeks")),
    "m": (N_("every month"), N_("every {count} months")),
}
_NTHS = {
    "1": N_("every first {weekday} of the month"),
    "2": N_("every second {weekday} of the month"),
    "3": N_("every third {weekday} of the month"),
    "4": N_("every fourth {weekday} of the month"),
    "-1": N_("every last {weekday} of the month"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
