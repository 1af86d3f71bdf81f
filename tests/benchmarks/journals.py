"""Journals to measure on: years of mentoring, made up, written in bulk and always the same.

What happens is told here, meeting by meeting: what was asked before it, what it brought, what was done
and told after it. The rows and their log are those the program itself would keep, one write a command
(`bulk.py`); what the texts say is `texts.py`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from mentorlog.domain.assessment import SKILLS
from mentorlog.domain.insight import BENEFITS
from mentorlog.domain.pair import CHANNELS
from tests.benchmarks.bulk import Bulk, Row, writing
from tests.benchmarks.texts import ENGLISH, JAPANESE, RARE, Texts

PAIRS = 10
FIRST = date(2020, 1, 1)
LAST = date(2026, 11, 20)

_RECORDS_A_MEETING = 6.26  # with all it brings
_MEETINGS_A_GOAL = 40
_MEETINGS_A_REVIEW = 50
_LANGUAGES = [JAPANESE] + [ENGLISH] * 4


def fill(path: Path, records: int, *, in_first: float = 0.5) -> None:
    """Make a journal of about so many records: ten pairs, `in_first` of everything with the first."""
    rest = (1 - in_first) / (PAIRS - 1)
    shares = [in_first] + [rest] * (PAIRS - 1)
    with writing(path) as bulk:
        telling = _Telling(bulk)
        meetings = (
            each
            for pair, share in enumerate(shares, 1)
            for each in _meetings(pair, records * share)
        )
        for on, pair, number in sorted(meetings):
            telling.meeting(on, pair, number)
        telling.what_is_done_until(LAST)


def _meetings(pair: int, records: float) -> Iterator[tuple[date, int, int]]:
    """Yield the day, the pair and the place of the meetings that come to so many records."""
    count = round(records / _RECORDS_A_MEETING)
    for number in range(count):
        yield FIRST + (LAST - FIRST) * number // count, pair, number


class _Telling:
    """Tells what happens, a meeting at a time, one of every five in Japanese."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._random = Random(0)  # noqa: S311  (the same journal every time)
        self._texts = Texts(self._random)
        self._language = ENGLISH
        self._languages = [ENGLISH]  # of the next meetings
        self._goals: dict[int, int] = {}  # the latest of each pair
        self._advice: dict[int, list[int]] = defaultdict(list)  # of each pair, still to be told
        self._done: dict[date, list[int]] = defaultdict(list)  # actions by the day they are done
        self._begin()

    def meeting(self, on: date, pair: int, number: int) -> None:
        """Tell of the so-manieth meeting of a pair: what comes before it, itself, what comes after."""
        self.what_is_done_until(on)
        self._language = self._languages.pop()
        self._languages = self._languages or self._random.sample(_LANGUAGES, k=len(_LANGUAGES))
        if number % _MEETINGS_A_GOAL == 0:
            self._goal(pair, on, number)
        asked = self._question(pair, on)
        with self._bulk.write("meet", on):
            meeting = self._held(pair, on, number)
            if number % 100:
                answer = {} if number % 3 == 0 else {"answer": self._passage("answer", 1, 2)}
                self._bulk.change("question", asked, state="raised", raised_in=meeting, **answer)
            self._tell_advice(pair, on, number, meeting)
            self._actions(pair, on, number, meeting)
            self._insight(pair, on, number, meeting)
        self._now_and_then(pair, on, number)

    # Before the first meeting --------------------------------------------------------------------

    def _begin(self) -> None:
        """Tell of the pairs, what each agreed on, and what I am good at."""
        for number in range(PAIRS):
            with self._bulk.write("pair start", FIRST):
                pair = self._bulk.add(
                    "pair", partner=f"Pair-{number}", my_role="mentee" if number % 2 else "mentor",
                    started_on=FIRST, cadence="1w", term_ends_on=LAST + timedelta(days=100),
                    minutes=50, channel="online", programme=self._said("topic"), state="active", pauses=[],
                )  # fmt: skip
            words = "my_background their_background my_expectations their_expectations boundaries"
            words += " confidentiality feedback_way leaving remarks"
            agreed = {name: self._passage("agreed", 1, 2) for name in words.split()}
            with self._bulk.write("pair agree", FIRST):
                self._bulk.add("agreement", pair=pair, agreed_on=FIRST, **agreed)
        for place in range(5):
            with self._bulk.write("strength add", FIRST):
                self._bulk.add(
                    "strength", area=self._said("topic"), evidence=self._passage("why", 1, 2),
                    direction=("offered", "wanted")[place % 2],
                )  # fmt: skip

    # A meeting -----------------------------------------------------------------------------------

    def _held(self, pair: int, on: date, number: int) -> int:
        where = f"\n\n{RARE}." if pair == 1 and number < 3 else ""
        topics = [self._said("topic") for _ in range(1 + number % 3)]
        return self._bulk.add(
            "meeting", pair=pair, held_on=on, start_time=("09:30", "17:00", None)[number % 3],
            minutes=None if number % 4 == 0 else 50, channel=CHANNELS[number % len(CHANNELS)],
            topics=topics, summary=self._texts.summary(self._language),
            notes=self._texts.notes(self._language) + where,
            pulse=None if number % 3 == 0 else 1 + number * 7 % 4,
            next_on=None if number % 5 == 0 else on + timedelta(days=7),
            is_kickoff=number == 0, visibility="private" if number % 3 else "shared",
        )  # fmt: skip

    def _question(self, pair: int, on: date) -> int:
        with self._bulk.write("ask", on):
            return self._bulk.add(
                "question", pair=pair, text=self._said("question"), asked_on=on, state="open"
            )

    def _actions(self, pair: int, on: date, number: int, meeting: int) -> None:
        """Two promises, and advice at every other meeting."""
        for owner in ("me", "partner"):
            action = self._action(pair, on, number, meeting, owner=owner, is_advice=False)
            if number % 100 != 99:
                self._done[on + timedelta(days=number % 12)].append(action)
        if number % 2:
            advice = self._action(pair, on, number, meeting, owner="me", is_advice=True)
            if number % 30 != 1:
                self._advice[pair].append(advice)

    def _action(self, pair: int, on: date, number: int, meeting: int, **more: Any) -> int:
        goal = self._goals[pair] if number % 4 == 1 else None
        return self._bulk.add(
            "action", pair=pair, text=self._said("action"), state="open", goal=goal,
            due_on=None if number % 3 == 0 else on + timedelta(days=7),
            assigned_in=None if number % 8 == 0 else meeting, **more,
        )  # fmt: skip

    def _insight(self, pair: int, on: date, number: int, meeting: int) -> None:
        self._bulk.add(
            "insight", pair=pair, text=self._said("insight"), noticed_on=on,
            benefit=(*BENEFITS, None)[number % 8], viewpoint=("me", "partner", None)[number % 3],
            meeting=meeting, goal=self._goals[pair] if number % 2 else None,
        )  # fmt: skip

    # After it ------------------------------------------------------------------------------------

    def what_is_done_until(self, on: date) -> None:
        """Tell, day by day, what was done or dropped: it may be long since the last meeting."""
        for day in sorted(each for each in self._done if each <= on):
            for action in self._done.pop(day):
                dropped = action % 40 == 7
                command = "action drop" if dropped else "action done"
                closed: Row = {"state": "dropped"} if dropped else {"state": "done", "done_on": day}
                if action % 5 == 0:
                    closed["outcome"] = self._said("outcome")
                with self._bulk.write(command, day):
                    self._bulk.change("action", action, **closed)

    def _tell_advice(self, pair: int, on: date, number: int, meeting: int) -> None:
        """What the last advice came to is told at the next meeting."""
        for advice in self._advice.pop(pair, ()):
            told = {"outcome": self._passage("outcome", 1, 2), "told_in": meeting}
            self._bulk.change("action", advice, state="done", done_on=on, **told)

    def _now_and_then(self, pair: int, on: date, number: int) -> None:
        if number % 2:
            with self._bulk.write("goal measure", on):
                self._bulk.add(
                    "measurement", goal=self._goals[pair], taken_on=on, value=float(number % 40),
                    level=number % 5 - 2, note=None if number % 4 == 1 else self._said("reading"),
                )  # fmt: skip
        if number % 10 == 0:
            self._feedback(pair, on, number)
        if number % 25 == 12:
            self._reflection(pair, on)
        if number % _MEETINGS_A_REVIEW == _MEETINGS_A_REVIEW - 1:
            self._review(pair, on, number)

    def _feedback(self, pair: int, on: date, number: int) -> None:
        with self._bulk.write("feedback", on):
            self._bulk.add(
                "feedback", pair=pair, said_on=on, direction=("given", "received")[number // 10 % 2],
                text=self._passage("feedback", 1, 2), will_change=self._said("change"),
                did_change=None if number % 200 == 0 else self._said("outcome"),
            )  # fmt: skip

    def _reflection(self, pair: int, on: date) -> None:
        keys = ("hard", "joy", "growth")
        answers = {key: self._passage("thought", 1, 3) for key in keys}
        with self._bulk.write("reflect", on):
            self._bulk.add(
                "reflection", pair=pair, written_on=on, phase="immersion", form="free",
                answers=answers,
            )  # fmt: skip

    def _goal(self, pair: int, on: date, number: int) -> None:
        """Set a goal, and close the one before it; one of six stays active."""
        before = self._goals.get(pair)
        if before is not None and number % 240 != _MEETINGS_A_GOAL:
            because = self._said("because") if number % 80 else None
            entry = {"revised_on": on.isoformat(), "did": "achieved", "because": because}
            revisions = [entry | {"before": {"state": "active"}}]
            with self._bulk.write("goal achieve", on):
                self._bulk.change("goal", before, state="achieved", revisions=revisions)
        levels = {} if number % 120 else {str(at): self._said("level") for at in range(-2, 3)}
        with self._bulk.write("goal set", on):
            self._goals[pair] = self._bulk.add(
                "goal", pair=pair, statement=self._said("goal"), why=self._passage("why", 1, 2),
                owner="me", unit="talks", baseline=0.0, target=40.0, levels=levels,
                due_on=on + timedelta(days=90), state="active", revisions=[],
            )  # fmt: skip

    def _review(self, pair: int, on: date, number: int) -> None:
        with self._bulk.write("review", on):
            self._bulk.add(
                "review", pair=pair, from_on=on - timedelta(days=70), to_on=on, pulse=3,
                conclusions=self._passage("conclusion", 2, 4), decision="continue",
                thoughts=self._passage("thought", 2, 3), next_review_on=on + timedelta(days=70),
            )  # fmt: skip
            ratings = {skill: 1 + (number + place) % 5 for place, skill in enumerate(SKILLS)}
            self._bulk.add("assessment", pair=pair, rated_on=on, ratings=ratings)

    # Their words ---------------------------------------------------------------------------------

    def _said(self, what: str) -> str:
        return self._texts.sentence(self._language, what)

    def _passage(self, what: str, least: int, most: int) -> str:
        return self._texts.passage(self._language, what, least, most)
