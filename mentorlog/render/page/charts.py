"""The charts of a page: ways, lines over time, parts of a whole. Each says in words what it shows. No Rich here."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from mentorlog.i18n import day, short_day
from mentorlog.render.markup import Markup, element

_WIDE = 360.0
_LEFT, _RIGHT = 14.0, 8.0  # of a line chart
_HIGH = 90.0
_MOST_DOTS = 60  # beyond them a line says more


class Rule(NamedTuple):
    """A height of a line chart; one that is aimed at is dashed. A short name stands before it, a long one on it."""

    at: float
    name: str
    is_aim: bool = False


class Part(NamedTuple):
    """A part of a whole, and the class it is filled with."""

    size: int
    klass: str


def way(share: float, name: str) -> Markup:
    """Return how much of a way is done: a bar from its beginning to its end."""
    done = min(1.0, max(0.0, share))
    return element(
        "svg",
        element("rect", x=0, y=2, width=_WIDE, height=8, rx=4, klass="none"),
        element("rect", x=0, y=2, width=_WIDE * done, height=8, rx=4, klass="full")
        if done
        else None,
        element("circle", cx=6 + (_WIDE - 12) * done, cy=6, r=5, klass="ring"),
        viewBox=f"0 0 {_WIDE:g} 12",
        role="img",
        aria_label=name,
        klass="chart",
    )


def parts(of: Sequence[Part], name: str) -> Markup:
    """Return parts of a whole, beside each other in one bar."""
    whole, at = sum(each.size for each in of), 0.0
    drawn = []
    for each in of:
        width = _WIDE * each.size / whole if whole else 0.0
        if width:
            drawn.append(
                element("rect", x=at, y=0, width=max(1, width - 1), height=10, klass=each.klass)
            )
        at += width
    return element(
        "svg", *drawn, viewBox=f"0 0 {_WIDE:g} 10", role="img", aria_label=name, klass="chart"
    )


def line(points: Sequence[tuple[date, float]], rules: Sequence[Rule], name: str) -> Markup:
    """Return how a number went over time, two days and more of it, between `rules`."""
    first, last = points[0][0], points[-1][0]
    values = [value for _on, value in points] + [each.at for each in rules]
    low, high = min(values), max(values)

    def place(on: date, value: float) -> tuple[float, float]:
        across = (on - first).days / ((last - first).days or 1)
        up = (value - low) / ((high - low) or 1)
        return _LEFT + across * (_WIDE - _LEFT - _RIGHT), 13 + (1 - up) * (_HIGH - 33)

    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (place(*each) for each in points))
    return element(
        "svg",
        *_rules(rules, [place(first, each.at)[1] for each in rules]),
        element("path", d=f"M{path}", klass="line" if len(points) <= _MOST_DOTS else "line fine"),
        *_dots([place(*each) for each in points]),
        element("text", _on(first, last), x=_LEFT, y=_HIGH - 3),
        element("text", _on(last, last), x=_WIDE - _RIGHT, y=_HIGH - 3, klass="end"),
        viewBox=f"0 0 {_WIDE:g} {_HIGH:g}",
        role="img",
        aria_label=name,
        klass="chart",
    )


def dots(first: int, latest: int, highest: int) -> Markup:
    """Return a rating as so many dots: how it was first, as a ring, and how it is, filled.

    It says nothing that does not stand beside it.
    """
    ends = sorted((first, latest))
    shapes = [
        element("circle", cx=12 * number - 4, cy=6, r=1.5, klass="part")
        for number in range(1, highest + 1)
    ]
    span = f"M{12 * ends[0] - 4} 6H{12 * ends[1] - 4}"
    return element(
        "svg",
        *shapes,
        element("path", d=span, klass="line") if first != latest else None,
        element("circle", cx=12 * first - 4, cy=6, r=3.5, klass="ring"),
        element("circle", cx=12 * latest - 4, cy=6, r=4, klass="full"),
        viewBox=f"0 0 {12 * highest + 4} 12",
        aria_hidden="true",
        klass="dots",
    )


def _rules(rules: Sequence[Rule], heights: Sequence[float]) -> Iterator[Markup]:
    for rule, y in zip(rules, heights, strict=True):
        klass = "aim" if rule.is_aim else "rule"
        yield element("path", d=f"M{_LEFT:g} {y:.1f}H{_WIDE - _RIGHT:g}", klass=klass)
        if len(rule.name) == 1:
            yield element("text", rule.name, x=_LEFT - 5, y=y + 3.5, klass="end")
        elif rule.is_aim:
            yield element("text", rule.name, x=_LEFT, y=y - 3, klass="named")
        else:
            yield element("text", rule.name, x=_WIDE - _RIGHT, y=y - 3, klass="named end")


def _dots(places: Sequence[tuple[float, float]]) -> Iterator[Markup]:
    if len(places) <= _MOST_DOTS:
        for x, y in places[:-1]:
            yield element("circle", cx=x, cy=y, r=2.5, klass="ring")
    x, y = places[-1]
    yield element("circle", cx=x, cy=y, r=3.5, klass="full")


def _on(one: date, last: date) -> str:
    return short_day(one) if one.year == last.year else day(one)
