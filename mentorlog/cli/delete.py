"""`delete`: take records out; `undo` brings them back."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, NoInput, Records, Yes
from mentorlog.domain.record import Record
from mentorlog.errors import Interrupted, UsageError
from mentorlog.i18n import _, ngettext, together
from mentorlog.workflows.removing import removal, remove

app = new_app()


@app.command(cls=Command)
def delete(
    ctx: typer.Context,
    records: Records,
    yes: Yes = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Delete records. A pair takes all that belongs to it along, once you have agreed."""
    here: Context = ctx.obj
    here.never_ask = no_input
    planned = removal(here.journal, records)
    named = {here.journal.get(ref).id for ref in records}
    along = [record for record in planned.records if record.id not in named]
    if along and not yes:
        _confirm(here, along)
    done = remove(here.journal, records)
    if json:
        from mentorlog.domain.plain import document

        here.show_json(
            document(
                "delete",
                deleted=[record.id for record in done.records],
                changed=[record.id for record in done.loosened],
            )
        )
        return
    from mentorlog.render import receipt

    here.show(_("Deleted: {ids}").format(ids=" ".join(record.id for record in done.records)))
    if done.loosened:
        ids = " ".join(record.id for record in done.loosened)
        here.show(_("No longer linked to it: {ids}").format(ids=ids))
    here.tell(receipt.undo_hint())


def _confirm(here: Context, along: list[Record]) -> None:
    ids = " ".join(record.id for record in along[:8]) + (" …" if len(along) > 8 else "")
    said = ngettext(
        "{count} more record would go too: {ids}.",
        "{count} more records would go too: {ids}.",
        len(along),
    )
    said = said.format(count=len(along), ids=ids)
    if not here.is_person_here:
        raise UsageError("confirm-missing", what=said)
    if not here.ask.yes(together(said, _("Delete all of it?")), default=False):
        raise Interrupted
