"""`show`: records in full, and who may see them."""

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, Records
from mentorlog.cli.saying import partner_of
from mentorlog.domain.record import Record
from mentorlog.storage import queries
from mentorlog.storage.pairs import belongs_to

app = new_app()


@app.command(cls=Command)
def show(ctx: typer.Context, records: Records, json: Json = False) -> None:
    """Show records in full and who may see them; of a meeting also what it made and closed."""
    here: Context = ctx.obj
    found = [here.journal.get(ref) for ref in records]
    if json:
        from mentorlog.render.as_json import record_json

        shown = [record_json(record) for record in found]
        here.show_json(shown[0] if len(shown) == 1 else shown)
        return
    for place, record in enumerate(found):
        if place:
            here.show("")
        _draw(here, record)


def _draw(here: Context, record: Record) -> None:
    from mentorlog.domain.who_sees import who_sees
    from mentorlog.render.details import details, long_texts
    from mentorlog.render.lists import listed

    sights = who_sees(record, belongs_to(here.journal, record))
    here.show(details(record, partner_of(here, record), sights, here.width, here.style))
    for text in long_texts(record):
        here.show("\n" + text)
    made = queries.made_in(here.journal, record.id) if record.kind == "meeting" else []
    if made:
        here.show("\n" + listed(made, here.cells, here.style))
