"""What `doctor` found, a line for each check with what to do next, and as JSON. No Rich here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mentorlog.domain.plain import document
from mentorlog.i18n import _, day, listing, ngettext
from mentorlog.render.cells import wrapped
from mentorlog.render.doctor_words import OF_ANY, SENTENCES
from mentorlog.render.sizes import size_text
from mentorlog.render.style import Style
from mentorlog.storage.doctor.check import OK, PROBLEM, WARNING, Check
from mentorlog.text import visible

_SIGNS = {OK: "✓", WARNING: "!", PROBLEM: "✗"}
_MOST_LISTED = 20
_WITHIN = {"schema", "records", "references", "index", "log"}  # what is in the file


def shown(
    checks: Iterable[Check], sentences: Mapping[str, str], cells: int | None, style: Style
) -> str:
    """Return a line for each check that says something; `sentences` go before ours, by their codes.

    At a terminal of so many cells they are wrapped.
    """
    known = _worth_saying(list(checks))
    lines = list[str]()
    for check in known:
        said = sentences.get(check.code) or _sentence(check)
        if said:
            lines += _line(check, said, cells, style)
    lines += ["", style.bold(_summary(known))]
    return "\n".join(lines)


def checked_json(checks: Sequence[Check]) -> dict[str, Any]:
    """Return the same as a document."""
    return document(
        "doctor",
        state=worst(checks),
        checks=[
            {
                "code": each.code,
                "state": each.state,
                "found": each.found,
                "values": each.values,
                "do": each.do,
            }
            for each in checks
        ],
    )


def worst(checks: Iterable[Check]) -> str:
    """Return the worst state of any check."""
    return max((each.state for each in checks), key=list(_SIGNS).index, default=OK)


# A check -----------------------------------------------------------------------------------------


def _worth_saying(checks: list[Check]) -> list[Check]:
    """Return the checks without those that say once more what was said of the whole file."""
    damaged = any(each.code == "integrity" and each.state != OK for each in checks)
    again = {("log", "not-looked-at")}
    if damaged:
        again |= {(each.code, "unreadable") for each in checks if each.code in _WITHIN}
    return [each for each in checks if (each.code, each.found) not in again]


def _line(check: Check, said: str, cells: int | None, style: Style) -> Iterator[str]:
    sign = _SIGNS[check.state]
    sign = sign if check.state == OK else style.warm(sign)
    first, *rest = [said] if cells is None else wrapped(said, max(8, cells - 2))
    yield f"{sign} {first}"
    yield from (f"  {each}" for each in rest)
    if check.do is not None:
        yield "    " + style.bold(visible(check.do))  # never broken: it is there to be copied


def _sentence(check: Check) -> str | None:
    sentence = SENTENCES.get(check.code, {}).get(check.found) or OF_ANY.get(check.found)
    if sentence is None:
        return None
    return _(sentence).format(**{name: _said(name, value) for name, value in check.values.items()})


def _said(name: str, value: object) -> str:
    """Return a value of a check, fit for a sentence."""
    match value:
        case list():
            return listed(value)
        case str() if name.endswith("_on"):
            return day(date.fromisoformat(value))
        case int() if name in {"free", "wanted"}:
            return size_text(value)
        case int() if name == "count":
            return ngettext("{count} record", "{count} records", value).format(count=f"{value:,}")
        case int() if name == "writes":
            return ngettext("{count} command", "{count} commands", value).format(count=f"{value:,}")
        case int():
            return f"{value:,}"
    return visible(str(value))


def listed(words: Sequence[object]) -> str:
    """Return names or ids in a line, of many the first."""
    said = listing(visible(str(each)) for each in words[:_MOST_LISTED])
    return said + " …" if len(words) > _MOST_LISTED else said


def _summary(checks: Sequence[Check]) -> str:
    problems = sum(each.state == PROBLEM for each in checks)
    warnings = sum(each.state == WARNING for each in checks)
    if not problems and not warnings:
        return _("All is well.")
    said = []
    if problems:
        said.append(
            ngettext("{count} problem", "{count} problems", problems).format(count=problems)
        )
    if warnings:
        said.append(
            ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
        )
    return listing(said)
