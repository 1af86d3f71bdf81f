"""`history`: the commands that wrote to the journal, newest first."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, Limit
from mentorlog.i18n import _

app = new_app()


@app.command(cls=Command)
def history(ctx: typer.Context, limit: Limit = None, json: Json = False) -> None:
    """Show the commands that wrote to the journal: + made, ~ changed, - removed."""
    here: Context = ctx.obj
    writes = here.journal.history(limit)
    if json:
        from mentorlog.render.as_json import write_json

        here.show_json([write_json(write) for write in writes])
        return
    if not writes:
        here.tell(_("Nothing is written here yet."))
        return
    from mentorlog.render.lists import history as drawn

    here.show(drawn(writes, here.style))
