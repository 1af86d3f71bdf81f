"""`redo`: bring back what undo took, until something new is written."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.cli.saying import say_reversed
from mentorlog.i18n import _

app = new_app()


@app.command(cls=Command)
def redo(ctx: typer.Context, json: Json = False) -> None:
    """Bring back what undo took."""
    here: Context = ctx.obj
    command, done = here.journal.redo()
    say_reversed(
        here,
        _("Brought back: {what}"),
        command,
        done,
        _("To take this back: mentorlog undo"),
        as_json=json,
    )
