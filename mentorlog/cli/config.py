"""`config`: see and change the settings."""

from typing import Annotated, Any

import typer

from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.cli.sentences import sentence_for
from mentorlog.config import SETTINGS, Setting, setting_named
from mentorlog.errors import MentorlogError
from mentorlog.i18n import _
from mentorlog.text import visible

app = new_app()

Name = Annotated[
    str, typer.Argument(metavar=_("SETTING"), help=_("Its name, as `config list` has it."))
]


@app.command(
    "list", cls=Command, help=_("List every setting, its value and where that comes from.")
)
def list_settings(ctx: typer.Context, json: Json = False) -> None:
    """List the settings."""
    here: Context = ctx.obj
    rows = [_row(here, setting.name) for setting in SETTINGS]
    if json:
        here.show_json(rows)
        return
    from mentorlog.render.settings import settings

    problems = {
        name: said for name in (row["name"] for row in rows) if (said := _problem(here, name))
    }
    told = [row | {"help": _(setting_named(row["name"]).help)} for row in rows]
    here.show(settings(told, problems, here.style))
    here.show("")
    here.show(_("Settings are in {path}").format(path=visible(str(here.config.path))))
    here.show(_("The journal is in {path}").format(path=visible(str(here.config.journal))))


@app.command(cls=Command, help=_("Show the value of one setting."))
def get(ctx: typer.Context, name: Name, json: Json = False) -> None:
    """Show a setting."""
    here: Context = ctx.obj
    setting_named(name)
    if json:
        here.show_json(_row(here, name))
    else:
        here.show(visible(here.config[name]))


@app.command("set", cls=Command, help=_("Give a setting a value, in the file of settings."))
def set_setting(
    ctx: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(metavar=_("VALUE"), help=_("The new value."))],
    json: Json = False,
) -> None:
    """Change a setting."""
    _store(ctx.obj, name, value, as_json=json)


@app.command(
    cls=Command, help=_("Take a setting out of the file, so that its default holds again.")
)
def unset(ctx: typer.Context, name: Name, json: Json = False) -> None:
    """Give a setting its default back."""
    _store(ctx.obj, name, None, as_json=json)


def _store(here: Context, name: str, value: str | None, *, as_json: bool) -> None:
    here.config.store(name, value)
    row = _row(here, name)
    if as_json:
        here.show_json(row)
        return
    here.show(visible(f"{name} = {row['value'] or ''}").rstrip())
    if row["origin"] == "environment":
        here.tell(_("{variable} is set and goes before the file.").format(variable=row["variable"]))


def _row(here: Context, name: str) -> dict[str, Any]:
    """Return one setting as a row; a wrong value is shown as it stands, to be mended."""
    setting = setting_named(name)
    value, origin = here.config.origin(name)
    return {
        "name": name,
        "value": _typed(setting, value),
        "origin": origin,
        "default": _typed(setting, setting.default),
        "variable": setting.variable,
    }


def _typed(setting: Setting, value: str) -> str | int | None:
    return int(value) if setting.holds == "count" and value.isdecimal() else value or None


def _problem(here: Context, name: str) -> str:
    """Return what is wrong with a setting's value, or nothing."""
    try:
        here.config[name]
    except MentorlogError as refusal:
        return sentence_for(refusal)
    return ""
