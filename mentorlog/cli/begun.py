"""What was begun in a form or in an editor and not finished: kept meanwhile, and offered again.

Whom with a meeting was begun, and its answers, are `drafting.py`'s.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, Self

from mentorlog.cli.context import Context
from mentorlog.domain.record import new_uid
from mentorlog.errors import Interrupted, UsageError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.i18n import _
from mentorlog.text import visible

IN_EDITOR = " --edit"  # what was begun in an editor is gone on with in one


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


def from_editor(
    here: Context,
    command: str,
    about: str,
    questions: Callable[[date], list[Prompt]],
    given: Answers,
) -> Filled:
    """Have a form filled in an editor; Interrupted where nothing was written.

    It is a draft until it is kept: whatever ends the program meanwhile, `command` offers it again.
    """
    if not here.is_person_here:
        raise UsageError("editor-needs-terminal")
    command += IN_EDITOR
    draft = begun(here, command, about, given)
    store(here, command, about, draft)
    written = here.ask.edit(questions(draft.begun_on), draft.answers, here.editor_file(draft.uid))
    if written is None:
        here.drafts.discard(draft.uid)
        raise Interrupted
    return draft._replace(answers=draft.answers | written)


def waiting(here: Context) -> list[tuple[str, dict[str, Any]]]:
    """Return what was begun and not finished, oldest first, each with its uid.

    What the journal has by now was only not cleared away: it is not to be gone on with.
    """
    found = here.drafts.waiting()
    if not found:
        return []
    from mentorlog.storage.forgetting import has_uid

    return [(uid, draft) for uid, draft in found if not has_uid(here.journal, uid)]


def store(here: Context, command: str, about: str, draft: Filled) -> str:
    """Keep the draft as it is by now, and return where."""
    kept = {
        "command": command,
        "about": about,
        "begun_on": draft.begun_on.isoformat(),
        "answers": draft.answers,
        "stood": draft.stood,
    }
    return str(here.drafts.keep(draft.uid, kept))


def begun(here: Context, command: str, about: str, given: Answers) -> Filled:
    """Return the same form begun before, where it is to be gone on with, else a new one."""
    try:
        offered = _offered(here, command, about, given)
    except Interrupted as stop:  # at the question whether to go on: it waits still
        raise Interrupted(f"mentorlog {command}") from stop
    return offered or Filled(new_uid(), here.today, dict(given))


def _offered(here: Context, command: str, about: str, given: Answers) -> Filled | None:
    """Offer the same form begun before and not finished; return it where it is to be gone on with.

    Where it was begun in the other way, what goes on with it is named.
    """
    for uid, kept in reversed(waiting(here)):
        begun_by = str(kept.get("command"))
        is_same = kept.get("about") == about and _form(begun_by) == _form(command)
        draft = _read(uid, kept) if is_same else None
        if draft is None:
            continue
        if begun_by != command:
            other = _("Begun and not finished:\n  {command}")
            here.tell(other.format(command=f"mentorlog {visible(begun_by)}"))
            continue
        if here.ask.yes(_("This was begun and not finished. Go on with it?"), default=True):
            return draft._replace(answers=draft.answers | given)
        if here.ask.yes(_("Discard what was begun?"), default=False):
            here.drafts.discard(uid)
    return None


def _form(command: str) -> str:
    return command.removesuffix(IN_EDITOR)


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
