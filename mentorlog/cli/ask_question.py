"""`ask`: keep a question for the next meeting, whenever it comes up."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Edit, Json, NoInput, On, PairAndText, PairOption, Share
from mentorlog.cli.saying import day_said, kept_once, pair_and_text, say_kept
from mentorlog.domain.question import Question
from mentorlog.i18n import _

app = new_app()


@app.command(cls=Command)
def ask(
    ctx: typer.Context,
    words: PairAndText = None,
    pair: PairOption = None,
    on: On = None,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Keep a question."""
    here: Context = ctx.obj
    here.never_ask = no_input
    asked_on = here.past_day(on, "asked_on")
    said = pair_and_text(here, "ask", words or [], pair, _("What do you want to ask?"), edit=edit)
    question = Question(
        uid=said.uid,
        pair=said.pair.id,
        text=said.text,
        asked_on=asked_on,
        visibility="shared" if share else "private",
    )
    question = kept_once(here, "ask", question)
    say_kept(here, [question], as_json=json, beside=day_said("asked_on", asked_on, on))
