"""The part of a record's text that shows why it was found: cut out of the text as it was written."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from mentorlog.domain.query import Query
from mentorlog.text import Folded, is_joined

_MOST_PLACES = 50  # of a term in a text: what comes later is not looked at
_MOST_OF_ALL = 200  # of all terms
_TOGETHER = 120  # signs within which terms are shown together
_BEFORE, _BEHIND = 60, 200  # signs around the first place that is shown
_LONGEST_WORD = 20  # beyond that, a word is cut in two

Span = tuple[int, int]
_Place = tuple[int, int, int, bool]  # in a folded text: begin, end, which term, if as whole words


class Passage(NamedTuple):
    """A piece of a text, exactly as it was written, and where in it what was found begins and ends.

    `field` is where it stands; `of` is the whole text it was cut from.
    """

    field: str
    text: str
    marks: tuple[Span, ...]
    of: str
    is_begun: bool  # something stands before it
    is_cut: bool  # something stands behind it


def passage(query: Query, texts: Sequence[tuple[str, str]]) -> Passage:
    """Return the part of these texts, given with their fields, in which most of the terms stand."""
    best, places, start = (0, 0), list[_Place](), 0
    field, written, folded = "", "", Folded("")
    for name, text in texts:
        its_folded = Folded(text)
        its_places = _places(query, its_folded.text)
        worth, its_start = _most_together(its_places)
        if worth > best:  # the first of those that are alike
            best, places, start = worth, its_places, its_start
            field, written, folded = name, text, its_folded
    first, _end = folded.span(start, start + 1)
    begin = _at_a_word(written, max(0, first - _BEFORE), first)
    end = _before_a_word(written, first, min(len(written), first + _BEHIND))
    near = [each[:2] for each in places if -2 * _BEFORE < each[0] - start < 2 * _BEHIND]
    marks = _within([folded.span(*place) for place in near], begin, end)
    return Passage(field, written[begin:end], marks, written, begin > 0, end < len(written))


def _places(query: Query, text: str) -> list[_Place]:
    """Return where terms stand in a folded text, in order, each with its number."""
    found = (
        (start, stop, number, is_whole)
        for number, term in enumerate(query.terms)
        for start, stop, is_whole in islice(term.places(text), _MOST_PLACES)
    )
    return sorted(found)[:_MOST_OF_ALL]


def _most_together(places: list[_Place]) -> tuple[tuple[int, int], int]:
    """Return what the part that shows most is worth, and where the first term in it stands.

    Each term that stands there counts, as a whole word once more; of parts alike the one of the longer
    terms, since "the" is said anywhere.
    """
    most, start = (0, 0), 0
    for n, (begin, *_others) in enumerate(places):
        near = [each for each in places[n:] if each[0] < begin + _TOGETHER]
        worth = len({number for _begin, _stop, number, _is_whole in near})
        worth += len({number for _begin, _stop, number, is_whole in near if is_whole})
        letters = {number: stop - begin for begin, stop, number, _is_whole in near}
        if (worth, sum(letters.values())) > most:
            most, start = (worth, sum(letters.values())), begin
    return most, start


def _at_a_word(text: str, start: int, stop: int) -> int:
    """Return `start`, or where the first word after it begins if that is near."""
    if start == 0 or text[start - 1].isspace():
        return start
    for at in range(start, min(start + _LONGEST_WORD, stop)):
        if text[at].isspace():
            return at + 1
    while start < stop and is_joined(text[start]):
        start += 1
    return start


def _before_a_word(text: str, start: int, stop: int) -> int:
    """Return `stop`, or where the last word before it ends if that is near."""
    if stop == len(text) or text[stop].isspace():
        return stop
    for at in range(stop, max(stop - _LONGEST_WORD, start), -1):
        if text[at - 1].isspace():
            return at - 1
    return stop


def _within(marks: list[Span], start: int, stop: int) -> tuple[Span, ...]:
    """Return the marks within a piece, counted from its beginning; those that touch become one."""
    merged: list[Span] = []
    for mark in marks:
        begin, end = max(mark[0], start) - start, min(mark[1], stop) - start
        if begin >= end:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)
