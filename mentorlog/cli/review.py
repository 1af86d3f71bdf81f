"""`review`: look back at a milestone and decide how to go on, by options, from standard input, guided.

What is asked is `forms/reviewing.py`'s, what follows from the answers `workflows/reviewing.py`'s, what
the digest says `render/digest.py`'s. The way through one call is `cli/sitting.py`'s.
"""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from mentorlog.cli.answering import Gathering
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import (
    Edit,
    Json,
    NoInput,
    PairArgument,
    PairOption,
    Share,
    pair_typed,
)
from mentorlog.cli.sitting import Sitting, take
from mentorlog.domain.assessment import SKILLS
from mentorlog.forms import assessing
from mentorlog.forms.review_answers import (
    OF_A_GOAL,
    OF_A_PLATEAU,
    OF_GOING_ON,
    OF_THE_END,
    OF_THE_TIME,
    OF_THE_TWO,
    OF_WHAT_REMAINS,
    VERDICTS,
)
from mentorlog.i18n import _, listing
from mentorlog.render.cells import wrapped
from mentorlog.workflows.pairs import the_pair

app = new_app()

_WIDEST = 74  # cells of a line of keys


def _option(flag: str, help_text: str, metavar: str = "") -> Any:
    return typer.Option(flag, metavar=metavar or _("TEXT"), help=help_text)


def _help() -> str:
    """Return what goes under the summary: how it goes, and the keys of all answers."""
    of_goals = ("=".join(("g1", "|".join(VERDICTS))), *(f"g1.{part}" for part in OF_A_GOAL))
    return "\n".join(
        (
            _(
                "It shows the figures since the last review, then asks one thing at a time. With an"
                " answer given, nothing is asked; without one and without a terminal, the figures are"
                " all."
            ),
            "",
            _("All of it is one write: undo takes all of it back."),
            "",
            _("Keys for --answer, and for an object of them in JSON:"),
            *_in_lines((*OF_THE_TIME, *OF_THE_TWO)),
            *_in_lines((*OF_WHAT_REMAINS, *OF_GOING_ON)),
            *_in_lines(of_goals),
            *_in_lines(map(assessing.key, SKILLS)),
            _("In the last review of a term: {keys}").format(keys=listing(OF_THE_END)),
            _("With --stuck: {keys}").format(keys=listing(OF_A_PLATEAU)),
        )
    )


def _in_lines(keys: Iterable[str]) -> list[str]:
    """Return keys in lines of their own, set in."""
    return [f"  {line}" for line in wrapped(listing(keys), _WIDEST)]


@app.command(cls=Command, help=_help())
def review(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    on: Annotated[
        str | None, _option("--on", _("The day it was; today if left out."), _("DATE"))
    ] = None,
    since: Annotated[
        str | None,
        _option(
            "--since",
            _("Look back from this day on; from the last review, if left out."),
            _("DATE"),
        ),
    ] = None,
    conclusions: Annotated[
        str | None,
        _option(
            "--conclusions",
            _("What the two of you take from it; may be shared. - reads standard input."),
        ),
    ] = None,
    thoughts: Annotated[
        str | None,
        _option("--thoughts", _("For yourself, never shared. - reads standard input.")),
    ] = None,
    pulse: Annotated[
        str | None,
        _option(
            "--pulse", _("How you work together, 1 badly to 4 very well; never shared."), "1-4"
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        _option(
            "--measure", _("Where a goal stands, such as g1=4. May be repeated."), _("ID=NUMBER")
        ),
    ] = None,
    rate: Annotated[
        list[str] | None,
        _option("--rate", _("Its level, -2 to 2, such as g1=1. May be repeated."), _("ID=LEVEL")),
    ] = None,
    achieve: Annotated[
        list[str] | None,
        _option("--achieve", _("A goal that is achieved. May be repeated."), _("ID")),
    ] = None,
    drop: Annotated[
        list[str] | None,
        _option("--drop", _("A goal that is given up, and why. May be repeated."), _("ID[=TEXT]")),
    ] = None,
    decision: Annotated[
        str | None,
        _option(
            "--decision", _("How you go on: continue, extend, shorten, pause, end."), _("WORD")
        ),
    ] = None,
    by: Annotated[
        str | None, _option("--by", _("With extend, how much longer: 3m, 6w."), _("SPAN"))
    ] = None,
    to: Annotated[
        str | None,
        _option("--to", _("With extend or shorten, the day the term is to end."), _("DATE")),
    ] = None,
    until: Annotated[
        str | None,
        _option("--until", _("With pause, the day to go on; not known, if left out."), _("DATE")),
    ] = None,
    because: Annotated[
        str | None,
        _option(
            "--because",
            _("With end, why; the partner never sees it."),
            "done|mismatch|moved|other",
        ),
    ] = None,
    next_review: Annotated[
        str | None,
        _option(
            "--next-review",
            _("When you look back again; what the term asks for, if left out."),
            _("DATE"),
        ),
    ] = None,
    answer: Annotated[
        list[str] | None,
        _option(
            "--answer",
            _("The answer to any question. May be repeated. - reads JSON from standard input."),
            _("KEY=TEXT"),
        ),
    ] = None,
    stuck: Annotated[
        bool,
        typer.Option("--stuck", help=_("Nothing moves: ask what helps on a plateau instead.")),
    ] = False,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Review a pair."""
    here: Context = ctx.obj
    here.never_ask = no_input
    about = the_pair(here.journal, pair_typed(pair, pair_option))
    options = {
        "conclusions": conclusions, "thoughts": thoughts, "pulse": pulse, "decision": decision,
        "by": by, "to": to, "until": until, "because": because, "next_review_on": next_review,
        "share": "yes" if share else None,
    }  # fmt: skip
    gathering = Gathering(here, is_stuck=stuck).options(options).words(answer or [])
    gathering.of_goals("--measure", "value", measure or [])
    gathering.of_goals("--rate", "level", rate or [])
    gathering.verdicts("achieve", achieve or []).verdicts("drop", drop or [])
    day = None if on is None else here.past_day(on, "--on")
    sitting = Sitting(about, day, here.day(since, "--since"), stuck)
    take(here, sitting, gathering.given, in_editor=edit, as_json=json)
