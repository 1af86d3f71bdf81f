"""The error boundary's voice: every refusal is one clear line on standard error, with its exit code."""

from mentorlog.cli.sentences import sentence_for
from mentorlog.errors import MentorlogError
from mentorlog.i18n import N_, _, together


def explain(fault: Exception) -> int:
    """Say what happened on standard error and return the exit code."""
    from mentorlog.cli.streams import ReaderGone, write_message

    if isinstance(fault, ReaderGone):
        return 0  # `| head` has seen enough
    if isinstance(fault, MentorlogError):
        sentence, code = sentence_for(fault), fault.exit_code
        if getattr(fault, "draft", None):
            kept = _("What you wrote is kept in {draft}").format(draft=fault.draft)
            sentence = together(sentence, kept)
    elif type(fault).__module__.startswith("typer"):
        from mentorlog.cli.wrong_line import wrong_line

        sentence, code = wrong_line(fault), 2
    else:
        from mentorlog.cli.fault import report

        place = report(fault)
        sentence, code = _FAULT_KEPT if place else _FAULT, 70
        sentence = _(sentence).format(place=place)
    write_message(f"mentorlog: {sentence}")
    return code


_FAULT = N_("This is a fault of the program, not yours. What was kept before it: mentorlog history")
_FAULT_KEPT = N_(
    "This is a fault of the program, not yours. What was kept before it: mentorlog history. A report"
    " without any of your text is in {place}"
)
