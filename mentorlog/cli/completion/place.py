"""Where on a command line one stands: at which command, and which parameter comes next.

The line is not finished, so it is read more leniently than when it is run: what is wrong in it is
refused then. Nothing of it is looked up or carried out.
"""

from collections.abc import Iterator
from typing import Any

from mentorlog.cli.command import Group, SignedCommand


class Place:
    """A place on a command line, reached by taking the words before it.

    `path` names the command there; `waiting` is the option whose value comes next.
    """

    def __init__(self, root: Any) -> None:
        self.path = ""
        self._enter(root)

    def _enter(self, command: Any) -> None:
        self._command = command
        self._parameters = command.get_params(None)
        self.arguments: list[str] = []
        self.waiting: Any = None
        self.takes_options = True
        self._given: dict[str, list[str]] = {}

    def take(self, word: str) -> None:
        """Go on past a word."""
        if self.waiting is not None:
            self._given[self.waiting.name].append(word)
            self.waiting = None
        elif self.takes_options and word == "--":
            self.takes_options = False
        elif self.takes_options and self._is_option(word):
            self._take_option(word)
        elif self.is_group:
            self._take_command(word)
        else:
            self.arguments.append(word)

    def _is_option(self, word: str) -> bool:
        if isinstance(self._command, SignedCommand):
            return self._command.is_option(word, {name for name, _help in self.options()})
        return word.startswith("-") and word != "-"

    def _take_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        option = self.option(name)
        if option is None:
            return
        values = self._given.setdefault(option.name, [])
        if equals:
            values.append(value)
        elif not option.is_flag:
            self.waiting = option

    def _take_command(self, word: str) -> None:
        command = self._command.get_command(None, word)
        if command is None:
            raise LookupError(word)  # nothing can be offered after it
        self.path = f"{self.path} {word}".strip()
        self._enter(command)

    @property
    def is_group(self) -> bool:
        """True where a command comes next."""
        return isinstance(self._command, Group)

    def commands(self) -> list[tuple[str, str]]:
        """Return the commands there are here, with a line each."""
        sections = self._command.command_sections(None)
        return [row for _title, rows in sections for row in rows]

    def option(self, name: str) -> Any:
        """Return the option called so; None where there is none."""
        return next((each for each in self._options() if name in each.opts), None)

    def options(self) -> list[tuple[str, str]]:
        """Return the options that may still be given, in their long form, with what each is for."""
        return [
            (max(each.opts, key=len), each.help or "")
            for each in self._options()
            if not each.hidden and (each.multiple or each.name not in self._given)
        ]

    @property
    def argument(self) -> Any:
        """The argument that comes next; None where all are there."""
        left = len(self.arguments)
        for each in self._of_type("argument"):
            if each.nargs == -1 or left < each.nargs:
                return each
            left -= each.nargs
        return None

    def values(self, metavar: str) -> list[str]:
        """Return the values given, as arguments or to options, to what a metavar names."""
        found = [
            value
            for each in self._options()
            if each.metavar == metavar
            for value in self._given.get(each.name, [])
        ]
        arguments = self._of_type("argument")
        return found + [
            value
            for each, value in zip(arguments, self.arguments, strict=False)
            if each.metavar == metavar
        ]

    def _options(self) -> Iterator[Any]:
        return self._of_type("option")

    def _of_type(self, name: str) -> Iterator[Any]:
        return (each for each in self._parameters if each.param_type_name == name)
