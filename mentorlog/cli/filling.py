"""A form that somebody at the terminal fills in: every answer is kept at once, and gone on with later.

The form of a meeting, which may begin with a new pair, is `guided.py`'s.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple, Self, TypeVar

from mentorlog.cli.context import Context
from mentorlog.cli.saying import from_editor
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


class Filled(NamedTuple):
    """What a form came to: the answers, the day "today" means in them, and a uid of its own.

    A record made with that uid is made once, however often it is tried. `stood` is what stood in the
    lines when the form was begun: what was left as it stood is no answer.
    """

    uid: str
    begun_on: date
    answers: Answers
    stood: Answers | None = None

    @property
    def said(self) -> Self:
        """The form without what was left as it stood: another terminal may have changed that since."""
        stood = self.stood or {}
        kept = {key: each for key, each in self.answers.items() if each != stood.get(key)}
        return self._replace(answers=kept)


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
        return write_down(here, questions, given, keep)
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
    draft = _begun(here, command, about, given)
    show()
    asked = [each for each in questions(draft.begun_on) if each.key not in given]
    draft = draft._replace(stood=standing(asked) | (draft.stood or {}))
    store = partial(_store, here, command, about, draft)
    here.tell(_how_to_answer(asked))
    try:
        kept = _asked_until_kept(here, asked, draft, given, store, keep)
    except Interrupted as stop:
        raise Interrupted(f"mentorlog {command}" if _is_worth_it(here, draft) else None) from stop
    here.drafts.discard(draft.uid)
    return kept


def _asked_until_kept(
    here: Context,
    asked: list[Prompt],
    draft: Filled,
    given: Answers,
    store: Callable[[], str],
    keep: Callable[[Filled], Kept],
) -> Kept:
    """Ask until `keep` takes it; what was refused is asked again, beginning with its question."""
    place = place_to_go_on(asked, draft.answers)
    refused: Answers | None = None
    while True:
        here.ask.form(asked, draft.answers, lambda _said: store(), place)
        try:
            return keep(draft.said)
        except (InvalidValue, NotPossible) as refusal:
            if getattr(refusal, "field", "") in given and draft.answers == refused:
                raise  # what was given by an option is not asked for, and the rest was no help
            refused = dict(draft.answers)
            here.tell(sentence_for(refusal))
            place = _place_of(asked, refusal)
        except (JournalBusy, JournalUnusable) as refusal:
            refusal.draft = store()
            raise


def _how_to_answer(asked: list[Prompt]) -> str:
    """Return the line before the first question."""
    if any(each.present and each.only_if({}) for each in asked):  # from the beginning, not later
        return _("Enter keeps what stands there, < in its place goes back; Ctrl-C stops.")
    return _("Enter skips, < goes back. Every answer is kept at once; Ctrl-C stops.")


def write_down(
    here: Context,
    questions: Callable[[date], list[Prompt]],
    given: Answers,
    keep: Callable[[Filled], Kept],
) -> Kept:
    """Have the same form filled in an editor and return what `keep` makes of it.

    What cannot be kept stays in the editor's file, which the refusal names.
    """
    written = from_editor(here, questions(here.today), given)
    return keep(Filled(new_uid(), here.today, given | written))


def _store(here: Context, command: str, about: str, draft: Filled) -> str:
    """Keep the draft as it is by now, and return where."""
    kept = {
        "command": command,
        "about": about,
        "begun_on": draft.begun_on.isoformat(),
        "answers": draft.answers,
        "stood": draft.stood,
    }
    return str(here.drafts.keep(draft.uid, kept))


def _is_worth_it(here: Context, draft: Filled) -> bool:
    """Return True where something was said that is kept to go on with; else let go of the draft."""
    if any(draft.answers.values()):
        return any(uid == draft.uid for uid, _draft in here.drafts.waiting())
    here.drafts.discard(draft.uid)
    return False


def _begun(here: Context, command: str, about: str, given: Answers) -> Filled:
    """Return the same form begun before, where it is to be gone on with, else a new one."""
    try:
        waiting = _waiting(here, command, about, given)
    except Interrupted as stop:  # at the question whether to go on: it waits still
        raise Interrupted(f"mentorlog {command}") from stop
    return waiting or Filled(new_uid(), here.today, dict(given))


def _waiting(here: Context, command: str, about: str, given: Answers) -> Filled | None:
    """Offer the same form begun before and not finished; return it where it is to be gone on with."""
    for uid, kept in reversed(here.drafts.waiting()):
        is_same = (kept.get("command"), kept.get("about")) == (command, about)
        draft = _read(uid, kept) if is_same else None
        if draft is None:
            continue
        if here.ask.yes(_("This was begun and not finished. Go on with it?"), default=True):
            return draft._replace(answers=draft.answers | given)
        if here.ask.yes(_("Discard what was begun?"), default=False):
            here.drafts.discard(uid)
    return None


def _read(uid: str, kept: dict[str, Any]) -> Filled | None:
    answers = kept.get("answers")
    try:
        begun_on = date.fromisoformat(kept.get("begun_on", ""))
    except (TypeError, ValueError):
        return None
    stood = kept.get("stood")
    if not isinstance(answers, dict):
        return None
    return Filled(uid, begun_on, answers, stood if isinstance(stood, dict) else None)


def _place_of(asked: list[Prompt], refusal: InvalidValue | NotPossible) -> int:
    """Return the place of the question whose answer was refused, or the first.

    A record that refuses is asked about under its id, or under keys that begin with it.
    """
    field, record = getattr(refusal, "field", ""), getattr(refusal, "record", "")
    for place, each in enumerate(asked):
        if each.key == field or (record and each.key.partition(".")[0] == record):
            return place
    return 0
