"""The records a figure stands on: how many there are, and which of them are named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mentorlog.domain.ids import Ids

THREE = Ids(["m1", "m2", "m3"])
OF_MANY = Ids(["m8", "m9"], 500)  # the two that are quoted, of five hundred


def test_there_are_as_many_as_are_named_unless_more_were_counted() -> None:
    assert [len(each) for each in (Ids(), THREE, OF_MANY, Ids(count=7))] == [0, 3, 500, 7]


def test_going_through_them_gives_those_that_are_named() -> None:
    assert [list(each) for each in (Ids(), THREE, OF_MANY, Ids(count=7))] == [
        [],
        ["m1", "m2", "m3"],
        ["m8", "m9"],
        [],
    ]
    assert ("m9" in OF_MANY, "m1" in OF_MANY) == (True, False)


def test_there_are_some_where_none_is_named() -> None:
    assert Ids(count=7)
    assert not Ids()


def test_they_can_be_named_by_their_places() -> None:
    assert (THREE[0], OF_MANY[-1]) == ("m1", "m9")
    assert (THREE[:2], THREE[-2:], OF_MANY[-3:]) == (("m1", "m2"), ("m2", "m3"), ("m8", "m9"))
    with pytest.raises(IndexError):
        OF_MANY[2]


def test_several_together_are_as_many_and_named_one_after_the_other() -> None:
    found = Ids.together([THREE, Ids(count=7), OF_MANY])

    assert (len(found), list(found)) == (510, ["m1", "m2", "m3", "m8", "m9"])
    assert Ids.together([]) == Ids()


def test_they_can_be_given_one_at_a_time() -> None:
    found = Ids.together(Ids(f"m{number}" for number in pair) for pair in ((1, 2), (3,)))

    assert found == THREE


def test_those_that_are_alike_are_as_many_with_the_same_names() -> None:
    assert Ids(["m8", "m9"], 500) == OF_MANY
    assert len({OF_MANY, Ids(["m8", "m9"], 500), THREE}) == 2
    assert Ids(["m8", "m9"], 501) != OF_MANY
    assert Ids(["m9", "m8"], 500) != OF_MANY


def test_a_tuple_is_alike_where_it_names_all_of_them() -> None:
    named: Sequence[str] = ("m1", "m2", "m3")
    found, of_many = Ids(named), Ids(named, 500)

    assert found == named
    assert hash(found) == hash(named)
    assert of_many != named
    assert found != list(named)


def test_they_are_shown_as_they_are_made() -> None:
    assert repr(OF_MANY) == "Ids(('m8', 'm9'), 500)"
