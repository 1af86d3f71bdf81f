"""Reviewing: one write that keeps the look back, changes goals and pair, and refuses as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mentorlog.domain.assessment import Assessment
from mentorlog.domain.goal import LEVELS, Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import new_uid
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.review import Review
from mentorlog.domain.when import add_span
from mentorlog.errors import InvalidValue, MentorlogError, NotPossible, RecordNotFound, UsageError
from mentorlog.storage.journal import Journal
from mentorlog.workflows.goals import achieve, new_goal
from mentorlog.workflows.reporting import digest
from mentorlog.workflows.reviewing import (
    Account,
    Decision,
    Reading,
    Reviewed,
    Verdict,
    review,
)

DAY = date(2026, 11, 22)
TERM_ENDS = date(2027, 5, 1)
FIVE = {level: f"outcome {level}" for level in LEVELS}


@pytest.fixture
def pair(journal: Journal, aiko: Pair) -> Pair:
    """The pair p1 with a term."""
    with journal.transaction("edit") as writing:
        return writing.change(aiko.with_changes(term_ends_on=TERM_ENDS))


def goal(journal: Journal, pair: Pair, **fields: Any) -> Goal:
    with journal.transaction("goal set") as writing:
        return writing.add(new_goal(pair, DAY, **{"statement": "Read"} | fields))


def kept(journal: Journal, pair: Pair, *, on: date = DAY, **fields: Any) -> Reviewed:
    return review(journal, pair.id, Account(new_uid(), on, **{"pulse": 3} | fields), DAY)


def everything(journal: Journal) -> list[object]:
    kinds = (Pair, Goal, Review, Reflection, Measurement, Assessment)
    return [record for kind in kinds for record in journal.find(kind)]


# What is kept ------------------------------------------------------------------------------------


def test_the_first_review_looks_back_from_the_start_and_the_next_from_the_last(
    journal: Journal, pair: Pair
) -> None:
    with journal.transaction("meet") as writing:
        writing.add(Meeting(pair=pair.id, held_on=date(2026, 10, 30)))  # before the start
    go_on = Decision("continue")
    undecided = kept(journal, pair, on=date(2026, 11, 8), conclusions="Go on").review
    first = kept(journal, pair, on=date(2026, 11, 15), decision=go_on).review
    second = kept(journal, pair, thoughts="Tired", decision=go_on).review
    same_day = kept(journal, pair).review
    chosen = kept(journal, pair, since=date(2026, 11, 10)).review

    periods = [
        (each.from_on.day, each.to_on.day) for each in (undecided, first, second, same_day, chosen)
    ]
    assert periods == [(30, 8), (30, 15), (16, 22), (22, 22), (10, 22)]
    assert (undecided.conclusions, undecided.visibility) == ("Go on", "private")
    assert second.thoughts == "Tired"


def test_a_review_is_one_write_that_undo_takes_back_whole(journal: Journal, pair: Pair) -> None:
    read, write = goal(journal, pair, target=9.0), goal(journal, pair, levels=FIVE)
    before = everything(journal)

    done = kept(
        journal, pair,
        written={"hard": "To wait"}, ratings={"learning": 4}, pulse=3, is_shared=True,
        readings=[Reading(read.id, 4.0, None), Reading(write.id, None, 1)],
        verdicts=[Verdict(read.id, "revise", {"target": 12.0}, "more"), Verdict(write.id, "achieve")],
        decision=Decision("extend", by="3m"),
    )  # fmt: skip
    after = everything(journal)
    journal.undo()

    assert [each.id for each in done.records] == ["v1", "p1", "r1", "k1", "n1", "n2", "g1", "g2"]
    assert (done.review.pulse, done.review.visibility) == (3, "shared")
    assert len(after) == len(before) + 5
    assert everything(journal) == before


def test_what_was_said_is_a_private_reflection_of_looking_back(
    journal: Journal, pair: Pair
) -> None:
    (said,) = kept(journal, pair, written={"reached": "Much", "thanks": "Dear"}).made
    without = kept(journal, pair, conclusions="Go on").made

    assert isinstance(said, Reflection)
    assert (said.phase, said.form, said.visibility) == ("looking-back", "free", "private")
    assert said.answers == {"reached": "Much", "thanks": "Dear"}
    assert without == []


def test_what_was_said_of_a_plateau_is_of_the_phase_the_pair_is_in_on_that_day(
    journal: Journal, pair: Pair
) -> None:
    (early,) = kept(journal, pair, is_stuck=True, written={"consult": "Ken"}).made
    with journal.transaction("meet") as writing:
        writing.add(Meeting(pair=pair.id, held_on=DAY))
    (late,) = kept(journal, pair, on=TERM_ENDS, is_stuck=True, written={"consult": "Ken"}).made

    assert isinstance(early, Reflection)
    assert isinstance(late, Reflection)
    assert (early.phase, early.form) == ("expectation", "grow"), "they have not met"
    assert (late.phase, late.form) == ("looking-back", "grow")


def test_readings_and_ratings_are_of_the_day_of_the_review_and_private(
    journal: Journal, pair: Pair
) -> None:
    aim, day = goal(journal, pair, levels=FIVE), date(2026, 11, 20)

    rating, reading = kept(
        journal, pair, on=day, readings=[Reading(aim.id, 4.0, 1)], ratings={"privacy": 2}
    ).made

    assert isinstance(reading, Measurement)
    assert isinstance(rating, Assessment)
    assert (reading.taken_on, reading.value, reading.level) == (day, 4.0, 1)
    assert (rating.rated_on, rating.ratings, reading.visibility) == (day, {"privacy": 2}, "private")


def test_a_goal_is_revised_achieved_or_dropped_with_its_reason(
    journal: Journal, pair: Pair
) -> None:
    for _goal in range(3):
        goal(journal, pair, target=9.0)

    done = kept(
        journal, pair,
        verdicts=[
            Verdict("g1", "revise", {"target": 12.0, "statement": "Read"}, "too easy"),
            Verdict("g2", "achieve"),
            Verdict("g3", "drop", {}, "no time"),
        ],
    )  # fmt: skip

    goals = [each.after for each in done.goals]
    assert [each.state for each in goals] == ["active", "achieved", "dropped"]
    assert [each.revisions[0]["because"] for each in goals] == ["too easy", None, "no time"]
    assert [each.revisions[0]["revised_on"] for each in goals] == ["2026-11-22"] * 3
    assert goals[0].target == 12.0


def test_an_account_that_says_nothing_is_refused(journal: Journal, pair: Pair) -> None:
    with pytest.raises(UsageError, match="nothing-reviewed"):
        review(journal, pair.id, Account(new_uid(), DAY, is_shared=True), DAY)

    assert journal.find(Review) == []


def test_a_span_to_extend_by_counts_from_the_term_that_was_shown(
    journal: Journal, pair: Pair
) -> None:
    account = Account(new_uid(), DAY, decision=Decision("extend", by="2m"))
    meant = account.settled(pair, DAY)
    kept(journal, pair, decision=Decision("extend", by="1m"))  # at another terminal

    done = review(journal, pair.id, meant, DAY)

    assert done.pair.term_ends_on == add_span(TERM_ENDS, "2m", "by")


@pytest.mark.parametrize("code", ["shorten", "end"])
def test_a_decision_that_lacks_what_it_needs_is_refused(
    journal: Journal, pair: Pair, code: str
) -> None:
    with pytest.raises(InvalidValue):
        kept(journal, pair, decision=Decision(code))

    assert journal.find(Review) == []


def test_the_same_account_kept_twice_is_one_review(journal: Journal, pair: Pair) -> None:
    account = Account(new_uid(), DAY, written={"hard": "x"}, decision=Decision("extend", by="3m"))

    first = review(journal, pair.id, account, DAY)
    again = review(journal, pair.id, account, DAY)

    assert again.review == first.review
    assert (again.records, again.pair) == ([first.review], first.pair)
    assert len(journal.find(Reflection)) == 1


# The decision ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "changes"),
    [
        (Decision(), {}),
        (Decision("continue"), {}),
        (Decision("extend", by="2m"), {"term_ends_on": date(2027, 7, 1)}),
        (Decision("extend", to=date(2027, 6, 1)), {"term_ends_on": date(2027, 6, 1)}),
        (Decision("shorten", to=date(2026, 12, 24)), {"term_ends_on": date(2026, 12, 24)}),
        (
            Decision("pause", until=date(2027, 1, 10)),
            {"state": "paused", "pauses": ({"from_on": "2026-11-22", "until_on": "2027-01-10"},)},
        ),
        (
            Decision("end", because="moved"),
            {"state": "ended", "ended_because": "moved", "term_ends_on": DAY},
        ),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_a_decision_is_carried_out(
    journal: Journal, pair: Pair, decision: Decision, changes: dict[str, Any]
) -> None:
    done = kept(journal, pair, decision=decision)

    now = journal.get(pair.id)
    assert {name: getattr(now, name) for name in changes} == changes
    assert done.pair == now
    assert (now == pair) is not bool(changes)
    assert done.review.decision == decision.code


def test_a_pause_that_lasts_is_given_another_end(journal: Journal, pair: Pair) -> None:
    early = Account(new_uid(), date(2026, 11, 10), decision=Decision("pause"))
    review(journal, pair.id, early, date(2026, 11, 10))

    done = kept(journal, pair, decision=Decision("pause", until=date(2026, 12, 6)))

    assert done.pair.pauses == ({"from_on": "2026-11-10", "until_on": "2026-12-06"},)


def test_the_decision_meets_the_pair_as_it_is_by_now(journal: Journal, pair: Pair) -> None:
    kept(journal, pair, decision=Decision("extend", by="1m"))

    done = kept(journal, pair, decision=Decision("extend", by="1m"))

    assert done.pair.term_ends_on == date(2027, 7, 1)


def test_the_next_review_is_the_one_agreed_on_else_what_the_term_has_by_then(
    journal: Journal, pair: Pair
) -> None:
    agreed = kept(journal, pair, next_review_on=date(2026, 12, 24)).review
    suggested = kept(journal, pair, decision=Decision("continue")).review
    undecided = kept(journal, pair).review
    longer = kept(journal, pair, decision=Decision("extend", to=date(2027, 11, 1))).review
    ended = kept(journal, pair, decision=Decision("end", because="done")).review

    days = [each.next_review_on for each in (agreed, suggested, undecided, longer, ended)]
    assert days == [date(2026, 12, 24), date(2027, 1, 30), None, date(2027, 5, 2), None]


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "error", "match"),
    [
        ({"verdicts": [Verdict("g2", "achieve")]}, NotPossible, "goal-not-active"),
        ({"readings": [Reading("g2", 1.0, None)]}, NotPossible, "goal-not-active"),
        ({"verdicts": [Verdict("g3", "drop")]}, NotPossible, "of-another-pair"),
        ({"readings": [Reading("g1", None, 1)]}, NotPossible, "levels-unwritten"),
        ({"readings": [Reading("g9", 1.0, None)]}, RecordNotFound, "goal"),
        ({"verdicts": [Verdict("g1", "revise", {"target": 9.0})]}, NotPossible, "nothing-revised"),
        ({"verdicts": [Verdict("g1", "revise", {"due_on": date(2026, 1, 1)})]}, InvalidValue, "g1.due_on"),
        ({"decision": Decision("extend", to=date(2026, 12, 1))}, InvalidValue, "not-longer-in-review"),
        ({"decision": Decision("shorten", to=date(2027, 6, 1))}, InvalidValue, "not-shorter-in-review"),
        ({"decision": Decision("pause", until=date(2026, 11, 1))}, InvalidValue, "pause-without-length-in-review"),
        ({"since": date(2026, 11, 23)}, InvalidValue, "since-after-the-review"),
        ({"next_review_on": DAY}, InvalidValue, "not-after-the-review"),
    ],
)  # fmt: skip
def test_what_is_refused_writes_nothing(
    journal: Journal, pair: Pair, ben: Pair, fields: dict[str, Any], error: type[MentorlogError], match: str
) -> None:  # fmt: skip
    goal(journal, pair, target=9.0)
    achieve(journal, goal(journal, pair).id, DAY, DAY)
    goal(journal, ben)
    before, writes = everything(journal), len(journal.history())

    with pytest.raises(error, match=match):
        kept(journal, pair, written={"hard": "x"}, ratings={"learning": 1}, **fields)

    assert (everything(journal), len(journal.history())) == (before, writes)


def test_an_ended_pair_is_looked_back_on_but_nothing_is_decided(
    journal: Journal, pair: Pair
) -> None:
    kept(journal, pair, decision=Decision("end", because="done"))

    looked_back = kept(journal, pair, written={"learned": "Much"}).review
    with pytest.raises(NotPossible, match="pair-ended"):
        kept(journal, pair, decision=Decision("continue"))

    assert (looked_back.decision, looked_back.next_review_on) == (None, None)


def test_a_review_that_is_dated_back_looks_past_those_held_after_it(
    journal: Journal, pair: Pair
) -> None:
    go_on = Decision("continue")
    first = kept(journal, pair, on=date(2026, 11, 5), decision=go_on).review
    kept(journal, pair, decision=go_on)

    between = kept(journal, pair, on=date(2026, 11, 12), decision=go_on).review

    assert between.from_on == first.to_on + timedelta(days=1)
    assert digest(journal, pair, date(2026, 11, 12), DAY, "4w").last == between
