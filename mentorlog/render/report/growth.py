"""How a pair grew, in a report: the pulse over time, the skills, the benefits, feedback and its effect."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.assessment import HIGHEST
from mentorlog.domain.figures import Feedback, Pulses, Report, Skill
from mentorlog.domain.ids import Ids
from mentorlog.domain.period import Period
from mentorlog.domain.record import Record
from mentorlog.i18n import _, ngettext
from mentorlog.labels import code_label
from mentorlog.render.cells import cut
from mentorlog.render.counts import change_text, felt_text, n_text, pulse_trend_text, span_text
from mentorlog.render.layout import listed
from mentorlog.render.lines import SEPARATOR, one_line
from mentorlog.render.prose import Facts, Prose
from mentorlog.render.report.charts import Dots, rating
from mentorlog.render.report.figures import Names, evidence_drawn
from mentorlog.render.report.goals import noticed, quote

BEST_PULSE = 4

_MOST_MARKS = 9  # of evidence for one benefit
_QUOTED = 240  # cells of a feedback with what came of it


def pulses(found: Pulses, *, with_evidence: bool) -> Iterator[RenderableType]:
    """Yield how the two got on over time."""
    if not found.felt:
        return
    yield Dots(found.values, BEST_PULSE)
    span = Period(found.felt[0].on, found.felt[-1].on)
    said = [
        _("average {pulse}").format(pulse=found.average),
        felt_text(found.felt),
        "" if found.trend is None else pulse_trend_text(found.trend),
    ]
    yield Facts(SEPARATOR.join(filter(None, said)))
    yield Prose(span_text(span), "quiet")
    if with_evidence:
        yield evidence_drawn({_("pulse"): found.ids})


def skills(found: Sequence[Skill], *, with_evidence: bool) -> Iterator[RenderableType]:
    """Yield each skill as it was rated first and latest."""
    if not found:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="label")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for each in found:
        table.add_row(Prose(code_label("ratings", each.skill)), _change(each), _by(each))
    yield table
    if with_evidence:
        yield evidence_drawn({code_label("ratings", each.skill): each.rated_in for each in found})


def _change(skill: Skill) -> Text:
    """Return the first rating and the latest; one alone where there is one only."""
    if skill.change is None:
        return rating(skill.latest.rating, HIGHEST)
    return rating(skill.first.rating, HIGHEST) + Text(" → ") + rating(skill.latest.rating, HIGHEST)


def _by(skill: Skill) -> Text:
    n = n_text(len(skill.rated_in))
    if skill.change is None:
        return Text(f"{skill.latest.rating} ({n})", style="quiet")
    style = "filled" if skill.change > 0 else "warm" if skill.change < 0 else "quiet"
    return Text().append(change_text(skill.change), style=style).append(f" ({n})", style="quiet")


def benefits(
    found: Report, quoted: Mapping[str, Record], *, with_evidence: bool
) -> Iterator[RenderableType]:
    """Yield the seven benefits: how many insights are evidence for each, and the latest of those."""
    total = len(found.insights)
    if not total:
        return
    if any(found.benefits.values()):
        said = ngettext("from {count} insight", "from {count} insights", total)
    else:
        said = ngettext(
            "No evidence yet, in {count} insight: mentorlog insight … --benefit WORD",
            "No evidence yet, in {count} insights: mentorlog insight … --benefit WORD",
            total,
        )
    yield Prose(said.format(count=total), style="quiet")
    if with_evidence:
        yield Names(found.insights)
    if any(found.benefits.values()):
        yield from _of_the_seven(found.benefits, quoted, with_evidence=with_evidence)


def _of_the_seven(
    found: Mapping[str, Ids], quoted: Mapping[str, Record], *, with_evidence: bool
) -> Iterator[RenderableType]:
    marks = min(max(map(len, found.values())), _MOST_MARKS)
    for benefit, ids in found.items():
        line = Text().append("▪" * min(len(ids), _MOST_MARKS), style="filled")
        line.append(f"{'':{marks - len(line)}}{len(ids):>3}  {code_label('benefit', benefit)}")
        if not ids:
            line.stylize("quiet")
        yield Prose(line)
        latest = quoted.get(ids[0]) if ids else None
        if ids and with_evidence:
            yield Padding(Names(ids), (0, 0, 0, 2))
        if latest is not None:
            told = Padding(Prose(quote(latest)), (0, 0, 0, 2))
            yield told if with_evidence else noticed([latest])


def feedback(
    found: Feedback, quoted: Mapping[str, Record], *, with_evidence: bool
) -> Iterator[RenderableType]:
    """Yield how much feedback there was, what changed by it, and where that is open."""
    total = len(found.given) + len(found.received)
    if not total:
        return
    said = {
        code_label("direction", "given"): found.given,
        code_label("direction", "received"): found.received,
        _("changed something"): found.changed,
        _("still to be seen"): found.waiting,
    }
    yield Facts(SEPARATOR.join(f"{called} {len(ids)}" for called, ids in said.items()))
    if with_evidence:
        yield evidence_drawn(said)
    shown = [quoted[ref] for ref in (*found.changed, *found.waiting) if ref in quoted]
    if shown:
        yield listed((each.id, Text(cut(one_line(each), _QUOTED))) for each in shown)
