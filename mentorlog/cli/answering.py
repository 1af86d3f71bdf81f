"""The answers to a review as a command line gives them: options, --answer, JSON on standard input.

What they mean is `forms/review_answers.py`'s.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Self

from mentorlog.cli.context import Context
from mentorlog.cli.saying import typed_or_read
from mentorlog.domain.fields import number_text
from mentorlog.errors import (
    BadInput,
    InvalidValue,
    MentorlogError,
    RecordNotFound,
    UsageError,
)
from mentorlog.forms.prompt import Answers
from mentorlog.forms.review_answers import CONSENT, has_parts, key_meant, known_keys, plain_keys

_EXAMPLE = '{"reached": "…", "pulse": 3}'
_FROM_INPUT = "-"
_YES_OR_NO = {True: "yes", False: "no"}


class Given(NamedTuple):
    """The answers by key, as typed; `by_input` are the keys of those that standard input gave."""

    answers: Answers
    by_input: frozenset[str] = frozenset()

    def refuse(self, refusal: MentorlogError) -> None:
        """Refuse what standard input gave as the bad data it is; pass over any other."""
        if self.by_input and isinstance(refusal, UsageError):
            raise BadInput("not-together", refusal) from refusal
        if not isinstance(refusal, InvalidValue):
            return
        key = refusal.field.removeprefix("--")
        if key in self.by_input:
            raise BadInput("unfit", refusal, key=key) from refusal


class Gathering:
    """Puts the answers of one call together; each question is answered once."""

    def __init__(self, here: Context, *, is_stuck: bool) -> None:
        self._here = here
        self._is_stuck = is_stuck
        self._answers: Answers = {}
        self._by_input: set[str] = set()
        self._has_read = False

    def options(self, options: Mapping[str, str | None]) -> Self:
        """Take the options that are answers by themselves, under the keys they are named by."""
        for key, typed in options.items():
            if typed is not None:
                text = self._text(typed)
                if not text.strip():  # a variable of a script that was empty, as a rule
                    raise InvalidValue(
                        f"--{key.removesuffix('_on').replace('_', '-')}", "", "required"
                    )
                self._put(key, text)
        return self

    def of_goals(self, option: str, part: str, words: Iterable[str]) -> Self:
        """Take words such as "g1=4", each the answer to a part of what is asked about a goal."""
        for word in words:
            ref, equals, text = word.partition("=")
            key = key_meant(f"{ref}.{part}", is_stuck=False)
            if key is None or not equals or not text.strip():
                raise UsageError("no-id-text", option=option, example="g1")
            self._put(key, text)
        return self

    def verdicts(self, code: str, words: Iterable[str]) -> Self:
        """Take words such as "g1" or "g1=WHY", each a goal that this is to become of."""
        for word in words:
            ref, _equals, why = word.partition("=")
            key = key_meant(ref, is_stuck=False)
            if key is None or not key[1:].isdecimal():
                raise RecordNotFound("goal", ref)
            self._put(key, code)
            if why.strip():
                self._put(f"{key}.because", why)
        return self

    def words(self, words: Iterable[str]) -> Self:
        """Take words such as "hard=To wait"; "-" stands for an object of them in standard input."""
        for word in words:
            if word == _FROM_INPUT:
                self._read()
                continue
            typed, equals, text = word.partition("=")
            if not equals or not text.strip():
                example = plain_keys(is_stuck=self._is_stuck)[0]
                raise UsageError("no-answer-text", example=example)
            key = key_meant(typed, is_stuck=self._is_stuck)
            if key is None:
                raise UsageError("no-review-key", name=typed, known=self._known)
            self._put(key, text)
        return self

    @property
    def given(self) -> Given:
        """All that was given."""
        return Given(self._answers, frozenset(self._by_input))

    @property
    def _known(self) -> str:
        return known_keys(is_stuck=self._is_stuck)

    def _text(self, typed: str) -> str:
        if typed == _FROM_INPUT:
            self._refuse_reading_twice()
        return typed_or_read(self._here, typed) or ""

    def _read(self) -> None:
        self._refuse_reading_twice()
        for typed, read in _flat(_object(self._here)):
            key = key_meant(typed, is_stuck=self._is_stuck)
            if key is None:
                raise BadInput("no-such-key", typed=typed, known=self._known)
            value = _YES_OR_NO[read] if key == CONSENT and isinstance(read, bool) else read
            if not isinstance(value, str | None):
                raise BadInput("wrong-shape", key=key)
            if key in self._by_input:
                raise BadInput("key-twice", key=key)
            if value is not None and value.strip():
                self._put(key, value)
                self._by_input.add(key)
        if not self._by_input:
            raise BadInput("no-answers")

    def _refuse_reading_twice(self) -> None:
        if self._has_read:
            raise UsageError("input-twice")
        self._has_read = True

    def _put(self, key: str, text: str) -> None:
        if key in self._answers:
            raise UsageError("same-key-twice", name=key)
        self._answers[key] = text


def _object(here: Context) -> list[tuple[str, Any]]:
    """Return what standard input has, key by key: a text, a number as one, None, or something else."""
    import json

    try:
        text = here.hold(here.standard_input())
        if not text.strip():
            raise BadInput("empty")
        read = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_int=str,
            parse_float=_number,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as failure:
        line, column = str(failure.lineno), str(failure.colno)
        raise BadInput("not-json", line=line, column=column) from failure
    except RecursionError as failure:
        raise BadInput("not-an-object", example=_EXAMPLE) from failure
    except UsageError as failure:  # bytes that are no text
        raise BadInput("not-utf8", place=failure.words["place"]) from failure
    if not isinstance(read, _Pairs):
        raise BadInput("not-an-object", example=_EXAMPLE)
    return read


def _number(typed: str) -> str:
    """Return a number as it was typed, a whole one without its decimals: 3.0 is a pulse of 3."""
    value = float(typed)
    return number_text(value) if value.is_integer() else typed


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written: a key may be there twice."""


def _flat(read: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield what an object has; one within it, of a goal or the ratings, under keys such as "g1.value"."""
    for key, value in read:
        if isinstance(value, _Pairs) and has_parts(key):
            yield from ((f"{key}.{inner}", each) for inner, each in value)
        else:
            yield key, value


def _refuse_constant(_typed: str) -> None:
    raise BadInput("not-an-object", example=_EXAMPLE)  # NaN and its like are no JSON
