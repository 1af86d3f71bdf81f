"""What is notable in the figures of a review, in a few plain sentences. No Rich here.

They say what happened and how it was before; none of them judges, and what is missing is said once.
"""

from collections.abc import Iterator

from mentorlog.domain.fields import level_text
from mentorlog.domain.figures import Report
from mentorlog.domain.progress import way_between
from mentorlog.domain.tallies import Standing
from mentorlog.i18n import _, listing, ngettext
from mentorlog.labels import code_label
from mentorlog.render.counts import days_text
from mentorlog.render.values import quantity_text
from mentorlog.text import first_line
from mentorlog.workflows.reporting import Digest

_MOST = 6


def in_words(known: Digest) -> list[str]:
    """Return the sentences, how the two met and got on first: of goals there may be any number."""
    now, before = known.now.report, known.before
    found = [_met(known), *_on_rhythm(now), *_felt(now, before), *_risen(now), *_moved(known)]
    return [*found, *_told(now), *_noticed(now)][:_MOST]


def share_moved(standing: Standing) -> str | None:
    """Return how much of the way is done, and how much was before where that is another figure."""
    way = way_between(standing.before, standing.measured.progress)
    if way is None:
        return None
    then, now = way
    if now == then:
        return _("{percent} % of the way").format(percent=now)
    return _("{before} % → {percent} % of the way").format(before=then, percent=now)


def number_moved(standing: Standing) -> str | None:
    """Return the number a goal was at and the one it is at, and its target."""
    aim, now = standing.measured.goal, standing.measured.progress.latest
    then = aim.baseline if standing.before.latest is None else standing.before.latest.value
    if now is None or now.value is None:
        return None
    said = quantity_text(now.value, aim.unit)
    if then is not None and then != now.value:
        said = f"{quantity_text(then)} → {said}"
    if aim.target is None:
        return said
    return _("{number}, target {target}").format(number=said, target=quantity_text(aim.target))


def level_moved(standing: Standing) -> str | None:
    """Return the level a goal is at, and the one before where that is another."""
    now, then = standing.measured.progress.level, standing.before.level
    if now is None:
        return None
    if then is None or then == now:
        return _("level {level}").format(level=level_text(now))
    return _("level {before} → {level}").format(before=level_text(then), level=level_text(now))


def _met(known: Digest) -> str:
    now, before = known.now.report, known.before
    count = len(now.meetings.held)
    if known.now.brief.is_first:
        return _("You have not met yet.")
    if not count:
        return _("You did not meet in this period.")
    if before is None:
        return ngettext("You met once.", "You met {count} times.", count).format(count=count)
    then, days = len(before.meetings.held), days_text(before.period.days)
    times = ngettext("once", "{count} times", then).format(count=then) if then else _("not at all")
    if before.period.days == now.period.days:
        said = ngettext(
            "You met once; in the period before, {before}.",
            "You met {count} times; in the period before, {before}.",
            count,
        )
    else:
        said = ngettext(
            "You met once; in the {days} before, {before}.",
            "You met {count} times; in the {days} before, {before}.",
            count,
        )
    return said.format(count=count, before=times, days=days)


def _on_rhythm(now: Report) -> Iterator[str]:
    """Yield that every meeting expected took place; where some did not, the figure says enough.

    Where the next one is expected by now, it is not yet settled whether it will.
    """
    rhythm, until = now.meetings.continuity, now.period.until
    is_waited_for = rhythm.next_on is not None and rhythm.next_on < until
    if rhythm.expected > 1 and rhythm.on_rhythm == rhythm.expected and not is_waited_for:
        yield _("Every meeting that your rhythm expected took place.")


def _moved(known: Digest) -> Iterator[str]:
    """Yield what was measured anew; where nothing was, that or why."""
    now = known.now.report
    fresh = [each for each in now.standings if _is_read_in(each, now)]
    for each in fresh:
        stands = share_moved(each) or level_moved(each)
        if stands is not None:
            yield _("{goal}: {stands}.").format(
                goal=first_line(each.measured.goal.statement), stands=stands
            )
    if not known.has_had_goals:
        yield _("No goal has been set.")
    elif not any(each.measured.goal.is_active for each in now.standings):
        yield _("No goal is active.")
    elif not fresh:
        yield _("No goal was measured in this period.")


def _is_read_in(standing: Standing, now: Report) -> bool:
    return any(now.period.covers(each.taken_on) for each in standing.measured.measurements)


def _told(now: Report) -> Iterator[str]:
    count, whole = len(now.advice.told), len(now.advice.advised)
    if not whole:
        return
    if now.pair.my_role == "mentor":
        said = ngettext(
            "You heard what came of {count} of {total} piece of advice.",
            "You heard what came of {count} of {total} pieces of advice.",
            whole,
        )
    else:
        said = ngettext(
            "You told what came of {count} of {total} piece of advice.",
            "You told what came of {count} of {total} pieces of advice.",
            whole,
        )
    yield said.format(count=count, total=whole)


def _noticed(now: Report) -> Iterator[str]:
    count = len(now.insights)
    if count:
        yield ngettext(
            "You noticed one thing worth keeping.",
            "You noticed {count} things worth keeping.",
            count,
        ).format(count=count)


def _risen(now: Report) -> Iterator[str]:
    risen = [each for each in now.skills if (each.change or 0) > 0]
    if risen:
        skills = listing(
            f"{code_label('ratings', each.skill)} {each.first.rating} → {each.latest.rating}"
            for each in risen
        )
        yield _("Rated higher than before: {skills}.").format(skills=skills)


def _felt(now: Report, before: Report | None) -> Iterator[str]:
    pulse, then = now.pulses.average, None if before is None else before.pulses.average
    if pulse is not None and then is not None:
        yield _("The pulse was {pulse} on average; in the period before, {before}.").format(
            pulse=pulse, before=then
        )
