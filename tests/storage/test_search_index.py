"""The search index says of every record exactly the words it holds, whatever happens to it."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from mentorlog.domain.goal import Goal
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.reflection import Reflection
from mentorlog.errors import NotPossible
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal
from tests.storage.test_undo_machine import DAY, Undoing, picks

some_words = st.text(st.sampled_from("ab C+é計画ｶﾞ🎉'\n\u200b")).filter(str.strip)


class Indexed(Undoing):
    """The machine that writes, undoes and fails at random, on a journal that is searched."""

    @rule(pick=picks, one=some_words, other=some_words)
    def revise_a_goal(self, pick: int, one: str, other: str) -> None:
        goal = self.picked(pick, "goal")
        pair = self.picked(pick, "pair")
        if isinstance(goal, Goal) and goal.statement.strip() != one.strip():
            self.change(goal.revised(DAY, other, has_begun=True, statement=one))
        elif goal is None and pair is not None:
            with self.journal.transaction("goal set") as writing:
                made = writing.add(Goal(pair=pair.id, statement=one, why=other))
            self.seen_new(made)
            self.wrote(self.records | {made.id: made})

    @rule(pick=picks, one=some_words, other=some_words)
    def write_topics(self, pick: int, one: str, other: str) -> None:
        meeting = self.picked(pick, "meeting")
        if meeting is not None:
            topics = (one.replace("\n", " "), other.replace("\n", " "))
            self.change(meeting.with_changes(topics=topics))

    @invariant()
    def the_index_says_what_one_made_anew_would(self) -> None:
        assert search_index.agrees(self.journal.connection)


def test_the_index_agrees_with_the_records_after_whatever_is_written_and_undone(
    empty: Path,
) -> None:
    class Here(Indexed):
        pass

    Here.empty, Here.happened = empty, Counter()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_words_that_were_changed_or_removed_are_in_the_index_no_longer(
    journal: Journal, aiko: Pair
) -> None:
    def words(beginning: str) -> list[str]:
        assert search_index.agrees(journal.connection)
        return search_index.completions(journal.connection, beginning, 9)

    with journal.transaction("ask") as writing:
        kept = writing.add(Question(pair=aiko.id, text="zebra", asked_on=DAY))
        writing.add(Question(pair=aiko.id, text="zeal", asked_on=DAY))
    as_added = words("ze")
    with journal.transaction("ask edit") as writing:
        changed = writing.change(kept.with_changes(text="zenith"))
    as_changed = words("ze")
    with journal.transaction("delete") as writing:
        writing.remove(changed)
    as_removed = words("ze")
    journal.undo()
    journal.undo()

    assert (as_added, as_changed, as_removed) == (["zeal", "zebra"], ["zeal", "zenith"], ["zeal"])
    assert words("ze") == ["zeal", "zebra"]


def test_what_stands_in_no_text_leaves_the_words_as_they_were(journal: Journal, aiko: Pair) -> None:
    with journal.transaction("pair edit") as writing:
        writing.change(aiko.with_changes(minutes=45))

    assert search_index.agrees(journal.connection)
    assert search_index.completions(journal.connection, "", 9) == ["aiko"]


def test_an_answer_is_found_under_whatever_key_it_stands(journal: Journal, aiko: Pair) -> None:
    answers = {"did": "zebra", "revised_on": "zeal", "state": "zenith"}
    with journal.transaction("reflect") as writing:
        writing.add(
            Reflection(pair=aiko.id, written_on=DAY, phase="immersion", form="ywt", answers=answers)
        )

    found = search_index.completions(journal.connection, "ze", 9)

    assert found == ["zeal", "zebra", "zenith"]


@pytest.mark.parametrize(("row", "named"), [({"number": 7}, "m7"), ({}, "m")], ids=["kept", "new"])
def test_a_row_whose_texts_cannot_be_read_is_named(row: dict[str, int], named: str) -> None:
    with pytest.raises(NotPossible) as caught:
        list(search_index.texts("meeting", {**row, "topics": "[plan]"}))

    refusal = caught.value
    assert (refusal.reason, refusal.record, refusal.words) == (
        "record-damaged", named, {"name": "meeting"}
    )  # fmt: skip


JOURNALS = sorted((Path(__file__).parent / "journals").glob("schema-*.db"))


@pytest.mark.parametrize("released", JOURNALS, ids=lambda path: path.stem)
def test_a_journal_of_an_older_schema_has_its_words_in_the_index_once_it_is_opened(
    tmp_path: Path, released: Path
) -> None:
    place = tmp_path / "journal.db"
    shutil.copy(released, place)
    journal = Journal(place)

    agrees = search_index.agrees(journal.connection)
    found = search_index.completions(journal.connection, "", 5)
    journal.close()

    assert agrees
    assert found


@pytest.fixture
def asked(journal: Journal) -> Journal:
    """A journal with three questions and a meeting."""
    with journal.transaction("test") as writing:
        pair = writing.add(Pair(partner="Aya", my_role="mentor", started_on=DAY))
        for text in ("a plan", "Planning a plan", "計画の話"):
            writing.add(Question(pair=pair.id, text=text, asked_on=DAY))
        writing.add(Meeting(pair=pair.id, held_on=date(2026, 11, 1), topics=("plants",)))
    return journal


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE question SET text = 'a plant' WHERE number = 1",
        "UPDATE question SET text = 'plan a' WHERE number = 1",
        "DELETE FROM question WHERE number = 2",
        "UPDATE meeting SET topics = '[]'",
        f"INSERT INTO search (rowid, words) VALUES ({search_index.documents('strength')[0] + 1}, 'x')",
        "INSERT INTO search (search) VALUES ('delete-all')",
    ],
)
def test_an_index_that_does_not_agree_is_noticed(asked: Journal, sql: str) -> None:
    before = search_index.agrees(asked.connection)
    asked.close()
    with closing(sqlite3.connect(asked.path)) as raw:
        raw.execute(sql)
        raw.commit()

    assert before
    assert not search_index.agrees(asked.connection)


@pytest.mark.parametrize(
    ("beginning", "most", "expected"),
    [
        ("plan", 9, ["plan", "planning", "plants"]),
        ("plan", 2, ["plan", "planning"]),
        ("plann", 9, ["planning"]),
        ("計", 9, ["計"]),
        ("z", 9, []),
        ("", 3, ["a", "aya", "plan"]),
    ],
)
def test_words_of_the_index_are_completed_in_order(
    asked: Journal, beginning: str, most: int, expected: list[str]
) -> None:
    assert search_index.completions(asked.connection, beginning, most) == expected


def test_a_word_that_goes_on_with_a_digit_is_completed_too(asked: Journal) -> None:
    with asked.transaction("ask") as writing:
        writing.add(Question(pair="p1", text="v2 v v10 vá va", asked_on=DAY))

    assert search_index.completions(asked.connection, "v", 9) == ["v", "v10", "v2", "va"]


def test_asking_for_words_leaves_a_connection_as_it_was_for_reading_and_for_writing(
    asked: Journal,
) -> None:
    (writing,) = asked.connection.execute("PRAGMA query_only").fetchone()
    search_index.completions(asked.connection, "a", 1)
    (writing_after,) = asked.connection.execute("PRAGMA query_only").fetchone()
    asked.close()
    search_index.completions(asked.connection, "a", 1)
    (reading,) = asked.connection.execute("PRAGMA query_only").fetchone()

    assert (writing, writing_after, reading) == (0, 0, 1)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_document_says_which_record_it_is(kind: str) -> None:
    lowest, highest = search_index.documents(kind)

    assert search_index.record_of(lowest + 12) == (kind, 12)
    assert search_index.record_of(highest) == (kind, highest - lowest)


def test_the_documents_of_one_letter_end_where_those_of_the_next_begin() -> None:
    _lowest, highest = search_index.documents("meeting")  # m
    lowest, _highest = search_index.documents("measurement")  # n

    assert highest + 1 == lowest
