"""What every command that lists records does with what it found."""

from collections.abc import Sequence

from mentorlog.cli.context import Context
from mentorlog.cli.params import pair_typed
from mentorlog.domain.record import Record
from mentorlog.storage.pairs import all_pairs
from mentorlog.workflows.pairs import the_pair


def pair_asked_for(here: Context, argument: str | None, option: str | None) -> str | None:
    """Return the id of the pair that a list is to be limited to, None where none was named."""
    name = pair_typed(argument, option)
    return None if name is None else the_pair(here.journal, name).id


def show_list(
    here: Context, found: Sequence[Record], nothing: str, *, of: str | None, as_json: bool
) -> None:
    """Show a line for each record, with its partner unless all are `of` one pair; or say `nothing`."""
    if as_json:
        show_array(here, found)
        return
    if not found:
        here.tell(nothing)
        return
    from mentorlog.render.lines import names_of
    from mentorlog.render.lists import listed

    pairs = all_pairs(here.journal)
    are_many = of is None and len(pairs) > 1
    names = names_of(pairs) if are_many else {}
    here.show(listed(found, here.cells, here.style, names))


def show_array(here: Context, found: Sequence[Record]) -> None:
    """Write the records as a JSON array."""
    from mentorlog.render.as_json import record_json

    here.show_json([record_json(record) for record in found])
