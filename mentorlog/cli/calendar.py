"""`calendar`: what is planned, for the user's own calendar, as an iCalendar file."""

from json import dumps
from typing import Annotated, Any

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import file_at, is_standard_output, write_whole
from mentorlog.cli.params import Force, Json, PairFilter, PairOption, pair_typed
from mentorlog.domain.planned import Planned
from mentorlog.i18n import _, ngettext
from mentorlog.render.lines import SEPARATOR
from mentorlog.text import inert_json, visible
from mentorlog.workflows.pairs import the_pair
from mentorlog.workflows.planning import plan

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "The next meetings, reviews and the term's end as days, actions as tasks, each with an alarm the"
        " day before. Import it again and what has moved moves, what is done is closed, nothing doubles;"
        " what is no longer planned you delete there. Titles hold an alias and no text, unless the"
        " setting calendar_titles allows more."
    ),
)
def calendar(
    ctx: typer.Context,
    pair: PairFilter = None,
    pair_option: PairOption = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar=_("PATH"), help=_("Write to this file."))
    ] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Write what is planned as a calendar."""
    here: Context = ctx.obj
    name = pair_typed(pair, pair_option)
    of = None if name is None else the_pair(here.journal, name)
    entries = plan(here.journal, of, here.today)
    if output is not None and not is_standard_output(output):
        _write(here, entries, output, force=force, as_json=json)
    elif json:
        here.show_json(_document(here, entries))
    else:
        here.show(_calendar(here, entries))
    if not entries:
        here.tell(_("Nothing is planned, so the calendar is empty."))


def _write(here: Context, entries: list[Planned], path: str, *, force: bool, as_json: bool) -> None:
    place = file_at(here, path)
    text = _json_text(here, entries) if as_json else _calendar(here, entries)
    write_whole(place, text, force=force)
    tasks = sum(each.what == "action" for each in entries)
    days = len(entries) - tasks
    said = [
        _("Written: {path}").format(path=visible(str(place))),
        ngettext("{count} event", "{count} events", days).format(count=days),
        ngettext("{count} task", "{count} tasks", tasks).format(count=tasks),
    ]
    here.tell(SEPARATOR.join(said))


def _calendar(here: Context, entries: list[Planned]) -> str:
    """Return the file without its last line end, which is added by whoever writes it.

    The lines of a file end with CR LF; at a terminal a CR would steer it.
    """
    from mentorlog.export.icalendar_file import Edition, icalendar_file

    edition = Edition(here.now(), here.today, here.config["calendar_titles"])
    text = icalendar_file(entries, edition).removesuffix("\n")
    return text if here.cells is None else text.replace("\r\n", "\n").rstrip("\r")


def _document(here: Context, entries: list[Planned]) -> dict[str, Any]:
    from mentorlog.domain.plain import document, plain
    from mentorlog.export.calendar_titles import title

    return document(
        "calendar",
        entries=[
            {
                "uid": each.uid,
                "what": each.what,
                "on": plain(each.on),
                "pair": each.pair.id,
                "record": None if each.record is None else each.record.id,
                "state": each.state,
                "title": title(each, here.config["calendar_titles"]),
            }
            for each in entries
        ],
    )


def _json_text(here: Context, entries: list[Planned]) -> str:
    return inert_json(dumps(_document(here, entries), ensure_ascii=False, indent=2))
