"""`edit`: change any record, by `--set`, field by field at a terminal, or in an editor."""

from datetime import date
from typing import Annotated, Any

import typer

from mentorlog.cli.begun import Filled
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Edit, Json, NoInput, OneRecord
from mentorlog.cli.saying import say_kept
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, new_uid
from mentorlog.errors import UsageError
from mentorlog.forms import editing
from mentorlog.forms.prompt import Prompt
from mentorlog.i18n import _
from mentorlog.workflows.pairs import refuse_taken_name

app = new_app()


@app.command(cls=Command)
def edit(
    ctx: typer.Context,
    record: OneRecord,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar=_("FIELD=VALUE"),
            help=_(
                "A new value, such as due_on=fri; nothing after = takes it away. May be repeated."
            ),
        ),
    ] = None,
    in_editor: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Change a record."""
    here: Context = ctx.obj
    here.never_ask = no_input
    edit_record(here, here.journal.get(record), setting or [], in_editor=in_editor, as_json=json)


def edit_record(
    here: Context, record: Record, typed: list[str], *, in_editor: bool, as_json: bool
) -> None:
    """Change a record in the way that what is there allows."""

    def keep(filled: Filled) -> None:
        values = editing.changes(record, filled.answers, filled.begun_on)
        if values.get("visibility") == "shared":
            from mentorlog.workflows.sharing import refuse_unsharable

            refuse_unsharable([editing.changed(record, values)], shared=True)
        keep_edited(here, record, values, as_json=as_json)

    def asked(day: date) -> list[Prompt]:
        return editing.prompts(record, day)

    if typed:
        keep(Filled(new_uid(), here.today, editing.settings(record, typed)))
        return
    if not here.is_person_here:
        first = next(iter(editing.fields_to_edit(record)))
        raise UsageError("nothing-to-edit", id=record.id, name=first)
    from mentorlog.cli.filling import fill_in, write_down

    fill = write_down if in_editor else fill_in
    fill(here, f"edit {record.id}", record.uid, asked, {}, keep)


def keep_edited(here: Context, before: Record, values: dict[str, Any], *, as_json: bool) -> None:
    """Keep the changed fields of a record, on top of what it holds by now, and say what is new."""
    with here.journal.transaction("edit") as writing:
        now = here.journal.get(before.id)
        after = editing.changed(now, values)
        if isinstance(after, Pair):
            refuse_taken_name(here.journal, after)
        kept = writing.change(after)
    if as_json or kept != now:
        say_kept(here, [kept], as_json=as_json, before=now)
    else:
        here.tell(_("Nothing has changed."))
