"""What Typer says of a wrong command line, said again in our words and in the user's language."""

from typing import Any

from mentorlog.cli.sentences import typed
from mentorlog.i18n import _, together


def wrong_line(fault: Any) -> str:
    """Return one line for a usage error of Typer's, with the help to look at."""
    context = getattr(fault, "ctx", None)
    help_of = (context.command_path if context is not None else "mentorlog") + " --help"
    return together(_what(fault), _("See: {command}").format(command=help_of))


def _what(fault: Any) -> str:
    match type(fault).__name__:
        case "NoSuchOption":
            return _no_such_option(fault.option_name, fault.possibilities)
        case "MissingParameter":
            return _("{name} is missing.").format(name=_name(fault.param))
        case "BadOptionUsage":
            return _("{name} needs a value after it, or takes none.").format(name=fault.option_name)
        case "BadParameter":
            return _bad_parameter(fault)
        case _:
            return _general(fault.format_message())


def _no_such_option(name: str, near: list[str] | None) -> str:
    if near:
        return _("There is no option {name}. Did you mean {near}?").format(
            name=typed(name), near=", ".join(sorted(near))
        )
    return _("There is no option {name}.").format(name=typed(name))


def _bad_parameter(fault: Any) -> str:
    """A value its option cannot take; what it can take is read from the option, not from the words."""
    low, high = getattr(fault.param.type, "min", None), getattr(fault.param.type, "max", None)
    name = _name(fault.param)
    if low is not None and high is not None:
        return _("{name} takes a whole number from {low} to {high}.").format(
            name=name, low=low, high=high
        )
    if low is not None:
        return _("{name} takes a whole number, {low} or more.").format(name=name, low=low)
    return _("{name} cannot take that value.").format(name=name)


def _general(message: str) -> str:
    """What is left are words too many and commands too few."""
    if message.startswith("Missing command"):
        return _("A command is missing.")
    if message.startswith("Got unexpected extra argument"):
        return _(
            "There are more words than this command takes. A text of several words goes in quotes."
        )  # which are not repeated: they are a private text, as a rule
    return _("The command line cannot be read.")


def _name(parameter: Any) -> str:
    if parameter is None:
        return _("A value")
    if parameter.param_type_name == "argument":
        return str(parameter.human_readable_name)
    return str(max(parameter.opts, key=len))
