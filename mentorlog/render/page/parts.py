"""The small parts that a page is put together from: tables, quotes, figures, months. No Rich here."""

from collections.abc import Iterable, Sequence

from mentorlog.render.lines import SEPARATOR
from mentorlog.render.markup import Content, Markup, element

UNKNOWN = "–"


def table(
    caption: str, titles: Sequence[Content], rows: Iterable[Markup], total: Markup | None = None
) -> Markup:
    """Return a table, its first title over the names of its rows; a column may go without one."""
    head = [element("th", each, scope="col") if each else element("td") for each in titles]
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *head)),
        element("tbody", *rows),
        None if total is None else element("tfoot", total),
    )


def row(name: Content, *cells: Content) -> Markup:
    """Return a row of a table behind its name."""
    return element(
        "tr",
        element("th", name, scope="row"),
        *(element("td", UNKNOWN if each is None else each) for each in cells),
    )


def wide(content: Markup, name: str) -> Markup:
    """Return something that may be wider than the page: it is scrolled by itself, with the keyboard too."""
    return element("div", content, klass="wide", role="region", tabindex=0, aria_label=name)


def fact(name: str, figure: Content, more: Content = None) -> Markup:
    """Return a figure under its name, with what it stands on."""
    return element(
        "div",
        element("dt", name),
        element(
            "dd",
            element("span", figure, klass="figure"),
            None if more is None else element("span", more, klass="small quiet"),
        ),
    )


def quote(said: str, *sources: str | None) -> Markup:
    """Return the words of somebody, and where they are from."""
    source = joined(*sources)
    return element(
        "blockquote",
        element("p", said, klass="text"),
        element("footer", source) if source else None,
    )


def paragraph(*parts: str | None, klass: str | None = None) -> Markup | None:
    """Return facts on a line; None where nothing is known."""
    said = joined(*parts)
    return element("p", said, klass=klass) if said else None


def joined(*parts: str | None) -> str:
    """Return what is known of these, one after the other."""
    return SEPARATOR.join(part for part in parts if part)
