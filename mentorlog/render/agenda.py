"""What `prep` adds where it is wanted: the course of a meeting in minutes, and what being online asks."""

from collections.abc import Sequence
from itertools import accumulate

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mentorlog.domain.agenda import Slot
from mentorlog.domain.record import Record
from mentorlog.i18n import N_, _
from mentorlog.render.lines import one_line
from mentorlog.render.prose import Prose

# What to speak of in each part of a meeting, by the codes of `domain/agenda.py`.
_PARTS = {
    "introductions": N_("Who you are, beyond the job"),
    "backgrounds": N_("Where each of you comes from, and what each has seen"),
    "expectations": N_("What each hopes for, and what each can give"),
    "agreement": N_(
        "How often and how long, what stays between you, how to say what does not work, how either"
        " may leave"
    ),
    "goals": N_("One or two things to reach, and how you will notice"),
    "next": N_("The next date, and who does what until then"),
    "arriving": N_("How are you, both?"),
    "follow-up": N_("What came of the advice and of what was promised"),
    "topics": N_("The questions, the most important first"),
    "agreeing": N_("Who does what until when; the next date"),
    "looking-back": N_("How was this meeting? What next time?"),
}

CHECKLIST = (
    N_("Try the connection, the camera and the microphone beforehand."),
    N_("Camera on, if both can: a face says more than a voice."),
    N_("Send the material the day before."),
    N_("Keep to the time of each part; agree on who watches the clock."),
    N_("Keep the chat open for links, and agree where to go on if the line breaks."),
)


def agenda(slots: Sequence[Slot]) -> RenderableType:
    """Return the parts of a meeting, each with the minutes it begins and ends at."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="quiet", no_wrap=True, justify="right")
    table.add_column()
    ends = accumulate(slot.minutes for slot in slots)
    for slot, end in zip(slots, ends, strict=True):
        said = Text(_(_PARTS[slot.code]))
        table.add_row(Text(f"{end - slot.minutes}–{end}"), Prose(said))
    return Padding(table, (0, 0, 0, 2))


def checklist() -> RenderableType:
    """Return what to see to before a meeting online."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for line in CHECKLIST:
        table.add_row(Text("☐"), Prose(Text(_(line))))
    return Padding(table, (0, 0, 0, 2))


def material(
    shared: Sequence[Record], unshared: Record | None, left: RenderableType | None = None
) -> RenderableType:
    """Return what may be sent ahead: what is shared, that more is left, and how to share more of what is open."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="id", no_wrap=True)
    table.add_column()
    for record in shared:
        table.add_row(Text(record.id), Prose(Text(one_line(record))))
    parts: list[RenderableType] = [table] if shared else [Text(_("Nothing is shared yet."))]
    if left is not None:
        parts.append(left)
    if unshared is not None:
        parts.append(Prose(_("Only what is shared is listed. To share more:"), style="quiet"))
        command = f"mentorlog share {unshared.id}"
        parts.append(Text(f"  {command}", style="quiet"))
    return Padding(Group(*parts), (0, 0, 0, 2))
