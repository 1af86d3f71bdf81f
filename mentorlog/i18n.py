"""The language chosen, and the words that stand for kinds, fields and codes.

Messages are English in the source and looked up in the catalogue of the language that `choose` has
set, before any command module is imported. Codes in the journal and in JSON are never translated;
their labels are here, once. How a date is written is here too; how one is read is `domain/when.py`'s.
"""

import gettext
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

LANGUAGES = ("en", "ja")
_LOCALES = Path(__file__).with_name("locales")
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
language = "en"


def choose(code: str) -> None:
    """Speak the language `code` from now on. English needs no catalogue."""
    global language, _catalogue  # noqa: PLW0603  (one language for the whole process)
    language = code
    _catalogue = gettext.NullTranslations()
    if code != "en":
        _catalogue = gettext.translation("mentorlog", _LOCALES, [code], fallback=True)


def from_environment(environ: Mapping[str, str]) -> str:
    """Return the language the system asks for. The first variable that is set decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "ja" if environ[name].lower().startswith("ja") else "en"
    return "en"


def _(message: str) -> str:
    """Return `message` in the language chosen."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form that fits `count`, in the language chosen."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a message for the catalogue that is looked up later."""
    return message


def day(on: date) -> str:
    """Return a date with its weekday: "Sun 22 Nov 2026", "2026年11月22日(日)"."""
    if language == "ja":
        return f"{on.year}年{on.month}月{on.day}日({_(_WEEKDAYS[on.weekday()])})"
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """Return a date where the year goes without saying: "Sun 22 Nov", "11月22日(日)"."""
    if language == "ja":
        return f"{on.month}月{on.day}日({_(_WEEKDAYS[on.weekday()])})"
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def minute(at: datetime) -> str:
    """Return a local time to the minute: the same in every language."""
    return at.isoformat(sep=" ", timespec="minutes")[:16]


def listing(words: Iterable[str]) -> str:
    """Return words as a list within a line: "a, b", "a、b"."""
    return _(", ").join(words)


def field_label(name: str) -> str:
    """Return what a field is called."""
    return _(FIELD_LABELS[name])


def code_label(field: str, code: str) -> str:
    """Return what a code of a field is called; a code read from elsewhere stands for itself."""
    return _(CODE_LABELS.get(field, {}).get(code, code))


def choice_label(field: str, code: str) -> str:
    """Return a code to choose, with what it is called where that is another word."""
    label = code_label(field, code)
    return code if label.replace(" ", "-") == code else f"{code} ({label})"


def kind_label(kind: str) -> str:
    """Return what a kind of record is called."""
    return _(KIND_LABELS.get(kind, kind))


_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

KIND_LABELS = {
    "pair": N_("pair"),
    "meeting": N_("meeting"),
    "question": N_("question"),
    "action": N_("action"),
    "insight": N_("insight"),
}

FIELD_LABELS = {
    "visibility": N_("visibility"),
    "created_at": N_("created"),
    "updated_at": N_("updated"),
    "uid": N_("uid"),
    "pair": N_("pair"),
    "partner": N_("partner"),
    "alias": N_("alias"),
    "my_role": N_("my role"),
    "programme": N_("programme"),
    "started_on": N_("started on"),
    "cadence": N_("cadence"),
    "minutes": N_("minutes"),
    "channel": N_("channel"),
    "term_ends_on": N_("term ends on"),
    "state": N_("state"),
    "ended_because": N_("ended because"),
    "language": N_("language"),
    "held_on": N_("held on"),
    "start_time": N_("start time"),
    "topics": N_("topics"),
    "summary": N_("summary"),
    "notes": N_("notes"),
    "pulse": N_("pulse"),
    "next_on": N_("next meeting"),
    "is_kickoff": N_("first meeting"),
    "text": N_("text"),
    "answer": N_("answer"),
    "asked_on": N_("asked on"),
    "raised_in": N_("raised in"),
    "owner": N_("owner"),
    "is_advice": N_("advice"),
    "due_on": N_("due on"),
    "assigned_in": N_("agreed in"),
    "goal": N_("goal"),
    "done_on": N_("done on"),
    "outcome": N_("outcome"),
    "told_in": N_("told in"),
    "noticed_on": N_("noticed on"),
    "benefit": N_("benefit"),
    "viewpoint": N_("viewpoint"),
    "meeting": N_("meeting"),
}

_SIDES = {"me": N_("me"), "partner": N_("partner")}
CODE_LABELS = {
    "visibility": {"private": N_("private"), "shared": N_("shared")},
    "my_role": {"mentor": N_("mentor"), "mentee": N_("mentee")},
    "channel": {
        "in-person": N_("in person"),
        "online": N_("online"),
        "phone": N_("phone"),
        "chat": N_("chat"),
    },
    "state": {
        "active": N_("active"),
        "paused": N_("paused"),
        "ended": N_("ended"),
        "open": N_("open"),
        "raised": N_("raised"),
        "dropped": N_("dropped"),
        "done": N_("done"),
    },
    "ended_because": {
        "done": N_("done"),
        "mismatch": N_("mismatch"),
        "moved": N_("moved"),
        "other": N_("other"),
    },
    "language": {"en": N_("English"), "ja": N_("Japanese")},
    "owner": _SIDES,
    "viewpoint": _SIDES,
    "benefit": {
        "tacit-knowledge": N_("tacit knowledge handed on"),
        "new-perspectives": N_("new perspectives"),
        "leadership": N_("leadership"),
        "deeper-understanding": N_("own understanding deepened"),
        "wider-network": N_("wider network"),
        "self-efficacy": N_("self-efficacy"),
        "open-sharing": N_("a culture of open sharing"),
    },
}
