"""How a command of this house is declared: Typer's commands with our help page and our refusals.

Typer's own help page measures Japanese in characters instead of cells and is not translated as a
whole, so the page is laid out here from the same parameters.

No module of the program has `from __future__ import annotations`: Typer, dataclasses and named tuples
would turn every annotation from text into a type again, which took a tenth of the start-up.
"""

import re
from itertools import islice
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from mentorlog.errors import UsageError
from mentorlog.i18n import LANGUAGES, _

Sections = list[tuple[str, list[tuple[str, str]]]]


def _check_language(value: str | None) -> None:
    """Refuse an unknown `--lang`; a known one has been obeyed before anything was imported."""
    if value is not None and value not in LANGUAGES:
        raise UsageError("no-such-language", name=value, known=", ".join(LANGUAGES))


def _show_help(ctx: typer.Context, _parameter: object, is_wanted: bool) -> None:
    if is_wanted and not ctx.resilient_parsing:
        ctx.obj.show(ctx.get_help().rstrip("\n"))
        raise typer.Exit


def _help_option() -> TyperOption:
    """Return `--help`, written like any other result: Typer's own knows no broken output."""
    return TyperOption(
        param_decls=["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help=_("Show this help and exit."),
        callback=_show_help,
    )


def _no_input_option() -> TyperOption:
    """Return `--no-input` for a command that asks nothing: scripts may give it everywhere."""
    return TyperOption(param_decls=["--no-input"], is_flag=True, expose_value=False, hidden=True)


def _language_option() -> TyperOption:
    return TyperOption(
        param_decls=["--lang"],
        metavar="en|ja",
        help=_("Speak this language."),
        expose_value=False,
        callback=lambda _context, _parameter, value: _check_language(value),
    )


class _Common:
    """What commands and groups of this house have in common."""

    params: list[Any]

    def get_params(self, ctx: typer.Context) -> list[Any]:
        """Return the declared parameters, then those that every command has."""
        declared = {each.name for each in self.params}
        if "lang" not in declared:
            asks = "no_input" in declared
            self.params += [
                *([] if asks else [_no_input_option()]),
                _language_option(),
                _help_option(),
            ]
        return self.params

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:
        """Read the words; a refusal of the parser's own says which command they were typed to."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc,no-any-return]
        except typer.TyperException as refusal:
            refusal.ctx = getattr(refusal, "ctx", None) or ctx  # type: ignore[attr-defined]
            raise


class Command(_Common, TyperCommand):  # type: ignore[misc]
    """A command that ends with `--lang` and `--help` and shows our help page."""

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]
        """Write our help page."""
        from mentorlog.render.help import page

        pieces = [_("[OPTIONS]"), *_argument_names(self, ctx)]
        sections = [*_parameter_sections(self, ctx)]
        formatter.write(page(ctx.command_path, pieces, self.help or "", sections))  # type: ignore[attr-defined]


class SignedCommand(Command):
    """A command that takes -3 for the number it is; a mistyped option is still refused as one."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the words, those that are not options apart from those that are."""
        declared = [each for each in self.get_params(ctx) if each.param_type_name == "option"]
        names = {name for each in declared for name in each.opts}
        taking_values = {name for each in declared if not each.is_flag for name in each.opts}
        options: list[str] = []
        others: list[str] = []
        words = iter(args)
        for word in words:
            if word == "--":
                others += words
            elif self.is_option(word, names):
                value = list(islice(words, 1 if word in taking_values else 0))
                options += [word, *value]
                if word in taking_values and not value:
                    return super().parse_args(ctx, options)  # refused as what it is
            else:
                others.append(word)
        return super().parse_args(ctx, [*options, "--", *others])

    def is_option(self, word: str, names: set[str]) -> bool:
        """True for a word that has to be one of the options called so, or is none there is."""
        return word.startswith("-") and word != "-" and not re.match(r"-[.,]?\d", word)


class QueryCommand(SignedCommand):
    """A command that takes -word for one to leave out, unless it is exactly an option of its own."""

    def is_option(self, word: str, names: set[str]) -> bool:
        """True for what begins with two dashes, and for the short options."""
        return word.startswith("--") or word in names


class Group(_Common, TyperGroup):  # type: ignore[misc]
    """A command that has commands; an unknown one is refused with the nearest known."""

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Find the command that was typed."""
        found = self.get_command(ctx, args[0])
        if found is None and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            raise UsageError(
                "no-such-command", name=args[0], path=ctx.command_path, near="".join(near)
            )
        return super().resolve_command(ctx, args)

    def command_sections(self, ctx: typer.Context) -> Sections:
        """Return the commands with a line each, under one heading or several."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            rows.append((name, _first_sentence(command.help or "") if command else ""))
        return [(_("Commands"), rows)]

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]
        """Write our help page."""
        from mentorlog.render.help import page

        sections = [*self.command_sections(ctx), *_parameter_sections(self, ctx)]
        pieces = [_("COMMAND"), _("[OPTIONS]")]
        formatter.write(page(ctx.command_path, pieces, self.help or "", sections))  # type: ignore[attr-defined]


def new_app(help: str = "") -> typer.Typer:  # noqa: A002  (Typer's word)
    """Return a Typer application of this house, for one command or for a noun with several."""
    return typer.Typer(
        cls=Group,
        help=help,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        subcommand_metavar=_("COMMAND"),
    )


def _argument_names(command: TyperCommand, ctx: typer.Context) -> list[str]:
    """Return the arguments as they stand in the usage line; one that names several says it itself."""
    names = []
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            name = parameter.human_readable_name
            if not name.startswith("["):
                name = name if parameter.required else f"[{name}]"
                name += "..." if parameter.nargs == -1 else ""
            names.append(name)
    return names


def _parameter_sections(command: TyperCommand | TyperGroup, ctx: typer.Context) -> Sections:
    arguments, options = [], []
    for parameter in command.get_params(ctx):
        described = getattr(parameter, "help", None) or ""
        if getattr(parameter, "hidden", False):
            continue
        if parameter.param_type_name == "argument":
            arguments.append((parameter.human_readable_name, described))
        else:
            options.append((_option_names(parameter), described))
    sections = [(_("Arguments"), arguments), (_("Options"), options)]
    return [(title, rows) for title, rows in sections if rows]


def _option_names(parameter: Any) -> str:
    names = ", ".join(sorted(parameter.opts, key=len))
    takes_value = not getattr(parameter, "is_flag", False)
    return f"{names} {parameter.metavar or ''}".rstrip() if takes_value else names


def _first_sentence(described: str) -> str:
    return described.split("\n", 1)[0]
