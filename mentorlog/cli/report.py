"""`report`: where a pair stands, in figures and pictures; without a pair, all of them at a glance."""

from pathlib import Path
from typing import Annotated

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import file_at, write_whole
from mentorlog.cli.params import Force, Json, PairOption, Since, Until, pair_typed
from mentorlog.errors import UsageError
from mentorlog.i18n import _
from mentorlog.storage.pairs import all_pairs
from mentorlog.text import visible
from mentorlog.workflows.pairs import the_pair
from mentorlog.workflows.reporting import Glance, Reported, glance, reported

app = new_app()
_STANDARD_OUTPUT = "-"


@app.command(
    cls=Command,
    help=_("Every figure says how many records it stands on; --evidence names them."),
)
def report(
    ctx: typer.Context,
    pair: Annotated[
        str | None,
        typer.Argument(metavar=_("PAIR"), help=_("Only this pair; all at a glance, if left out.")),
    ] = None,
    pair_option: PairOption = None,
    since: Since = None,
    until: Until = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help=_("Name the records behind each figure."))
    ] = False,
    json: Json = False,
    svg: Annotated[
        str | None,
        typer.Option("--svg", metavar=_("PATH"), help=_("Write it to this file as a picture.")),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar=_("PATH"), help=_("Write it to this file as a web page.")),
    ] = None,
    force: Force = False,
) -> None:
    """Show where a pair stands."""
    here: Context = ctx.obj
    if [svg, html, _STANDARD_OUTPUT if json else None].count(_STANDARD_OUTPUT) > 1:
        raise UsageError("output-twice")
    if evidence and html is not None:
        raise UsageError("no-evidence-in-page")
    places = [_place(here, each) for each in (svg, html)]
    if svg is not None and places[0] == places[1] != _STANDARD_OUTPUT:
        raise UsageError("output-same")
    names_all = evidence or json or html is not None
    known = _known(here, pair_typed(pair, pair_option), since, until, names_all=names_all)
    if places[0] is not None:
        from mentorlog.render.report.shown import picture

        _write(here, places[0], picture(known, here.today, with_evidence=evidence), force=force)
    if places[1] is not None:
        _write(here, places[1], _page(here, known), force=force)
    if json:
        from mentorlog.render.report_json import glance_json, report_json

        if isinstance(known, Glance):
            here.show_json(glance_json(known, here.today, with_evidence=evidence))
        else:
            here.show_json(report_json(known, with_evidence=evidence, today=here.today))
    elif svg is None and html is None:
        from mentorlog.render.report.shown import drawing

        here.draw(drawing(known, here.today, with_evidence=evidence))


def _known(
    here: Context, typed: str | None, since: str | None, until: str | None, *, names_all: bool
) -> Reported | Glance:
    """Return what is reported: of the pair that was named, of the only one, or of all."""
    first, last = here.day(since, "since"), here.day(until, "until")
    plateau: str = here.config["plateau"]
    pairs = all_pairs(here.journal) if typed is None else []
    if len(pairs) > 1:
        with here.steps(_("Reading the journal"), len(pairs)) as step:
            return glance(
                here.journal,
                here.today,
                plateau,
                since=first,
                until=last,
                names_all=names_all,
                tick=step,
            )
    about = pairs[0] if pairs else the_pair(here.journal, typed)
    return reported(
        here.journal, about, here.today, plateau, since=first, until=last, names_all=names_all
    )


def _page(here: Context, known: Reported | Glance) -> str:
    from mentorlog.render.page import glance_page, page

    return glance_page(known, here.today) if isinstance(known, Glance) else page(known, here.today)


def _place(here: Context, typed: str | None) -> Path | str | None:
    """Return the file that was named, "-" for standard output, None where nothing was."""
    if typed in (None, _STANDARD_OUTPUT):
        return typed
    return file_at(here, typed)


def _write(here: Context, place: Path | str, text: str, *, force: bool) -> None:
    if not isinstance(place, Path):
        here.show(text)
        return
    write_whole(place, text, force=force)
    here.tell(_("Written: {path}").format(path=visible(str(place))))
