"""`insight`: keep something noticed, in a meeting or between two."""

from typing import Annotated, Any

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Edit, Json, NoInput, OfGoal, On, PairAndText, PairOption, Share
from mentorlog.cli.saying import day_said, kept_once, pair_and_text, say_kept
from mentorlog.domain.insight import BENEFITS, Insight
from mentorlog.domain.record import shapes
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _

app = new_app()


@app.command(cls=Command)
def insight(
    ctx: typer.Context,
    words: PairAndText = None,
    pair: PairOption = None,
    on: On = None,
    benefit: Annotated[
        str | None,
        typer.Option(
            "--benefit",
            metavar=_("WORD"),
            help=_("What it is evidence for: {words}.").format(words=", ".join(BENEFITS)),
        ),
    ] = None,
    viewpoint: Annotated[
        str | None,
        typer.Option("--viewpoint", metavar="me|partner", help=_("Whose view it was.")),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(
            "--meeting", metavar=_("RECORD"), help=_("The meeting it came from, such as m12.")
        ),
    ] = None,
    goal: OfGoal = None,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Keep something you noticed."""
    here: Context = ctx.obj
    here.never_ask = no_input
    given = {"benefit": benefit, "viewpoint": viewpoint, "meeting": meeting, "goal": goal}
    noticed_on = here.past_day(on, "noticed_on")
    values: dict[str, Any] = {"noticed_on": noticed_on} | {
        name: parse_value(name, shapes(Insight)[name], typed, here.today)
        for name, typed in given.items()
        if typed is not None
    }
    said = pair_and_text(here, "insight", words or [], pair, _("What did you notice?"), edit=edit)
    noticed = Insight(
        uid=said.uid,
        pair=said.pair.id,
        text=said.text,
        visibility="shared" if share else "private",
        **values,
    )
    noticed = kept_once(here, "insight", noticed)
    say_kept(here, [noticed], as_json=json, beside=day_said("noticed_on", noticed_on, on))
