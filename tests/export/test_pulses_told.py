"""No pulse can be worked out from exports for the programme, whatever happens to the journal between them."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentorlog.cli.app import run
from mentorlog.domain.figures_for import report_for
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.record import Record
from mentorlog.domain.review import Review
from mentorlog.errors import JournalBusy, NotPossible
from mentorlog.export.material import Material, Surroundings, gather
from mentorlog.export.summary import summarise
from mentorlog.storage import exports, file
from mentorlog.storage.exports import Export
from mentorlog.storage.journal import Journal
from mentorlog.storage.timeline import Slice, timeline

if TYPE_CHECKING:
    from tests.conftest import Program

TODAY = date(2026, 11, 22)
Pulses = frozenset[tuple[str, int]]  # told in one average: each by the id of what it was felt in

days = st.dates(date(2026, 1, 1), date(2026, 1, 9))
spans = st.none() | st.tuples(days, days).map(lambda ends: (min(ends), max(ends)))
places = st.integers(0, 20)
felt = st.integers(1, 4)
steps = st.one_of(
    st.tuples(st.just("meet"), days, felt),
    st.tuples(st.just("review"), days, felt),
    st.tuples(st.just("feel otherwise"), places, felt),
    st.tuples(st.just("move"), places, days),
    st.tuples(st.just("delete"), places, st.none()),
    st.tuples(st.just("undo"), st.none(), st.none()),
    st.tuples(st.just("redo"), st.none(), st.none()),
    st.tuples(st.just("export"), spans, st.none()),
    st.tuples(st.just("sum up"), places, st.none()),
)
EXPORT = ("export", None, None)
MET = [("meet", date(2026, 1, day), day % 4 + 1) for day in range(1, 8)]


@settings(deadline=None)
@given(st.lists(steps, max_size=40))
@example([*MET, EXPORT, ("delete", 0, None), EXPORT])
@example([*MET, EXPORT, ("feel otherwise", 0, 4), EXPORT, ("undo", None, None), EXPORT])
@example([*MET, EXPORT, ("delete", 0, None), ("meet", date(2026, 1, 1), 1), EXPORT])
@example([*MET, ("export", (date(2026, 1, 4), TODAY), None), ("delete", 0, None), EXPORT])
@example([*MET[:5], ("review", MET[5][1], 4), ("sum up", 5, None), ("delete", 0, None), EXPORT])
def test_any_two_averages_differ_by_whole_threes(walk: Sequence[tuple[str, Any, Any]]) -> None:
    told: list[Pulses] = []
    with TemporaryDirectory() as folder:
        ticks = count()
        start = datetime(2026, 11, 1, tzinfo=UTC)
        journal = Journal(Path(folder, "j.db"), lambda: start + next(ticks) * timedelta(seconds=1))
        with closing(journal):
            with journal.transaction("test") as writing:
                writing.add(Pair(partner="Aya", my_role="mentor", started_on=date(2026, 1, 1)))
            for step in walk:
                told += list(taken(journal, *step))

    # What all averages together tell of are those sums that no average has only a part of.
    alike = defaultdict[tuple[bool, ...], set[tuple[str, int]]](set)
    for pulse in {each for pulses in told for each in pulses}:
        alike[tuple(pulse in pulses for pulses in told)].add(pulse)
    assert all(len(pulses) % 3 == 0 for pulses in alike.values())
    ever = Counter(ref for pulses in alike.values() for ref, _pulse in pulses)
    assert set(ever.values()) <= {1}, "what was told is told with no other pulse"


def taken(journal: Journal, what: str, one: Any, other: Any) -> Iterator[Pulses]:
    """Take a step; yield the pulses that each average stands on which then goes out."""
    known = records(journal)
    chosen = known[one % len(known)] if isinstance(one, int) and known else None
    if what == "export":
        period = one or (None, None)
        yield exported(
            journal, gather(pair(journal), known, around(journal), "programme", TODAY, period)
        )
    elif what == "sum up":
        if isinstance(chosen, Review):
            yield from summed_up(journal, chosen)
    elif what in ("undo", "redo"):
        try:
            getattr(journal, what)()
            pair(journal)
        except NotPossible:
            pass
        except LookupError:
            journal.redo()
    else:
        write(journal, what, chosen, one, other)


def write(journal: Journal, what: str, chosen: Record | None, one: Any, other: Any) -> None:
    with journal.transaction(what) as writing:
        if what == "meet":
            writing.add(Meeting(pair="p1", held_on=one, pulse=other))
        elif what == "review":
            days = {"from_on": one - timedelta(2), "to_on": one}
            writing.add(Review(pair="p1", **days, pulse=other, decision="continue"))
        elif chosen is not None and what == "delete":
            writing.remove(chosen)
        elif chosen is not None and what == "feel otherwise":
            writing.change(chosen.with_changes(pulse=other))
        elif chosen is not None:
            writing.change(chosen.with_changes(**days_of(chosen, other)))


def days_of(record: Record, day: date) -> dict[str, date]:
    """Return what makes a record one of that day; a review looks back over two days before it."""
    if isinstance(record, Review):
        return {"from_on": day - timedelta(2), "to_on": day}
    return {"held_on": day}


def pair(journal: Journal) -> Pair:
    found = journal.find(Pair)
    if not found:
        raise LookupError
    return found[0]


def records(journal: Journal) -> list[Record]:
    """Return what is there, in the order it was written down."""
    known = [entry.record for entry in timeline(journal, Slice(pair="p1"))]
    return sorted(
        (each for each in known if each.kind != "pair"), key=lambda each: str(each.created_at)
    )


def around(journal: Journal) -> Surroundings:
    known = records(journal)
    uids = {each.id: each.uid for each in (pair(journal), *known)}
    return Surroundings([pair(journal)], uids, known, told=exports.told(journal, "p1"))


def noted(journal: Journal, given_out: Material) -> None:
    out = Export(datetime(2026, 11, 22, tzinfo=UTC), "programme", "json", 1, None)
    exports.note(journal, "p1", out, given_out.newly_told)


def told_of(journal: Journal, period: Period) -> Pulses:
    """Return what an average of a period stands on."""
    told = exports.told(journal, "p1")
    found = report_for(pair(journal), records(journal), period, "programme", told)
    return frozenset(zip(found.pulses.ids, found.pulses.values, strict=True))


def exported(journal: Journal, given_out: Material) -> Pulses:
    assert given_out.figures is not None
    pulses = told_of(journal, Period(given_out.since or date.min, given_out.until or date.max))
    noted(journal, given_out)
    assert_average(pulses, given_out.figures.pulses, given_out.figures.pulse_average)
    return pulses


def summed_up(journal: Journal, review: Review) -> Iterator[Pulses]:
    given_out = summarise(
        pair(journal), review, records(journal), around(journal), "programme", TODAY
    )
    assert given_out.summary is not None
    parts = [each for each in (given_out.summary.now, given_out.summary.before) if each]
    pulses = [told_of(journal, Period(each.from_on, each.to_on)) for each in parts]
    noted(journal, given_out)
    for each, its in zip(parts, pulses, strict=True):
        assert_average(its, each.pulses, each.pulse_average)
        yield its


def assert_average(pulses: Pulses, number: int, average: float | None) -> None:
    values = [pulse for _ref, pulse in pulses]
    assert number == len(values)
    assert average == (round(sum(values) / len(values), 1) if values else None)


# --- the commands --------------------------------------------------------------------------------


def figures(mentorlog: Program, *words: str) -> tuple[int, float | None]:
    shown = mentorlog.ok("export", "aya", "--for", "programme", "--json", *words).json["figures"]
    return shown["pulses"], shown["pulse_average"]


def met(mentorlog: Program, *pulses: int) -> None:
    for place, pulse in enumerate(pulses, 1):
        words = ["meet", "Aya", "--on", f"2026-10-{place:02}", "--pulse", str(pulse), "--no-input"]
        mentorlog.ok(*words, *(["--as", "mentor"] if place == 1 else []))


def test_a_meeting_that_is_deleted_between_two_exports_takes_its_three_with_it(
    mentorlog: Program,
) -> None:
    met(mentorlog, 4, 4, 4, 1, 2, 3, 2)

    before = figures(mentorlog)
    mentorlog.ok("delete", "m1", "--yes")
    after = figures(mentorlog)
    mentorlog.ok("undo")
    again = figures(mentorlog)

    assert (before, after, again) == ((6, 3.0), (3, 2.0), (6, 3.0))


def test_a_pulse_that_is_edited_between_two_exports_is_told_in_neither_way(
    mentorlog: Program,
) -> None:
    met(mentorlog, 4, 4, 4, 1, 2, 3, 2)

    figures(mentorlog)
    mentorlog.ok("edit", "m4", "--set", "pulse=2")

    assert figures(mentorlog) == (3, 4.0)


def test_a_summary_of_a_review_and_an_export_keep_to_the_same_threes(mentorlog: Program) -> None:
    met(mentorlog, 4, 1, 1, 1)
    words = ["review", "aya", "--on", "2026-10-03", "--decision", "continue", "--no-input"]
    mentorlog.ok(*words)

    summary = mentorlog.ok("export", "--review", "v1", "--for", "programme", "--json").json
    mentorlog.ok("delete", "m1", "--yes")

    assert (summary["figures"]["pulses"], summary["figures"]["pulse_average"]) == (3, 2.0)
    assert figures(mentorlog) == (0, None)


def test_the_figures_of_the_days_before_a_review_are_told_too(mentorlog: Program) -> None:
    met(mentorlog, 4, 1, 1, 1)
    for day in ("2026-10-03", "2026-10-20"):
        mentorlog.ok("review", "aya", "--on", day, "--decision", "continue", "--no-input")

    summary = mentorlog.ok("export", "--review", "v2", "--for", "programme", "--json").json
    mentorlog.ok("delete", "m1", "--yes")

    assert summary["figures_before"]["pulse_average"] == 2.0
    assert figures(mentorlog) == (0, None)


def test_a_preview_tells_no_average_and_binds_nothing(mentorlog: Program) -> None:
    met(mentorlog, 4, 4, 4, 1)

    previewed = mentorlog.ok("export", "aya", "--for", "programme", "--preview", "--json").json
    mentorlog.ok("delete", "m1", "--yes")

    assert "figures" not in previewed
    assert figures(mentorlog) == (3, 3.0)


def test_for_the_partner_and_for_me_nothing_is_bound(mentorlog: Program) -> None:
    met(mentorlog, 4, 4, 4, 1)

    for audience in ("me", "partner"):
        mentorlog.ok("export", "aya", "--for", audience)
    mentorlog.ok("delete", "m1", "--yes")

    assert figures(mentorlog) == (3, 3.0)


@pytest.mark.parametrize("to", [["-o", "out.json"], []], ids=["file", "screen"])
def test_what_was_never_told_does_not_go_out_without_a_note_and_the_rest_does(
    mentorlog: Program,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    to: list[str],
) -> None:
    met(mentorlog, 4, 4, 4, 1)
    monkeypatch.setenv("MENTORLOG_DB", str(mentorlog.journal))
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.01)
    monkeypatch.chdir(mentorlog.home)
    words = ["export", "aya", "--for", "programme", "--json", *to]

    with locked(mentorlog.journal), pytest.raises(JournalBusy):
        run(words)
    refused, before = capsys.readouterr(), list(mentorlog.home.glob("out.json"))
    run(words)
    capsys.readouterr()
    with locked(mentorlog.journal):
        assert run([*words, *(["--force"] if to else [])]) == 0

    assert (refused.out, before) == ("", [])
    assert refused.err.startswith("A new average of pulses only goes out with a note of it")
    assert "This export is not noted" in capsys.readouterr().err


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the journal as another program would that writes to it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
