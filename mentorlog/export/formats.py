"""FORMATS: every format an export can have, each loaded only when it is written."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mentorlog.export.material import Material
    from mentorlog.export.records import Records

# A format is a module with `write`, `files` or both, as what it makes is one text or a folder of them.
# It makes it of a `Material`; one that lists records, without telling a story, of `Records` too. One that
# makes folders has `made` as well, which knows its files by their names and beginnings.
FORMATS = {
    "markdown": "mentorlog.export.markdown",
    "json": "mentorlog.export.json_records",
    "csv": "mentorlog.export.csv_records",
}

Pieces = Iterator[str]  # a text in pieces, each of whole lines with their ends


class Format(NamedTuple):
    """A format: `write` yields one text, `files` the name and the text of each file of a folder.

    What makes `of_records` can hold a whole journal. `in_ascii` says a piece in ASCII, where the format
    has a way to.
    """

    name: str
    write: "Callable[[Material | Records], Pieces] | None"
    files: "Callable[[Material | Records], Iterator[tuple[str, Pieces]]] | None"
    of_records: bool
    in_ascii: Callable[[str], str]


def made(name: str, beginning: str) -> bool:
    """Return True for a file that some format has written into a folder."""
    modules: list[Any] = [import_module(each) for each in FORMATS.values()]
    return any(each.made(name, beginning) for each in modules if hasattr(each, "files"))


def loaded(name: str) -> Format:
    """Return the format `name`, one of FORMATS."""
    module: Any = import_module(FORMATS[name])
    return Format(
        name,
        getattr(module, "write", None),
        getattr(module, "files", None),
        of_records=getattr(module, "OF_RECORDS", False),
        in_ascii=getattr(module, "in_ascii", str),
    )
