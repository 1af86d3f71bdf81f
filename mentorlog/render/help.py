"""The help page of a command, laid out in cells so that Japanese wraps rightly."""

import shutil

from mentorlog.i18n import _
from mentorlog.render.cells import padded, width, wrapped

_WIDEST = 88
_WIDEST_NAME = 26


def page(
    path: str, pieces: list[str], described: str, sections: list[tuple[str, list[tuple[str, str]]]]
) -> str:
    """Return a whole help page; `sections` are headings with rows of a name and what it means."""
    cells = max(30, min(shutil.get_terminal_size((80, 24)).columns, _WIDEST))
    lines = wrapped(_("Usage: {command}").format(command=" ".join([path, *pieces])), cells)
    if described:
        lines += ["", *(line for line in wrapped(described, cells))]
    for title, rows in sections:
        names = min(max(width(name) for name, _meaning in rows), _WIDEST_NAME, cells // 2)
        lines += ["", title]
        for name, meaning in rows:
            lines += _row(name, meaning, names, cells)
    return "\n".join(lines) + "\n"


def _row(name: str, meaning: str, names: int, cells: int) -> list[str]:
    """Return a row: the name, and its meaning beside it or, after a long name, below."""
    meanings = wrapped(meaning, cells - names - 4)
    first = f"  {padded(name, names)}  "
    if width(name) > names:
        return [f"  {name}", *(" " * (names + 4) + line for line in meanings)]
    return [(first + meanings[0]).rstrip(), *(" " * (names + 4) + line for line in meanings[1:])]
