"""How counts, changes and days are said beside the figures they belong to. No Rich here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from mentorlog.domain.brief import Brief
from mentorlog.domain.figures import Report
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.tallies import FeltOn
from mentorlog.i18n import N_, _, day, listing, ngettext
from mentorlog.labels import code_label
from mentorlog.render.lines import SEPARATOR

COUNTED: dict[str, Callable[[int], str]] = {
    "pair": lambda count: ngettext("{count} pair", "{count} pairs", count),
    "agreement": lambda count: ngettext("{count} agreement", "{count} agreements", count),
    "meeting": lambda count: ngettext("{count} meeting", "{count} meetings", count),
    "question": lambda count: ngettext("{count} question", "{count} questions", count),
    "action": lambda count: ngettext("{count} action", "{count} actions", count),
    "goal": lambda count: ngettext("{count} goal", "{count} goals", count),
    "measurement": lambda count: ngettext("{count} measurement", "{count} measurements", count),
    "insight": lambda count: ngettext("{count} insight", "{count} insights", count),
    "reflection": lambda count: ngettext("{count} reflection", "{count} reflections", count),
    "feedback": lambda count: ngettext(
        "{count} piece of feedback", "{count} pieces of feedback", count
    ),
    "review": lambda count: ngettext("{count} review", "{count} reviews", count),
    "assessment": lambda count: ngettext("{count} assessment", "{count} assessments", count),
    "strength": lambda count: ngettext("{count} strength", "{count} strengths", count),
}
_PULSE_TRENDS = {"rising": N_("going up"), "falling": N_("going down"), "level": N_("steady")}


def records_text(counts: Mapping[str, int]) -> str:
    """Return how many records of each kind there are, such as "1 pair, 3 meetings"."""
    return listing(
        COUNTED[kind](counts[kind]).format(count=f"{counts[kind]:,}")
        for kind in KIND_NAMES
        if counts.get(kind)
    )


def made_text(on: date) -> str:
    """Return the line that a file made of a report ends with."""
    made = _("Made by mentorlog on {day}. It is for you alone: much of it was never shared.")
    return made.format(day=day(on))


def n_text(count: int) -> str:
    """Return how many records a figure stands on."""
    return _("n = {count}").format(count=count)


def of_text(count: int, total: int) -> str:
    """Return a count and of how many it is."""
    return _("{count} of {total}").format(count=count, total=total)


def more_text(count: int, command: str) -> str:
    """Return how much more there is than is shown, and the command that shows it."""
    return _("{count} more: {command}").format(count=f"{count:,}", command=command)


def minutes_text(minutes: int, timed: int) -> str:
    """Return for how long the two met, and how many of the meetings say so."""
    return _("{figure} ({of})").format(
        figure=_("{minutes} min").format(minutes=f"{minutes:,}"),
        of=ngettext("of {count} meeting", "of {count} meetings", timed).format(count=timed),
    )


def felt_text(felt: Sequence[FeltOn]) -> str:
    """Return how many pulses there are; where a review told of some, also how many meetings did."""
    count = sum(len(each.pulses) for each in felt)
    reviews = sum(len(each.pulses) for each in felt if each.kind == "review")
    if not reviews:
        return n_text(count)
    meetings = count - reviews
    parts = (
        ngettext("{count} meeting", "{count} meetings", meetings).format(count=meetings),
        ngettext("{count} review", "{count} reviews", reviews).format(count=reviews),
    )
    return _("{label}: {text}").format(label=n_text(count), text=listing(parts[not meetings :]))


def days_text(count: float) -> str:
    """Return a number of days."""
    whole = f"{count:g}"
    return ngettext("{count} day", "{count} days", 1 if count == 1 else 2).format(count=whole)


def change_text(change: int) -> str:
    """Return by how much something rose or fell."""
    return f"{change:+d}".replace("-", "−") if change else "±0"


def pulse_trend_text(trend: str) -> str:
    """Return where pulses tend to."""
    return _(_PULSE_TRENDS[trend])


def span_text(period: Period) -> str:
    """Return from which day to which; one day alone stands for itself."""
    if period.days == 1:
        return day(period.since)
    return _("{since} – {until}").format(since=day(period.since), until=day(period.until))


def next_meeting_text(brief: Brief, today: date) -> str | None:
    """Return when the two meet next: agreed, or only expected; None where neither is so."""
    on = brief.next_on
    if on is None or brief.is_agreed:
        return None if on is None else day(on)
    said = _("was expected {day}") if on < today else _("expected {day}")
    return said.format(day=day(on))


def ended_text(pair: Pair) -> str:
    """Return when a pair ended and, where that is known, why; without a term, it was on its first day."""
    ended = _("ended {day}").format(day=day(pair.ended_on or pair.started_on))
    because = pair.ended_because
    return ended if because is None else f"{ended}{SEPARATOR}{code_label('ended_because', because)}"


def not_begun_text(found: Report) -> str:
    """Return that all days of a report were over before the pair began."""
    return _("You had not begun yet on {day}.").format(day=day(found.period.until))
