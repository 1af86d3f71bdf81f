"""Agreeing: what the answers make of a pair and of what was in force, and that it is kept once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.agreement import Agreement
from mentorlog.domain.pair import Pair
from mentorlog.errors import InvalidValue, NotPossible
from mentorlog.forms.agreeing import questions, terms_of
from mentorlog.storage import agreements
from mentorlog.storage.journal import Journal
from mentorlog.workflows.agreeing import agree, agree_within, agreed

DAY = date(2026, 11, 22)
IN_FORCE = Agreement(id="t1", pair="p1", agreed_on=date(2026, 11, 1), boundaries="Weekends")


def made(said: dict[str, str], in_force: Agreement | None, pair: Pair) -> tuple[Pair, Any]:
    return agreed(pair, in_force, terms_of(said, DAY), DAY)


# Pure --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [{}, {"cadence": "monthly"}, {"boundaries": "", "remarks": " "}])
def test_without_a_term_there_is_no_agreement(aiko: Pair, said: dict[str, str]) -> None:
    assert made(said, None, aiko)[1] is None


@pytest.mark.parametrize("said", [{}, {"boundaries": "Weekends"}, {"leaving": ""}])
def test_what_says_the_same_is_no_new_version(aiko: Pair, said: dict[str, str]) -> None:
    pair, agreement = made(said, IN_FORCE, aiko)

    assert (pair, agreement) == (aiko, None)


def test_a_new_version_carries_over_what_was_not_said(aiko: Pair) -> None:
    _pair, agreement = made({"leaving": "Say so"}, IN_FORCE, aiko)

    assert (agreement.boundaries, agreement.leaving) == ("Weekends", "Say so")
    assert (agreement.id, agreement.agreed_on) == ("", DAY)
    assert agreement.uid != IN_FORCE.uid


def test_remarks_alone_make_a_version_too(aiko: Pair) -> None:
    assert made({"remarks": "Shy"}, None, aiko)[1].remarks == "Shy"


def test_what_is_of_the_pair_goes_to_the_pair(aiko: Pair) -> None:
    said = {"cadence": "毎月", "minutes": "45", "channel": "phone", "term": "半年"}

    pair, _none = made(said, None, aiko)

    assert (pair.cadence, pair.minutes, pair.channel) == ("1m", 45, "phone")
    assert pair.term_ends_on == date(2027, 5, 22)


def test_a_term_that_is_over_already_is_refused_only_where_it_is_new(aiko: Pair) -> None:
    over = aiko.with_changes(term_ends_on=date(2026, 11, 20))

    pair, _none = made({"term": "2026-11-20"}, None, over)
    with pytest.raises(InvalidValue) as caught:
        made({"term": "2026-11-21"}, None, over)

    assert pair.term_ends_on == date(2026, 11, 20)
    assert (caught.value.field, caught.value.reason) == ("term_ends_on", "term-over")


# Kept --------------------------------------------------------------------------------------------


def test_the_same_agreement_is_kept_once(journal: Journal, aiko: Pair) -> None:
    terms = {"boundaries": "Weekends"}

    first = agree(journal, "p1", terms, DAY, uid="a" * 32)
    again = agree(journal, "p1", terms, DAY, uid="a" * 32)

    assert first.agreement is not None
    assert again.agreement == first.agreement
    assert [each.id for each in agreements.versions(journal, "p1")] == ["t1"]


def test_nothing_new_is_written_as_nothing(journal: Journal, aiko: Pair) -> None:
    agree(journal, "p1", {"boundaries": "Weekends"}, DAY)

    same = agree(journal, "p1", {"boundaries": "Weekends", "minutes": None}, DAY)

    assert not same.is_news
    assert len(journal.history()) == 2
    with pytest.raises(NotPossible) as caught:
        same.refuse_no_news()
    assert (caught.value.reason, caught.value.record) == ("nothing-agreed", "t1")


def test_a_write_that_is_under_way_can_agree_within_itself(journal: Journal) -> None:
    with journal.transaction("meet") as writing:
        pair = writing.add(Pair(partner="Chika", my_role="mentor", started_on=DAY))
        pair, agreement = agree_within(
            journal, writing, pair, {"leaving": "Say so", "minutes": 30}, DAY
        )

    assert (pair.id, pair.minutes) == ("p1", 30)
    assert agreement is not None
    assert agreements.in_force(journal, "p1") == agreement
    assert [write.command for write in journal.history()] == ["meet"]


def test_pairs_agree_each_for_themselves(journal: Journal, aiko: Pair, ben: Pair) -> None:
    agree(journal, "p1", {"boundaries": "Weekends"}, DAY)
    agree(journal, "p2", {"boundaries": "Evenings"}, DAY)

    assert [each.id for each in agreements.versions(journal, "p1")] == ["t1"]
    in_force = agreements.in_force(journal, "p2")
    assert in_force is not None
    assert in_force.boundaries == "Evenings"


# Asked -------------------------------------------------------------------------------------------


def test_a_new_pair_has_nothing_standing_there(aiko: Pair) -> None:
    asked = questions(aiko, None, DAY)

    assert [each.present for each in asked] == [""] * len(asked)


def test_what_holds_stands_there_and_is_read_back_as_the_same(aiko: Pair) -> None:
    pair = aiko.with_changes(cadence="2w tue", minutes=45, channel="in-person", term_ends_on=DAY)
    whole = IN_FORCE.with_changes(my_background="Two\nlines", remarks="  Shy")
    asked = questions(pair, whole, DAY)

    for each in asked:
        each.check(str(each.present))
    again = agreed(pair, whole, terms_of({each.key: each.present for each in asked}, DAY), DAY)

    assert again == (pair, None)
