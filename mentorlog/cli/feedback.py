"""`feedback`: what was said about working together, what will change and, later, what did."""

from functools import partial
from typing import Annotated, cast

import typer

from mentorlog.cli.begun import Filled
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.filling import take_down
from mentorlog.cli.listing import pair_asked_for, show_list
from mentorlog.cli.params import (
    ClosedToo,
    Edit,
    Json,
    Limit,
    NoInput,
    On,
    OneRecord,
    PairAndText,
    PairFilter,
    PairOption,
    Share,
)
from mentorlog.cli.saying import kept_once, pair_and_words, say_kept, text_about, text_from
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.pair import Pair
from mentorlog.errors import InvalidValue, UsageError
from mentorlog.forms.feedback import questions
from mentorlog.forms.prompt import Answers
from mentorlog.forms.values import read_fields
from mentorlog.i18n import _
from mentorlog.storage import practice

app = new_app()

_DIRECTIONS = {"give": "given", "receive": "received"}


@app.command(
    "receive",
    cls=Command,
    help=_(
        "Keep feedback you got, and what will change.\n\n"
        "It is open until it is known what did change. That nothing needs to is a fine answer."
    ),
)
@app.command(
    "give",
    cls=Command,
    help=_(
        "Keep feedback you gave, and what will change.\n\n"
        "With a change in view it is open until it is known what did change. That nothing needs to"
        " change is a fine answer: leave --will-change out."
    ),
)
def give_or_receive(
    ctx: typer.Context,
    words: PairAndText = None,
    pair: PairOption = None,
    will_change: Annotated[
        str | None,
        typer.Option("--will-change", metavar=_("TEXT"), help=_("What will change because of it.")),
    ] = None,
    on: On = None,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Keep feedback. The two commands differ in their name only, which says the direction."""
    here: Context = ctx.obj
    here.never_ask = no_input
    name = ctx.command.name or ""
    said_on = here.past_day(on, "said_on").isoformat()
    about, typed = pair_and_words(here, words or [], pair, edit=edit)
    told = {
        "text": typed if edit or not typed else text_from(here, typed, ""),
        "will_change": will_change,
        "said_on": said_on if on else None,
        "visibility": "shared" if share else None,
    }
    given: Answers = {key: said for key, said in told.items() if said}
    kept = take_down(
        here,
        f"feedback {name} {about.id}",
        about.uid,
        lambda _today: questions(_DIRECTIONS[name]),
        given,
        partial(_kept, here, about, name),
        lacks=None if typed else UsageError("text-missing"),
        edit=edit,
    )
    say_kept(here, [kept], as_json=json)
    if not json:
        _say_what_follows(here, kept)


@app.command(
    cls=Command,
    help=_(
        "Say what feedback did change, or with --will what it will.\n\n"
        "That nothing needed to change is a fine answer."
    ),
)
def change(
    ctx: typer.Context,
    record: OneRecord,
    text: Annotated[
        str | None,
        typer.Argument(
            metavar=_("TEXT"), help=_("What did change, in quotes. - reads standard input.")
        ),
    ] = None,
    will: Annotated[
        str | None,
        typer.Option("--will", metavar=_("TEXT"), help=_("What will change because of it.")),
    ] = None,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Keep what feedback did change, what it will, or both."""
    here: Context = ctx.obj
    here.never_ask = no_input
    before = _feedback(here, record)  # before anything is asked
    if will is not None and not will.strip():
        raise InvalidValue("will_change", "", "required")
    did = None
    if text is not None or will is None or edit:
        did = _what_did_change(here, before, text or "", edit=edit)
    with here.journal.transaction("feedback change") as writing:
        kept = writing.change(_feedback(here, record).changed(did, will))
    say_kept(here, [kept], as_json=json)


@app.command(
    "list",
    cls=Command,
    help=_("List open feedback: what it changed is not known yet. --all lists the rest too."),
)
def list_feedback(
    ctx: typer.Context,
    pair: PairFilter = None,
    pair_option: PairOption = None,
    everything: ClosedToo = False,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List feedback, of one pair or of all."""
    here: Context = ctx.obj
    of = pair_asked_for(here, pair, pair_option)
    found = practice.feedback(here.journal, of, everything=everything, limit=limit)
    nothing = _("There is no feedback yet.") if everything else _("No feedback is open.")
    show_list(here, found, nothing, of=of, as_json=json)


def _kept(here: Context, about: Pair, name: str, filled: Filled) -> Feedback:
    """Keep what the answers make, as said on the day the form was begun unless they say when."""
    fields = read_fields(Feedback, filled.answers, filled.begun_on)
    feedback = Feedback(
        uid=filled.uid,
        pair=about.id,
        direction=_DIRECTIONS[name],
        **{"said_on": filled.begun_on, **fields},
    )
    return kept_once(here, f"feedback {name}", feedback)


def _say_what_follows(here: Context, kept: Feedback) -> None:
    if kept.is_open:
        hint = _("Once it is known what changed: mentorlog feedback change {id}")
        here.tell(hint.format(id=kept.id))
    if kept.is_shared and kept.direction == "received":
        here.tell(_("What you received goes into no export for others, shared or not."))


def _what_did_change(here: Context, feedback: Feedback, typed: str, *, edit: bool) -> str:
    """Return what did change, from where it comes; whoever is asked sees what was said."""
    if edit:
        typed = typed or feedback.did_change or ""
    elif not typed and here.is_person_here:
        from mentorlog.render.lines import one_line

        here.tell(one_line(feedback))
    prompt = _("What did change?")
    return text_about(here, "feedback change", feedback, typed, prompt, edit=edit)


def _feedback(here: Context, ref: str) -> Feedback:
    return cast("Feedback", here.journal.get(ref, "feedback"))
