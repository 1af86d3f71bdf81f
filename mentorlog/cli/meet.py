"""`meet`: record a meeting, by options, from standard input, in a guided form or in an editor.

All four ways end in the same answers, as typed; `forms/meeting.py` reads them, `workflows/meetings.py`
decides what they change. Here is only which way is taken, the draft, and what is shown after.
"""

from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.drafting import MeetingDraft
from mentorlog.cli.params import (
    Edit,
    Json,
    NoInput,
    On,
    PairArgument,
    PairOption,
    Share,
    pair_typed,
)
from mentorlog.domain.pair import Pair
from mentorlog.errors import InvalidValue, JournalBusy, JournalUnusable, MentorlogError, UsageError
from mentorlog.forms.meeting import account_of
from mentorlog.forms.prompt import Answers
from mentorlog.i18n import _
from mentorlog.workflows.meetings import Held, hold
from mentorlog.workflows.pairs import new_pair, pair_or_none

app = new_app()


def _texts(flag: str, help_text: str, metavar: str = "") -> Any:
    return typer.Option(flag, metavar=metavar or _("TEXT"), help=help_text)


@app.command(
    cls=Command,
    help=_(
        "Without any of the parts below, somebody at a terminal is asked for them one at a time.\n\n"
        "A new name starts a pair: add --as mentor or --as mentee."
    ),
)
def meet(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    role: Annotated[
        str | None,
        typer.Option("--as", metavar="mentor|mentee", help=_("Which you are, with a new partner.")),
    ] = None,
    on: On = None,
    at: Annotated[str | None, _texts("--at", _("When it began, such as 14:30."), _("TIME"))] = None,
    minutes: Annotated[str | None, _texts("--minutes", _("How long it took."), _("N"))] = None,
    via: Annotated[
        str | None, _texts("--via", _("In which way: in-person, online, phone, chat."), _("WORD"))
    ] = None,
    topic: Annotated[
        list[str] | None, _texts("--topic", _("What it was about. May be repeated."))
    ] = None,
    summary: Annotated[str | None, _texts("--summary", _("What was said; may be shared."))] = None,
    notes: Annotated[
        str | None,
        _texts("--notes", _("Notes for yourself, never shared; - reads standard input.")),
    ] = None,
    insight: Annotated[
        list[str] | None, _texts("--insight", _("Something you noticed. May be repeated."))
    ] = None,
    action: Annotated[
        list[str] | None,
        _texts("--action", _("What you will do; due:fri in it sets a date. May be repeated.")),
    ] = None,
    their_action: Annotated[
        list[str] | None, _texts("--their-action", _("What the partner will do. May be repeated."))
    ] = None,
    advice: Annotated[
        list[str] | None,
        _texts(
            "--advice",
            _("Advice for the mentee; you will be asked what came of it. May be repeated."),
        ),
    ] = None,
    question: Annotated[
        list[str] | None, _texts("--question", _("What to raise next time. May be repeated."))
    ] = None,
    done: Annotated[
        list[str] | None,
        _texts("--done", _("An action that is done, such as a3. May be repeated."), _("ID")),
    ] = None,
    told: Annotated[
        list[str] | None,
        _texts(
            "--told", _("What came of advice, such as a4=It worked. May be repeated."), _("ID=TEXT")
        ),
    ] = None,
    answer: Annotated[
        list[str] | None,
        _texts(
            "--answer",
            _("The answer to a question, such as q2=Yes. May be repeated."),
            _("ID=TEXT"),
        ),
    ] = None,
    pulse: Annotated[
        str | None,
        _texts("--pulse", _("How you get on, 1 badly to 4 very well; never shared."), "1-4"),
    ] = None,
    next_on: Annotated[
        str | None, _texts("--next", _("The next meeting; +2w counts from this one."), _("DATE"))
    ] = None,
    kickoff: Annotated[
        bool,
        typer.Option(
            "--kickoff",
            help=_(
                "It is the first meeting: you are asked about backgrounds, what you agreed, goals."
            ),
        ),
    ] = False,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Record a meeting."""
    here: Context = ctx.obj
    here.never_ask = no_input
    given: dict[str, Any] = {
        "on": on, "at": at, "minutes": minutes, "via": via, "topic": topic, "summary": summary,
        "notes": (here.standard_input() or None) if notes == "-" else notes,
        "insight": insight, "action": action, "their_action": their_action, "advice": advice,
        "question": question, "pulse": pulse, "next": next_on, "share": "yes" if share else None,
        "kickoff": "yes" if kickoff else None,
    }  # fmt: skip
    answers: Answers = {key: said for key, said in given.items() if said is not None}
    _refuse_blanks(answers)
    answers |= {f"done:{ref}": "yes" for ref in done or []}
    answers |= _by_id("told", told or [], "a4") | _by_id("answer", answer or [], "q2")
    name = pair_typed(pair, pair_option)
    draft = MeetingDraft.new(name, role, here.today, answers)
    _show(here, _held(here, draft, in_editor=edit), as_json=json)


def _refuse_blanks(answers: Answers) -> None:
    """Refuse an option without a value: a variable of a script that was empty, as a rule."""
    for key, said in answers.items():
        if any(not each.strip() for each in ([said] if isinstance(said, str) else said)):
            raise InvalidValue("--" + key.replace("_", "-"), "", "required")


def _by_id(verb: str, typed: list[str], example: str) -> Answers:
    """Return answers to single records, from words such as "a4=It worked"."""
    answers: Answers = {}
    for word in typed:
        ref, equals, text = word.partition("=")
        if not equals or not text.strip():
            raise UsageError("no-id-text", option=f"--{verb}", example=example)
        answers[f"{verb}:{ref.strip()}"] = text
    return answers


def _held(here: Context, draft: MeetingDraft, *, in_editor: bool) -> Held:
    """Take the way that what is there allows, and return the meeting kept."""
    if in_editor and not here.is_person_here:
        raise UsageError("editor-needs-terminal")
    if draft.has_content and not in_editor:
        return _kept(here, draft)
    if not here.is_person_here:
        raise UsageError("nothing-said")
    from mentorlog.cli.guided import guided_meeting

    return guided_meeting(here, draft, in_editor=in_editor, keep=_kept)


def _kept(here: Context, draft: MeetingDraft) -> Held:
    """Keep the meeting; where the journal cannot, keep what was typed as a draft and say where."""
    account = account_of(draft.said, draft.begun_on, draft.uid)
    try:
        held = hold(here.journal, _the_pair(here, draft, account.held_on), account)
    except (JournalBusy, JournalUnusable) as refusal:
        if refusal.exit_code != MentorlogError.exit_code:
            with suppress(MentorlogError):  # what the journal said is what there is to mend
                refusal.draft = str(here.drafts.keep(draft.uid, draft.as_json()))
        raise
    here.let_go(draft.uid)
    return held


def _the_pair(here: Context, draft: MeetingDraft, held_on: date) -> Pair:
    """Return the pair that is meant, not yet kept where it is new."""
    found = pair_or_none(here.journal, draft.name, draft.role)
    if found is not None:
        return found
    if draft.role is None:
        raise UsageError("role-missing", name=draft.name or "")
    return new_pair(draft.name or "", draft.role, held_on, here.customs)


def _show(here: Context, held: Held, *, as_json: bool) -> None:
    if as_json:
        from mentorlog.render.as_json import held_json

        here.show_json(held_json(held))
        return
    from mentorlog.render import receipt

    here.show(receipt.held(held, here.style))
    waiting = receipt.carried_over(held)
    if waiting is not None:
        here.tell(waiting)
    if held.meeting.held_on > here.today:
        here.tell(receipt.still_to_come(held))
    here.tell(receipt.undo_hint())
