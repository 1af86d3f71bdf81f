"""Where an export goes: to standard output, into a file or into a folder; and the note of it.

What goes is `export_choice.py`'s, how it reads `export/`'s.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mentorlog.cli import streams
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import (
    is_standard_output,
    is_stream,
    names_folder,
    place_of,
    whole_file,
)
from mentorlog.errors import JournalBusy, JournalUnusable, UsageError
from mentorlog.export.formats import Format, made
from mentorlog.i18n import _, together

if TYPE_CHECKING:
    from mentorlog.export.material import Material
    from mentorlog.export.records import Records


_AHEAD = 5_000_000  # characters made before the first of them goes out: some 12,000 records


class Target(NamedTuple):
    """A file or a folder to write; standard output where there is no `place`."""

    place: Path | None
    is_folder: bool
    force: bool


def target(here: Context, typed: str | None, form: Format, *, force: bool) -> Target:
    """Return where it goes; refuse a place that does not go with the format."""
    if typed is None or is_standard_output(typed):
        if form.write is None:
            raise UsageError("needs-a-folder", name=form.name)
        return Target(None, is_folder=False, force=force)
    place = place_of(here, typed)
    is_folder = names_folder(typed, place)
    if is_folder and form.files is None:
        raise UsageError("is-one-file", name=form.name)
    return Target(place, is_folder=is_folder or form.write is None, force=force)


def hand_on(
    here: Context,
    form: Format,
    source: "Material | Records",
    to: Target,
    *,
    note: Callable[[], None] = lambda: None,
    let_go: Callable[[], None] = lambda: None,
) -> None:
    """Write it; `note` is called before it goes out, and not where it cannot.

    `let_go` is called once nothing more has to be read, where a slow reader would hold that up.
    """
    if to.place is None and form.write is not None:
        note()
        in_full = streams.takes_all_text()
        for piece in _made_ahead(form.write(source), let_go):
            here.show((piece if in_full else form.in_ascii(piece)).removesuffix("\n"))
    elif to.place is not None and to.is_folder and form.files is not None:
        from mentorlog.cli.output_folder import whole_folder, write_into

        with whole_folder(to.place, made, force=to.force) as folder:
            for name, pieces in form.files(source):
                write_into(folder, name, pieces)
            note()
    elif to.place is not None and form.write is not None:
        with whole_file(to.place, force=to.force) as file:
            if is_stream(to.place):
                note()
                file.writelines(_made_ahead(form.write(source), let_go))
            else:
                file.writelines(form.write(source))
                note()


def _made_ahead(pieces: Iterator[str], let_go: Callable[[], None]) -> Iterator[str]:
    """Yield pieces once all of them are made; of very many, once those are that can be held."""
    made_so_far, characters = [], 0
    for piece in pieces:
        made_so_far.append(piece)
        characters += len(piece)
        if characters > _AHEAD:
            break
    else:
        let_go()
    yield from made_so_far
    yield from pieces


def note_it(here: Context, form: Format, material: "Material", to: Target) -> None:
    """Note in the journal what goes to others; where it cannot be written, say so and go on.

    Pulses that nobody was told of go out with a note or not at all: without it, the next export could
    tell them in other threes.
    """
    from mentorlog.storage.exports import Export, note

    records = 1 + len(material.items)
    # A name of a file need be no text; the journal holds nothing else.
    place = None if to.place is None else os.fsencode(to.place).decode(errors="replace")
    try:
        note(
            here.journal,
            material.pair.id,
            Export(here.now(), material.audience, form.name, records, place),
            material.newly_told,
        )
    except (JournalUnusable, JournalBusy) as failure:
        if material.newly_told:
            here.tell(_("A new average of pulses only goes out with a note of it in the journal."))
            raise
        from mentorlog.cli.sentences import sentence_for

        not_noted = _("This export is not noted in the journal.")
        here.tell(together(not_noted, sentence_for(failure)))
