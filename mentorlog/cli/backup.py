"""`backup`: a verified copy of the journal, beside it or where it is asked for."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import names_folder, place_of
from mentorlog.cli.params import Force, Json
from mentorlog.errors import CANNOT_MAKE, NotPossible, OutputFailed, UsageError
from mentorlog.i18n import _
from mentorlog.render.backups import copied, copied_json, pruned
from mentorlog.storage import backups

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "Without PATH, the copy goes into the folder of backups beside the journal; the"
        " setting backups says how many are kept there."
    ),
)
def backup(
    ctx: typer.Context,
    path: Annotated[
        str | None,
        typer.Argument(metavar=_("PATH"), help=_("The file to write, or a folder to put it into.")),
    ] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Make a verified copy of the journal."""
    here: Context = ctx.obj
    if path is not None and path.strip() in {"", "-"}:
        raise UsageError("backup-to-a-file")
    if not here.journal.exists():
        raise NotPossible("nothing-to-back-up")
    keep = int(here.config["backups"])
    track = partial(here.steps, _("Copying the journal"))
    journal, label = here.journal, backups.named("journal", here.now())
    if path is None:
        copy = backups.back_up(journal.connection, journal.path, label, track)
        gone = backups.prune(journal.path, keep, {copy.place})
    else:
        target = _target(here, path, f"{label}.db")
        copy = backups.back_up_to(journal.connection, journal.path, target, track, force=force)
        gone = []
    if json:
        here.show_json(copied_json(copy, gone))
        return
    here.show(copied(copy))
    if gone:
        here.tell(pruned(len(gone), keep))


def _target(here: Context, typed: str, name: str) -> Path:
    """Return the file to write: the one that was named, or one of that name in a folder, made where new."""
    target = place_of(here, typed)
    if not names_folder(typed, target):
        return target
    try:
        if not target.exists():
            target.mkdir(mode=0o700)
    except OSError as failure:
        raise OutputFailed(typed, failure.strerror or "", CANNOT_MAKE) from failure
    return place_of(here, str(target / name))
