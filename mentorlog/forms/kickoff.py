"""What is asked about a first meeting before the rest: what the two agreed on, goals, the skills.

How each part is asked is the part's own: `agreeing.py` and `assessing.py`. Here is only the order, and
how their answers are kept apart from those about the meeting.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mentorlog.domain.agreement import Agreement
from mentorlog.domain.pair import Pair
from mentorlog.domain.when import split_due
from mentorlog.forms import agreeing, assessing
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.i18n import _

_AGREED = "agreed."


def questions(pair: Pair, agreement: Agreement | None, today: date) -> list[Prompt]:
    """Return the questions, in order; a new pair has no agreement to show."""
    agreed = agreeing.questions(pair, agreement, today)
    goal = Prompt(
        "goal",
        _("What is to be reached? Whatever you have agreed on by now."),
        _("a goal at a time; due:+3m sets a date; Enter when that is all"),
        is_list=True,
        check=lambda typed: split_due(typed, today),
    )
    return [
        *(each._replace(key=_AGREED + each.key) for each in agreed),
        goal,
        *assessing.questions({}, today),
    ]


def terms(answers: Answers, on: date) -> Mapping[str, Any]:
    """Return what was agreed, by the name of the field; None for what was taken away."""
    said = {
        key.removeprefix(_AGREED): typed
        for key, typed in answers.items()
        if key.startswith(_AGREED)
    }
    return agreeing.terms_of(said, on)


def ratings(answers: Answers, today: date) -> Mapping[str, int]:
    """Return how the skills were rated."""
    return assessing.ratings(answers, today)
