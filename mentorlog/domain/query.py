"""What is looked for: the words and phrases of a query, and where they stand in a text.

Any text is a query; none is refused. Which records may hold it, is asked of the index (`storage/`);
how well one fits, is `relevance.py`'s.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mentorlog.text import is_gap, is_in_word, search_text, words

_QUOTES = str.maketrans(dict.fromkeys("“”„", '"'))
_AROUND = "'()<>[]{}*「」『』【】〈〉《》〔〕‘’«»"
_BEHIND = _AROUND + ".,:;!?、。"


Place = tuple[
    int, int, bool
]  # where a term begins and ends in a folded text, and if as whole words


class Term(NamedTuple):
    """One thing to look for, folded: a word, or the `pieces` of a phrase one after the other.

    A word may go on where it is found, a phrase stands as whole words; in a script without spaces both
    stand anywhere.
    """

    pieces: tuple[str, ...]
    is_phrase: bool = False

    @property
    def words(self) -> list[str]:
        """The words that the index has of a record in which the term stands, in their order."""
        return words(" ".join(self.pieces))

    @property
    def may_go_on(self) -> bool:
        """True when the last of its words may be the beginning of a longer one."""
        return not self.is_phrase and is_in_word(self.pieces[-1][-1])

    @property
    def is_one_word(self) -> bool:
        """True when a record has the term as soon as the index has its word."""
        return len(self.pieces) == 1 and self.words == [*self.pieces]

    def places(self, text: str) -> Iterator[Place]:
        """Yield where it stands in a folded text."""
        start = text.find(self.pieces[0])
        while start >= 0:
            stop = self._stop(text, start)
            if stop is not None:
                yield start, stop, _is_edge(text, stop)
            start = text.find(self.pieces[0], max(start + 1, stop or 0))

    def is_in(self, text: str) -> bool:
        """True when it stands in a folded text."""
        return any(True for _place in self.places(text))

    def _stop(self, text: str, start: int) -> int | None:
        """Return where it ends if it begins there; None where it does not stand there."""
        at = start
        for piece in self.pieces:
            while not text.startswith(piece, at):
                if at == len(text) or not is_gap(text[at]):
                    return None
                at += 1
            if not _is_edge(text, at):
                return None
            at += len(piece)
            if self.is_phrase and not _is_edge(text, at):
                return None
        return at


class Query(NamedTuple):
    """What has to stand in a record, in whichever of its fields, and what must not."""

    terms: tuple[Term, ...]
    without: tuple[Term, ...]


def parse_query(typed: str) -> Query:
    """Return what a line of words, "phrases" and -words looks for.

    What has no word in it, such as a question mark on its own, is passed over; so is what no text can
    hold. A quotation mark that is never closed counts for nothing.
    """
    keepable = typed.encode("utf-8", "ignore").decode()
    parts = search_text(keepable).translate(_QUOTES).split('"')
    terms: dict[Term, None] = {}
    without: dict[Term, None] = {}
    for place, part in enumerate(parts):
        if place % 2 and place < len(parts) - 1:
            pieces = tuple(filter(None, map(_bare, part.split())))
            found = [(Term(pieces, is_phrase=True), _is_negated(parts[place - 1]))]
        else:
            found = [
                (Term((_bare(word.lstrip("-")),)), word.startswith("-")) for word in part.split()
            ]
        for term, is_unwanted in found:
            if term.words:
                (without if is_unwanted else terms)[term] = None
    return Query(tuple(terms), tuple(without))


def _bare(word: str) -> str:
    """Return a word without the signs that only stand around it, as in a sentence."""
    return word.lstrip(_AROUND).rstrip(_BEHIND)


def _is_negated(before: str) -> bool:
    """True when what stands before a quotation mark ends with a dash of its own."""
    return before.endswith("-") and before[-2:-1].strip() == ""


def _is_edge(text: str, at: int) -> bool:
    """True when no word goes on across that place."""
    is_inside = 0 < at < len(text) and is_in_word(text[at]) and is_in_word(text[at - 1])
    return not is_inside
