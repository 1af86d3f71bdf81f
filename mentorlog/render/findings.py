"""What wants doing, in a sentence each. No Rich here.

What wants doing is `domain/attention.py`'s; how sentences are listed, `status.py`'s and
`page/`'s.
"""

from datetime import date

from mentorlog.domain.attention import Finding
from mentorlog.i18n import N_, _, ngettext, short_day
from mentorlog.text import first_line


def finding_text(finding: Finding, today: date) -> str:
    """Return what a finding says, without the pair it is about."""
    count = len(finding.records) + finding.more
    if finding.code == "questions-waiting":
        said = ngettext("{count} question is waiting", "{count} questions are waiting", count)
        return said.format(count=count)
    code = finding.code + ("" if finding.is_agreed else "-by-rhythm")
    if finding.since is not None and finding.since < today:
        code = code + "-past" if code + "-past" in _SENTENCES else code
    text = first_line(getattr(finding.records[0], "text", "")) if finding.records else ""
    pulses = [getattr(each, "pulse", None) for each in reversed(finding.records)]
    return _(_SENTENCES[code]).format(
        day="" if finding.since is None else short_day(finding.since),
        text=text,
        pulses=" → ".join(str(pulse) for pulse in pulses),
    )


_SENTENCES = {
    "meeting-overdue": N_("the meeting of {day} has not been recorded"),
    "meeting-overdue-by-rhythm": N_("by your rhythm, a meeting was expected by {day}"),
    "pulse-falling": N_("the pulse is falling: {pulses}"),
    "action-overdue": N_("you meant to by {day}: {text}"),
    "advice-untold": N_("what came of the advice: {text}"),
    "partner-action-overdue": N_("they meant to by {day}: {text}"),
    "pause-ending": N_("the pause ends on {day}"),
    "pause-ending-past": N_("the pause was to end on {day}"),
    "review-due": N_("time to look back together: {day}"),
    "term-ending": N_("the term ends on {day}"),
    "term-ending-past": N_("the term ended on {day}"),
    "plateau": N_("no measurement and no insight since {day}"),
    "feedback-open": N_("what changed since the feedback of {day}: {text}"),
}
