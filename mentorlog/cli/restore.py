"""`restore`: put a backup in the place of the journal; what is there is kept as a backup first."""

from contextlib import closing
from functools import partial
from typing import Annotated

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.i18n import _
from mentorlog.render.backups import restored, restored_json, way_back
from mentorlog.storage import backups, restoring

app = new_app()


@app.command(cls=Command)
def restore(
    ctx: typer.Context,
    path: Annotated[
        str,
        typer.Argument(
            metavar=_("PATH"),
            help=_("A backup: its file, or the name of one in the folder of backups."),
        ),
    ],
    json: Json = False,
) -> None:
    """Go back to a backup."""
    here: Context = ctx.obj
    keep = int(here.config["backups"])
    journal = here.journal.path
    backup = restoring.found(journal, path)
    track = partial(here.steps, _("Restoring the journal"))
    with closing(restoring.opened(backup, journal)) as opened:
        kept = restoring.put_back(opened, journal, here.now(), track)
    records = backups.records_in(here.journal.connection, journal)
    if kept is not None:
        backups.prune(journal, keep, {kept.place, backup})
    if json:
        here.show_json(restored_json(backup, kept, records))
        return
    here.show(restored(backup, records))
    if kept is not None:
        here.tell(way_back(kept))
