"""What was agreed in a report: the actions of either side, what came of advice, the questions."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from mentorlog.domain.action import OWNERS
from mentorlog.domain.figures import Actions, AdviceLoop, Questions, Report
from mentorlog.domain.progress import percent
from mentorlog.i18n import _
from mentorlog.labels import code_label, field_label
from mentorlog.render.counts import days_text, of_text
from mentorlog.render.lines import SEPARATOR
from mentorlog.render.report.charts import bar
from mentorlog.render.report.figures import SHORT_BAR, Evidence, Row, beside, rows_drawn


def actions(found: Report, *, with_evidence: bool) -> Iterator[RenderableType]:
    """Yield what either side said it would do, and how much of it was done."""
    rows = [
        row
        for owner in OWNERS
        if found.actions[owner].agreed
        for row in _side(owner, found.actions[owner])
    ]
    if rows:
        yield rows_drawn(rows, with_evidence=with_evidence)


def _side(owner: str, agreed: Actions) -> Iterator[Row]:
    """Yield what one side did, and below it how it did it."""
    done, total = len(agreed.done), len(agreed.agreed)
    called = _("mine") if owner == "me" else _("theirs")
    picture = beside(
        bar(done / total, SHORT_BAR), _("{done} done").format(done=of_text(done, total))
    )
    yield Row(called, picture, {_("agreed"): agreed.agreed, _("done"): agreed.done})
    yield Row("", _in_time(agreed), _ids_in_time(agreed))


def _in_time(agreed: Actions) -> Text:
    """Return how many kept to their day, and what is still open or was let go."""
    dated = len(agreed.on_time) + len(agreed.late)
    said = Text("")
    if dated:
        kept = of_text(len(agreed.on_time), dated)
        said.append(_("closed by the due date: {kept}").format(kept=kept))
    else:
        said.append(_("none with a due date is closed"))
    said.append(SEPARATOR + _("{count} open").format(count=len(agreed.open)))
    overdue = _("{count} overdue").format(count=of_text(len(agreed.overdue), len(agreed.open)))
    if agreed.overdue:
        said.append(SEPARATOR).append(overdue, style="warm")
    if agreed.dropped:
        dropped = of_text(len(agreed.dropped), len(agreed.agreed))
        said.append(SEPARATOR + _("{count} dropped").format(count=dropped))
    return said


def _ids_in_time(agreed: Actions) -> Evidence:
    return {
        _("closed by the due date"): agreed.on_time,
        _("late"): agreed.late,
        _("open"): agreed.open,
        _("overdue"): agreed.overdue,
        _("dropped"): agreed.dropped,
    }


def advice(found: Report, *, with_evidence: bool) -> Iterator[RenderableType]:
    """Yield the advice loop, advised → tried → told, and the questions."""
    if found.advice.advised or found.questions.asked:
        rows = [*_loop(found.advice), *_questions(found.questions)]
        yield rows_drawn(rows, with_evidence=with_evidence)


def _loop(loop: AdviceLoop) -> Iterator[Row]:
    total = len(loop.advised)
    if not total:
        yield Row(field_label("is_advice"), Text(_("none yet"), style="quiet"))
        return
    steps = ((_("advised"), loop.advised), (_("tried"), loop.tried), (_("told"), loop.told))
    for called, ids in steps:
        count = str(total) if ids is loop.advised else of_text(len(ids), total)
        yield Row(called, beside(bar(len(ids) / total, SHORT_BAR), count), {called: ids})
    facts = []
    if loop.share is not None and loop.told:
        facts.append(_("{percent} % told").format(percent=percent(loop.share)))
    if loop.median_days is not None:
        facts.append(_("after {days} (median)").format(days=days_text(loop.median_days)))
    if loop.dropped:
        facts.append(_("{count} dropped").format(count=len(loop.dropped)))
    if facts:
        yield Row("", Text(SEPARATOR.join(facts)), {_("dropped"): loop.dropped})


def _questions(asked: Questions) -> Iterator[Row]:
    total = len(asked.asked)
    if not total:
        yield Row(_("questions"), Text(_("none yet"), style="quiet"))
        return
    facts = [
        _("{count} raised").format(count=of_text(len(asked.raised), total)),
        _("{count} open").format(count=len(asked.open)),
    ]
    if asked.dropped:
        facts.append(_("{count} dropped").format(count=len(asked.dropped)))
    evidence = {
        _("asked"): asked.asked,
        code_label("state", "raised"): asked.raised,
        _("open"): asked.open,
        _("dropped"): asked.dropped,
    }
    yield Row(_("questions"), Text(SEPARATOR.join(facts)), evidence)
