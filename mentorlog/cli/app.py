"""The root of the command line: COMMANDS, each loaded only when it is called."""

from collections.abc import Sequence
from importlib import import_module
from inspect import getdoc
from typing import Annotated, Any, NamedTuple

import typer
from typer.main import get_command

from mentorlog import __version__
from mentorlog.cli.command import Group, Sections
from mentorlog.cli.context import Context
from mentorlog.errors import Interrupted
from mentorlog.i18n import N_, _


class Entry(NamedTuple):
    """A command of the root: the module in this package that has it, and what the root's help says."""

    section: str
    module: str
    summary: str


_DAILY, _RECORDS = N_("Every day"), N_("Records")
_LOOK_BACK, _HAND_ON = N_("Look back"), N_("Hand on")
_KEEP, _LEARN = N_("Keep"), N_("Learn")

COMMANDS = {
    "meet": Entry(_DAILY, "meet", N_("Record a meeting, and close what it closed.")),
    "prep": Entry(_DAILY, "prep", N_("See what to take to the next meeting.")),
    "ask": Entry(_DAILY, "ask_question", N_("Keep a question for the next meeting.")),
    "insight": Entry(_DAILY, "insight", N_("Keep something you noticed.")),
    "reflect": Entry(_DAILY, "reflect", N_("Write for yourself, a question at a time.")),
    "review": Entry(_DAILY, "review", N_("Look back at a milestone, and decide how to go on.")),
    "status": Entry(_DAILY, "status", N_("See what wants doing now.")),
    "report": Entry(_DAILY, "report", N_("See where a pair stands, in figures and pictures.")),
    "pair": Entry(_RECORDS, "pair", N_("Start, agree on, pause, extend and end pairs.")),
    "goal": Entry(_RECORDS, "goal", N_("Set, measure, revise and close goals.")),
    "action": Entry(_RECORDS, "action", N_("Add, list and close actions and advice.")),
    "feedback": Entry(_RECORDS, "feedback", N_("Keep feedback, and what it changed.")),
    "strength": Entry(
        _RECORDS, "strength", N_("Keep what you can offer and what you want to learn.")
    ),
    "assess": Entry(_RECORDS, "assess", N_("Rate the seven skills of mentoring.")),
    "log": Entry(_LOOK_BACK, "log", N_("See the timeline, newest first.")),
    "show": Entry(_LOOK_BACK, "show", N_("Show records in full.")),
    "search": Entry(_LOOK_BACK, "search", N_("Find what you wrote.")),
    "edit": Entry(_LOOK_BACK, "edit", N_("Change a record.")),
    "delete": Entry(_LOOK_BACK, "delete", N_("Delete records; undo brings them back.")),
    "undo": Entry(_LOOK_BACK, "undo", N_("Take back the last command.")),
    "redo": Entry(_LOOK_BACK, "redo", N_("Bring back what undo took.")),
    "history": Entry(_LOOK_BACK, "history", N_("See the commands that wrote to the journal.")),
    "export": Entry(_HAND_ON, "export", N_("Write the journal as Markdown, JSON or CSV.")),
    "import": Entry(_HAND_ON, "import_file", N_("Bring in another journal, or your own again.")),
    "calendar": Entry(_HAND_ON, "calendar", N_("Put what is planned into your own calendar.")),
    "share": Entry(_HAND_ON, "share", N_("Choose what the partner may see.")),
    "backup": Entry(_KEEP, "backup", N_("Make a verified copy of the journal.")),
    "restore": Entry(_KEEP, "restore", N_("Go back to a backup; the present is kept.")),
    "doctor": Entry(_KEEP, "doctor", N_("Check the journal, and say what to do.")),
    "forget": Entry(_KEEP, "forget", N_("Erase a pair and every trace of it, for good.")),
    "config": Entry(_KEEP, "config", N_("See and change settings.")),
    "guide": Entry(_LEARN, "guide", N_("Read how mentoring works well, topic by topic.")),
    "demo": Entry(_LEARN, "demo", N_("Try mentorlog on a made-up journal.")),
}


class Root(Group):
    """The root group: it knows every command and imports the one that is called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the names of all commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Import the module of a command and return it; None for a name there is not.

        A docstring is for readers of the code: on a help page only `help=` goes under the summary.
        """
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = get_command(import_module(f"mentorlog.cli.{entry.module}").app)
        command.name = cmd_name
        described = command.help if command.help != getdoc(command.callback) else None
        command.help = "\n\n".join(filter(None, (_(entry.summary), described)))
        return command

    def command_sections(self, ctx: typer.Context) -> Sections:
        """Return the commands with a line each; nothing is imported for it."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, entry in COMMANDS.items():
            sections.setdefault(_(entry.section), []).append((name, _(entry.summary)))
        return list(sections.items())


def run(typed: Sequence[str]) -> int:
    """Run the command that was typed and return its exit code."""
    with Context() as here:
        return run_in(here, typed)


def run_in(here: Context, typed: Sequence[str]) -> int:
    """Run a command line in a world of its own and return its exit code.

    Ctrl-C stays what it is: Typer makes an exit code of it, but what was begun is not done with.
    """
    code = root().main(args=list(typed), prog_name="mentorlog", standalone_mode=False, obj=here)
    if code == Interrupted.exit_code:
        raise KeyboardInterrupt
    here.finish()
    return code if isinstance(code, int) else 0


def _complete(here: Context, install: str | None, show: str | None) -> None:
    """Install or show the script of a shell, where that was asked for, and be done."""
    if install is None and show is None:
        return
    from mentorlog.cli.completion import scripts

    if install is not None:
        scripts.install(here, install)
    else:
        scripts.show(here, show or "")
    raise typer.Exit


def root() -> Root:
    """Return the root command."""
    app = typer.Typer(
        cls=Root, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )

    @app.callback(
        invoke_without_command=True,
        help=_("A personal mentoring journal. Private by default; it never loses a word."),
    )
    def _root(
        ctx: typer.Context,
        version: Annotated[
            bool, typer.Option("--version", help=_("Show the version and exit."))
        ] = False,
        install_completion: Annotated[
            str | None,
            typer.Option(
                metavar="bash|zsh|fish",
                help=_("Let the Tab key complete commands, names and ids in this shell."),
            ),
        ] = None,
        show_completion: Annotated[
            str | None,
            typer.Option(
                metavar="bash|zsh|fish", help=_("Show the script that completes in this shell.")
            ),
        ] = None,
    ) -> None:
        here: Context = ctx.obj
        if version:
            here.show(f"mentorlog {__version__}")
            raise typer.Exit
        _complete(here, install_completion, show_completion)
        if ctx.invoked_subcommand is None:
            here.show(ctx.get_help().rstrip("\n"))

    command = get_command(app)
    assert isinstance(command, Root)  # noqa: S101  (what Typer was told to build)
    return command
