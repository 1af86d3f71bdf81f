"""`pair agree`, and how `pair show` shows what was agreed on."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from mentorlog.cli.context import Context
from mentorlog.cli.params import (
    Cadence,
    Edit,
    Json,
    NoInput,
    On,
    PairArgument,
    PairMinutes,
    PairOption,
    Via,
    pair_typed,
)
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.pair import Pair
from mentorlog.errors import UsageError
from mentorlog.i18n import _
from mentorlog.storage import agreements
from mentorlog.workflows.agreeing import Agreed
from mentorlog.workflows.pairs import the_pair


def _text(flag: str, help_text: str) -> Any:
    return typer.Option(flag, metavar=_("TEXT"), help=help_text)


def agree(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    my_background: Annotated[
        str | None, _text("--my-background", _("The background you bring."))
    ] = None,
    their_background: Annotated[
        str | None, _text("--their-background", _("The background they bring."))
    ] = None,
    my_expectations: Annotated[
        str | None, _text("--my-expectations", _("What you expect."))
    ] = None,
    their_expectations: Annotated[
        str | None, _text("--their-expectations", _("What they expect."))
    ] = None,
    confidentiality: Annotated[
        str | None, _text("--confidentiality", _("What stays between you."))
    ] = None,
    boundaries: Annotated[str | None, _text("--boundaries", _("Where the boundaries are."))] = None,
    feedback_way: Annotated[
        str | None, _text("--feedback-way", _("How you give each other feedback."))
    ] = None,
    leaving: Annotated[str | None, _text("--leaving", _("How either of you may leave."))] = None,
    remarks: Annotated[
        str | None, _text("--remarks", _("Remarks for yourself, never shared."))
    ] = None,
    cadence: Cadence = None,
    minutes: PairMinutes = None,
    via: Via = None,
    term: Annotated[
        str | None,
        typer.Option(
            "--term", metavar=_("SPAN"), help=_("How long, from the day agreed on: 6m, 1y.")
        ),
    ] = None,
    term_ends: Annotated[
        str | None, typer.Option("--term-ends", metavar=_("DATE"), help=_("The day the term ends."))
    ] = None,
    on: On = None,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Agree on the terms of a pair, each time as a new version."""
    here: Context = ctx.obj
    here.never_ask = no_input
    if term is not None and term_ends is not None:
        raise UsageError("term-twice")
    given = {
        "my_background": my_background, "their_background": their_background,
        "my_expectations": my_expectations, "their_expectations": their_expectations,
        "confidentiality": confidentiality, "boundaries": boundaries,
        "feedback_way": feedback_way, "leaving": leaving, "remarks": remarks,
        "cadence": cadence, "minutes": minutes, "channel": via,
        "term": term if term_ends is None else term_ends,
    }  # fmt: skip
    said = {key: text for key, text in given.items() if text is not None}
    meant = the_pair(here.journal, pair_typed(pair, pair_option))
    meant.refuse_ended()
    say_agreed(here, _agreed(here, meant, said, on, edit=edit), as_json=json)


def _agreed(
    here: Context, pair: Pair, said: dict[str, str], on: str | None, *, edit: bool
) -> Agreed:
    """Take the way that what is there allows, and return what was agreed on."""
    from mentorlog.cli.begun import Filled
    from mentorlog.cli.filling import fill_in, write_down
    from mentorlog.domain.record import new_uid
    from mentorlog.forms.agreeing import questions, terms_of
    from mentorlog.workflows.agreeing import agree as agree_on

    day = here.past_day(on, "agreed_on")

    def keep(filled: Filled) -> Agreed:
        agreed_on = filled.begun_on if on is None else day
        terms = terms_of(filled.answers, agreed_on)
        return agree_on(here.journal, pair.id, terms, agreed_on, uid=filled.uid)

    command = f"pair agree {pair.id}"
    given = dict[str, str | list[str]](said)
    in_force = agreements.in_force(here.journal, pair.id)
    if in_force is not None:
        in_force.refuse_earlier(day)  # before anything is asked
    if edit:
        asked = questions(pair, in_force, day)
        return write_down(here, command, pair.uid, lambda _today: asked, given, keep)
    if said:
        return keep(Filled(new_uid(), here.today, given)).refuse_no_news()
    if not here.is_person_here:
        raise UsageError("nothing-agreed-on")
    return fill_in(
        here,
        command,
        pair.uid,
        lambda begun_on: questions(pair, in_force, begun_on),
        given,
        keep,
    )


def say_agreed(here: Context, agreed: Agreed, *, as_json: bool) -> None:
    """Say what was agreed on: the new version, what it changes, and what it changes about the pair."""
    if as_json:
        here.show_json(pair_json(agreed.pair, agreements.versions(here.journal, agreed.pair.id)))
        return
    if not agreed.is_news:
        here.tell(_("Nothing has changed."))
        return
    from mentorlog.render import receipt

    partner = agreed.pair.partner
    if agreed.agreement is not None:
        here.show(receipt.kept([(agreed.agreement, partner)], here.style))
        if agreed.last is not None:
            last = agreed.last.with_changes(agreed_on=agreed.agreement.agreed_on)
            here.show(receipt.changes(last, agreed.agreement))
    if agreed.pair != agreed.before:
        here.show(receipt.kept([(agreed.pair, partner)], here.style))
        here.show(receipt.changes(agreed.before, agreed.pair))
    here.tell(receipt.undo_hint())


def show_agreement(here: Context, versions: Sequence[Agreement]) -> None:
    """Draw the agreement in force and what has changed since the version before; nothing without one."""
    if not versions:
        return
    from mentorlog.render.agreement import agreement

    here.show("")
    here.draw(agreement(versions[-1], versions[-2] if len(versions) > 1 else None))


def pair_json(pair: Pair, versions: Sequence[Agreement]) -> dict[str, Any]:
    """Return a pair with the agreement in force and the ids of all its versions."""
    from mentorlog.render.as_json import record_json

    return record_json(pair) | {
        "agreement": record_json(versions[-1]) if versions else None,
        "agreements": [each.id for each in versions],
    }
