"""Counts what the figures of a pair add up, without reading its records: what `report` is drawn from.

The same as `domain/tallies.py` makes of facts, but for the names: of records alike there is how many they
are, and only those are named whose words are quoted. Every statement is answered by an index that has all
it asks for, so that a report over years of daily meetings is there at once. A test holds the two alike.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from mentorlog.domain.goal import closing_day
from mentorlog.domain.ids import Ids
from mentorlog.domain.insight import BENEFITS
from mentorlog.domain.kinds import id_of, parse_reference
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.tallies import (
    TIMINGS,
    Aim,
    FeltOn,
    MetOn,
    Promises,
    Rated,
    Remarks,
    Standing,
    Tallies,
    began_on,
    tallied,
)
from mentorlog.storage import file
from mentorlog.storage.facts import facts
from mentorlog.storage.goals import measured_each
from mentorlog.storage.journal import Journal
from mentorlog.storage.local_days import day_after, local_day, midnight
from mentorlog.storage.open_in_sql import BY_DUE_DAY, OPEN_FEEDBACK
from mentorlog.storage.rows import from_json

Row = tuple[Any, ...]


class Named(NamedTuple):
    """How many records of each sort are named at most; of goals, how many are read, None for all."""

    insights: int
    of_a_goal: int
    feedback: int
    goals: int | None


_MET = """SELECT held_on, count(*), count(minutes), coalesce(sum(minutes), 0) FROM meeting
    WHERE pair = :pair AND held_on <= :until GROUP BY held_on ORDER BY held_on"""
# Read off `meeting_of_pair` or `review_of_pair`, a day's pulses come in the order of their numbers.
_FELT = """SELECT {day} AS day, '{kind}', group_concat(pulse, ''), count(*) FROM {kind}
    INDEXED BY {kind}_of_pair WHERE pair = :pair AND {day} BETWEEN :since AND :until
    AND pulse IS NOT NULL GROUP BY {day}"""
_PROMISED = """SELECT owner, is_advice, state, count(*),
    count(*) FILTER (WHERE state = 'done' AND done_on <= due_on),
    count(*) FILTER (WHERE state = 'done' AND done_on > due_on),
    count(*) FILTER (WHERE state = 'open' AND due_on < :until) FROM {actions} GROUP BY owner, is_advice, state"""
_ALL = _PROMISED.format(actions="action WHERE pair = :pair")
# An action belongs to the day of its meeting, else to the day it was written down or done before. Nearly
# all are within the period as a rule, so those that are not are taken off: no meeting is looked up.
_OUTSIDE = _PROMISED.format(
    actions="""(
    SELECT action.* FROM meeting CROSS JOIN action ON assigned_in = meeting.number
    WHERE meeting.pair = :pair AND held_on < :since
    UNION ALL SELECT action.* FROM meeting CROSS JOIN action ON assigned_in = meeting.number
    WHERE meeting.pair = :pair AND held_on > :until
    UNION ALL SELECT * FROM action WHERE pair = :pair AND assigned_in IS NULL
    AND (created_at < :begins OR done_on < :since
    OR (created_at >= :is_over AND (done_on > :until OR done_on IS NULL))))"""
)
# The days of meetings are looked up in an index of nothing else, a tenth as many pages as the records.
_TOLD = """SELECT CASE WHEN told_on = agreed_on THEN 0
    ELSE CAST(julianday(told_on) - julianday(agreed_on) AS INTEGER) END AS days, count(*) FROM (
    SELECT coalesce(told.held_on, done_on) AS told_on, coalesce(meeting.held_on,
    min(local_day(action.created_at), coalesce(done_on, local_day(action.created_at)))) AS agreed_on
    FROM action LEFT JOIN meeting INDEXED BY meeting_days ON meeting.number = assigned_in
    LEFT JOIN meeting AS told INDEXED BY meeting_days ON told.number = told_in
    WHERE action.pair = :pair AND is_advice = 1 AND state = 'done' AND outcome IS NOT NULL)
    WHERE agreed_on BETWEEN :since AND :until AND told_on IS NOT NULL GROUP BY days"""
_ASKED = """SELECT count(*) FILTER (WHERE state = 'raised'), count(*) FILTER (WHERE state = 'open'),
    count(*) FILTER (WHERE state = 'dropped') FROM question
    WHERE pair = :pair AND asked_on BETWEEN :since AND :until"""
_NOTICED = """SELECT count(*) FROM insight
    WHERE pair = :pair AND noticed_on BETWEEN :since AND :until"""
_LATEST = """SELECT number FROM {kind} WHERE {of} AND {day} BETWEEN :since AND :until
    AND {condition} ORDER BY {day} DESC, number DESC LIMIT :most"""
_BENEFITS = """SELECT benefit, count(*), max(noticed_on) FROM insight
    WHERE pair = :pair AND benefit IS NOT NULL AND noticed_on BETWEEN :since AND :until
    GROUP BY benefit"""
_NEWEST = """SELECT max(number) FROM insight
    WHERE pair = :pair AND benefit = :benefit AND noticed_on = :on"""
_SAID = f"""SELECT direction, {OPEN_FEEDBACK} AS is_open, did_change IS NOT NULL AS has_changed, count(*)
    FROM feedback WHERE pair = :pair AND said_on BETWEEN :since AND :until
    GROUP BY direction, is_open, has_changed"""
_GOALS = f"""SELECT number, state, weight, created_at, revisions,
    (SELECT min(taken_on) FROM measurement WHERE goal = goal.number),
    (SELECT level FROM measurement WHERE goal = goal.number AND level IS NOT NULL
    AND taken_on <= :until ORDER BY taken_on DESC, number DESC LIMIT 1)
    FROM goal WHERE pair = :pair
    ORDER BY state <> 'active', {BY_DUE_DAY}"""
_SAID_ALONE = f"""SELECT direction, {OPEN_FEEDBACK}, did_change IS NOT NULL, said_on, number
    FROM feedback WHERE number = :number"""
_THIS_GOAL = "goal = :goal AND +pair = :pair"  # of one goal there are far fewer than of a pair
_OF_GOAL = f"""SELECT count(*) FROM insight
    WHERE {_THIS_GOAL} AND noticed_on BETWEEN :since AND :until"""
_RATED = """SELECT number, rated_on, ratings FROM assessment
    WHERE pair = :pair AND rated_on <= :until ORDER BY rated_on, number"""


def tallies(journal: Journal, pair: Pair, period: Period, named: Named) -> Tallies:
    """Return what the figures of a period add up; NotPossible names a record that is damaged.

    Where another program has taken an index away, the records are read one by one and all named.
    """
    try:
        return _Counting(journal, pair, period, named).tallies()
    except (ValueError, sqlite3.OperationalError):  # a day cannot be read, or an index is not there
        return tallied(facts(journal, pair), period)


class _Counting:
    """The statements asked of one pair and period."""

    def __init__(self, journal: Journal, pair: Pair, period: Period, named: Named) -> None:
        self._journal, self._pair, self._period, self._most = journal, pair, period, named
        after = day_after(period.until)
        self._values: dict[str, object] = {
            "pair": parse_reference(pair.id, "pair")[1],
            "since": period.since.isoformat(),
            "until": period.until.isoformat(),
            "begins": midnight(period.since),
            "is_over": None if after is None else midnight(after),
        }

    def tallies(self) -> Tallies:
        goals = self._goals()
        return Tallies(
            pair=self._pair,
            period=self._period,
            met=[
                MetOn(_day(on), Ids(count=held), Ids(count=timed), minutes)
                for on, held, timed, minutes in self._rows(_MET)
            ],
            felt=self._felt(),
            promises=list(self._promises()),
            waits=self._waits,
            questions=self._questions(),
            noticed=self._noticed(),
            benefits=self._benefits(),
            feedback=list(self._feedback()),
            goals=goals,
            standings=list(self._standings(goals)),
            assessments=[
                Rated(id_of("assessment", number), _day(on), from_json(ratings))
                for number, on, ratings in self._rows(_RATED)
            ],
        )

    def _felt(self) -> list[FeltOn]:
        """Return the pulses of each day, meetings before reviews; a pulse is a digit."""
        found = [
            row
            for kind, day in (("meeting", "held_on"), ("review", "to_on"))
            for row in self._rows(_FELT.format(kind=kind, day=day))
        ]
        found.sort(key=lambda row: row[0])
        return [
            FeltOn(_day(on), kind, tuple(map(int, pulses)), Ids(count=count))
            for on, kind, pulses, count in found
        ]

    def _promises(self) -> Iterator[Promises]:
        """Yield how many actions stand alike: those of the pair less those of other days."""
        outside = {row[:3]: row[3:] for row in self._rows(_OUTSIDE)}
        advice = Counter[str]()
        for owner, is_advice, state, *every in self._rows(_ALL):
            others = outside.get((owner, is_advice, state), (0,) * len(every))
            count, *timed = (one - other for one, other in zip(every, others, strict=True))
            if is_advice:
                advice[state] += count
            else:
                untimed = count - sum(timed)
                for timing, those in zip((*TIMINGS, None), (*timed, untimed), strict=True):
                    yield _alike(owner, state, those, timing=timing)
        for state, count in advice.items():
            told = sum(self._waits.values()) if state == "done" else 0
            for is_told, those in ((True, told), (False, count - told)):
                yield _alike(self._pair.mentee, state, those, is_advice=True, is_told=is_told)

    @cached_property
    def _waits(self) -> Mapping[int, int]:
        self._journal.connection.create_function("local_day", 1, local_day, deterministic=True)
        return dict(self._rows(_TOLD))

    def _questions(self) -> list[tuple[str, Ids]]:
        (counts,) = self._rows(_ASKED)
        return [
            (state, Ids(count=count))
            for state, count in zip(("raised", "open", "dropped"), counts, strict=True)
        ]

    def _noticed(self) -> Ids:
        ((count,),) = self._rows(_NOTICED)
        latest = self._latest("insight", "noticed_on", self._most.insights)
        return Ids((id_of("insight", number) for number in latest), count)

    def _benefits(self) -> dict[str, Ids]:
        """Return how many insights are evidence for each of the seven, the newest of each named."""
        found = dict.fromkeys(BENEFITS, Ids())
        for benefit, count, on in self._rows(_BENEFITS):
            ((number,),) = self._rows(_NEWEST, benefit=benefit, on=on)
            found[benefit] = Ids([id_of("insight", number)], count)
        return found

    def _feedback(self) -> Iterator[Remarks]:
        """Yield how many pieces of feedback are alike; the latest, which are quoted, come last, each alone."""
        named = {
            number
            for condition in (OPEN_FEEDBACK, "did_change IS NOT NULL")
            for number in self._latest("feedback", "said_on", self._most.feedback, condition)
        }
        alike = {row[:3]: row[3] for row in self._rows(_SAID)}
        alone = [row for number in sorted(named) for row in self._rows(_SAID_ALONE, number=number)]
        alone.sort(key=itemgetter(3))
        for *codes, _on, _number in alone:
            alike[tuple(codes)] -= 1
        for (direction, is_open, has_changed), count in alike.items():
            yield Remarks(direction, bool(is_open), bool(has_changed), Ids(count=count))
        for direction, is_open, has_changed, _on, number in alone:
            ids = Ids([id_of("feedback", number)])
            yield Remarks(direction, bool(is_open), bool(has_changed), ids)

    def _goals(self) -> list[Aim]:
        """Return the goals that were there within the period."""
        goals = []
        for number, state, weight, created_at, revisions, first_read_on, level in self._rows(
            _GOALS
        ):
            closed_on = None if state == "active" else closing_day(from_json(revisions))
            began = began_on(
                datetime.fromisoformat(created_at),
                None if first_read_on is None else _day(first_read_on),
                closed_on,
            )
            goals.append(Aim(id_of("goal", number), state, weight, level, began, closed_on))
        return [each for each in goals if each.is_within(self._period)]

    def _standings(self, goals: Sequence[Aim]) -> Iterator[Standing]:
        shown = [each.id for each in goals[: self._most.goals]]
        for measured in measured_each(self._journal, shown):
            of = parse_reference(measured.goal.id, "goal")[1]
            ((count,),) = self._rows(_OF_GOAL, goal=of)
            newest = self._latest("insight", "noticed_on", self._most.of_a_goal, goal=of)
            named = (id_of("insight", number) for number in reversed(newest))
            yield Standing.of(measured, self._period, Ids(named, count))

    def _latest(
        self, kind: str, day: str, most: int, condition: str = "1", goal: int | None = None
    ) -> list[int]:
        """Return the numbers of the latest records of the pair, or of a goal of it, the last one last."""
        of = "pair = :pair" if goal is None else _THIS_GOAL
        sql = _LATEST.format(kind=kind, day=day, of=of, condition=condition)
        found = [number for (number,) in self._rows(sql, most=most, goal=goal)]
        return found[::-1]

    def _rows(self, sql: str, **more: object) -> list[Row]:
        """Return what a statement finds, as plain tuples."""
        with file.failures_named(self._journal.path):
            cursor = self._journal.connection.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, self._values | more).fetchall()


def _alike(
    owner: str,
    state: str,
    count: int,
    *,
    is_advice: bool = False,
    timing: str | None = None,
    is_told: bool = False,
) -> Promises:
    return Promises(owner, is_advice, state, timing, is_told, Ids(count=count))


_day = date.fromisoformat
