"""`meet` with somebody at the terminal: whom with, what was open, then one question at a time."""

from collections.abc import Callable
from contextlib import suppress

from mentorlog.cli.ask import BACK
from mentorlog.cli.begun import waiting
from mentorlog.cli.context import Context
from mentorlog.cli.drafting import MeetingDraft, to_go_on
from mentorlog.cli.sentences import sentence_for
from mentorlog.domain.brief import Brief
from mentorlog.domain.pair import Pair, named
from mentorlog.domain.record import shapes
from mentorlog.errors import AmbiguousPair, Interrupted, InvalidValue, NotPossible
from mentorlog.forms.meeting import place_of, questions
from mentorlog.forms.prompt import Prompt, place_to_go_on, standing
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, together
from mentorlog.storage.pairs import all_pairs
from mentorlog.text import folded, visible
from mentorlog.workflows.meetings import Held
from mentorlog.workflows.pairs import new_pair, pair_or_none
from mentorlog.workflows.prepare import SHOWN, brief

Keep = Callable[[Context, MeetingDraft], Held]


def guided_meeting(here: Context, draft: MeetingDraft, *, in_editor: bool, keep: Keep) -> Held:
    """Ask for a meeting and return it kept. Ctrl-C leaves a draft, and says how to go on."""
    try:
        if not draft.has_content:  # what was just typed is not given up for what was begun before
            draft = _waiting(here, draft) or draft
        pair, draft = _whom_with(here, draft)
        open_items = None if pair is None else brief(here.journal, pair)
        beginning = _beginning(here, pair, draft) if "kickoff" in draft.answers else []
        asked = questions(open_items, draft.begun_on, draft.role or "", beginning)
        draft = draft.without_answers_to_others(asked)
        draft = draft._replace(stood=standing(asked) | (draft.stood or {}))
        if in_editor or here.drafts.has_buffer(draft.uid):
            return _written(here, asked, draft, keep)
        _show_what_is_open(here, pair, open_items, is_kickoff=bool(beginning))
        return _asked(here, asked, draft, keep)
    except Interrupted as stop:
        is_kept = any(uid == draft.uid for uid, _draft in here.drafts.waiting())
        raise Interrupted(to_go_on(draft.name) if is_kept else stop.resume) from stop


def _beginning(here: Context, pair: Pair | None, draft: MeetingDraft) -> list[Prompt]:
    """Return what a kick-off asks first."""
    from mentorlog.forms.kickoff import questions as of_kickoff
    from mentorlog.storage import agreements

    if pair is None:  # what it would begin with stands there to be changed
        pair = new_pair(draft.name or "", draft.role or "", draft.begun_on, here.customs)
        return of_kickoff(pair, None, draft.begun_on)
    return of_kickoff(pair, agreements.in_force(here.journal, pair.id), draft.begun_on)


def _show_what_is_open(
    here: Context, pair: Pair | None, known: Brief | None, *, is_kickoff: bool
) -> None:
    """Show the brief before the questions; before the first meeting, how else it can be recorded."""
    if pair is not None and known is not None and (is_kickoff or not known.is_first):
        from mentorlog.render.prep import prep
        from mentorlog.workflows.preparation import preparation

        # It has been held: how it could go, and what to see to before, is prep's.
        known_now = preparation(here.journal, pair, most=SHOWN)._replace(agenda=(), channel=None)
        here.tell_drawn(prep(known_now, here.today))
        here.tell("")
    elif not is_kickoff:
        said = _("A first meeting: --kickoff also asks about backgrounds, what you agreed, goals.")
        here.tell(said)


def _asked(here: Context, asked: list[Prompt], draft: MeetingDraft, keep: Keep) -> Held:
    """Ask one question at a time and keep the meeting; what it refuses is asked again."""
    here.tell(_("Enter skips, < goes back. Every answer is kept at once; Ctrl-C stops."))
    place = place_to_go_on(asked, draft.answers)
    while True:
        here.ask.form(asked, draft.answers, lambda _answers: _keep_draft(here, draft), place)
        try:
            return keep(here, draft)
        except (InvalidValue, NotPossible) as refusal:
            here.tell(sentence_for(refusal))
            place = place_of(asked, refusal)


def _written(here: Context, asked: list[Prompt], draft: MeetingDraft, keep: Keep) -> Held:
    """Have the same questions answered in an editor; what cannot be kept is offered again."""
    _keep_draft(here, draft)
    file = here.editor_file(draft.uid)
    while True:
        try:
            written = here.ask.edit(asked, draft.answers, file)
            if written is None:
                here.drafts.discard(draft.uid)
                raise Interrupted
            return keep(here, draft.with_answers(written))
        except (InvalidValue, NotPossible) as refusal:
            if refusal.reason.startswith("editor-"):
                raise  # whoever left it in this way does not want it back now
            here.tell(sentence_for(refusal))
            if not here.ask.yes(_("Open the editor again?"), default=True):
                raise


def _keep_draft(here: Context, draft: MeetingDraft) -> None:
    here.drafts.keep(draft.uid, draft.as_json())


def _waiting(here: Context, begun: MeetingDraft) -> MeetingDraft | None:
    """Offer what was begun before and not finished; return it when it is to be gone on with."""
    for uid, kept in reversed(waiting(here)):
        draft = MeetingDraft.from_json(uid, kept)
        if draft is None or not _is_about(here, draft, begun.name):
            continue
        about = _("A meeting with {name} was begun and not finished.").format(
            name=visible(draft.name or "?")
        )
        try:
            goes_on = here.ask.yes(together(about, _("Go on with it?")), default=True)
        except Interrupted as stop:
            raise Interrupted(to_go_on(draft.name)) from stop
        if goes_on:
            return draft.with_answers(draft.answers | begun.answers)
        if here.ask.yes(_("Discard what was begun?"), default=False):
            here.drafts.discard(uid)
    return None


def _is_about(here: Context, draft: MeetingDraft, typed: str | None) -> bool:
    """True where a draft may be offered to whoever typed that name, or none.

    One about a pair that is not in this journal is left: a restored one may have another of that name.
    """
    known = all_pairs(here.journal)
    if draft.pair is not None and all(each.uid != draft.pair for each in known):
        return False
    if not typed or not draft.name:
        return True
    with suppress(AmbiguousPair):
        meant = named(known, typed)
        if meant is not None and draft.pair is not None:
            return meant.uid == draft.pair
    return _same(typed, draft.name)


def _same(typed: str, name: str) -> bool:
    return folded(name).startswith(folded(typed)) or folded(typed).startswith(folded(name))


def _whom_with(here: Context, draft: MeetingDraft) -> tuple[Pair | None, MeetingDraft]:
    """Find the pair, None where it is new, asking for the name and, with a new one, for the role."""
    name, role = draft.name, draft.role
    known = next((each for each in all_pairs(here.journal) if each.uid == draft.pair), None)
    if known is not None:
        return known, draft.about(known.partner, known.my_role, known.uid)
    try:
        found = pair_or_none(here.journal, name, role)
    except (AmbiguousPair, NotPossible) as refusal:
        if name is not None:
            raise
        for pair in all_pairs(here.journal):
            if pair.state != "ended":
                here.tell(f"  {visible(pair.partner)}")
        name = here.ask.line(_("Whom did you meet?")) or None
        if name is None:
            raise Interrupted from refusal
        found = pair_or_none(here.journal, name, role)
    if found is not None:
        return found, draft.about(found.partner, found.my_role, found.uid)
    name = name or ""
    return None, draft.about(name, role or _role(here, name), None)


def _role(here: Context, name: str) -> str:
    shape = shapes(Pair)["my_role"]
    asked = _("{name} is new here. Are you the mentor or the mentee?").format(name=visible(name))
    answer = here.ask.line(
        asked,
        _("mentor or mentee"),
        check=lambda typed: parse_value("my_role", shape, typed, here.today),
    )
    if answer in ("", BACK):
        raise Interrupted
    return str(parse_value("my_role", shape, answer, here.today))
