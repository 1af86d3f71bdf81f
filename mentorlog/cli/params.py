"""The parameters that commands share: one name, one meaning, one help text each."""

from typing import Annotated

import typer

from mentorlog.domain.kinds import LETTERS
from mentorlog.errors import InvalidValue, UsageError
from mentorlog.i18n import _
from mentorlog.text import folded

PairArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=_("PAIR"),
        help=_(
            "The partner's name or alias, or a beginning of it. Not needed with one active pair."
        ),
    ),
]
PairOption = Annotated[
    str | None,
    typer.Option("-p", "--pair", metavar=_("PAIR"), help=_("The pair, by name or alias.")),
]
PairAndText = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[PAIR] TEXT"),
        help=_(
            "The text, in quotes; before it the pair, where there are several. - reads standard input."
        ),
    ),
]
PairFilter = Annotated[
    str | None, typer.Argument(metavar=_("PAIR"), help=_("Only this pair; all, if left out."))
]
Cadence = Annotated[
    str | None,
    typer.Option(
        "--cadence",
        metavar=_("RHYTHM"),
        help=_("How often you mean to meet: 2w, monthly, every other tue."),
    ),
]
PairMinutes = Annotated[
    str | None,
    typer.Option("--minutes", metavar=_("N"), help=_("How long a meeting usually takes.")),
]
Via = Annotated[
    str | None,
    typer.Option(
        "--via", metavar=_("WORD"), help=_("In which way: in-person, online, phone, chat.")
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("Write the result as JSON."))]
NoInput = Annotated[bool, typer.Option("--no-input", help=_("Never ask anything."))]
Share = Annotated[
    bool, typer.Option("--share", help=_("Mark it as shared: exports for the partner may hold it."))
]
Edit = Annotated[bool, typer.Option("--edit", help=_("Write in your editor."))]
On = Annotated[
    str | None,
    typer.Option("--on", metavar=_("DATE"), help=_("The day it was; today if left out.")),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar=_("DATE"), help=_("From this day on."))
]
Until = Annotated[
    str | None, typer.Option("--until", metavar=_("DATE"), help=_("Up to and with this day."))
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, max=1_000_000, metavar=_("N"), help=_("At most so many.")),
]
ClosedToo = Annotated[bool, typer.Option("--all", help=_("Closed ones too."))]
Kind = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar=_("WORD"), help=_("Only this kind of record. May be repeated.")),
]
AllOfIt = Annotated[bool, typer.Option("--all", help=_("All of it, however much there is."))]
OfGoal = Annotated[
    str | None,
    typer.Option("--goal", metavar=_("RECORD"), help=_("The goal it belongs to, such as g3.")),
]
Yes = Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))]
Force = Annotated[bool, typer.Option("--force", help=_("Write over an existing file."))]
Records = Annotated[
    list[str], typer.Argument(metavar=_("RECORD"), help=_("Ids such as m12 or a7."))
]
OneRecord = Annotated[str, typer.Argument(metavar=_("RECORD"), help=_("An id such as m12 or a7."))]


def check_choice(option: str, typed: str | None, known: tuple[str, ...]) -> None:
    """Refuse a word that was typed and is none of those known."""
    if typed is not None and typed not in known:
        raise InvalidValue(option, typed, "not-a-choice", known)


def kinds_typed(typed: list[str] | None) -> tuple[str, ...]:
    """Return the kinds named with `--kind`; refuse a word that is none."""
    for word in typed or []:
        check_choice("--kind", word, tuple(LETTERS.values()))
    return tuple(typed or ())


def pair_typed(argument: str | None, option: str | None) -> str | None:
    """Return the pair that was named, as an argument or with `--pair`; two are refused."""
    if argument is not None and option is not None and folded(argument) != folded(option):
        raise UsageError("two-pairs", first=option, second=argument)
    return option if option is not None else argument
