"""What stands in a Markdown document in place of a story: when a pair met, and counts. No words of anybody's."""

from collections.abc import Iterable, Iterator, Mapping

from mentorlog.domain.aggregates import NO_BENEFIT, Figures
from mentorlog.export.entries import date_of
from mentorlog.export.material import Material
from mentorlog.export.reviews import reviews_table
from mentorlog.export.wording import SEPARATOR, dated, joined, label, line, said, standing_on, table
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
    yield from reviews_table(material.of_kind("review"))
    yield "## " + _("In numbers")
    yield "\n".join(f"- {count}" for count in (*_counts(figures), *_goals(figures)))


def _counts(figures: Figures) -> Iterator[str]:
    held = ngettext("{count} meeting", "{count} meetings", figures.meetings)
    yield held.format(count=figures.meetings)
    yield line(_("Average pulse"), average_pulse(figures.pulse_average, figures.pulses))
    yield line(_("Actions"), by_code("state", figures.actions))
    yield line(_("Questions"), by_code("state", figures.questions))
    without = _("without a benefit")
    noticed = [
        f"{without if code == NO_BENEFIT else code_label('benefit', code)} {count}"
        for code, count in figures.insights.items()
        if count
    ]
    yield line(_("Insights"), SEPARATOR.join(noticed) or "0")
    yield line(_("Feedback"), by_code("direction", figures.feedback))


def average_pulse(average: float | None, count: int) -> str:
    """Return an average pulse and of how many it is, or how many it takes to be told."""
    if average is None:
        return _("only told in groups of three")
    of = ngettext("of {count} pulse", "of {count} pulses", count).format(count=count)
    return standing_on(_("{pulse} of 4").format(pulse=average), of)


def attainment(score: float, count: int) -> str:
    """Return an attainment score and of how many goals it is."""
    of = ngettext("of {count} rated goal", "of {count} rated goals", count).format(count=count)
    return standing_on(f"{score:.2f}", of)


def percentages_listed(percentages: Iterable[int]) -> str:
    """Return how much of the way is done of each of several goals."""
    return SEPARATOR.join(_("{percent} %").format(percent=each) for each in percentages)


def _goals(figures: Figures) -> Iterator[str]:
    """Yield how many goals there are and how far they have come, as far as that is known."""
    yield line(_("Goals"), by_code("state", figures.goals))
    if figures.goal_percentages:
        yield line(_("Progress of the goals"), percentages_listed(figures.goal_percentages))
    if figures.attainment_score is not None:
        score = attainment(figures.attainment_score, figures.rated_goals)
        yield line(_("Goal attainment"), score)


def by_code(field: str, counts: Mapping[str, int]) -> str:
    """Return how often there is each code of a field."""
    return SEPARATOR.join(f"{code_label(field, code)} {count}" for code, count in counts.items())
