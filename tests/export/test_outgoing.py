"""Values go out clean however deep they are in a record, and codes and days stay what they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.goal import Goal
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record
from mentorlog.domain.reflection import Reflection
from mentorlog.export.outgoing import Outgoing, day_in

DAY = date(2026, 11, 22)
UIDS = {"p1": "a" * 32, "m1": "b" * 32}


def cleaned(text: str) -> str:
    return f"<{text}>"


def going(record: Record, *names: str) -> dict[str, Any]:
    """Return fields of a record as they go out where every text is put into <>."""
    seen = {name: getattr(record, name) for name in names}
    return dict(Outgoing(UIDS, cleaned).fields(type(record), seen))


def test_texts_are_cleaned_and_days_numbers_and_codes_are_not() -> None:
    meeting = Meeting(
        pair="p1", held_on=DAY, start_time="14:30", minutes=50, channel="phone", summary="said",
        topics=("one", "two"), is_kickoff=True,
    )  # fmt: skip

    assert going(
        meeting, "held_on", "start_time", "minutes", "channel", "summary", "topics", "is_kickoff"
    ) == {
        "held_on": DAY, "start_time": "14:30", "minutes": 50, "channel": "phone", "summary": "<said>",
        "topics": ("<one>", "<two>"), "is_kickoff": True,
    }  # fmt: skip


def test_a_reference_is_a_uid_or_nothing() -> None:
    goal = Goal(pair="p1", statement="Read")

    assert going(goal, "pair") == {"pair": UIDS["p1"]}
    assert going(goal.with_changes(pair="p2"), "pair") == {"pair": None}


def test_what_the_journal_gives_a_record_stays() -> None:
    goal = Goal(id="g1", uid="c" * 32, pair="p1", statement="Read")

    assert going(goal, "id", "uid", "created_at") == {
        "id": "g1", "uid": "c" * 32, "created_at": None
    }  # fmt: skip


def test_a_rhythm_is_no_words_of_anybodys() -> None:
    pair = Pair(partner="Tue", my_role="mentor", started_on=DAY, cadence="2w tue")

    assert going(pair, "partner", "cadence") == {"partner": "<Tue>", "cadence": "2w tue"}


def test_in_a_map_values_are_cleaned_and_only_a_key_of_the_users_own_is() -> None:
    levels = {str(level): f"at {level}" for level in range(-2, 3)}
    goal = Goal(pair="p1", statement="Read", levels=levels)
    reflection = Reflection(
        pair="p1", written_on=DAY, phase="immersion", form="free", answers={"own": "said"}
    )

    assert going(goal, "levels") == {"levels": {key: f"<{text}>" for key, text in levels.items()}}
    assert going(reflection, "answers") == {"answers": {"<own>": "<said>"}}


def test_what_a_goal_said_before_is_cleaned_as_the_fields_it_was_in() -> None:
    before = {
        "statement": "Write", "why": None, "owner": "partner", "target": 9.0, "weight": 2,
        "due_on": "2026-12-01", "levels": {"-2": "none", "2": "all"}, "state": "active",
    }  # fmt: skip
    entry = {"revised_on": "2026-11-01", "did": "revised", "because": "So", "before": before}
    goal = Goal(pair="p1", statement="Read", revisions=(entry,))

    (gone,) = going(goal, "revisions")["revisions"]

    assert gone == {
        "revised_on": "2026-11-01",
        "did": "revised",
        "because": "<So>",
        "before": before | {"statement": "<Write>", "levels": {"-2": "<none>", "2": "<all>"}},
    }
    assert before["statement"] == "Write"


def test_the_days_of_a_pause_stay() -> None:
    pause = {"from_on": "2026-11-01", "until_on": None}
    pair = Pair(partner="Maya", my_role="mentor", started_on=DAY, pauses=(pause,))

    assert going(pair, "pauses") == {"pauses": (pause,)}


@pytest.mark.parametrize(
    "entry",
    [
        {"revised_on": "Anna"},
        {"did": "Anna"},
        {"because": ["Anna", {"who": "Anna"}]},
        {"before": {"owner": "Anna", "due_on": "Anna", "channel": "Anna"}},
        {"before": {"levels": {"Anna": "Anna"}}},
        {"before": {"Anna": {"Anna": "Anna"}}},
    ],
)
def test_what_is_not_known_to_be_a_code_or_a_day_is_taken_for_a_text(entry: dict[str, Any]) -> None:
    whole = {"revised_on": "2026-11-22", "did": "revised", "because": None, "before": {}} | entry
    goal = Goal(pair="p1", statement="Read", revisions=(whole,))

    (gone,) = going(goal, "revisions")["revisions"]

    assert str(gone).count("<Anna>") == str(gone).count("Anna") == str(entry).count("Anna")


@pytest.mark.parametrize("value", [None, 5, "", "soon", "2026-13-01"])
def test_only_a_day_is_read_as_a_day(value: object) -> None:
    assert day_in(value) is None
    assert day_in("2026-11-22") == DAY
