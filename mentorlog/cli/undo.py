"""`undo`: take back the last command, again the one before it, and so on."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.errors import NotPossible
from mentorlog.i18n import _

app = new_app()


@app.command(cls=Command)
def undo(ctx: typer.Context, json: Json = False) -> None:
    """Take back the last command."""
    here: Context = ctx.obj
    if not here.journal.exists():
        raise NotPossible("nothing-to-undo")
    taken, done = here.journal.undo()
    if json:
        from mentorlog.render.as_json import write_json

        here.show_json(write_json(done))
        return
    from mentorlog.render.receipt import reversed_write

    here.show(_("Taken back: {what}").format(what=reversed_write(taken, done, here.style)))
    here.tell(_("To bring this back: mentorlog redo"))
