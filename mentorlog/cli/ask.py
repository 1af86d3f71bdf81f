"""The only reader of the keyboard and the only starter of an editor.

prompt_toolkit is imported here alone, and only when somebody is asked something: it is the one prompt
that edits Japanese rightly. Prompts go to standard error; what is asked is in `forms/`.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mentorlog.cli.sentences import sentence_for
from mentorlog.errors import (
    Interrupted,
    InvalidValue,
    MentorlogError,
    NotPossible,
    OutputFailed,
)
from mentorlog.forms import template
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.values import is_yes
from mentorlog.i18n import _
from mentorlog.render.cells import width, wrapped
from mentorlog.text import keepable, visible

if TYPE_CHECKING:
    from mentorlog.cli.context import Context

BACK = "<"


class Ask:
    """Asks one thing at a time. Ctrl-C and Ctrl-D raise Interrupted.

    Nothing is ever waited for where nobody is: callers look at `Context.is_person_here` first.
    """

    def __init__(self, here: "Context") -> None:
        self._here = here

    def line(
        self,
        prompt: str,
        hint: str = "",
        *,
        default: str = "",
        given: str = "",
        check: Callable[[str], object] = str,
        keeps_refused: bool = False,
    ) -> str:
        """Ask for a text and return it, blank when skipped; ask again while `check` refuses it.

        Enter alone takes `default`, which is shown; `given` stands in the line to be changed, and a `<`
        typed behind it goes back as well. A refused answer gives way to what stood there, but with
        `keeps_refused` it stays: a sentence is mended, a date typed anew.
        """
        self._say(prompt + (f" [{visible(default)}]" if default else ""), hint)
        stands = given
        while True:
            answer = self._read(stands) or default
            if answer.strip() == BACK or (stands and answer == stands + BACK):
                return BACK
            if not answer.strip():
                return ""
            try:
                keepable("text", answer)  # a terminal may send bytes that are no text
                check(answer)
            except MentorlogError as refusal:
                self._here.tell("  " + sentence_for(refusal))
                stands = answer if keeps_refused else given
            else:
                return answer

    def _say(self, prompt: str, hint: str) -> None:
        """Say what is asked and, in a quieter voice, how to answer: beside it or, if long, below."""
        dim, cells = self._here.message_style.dim, self._here.width
        if not hint:
            self._here.tell(prompt)
        elif "\n" not in hint and width(prompt) + width(hint) + 2 <= cells:
            self._here.tell(f"{prompt}  {dim(hint)}")
        else:
            below = [f"  {dim(line)}" for line in wrapped(hint, cells - 2)]
            self._here.tell("\n".join([*wrapped(prompt, cells), *below]))

    def yes(self, prompt: str, *, default: bool) -> bool:
        """Ask a yes-or-no question."""
        hint = _("Y/n") if default else _("y/N")
        answer = self.line(prompt, hint, check=lambda typed: is_yes("answer", typed))
        return is_yes("answer", answer) if answer not in ("", BACK) else default

    def form(
        self,
        questions: list[Prompt],
        answers: Answers,
        keep: Callable[[Answers], object],
        place: int = 0,
    ) -> None:
        """Ask the questions from `place` on, `<` going back; every answer is kept at once."""
        step = 1
        passed_over = {each.key for each in questions if not each.only_if(answers)}
        while place < len(questions):
            asked = questions[place]
            if not asked.only_if(answers):
                answers[asked.key] = ""
                passed_over.add(asked.key)
                place = max(0, place + step)
                continue
            if asked.key in passed_over:
                # Now that it is asked, its line stands as it would have at first.
                passed_over.remove(asked.key)
                answers.pop(asked.key, None)
            self._here.tell("")
            if asked.about:
                self._here.tell(visible(asked.about))
            is_answered = (
                self._list(asked, answers, keep)
                if asked.is_list
                else self._one(asked, answers, keep)
            )
            step = 1 if is_answered else -1
            place = max(0, place + step)

    def edit(self, questions: list[Prompt], answers: Answers, file: Path) -> Answers | None:
        """Let the user write the form in their editor; None where they wrote nothing.

        A `file` that is there already is what they wrote before, to be gone on with.
        """
        blank = template.to_text(questions, answers)
        try:
            if not file.exists():
                file.write_text(blank, encoding="utf-8")
            run_editor(file)
            written = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as failure:
            raise NotPossible("editor-not-utf8") from failure
        except OSError as failure:
            raise OutputFailed(str(file), failure.strerror or "") from failure
        return None if written == blank else template.from_text(questions, written)

    def _one(self, asked: Prompt, answers: Answers, keep: Callable[[Answers], object]) -> bool:
        said = answers.get(asked.key)
        if said is None:
            said = asked.present or asked.drafted(answers) or None
        given = "\n".join(said) if isinstance(said, list) else said or ""
        default = asked.default if said is None else ""
        while True:
            answer = self.line(
                asked.text, asked.hint, default=default, given=given, check=asked.check
            )
            if answer or not asked.is_needed:
                break
            self._here.tell("  " + sentence_for(InvalidValue(asked.key, "", "required")))
        if answer == BACK:
            return False
        answers[asked.key] = answer
        keep(answers)
        return True

    def _list(self, asked: Prompt, answers: Answers, keep: Callable[[Answers], object]) -> bool:
        """Ask until nothing more comes; what was said before is offered again, one at a time."""
        given = answers.get(asked.key, asked.present)
        before = list(given) if isinstance(given, list) else [given][: bool(given)]
        said: list[str] = []
        while True:
            prompt = _("Anything else?") if said else asked.text
            given = before.pop(0) if before else ""
            hint = "" if said else asked.hint
            answer = self.line(prompt, hint, given=given, check=asked.check, keeps_refused=True)
            if answer == BACK and not said:
                return False
            if answer == BACK:
                before.insert(0, said.pop())
            elif answer:
                said.append(answer)
            elif not before:
                answers[asked.key] = said
                keep(answers)
                return True
            answers[asked.key] = [*said, *before]
            keep(answers)

    def _read(self, given: str) -> str:
        try:
            return str(self._session.prompt("> ", default=given))
        except (KeyboardInterrupt, EOFError) as stop:
            raise Interrupted from stop

    @cached_property
    def _session(self) -> Any:
        """A line editor on standard error: Enter ends the answer, Alt-Enter begins a new line."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.key_binding import KeyBindings
        from prompt_toolkit.output import create_output

        keys = KeyBindings()
        keys.add("enter")(lambda event: event.current_buffer.validate_and_handle())
        keys.add("escape", "enter")(lambda event: event.current_buffer.insert_text("\n"))
        return PromptSession(
            multiline=True,
            key_bindings=keys,
            prompt_continuation="  ",
            output=create_output(stdout=sys.stderr),
        )


def run_editor(file: Path) -> None:
    """Run the user's editor on `file` and wait; NotPossible when it cannot be run or fails.

    Ctrl-C belongs to the editor while it runs: it must not end this program under it.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _some_editor()
    try:
        process = subprocess.Popen([*shlex.split(command), str(file)])  # noqa: S603  (the user's own)
    except (OSError, ValueError) as failure:
        raise NotPossible("editor-missing", name=command) from failure
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code = process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    if code != 0:
        raise NotPossible("editor-failed")


def _some_editor() -> str:
    return next(
        (name for name in ("sensible-editor", "nano", "vim", "vi") if shutil.which(name)), "vi"
    )
