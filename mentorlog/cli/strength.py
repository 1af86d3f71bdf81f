"""`strength`: take stock of what one can offer and what one wants to learn."""

from typing import Annotated

import typer

from mentorlog.cli.begun import Filled
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.filling import take_down
from mentorlog.cli.listing import show_array
from mentorlog.cli.params import Edit, Json, NoInput
from mentorlog.cli.saying import say_kept
from mentorlog.domain.strength import Strength
from mentorlog.errors import UsageError
from mentorlog.forms.prompt import Answers
from mentorlog.forms.strength import questions
from mentorlog.forms.values import read_fields
from mentorlog.i18n import _
from mentorlog.storage import practice
from mentorlog.workflows.strengths import add_strength

app = new_app()

Offered = Annotated[bool, typer.Option("--offered", help=_("What you can offer."))]
Wanted = Annotated[bool, typer.Option("--wanted", help=_("What you want to learn."))]


@app.command(
    cls=Command,
    help=_(
        "Add an area you are strong in, or one you want to learn.\n\n"
        "Without --wanted it is one you can offer. It is never shared. No proof is needed:"
        " experience is enough."
    ),
)
def add(
    ctx: typer.Context,
    area: Annotated[
        str | None,
        typer.Argument(metavar=_("AREA"), help=_("The area in a few words, in quotes.")),
    ] = None,
    evidence: Annotated[
        str | None,
        typer.Option("--evidence", metavar=_("TEXT"), help=_("What makes you say so.")),
    ] = None,
    offered: Offered = False,
    wanted: Wanted = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Add a strength."""
    here: Context = ctx.obj
    here.never_ask = no_input
    typed = {"area": area, "evidence": evidence, "direction": _direction(offered, wanted)}
    given: Answers = {name: said for name, said in typed.items() if said}
    kept = take_down(
        here,
        "strength add",
        "",
        questions,
        given,
        lambda filled: _kept(here, filled),
        lacks=None if area else UsageError("text-missing"),
        edit=edit,
    )
    say_kept(here, [kept], as_json=json)


@app.command("list", cls=Command, help=_("List your strengths, offered and wanted."))
def list_strengths(
    ctx: typer.Context, offered: Offered = False, wanted: Wanted = False, json: Json = False
) -> None:
    """List strengths of one direction or of both."""
    here: Context = ctx.obj
    found = practice.strengths(here.journal, _direction(offered, wanted))
    if json:
        show_array(here, found)
    elif found:
        from mentorlog.render.strengths import strengths

        here.show(strengths(found, here.cells, here.style))
    else:
        here.tell(_("None yet. Add one: mentorlog strength add AREA"))


def _direction(offered: bool, wanted: bool) -> str | None:
    """Return the direction that was named; both are refused."""
    if offered and wanted:
        raise UsageError("offered-and-wanted")
    return "offered" if offered else "wanted" if wanted else None


def _kept(here: Context, filled: Filled) -> Strength:
    fields = read_fields(Strength, filled.answers, filled.begun_on)
    return add_strength(here.journal, Strength(uid=filled.uid, **fields))
