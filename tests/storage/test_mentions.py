"""Which records mention somebody: now, or only earlier; each by its id, in the order of the kinds."""

from __future__ import annotations

from datetime import date

from mentorlog.domain.insight import Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.storage.journal import Journal
from mentorlog.storage.mentions import mentioning

DAY = date(2026, 11, 22)


def of_maya(journal: Journal, *names: str) -> tuple[list[str], list[str]]:
    return mentioning(journal, names or ("Maya Sato",), lambda text: "Maya" in text)


def test_records_that_mention_somebody_now_come_in_the_order_of_kinds_and_numbers(
    journal: Journal, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        for number in range(1, 12):
            text = "as Maya said" if number in {2, 11} else "as they said"
            writing.add(Question(pair=ben.id, text=text, asked_on=DAY))
        writing.add(Meeting(pair=ben.id, held_on=DAY, topics=("Maya",)))

    assert of_maya(journal) == (["m1", "q2", "q11"], [])


def test_what_only_the_log_still_says_comes_apart_in_the_same_order(
    journal: Journal, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        kept = [
            writing.add(Question(pair=ben.id, text="as Maya said", asked_on=DAY)) for _ in range(11)
        ]
        insight = writing.add(Insight(pair=ben.id, text="Maya knows", noticed_on=DAY))
        meeting = writing.add(Meeting(pair=ben.id, held_on=DAY, notes="Maya came"))
        writing.add(Insight(pair=ben.id, text="somebody knows", noticed_on=DAY))
    with journal.transaction("edit") as writing:
        for each in (kept[1], kept[10]):
            writing.change(each.with_changes(text="as they said"))
        writing.remove(insight)
        writing.change(meeting.with_changes(notes=None))

    now, earlier = of_maya(journal)

    assert now == [f"q{number}" for number in range(1, 12) if number not in {2, 11}]
    assert earlier == ["m1", "q2", "q11", "i1"]


def test_it_is_enough_to_have_one_of_the_words_and_then_to_mention_them(
    journal: Journal, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        for text in ("Maya", "Sato of Maya", "Sato alone", "somebody"):
            writing.add(Question(pair=ben.id, text=text, asked_on=DAY))
    seen: list[str] = []

    def mentions(text: str) -> bool:
        seen.append(text)
        return "Sato" in text

    now, earlier = mentioning(journal, ["Maya Sato"], mentions)

    assert (now, earlier) == (["q2", "q3"], [])
    assert set(seen) == {"Maya", "Sato of Maya", "Sato alone"}


def test_without_a_name_nothing_is_looked_for(journal: Journal, ben: Pair) -> None:
    assert mentioning(journal, ["", " "], lambda _text: True) == ([], [])


def test_words_are_found_however_they_are_written(journal: Journal, ben: Pair) -> None:
    with journal.transaction("import") as writing:
        gone = writing.add(Question(pair=ben.id, text="ＭＡＹＡ came", asked_on=DAY))
    with journal.transaction("delete") as writing:
        writing.remove(gone)

    assert mentioning(journal, ["maya"], lambda text: "ＭＡＹＡ" in text) == ([], ["q1"])


def test_a_record_whose_lists_are_damaged_is_looked_through_as_it_stands(
    journal: Journal, ben: Pair
) -> None:
    with journal.transaction("import") as writing:
        writing.add(Meeting(pair=ben.id, held_on=DAY, topics=("a", "b"), notes="Maya came"))
    journal.connection.execute("PRAGMA query_only=OFF")
    journal.connection.execute("UPDATE meeting SET topics = '[\"Maya]'")

    assert of_maya(journal)[0] == ["m1"]
