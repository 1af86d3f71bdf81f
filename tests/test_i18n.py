"""Speaking another language than the one chosen: for a text that is sent to somebody."""

from __future__ import annotations

from datetime import date

import pytest

from mentorlog import i18n

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "word", "day", "short"),
    [
        ("en", "mentee", "Sun 22 Nov 2026", "Sun 22 Nov"),
        ("ja", "メンティー", "2026年11月22日(日)", "11月22日(日)"),
    ],
)
def test_a_language_is_spoken_whatever_the_program_speaks(
    code: str, word: str, day: str, short: str
) -> None:
    before = i18n.language

    speech = i18n.spoken(code)

    assert (speech.text("mentee"), speech.day(DAY), speech.short_day(DAY)) == (word, day, short)
    assert i18n.language == before


def test_a_language_without_a_catalogue_speaks_as_the_source_does() -> None:
    assert i18n.spoken("xx").text("mentee") == "mentee"
