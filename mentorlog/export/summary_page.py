"""The summary of one review as Markdown, to be handed over: where the two stand, and how they go on.

Its figures are `summary_figures.py`'s; what goes into it was settled before, in `summary.py`.
"""

from collections.abc import Iterator

from mentorlog.domain.fields import level_text
from mentorlog.domain.progress import Progress, way_between
from mentorlog.export.entries import action_entry, insight_entry, question_entry
from mentorlog.export.goals import aim, goal_opening, level_called
from mentorlog.export.inert import block, inline, quoted
from mentorlog.export.material import Change, Item, Material, Summary
from mentorlog.export.reviews import days_of, decision_line
from mentorlog.export.summary_figures import figures_section
from mentorlog.export.wording import (
    Links,
    capital,
    front_matter,
    joined,
    label,
    level,
    line,
    link_to_goal,
    listed,
    measurements_counted,
    pair_label,
    quantity,
    said,
    shared,
)
from mentorlog.i18n import _, day
from mentorlog.labels import code_label

_PAIR_FACTS = ("my_role", "programme", "started_on", "term_ends_on")


def summary_page(material: Material, summary: Summary) -> Iterator[str]:
    """Yield the parts of the page, from its front matter to what is next."""
    review = summary.review
    my_role = None if material.audience == "me" else material.pair.text("my_role")
    links = {goal.uid: link_to_goal(goal) for goal in material.of_kind("goal")}
    yield _front_matter(material, review)
    yield from _opening(material, review)
    yield from figures_section(summary, material.audience, my_role)
    yield from _goals(material, summary, my_role)
    insights = material.of_kind("insight")
    entries = [insight_entry(each, links, my_role, with_day=True) for each in insights]
    yield from listed("## " + _("Insights"), entries)
    for name in ("conclusions", "thoughts", "pulse"):
        if written := said(review, name):
            yield "## " + label(name)
            yield written
    if decided := decision_line(review):
        yield "## " + label("decision")
        yield capital(decided)
    yield from _next_steps(material, links, my_role)


def _front_matter(material: Material, review: Item) -> str:
    return front_matter(
        title=quoted(_title(material)),
        review=quoted(review.uid),
        pair=quoted(material.pair.uid),
        from_on=_iso(review, "from_on"),
        to_on=_iso(review, "to_on"),
        audience=material.audience,
        exported_on=material.exported_on.isoformat(),
        tags="[mentoring, review]",
    )


def _iso(review: Item, name: str) -> str:
    on = review.day(name)
    return "null" if on is None else on.isoformat()


def _title(material: Material) -> str:
    partner = material.pair.text("partner")
    if partner is None:
        return _("Mentoring review")
    return _("Mentoring review: {partner}").format(partner=partner)


def _opening(material: Material, review: Item) -> Iterator[str]:
    """Yield the title, of which days it is, and what there is to know of the pair."""
    yield f"# {inline(_title(material))}"
    told = ((name, said(material.pair, name)) for name in _PAIR_FACTS)
    facts = [
        line(_("Period"), days_of(review)),
        *(line(pair_label(name, material.audience), text) for name, text in told if text),
    ]
    if is_shared := shared(review):
        facts.append(line(label("visibility"), is_shared))
    yield "\n".join(f"- {fact}" for fact in facts)


def _goals(material: Material, summary: Summary, my_role: str | None) -> Iterator[str]:
    """Yield the goals of the days, each with how far it has come on them."""
    goals = {goal.uid: goal for goal in material.of_kind("goal")}
    if summary.changes:
        yield "## " + _("Goals")
    for change in summary.changes:
        goal = goals[change.goal]
        yield from goal_opening(goal, my_role)
        if change.readings:
            yield line(_("Progress"), _progress(goal, change))
        else:
            yield from aim(goal)
        reached = change.after.level
        written = None if reached is None else goal.map("levels").get(str(reached))
        if reached is not None and written is not None:
            yield line(level_called(str(reached)), block(str(written)))


def _progress(goal: Item, change: Change) -> str:
    """Return from where to where a goal has come on those days, and on how many readings that stands."""
    return joined(
        (
            _value(goal, change),
            _share(change),
            change.after.trend and code_label("trend", change.after.trend),
            _level(change),
            measurements_counted(change.readings),
        )
    )


def _value(goal: Item, change: Change) -> str | None:
    """Return the number before and after, and the one aimed at."""
    begun, now = goal.quantity("baseline"), _latest(change.after)
    if now is None:
        return None
    if (known := _latest(change.before)) is not None:
        begun = known
    unit, target = goal.text("unit"), goal.quantity("target")
    came = (
        quantity(now, unit)
        if begun in {None, now}
        else f"{quantity(begun)} → {quantity(now, unit)}"
    )
    if target is None:
        return came
    return _("{number}, target {target}").format(number=came, target=quantity(target))


def _latest(found: Progress) -> float | None:
    return None if found.latest is None else found.latest.value


def _share(change: Change) -> str | None:
    """Return how much of the way is done, and how much was before where that is another figure."""
    way = way_between(change.before, change.after)
    if way is None:
        return None
    before, after = way
    if before == after:
        return _("{percent} % of the way").format(percent=after)
    return _("{before} % → {percent} % of the way").format(before=before, percent=after)


def _level(change: Change) -> str | None:
    before, after = change.before.level, change.after.level
    if before is None or before == after or after is None:
        return level(after)
    return _("level {before} → {level}").format(before=level_text(before), level=level_text(after))


def _next_steps(material: Material, links: Links, my_role: str | None) -> Iterator[str]:
    """Yield what is still to be done and to be raised."""
    actions = [action_entry(each, links, my_role) for each in material.of_kind("action")]
    questions = [question_entry(each, links) for each in material.of_kind("question")]
    if actions or questions:
        yield "## " + _next_steps_called(material)
    yield from listed("### " + _("Open actions"), actions)
    yield from listed("### " + _("Open questions"), questions)


def _next_steps_called(material: Material) -> str:
    """Return the heading; what is open on a day after the review is so as of that day."""
    if material.until is None or material.until >= material.exported_on:
        return _("Next steps")
    return _("Next steps, as of {day}").format(day=day(material.exported_on))
