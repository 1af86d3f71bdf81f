"""`log`: the timeline, newest first."""

from functools import partial
from typing import Annotated

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import (
    Json,
    Kind,
    Limit,
    PairFilter,
    PairOption,
    Since,
    Until,
    kinds_typed,
    pair_typed,
)
from mentorlog.i18n import _
from mentorlog.render import lists
from mentorlog.render.lines import names_of
from mentorlog.render.lists import more
from mentorlog.storage.pairs import all_pairs
from mentorlog.storage.timeline import Entry, Slice, timeline
from mentorlog.workflows.pairs import the_pair

app = new_app()


@app.command(cls=Command)
def log(
    ctx: typer.Context,
    pair: PairFilter = None,
    pair_option: PairOption = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    everything: Annotated[bool, typer.Option("--all", help=_("All of it, however long."))] = False,
    json: Json = False,
) -> None:
    """Show the timeline."""
    here: Context = ctx.obj
    name = pair_typed(pair, pair_option)
    most = limit
    if limit is None and here.cells is not None and not everything and not json:
        most = int(here.config["log_limit"])
    first, last = here.days(since, until)
    wanted = Slice(
        pair=None if name is None else the_pair(here.journal, name).id,
        kinds=kinds_typed(kind),
        since=first,
        until=last,
        limit=most,
    )
    found = timeline(here.journal, wanted, partial(here.tracked, _("Reading the journal")))
    if json:
        from mentorlog.render.as_json import record_json

        here.show_json([record_json(entry.record) for entry in found])
    elif found:
        _draw(here, found)
        if limit is None and most == len(found):
            here.tell(more(most))
    else:
        is_filtered = wanted._replace(limit=None) != Slice()
        here.tell(_("Nothing found.") if is_filtered else _("Nothing is written here yet."))


def _draw(here: Context, found: list[Entry]) -> None:
    """Show the entries under their days, each with its partner where there are several."""
    names = names_of(all_pairs(here.journal))
    here.show(lists.timeline(found, names, here.cells, here.style))
