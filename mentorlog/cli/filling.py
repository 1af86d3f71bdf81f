"""A form that somebody at the terminal fills in: every answer is kept at once, and gone on with later.

The form of a meeting, which may begin with a new pair, is `guided.py`'s.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

from mentorlog.cli.begun import Filled, begun, from_editor, store
from mentorlog.cli.context import Context
from mentorlog.cli.sentences import sentence_for
from mentorlog.domain.record import new_uid
from mentorlog.errors import (
    Interrupted,
    InvalidValue,
    JournalBusy,
    JournalUnusable,
    NotPossible,
    UsageError,
)
from mentorlog.forms.prompt import Answers, Prompt, place_to_go_on, standing
from mentorlog.i18n import _

Kept = TypeVar("Kept")


def take_down(
    here: Context,
    command: str,
    about: str,
    questions: Callable[[date], list[Prompt]],
    given: Answers,
    keep: Callable[[Filled], Kept],
    *,
    lacks: UsageError | None,
    edit: bool,
) -> Kept:
    """Take the way that what is there allows, and return what `keep` makes of the form.

    `lacks` refuses what was given where nobody can be asked for the rest; None where it is enough.
    """
    if edit:
        return write_down(here, command, about, questions, given, keep)
    if lacks is None:
        return keep(Filled(new_uid(), here.today, given))
    if not here.is_person_here:
        raise lacks

    def keep_what_was_said(filled: Filled) -> Kept:
        asked = {each.key for each in questions(filled.begun_on)} - given.keys()
        if not any(filled.answers.get(key) for key in asked):
            here.drafts.discard(filled.uid)  # every question skipped: nothing was meant
            raise Interrupted
        return keep(filled)

    return fill_in(here, command, about, questions, given, keep_what_was_said)


def fill_in(
    here: Context,
    command: str,
    about: str,
    questions: Callable[[date], list[Prompt]],
    given: Answers,
    keep: Callable[[Filled], Kept],
    show: Callable[[], object] = lambda: None,
) -> Kept:
    """Ask a form and return what `keep` makes of it; what it refuses is asked again.

    `command` is what the user types to go on, such as "reflect"; `about` the uid of what it is about.
    `questions` makes the form for the day it is begun on; what was `given` by options is not asked.
    `show` is called before the first question, once it is settled whether to go on with what was begun.
    """
    draft = begun(here, command, about, given)
    show()
    asked = [each for each in questions(draft.begun_on) if each.key not in given]
    draft = draft._replace(stood=standing(asked) | (draft.stood or {}))
    stored = partial(store, here, command, about, draft)
    here.tell(_how_to_answer(asked))
    try:
        kept = _asked_until_kept(here, asked, draft, given, stored, keep)
    except Interrupted as stop:
        raise Interrupted(f"mentorlog {command}" if _is_worth_it(here, draft) else None) from stop
    here.let_go(draft.uid)
    return kept


def _asked_until_kept(
    here: Context,
    asked: list[Prompt],
    draft: Filled,
    given: Answers,
    stored: Callable[[], str],
    keep: Callable[[Filled], Kept],
) -> Kept:
    """Ask until `keep` takes it; what was refused is asked again, beginning with its question."""
    place = place_to_go_on(asked, draft.answers)
    refused: Answers | None = None
    while True:
        here.ask.form(asked, draft.answers, lambda _said: stored(), place)
        try:
            return keep(draft.said)
        except (InvalidValue, NotPossible) as refusal:
            if getattr(refusal, "field", "") in given and draft.answers == refused:
                raise  # what was given by an option is not asked for, and the rest was no help
            refused = dict(draft.answers)
            here.tell(sentence_for(refusal))
            place = _place_of(asked, refusal)
        except (JournalBusy, JournalUnusable) as refusal:
            refusal.draft = stored()
            raise


def _how_to_answer(asked: list[Prompt]) -> str:
    """Return the line before the first question."""
    if any(each.present and each.only_if({}) for each in asked):  # from the beginning, not later
        return _("Enter keeps what stands there, < in its place goes back; Ctrl-C stops.")
    return _("Enter skips, < goes back. Every answer is kept at once; Ctrl-C stops.")


def write_down(
    here: Context,
    command: str,
    about: str,
    questions: Callable[[date], list[Prompt]],
    given: Answers,
    keep: Callable[[Filled], Kept],
) -> Kept:
    """Have the same form filled in an editor and return what `keep` makes of it.

    What cannot be kept stays in the editor's file, which the refusal names.
    """
    return keep(from_editor(here, command, about, questions, given))


def _is_worth_it(here: Context, draft: Filled) -> bool:
    """Return True where something was said that is kept to go on with; else let go of the draft.

    To take away what stood there is something, too.
    """
    stood = draft.stood or {}
    if any(said or key in stood for key, said in draft.said.answers.items()):
        return any(uid == draft.uid for uid, _draft in here.drafts.waiting())
    here.drafts.discard(draft.uid)
    return False


def _place_of(asked: list[Prompt], refusal: InvalidValue | NotPossible) -> int:
    """Return the place of the question whose answer was refused, or the first.

    A record that refuses is asked about under its id, or under keys that begin with it.
    """
    field, record = getattr(refusal, "field", ""), getattr(refusal, "record", "")
    for place, each in enumerate(asked):
        if each.key == field or (record and each.key.partition(".")[0] == record):
            return place
    return 0
