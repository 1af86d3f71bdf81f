"""Context: what a command needs from the world around it, each part made when first used.

The clock, the environment, the journal in use and the two output streams are here and nowhere else:
results go to standard output, everything that is said about them to standard error.
"""

import errno
import os
import sys
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TextIO

from mentorlog.config import Config
from mentorlog.errors import OutputFailed, UsageError
from mentorlog.text import inert_json

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from mentorlog.cli.ask import Ask
    from mentorlog.render.style import Style
    from mentorlog.storage.drafts import Drafts
    from mentorlog.storage.journal import Journal
    from mentorlog.workflows.pairs import Customs


class ReaderGone(Exception):
    """Whoever read the standard output has closed it."""


class Context:
    """One call of the program. `today`, `journal` and `config` are what every command starts from."""

    def __init__(self, config: Config | None = None, today: date | None = None) -> None:
        self.config = config or Config()
        self._today = today
        self.never_ask = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        if "journal" in self.__dict__:
            self.journal.close()

    # The world -----------------------------------------------------------------------------------

    @cached_property
    def today(self) -> date:
        """The day taken as today: the clock's, unless MENTORLOG_TODAY says another."""
        if self._today is not None:
            return self._today
        local = datetime.now().astimezone().date()
        chosen = os.environ.get("MENTORLOG_TODAY")
        if not chosen:
            return local
        from mentorlog.domain.when import parse_day

        return parse_day(chosen, local, "MENTORLOG_TODAY")

    def now(self) -> datetime:
        """Return the instant to stamp records with, in UTC: the clock's time on the day taken."""
        local = datetime.now().astimezone()
        if local.date() == self.today:
            return local.astimezone(UTC)
        return datetime.combine(self.today, local.time()).astimezone().astimezone(UTC)

    @cached_property
    def journal(self) -> "Journal":
        """The journal of this call."""
        from mentorlog.storage.journal import Journal

        return Journal(self.config.journal, self.now)

    @cached_property
    def drafts(self) -> "Drafts":
        """What was begun and not finished, beside the journal."""
        from mentorlog.storage.drafts import Drafts

        return Drafts(self.journal.path)

    @property
    def customs(self) -> "Customs":
        """What a new pair begins with."""
        from mentorlog.workflows.pairs import Customs

        return Customs(self.config["cadence"], self.config["term"], self.config.language)

    @cached_property
    def ask(self) -> "Ask":
        """The only reader of the keyboard."""
        from mentorlog.cli.ask import Ask

        return Ask(self)

    @property
    def is_person_here(self) -> bool:
        """True when somebody sits at a terminal and may be asked."""
        return not self.never_ask and _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    def day(self, typed: str | None, field: str, since: date | None = None) -> date | None:
        """Return the day that was typed, counted from `since` or today; None where nothing was."""
        if typed is None:
            return None
        from mentorlog.domain.when import parse_day

        return parse_day(typed, since or self.today, field)

    def standard_input(self) -> str:
        """Return all of standard input as text; refuse bytes that are not UTF-8."""
        if sys.stdin is None:
            return ""
        try:
            return sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as failure:
            raise UsageError("input-not-utf8", place=str(failure.start)) from failure

    # Results and messages ------------------------------------------------------------------------

    def show(self, text: str) -> None:
        """Write a result to standard output."""
        if sys.stdout is None:
            raise OutputFailed("-", os.strerror(errno.EBADF))
        try:
            sys.stdout.write(text + "\n")
        except OSError as failure:
            _refuse_output(failure)

    def show_json(self, value: Any) -> None:
        """Write a result to standard output as JSON."""
        import json

        can_write_all = (getattr(sys.stdout, "encoding", None) or "").lower().replace(
            "-", ""
        ) == "utf8"
        self.show(inert_json(json.dumps(value, ensure_ascii=not can_write_all, indent=2)))

    def draw(self, drawing: "RenderableType") -> None:
        """Draw a result on standard output with Rich."""
        self.show(self._drawn(drawing, has_colour=_has_colour(sys.stdout)))

    def tell(self, text: str) -> None:
        """Write a message about the result to standard error."""
        write_message(text)

    def tell_drawn(self, drawing: "RenderableType") -> None:
        """Draw something on standard error with Rich, before a question about it."""
        self.tell(self._drawn(drawing, has_colour=_has_colour(sys.stderr)))

    def _drawn(self, drawing: "RenderableType", *, has_colour: bool) -> str:
        from io import StringIO

        drawn = StringIO()
        self._console(drawn, has_colour=has_colour).print(drawing)
        return "\n".join(line.rstrip() for line in drawn.getvalue().rstrip("\n").split("\n"))

    def finish(self) -> None:
        """Make sure the results have left the program: a full disk shows only now."""
        flush_results()

    @property
    def width(self) -> int:
        """The cells a line may take: COLUMNS, else the terminal's, else 80."""
        import shutil

        return max(20, shutil.get_terminal_size((80, 24)).columns)

    @cached_property
    def style(self) -> "Style":
        """How plain lines of a result are made bold or dim where colour is wanted."""
        from mentorlog.render.style import Style

        return Style(_has_colour(sys.stdout))

    @cached_property
    def message_style(self) -> "Style":
        """The same for messages."""
        from mentorlog.render.style import Style

        return Style(_has_colour(sys.stderr))

    def _console(self, onto: TextIO, *, has_colour: bool) -> "Console":
        """Return a Rich console that takes no text for markup."""
        from rich.console import Console

        from mentorlog.render.theme import THEME

        return Console(
            file=onto,
            width=self.width,
            force_terminal=has_colour,
            no_color=not has_colour,
            color_system="standard" if has_colour else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            theme=THEME,
        )


def flush_results() -> None:
    """Send on what has been written to standard output."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError as failure:
            _refuse_output(failure)


def write_message(text: str) -> None:
    """Write a message to standard error; a terminal gets it wrapped, anything else as one line."""
    if sys.stderr is None:
        return
    flush_results()  # the result a message is about comes before it, wherever both end up
    if _is_terminal(sys.stderr) and "\x1b" not in text:
        import shutil

        from mentorlog.render.cells import wrapped

        text = "\n".join(wrapped(text, max(20, shutil.get_terminal_size((80, 24)).columns)))
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _has_colour(stream: TextIO | None) -> bool:
    """True where colour is wanted and can be shown."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return _is_terminal(stream) and os.environ.get("TERM") != "dumb"


def _refuse_output(failure: OSError) -> None:
    """Turn a failed write into an error, and keep Python from trying again on its way out."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  (it lives as long as the process)
    if failure.errno == errno.EPIPE:
        raise ReaderGone from failure
    raise OutputFailed("-", failure.strerror or "") from failure
