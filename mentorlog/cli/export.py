"""`export`: hand on a pair's journal, for myself, for the partner or for the programme.

Who may have what is `domain/audience.py`'s, how it reads `export/`'s. Here is where it goes: to
standard output, or into a file (`output_file.py`).
"""

from dataclasses import asdict
from datetime import date
from functools import partial
from json import dumps
from typing import Annotated, Any, cast

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import place_of, write_whole
from mentorlog.cli.params import Json, PairArgument, PairOption, Since, Until, pair_typed
from mentorlog.domain.audience import AUDIENCES
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.pair import Pair
from mentorlog.domain.progress import Progress
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.review import Review
from mentorlog.errors import InvalidValue, NotPossible, UsageError
from mentorlog.export.formats import FORMATS, writer
from mentorlog.export.material import (
    Item,
    Material,
    Summary,
    Surroundings,
    gather,
    with_what_they_need,
)
from mentorlog.export.summary import summarise
from mentorlog.i18n import _, ngettext, short_day
from mentorlog.render.as_json import FORMAT, plain
from mentorlog.render.cells import padded
from mentorlog.render.lines import SEPARATOR, one_line
from mentorlog.storage.queries import pairs
from mentorlog.storage.timeline import Slice, timeline
from mentorlog.text import inert_json, visible
from mentorlog.workflows.pairs import the_pair

app = new_app()
# In a preview; what is not here is known by what it says.
_KNOWN_BY_THEIR_DAY = {
    "meeting", "agreement", "measurement", "reflection", "feedback", "assessment", "review"
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
    review: Annotated[
        str | None,
        typer.Option(
            "--review",
            metavar=_("RECORD"),
            help=_("The summary of this review, such as v2, instead of the whole journal."),
        ),
    ] = None,
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
    typed = pair_typed(pair, pair_option)
    if review is None:
        days = (here.day(since, "since"), here.day(until, "until"))
        material = _material(here, the_pair(here.journal, typed), audience, days)
    elif since is None and until is None:
        material = _of_a_review(here, review, typed, audience)
    else:
        raise UsageError("review-has-its-days")
    if preview and not json:
        here.show("\n".join([*_preview(material), _summary(material)]))
    elif preview or output in (None, "-"):
        here.show_json(_document(material)) if json else here.show(writer(form)(material))
        if audience != "me":
            here.tell(_summary(material))
    else:
        place = place_of(here, output)
        write_whole(place, _json_text(material) if json else writer(form)(material), force=force)
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
    chosen = known = _known(here, pair)
    if since is not None or until is not None:
        within = timeline(here.journal, Slice(pair=pair.id, since=since, until=until))
        chosen = with_what_they_need((entry.record for entry in within), known)
    track = partial(here.tracked, _("Gathering what goes out"))
    return gather(pair, chosen, _around(here, known), audience, here.today, period, track)


def _of_a_review(here: Context, ref: str, typed: str | None, audience: str) -> Material:
    """Return the summary of a review; the pair need not be named, but another one is refused."""
    review = cast("Review", here.journal.get(ref, "review"))
    pair = cast("Pair", here.journal.get(review.pair, "pair"))
    if typed is not None and the_pair(here.journal, typed).id != pair.id:
        raise NotPossible("of-another-pair", review.id)
    known = _known(here, pair)
    return summarise(pair, review, known, _around(here, known), audience, here.today)


def _known(here: Context, pair: Pair) -> list[Record]:
    """Return the records of a pair, itself among them."""
    track = partial(here.tracked, _("Reading the journal"))
    return [entry.record for entry in timeline(here.journal, Slice(pair=pair.id), track)]


def _around(here: Context, known: list[Record]) -> Surroundings:
    return Surroundings(pairs(here.journal), {each.id: each.uid for each in known})


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
    if material.audience == "programme":
        said.append(_("counts and averages of all"))
    if any(material.redacted.values()):
        taken = _("taken out: mail addresses {mail}, phone numbers {phone}, names {name}")
        said.append(taken.format(**material.redacted))
    elif material.audience != "me":
        said.append(_("nothing taken out"))
    return SEPARATOR.join(said)


def _document(material: Material) -> dict[str, Any]:
    if material.summary is not None:
        return _in_common(material) | _summary_json(material.summary)
    return _in_common(material)


def _in_common(material: Material) -> dict[str, Any]:
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


def _summary_json(summary: Summary) -> dict[str, Any]:
    before = summary.before
    return {
        "review": summary.review.uid,
        "figures": plain(asdict(summary.now)),
        "figures_before": None if before is None else plain(asdict(before)),
        "goals": [
            {
                "goal": each.goal,
                "before": _progress_json(each.before),
                "after": _progress_json(each.after),
                "measurements": each.readings,
            }
            for each in summary.changes
        ],
    }


def _progress_json(found: Progress) -> dict[str, Any]:
    value = None if found.latest is None else found.latest.value
    return {
        "value": plain(value),
        "share": plain(found.share),
        "trend": found.trend,
        "level": found.level,
    }


def _item_json(item: Item) -> dict[str, Any]:
    return {"kind": item.kind} | {name: plain(value) for name, value in item.fields.items()}
