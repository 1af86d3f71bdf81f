"""Context: what a command needs from the world around it, each part made when first used.

Only here is the clock read. Results go to standard output, everything that is said about them to
standard error; how, is `streams.py`'s.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, TextIO, TypeVar

from mentorlog.cli import streams
from mentorlog.config import Config
from mentorlog.errors import (
    InvalidValue,
    JournalBusy,
    JournalUnusable,
    MentorlogError,
    UsageError,
)
from mentorlog.text import inert_json

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from mentorlog.cli.ask import Ask
    from mentorlog.cli.progress import Steps
    from mentorlog.render.bar import Bar
    from mentorlog.render.style import Style
    from mentorlog.storage.drafts import Drafts
    from mentorlog.storage.journal import Journal
    from mentorlog.workflows.pairs import Customs


Item = TypeVar("Item")

_MANY = 1000  # records that take a moment: below it, nobody waits


class Context:
    """One call of the program. `today`, `journal` and `config` are what every command starts from."""

    def __init__(self, config: Config | None = None, today: date | None = None) -> None:
        self.config = config or Config()
        self._today = today
        self.never_ask = False
        self.seconds: Callable[[], float] = monotonic  # what long work is timed by
        self._steps: Steps | None = None
        self._buffers: list[str] = []
        self._unkept: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: object, failure: BaseException | None, _trace: object) -> None:
        if "journal" in self.__dict__:
            self.journal.close()
        for uid in self._buffers:
            if failure is None:
                self.let_go(uid)
            elif isinstance(failure, MentorlogError) and self.drafts.has_buffer(uid):
                failure.draft = failure.draft or str(self.drafts.buffer(uid))
        if isinstance(failure, JournalBusy | JournalUnusable) and not failure.draft:
            self._keep_what_was_typed(failure)

    def _keep_what_was_typed(self, failure: MentorlogError) -> None:
        """Keep in a file of its own what the journal could not, and have the failure name it."""
        if self._unkept:
            from mentorlog.domain.record import new_uid

            with suppress(MentorlogError):
                text = "\n\n".join(self._unkept) + "\n"
                failure.draft = str(self.drafts.keep_text(new_uid(), text))

    def let_go(self, uid: str) -> None:
        """Remove a draft that is kept as a record by now: that is told, whatever of it stays on the disk."""
        with suppress(MentorlogError):
            self.drafts.discard(uid)

    def hold(self, text: str) -> str:
        """Return a text that was typed or read and stands nowhere else until the journal has it."""
        self._unkept.append(text)
        return text

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
        """Return the local time to stamp records with: the clock's, on the day taken as today."""
        clock = datetime.now().astimezone()
        return clock if clock.date() == self.today else datetime.combine(self.today, clock.time())

    @cached_property
    def journal(self) -> "Journal":
        """The journal of this call."""
        from mentorlog.storage.journal import Journal

        journal = Journal(self.config.journal, self.now)
        if _is_empty_file(journal.path):
            from mentorlog.cli.empty_journal import way_back

            self.tell(way_back(journal.path))
        return journal

    @cached_property
    def drafts(self) -> "Drafts":
        """What was begun and not finished, beside the journal."""
        from mentorlog.storage.drafts import Drafts

        return Drafts(self.journal.path)

    def editor_file(self, uid: str) -> Path:
        """Return a file for the editor: gone when the command has kept it, named when it could not."""
        self._buffers.append(uid)
        return self.drafts.buffer(uid)

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
        return (
            not self.never_ask
            and streams.is_terminal(sys.stdin)
            and streams.is_terminal(sys.stderr)
        )

    def day(self, typed: str | None, field: str, since: date | None = None) -> date | None:
        """Return the day that was typed, counted from `since` or today; None where nothing was."""
        if typed is None:
            return None
        from mentorlog.domain.when import parse_day

        return parse_day(typed, since or self.today, field)

    def days(self, since: str | None, until: str | None) -> tuple[date | None, date | None]:
        """Return the days that were typed for a period; refuse one that holds none."""
        first, last = self.day(since, "since"), self.day(until, "until")
        if first is not None and last is not None and first > last:
            raise InvalidValue("--since", since or "", "since-after-until", (last.isoformat(),))
        return first, last

    def past_day(self, typed: str | None, field: str) -> date:
        """Return the day that was typed, or today; refuse one that is still to come."""
        from mentorlog.domain.when import refuse_to_come

        day = self.day(typed, field)
        if day is None:
            return self.today
        refuse_to_come(day, self.today, field, typed)
        return day

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
        self._hide_steps()
        streams.write_result(text)

    def show_json(self, value: Any) -> None:
        """Write a result to standard output as JSON."""
        import json

        text = json.dumps(value, ensure_ascii=not streams.takes_all_text(), indent=2)
        self.show(inert_json(text))

    def draw(self, drawing: "RenderableType") -> None:
        """Draw a result on standard output with Rich."""
        self.show(self._drawn(drawing, has_colour=streams.has_colour(sys.stdout)))

    def tell(self, text: str) -> None:
        """Write a message about the result to standard error."""
        self._hide_steps()
        streams.write_message(text)

    def tell_drawn(self, drawing: "RenderableType") -> None:
        """Draw something on standard error with Rich, before a question about it."""
        self.tell(self._drawn(drawing, has_colour=streams.has_colour(sys.stderr)))

    def _drawn(self, drawing: "RenderableType", *, has_colour: bool) -> str:
        from io import StringIO

        drawn = StringIO()
        self._console(drawn, has_colour=has_colour).print(drawing)
        return "\n".join(line.rstrip() for line in drawn.getvalue().rstrip("\n").split("\n"))

    def steps(self, doing: str, total: int) -> "Steps":
        """Return what counts the steps of long work, in a `with`; it is called after each."""
        from mentorlog.cli.progress import Steps

        self._steps = Steps(total, lambda: self._bar(doing, total), self.seconds)
        return self._steps

    def tracked(self, doing: str, items: Sequence[Item]) -> Iterable[Item]:
        """Return the items to go through, of many each a step of long work."""
        return items if len(items) < _MANY else self._stepping(doing, items)

    def _stepping(self, doing: str, items: Sequence[Item]) -> Iterator[Item]:
        with self.steps(doing, len(items)) as step:
            for each in items:
                yield each
                step()

    def _bar(self, doing: str, total: int) -> "Bar":
        from mentorlog.render.bar import Bar

        has_colour = streams.has_colour(sys.stderr)
        console = self._console(sys.stderr, has_colour=has_colour, is_terminal=True)
        return Bar(console, doing, total)

    def _hide_steps(self) -> None:
        if self._steps is not None:
            self._steps.hide()

    def finish(self) -> None:
        """Make sure the results have left the program: a full disk shows only now."""
        streams.flush_results()

    @property
    def cells(self) -> int | None:
        """The cells a line of a list may take at a terminal; None elsewhere: it is not cut there."""
        return self.width if streams.is_terminal(sys.stdout) else None

    @property
    def width(self) -> int:
        """The cells a line may take: COLUMNS, else the terminal's, else 80."""
        return streams.width()

    @cached_property
    def style(self) -> "Style":
        """How plain lines of a result are made bold or dim where colour is wanted."""
        from mentorlog.render.style import Style

        return Style(streams.has_colour(sys.stdout))

    @cached_property
    def message_style(self) -> "Style":
        """The same for messages."""
        from mentorlog.render.style import Style

        return Style(streams.has_colour(sys.stderr))

    def _console(self, onto: TextIO, *, has_colour: bool, is_terminal: bool = False) -> "Console":
        """Return a Rich console that takes no text for markup."""
        from rich.console import Console

        from mentorlog.render.theme import THEME

        return Console(
            file=onto,
            width=self.width,
            force_terminal=has_colour or is_terminal,
            no_color=not has_colour,
            color_system="standard" if has_colour else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            theme=THEME,
        )


def _is_empty_file(path: Path) -> bool:
    try:
        return path.is_file() and not path.stat().st_size
    except OSError:  # the journal itself says what is wrong with it
        return False
