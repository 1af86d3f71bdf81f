"""FORMATS: every format an export can have, each loaded only when it is written."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from mentorlog.export.material import Material

    Writer = Callable[[Material], str]

# A format's module has `write`: the material in, the text out, without a line end of its own.
FORMATS = {
    "markdown": "mentorlog.export.markdown",
}


def writer(name: str) -> "Writer":
    """Return what writes the format `name`, one of FORMATS."""
    return cast("Writer", import_module(FORMATS[name]).write)
