"""What was agreed, in a page: the actions of either side, what came of advice, the questions. No Rich here."""

from collections.abc import Callable, Iterator, Sequence

from mentorlog.domain.action import OWNERS
from mentorlog.domain.figures import Actions, AdviceLoop, Questions
from mentorlog.domain.ids import Ids
from mentorlog.domain.progress import percent
from mentorlog.i18n import _
from mentorlog.labels import code_label, field_label
from mentorlog.render.counts import days_text, of_text
from mentorlog.render.markup import Markup, element, together
from mentorlog.render.page.charts import Part, parts
from mentorlog.render.page.parts import joined, paragraph, row, table
from mentorlog.workflows.reporting import Reported


def actions(known: Reported) -> Markup | None:
    """Return what each side said it would do; None where neither said anything."""
    sides = [known.report.actions[owner] for owner in OWNERS]
    if not any(each.agreed for each in sides):
        return None
    titles = [_("mine"), _("theirs")]
    bars = [_bar(title, side) for title, side in zip(titles, sides, strict=True)]
    return together(*bars, table(_("As it stands by now"), [None, *titles], _counts(sides)))


def _bar(title: str, of: Actions) -> Markup | None:
    if not of.agreed:
        return None
    done = _("{done} done").format(done=of_text(len(of.done), len(of.agreed)))
    waiting = len(of.open) - len(of.overdue)
    shown = [
        Part(len(of.done), "full"),
        Part(waiting, "part"),
        Part(len(of.overdue), "late"),
        Part(len(of.dropped), "gone"),
    ]
    said = joined(title, done)
    return element("figure", element("figcaption", said), parts(shown, said))


def _counts(sides: Sequence[Actions]) -> Iterator[Markup]:
    def counted(name: Markup | str, of: Callable[[Actions], Ids]) -> Markup:
        return row(name, *(str(len(of(each))) for each in sides))

    yield counted(_("agreed"), lambda each: each.agreed)
    yield counted(_swatch("full", code_label("state", "done")), lambda each: each.done)
    yield counted(
        element("span", _("closed by the due date"), klass="sub"), lambda each: each.on_time
    )
    yield counted(element("span", _("late"), klass="sub"), lambda each: each.late)
    yield counted(_swatch("part", code_label("state", "open")), lambda each: each.open)
    overdue = element("span", _swatch("late", _("overdue")), klass="sub")
    yield counted(overdue, lambda each: each.overdue)
    yield counted(_swatch("gone", code_label("state", "dropped")), lambda each: each.dropped)


def _swatch(klass: str, name: str) -> Markup:
    """Return a name behind the colour that its part of a bar has."""
    patch = element("rect", x=0, y=0, width=10, height=10, rx=2, klass=klass)
    picture = element("svg", patch, viewBox="0 0 10 10", aria_hidden="true")
    return element("span", picture, element("span", name), klass="named")


def advice(known: Reported) -> Markup | None:
    """Return the loop of advice and what became of questions; None where there was neither."""
    loop, asked = known.report.advice, known.report.questions
    if not loop.advised and not asked.asked:
        return None
    return together(_loop(loop), _questions(asked))


def _loop(loop: AdviceLoop) -> Markup | None:
    """Return advised → tried → told."""
    if not loop.advised:
        return paragraph(field_label("is_advice"), _("none yet"), klass="quiet")
    whole = len(loop.advised)
    steps = ((_("advised"), whole), (_("tried"), len(loop.tried)), (_("told"), len(loop.told)))
    rows = [row(name, str(count), _step(name, count, whole)) for name, count in steps]
    waited = None
    if loop.median_days is not None:
        waited = _("after {days} (median)").format(days=days_text(loop.median_days))
    dropped = None
    if loop.dropped:
        dropped = _("{count} dropped").format(count=len(loop.dropped))
    told = None
    if loop.share is not None and loop.told:
        told = _("{percent} % told").format(percent=percent(loop.share))
    caption = joined(told, waited, dropped) or _("advice")
    return table(caption, (None, None, None), rows)


def _step(name: str, count: int, whole: int) -> Markup:
    shown = [Part(count, "full"), Part(whole - count, "none")]
    return parts(shown, f"{name}: {of_text(count, whole)}")


def _questions(asked: Questions) -> Markup | None:
    if not asked.asked:
        return paragraph(_("questions"), _("none yet"), klass="quiet")
    total = len(asked.asked)
    dropped = _("{count} dropped").format(count=len(asked.dropped)) if asked.dropped else None
    said = joined(
        _("{count} raised").format(count=of_text(len(asked.raised), total)),
        _("{count} open").format(count=len(asked.open)),
        dropped,
    )
    return element("p", _("{label}: {text}").format(label=_("questions"), text=said))
