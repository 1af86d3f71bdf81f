"""The journal that the golden files of every format show, and comparing with them.

After a change that is meant, write the golden files anew and read the difference:
    MENTORLOG_GOLDEN=write python -m pytest tests/export
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from mentorlog.domain.action import Action
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.assessment import Assessment
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.review import Review
from mentorlog.export.material import Material, Surroundings, gather

GOLDEN = Path(__file__).with_name("golden")
TODAY = date(2026, 11, 22)


def kept(ref: str, *, shared: bool = False) -> dict[str, Any]:
    """Return what the journal gives a record: the later its number, the later it was written."""
    letter, number = ref[0], int(ref[1:])
    at = datetime(2026, 9, 1, 12, tzinfo=UTC) + timedelta(minutes=number)
    uid = f"{'pmqaitgnrfksv'.index(letter):x}{number:07}" + "0" * 24
    visibility = "shared" if shared else "private"
    return {"id": ref, "uid": uid, "visibility": visibility, "created_at": at, "updated_at": at}


MAYA = Pair(
    **kept("p1"), partner="Maya Lindqvist", alias="maya", my_role="mentee", cadence="2w",
    programme="Women in Platform | 2026", started_on=date(2026, 9, 1), minutes=50, channel="online",
    term_ends_on=date(2027, 3, 1), language="en",
    pauses=(
        {"from_on": "2026-10-12", "until_on": "2026-10-26"}, {"from_on": "2026-12-21", "until_on": None}
    ),
)  # fmt: skip
ODA = Pair(**kept("p2"), partner="小田 拓海", my_role="mentor", started_on=date(2026, 9, 1))
RECORDS: list[Record] = [
    Meeting(
        **kept("m1"), pair="p1", held_on=date(2026, 9, 7), start_time="18:30", minutes=50,
        channel="online", topics=("introductions", "what I want"), is_kickoff=True,
        summary="Introductions only.", notes="Nervous.\nTalked too fast.", pulse=3,
    ),
    Meeting(
        **kept("m2", shared=True), pair="p1", held_on=date(2026, 9, 21), minutes=45, channel="phone",
        topics=("*the* five leads",), pulse=4, next_on=date(2026, 10, 5),
        summary="# Not a heading\n- nor a list\n\nMaya knows 小田さん (takumi@example.com, 090-1234-5678).",
        notes="He called it my hobby.",
    ),
    Meeting(**kept("m3"), pair="p1", held_on=date(2026, 10, 5), pulse=2),
    Action(
        **kept("a1", shared=True), pair="p1", text="book 15 minutes with each lead", owner="me",
        due_on=date(2026, 9, 30), state="done", done_on=date(2026, 9, 29), assigned_in="m2", goal="g1",
        outcome="Four of five.\n\nThe fifth is on leave.",
    ),
    Action(
        **kept("a2", shared=True), pair="p1", text="Ask first what would hurt them", owner="me",
        is_advice=True, assigned_in="m2", state="done", done_on=date(2026, 10, 5), told_in="m3",
        outcome="Nobody has time for tests.",
    ),
    Action(
        **kept("a3", shared=True), pair="p1", text="send the outline", owner="partner",
        due_on=date(2026, 10, 12), assigned_in="m3", goal="g2",
    ),
    Action(**kept("a4"), pair="p1", text="decide whether to go on", owner="me", state="dropped"),
    Question(
        **kept("q1", shared=True), pair="p1", text="How early do I tell the others?", state="raised",
        answer="Say what is certain,\nand when the rest will be.", asked_on=date(2026, 9, 10),
        raised_in="m2",
    ),
    Question(**kept("q2"), pair="p1", text="What if it is no?", asked_on=date(2026, 10, 6)),
    Question(
        **kept("q3"), pair="p1", text="1. Too soon?", asked_on=date(2026, 9, 2), state="dropped"
    ),
    Insight(
        **kept("i1"), pair="p1", text="The lead who argued most had read most.",
        noticed_on=date(2026, 9, 21), meeting="m2",
    ),
    Insight(
        **kept("i2", shared=True), pair="p1", text="She watches who speaks after whom.",
        noticed_on=date(2026, 10, 7), benefit="tacit-knowledge", viewpoint="partner", goal="g1",
    ),
    Agreement(
        **kept("t1"), pair="p1", agreed_on=date(2026, 9, 7), my_background="Operations.",
        their_background="Two teams, one merger.", their_expectations="Come prepared.",
        confidentiality="All of it stays here.", remarks="She was in a hurry.",
    ),
    Agreement(
        **kept("t2", shared=True), pair="p1", agreed_on=date(2026, 9, 21),
        my_background="Operations; first lead.", their_background="Two teams, one merger.",
        my_expectations="Frank words.\nExamples.", their_expectations="Come prepared.",
        confidentiality="All of it stays here, 小田さん too.", boundaries="No calls on Sundays.",
        feedback_way="At the end of every meeting.", leaving="Say so, no reasons needed.",
        remarks="Better now.",
    ),
    Goal(
        **kept("g1", shared=True), pair="p1", statement="Win over # five leads", why="Maya said: *ask* them.",
        owner="me", unit="leads", baseline=1, target=5, due_on=date(2026, 12, 1), weight=2,
        levels={
            "-2": "Nobody listens", "-1": "One does", "0": "Five do", "1": "They ask\n- for more",
            "2": "They teach",
        },
        revisions=(
            {
                "revised_on": "2026-09-21", "did": "revised", "because": "Too many, 小田さん said.",
                "before": {
                    "statement": "Win over *everybody*", "owner": "partner", "target": 12.0,
                    "due_on": "2026-11-01", "why": None, "levels": {},
                },
            },
            {
                "revised_on": "2026-10-05", "did": "revised", "because": None,
                "before": {"levels": {"-2": "Nobody", "2": "All\nof them"}},
            },
        ),
    ),
    Goal(
        **kept("g2"), pair="p1", owner="partner", state="dropped", unit="hours",
        statement="Find time to think every week, in the mornings and away from the desk, whatever comes\n"
        "- even in December",
        revisions=(
            {
                "revised_on": "2026-10-06", "did": "dropped", "because": "A child is born.",
                "before": {"state": "active"},
            },
        ),
    ),
    Goal(**kept("g3", shared=True), pair="p1", statement="Read less", baseline=12.5, unit="hours"),
    Measurement(
        **kept("n1", shared=True), goal="g1", taken_on=date(2026, 9, 28), value=2,
        note="The first.\n\nmaya lindqvist asked.",
    ),
    Measurement(**kept("n2", shared=True), goal="g1", taken_on=date(2026, 10, 5), value=4, level=-1),
    Measurement(**kept("n3"), goal="g1", taken_on=date(2026, 11, 2), value=5.5, level=1),
    Measurement(**kept("n4", shared=True), goal="g2", taken_on=date(2026, 10, 5), level=0),
    Feedback(
        **kept("f1", shared=True), pair="p1", direction="given", said_on=date(2026, 9, 21),
        text="1. Examples help.\n2. Praise does not.", will_change="More examples.", did_change="It did.",
    ),
    Feedback(
        **kept("f2", shared=True), pair="p1", direction="received", said_on=date(2026, 10, 5),
        text="I talk too fast.", will_change="Breathe.",
    ),
    Feedback(
        **kept("f3"), pair="p1", direction="given", said_on=date(2026, 10, 6), text="Not said aloud."
    ),
    Reflection(
        **kept("r1"), pair="p1", written_on=date(2026, 9, 2), phase="expectation", form="free",
        answers={"hopes": "To be *heard*.", "worries": "- Time\n- Nerves", "my_#own": "And me?"},
    ),
    Reflection(
        **kept("r2"), pair="p1", written_on=date(2026, 10, 6), phase="immersion", form="ywt",
        answers={"did": "Asked.", "understood": "They wait to be asked."},
    ),
    Assessment(
        **kept("k1"), pair="p1", rated_on=date(2026, 9, 7), ratings={"communication": 2, "privacy": 4}
    ),
    Assessment(
        **kept("k2"), pair="p1", rated_on=date(2026, 10, 6), ratings={"communication": 3, "learning": 5}
    ),
    Review(
        **kept("v1", shared=True), pair="p1", from_on=date(2026, 9, 1), to_on=date(2026, 9, 30),
        conclusions="A good start.", pulse=3, decision="continue", next_review_on=date(2026, 11, 1),
    ),
    Review(
        **kept("v2", shared=True), pair="p1", from_on=date(2026, 10, 1), to_on=date(2026, 11, 8),
        conclusions="# Half the way\n\n小田さん had *said* so.", thoughts="I am proud.", pulse=4,
        decision="extend", next_review_on=date(2027, 2, 21),
    ),
    Review(
        **kept("v3"), pair="p1", from_on=date(2026, 11, 9), to_on=date(2026, 11, 20),
        thoughts="Not to be shown.",
    ),
]  # fmt: skip
AROUND = Surroundings((MAYA, ODA), {each.id: each.uid for each in (MAYA, ODA, *RECORDS)}, RECORDS)


def material(audience: str, *, records: list[Record] = RECORDS, pair: Pair = MAYA) -> Material:
    return gather(pair, records, replace(AROUND, records=records), audience, TODAY)


def assert_golden(name: str, written: str) -> None:
    """Compare what was written with a golden file, line ends and all."""
    golden = GOLDEN / name
    if os.environ.get("MENTORLOG_GOLDEN") == "write":
        golden.write_text(written, encoding="utf-8", newline="")
    assert golden.exists(), "write it: MENTORLOG_GOLDEN=write python -m pytest tests/export"
    assert written == golden.read_bytes().decode()
