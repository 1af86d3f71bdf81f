"""`prep`: what to take to the next meeting; before the first one, how that can go."""

from typing import Annotated

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import AllOfIt, Json, PairArgument, PairOption, pair_typed
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import shapes
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _
from mentorlog.workflows.pairs import the_pair
from mentorlog.workflows.preparation import preparation
from mentorlog.workflows.prepare import SHOWN

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "Before the first meeting it is an agenda for that one; for one online, a checklist and the"
        " minutes of each part too."
    ),
)
def prep(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    via: Annotated[
        str | None,
        typer.Option(
            "--via",
            metavar=_("WORD"),
            help=_("In which way you will meet, where it is not the usual one: online, phone …"),
        ),
    ] = None,
    everything: AllOfIt = False,
    json: Json = False,
) -> None:
    """Show what to take to the next meeting."""
    here: Context = ctx.obj
    channel = parse_value("channel", shapes(Pair)["channel"], via or "", here.today)
    about = the_pair(here.journal, pair_typed(pair, pair_option))
    known = preparation(here.journal, about, channel, None if json or everything else SHOWN)
    if json:
        from mentorlog.render.documents import preparation_json

        here.show_json(preparation_json(known))
        return
    from mentorlog.render.prep import prep as drawn

    here.draw(drawn(known, here.today))
    if known.brief.is_first:
        command = f"mentorlog meet {about.handle} --kickoff"
        here.tell("\n" + _("To record the first meeting: {command}").format(command=command))
