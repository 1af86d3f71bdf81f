"""Which pair is meant, and starting a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.pair import Pair
from mentorlog.errors import (
    AmbiguousPair,
    InvalidValue,
    NotPossible,
    RecordNotFound,
    UsageError,
)
from mentorlog.storage.journal import Journal
from mentorlog.workflows.pairs import Customs, new_pair, pair_or_none, refuse_taken_name, the_pair

DAY = date(2026, 11, 22)
CUSTOMS = Customs(cadence="2w", term="6m", language="en")


def started(journal: Journal, partner: str, **more: object) -> Pair:
    with journal.transaction("pair start") as writing:
        pair = Pair(partner=partner, my_role="mentee", started_on=DAY)
        return writing.add(pair.with_changes(**more))


# Which is meant ----------------------------------------------------------------------------------


def test_without_a_name_the_only_active_pair_is_meant(journal: Journal, aiko: Pair) -> None:
    started(journal, "Ended", state="ended")
    started(journal, "Paused", state="paused")

    found = the_pair(journal, None)

    assert found == aiko


def test_without_a_name_and_without_a_pair_there_is_none(journal: Journal) -> None:
    with pytest.raises(NotPossible) as caught:
        the_pair(journal, None)

    assert caught.value.reason == "no-pair"
    assert not journal.path.exists()


def test_without_a_name_several_active_pairs_are_named(
    journal: Journal, aiko: Pair, ben: Pair
) -> None:
    with pytest.raises(AmbiguousPair) as caught:
        the_pair(journal, None)

    assert caught.value.candidates == (("p1", "Aiko Tanaka"), ("p2", "Ben"))


@pytest.mark.parametrize(
    "typed",
    ["p1", "P1", "ai", "AI", "ＡＩ", "Aiko Tanaka", "aiko", "a", " aiko　tanaka ", "AIKO T"],
)
def test_a_pair_is_meant_by_id_alias_name_or_a_beginning(
    journal: Journal, aiko: Pair, ben: Pair, typed: str
) -> None:
    found = the_pair(journal, typed)

    assert found == aiko


@pytest.mark.parametrize("typed", ["p9", "Tanaka", "Aikoo", "", " ", "m1"])
def test_what_means_no_pair_is_refused(journal: Journal, aiko: Pair, ben: Pair, typed: str) -> None:
    with pytest.raises(RecordNotFound) as caught:
        the_pair(journal, typed)

    assert (caught.value.kind, caught.value.ref) == ("pair", typed)


def test_a_beginning_of_several_names_is_refused_with_all_of_them(
    journal: Journal, aiko: Pair
) -> None:
    started(journal, "Aimi")

    with pytest.raises(AmbiguousPair) as caught:
        the_pair(journal, "a")

    assert caught.value.ref == "a"
    assert caught.value.candidates == (("p1", "Aiko Tanaka"), ("p2", "Aimi"))


def test_a_whole_alias_goes_before_the_beginning_of_another_name(
    journal: Journal, aiko: Pair
) -> None:
    started(journal, "Aimi")

    found = the_pair(journal, "aI")

    assert found == aiko


def test_a_pair_that_has_ended_gives_way_to_one_that_has_not(journal: Journal) -> None:
    started(journal, "Chika Mori", state="ended")
    chika = started(journal, "Chika Sato")

    found = [the_pair(journal, "chika"), the_pair(journal, "Chika Mori")]

    assert [pair.id for pair in found] == [chika.id, "p1"]


# A new one ---------------------------------------------------------------------------------------


def test_a_name_that_means_nobody_is_a_new_pairs(journal: Journal, aiko: Pair) -> None:
    found = [pair_or_none(journal, "Chika", None), pair_or_none(journal, "Chika", "mentor")]

    assert found == [None, None]


def test_without_a_name_no_pair_is_started(journal: Journal, aiko: Pair) -> None:
    found = pair_or_none(journal, None, "mentee")

    with pytest.raises(UsageError) as caught:
        pair_or_none(journal, None, "mentor")

    assert found == aiko
    assert caught.value.reason == "other-role"


@pytest.mark.parametrize("typed", ["p1", "ai", "AIKO TANAKA"])
def test_a_whole_name_with_the_role_it_has_means_the_pair_there_is(
    journal: Journal, aiko: Pair, typed: str
) -> None:
    found = pair_or_none(journal, typed, "mentee")

    assert found == aiko


def test_a_beginning_without_a_role_means_the_pair_there_is(journal: Journal, aiko: Pair) -> None:
    found = pair_or_none(journal, "aik", None)

    assert found == aiko


def test_a_beginning_with_a_role_could_mean_either_and_is_refused(
    journal: Journal, aiko: Pair
) -> None:
    with pytest.raises(UsageError) as caught:
        pair_or_none(journal, "Aiko", "mentee")

    assert caught.value.reason == "new-or-known"
    assert caught.value.words == {"typed": "Aiko", "known": "Aiko Tanaka", "id": "p1"}


def test_a_pair_there_is_with_the_other_role_is_refused(journal: Journal, aiko: Pair) -> None:
    with pytest.raises(UsageError) as caught:
        pair_or_none(journal, "ai", "mentor")

    assert caught.value.reason == "other-role"
    assert caught.value.words == {"known": "Aiko Tanaka", "role": "mentee"}


def test_a_new_pair_begins_with_the_customs() -> None:
    pair = new_pair("Chika", "mentor", DAY, CUSTOMS)

    assert (pair.id, pair.partner, pair.my_role, pair.started_on, pair.state) == (
        "", "Chika", "mentor", DAY, "active",
    )  # fmt: skip
    assert (pair.cadence, pair.term_ends_on, pair.language) == ("2w", date(2027, 5, 22), "en")


def test_what_is_given_goes_before_the_customs_and_none_is_not_given() -> None:
    pair = new_pair(
        "Chika", "mentor", DAY, CUSTOMS, cadence="1m", term="1y", language="ja", alias="c",
        minutes=None, channel=None,
    )  # fmt: skip

    assert (pair.cadence, pair.term_ends_on, pair.language) == ("1m", date(2027, 11, 22), "ja")
    assert (pair.alias, pair.minutes, pair.channel) == ("c", None, None)


@pytest.mark.parametrize("given", [{"cadence": "often"}, {"term": "long"}, {"language": "xx"}])
def test_what_a_pair_cannot_take_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        new_pair("Chika", "mentor", DAY, CUSTOMS, **given)


# Names that are taken ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("partner", "alias"),
    [("Aiko Tanaka", None), ("AI", None), ("Other", "ai"), ("Other", "aiko tanaka"), ("ａｉ", None)],
)  # fmt: skip
def test_a_name_or_alias_by_which_another_is_called_is_refused(
    journal: Journal, aiko: Pair, partner: str, alias: str | None
) -> None:
    new = Pair(partner=partner, alias=alias, my_role="mentor", started_on=DAY)

    with pytest.raises(NotPossible) as caught:
        refuse_taken_name(journal, new)

    assert (caught.value.reason, caught.value.record) == ("name-taken", "p1")


@pytest.mark.parametrize("partner", ["Aiko", "Tanaka", "a", "p", "2", "p2x", "pp2", "愛子"])
def test_a_name_that_only_begins_like_another_is_free(
    journal: Journal, aiko: Pair, partner: str
) -> None:
    new = Pair(partner=partner, my_role="mentor", started_on=DAY)

    refuse_taken_name(journal, new)

    assert the_pair(journal, "p1") == aiko


@pytest.mark.parametrize("called", ["p1", "p2", "P2", "m12", "ｐ２", " q7 "])
@pytest.mark.parametrize("field", ["partner", "alias"])
def test_a_name_or_alias_that_looks_like_an_id_is_refused(field: str, called: str) -> None:
    names: dict[str, Any] = {"partner": "Chika", field: called}

    with pytest.raises(InvalidValue) as caught:
        Pair(**names, my_role="mentor", started_on=DAY)

    assert (caught.value.field, caught.value.reason) == (field, "looks-like-an-id")
    assert caught.value.typed == called.strip()


def test_a_pair_may_keep_its_own_name(journal: Journal, aiko: Pair) -> None:
    changed = aiko.with_changes(minutes=30)

    refuse_taken_name(journal, changed)

    assert the_pair(journal, "ai") == aiko
