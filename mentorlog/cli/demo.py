"""`demo`: six made-up months in a journal of their own, written and shown by the program's commands."""

import shlex
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from mentorlog import i18n
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.config import Config, path_typed
from mentorlog.errors import NotPossible
from mentorlog.i18n import _
from mentorlog.render.cells import cut
from mentorlog.text import visible

app = new_app()

_SCRIPTS = Path(__file__).parent.parent / "guide"
_TOUR = (["prep", "p1"], ["goal", "list", "--all"], ["status"], ["log", "--limit", "12"])


class Step(NamedTuple):
    """One command of the demo and the day it is typed on."""

    on: date
    words: list[str]

    def as_typed(self) -> str:
        """Return the command line as a person would type it."""
        return shlex.join(["mentorlog", *self.words])


@app.command(cls=Command)
def demo(
    ctx: typer.Context,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar=_("PATH"), help=_("Keep the made-up journal in this file.")),
    ] = None,
    json: Json = False,
) -> None:
    """Fill a journal of its own and show it; yours is never touched."""
    here: Context = ctx.obj
    steps = script(i18n.language, here.today)
    with _place(keep) as journal:
        _fill(here, journal, steps, is_shown=not json)
        if json:
            here.show_json(_as_json(steps, keep))
            return
        for words in _TOUR:
            step = Step(here.today, words)
            here.show("\n" + here.style.bold(f"$ {step.as_typed()}"))
            here.finish()
            _run(step, journal, is_shown=True)
    here.tell("\n" + _ending(keep))


def script(language: str, today: date) -> list[Step]:
    """Return the commands of the demo in a language, counted back from `today`."""
    text = (_SCRIPTS / language / "demo.toml").read_text(encoding="utf-8")
    steps = tomllib.loads(text)["step"]
    try:
        return [Step(today + timedelta(days=each["day"]), each["run"]) for each in steps]
    except OverflowError as failure:
        raise NotPossible("demo-beyond-calendar", day=today.isoformat()) from failure


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    """Give the demo a journal: a file to keep, which must be new, or one that is gone after."""
    if keep is not None:
        journal = path_typed(str(keep), "--keep")
        if journal.exists():
            raise NotPossible("demo-exists", name=str(keep))
        yield journal
        return
    with tempfile.TemporaryDirectory(prefix="mentorlog-demo-") as folder:
        yield Path(folder) / "journal.db"


def _fill(here: Context, journal: Path, steps: list[Step], *, is_shown: bool) -> None:
    with here.steps(_("Filling the journal"), len(steps)) as tick:
        for step in steps:
            if is_shown:
                line = f"{i18n.short_day(step.on)}  $ {step.as_typed()}"
                here.show(here.style.dim(cut(line, here.width)))
            _run(step, journal, is_shown=False)
            tick()


def _run(step: Step, journal: Path, *, is_shown: bool) -> None:
    from mentorlog.cli.app import run_in

    config = Config(
        {"MENTORLOG_DB": str(journal), "MENTORLOG_LANG": i18n.language}, reads_file=False
    )
    with ExitStack() as stack:
        then = stack.enter_context(Context(config, step.on))
        if not is_shown:
            stack.enter_context(redirect_stdout(StringIO()))
            stack.enter_context(redirect_stderr(StringIO()))
        run_in(then, step.words)


def _as_json(steps: list[Step], keep: Path | None) -> dict[str, object]:
    from mentorlog.domain.plain import document

    return document(
        "demo",
        journal=None if keep is None else str(path_typed(str(keep), "--keep")),
        commands=[{"on": step.on.isoformat(), "words": step.words} for step in steps],
    )


def _ending(keep: Path | None) -> str:
    if keep is None:
        return _(
            "All of this was made up and is gone again. To keep it: mentorlog demo --keep PATH"
        )
    path = visible(shlex.quote(str(path_typed(str(keep), "--keep"))))
    return _(
        "The made-up journal is in {path}. To look around: MENTORLOG_DB={path} mentorlog log"
    ).format(path=path)
