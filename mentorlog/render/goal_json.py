"""A goal as JSON, with what was measured and what that adds up to."""

from typing import Any

from mentorlog.domain.measurement import MeasuredGoal, rated
from mentorlog.domain.progress import attainment_score
from mentorlog.render.as_json import figure_json, record_json


def goal_json(measured: MeasuredGoal) -> dict[str, Any]:
    """Return what `goal show` shows; a figure that is not known is null, and never 0."""
    found = measured.progress
    return record_json(measured.goal) | {
        "measurements": [record_json(each) for each in measured.measurements],
        "progress": {
            "share": figure_json(found.share),
            "change": figure_json(found.change),
            "trend": found.trend,
            "level": found.level,
            "readings": found.n,
            "attainment": figure_json(attainment_score(rated([measured]))),
        },
    }
