"""`share`: mark records for the partner's export, or take that back."""

from typing import Annotated

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, Records
from mentorlog.cli.saying import partner_of
from mentorlog.i18n import _, ngettext, together
from mentorlog.workflows.sharing import Marked, mark

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "What is shared goes into exports for the partner; nothing is sent. Notes, pulses and private"
        " thoughts never go, whatever they belong to. Who sees a record: mentorlog show m12"
    ),
)
def share(
    ctx: typer.Context,
    records: Records,
    off: Annotated[
        bool, typer.Option("--off", help=_("Take it back: they are private again."))
    ] = False,
    json: Json = False,
) -> None:
    """Mark records as shared."""
    here: Context = ctx.obj
    marked = mark(here.journal, records, shared=not off)
    if json:
        _show_json(here, marked)
        return
    _show(here, marked)
    for meeting, made in marked.left.items():
        ids = " ".join(each.id for each in made)
        here.tell(_left(off).format(meeting=meeting, ids=ids))
    if marked.unchanged:
        ids = " ".join(each.id for each in marked.unchanged)
        here.tell(
            (_("Already private: {ids}") if off else _("Already shared: {ids}")).format(ids=ids)
        )
    if marked.changed:
        from mentorlog.render.receipt import undo_hint

        if off:
            here.tell(_gone_out(marked.exports))
        here.tell(undo_hint())


def _show(here: Context, marked: Marked) -> None:
    """Show what is marked anew, and who sees it now."""
    from mentorlog.domain.who_sees import who_sees
    from mentorlog.render import receipt
    from mentorlog.render.who_sees import below
    from mentorlog.storage.pairs import belongs_to

    for each in marked.changed:
        here.show(receipt.kept([(each, partner_of(here, each))], here.style))
        sights = who_sees(each, belongs_to(here.journal, each))
        here.show(below(sights, here.cells))


def _left(off: bool) -> str:
    if off:
        return _(
            "Made in {meeting} and still shared: {ids}. To take those back too: mentorlog"
            " share --off {ids}"
        )
    return _("Made in {meeting} and not shared: {ids}. To share those too: mentorlog share {ids}")


def _gone_out(exports: int) -> str:
    """Return the line that says what taking back cannot do."""
    said = _("Copies exported earlier cannot be called back.")
    if not exports:
        return said
    known = ngettext(
        "The journal knows of {count} export for the partner since it was shared.",
        "The journal knows of {count} exports for the partner since it was shared.",
        exports,
    )
    return together(said, known.format(count=exports))


def _show_json(here: Context, marked: Marked) -> None:
    from mentorlog.domain.plain import document
    from mentorlog.render.as_json import record_json

    here.show_json(
        document(
            "share",
            changed=[record_json(each) for each in marked.changed],
            unchanged=[record_json(each) for each in marked.unchanged],
            left={ref: [each.id for each in made] for ref, made in marked.left.items()},
            exports=marked.exports,
        )
    )
