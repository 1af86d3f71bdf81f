"""Reads what figures stand on: of every record of a pair its days and codes, none of its words.

What the facts mean is `domain/facts.py`'s, which also makes them of records: both give the same.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mentorlog.domain.action import Action
from mentorlog.domain.facts import (
    Asked,
    Facts,
    Felt,
    Held,
    Noticed,
    Promised,
    Said,
    by_day,
)
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import id_of, parse_reference
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import local
from mentorlog.domain.review import Review
from mentorlog.storage import file
from mentorlog.storage.goals import goals
from mentorlog.storage.journal import Journal
from mentorlog.storage.practice import assessments

Row = tuple[Any, ...]

_MEETINGS = "SELECT number, held_on, minutes, pulse FROM meeting WHERE pair = ?"
_REVIEWS = "SELECT number, to_on, pulse FROM review WHERE pair = ? AND pulse IS NOT NULL"
_ACTIONS = """SELECT number, assigned_in, created_at, owner, is_advice, state, due_on, done_on,
    is_advice = 1 AND state = 'done' AND outcome IS NOT NULL, told_in FROM action WHERE pair = ?"""
_QUESTIONS = "SELECT number, asked_on, state FROM question WHERE pair = ?"
_INSIGHTS = "SELECT number, noticed_on, benefit, goal FROM insight WHERE pair = ?"


def facts(journal: Journal, pair: Pair) -> Facts:
    """Return the facts of a pair, over all its time; NotPossible names a record that is damaged."""
    try:
        return _facts(journal, pair)
    except ValueError:
        for kind in (Meeting, Review, Action, Question, Insight):
            journal.find(kind, "pair = ?", (_number(pair),))
        raise


def _facts(journal: Journal, pair: Pair) -> Facts:
    meetings = _rows(journal, pair, _MEETINGS)
    days = {number: _day(on) for number, on, _minutes, _pulse in meetings}
    felt = [
        Felt(id_of("meeting", ref), days[ref], pulse)
        for ref, _on, _minutes, pulse in meetings
        if pulse
    ]
    felt += [
        Felt(id_of("review", ref), _day(on), pulse)
        for ref, on, pulse in _rows(journal, pair, _REVIEWS)
    ]
    return Facts(
        pair=pair,
        meetings=by_day(
            Held(id_of("meeting", ref), days[ref], minutes)
            for ref, _on, minutes, _pulse in meetings
        ),
        pulses=by_day(felt),
        promises=by_day(_promised(row, days) for row in _rows(journal, pair, _ACTIONS)),
        questions=by_day(
            Asked(id_of("question", ref), _day(on), state)
            for ref, on, state in _rows(journal, pair, _QUESTIONS)
        ),
        insights=by_day(
            Noticed(id_of("insight", ref), _day(on), benefit, goal and id_of("goal", goal))
            for ref, on, benefit, goal in _rows(journal, pair, _INSIGHTS)
        ),
        feedback=by_day(
            Said.of(each) for each in journal.find(Feedback, "pair = ?", (_number(pair),))
        ),
        goals=goals(journal, pair.id, everything=True),
        assessments=assessments(journal, pair.id),
    )


def _rows(journal: Journal, pair: Pair, sql: str) -> list[Row]:
    """Return what a query of a pair finds, by number, as plain tuples."""
    with file.failures_named(journal.path):
        cursor = journal.connection.cursor()
        cursor.row_factory = None
        return sorted(cursor.execute(sql, (_number(pair),)))


def _number(pair: Pair) -> int:
    return parse_reference(pair.id, "pair")[1]


def _promised(row: Row, held_on: Mapping[int, date]) -> Promised:
    ref, agreed_in, created_at, owner, is_advice, state, due_on, done_on, is_told, told_in = row
    done = done_on and _day(done_on)
    kept_on = local(datetime.fromisoformat(created_at)).date()
    return Promised(
        id=id_of("action", ref),
        agreed_on=held_on.get(agreed_in) or min(kept_on, done or kept_on),
        owner=owner,
        is_advice=bool(is_advice),
        state=state,
        due_on=due_on and _day(due_on),
        done_on=done,
        told_on=held_on.get(told_in, done) if is_told else None,
    )


_day = date.fromisoformat
