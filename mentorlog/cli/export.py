"""`export`: hand on what is in the journal, for myself, for the partner or for the programme.

What it is made of is `export_choice.py`'s, who may have what `domain/audience.py`'s, how it reads
`export/`'s, what it says of itself `export_preview.py`'s and where it goes `handing_on.py`'s.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Annotated

import typer

from mentorlog.cli import export_choice
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.export_choice import Asked
from mentorlog.cli.handing_on import Target, hand_on, note_it, target
from mentorlog.cli.params import PairArgument, PairOption, Since, Until, check_choice, pair_typed
from mentorlog.domain.audience import AUDIENCES
from mentorlog.errors import UsageError
from mentorlog.export.formats import FORMATS, Format, loaded
from mentorlog.i18n import _
from mentorlog.render.lines import SEPARATOR
from mentorlog.storage.dump import Batch, Dump, snapshot
from mentorlog.text import visible

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "What the partner or the programme gets holds only what they may see, without mail addresses,"
        " phone numbers and the names of other partners; the journal notes that it went out. --preview"
        " shows it beforehand. For me, json and csv hold the whole journal where no pair is named; with"
        " --since or --until, also what the records of those days refer to."
    ),
)
def export(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    audience: Annotated[
        str,
        typer.Option("--for", metavar=_("WORD"), help=_("Whom it is for: me, partner, programme.")),
    ] = "me",
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar=_("WORD"), help=_("The format: markdown (if left out), json, csv.")
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=_("The same as --format json."))] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar=_("PATH"),
            help=_("Write to this file; with / at the end, and for csv, into a folder."),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace a file or an exported folder of that name."))
    ] = False,
    since: Since = None,
    until: Until = None,
    review: Annotated[
        str | None,
        typer.Option(
            "--review",
            metavar=_("RECORD"),
            help=_("The summary of this review, such as v2, instead of the whole journal."),
        ),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=_("Show what would be exported; write nothing."))
    ] = False,
) -> None:
    """Write the journal as Markdown, JSON or CSV."""
    here: Context = ctx.obj
    check_choice("--for", audience, AUDIENCES)
    made_as = _format(form, is_json=json)
    typed = pair_typed(pair, pair_option)
    wanted = export_choice.asked(here, typed, audience, (since, until), review)
    to = None if preview else target(here, output, made_as, force=force)
    if review is not None:
        _refuse_folder(made_as, to)
    if audience == "me" and review is None and made_as.of_records:
        _export_all(here, wanted, made_as, to)
    else:
        _export_what_may_go(here, wanted, made_as, to)


def _format(typed: str | None, *, is_json: bool) -> Format:
    check_choice("--format", typed, tuple(FORMATS))
    if is_json and typed not in (None, "json"):
        raise UsageError("two-formats", name=typed or "")
    return loaded("json" if is_json else typed or "markdown")


def _refuse_folder(form: Format, to: Target | None) -> None:
    if form.write is None or (to is not None and to.is_folder):
        raise UsageError("review-is-one-page")


def _export_all(here: Context, wanted: Asked, form: Format, to: Target | None) -> None:
    """Hand on all there is to me, straight from the journal, or show how much that is."""
    from mentorlog.export.records import Records

    with ExitStack() as reading:
        reading.enter_context(snapshot(here.journal))
        found = export_choice.all_of_mine(here, wanted)
        if to is None:
            from mentorlog.cli import export_preview

            if form.name == "json":
                here.show_json(export_preview.preview_json_of_all(wanted, found.counts))
            else:
                here.show(export_preview.preview_of_all(found.counts))
            return
        batches = _tracked(here, found)
        records = Records(wanted.audience, wanted.since, wanted.until, batches, {})
        hand_on(here, form, records, to, let_go=reading.close)
    if to.place is not None:
        from mentorlog.cli.export_preview import summary_of_all

        _tell_written(here, to, summary_of_all(found.counts))


def _tracked(here: Context, found: Dump) -> Iterator[Batch]:
    """Yield what is read, each batch a step of long work."""
    with here.steps(_("Writing the export"), found.batch_count) as step:
        for batch in found.batches:
            yield batch
            step()


def _export_what_may_go(here: Context, wanted: Asked, form: Format, to: Target | None) -> None:
    from mentorlog.cli import export_preview

    material = export_choice.what_may_go(here, wanted)
    if to is None and form.name == "json":
        here.show_json(export_preview.preview_json(wanted, material))
    elif to is None:
        here.show(export_preview.preview(material))
    else:
        is_mine = wanted.audience == "me"
        if is_mine:
            hand_on(here, form, material, to)
        else:
            hand_on(here, form, material, to, note=partial(note_it, here, form, material, to))
        if to.place is not None:
            _tell_written(here, to, export_preview.summary(material))
        elif not is_mine:
            here.tell(export_preview.summary(material))


def _tell_written(here: Context, to: Target, summary: str) -> None:
    written = _("Written: {path}").format(path=visible(str(to.place)))
    here.tell(f"{written}{SEPARATOR}{summary}")
