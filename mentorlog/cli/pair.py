"""`pair`: start, list, show and edit the pairs one is in.

What is agreed on with a partner is `pair_agree.py`'s, what becomes of a pair `pair_life.py`'s.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from mentorlog.cli import pair_agree, pair_life
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.edit import edit_record, keep_edited
from mentorlog.cli.params import (
    Cadence,
    Json,
    NoInput,
    On,
    PairArgument,
    PairMinutes,
    PairOption,
    Via,
    pair_typed,
)
from mentorlog.cli.saying import say_kept
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import shapes
from mentorlog.errors import UsageError
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _
from mentorlog.storage import agreements
from mentorlog.storage.pairs import all_pairs
from mentorlog.workflows import life
from mentorlog.workflows.life import Started
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
    cadence: Cadence = None,
    minutes: PairMinutes = None,
    via: Via = None,
    term: Annotated[
        str | None,
        typer.Option("--term", metavar=_("SPAN"), help=_("How long it is meant to go on: 6m, 1y.")),
    ] = None,
    language: LanguageOption = None,
    after: Annotated[
        str | None,
        typer.Option(
            "--after",
            metavar=_("PAIR"),
            help=_("Take your goals and open questions along from this pair."),
        ),
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar=_("ID"),
            help=_("Take only this goal or question along, such as g1. May be repeated."),
        ),
    ] = None,
    on: On = None,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Start a pair."""
    here: Context = ctx.obj
    here.never_ask = no_input
    if take and after is None:
        raise UsageError("take-without-after")
    values = _values(
        here, my_role=role, alias=alias, programme=programme, minutes=minutes,
        channel=via, language=language,
    )  # fmt: skip
    pair = new_pair(
        name, values.pop("my_role"), here.day(on, "started_on") or here.today, here.customs,
        cadence=cadence, term=term, **values,
    )  # fmt: skip
    refuse_taken_name(here.journal, pair)  # before anything is asked
    before = None if after is None else the_pair(here.journal, after)
    taken = take or (None if before is None else _offered(here, before))
    started = life.start(here.journal, pair, before, taken, here.today)
    if json and before is not None:
        _show_with_what_came_along(here, started)
    else:
        say_kept(here, [started.pair, *started.goals, *started.questions], as_json=json)


def _show_with_what_came_along(here: Context, started: Started) -> None:
    """Show a new pair as JSON, what it took along from an old one beside its fields."""
    from mentorlog.render.as_json import record_json

    along = {
        "goals": [record_json(each) for each in started.goals],
        "questions": [record_json(each) for each in started.questions],
    }
    here.show_json(record_json(started.pair) | along)


def _offered(here: Context, before: Pair) -> Sequence[str] | None:
    """Return the ids of what somebody at a terminal says is to go along; None, for all, elsewhere."""
    if not here.is_person_here:
        return None
    from mentorlog.render.lines import one_line

    taken = []
    for record in life.to_take_along(here.journal, before.id):
        here.tell(f"{record.id}  {one_line(record)}")
        if here.ask.yes(_("Take it along?"), default=True):
            taken.append(record.id)
    return taken


@app.command("list", cls=Command, help=_("List your pairs."))
def list_pairs(ctx: typer.Context, json: Json = False) -> None:
    """List all pairs, those that have ended too."""
    here: Context = ctx.obj
    known = all_pairs(here.journal)
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
    versions = agreements.versions(here.journal, found.id)
    if json:
        here.show_json(pair_agree.pair_json(found, versions))
        return
    from mentorlog.render.details import details, long_texts

    here.show(details(found, found.partner, (), here.width, here.style))
    for text in long_texts(found):
        here.show("\n" + text)
    pair_agree.show_agreement(here, versions)


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
    cadence: Cadence = None,
    minutes: PairMinutes = None,
    via: Via = None,
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


app.command(
    cls=Command,
    help=_(
        "Agree on how you work together. Each time makes a new version; what is not said is carried"
        " over, an empty value takes a term away.\n\n"
        "Without any of the parts below, somebody at a terminal is asked for them one at a time."
    ),
)(pair_agree.agree)
app.command(cls=Command, help=_("Pause a pair, or change the days of its pause."))(pair_life.pause)
app.command(cls=Command, help=_("Go on after a pause, or call one off."))(pair_life.resume)
app.command(cls=Command, help=_("Make the term of a pair longer."))(pair_life.extend)
app.command(cls=Command, help=_("Make the term of a pair shorter."))(pair_life.shorten)
app.command(cls=Command, help=_("End a pair. What was written stays."))(pair_life.end)
