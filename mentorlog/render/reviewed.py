"""What is said after a review: what was made of it, and what it changed. No Rich here."""

from collections.abc import Iterator, Mapping

from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.record import Record
from mentorlog.render.cells import padded
from mentorlog.render.lines import headline, one_line
from mentorlog.render.receipt import changes
from mentorlog.render.style import Style
from mentorlog.workflows.reviewing import Reviewed


def reviewed(kept: Reviewed, goals: Mapping[str, Goal], style: Style) -> str:
    """Return a line for each record, its id first, with what is new about one that was there.

    `goals` are those that were measured, by id.
    """
    cells = max(len(each.id) for each in kept.records) + 2
    return "\n".join(
        line
        for record in kept.records
        for line in (
            style.bold(padded(record.id, cells)) + _said(record, kept, goals),
            *_changed(record, kept),
        )
    )


def _said(record: Record, kept: Reviewed, goals: Mapping[str, Goal]) -> str:
    if isinstance(record, Measurement):
        return one_line(record, goals[record.goal])
    return headline(record, kept.pair.partner)


def _changed(record: Record, kept: Reviewed) -> Iterator[str]:
    """Yield what a record says now; its whole history would only hide that."""
    before: dict[str, Record] = {
        each.after.id: each.before.with_changes(revisions=each.after.revisions)
        for each in kept.goals
    }
    before[kept.pair.id] = kept.before
    said = changes(before[record.id], record) if record.id in before else ""
    if said:
        yield said
