"""How a goal stands within a report, in words: for the one that is drawn and for the page. No Rich here.

A trend is said only of a goal that is worked towards, and only on two readings or more.
"""

from datetime import date

from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.progress import percent
from mentorlog.i18n import _, day
from mentorlog.labels import code_label
from mentorlog.render.goal_lines import numbers_text
from mentorlog.render.lines import SEPARATOR


def stands_text(measured: MeasuredGoal) -> str | None:
    """Return how much of the way is done and, as far as that says something, where the number tends to."""
    found = measured.progress
    done = trend = None
    if found.share is not None:
        done = _("{percent} % of the way").format(percent=percent(found.share))
    if found.trend is not None and found.n > 1 and measured.goal.is_active:
        trend = code_label("trend", found.trend)
    return SEPARATOR.join(filter(None, (done, numbers_text(measured), trend))) or None


def unmeasured_text(measured: MeasuredGoal, by: date | None) -> str | None:
    """Return that a goal has not been measured: how to, or `by` which day of the past; None where it was."""
    if measured.measurements:
        return None
    if by is not None:
        return _("not measured by {day}").format(day=day(by))
    if not measured.goal.is_active:
        return None
    command = f"mentorlog goal measure {measured.goal.id}"
    return _("not measured yet: {command}").format(command=command)
