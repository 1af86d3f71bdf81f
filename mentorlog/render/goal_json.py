"""A goal as JSON, with what was measured and what that adds up to."""

from typing import Any

from mentorlog.domain.measurement import MeasuredGoal, rated
from mentorlog.domain.progress import attainment_score
from mentorlog.render.as_json import plain, record_json


def goal_json(measured: MeasuredGoal) -> dict[str, Any]:
    """Return what `goal show` shows; a figure that is not known is null, and never 0."""
    found = measured.progress
    return record_json(measured.goal) | {
        "measurements": [record_json(each) for each in measured.measurements],
        "progress": {
            "share": _figure(found.share),
            "change": _figure(found.change),
            "trend": found.trend,
            "level": found.level,
            "readings": found.n,
            "attainment": _figure(attainment_score(rated([measured]))),
        },
    }


def _figure(value: float | None) -> Any:
    """Return a figure without the noise of its last binary digits."""
    return None if value is None else plain(float(f"{value:.12g}"))
