"""Whom a draft is about: the pair itself, not the number or the name that it had when it was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.talking import drafts

if TYPE_CHECKING:
    from tests.cli.talking import Talking
    from tests.conftest import Program

REFLECT = ("reflect", "p1", "--form", "free", "--phase", "immersion")
FORMS = [
    (REFLECT, "been hard lately"),
    (("review", "p1"), "What have the two of you reached"),
    (("meet", "Aya Sato"), "When was it?"),
]


@pytest.mark.parametrize(("words", "question"), FORMS, ids=[words[0] for words, _asked in FORMS])
def test_what_was_begun_about_a_pair_is_not_offered_for_another_once_a_journal_is_restored(
    written: Program, talk: Talking, words: tuple[str, ...], question: str
) -> None:
    other, own = written.home / "other.db", written.home / "own.db"
    elsewhere = {"MENTORLOG_DB": str(other)}
    written("meet", "Aya Sato", "--as", "mentor", "--summary", "s", environment=elsewhere)
    written.ok("backup", str(own))
    begun = talk(*words)
    begun.answers(question, "yesterday")
    begun.presses("\x03")
    begun.ends()
    (draft,) = drafts(written)
    said = draft.read_bytes()

    written.ok("restore", str(other))
    person = talk(*words)
    person.hears(question)  # at once, with nothing to go on with
    person.presses("\x03")
    person.ends()
    kept = draft.read_bytes()
    written.ok("restore", str(own))
    again = talk(*words)
    again.answers("Go on with it?", "y")
    again.presses("\x03")

    assert again.ends() == 130
    assert kept == said


def test_a_draft_of_before_that_names_its_pair_by_number_alone_is_left(
    written: Program, talk: Talking
) -> None:
    """Fails when the number is enough: nothing says whose it was."""
    folder = written.journal.with_name("journal.db.drafts")
    folder.mkdir(mode=0o700)
    about = "p1 --phase immersion --form free"
    (folder / f"{'a' * 32}.json").write_text(
        f'{{"command": "reflect {about}", "about": "{about}", "begun_on": "2026-11-22",'
        ' "answers": {"hard": "hers"}}'
    )

    person = talk(*REFLECT)
    person.answers("been hard lately", "")
    person.presses("\x03")
    person.ends()

    assert [each.name for each in drafts(written)] == [f"{'a' * 32}.json"]
