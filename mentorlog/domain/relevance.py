"""How well a record fits a query: the one formula by which what was found is put in order."""

from collections.abc import Sequence
from itertools import islice

from mentorlog.domain.query import Query, Term

_MOST_PLACES = 8  # of a term in a text: more of them say nothing more
_USUAL_LENGTH = 200  # signs of a record


def relevance(query: Query, texts: Sequence[str]) -> tuple[int, float] | None:
    """Return how well the folded texts of a record fit; None where they do not hold what is asked for.

    First counts how many of the terms stand there as whole words: who types "plan" means planning only
    second. Then, for each term, how often it stands there, a beginning of a word for half and, in the
    text that comes first and says what the record is about, for double: as in BM25 each further place
    adds less, and less in a long record than in a short one. How rare a word is does not matter, since
    every record found has all of them.
    """
    if any(term.is_in(text) for term in query.without for text in texts):
        return None
    slowness = 0.3 + 0.9 * sum(map(len, texts)) / _USUAL_LENGTH
    whole, points = 0, 0.0
    for term in query.terms:
        is_whole, weight = _weight(term, texts)
        if not weight:
            return None
        whole += is_whole
        points += weight / (weight + slowness)
    return whole, round(points, 3)


def _weight(term: Term, texts: Sequence[str]) -> tuple[bool, float]:
    is_whole_somewhere, weight = False, 0.0
    for number, text in enumerate(texts):
        for _start, _stop, is_whole in islice(term.places(text), _MOST_PLACES):
            is_whole_somewhere = is_whole_somewhere or is_whole
            weight += (1 if is_whole else 0.5) * (1 if number else 2)
    return is_whole_somewhere, weight
