"""`prep`: what to take to the next meeting."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, PairArgument, PairOption, pair_typed
from mentorlog.workflows.pairs import the_pair
from mentorlog.workflows.prepare import brief

app = new_app()


@app.command(cls=Command)
def prep(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    json: Json = False,
) -> None:
    """Show what to take to the next meeting."""
    here: Context = ctx.obj
    found = brief(here.journal, the_pair(here.journal, pair_typed(pair, pair_option)))
    if json:
        from mentorlog.render.as_json import brief_json

        here.show_json(brief_json(found))
        return
    from mentorlog.render.prep import prep as drawn

    here.draw(drawn(found, here.today))
