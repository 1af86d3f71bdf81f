"""What is shared with a meeting, and how often a record has gone out to the partner since it was shared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentorlog.domain.action import Action
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.strength import Strength
from mentorlog.errors import JournalUnusable
from mentorlog.storage.exports import Export, note
from mentorlog.storage.journal import Journal
from mentorlog.storage.sharing import exports_with, made_in

DAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)
BEGINNING = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Clock:
    """What time it is, in hours since the beginning."""

    def __init__(self) -> None:
        self.hours = 0

    def __call__(self) -> datetime:
        return BEGINNING + self.hours * HOUR


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def now(clock: Clock) -> Callable[[], datetime]:
    return clock


@pytest.fixture
def keep(journal: Journal, clock: Clock) -> Callable[..., list[Record]]:
    """Write records in one command, an hour after the one before."""

    def write(*records: Record) -> list[Record]:
        clock.hours += 1
        with journal.transaction("import") as writing:
            return [writing.change(each) if each.id else writing.add(each) for each in records]

    return write


def sent(journal: Journal, pair: Pair, hours: float, audience: str = "partner") -> None:
    note(journal, pair.id, Export(BEGINNING + hours * HOUR, audience, "json", 1, None))


def question(pair: Pair, **more: Any) -> Question:
    return Question(pair=pair.id, text="x", asked_on=DAY, **more)


Keep = Callable[..., list[Record]]


# What a meeting made -----------------------------------------------------------------------------


def test_a_meeting_made_the_actions_agreed_in_it_and_the_questions_raised_or_written_with_it(
    journal: Journal, aiko: Pair, ben: Pair, keep: Keep
) -> None:
    meeting, before = keep(
        Meeting(pair=aiko.id, held_on=DAY), Meeting(pair=aiko.id, held_on=date(2026, 11, 1))
    )
    assert isinstance(meeting, Meeting)
    keep(Action(pair=aiko.id, owner="me", text="x", assigned_in=meeting.id), question(aiko))
    keep(
        question(aiko, state="raised", raised_in=meeting.id),
        question(aiko, state="raised", raised_in=before.id),
        Action(pair=aiko.id, owner="me", text="y", assigned_in=before.id),
        Action(pair=aiko.id, owner="me", text="z", assigned_in=meeting.id),
        Insight(pair=aiko.id, text="x", noticed_on=DAY, meeting=meeting.id),
    )

    assert [each.id for each in made_in(journal, meeting)] == ["a1", "a3", "q2"]


def test_a_question_of_the_same_command_is_of_the_meeting_and_one_of_another_pair_is_not(
    journal: Journal, aiko: Pair, ben: Pair, keep: Keep
) -> None:
    meeting, *_ = keep(Meeting(pair=aiko.id, held_on=DAY), question(aiko), question(ben))
    keep(question(aiko))

    assert isinstance(meeting, Meeting)
    assert [each.id for each in made_in(journal, meeting)] == ["q1"]


def test_a_meeting_of_which_no_instant_is_known_has_the_questions_raised_in_it(
    journal: Journal, aiko: Pair, keep: Keep
) -> None:
    meeting, *_ = keep(Meeting(pair=aiko.id, held_on=DAY), question(aiko))
    keep(question(aiko, state="raised", raised_in=meeting.id))

    assert isinstance(meeting, Meeting)
    assert [each.id for each in made_in(journal, meeting.with_changes(created_at=None))] == ["q2"]


# How often it went out ---------------------------------------------------------------------------


def test_an_export_counts_from_the_moment_that_a_record_was_shared(
    journal: Journal, aiko: Pair, keep: Keep
) -> None:
    (asked,) = keep(question(aiko))
    keep(asked.with_changes(text="reworded"))
    (shared,) = keep(asked.with_changes(text="reworded", visibility="shared"))
    for hours in (2.5, 3, 4):
        sent(journal, aiko, hours)

    assert exports_with(journal, [shared]) == 2


def test_what_was_shared_when_it_was_written_went_out_with_every_export_since(
    journal: Journal, aiko: Pair, keep: Keep
) -> None:
    (shared,) = keep(question(aiko, visibility="shared"))
    (private,) = keep(shared.with_changes(visibility="private"))
    for hours in (0.5, 1, 2.5):
        sent(journal, aiko, hours)

    assert exports_with(journal, [shared]) == 2
    assert exports_with(journal, [private]) == 2


def test_shared_and_taken_back_and_shared_again_it_counts_from_the_first_time(
    journal: Journal, aiko: Pair, keep: Keep
) -> None:
    (asked,) = keep(question(aiko))
    for visibility in ("shared", "private", "shared"):
        (asked,) = keep(asked.with_changes(visibility=visibility))
    for hours in (1.5, 2.5, 3.5, 4.5):
        sent(journal, aiko, hours)

    assert exports_with(journal, [asked]) == 3


def test_what_was_never_shared_went_out_with_none(journal: Journal, aiko: Pair, keep: Keep) -> None:
    (asked,) = keep(question(aiko))
    sent(journal, aiko, 5)

    assert exports_with(journal, [asked]) == 0


def test_only_exports_for_the_partner_count_and_only_those_of_the_pair(
    journal: Journal, aiko: Pair, ben: Pair, keep: Keep
) -> None:
    (shared,) = keep(question(aiko, visibility="shared"))
    sent(journal, aiko, 2, "programme")
    sent(journal, ben, 2)
    sent(journal, aiko, 3)

    assert exports_with(journal, [shared]) == 1


def test_of_several_records_an_export_counts_once_from_the_first_that_was_shared(
    journal: Journal, aiko: Pair, ben: Pair, keep: Keep
) -> None:
    later, theirs = keep(question(aiko), question(ben, visibility="shared"))
    (first,) = keep(question(aiko, visibility="shared"))
    (later,) = keep(later.with_changes(visibility="shared"))
    for hours in (1.5, 2.5, 3.5):
        sent(journal, aiko, hours)
    sent(journal, ben, 3)

    for records in ([first, later, theirs], [later, theirs, first]):
        assert exports_with(journal, records) == 3


def test_a_record_of_no_pair_has_gone_out_with_none(
    journal: Journal, aiko: Pair, keep: Keep
) -> None:
    (offered,) = keep(Strength(area="x", direction="offered"))
    (shared,) = keep(question(aiko, visibility="shared"))
    sent(journal, aiko, 3)

    assert exports_with(journal, [offered, shared]) == 1


def test_another_record_with_the_same_number_does_not_make_one_shared(
    journal: Journal, aiko: Pair, keep: Keep
) -> None:
    (action,) = keep(Action(pair=aiko.id, owner="me", text="x"))
    (asked,) = keep(question(aiko))
    keep(action.with_changes(visibility="shared"))
    sent(journal, aiko, 5)

    assert (action.id[1:], exports_with(journal, [asked])) == (asked.id[1:], 0)


def test_a_journal_that_cannot_be_read_is_named(journal: Journal, aiko: Pair, keep: Keep) -> None:
    (shared,) = keep(question(aiko, visibility="shared"))
    size = journal.connection.execute("PRAGMA page_size").fetchone()[0]
    journal.close()
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:size] + b"\xff" * (len(whole) - size))

    with pytest.raises(JournalUnusable) as caught:
        exports_with(journal, [shared])

    assert (caught.value.reason, caught.value.path) == ("damaged", str(journal.path))


def test_a_reading_goes_out_with_the_pair_of_its_goal(
    journal: Journal, aiko: Pair, keep: Keep
) -> None:
    (goal,) = keep(Goal(pair=aiko.id, statement="x", owner="me"))
    (reading,) = keep(Measurement(goal=goal.id, taken_on=DAY, level=1, visibility="shared"))
    for hours in (1.5, 2.5):
        sent(journal, aiko, hours)

    assert exports_with(journal, [reading]) == 1
