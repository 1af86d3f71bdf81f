"""`action`: add, list and close actions; `told` brings back what came of advice."""

from collections.abc import Callable
from typing import Annotated, cast

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.listing import pair_asked_for, show_list
from mentorlog.cli.params import (
    ClosedToo,
    Edit,
    Json,
    Limit,
    NoInput,
    OfGoal,
    OneRecord,
    PairAndText,
    PairFilter,
    PairOption,
    Records,
    Share,
)
from mentorlog.cli.saying import kept_once, pair_and_text, say_kept, text_about
from mentorlog.domain.action import Action
from mentorlog.domain.record import shapes
from mentorlog.domain.when import split_due
from mentorlog.errors import UsageError
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _
from mentorlog.storage import queries

app = new_app()

On = Annotated[
    str | None,
    typer.Option("--on", metavar=_("DATE"), help=_("The day it was; today if left out.")),
]
Outcome = Annotated[
    str | None, typer.Option("--outcome", metavar=_("TEXT"), help=_("What came of it."))
]


@app.command(cls=Command, help=_("Add something to do, of yours or of the partner's."))
def add(
    ctx: typer.Context,
    words: PairAndText = None,
    pair: PairOption = None,
    owner: Annotated[
        str | None,
        typer.Option("--owner", metavar="me|partner", help=_("Who does it; you, if left out.")),
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar=_("DATE"), help=_("The day it is to be done by."))
    ] = None,
    advice: Annotated[
        bool,
        typer.Option("--advice", help=_("It is advice for the mentee: its outcome is to be told.")),
    ] = False,
    goal: OfGoal = None,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Add an action."""
    here: Context = ctx.obj
    here.never_ask = no_input
    prompt = _("What is to be done?")
    said = pair_and_text(here, "action add", words or [], pair, prompt, edit=edit)
    text, due_on = split_due(said.text, here.today)
    if due is not None and due_on is not None:
        raise UsageError("due-twice")
    side = parse_value("owner", shapes(Action)["owner"], owner or "", here.today)
    action = Action(
        uid=said.uid,
        pair=said.pair.id,
        text=text,
        owner=side or (said.pair.mentee if advice else "me"),
        is_advice=advice,
        due_on=here.day(due, "due_on") or due_on,
        goal=parse_value("goal", shapes(Action)["goal"], goal or "", here.today),
        visibility="shared" if share else "private",
    )
    action = kept_once(here, "action add", action)
    say_kept(here, [action], as_json=json)


@app.command("list", cls=Command, help=_("List what is open; --all lists what is closed too."))
def list_actions(
    ctx: typer.Context,
    pair: PairFilter = None,
    pair_option: PairOption = None,
    everything: ClosedToo = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List actions, of one pair or of all."""
    here: Context = ctx.obj
    of = pair_asked_for(here, pair, pair_option)
    found = queries.actions(here.journal, of, everything=everything, limit=limit)
    show_list(here, found, _("Nothing is open."), of=of, as_json=json)


@app.command(cls=Command, help=_("Close actions that are done."))
def done(
    ctx: typer.Context, records: Records, outcome: Outcome = None, on: On = None, json: Json = False
) -> None:
    """Close actions as done."""
    here: Context = ctx.obj
    day = here.day(on, "done_on") or here.today
    _change(here, "action done", records, lambda action: action.done(day, outcome), as_json=json)


@app.command(cls=Command, help=_("Close actions that will not be done."))
def drop(ctx: typer.Context, records: Records, json: Json = False) -> None:
    """Close actions as dropped."""
    _change(ctx.obj, "action drop", records, Action.dropped, as_json=json)


@app.command(cls=Command, help=_("Open closed actions again."))
def reopen(ctx: typer.Context, records: Records, json: Json = False) -> None:
    """Open actions again."""
    _change(ctx.obj, "action reopen", records, Action.reopened, as_json=json)


@app.command(cls=Command, help=_("Tell what came of advice."))
def told(
    ctx: typer.Context,
    record: OneRecord,
    outcome: Annotated[
        str | None,
        typer.Argument(
            metavar=_("TEXT"), help=_("What came of it, in quotes. - reads standard input.")
        ),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(
            "--meeting", metavar=_("RECORD"), help=_("The meeting it was told in, such as m12.")
        ),
    ] = None,
    on: On = None,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Close the loop of a piece of advice."""
    here: Context = ctx.obj
    here.never_ask = no_input
    day = here.day(on, "done_on") or here.today
    about = here.journal.get(record, "action")  # before anything is asked
    prompt = _("What came of it?")
    text = text_about(here, "action told", about, outcome or "", prompt, edit=edit)
    _change(
        here, "action told", [record], lambda action: action.told(text, day, meeting), as_json=json
    )


def _change(
    here: Context, command: str, refs: list[str], move: Callable[[Action], Action], *, as_json: bool
) -> None:
    """Make the same move on each action, all or none."""
    with here.journal.transaction(command) as writing:
        actions = [cast("Action", here.journal.get(ref, "action")) for ref in refs]
        if len({action.id for action in actions}) < len(actions):
            raise UsageError("same-record-twice")
        moved = [move(action) for action in actions]
        kept = [writing.change(action) for action in moved]
    say_kept(here, kept, as_json=as_json)
