"""The guide: the practice topic by topic, and the questions of `reflect`, in both languages.

The texts are the files beside this one. Here they are read, and searched; how a topic looks is
`render/topic.py`'s, which questions are asked of whom `forms/reflecting.py`'s. A topic is written in
a little of Markdown, a paragraph on one line; a line that is none of it is refused.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mentorlog.text import folded, search_text

# In the order they are read in, from the first meeting on.
TOPICS = (
    "first-meeting", "frequency", "preparing", "advice", "mismatch", "online", "measuring",
    "pausing", "generations", "records", "relationship", "term", "stuck", "becoming-a-mentor",
    "benefits", "skills", "privacy", "feedback", "milestones", "platforms", "habits",
)  # fmt: skip

Prompts = dict[str, dict[str, list[dict[str, str]]]]

_FOLDER = Path(__file__).parent
_LINES = {
    "blank": r"()()",
    "title": r"# (\S.*)()",
    "heading": r"## (\S.*)()",
    "bullet": r"- (\S.*)()",
    "entry": r"([1-9][0-9]?\. )(\S.*)",
    "command": r"    (mentorlog(?: (?! ).+?)?)(?:  # (\S.*))?",
    "see": r"((?:See also|関連): )(\S.*)",
    "paragraph": r"(?![#>|*+\s]|-\s|```)(.+)()",
}
_SENTENCE_END = r"(?<=[.!?])\s+|(?<=[。！？])(?!$)"


class Line(NamedTuple):
    """One line of a topic: `sort` is one of the names above.

    `said` is its text without the mark before it; `mark` is the number of an entry or what leads to
    other topics, `comment` what stands behind a command.
    """

    sort: str
    said: str
    mark: str = ""
    comment: str = ""


class Topic(NamedTuple):
    """One topic as written: its stable name, and its `text`, from which all else is read."""

    name: str
    text: str

    @property
    def title(self) -> str:
        """What the topic is called."""
        return self.lines[0].said

    @property
    def summary(self) -> str:
        """What it says, in one sentence."""
        return self.lines[2].said

    @property
    def lines(self) -> list[Line]:
        """The lines, read; ValueError names one that is not written as the others are."""
        return [_line(self.name, line) for line in self.text.rstrip("\n").split("\n")]

    @property
    def see_also(self) -> list[str]:
        """The names of the topics it leads to."""
        return [name for each in self.lines if each.sort == "see" for name in each.said.split(", ")]


class Passage(NamedTuple):
    """Where a topic speaks of what was looked for: the first `line`, of a paragraph the sentence."""

    topic: Topic
    line: str


@cache
def topic(name: str, language: str) -> Topic:
    """Return one topic in a language."""
    return Topic(name, (_FOLDER / language / f"{name}.md").read_text(encoding="utf-8"))


def topics(language: str) -> list[Topic]:
    """Return all topics in a language, in their order."""
    return [topic(name, language) for name in TOPICS]


@cache
def prompts(language: str) -> Prompts:
    """Return the questions of `reflect` by form and phase: each a key, and its wording by role."""
    text = (_FOLDER / language / "prompts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def name_of(typed: str) -> str | None:
    """Return the topic whose name was typed, or a beginning of it that no other has."""
    wanted = "-".join(folded(typed).split())
    found = [name for name in TOPICS if name.startswith(wanted)]
    if wanted in found or len(found) == 1:
        return wanted if wanted in found else found[0]
    return None


def passages(typed: str, language: str) -> list[Passage]:
    """Return where the topics speak of all the words typed, those first that have it in their title."""
    words = search_text(typed).split()
    found = [each for one in topics(language) if (each := _passage(one, words)) is not None]
    return sorted(found, key=lambda each: not _has_all(each.topic.title, words))


def _passage(one: Topic, words: list[str]) -> Passage | None:
    """Return the first line with all the words or, where they are apart, with the first of them."""
    said = [one.name, *_sentences(one.lines)]
    if not words or not _has_all("\n".join(said), words):
        return None
    whole = (line for line in said if _has_all(line, words))
    part = (line for line in said if _has_all(line, words[:1]))
    return Passage(one, next(whole, None) or next(part))


def _sentences(lines: Iterable[Line]) -> Iterator[str]:
    """Yield what a topic says, a sentence or a command at a time."""
    for line in lines:
        if line.sort == "command":
            yield f"{line.said}  # {line.comment}" if line.comment else line.said
        elif line.sort not in {"blank", "see"}:
            yield from re.split(_SENTENCE_END, line.said)


def _has_all(line: str, words: list[str]) -> bool:
    text = search_text(line.replace("`", ""))
    return all(_begins_somewhere(word, text) for word in words)


def _begins_somewhere(word: str, text: str) -> bool:
    """True where a word of the text begins like that; Japanese has no spaces to begin after."""
    is_latin = word[0].isascii() and word[0].isalnum()
    return re.search(("(?<![a-z0-9])" if is_latin else "") + re.escape(word), text) is not None


def _line(name: str, line: str) -> Line:
    for sort, pattern in _LINES.items():
        found = re.fullmatch(pattern, line)
        if found is not None:
            one, other = found[1], found[2] or ""
            if sort in {"entry", "see"}:
                return Line(sort, other, mark=one)
            return Line(sort, one, comment=other)
    raise ValueError(f"the guide's {name} has a line that is none of its kinds: {line!r}")
