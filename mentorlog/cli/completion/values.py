"""TAKEN: what a parameter takes, said once by the word its help calls it, or by its option.

A new parameter that is called PAIR, RECORD, PATH or `this|that` is completed without a line here. One
that is called no more than WORD gets a line by its option; what is free text has none, and a test
knows which. How the journal is read for it is `records.py`'s.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from mentorlog import i18n
from mentorlog.cli.completion import records
from mentorlog.cli.completion.offers import FILES, Candidate, Offer, offer
from mentorlog.cli.completion.place import Place
from mentorlog.domain.kinds import KIND_NAMES, LETTERS
from mentorlog.domain.record import shapes
from mentorlog.i18n import N_, _
from mentorlog.labels import code_label, kind_label

Found = Iterable[Candidate]
Finder = Callable[[Place, str], Found]

# What the help calls a parameter that is completed; it says so in the language chosen. The last one
# goes for ID too, which is called the same in Japanese.
_CALLED = (
    N_("PAIR"), N_("[PAIR] TEXT"), N_("GOAL"), N_("SETTING"), N_("VALUE"), N_("LEVEL"),
    N_("[TOPIC or WORDS]"), N_("KEY=TEXT"), N_("RECORD"),
)  # fmt: skip
_FILES = (N_("PATH"), N_("FILE"))


def taken_by(place: Place, parameter: Any, typed: str, prefix: str = "") -> Offer:
    """Return what a parameter takes at a place, of it what begins as typed."""
    metavar = parameter.metavar or ""
    if metavar in map(_, _FILES):
        return Offer([], FILES)
    finder = finder_of(place.path, parameter)
    if finder is not None:
        return offer(finder(place, typed), typed, prefix)
    if "|" in metavar:
        return offer(_coded(parameter.name, metavar.split("|")), typed, prefix)
    return offer(map(Candidate, _numbers(metavar)), typed, prefix)


def finder_of(path: str, parameter: Any) -> Finder | None:
    """Return what finds the values of a parameter of that command; None where TAKEN has no line for it."""
    english = {_(each): each for each in _CALLED}
    names = [*parameter.opts, english.get(parameter.metavar or "", "")]
    for known in (*(f"{path} {name}" for name in names), *names):
        if known in TAKEN:
            return TAKEN[known]
    return None


def _numbers(metavar: str) -> list[str]:
    """Return the numbers of a short range such as "1-4"."""
    ends = re.fullmatch(r"(-?\d)[-…](-?\d)", metavar)
    return [str(each) for each in range(int(ends[1]), int(ends[2]) + 1)] if ends else []


def _coded(field: str, codes: Iterable[str]) -> Found:
    """Yield codes of a field, each with what it is called where that is another word."""
    for code in codes:
        label = code_label(field, code)
        yield Candidate(code, "" if label == code else label)


def _choices(kind: str, field: str) -> Finder:
    return lambda _place, _typed: _coded(field, shapes(KIND_NAMES[kind])[field].choices)


def _in_state(*states: str, end: str = "") -> Finder:
    """Return what finds the records in these states; `end` joins a value to them."""
    return lambda place, typed: (
        each._replace(value=each.value + end) for each in records.in_states(place, states, typed)
    )


def _newest(*kinds: str) -> Finder:
    return lambda place, typed: records.newest(place, kinds, typed)


def _kinds(kinds: Iterable[str]) -> Found:
    """Yield kinds of record, each with what it is called where that is another word."""
    for kind in kinds:
        label = kind_label(kind)
        yield Candidate(kind, "" if label == kind else label)


def _any_kind(_place: Place, _typed: str) -> Found:
    return _kinds(LETTERS.values())


def _pairs(_place: Place, typed: str) -> Found:
    return records.pairs(typed)


def _pair_first(place: Place, typed: str) -> Found:
    """Offer pairs as the first of some words, unless one was named by an option."""
    is_named = place.arguments or place.values(_("PAIR"))
    return () if is_named else records.pairs(typed)


def _topics(place: Place, _typed: str) -> Found:
    return records.topics(place)


def _guide_topics(place: Place, _typed: str) -> Found:
    from mentorlog.guide import topics

    if place.arguments:
        return ()
    return (Candidate(each.name, each.title) for each in topics(i18n.language))


def _audiences(_place: Place, _typed: str) -> Found:
    from mentorlog.domain.audience import AUDIENCES

    return map(Candidate, AUDIENCES)


def _export_formats(_place: Place, _typed: str) -> Found:
    from mentorlog.export.formats import FORMATS

    return map(Candidate, FORMATS)


def _import_formats(_place: Place, _typed: str) -> Found:
    from mentorlog.importers.formats import IMPORTERS

    return map(Candidate, IMPORTERS)


def _becomes(_place: Place, _typed: str) -> Found:
    from mentorlog.importers.entry import BECOMES

    return _kinds(BECOMES)


def _settings(_place: Place, _typed: str) -> Found:
    from mentorlog.config import SETTINGS

    return (Candidate(each.name, _(each.help)) for each in SETTINGS)


def _setting_values(place: Place, _typed: str) -> Found:
    from mentorlog.config import setting_named

    return map(Candidate, setting_named(place.arguments[0]).choices)


def _levels(_place: Place, _typed: str) -> Found:
    from mentorlog.domain.goal import LEVELS

    return map(Candidate, LEVELS)


def _keys_of_reflect(_place: Place, _typed: str) -> Found:
    from mentorlog.forms.reflecting import keys_by_form

    asked = (key for _form, _phase, keys in keys_by_form(i18n.language) for key in keys)
    return (Candidate(f"{key}=") for key in asked)


def _keys_of_review(_place: Place, _typed: str) -> Found:
    from mentorlog.forms.review_answers import plain_keys

    return (Candidate(f"{key}=") for key in plain_keys(is_stuck=False))


# By "option" or "WORD OF THE HELP", where one command differs with the command before it.
TAKEN: dict[str, Finder] = {
    "PAIR": _pairs,
    "[PAIR] TEXT": _pair_first,
    "RECORD": _newest(),
    "GOAL": _in_state("active-goal"),
    "goal show GOAL": _newest("goal"),
    "action done RECORD": _in_state("open-action"),
    "action drop RECORD": _in_state("open-action"),
    "action reopen RECORD": _in_state("closed-action"),
    "action told RECORD": _in_state("untold-advice"),
    "feedback change RECORD": _in_state("open-feedback"),
    "--goal": _in_state("active-goal"),
    "--meeting": _newest("meeting"),
    "--review": _newest("review"),
    "--done": _in_state("open-action"),
    "--told": _in_state("untold-advice", end="="),
    "meet --answer": _in_state("open-question", end="="),
    "--measure": _in_state("active-goal", end="="),
    "--rate": _in_state("active-goal", end="="),
    "--achieve": _in_state("active-goal"),
    "review --drop": _in_state("active-goal"),
    "--take": _in_state("active-goal", "open-question"),
    "--topic": _topics,
    "--via": _choices("meeting", "channel"),
    "--kind": _any_kind,
    "--benefit": _choices("insight", "benefit"),
    "--phase": _choices("reflection", "phase"),
    "--form": _choices("reflection", "form"),
    "--decision": _choices("review", "decision"),
    "--for": _audiences,
    "export --format": _export_formats,
    "import --format": _import_formats,
    "import --as": _becomes,
    "[TOPIC or WORDS]": _guide_topics,
    "SETTING": _settings,
    "VALUE": _setting_values,
    "LEVEL": _levels,
    "reflect --answer": _keys_of_reflect,
    "review --answer": _keys_of_review,
}
