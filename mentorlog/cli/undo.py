"""`undo`: take back the last command, again the one before it, and so on."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.cli.saying import say_reversed
from mentorlog.i18n import _

app = new_app()


@app.command(cls=Command)
def undo(ctx: typer.Context, json: Json = False) -> None:
    """Take back the last command."""
    here: Context = ctx.obj
    command, done = here.journal.undo()
    say_reversed(
        here,
        _("Taken back: {what}"),
        command,
        done,
        _("To bring this back: mentorlog redo"),
        as_json=json,
    )
