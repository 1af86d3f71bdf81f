from __future__ import annotations

from mentorlog.render.ids import in_short, runs


def test_ids_that_follow_each_other_become_their_first_and_last() -> None:
    ids = ["m9", "m10", "m11", "m13", "a14", "a15", "p1", "m1"]

    assert runs(ids) == ["m9–m11", "m13", "a14–a15", "p1", "m1"]
    assert runs([]) == []


def test_a_few_ids_are_all_named_and_many_are_not() -> None:
    few, many = [f"q{n}" for n in range(1, 21)], [f"q{n}" for n in range(1, 22)]

    assert list(in_short(few)) == few
    assert list(in_short(many)) == ["q1–q21"]
