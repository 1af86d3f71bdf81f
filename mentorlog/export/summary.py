"""What the summary of one review is made of: its figures, its goals, its insights, and what is next.

The figures stand on what `audience.py` lets them stand on for each audience. What is next is what is
open by now, whenever it was agreed on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mentorlog.domain.action import Action
from mentorlog.domain.aggregates import Counted, counted
from mentorlog.domain.audience import seen
from mentorlog.domain.figures import Report
from mentorlog.domain.figures_for import newly_told, report_for
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.review import Review
from mentorlog.errors import NotPossible
from mentorlog.export.material import Change, Material, Summary, Surroundings, gather


def summarise(
    pair: Pair,
    review: Review,
    known: Sequence[Record],
    around: Surroundings,
    audience: str,
    exported_on: date,
) -> Material:
    """Return the summary of a review for `audience`; `known` are all records of its pair.

    Raises NotPossible "review-not-shared" where the audience may not see the review.
    """
    if not seen(review, audience):
        raise NotPossible("review-not-shared", review.id)
    days = _days(review)
    periods = [days, *_days_before(review, known, audience)]
    found, *before = [report_for(pair, known, each, audience, around.told) for each in periods]
    chosen = _chosen(review, known, report_for(pair, known, days, "me"))
    material = gather(pair, chosen, around, audience, exported_on, days)
    summary = Summary(
        review=material.of_kind("review")[0],
        now=_figures(found, audience),
        before=_figures(before[0], audience) if before else None,
        changes=_changes(material, found, around),
    )
    telling = newly_told(pair, known, periods, around.told) if audience == "programme" else ()
    return replace(material, figures=None, newly_told=telling, summary=summary)


def _days(review: Review) -> Period:
    return Period(review.from_on, review.to_on)


def _chosen(review: Review, known: Iterable[Record], everything: Report) -> list[Record]:
    """Return the records that a summary tells of, to whomever: the goals and insights of its days."""
    of_the_days = {*everything.insights, *everything.goals}
    return [
        each
        for each in known
        if each.id == review.id
        or each.id in of_the_days
        or (isinstance(each, Action | Question) and each.is_open)
    ]


def _days_before(review: Review, known: Sequence[Record], audience: str) -> list[Period]:
    """Return the days of the last review decided before this one that the audience sees; none of none."""
    earlier = [
        each
        for each in known
        if isinstance(each, Review)
        and each.decision is not None  # else it began no other period
        and _place(each) < _place(review)
        and seen(each, audience)
    ]
    return [_days(max(earlier, key=_place))] if earlier else []


def _figures(found: Report, audience: str) -> Counted:
    """Return a report in numbers; how often somebody was late is for me alone."""
    figures = counted(found)
    if audience == "me":
        return figures
    actions = {
        owner: {name: count for name, count in counts.items() if name != "late"}
        for owner, counts in figures.actions.items()
    }
    return replace(figures, actions=actions)


def _place(review: Review) -> tuple[date, int]:
    """Sort by the day a review was held, of one day as they were written down."""
    return review.to_on, int(review.id[1:])


def _changes(material: Material, found: Report, around: Surroundings) -> tuple[Change, ...]:
    """Return how far each goal that goes out has come, in the order of the report."""
    going = {item.uid for item in material.of_kind("goal")}
    changes = (
        Change(
            goal=around.uids[each.measured.goal.id],
            before=each.before,
            after=each.measured.progress,
            readings=len(each.measured.measurements),
        )
        for each in found.standings
    )
    return tuple(each for each in changes if each.goal in going)
