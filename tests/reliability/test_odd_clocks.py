"""The clock and the world may be odd: each write is stored once, in its order, and reading never breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.storage.journal import Journal
from tests.reliability.intact import new_rows, rows
from tests.reliability.test_many_terminals import at_a_terminal

if TYPE_CHECKING:
    from tests.conftest import Program, Result
    from tests.proofs import Proved


class World(NamedTuple):
    """What a call finds around it: the day taken as today, the zone, and what else is set."""

    today: str
    zone: str = "UTC"
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> dict[str, str]:
        return {"MENTORLOG_TODAY": self.today, "TZ": self.zone, **dict(self.environment)}


C = (("LANG", "C"), ("LC_ALL", "C"))
POSIX = (("LANG", ""), ("LC_ALL", "POSIX"), ("PYTHONCOERCECLOCALE", "0"))
NO_LANG = (("LANG", ""), ("MENTORLOG_LANG", ""))
ASCII = (("PYTHONIOENCODING", "ascii"),)

# Each list is a time that one journal goes through, a command or two in each of its worlds.
TIMES = {
    "a clock set back": [World("2026-11-22"), World("2026-11-21"), World("2026-11-23")],
    "a clock set back by years": [World("2026-11-22"), World("1970-01-01"), World("2026-11-22")],
    "from zone to zone": [
        World("2026-11-22", "Pacific/Kiritimati"),
        World("2026-11-22", "Pacific/Pago_Pago"),
        World("2026-11-22", "Asia/Kathmandu"),
        World("2026-11-22", "Nowhere/Such"),
    ],
    "into and out of summer time": [
        World("2026-03-29", "Europe/Berlin"),
        World("2026-10-25", "Europe/Berlin"),
        World("2027-03-14", "America/New_York"),
        World("2027-11-07", "America/New_York"),
        World("2027-04-03", "Australia/Lord_Howe"),
    ],
    "a 29 February and after": [World("2024-02-29"), World("2025-02-28"), World("2028-02-29")],
    "the end of the calendar": [
        World("9999-12-30", "America/New_York"),
        World("9999-12-31", "America/New_York"),
        World("9999-12-31", "Asia/Tokyo"),
    ],
    "the beginning of the calendar": [
        World("0001-01-01", "Asia/Tokyo"),
        World("0001-01-01", "America/New_York"),
    ],
    "locale C": [World("2026-11-22", environment=C), World("2026-11-22", environment=POSIX)],
    "no LANG": [World("2026-11-22", environment=NO_LANG)],
    "ASCII output": [
        World("2026-11-22", environment=ASCII),
        World("2026-11-22", environment=(*ASCII, ("MENTORLOG_LANG", "ja"))),
    ],
}

READING = (
    ["log"], ["log", "--json", "--all"], ["status"], ["status", "--json"], ["prep", "ken"],
    ["report", "ken"], ["report", "ken", "--json"], ["report"], ["calendar"], ["search", "目標"],
    ["history"], ["show", "m1"], ["pair", "show", "ken"], ["goal", "show", "g1"],
    ["review", "ken", "--no-input"], ["export", "ken"], ["export", "ken", "--for", "programme"],
)  # fmt: skip


def writing(name: str) -> Iterator[list[str]]:
    """Yield commands that write what has a day, each with a text that is this world's own."""
    yield ["meet", "ken", "--summary", f"目標 met {name}", "--action", "Read due:today"]
    yield ["ask", "ken", f"目標 asked {name}"]
    yield ["insight", "ken", f"目標 seen {name}"]
    yield ["goal", "measure", "g1", "2"]
    yield ["feedback", "receive", "ken", f"目標 heard {name}", "--will-change", "all"]
    yield ["reflect", "ken", "--form", "kpt", "--answer", f"keep=目標 kept {name}"]
    yield ["review", "ken", "--conclusions", f"目標 reviewed {name}", "--decision", "continue"]


def check_quiet(words: list[str], result: Result) -> None:
    """Check that a command has done what it was told to, and says so without a stack."""
    assert result.code == 0, (words, result)
    assert "Traceback" not in result.err + result.out


@pytest.mark.proofs(17)
@pytest.mark.parametrize("time", TIMES)
def test_whatever_the_clock_and_the_world_say_each_write_is_stored_once_in_its_order(
    written: Program, proved: Proved, time: str
) -> None:
    """Fails when instants of year 9999 are not bounded as they become UTC, when a cadence is followed
    over the end of the calendar, and when standard output is left to refuse what its encoding lacks."""
    before = rows(written.journal)
    told: list[str] = []
    read = 0

    for place, world in enumerate(TIMES[time]):
        writes = [*writing(f"in {place}"), ["ask", "ken", f"taken back in {place}"], ["undo"]]
        lines = [*writes, *READING]
        for words, result in zip(lines, at_a_terminal(written, lines, world.said), strict=True):
            check_quiet(words, result)
        told += [" ".join(words[:2]) for words in writes]
        read += len(READING)

    history = written.ok("history", "--json", "--limit", "1000").json[: len(told)]
    came = new_rows(before, rows(written.journal))
    worlds = len(TIMES[time])
    questions = [text for _number, text in _questions(written)]
    commands = [line.removesuffix(" ken") for line in reversed(told)]
    assert [each["number"] for each in history] == sorted(
        (each["number"] for each in history), reverse=True
    )
    assert [each["command"] for each in history] == commands
    assert came["writes"] == len(told)
    assert came["question"] == came["insight"] == came["meeting"] == came["review"] == worlds
    assert questions[-worlds:] == [f"目標 asked in {place}" for place in range(worlds)]
    found = written.ok("search", "目標", "--limit", "1000", "--json").json
    assert len(found) == worlds * 6
    proved(
        f"{time}, {worlds} worlds: {came['writes']} writes stored once and in order, {read} readings,"
        f" {worlds} undone, no command broken"
    )


def _questions(program: Program) -> list[tuple[int, str]]:
    with closing(Journal(program.journal)) as journal:
        return [(int(each.id[1:]), each.text) for each in journal.find(Question)]


@pytest.mark.proofs(17)
def test_a_pair_and_a_demo_can_begin_wherever_the_calendar_has_days_for_them(
    mentorlog: Program, proved: Proved
) -> None:
    """Fails when the usual term of a pair is refused because the calendar ends before it, and when the
    demo counts back out of the calendar."""
    last = mentorlog(
        "pair", "start", "Aya", "--as", "mentor", environment={"MENTORLOG_TODAY": "9999-12-31"}
    )
    first = mentorlog(
        "pair", "start", "Ken", "--as", "mentor", environment={"MENTORLOG_TODAY": "0001-01-01"}
    )
    demo = mentorlog("demo", environment={"MENTORLOG_TODAY": "0001-01-01"})

    ends = [each["term_ends_on"] for each in mentorlog.ok("pair", "list", "--json").json]
    assert (last.code, first.code, demo.code) == (0, 0, 1)
    assert ends == [None, "0001-07-01"]
    assert demo.err.count("\n") == 1
    proved("pairs begun on 9999-12-31 and 0001-01-01: kept; a demo before the calendar: one line")


# The clock itself --------------------------------------------------------------------------------

BERLIN = ZoneInfo("Europe/Berlin")
CLOCKS = {
    "going back a day with each write": [
        datetime(2026, 11, 22, 12, tzinfo=UTC) - timedelta(days=back) for back in range(8)
    ],
    "through the hour that is there twice": [
        datetime(2026, 10, 25, 2, minute, fold=fold, tzinfo=BERLIN)
        for fold in (0, 1)
        for minute in (0, 30, 59)
    ],
    "in the hour that is not there": [
        datetime(2026, 3, 29, 2, minute, tzinfo=BERLIN) for minute in (0, 30, 59)
    ],
    "standing still": [datetime(2026, 11, 22, 12, tzinfo=UTC)] * 5,
    "at both ends of the calendar": [
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=ZoneInfo("America/New_York")),
        datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo")),
        datetime(9999, 12, 31, 23, 59, 59),  # noqa: DTZ001  (as `Context.now` has it: local)
        datetime(1, 1, 1),  # noqa: DTZ001
    ],
}


@pytest.mark.proofs(17)
@pytest.mark.parametrize("clock", CLOCKS)
def test_a_clock_that_goes_wrong_between_two_writes_loses_and_doubles_none(
    tmp_path: Path, proved: Proved, clock: str
) -> None:
    """Fails when the log is put in order by its instants instead of its numbers."""
    instants = iter([datetime(2026, 11, 22, 13, tzinfo=UTC), *CLOCKS[clock], *CLOCKS[clock][:2]])
    texts = [str(number) for number in range(len(CLOCKS[clock]))]

    with closing(Journal(tmp_path / "journal.db", lambda: next(instants))) as journal:
        with journal.transaction("pair start") as writing_it:
            pair = writing_it.add(
                Pair(partner="Aya", my_role="mentor", started_on=date(2026, 11, 1))
            )
        for text in texts:
            with journal.transaction("ask") as writing_it:
                writing_it.add(Question(pair=pair.id, text=text, asked_on=date(2026, 11, 22)))
        kept = [each.text for each in journal.find(Question)]
        journal.undo()
        without_last = [each.text for each in journal.find(Question)]
        journal.redo()
        again = [each.text for each in journal.find(Question)]
        history = [each.number for each in journal.history()]

    assert kept == again == texts
    assert without_last == texts[:-1]
    assert history == list(range(len(history), 0, -1))
    new_rows({}, rows(tmp_path / "journal.db"))
    proved(f"a clock {clock}: {len(texts)} writes, each once, in their order; undone and redone")


@pytest.mark.proofs(17)
def test_ascii_output_makes_no_failure_of_what_was_kept(written: Program, proved: Proved) -> None:
    """Fails when the standard streams keep errors="strict": the commit stands and the exit code is 70."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}

    kept = written("ask", "ken", "目標は何ですか 👩‍🚀", environment=ascii_only)
    as_json = written("ask", "ken", "なぜ", "--json", environment=ascii_only)

    assert (kept.code, as_json.code) == (0, 0)
    assert kept.out.isascii()
    assert json.loads(as_json.out)["text"] == "なぜ"
    assert [text for _number, text in _questions(written)][-2:] == ["目標は何ですか 👩‍🚀", "なぜ"]
    proved("2 writes with ASCII output: exit 0, each stored once, nothing but ASCII written out")
