"""`status`: what wants doing now; `--short` says it in one line for a shell prompt."""

from typing import Annotated

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.i18n import _
from mentorlog.workflows.prepare import attention, briefs

app = new_app()


@app.command(cls=Command)
def status(
    ctx: typer.Context,
    short: Annotated[
        bool,
        typer.Option("--short", help=_("One line, for a shell prompt; nothing without a journal.")),
    ] = False,
    json: Json = False,
) -> None:
    """Show what wants doing now."""
    here: Context = ctx.obj
    if short and not json and not here.journal.exists():
        return
    known = briefs(here.journal)
    found = attention(known, here.today)
    if json:
        from mentorlog.render.as_json import status_json

        here.show_json(status_json(known, found, here.today))
    elif short:
        from mentorlog.render.short_status import short_status

        here.show(short_status(known, found, here.today))
    else:
        from mentorlog.render.status import status as drawn

        here.draw(drawn(known, found, here.today))
        waiting = len(here.drafts.waiting())
        if waiting:
            here.tell(_("A meeting was begun and not finished. To go on: mentorlog meet"))
