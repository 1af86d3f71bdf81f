"""Markup that is safe by how it is built: whatever is not markup already becomes text in it.

For HTML and SVG alike. Text from people is made visible and escaped here, once; what a document
consists of is `page/`'s and `picture.py`'s. No Rich here.
"""

import re
from html import escape

from mentorlog.text import visible

_NO_XML = re.compile("[\ufffe\uffff]")  # all that `visible` leaves and XML cannot have


class Markup(str):
    """A piece of a document, to be put into another one as it is."""

    __slots__ = ()


Content = str | None  # of an element: what is None is left out


def text(said: str) -> Markup:
    """Return a text as markup that shows it; a `Markup` is returned as it is."""
    if isinstance(said, Markup):
        return said
    shown = visible(said, block=True)
    if not shown.isprintable():
        shown = _NO_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", shown)
    return Markup(escape(shown))


def together(*content: Content) -> Markup:
    """Return pieces one after the other."""
    return Markup("".join(text(each) for each in content if each is not None))


def element(name: str, /, *content: Content, **attributes: object) -> Markup:
    """Return an element with its end tag.

    An attribute that is None is left out. `klass` is its class; an underscore stands for a hyphen, and
    two for a colon, so that `aria_label` and `xml__lang` can be written.
    """
    opening = _opening(name, attributes)
    return Markup(f"<{opening}>{together(*content)}</{name}>")


def alone(name: str, /, **attributes: object) -> Markup:
    """Return an element of HTML that has no end, such as `meta`."""
    return Markup(f"<{_opening(name, attributes)}>")


def _opening(name: str, attributes: dict[str, object]) -> str:
    said = [
        f'{_attribute(key)}="{text(_written(value))}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return " ".join([name, *said])


def _attribute(key: str) -> str:
    return "class" if key == "klass" else key.replace("__", ":").replace("_", "-")


def _written(value: object) -> str:
    """Return the value of an attribute: a measure to a tenth, without a tail of zeros."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
