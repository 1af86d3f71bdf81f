"""`redo`: bring back what undo took, until something new is written."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.errors import NotPossible
from mentorlog.i18n import _

app = new_app()


@app.command(cls=Command)
def redo(ctx: typer.Context, json: Json = False) -> None:
    """Bring back what undo took."""
    here: Context = ctx.obj
    if not here.journal.exists():
        raise NotPossible("nothing-to-redo")
    brought, done = here.journal.redo()
    if json:
        from mentorlog.render.as_json import write_json

        here.show_json(write_json(done))
        return
    from mentorlog.render import receipt

    here.show(
        _("Brought back: {what}").format(what=receipt.reversed_write(brought, done, here.style))
    )
    here.tell(receipt.undo_hint())
