"""A report as JSON: the same figures as are drawn, each as its value and its n.

A figure is `{"value", "n"}`: `n` is of how many records, null is "not known", and never 0. With the
evidence it has `records` too, the ids it stands on. The document of a pair has

- `pair` (the record), `since`, `until`, `next_meeting_on`, `is_agreed`, `next_review_on`, `term_used`;
- `meetings`: `held`, `minutes` (n: those that say them), `on_rhythm` (n: the days expected) and
  `longest_gap_days`;
- `goals`: each with its `goal` (the record), `share`, `change`, `trend`, `level`, `moved` (of the way,
  within the period) and `insights`; `attainment` is the score of all (n: those rated);
- `actions`: of `me` and of the `partner`: `agreed`, `done`, `on_time` and `late` (n: those done that had
  a day), `open`, `overdue` (n: the open ones), `dropped`;
- `advice`: `advised`, `tried`, `told`, `share`, `median_days`, `dropped`; `questions`: `asked`, `raised`,
  `open`, `dropped`;
- `pulse`: `average`, `trend` and the `readings`; `skills`: of each rated one `first`, `latest`, `change`;
- `insights`; `benefits`: of each of the seven how many `insights` are evidence for it; `feedback`:
  `given`, `received`, `changed`, `waiting`;
- `quoted`: the records whose words the report shows; `todo`: what wants doing first, as in `status`, and
  `more`, how much else does. Where the days end before today, what is next (`next_meeting_on`,
  `next_review_on`, `todo`) is null or empty: it is known of today, and not of then.

The document of all pairs has `pairs`, each as above but without `quoted`, and `totals`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mentorlog.domain.figures import Actions, Report, Skill
from mentorlog.domain.ids import Ids
from mentorlog.domain.plain import document, plain
from mentorlog.domain.tallies import Standing
from mentorlog.render.as_json import figure_json, record_json
from mentorlog.render.calendar_days import is_past
from mentorlog.render.documents import finding_json
from mentorlog.workflows.reporting import Glance, Reported

Figure = dict[str, Any]


class _Figures:
    """Makes figures, with their evidence or without."""

    def __init__(self, *, with_evidence: bool) -> None:
        self._with_evidence = with_evidence

    def known(self, value: object, ids: Ids, n: int | None = None) -> Figure:
        """Return a figure that stands on these records; `n`, where it is not their count."""
        evidence = {"records": list(ids)} if self._with_evidence else {}
        return {"value": figure_json(value), "n": len(ids) if n is None else n, **evidence}

    def count(self, ids: Ids, n: int | None = None) -> Figure:
        """Return how many records there are; `n` is of how many they are."""
        return self.known(len(ids), ids, n)

    def counts(self, named: Mapping[str, Ids], n: int) -> dict[str, Figure]:
        """Return how many there are of each sort, all of them of the same `n`."""
        return {name: self.count(ids, n) for name, ids in named.items()}


def report_json(
    known: Reported, *, with_evidence: bool, today: date | None = None
) -> dict[str, Any]:
    """Return what `report PAIR` shows; as of `today`, if given, what is next goes without past days."""
    return document(
        "report",
        **_of_pair(known, _Figures(with_evidence=with_evidence), today),
        quoted=[record_json(each) for each in known.quoted.values()],
    )


def glance_json(known: Glance, today: date, *, with_evidence: bool) -> dict[str, Any]:
    """Return what `report` shows without a pair."""
    figures = _Figures(with_evidence=with_evidence)
    return document(
        "report",
        pairs=[_of_pair(each, figures, today) for each in known.rows],
        totals=_totals(known, figures),
    )


def _of_pair(known: Reported, figures: _Figures, today: date | None) -> dict[str, Any]:
    found = known.report
    is_now = today is None or not is_past(found, today)
    return {
        "pair": record_json(found.pair),
        "since": plain(found.period.since),
        "until": plain(found.period.until),
        "next_meeting_on": plain(known.brief.next_on if is_now else None),
        "is_agreed": known.brief.is_agreed and is_now,
        "next_review_on": plain(known.next_review_on if is_now else None),
        "term_used": figures.known(found.term_used, Ids([found.pair.id])),
        "meetings": _meetings(found, figures),
        "goals": [_standing(each, figures) for each in found.standings],
        "attainment": figures.known(found.attainment, found.rated),
        "actions": {owner: _actions(each, figures) for owner, each in found.actions.items()},
        **_asked_and_advised(found, figures),
        "pulse": _pulse(found, figures),
        "skills": [_skill(each, figures) for each in found.skills],
        "insights": figures.count(found.insights),
        "benefits": figures.counts(found.benefits, len(found.insights)),
        "feedback": _feedback(found, figures),
        "todo": [finding_json(each) for each in known.todo] if is_now else [],
        "more": known.more if is_now else 0,
    }


def _meetings(found: Report, figures: _Figures) -> dict[str, Figure]:
    meetings, known = found.meetings, found.meetings.continuity
    held = meetings.held
    return {
        "held": figures.count(held),
        "minutes": figures.known(meetings.minutes if meetings.timed else None, meetings.timed),
        "on_rhythm": figures.known(
            known.on_rhythm if known.expected else None, meetings.on_rhythm, known.expected
        ),
        "longest_gap_days": figures.known(known.longest_gap_days, held),
    }


def _standing(standing: Standing, figures: _Figures) -> dict[str, Any]:
    measured = standing.measured
    found = measured.progress
    numbers = Ids(each.id for each in measured.measurements if each.value is not None)
    levels = Ids(each.id for each in measured.measurements if each.level is not None)
    return {
        "goal": record_json(measured.goal),
        "share": figures.known(found.share, numbers),
        "change": figures.known(found.change, numbers),
        "trend": figures.known(found.trend, numbers),
        "level": figures.known(found.level, levels),
        "moved": figures.known(standing.moved, numbers),
        "insights": figures.count(standing.insights),
    }


def _actions(found: Actions, figures: _Figures) -> dict[str, Figure]:
    agreed, dated = len(found.agreed), len(found.on_time) + len(found.late)
    return {
        **figures.counts({"agreed": found.agreed, "done": found.done}, agreed),
        **figures.counts({"on_time": found.on_time, "late": found.late}, dated),
        "open": figures.count(found.open, agreed),
        "overdue": figures.count(found.overdue, len(found.open)),
        "dropped": figures.count(found.dropped, agreed),
    }


def _asked_and_advised(found: Report, figures: _Figures) -> dict[str, Any]:
    loop, questions = found.advice, found.questions
    steps = {"advised": loop.advised, "tried": loop.tried, "told": loop.told}
    return {
        "advice": {
            **figures.counts(steps, len(loop.advised)),
            "share": figures.known(loop.share, loop.told, len(loop.advised)),
            "median_days": figures.known(loop.median_days, loop.told),
            "dropped": figures.count(loop.dropped, len(loop.advised) + len(loop.dropped)),
        },
        "questions": figures.counts(questions._asdict(), len(questions.asked)),
    }


def _pulse(found: Report, figures: _Figures) -> dict[str, Any]:
    ids = found.pulses.ids
    return {
        "average": figures.known(found.pulses.average, ids),
        "trend": figures.known(found.pulses.trend, ids),
        "readings": [
            {"id": ref, "felt_on": plain(each.on), "pulse": pulse}
            for each in found.pulses.felt
            for ref, pulse in zip(each.ids, each.pulses, strict=True)
        ],
    }


def _skill(skill: Skill, figures: _Figures) -> dict[str, Any]:
    return {
        "skill": skill.skill,
        "first": {name: plain(value) for name, value in skill.first._asdict().items()},
        "latest": {name: plain(value) for name, value in skill.latest._asdict().items()},
        "change": figures.known(skill.change, skill.rated_in),
    }


def _feedback(found: Report, figures: _Figures) -> dict[str, Figure]:
    said = found.feedback
    return figures.counts(said._asdict(), len(said.given) + len(said.received))


def _totals(known: Glance, figures: _Figures) -> dict[str, Figure]:
    """Return the totals, each with the records of all pairs that it adds up."""
    found, rows = known.totals, [each.report for each in known.rows]
    actions = [each for row in rows for each in row.actions.values()]
    timed = _all(row.meetings.timed for row in rows)
    rhythm = found.on_rhythm if found.expected else None
    return {
        "pairs": figures.known(found.pairs, Ids(row.pair.id for row in rows)),
        "meetings": figures.known(found.meetings, _all(row.meetings.held for row in rows)),
        "minutes": figures.known(found.minutes if timed else None, timed),
        "on_rhythm": figures.known(
            rhythm, _all(row.meetings.on_rhythm for row in rows), found.expected
        ),
        "agreed": figures.known(found.agreed, _all(each.agreed for each in actions)),
        "done": figures.known(found.done, _all(each.done for each in actions), found.agreed),
        "overdue": figures.known(
            found.overdue,
            _all(each.overdue for each in rows),
            sum(
                len(each.open)
                for row in rows
                if row.pair.state != "ended"
                for each in row.actions.values()
            ),
        ),
        "advised": figures.known(found.advised, _all(row.advice.advised for row in rows)),
        "told": figures.known(found.told, _all(row.advice.told for row in rows), found.advised),
        "insights": figures.known(found.insights, _all(row.insights for row in rows)),
        "goals": figures.known(found.goals, _all(each.active_goals for each in rows)),
    }


def _all(named: Iterable[Ids]) -> Ids:
    return Ids.together(named)
