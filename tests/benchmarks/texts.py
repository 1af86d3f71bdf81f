"""What people write after a meeting, made up: sentences of `phrases.toml`, always the same for one seed.

Words come as often as in real texts: few of them all the time, a few thousand now and then. What can be
searched for is here too. Which record says what is `journals.py`'s.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import accumulate, cycle
from pathlib import Path
from random import Random
from typing import Any, TypeVar

# What can be searched for: a word of three records however many there are, one of every meeting that is
# written in English, and Japanese of one, two and three signs of every one in Japanese; of many other
# records too.
RARE, COMMON, ONE_SIGN, TWO_SIGNS, THREE_SIGNS = "Kumamoto", "week", "計", "計画", "立て方"

ENGLISH, JAPANESE = "en", "ja"

_PHRASES = Path(__file__).with_name("phrases.toml")
_DAYS = {
    ENGLISH: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    JAPANESE: ["月曜", "火曜", "水曜", "木曜", "金曜"],
}
_Card = TypeVar("_Card")
_Sentence = tuple[str, list[Iterator[str]]]  # its form, and the decks that its words come from
_SLOT = re.compile(r"\{(\w+)\}")
_DECK = 20_011  # cards; prime, as is what each next deck has more, so that no two go round together


class Texts:
    """Says things in either language. Words and sentences lie in decks, drawn once and dealt in turn."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._decks = 0
        phrases = tomllib.loads(_PHRASES.read_text(encoding="utf-8"))
        self._space: dict[str, str] = {language: phrases[language]["space"] for language in phrases}
        self._sentences = {
            language: self._sentences_of(language, phrases[language]) for language in phrases
        }

    def sentence(self, language: str, what: str) -> str:
        """Return one sentence of a sort, such as "action"."""
        form, words = next(self._sentences[language][what])
        return form % tuple(map(next, words))

    def passage(self, language: str, what: str, least: int, most: int) -> str:
        """Return so many sentences of a sort, one after the other."""
        count = self._random.randint(least, most)
        return self._space[language].join(self.sentence(language, what) for _ in range(count))

    def summary(self, language: str) -> str:
        """Return what was talked about: one sentence to three."""
        said = [self.sentence(language, "opening")]
        more = self._random.choice((0, 1, 2, 2))
        said += [self.sentence(language, "summary") for _ in range(more)]
        return self._space[language].join(said)

    def notes(self, language: str) -> str:
        """Return what one keeps for oneself: a paragraph or two."""
        paragraphs = self._random.choice((1, 1, 2))
        return "\n\n".join(self.passage(language, "note", 4, 6) for _ in range(paragraphs))

    def _sentences_of(
        self, language: str, phrases: dict[str, Any]
    ) -> dict[str, Iterator[_Sentence]]:
        """Return a deck of each sort of sentence."""
        words = {name: self._deck(each) for name, each in _words(language, phrases).items()}
        return {
            what: self._deck([_compiled(line, words) for line in lines.strip().splitlines()])
            for what, lines in phrases["sentences"].items()
        }

    def _deck(self, cards: list[_Card]) -> Iterator[_Card]:
        """Return cards without end: the second comes half as often as the first, the third a third."""
        self._decks += 1
        often = list(accumulate(1 / (place + 3) for place in range(len(cards))))
        count = _DECK + 2 * self._decks
        return cycle(self._random.choices(cards, cum_weights=often, k=count))


def _words(language: str, phrases: dict[str, Any]) -> dict[str, list[str]]:
    """Return the words of each list; names of projects and places are put together from two parts."""
    words = {
        name: [each.strip().replace("_", " ") for each in re.split(r"[|\s]+", listed.strip())]
        for name, listed in phrases["words"].items()
    }
    words["Verb"] = [each[0].upper() + each[1:] for each in words["verb"]]
    words["name"] = [begin + end for end in words.pop("end") for begin in words["begin"]]
    words["day"] = _DAYS[language]
    words["number"] = [str(number) for number in range(2, 90)]
    return words


def _compiled(line: str, words: dict[str, Iterator[str]]) -> _Sentence:
    return _SLOT.sub("%s", line), [words[name] for name in _SLOT.findall(line)]
