"""Strengths as a list: those offered under one heading, those wanted under another. No Rich here."""

from collections.abc import Sequence

from mentorlog.domain.strength import DIRECTIONS, Strength
from mentorlog.i18n import _
from mentorlog.render.cells import cut, padded
from mentorlog.render.lines import strength_line
from mentorlog.render.style import Style


def strengths(found: Sequence[Strength], cells: int | None, style: Style) -> str:
    """Return a line for each strength under what it is, cut to `cells` if given."""
    titles = {"offered": _("What I can offer"), "wanted": _("What I want to learn")}
    ids = max(len(each.id) for each in found) + 2
    lines = []
    for direction in DIRECTIONS:
        under = [each for each in found if each.direction == direction]
        lines += [style.bold(titles[direction])] if under else []
        for each in under:
            said = strength_line(each)
            said = said if cells is None else cut(said, max(8, cells - ids - 2))
            lines.append("  " + style.dim(padded(each.id, ids)) + said)
    return "\n".join(lines)
