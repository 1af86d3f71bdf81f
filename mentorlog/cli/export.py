"""`export`: hand on a pair's journal, for myself, for the partner or for the programme.

Who may have what is `domain/audience.py`'s, how it reads `export/`'s. Here is where it goes: to
standard output, or into a file that is whole or not there at all.
"""

import errno
import os
import tempfile
from dataclasses import asdict
from datetime import date
from json import dumps
from pathlib import Path
from typing import Annotated, Any

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, PairArgument, PairOption, Since, Until, pair_typed
from mentorlog.domain.audience import AUDIENCES
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, shapes
from mentorlog.errors import InvalidValue, OutputFailed
from mentorlog.export.formats import FORMATS, writer
from mentorlog.export.material import Item, Material, Surroundings, gather, with_what_they_need
from mentorlog.i18n import _, ngettext, short_day
from mentorlog.render.as_json import FORMAT, plain
from mentorlog.render.cells import padded
from mentorlog.render.lines import SEPARATOR, one_line
from mentorlog.storage.file import synced
from mentorlog.storage.queries import pairs
from mentorlog.storage.timeline import Slice, timeline
from mentorlog.text import inert_json, visible
from mentorlog.workflows.pairs import the_pair

app = new_app()
_CANNOT_MAKE = 73
# In a preview; what is not here is known by what it says.
_KNOWN_BY_THEIR_DAY = {
    "meeting", "agreement", "measurement", "reflection", "feedback", "assessment"
}  # fmt: skip


@app.command(
    cls=Command,
    help=_(
        "What the partner or the programme gets holds only what they may see, without mail addresses,"
        " phone numbers and the names of other partners. --preview shows it beforehand."
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
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar=_("PATH"), help=_("Write to this file."))
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Write over a file that is there already."))
    ] = False,
    since: Since = None,
    until: Until = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=_("Show what would go out; write no file."))
    ] = False,
    form: Annotated[
        str, typer.Option("--format", metavar=_("WORD"), help=_("The format: markdown."))
    ] = "markdown",
    json: Json = False,
) -> None:
    """Hand on a pair's journal."""
    here: Context = ctx.obj
    _check_choice("--for", audience, AUDIENCES)
    _check_choice("--format", form, tuple(FORMATS))
    material = _material(
        here,
        the_pair(here.journal, pair_typed(pair, pair_option)),
        audience,
        (here.day(since, "since"), here.day(until, "until")),
    )
    if preview and not json:
        here.show("\n".join([*_preview(material), _summary(material)]))
    elif preview or output in (None, "-"):
        here.show_json(_document(material)) if json else here.show(writer(form)(material))
        if audience != "me":
            here.tell(_summary(material))
    else:
        place = _place(here, output)
        _write(place, _json_text(material) if json else writer(form)(material), force=force)
        written = _("Written: {path}").format(path=visible(str(place)))
        here.tell(f"{written}{SEPARATOR}{_summary(material)}")


def _json_text(material: Material) -> str:
    return inert_json(dumps(_document(material), ensure_ascii=False, indent=2))


def _check_choice(option: str, typed: str, known: tuple[str, ...]) -> None:
    if typed not in known:
        raise InvalidValue(option, typed, "not-a-choice", known)


def _material(
    here: Context, pair: Pair, audience: str, period: tuple[date | None, date | None]
) -> Material:
    since, until = period
    known = [entry.record for entry in timeline(here.journal, Slice(pair=pair.id))]
    within = timeline(here.journal, Slice(pair=pair.id, since=since, until=until))
    chosen = with_what_they_need((entry.record for entry in within), known)
    around = Surroundings(pairs(here.journal), {each.id: each.uid for each in (pair, *known)})
    return gather(pair, chosen, around, audience, here.today, period)


# What is shown -----------------------------------------------------------------------------------


def _preview(material: Material) -> list[str]:
    """Return a line for each record that goes out, with no more in it than goes out."""
    going = (material.pair, *material.items)
    cells = max(len(item.id) for item in going) + 2
    lines = []
    for item in going:
        on = item.day(KIND_NAMES[item.kind].dated_by) if item.kind in _KNOWN_BY_THEIR_DAY else None
        parts = [one_line(_as_seen(item)), None if on is None else short_day(on)]
        lines.append(padded(item.id, cells) + SEPARATOR.join(filter(None, parts)))
    return lines


def _as_seen(item: Item) -> Record:
    """Return the record that somebody could put together from what goes out, … where it needs more."""
    record_type = KIND_NAMES[item.kind]
    needed = (
        name
        for name, shape in shapes(record_type).items()
        if shape.required and shape.holds in ("line", "text")
    )
    values: dict[str, Any] = {**dict.fromkeys(needed, "…"), **item.fields}
    return record_type(**values)


def _summary(material: Material) -> str:
    """Return what went out and what did not, in numbers."""
    out = 1 + len(material.items)
    said = [
        ngettext("{count} record goes out", "{count} records go out", out).format(count=out),
        _("{count} held back").format(count=material.held_back),
    ]
    if material.figures:
        said.append(_("counts and averages of all"))
    if any(material.redacted.values()):
        taken = _("taken out: mail addresses {mail}, phone numbers {phone}, names {name}")
        said.append(taken.format(**material.redacted))
    elif material.audience != "me":
        said.append(_("nothing taken out"))
    return SEPARATOR.join(said)


def _document(material: Material) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "document": "export",
        "audience": material.audience,
        "exported_on": plain(material.exported_on),
        "since": plain(material.since),
        "until": plain(material.until),
        "pair": _item_json(material.pair),
        "records": [_item_json(item) for item in material.items],
        "figures": asdict(material.figures) if material.figures else {},
        "held_back": material.held_back,
        "redacted": dict(material.redacted),
    }


def _item_json(item: Item) -> dict[str, Any]:
    return {"kind": item.kind} | {name: plain(value) for name, value in item.fields.items()}


# The file ----------------------------------------------------------------------------------------


def _place(here: Context, typed: str) -> Path:
    """Return the file that was named, a symbolic link followed; refuse the journal itself."""
    place = Path(os.path.realpath(Path(typed).expanduser()))
    if place.exists() and here.journal.exists() and place.samefile(here.journal.path):
        raise OutputFailed(str(place), _("it is the journal itself"), _CANNOT_MAKE)
    return place


def _write(place: Path, text: str, *, force: bool) -> None:
    """Put a file in its place once all of it is on the disk; only its owner can read it."""
    beside = _made_beside(place, force=force)
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
        synced(beside)
        if force:
            beside.replace(place)
        else:
            _put_as_new(beside, place)
        synced(place)
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "") from failure
    finally:
        beside.unlink(missing_ok=True)


def _made_beside(place: Path, *, force: bool) -> Path:
    """Return a new, empty, private file in the same folder; refuse what may not be written over."""
    try:
        if place.exists() and not place.is_file():
            kind = errno.EISDIR if place.is_dir() else errno.EEXIST
            raise OutputFailed(str(place), os.strerror(kind), _CANNOT_MAKE)
        if place.exists() and not force:
            raise OutputFailed(str(place), "exists", _CANNOT_MAKE)
        number, beside = tempfile.mkstemp(prefix=".mentorlog-", suffix=".new", dir=place.parent)
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "", _CANNOT_MAKE) from failure
    os.close(number)
    return Path(beside)


def _put_as_new(beside: Path, place: Path) -> None:
    """Give the file its name, unless another program has taken that in the meantime."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise OutputFailed(str(place), "exists", _CANNOT_MAKE) from None
    except OSError:  # a disk without hard links
        beside.rename(place)
