"""`pair`: start, list, show and edit the pairs one is in."""

from typing import Annotated, Any

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.edit import edit_record, keep_edited
from mentorlog.cli.params import Json, On, PairArgument, PairOption, pair_typed
from mentorlog.cli.saying import say_kept
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import shapes
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _
from mentorlog.storage import queries
from mentorlog.workflows.pairs import new_pair, refuse_taken_name, the_pair

app = new_app()

Alias = Annotated[
    str | None, typer.Option("--alias", metavar=_("WORD"), help=_("A short name to type."))
]
Programme = Annotated[
    str | None,
    typer.Option(
        "--programme", metavar=_("TEXT"), help=_("The programme it belongs to, and its contact.")
    ),
]
CadenceOption = Annotated[
    str | None,
    typer.Option(
        "--cadence", metavar=_("RHYTHM"), help=_("How often you mean to meet: 2w, 10d, monthly.")
    ),
]
Minutes = Annotated[
    str | None,
    typer.Option("--minutes", metavar=_("N"), help=_("How long a meeting usually takes.")),
]
Channel = Annotated[
    str | None,
    typer.Option(
        "--via", metavar=_("WORD"), help=_("In which way: in-person, online, phone, chat.")
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="en|ja", help=_("The language of messages to the partner.")),
]


def _values(here: Context, **typed: str | None) -> dict[str, Any]:
    """Return the fields that were given, read."""
    return {
        name: parse_value(name, shapes(Pair)[name], text, here.today)
        for name, text in typed.items()
        if text is not None
    }


@app.command(
    cls=Command, help=_("Start a pair: a mentoring relationship of yours with one partner.")
)
def start(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("The partner's name."))],
    role: Annotated[str, typer.Option("--as", metavar="mentor|mentee", help=_("Which you are."))],
    alias: Alias = None,
    programme: Programme = None,
    cadence: CadenceOption = None,
    minutes: Minutes = None,
    via: Channel = None,
    term: Annotated[
        str | None,
        typer.Option("--term", metavar=_("SPAN"), help=_("How long it is meant to go on: 6m, 1y.")),
    ] = None,
    language: LanguageOption = None,
    on: On = None,
    json: Json = False,
) -> None:
    """Start a pair."""
    here: Context = ctx.obj
    values = _values(
        here, my_role=role, alias=alias, programme=programme, minutes=minutes,
        channel=via, language=language,
    )  # fmt: skip
    pair = new_pair(
        name, values.pop("my_role"), here.day(on, "started_on") or here.today, here.customs,
        cadence=cadence, term=term, **values,
    )  # fmt: skip
    with here.journal.transaction("pair start") as writing:
        refuse_taken_name(here.journal, pair)
        pair = writing.add(pair)
    say_kept(here, [pair], as_json=json)


@app.command("list", cls=Command, help=_("List your pairs."))
def list_pairs(ctx: typer.Context, json: Json = False) -> None:
    """List all pairs, those that have ended too."""
    here: Context = ctx.obj
    known = queries.pairs(here.journal)
    if json:
        from mentorlog.render.as_json import record_json

        here.show_json([record_json(pair) for pair in known])
        return
    from mentorlog.render.lists import listed

    here.show(
        listed(known, here.cells, here.style)
        if known
        else _("No pairs yet. Begin with: mentorlog meet NAME --as mentor|mentee")
    )


@app.command(cls=Command, help=_("Show a pair in full."))
def show(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    json: Json = False,
) -> None:
    """Show a pair."""
    here: Context = ctx.obj
    found = the_pair(here.journal, pair_typed(pair, pair_option))
    if json:
        from mentorlog.render.as_json import record_json

        here.show_json(record_json(found))
        return
    from mentorlog.render.details import details

    here.draw(details(found, found.partner))


@app.command(cls=Command, help=_("Change what is kept of a pair. An empty value takes it away."))
def edit(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar=_("NAME"), help=_("The partner's name."))
    ] = None,
    alias: Alias = None,
    programme: Programme = None,
    cadence: CadenceOption = None,
    minutes: Minutes = None,
    via: Channel = None,
    language: LanguageOption = None,
    term_ends: Annotated[
        str | None, typer.Option("--term-ends", metavar=_("DATE"), help=_("The day the term ends."))
    ] = None,
    json: Json = False,
) -> None:
    """Change a pair by options; with none given, as `edit` does for any record."""
    here: Context = ctx.obj
    found = the_pair(here.journal, pair_typed(pair, pair_option))
    values = _values(
        here, partner=name, alias=alias, programme=programme, cadence=cadence, minutes=minutes, channel=via,
        language=language, term_ends_on=term_ends,
    )  # fmt: skip
    if values:
        found.with_changes(**values)  # refused here, before anything is written
        keep_edited(here, found, values, as_json=json)
    else:
        edit_record(here, found, [], in_editor=False, as_json=json)
