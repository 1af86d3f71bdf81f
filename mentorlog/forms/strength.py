"""What is asked about a strength: offered or wanted, which area, and what shows it."""

from datetime import date
from functools import partial

from mentorlog.domain.record import shapes
from mentorlog.domain.strength import DIRECTIONS, Strength
from mentorlog.forms.prompt import Prompt
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, listing
from mentorlog.labels import choice_label


def questions(today: date) -> list[Prompt]:
    """Return the questions about a strength."""
    return [
        Prompt(
            "area",
            _("Which area is it?"),
            _("a few words, such as: running meetings"),
            is_needed=True,
        ),
        Prompt(
            "direction",
            _("Can you offer it, or do you want to learn it?"),
            _("{words}; Enter: offered").format(
                words=listing(choice_label("direction", each) for each in DIRECTIONS)
            ),
            check=partial(parse_value, "direction", shapes(Strength)["direction"], today=today),
        ),
        Prompt("evidence", _("What makes you say so?"), _("an example or two; Enter skips")),
    ]
