"""The reviews in a Markdown document of a whole pair: each a section or, for the programme, a row.

The summary of one review, with the figures of its days, is `summary_page.py`'s.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from mentorlog.export.material import Item
from mentorlog.export.wording import (
    anchor,
    dated,
    joined,
    label,
    line,
    period,
    said,
    shared,
    table,
)
from mentorlog.i18n import _


def reviews_section(reviews: Sequence[Item]) -> Iterator[str]:
    """Yield each review: its days, what was concluded and decided and, for me, what I thought."""
    if reviews:
        yield "## " + _("Reviews")
    for review in reviews:
        yield f"### {days_of(review)} {anchor(review)}"
        if decided := decision_line(review):
            yield decided
        if is_shared := shared(review):
            yield line(label("visibility"), is_shared)
        for name in ("conclusions", "thoughts", "pulse"):
            if written := said(review, name):
                yield line(label(name), written)


def reviews_table(reviews: Sequence[Item]) -> Iterator[str]:
    """Yield the days and the decision of each review, or nothing where there is none."""
    if not reviews:
        return
    yield "## " + _("Reviews")
    rows = [
        (_day(review, "from_on"), _day(review, "to_on"), said(review, "decision") or "")
        for review in reviews
    ]
    yield table((label("from_on"), label("to_on"), label("decision")), ("---", "---", "---"), *rows)


def days_of(review: Item) -> str:
    """Return the days a review looks back over."""
    return period(review.day("from_on") or date.min, review.day("to_on") or date.min)


def decision_line(review: Item) -> str:
    """Return what was decided and when the next review is, as far as that is known."""
    following = dated(_("next review {day}"), review.day("next_review_on"))
    return joined((said(review, "decision"), following))


def _day(review: Item, name: str) -> str:
    return dated("{day}", review.day(name)) or ""
