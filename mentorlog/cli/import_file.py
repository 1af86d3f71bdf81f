"""`import`: bring in another journal, or one's own from elsewhere: all of a file, or nothing of it.

What a file holds is read in `importers/`, and kept by `workflows/importing.py`. Here is where it comes
from, and what is said of it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.incoming import Incoming, Typed
from mentorlog.cli.params import Json, PairOption, check_choice
from mentorlog.errors import BadFile, InputFailed
from mentorlog.i18n import _
from mentorlog.importers.csv_table import FIELDS
from mentorlog.importers.days import check_date_format
from mentorlog.importers.entry import BECOMES
from mentorlog.importers.formats import IMPORTERS
from mentorlog.importers.source import looked_at, opened
from mentorlog.workflows.importing import Imported, bring_in, foresee

if TYPE_CHECKING:
    from mentorlog.cli.progress import Steps

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "All of a file comes in, or nothing; coming again, it adds nothing. An entry of another program"
        " becomes a meeting of the pair, private as it is: its title the summary, the rest its"
        " notes.\n\n"
        "Columns can hold, of a meeting: {meeting}. Of a reflection: {reflection}."
    ).format(**{kind: ", ".join(names) for kind, names in FIELDS.items()}),
)
def import_file(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar=_("FILE"), help=_("The file; - reads standard input."))
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=_("WORD"),
            help=_("The kind of file, if mentorlog cannot tell: {words}.").format(
                words=", ".join(IMPORTERS)
            ),
        ),
    ] = None,
    pair: PairOption = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--as", metavar=_("WORD"), help=_("What an entry becomes: meeting, reflection.")
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar=_("FIELD=COLUMN"),
            help=_(
                "Which column of a table holds a field, such as date=Day. May be repeated; without it"
                " columns called as the fields are taken."
            ),
        ),
    ] = None,
    date_format: Annotated[
        str | None,
        typer.Option(
            "--date-format",
            metavar=_("FORMAT"),
            help=_("How days are written in a table or in jrnl's text, such as %d/%m/%Y."),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=_("Show what each entry would become; change nothing.")),
    ] = False,
    json: Json = False,
) -> None:
    """Bring in what a file holds."""
    here: Context = ctx.obj
    check_choice("--format", form, tuple(IMPORTERS))
    check_choice("--as", kind, BECOMES)
    if date_format is not None:
        check_date_format(date_format)
    typed = Typed(form, pair, kind, columns or [], date_format)
    with _open(file) as found, here.steps(_("Reading the file"), 100) as step:
        incoming = Incoming(here, file, looked_at(found, _percent(step, found)), typed)
        if dry_run:
            _show_foreseen(here, incoming, as_json=json)
        else:
            _show_imported(here, incoming, as_json=json)
    for remark in incoming.remarks():
        here.tell(remark)


# The file --------------------------------------------------------------------------------------


@contextmanager
def _open(name: str) -> Iterator[BinaryIO]:
    """Hold the file that was typed; what is refused while it is read names it."""
    try:
        with os.fdopen(0, "rb", closefd=False) if name == "-" else opened(name) as file:
            yield file
    except BadFile as refusal:
        refusal.file = name
        raise
    except InputFailed as failure:
        failure.path = name
        raise


def _percent(step: "Steps", file: BinaryIO) -> Callable[[int], None]:
    """Return what counts a step with every hundredth of a file that has been read."""
    size = os.fstat(file.fileno()).st_size
    done = 0

    def told(count: int) -> None:
        nonlocal done
        while done < min(100, count * 100 // max(size, 1)):
            done += 1
            step()

    return told


# What is said ----------------------------------------------------------------------------------


def _show_foreseen(here: Context, incoming: Incoming, *, as_json: bool) -> None:
    from mentorlog.render import imported

    done = Imported()
    lines = []
    for each in foresee(here.journal, incoming.records):
        done.count(each)
        if as_json:
            lines.append(imported.foreseen_json(each))
        elif (
            each.id is not None or incoming.partner is not None
        ):  # one's own records are only counted
            here.show(imported.foreseen(each, here.cells, here.style))
    if as_json:
        here.show_json(imported.opening_json(done) | {"entries": lines})
        return
    here.show(imported.foreseen_summary(done))


def _show_imported(here: Context, incoming: Incoming, *, as_json: bool) -> None:
    from mentorlog.render import imported, receipt

    done = bring_in(here.journal, incoming.records)
    if as_json:
        here.show_json(imported.opening_json(done) | {"records": list(done.ids)})
        return
    here.show(imported.summary(done, incoming.partner))
    if done.ids:
        here.tell(receipt.undo_hint())
