"""TARGETS: every parser of what people type and bring, with what it may refuse and what has to hold.

A target reads a text or a file. Beside a refusal of the house no exception may come out, and what was
read has to keep its meaning: written down again it reads as the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from mentorlog.domain.cadence import expected_days, interval_days, parse_cadence
from mentorlog.domain.query import parse_query
from mentorlog.domain.when import add_span, parse_clock, parse_day, span_parts, split_due
from mentorlog.errors import BadFile, ConfigUnusable, InvalidValue, MentorlogError, UsageError
from mentorlog.importers.days import check_date_format, read_moment
from mentorlog.text import search_text
from tests.reliability.fuzzing import files, folder, seeds

TODAY = date(2026, 11, 22)
LEAP = date(2028, 2, 29)


class Target(NamedTuple):
    """A parser: `read` takes a text or, where it is `of_bytes`, a file; `hold` fails if that was wrong.

    `refusals` are all that it may raise. Inputs are made of the `seeds`, which it reads, and of the
    `pieces` of its language; `found` are inputs that it once did wrong.
    """

    read: Callable[[Any], Any]
    hold: Callable[[Any, Any], None]
    refusals: tuple[type[MentorlogError], ...]
    seeds: tuple[str, ...] | tuple[bytes, ...]
    pieces: tuple[str, ...]
    found: tuple[str | bytes, ...] = ()
    of_bytes: bool = False
    is_json: bool = False

    def outcome(self, given: str | bytes) -> str:
        """Return "read" or "refused"; anything else the parser does is raised."""
        try:
            found = self.read(given)
        except self.refusals:
            return "refused"
        self.hold(given, found)
        return "read"

    def outcome_of_bytes(self, data: bytes) -> str:
        """Return the outcome of what a fuzzer made; half a character is what argv makes of it."""
        return self.outcome(data if self.of_bytes else data.decode("utf-8", "surrogateescape"))


# One value ---------------------------------------------------------------------------------------


def _day(text: str) -> date:
    found = parse_day(text, TODAY)
    parse_day(text, LEAP) if text.isascii() else None
    return found


def _day_reads_back(text: str, day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day:%A} {day.isoformat()}",
        f"{day.isoformat()} ({day:%a})",
    ):
        if day.year >= 1000 or written == day.isoformat():
            assert parse_day(written, LEAP) == day
    japanese = f"{day.year:04}年{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})"
    assert parse_day(japanese, LEAP) == day
    assert parse_day(f" {text}\t", TODAY) == day
    if text.isascii():
        assert parse_day(text.upper(), TODAY) == day


def _clock_reads_back(text: str, clock: str) -> None:
    assert re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", clock)
    assert parse_clock(clock) == clock
    assert parse_clock(f" {text.upper()} " if text.isascii() else text) == clock


def _span_leads_on(text: str, end: date) -> None:
    assert end > TODAY
    parts = span_parts(text)
    assert parts is not None
    number, unit = parts
    if number == int(number) and number < 10_000:
        assert add_span(TODAY, f"{int(number)}{unit}") == end


def _cadence_is_one_form(_text: str, form: str) -> None:
    assert parse_cadence(form) == form
    assert 1 <= interval_days(form) <= 36525
    days = expected_days(TODAY, form, date(2030, 1, 1))
    assert days == sorted(set(days))
    assert all(TODAY < day <= date(2030, 1, 1) for day in days)


def _action_is_whole(text: str, found: tuple[str, date | None]) -> None:
    rest, due = found
    if due is None:
        assert rest == text
        return
    assert split_due(rest, TODAY) == (rest, None)
    marked = f"{rest} due:{due.isoformat()}" if rest else f"due:{due.isoformat()}"
    assert split_due(marked, LEAP) == (rest.rstrip(), due)  # a marker takes the space around it
    left, given = ("".join(each.split()) for each in (rest, text))
    assert len(left) < len(given)
    assert any(
        given.startswith(left[:at]) and given.endswith(left[at:]) for at in range(len(left) + 1)
    )


def _query_is_stable(text: str, query: Any) -> None:
    for term in (*query.terms, *query.without):
        assert term.words
        for piece in term.pieces:
            assert piece == search_text(piece)
    files.searched(query)


def _date_format(text: str) -> str:
    check_date_format(text)
    return text


def _days_are_read_by_it(text: str, _found: str) -> None:
    for day in (TODAY, LEAP, date(2003, 4, 5)):
        assert read_moment(day.strftime(text).strip(), text).on == day


# The list ----------------------------------------------------------------------------------------

TARGETS: dict[str, Target] = {
    "day": Target(
        _day, _day_reads_back, (InvalidValue,), seeds.DAYS, seeds.DAY_PIECES,
        found=("fri (fri)", "İſK"),
    ),
    "clock": Target(
        parse_clock, _clock_reads_back, (InvalidValue,), seeds.CLOCKS, seeds.DAY_PIECES,
    ),
    "span": Target(
        lambda text: add_span(TODAY, text), _span_leads_on, (InvalidValue,), seeds.SPANS,
        seeds.DAY_PIECES,
    ),
    "cadence": Target(
        parse_cadence, _cadence_is_one_form, (InvalidValue,), seeds.CADENCES, seeds.CADENCE_PIECES,
    ),
    "action": Target(
        lambda text: split_due(text, TODAY), _action_is_whole, (InvalidValue,), seeds.ACTIONS,
        (*seeds.ACTION_PIECES, *seeds.DAY_PIECES), found=("due:tomorrow a b ",),
    ),
    "query": Target(parse_query, _query_is_stable, (), seeds.QUERIES, seeds.QUERY_PIECES),
    "date-format": Target(
        _date_format, _days_are_read_by_it, (UsageError,), seeds.DATE_FORMATS, seeds.FORMAT_PIECES,
        found=(" %d/%m/%Y",),
    ),
    "prompts": Target(
        folder.prompts, folder.prompts_can_be_answered, (ConfigUnusable,), seeds.PROMPTS,
        seeds.TOML_PIECES, of_bytes=True,
    ),
    "config": Target(
        folder.settings, folder.settings_can_be_kept, (ConfigUnusable, InvalidValue), seeds.CONFIGS,
        seeds.TOML_PIECES, of_bytes=True,
        found=(b'journal = "~nobody9/journal.db"\n', b'journal = "a\\u0000b"\n'),
    ),
    "jrnl": Target(
        files.jrnl, files.jrnl_reads_back, (BadFile,), seeds.JRNL, seeds.JRNL_PIECES, of_bytes=True,
    ),
    "jrnl-json": Target(
        files.jrnl, files.jrnl_json_is_whole, (BadFile,), seeds.JRNL_JSON, seeds.JSON_PIECES,
        of_bytes=True, is_json=True,
    ),
    "dayone": Target(
        files.dayone, files.dayone_is_whole, (BadFile,), seeds.DAYONE, seeds.JSON_PIECES,
        of_bytes=True, is_json=True,
    ),
    "csv": Target(
        files.csv, files.csv_is_whole, (BadFile, UsageError), seeds.CSV, seeds.CSV_PIECES,
        found=(b"date,minutes\n2026-11-20,\x1c50\n",), of_bytes=True,
    ),
    "json": Target(
        files.json, files.json_is_exact, (BadFile,), seeds.JSON, seeds.JSON_PIECES,
        of_bytes=True, is_json=True,
    ),
    "file": Target(
        files.any_file, lambda _given, _found: None, (BadFile, UsageError), seeds.FILES,
        (*seeds.JSON_PIECES, *seeds.JRNL_PIECES), of_bytes=True,
    ),
}  # fmt: skip
