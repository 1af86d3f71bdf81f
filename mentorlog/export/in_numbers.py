"""What stands in a Markdown document in place of a story: when a pair met, and counts. No words of anybody's."""

from collections.abc import Iterator, Mapping

from mentorlog.domain.aggregates import NO_BENEFIT, Figures
from mentorlog.export.entries import date_of
from mentorlog.export.material import Material
from mentorlog.export.wording import SEPARATOR, dated, joined, label, line, said, table
from mentorlog.i18n import _, ngettext
from mentorlog.labels import code_label


def agreed_on(material: Material) -> str | None:
    """Return the days on which the two agreed on how they work together."""
    agreements = material.of_kind("agreement")
    return joined(dated("{day}", each.day("agreed_on")) for each in agreements) or None


def numbers(material: Material, figures: Figures) -> Iterator[str]:
    """Yield the meetings as a table, then the figures."""
    rows = [
        (date_of(meeting), said(meeting, "minutes") or "", said(meeting, "channel") or "")
        for meeting in material.of_kind("meeting")
    ]
    if rows:
        yield "## " + _("Meetings")
        heads = (label("held_on"), label("minutes"), label("channel"))
        yield table(heads, ("---", "---:", "---"), *rows)
    yield "## " + _("In numbers")
    yield "\n".join(f"- {count}" for count in (*_counts(figures), *_goals(figures)))


def _counts(figures: Figures) -> Iterator[str]:
    held = ngettext("{count} meeting", "{count} meetings", figures.meetings)
    yield held.format(count=figures.meetings)
    if figures.pulse_average is None:
        yield line(_("Average pulse"), _("told from three meetings on"))
    else:
        of = ngettext("of {count} meeting", "of {count} meetings", figures.pulses)
        average = _("{pulse} of 4").format(pulse=figures.pulse_average)
        yield line(_("Average pulse"), f"{average} ({of.format(count=figures.pulses)})")
    yield line(_("Actions"), _by_code("state", figures.actions))
    yield line(_("Questions"), _by_code("state", figures.questions))
    without = _("without a benefit")
    noticed = [
        f"{without if code == NO_BENEFIT else code_label('benefit', code)} {count}"
        for code, count in figures.insights.items()
        if count
    ]
    yield line(_("Insights"), SEPARATOR.join(noticed) or "0")
    yield line(_("Feedback"), _by_code("direction", figures.feedback))


def _goals(figures: Figures) -> Iterator[str]:
    """Yield how many goals there are and how far they have come, as far as that is known."""
    yield line(_("Goals"), _by_code("state", figures.goals))
    if figures.goal_percentages:
        done = (_("{percent} %").format(percent=each) for each in figures.goal_percentages)
        yield line(_("Progress of the goals"), SEPARATOR.join(done))
    if figures.attainment_score is not None:
        of = ngettext("of {count} rated goal", "of {count} rated goals", figures.rated_goals)
        score = f"{figures.attainment_score:.2f} ({of.format(count=figures.rated_goals)})"
        yield line(_("Goal attainment"), score)


def _by_code(field: str, counts: Mapping[str, int]) -> str:
    return SEPARATOR.join(f"{code_label(field, code)} {count}" for code, count in counts.items())
