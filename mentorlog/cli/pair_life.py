"""`pair pause`, `resume`, `extend`, `shorten` and `end`: the life of a pair, with a message to send."""

from typing import Annotated

import typer

from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, NoInput, On, PairArgument, PairOption, pair_typed
from mentorlog.cli.saying import say_kept, say_letter
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import shapes
from mentorlog.domain.when import span_parts
from mentorlog.errors import Interrupted, UsageError
from mentorlog.i18n import _, listing
from mentorlog.labels import choice_label
from mentorlog.workflows import life
from mentorlog.workflows.life import Moved
from mentorlog.workflows.pairs import the_pair

To = Annotated[
    str | None, typer.Option("--to", metavar=_("DATE"), help=_("The day the term is to end."))
]


def pause(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar=_("DATE"),
            help=_("The day to go on; +6w counts from the day it begins. Not known, if left out."),
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=_("DATE"), help=_("The day it begins; today if left out.")),
    ] = None,
    json: Json = False,
) -> None:
    """Pause a pair."""
    here: Context = ctx.obj
    meant = _meant(here, pair, pair_option, "active", "paused")
    begins = here.day(on, "--on")
    goes_on = here.day(until, "--until", begins if until and span_parts(until) else None)
    moved = life.pause(here.journal, meant.id, begins, goes_on, here.today)
    from mentorlog.render.letters import about_a_pause

    new = moved.after.unfinished_pause(here.today)
    _say(here, moved, "" if new is None else about_a_pause(moved.after, new), as_json=json)


def resume(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    on: On = None,
    json: Json = False,
) -> None:
    """Go on with a pair."""
    here: Context = ctx.obj
    meant = _meant(here, pair, pair_option, "paused", "active")
    day = here.day(on, "--on") or here.today
    moved = life.move(
        here.journal, "pair resume", meant.id, lambda each: each.resumed(day, here.today)
    )
    _say(here, moved, None, as_json=json)


def extend(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar=_("SPAN"), help=_("How much longer, from the end of the term: 3m, 6w.")
        ),
    ] = None,
    to: To = None,
    json: Json = False,
) -> None:
    """Extend the term of a pair."""
    here: Context = ctx.obj
    if (by is None) == (to is None):
        raise UsageError("extend-by-or-to")
    meant = _meant(here, pair, pair_option, "active", "paused")
    moved = life.extend(here.journal, meant.id, by, here.day(to, "--to"), here.today)
    _say(here, moved, None, as_json=json)


def shorten(
    ctx: typer.Context,
    to: Annotated[
        str, typer.Option("--to", metavar=_("DATE"), help=_("The day the term is to end."))
    ],
    pair: PairArgument = None,
    pair_option: PairOption = None,
    json: Json = False,
) -> None:
    """Shorten the term of a pair."""
    here: Context = ctx.obj
    meant = _meant(here, pair, pair_option, "active", "paused")
    day = here.day(to, "--to") or here.today
    moved = life.move(
        here.journal, "pair shorten", meant.id, lambda each: each.shortened(day, here.today)
    )
    from mentorlog.render.letters import about_a_shorter_term

    _say(here, moved, about_a_shorter_term(moved.after), as_json=json)


def end(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    because: Annotated[
        str | None,
        typer.Option(
            "--because",
            metavar="done|mismatch|moved|other",
            help=_("Why; the partner never sees it."),
        ),
    ] = None,
    on: On = None,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """End a pair."""
    here: Context = ctx.obj
    here.never_ask = no_input
    meant = _meant(here, pair, pair_option, "active", "paused")
    day = here.day(on, "--on") or here.today
    meant.ended(day, "other", here.today)  # refused here, before anything is asked
    why = _why(here, because)
    moved = life.move(
        here.journal, "pair end", meant.id, lambda each: each.ended(day, why, here.today)
    )
    from mentorlog.render.letters import farewell

    _say(here, moved, farewell(moved.after), as_json=json)
    if not json and why != "done" and life.to_take_along(here.journal, meant.id):
        here.tell("")
        here.tell(
            _(
                "To take your goals and open questions along to another pair: mentorlog pair start"
                " NAME --as {role} --after {id}"
            ).format(role=meant.my_role, id=meant.id)
        )


def _meant(here: Context, argument: str | None, option: str | None, *states: str) -> Pair:
    return the_pair(here.journal, pair_typed(argument, option), *states)


def _why(here: Context, typed: str | None) -> str:
    """Return why a pair ends, asked for where somebody is there to be asked."""
    from mentorlog.forms.values import parse_value

    shape = shapes(Pair)["ended_because"]
    choices = listing(choice_label("ended_because", each) for each in shape.choices)

    def read(text: str) -> str:
        return str(parse_value("ended_because", shape, text, here.today))

    if typed is None and here.is_person_here:
        from mentorlog.cli.ask import BACK

        typed = here.ask.line(_("Why? The partner never sees it."), choices, check=read)
        if typed in ("", BACK):
            raise Interrupted
    if typed is None or not typed.strip():
        raise UsageError("because-missing", known=choices)
    return read(typed)


def _say(here: Context, moved: Moved, letter: str | None, *, as_json: bool) -> None:
    """Say what has changed and, where there is one, show the message to send."""
    if as_json:
        from mentorlog.render.as_json import record_json

        message = {} if letter is None else {"message": letter or None}
        here.show_json(record_json(moved.after) | message)
        return
    if moved.after == moved.before:
        here.tell(_("Nothing has changed."))
    else:
        say_kept(here, [moved.after], as_json=False, before=moved.before)
    if letter:
        say_letter(here, letter)
