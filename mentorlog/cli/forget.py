"""`forget`: erase a pair and every trace of it, for good; nothing is erased without a yes.

What it erases is `workflows/forgetting.py`'s, what is said of it `render/forgotten.py`'s.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from mentorlog.cli import streams
from mentorlog.cli.ask import BACK
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import file_at, is_standard_output, is_stream, whole_file
from mentorlog.cli.params import Force, Json, NoInput, Yes
from mentorlog.domain.pair import Pair
from mentorlog.domain.plain import document, plain
from mentorlog.errors import (
    CANNOT_MAKE,
    Interrupted,
    InvalidValue,
    NotErased,
    NotPossible,
    OutputFailed,
    RecordNotFound,
    UsageError,
)
from mentorlog.export import json_records
from mentorlog.export.records import Records
from mentorlog.export.redact import Redactor
from mentorlog.forms.values import is_yes
from mentorlog.i18n import _
from mentorlog.render import forgotten
from mentorlog.storage.dump import dump, snapshot
from mentorlog.storage.forgetting import is_unfinished
from mentorlog.storage.pairs import all_pairs
from mentorlog.storage.timeline import Slice
from mentorlog.text import folded, visible
from mentorlog.workflows import forgetting
from mentorlog.workflows.forgetting import Mentions, Remains, Traces

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "This erases the pair's records, history, drafts and search index, and every"
        " automatic backup; undo cannot bring them back. You first see what goes, and then"
        " type the alias or name to confirm."
    ),
)
def forget(
    ctx: typer.Context,
    pair: Annotated[
        str | None,
        typer.Argument(
            metavar=_("PAIR"), help=_("The partner's name or alias, or an id such as p2.")
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar=_("PATH"), help=_("Export it to this file first, as JSON.")
        ),
    ] = None,
    force: Force = False,
    yes: Yes = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Erase a pair and every trace of it, for good."""
    here: Context = ctx.obj
    here.never_ask = no_input
    has_finished = _finished(here)
    found = None if pair is None else forgetting.the_pair_to_forget(here.journal, pair, whole=yes)
    if found is None and has_finished:
        if json:
            here.show_json(_in_common(None))
        return
    if pair is None:
        raise UsageError("forget-whom")
    if found is None:
        raise RecordNotFound("pair", pair)
    mentions = _mentions_of(here, found)
    known = forgetting.traces(here.journal, here.drafts, found, mentions)
    if not yes:
        _refuse_nobody(here)
    if not json or not yes:
        here.tell("\n".join(forgotten.preview(known, _cells(here))))
    place = _exported(here, found, output, asks=not yes, force=force)
    if not yes:
        _confirm(here, found, place)
    remains = forgetting.forget(here.journal, here.drafts, found, here.now(), mentions)
    _say(here, known, remains, place, as_json=json)


def _finished(here: Context) -> bool:
    """Finish what a forgetting before this one was cut off at; True where there was something."""
    if not here.journal.exists() or not is_unfinished(here.journal):
        return False
    forgetting.finish(here.journal, here.now())
    here.tell(
        _("An earlier forget was interrupted. It is finished now: nothing is left of that pair.")
    )
    return True


def _mentions_of(here: Context, pair: Pair) -> Mentions:
    """Return what tells whether a text mentions a pair, by the same rule as names are kept out of exports."""
    names = [name for name in (pair.partner, pair.alias) if name]
    redactor = Redactor(names, forgetting.other_names(here.journal, pair))
    return lambda text: redactor.redacted(text)[1]["name"] > 0


def _refuse_nobody(here: Context) -> None:
    if not here.is_person_here:
        raise UsageError("forget-unconfirmed")


def _exported(
    here: Context, pair: Pair, typed: str | None, *, asks: bool, force: bool
) -> Path | None:
    """Export a pair before it goes, where that is wanted; return where to."""
    if typed is None and asks and _is_there(here, pair):
        typed = _asked_for_a_file(here)
    if typed in (None, "", BACK):
        return None
    if not _is_there(here, pair):
        raise NotPossible("deleted-already", pair.id)
    place = _file_of(here, typed or "")
    with whole_file(place, force=force) as file, snapshot(here.journal):
        batches = dump(here.journal, Slice(pair=pair.id)).batches
        file.writelines(json_records.write(Records("me", None, None, batches, {})))
    here.tell(_("Written: {path}").format(path=visible(str(place))))
    return place


def _is_there(here: Context, pair: Pair) -> bool:
    return any(each.uid == pair.uid for each in all_pairs(here.journal))


def _asked_for_a_file(here: Context) -> str:
    def refuse(answer: str) -> None:
        with suppress(InvalidValue):
            is_yes("answer", answer)
            raise UsageError("forget-no-file-name", typed=answer)
        place = _file_of(here, answer)
        if place.exists():
            raise OutputFailed(str(place), os.strerror(errno.EEXIST), CANNOT_MAKE)

    prompt = _("To export it first, as JSON, type the name of a file")
    hint = _("such as pair.json; Enter for no export")
    with _nothing_erased():
        return here.ask.line(prompt, hint, check=refuse)


@contextmanager
def _nothing_erased(place: Path | None = None) -> Iterator[None]:
    """Have whoever stops at a question told that nothing is gone, and what has been written by then."""
    try:
        yield
    except Interrupted as stop:
        raise NotErased(None if place is None else str(place)) from stop


def _file_of(here: Context, typed: str) -> Path:
    """Return the file that was named: it has to be on the disk before anything is erased."""
    if is_standard_output(typed) or is_stream(place := file_at(here, typed)):
        raise UsageError("forget-to-a-file")
    return place


def _confirm(here: Context, pair: Pair, place: Path | None) -> None:
    """Have the pair's alias or name typed; anything else stops it."""
    name = pair.alias or pair.partner
    with _nothing_erased(place):
        typed = here.ask.line(_("To erase it for good, type {name}").format(name=visible(name)))
    if folded(typed) != folded(name):
        raise NotPossible("not-confirmed")


def _say(
    here: Context, known: Traces, remains: Remains, place: Path | None, *, as_json: bool
) -> None:
    if as_json:
        here.show_json(_document(known, remains, place))
        return
    here.show(forgotten.receipt(known, remains))
    after = [
        *forgotten.out_of_reach(known, place, _cells(here)),
        *forgotten.doubtful(remains.doubtful),
        *forgotten.mentions(remains, known.pair),
        *forgotten.next_undo(here.journal.next_undo()),
    ]
    here.tell("\n".join(after))


def _cells(here: Context) -> int | None:
    """Return the cells that a line of a message may take; None where no terminal breaks it."""
    return here.width if streams.is_terminal(sys.stderr) else None


def _document(known: Traces, remains: Remains, place: Path | None) -> dict[str, Any]:
    since, until = known.period or (None, None)
    return _in_common(known.pair) | {
        "forgotten": known.counts,
        "deleted_before": known.deleted,
        "since": plain(since),
        "until": plain(until),
        "drafts": remains.drafts,
        "backups": remains.backups,
        "exported_to": None if place is None else str(place),
        "out_of_reach": [plain(each._asdict()) for each in known.exports],
        "mentions": list(remains.mentions),
        "earlier_mentions": list(remains.earlier),
        "drafts_left": [str(each) for each in remains.doubtful],
    }


def _in_common(pair: Pair | None) -> dict[str, Any]:
    """Return what the document has in any case; no pair where only an earlier forgetting was finished."""
    return document("forget", pair=None if pair is None else pair.id)
