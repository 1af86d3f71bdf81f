"""`status`: what wants doing now; `--short` says it in one line for a shell prompt."""

from typing import Annotated, Any

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import AllOfIt, Json
from mentorlog.i18n import _
from mentorlog.storage.pairs import all_pairs
from mentorlog.text import visible
from mentorlog.workflows.prepare import SHOWN, attention, briefs

app = new_app()


@app.command(cls=Command)
def status(
    ctx: typer.Context,
    short: Annotated[
        bool,
        typer.Option("--short", help=_("One line, for a shell prompt; nothing without a journal.")),
    ] = False,
    everything: AllOfIt = False,
    json: Json = False,
) -> None:
    """Show what wants doing now."""
    here: Context = ctx.obj
    if short and not json and not here.journal.exists():
        return
    most = None if json or everything else 1 if short else SHOWN
    known = briefs(here.journal, most)
    found = attention(here.journal, known, here.today, here.config["plateau"])
    if json:
        from mentorlog.render.documents import status_json

        here.show_json(status_json(known, found.findings, here.today))
    elif short:
        from mentorlog.render.short_status import short_status

        here.show(short_status(known, found.total, here.today))
    else:
        from mentorlog.render.status import status as drawn

        has_ended = not known and bool(all_pairs(here.journal))
        here.draw(drawn(known, found, here.today, most, has_ended=has_ended))
        if found.total:
            here.tell("\n" + _("To read more about a topic: mentorlog guide TOPIC"))
        from mentorlog.cli.begun import waiting

        for command in sorted({_to_go_on(kept) for _uid, kept in waiting(here)}):
            here.tell(_("Begun and not finished. To go on: {command}").format(command=command))


def _to_go_on(draft: dict[str, Any]) -> str:
    """Return the command that goes on with a draft."""
    from mentorlog.cli.drafting import to_go_on

    command = str(draft.get("command") or "meet")
    return to_go_on(draft.get("name")) if command == "meet" else f"mentorlog {visible(command)}"
