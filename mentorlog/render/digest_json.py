"""The digest of a review as a JSON document; its figures are those of `report_json.py`, in its form."""

from typing import Any

from mentorlog.domain.milestones import is_final
from mentorlog.domain.plain import document, plain
from mentorlog.domain.tallies import Standing
from mentorlog.render.as_json import record_json
from mentorlog.render.report_json import report_json
from mentorlog.workflows.reporting import Digest

_FIGURES = (
    "since", "until", "term_used", "meetings", "attainment", "actions", "advice", "questions",
    "pulse", "skills", "insights", "benefits", "feedback",
)  # fmt: skip


def digest_json(known: Digest) -> dict[str, Any]:
    """Return what a review begins with; `before` is null where there was no review before."""
    now = report_json(known.now, with_evidence=False)
    pair, until = known.now.report.pair, known.now.report.period.until
    standings = zip(now["goals"], known.now.report.standings, strict=True)
    before = None if known.before is None else known.now._replace(report=known.before, quoted={})
    return document(
        "review",
        pair=now["pair"],
        since=now["since"],
        until=now["until"],
        is_final=is_final(pair, until),
        last_review=None if known.last is None else record_json(known.last),
        figures=_figures(now),
        before=None if before is None else _figures(report_json(before, with_evidence=False)),
        goals=[said | _stood(standing) for said, standing in standings],
        quoted=now["quoted"],
    )


def _figures(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in _FIGURES}


def _stood(standing: Standing) -> dict[str, Any]:
    """Return where a goal stood before the period began."""
    return {"share_before": plain(standing.before.share), "level_before": standing.before.level}
