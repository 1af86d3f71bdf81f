"""`search`: find what was written, best first."""

from typing import Annotated

import typer

from mentorlog.cli.command import QueryCommand, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, Kind, Limit, PairOption, Since, Until, kinds_typed
from mentorlog.domain.query import parse_query
from mentorlog.i18n import _
from mentorlog.storage.search import BEST, Hit, search
from mentorlog.storage.timeline import Slice

app = new_app()


@app.command(
    "search",
    cls=QueryCommand,
    help=_(
        "Every word has to be in the record, in whichever field, or begin a word there. “a phrase” (to a"
        " shell: '\"a phrase\"') finds these words in this order; -word leaves out records that have it."
    ),
)
def find(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("QUERY"), help=_('Words to look for, a "phrase", -word.')),
    ] = None,
    pair: PairOption = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Find what you wrote."""
    here: Context = ctx.obj
    first, last = here.days(since, until)
    wanted = Slice(
        pair=None if pair is None else _pair_id(here, pair),
        kinds=kinds_typed(kind),
        since=first,
        until=last,
        limit=limit or BEST,
    )
    asked = parse_query(" ".join(query or ()))
    hits, has_more = search(here.journal, asked, wanted)
    if json:
        from mentorlog.render.search import found_json

        here.show_json([found_json(hit) for hit in hits])
    elif hits:
        _draw(here, hits)
    if has_more:
        from mentorlog.render.search import more

        here.tell(more(len(hits)))
    elif not hits:
        here.tell(_nothing(here, wanted.pair, can_be_found=bool(asked.terms)))


def _pair_id(here: Context, typed: str) -> str:
    from mentorlog.workflows.pairs import the_pair

    return the_pair(here.journal, typed).id


def _draw(here: Context, hits: list[Hit]) -> None:
    """Show what was found, each with its partner where there are several."""
    from mentorlog.render.lines import names_of
    from mentorlog.render.search import found
    from mentorlog.storage.pairs import all_pairs

    names = names_of(all_pairs(here.journal))
    here.show(found(hits, names, here.cells, here.style))


def _nothing(here: Context, pair: str | None, *, can_be_found: bool) -> str:
    if not can_be_found and pair is not None:
        said = _("There is nothing to look for. To see all of this pair: mentorlog log {pair}")
        return said.format(pair=pair)
    if not can_be_found:
        return _("There is nothing to look for. Type a word, such as: mentorlog search plan")
    return _("Nothing found.") if here.journal.exists() else _("Nothing is written here yet.")
