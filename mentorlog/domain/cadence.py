"""How often a pair means to meet, and when the next meeting is expected."""

from datetime import date

from mentorlog.domain.when import add_span
from mentorlog.errors import InvalidValue
from mentorlog.text import folded

_NAMED = {
    "weekly": "1w",
    "biweekly": "2w",
    "fortnightly": "2w",
    "monthly": "1m",
    "毎週": "1w",
    "隔週": "2w",
    "毎月": "1m",
}
FORMS = ("2w", "10d", "1m", "weekly", "monthly", "隔週")


def parse_cadence(typed: str, field: str = "cadence") -> str:
    """Return a cadence as it is kept: a span such as "2w"; raise InvalidValue with forms that work."""
    wanted = folded(typed).removeprefix("every ").removesuffix("ごと")
    span = _NAMED.get(wanted, wanted)
    try:
        add_span(date(2000, 1, 1), span, field)
    except InvalidValue:
        raise InvalidValue(field, typed, "cadence-unknown", FORMS) from None
    return span


def next_expected(last: date, cadence: str) -> date | None:
    """Return the day the next meeting is expected after one held on `last`.

    None where the calendar ends before it.
    """
    try:
        return add_span(last, cadence)
    except InvalidValue:
        return None
