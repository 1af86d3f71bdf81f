"""What a review asks, in order: the time looked back over, each goal, the skills, how the two go on.

Answers are under the keys named here, a goal's under its id: "g1", "g1.value". What they mean is read
in `review_answers.py`. How a goal is asked about is `review_goal.py`'s, how the two go on
`deciding.py`'s; the questions of looking back, and those of a plateau, are the guide's.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from mentorlog.domain.measurement import MeasuredGoal
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import shapes
from mentorlog.domain.review import Review
from mentorlog.forms import assessing
from mentorlog.forms.deciding import about_going_on, decided
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.review_goal import about_a_goal, goal_title
from mentorlog.forms.values import is_yes, parse_value
from mentorlog.guide import prompts
from mentorlog.i18n import N_, _
from mentorlog.text import keepable

THANKS = "thanks"
HAS_A_LETTER = {"shorten", "pause"}  # of its own, in place of thanks


class Occasion(NamedTuple):
    """What decides which questions are asked, and what stands beside them.

    `goals` are the active ones, `ratings` how the skills were rated last, `phase` the one the pair is
    in. `letter` drafts the letter of thanks, to fit the answers given before it.
    """

    pair: Pair
    on: date
    today: date
    phase: str
    goals: Sequence[MeasuredGoal] = ()
    ratings: Mapping[str, int] = MappingProxyType({})
    is_final: bool = False
    is_stuck: bool = False
    letter: Callable[[Answers], str] = lambda _answers: ""

    @property
    def has_ended(self) -> bool:
        """True where there is nothing left to decide."""
        return self.pair.state == "ended"


def questions(about: Occasion, language: str) -> list[Prompt]:
    """Return what to ask, in order."""
    asked = _of_a_plateau(about, language) if about.is_stuck else _of_the_time(about)
    for each in about.goals:
        asked += about_a_goal(each, about.pair.started_on, about.on)
    if not about.is_stuck:
        asked += _under(_("The seven skills"), assessing.questions(about.ratings, about.on))
        asked += _under(_("The two of you"), _of_the_two(about))
    asked += _of_what_remains()
    if not about.has_ended:
        asked += about_going_on(about.pair, about.on, about.today)
    return [*asked, *_of_the_end(about, language)]


def questions_to_write(about: Occasion, language: str) -> list[Prompt]:
    """Return the same for an editor, where a question cannot wait for the answer to another."""
    return [
        each._replace(hint=_("leave it empty to have one drafted")) if each.key == THANKS else each
        for each in questions(about, language)
        if each.key != THANKS or about.is_final
    ]


def _of_the_time(about: Occasion) -> list[Prompt]:
    if about.pair.my_role == "mentor":
        theirs = _("What has your mentee learned, as far as you can see?")
        mine = _("And you: what has it taught you?")
    else:
        theirs = _("What have you learned?")
        mine = _("What do you think your mentor has learned from it?")
    return [
        _text("reached", _("What have the two of you reached in this time?"), _("Enter skips")),
        _text("hard", _("What was hard?")),
        _text("mentee-learned", theirs),
        _text("mentor-learned", mine),
    ]


def _of_a_plateau(about: Occasion, language: str) -> list[Prompt]:
    """Return the questions of GROW with one more before the last: whom to consult.

    They speak of one goal, which stands above them; where there is not just one, of what one works on.
    """
    role = about.pair.my_role
    phase = about.phase if len(about.goals) == 1 else "immersion"
    asked = [_text(each["key"], each[role]) for each in prompts(language)["grow"][phase]]
    if len(about.goals) == 1:
        asked = _under(goal_title(about.goals[0].goal), asked)
    else:
        asked[0] = asked[0]._replace(text=_(_WHAT_THEY_WORK_ON[role]))
    consult = _text(
        "consult",
        _("Whom could you ask who is outside the two of you?"),
        _("somebody who has been there, the contact of your programme, another mentor …"),
    )
    return [*asked[:-1], consult, asked[-1]]


_WHAT_THEY_WORK_ON = {
    "mentor": N_(
        "What do you enjoy about what the two of you work on now, and how well does it still fit?"
    ),
    "mentee": N_("What do you still enjoy about what you work on now, and what would you change?"),
}


def _of_the_two(about: Occasion) -> list[Prompt]:
    return [
        _text(
            "together",
            _("How do the two of you work together?"),
            _("what helps, what you would change; for yourself"),
        ),
        Prompt(
            "pulse",
            _("And how well, 1 to 4?"),
            _("1 badly, 4 very well; never shared; Enter skips"),
            check=partial(parse_value, "pulse", shapes(Review)["pulse"], today=about.on),
        ),
    ]


def _of_what_remains() -> list[Prompt]:
    return [
        _text(
            "conclusions", _("What do the two of you take from this review?"), _("may be shared")
        ),
        Prompt(
            "share",
            _("May your partner see that?"),
            _("y for yes; Enter: no"),
            check=partial(is_yes, "share"),
            only_if=lambda said: bool(said.get("conclusions")),
        ),
        _text("thoughts", _("And for yourself alone?"), _("never shared; Enter skips")),
    ]


def _of_the_end(about: Occasion, language: str) -> list[Prompt]:
    """Return what the last review of a term adds: looking back on all of it, and thanks."""
    role = about.pair.my_role
    looking_back = [] if about.is_stuck else prompts(language)["free"]["looking-back"]
    asked = [
        _text(each["key"], each[role])._replace(only_if=partial(_is_last, about))
        for each in looking_back
    ]
    letter = Prompt(
        THANKS,
        _("A letter of thanks, to send if you like:"),
        _("change it as you like: Alt-Enter begins a new line, Enter ends it"),
        drafted=about.letter,
        check=partial(keepable, THANKS),
        only_if=lambda said: _is_last(about, said) and decided(said) not in HAS_A_LETTER,
    )
    return [*asked, letter]


def _is_last(about: Occasion, said: Answers) -> bool:
    return about.is_final or decided(said) == "end"


def _under(title: str, asked: list[Prompt]) -> list[Prompt]:
    """Return questions with a title above the first."""
    return [asked[0]._replace(about=title), *asked[1:]]


def _text(key: str, text: str, hint: str = "") -> Prompt:
    return Prompt(key, text, hint, check=partial(keepable, key))
