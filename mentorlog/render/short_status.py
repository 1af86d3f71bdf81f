"""`status --short`: one line for a shell prompt. No Rich here."""

from datetime import date

from mentorlog.domain.brief import Brief
from mentorlog.i18n import _, ngettext, short_day
from mentorlog.text import visible


def short_status(known: list[Brief], count: int, today: date) -> str:
    """Return the next meeting to come and how many things want doing."""
    coming = [
        (each.next_on, each.pair)
        for each in known
        if each.next_on is not None and each.next_on >= today
    ]
    parts = []
    if coming:
        on, pair = min(coming, key=lambda each: each[0])
        when = _("today") if on == today else short_day(on)
        parts.append(f"{visible(pair.short_name)} {when}")
    if count:
        parts.append(ngettext("{count} to do", "{count} to do", count).format(count=count))
    return " · ".join(parts) or _("nothing to do")
