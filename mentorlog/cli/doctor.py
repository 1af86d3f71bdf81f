"""`doctor`: check the journal and what is around it, say what to do, and save what is left of it.

What is looked at is `storage/doctor/checkup.py`'s and `storage/doctor/surroundings.py`'s. It never writes to the journal.
"""

import os
import platform
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from mentorlog import __version__
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import file_at
from mentorlog.cli.params import Force, Json
from mentorlog.cli.sentences import sentence_for
from mentorlog.config import SETTINGS, Config
from mentorlog.errors import (
    CANNOT_MAKE,
    ConfigUnusable,
    JournalUnusable,
    MentorlogError,
    OutputFailed,
    UsageError,
)
from mentorlog.i18n import _
from mentorlog.render import doctor as render
from mentorlog.storage import file
from mentorlog.storage.doctor import checkup, surroundings
from mentorlog.storage.doctor.check import OK, PROBLEM, Check
from mentorlog.storage.versions import sqlite
from mentorlog.text import visible

app = new_app()

_REFUSED = {"unreadable", "not-a-file", "hard-linked", "newer"}
_NO_JOURNAL = {"foreign", "foreign-with-backups", "not-a-file"}
_OF_FOLDER = {"half-written", "room", "backup"}
_OF_OURS = {"permissions", "backup"}


@app.command(
    cls=Command,
    help=_(
        "Checks whether the journal is whole, whether others can read it, and what is around it; the"
        " journal itself is never changed. The exit code is 1 where there is a problem to mend, and 0 with"
        " warnings alone. With --salvage, all that can be read of a damaged journal is saved into a new"
        " one."
    ),
)
def doctor(
    ctx: typer.Context,
    salvage: Annotated[
        str | None,
        typer.Option(
            "--salvage",
            metavar=_("PATH"),
            help=_("Save what can be read of the journal into this new file."),
        ),
    ] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Check the journal."""
    here: Context = ctx.obj
    if salvage is not None:
        _salvage(here, salvage, force=force, as_json=json)
        return
    if force:
        raise UsageError("force-without-salvage")
    checks = list(_checks(here))
    if json:
        here.show_json(render.checked_json(checks))
    else:
        here.show(render.shown(checks, _sentences(checks), here.cells, here.style))
    if render.worst(checks) == PROBLEM:
        raise typer.Exit(1)


# The checks --------------------------------------------------------------------------------------


def _checks(here: Context) -> Iterator[Check]:
    path, settings = _settled(here)
    own = file.resolved(_usual_place()).parent
    around = surroundings.around(path, [own], here.now(), platform.node())
    beside = list(around)  # before a copy to examine may stand there too
    journal = list(checkup.checked(path))
    yield _versions(journal)
    yield settings
    yield from journal
    yield from (each for each in beside if _says_something(each, journal[0].found))


def _says_something(check: Check, there: str) -> bool:
    """True unless a check is of what is not there, or what nobody has asked for of another's file."""
    if there in {"missing", "missing-with-backups"}:
        return check.state != OK or check.code in _OF_FOLDER
    return there not in _NO_JOURNAL or check.code not in _OF_OURS


def _settled(here: Context) -> tuple[Path, Check]:
    """Return where the journal is, and what is wrong with the settings: these hinder no check."""
    check = _settings(here)
    try:
        path = here.config.journal
    except MentorlogError:
        path = _usual_place()
    return file.resolved(path), check


def _settings(here: Context) -> Check:
    wrong = list[str]()
    try:
        _ = here.config.own_prompts
        for setting in SETTINGS:
            try:
                _ = here.config[setting.name]
            except ConfigUnusable:
                raise
            except MentorlogError:
                wrong.append(setting.name)
    except ConfigUnusable as refusal:
        values = {"path": refusal.path, "detail": refusal.detail}
        return Check("settings", PROBLEM, "unreadable", values)
    if wrong:
        found = "wrong-journal" if "journal" in wrong else "wrong"
        return Check("settings", PROBLEM, found, {"names": wrong}, "mentorlog config list")
    return Check("settings")


def _usual_place() -> Path:
    """Return where the journal is kept while nobody says otherwise, in a folder that the program makes."""
    without = {name: value for name, value in os.environ.items() if name != "MENTORLOG_DB"}
    return Config(without, reads_file=False).journal


def _versions(journal: list[Check]) -> Check:
    schema = next((each.values["version"] for each in journal if "version" in each.values), None)
    values: dict[str, Any] = {
        "mentorlog": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite(),
        "schema": schema,
    }
    return Check("versions", found=OK if schema else "no-schema", values=values)


def _sentences(checks: list[Check]) -> dict[str, str]:
    """Return what every command would say of a journal that cannot be used."""
    return {
        each.code: sentence_for(
            JournalUnusable(each.found, each.values["path"], each.values.get("detail", ""))
        )
        for each in checks
        if each.code == "journal" and each.found in _REFUSED
    }


# What can be saved -------------------------------------------------------------------------------


def _salvage(here: Context, typed: str, *, force: bool, as_json: bool) -> None:
    from mentorlog.render.salvaged import salvaged, salvaged_json
    from mentorlog.storage.doctor.salvage import salvage

    if typed.strip() in {"", "-"}:
        raise UsageError("salvage-to-a-file")
    target = file_at(here, typed)
    journal = here.journal.path
    if target.exists() and not (force and target.is_file()):
        raise OutputFailed(str(target), "exists", CANNOT_MAKE)
    if not file.exists(journal):
        is_empty = journal.exists()
        raise JournalUnusable("nothing-to-salvage" if is_empty else "missing", str(journal))
    found = salvage(journal, target, here.now(), force=force)
    command = f"mentorlog restore {shlex.quote(str(target))}"
    if as_json:
        here.show_json(salvaged_json(found, command))
        return
    here.show(salvaged(found, str(target), here.cells))
    said = _("To put it in the place of the journal:")
    here.tell(f"{said}\n    {here.message_style.bold(visible(command))}")
