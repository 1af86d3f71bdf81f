"""The error boundary's voice: every refusal is one clear line on standard error, with its exit code."""

from contextlib import suppress

from mentorlog.cli.sentences import sentence_for
from mentorlog.errors import MentorlogError, OutputFailed
from mentorlog.i18n import N_, _, together
from mentorlog.text import visible

_FAULT_UNREPORTED = N_(
    "This is a fault of the program, not yours. What was kept before it: mentorlog history. No report"
    " could be written; it happened here: {where}"
)
_FAULT_KEPT = N_(
    "This is a fault of the program, not yours. What was kept before it: mentorlog history. A report"
    " without any of your text is in {place}"
)


def explain(fault: Exception) -> int:
    """Say what happened on standard error and return the exit code."""
    from mentorlog.cli.streams import ReaderGone, flush_results, write_message

    if isinstance(fault, ReaderGone):
        return 0  # `| head` has seen enough
    if isinstance(fault, MentorlogError):
        sentence, code = sentence_for(fault), fault.exit_code
        if fault.draft:
            kept = _("What you wrote is kept in {draft}").format(draft=visible(fault.draft))
            sentence = together(sentence, kept)
    elif hasattr(fault, "format_message"):  # Typer's own refusals
        from mentorlog.cli.wrong_line import wrong_line

        sentence, code = wrong_line(fault), 2
    else:
        sentence, code = _fault(fault), 70
    with suppress(ReaderGone, OutputFailed):  # what went wrong first is what is said
        flush_results()
    write_message(f"mentorlog: {sentence}")
    return code


def _fault(fault: Exception) -> str:
    """Return the sentence about a fault of the program, and write a report of it."""
    from mentorlog.cli.fault import report, whereabouts

    written = report(fault)
    if written is None:
        return _(_FAULT_UNREPORTED).format(where=whereabouts(fault))
    # Not by `visible`: of what the rest of the program does, as little as can be is needed here.
    place = str(written) if str(written).isprintable() else ascii(str(written))
    return _(_FAULT_KEPT).format(place=place)
