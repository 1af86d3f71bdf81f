"""The figures in the summary of a review: a table with a column for its days and one for those before.

Every figure says of how many it is. What is not known, or did not occur on any of the days, has no row.
"""

from collections.abc import Callable, Iterator, Mapping

from mentorlog.domain.action import OWNERS
from mentorlog.domain.aggregates import Counted
from mentorlog.domain.assessment import SKILLS
from mentorlog.export.in_numbers import attainment, average_pulse, by_code, percentages_listed
from mentorlog.export.material import Summary
from mentorlog.export.wording import UNKNOWN, joined, line, period, side, standing_on, table
from mentorlog.i18n import N_, _, ngettext
from mentorlog.labels import code_label

Row = tuple[str, Callable[[Counted], str | None]]

# Of what the figures are, where they are not of everything I have written down.
_BASES = {
    "partner": N_(
        "These figures count every meeting, and those actions, questions, goals, insights and words of"
        " feedback that are shared with you."
    ),
    "programme": N_("These figures count all that the journal has of these days, shared or not."),
}


def figures_section(summary: Summary, audience: str, my_role: str | None) -> Iterator[str]:
    """Yield the figures and of what they are; see `wording.side` for `my_role`."""
    yield "## " + _("In numbers")
    if audience in _BASES:
        yield _(_BASES[audience])
    columns = [summary.now] if summary.before is None else [summary.now, summary.before]
    heads = [period(each.from_on, each.to_on) for each in columns]
    cells = [(name, [say(each) for each in columns]) for name, say in _rows(audience, my_role)]
    rows = [[name, *(said or UNKNOWN for said in each)] for name, each in cells if any(each)]
    yield table(["", *heads], ["---", *("---" for _head in heads)], *rows)
    evidence = {code: count for code, count in summary.now.benefits.items() if count}
    if evidence:
        yield line(_("Benefits there is evidence for"), by_code("benefit", evidence))


def _rows(audience: str, my_role: str | None) -> Iterator[Row]:
    yield _("Meetings"), _meetings
    yield _("Held on rhythm"), _on_rhythm
    yield _("Longest gap"), _longest_gap
    for owner in OWNERS:
        whose = side(owner, my_role) or ""
        yield _("Actions: {side}").format(side=whose), _actions_of(owner)
    yield _("Advice"), _advice
    yield _("Questions"), _questions
    yield _("Insights"), lambda found: str(found.insights) if found.insights else None
    yield _("Feedback"), lambda found: _feedback(found.feedback, my_role)
    if audience == "programme":
        yield _("Progress of the goals"), lambda found: percentages_listed(found.goal_percentages)
    yield _("Goal attainment (50 is as expected)"), _attainment
    yield _("Average pulse"), lambda found: _pulse(found, audience)
    for skill in SKILLS:
        called = code_label("ratings", skill)
        yield _("Skill: {skill}").format(skill=called), _skill(skill)


def _meetings(found: Counted) -> str:
    if found.minutes is None:
        return str(found.meetings)
    minutes = _("{minutes} min").format(minutes=found.minutes)
    if found.timed < found.meetings:
        of = ngettext("of {count} meeting", "of {count} meetings", found.timed)
        minutes = standing_on(minutes, of.format(count=found.timed))
    return joined((str(found.meetings), minutes))


def _on_rhythm(found: Counted) -> str | None:
    if found.on_rhythm is None:
        return None
    return _("{count} of {total}").format(count=found.on_rhythm, total=found.expected)


def _longest_gap(found: Counted) -> str | None:
    days = found.longest_gap_days
    return (
        None if days is None else ngettext("{count} day", "{count} days", days).format(count=days)
    )


def _actions_of(owner: str) -> Callable[[Counted], str | None]:
    def say(found: Counted) -> str | None:
        counts = found.actions[owner]
        if not counts["agreed"]:
            return None
        done = _("{count} of {total} done").format(count=counts["done"], total=counts["agreed"])
        return joined((done, *_counted(counts, _OF_ACTIONS)))

    return say


_OF_ACTIONS = {
    "on_time": N_("{count} closed by the due date"),
    "late": N_("{count} late"),
    "overdue": N_("{count} overdue"),
    "dropped": N_("{count} dropped"),
}


def _advice(found: Counted) -> str | None:
    counts = found.advice
    if not counts["advised"]:
        return None
    said = _("{advised} given → {tried} tried → {told} told")
    return said.format(**{name: counts[name] for name in ("advised", "tried", "told")})


def _questions(found: Counted) -> str | None:
    counts = found.questions
    if not counts["asked"]:
        return None
    asked = _("{count} of {total} raised").format(count=counts["raised"], total=counts["asked"])
    return joined((asked, *_counted(counts, {"dropped": _OF_ACTIONS["dropped"]})))


def _feedback(counts: Mapping[str, int], my_role: str | None) -> str | None:
    """Return who gave how much; to others, "given" is whose it is."""
    said = {name: counts[name] for name in ("given", "received") if counts[name]}
    if my_role is None:
        return by_code("direction", said) or None
    sides = {"given": "me", "received": "partner"}
    return joined(
        _("{count} from the {role}").format(role=side(sides[name], my_role), count=count)
        for name, count in said.items()
    )


def _attainment(found: Counted) -> str | None:
    score = found.attainment_score
    return None if score is None else attainment(score, found.rated_goals)


def _pulse(found: Counted, audience: str) -> str | None:
    is_told = audience == "programme" or found.pulse_average is not None
    return average_pulse(found.pulse_average, found.pulses) if is_told else None


def _skill(skill: str) -> Callable[[Counted], str | None]:
    def say(found: Counted) -> str | None:
        if skill not in found.skills:
            return None
        first, latest = found.skills[skill]
        rating = _("{rating} of 5").format(rating=latest)
        return rating if first == latest else f"{first} → {rating}"

    return say


def _counted(counts: Mapping[str, int], said: Mapping[str, str]) -> Iterator[str]:
    """Yield what there is at least one of."""
    for name, message in said.items():
        if counts.get(name):
            yield _(message).format(count=counts[name])
