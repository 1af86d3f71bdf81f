"""What a review asks of whom, and the account that the answers make."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog import i18n
from mentorlog.domain.goal import LEVELS, Goal
from mentorlog.domain.measurement import MeasuredGoal, Measurement
from mentorlog.domain.pair import Pair
from mentorlog.errors import InvalidValue, NotPossible, UsageError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.review_answers import (
    account_of,
    key_meant,
    read_decision,
    without_empty_revisions,
)
from mentorlog.forms.reviewing import Occasion, questions, questions_to_write
from mentorlog.workflows.reviewing import Account, Decision, Reading, Verdict

DAY = date(2026, 11, 22)
FIVE = {level: f"outcome {level}" for level in LEVELS}
LOOKING_BACK = ["learned", "changed", "next"]


def occasion(**fields: Any) -> Occasion:
    pair: dict[str, Any] = {
        name: fields.pop(name) for name in ("my_role", "term_ends_on", "state") if name in fields
    }
    started = date(2026, 10, 1)
    about: dict[str, Any] = {
        "pair": Pair(id="p1", partner="Aya", started_on=started, **{"my_role": "mentor"} | pair),
        "on": DAY,
        "today": DAY,
        "phase": "immersion",
        "letter": lambda said: f"Dear Aya, {said.get('decision')}",
    }
    return Occasion(**about | fields)


def measured(ref: str, *readings: float, **fields: Any) -> MeasuredGoal:
    goal = Goal(id=ref, pair="p1", **{"statement": f"Reach {ref}"} | fields)
    return MeasuredGoal(
        goal, [Measurement(goal=ref, taken_on=DAY, value=value) for value in readings]
    )


def asked(about: Occasion, answers: Answers) -> list[Prompt]:
    """Return what is asked of somebody who gives those answers, and skips the rest."""
    said: Answers = {}
    found = []
    for each in questions(about, "en"):
        if each.only_if(said):
            found.append(each)
        said[each.key] = answers.get(each.key, "") if each.only_if(said) else ""
    return found


def keys(about: Occasion, **answers: str) -> list[str]:
    return [each.key for each in asked(about, dict(answers))]


def prompt(about: Occasion, key: str) -> Prompt:
    return next(each for each in questions(about, "en") if each.key == key)


def account(**answers: str) -> Account:
    named = {key.replace("__", "."): said for key, said in answers.items()}
    return account_of(dict(named), "uid", DAY, None, DAY, is_stuck=False)


# What is asked -----------------------------------------------------------------------------------


def test_the_questions_come_in_the_order_of_a_review() -> None:
    found = keys(occasion(goals=[measured("g1", unit="books")]))

    assert [each for each in found if not each.startswith("ratings.")] == [
        "reached", "hard", "mentee-learned", "mentor-learned", "g1.value", "g1",
        "together", "pulse", "conclusions", "thoughts", "decision",
    ]  # fmt: skip
    assert sum(each.startswith("ratings.") for each in found) == 7


def test_both_sides_are_asked_what_was_learned_each_in_its_own_words() -> None:
    texts = {
        role: [
            prompt(occasion(my_role=role), f"{side}-learned").text for side in ("mentee", "mentor")
        ]
        for role in ("mentor", "mentee")
    }

    assert texts["mentor"] == [
        "What has your mentee learned, as far as you can see?", "And you: what has it taught you?"
    ]  # fmt: skip
    assert texts["mentee"][0] == "What have you learned?"
    assert "your mentor has learned" in texts["mentee"][1]


def test_of_a_goal_a_number_is_asked_only_where_it_has_one_and_a_level_where_they_are_written() -> (
    None
):
    goals = [
        measured("g1", target=9.0),
        measured("g2", levels=FIVE),
        measured("g3"),
        measured("g4", 2.0, levels=FIVE),
    ]

    found = [each for each in asked(occasion(goals=goals), {}) if each.key.startswith("g")]

    assert [each.key for each in found] == [
        "g1.value", "g1", "g2.level", "g2", "g3", "g4.value", "g4.level", "g4",
    ]  # fmt: skip
    assert [each.about for each in found if each.about] == [
        f"g{n}  Reach g{n}" for n in range(1, 5)
    ]
    assert "last time 2" in prompt(occasion(goals=goals), "g4.value").hint
    assert "the target is 9" in prompt(occasion(goals=goals), "g1.value").hint
    levels = prompt(occasion(goals=goals), "g2.level").hint.split("\n")
    assert [each.strip() for each in levels] == [
        "-2 outcome -2", "-1 outcome -1", "0 outcome 0", "+1 outcome 1", "+2 outcome 2",
        "Enter: not rated",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "more"),
    [
        ("", []),
        ("keep", []),
        ("achieve", []),
        ("drop", ["g1.because"]),
        ("revise", ["g1.statement", "g1.target", "g1.due_on", "g1.because"]),
    ],
)
def test_a_goal_is_asked_about_further_only_where_it_is_changed(
    verdict: str, more: list[str]
) -> None:
    answers = {"g1": verdict, "g1.statement": "Reach g1", "g1.target": "12"}
    found = keys(occasion(goals=[measured("g1", target=9.0)]), **answers)

    assert [each for each in found if each.startswith("g1.")] == ["g1.value", *more]


def test_why_is_not_asked_of_a_goal_that_goes_on_saying_the_same() -> None:
    answers = {"g1": "revise", "g1.statement": "Reach g1", "g1.target": "9.0"}

    found = keys(occasion(goals=[measured("g1", target=9.0)]), **answers)

    assert "g1.because" not in found


def test_what_a_goal_says_stands_there_to_be_changed() -> None:
    about = occasion(goals=[measured("g1", target=9.0)])

    assert (prompt(about, "g1.statement").present, prompt(about, "g1.target").present) == (
        "Reach g1",
        "9",
    )


@pytest.mark.parametrize(
    ("decision", "more"),
    [
        ("", []),
        ("continue", ["next_review_on"]),
        ("extend", ["by", "next_review_on"]),
        ("shorten", ["to", "next_review_on"]),
        ("pause", ["until", "next_review_on"]),
        ("end", ["because", *LOOKING_BACK, "thanks"]),
    ],
)
def test_a_decision_is_asked_for_what_it_takes(decision: str, more: list[str]) -> None:
    found = keys(occasion(term_ends_on=date(2027, 4, 1)), decision=decision)

    assert found[found.index("decision") + 1 :] == more


def test_the_last_review_of_a_term_looks_back_on_all_of_it_and_thanks() -> None:
    about = occasion(is_final=True)
    ends = {decision: keys(about, decision=decision) for decision in ("", "pause", "end")}

    tails = {decision: found[found.index("learned") :] for decision, found in ends.items()}
    assert tails == {
        "": [*LOOKING_BACK, "thanks"],
        "pause": LOOKING_BACK,
        "end": [*LOOKING_BACK, "thanks"],
    }
    letter = prompt(about, "thanks")
    assert (letter.present, letter.drafted({"decision": "end"})) == ("", "Dear Aya, end")


def test_of_a_pair_that_has_ended_nothing_is_to_be_decided() -> None:
    found = keys(occasion(state="ended", is_final=True))

    assert "decision" not in found
    assert found[-4:] == [*LOOKING_BACK, "thanks"]


def test_a_plateau_is_asked_about_by_grow_and_whom_to_consult() -> None:
    found = keys(occasion(is_stuck=True, goals=[measured("g1")]))

    assert found == [
        "goal", "reality", "options", "consult", "will", "g1",
        "conclusions", "thoughts", "decision",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("goals", "phase", "title", "asks"),
    [
        (["g1"], "immersion", "g1  Reach g1", "this goal"),
        (["g1"], "looking-back", "g1  Reach g1", "this goal"),
        ([], "immersion", "", "what you work on now"),
        (["g1", "g2"], "looking-back", "", "what you work on now"),
    ],
)
def test_on_a_plateau_the_one_goal_is_named_and_of_several_none_is_meant(
    goals: list[str], phase: str, title: str, asks: str
) -> None:
    aims = [measured(ref) for ref in goals]
    about = occasion(is_stuck=True, my_role="mentee", phase=phase, goals=aims)

    first, *others = [
        each for each in questions(about, "en") if each.key in {"goal", "reality", "will"}
    ]

    assert (first.about, asks in first.text) == (title, True)
    assert not any(each.about for each in others)
    assert len(goals) == 1 or not any("this goal" in each.text for each in others)


def test_each_part_of_a_review_has_its_heading() -> None:
    headings = [each.about for each in asked(occasion(goals=[measured("g1")]), {}) if each.about]

    assert headings == ["g1  Reach g1", "The seven skills", "The two of you"]


def test_may_it_be_shared_is_asked_only_of_what_there_is() -> None:
    assert "share" in keys(occasion(), conclusions="Go on")
    assert "share" not in keys(occasion())


def test_in_an_editor_no_letter_stands_but_in_the_last_review() -> None:
    letters = [
        [each for each in questions_to_write(about, "en") if each.key == "thanks"]
        for about in (occasion(), occasion(is_final=True), occasion(is_final=True, state="ended"))
    ]

    assert [len(each) for each in letters] == [0, 1, 1]
    assert letters[1][0].hint == "leave it empty to have one drafted"


@pytest.mark.parametrize(
    ("key", "typed", "reason"),
    [
        ("decision", "stop", "not-a-choice"),
        ("decision", "shorten", "no-term-in-review"),
        ("by", "soon", "span-unknown"),
        ("until", "2026-11-22", "pause-without-length-in-review"),
        ("next_review_on", "today", "not-after-the-review"),
        ("because", "bored", "not-a-choice"),
        ("pulse", "5", "not-a-number"),
        ("g1.value", "much", "not-a-quantity"),
        ("g1", "burn", "not-a-choice"),
    ],
)
def test_what_cannot_be_taken_is_refused_as_it_is_typed(key: str, typed: str, reason: str) -> None:
    about = occasion(goals=[measured("g1", target=9.0)])

    with pytest.raises((InvalidValue, NotPossible)) as caught:
        prompt(about, key).check(typed)

    assert getattr(caught.value, "reason", "") == reason


def test_a_term_is_not_lengthened_or_shortened_the_wrong_way() -> None:
    about = occasion(term_ends_on=date(2027, 4, 1))

    for key, typed, reason in (
        ("by", "2027-03-01", "not-longer-in-review"),
        ("to", "2027-05-01", "not-shorter-in-review"),
    ):
        with pytest.raises(InvalidValue, match=reason):
            prompt(about, key).check(typed)
    prompt(about, "by").check("6w")
    prompt(about, "to").check("24 Dec")


def test_the_day_suggested_for_the_next_review_is_said() -> None:
    assert "Sat 3 Apr 2027" not in prompt(occasion(), "next_review_on").hint
    with_term = occasion(term_ends_on=date(2027, 4, 1))

    assert (
        "Enter: Thu 31 Dec 2026, unless the term changes"
        in prompt(with_term, "next_review_on").hint
    )


# What the answers mean ---------------------------------------------------------------------------


def test_answers_make_an_account() -> None:
    said = account(
        reached="Much", together="Well", pulse="3", conclusions="Go on", share="yes", thoughts=" ",
        g1__value="4.5", g2__level="-1", ratings__learning="5", decision="continue",
        next_review_on="+2w", hard="",
    )  # fmt: skip

    assert said == Account(
        "uid", DAY,
        conclusions="Go on", pulse=3, is_shared=True, decision=Decision("continue"),
        next_review_on=date(2026, 12, 6), written={"reached": "Much", "together": "Well"},
        readings=[Reading("g1", 4.5, None), Reading("g2", None, -1)], verdicts=[],
        ratings={"learning": 5},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"g1": "achieve"}, Verdict("g1", "achieve")),
        ({"g1": "DROP", "g1__because": "no time"}, Verdict("g1", "drop", {}, "no time")),
        ({"g1__target": "12"}, Verdict("g1", "revise", {"target": 12.0})),
        (
            {"g1": "revise", "g1__target": "", "g1__due_on": "+1w", "g1__because": "why"},
            Verdict("g1", "revise", {"target": None, "due_on": date(2026, 11, 29)}, "why"),
        ),
    ],
)
def test_a_verdict_is_read_with_what_belongs_to_it(
    answers: dict[str, str], verdict: Verdict
) -> None:
    assert account(**answers).verdicts == [verdict]


def test_a_goal_that_is_kept_has_no_verdict() -> None:
    assert account(g1="keep", g2="", g2__target="").verdicts == []


@pytest.mark.parametrize(
    ("answers", "decision"),
    [
        ({"decision": "extend", "by": "3m"}, Decision("extend", by="3m")),
        ({"decision": "extend", "by": "2027-05-01"}, Decision("extend", to=date(2027, 5, 1))),
        ({"decision": "shorten", "to": "+2w"}, Decision("shorten", to=date(2026, 12, 6))),
        ({"decision": "pause"}, Decision("pause")),
        ({"decision": "pause", "until": "+6w"}, Decision("pause", until=date(2027, 1, 3))),
        ({"decision": "end", "because": "moved"}, Decision("end", because="moved")),
    ],
)
def test_a_decision_is_read_with_what_it_takes(answers: dict[str, str], decision: Decision) -> None:
    assert account(**answers).decision == decision


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"decision": "extend"}, "extend-by-or-to"),
        ({"decision": "extend", "by": "3m", "to": "+1w"}, "extend-by-or-to"),
        ({"decision": "shorten"}, "shorten-to"),
        ({"decision": "end"}, "because-missing"),
        (
            {"decision": "end", "because": "done", "next_review_on": "+1w"},
            "no-review-after-the-end",
        ),
        ({"decision": "continue", "until": "+1w"}, "goes-with"),
        ({"until": "+1w"}, "goes-with"),
        ({"next_review_on": "+1w"}, "goes-with"),
        ({"g1": "keep", "g1__target": "1"}, "goes-with"),
        ({"g1": "achieve", "g1__because": "why"}, "goes-with"),
        ({"g1__because": "why"}, "goes-with"),
    ],
)
def test_what_does_not_go_together_is_refused(answers: dict[str, str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        account(**answers)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"g1__target": "many"}, "g1.target"),
        ({"g1__value": "many"}, "g1.value"),
        ({"g1__level": "3"}, "g1.level"),
        ({"g1": "burn"}, "g1"),
        ({"ratings__learning": "6"}, "ratings.learning"),
        ({"decision": "extend", "by": "soon"}, "by"),
        ({"hard": "a\x00b"}, "hard"),
        ({"share": "perhaps"}, "share"),
        ({"decision": "end", "because": "bored"}, "--because"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_key(answers: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        account(**answers)

    assert caught.value.field == field


def test_a_goal_that_was_left_as_it_stood_is_kept_but_a_reason_is_not_lost() -> None:
    goals = [measured("g1", target=9.0).goal]

    def kept(**answers: str) -> list[Verdict]:
        named: Answers = {key.replace("__", "."): said for key, said in answers.items()}
        said = without_empty_revisions({"g1": "revise", **named}, goals, DAY)
        return list(account_of(said, "uid", DAY, None, DAY, is_stuck=False).verdicts)

    assert kept() == kept(g1__target="9.00", g1__statement="Reach g1") == []
    assert kept(g1__target="")[0].changes == {"target": None}
    assert kept(g1__because="why") == [Verdict("g1", "revise", {}, "why")]


@pytest.mark.parametrize(
    ("typed", "key", "on_a_plateau"),
    [
        ("hard", "hard", None),
        (" Hard ", "hard", None),
        ("Ｇ１.value", "g1.value", "g1.value"),
        ("g1", "g1", "g1"),
        ("g1.secret", None, None),
        ("consult", None, "consult"),
        ("ratings.learning", "ratings.learning", None),
        ("ratings.joy", None, None),
        ("thoughts", "thoughts", "thoughts"),
        ("thanks.end", None, None),
    ],
)
def test_a_key_is_known_in_any_case_and_width(
    typed: str, key: str | None, on_a_plateau: str | None
) -> None:
    assert key_meant(typed, is_stuck=False) == key
    assert key_meant(typed, is_stuck=True) == on_a_plateau


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("このまま続ける", "continue"),
        ("続ける", "continue"),
        ("Go on", "continue"),
        ("continue", "continue"),
    ],
)
def test_a_decision_is_read_in_japanese_too(typed: str, code: str) -> None:
    i18n.choose("ja")
    try:
        said = account(decision=typed)
    finally:
        i18n.choose("en")

    assert said.decision.code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("延長", "extend"),
        ("短縮", "shorten"),
        (" 休止 ", "pause"),
        ("終了", "end"),
        ("go on", "continue"),
    ],
)
def test_a_decision_has_short_words(typed: str, code: str) -> None:
    assert read_decision(typed) == code
