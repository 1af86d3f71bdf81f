"""A report in the ways it is shown with Rich: drawn on a terminal, or drawn as a picture."""

from datetime import date

from rich.console import Group, RenderableType

from mentorlog.i18n import _
from mentorlog.render.counts import made_text
from mentorlog.render.prose import Prose
from mentorlog.render.report import as_text, report
from mentorlog.render.report.glance import glance
from mentorlog.text import visible
from mentorlog.workflows.reporting import Glance, Reported

_PICTURE_CELLS = 100  # the same whatever the terminal: from here on two parts stand side by side


def drawing(known: Reported | Glance, today: date, *, with_evidence: bool) -> RenderableType:
    """Return the report of a pair, or of all pairs, drawn."""
    if isinstance(known, Glance):
        return glance(known, today, with_evidence=with_evidence)
    return report(known, today, with_evidence=with_evidence)


def picture(known: Reported | Glance, today: date, *, with_evidence: bool) -> str:
    """Return the same as an SVG file."""
    from mentorlog.render.picture import svg

    drawn = Group(
        drawing(known, today, with_evidence=with_evidence),
        "",
        Prose(made_text(today), "quiet"),
    )
    return svg(drawn, _PICTURE_CELLS, _title(known), as_text(drawn, _PICTURE_CELLS))


def _title(known: Reported | Glance) -> str:
    if isinstance(known, Glance):
        return _("Report")
    return _("Report: {name}").format(name=visible(known.report.pair.partner))
