"""Holding a meeting: what it makes and closes is kept in one write, or nothing of it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, new_uid
from mentorlog.errors import InvalidValue, MentorlogError, NotPossible, RecordNotFound
from mentorlog.storage.journal import Journal
from mentorlog.workflows.meetings import Account, Promise, hold

DAY = date(2026, 11, 22)


def account(**said: object) -> Account:
    return Account(new_uid(), DAY)._replace(**said)  # type: ignore[arg-type]


def everything(journal: Journal) -> list[Record]:
    return [record for record_type in KINDS.values() for record in journal.find(record_type)]


@contextmanager
def left_as_it_was(journal: Journal) -> Iterator[None]:
    """Hold that no record, no line of the log and no byte of the file is another afterwards."""
    before = (everything(journal), journal.history(), journal.path.read_bytes())
    yield
    journal.close()
    assert (everything(journal), journal.history(), journal.path.read_bytes()) == before


@pytest.fixture
def waiting(journal: Journal, aiko: Pair, ben: Pair) -> Journal:
    """A journal in which a1 to a3 (a2 is advice) and q1 wait for Aiko, a4 and q2 for Ben."""
    with journal.transaction("test") as writing:
        writing.add(Action(pair="p1", text="plain", owner="me"))
        writing.add(Action(pair="p1", text="advice", owner="me", is_advice=True))
        writing.add(Action(pair="p1", text="dropped", owner="me", is_advice=True, state="dropped"))
        writing.add(Question(pair="p1", text="why?", asked_on=DAY))
        writing.add(Action(pair="p2", text="of Ben", owner="me", is_advice=True))
        writing.add(Question(pair="p2", text="of Ben?", asked_on=DAY))
    return journal


# What it makes -----------------------------------------------------------------------------------


def test_a_meeting_is_kept_as_it_was_told(journal: Journal, aiko: Pair) -> None:
    told = account(
        start_time="14:30",
        minutes=50,
        channel="online",
        topics=("one", "two"),
        summary="said",
        notes="mine",
        pulse=3,
        next_on=DAY + timedelta(14),
    )

    held = hold(journal, aiko, told)

    assert held.meeting == journal.get("m1")
    names = ("uid", "held_on", "start_time", "minutes", "channel", "topics", "summary", "notes",
             "pulse", "next_on")  # fmt: skip
    assert [getattr(held.meeting, name) for name in names] == [
        getattr(told, name) for name in names
    ]
    assert (held.meeting.pair, held.pair, held.is_first) == ("p1", aiko, False)


def test_a_meeting_with_somebody_new_starts_the_pair_in_the_same_write(journal: Journal) -> None:
    chika = Pair(partner="Chika", my_role="mentor", started_on=DAY)

    held = hold(journal, chika, account(summary="hello"))
    written = journal.history()
    journal.undo()

    assert (held.pair.id, held.meeting.pair, held.is_first) == ("p1", "p1", True)
    assert [change.id for change in written[0].changes] == ["p1", "m1"]
    assert len(written) == 1
    assert everything(journal) == []


def test_what_a_meeting_made_has_its_ids_in_the_order_it_was_said(
    journal: Journal, aiko: Pair
) -> None:
    held = hold(
        journal,
        aiko,
        account(
            promises=(Promise("read", DAY, "me"), Promise("send", None, "partner"), Promise("try")),
            questions=("why?", "how?"),
            insights=("aha",),
        ),
    )

    assert [record.id for record in held.made] == ["a1", "a2", "a3", "q1", "q2", "i1"]
    assert [record.id for record in everything(journal)] == [
        "p1", "m1", "q1", "q2", "a1", "a2", "a3", "i1",
    ]  # fmt: skip
    assert [(each.text, each.due_on, each.assigned_in) for each in journal.find(Action)] == [
        ("read", DAY, "m1"),
        ("send", None, "m1"),
        ("try", None, "m1"),
    ]
    assert [(each.text, each.asked_on, each.raised_in) for each in journal.find(Question)] == [
        ("why?", DAY, None),
        ("how?", DAY, None),
    ]
    assert [(each.text, each.noticed_on, each.meeting) for each in journal.find(Insight)] == [
        ("aha", DAY, "m1")
    ]
    assert [write.command for write in journal.history(1)] == ["meet"]


def test_advice_belongs_to_the_mentee_whoever_that_is(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    hold(journal, aiko, account(promises=(Promise("from Aiko"), Promise("mine", None, "me"))))
    hold(journal, ben, account(promises=(Promise("to Ben"), Promise("his", None, "partner"))))

    found = [(action.text, action.owner, action.is_advice) for action in journal.find(Action)]

    assert found == [
        ("from Aiko", "me", True),
        ("mine", "me", False),
        ("to Ben", "partner", True),
        ("his", "partner", False),
    ]


@pytest.mark.parametrize(("is_shared", "visibility"), [(True, "shared"), (False, "private")])
def test_what_is_shared_with_a_meeting_is_all_it_made_but_the_insights(
    journal: Journal, aiko: Pair, is_shared: bool, visibility: str
) -> None:
    held = hold(
        journal,
        aiko,
        account(
            is_shared=is_shared,
            promises=(Promise("read", None, "me"),),
            questions=("why?",),
            insights=("aha",),
        ),
    )

    assert [record.visibility for record in (held.meeting, *held.made)] == [
        visibility, visibility, visibility, "private",
    ]  # fmt: skip


def test_a_name_that_is_taken_is_refused_and_nothing_is_written(
    journal: Journal, aiko: Pair
) -> None:
    same = Pair(partner="ＡＩＫＯ　tanaka", my_role="mentor", started_on=DAY)

    with left_as_it_was(journal), pytest.raises(NotPossible) as caught:
        hold(journal, same, account(summary="hello"))

    assert (caught.value.reason, caught.value.record) == ("name-taken", "p1")


# What it closes ----------------------------------------------------------------------------------


def test_a_meeting_closes_what_is_said_to_be_done_told_or_answered(
    waiting: Journal, aiko: Pair
) -> None:
    held = hold(
        waiting,
        aiko,
        account(done=("a1",), told=(("a2", "It worked"),), answers=(("q1", "Because"),)),
    )

    assert [record.id for record in held.closed] == ["a1", "a2", "q1"]
    assert list(held.closed) == [waiting.get(ref) for ref in ("a1", "a2", "q1")]
    actions = {action.id: action for action in waiting.find(Action)}
    questions = {question.id: question for question in waiting.find(Question)}
    assert (actions["a1"].state, actions["a1"].done_on, actions["a1"].told_in) == (
        "done", DAY, None,
    )  # fmt: skip
    assert (actions["a2"].state, actions["a2"].outcome, actions["a2"].told_in) == (
        "done", "It worked", "m1",
    )  # fmt: skip
    assert (questions["q1"].state, questions["q1"].answer, questions["q1"].raised_in) == (
        "raised", "Because", "m1",
    )  # fmt: skip
    assert {ref: actions[ref].state for ref in ("a3", "a4")} == {"a3": "dropped", "a4": "open"}
    assert questions["q2"].is_open


def test_what_is_still_open_is_told_without_what_was_closed_and_with_what_was_made(
    waiting: Journal, aiko: Pair
) -> None:
    held = hold(
        waiting,
        aiko,
        account(done=("a1",), promises=(Promise("new", None, "me"),), questions=("new?",)),
    )

    open_ids = [[record.id for record in part] for part in held.still_open[:3]]
    assert open_ids == [["q1", "q3"], ["a5"], ["a2"]]


def test_one_undo_opens_again_what_a_meeting_closed(waiting: Journal, aiko: Pair) -> None:
    before = everything(waiting)
    hold(waiting, aiko, account(done=("a1",), told=(("a2", "yes"),), answers=(("q1", "so"),)))

    waiting.undo()

    assert everything(waiting) == before


@pytest.mark.parametrize(
    ("closing", "reason"),
    [
        ({"done": ("a4",)}, "of-another-pair"),
        ({"told": (("a4", "x"),)}, "of-another-pair"),
        ({"answers": (("q2", "x"),)}, "of-another-pair"),
        ({"done": ("a3",)}, "action-not-open"),
        ({"told": (("a3", "x"),)}, "action-not-open"),
        ({"told": (("a1", "x"),)}, "not-advice"),
        ({"done": ("a1", "a4")}, "of-another-pair"),
    ],
)
def test_what_a_meeting_cannot_close_is_refused_and_nothing_is_written(
    waiting: Journal, aiko: Pair, closing: dict[str, object], reason: str
) -> None:
    """Fails when `hold` writes before its transaction, or closes what is of another pair."""
    said = account(promises=(Promise("new"),), questions=("new?",), **closing)

    with left_as_it_was(waiting), pytest.raises(NotPossible) as caught:
        hold(waiting, aiko, said)

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("closing", "reason"),
    [({"done": ("a1",)}, "action-not-open"), ({"answers": (("q1", "x"),)}, "question-not-open")],
)
def test_what_is_closed_already_is_refused_and_nothing_is_written(
    waiting: Journal, aiko: Pair, closing: dict[str, object], reason: str
) -> None:
    hold(waiting, aiko, account(**closing))

    with left_as_it_was(waiting), pytest.raises(NotPossible) as caught:
        hold(waiting, aiko, account(summary="again", **closing))

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "closing",
    [
        {"done": ("a9",)},
        {"done": ("q1",)},
        {"told": (("q1", "x"),)},
        {"answers": (("a1", "x"),)},
        {"answers": (("nonsense", "x"),)},
    ],
)
def test_what_is_not_there_or_of_another_kind_is_refused_and_nothing_is_written(
    waiting: Journal, aiko: Pair, closing: dict[str, object]
) -> None:
    with left_as_it_was(waiting), pytest.raises(RecordNotFound):
        hold(waiting, aiko, account(summary="x", **closing))


@pytest.mark.parametrize(
    "said",
    [
        {"notes": "a\x00b"},
        {"summary": "\udcff"},
        {"topics": ("one\ntwo",)},
        {"next_on": DAY},
        {"pulse": 5},
        {"promises": (Promise("fine", None, "me"), Promise("a\x00b"))},
        {"questions": ("fine", "  ")},
        {"insights": ("\ud800",)},
        {"told": (("a2", "\x00"),)},
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    waiting: Journal, aiko: Pair, said: dict[str, object]
) -> None:
    with left_as_it_was(waiting), pytest.raises(InvalidValue):
        hold(waiting, aiko, account(**said))


# The same account twice --------------------------------------------------------------------------


def test_the_same_account_kept_twice_is_one_meeting(waiting: Journal, aiko: Pair) -> None:
    """Fails when `hold` does not look for the account's uid before it writes."""
    said = account(
        summary="said", promises=(Promise("read", None, "me"),), questions=("new?",), done=("a1",)
    )
    first = hold(waiting, aiko, said)

    with left_as_it_was(waiting):
        second = hold(waiting, aiko, said)

    assert second.meeting == first.meeting
    assert second.pair == aiko
    assert second.is_first is False


def test_the_same_account_of_somebody_new_starts_one_pair(journal: Journal) -> None:
    chika = Pair(partner="Chika", my_role="mentor", started_on=DAY)
    said = account(summary="hello")
    first = hold(journal, chika, said)

    with left_as_it_was(journal):
        second = hold(journal, chika, said)

    assert (second.meeting, second.pair) == (first.meeting, first.pair)


def test_an_account_that_was_undone_can_be_kept_again(journal: Journal, aiko: Pair) -> None:
    said = account(summary="said")
    hold(journal, aiko, said)
    journal.undo()

    held = hold(journal, aiko, said)

    assert [meeting.id for meeting in journal.find(Meeting)] == [held.meeting.id] == ["m2"]


def test_an_account_that_was_refused_can_be_kept_once_it_is_mended(
    waiting: Journal, aiko: Pair
) -> None:
    said = account(summary="said", done=("a4",))
    with pytest.raises(MentorlogError):
        hold(waiting, aiko, said)

    held = hold(waiting, aiko, said._replace(done=("a1",)))

    assert held.meeting.uid == said.uid
    assert [record.id for record in held.closed] == ["a1"]


# A kick-off --------------------------------------------------------------------------------------


def test_a_kickoff_agrees_on_top_of_what_the_pair_is_by_now(journal: Journal, aiko: Pair) -> None:
    with journal.transaction("pair pause") as writing:  # in another terminal, meanwhile
        writing.change(aiko.paused(DAY, None, DAY))

    held = hold(journal, aiko, account(is_kickoff=True, agreement={"cadence": "1m"}))

    assert held.pair.cadence == "1m"
    assert held.pair.state == "paused"
    assert len(held.pair.pauses) == 1


def test_nothing_more_is_agreed_with_a_pair_that_has_ended(journal: Journal, aiko: Pair) -> None:
    with journal.transaction("pair end") as writing:
        ended = writing.change(aiko.ended(DAY, "done", DAY))

    with left_as_it_was(journal), pytest.raises(NotPossible) as caught:
        hold(journal, ended, account(is_kickoff=True, agreement={"leaving": "A word"}))

    assert caught.value.reason == "pair-ended"


def test_what_a_kickoff_made_beside_the_meeting_stays_private_when_it_is_shared(
    journal: Journal, aiko: Pair
) -> None:
    goal, ratings = Promise("Read", None), {"learning": 4}

    held = hold(
        journal, aiko, account(is_kickoff=True, is_shared=True, goals=(goal,), ratings=ratings)
    )

    assert {each.kind: each.visibility for each in held.made} == {
        "goal": "private",
        "assessment": "private",
    }
